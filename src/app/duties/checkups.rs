//! Checkups (安衛法66条, 66条の4): who is due again, whose result waits for the physician's opinion, and the report.
//!
//! Hundreds of people are due on the same days: the law is asked once for each day, and one line stands for them all,
//! one more for those who are late.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{AHEAD, Desk, Kind, Subject};
use crate::app::changes::Part;
use crate::app::checkups::{season, secondary};
use crate::app::worklist::{Item, State, Task, Turn};
use crate::domain::checkup::ReportKind;
use crate::domain::worker::{Checkup, FindingState};
use crate::domain::{Day, Id};

/// Workers by the day from which their time runs.
type ByDay<'site> = BTreeMap<Day, Vec<&'site Id>>;

pub(super) const KIND: Kind = Kind {
    items: |desk, _| items(desk),
    reads: &[Part::Headcounts, Part::Workers, Part::Checkups, Part::SecondaryExams, Part::SentReports],
    reads_flags: false,
};

fn items(desk: &Desk<'_>) -> Vec<Item> {
    let facts = |day: Day| json!({ "kind": "general", "examined_on": day.to_string() });
    let opinions = Line { task: Task::CheckupOpinion, turn: Turn::Mine, rule: "OPN-03", facts, ahead: i64::MAX };
    let facts = |day: Day| json!({ "regular": true, "last_on": day.to_string() });
    let again = Line { task: Task::Checkup, turn: Turn::Employer, rule: "CHK-02", facts, ahead: AHEAD };
    let mut items = together(desk, &opinions, &awaiting_opinion(desk));
    items.extend(together(desk, &again, &last_checkups(desk)));
    items.extend(secondary_opinions(desk));
    items.extend(report(desk));
    items
}

/// A kind of line that stands for many.
struct Line {
    task: Task,
    turn: Turn,
    rule: &'static str,
    facts: fn(Day) -> Value,
    /// Days ahead from which it is worth a line.
    ahead: i64,
}

/// Findings without an opinion, by the day of the examination (安衛則51条の2).
fn awaiting_opinion<'site>(desk: &Desk<'site>) -> ByDay<'site> {
    let secondary = secondary::heads(desk.site);
    let is_open = |c: &&Checkup| c.finding == FindingState::Present && c.opinion_on.is_none();
    let open = desk.site.checkups.iter().filter(is_open).filter(|c| !secondary.contains(&c.id));
    by_day(desk, open.map(|checkup| (checkup.day, &checkup.worker)))
}

/// Secondary examinations without an opinion: their time runs from the day the result was handed in (OPN-05).
fn secondary_opinions(desk: &Desk<'_>) -> Vec<Item> {
    let links = desk.site.secondary_exams.iter();
    let heads = links.filter_map(|link| desk.site.checkups.iter().find(|head| head.id == link.checkup));
    let open = heads.filter(|head| head.opinion_on.is_none() && head.finding != FindingState::None);
    let is_here = |head: &&Checkup| desk.site.worker(&head.worker).is_some_and(|w| w.is_employed_on(desk.today));
    let item = |head: &Checkup| {
        let facts = secondary::facts(desk.site, head)?;
        let subject =
            Subject::new(Task::CheckupOpinion, Turn::Mine).of(&head.worker).about("二次健診").opening(&head.id);
        desk.by_rule("OPN-05", head.day, facts, subject)
    };
    open.filter(is_here).filter_map(item).collect()
}

/// The newest checkup of everybody (安衛則44条).
fn last_checkups<'site>(desk: &Desk<'site>) -> ByDay<'site> {
    let mut newest: BTreeMap<&Id, Day> = BTreeMap::new();
    let secondary = secondary::heads(desk.site);
    for checkup in desk.site.checkups.iter().filter(|checkup| !secondary.contains(&checkup.id)) {
        let day = newest.entry(&checkup.worker).or_insert(checkup.day);
        *day = checkup.day.max(*day);
    }
    by_day(desk, newest.into_iter().map(|(worker, day)| (day, worker)))
}

/// Those who still work here.
fn by_day<'site>(desk: &Desk<'site>, people: impl Iterator<Item = (Day, &'site Id)>) -> ByDay<'site> {
    let mut found = ByDay::new();
    for (day, id) in people {
        if desk.site.worker(id).is_some_and(|worker| worker.is_employed_on(desk.today)) {
            found.entry(day).or_default().push(id);
        }
    }
    found
}

/// Those who are late in one line, the others in another; each speaks for the earliest day.
fn together(desk: &Desk<'_>, kind: &Line, people: &ByDay<'_>) -> Vec<Item> {
    let mut lines: Vec<Item> = Vec::new();
    for (day, ids) in people {
        let subject = Subject::new(kind.task, kind.turn);
        let Some(mut item) = desk.by_rule(kind.rule, *day, (kind.facts)(*day), subject) else { continue };
        if item.days_left(desk.today) > kind.ahead {
            continue;
        }
        let is_late = item.state == State::Overdue;
        match lines.iter_mut().find(|line| (line.state == State::Overdue) == is_late) {
            Some(line) => line.members.extend(ids.iter().map(|id| (*id).clone())),
            None => {
                item.members = ids.iter().map(|id| (*id).clone()).collect();
                lines.push(item);
            }
        }
    }
    lines.into_iter().map(named).collect()
}

/// One person by name, several by their number. The key is theirs: what was said about some is not said about others,
/// so that a plan never hides somebody who joins the line later.
pub(super) fn named(mut item: Item) -> Item {
    match item.members.as_slice() {
        [one] => (item.worker, item.members) = (Some(one.clone()), Vec::new()),
        several => item.about = format!("{}名", several.len()),
    }
    let who = item.worker.as_ref().map_or_else(|| fingerprint(&item.members), Id::to_string);
    item.key = format!("{}/{who}/{}", item.task.label(), item.law_day);
    item
}

/// A short name for these people and no others (FNV-1a); it tells nothing about them.
fn fingerprint(members: &[Id]) -> String {
    let bytes = members.iter().flat_map(|id| id.as_str().bytes().chain([0]));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{}名-{hash:016x}", members.len())
}

/// The employer reports the year's checkups 遅滞なく, without a number of days (安衛則52条).
fn report(desk: &Desk<'_>) -> Option<Item> {
    use chrono::Datelike;
    let newest = desk.site.checkups.iter().map(|checkup| checkup.day).filter(|day| *day <= desk.today).max()?;
    if season::is_sent(desk.site, ReportKind::Periodic, newest) {
        return None;
    }
    let size = Some(desk.site.size(desk.today)).filter(|size| *size > 0);
    let first = desk.site.checkups.iter().map(|checkup| checkup.day).filter(|day| day.year() == newest.year()).min()?;
    let facts = json!({ "regular_workers": size, "exam": "periodic" });
    let about = format!("{}年 未提出", newest.year());
    let subject = Subject::new(Task::CheckupReport, Turn::Employer).about(about).promptly_since(newest);
    let item = desk.by_rule("REP-01", newest, facts, subject)?;
    // The plan stays with the year, not with the last latecomer's day.
    Some(Item { key: format!("{}/{}/{}", Task::CheckupReport.label(), desk.site.id(), first.year()), ..item })
}
