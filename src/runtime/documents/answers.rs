//! The answer to an inquiry on an issued opinion, as it would leave.

use std::path::PathBuf;

use serde_json::{Map, json};

use super::{Prepared, Subject, copy, file_name, hints, is_issued_for};
use crate::app::Site;
use crate::app::host::{DocumentPreview, DocumentRequest};
use crate::documents::disclosure::Imprint;
use crate::documents::disclosure::opinion_answer::{self, AnswerFacts};
use crate::domain::checkup::OpinionInquiry;
use crate::domain::opinion::{FormKind, Issued, Recipient};
use crate::domain::{Id, Table};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;

pub(super) fn prepare(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let inquiry = inquiry(site, request)?;
    let recipient = request.recipients.first().copied().unwrap_or(Recipient::Employer);
    let before = newest_answer(site, &inquiry.id);
    let day = desk.today();
    let (id, version) = (site.next_document(day), before.map_or(1, |issued| issued.version + 1));
    let head = desk.open_site(site.id())?.store.head()?;
    let (fingerprint, audit_head) = (desk.signer()?.fingerprint()?.to_string(), super::facts::head_line(site, &head));
    let own = own_words(site, &inquiry.worker);
    let facts = AnswerFacts {
        establishment: &site.establishment,
        worker: site.worker(&inquiry.worker).ok_or(RuntimeError::NoSuchWorker)?,
        inquiry,
        asked: site.issued.iter().find(|issued| issued.id == inquiry.document).ok_or(RuntimeError::NoSuchDocument)?,
        own: &own,
        imprint: Imprint {
            doctor: &desk.owner,
            day,
            number: id.as_str(),
            version,
            demo: desk.is_demo(),
            fingerprint: &fingerprint,
            audit_head: &audit_head,
        },
    };
    let view = opinion_answer::answer(&facts, recipient);
    let preview = DocumentPreview {
        request: request.clone(),
        copies: vec![copy(&view, recipient, Vec::new())],
        missing: opinion_answer::missing(&facts),
        hints: hints(opinion_answer::hints(desk.law(), &facts)),
        folder: folder.to_string_lossy().into_owned(),
        files: vec![file_name(&id, recipient)],
        id: Some(id),
        version,
        own_templates: Vec::new(),
    };
    let subject = Some(subject(inquiry, before.map(|issued| issued.id.clone())));
    Ok(Prepared { preview, views: vec![view], templates: Vec::new(), subject, day, folder, beside: Vec::new() })
}

fn inquiry<'site>(site: &'site Site, request: &DocumentRequest) -> Result<&'site OpinionInquiry, RuntimeError> {
    let subject = request.subject.as_ref().ok_or(RuntimeError::NoSuchInquiry)?;
    site.opinion_inquiries.iter().find(|row| &row.id == subject).ok_or(RuntimeError::NoSuchInquiry)
}

/// The newest answer to an inquiry, if one was issued.
pub(super) fn newest_answer<'site>(site: &'site Site, inquiry: &Id) -> Option<&'site Issued> {
    let answers = site.issued.iter().filter(|issued| issued.form == FormKind::OpinionAnswer);
    answers.filter(|issued| is_issued_for(issued, inquiry)).max_by_key(|issued| issued.version)
}

/// What the employer has read stands: the inquiry with its answer is amend-only from now on.
fn subject(inquiry: &OpinionInquiry, supersedes: Option<Id>) -> Subject {
    let mut basis = Map::new();
    basis.insert("inquiry".to_owned(), json!(inquiry));
    Subject {
        row: inquiry.id.clone(),
        case: None,
        worker: Some(inquiry.worker.clone()),
        supersedes,
        freezes: vec![(Table::OpinionInquiry, inquiry.id.to_string())],
        basis,
    }
}

/// The physician's own words about the person, with which the answer is compared.
fn own_words<'site>(site: &'site Site, worker: &Id) -> Vec<&'site str> {
    let interviews = site.interviews.iter().filter(|row| &row.worker == worker);
    let interviews = interviews.flat_map(|row| [row.condition_notes.as_str(), &row.remarks, &row.red_flags]);
    let details = site.checkup_details.iter().filter(|row| &row.worker == worker);
    interviews.chain(details.flat_map(|row| [row.held_for.as_str(), &row.condition, &row.words])).collect()
}
