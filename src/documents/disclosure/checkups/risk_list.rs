//! 申出を勧める人の一覧: the physician's own paper, as the list on the screen. Nobody else is given it, and it says so.

use crate::documents::disclosure::parts;
use crate::documents::form;
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::Day;
use crate::domain::establishment::Establishment;
use crate::domain::worker::Worker;

/// Somebody whom the dated criterion names.
#[derive(Debug, Clone, Copy)]
pub struct AtRisk<'a> {
    /// Who.
    pub worker: &'a Worker,
    /// 健診日
    pub examined_on: Day,
    /// When they were told in advance to apply, after this examination.
    pub told_on: Option<Day>,
}

/// What the list is made from: names and days, no value and no finding.
#[derive(Debug, Clone, Copy)]
pub struct RiskListFacts<'a> {
    /// The establishment.
    pub establishment: &'a Establishment,
    /// Its people in the order of the screen.
    pub people: &'a [AtRisk<'a>],
    /// The criterion in words, with 未確認 where it was not verified.
    pub criterion: &'a str,
    /// The day of print.
    pub day: Day,
    /// Number of the paper.
    pub number: &'a str,
    /// Whether the data are invented.
    pub demo: bool,
}

/// Builds the list.
pub fn risk_list(facts: &RiskListFacts<'_>) -> Disclosed {
    Disclosed {
        form: "checkup_risk_list".to_owned(),
        title: form("checkup_risk_list").map(|form| form.title.to_owned()).unwrap_or_default(),
        number: facts.number.to_owned(),
        recipient: "産業医だけ".to_owned(),
        demo: facts.demo,
        sections: vec![head(facts), people(facts)],
        notes: vec![
            "この紙は産業医の控えです。会社へは渡しません。名前があることだけで健康の情報になります。".to_owned(),
            "申し出るかどうかは本人が決めます。伝えたら、日と方法を記録してください。".to_owned(),
        ],
        place_date: parts::date(facts.day),
        ..Disclosed::default()
    }
}

fn head(facts: &RiskListFacts<'_>) -> Section {
    let waiting = facts.people.iter().filter(|one| one.told_on.is_none()).count();
    let rows = vec![
        Row::half("事業場", &facts.establishment.name),
        Row::half("人数", format!("{}名（伝えていない人 {waiting}名）", facts.people.len())),
        Row::text("基準", facts.criterion),
    ];
    Section { rows, ..Section::default() }
}

fn people(facts: &RiskListFacts<'_>) -> Section {
    let heading = "申出を前もって勧める人".to_owned();
    if facts.people.is_empty() {
        return Section { heading, rows: vec![Row::text("該当", "いません")], ..Section::default() };
    }
    let rows = facts.people.iter().map(line).collect();
    let head = ["所属", "氏名", "健診日", "伝えた日", "メモ"].map(str::to_owned).to_vec();
    let table = Table { head, widths: vec![4, 5, 4, 4, 7], rows, blank_rows: 0 };
    Section { heading, table: Some(table), ..Section::default() }
}

fn line(one: &AtRisk<'_>) -> Vec<String> {
    vec![
        one.worker.department.clone(),
        one.worker.name.clone(),
        one.examined_on.to_string(),
        one.told_on.map_or_else(|| "まだ".to_owned(), |day| day.to_string()),
        String::new(),
    ]
}
