//! By when a measure is wished to stand, beside the deadlines that the law knows (DL-OPN-NEXT): a draft, and not law.

use serde_json::json;

use super::worklist::{Item, Task};
use super::{Site, requests};
use crate::domain::Day;
use crate::domain::interview::Interview;
use crate::law::{Law, Outcome, rules};

/// The wish behind an opinion that is due, or a measure that waits for an answer; none behind anything else.
pub fn of(law: &Law, site: &Site, item: &Item) -> Option<Outcome> {
    let held = interviewed_on(site, item)?;
    let next = requests::next_count(site, held);
    let facts = json!({ "interviewed_on": held.to_string(), "next_count_on": next.map(|day| day.to_string()) });
    rules::find("DL-OPN-NEXT").and_then(|rule| law.assess(rule, held, &facts).ok())
}

/// The day of the interview on which the opinion or the measure rests.
fn interviewed_on(site: &Site, item: &Item) -> Option<Day> {
    let is_it = |interview: &&Interview| match item.task {
        Task::Opinion => item.record.as_ref() == Some(&interview.id),
        Task::Measures => item.record.as_ref() == Some(&interview.case_id),
        _ => false,
    };
    site.interviews.iter().filter(is_it).map(|interview| interview.day).max()
}
