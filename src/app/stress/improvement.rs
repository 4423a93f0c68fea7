//! What is done with the analysis of the groups: advice, hearings, actions (ストレスチェック指針; seed 004 Ⅴ(2)).
//!
//! An effort of the employer, so nothing is demanded here. Holds nobody's result: a small group is not named, and no
//! worker is. Whoever is no implementer may record it too, for it is about no person.

use super::{StressFault, groups, not_ahead, round};
use crate::app::Site;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Heard, Improvement, StressImprovement};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;
use crate::scales::stress::group::units::WHOLE;

/// Names of so few characters are words in too many texts.
const SHORTEST_NAME: usize = 3;

/// A record as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImprovementEntry {
    /// What it is.
    pub kind: Improvement,
    /// Advised, heard or agreed on.
    pub day: Day,
    /// The group; empty for the whole establishment.
    pub group: String,
    /// What was advised, heard, agreed.
    pub content: String,
    /// Who was heard.
    pub heard: Option<Heard>,
    /// 助言した人, or 担当.
    pub who: String,
    /// 期限
    pub due: Option<Day>,
    /// The action was done on.
    pub done_on: Option<Day>,
    /// The patrol's finding that it goes with.
    pub finding: Option<Id>,
}

impl ImprovementEntry {
    /// Advice of a day about the whole establishment, without words yet.
    pub const fn new(day: Day) -> Self {
        Self {
            kind: Improvement::Advice,
            day,
            group: String::new(),
            content: String::new(),
            heard: None,
            who: String::new(),
            due: None,
            done_on: None,
            finding: None,
        }
    }
}

/// Writes a record of a round, new or known.
///
/// # Errors
/// What is missing of its kind, a day that cannot be, a group or a person that is not named.
pub fn write(
    law: &Law,
    site: &Site,
    of: &Id,
    id: Option<&Id>,
    entry: &ImprovementEntry,
    today: Day,
) -> Result<Command, StressFault> {
    round(site, of)?;
    let known = id.map(|id| find(site, id)).transpose()?;
    check(site, entry, today)?;
    let is_action = entry.kind == Improvement::Action;
    let row = StressImprovement {
        id: known.map_or_else(|| site.next_id(Prefix::Row), |known| known.id.clone()),
        round: of.clone(),
        kind: entry.kind,
        day: entry.day,
        group_name: entry.group.clone(),
        content: entry.content.trim().to_owned(),
        heard: entry.heard.filter(|_| entry.kind == Improvement::Hearing),
        who: entry.who.trim().to_owned(),
        due: entry.due.filter(|_| is_action),
        done_on: entry.done_on.filter(|_| is_action),
        finding: entry.finding.clone(),
    };
    admits(law, site, &row, today)?;
    Ok(Command::new(Act::ImproveWorkplace, site.id().to_string()).put(row))
}

fn check(site: &Site, entry: &ImprovementEntry, today: Day) -> Result<(), StressFault> {
    not_ahead(entry.day, today)?;
    if entry.content.trim().is_empty() {
        return Err(StressFault::NoContent);
    }
    match entry.kind {
        Improvement::Hearing if entry.heard.is_none() => return Err(StressFault::NoHeard),
        Improvement::Action if entry.who.trim().is_empty() => return Err(StressFault::NoOwner),
        Improvement::Action if entry.due.is_none() => return Err(StressFault::NoDue),
        _ => {}
    }
    if entry.done_on.is_some_and(|done| done < entry.day || done > today) {
        return Err(StressFault::DoneWhen);
    }
    let is_there = |id: &Id| site.findings.iter().any(|finding| &finding.id == id);
    if entry.finding.as_ref().is_none_or(is_there) { Ok(()) } else { Err(StressFault::NoFinding) }
}

/// Whether a row may stand: the gate asks it for every command, whoever made it.
///
/// # Errors
/// [`StressFault::SmallGroup`] for a group that is too small now and was not named before; [`StressFault::NamesPerson`].
pub fn admits(law: &Law, site: &Site, row: &StressImprovement, today: Day) -> Result<(), StressFault> {
    let known = find(site, &row.id).ok();
    let is_same = known.is_some_and(|known| known.group_name == row.group_name && known.round == row.round);
    let may_name = || nameable(law, site, &row.round, today).contains(&row.group_name);
    if !row.group_name.is_empty() && !is_same && !may_name() {
        return Err(StressFault::SmallGroup(groups::minimum(law, today).unwrap_or_default()));
    }
    let owner = if row.kind == Improvement::Action { row.who.as_str() } else { "" };
    let is_named = |worker: &Worker| [row.content.as_str(), owner].iter().any(|text| is_named(worker, text));
    if site.workers.iter().any(is_named) { Err(StressFault::NamesPerson) } else { Ok(()) }
}

/// Whole names only: a family name alone is a word in too many texts.
fn is_named(worker: &Worker, text: &str) -> bool {
    let close = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    let name = close(&worker.name);
    name.chars().count() >= SHORTEST_NAME && close(text).contains(&name)
}

/// The groups that may be named, as they are and put together: as many took the check as the law's minimum (SC-14). A name
/// gives no figure, so that a small neighbour does not hide a large one.
pub fn nameable(law: &Law, site: &Site, of: &Id, today: Day) -> Vec<String> {
    let least = groups::minimum(law, today).unwrap_or(usize::MAX);
    let Ok(first) = groups::report(law, site, of, &[], today) else { return Vec::new() };
    let merged = match first.could_merge.is_empty() {
        true => None,
        false => groups::report(law, site, of, &first.could_merge, today).ok(),
    };
    let found = [Some(first), merged].into_iter().flatten().flat_map(|analysis| analysis.groups);
    let mut names: Vec<String> = Vec::new();
    for group in found.filter(|group| group.sheets >= least && group.name != WHOLE) {
        if !names.contains(&group.name) {
            names.push(group.name);
        }
    }
    names
}

/// An action is done today.
///
/// # Errors
/// No such record, one that is no action, one that is done.
pub fn done(site: &Site, id: &Id, today: Day) -> Result<Command, StressFault> {
    let known = find(site, id)?;
    if known.kind != Improvement::Action || known.done_on.is_some() {
        return Err(StressFault::NoAction);
    }
    let row = StressImprovement { done_on: Some(today.max(known.day)), ..known.clone() };
    Ok(Command::new(Act::ImproveWorkplace, site.id().to_string()).put(row))
}

/// The record of this id.
///
/// # Errors
/// [`StressFault::NoImprovement`].
pub fn find<'site>(site: &'site Site, id: &Id) -> Result<&'site StressImprovement, StressFault> {
    site.stress_improvements.iter().find(|row| &row.id == id).ok_or(StressFault::NoImprovement)
}

/// The records of a round, newest first.
pub fn of_round<'site>(site: &'site Site, round: &Id) -> Vec<&'site StressImprovement> {
    let mut rows: Vec<_> = site.stress_improvements.iter().filter(|row| &row.round == round).collect();
    rows.sort_by(|a, b| (b.day, &b.id).cmp(&(a.day, &a.id)));
    rows
}

/// The implementers of a round by name: whose advice it is, unless another name is typed.
pub fn advisers(site: &Site, round: &Id) -> String {
    use crate::domain::stress::StaffPart;
    let of = site.stress_staff.iter().filter(|staff| &staff.round == round && staff.part != StaffPart::Clerk);
    of.map(|staff| staff.name.as_str()).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
#[path = "improvement_tests.rs"]
mod tests;
