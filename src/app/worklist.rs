//! Everything that is due, over all establishments: one list, and every screen is a view of it.

use std::cmp::Ordering;

use serde::Serialize;

use super::Site;
use super::duties;
use super::flags::WorkerFlags;
use crate::domain::{Day, EstablishmentId, Id};
use crate::labelled;
use crate::law::{Deadline, Law};

labelled! {
    /// Whose turn it is.
    Turn { Mine = "自分", Employer = "会社", Worker = "本人" }
}

labelled! {
    /// How near the day is; from dates only.
    State { Overdue = "超過", DueSoon = "まもなく", Open = "これから", Done = "済" }
}

labelled! {
    /// What is to be done.
    Task {
        Interview = "面接",
        Opinion = "意見書",
        CertificateOpinion = "証明書意見",
        Request = "申出",
        NoticeToWorker = "本人への通知",
        Hours = "労働時間の提供",
        Measures = "措置の回答",
        Review = "措置の見直し",
        Reinterview = "再面接",
        Patrol = "巡視",
        Finding = "指摘の是正",
        FindingCheck = "是正の確認",
        Information = "情報の提供",
        Promise = "約束",
        Contract = "契約の更新",
        CheckupOpinion = "健診の意見",
    }
}

/// Days before a deadline from which it counts as near.
const SOON: i64 = 7;

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Stable name of the item: task, subject and the day it is about.
    pub key: String,
    /// Establishment.
    pub site: EstablishmentId,
    /// What is to be done.
    pub task: Task,
    /// The worker it is about.
    pub worker: Option<Id>,
    /// What it is about, when that is not a worker: a month, a finding.
    pub about: String,
    /// The record to open.
    pub record: Option<Id>,
    /// When.
    pub due: Deadline,
    /// Whose turn.
    pub turn: Turn,
    /// The rule it comes from.
    pub rule: &'static str,
    /// The facts of the rule, by name, for the reasons.
    #[serde(skip)]
    pub facts: serde_json::Value,
    /// The day whose law holds.
    #[serde(skip)]
    pub law_day: Day,
    /// Near or not.
    pub state: State,
    /// Planned for a visit.
    pub scheduled_for: Option<Day>,
    /// Put off until.
    pub snoozed_until: Option<Day>,
}

impl Item {
    /// Days until it is overdue; negative when it is.
    pub fn days_left(&self, today: Day) -> i64 {
        (self.due.safe - today).num_days()
    }

    /// `超過 3日`, `本日`, `あと 5日`.
    pub fn urgency(&self, today: Day) -> String {
        match (self.state, self.days_left(today)) {
            (State::Overdue, left) => format!("超過 {:>2}日", -left),
            (_, 0) => "本日".to_owned(),
            (_, left) if left < 0 => "本日まで".to_owned(),
            (_, left) => format!("あと {left:>2}日"),
        }
    }

    /// The mark in the gutter.
    pub fn mark(&self) -> &'static str {
        match self.state {
            _ if self.scheduled_for.is_some() => "=",
            State::Overdue => "!!",
            State::DueSoon => "!",
            State::Open | State::Done => "",
        }
    }
}

/// The state of a deadline on `today`.
pub fn state(due: Deadline, today: Day) -> State {
    if today > due.last {
        State::Overdue
    } else if (due.safe - today).num_days() <= SOON {
        State::DueSoon
    } else {
        State::Open
    }
}

/// Everything due at a site, in order; what is put off stands at the end.
pub fn of_site(law: &Law, site: &Site, flags: &[WorkerFlags], today: Day) -> Vec<Item> {
    let mut items = duties::all(law, site, flags, today);
    items.retain_mut(|item| plan(site, item));
    items.sort_by(|a, b| order(a, b, today));
    items
}

/// Applies what the physician planned; an item that was marked done goes.
fn plan(site: &Site, item: &mut Item) -> bool {
    let Some(plan) = site.plans.iter().rev().find(|plan| plan.item == item.key) else { return true };
    item.scheduled_for = plan.scheduled_for;
    item.snoozed_until = plan.snoozed_until;
    plan.done_on.is_none()
}

/// Overdue first, mine before theirs; then the days left, ties mine first.
pub fn order(a: &Item, b: &Item, today: Day) -> Ordering {
    let rank = |item: &Item| {
        let is_asleep = item.snoozed_until.is_some_and(|until| until > today);
        let is_overdue = item.state == State::Overdue;
        let first_turn = if is_overdue { item.turn } else { Turn::Mine };
        (is_asleep, !is_overdue, first_turn, item.due.safe, item.turn)
    };
    rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key))
}
