//! The report of a completed patrol, as it would leave.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::{Prepared, Subject, copy, file_name, hints, newest_report};
use crate::app::Site;
use crate::app::host::{DocumentPreview, DocumentRequest};
use crate::documents::disclosure::{Imprint, PatrolReportFacts, patrol_report};
use crate::domain::opinion::Recipient;
use crate::domain::patrol::Patrol;
use crate::domain::{Id, Table};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;

pub(super) fn prepare(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let patrol = patrol(site, request)?;
    let before = newest_report(site, &patrol.id);
    let day = desk.today();
    let (id, version) = (site.next_document(day), before.map_or(1, |issued| issued.version + 1));
    let head = desk.open_site(site.id())?.store.head()?;
    let (fingerprint, audit_head) = (desk.signer()?.fingerprint()?.to_string(), super::facts::head_line(site, &head));
    let imprint = Imprint {
        doctor: &desk.owner,
        day,
        number: id.as_str(),
        version,
        demo: desk.is_demo(),
        fingerprint: &fingerprint,
        audit_head: &audit_head,
    };
    let names: Vec<&str> = site.workers.iter().map(|worker| worker.name.as_str()).collect();
    let facts = facts(site, patrol, &names, imprint);
    let view = patrol_report::copy(&facts);
    let preview = DocumentPreview {
        request: request.clone(),
        copies: vec![copy(&view, Recipient::Employer, patrol_report::staying(&facts))],
        missing: patrol_report::missing(&facts),
        hints: hints(patrol_report::hints(desk.law(), &facts)),
        folder: folder.to_string_lossy().into_owned(),
        files: vec![file_name(&id, Recipient::Employer)],
        id: Some(id.clone()),
        version,
        own_templates: Vec::new(),
    };
    let subject = subject(site, patrol, before.map(|issued| issued.id.clone()));
    Ok(Prepared {
        preview,
        views: vec![view],
        templates: Vec::new(),
        subject: Some(subject),
        day,
        folder,
        beside: Vec::new(),
    })
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
fn subject(site: &Site, patrol: &Patrol, supersedes: Option<Id>) -> Subject {
    let marks = site.marks.iter().filter(|mark| mark.patrol == patrol.id);
    let mut freezes = vec![(Table::Patrol, patrol.id.to_string())];
    freezes.extend(marks.map(|mark| (Table::PlaceMark, mark.id.to_string())));
    Subject { row: patrol.id.clone(), case: None, worker: None, supersedes, freezes, basis: basis(site, patrol) }
}

fn basis(site: &Site, patrol: &Patrol) -> Map<String, Value> {
    let marks: Vec<_> = site.marks.iter().filter(|mark| mark.patrol == patrol.id).collect();
    let findings: Vec<_> = site.findings.iter().filter(|finding| finding.patrol == patrol.id).collect();
    let named = [("patrol", json!(patrol)), ("marks", json!(marks)), ("findings", json!(findings))];
    named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
