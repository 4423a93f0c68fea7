//! Examinations beside the ordinary one, and a posting abroad, at one kind of establishment.

use super::Pen;
use crate::domain::Id;
use crate::domain::checkup::{DustClass, ExamDuty, ItemState, Posting, SpecialExam, SpecialItem, SpecialKind};
use crate::domain::command::{Act, Command};
use crate::domain::worker::FindingState;

/// The kind of establishment that has such work.
const KIND: usize = 5;
/// Days since the examination on solvents, so that the next one is near.
const SOLVENTS: u64 = 165;
/// Days since the examination on radiation, whose finding waits for an opinion.
const RADIATION: u64 = 40;

pub(super) fn write(pen: &mut Pen<'_>) {
    if pen.scene.kind() != KIND {
        return;
    }
    let people = pen.scene.people.iter().filter(|person| person.part.is_none() && person.left.is_none());
    let workers: Vec<Id> = people.filter_map(|person| pen.worker(person)).take(3).collect();
    let [first, second, third] = workers.as_slice() else { return };
    work(pen, first, SpecialKind::Organic, "トルエン");
    work(pen, second, SpecialKind::Radiation, "非破壊検査");
    let liver = SpecialItem { name: "肝機能".to_owned(), state: ItemState::Fine };
    examined(pen, first, SpecialKind::Organic, SOLVENTS, liver);
    let skin = SpecialItem { name: "皮膚".to_owned(), state: ItemState::Found };
    examined(pen, second, SpecialKind::Radiation, RADIATION, skin);
    let (leaves_on, returns_on) = (pen.scene.ahead(30), Some(pen.scene.ahead(400)));
    let posting = Posting {
        id: pen.row(),
        worker: third.clone(),
        place: "ハノイ".to_owned(),
        leaves_on,
        returns_on,
        is_home_temporary: false,
    };
    pen.say(Command::new(Act::EditPosting, third.to_string()).put(posting));
}

fn work(pen: &mut Pen<'_>, worker: &Id, exam: SpecialKind, work: &str) {
    let duty = ExamDuty {
        id: pen.row(),
        worker: worker.clone(),
        exam,
        work: work.to_owned(),
        items: String::new(),
        is_long_kept: false,
        is_relaxed: false,
        dust_class: DustClass::None,
        valid_from: pen.scene.ago(800),
        valid_until: None,
    };
    pen.say(Command::new(Act::EditExamDuty, worker.to_string()).put(duty));
}

fn examined(pen: &mut Pen<'_>, worker: &Id, exam: SpecialKind, days: u64, item: SpecialItem) {
    let is_found = item.state == ItemState::Found;
    let row = SpecialExam {
        id: pen.row(),
        worker: worker.clone(),
        exam,
        day: pen.scene.ago(days),
        clinic: "見本健診センター".to_owned(),
        finding: if is_found { FindingState::Present } else { FindingState::None },
        is_instructed: false,
        items_json: vec![item],
        dose_microsieverts: None,
        submitted_on: None,
        is_long_kept: false,
        opinion_on: None,
        opinion: None,
    };
    pen.say(Command::new(Act::EnterSpecialExam, worker.to_string()).put(row));
}
