//! 照会と回答: what the employer asked about an opinion that was given, and what the physician answered (措置指針 2(3)ニ).
//!
//! An inquiry names the very version that was asked about. Nothing here touches the issued paper: an opinion is changed
//! by a new version of it, and the inquiry goes on naming the old one.

use super::notes::{self, NoteFault};
use crate::app::Site;
use crate::domain::checkup::OpinionInquiry;
use crate::domain::command::{Act, Command};
use crate::domain::opinion::{FormKind, Issued, Recipient};
use crate::domain::{Day, Id};

/// Issued opinions about a person, newest first: letters of their own, and lists of opinions on checkups that name them.
pub fn papers<'site>(site: &'site Site, worker: &Id) -> Vec<&'site Issued> {
    let mut found: Vec<&Issued> = site.issued.iter().filter(|issued| is_about(issued, worker)).collect();
    found.sort_by(|one, other| (other.day, &other.id).cmp(&(one.day, &one.id)));
    found
}

fn is_about(issued: &Issued, worker: &Id) -> bool {
    match issued.form {
        FormKind::InterviewOpinion | FormKind::InterviewOpinion2011 | FormKind::StressOpinion => {
            issued.worker.as_ref() == Some(worker)
        }
        FormKind::CheckupOpinions => {
            let heads = issued.snapshot_json.get("checkups").and_then(|heads| heads.as_array());
            let is_told = |head: &serde_json::Value| {
                let is_theirs = head.get("worker").and_then(|id| id.as_str()) == Some(worker.as_str());
                is_theirs && head.get("opinion_on").is_some_and(|day| !day.is_null())
            };
            heads.is_some_and(|heads| heads.iter().any(is_told))
        }
        _ => false,
    }
}

/// The newest version of the chain that this document belongs to; a list of opinions has no chain but the next list.
pub fn newest<'site>(site: &'site Site, document: &Id) -> Option<&'site Issued> {
    let mut current = site.issued.iter().find(|issued| &issued.id == document)?;
    // A chain is no longer than the documents there are, whatever a damaged file says.
    for _ in 0..site.issued.len() {
        let next = site.issued.iter().find(|issued| issued.supersedes.as_ref() == Some(&current.id));
        let Some(next) = next else { break };
        current = next;
    }
    Some(current)
}

/// The version that was asked about and the one that holds now, in words.
pub fn version(site: &Site, inquiry: &OpinionInquiry) -> String {
    let asked = site.issued.iter().find(|issued| issued.id == inquiry.document);
    let words =
        asked.map_or_else(|| inquiry.document.to_string(), |issued| format!("{} 第{}版", issued.id, issued.version));
    match newest(site, &inquiry.document).filter(|newest| newest.id != inquiry.document) {
        Some(newest) => format!("{words}（いまは第{}版）", newest.version),
        None => words,
    }
}

/// The newest answered inquiry about a person.
pub fn answered<'site>(site: &'site Site, worker: &Id) -> Option<&'site OpinionInquiry> {
    let theirs = site.opinion_inquiries.iter().filter(|row| &row.worker == worker);
    theirs.filter(|row| row.answered_on.is_some()).max_by_key(|row| (row.answered_on, &row.id))
}

/// Who gets the answer: the 派遣元 where the opinion went there, else the employer.
pub fn recipient(site: &Site, inquiry: &OpinionInquiry) -> Recipient {
    let asked = site.issued.iter().find(|issued| issued.id == inquiry.document);
    let went = |to| asked.is_some_and(|issued| issued.copies_json.iter().any(|copy| copy.recipient == to));
    if went(Recipient::DispatchingEmployer) { Recipient::DispatchingEmployer } else { Recipient::Employer }
}

/// Inquiries about the versions of one case's opinion, oldest first.
pub fn of_case<'site>(site: &'site Site, case: &Id) -> Vec<&'site OpinionInquiry> {
    let is_of = |id: &Id| site.issued.iter().any(|issued| &issued.id == id && issued.case_id.as_ref() == Some(case));
    let mut found: Vec<&OpinionInquiry> = site.opinion_inquiries.iter().filter(|row| is_of(&row.document)).collect();
    found.sort_by(|one, other| (one.asked_on, &one.id).cmp(&(other.asked_on, &other.id)));
    found
}

/// Records an inquiry, and its answer where there is one.
///
/// # Errors
/// [`NoteFault`] for a paper that is not an issued opinion on the person, a day out of order, a missing word.
pub fn record(site: &Site, row: OpinionInquiry, today: Day) -> Result<Command, NoteFault> {
    notes::known(site, &row.worker)?;
    let papers = papers(site, &row.worker);
    let paper = papers.iter().find(|issued| issued.id == row.document).ok_or(NoteFault::OtherPaper)?;
    notes::past("asked", row.asked_on, today)?;
    notes::after("asked", row.asked_on, paper.day)?;
    notes::written("asked_by", &row.asked_by)?;
    notes::written("question", &row.question)?;
    match row.answered_on {
        Some(day) => {
            notes::past("answered", day, today)?;
            notes::after("answered", day, row.asked_on)?;
            notes::written("answer", &row.answer)?;
        }
        None if !row.answer.trim().is_empty() => return Err(NoteFault::Empty("answered")),
        None => {}
    }
    Ok(Command::new(Act::RecordInquiry, row.worker.to_string()).put(row))
}
