//! `junkai import`: the same path as the screen, with a report of every row that was not plainly taken.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::fault::{Fault, file_name};
use super::import_arguments::{Import as Options, Kind, NotationName, SeriesName};
use super::import_rows::{How, Seen};
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, import_rows, output};
use crate::domain::EstablishmentId;
use crate::domain::hours::{BatchKind, Series};
use crate::import::aside::Left;
use crate::import::checkup::Unread;
use crate::import::folding;
use crate::import::hours::{Crossing, Question, Reach};
use crate::import::notation::Notation;
use crate::import::people::Strangers;
use crate::import::profile;
use crate::import::reason::Refusal;
use crate::runtime::Desk;
use crate::runtime::import_view::contradictions;
use crate::runtime::imports::{ReadFile, ReadOptions, is_over, over_and_undecided};
use crate::runtime::nights::{self, NightChanges};
use crate::runtime::unread;

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
    match file.kind {
        BatchKind::Roster => take_roster(session, desk, &file, how),
        BatchKind::Restrictions => take_restrictions(session, desk, &file, how),
        BatchKind::Checkup => take_checkups(session, desk, &file, how),
        BatchKind::Stress => take_answers(session, desk, &file, how),
        BatchKind::StressResults => take_results(session, desk, &file, how),
        BatchKind::Hours => take_hours(session, desk, &file, how),
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
            "時間の読み方が一つに決まりません。--notation sexagesimal、decimal、minutes、days のどれかを指定してください。"
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
        file,
        operation,
        seen,
        counts: [preview.added.len(), preview.changed.len(), preview.unchanged.len()],
        left: preview.left(),
        more: json!({
            "new_workers": preview.new_workers.len(),
            "period": preview.span.map(|(first, last)| json!({ "first": first, "last": last })),
            "reading": preview.notation.key(),
            "measure": preview.measure,
            "series": preview.series,
            "summed": preview.summed,
            "undecided": preview.undecided.len(),
            "contradicting": contradicting.len(),
            "nights": { "added": nights.added, "changed": nights.changed.len(), "unchanged": nights.unchanged },
        }),
    };
    report.print(session)?;
    print_nights(session, &nights)?;
    let rows = contradicting.into_iter().map(|(line, worker)| (Some(line), worker));
    import_rows::beside(session, "contradicting", rows)?;
    print_unread(session, &preview.unread)?;
    Ok(ExitCode::SUCCESS)
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

/// Names the cells beside the hours that nobody can read, of rows that are taken all the same.
fn print_unread(session: &Session, unread: &[Refusal]) -> Result<(), Fault> {
    unread.iter().try_for_each(|cell| {
        if session.is_json() {
            let (line, column, sentence) = (cell.line, cell.column, cell.why.to_string());
            output::object(
                json!({ "line": line, "column": column, "state": "unread", "why": cell.why, "sentence": sentence }),
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
                json!({ "reading": name, "possible": possible, "over_line": over, "undecided": undecided }),
            )?;
        } else {
            let possible =
                if reading.is_possible { "" } else { "（この読み方では合わない行があります）" };
            let name = reading.notation.label();
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
        file,
        operation,
        seen,
        counts: [preview.added.len(), preview.changed.len(), preview.unchanged.len()],
        left: preview.left(),
        more: json!({ "absent": preview.absent }),
    };
    report.print(session)?;
    import_rows::beside(session, "absent", preview.absent.iter().map(|worker| (None, worker.clone())))?;
    Ok(ExitCode::SUCCESS)
}

fn take_restrictions(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_restrictions(file)?;
    warn_of(file, preview.strangers(), preview.left());
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_restrictions_as(file, preview.clone())? };
    let report = Report {
        file,
        operation,
        seen,
        counts: [preview.added.len(), preview.changed.len(), preview.unchanged.len()],
        left: preview.left(),
        more: json!({}),
    };
    report.print(session)
}

fn take_checkups(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_checkups(file)?;
    warn_of(file, preview.rows.strangers(), preview.rows.left());
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_checkups_as(file, preview.clone())? };
    let rows = &preview.rows;
    let unused = unread::unused(file);
    let report = Report {
        file,
        operation,
        seen,
        counts: preview.counts(),
        left: rows.left(),
        more: json!({
            "unread_values": rows.open_values().count(),
            "unused_columns": unused,
            "summed": rows.summed(),
        }),
    };
    report.print(session)?;
    rows.open_values().try_for_each(|value| unread_line(session, file, value))?;
    Ok(ExitCode::SUCCESS)
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
        file,
        operation,
        seen,
        counts: [entered.added, entered.changed, entered.unchanged],
        left: rows.left(),
        more: json!({
            "round": preview.round,
            "differing": preview.contradictions.iter().map(|found| &found.worker).collect::<Vec<_>>(),
            "undated": preview.undated(),
        }),
    };
    report.print(session)?;
    let differing = preview.contradictions.iter().map(|found| &found.worker);
    import_rows::beside(session, "differing", differing.map(|worker| (preview.row_of(worker), worker.clone())))?;
    Ok(ExitCode::SUCCESS)
}

fn take_results(session: &Session, desk: &mut Desk, file: &ReadFile, how: How) -> Answer {
    let preview = desk.preview_stress_results(file)?;
    warn_of(file, preview.rows.strangers(), preview.rows.left());
    let seen = Seen::of(desk, file, how)?;
    let operation = if how.is_dry { None } else { desk.accept_stress_results_as(file, preview.clone())? };
    let (rows, reporting) = (&preview.rows, &preview.reporting);
    let differing: Vec<_> = reporting.differences.iter().map(|found| &found.worker).collect();
    let report = Report {
        file,
        operation,
        seen,
        counts: [reporting.added, 0, reporting.unchanged],
        left: rows.left(),
        more: json!({ "round": preview.round, "differing": differing, "undated": preview.undated() }),
    };
    report.print(session)?;
    let rows = differing.into_iter().map(|worker| (preview.row_of(worker), worker.clone()));
    import_rows::beside(session, "differing", rows)?;
    Ok(ExitCode::SUCCESS)
}

/// What became of every row, whatever the file brought.
struct Report<'a> {
    file: &'a ReadFile,
    operation: Option<i64>,
    seen: Option<Seen>,
    counts: [usize; 3],
    left: Left<'a>,
    more: Value,
}

impl Report<'_> {
    fn print(&self, session: &Session) -> Answer {
        let is_dry = self.operation.is_none() && self.seen.as_ref().is_some_and(Seen::is_dry);
        if session.is_json() {
            output::object(self.summary())?
        } else {
            output::line(&self.sentence(is_dry))?;
            output::line(&self.source())?;
            self.period().map_or(Ok(()), |period| output::line(&period))?;
            self.beside(is_dry).iter().try_for_each(|told| output::line(told))?;
            self.seen.iter().filter_map(Seen::sentence).try_for_each(|told| output::line(&told))?;
        }
        self.lines(session)?;
        self.seen.iter().try_for_each(|seen| seen.print(session, self.file.kind))?;
        Ok(ExitCode::SUCCESS)
    }

    fn sentence(&self, is_dry: bool) -> String {
        let done = match self.operation {
            Some(_) => "取り込みました。",
            None if is_dry => "取り込んでいません（確認のみ）。",
            None => "新しい値はありませんでした。何も書いていません。",
        };
        let [added, changed, unchanged] = self.counts;
        let Left { doubtful, refused, ignored, .. } = self.left;
        let unread = self.count("unread_values");
        let (doubtful, refused, ignored) = (doubtful.len() + unread, refused.len(), ignored.len());
        let unread = if unread > 0 { format!("（うち読めない値 {unread}件）") } else { String::new() };
        format!(
            "{done}追加 {added}件、変更 {changed}件、同じ {unchanged}件、要確認 {doubtful}件{unread}、拒否 {refused}件、対象外 {ignored}件"
        )
    }

    /// As what the file was read: never the name of a sheet, which may be a company's.
    fn source(&self) -> String {
        let table = &self.file.table;
        let sheet = table.sheet.as_ref().map(|sheet| format!(" {}枚目のシート", sheet.number)).unwrap_or_default();
        format!(
            "{}{sheet} 見出し {}行目（{}）",
            table.encoding.label(),
            table.header_row,
            table.reason.trim_end_matches('。')
        )
    }

    /// The days that the values of a file of hours are about.
    fn period(&self) -> Option<String> {
        let period = self.more.get("period")?;
        let day = |name| period.get(name).and_then(Value::as_str);
        Some(format!("期間 {} から {}", day("first")?, day("last")?))
    }

    /// What the counts do not say: rows that were summed, and how many of the roster are absent.
    fn beside(&self, is_dry: bool) -> Vec<String> {
        let differing = match (self.file.kind, is_dry) {
            (BatchKind::Stress, _) => {
                "名は、ファイルの点数か判定が答えからの計算と違います。ファイルの点数は入れません。"
            }
            (_, true) => "名は、答えによる判定と違います。取り込むと、どちらも残ります。",
            (_, false) => "名は、答えによる判定と違います。どちらも残しました。",
        };
        let summed = match self.file.kind {
            BatchKind::Checkup => "行を、同じ人の同じ健診日の行と合わせました。",
            _ => "行を、同じ人と期間の行に足しました（日ごとの行）。",
        };
        let undated = "行は回答日がなく、--day の日（省くと今日）の回答とします。";
        let count = |name: &str| self.count(name);
        let told = [
            (count("new_workers"), "名は名簿にいない人です。行が入る人は名簿に加わります。"),
            (count("summed"), summed),
            (count("undecided"), "行は、丸めた値が線をまたぐため未定です。幅のある値として取り込みます。"),
            (
                count("contradicting"),
                "名は、同じ月の総労働時間と会社の残業時間が食い違います。どちらも残します。人の画面の「差」を確かめてください。",
            ),
            (count("differing"), differing),
            (count("undated"), undated),
            (count("absent"), "名が名簿にいてファイルにいません。退職とはしません。"),
        ];
        let counted = told.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count}{words}"));
        counted.chain(self.unused()).chain(self.unread_sheets()).collect()
    }

    /// How many sheets of the workbook were not read: one file brings one of them.
    fn unread_sheets(&self) -> Option<String> {
        let others = self.file.table.sheet.as_ref()?.names.len().checked_sub(1).filter(|others| *others > 0)?;
        Some(format!(
            "ほかの{others}枚のシートは読んでいません。要るシートは --sheet で選び、もう一度取り込んでください。"
        ))
    }

    fn count(&self, name: &str) -> usize {
        match self.more.get(name) {
            Some(Value::Array(ids)) => ids.len(),
            value => value.and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok()).unwrap_or(0),
        }
    }

    /// The headings of columns that hold something and are not used.
    fn unused(&self) -> Option<String> {
        let headings = self.more.get("unused_columns")?.as_array()?.iter().filter_map(Value::as_str);
        let headings = headings.collect::<Vec<_>>().join("、");
        (!headings.is_empty()).then(|| format!("使わない列 {}: {headings}", self.count("unused_columns")))
    }

    fn summary(&self) -> Value {
        let [added, changed, unchanged] = self.counts;
        let mut summary = json!({
            "establishment": self.file.site.as_str(),
            "kind": self.file.kind,
            "taken_in": self.operation.is_some(),
            "operation": self.operation,
            "rows": self.left.rows,
            "added": added,
            "changed": changed,
            "unchanged": unchanged,
            "doubtful": self.left.doubtful.len(),
            "refused": self.left.refused.len(),
            "ignored": self.left.ignored.len(),
            "source": {
                "encoding": self.file.table.encoding.label(),
                "header_row": self.file.table.header_row,
                "sheet": self.file.table.sheet.as_ref().map(|sheet| sheet.number),
                "reason": self.file.table.reason,
            },
            "following": self.seen.as_ref().map(Seen::summary),
            "unnamed": self.left.is_unnamed,
        });
        if let (Some(members), Value::Object(more)) = (summary.as_object_mut(), self.more.clone()) {
            members.extend(more);
        }
        summary
    }

    fn lines(&self, session: &Session) -> Result<(), Fault> {
        let Left { doubtful, refused, ignored, .. } = self.left;
        let doubtful = doubtful.iter().map(|row| (row.line, None, "doubtful", json!(row.why), row.why.to_string()));
        let refused = refused.iter().map(|row| (row.line, row.column, "refused", json!(row.why), row.why.to_string()));
        let ignored = ignored.iter().map(|row| (row.line, None, "ignored", json!(row.why), row.why.to_string()));
        for (line, column, state, why, sentence) in doubtful.chain(refused).chain(ignored) {
            if session.is_json() {
                let column = json!(column);
                output::object(
                    json!({ "line": line, "column": column, "state": state, "why": why, "sentence": sentence }),
                )?;
            } else {
                let column = column.map(|column| format!(" {column}列目")).unwrap_or_default();
                output::line(&format!("{line}行目{column}: {sentence}"))?;
            }
        }
        Ok(())
    }
}
