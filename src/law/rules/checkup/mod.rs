//! Checkups: the rules CHK-…, OMI-…, HR-…, OPN-…, REP-…, RS-… and SP-… of the records sheet, sections 1 to 5.
//!
//! The day of a rule about items is the day of the examination: catalogues change by that day. Omission is
//! a physician's recorded act for one person (告示88号); a rule only says where the criteria leave room for it.

pub mod due;
pub mod items;
pub mod omission;
pub mod opinion;
pub mod pneumoconiosis;
pub mod report;
pub mod reuse;
pub mod special;

use super::{Rule, Topic};
use crate::domain::{Day, time};
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::outcome::Outcome;

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Checkup, facts, parameters, evaluate }
}

/// 雇入時、定期、特定業務、海外派遣の派遣前と帰国後。
const EXAMS: &[&str] = &["hire", "periodic", "specified", "overseas_out", "overseas_back"];

/// The legal items of 安衛則44条1項 as they are examined, by the name of the fact `item`.
const ITEMS: &[&str] = &[
    "history",
    "symptoms",
    "height",
    "weight",
    "waist",
    "vision",
    "hearing",
    "xray",
    "sputum",
    "blood_pressure",
    "anemia",
    "liver",
    "lipid",
    "glucose",
    "urine_glucose",
    "urine_protein",
    "ecg",
];

const AGE: Fact = Fact::optional(
    "age",
    FactKind::Count,
    "年齢。既定は健診日の年齢（年度末の年齢を使う事業場はその年齢）。ないときは birth と day から計算",
);
const BIRTH: Fact = Fact::optional("birth", FactKind::Day, "生年月日（age がないとき）");

/// The age given, or the age on the day of the examination.
fn age(facts: &Facts, day: Day) -> Option<i64> {
    facts.count("age").or_else(|| facts.day("birth").map(|birth| i64::from(time::age(birth, day))))
}
