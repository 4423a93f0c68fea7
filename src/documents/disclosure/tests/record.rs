//! One invented record, owned, from which facts are lent.

use super::*;
use crate::domain::establishment::{Committee, ContactRole, Engagement};
use crate::domain::interview::{Answer, BloodPressure, Condition, Fatigue, FatigueSheet, Mode};
use crate::domain::stress::StressInterview;
use crate::domain::worker::Sex;
use crate::domain::{EstablishmentId, Id, Prefix};

/// Everything an opinion rests on.
#[derive(Debug, Clone)]
pub struct Record {
    pub establishment: Establishment,
    pub contacts: Vec<Contact>,
    pub worker: Worker,
    pub class: Class,
    pub is_dispatched: bool,
    pub interview: Interview,
    pub measures: Vec<Measure>,
    pub hours: Vec<String>,
    pub notes: Vec<String>,
    pub stress: Option<StressInterview>,
    pub doctor: Doctor,
}

impl Record {
    /// The record of the mockups: 92:30 in October, overtime limited, a night shift less.
    pub fn sample() -> Self {
        Self {
            establishment: establishment(),
            contacts: vec![contact()],
            worker: worker(),
            class: Class::General,
            is_dispatched: false,
            interview: interview(),
            measures: vec![measure(MeasureKind::OvertimeLimit, "40", ""), night_work()],
            hours: vec!["2026年10月（10月1日から10月31日）　時間外・休日労働 92:30".into()],
            notes: Vec::new(),
            stress: None,
            doctor: Doctor {
                name: "水野 遥".into(),
                affiliation: "水野産業医事務所".into(),
                registration: "第000000号".into(),
            },
        }
    }

    /// Lends the facts.
    pub fn facts<'a>(&'a self, notes: &'a [&'a str], released: &'a [Release]) -> OpinionFacts<'a> {
        OpinionFacts {
            establishment: &self.establishment,
            contacts: &self.contacts,
            worker: &self.worker,
            class: self.class,
            is_dispatched: self.is_dispatched,
            interview: &self.interview,
            measures: &self.measures,
            hours: &self.hours,
            notes,
            stress: self.stress.as_ref().map(|record| StressPart { record, result: None }),
            released,
            doctor: &self.doctor,
            day: day("2026-11-21"),
            number: "E01-2026-0001",
            version: 1,
            demo: false,
            fingerprint: "2E4A 91C7 0B35 D1F2 88A6 4C0E 73B9 5D10\n6F21 E8C4 A37D 9B02 15F6 C8E3 407A D9B1",
            audit_head: "E01 #000482 7f3a09c1",
        }
    }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn id(number: u32) -> Id {
    Id::new(&EstablishmentId::new(1), Prefix::Row, number)
}

pub fn establishment() -> Establishment {
    Establishment {
        name: "あかつき精機 本社工場".into(),
        short_name: "あかつき本社".into(),
        employer: "あかつき精機株式会社".into(),
        address: "架空県架空市1-1".into(),
        phone: "000-0000-0000".into(),
        industry: "製造業".into(),
        engagement: Engagement::PartTime,
        committee: Committee::Health,
        ..Establishment::new(EstablishmentId::new(1))
    }
}

fn contact() -> Contact {
    Contact {
        id: id(1),
        role: ContactRole::Personnel,
        name: "平林 誠".into(),
        department: "労務課".into(),
        phone: String::new(),
        mail: String::new(),
        is_emergency: false,
    }
}

fn worker() -> Worker {
    Worker {
        number: "10312".into(),
        name: "佐伯 美咲".into(),
        kana: "さえき みさき".into(),
        sex: Sex::Female,
        birth: Some(day("1984-05-02")),
        department: "製造技術課".into(),
        position: "主任".into(),
        ..Worker::new(Id::new(&EstablishmentId::new(1), Prefix::Worker, 12))
    }
}

fn interview() -> Interview {
    Interview {
        id: id(2),
        case_id: Id::new(&EstablishmentId::new(1), Prefix::Case, 1),
        worker: Id::new(&EstablishmentId::new(1), Prefix::Worker, 12),
        day: day("2026-11-20"),
        time: "14:20".into(),
        mode: Mode::InPerson,
        online_json: None,
        doctor: "水野 遥".into(),
        work_situation: String::new(),
        work_factors: "納期前の作業と、休日の呼出しが重なっています。".into(),
        fatigue_sheet_json: FatigueSheet {
            symptoms: vec![Some(1); 14],
            work: vec![Some(1); 13],
            edition: "2023".into(),
        },
        family_answers: String::new(),
        condition_notes: "通勤はバイク。".into(),
        bsid_json: vec![Answer::No, Answer::No],
        blood_pressure_json: BloodPressure { systolic: Some(148), diastolic: Some(92), ..BloodPressure::default() },
        red_flags: String::new(),
        fatigue: Fatigue::Medium,
        condition: Condition::Present,
        condition_text: "眠りが浅い状態が続いています。".into(),
        diagnosis: None,
        guidance_json: vec![Guidance::HealthGuidance, Guidance::Reinterview],
        next_on: Some(day("2026-12-18")),
        remarks: String::new(),
        fitness: Fitness::Limited,
        worker_view: String::new(),
        care: "通院日の勤務の調整".into(),
        workplace: "立上げ期の応援体制".into(),
        message: String::new(),
        completed_on: day("2026-11-20"),
    }
}

fn measure(kind: MeasureKind, amount: &str, content: &str) -> Measure {
    Measure {
        amount: amount.into(),
        content: content.into(),
        from: Some(day("2026-12-01")),
        until: Some(day("2027-02-28")),
        review_on: Some(day("2027-02-19")),
        ..Measure::new(
            id(3),
            Id::new(&EstablishmentId::new(1), Prefix::Case, 1),
            Id::new(&EstablishmentId::new(1), Prefix::Worker, 12),
            kind,
        )
    }
}

fn night_work() -> Measure {
    measure(MeasureKind::NightWork, "1", "夜間の呼出しを含みます。")
}
