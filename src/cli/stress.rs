//! `junkai stress`: `score` says what the tables say about answers, without any vault; `import` takes answers into a
//! round; `report` counts a round for the labour office.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::fault::{FOUND, Fault};
use super::import::take_answers;
use super::import_rows::How;
use super::session::{Access, Session, establishment, with_desk};
use super::stress_arguments::{Stress as Options, StressAct, StressImport};
use super::{Answer, input, output};
use crate::app::stress::report;
use crate::domain::hours::BatchKind;
use crate::domain::stress::{Criteria, Form, Method};
use crate::domain::worker::Sex;
use crate::domain::{EstablishmentId, Id};
use crate::runtime::imports::ReadOptions;
use crate::runtime::{Desk, RuntimeError};
use crate::scales::stress::criteria::{examples, totals};
use crate::scales::stress::{Judgement, Parts, Questionnaire, Score, Sheet, SheetFault, judge};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    match &options.act {
        StressAct::Score { file } => score(file.as_deref()),
        StressAct::Import(options) => import(session, options),
        StressAct::Report { establishment: id, round } => transcription(session, id, round.as_deref()),
    }
}

/// The same way as the screen: through the gate of the stress check, or not at all.
fn import(session: &Session, options: &StressImport) -> Answer {
    let id = establishment(&options.establishment)?;
    let access = if options.dry_run { Access::Reading } else { Access::Writing };
    with_desk(session.desk(access)?, |desk| {
        let round = round_named(desk, &id, options.round.as_deref())?;
        let how = ReadOptions { round: Some(round), ..ReadOptions::of(BatchKind::Stress) };
        let how = options.unsaid.told_to(how);
        let report = How { is_dry: options.dry_run, has_rows: false };
        let file = desk.read_file(&id, &options.file, how).map_err(Fault::from);
        let taken = file.and_then(|file| take_answers(session, desk, &file, report));
        taken.map_err(|fault| fault.about(&options.file, None))
    })
}

fn round_named(desk: &Desk, id: &EstablishmentId, round: Option<&str>) -> Result<Id, RuntimeError> {
    match round {
        Some(round) => Ok(Id::parse(round)?),
        None => desk.open_round(id),
    }
}

/// The ten items of 則52条の21: what the records can count, and what somebody still has to write.
fn transcription(session: &Session, id: &str, round: Option<&str>) -> Answer {
    let id = establishment(id)?;
    with_desk(session.desk(Access::Reading)?, |desk| {
        let round = round_named(desk, &id, round)?;
        let items = report::items(desk.site(&id)?, &round).map_err(RuntimeError::from)?;
        let physician = desk.caseload().owner.clone();
        if session.is_json() {
            output::object(json!({
                "round": round, "month": items.month, "workers": items.workers, "workers_on": items.workers_on,
                "taken": items.taken, "interviewed": items.interviewed, "analysed": items.is_analysed,
            }))?;
        } else {
            report::lines(&items, &physician).iter().try_for_each(|line| output::line(line))?;
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// A bad line is answered with what is wrong with it; the rest goes on, and the command ends with 1.
fn score(file: Option<&Path>) -> Answer {
    let questionnaire = Questionnaire::built_in().map_err(|fault| Fault::Refused(fault.to_string()))?;
    let mut is_refused = false;
    for (index, line) in lines(file)?.enumerate() {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() {
            let answer = answer(questionnaire, index + 1, line.trim_start_matches('\u{feff}').trim());
            is_refused |= answer.is_err();
            output::object(answer.unwrap_or_else(|error| error))?;
        }
    }
    Ok(if is_refused { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

type Lines = Box<dyn Iterator<Item = Result<Vec<u8>, Fault>>>;

fn lines(file: Option<&Path>) -> Result<Lines, Fault> {
    let Some(path) = file else { return Ok(Box::new(input::lines())) };
    let unreadable = || Fault::usage("ファイルを読めません。場所と権限を確かめてください。");
    let reader = BufReader::new(File::open(path).map_err(|_| unreadable())?);
    Ok(Box::new(reader.split(b'\n').map(move |line| line.map_err(|_| unreadable()))))
}

fn answer(questionnaire: &Questionnaire, line: usize, text: &str) -> Result<Value, Value> {
    let (sheet, sex) = read(questionnaire, text).map_err(|error| json!({ "line": line, "error": error }))?;
    let score = questionnaire.score(&sheet, sex);
    Ok(json!({
        "line": line,
        "edition": questionnaire.edition,
        "form": if sheet.form() == Form::Full { 57 } else { 23 },
        "sex": match sex { Sex::Male => json!("M"), Sex::Female => json!("F"), Sex::Unknown => Value::Null },
        "missing": questionnaire.missing(&sheet),
        "sums": parts(score.sums),
        "points": parts(score.points),
        "scales": scales(questionnaire, &score),
        "method1": method(Method::Sums, &sheet, sex, &score),
        "method2": method(Method::Points, &sheet, sex, &score),
    }))
}

/// `{"sex":…,"answers":…}`, or cells between commas with the sex in front, or the characters alone.
fn read(questionnaire: &Questionnaire, text: &str) -> Result<(Sheet, Sex), String> {
    if text.starts_with('{') {
        return from_json(questionnaire, text);
    }
    let cells: Vec<&str> = text.split(',').map(str::trim).collect();
    match cells.as_slice() {
        [answers] => Ok((Sheet::parse(questionnaire, answers).map_err(said)?, Sex::Unknown)),
        [sex, answers] => Ok((Sheet::parse(questionnaire, answers).map_err(said)?, sex_of(sex)?)),
        [sex, rest @ ..] if has_sex(questionnaire, cells.len()) => {
            Ok((Sheet::from_cells(questionnaire, rest.iter().copied()).map_err(said)?, sex_of(sex)?))
        }
        cells => Ok((Sheet::from_cells(questionnaire, cells.iter().copied()).map_err(said)?, Sex::Unknown)),
    }
}

/// Whether a row of so many cells has one more than a form asks.
fn has_sex(questionnaire: &Questionnaire, cells: usize) -> bool {
    Form::ALL.iter().any(|form| cells == questionnaire.asked(*form).len() + 1)
}

fn from_json(questionnaire: &Questionnaire, text: &str) -> Result<(Sheet, Sex), String> {
    let value: Value = serde_json::from_str(text).map_err(|_| "JSON として読めません。".to_owned())?;
    let sex = match value.get("sex") {
        None | Some(Value::Null) => Sex::Unknown,
        Some(sex) => sex_of(sex.as_str().unwrap_or("?"))?,
    };
    let sheet = match value.get("answers") {
        Some(Value::String(text)) => Sheet::parse(questionnaire, text),
        Some(Value::Array(cells)) => {
            let cells: Vec<String> = cells.iter().map(cell).collect();
            Sheet::from_cells(questionnaire, cells.iter().map(String::as_str))
        }
        _ => return Err("answers がありません。57文字か23文字、又はその数の並びで書いてください。".to_owned()),
    };
    Ok((sheet.map_err(said)?, sex))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn said(fault: SheetFault) -> String {
    fault.to_string()
}

fn sex_of(text: &str) -> Result<Sex, String> {
    match text {
        "M" | "男" => Ok(Sex::Male),
        "F" | "女" => Ok(Sex::Female),
        "" | "-" | "null" => Ok(Sex::Unknown),
        _ => Err("性別は M か F です。判らないときは空にしてください。".to_owned()),
    }
}

fn parts(parts: Parts) -> Value {
    json!({ "A": parts.causes, "B": parts.symptoms, "C": parts.support })
}

fn scales(questionnaire: &Questionnaire, score: &Score) -> Vec<Value> {
    let both = questionnaire.scales().iter().zip(&score.scales);
    both.map(|(scale, scored)| {
        json!({ "id": scale.id, "name": scale.name, "raw": scored.raw, "column": scored.column, "point": scored.point })
    })
    .collect()
}

/// What the manual's example for the form says by one method, or why nothing is said.
fn method(method: Method, sheet: &Sheet, sex: Sex, score: &Score) -> Value {
    let list = examples().unwrap_or_default();
    let fits = |criteria: &&Criteria| criteria.method == method && criteria.form == sheet.form();
    let Some(criteria) = list.iter().map(|example| &example.criteria).find(fits) else {
        return json!({ "criteria": null, "withheld": crate::scales::stress::Withheld::NoTable.sentence() });
    };
    let sums = totals(criteria, sheet.form(), sex, score);
    match (judge(criteria, sheet.form(), sex, score), sums) {
        (Judgement::Withheld(why), _) | (_, Err(why)) => json!({ "criteria": criteria.id, "withheld": why.sentence() }),
        (judged, Ok(sums)) => {
            let (first, second) = match judged {
                Judgement::High { by_symptoms, by_causes } => (by_symptoms, by_causes),
                _ => (false, false),
            };
            json!({
                "criteria": criteria.id, "A": sums.causes, "B": sums.symptoms, "C": sums.support,
                "A_plus_C": sums.causes + sums.support, "criterion_a": first, "criterion_b": second,
                "high_stress": first || second,
            })
        }
    }
}
