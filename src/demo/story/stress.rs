//! One round of the stress check at one establishment, from the committee's day to two requests (安衛法66条の10).
//!
//! The sheets are invented by mixing a rested and a burdened one; what the numbers say of them is computed as always.

use super::Pen;
use crate::app::stress::judging::judged;
use crate::demo::people::Person;
use crate::demo::random::Random;
use crate::domain::case::{Case, CaseState, Ground, Request, RequestBy};
use crate::domain::command::{Act, Command};
use crate::domain::interview::{BloodPressure, Condition, Fatigue, FatigueSheet, Fitness, Guidance, Interview, Mode};
use crate::domain::stress::{
    Computed, Criteria, Method, Need, OwnerRole, Profession, StaffPart, StressAnswers, StressResult, StressRound,
    StressStaff,
};
use crate::domain::worker::{StressFlag, StressState, Worker};
use crate::domain::{Day, Id};
use crate::scales::stress::criteria::examples;

/// Establishments of this kind have had their round.
const KIND: usize = 1;
/// A sheet without burden, and one above the criteria (EX03 and EX01 of the sheet of facts).
const SHEETS: (&str, &str) = (
    "444444411144414114441111111111111111111111111111111111111",
    "112331443323243341112334443344433222234342333343343443322",
);
/// Of a thousand people so many carry a burden, and so many leave an answer open.
const BURDENED: i64 = 90;
const OPEN: i64 = 20;
/// Days before today: answered, judged, told, asked for.
const ANSWERED: u64 = 60;
const JUDGED: u64 = 32;
const TOLD: u64 = 22;
const ASKED: [u64; 2] = [9, 18];
/// And interviewed.
const INTERVIEWED: u64 = 5;

/// Whether the establishment has a round instead of words that were entered by hand.
pub(super) fn has_round(pen: &Pen<'_>) -> bool {
    pen.scene.kind() == KIND
}

/// The round, its results, and what two people asked for.
pub(super) fn write(pen: &mut Pen<'_>) {
    let Some(criteria) = criteria() else { return };
    let round = round(pen, criteria);
    let implementer = staff(pen, &round);
    let people: Vec<Worker> = pen.scene.people.iter().filter_map(|person| taking(pen, person)).collect();
    let mut command = Command::new(Act::JudgeStress, None).put(round.clone()).put(implementer);
    let mut needed = Vec::new();
    for worker in &people {
        let sheet = sheet(pen, &round, worker);
        let Some(result) = result(pen, &round, &sheet, needed.len()) else { continue };
        let is_needed = result.need == Need::Needed;
        needed.extend(is_needed.then(|| worker.id.clone()));
        command = command.put(sheet.clone()).put(flag(pen, &sheet, needed.len(), is_needed)).put(result);
    }
    pen.say(command);
    for (worker, days) in needed.iter().zip(ASKED) {
        ask(pen, worker, days);
    }
}

/// The numbers that the manual gives as an example.
fn criteria() -> Option<Criteria> {
    let all = examples().ok()?.iter().map(|example| &example.criteria);
    all.filter(|criteria| criteria.method == Method::Sums)
        .find(|c| c.form == crate::domain::stress::Form::Full)
        .cloned()
}

fn round(pen: &mut Pen<'_>, criteria_json: Criteria) -> StressRound {
    StressRound {
        id: pen.row(),
        name: format!("{}年度", pen.scene.ago(ANSWERED + 90).format("%Y")),
        committee_on: Some(pen.scene.ago(ANSWERED + 60)),
        rules: "第2版".to_owned(),
        criteria_json,
        criteria_opinion_on: Some(pen.scene.ago(ANSWERED + 66)),
        role: OwnerRole::Implementer,
        opened_on: Some(pen.scene.ago(ANSWERED + 7)),
        judged_on: Some(pen.scene.ago(JUDGED)),
        entries: 2,
    }
}

fn staff(pen: &mut Pen<'_>, round: &StressRound) -> StressStaff {
    StressStaff {
        id: pen.row(),
        round: round.id.clone(),
        part: StaffPart::Implementer,
        name: super::owner().name,
        profession: Profession::Physician,
        is_trained: false,
        has_personnel_power: false,
    }
}

/// Nine of ten answer; whoever has a part in another story has enough to tell.
fn taking(pen: &Pen<'_>, person: &Person) -> Option<Worker> {
    let day = pen.scene.ago(ANSWERED);
    let is_here = person.part.is_none() && person.joined <= day && person.left.is_none();
    let comes = is_here && !random(pen, person.index, 0).happens(100);
    pen.worker(person).filter(|_| comes).and_then(|id| pen.site.worker(&id)).cloned()
}

fn random(pen: &Pen<'_>, person: usize, stream: u64) -> Random {
    Random::of(&[pen.scene.seed[0], pen.scene.seed[1], 7, person as u64, stream])
}

fn sheet(pen: &mut Pen<'_>, round: &StressRound, worker: &Worker) -> StressAnswers {
    let number = worker.id.numbered().map_or(0, |(_, number)| number as usize);
    let mut random = random(pen, number, 1);
    let burden = if random.happens(BURDENED) { 1000 } else { random.between(50, 450) };
    let pairs = SHEETS.0.chars().zip(SHEETS.1.chars());
    let mut answers: String = pairs.map(|(low, high)| if random.happens(burden) { high } else { low }).collect();
    if random.happens(OPEN) {
        answers.replace_range(20..21, "-");
    }
    StressAnswers {
        id: pen.row(),
        round: round.id.clone(),
        worker: worker.id.clone(),
        day: pen.scene.ago(ANSWERED),
        answers,
        sex: worker.sex,
        department: worker.department.clone(),
    }
}

/// What the numbers say, and for most what the implementer said: one is left to confirm, one was found not to need it.
fn result(pen: &mut Pen<'_>, round: &StressRound, sheet: &StressAnswers, needed: usize) -> Option<StressResult> {
    let judged = judged(&round.criteria_json, sheet).ok()?;
    let result = StressResult { id: pen.row(), notified_on: Some(pen.scene.ago(TOLD)), ..judged };
    let decided_on = Some(pen.scene.ago(TOLD + 3));
    let decided_by = super::owner().name;
    Some(match (result.computed, needed) {
        (Computed::Below, _) => result,
        (Computed::High, 0..=3) => StressResult { need: Need::Needed, decided_on, decided_by, ..result },
        (Computed::High, _) | (Computed::Withheld, _) => StressResult { notified_on: None, ..result },
    })
}

/// The word of the lists; the first two of those who need an interview have asked for it, and one has had it.
fn flag(pen: &mut Pen<'_>, sheet: &StressAnswers, place: usize, is_needed: bool) -> StressFlag {
    let asked = ASKED.get(place.wrapping_sub(1)).filter(|_| is_needed);
    let state = match (is_needed, asked, place) {
        (false, ..) => StressState::Taken,
        (true, Some(_), 2) => StressState::Interviewed,
        (true, Some(_), _) => StressState::Requested,
        (true, None, _) => StressState::Selected,
    };
    let requested_on = asked.map(|days| pen.scene.ago(*days));
    let worker = sheet.worker.clone();
    StressFlag { id: pen.row(), worker, day: sheet.day, state, requested_on, is_consented: asked.is_some() }
}

/// The first waits for the interview, the second for the opinion.
fn ask(pen: &mut Pen<'_>, worker: &Id, days: u64) {
    let day = pen.scene.ago(days);
    let case = case(pen, worker, day);
    let request = request(pen, &case, day);
    pen.say(Pen::about(Act::ReceiveRequest, worker).put(case.clone()).put(request));
    if days == ASKED[1] {
        let interview = interview(pen, &case);
        pen.say(Pen::about(Act::CompleteInterview, worker).put(interview));
    }
}

fn case(pen: &mut Pen<'_>, worker: &Id, opened_on: Day) -> Case {
    Case {
        id: pen.next(crate::domain::Prefix::Case),
        worker: worker.clone(),
        ground: Ground::HighStress,
        state: CaseState::Open,
        opened_on,
        next_on: None,
        closed_on: None,
        note: String::new(),
    }
}

fn request(pen: &mut Pen<'_>, case: &Case, day: Day) -> Request {
    Request {
        id: pen.row(),
        case_id: case.id.clone(),
        worker: case.worker.clone(),
        day,
        by: RequestBy::Paper,
        period_end: None,
        place: String::new(),
        wishes: String::new(),
        doctor: String::new(),
        own_seconds: None,
        withdrawn_on: None,
    }
}

fn interview(pen: &mut Pen<'_>, case: &Case) -> Interview {
    let day = pen.scene.ago(INTERVIEWED);
    Interview {
        id: pen.row(),
        case_id: case.id.clone(),
        worker: case.worker.clone(),
        day,
        time: "15:00".to_owned(),
        mode: Mode::InPerson,
        online_json: None,
        doctor: super::owner().name,
        work_situation: "担当が二つに増え、締切りが重なった。".to_owned(),
        work_factors: String::new(),
        fatigue_sheet_json: FatigueSheet::default(),
        family_answers: String::new(),
        condition_notes: String::new(),
        bsid_json: Vec::new(),
        blood_pressure_json: BloodPressure::default(),
        red_flags: String::new(),
        fatigue: Fatigue::None,
        condition: Condition::None,
        condition_text: String::new(),
        diagnosis: None,
        guidance_json: vec![Guidance::FollowUp],
        next_on: None,
        remarks: String::new(),
        fitness: Fitness::Normal,
        worker_view: "担当を一つに戻してほしい。".to_owned(),
        care: String::new(),
        workplace: "仕事の割当てを月ごとに見直すこと。".to_owned(),
        message: String::new(),
        completed_on: day,
    }
}
