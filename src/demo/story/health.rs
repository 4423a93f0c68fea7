//! Traits, checkups and stress checks of everybody, as they would have been entered by hand.

use chrono::Months;

use super::Pen;
use crate::app::worklist::Task;
use crate::demo::part::Part;
use crate::demo::people::Person;
use crate::demo::random::Random;
use crate::domain::command::{Act, Command};
use crate::domain::establishment::Plan;
use crate::domain::interview::Fitness;
use crate::domain::time::after_days;
use crate::domain::worker::{AttributeKind, Checkup, FindingState, StressFlag, StressState, WorkerAttribute};
use crate::domain::{Day, Id};

/// Years of checkups that are entered; what is older stays on paper.
const CHECKUP_YEARS: u32 = 3;
/// One person of the first establishment did not come this year.
const MISSED: usize = 7;
/// Of a thousand people, so many have a finding: most do, everywhere in the country.
const WITH_FINDING: i64 = 580;

/// Establishments of this kind are checked again soon.
const LATE: usize = 3;

pub(super) fn write(pen: &mut Pen<'_>) {
    attributes(pen);
    for years in (0..CHECKUP_YEARS).rev() {
        checkups(pen, years);
    }
    if super::stress::has_round(pen) {
        super::stress::write(pen);
    } else if !pen.scene.company.is_small {
        stress(pen);
    }
}

fn attributes(pen: &mut Pen<'_>) {
    let mut command = Command::new(Act::EditWorker, None);
    for person in pen.scene.people {
        let Some((part, worker)) = person.part.zip(pen.worker(person)) else { continue };
        let missing: Vec<_> = part.attributes().iter().filter(|kind| !has(pen, &worker, **kind)).copied().collect();
        for kind in missing {
            let (id, worker) = (pen.row(), worker.clone());
            command =
                command.put(WorkerAttribute { id, worker, kind, valid_from: Some(person.joined), valid_until: None });
        }
        if part == Part::Dispatched {
            command = dispatched(pen, command, &worker);
        }
    }
    pen.say(command);
}

fn has(pen: &Pen<'_>, worker: &Id, kind: AttributeKind) -> bool {
    pen.site.attributes.iter().any(|attribute| &attribute.worker == worker && attribute.kind == kind)
}

fn dispatched(pen: &Pen<'_>, command: Command, worker: &Id) -> Command {
    let Some(mut worker) = pen.site.worker(worker).cloned() else { return command };
    worker.dispatch_from = "見本スタッフ株式会社".to_owned();
    worker.dispatch_to = pen.site.establishment.name.clone();
    command.put(worker)
}

/// The checkup of the establishment, `years` ago: 70 days before today in this year.
fn checkups(pen: &mut Pen<'_>, years: u32) {
    let day = pen.scene.ago(70).checked_sub_months(Months::new(12 * years)).unwrap_or(pen.scene.today);
    let mut command = Command::new(Act::EnterCheckup, None);
    let is_here = |p: &&Person| p.joined <= day && p.left.is_none_or(|left| day <= left);
    let is_missed = |p: &Person| years == 0 && pen.scene.kind() == 0 && p.index == MISSED;
    let came: Vec<&Person> = pen.scene.people.iter().filter(is_here).filter(|p| !is_missed(p)).collect();
    for person in came {
        let Some(worker) = pen.worker(person) else { continue };
        let mut random = Random::of(&[pen.scene.seed[0], pen.scene.seed[1], 4, person.index as u64, u64::from(years)]);
        let id = pen.row();
        let sex = pen.site.worker(&worker).map(|worker| worker.sex).unwrap_or_default();
        let head = checkup(&mut random, id, worker, day, is_answered(pen, years, person));
        // Whose result has not come yet has no values either.
        if head.finding != FindingState::Unknown {
            let seed = [pen.scene.seed[0], pen.scene.seed[1], 6, person.index as u64];
            let sheet = super::sheets::sheet(&mut random, &seed, pen.row(), &head, sex);
            command = command.put(head).put(sheet);
        } else {
            command = command.put(head);
        }
    }
    pen.say(command);
}

/// Last year's opinions were all given; this year's wait at the first establishment and for a few elsewhere.
fn is_answered(pen: &Pen<'_>, years: u32, person: &Person) -> bool {
    years > 0 || if pen.scene.kind() == 0 { person.index.is_multiple_of(3) } else { person.index % 17 != 4 }
}

fn checkup(random: &mut Random, id: Id, worker: Id, day: Day, is_answered: bool) -> Checkup {
    let draw = random.between(0, 999);
    let finding = match draw {
        _ if draw < WITH_FINDING => FindingState::Present,
        _ if draw < 975 => FindingState::None,
        _ => FindingState::Unknown,
    };
    let (judgement, summary) = match finding {
        FindingState::Present => random.pick(FINDINGS),
        FindingState::None => ("A", "所見なし"),
        FindingState::Unknown => ("", ""),
    };
    let given = (finding == FindingState::Present && is_answered).then(|| after_days(day, 35));
    let opinion = if random.happens(15) { Fitness::Limited } else { Fitness::Normal };
    let (judgement, summary) = (judgement.to_owned(), summary.to_owned());
    Checkup { id, worker, day, judgement, finding, summary, opinion_on: given, opinion: given.map(|_| opinion) }
}

const FINDINGS: &[(&str, &str)] = &[
    ("B", "血圧 132/84"),
    ("B", "LDL 138"),
    ("B", "BMI 26.1"),
    ("C", "血圧 146/92"),
    ("C", "LDL 162"),
    ("C", "GGT 98"),
    ("C", "HbA1c 6.1"),
    ("C", "聴力 右 4000Hz"),
    ("D", "HbA1c 6.9"),
    ("D", "血圧 162/101"),
    ("D", "胸部X線 要精密検査"),
    ("E", "高血圧 治療中"),
];

fn stress(pen: &mut Pen<'_>) {
    let day = pen.scene.ago(if pen.scene.kind() == LATE { 330 } else { 140 });
    let mut command = Command::new(Act::EnterStress, None);
    for person in pen.scene.people.iter().filter(|p| p.joined <= day && p.left.is_none_or(|left| day <= left)) {
        let Some(worker) = pen.worker(person) else { continue };
        let state = stress_state(pen, person);
        let requested_on = (state == StressState::Requested).then(|| pen.scene.ago(18));
        let is_consented = requested_on.is_some();
        command = command.put(StressFlag { id: pen.row(), worker, day, state, requested_on, is_consented });
    }
    let plan = reported(pen, day);
    pen.say(command);
    pen.say(Command::new(Act::Settle, None).put(plan));
}

/// The employer said that the report to the labour office was made.
fn reported(pen: &mut Pen<'_>, day: Day) -> Plan {
    let item = format!("{}/{}/{}", Task::StressReport.label(), pen.site.id(), day.format("%Y"));
    let done_on = Some(after_days(day, 30));
    Plan { id: pen.row(), item, scheduled_for: None, snoozed_until: None, reason: String::new(), done_on }
}

/// Nine of ten take the check; a tenth of those are selected, and few of them ask.
fn stress_state(pen: &Pen<'_>, person: &Person) -> StressState {
    let mut random = Random::of(&[pen.scene.seed[0], pen.scene.seed[1], 5, person.index as u64]);
    match random.between(0, 999) {
        draw if draw < 85 => StressState::NotTaken,
        draw if draw < 92 => StressState::Requested,
        draw if draw < 98 => StressState::Interviewed,
        draw if draw < 170 => StressState::Selected,
        _ => StressState::Taken,
    }
}
