//! `junkai law list/assess/check`: the rules and their answers, without any vault.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::{Law as Options, LawAct};
use super::fault::FOUND;
use super::session::Session;
use super::{Answer, input, output};
use crate::law::check::Problem;
use crate::law::{Law, cases};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let law = session.law()?;
    match options.act {
        LawAct::List { not_encoded } => list(session, warned(&law), not_encoded),
        LawAct::Assess => assess(warned(&law)),
        LawAct::Check => check(session, &law),
    }
}

/// Says on the error output that additions were refused; `check` says it as a problem.
fn warned(law: &Law) -> &Law {
    if let Some(error) = law.refused_additions() {
        output::warn(&Problem::Addition(error.clone()).to_string());
    }
    law
}

fn list(session: &Session, law: &Law, not_encoded: bool) -> Answer {
    let text = match (not_encoded, session.is_json()) {
        (false, true) => law.list_json(),
        (false, false) => law.list_text(),
        (true, true) => law.not_encoded_json(),
        (true, false) => law.not_encoded_text(),
    };
    output::line(text.trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// A bad line is answered with what is wrong with it; the rest goes on, and the command ends with 1.
fn assess(law: &Law) -> Answer {
    let mut is_refused = false;
    for (index, line) in input::lines().enumerate() {
        let line = line?;
        // A byte that is no character makes the line unreadable, not the whole input.
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() {
            let answer = law.assess_line(index + 1, &line);
            is_refused |= answer.is_refused;
            output::line(&answer.json)?;
        }
    }
    Ok(if is_refused { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

fn check(session: &Session, law: &Law) -> Answer {
    let problems = law.check();
    for problem in &problems {
        if session.is_json() {
            output::object(json!({ "problem": problem.to_string() }))?;
        } else {
            output::line(&problem.to_string())?;
        }
    }
    if problems.is_empty() && !session.is_json() {
        let examples: usize = cases::known().iter().map(|(_, file)| file.case.len()).sum();
        output::line(&format!("法令データに矛盾は見つかりませんでした。例 {examples}件も、すべて合っています。"))?;
    }
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}
