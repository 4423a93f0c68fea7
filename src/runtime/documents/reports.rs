//! The report of a completed patrol, as it would leave.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::issue::{Beside, Issue};
use super::{Prepared, Subject, hints};
use crate::app::Site;
use crate::app::host::DocumentRequest;
use crate::documents::disclosure::{Imprint, PatrolReportFacts, patrol_report};
use crate::domain::Table;
use crate::domain::opinion::Recipient;
use crate::domain::patrol::Patrol;
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;

pub(super) fn prepare(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let patrol = patrol(site, request)?;
    let issue = Issue::of(desk, site, request, &patrol.id)?;
    let names: Vec<&str> = site.workers.iter().map(|worker| worker.name.as_str()).collect();
    let facts = facts(site, patrol, &names, issue.imprint());
    let view = patrol_report::copy(&facts);
    let beside = Beside {
        staying: patrol_report::staying(&facts),
        missing: patrol_report::missing(&facts),
        hints: hints(patrol_report::hints(desk.law(), &facts)),
    };
    Ok(issue.prepared(request, view, Recipient::Employer, beside, folder, subject(site, patrol)))
}

/// Only a patrol that has ended is reported: until then anything in it may change.
fn patrol<'site>(site: &'site Site, request: &DocumentRequest) -> Result<&'site Patrol, RuntimeError> {
    let subject = request.subject.as_ref().ok_or(RuntimeError::NoSuchPatrol)?;
    let found = site.patrols.iter().find(|patrol| &patrol.id == subject && patrol.completed_on.is_some());
    found.ok_or(RuntimeError::NoSuchPatrol)
}

fn facts<'a>(site: &'a Site, patrol: &'a Patrol, names: &'a [&'a str], imprint: Imprint<'a>) -> PatrolReportFacts<'a> {
    PatrolReportFacts {
        establishment: &site.establishment,
        patrol,
        patrols: &site.patrols,
        places: &site.places,
        marks: &site.marks,
        findings: &site.findings,
        names,
        imprint,
    }
}

/// The walk and its marks are amend-only from now on; a finding lives on until it is seen closed.
fn subject(site: &Site, patrol: &Patrol) -> Subject {
    let marks = site.marks.iter().filter(|mark| mark.patrol == patrol.id);
    let mut freezes = vec![(Table::Patrol, patrol.id.to_string())];
    freezes.extend(marks.map(|mark| (Table::PlaceMark, mark.id.to_string())));
    let (row, basis) = (patrol.id.clone(), basis(site, patrol));
    Subject { row, case: None, worker: None, supersedes: None, freezes, basis }
}

fn basis(site: &Site, patrol: &Patrol) -> Map<String, Value> {
    let marks: Vec<_> = site.marks.iter().filter(|mark| mark.patrol == patrol.id).collect();
    let findings: Vec<_> = site.findings.iter().filter(|finding| finding.patrol == patrol.id).collect();
    let named = [("patrol", json!(patrol)), ("marks", json!(marks)), ("findings", json!(findings))];
    named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
