//! Who still lacks what: the next examination by its kind, legal items without a result, the opinion's deadline.
//!
//! Leaving an item out is a physician's recorded act for one person (安衛則44条2項): nothing here leaves anything out, and
//! what the facts cannot decide is named as open.

use std::collections::HashMap;

use chrono::Months;
use serde_json::{Map, Value as Json, json};

use super::counts::ReportRow;
use super::others::{self, Owed};
use super::{care, lines, queue, season, secondary, sugar};
use crate::app::Site;
use crate::domain::checkup::{
    CheckupFollow, CheckupKind, CheckupOmission, CheckupSheet, DustClass, FollowKind, Item, SpecialKind, Value,
    WorkplaceKind,
};
use crate::domain::command::{Act, Command};
use crate::domain::worker::{Checkup, FindingState, Worker};
use crate::domain::{Day, Id, Prefix};
use crate::law::facts::Facts;
use crate::law::outcome::Conclusion;
use crate::law::rules::checkup::omission;
use crate::law::{Deadline, Law, rules};
use crate::scales::checkup::{DEFAULT, table};

/// How far an examination counts as this season's.
const SEASON: Months = Months::new(12);

/// A legal item without a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The item, by the name that the rules give it.
    pub item: &'static str,
    /// The rule that spoke, such as OMI-03.
    pub rule: &'static str,
    /// Owed, or open to a physician's judgement, or not decided by what is known.
    pub state: GapState,
}

/// What the law says about an item without a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapState {
    /// It cannot be left out.
    Owed,
    /// The criteria leave room: a physician may leave it out for this person, and records it.
    Judgeable,
    /// A fact is missing.
    Open,
}

impl Gap {
    /// 項目名
    pub fn name(&self) -> &'static str {
        NAMES.iter().find(|(item, _)| *item == self.item).map_or(self.item, |(_, name)| name)
    }
}

/// The legal items in words.
const NAMES: [(&str, &str); 17] = [
    ("history", "既往歴・業務歴"),
    ("symptoms", "自覚・他覚症状"),
    ("height", "身長"),
    ("weight", "体重"),
    ("waist", "腹囲"),
    ("vision", "視力"),
    ("hearing", "聴力"),
    ("xray", "胸部X線"),
    ("sputum", "喀痰"),
    ("blood_pressure", "血圧"),
    ("anemia", "貧血"),
    ("liver", "肝機能"),
    ("lipid", "血中脂質"),
    ("glucose", "血糖"),
    ("urine_glucose", "尿糖"),
    ("urine_protein", "尿蛋白"),
    ("ecg", "心電図"),
];

/// Where one person stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Who.
    pub worker: Id,
    /// The newest examination, whatever its age.
    pub checkup: Option<Id>,
    /// Its day.
    pub last_on: Option<Day>,
    /// Which examination is owed next.
    pub kind: CheckupKind,
    /// Until when.
    pub due: Option<Deadline>,
    /// Legal items of the newest examination without a result.
    pub gaps: Vec<Gap>,
    /// Until when the opinion is to be heard, where it is open.
    pub opinion_due: Option<Deadline>,
    /// Recommended, and no result yet.
    pub open_follows: usize,
    /// What is owed beside the ordinary examination.
    pub others: Vec<Owed>,
    /// When the person was told of the result of the newest examination (OPN-12).
    pub result_told_on: Option<Day>,
    /// Whether the dated criterion puts the person on the list of those told in advance to apply.
    pub is_at_risk: bool,
    /// When they were told, after this examination.
    pub told_on: Option<Day>,
}

impl Lacking {
    /// Whether nobody examined the person in the last twelve months.
    pub fn is_unexamined(&self, today: Day) -> bool {
        let since = today.checked_sub_months(SEASON).unwrap_or(Day::MIN);
        self.last_on.is_none_or(|day| day <= since)
    }

    /// Whether there is anything to do.
    pub fn is_lacking(&self, today: Day) -> bool {
        let is_late = self.due.is_some_and(|due| due.last < today);
        let has_gaps = self.gaps.iter().any(|gap| gap.state != GapState::Open);
        let is_other_late = self.others.iter().any(|owed| owed.due.is_none_or(|due| due.last < today));
        let is_open = self.opinion_due.is_some() || self.open_follows > 0;
        self.is_unexamined(today) || is_late || has_gaps || is_open || is_other_late
    }

    /// Whether the person was examined, and nobody wrote down that they were told of the result.
    pub const fn is_untold(&self) -> bool {
        self.checkup.is_some() && self.result_told_on.is_none()
    }

    /// Whether the person is on the list and was not told yet.
    pub const fn waits_for_word(&self) -> bool {
        self.is_at_risk && self.told_on.is_none()
    }
}

/// Everybody employed, those who lack most first: not examined, then the nearest deadline of an opinion, then gaps.
pub fn lacking(law: &Law, site: &Site, sheets: &[CheckupSheet], today: Day) -> Vec<Lacking> {
    let sheets: HashMap<&Id, &CheckupSheet> = sheets.iter().map(|sheet| (&sheet.checkup, sheet)).collect();
    let newest = newest(site, today);
    let before = before(site, &newest);
    let others = by_worker(others::owed(law, site, today));
    let employed = site.workers.iter().filter(|worker| worker.is_employed_on(today));
    let mut people: Vec<Lacking> = employed
        .map(|worker| {
            let checkup = newest.get(&worker.id).copied();
            let sheet = checkup.and_then(|checkup| sheets.get(&checkup.id).copied());
            let prior = before.get(&worker.id).and_then(|checkup| sheets.get(&checkup.id).copied());
            let others = others.get(&worker.id).cloned().unwrap_or_default();
            let gaps = sheet.map(|sheet| gaps(law, site, worker, sheet, prior)).unwrap_or_default();
            Lacking { others, gaps, ..of_worker(law, site, worker, checkup, sheet, today) }
        })
        .collect();
    people.sort_by_cached_key(|one| {
        let opinion = one.opinion_due.map_or(Day::MAX, |due| due.last);
        (!one.is_unexamined(today), opinion, std::cmp::Reverse(one.gaps.len()), one.worker.clone())
    });
    people
}

/// The newest examination of everybody; a secondary one is none of them.
pub fn newest(site: &Site, today: Day) -> HashMap<&Id, &Checkup> {
    let secondary = secondary::heads(site);
    let mut newest: HashMap<&Id, &Checkup> = HashMap::new();
    let heads = site.checkups.iter().filter(|head| head.day <= today && !secondary.contains(&head.id));
    for checkup in heads {
        let known = newest.entry(&checkup.worker).or_insert(checkup);
        if known.day <= checkup.day {
            *known = checkup;
        }
    }
    newest
}

/// The ordinary examination before the newest one, of whoever does 特定業務: what was done then may be left out now
/// (安衛則45条2項).
fn before<'site>(site: &'site Site, newest: &HashMap<&Id, &Checkup>) -> HashMap<&'site Id, &'site Checkup> {
    let secondary = secondary::heads(site);
    let is_specified = |id: &Id| site.worker(id).is_some_and(|worker| !worker.special_work.trim().is_empty());
    let mut before: HashMap<&Id, &Checkup> = HashMap::new();
    for head in site.checkups.iter().filter(|head| !secondary.contains(&head.id)) {
        let is_earlier = newest.get(&head.worker).is_some_and(|newest| head.day < newest.day);
        if is_earlier && is_specified(&head.worker) {
            let known = before.entry(&head.worker).or_insert(head);
            if known.day < head.day {
                *known = head;
            }
        }
    }
    before
}

/// The examinations whose sheets [`lacking`] reads.
pub fn wanted(site: &Site, today: Day) -> Vec<Id> {
    let newest = newest(site, today);
    let before = before(site, &newest);
    newest.values().chain(before.values()).map(|checkup| checkup.id.clone()).collect()
}

fn by_worker(owed: Vec<Owed>) -> HashMap<Id, Vec<Owed>> {
    let mut found: HashMap<Id, Vec<Owed>> = HashMap::new();
    owed.into_iter().for_each(|one| found.entry(one.worker.clone()).or_default().push(one));
    found
}

fn of_worker(
    law: &Law,
    site: &Site,
    worker: &Worker,
    checkup: Option<&Checkup>,
    sheet: Option<&CheckupSheet>,
    today: Day,
) -> Lacking {
    let is_specified = !worker.special_work.trim().is_empty();
    let last_on = checkup.map(|checkup| checkup.day);
    let hired_on = owed_at_hiring(law, worker, last_on, today);
    let waits = checkup.filter(|row| row.finding == FindingState::Present && row.opinion_on.is_none());
    let is_open = |row: &&CheckupFollow| row.worker == worker.id && row.answered_on.is_none();
    Lacking {
        worker: worker.id.clone(),
        checkup: checkup.map(|checkup| checkup.id.clone()),
        last_on,
        kind: match (hired_on, is_specified) {
            (Some(_), _) => CheckupKind::Hire,
            (None, true) => CheckupKind::Specified,
            (None, false) => CheckupKind::Periodic,
        },
        due: hired_on
            .map(|day| Deadline::on(day, false))
            .or_else(|| last_on.and_then(|day| due(law, day, is_specified, today))),
        gaps: Vec::new(),
        opinion_due: waits.and_then(|checkup| queue::due(law, checkup)),
        open_follows: site.checkup_follows.iter().filter(is_open).count(),
        others: Vec::new(),
        result_told_on: checkup.and_then(|checkup| season::told_of(site, checkup)),
        is_at_risk: sheet.is_some_and(|sheet| is_at_risk(law, worker, sheet)),
        told_on: checkup.and_then(|checkup| {
            site.risk_notices.iter().filter(|row| row.checkup == checkup.id).map(|row| row.told_on).max()
        }),
    }
}

/// The day of hiring of somebody new whose examination at hiring is on no record (CHK-01): neither one since then, nor a
/// certificate that may stand for it (CHK-12). Who came longer ago is not asked for it any more.
fn owed_at_hiring(law: &Law, worker: &Worker, last_on: Option<Day>, today: Day) -> Option<Day> {
    let joined = worker.joined_on.filter(|joined| *joined <= today)?;
    let is_new = today.checked_sub_months(SEASON).is_some_and(|since| joined > since);
    let certified = |day: Day| {
        let facts = json!({ "examined_on": day.to_string(), "hired_on": joined.to_string() });
        let outcome = rules::find("CHK-12").and_then(|rule| law.assess(rule, joined, &facts).ok());
        outcome.is_some_and(|outcome| outcome.outcome == Conclusion::Allowed)
    };
    let is_done = last_on.is_some_and(|day| day >= joined || certified(day));
    let facts = json!({ "regular": true, "done": is_done });
    let outcome = law.assess(rules::find("CHK-01")?, joined, &facts).ok()?;
    (is_new && outcome.outcome == Conclusion::Required).then_some(joined)
}

fn is_at_risk(law: &Law, worker: &Worker, sheet: &CheckupSheet) -> bool {
    let lines = table(DEFAULT).map(|table| lines::lines(table, std::slice::from_ref(sheet), worker.sex));
    lines.is_some_and(|lines| care::is_at_risk(law, sheet.day, &lines))
}

fn due(law: &Law, last_on: Day, is_specified: bool, today: Day) -> Option<Deadline> {
    let (rule, facts) = match is_specified {
        true => ("CHK-03", json!({ "specified": true, "last_on": last_on.to_string() })),
        false => ("CHK-02", json!({ "regular": true, "last_on": last_on.to_string() })),
    };
    law.assess(rules::find(rule)?, today, &facts).ok()?.due
}

/// The items of this examination without a result and without a recorded omission, as the rules of its day see them.
fn gaps(law: &Law, site: &Site, worker: &Worker, sheet: &CheckupSheet, prior: Option<&CheckupSheet>) -> Vec<Gap> {
    let exam = match sheet.kind {
        CheckupKind::Hire => "hire",
        CheckupKind::Specified => "specified",
        CheckupKind::Overseas => "overseas_out",
        CheckupKind::Periodic => "periodic",
        _ => return Vec::new(),
    };
    let told = |done_before: Option<bool>| {
        let mut facts = facts(site, worker, sheet);
        facts.extend(done_before.map(|is_done| ("done_before".to_owned(), json!(is_done))));
        let facts = Facts::read(omission::WORKER_FACTS, &facts).ok();
        facts.map(|facts| omission::items(law, sheet.day, exam, &facts)).unwrap_or_default()
    };
    // OMI-09 asks of each item whether it was done the time before.
    let items = match prior.filter(|_| exam == "specified") {
        None => told(None),
        Some(prior) => {
            let both = told(Some(true)).into_iter().zip(told(Some(false)));
            both.map(|(done, undone)| if is_done(law, prior, done.0) { done } else { undone }).collect()
        }
    };
    let recorded = |item: &str| {
        site.checkup_omissions.iter().any(|omission| omission.checkup == sheet.checkup && omission.item == item)
    };
    let without = items.into_iter().filter(|(item, _)| !is_done(law, sheet, item) && !recorded(item));
    let gap = |(item, outcome): (&'static str, crate::law::outcome::Outcome)| {
        let state = match outcome.outcome {
            Conclusion::Required => GapState::Owed,
            Conclusion::Allowed => GapState::Judgeable,
            Conclusion::Unknown => GapState::Open,
            _ => return None,
        };
        Some(Gap { item, rule: outcome.rule, state })
    };
    without.filter_map(gap).collect()
}

/// What the records know about the person and the workplace; what nobody said is left open.
fn facts(site: &Site, worker: &Worker, sheet: &CheckupSheet) -> Map<String, Json> {
    let mut facts = Map::new();
    if let Some(kind) = season::workplace_on(site, sheet.day) {
        facts.insert("tb_workplace".to_owned(), json!(kind != WorkplaceKind::Other));
        facts.insert("dust_subject".to_owned(), json!(is_dust_subject(site, &worker.id, sheet.day)));
    }
    if let Some(birth) = worker.birth {
        facts.insert("birth".to_owned(), json!(birth.to_string()));
    }
    if let Some(height) = sheet.cells.number(Item::Height) {
        facts.insert("height_mm".to_owned(), json!(height.units_at(1)));
    }
    if let Some(weight) = sheet.cells.number(Item::Weight) {
        facts.insert("weight_g".to_owned(), json!(weight.units_at(3)));
    }
    if let Some(cell) = sheet.cells.get(Item::ChestXray) {
        facts.insert("no_lesion".to_owned(), json!(cell.value == Value::Finding(false)));
    }
    facts
}

/// Three-yearly subjects of じん肺法 are those of the first class; the others are X-rayed every year by that law.
fn is_dust_subject(site: &Site, worker: &Id, day: Day) -> bool {
    let duties = site.exam_duties.iter().filter(|duty| &duty.worker == worker && duty.exam == SpecialKind::Dust);
    duties.filter(|duty| duty.holds_on(day)).any(|duty| matches!(duty.dust_class, DustClass::None | DustClass::First))
}

/// Whether any value of the legal item came.
fn is_done(law: &Law, sheet: &CheckupSheet, item: &str) -> bool {
    let has = |items: &[Item]| {
        let mut cells = items.iter().filter_map(|item| sheet.cells.get(*item));
        cells.any(|cell| !matches!(cell.value, Value::NotDone | Value::Doubtful(_)))
    };
    match item {
        "history" => has(&[Item::History]),
        "symptoms" => has(&[Item::Symptoms, Item::Signs]),
        "height" => has(&[Item::Height]),
        "weight" => has(&[Item::Weight]),
        "waist" => has(&[Item::Waist]),
        "vision" => has(&[Item::VisionRight, Item::VisionLeft, Item::VisionRightCorrected, Item::VisionLeftCorrected]),
        "hearing" => has(&[Item::Hearing1000Right, Item::HearingOther]),
        "glucose" => {
            let is_late = sugar::is_done(law, &sheet.cells, sheet.day) != Some(false);
            is_late && has(ReportRow::Glucose.items())
        }
        item => of_report(item).is_none_or(|row| has(row.items())),
    }
}

fn of_report(item: &str) -> Option<ReportRow> {
    Some(match item {
        "xray" => ReportRow::Xray,
        "sputum" => ReportRow::Sputum,
        "blood_pressure" => ReportRow::Pressure,
        "anemia" => ReportRow::Anaemia,
        "liver" => ReportRow::Liver,
        "lipid" => ReportRow::Lipid,
        "urine_glucose" => ReportRow::UrineGlucose,
        "urine_protein" => ReportRow::UrineProtein,
        "ecg" => ReportRow::Ecg,
        _ => return None,
    })
}

/// Why an item is not left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OmissionFault {
    /// The rules leave no room for it, or a fact is missing.
    #[error("この項目は、この人には省略できる基準に当たりません。項目を確かめてください。")]
    NotJudgeable,
    /// OMI-11: the reason is missing.
    #[error("この人に必要でない理由がありません。理由を書いてください。")]
    NoReason,
    /// The physician's name is not set.
    #[error("認めた医師の氏名がありません。金庫の画面で自分の氏名を入れてください。")]
    NoName,
}

/// Records that a physician found an item unnecessary for this person, with the reason (OMI-11).
///
/// # Errors
/// [`OmissionFault`]; nothing is written then.
pub fn omit(
    site: &Site,
    person: &Lacking,
    gap: &Gap,
    reason: &str,
    doctor: &str,
    today: Day,
) -> Result<Command, OmissionFault> {
    if reason.trim().is_empty() {
        return Err(OmissionFault::NoReason);
    }
    if doctor.trim().is_empty() {
        return Err(OmissionFault::NoName);
    }
    let judged = person.checkup.clone().filter(|_| gap.state == GapState::Judgeable);
    let checkup = judged.ok_or(OmissionFault::NotJudgeable)?;
    Ok(Command::new(Act::OmitCheckupItem, person.worker.to_string()).put(CheckupOmission {
        id: site.next_id(Prefix::Row),
        checkup,
        worker: person.worker.clone(),
        item: gap.item.to_owned(),
        ground: gap.rule.to_owned(),
        reason: reason.trim().to_owned(),
        decided_by: doctor.trim().to_owned(),
        decided_on: today,
    }))
}

/// Records that a further examination was recommended to the person, or that the result of the open one came; none
/// without an examination. The words of a result are kept with consent only, so that this act holds its day alone.
pub fn follow(site: &Site, person: &Lacking, today: Day) -> Option<Command> {
    let command = Command::new(Act::FollowCheckup, person.worker.to_string());
    let open = site.checkup_follows.iter().find(|row| row.worker == person.worker && row.answered_on.is_none());
    if let Some(open) = open {
        return Some(command.put(CheckupFollow { answered_on: Some(today), ..open.clone() }));
    }
    Some(command.put(CheckupFollow {
        id: site.next_id(Prefix::Row),
        checkup: person.checkup.clone()?,
        worker: person.worker.clone(),
        kind: FollowKind::Detailed,
        advised_on: today,
        answered_on: None,
        result: String::new(),
        is_consented: false,
    }))
}

#[cfg(test)]
#[path = "lacking_tests.rs"]
mod tests;
