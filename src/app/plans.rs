//! What the physician arranges about an item of the worklist: a visit, a later day with the reason, or that it is done.
//!
//! An item is computed from the records and is never stored; what is stored is the plan beside it. No plan moves a
//! deadline. An item that a record settles goes by itself once that record is there; this is for everything else.

use super::worklist::Item;
use super::{Site, visits};
use crate::domain::command::{Act, Command};
use crate::domain::establishment::Plan;
use crate::domain::{Day, Id, Prefix};

/// Why nothing was arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// No reason was written.
    #[error("理由がありません。後で見て分かるように、一言書いてください。")]
    NoReason,
    /// The day does not lie ahead.
    #[error("本日より後の日を入れてください。")]
    DayBehind,
    /// No visit lies ahead.
    #[error("次の訪問が決まっていません。訪問を閉じるときに、次回の日を入れてください。")]
    NoVisit,
}

/// Marks the item as the physician arranged; one that was said to be done goes.
pub fn apply(site: &Site, item: &mut Item, today: Day) -> bool {
    let Some(plan) = of(site, &item.key) else { return true };
    // A visit that has passed is no plan any more: the item can go into the next one.
    item.scheduled_for = plan.scheduled_for.filter(|day| *day >= today);
    item.snoozed_until = plan.snoozed_until;
    plan.done_on.is_none()
}

/// What was arranged about the item of this key.
pub fn of<'site>(site: &'site Site, key: &str) -> Option<&'site Plan> {
    site.plans.iter().rev().find(|plan| plan.item == key)
}

/// Puts an item off until a later day, with the reason.
///
/// # Errors
/// Refused without a reason, or when the day does not lie ahead.
pub fn put_off(site: &Site, item: &Item, until: Day, reason: &str, today: Day) -> Result<Command, PlanFault> {
    if until <= today {
        return Err(PlanFault::DayBehind);
    }
    let reason = written(reason)?;
    Ok(command(Act::Plan, item, Plan { scheduled_for: None, snoozed_until: Some(until), reason, ..row(site, item) }))
}

/// Takes an item into the next visit, or out of the visit it is planned for; gives the day of the visit.
///
/// # Errors
/// Refused when no visit lies ahead.
pub fn schedule(site: &Site, item: &Item, today: Day) -> Result<(Command, Option<Day>), PlanFault> {
    let day = match item.scheduled_for {
        Some(_) => None,
        None => Some(visits::next(site, today).ok_or(PlanFault::NoVisit)?),
    };
    let plan = Plan { scheduled_for: day, snoozed_until: None, ..row(site, item) };
    Ok((command(Act::Plan, item, plan), day))
}

/// Notes that an item is done; where a record would show it, the reason says why there is none.
///
/// # Errors
/// Refused without a reason where one is needed.
pub fn settle(site: &Site, item: &Item, reason: &str, today: Day) -> Result<Command, PlanFault> {
    let reason = if item.task.is_settled_by_word() { reason.trim().to_owned() } else { written(reason)? };
    Ok(command(Act::Settle, item, Plan { done_on: Some(today), reason, ..row(site, item) }))
}

/// What was said to be done, newest first.
pub fn done(site: &Site) -> Vec<&Plan> {
    let mut done: Vec<&Plan> = site.plans.iter().filter(|plan| plan.done_on.is_some()).collect();
    done.sort_by(|a, b| b.done_on.cmp(&a.done_on).then_with(|| a.item.cmp(&b.item)));
    done
}

/// Takes back that something is done: the item stands again, if it is still due.
pub fn reopen(site: &Site, id: &Id) -> Option<Command> {
    let plan = site.plans.iter().find(|plan| &plan.id == id && plan.done_on.is_some())?;
    let open = Plan { done_on: None, ..plan.clone() };
    Some(Command::new(Act::Settle, None).put(open))
}

/// The word for the task of an item that is no longer there.
pub fn task_word(plan: &Plan) -> &str {
    plan.item.split('/').next().unwrap_or_default()
}

fn written(reason: &str) -> Result<String, PlanFault> {
    let reason = reason.trim();
    if reason.is_empty() { Err(PlanFault::NoReason) } else { Ok(reason.to_owned()) }
}

/// The plan that stands, else a new one: an item has one.
fn row(site: &Site, item: &Item) -> Plan {
    of(site, &item.key).cloned().unwrap_or_else(|| Plan {
        id: site.next_id(Prefix::Row),
        item: item.key.clone(),
        scheduled_for: None,
        snoozed_until: None,
        reason: String::new(),
        done_on: None,
    })
}

fn command(act: Act, item: &Item, plan: Plan) -> Command {
    Command::new(act, item.worker.as_ref().map(Id::to_string)).put(plan)
}

#[cfg(test)]
#[path = "plans_tests.rs"]
mod tests;
