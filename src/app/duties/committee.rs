//! What the committee and the employer owe about the physician's own work: the month's meeting, the rhythm of patrols
//! that runs out, the report of the appointment.

use chrono::Datelike;
use serde_json::json;

use super::{AHEAD, Desk, Kind, Subject};
use crate::app::changes::Part;
use crate::app::patrol_year::is_voluntary;
use crate::app::worklist::{Item, Task, Turn};
use crate::domain::establishment::{Committee, PatrolRhythm};

pub(super) const KIND: Kind = Kind {
    items: |desk, _| items(desk),
    reads: &[Part::Establishment, Part::Headcounts, Part::Workers, Part::Rhythms],
    reads_flags: false,
};

fn items(desk: &Desk<'_>) -> Vec<Item> {
    [meeting(desk), rhythm(desk), appointment(desk)].into_iter().flatten().collect()
}

/// The month's meeting (安衛則23条); that it was held is the physician's word.
fn meeting(desk: &Desk<'_>) -> Option<Item> {
    let size = Some(desk.site.size(desk.today)).filter(|size| *size > 0);
    let is_meeting = desk.site.establishment.committee != Committee::None;
    let served = desk.site.establishment.contract_from.is_none_or(|from| from <= desk.today);
    let about = format!("{}分", desk.today.format("%-m月"));
    let subject = Subject::new(Task::Committee, Turn::Employer).about(about);
    let facts = json!({ "workers": size, "meeting_days": [] });
    let first = desk.today.with_day(1)?;
    desk.by_rule("COM-01", first, facts, subject).filter(|_| is_meeting && served)
}

/// The agreed two-monthly rhythm ends on a day; the committee deliberates again before it (安衛則15条).
fn rhythm(desk: &Desk<'_>) -> Option<Item> {
    let in_force = desk.site.rhythms.iter().filter(|row| row.months > 1 && row.valid_from <= desk.today);
    let last: &PatrolRhythm = in_force.max_by_key(|row| row.valid_from)?;
    let until = last.valid_until.filter(|until| (*until - desk.today).num_days() <= AHEAD && *until >= desk.today)?;
    let goes_on = desk.site.rhythms.iter().any(|row| row.valid_from > last.valid_from);
    let about = format!("{}か月に1回は {} まで", last.months, until.format("%m-%d"));
    (!goes_on).then(|| desk.on(until, Subject::new(Task::Rhythm, Turn::Employer).about(about)))
}

/// The employer reports the appointment 遅滞なく (安衛則13条2項).
fn appointment(desk: &Desk<'_>) -> Option<Item> {
    let establishment = &desk.site.establishment;
    let appointed = establishment.appointed_on.filter(|_| establishment.appointment_reported_on.is_none())?;
    if is_voluntary(desk.law, desk.site, desk.today) {
        return None;
    }
    let about = format!("選任 {}", appointed.format("%Y-%m-%d"));
    let subject = Subject::new(Task::Appointment, Turn::Employer).about(about).promptly_since(appointed);
    desk.by_rule("APP-05", appointed, json!({ "reported": false }), subject)
}
