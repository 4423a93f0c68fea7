//! How a worker's hours are taken down (労働時間の状況の把握, 安衛法66条の8の3): which of a site's methods holds, in words.
//!
//! Finds the rows that apply. Must not know whether a method is reliable: that is the physician's remark.

use super::Site;
use crate::domain::establishment::HoursMethod;
use crate::domain::{Day, Id};

/// The methods behind a worker's hours on `day`: one for each class of the worker that has a row, else the one for everybody.
pub fn of<'site>(site: &'site Site, worker: &Id, day: Day) -> Vec<&'site HoursMethod> {
    let newest = |class| {
        let rows = site.methods.iter().filter(|row| row.class == class && row.holds_on(day));
        rows.max_by_key(|row| row.valid_from)
    };
    let classes = site.attributes_of(worker, day).map(|attribute| Some(attribute.kind));
    let own: Vec<&HoursMethod> = classes.filter_map(newest).collect();
    if own.is_empty() { newest(None).into_iter().collect() } else { own }
}

/// What is said beside hours that end on `day`: method and since when, then the physician's remark; nothing where nobody
/// wrote down how they are taken.
pub fn told(site: &Site, worker: &Id, day: Day) -> Vec<Told> {
    let found = of(site, worker, day);
    if found.is_empty() {
        return undated(site).into_iter().collect();
    }
    found.into_iter().map(dated).collect()
}

/// A method in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What hours are taken down by, for whom, and since when.
    pub method: String,
    /// The method as the workplace wrote it; may be empty.
    pub content: String,
    /// What the physician thinks of its reliability; may be empty.
    pub remark: String,
}

fn dated(row: &HoursMethod) -> Told {
    let class = row.class.map(|class| format!("（{}）", class.label())).unwrap_or_default();
    let method = format!("{}{class} {} から", row.means.label(), row.valid_from);
    Told { method, content: row.content.clone(), remark: row.remark.clone() }
}

/// What an older vault wrote beside the establishment; it speaks where no row holds.
fn undated(site: &Site) -> Option<Told> {
    let text = &site.establishment.hours_method;
    let told = || Told { method: "日付なし".to_owned(), content: text.clone(), remark: String::new() };
    (!text.is_empty()).then(told)
}

#[cfg(test)]
#[path = "methods_tests.rs"]
mod tests;
