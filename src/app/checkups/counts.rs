//! What the report of periodic checkups counts (安衛則52条1項六号から八号, REP-10 to REP-16): rows, persons, 指示.
//!
//! No law says what a finding is: the clinic's judgement of an item goes first, then what was settled in writing. A value
//! of which neither can tell is counted apart and never guessed.

use std::collections::HashMap;

use serde_json::json;

use super::lines::class_of;
use super::sugar;
use crate::app::Site;
use crate::domain::checkup::{
    Bound, Cell, Cells, CheckupKind, CheckupPolicy, CheckupSheet, FindingFrom, Instructed, Item, Judgement, Value,
};
use crate::domain::interview::Diagnosis;
use crate::domain::worker::{Checkup, Sex};
use crate::domain::{Day, Id};
use crate::labelled;
use crate::law::outcome::Conclusion;
use crate::law::{Law, rules};
use crate::scales::checkup::{Graded, Table, grade};

labelled! {
    /// A row of the report: 聴力 and the items 四 to 十一 of 安衛則44条1項, and no other (REP-11).
    ReportRow {
        Hearing1000 = "聴力検査（オージオメーター）1000Hz",
        Hearing4000 = "聴力検査（オージオメーター）4000Hz",
        HearingOther = "聴力検査（その他の方法）",
        Xray = "胸部エックス線検査",
        Sputum = "喀痰検査",
        Pressure = "血圧",
        Anaemia = "貧血検査",
        Liver = "肝機能検査",
        Lipid = "血中脂質検査",
        Glucose = "血糖検査",
        UrineGlucose = "尿検査（糖）",
        UrineProtein = "尿検査（蛋白）",
        Ecg = "心電図検査",
    }
}

impl ReportRow {
    /// The items of the row; any of them makes it performed, any with a finding makes it found (REP-13).
    pub const fn items(self) -> &'static [Item] {
        match self {
            Self::Hearing1000 => &[Item::Hearing1000Right, Item::Hearing1000Left],
            Self::Hearing4000 => &[Item::Hearing4000Right, Item::Hearing4000Left],
            Self::HearingOther => &[Item::HearingOther],
            Self::Xray => &[Item::ChestXray],
            Self::Sputum => &[Item::Sputum],
            Self::Pressure => &[Item::Systolic, Item::Diastolic],
            Self::Anaemia => &[Item::Haemoglobin, Item::RedCells],
            Self::Liver => &[Item::Ast, Item::Alt, Item::Ggt],
            Self::Lipid => &[
                Item::Ldl,
                Item::NonHdl,
                Item::Hdl,
                Item::TriglycerideFasting,
                Item::TriglycerideCasual,
                Item::Triglyceride,
            ],
            Self::Glucose => &[Item::GlucoseFasting, Item::GlucoseCasual, Item::Glucose, Item::HbA1c, Item::HbA1cJds],
            Self::UrineGlucose => &[Item::UrineGlucose],
            Self::UrineProtein => &[Item::UrineProtein],
            Self::Ecg => &[Item::Ecg],
        }
    }
}

/// What a row says of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Not examined, left out, not read.
    NotDone,
    /// Examined without a finding.
    Fine,
    /// Examined, and neither the clinic nor the table can tell.
    Unclear,
    /// Examined with a finding.
    Found,
}

/// One person's examination as it is counted.
#[derive(Debug, Clone, Copy)]
pub struct Examined<'a> {
    /// Head.
    pub checkup: &'a Checkup,
    /// Values.
    pub cells: &'a Cells,
    /// 性別
    pub sex: Sex,
    /// 診断区分 where the physician sees another than the clinic.
    pub diagnosis: Option<Diagnosis>,
}

/// What a person is counted by.
#[derive(Debug, Clone, Copy)]
pub struct Definition<'a> {
    /// The law, for the levels of hearing.
    pub law: &'a Law,
    /// The table for values that the clinic judged nowhere.
    pub table: &'a Table,
    /// From which class on.
    pub from: FindingFrom,
    /// 医師の指示人数
    pub instructed: Instructed,
}

/// A row as it is transcribed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    /// Which.
    pub row: ReportRow,
    /// 受診者数
    pub examined: usize,
    /// 異常所見者数
    pub found: usize,
    /// Among the examined: a word or a value of which it is not decided.
    pub unclear: usize,
}

/// The counts of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Persons, each once (REP-14).
    pub examined: usize,
    /// The rows, in the order of the report.
    pub rows: Vec<RowCount>,
    /// いずれかに異常所見のある者の数: distinct persons, not the sum (REP-10).
    pub with_finding: usize,
    /// 医師による指示のあった者の数 (REP-12).
    pub instructed: usize,
}

impl Definition<'_> {
    /// What each row says of this person, in the order of the report.
    pub fn standings(&self, person: &Examined<'_>) -> Vec<Standing> {
        let graded = grade(self.table, person.cells, person.sex);
        let row = |row: &ReportRow| {
            // CHK-20: a sample too soon after the meal stands on the sheet and is no examination of the blood sugar.
            if *row == ReportRow::Glucose && sugar::is_done(self.law, person.cells, person.checkup.day) == Some(false) {
                return Standing::NotDone;
            }
            let cells = person.cells.all().iter().filter(|cell| row.items().contains(&cell.item));
            cells.map(|cell| self.of_cell(&graded, cell, person.checkup.day)).max().unwrap_or(Standing::NotDone)
        };
        ReportRow::ALL.iter().map(row).collect()
    }

    fn of_cell(&self, graded: &[Graded], cell: &Cell, day: Day) -> Standing {
        if matches!(cell.value, Value::NotDone | Value::Doubtful(_)) {
            return Standing::NotDone;
        }
        if let Some(judgement) = cell.clinic() {
            return found(judgement >= self.judged_from());
        }
        match &cell.value {
            Value::Finding(is_found) => found(*is_found),
            Value::Number(bound, decimal) if cell.item.is_tone() => {
                self.of_tone(cell.item, *bound, decimal.units_at(0), day)
            }
            Value::Number(..) | Value::Sign(_) => self.by_table(graded, cell.item),
            _ => Standing::Unclear,
        }
    }

    const fn judged_from(&self) -> Judgement {
        match self.from {
            FindingFrom::Observe => Judgement::Observe,
            FindingFrom::Slight => Judgement::Slight,
        }
    }

    /// HR-02: the level of the periodic examination, each ear by itself.
    fn of_tone(&self, item: Item, bound: Bound, level: i64, day: Day) -> Standing {
        let frequency = if ReportRow::Hearing4000.items().contains(&item) { "4000" } else { "1000" };
        let facts = json!({ "frequency": frequency, "threshold_db": level });
        let outcome = rules::find("HR-02").and_then(|rule| self.law.assess(rule, day, &facts).ok());
        match (outcome.map(|outcome| outcome.outcome), bound) {
            (Some(Conclusion::Required), Bound::Exactly | Bound::AtLeast | Bound::Above) => Standing::Found,
            (Some(Conclusion::NotRequired), Bound::Exactly | Bound::AtMost | Bound::Below) => Standing::Fine,
            _ => Standing::Unclear,
        }
    }

    /// A class that is not decided on both sides of the line is unclear; an item without a class has no line.
    fn by_table(&self, graded: &[Graded], item: Item) -> Standing {
        let Some(grade) = class_of(graded, item) else { return Standing::Unclear };
        let from = match self.from {
            FindingFrom::Observe => 2,
            FindingFrom::Slight => 1,
        };
        match (self.table.weight(grade.low) >= from, self.table.weight(grade.high) >= from) {
            (true, true) => Standing::Found,
            (false, false) => Standing::Fine,
            _ => Standing::Unclear,
        }
    }

    /// Whether the person counts among 医師の指示人数.
    fn is_instructed(&self, person: &Examined<'_>, has_finding: bool) -> bool {
        let judged = match person.diagnosis {
            Some(Diagnosis::Treat) => Some(Judgement::Treat),
            Some(Diagnosis::Observe) => Some(Judgement::Observe),
            Some(Diagnosis::Normal) => Some(Judgement::Normal),
            None => Judgement::read(&person.checkup.judgement),
        };
        let is_told = judged == Some(Judgement::Treat);
        match self.instructed {
            Instructed::WithFinding => has_finding && is_told,
            Instructed::WithTreated => has_finding && (is_told || judged == Some(Judgement::UnderTreatment)),
            Instructed::Everybody => is_told,
        }
    }

    /// Counts these people, each of whom stands here once.
    pub fn count(&self, people: &[Examined<'_>]) -> Counts {
        let rows = ReportRow::ALL.iter().map(|row| RowCount { row: *row, examined: 0, found: 0, unclear: 0 });
        let mut counts = Counts { examined: people.len(), rows: rows.collect(), with_finding: 0, instructed: 0 };
        for person in people {
            let standings = self.standings(person);
            for (row, standing) in counts.rows.iter_mut().zip(&standings) {
                row.examined += usize::from(*standing != Standing::NotDone);
                row.found += usize::from(*standing == Standing::Found);
                row.unclear += usize::from(*standing == Standing::Unclear);
            }
            let has_finding = standings.contains(&Standing::Found);
            counts.with_finding += usize::from(has_finding);
            counts.instructed += usize::from(self.is_instructed(person, has_finding));
        }
        counts
    }
}

const fn found(is_found: bool) -> Standing {
    if is_found { Standing::Found } else { Standing::Fine }
}

/// Whose examinations a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported<'a> {
    /// Each person's newest examination of the period, with its sheet.
    pub people: Vec<(&'a Checkup, &'a CheckupSheet)>,
    /// Persons with a second examination in the period, of which the newest was taken (REP-14).
    pub doubled: usize,
    /// Examinations of the period without a sheet: what they were is not known here.
    pub unread: usize,
}

/// Chooses the examinations of 44条 and 45条 within `from` and `until`; those of hiring are not reported (REP-01).
pub fn reported<'a>(site: &'a Site, sheets: &'a [CheckupSheet], (from, until): (Day, Day)) -> Reported<'a> {
    let by_checkup: HashMap<&Id, &CheckupSheet> = sheets.iter().map(|sheet| (&sheet.checkup, sheet)).collect();
    let mut newest: HashMap<&Id, (&Checkup, &CheckupSheet)> = HashMap::new();
    let (mut doubled, mut unread) = (std::collections::HashSet::new(), 0);
    for checkup in site.checkups.iter().filter(|checkup| (from..=until).contains(&checkup.day)) {
        let Some(sheet) = by_checkup.get(&checkup.id).copied() else {
            unread += 1;
            continue;
        };
        if !matches!(sheet.kind, CheckupKind::Periodic | CheckupKind::Specified) {
            continue;
        }
        match newest.get_mut(&checkup.worker) {
            None => _ = newest.insert(&checkup.worker, (checkup, sheet)),
            Some(known) => {
                doubled.insert(&checkup.worker);
                if known.0.day < checkup.day {
                    *known = (checkup, sheet);
                }
            }
        }
    }
    let mut people: Vec<_> = newest.into_values().collect();
    people.sort_by(|one, other| one.0.worker.cmp(&other.0.worker));
    Reported { people, doubled: doubled.len(), unread }
}

/// What the establishment settled, or what holds until it does.
pub fn policy(site: &Site) -> CheckupPolicy {
    let settled = site.checkup_policies.first().cloned();
    settled.unwrap_or_else(|| CheckupPolicy::unsettled(site.next_id(crate::domain::Prefix::Row)))
}
