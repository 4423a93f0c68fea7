//! What follows the analysis of the groups: an effort without a day (SC9-24), and actions by the day that was agreed.
//!
//! Names a group only as the record does; no line is about a person.

use serde_json::json;

use super::{Desk, Kind, Subject};
use crate::app::changes::Part;
use crate::app::stress::current;
use crate::app::worklist::{Item, Task, Turn};
use crate::domain::stress::{Improvement, StressImprovement};

pub(super) const KIND: Kind = Kind {
    items: |desk, _| items(desk),
    reads: &[Part::StressRounds, Part::StressReleases, Part::StressImprovements],
    reads_flags: false,
};

fn items(desk: &Desk<'_>) -> Vec<Item> {
    let open = desk.site.stress_improvements.iter().filter_map(|row| action(desk, row));
    open.chain(untalked(desk)).collect()
}

/// An action that is not done, by the day that was agreed.
fn action(desk: &Desk<'_>, row: &StressImprovement) -> Option<Item> {
    if row.kind != Improvement::Action || row.done_on.is_some() {
        return None;
    }
    let due = row.due?;
    let words = row.content.lines().next().unwrap_or_default();
    let about = if row.group_name.is_empty() { words.to_owned() } else { format!("{}  {words}", row.group_name) };
    let subject = Subject::new(Task::Improvement, Turn::Employer).about(about).opening(&row.round);
    let key = format!("{}/{}/{due}", Task::Improvement.label(), row.id);
    Some(Item { key, ..desk.on(due, subject) })
}

/// The groups of the newest round were given, and nothing was advised, heard or agreed since.
fn untalked(desk: &Desk<'_>) -> Option<Item> {
    let round = current(desk.site)?;
    let given = desk.site.stress_releases.iter().filter(|row| row.round == round.id).map(|row| row.day).min();
    let has_talked = desk.site.stress_improvements.iter().any(|row| row.round == round.id);
    let facts = json!({ "analysed": given.is_some(), "talked": has_talked });
    let turn = if round.role.sees_everybody() { Turn::Mine } else { Turn::Employer };
    let subject = Subject::new(Task::Improvement, turn).about("集団分析のあと").opening(&round.id);
    let item = desk.by_rule("SC9-24", given?, facts, subject.promptly_since(given?))?;
    Some(Item { is_effort: true, ..item })
}

#[cfg(test)]
#[path = "improvement_tests.rs"]
mod tests;
