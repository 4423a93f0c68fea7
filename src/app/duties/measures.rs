//! What becomes of an opinion: the employer's answer, and the day on which the physician looks again.

use serde_json::json;

use super::{Desk, Kind, Subject, stress};
use crate::app::changes::Part;
use crate::app::worklist::{Item, Task, Turn};
use crate::domain::case::{Measure, Taken};
use crate::domain::opinion::Issued;

pub(super) const KIND: Kind =
    Kind { items: |desk, _| items(desk), reads: &[Part::Issued, Part::Measures, Part::Cases], reads_flags: false };

fn items(desk: &Desk<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = desk.site.issued.iter().filter_map(|issued| answer(desk, issued)).collect();
    let standing = desk.site.measures.iter().filter(|measure| measure.lifted_on.is_none());
    items.extend(standing.filter_map(|measure| review(desk, measure)));
    items.dedup_by(|a, b| a.key == b.key);
    items
}

/// The employer tells which measure it took, or why none (DL-MEAS; SC-44 knows no number of days); only the newest version counts.
fn answer(desk: &Desk<'_>, issued: &Issued) -> Option<Item> {
    let case = issued.case_id.as_ref()?;
    let worker = issued.worker.as_ref()?;
    let superseded = desk.site.issued.iter().any(|other| other.supersedes.as_ref() == Some(&issued.id));
    let open = desk.site.measures.iter().any(|m| &m.case_id == case && m.taken == Taken::Open);
    if superseded || !open {
        return None;
    }
    let subject = Subject::new(Task::Measures, Turn::Employer).of(worker).opening(case);
    if stress::is_high_stress(desk, case) {
        let facts = json!({ "opinion_on": issued.day.to_string() });
        return desk.by_rule("SC-44", issued.day, facts, subject.promptly_since(issued.day));
    }
    let facts = json!({ "opinion_heard_on": issued.day.to_string() });
    desk.by_rule("DL-MEAS", issued.day, facts, subject)
}

/// The day to look again: the review date, else the end of the measure.
fn review(desk: &Desk<'_>, measure: &Measure) -> Option<Item> {
    let due = measure.review_on.or(measure.until)?;
    let subject = Subject::new(Task::Review, Turn::Mine).of(&measure.worker).opening(&measure.case_id);
    Some(desk.on(due, subject))
}
