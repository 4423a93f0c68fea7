//! `junkai import`: the same path as the screen, with a report of every row that was not plainly taken.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::{Import as Options, Kind, NotationName};
use super::fault::Fault;
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, output};
use crate::domain::hours::BatchKind;
use crate::import::hours::{Preview, Question};
use crate::import::notation::Notation;
use crate::runtime::Desk;
use crate::runtime::imports::{ReadFile, ReadOptions, is_over};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let id = establishment(&options.establishment)?;
    let access = if options.dry_run { Access::Reading } else { Access::Writing };
    let desk = session.desk(access)?;
    with_desk(desk, |desk| {
        let file = desk.read_file(&id, &options.file, read_options(options))?;
        take_hours(session, desk, &file, options.dry_run)
    })
}

fn read_options(options: &Options) -> ReadOptions {
    let kind = match options.kind {
        Kind::Roster => BatchKind::Roster,
        Kind::Hours => BatchKind::Hours,
        Kind::Checkup => BatchKind::Checkup,
        Kind::Stress => BatchKind::Stress,
    };
    let notation = options.notation.map(|name| match name {
        NotationName::Sexagesimal => Notation::Sexagesimal,
        NotationName::Decimal => Notation::Decimal,
        NotationName::Minutes => Notation::Minutes,
    });
    ReadOptions { kind, profile: options.profile.clone(), notation }
}

fn take_hours(session: &Session, desk: &mut Desk, file: &ReadFile, is_dry: bool) -> Answer {
    let preview = desk.preview_hours(file)?;
    if let Some(question) = &preview.question {
        ask(session, question)?;
        return Err(Fault::Refused(
            "時間の読み方が一つに決まりません。--notation sexagesimal、decimal、minutes のどれかを指定してください。"
                .to_owned(),
        ));
    }
    let operation = if is_dry { None } else { Some(desk.accept_hours(file)?) };
    report(session, file, &preview, operation)?;
    Ok(ExitCode::SUCCESS)
}

/// Names the rows that would stand on another side of the line under another reading; never a person.
fn ask(session: &Session, question: &Question) -> Result<(), Fault> {
    for reading in &question.readings {
        let over: usize = reading.tiers.iter().filter(|(tier, _)| is_over(**tier)).map(|(_, rows)| rows).sum();
        if session.is_json() {
            let name = reading.notation.key();
            output::object(json!({ "reading": name, "possible": reading.is_possible, "over_line": over }))?;
        } else {
            let possible =
                if reading.is_possible { "" } else { "（この読み方では合わない行があります）" };
            output::line(&format!("{}: 通知の線を超える行 {over}{possible}", reading.notation.label()))?;
        }
    }
    for crossing in &question.people {
        let worker = crossing.worker.as_ref().map_or("-", |id| id.as_str());
        if session.is_json() {
            output::object(json!({ "line": crossing.line, "worker": crossing.worker, "undecided": true }))?;
        } else {
            output::line(&format!("{}行目 {worker}: 読み方で区分が変わります。", crossing.line))?;
        }
    }
    Ok(())
}

fn report(session: &Session, file: &ReadFile, preview: &Preview, operation: Option<i64>) -> Result<(), Fault> {
    let summary = summary(file, preview, operation);
    if session.is_json() {
        output::object(summary)?;
    } else {
        let done = if operation.is_some() {
            "取り込みました。"
        } else {
            "取り込んでいません（確認のみ）。"
        };
        output::line(&format!(
            "{done}追加 {}件、変更 {}件、同じ {}件、要確認 {}件、拒否 {}件、対象外 {}件",
            preview.added.len(),
            preview.changed.len(),
            preview.unchanged.len(),
            preview.doubtful.len(),
            preview.refused.len(),
            preview.ignored.len()
        ))?;
    }
    if preview.seems_foreign() {
        output::warn("この事業場の人の行がほとんどありません。別の事業場のファイルでないか確かめてください。");
    }
    rows(session, preview)
}

fn summary(file: &ReadFile, preview: &Preview, operation: Option<i64>) -> Value {
    json!({
        "establishment": file.site.as_str(),
        "kind": file.kind,
        "taken_in": operation.is_some(),
        "operation": operation,
        "rows": preview.rows,
        "added": preview.added.len(),
        "changed": preview.changed.len(),
        "unchanged": preview.unchanged.len(),
        "doubtful": preview.doubtful.len(),
        "refused": preview.refused.len(),
        "ignored": preview.ignored.len(),
        "new_workers": preview.new_workers.len(),
        "reading": preview.notation.key(),
        "measure": preview.measure,
    })
}

fn rows(session: &Session, preview: &Preview) -> Result<(), Fault> {
    let doubtful = preview.doubtful.iter().map(|row| (row.line, "doubtful", json!(row.why), row.why.to_string()));
    let refused = preview.refused.iter().map(|row| (row.line, "refused", json!(row.why), row.why.to_string()));
    let ignored = preview.ignored.iter().map(|row| (row.line, "ignored", json!(row.why), row.why.to_string()));
    for (line, state, why, sentence) in doubtful.chain(refused).chain(ignored) {
        if session.is_json() {
            output::object(json!({ "line": line, "state": state, "why": why, "sentence": sentence }))?;
        } else {
            output::line(&format!("{line}行目: {sentence}"))?;
        }
    }
    Ok(())
}
