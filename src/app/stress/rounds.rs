//! A round and who carries it: what the committee decided, the numbers, the roles; and the day from which they stand.

use serde_json::json;

use super::{StressFault, ask, is_allowed, not_ahead, round, said};
use crate::app::Site;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Criteria, OwnerRole, Profession, StaffPart, StressRound, StressStaff};
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;
use crate::law::outcome::Conclusion;

/// A round as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundEntry {
    /// `2026年度`
    pub name: String,
    /// 衛生委員会の調査審議
    pub committee_on: Option<Day>,
    /// 実施規程の版
    pub rules: String,
    /// Form, method, numbers.
    pub criteria: Criteria,
    /// The implementer's opinion on them.
    pub criteria_opinion_on: Option<Day>,
    /// What the owner of this desk is.
    pub role: OwnerRole,
}

/// Somebody who carries a round, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffEntry {
    /// The part.
    pub part: StaffPart,
    /// 氏名
    pub name: String,
    /// 資格
    pub profession: Profession,
    /// The training, where it is needed.
    pub is_trained: bool,
    /// 解雇・昇進・異動の権限
    pub has_personnel_power: bool,
}

/// Writes a round, new or not yet opened; the gate refuses what would change under an opened one.
///
/// # Errors
/// No name, or [`StressFault::NoRound`].
pub fn write(
    law: &Law,
    site: &Site,
    id: Option<&Id>,
    entry: &RoundEntry,
    today: Day,
) -> Result<(Id, Command), StressFault> {
    let name = entry.name.trim();
    if name.is_empty() {
        return Err(StressFault::NoName);
    }
    let known = id.map(|id| round(site, id)).transpose()?;
    let id = known.map_or_else(|| site.next_id(Prefix::Row), |known| known.id.clone());
    let record = StressRound {
        id: id.clone(),
        name: name.to_owned(),
        committee_on: entry.committee_on,
        rules: entry.rules.trim().to_owned(),
        criteria_json: entry.criteria.clone(),
        criteria_opinion_on: entry.criteria_opinion_on,
        role: entry.role,
        opened_on: known.and_then(|known| known.opened_on),
        judged_on: known.and_then(|known| known.judged_on),
        entries: known.map_or(0, |known| known.entries),
    };
    let command = Command::new(Act::EditStressRound, site.id().to_string()).put(record);
    super::gate::admits(law, site, &command, today)?;
    Ok((id, command))
}

/// Names somebody who carries the round.
///
/// # Errors
/// As [`staff_row`].
pub fn add_staff(
    law: &Law,
    site: &Site,
    round_id: &Id,
    entry: &StaffEntry,
    today: Day,
) -> Result<Command, StressFault> {
    round(site, round_id)?;
    let row = staff_row(law, site, round_id, entry, 0, today)?;
    Ok(Command::new(Act::EditStressRound, site.id().to_string()).put(row))
}

/// The row of somebody who carries a round that may be new in the same command; `taken` ids go to the rows before it.
///
/// # Errors
/// No name; a profession that cannot be implementer on that day (SC-23); a supervisor with personnel power (SC-24).
pub fn staff_row(
    law: &Law,
    site: &Site,
    round_id: &Id,
    entry: &StaffEntry,
    taken: usize,
    today: Day,
) -> Result<StressStaff, StressFault> {
    let name = entry.name.trim();
    if name.is_empty() {
        return Err(StressFault::NoName);
    }
    check_staff(law, entry, round(site, round_id).ok().and_then(|round| round.opened_on).unwrap_or(today))?;
    Ok(StressStaff {
        id: site.next_ids(Prefix::Row).nth(taken).ok_or(StressFault::NoRound)?,
        round: round_id.clone(),
        part: entry.part,
        name: name.to_owned(),
        profession: entry.profession,
        is_trained: entry.is_trained,
        has_personnel_power: entry.has_personnel_power,
    })
}

fn check_staff(law: &Law, entry: &StaffEntry, day: Day) -> Result<(), StressFault> {
    if entry.part != StaffPart::Clerk {
        let facts = json!({ "profession": word(entry.profession), "trained": entry.is_trained });
        let found = ask(law, "SC-23", day, &facts);
        if !is_allowed(found.as_ref()) {
            return Err(StressFault::NotQualified(said(found)));
        }
    }
    let facts = json!({ "has_personnel_power": entry.has_personnel_power, "handles_results": true });
    let found = ask(law, "SC-24", day, &facts);
    if is_allowed(found.as_ref()) { Ok(()) } else { Err(StressFault::NotQualified(said(found))) }
}

/// The word of the law's rule SC-23 for a profession.
const fn word(profession: Profession) -> &'static str {
    match profession {
        Profession::Physician => "physician",
        Profession::PublicHealthNurse => "public_health_nurse",
        Profession::Nurse => "nurse",
        Profession::PsychiatricSocialWorker => "psychiatric_social_worker",
        Profession::Dentist => "dentist",
        Profession::CertifiedPsychologist => "certified_psychologist",
        Profession::Other => "other",
    }
}

/// What is still to be fixed before the round opens, in words.
pub fn open_points(law: &Law, site: &Site, round: &StressRound, today: Day) -> Vec<&'static str> {
    let has_implementer =
        site.stress_staff.iter().any(|staff| staff.round == round.id && staff.part == StaffPart::Implementer);
    let facts = json!({
        "deliberated": round.committee_on.is_some(),
        "criteria_fixed": round.criteria_opinion_on.is_some(),
        "made_known": !round.rules.is_empty(),
    });
    let before = ask(law, "SC9-1", today, &facts);
    let is_open = before.is_none_or(|outcome| outcome.outcome != Conclusion::NotRequired);
    let points = [
        (round.committee_on.is_none(), "衛生委員会の調査審議の日"),
        (round.rules.is_empty(), "規程の版"),
        (round.criteria_opinion_on.is_none(), "基準についての実施者の意見の日"),
        (!has_implementer, "実施者"),
    ];
    let found: Vec<&'static str> = points.into_iter().filter(|(is_open, _)| *is_open).map(|(_, word)| word).collect();
    // The rule may come to want more than these; then the round stays shut and says so.
    if found.is_empty() && is_open { vec!["実施の前に決めて周知すること"] } else { found }
}

/// Opens a round: from now on answers are taken, and what was fixed stands.
///
/// # Errors
/// [`StressFault::NotReady`] names what is open; a day that cannot be.
pub fn open(law: &Law, site: &Site, id: &Id, day: Day, today: Day) -> Result<Command, StressFault> {
    not_ahead(day, today)?;
    let known = round(site, id)?;
    if known.opened_on.is_some() {
        return Err(StressFault::Fixed);
    }
    let open = open_points(law, site, known, day);
    if !open.is_empty() {
        return Err(StressFault::NotReady(open.join("、")));
    }
    let opened = StressRound { opened_on: Some(day), ..known.clone() };
    Ok(Command::new(Act::EditStressRound, site.id().to_string()).put(opened))
}
