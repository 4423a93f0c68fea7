//! Notices, requests, interviews and what was decided without one: the people above the lines.

use super::Pen;
use super::measures::{self, Asked};
use crate::demo::hours;
use crate::demo::part::Part;
use crate::demo::people::Person;
use crate::domain::case::{
    BasisKind, Case, CaseState, Certificate, Exclusion, ExclusionBasis, Ground, InformationItem, InterviewInformation,
    Notice, NoticeKind, Request, RequestBy,
};
use crate::domain::command::{Act, Command};
use crate::domain::interview::{
    Answer, BloodPressure, Condition, Fatigue, FatigueSheet, Fitness, Guidance, Interview, Mode,
};
use crate::domain::time::after_days;
use crate::domain::{Day, Id, Period};

pub(super) fn write(pen: &mut Pen<'_>) {
    notices(pen);
    for person in pen.scene.people {
        if let Some((part, worker)) = person.part.zip(pen.worker(person)) {
            play(pen, part, person, &worker);
        }
    }
}

/// The figure of a month that lies so near to 80 hours that it counts as above for the employer's list.
const NEAR_80: i64 = 80 * 60;

/// Minutes beyond 40 hours a week in the newest period, as the employer's list has them.
fn is_over_80(pen: &Pen<'_>, person: &Person, period: Period, age: usize) -> bool {
    let is_listed = person.works_in(period) && person.part.is_none_or(Part::has_hours);
    let frame = 40 * 60 * period.days() / 7;
    is_listed && hours::minutes(&pen.scene.seed, person, period, age) - frame > NEAR_80
}

/// The employer told the physician of everybody above 80 hours, and each of them but the unnoticed ones.
fn notices(pen: &mut Pen<'_>) {
    let Some(period) = pen.scene.periods.first().copied() else { return };
    let day = after_days(period.end, 9).min(pen.scene.today);
    let mut command = Command::new(Act::RecordNotice, None);
    if let Some(before) = pen.scene.periods.get(1).copied() {
        for person in pen.scene.people {
            let Some(worker) = pen.worker(person).filter(|_| is_over_80(pen, person, before, 1)) else { continue };
            command = command.put(notice(pen, NoticeKind::ToWorker, &worker, before, after_days(before.end, 9)));
        }
    }
    for person in pen.scene.people {
        let Some(worker) = pen.worker(person).filter(|_| is_over_80(pen, person, period, 0)) else { continue };
        command = command.put(notice(pen, NoticeKind::ToPhysician, &worker, period, day));
        if person.part != Some(Part::Unnoticed) {
            command = command.put(notice(pen, NoticeKind::ToWorker, &worker, period, day));
        }
        if person.part == Some(Part::Noticed) {
            let mut urging = notice(pen, NoticeKind::Urging, &worker, period, pen.scene.ago(4).max(day));
            urging.content = "勧めた\n前の月も長い\n考える".to_owned();
            command = command.put(urging);
        }
    }
    pen.say(command);
}

fn notice(pen: &mut Pen<'_>, kind: NoticeKind, worker: &Id, period: Period, day: Day) -> Notice {
    Notice { id: pen.row(), kind, worker: Some(worker.clone()), period_end: period.end, day, content: String::new() }
}

fn play(pen: &mut Pen<'_>, part: Part, person: &Person, worker: &Id) {
    let past = |days| Meeting { day: pen.scene.ago(days), fitness: Fitness::Normal, next_on: None, is_issued: true };
    match part {
        Part::Asked => ask(pen, worker, 0, 10, None),
        Part::AskedEarlier => ask(pen, worker, 1, 26, None),
        Part::Disputed => ask(pen, worker, 0, 12, Some(own_figure(person))),
        Part::Excluded => exclude(pen, worker),
        Part::Certified => certify(pen, worker),
        Part::Normal => meet(pen, worker, &past(200), None),
        Part::Opinion => meet(pen, worker, &Meeting { is_issued: false, ..past(8) }, None),
        Part::Again => meet(pen, worker, &Meeting { next_on: Some(pen.scene.ahead(12)), ..past(48) }, None),
        Part::Limited => {
            let limited = Meeting { fitness: Fitness::Limited, ..past(55) };
            meet(pen, worker, &limited, Some(measures::limit(&pen.scene)));
        }
        Part::Leave => {
            let leave = Meeting { fitness: Fitness::Leave, ..past(30) };
            meet(pen, worker, &leave, Some(measures::leave(&pen.scene)));
        }
        Part::Answering => {
            let open = Meeting { fitness: Fitness::Limited, ..past(24) };
            meet(pen, worker, &open, Some(measures::unanswered(&pen.scene)));
        }
        _ => {}
    }
}

/// The worker counts nine hours more than the employer, in seconds.
fn own_figure(person: &Person) -> i64 {
    let told = person.part.and_then(|part| part.overtime().first().copied()).unwrap_or(0);
    (told + 9 * 60 + 15) * 60
}

fn case(pen: &mut Pen<'_>, worker: &Id, opened_on: Day, state: CaseState) -> Case {
    let closed_on = (state == CaseState::Closed).then(|| after_days(opened_on, 13).min(pen.scene.today));
    Case {
        id: pen.next(crate::domain::Prefix::Case),
        worker: worker.clone(),
        ground: Ground::LongHours,
        state,
        opened_on,
        next_on: None,
        closed_on,
        note: String::new(),
    }
}

/// A request about the `age`-th newest period, `days` ago or as soon after the period as can be.
fn ask(pen: &mut Pen<'_>, worker: &Id, age: usize, days: u64, own_seconds: Option<i64>) {
    let Some(period) = pen.scene.periods.get(age).copied() else { return };
    let day = pen.scene.ago(days).max(after_days(period.end, 1));
    let mut case = case(pen, worker, day, CaseState::Open);
    "声に張りがない。家族の介護が始まったと本人から聞いた。".clone_into(&mut case.note);
    let mut request = request(pen, &case, day, Some(period));
    request.own_seconds = own_seconds;
    pen.say(Pen::about(Act::ReceiveRequest, worker).put(case).put(request));
}

fn request(pen: &mut Pen<'_>, case: &Case, day: Day, period: Option<Period>) -> Request {
    Request {
        id: pen.row(),
        case_id: case.id.clone(),
        worker: case.worker.clone(),
        day,
        by: RequestBy::Paper,
        period_end: period.map(|period| period.end),
        place: "会議室・午後".to_owned(),
        wishes: "上司に時間帯を知られない所で話したい。".to_owned(),
        doctor: String::new(),
        own_seconds: None,
        withdrawn_on: None,
    }
}

/// Seen shortly before the newest period ended, and found well (安衛則52条の2第1項ただし書).
fn exclude(pen: &mut Pen<'_>, worker: &Id) {
    let Some(period) = pen.scene.periods.first().copied() else { return };
    let day = period.end.checked_sub_days(chrono::Days::new(12)).unwrap_or(period.end);
    meet(pen, worker, &Meeting { day, fitness: Fitness::Normal, next_on: None, is_issued: true }, None);
    let exclusion = Exclusion {
        id: pen.row(),
        worker: worker.clone(),
        period,
        day: after_days(period.end, 8).min(pen.scene.today),
        interviewed_on: Some(day),
        grounds: "面接で疲労の蓄積は軽く、健診にも所見がない。".to_owned(),
        keeps_healthy: "月末の立会いを二人に分けた。睡眠は6時間以上を保つ。".to_owned(),
    };
    let mut command = Pen::about(Act::DecideExclusion, worker).put(exclusion.clone());
    for (kind, day) in [(BasisKind::RecentInterview, Some(day)), (BasisKind::Checkup, None)] {
        let (exclusion, worker) = (exclusion.id.clone(), worker.clone());
        let (doctor, records) = (String::new(), String::new());
        command = command.put(ExclusionBasis { id: pen.row(), exclusion, worker, kind, day, doctor, records });
    }
    pen.say(command);
}

/// Went to a doctor of the worker's own choice and handed in the paper (則52条の5); half of the information has come.
fn certify(pen: &mut Pen<'_>, worker: &Id) {
    let Some(period) = pen.scene.periods.first().copied() else { return };
    let received_on = pen.scene.ago(6).max(after_days(period.end, 1));
    let mut case = case(pen, worker, received_on, CaseState::Waiting);
    case.ground = Ground::OtherDoctor;
    let certificate = Certificate {
        id: pen.row(),
        case_id: case.id.clone(),
        worker: worker.clone(),
        period_end: Some(period.end),
        interviewed_on: pen.scene.ago(9).max(after_days(period.end, 1)).min(received_on),
        received_on,
        doctor: "見本 花子".to_owned(),
        fatigue: "疲労の蓄積が認められる。".to_owned(),
        condition: "睡眠が不足している。ほかに特記することはない。".to_owned(),
        care: "生活の指導が要る。".to_owned(),
        opinion_on: None,
        opinion: String::new(),
    };
    pen.say(Pen::about(Act::ReceiveCertificate, worker).put(case).put(certificate));
    information(pen, worker, period);
}

fn information(pen: &mut Pen<'_>, worker: &Id, period: Period) {
    let asked_on = Some(pen.scene.ago(5).max(after_days(period.end, 1)));
    let received_on = Some(pen.scene.ago(2).max(after_days(period.end, 1)));
    for (item, received_on) in [(InformationItem::NightWork, received_on), (InformationItem::Environment, None)] {
        let (worker, period_end) = (worker.clone(), period.end);
        let row =
            InterviewInformation { id: pen.row(), worker: worker.clone(), item, period_end, asked_on, received_on };
        pen.say(Pen::about(Act::ReceiveInformation, &worker).put(row));
    }
}

/// An interview that was held.
#[derive(Debug, Clone, Copy)]
struct Meeting {
    day: Day,
    fitness: Fitness,
    next_on: Option<Day>,
    is_issued: bool,
}

/// Request, interview, opinion and answer, each as its own command.
fn meet(pen: &mut Pen<'_>, worker: &Id, meeting: &Meeting, asked: Option<Asked>) {
    let requested = meeting.day.checked_sub_days(chrono::Days::new(10)).unwrap_or(meeting.day);
    let is_over = meeting.fitness == Fitness::Normal && meeting.next_on.is_none() && meeting.is_issued;
    let case = case(pen, worker, requested, if is_over { CaseState::Closed } else { CaseState::Waiting });
    let about = pen.scene.periods.iter().copied().find(|period| period.end < requested);
    let request = request(pen, &case, requested, about);
    pen.say(Pen::about(Act::ReceiveRequest, worker).put(case.clone()).put(request));
    let interview = interview(pen, &case, meeting);
    let mut done = Pen::about(Act::CompleteInterview, worker).put(interview.clone());
    let measure = asked.map(|asked| measures::measure(pen, &case, &interview, asked));
    if let Some(measure) = &measure {
        done = done.put(measure.clone());
    }
    pen.say(done);
    if meeting.is_issued {
        measures::issue(pen, &interview);
    }
    if let Some(measure) = measure {
        measures::answer(pen, measure, meeting.day);
    }
}

fn interview(pen: &mut Pen<'_>, case: &Case, meeting: &Meeting) -> Interview {
    let is_heavy = meeting.fitness != Fitness::Normal;
    let (worker_view, care) = match meeting.fitness {
        Fitness::Normal => ("このまま続けたい。", ""),
        Fitness::Limited => ("夜の立会いを減らしてほしい。", ""),
        Fitness::Leave => ("しばらく休みたい。", "主治医の受診に合わせて勤務を調整してください。"),
    };
    Interview {
        id: pen.row(),
        case_id: case.id.clone(),
        worker: case.worker.clone(),
        day: meeting.day,
        time: "14:20".to_owned(),
        mode: Mode::InPerson,
        online_json: None,
        doctor: super::owner().name,
        work_situation: "月の後半に試作の立会いが続いた。".to_owned(),
        work_factors: "通勤 片道55分。深夜業 月2回。".to_owned(),
        fatigue_sheet_json: fatigue_sheet(is_heavy),
        family_answers: String::new(),
        condition_notes: "寝つきは普通。食欲あり。".to_owned(),
        bsid_json: vec![Answer::No; 5],
        blood_pressure_json: BloodPressure { systolic: Some(128), diastolic: Some(82), ..BloodPressure::default() },
        red_flags: String::new(),
        fatigue: if is_heavy { Fatigue::Medium } else { Fatigue::Light },
        condition: Condition::None,
        condition_text: String::new(),
        diagnosis: None,
        guidance_json: vec![if is_heavy { Guidance::FollowUp } else { Guidance::None }],
        next_on: meeting.next_on,
        remarks: String::new(),
        fitness: meeting.fitness,
        worker_view: worker_view.to_owned(),
        care: care.to_owned(),
        workplace: String::new(),
        message: String::new(),
        completed_on: meeting.day,
    }
}

/// Points as they stand on the paper: 0 and 1, and a 3 for those who sleep badly.
fn fatigue_sheet(is_heavy: bool) -> FatigueSheet {
    let high = if is_heavy { 3 } else { 1 };
    let symptoms = [1, 0, 1, 0, high, 0, 1, 0, 0, high, 0, 1, 0, 0];
    let work = [high, 1, 0, 1, 0, 0, high, 0, 0, 1, 0, 0, 0];
    FatigueSheet {
        symptoms: symptoms.into_iter().map(Some).collect(),
        work: work.into_iter().map(Some).collect(),
        edition: "2023".to_owned(),
    }
}
