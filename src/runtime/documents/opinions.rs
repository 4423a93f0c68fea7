//! The opinion of an interview, as it would leave.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::facts::{self, OpinionRecords};
use super::{Prepared, Subject, copy, file_name, hints, newest_issued};
use crate::app::Site;
use crate::app::host::{DocumentPreview, DocumentRequest};
use crate::app::interview::stress;
use crate::documents::disclosure::{self, OpinionFacts};
use crate::documents::view::Disclosed;
use crate::domain::interview::Interview;
use crate::domain::opinion::FormKind;
use crate::domain::{Id, Table};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;

pub(super) fn prepare(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let interview = interview(site, request)?;
    if stress::is_after_the_check(site, interview) != (request.form == FormKind::StressOpinion) {
        return Err(RuntimeError::OtherGround);
    }
    let before = newest_issued(site, request.form, &interview.case_id);
    let records = OpinionRecords::collect(desk, site, interview)?;
    let day = desk.today();
    let (id, version) = (site.next_document(day), before.map_or(1, |issued| issued.version + 1));
    let facts = OpinionFacts { released: &request.released, ..records.facts(desk, day, id.as_str(), version) };
    let views: Vec<Disclosed> =
        request.recipients.iter().map(|recipient| disclosure::opinion(&facts, request.form, *recipient)).collect();
    let copies = request.recipients.iter().zip(&views);
    let copies = copies.map(|(recipient, view)| copy(view, *recipient, disclosure::staying(&facts, *recipient)));
    let preview = DocumentPreview {
        request: request.clone(),
        copies: copies.collect(),
        missing: disclosure::missing(&facts),
        hints: hints(disclosure::hints(desk.law(), &facts)),
        folder: folder.to_string_lossy().into_owned(),
        files: request.recipients.iter().map(|recipient| file_name(&id, *recipient)).collect(),
        id: Some(id),
        version,
        own_templates: Vec::new(),
    };
    let subject = subject(desk, site, interview, before.map(|issued| issued.id.clone()));
    Ok(Prepared { preview, views, templates: Vec::new(), subject: Some(subject), day, folder, beside: Vec::new() })
}

fn interview<'site>(site: &'site Site, request: &DocumentRequest) -> Result<&'site Interview, RuntimeError> {
    let subject = request.subject.as_ref().ok_or(RuntimeError::NoSuchInterview)?;
    site.interviews.iter().find(|interview| &interview.id == subject).ok_or(RuntimeError::NoSuchInterview)
}

fn subject(desk: &Desk, site: &Site, interview: &Interview, supersedes: Option<Id>) -> Subject {
    Subject {
        row: interview.id.clone(),
        case: Some(interview.case_id.clone()),
        worker: Some(interview.worker.clone()),
        supersedes,
        freezes: freezes(site, interview),
        basis: basis(desk, site, interview),
    }
}

/// The interview, and what stands beside it after the stress check.
fn freezes(site: &Site, interview: &Interview) -> Vec<(Table, String)> {
    let beside = site.stress_interviews.iter().filter(|row| row.interview == interview.id);
    let beside = beside.map(|row| (Table::StressInterview, row.id.to_string()));
    std::iter::once((Table::Interview, interview.id.to_string())).chain(beside).collect()
}

fn basis(desk: &Desk, site: &Site, interview: &Interview) -> Map<String, Value> {
    let measures: Vec<_> = site.measures.iter().filter(|row| row.case_id == interview.case_id).collect();
    let outcome = facts::outcome(desk.law(), site, &interview.worker);
    let beside = site.stress_interviews.iter().find(|row| row.interview == interview.id);
    let named = [
        ("stress_interview", json!(beside)),
        ("interview", json!(interview)),
        ("measures", json!(measures)),
        ("outcome", json!(outcome)),
    ];
    named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
