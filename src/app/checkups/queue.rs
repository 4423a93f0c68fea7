//! Who is judged in this sitting: the newest checkup of everybody, what is left of them, and what a batch may take.

use std::collections::{HashMap, HashSet};

use chrono::Months;

use super::weigh::{Prompt, Standing};
use crate::app::Site;
use crate::domain::checkup::CheckupDetail;
use crate::domain::worker::{Checkup, FindingState};
use crate::domain::{Day, Id};
use crate::law::{Deadline, Law, rules};

/// Months a season looks back; what is older and has a finding without opinion stays in it until it is judged.
const SEASON: Months = Months::new(12);

/// The newest checkup of everybody employed, by worker; a secondary one waits until its primary one is judged.
pub fn season(site: &Site, today: Day) -> Vec<&Checkup> {
    let since = today.checked_sub_months(SEASON).unwrap_or(Day::MIN);
    let unready = unready(site);
    let mut newest: HashMap<&Id, &Checkup> = HashMap::new();
    for checkup in site.checkups.iter().filter(|checkup| checkup.day <= today && !unready.contains(&checkup.id)) {
        let slot = newest.entry(&checkup.worker).or_insert(checkup);
        if slot.day <= checkup.day {
            *slot = checkup;
        }
    }
    let is_employed = |id: &Id| site.worker(id).is_some_and(|worker| worker.is_employed_on(today));
    let waits = |checkup: &Checkup| checkup.opinion_on.is_none() && checkup.finding == FindingState::Present;
    let mut season: Vec<&Checkup> =
        newest.into_values().filter(|checkup| checkup.day > since || waits(checkup)).collect();
    season.retain(|checkup| is_employed(&checkup.worker));
    season.sort_by(|one, other| one.worker.cmp(&other.worker));
    season
}

/// Secondary examinations whose primary one has no opinion yet: the two are judged in their order.
fn unready(site: &Site) -> HashSet<&Id> {
    let links = site.secondary_exams.iter();
    let is_open = |id: &Id| site.checkups.iter().any(|head| &head.id == id && head.opinion_on.is_none());
    links.filter(|link| is_open(&link.primary_checkup)).map(|link| &link.checkup).collect()
}

/// Those of the season without an opinion.
pub fn remaining(site: &Site, today: Day) -> Vec<&Checkup> {
    season(site, today).into_iter().filter(|checkup| checkup.opinion_on.is_none()).collect()
}

/// The examination of the same person before this one.
pub fn before(site: &Site, checkup: &Checkup) -> Option<Id> {
    let earlier = site.checkups.iter().filter(|row| row.worker == checkup.worker && row.day < checkup.day);
    earlier.max_by_key(|row| row.day).map(|row| row.id.clone())
}

/// What the opinion on an examination holds beside its class.
pub fn detail<'site>(site: &'site Site, checkup: &Id) -> Option<&'site CheckupDetail> {
    site.checkup_details.iter().find(|detail| &detail.checkup == checkup)
}

/// Whether it was put aside.
pub fn is_held(site: &Site, checkup: &Id) -> bool {
    detail(site, checkup).is_some_and(|detail| detail.is_held)
}

/// Everything that was put aside, found once for a whole season.
pub fn held(site: &Site) -> HashSet<&Id> {
    site.checkup_details.iter().filter(|detail| detail.is_held).map(|detail| &detail.checkup).collect()
}

/// Until when the opinion is to be heard (安衛則51条の2, OPN-03), from the day of the examination.
pub fn due(law: &Law, checkup: &Checkup) -> Option<Deadline> {
    let facts = serde_json::json!({ "kind": "general", "examined_on": checkup.day.to_string() });
    law.assess(rules::find("OPN-03")?, checkup.day, &facts).ok()?.due
}

/// Why a batch leaves somebody out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    /// A class of C or more, or the clinic asks for more.
    Finding,
    /// Something speaks up beside it.
    Prompt(Prompt),
    /// Put aside.
    Held,
    /// Taken out by the physician.
    TakenOut,
}

impl Left {
    /// In a word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Finding => "所見",
            Self::Prompt(prompt) => prompt.label(),
            Self::Held => "保留",
            Self::TakenOut => "外した人",
        }
    }
}

/// Whether a batch may take this person, or why it leaves them; `held` as [`held`] gives it.
pub fn left(held: &HashSet<&Id>, standing: &Standing) -> Option<Left> {
    if held.contains(&standing.checkup) {
        return Some(Left::Held);
    }
    let prompt = standing.prompts.first().map(|prompt| Left::Prompt(*prompt));
    prompt.or_else(|| (!standing.is_quiet).then_some(Left::Finding))
}

/// Heaviest first; those put aside and those without result behind; then by worker.
pub fn order(site: &Site, standings: &mut [Standing]) {
    let held = held(site);
    standings.sort_by_cached_key(|standing| {
        let is_last = held.contains(&standing.checkup) || standing.prompts.contains(&Prompt::Unread);
        (is_last, std::cmp::Reverse(standing.weight), standing.worker.clone())
    });
}
