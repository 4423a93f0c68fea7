//! Visits, patrols and their findings, the employer's information, and what was promised.

use chrono::{Datelike, Months};

use super::Pen;
use crate::demo::people::first_of_month;
use crate::domain::command::{Act, Command};
use crate::domain::establishment::{Information, InformationKind, Plan, Promise, Visit};
use crate::domain::patrol::{Category, Finding, Mark, Patrol, PlaceMark, Severity};
use crate::domain::time::after_days;
use crate::domain::{Day, Id};

/// Months of patrols that are written down.
const MONTHS: u32 = 14;

pub(super) fn write(pen: &mut Pen<'_>) {
    let patrols = patrols(pen);
    findings(pen, &patrols);
    information(pen);
    visits(pen);
    promises(pen);
}

/// The day of the month on which each kind of establishment is visited.
const DAYS: [u32; 7] = [16, 4, 23, 10, 24, 12, 6];
/// Days until each kind's next visit; the first is today.
const NEXT: [u64; 7] = [0, 14, 7, 13, 5, 18, 55];

/// Patrols so far, oldest first.
fn patrols(pen: &mut Pen<'_>) -> Vec<Patrol> {
    let days: Vec<Day> =
        (0..=MONTHS).rev().filter(|back| is_patrolled(pen, *back)).filter_map(|back| day(pen, back)).collect();
    days.into_iter().map(|day| walk(pen, day)).collect()
}

fn day(pen: &Pen<'_>, back: u32) -> Option<Day> {
    let month = first_of_month(pen.scene.today).checked_sub_months(Months::new(back))?;
    let usual = DAYS.get(pen.scene.kind()).copied().unwrap_or(16);
    let day = super::workday_until(month.with_day(usual + month.month() % 4)?);
    let is_served = pen.site.establishment.contract_from.is_none_or(|from| from <= day);
    (day < pen.scene.today && is_served).then_some(day)
}

/// Every month; every second where that is agreed; one month was missed at the fifth kind, and twice a year at the small one.
fn is_patrolled(pen: &Pen<'_>, back: u32) -> bool {
    match pen.scene.kind() {
        0 => back > 0,
        2 | 3 => back % 2 == 1,
        4 => back != 5,
        6 => back % 6 == 2,
        _ => true,
    }
}

/// A patrol with its visit and its marks; findings come later and mark their own category.
fn walk(pen: &mut Pen<'_>, day: Day) -> Patrol {
    let patrol = Patrol {
        id: pen.row(),
        day,
        starts: "13:10".to_owned(),
        companions: "衛生管理者 野々村 拓".to_owned(),
        completed_on: Some(day),
        private_remark: String::new(),
    };
    let mut command = Pen::about(Act::CompletePatrol, &patrol.id).put(patrol.clone());
    let places: Vec<Id> = pen.site.places.iter().map(|place| place.id.clone()).collect();
    for place in places {
        for category in [Category::Environment, Category::Work, Category::Rest] {
            let (id, patrol, place) = (pen.row(), patrol.id.clone(), place.clone());
            command = command.put(PlaceMark { id, patrol, place, category, mark: Mark::Good });
        }
    }
    let visit = Visit {
        id: pen.row(),
        day,
        starts: "13:00".to_owned(),
        ends: "15:00".to_owned(),
        closed_on: Some(day),
        summary: "巡視と相談。".to_owned(),
    };
    pen.say(command.put(visit));
    patrol
}

/// A finding as the demo tells it: how many patrols ago, where, what, and what became of it.
struct Told {
    kind: usize,
    back: usize,
    place: usize,
    category: Category,
    severity: Severity,
    content: &'static str,
    opinion: &'static str,
    measure: &'static str,
    /// Days from today to the due day.
    due: i64,
    /// What the employer answered, sixteen days ago.
    answer: &'static str,
    is_closed: bool,
}

const TOLD: [Told; 8] = [
    Told {
        kind: 0,
        back: 1,
        place: 0,
        category: Category::Passage,
        severity: Severity::Urgent,
        content: "溶解炉前の通路に台車 2台。避難の幅が50cmしかない。",
        opinion: "台車の置き場を決め、床に表示してください。",
        measure: "台車を退避場所へ移し、区画線の内を空けた。",
        due: -14,
        answer: "",
        is_closed: false,
    },
    Told {
        kind: 0,
        back: 1,
        place: 1,
        category: Category::Emergency,
        severity: Severity::Soon,
        content: "洗眼器の水量不足。",
        opinion: "元栓と配管を点検してください。",
        measure: "",
        due: 0,
        answer: "配管を交換した。",
        is_closed: false,
    },
    Told {
        kind: 0,
        back: 2,
        place: 2,
        category: Category::Emergency,
        severity: Severity::Improve,
        content: "消火器の前に資材。",
        opinion: "資材を移してください。",
        measure: "",
        due: -40,
        answer: "資材を移した。",
        is_closed: true,
    },
    Told {
        kind: 1,
        back: 1,
        place: 0,
        category: Category::Passage,
        severity: Severity::Soon,
        content: "通路の荷が腰の高さを超える。",
        opinion: "積む高さの上限を線で示してください。",
        measure: "",
        due: -2,
        answer: "",
        is_closed: false,
    },
    Told {
        kind: 2,
        back: 0,
        place: 0,
        category: Category::Work,
        severity: Severity::Improve,
        content: "加熱室の休憩の間隔が長い。",
        opinion: "夏は1時間に10分の休みを入れてください。",
        measure: "",
        due: 12,
        answer: "",
        is_closed: false,
    },
    Told {
        kind: 3,
        back: 0,
        place: 0,
        category: Category::Display,
        severity: Severity::Improve,
        content: "画面への映り込みが強い席がある。",
        opinion: "席の向きを変えるか、ブラインドを下ろしてください。",
        measure: "",
        due: 4,
        answer: "席の向きを変えた。",
        is_closed: false,
    },
    Told {
        kind: 4,
        back: 1,
        place: 3,
        category: Category::Rest,
        severity: Severity::Improve,
        content: "仮眠室の寝具が人数分ない。",
        opinion: "人数分を備えてください。",
        measure: "",
        due: -20,
        answer: "寝具を足した。",
        is_closed: true,
    },
    Told {
        kind: 5,
        back: 0,
        place: 2,
        category: Category::Chemicals,
        severity: Severity::Soon,
        content: "薬品庫の表示が旧い名のまま。",
        opinion: "表示を今の名に替えてください。",
        measure: "",
        due: 19,
        answer: "",
        is_closed: false,
    },
];

fn findings(pen: &mut Pen<'_>, patrols: &[Patrol]) {
    let kind = pen.scene.kind();
    for told in TOLD.iter().filter(|told| told.kind == kind) {
        let Some(index) = patrols.len().checked_sub(told.back + 1) else { continue };
        let later = patrols.get(index + 1);
        let (Some(patrol), Some(place)) = (patrols.get(index), pen.site.places.get(told.place)) else { continue };
        let place = place.id.clone();
        let mark = PlaceMark {
            id: pen.row(),
            patrol: patrol.id.clone(),
            place: place.clone(),
            category: told.category,
            mark: Mark::Finding,
        };
        let finding = finding(pen, told, patrol, place);
        pen.say(Pen::about(Act::RecordFinding, &finding.id).put(mark).put(finding.clone()));
        if let Some(later) = later.filter(|_| told.is_closed) {
            let closed = Finding { closed_on: Some(later.day), closed_by: Some(later.id.clone()), ..finding };
            pen.say(Pen::about(Act::CloseFinding, &closed.id).put(closed.clone()));
        }
    }
}

fn finding(pen: &mut Pen<'_>, told: &Told, patrol: &Patrol, place: Id) -> Finding {
    let is_answered = !told.answer.is_empty();
    let due = pen.scene.today.checked_add_signed(chrono::TimeDelta::days(told.due));
    Finding {
        content: told.content.to_owned(),
        severity: told.severity,
        measure: told.measure.to_owned(),
        measure_at: if told.measure.is_empty() { String::new() } else { "13:32".to_owned() },
        opinion: told.opinion.to_owned(),
        due: due.map(|due| due.max(after_days(patrol.day, 1))),
        owner: "担当課長".to_owned(),
        answered_on: is_answered.then(|| pen.scene.ago(9).max(after_days(patrol.day, 3)).min(pen.scene.today)),
        answer: told.answer.to_owned(),
        ..Finding::new(pen.row(), patrol.id.clone(), place, told.category)
    }
}

/// What keeps the two-monthly rhythm: it came for every month but, at the third kind, this one.
fn information(pen: &mut Pen<'_>) {
    if pen.scene.company.rhythm != 2 {
        return;
    }
    let mut command = Command::new(Act::ReceiveInformation, None);
    for back in (0..=MONTHS).rev() {
        let Some(about) = first_of_month(pen.scene.today).checked_sub_months(Months::new(back)) else { continue };
        for kind in [InformationKind::ManagerRound, InformationKind::CommitteeAgreed] {
            let is_late = back == 0 && kind == InformationKind::ManagerRound && pen.scene.kind() == 2;
            let asked_on = if is_late { pen.scene.ago(7) } else { about };
            let received_on = (!is_late).then(|| after_days(about, 9).min(pen.scene.today));
            let content = if is_late { "" } else { "変わりなし。" }.to_owned();
            let id = pen.row();
            command = command.put(Information { id, kind, about, asked_on: Some(asked_on), received_on, content });
        }
    }
    pen.say(command);
}

/// The next visit of every establishment.
fn visits(pen: &mut Pen<'_>) {
    let days = NEXT.get(pen.scene.kind()).copied().unwrap_or(20);
    // Above seven establishments nobody is at two of them at one time.
    let round = u64::try_from(pen.scene.index() / super::super::company::COMPANIES.len()).unwrap_or(0);
    let visit = Visit {
        id: pen.row(),
        day: super::workday_from(pen.scene.ahead(days + round), pen.scene.today),
        starts: "13:00".to_owned(),
        ends: "15:00".to_owned(),
        closed_on: None,
        summary: String::new(),
    };
    pen.say(Command::new(Act::Visit, None).put(visit));
}

/// Kind of establishment, days from today, occasion, words.
const PROMISES: [(usize, i64, &str, &str); 5] = [
    (0, 28, "委員会", "ノー残業日の案に意見を返す"),
    (0, 0, "巡視", "休憩室の騒音を測った結果を見る"),
    (2, -3, "委員会", "夏の休憩の取り方の資料を渡す"),
    (3, 20, "面談", "睡眠の講話の日を決める"),
    (5, 4, "委員会", "委員会の議題と資料を送る"),
];

fn promises(pen: &mut Pen<'_>) {
    let kind = pen.scene.kind();
    for (_, days, occasion, content) in PROMISES.iter().filter(|promise| promise.0 == kind) {
        let due = pen.scene.today.checked_add_signed(chrono::TimeDelta::days(*days)).unwrap_or(pen.scene.today);
        let promise = Promise {
            id: pen.row(),
            made_on: pen.scene.ago(35),
            occasion: (*occasion).to_owned(),
            content: (*content).to_owned(),
            due: Some(due),
            kept_on: None,
        };
        let key = format!("約束/{}/{due}", promise.id);
        pen.say(Pen::about(Act::Promise, &promise.id).put(promise));
        plan(pen, key);
    }
}

/// One promise is planned for a visit, one is put off.
fn plan(pen: &mut Pen<'_>, item: String) {
    let (scheduled_for, snoozed_until, reason) = match pen.scene.kind() {
        5 => (Some(pen.scene.ahead(3)), None, ""),
        3 => (None, Some(pen.scene.ahead(10)), "先方の予定が決まってから"),
        _ => return,
    };
    let plan = Plan { id: pen.row(), item, scheduled_for, snoozed_until, reason: reason.to_owned(), done_on: None };
    pen.say(Command::new(Act::Plan, None).put(plan));
}
