//! Examinations beside the ordinary one: who is due by which rule, whose finding waits for an opinion, what is not yet
//! reported. One line stands for everybody of one examination, one more for those who are late.

use serde_json::json;

use super::checkups::named;
use super::{AHEAD, Desk, Kind, Subject};
use crate::app::changes::Part;
use crate::app::checkups::others::{self, Owed};
use crate::app::checkups::season;
use crate::app::worklist::{Item, State, Task, Turn};
use crate::domain::checkup::{ReportKind, SpecialExam, SpecialKind};
use crate::domain::worker::FindingState;

pub(super) const KIND: Kind = Kind {
    items: |desk, _| items(desk),
    reads: &[
        Part::Headcounts,
        Part::Workers,
        Part::Checkups,
        Part::ExamDuties,
        Part::SpecialExams,
        Part::Postings,
        Part::SentReports,
    ],
    reads_flags: false,
};

fn items(desk: &Desk<'_>) -> Vec<Item> {
    let mut items = due(desk);
    items.extend(desk.site.special_exams.iter().filter_map(|exam| opinion(desk, exam)));
    items.extend(SpecialKind::ALL.iter().filter_map(|exam| report(desk, *exam)));
    items
}

/// Whoever is due for one examination stands in one line, those who are late in another.
fn due(desk: &Desk<'_>) -> Vec<Item> {
    let mut lines: Vec<(SpecialKind, Item)> = Vec::new();
    let mut owed = others::owed(desk.law, desk.site, desk.today);
    owed.sort_by_key(|one| one.due.map_or(one.since, |due| due.safe));
    for one in &owed {
        let item = item(desk, one);
        if !item.is_prompt && item.days_left(desk.today) > AHEAD {
            continue;
        }
        let kind = |item: &Item| (item.is_prompt, item.state == State::Overdue);
        match lines.iter_mut().find(|(exam, line)| *exam == one.exam && kind(line) == kind(&item)) {
            Some((_, line)) => line.members.push(one.worker.clone()),
            None => lines.push((one.exam, Item { members: vec![one.worker.clone()], ..item })),
        }
    }
    let told = |(exam, item): (SpecialKind, Item)| {
        let item = named(item);
        let about = [exam.label(), item.about.as_str()].join(" ").trim_end().to_owned();
        let key = format!("{}/{}", item.key, exam.label());
        Item { about, key, ..item }
    };
    lines.into_iter().map(told).collect()
}

fn item(desk: &Desk<'_>, one: &Owed) -> Item {
    let task = match one.exam {
        SpecialKind::Abroad | SpecialKind::Home => Task::OverseasCheckup,
        _ => Task::SpecialCheckup,
    };
    let subject = Subject::new(task, Turn::Employer);
    match one.due {
        Some(due) => desk.item(one.rule, one.law_day, one.facts.clone(), due, subject),
        None => desk.promptly(one.rule, one.law_day, one.facts.clone(), one.since, subject),
    }
}

/// 特別の規則 give three months from the examination; 自発的 two from the day it was handed in (OPN-03, OPN-04).
fn opinion(desk: &Desk<'_>, exam: &SpecialExam) -> Option<Item> {
    let is_open = exam.finding == FindingState::Present && exam.opinion_on.is_none();
    let is_here = desk.site.worker(&exam.worker).is_some_and(|worker| worker.is_employed_on(desk.today));
    if !is_open || !is_here {
        return None;
    }
    let subject = Subject::new(Task::SpecialOpinion, Turn::Mine).of(&exam.worker);
    let subject = subject.about(exam.exam.label()).opening(&exam.id);
    let (examined, submitted) = (exam.day.to_string(), exam.submitted_on.map(|day| day.to_string()));
    match (exam.exam, submitted) {
        (SpecialKind::OwnChoice, submitted) => {
            desk.by_rule("OPN-04", exam.day, json!({ "submitted_on": submitted? }), subject)
        }
        (_, Some(submitted)) => {
            let facts = json!({ "kind": kind(exam), "examined_on": examined, "submitted_on": submitted });
            desk.by_rule("OPN-03", exam.day, facts, subject)
        }
        (_, None) => desk.by_rule("OPN-03", exam.day, json!({ "kind": kind(exam), "examined_on": examined }), subject),
    }
}

/// 安衛則51条の2 holds for what 安衛則 itself asks for, the special ordinances for theirs.
const fn kind(exam: &SpecialExam) -> &'static str {
    match exam.exam {
        SpecialKind::Dental
        | SpecialKind::Catering
        | SpecialKind::Abroad
        | SpecialKind::Home
        | SpecialKind::Specified => "general",
        _ => "special",
    }
}

/// The newest examinations of a kind that no report covers: 遅滞なく, without a number of days.
fn report(desk: &Desk<'_>, exam: SpecialKind) -> Option<Item> {
    let (kind, name) = reported(exam)?;
    let days = desk.site.special_exams.iter().filter(|row| row.exam == exam && row.day <= desk.today);
    let newest = days.map(|row| row.day).max()?;
    if season::is_sent(desk.site, kind, newest) {
        return None;
    }
    let subject = Subject::new(Task::SpecialReport, Turn::Employer);
    let subject = subject.about(format!("{} 未提出", exam.label())).promptly_since(newest);
    let item = match name {
        None => {
            let size = Some(desk.site.size(desk.today)).filter(|size| *size > 0);
            desk.by_rule("REP-02", newest, json!({ "regular_workers": size, "dental_done": true }), subject)
        }
        Some(name) => desk.by_rule("APP-SPREP", newest, json!({ "exam": name, "regular": true }), subject),
    }?;
    // One line for each kind and day, whatever else is due that day.
    Some(Item { key: format!("{}/{}", item.key, exam.label()), ..item })
}

/// The report of an examination and its name in the rule; none where it is not reported by these rules.
pub(crate) const fn reported(exam: SpecialKind) -> Option<(ReportKind, Option<&'static str>)> {
    Some(match exam {
        SpecialKind::Dental => (ReportKind::Dental, None),
        SpecialKind::Organic => (ReportKind::Organic, Some("organic_solvent")),
        SpecialKind::Lead => (ReportKind::Lead, Some("lead")),
        SpecialKind::TetraalkylLead => (ReportKind::TetraalkylLead, Some("tetraalkyl_lead")),
        SpecialKind::Chemical => (ReportKind::Chemical, Some("specified_chemical")),
        SpecialKind::Pressure => (ReportKind::Pressure, Some("high_pressure")),
        SpecialKind::Radiation => (ReportKind::Radiation, Some("radiation")),
        SpecialKind::Decontamination => (ReportKind::Decontamination, Some("decontamination")),
        SpecialKind::Asbestos => (ReportKind::Asbestos, Some("asbestos")),
        SpecialKind::Catering
        | SpecialKind::OwnChoice
        | SpecialKind::Dust
        | SpecialKind::Abroad
        | SpecialKind::Home
        | SpecialKind::Specified => {
            return None;
        }
    })
}
