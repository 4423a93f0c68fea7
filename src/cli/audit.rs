//! `junkai audit`: what was done, newest first; with `--verify` only what is wrong with the chains.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::Audit as Options;
use super::fault::{FOUND, Fault};
use super::session::{Access, Session, with_desk};
use super::{Answer, output};
use crate::runtime::{Desk, NOTHING_FOUND};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let desk = session.desk(Access::Reading)?;
    with_desk(desk, |desk| if options.verify { verify(session, desk) } else { list(session, desk) })
}

fn list(session: &Session, desk: &Desk) -> Answer {
    for (place, line) in desk.audit_lines()? {
        if session.is_json() {
            output::object(json!({
                "database": place,
                "number": line.number,
                "at": line.at,
                "event": line.event,
                "subject": line.subject,
                "detail": line.detail,
            }))?;
        } else {
            output::line(&format!(
                "{}  {place} {}  {} {} {}",
                line.at, line.number, line.event, line.subject, line.detail
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn verify(session: &Session, desk: &Desk) -> Answer {
    let findings = desk.check_chains()?;
    report(session, &findings)
}

/// Prints findings, or what can be said when there are none.
pub(super) fn report(session: &Session, findings: &[crate::runtime::Finding]) -> Result<ExitCode, Fault> {
    for finding in findings {
        if session.is_json() {
            output::object(json!({ "place": finding.place, "kind": finding.kind, "sentence": finding.sentence }))?;
        } else {
            output::line(&format!("{}: {}", finding.place, finding.sentence))?;
        }
    }
    if !findings.is_empty() {
        return Ok(ExitCode::from(FOUND));
    }
    if session.is_json() {
        output::object(json!({ "found": 0, "sentence": NOTHING_FOUND }))?;
    } else {
        output::line(NOTHING_FOUND)?;
    }
    Ok(ExitCode::SUCCESS)
}
