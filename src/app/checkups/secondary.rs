//! 二次健康診断: the one door through which its results come in, and its tie to the primary examination (OPN-15).
//!
//! Whatever makes the change - typed, read from a file, a command - it passes [`admits`] before it is performed: without
//! the person's recorded consent nothing of a secondary examination is stored.

use std::collections::HashSet;

use serde_json::json;

use super::notes::{self, NoteFault};
use crate::app::Site;
use crate::domain::checkup::{CheckupKind, CheckupSheet, SecondaryConsent, SecondaryExam};
use crate::domain::command::{Act, Command};
use crate::domain::worker::Checkup;
use crate::domain::{AnyRecord, Day, Id, Prefix};
use crate::law::outcome::Conclusion;
use crate::law::{Deadline, Law, rules};

/// Records the person's word that a secondary result is kept, or that it is taken back.
///
/// # Errors
/// [`NoteFault`] for an examination that is not theirs, or a day out of order.
pub fn consent(site: &Site, row: SecondaryConsent, today: Day) -> Result<Command, NoteFault> {
    notes::known(site, &row.worker)?;
    let examined_on = notes::examined_on(site, &row.worker, &row.primary_checkup)?;
    notes::past("day", row.consented_on, today)?;
    notes::after("day", row.consented_on, examined_on)?;
    notes::written("way", &row.way)?;
    if let Some(withdrawn) = row.withdrawn_on {
        notes::past("withdrawn", withdrawn, today)?;
        notes::after("withdrawn", withdrawn, row.consented_on)?;
    }
    Ok(Command::new(Act::ConsentSecondary, row.worker.to_string()).put(row))
}

/// Says on which day the person handed a secondary result in: the opinion's time runs from then (OPN-05).
///
/// # Errors
/// [`NoteFault`] for a result that is not kept here, or a day before the examination or still to come.
pub fn submitted(site: &Site, row: SecondaryExam, today: Day) -> Result<Command, NoteFault> {
    notes::known(site, &row.worker)?;
    let kept = link(site, &row.checkup).filter(|kept| kept.id == row.id);
    kept.ok_or(NoteFault::NoCheckup)?;
    let examined_on = notes::examined_on(site, &row.worker, &row.checkup)?;
    notes::past("submitted", row.submitted_on, today)?;
    notes::after("submitted", row.submitted_on, examined_on)?;
    Ok(Command::new(Act::EditSubmission, row.worker.to_string()).put(row))
}

/// The consent and the primary examination that an examination of `day` would follow: the newest one before it.
pub fn consented<'site>(site: &'site Site, worker: &Id, day: Day, today: Day) -> Option<&'site SecondaryConsent> {
    let before = |consent: &SecondaryConsent| {
        let head = site.checkups.iter().find(|head| head.id == consent.primary_checkup)?;
        (head.worker == *worker && head.day <= day).then_some(head.day)
    };
    let standing = site.secondary_consents.iter().filter(|row| row.worker == *worker && row.holds_on(today));
    standing.filter_map(|row| Some((before(row)?, row))).max_by_key(|(day, row)| (*day, &row.id)).map(|(_, row)| row)
}

/// The link of a stored secondary examination.
pub fn link<'site>(site: &'site Site, checkup: &Id) -> Option<&'site SecondaryExam> {
    site.secondary_exams.iter().find(|link| &link.checkup == checkup)
}

/// Heads of secondary examinations: they are no ordinary examination, and none is due again because of them.
pub fn heads(site: &Site) -> HashSet<&Id> {
    site.secondary_exams.iter().map(|link| &link.checkup).collect()
}

/// The head of the primary examination of a secondary one.
pub fn primary<'site>(site: &'site Site, checkup: &Id) -> Option<&'site Checkup> {
    let link = link(site, checkup)?;
    site.checkups.iter().find(|head| head.id == link.primary_checkup)
}

/// Secondary examinations that follow this one, oldest first.
pub fn following<'site>(site: &'site Site, checkup: &Id) -> Vec<&'site Checkup> {
    let links = site.secondary_exams.iter().filter(|link| &link.primary_checkup == checkup);
    let mut found: Vec<&Checkup> =
        links.filter_map(|link| site.checkups.iter().find(|head| head.id == link.checkup)).collect();
    found.sort_by(|one, other| (one.day, &one.id).cmp(&(other.day, &other.id)));
    found
}

/// Until when the opinion on a secondary examination is to be heard (OPN-05); none where the law names no day.
pub fn due(law: &Law, site: &Site, checkup: &Checkup) -> Option<Deadline> {
    let facts = facts(site, checkup)?;
    law.assess(rules::find("OPN-05")?, checkup.day, &facts).ok()?.due
}

/// The facts of OPN-05.
pub fn facts(site: &Site, checkup: &Checkup) -> Option<serde_json::Value> {
    let link = link(site, &checkup.id)?;
    Some(json!({ "examined_on": checkup.day.to_string(), "submitted_on": link.submitted_on.to_string() }))
}

/// Says whether these rows may be stored, and gives the links that secondary sheets among them still lack.
///
/// # Errors
/// [`NoteFault::NoConsent`] where a secondary sheet, a link or the words of a result rest on no consent; then nothing of
/// the whole change is stored.
pub fn admits<'rows>(
    law: &Law,
    site: &Site,
    rows: impl Iterator<Item = &'rows AnyRecord> + Clone,
    today: Day,
) -> Result<Vec<SecondaryExam>, NoteFault> {
    let mut links = Vec::new();
    let mut free = free_ids(site, rows.clone().map(|row| row.key().to_owned()).collect());
    for row in rows.clone() {
        match row {
            AnyRecord::CheckupSheet(sheet) if sheet.kind == CheckupKind::Secondary => {
                if !is_linked(site, rows.clone(), sheet) {
                    let consent = consented(site, &sheet.worker, sheet.day, today).ok_or(NoteFault::NoConsent)?;
                    links.extend(free.next().map(|id| linked(id, sheet, consent, today)));
                } else {
                    standing(law, site, rows.clone(), sheet, today)?;
                }
            }
            AnyRecord::SecondaryExam(link) => holds(law, site, link, today)?,
            AnyRecord::CheckupFollow(follow) if !follow.result.trim().is_empty() && !follow.is_consented => {
                return Err(NoteFault::NoConsent);
            }
            _ => {}
        }
    }
    Ok(links)
}

/// Ids that neither the establishment nor the change has given out.
fn free_ids(site: &Site, taken: HashSet<String>) -> impl Iterator<Item = Id> + use<> {
    site.next_ids(Prefix::Row).filter(move |id| !taken.contains(id.as_str()))
}

fn linked(id: Id, sheet: &CheckupSheet, consent: &SecondaryConsent, today: Day) -> SecondaryExam {
    SecondaryExam {
        id,
        checkup: sheet.checkup.clone(),
        worker: sheet.worker.clone(),
        primary_checkup: consent.primary_checkup.clone(),
        consent: consent.id.clone(),
        submitted_on: today.max(sheet.day),
    }
}

fn of_change<'rows>(rows: impl Iterator<Item = &'rows AnyRecord>, checkup: &Id) -> Option<&'rows SecondaryExam> {
    rows.filter_map(|row| match row {
        AnyRecord::SecondaryExam(link) if link.checkup == *checkup => Some(&**link),
        _ => None,
    })
    .next()
}

fn is_linked<'rows>(site: &Site, rows: impl Iterator<Item = &'rows AnyRecord>, sheet: &CheckupSheet) -> bool {
    of_change(rows, &sheet.checkup).is_some() || link(site, &sheet.checkup).is_some()
}

/// A sheet that is linked already still needs the consent of its link to stand.
fn standing<'rows>(
    law: &Law,
    site: &Site,
    rows: impl Iterator<Item = &'rows AnyRecord>,
    sheet: &CheckupSheet,
    today: Day,
) -> Result<(), NoteFault> {
    let link = of_change(rows, &sheet.checkup).or_else(|| link(site, &sheet.checkup)).ok_or(NoteFault::NoConsent)?;
    holds(law, site, link, today)
}

/// Whether the consent of a link is on record, is this person's about this primary examination, and stands.
fn holds(law: &Law, site: &Site, link: &SecondaryExam, today: Day) -> Result<(), NoteFault> {
    let consent = site.secondary_consents.iter().find(|row| row.id == link.consent);
    let is_consented = consent.is_some_and(|row| {
        row.worker == link.worker && row.primary_checkup == link.primary_checkup && row.holds_on(today)
    });
    let rule = rules::find("OPN-15").ok_or(NoteFault::NoConsent)?;
    let outcome = law.assess(rule, today, &json!({ "consented": is_consented }));
    match outcome.map(|outcome| outcome.outcome) {
        Ok(Conclusion::Allowed) => Ok(()),
        _ => Err(NoteFault::NoConsent),
    }
}
