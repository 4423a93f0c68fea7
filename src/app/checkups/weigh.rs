//! How heavy a sheet weighs, and what speaks up beside it: prompts, never decisions.

use super::lines::{Line, lines, summary};
use crate::app::flags::WorkerFlags;
use crate::domain::Id;
use crate::domain::checkup::{CheckupSheet, Item, Judgement};
use crate::domain::worker::{Checkup, FindingState, Sex};
use crate::labelled;
use crate::law::means::MeanFlag;
use crate::scales::checkup::{Table, grade, table};

labelled! {
    /// What holds a person out of any batch.
    Prompt {
        Urgent = "緊急の値",
        Consider = "就業の検討値",
        Secondary = "二次健診給付",
        Hours = "残業",
        Doubtful = "読み取りの確認",
        Unread = "結果待ち",
    }
}

/// Consideration values for work limitation (Delphi, 2016).
pub const CONSIDER: &str = "delphi-2016";

/// Where one examination stands before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The examination.
    pub checkup: Id,
    /// Whose.
    pub worker: Id,
    /// What is to be seen first has the higher one.
    pub weight: u32,
    /// Nothing beyond a slight deviation, by the table and by the clinic.
    pub is_quiet: bool,
    /// What speaks up.
    pub prompts: Vec<Prompt>,
    /// The heaviest values, for a list.
    pub told: String,
}

/// What the weighing goes by.
#[derive(Debug, Clone, Copy)]
pub struct Measures<'a> {
    /// The reference table.
    pub table: &'a Table,
    /// The list of urgent values; none until the physician turns it on.
    pub urgent: Option<&'a Table>,
}

/// Weighs one examination; without a sheet it waits for its result.
pub fn weigh(
    measures: Measures<'_>,
    checkup: &Checkup,
    sheet: Option<&CheckupSheet>,
    sex: Sex,
    flags: Option<&WorkerFlags>,
) -> Standing {
    let sheets = sheet.map(std::slice::from_ref).unwrap_or_default();
    let lines = lines(measures.table, sheets, sex);
    let mut prompts = prompts(measures, sheet, &lines, sex);
    prompts.extend(flags.is_some_and(is_long).then_some(Prompt::Hours));
    prompts.sort_unstable();
    let is_light = lines.iter().all(|line| line.is_quiet() && !is_heavy(&line.clinic));
    let is_quiet = is_light && is_clinic_quiet(checkup, sheet);
    let told = if lines.is_empty() { checkup.summary.clone() } else { summary(&lines) };
    let weight = weight(&lines, &prompts, checkup);
    Standing { checkup: checkup.id.clone(), worker: checkup.worker.clone(), weight, is_quiet, prompts, told }
}

fn is_heavy(clinic: &str) -> bool {
    Judgement::read(clinic).is_some_and(|judgement| judgement >= Judgement::Observe)
}

/// The clinic's overall word; a finding whose judgement is not known is not quiet.
fn is_clinic_quiet(checkup: &Checkup, sheet: Option<&CheckupSheet>) -> bool {
    let text = sheet.map_or(checkup.judgement.as_str(), |sheet| sheet.clinic_text.as_str());
    match Judgement::read(text).or_else(|| Judgement::read(&checkup.judgement)) {
        Some(judgement) => judgement <= Judgement::Slight,
        None => checkup.finding == FindingState::None,
    }
}

fn is_long(flags: &WorkerFlags) -> bool {
    flags.may_be_over_80() || matches!(flags.mean, MeanFlag::Over(_))
}

fn prompts(measures: Measures<'_>, sheet: Option<&CheckupSheet>, lines: &[Line], sex: Sex) -> Vec<Prompt> {
    let Some(sheet) = sheet else { return vec![Prompt::Unread] };
    let meets = |table: Option<&Table>| table.is_some_and(|table| !grade(table, &sheet.cells, sex).is_empty());
    let found = [
        (Prompt::Urgent, meets(measures.urgent)),
        (Prompt::Consider, meets(table(CONSIDER))),
        (Prompt::Secondary, is_secondary(lines)),
        (Prompt::Doubtful, sheet.cells.doubtful().next().is_some()),
        (Prompt::Unread, sheet.cells.is_empty()),
    ];
    found.into_iter().filter(|(_, is_met)| *is_met).map(|(prompt, _)| prompt).collect()
}

/// The four of 二次健康診断等給付 (労災保険法26条): blood pressure, lipids, glucose, and waist or BMI.
const FOUR: [&[Item]; 4] = [
    &[Item::Systolic],
    &[Item::Hdl, Item::Ldl, Item::TriglycerideFasting, Item::TriglycerideCasual, Item::Triglyceride],
    &[Item::GlucoseFasting, Item::GlucoseCasual, Item::Glucose, Item::HbA1c, Item::HbA1cJds],
    &[Item::Waist, Item::Bmi],
];

/// Their names as facts of the rules.
pub const FINDINGS: [&str; 4] = ["pressure", "lipid", "glucose", "body"];

/// A candidate, no more: the law has no numbers, the clinic's judgement of the item goes before the table.
pub fn is_secondary(lines: &[Line]) -> bool {
    findings(lines).iter().all(|is_found| *is_found)
}

/// Which of the four have a finding, in the order of [`FINDINGS`].
pub fn findings(lines: &[Line]) -> [bool; 4] {
    let is_found = |line: &&Line| match Judgement::read(&line.clinic) {
        Some(judgement) => judgement >= Judgement::Slight,
        None => line.weight > 0,
    };
    FOUR.map(|items| lines.iter().filter(|line| items.contains(&line.item)).any(|line| is_found(&line)))
}

/// Only for the order: what may be urgent first, then the classes, then their number; a missing result comes last.
fn weight(lines: &[Line], prompts: &[Prompt], checkup: &Checkup) -> u32 {
    let spoken: u32 = prompts
        .iter()
        .map(|prompt| match prompt {
            Prompt::Urgent => 100_000,
            Prompt::Consider => 50_000,
            Prompt::Secondary => 300,
            Prompt::Hours => 200,
            Prompt::Doubtful => 150,
            Prompt::Unread => 0,
        })
        .sum();
    let worst = lines.iter().map(|line| u32::from(line.weight)).max().unwrap_or(0);
    let heavy = lines.iter().filter(|line| line.weight > 1).count();
    let clinic = if is_heavy(&checkup.judgement) { 500 } else { 0 };
    if lines.is_empty() { 0 } else { 1 + spoken + worst * 1000 + clinic + 10 * u32::try_from(heavy).unwrap_or(0) }
}
