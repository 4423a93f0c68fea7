//! The tree of units out of the departments as they are written.

use std::collections::{BTreeMap, BTreeSet};

use super::Member;
use super::release::People;

/// The name of the whole.
pub const WHOLE: &str = "全体";
/// The name of who has no department.
pub const NONE: &str = "所属なし";

/// A unit with everybody below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its path, `/` between.
    pub name: String,
    /// The unit above; none for the whole.
    pub parent: Option<String>,
    /// 0 for the whole.
    pub depth: usize,
    /// Which rows come first: the whole, units by depth, then what was put together.
    pub rank: usize,
    /// Who is in it.
    pub members: People,
}

/// Every unit that a department names, with the units above it, and what is to be put together.
pub fn units(members: &[Member], merges: &[Vec<String>]) -> Vec<Unit> {
    let mut found: BTreeMap<String, People> = BTreeMap::new();
    for (place, member) in members.iter().enumerate() {
        for name in paths(&member.department) {
            found.entry(name).or_default().push(place);
        }
    }
    let whole = Unit { name: WHOLE.to_owned(), parent: None, depth: 0, rank: 0, members: (0..members.len()).collect() };
    let merged: Vec<Unit> = merges.iter().filter_map(|names| merged(names, &found)).collect();
    let units = found.into_iter().map(|(name, members)| unit(name, members));
    [whole].into_iter().chain(units).chain(merged).collect()
}

/// `A`, `A/B` for `A / B`; both slashes are understood.
fn paths(department: &str) -> Vec<String> {
    let steps = department.split(['/', '／']).map(str::trim).filter(|step| !step.is_empty());
    let mut paths: Vec<String> = Vec::new();
    for step in steps {
        paths.push(paths.last().map_or_else(|| step.to_owned(), |above| format!("{above}/{step}")));
    }
    if paths.is_empty() { vec![NONE.to_owned()] } else { paths }
}

fn unit(name: String, members: People) -> Unit {
    let depth = name.matches('/').count() + 1;
    let parent = name.rsplit_once('/').map_or(WHOLE, |(above, _)| above).to_owned();
    Unit { name, parent: Some(parent), depth, rank: depth, members }
}

fn merged(names: &[String], found: &BTreeMap<String, People>) -> Option<Unit> {
    let members: BTreeSet<usize> = names.iter().filter_map(|name| found.get(name)).flatten().copied().collect();
    let name = names.join("＋");
    (!members.is_empty()).then(|| Unit {
        name,
        parent: None,
        depth: 1,
        rank: usize::MAX,
        members: members.into_iter().collect(),
    })
}
