//! `junkai import`: the same path as the screen, with a report of every row that was not plainly taken.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::fault::{Fault, file_name};
use super::import_arguments::{Import as Options, Kind, NotationName, SeriesName};
use super::import_report::{Report, other_sheets};
use super::import_rows::{How, Seen};
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, import_rows, output};
use crate::domain::EstablishmentId;
use crate::domain::hours::{BatchKind, Series};
use crate::import::aside::Left;
use crate::import::checkup::Unread;
use crate::import::folding;
use crate::import::hours::{Crossing, Preview, Question, Reach, Who};
use crate::import::notation::Notation;
use crate::import::people::Strangers;
use crate::import::profile;
use crate::import::reason::Refusal;
use crate::import::units;
use crate::runtime::Desk;
use crate::runtime::import_view::{changed, contradictions, joining, reading_name};
use crate::runtime::imports::{ReadFile, ReadOptions, is_over, over_and_undecided};
use crate::runtime::nights::{self, NightChanges};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let id = establishment(&options.establishment)?;
    let access = if options.dry_run || options.show_mapping { Access::Reading } else { Access::Writing };
    let desk = session.desk(access)?;
    with_desk(desk, |desk| {
        let named = |fault: Fault| fault.about(&options.file, options.mapping.as_deref());
        take(session, desk, &id, options).map_err(named)
    })
}

fn take(session: &Session, desk: &mut Desk, id: &EstablishmentId, options: &Options) -> Answer {
    let mut file = desk.read_file(id, &options.file, read_options(options))?;
    file.decisions.are_ours = options.ours;
    if options.show_mapping {
        return show_mapping(&file);
    }
    let how = How { is_dry: options.dry_run, has_rows: options.rows };
    let taken = take_kind(session, desk, &file, how);
    // A sheet that says too little may be the wrong one.
    if let (Err(_), Some(told)) = (&taken, other_sheets(&file.table)) {
        output::warn(&told);
    }
    taken
}

fn take_kind(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    match file.kind {
        BatchKind::Roster => take_roster(session, desk, file, how),
        BatchKind::Restrictions => take_restrictions(session, desk, file, how),
        BatchKind::Checkup => take_checkups(session, desk, file, how),
        BatchKind::Stress => take_answers(session, desk, file, how),
        BatchKind::StressResults => take_results(session, desk, file, how),
        BatchKind::Hours => take_hours(session, desk, file, how),
    }
}

fn read_options(options: &Options) -> ReadOptions {
    let kind = match options.kind {
        Kind::Roster => BatchKind::Roster,
        Kind::Hours => BatchKind::Hours,
        Kind::Checkup => BatchKind::Checkup,
        Kind::Stress => BatchKind::Stress,
        Kind::StressResults => BatchKind::StressResults,
        Kind::Restrictions => BatchKind::Restrictions,
    };
    let notation = options.notation.map(|name| match name {
        NotationName::Sexagesimal => Notation::Sexagesimal,
        NotationName::Decimal => Notation::Decimal,
        NotationName::Minutes => Notation::Minutes,
        NotationName::Days => Notation::Days,
        NotationName::Clock => Notation::Clock,
    });
    let series = options.series.map(|name| match name {
        SeriesName::Employer => Series::Employer,
        SeriesName::Worker => Series::Worker,
        SeriesName::Log => Series::Reference,
    });
    ReadOptions {
        kind,
        series,
        profile: options.profile.clone(),
        notation,
        sheet: options.sheet,
        month: options.period,
        mapping: options.mapping.clone(),
        ..options.unsaid.told_to(ReadOptions::of(kind))
    }
}

fn take_hours(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_hours(file)?;
    if let Some(question) = &preview.question {
        ask(session, question)?;
        return Err(Fault::Refused(
            "時間の読み方が一つに決まりません。--notation sexagesimal、decimal、minutes、days、clock のどれかを指定してください。"
                .to_owned(),
        ));
    }
    // Counted before anything is taken in: afterwards the values stand side by side.
    let contradicting = contradictions(desk, &file.site, &preview);
    let nights = nights::changes(desk.site(&file.site)?, &preview);
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_hours_as(file, preview.clone())? };
    warn_of(file, preview.strangers, preview.left());
    let report = Report {
        counts: [preview.added.len(), preview.changed.len(), preview.unchanged.len()],
        read_as: Some(read_as(file, &preview)),
        more: json!({
            "new_workers": preview.new_workers.len(),
            "period": preview.span.map(|(first, last)| json!({ "first": first, "last": last })),
            "reading": preview.notation.key(),
            "reading_reason": why_so(file, preview.notation),
            "measure": preview.measure,
            "series": preview.series,
            "summed": preview.summed,
            "undecided": preview.undecided.len(),
            "unread_values": preview.unread.len(),
            "contradicting": contradicting.len(),
            "nights": { "added": nights.added, "changed": nights.changed.len(), "unchanged": nights.unchanged },
        }),
        ..Report::of(file, operation, seen, preview.left())
    };
    let code = report.print(session)?;
    if !how.has_rows {
        print_changes(session, &preview)?;
    }
    print_joining(session, &preview)?;
    print_nights(session, &nights)?;
    let rows = contradicting.into_iter().map(|(line, worker)| (Some(line), worker));
    import_rows::beside(session, "contradicting", rows)?;
    print_cells(session, "unread", &preview.unread)?;
    Ok(code)
}

/// Of which days a file of hours is, and how its numbers were read.
fn read_as(file: &ReadFile, preview: &Preview) -> String {
    let span = preview.span.map(|(first, last)| format!("期間 {first} から {last}、")).unwrap_or_default();
    let rounded = if preview.is_rounded() { "、0.1時間に丸めた値" } else { "" };
    format!("{span}読み方 {}{rounded}（{}）", preview.notation.label(), why_so(file, preview.notation))
}

/// Why the numbers were read so.
fn why_so(file: &ReadFile, notation: Notation) -> &'static str {
    let is_kept = || file.proposal.profile.notation == Some(notation);
    match notation {
        _ if file.notation.is_some() => "指定のとおり",
        Notation::Clock => "時と分が分けて書かれています",
        _ if units::of_hours(&file.proposal.profile).is_some_and(|unit| unit.allows(notation)) => {
            "見出しの単位のとおり"
        }
        _ if is_kept() => "前に決めたとおり",
        _ => "ほかの読み方では合わない行があります",
    }
}

/// Names the hours that another value replaces, by line and id.
fn print_changes(session: &Session, preview: &Preview) -> Result<(), Fault> {
    preview.changed.iter().try_for_each(|row| {
        let (line, what) = (row.line, changed(row));
        let worker = match &row.who {
            Who::Known(id) => id.as_str(),
            Who::New(_) => "-",
        };
        if session.is_json() {
            return output::object(json!({ "line": line, "state": "changed", "worker": worker, "sentence": what }));
        }
        output::line(&format!("{line}行目 {worker}: 変更  {what}"))
    })
}

/// Names the first rows of people who are not on the roster, by line; they have no id before they are taken in.
fn print_joining(session: &Session, preview: &Preview) -> Result<(), Fault> {
    let lines = joining(preview).into_iter().filter_map(|place| preview.added.get(place)).map(|row| row.line);
    lines.into_iter().try_for_each(|line| {
        if session.is_json() {
            return output::object(json!({ "line": line, "state": "joining" }));
        }
        output::line(&format!("{line}行目: 名簿にいない人です。"))
    })
}

/// Names the rows whose 深夜業 changes, by their line.
fn print_nights(session: &Session, nights: &NightChanges) -> Result<(), Fault> {
    let NightChanges { added, changed, unchanged } = nights;
    if !session.is_json() && nights.brought() + unchanged > 0 {
        output::line(&format!("深夜業: 追加 {added}件、変更 {}件、同じ {unchanged}件", changed.len()))?;
    }
    changed.iter().try_for_each(|night| {
        let (line, old, new) = (night.line, night.old.words(), night.new.words());
        if session.is_json() {
            return output::object(json!({ "line": line, "state": "night_changed", "old": old, "new": new }));
        }
        output::line(&format!("{line}行目: 深夜業 {old} から {new} へ"))
    })
}

/// Names cells that nobody can read, or that nothing keeps, of rows that are taken all the same.
fn print_cells(session: &Session, state: &str, cells: &[Refusal]) -> Result<(), Fault> {
    cells.iter().try_for_each(|cell| {
        if session.is_json() {
            let (line, column, sentence) = (cell.line, cell.column, cell.why.to_string());
            output::object(
                json!({ "line": line, "column": column, "state": state, "why": cell.why, "sentence": sentence }),
            )
        } else {
            output::line(&cell.to_string())
        }
    })
}

/// Prints the mapping, which holds names of columns and nobody's.
fn show_mapping(file: &ReadFile) -> Answer {
    let header = folding::fold_header(&file.table.header);
    output::line(file.proposal.profile.to_toml(file.kind, &header).trim_end())?;
    Ok(ExitCode::SUCCESS)
}

fn warn_of(file: &ReadFile, strangers: Option<Strangers>, left: Left<'_>) {
    let name = file.path().map(|path| format!("{}: ", file_name(path))).unwrap_or_default();
    if let Some(Strangers { known, people }) = strangers {
        output::warn(&format!(
            "{name}名簿にいる人は {people}名のうち {known}名だけです。別の事業場のファイルでないか確かめてください。"
        ));
    }
    if left.is_unnamed {
        output::warn(&format!("{name}氏名のないファイルです。社員番号だけで名簿と合わせ、氏名は比べていません。"));
    }
}

/// Names the rows that would stand on another side of the line under another reading, or on none; never a person.
fn ask(session: &Session, question: &Question) -> Result<(), Fault> {
    for reading in &question.readings {
        let (over, undecided) = over_and_undecided(reading);
        if session.is_json() {
            let (name, possible) = (reading.notation.key(), reading.is_possible);
            output::object(
                json!({ "reading": name, "possible": possible, "over_line": over, "undecided": undecided, "of_heading": reading.is_of_heading }),
            )?;
        } else {
            let possible =
                if reading.is_possible { "" } else { "（この読み方では合わない行があります）" };
            let name = reading_name(reading);
            output::line(&format!("{name}: 通知の線を超える行 {over}、未定 {undecided}{possible}"))?;
        }
    }
    question.people.iter().filter(|row| !row.is_decided()).try_for_each(|crossing| ask_about(session, crossing))
}

/// What each reading makes of one row.
fn ask_about(session: &Session, crossing: &Crossing) -> Result<(), Fault> {
    if session.is_json() {
        let readings = crossing.values.iter().map(|(notation, hours, reach)| {
            let (low, high) = (hours.low.0, hours.high.0);
            json!({ "reading": notation.key(), "low_seconds": low, "high_seconds": high, "over_line": is_over(*reach) })
        });
        let readings: Vec<Value> = readings.collect();
        let (line, worker) = (crossing.line, &crossing.worker);
        return output::object(json!({ "line": line, "worker": worker, "undecided": true, "readings": readings }));
    }
    let worker = crossing.worker.as_ref().map_or("-", |id| id.as_str());
    let told = crossing.values.iter().map(|(notation, _, reach)| format!("{} {}", notation.label(), side(*reach)));
    output::line(&format!("{}行目 {worker}: {}", crossing.line, told.collect::<Vec<_>>().join("、")))
}

/// On which side of the notice line.
fn side(reach: Reach) -> &'static str {
    match is_over(reach) {
        Some(true) => "超える",
        Some(false) => "超えない",
        None => "未定（丸めた値が線をまたぎます）",
    }
}

fn take_roster(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_roster(file)?;
    warn_of(file, preview.strangers, preview.left());
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_roster_as(file, preview.clone())? };
    let report = Report {
        counts: [preview.added.len(), preview.changed.len(), preview.unchanged.len()],
        more: json!({ "absent": preview.absent, "not_kept": preview.not_kept.len() }),
        ..Report::of(file, operation, seen, preview.left())
    };
    let code = report.print(session)?;
    print_cells(session, "not_kept", &preview.not_kept)?;
    import_rows::beside(session, "absent", preview.absent.iter().map(|worker| (None, worker.clone())))?;
    Ok(code)
}

fn take_restrictions(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_restrictions(file)?;
    warn_of(file, preview.strangers(), preview.left());
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_restrictions_as(file, preview.clone())? };
    let report = Report {
        counts: [preview.added.len(), preview.changed.len(), preview.unchanged.len()],
        ..Report::of(file, operation, seen, preview.left())
    };
    report.print(session)
}

fn take_checkups(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_checkups(file)?;
    warn_of(file, preview.rows.strangers(), preview.rows.left());
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_checkups_as(file, preview.clone())? };
    let rows = &preview.rows;
    let report = Report {
        counts: preview.counts(),
        more: json!({
            "unread_values": rows.open_values().count(),
            "summed": rows.summed(),
        }),
        ..Report::of(file, operation, seen, rows.left())
    };
    let code = report.print(session)?;
    rows.open_values().try_for_each(|value| unread_line(session, file, value))?;
    Ok(code)
}

/// Names a value that could not be read by its place and reason, never by what stands there.
fn unread_line(session: &Session, file: &ReadFile, value: &Unread) -> Result<(), Fault> {
    let columns: Vec<usize> = value.columns.iter().map(|column| column + 1).collect();
    let headings = value.columns.iter().map(|column| profile::heading(&file.table.header, *column));
    let headings = headings.collect::<Vec<_>>().join("、");
    if session.is_json() {
        return output::object(json!({
            "line": value.line,
            "columns": columns,
            "state": "unread",
            "why": value.why,
            "sentence": value.why.label(),
        }));
    }
    let places = columns.iter().map(ToString::to_string).collect::<Vec<_>>().join("・");
    output::line(&format!("{}行目 {places}列目 {headings}: {}。文字のまま残します。", value.line, value.why.label()))
}

/// Also the way of `junkai stress import`.
pub(super) fn take_answers(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_stress(file)?;
    warn_of(file, preview.rows.strangers(), preview.rows.left());
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_stress_as(file, preview.clone())? };
    let (rows, entered) = (&preview.rows, preview.entered);
    let report = Report {
        counts: [entered.added, entered.changed, entered.unchanged],
        more: json!({
            "round": preview.round,
            "differing": preview.contradictions.iter().map(|found| &found.worker).collect::<Vec<_>>(),
            "undated": preview.undated(),
        }),
        ..Report::of(file, operation, seen, rows.left())
    };
    let code = report.print(session)?;
    let differing = preview.contradictions.iter().map(|found| &found.worker);
    import_rows::beside(session, "differing", differing.map(|worker| (preview.row_of(worker), worker.clone())))?;
    Ok(code)
}

fn take_results(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_stress_results(file)?;
    warn_of(file, preview.rows.strangers(), preview.rows.left());
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_stress_results_as(file, preview.clone())? };
    let (rows, reporting) = (&preview.rows, &preview.reporting);
    let differing: Vec<_> = reporting.differences.iter().map(|found| &found.worker).collect();
    let report = Report {
        counts: [reporting.added, 0, reporting.unchanged],
        more: json!({ "round": preview.round, "differing": differing, "undated": preview.undated() }),
        ..Report::of(file, operation, seen, rows.left())
    };
    let code = report.print(session)?;
    let rows = differing.into_iter().map(|worker| (preview.row_of(worker), worker.clone()));
    import_rows::beside(session, "differing", rows)?;
    Ok(code)
}
