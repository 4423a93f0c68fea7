//! The answer to an inquiry on an issued opinion, as it would leave.

use std::path::PathBuf;

use serde_json::{Map, json};

use super::issue::{Beside, Issue};
use super::{Prepared, Subject, hints};
use crate::app::Site;
use crate::app::host::DocumentRequest;
use crate::documents::disclosure::opinion_answer::{self, AnswerFacts};
use crate::domain::checkup::OpinionInquiry;
use crate::domain::opinion::Recipient;
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
    let issue = Issue::of(desk, site, request, &inquiry.id)?;
    let own = own_words(site, &inquiry.worker);
    let facts = AnswerFacts {
        establishment: &site.establishment,
        worker: site.worker(&inquiry.worker).ok_or(RuntimeError::NoSuchWorker)?,
        inquiry,
        asked: site.issued.iter().find(|issued| issued.id == inquiry.document).ok_or(RuntimeError::NoSuchDocument)?,
        own: &own,
        imprint: issue.imprint(),
    };
    let view = opinion_answer::answer(&facts, recipient);
    let (missing, hints) = (opinion_answer::missing(&facts), hints(opinion_answer::hints(desk.law(), &facts)));
    let beside = Beside { missing, hints, ..Beside::default() };
    Ok(issue.prepared(request, view, recipient, beside, folder, subject(inquiry)))
}

fn inquiry<'site>(site: &'site Site, request: &DocumentRequest) -> Result<&'site OpinionInquiry, RuntimeError> {
    let subject = request.subject.as_ref().ok_or(RuntimeError::NoSuchInquiry)?;
    site.opinion_inquiries.iter().find(|row| &row.id == subject).ok_or(RuntimeError::NoSuchInquiry)
}

/// What the employer has read stands: the inquiry with its answer is amend-only from now on.
fn subject(inquiry: &OpinionInquiry) -> Subject {
    let mut basis = Map::new();
    basis.insert("inquiry".to_owned(), json!(inquiry));
    Subject {
        row: inquiry.id.clone(),
        case: None,
        worker: Some(inquiry.worker.clone()),
        supersedes: None,
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
