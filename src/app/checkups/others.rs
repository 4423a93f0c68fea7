//! Examinations beside the ordinary one: who is owed which, until when, and what the last one found (安衛則45条の2, 47条,
//! 48条, the special ordinances). The rules say how often; this knows which rule speaks for which examination.

use serde_json::{Value, json};

use super::notes::{self, NoteFault};
use crate::app::Site;
use crate::domain::checkup::{DustClass, ExamDuty, ItemState, Posting, SpecialExam, SpecialItem, SpecialKind};
use crate::domain::command::{Act, Command};
use crate::domain::worker::Checkup;
use crate::domain::{Day, Id, time};
use crate::law::outcome::Conclusion;
use crate::law::{Deadline, Law, rules};

/// Records that a person's work calls for an examination.
///
/// # Errors
/// [`NoteFault`] for days out of order, or the same examination and work twice at once.
pub fn duty(site: &Site, row: ExamDuty) -> Result<Command, NoteFault> {
    notes::known(site, &row.worker)?;
    if let Some(until) = row.valid_until {
        notes::after("until", until, row.valid_from)?;
    }
    if row.exam == SpecialKind::Chemical {
        notes::written("work", &row.work)?;
    }
    let overlaps = |known: &ExamDuty| {
        let ends_before = known.valid_until.is_some_and(|until| until < row.valid_from);
        let begins_after = row.valid_until.is_some_and(|until| until < known.valid_from);
        !ends_before && !begins_after
    };
    let is_same = |known: &&ExamDuty| (&known.worker, known.exam, &known.work) == (&row.worker, row.exam, &row.work);
    if site.exam_duties.iter().filter(is_same).any(|known| known.id != row.id && overlaps(known)) {
        return Err(NoteFault::Twice("from"));
    }
    Ok(Command::new(Act::EditExamDuty, row.worker.to_string()).put(row))
}

/// Records an examination beside the ordinary one.
///
/// # Errors
/// [`NoteFault`] for days out of order, an opinion without its day, or 自発的 without the day it was handed in.
pub fn examined(site: &Site, row: SpecialExam, today: Day) -> Result<Command, NoteFault> {
    notes::known(site, &row.worker)?;
    notes::past("day", row.day, today)?;
    match row.submitted_on {
        Some(submitted) => {
            notes::past("submitted", submitted, today)?;
            notes::after("submitted", submitted, row.day)?;
        }
        None if row.exam == SpecialKind::OwnChoice => return Err(NoteFault::Empty("submitted")),
        None => {}
    }
    match (row.opinion_on, row.opinion) {
        (Some(day), Some(_)) => {
            notes::past("opinion_on", day, today)?;
            notes::after("opinion_on", day, row.day)?;
        }
        (None, None) => {}
        (None, Some(_)) => return Err(NoteFault::Empty("opinion_on")),
        (Some(_), None) => return Err(NoteFault::Empty("opinion")),
    }
    let is_same = |known: &&SpecialExam| (&known.worker, known.exam, known.day) == (&row.worker, row.exam, row.day);
    if site.special_exams.iter().filter(is_same).any(|known| known.id != row.id) {
        return Err(NoteFault::Twice("day"));
    }
    Ok(Command::new(Act::EnterSpecialExam, row.worker.to_string()).put(row))
}

/// Records a posting abroad.
///
/// # Errors
/// [`NoteFault`] for an empty place or days out of order.
pub fn posting(site: &Site, row: Posting) -> Result<Command, NoteFault> {
    notes::known(site, &row.worker)?;
    notes::written("place", &row.place)?;
    if let Some(back) = row.returns_on {
        notes::after("returns", back, row.leaves_on)?;
    }
    Ok(Command::new(Act::EditPosting, row.worker.to_string()).put(row))
}

/// Something that is owed to a person beside the ordinary examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Who.
    pub worker: Id,
    /// Which examination.
    pub exam: SpecialKind,
    /// The rule that says so.
    pub rule: &'static str,
    /// Its facts.
    pub facts: Value,
    /// The day whose law holds.
    pub law_day: Day,
    /// Until when; none where it is owed at once, by no number of days.
    pub due: Option<Deadline>,
    /// From when it is owed, where there is no number of days.
    pub since: Day,
    /// The newest examination of this kind.
    pub last_on: Option<Day>,
}

/// Everything that is owed to the people employed on `today`, by worker.
pub fn owed(law: &Law, site: &Site, today: Day) -> Vec<Owed> {
    let is_here = |worker: &Id| site.worker(worker).is_some_and(|worker| worker.is_employed_on(today));
    let duties = site.exam_duties.iter().filter(|duty| duty.holds_on(today) && is_here(&duty.worker));
    let mut found: Vec<Owed> = duties.filter_map(|duty| of_duty(law, site, duty, today)).collect();
    let postings = site.postings.iter().filter(|posting| is_here(&posting.worker));
    found.extend(postings.filter_map(|posting| of_posting(law, site, posting, today)));
    found.sort_by(|one, other| (&one.worker, one.exam).cmp(&(&other.worker, other.exam)));
    // Two substances of one ordinance are examined together.
    found.dedup_by(|one, other| (&one.worker, one.exam) == (&other.worker, other.exam));
    found
}

fn newest<'site>(site: &'site Site, worker: &Id, exam: SpecialKind, today: Day) -> Option<&'site SpecialExam> {
    let theirs = site.special_exams.iter().filter(|row| &row.worker == worker && row.exam == exam && row.day <= today);
    theirs.max_by_key(|row| row.day)
}

/// The dose that the newest examination of 電離 or 除染 knows, or that nobody told it; none for every other examination.
///
/// 電離則56条 wants it shown to the physician: an empty field is said, never passed over.
pub fn dose(site: &Site, worker: &Id, exam: SpecialKind, today: Day) -> Option<String> {
    if !matches!(exam, SpecialKind::Radiation | SpecialKind::Decontamination) {
        return None;
    }
    let known = newest(site, worker, exam, today).and_then(|exam| exam.dose_microsieverts);
    Some(known.map_or_else(|| "線量の記入なし".to_owned(), |dose| format!("前回からの線量 {dose}マイクロSv")))
}

/// The newest examination of this kind; one of 特定業務 is an ordinary one since the work began (安衛則45条1項).
fn last_on(site: &Site, duty: &ExamDuty, today: Day) -> Option<Day> {
    let own = newest(site, &duty.worker, duty.exam, today).map(|exam| exam.day);
    let since = |head: &&Checkup| head.worker == duty.worker && (duty.valid_from..=today).contains(&head.day);
    let ordinary = || site.checkups.iter().filter(since).map(|head| head.day).max();
    if duty.exam == SpecialKind::Specified { own.max(ordinary()) } else { own }
}

fn of_duty(law: &Law, site: &Site, duty: &ExamDuty, today: Day) -> Option<Owed> {
    let last_on = last_on(site, duty, today);
    let (rule, facts) = asked(site, duty, last_on)?;
    let law_day = last_on.unwrap_or(duty.valid_from).max(duty.valid_from);
    let outcome = law.assess(rules::find(rule)?, law_day, &facts).ok()?;
    // At hiring and at reassignment every one of these ordinances wants the examination first.
    let is_first = last_on.is_none() && duty.exam != SpecialKind::OwnChoice;
    let is_owed = outcome.outcome == Conclusion::Required || is_first;
    is_owed.then_some(Owed {
        worker: duty.worker.clone(),
        exam: duty.exam,
        rule,
        facts,
        law_day,
        due: outcome.due.filter(|_| !is_first),
        since: duty.valid_from,
        last_on,
    })
}

/// Whether the second examination that the physician found necessary is the employer's duty (SP-23), not only its effort.
pub fn is_second_owed(law: &Law, exam: &SpecialExam) -> bool {
    let prescribes = matches!(
        exam.exam,
        SpecialKind::Organic
            | SpecialKind::Lead
            | SpecialKind::Chemical
            | SpecialKind::Pressure
            | SpecialKind::Asbestos
    );
    let kind = if prescribes { "special" } else { "ordinary" };
    let facts = json!({ "exam": kind, "judged_necessary": exam.is_instructed });
    let outcome = rules::find("SP-23").and_then(|rule| law.assess(rule, exam.day, &facts).ok());
    outcome.is_some_and(|outcome| outcome.outcome == Conclusion::Required)
}

/// The rule that speaks for an examination, with its facts.
fn asked(site: &Site, duty: &ExamDuty, last_on: Option<Day>) -> Option<(&'static str, Value)> {
    let last = last_on.map(|day| day.to_string());
    let engaged = || match &last {
        Some(last) => json!({ "engaged": true, "last_on": last, "relaxed": duty.is_relaxed }),
        None => json!({ "engaged": true, "relaxed": duty.is_relaxed }),
    };
    let fixed = || match &last {
        Some(last) => json!({ "engaged": true, "last_on": last }),
        None => json!({ "engaged": true }),
    };
    Some(match duty.exam {
        SpecialKind::Dental => match &last {
            Some(last) => ("CHK-06", json!({ "acid_work": true, "last_on": last })),
            None => ("CHK-06", json!({ "acid_work": true, "new_to_work": true })),
        },
        SpecialKind::Catering => ("CHK-05", json!({ "catering": true, "event": event(site, duty, last_on) })),
        SpecialKind::Organic => ("SP-01", engaged()),
        SpecialKind::Lead => ("SP-02", engaged()),
        SpecialKind::TetraalkylLead => ("SP-03", engaged()),
        SpecialKind::Chemical => ("SP-04", engaged()),
        SpecialKind::Pressure => ("SP-05", fixed()),
        SpecialKind::Radiation => ("SP-06", fixed()),
        SpecialKind::Decontamination => ("SP-07", fixed()),
        SpecialKind::Asbestos => ("SP-08", fixed()),
        SpecialKind::Dust => ("SP-09", dust(duty, last.as_deref())),
        // The half-yearly ones follow from the work on the roster; here only the first one is asked for.
        SpecialKind::Specified if last.is_none() => ("CHK-03", json!({ "specified": true, "reassigned": true })),
        SpecialKind::OwnChoice | SpecialKind::Abroad | SpecialKind::Home | SpecialKind::Specified => return None,
    })
}

/// 検便 is owed when the work begins, and not again.
fn event(site: &Site, duty: &ExamDuty, last_on: Option<Day>) -> &'static str {
    let joined = site.worker(&duty.worker).and_then(|worker| worker.joined_on);
    match last_on {
        Some(last) if last >= duty.valid_from => "none",
        _ if joined == Some(duty.valid_from) => "hire",
        _ => "reassignment",
    }
}

fn dust(duty: &ExamDuty, last: Option<&str>) -> Value {
    let class = match duty.dust_class {
        DustClass::None => return json!({ "work": "now" }),
        DustClass::First => "1",
        DustClass::Second => "2",
        DustClass::Third => "3",
    };
    match last {
        Some(last) => json!({ "work": "now", "class": class, "last_on": last }),
        None => json!({ "work": "now", "class": class }),
    }
}

/// CHK-04: before leaving, by the day of departure; after coming back, without a number of days.
fn of_posting(law: &Law, site: &Site, posting: &Posting, today: Day) -> Option<Owed> {
    let back = posting.returns_on?;
    let months = time::whole_months(posting.leaves_on, back);
    let is_home = back <= today;
    let (exam, direction) = if is_home { (SpecialKind::Home, "back") } else { (SpecialKind::Abroad, "out") };
    let facts = json!({ "direction": direction, "months_abroad": months, "temporary": posting.is_home_temporary });
    let last_on = newest(site, &posting.worker, exam, today).map(|exam| exam.day);
    let is_done = |exam: &&SpecialExam| exam.worker == posting.worker && is_of(law, exam, posting, direction);
    if site.special_exams.iter().any(|exam| is_done(&exam)) || (!is_home && posting.leaves_on < today) {
        return None;
    }
    let law_day = if is_home { back } else { today };
    let outcome = law.assess(rules::find("CHK-04")?, law_day, &facts).ok()?;
    (outcome.outcome == Conclusion::Required).then(|| Owed {
        worker: posting.worker.clone(),
        exam,
        rule: "CHK-04",
        facts,
        law_day,
        due: (!is_home).then(|| Deadline::on(posting.leaves_on, false)),
        since: back,
        last_on,
    })
}

/// Whether an examination is the one before, or after, this posting.
fn is_of(law: &Law, exam: &SpecialExam, posting: &Posting, direction: &str) -> bool {
    match (exam.exam, direction) {
        (SpecialKind::Abroad, "out") => exam.day <= posting.leaves_on && is_fresh(law, exam.day, posting.leaves_on),
        (SpecialKind::Home, "back") => posting.returns_on.is_some_and(|back| back <= exam.day),
        _ => false,
    }
}

/// CHK-13: an examination of some time ago still stands for the one before leaving.
fn is_fresh(law: &Law, examined_on: Day, leaves_on: Day) -> bool {
    let facts = json!({ "exam": "overseas_out", "other_on": examined_on.to_string() });
    let outcome = rules::find("CHK-13").and_then(|rule| law.assess(rule, leaves_on, &facts).ok());
    outcome.is_some_and(|outcome| outcome.outcome == Conclusion::Allowed)
}

/// A line of items that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "項目と結果を「肝機能 所見なし」のように、空白で分けて一行に一つ書いてください。結果は、所見なし、所見あり、分布1から分布3、行っていない、のどれかです。"
)]
pub struct BadItems;

/// Reads items as they are typed: one a line, the result behind the last space; a name alone was not done.
///
/// # Errors
/// [`BadItems`] for a result that is none of the words, or a name twice.
pub fn read_items(text: &str) -> Result<Vec<SpecialItem>, BadItems> {
    let mut items: Vec<SpecialItem> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let item = read_item(line).ok_or(BadItems)?;
        if items.iter().any(|known| known.name == item.name) {
            return Err(BadItems);
        }
        items.push(item);
    }
    Ok(items)
}

fn read_item(line: &str) -> Option<SpecialItem> {
    let item = |name: &str, state| Some(SpecialItem { name: name.trim().to_owned(), state });
    let Some((name, word)) = line.rsplit_once(char::is_whitespace) else { return item(line, ItemState::NotDone) };
    let state = match word {
        "なし" | "0" => ItemState::Fine,
        "あり" | "1" => ItemState::Found,
        "未" | "省略" => ItemState::NotDone,
        word => ItemState::ALL.iter().copied().find(|state| state.label() == word)?,
    };
    item(name, state)
}

/// Items as they are typed.
pub fn write_items(items: &[SpecialItem]) -> String {
    items.iter().map(|item| format!("{} {}", item.name, item.state.label())).collect::<Vec<_>>().join("\n")
}

/// The items that stand in a new sheet: those of the person's work, else those that the report of the kind counts.
pub fn usual_items(site: &Site, worker: &Id, exam: SpecialKind, today: Day) -> Vec<String> {
    let duties = site.exam_duties.iter().filter(|duty| duty.worker == *worker && duty.exam == exam);
    let own = duties.filter(|duty| duty.holds_on(today)).flat_map(|duty| duty.items.lines());
    let mut items: Vec<String> = own.map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if items.is_empty() {
        items = reported_items(exam).iter().map(|item| (*item).to_owned()).collect();
    }
    items.dedup();
    items
}

/// Items by name as the ordinances list them (有機則29条2項・3項, 電離則56条1項); of 特化物 no list ships.
pub const fn reported_items(exam: SpecialKind) -> &'static [&'static str] {
    match exam {
        SpecialKind::Organic => &["自覚症状", FOUND_BY_LOOKING, "尿中の代謝物", "肝機能", "貧血", "眼底"],
        SpecialKind::Radiation => &["白血球数・百分率", "赤血球数・血色素量", "白内障（眼）", "皮膚"],
        _ => &[],
    }
}

/// 他覚所見 alone makes nobody 有所見 in the report on solvents (有機則30条の3).
pub const FOUND_BY_LOOKING: &str = "他覚所見";

#[cfg(test)]
#[path = "others_tests.rs"]
mod tests;
