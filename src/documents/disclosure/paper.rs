//! The paper sheets of a visit: the patrol sheet (職場巡視票) and the brief (訪問の要点).
//!
//! The patrol sheet is carried through the workplace beside companions: it names places and findings, no worker
//! and no private remark. The brief is the physician's alone and says so.

use chrono::NaiveDate;

use super::parts;
use crate::documents::form;
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::establishment::{Establishment, Information, Promise, Visit};
use crate::domain::patrol::{Category, Finding, Mark, Patrol, Place};
use crate::domain::{Day, Id};

/// Empty table rows for findings that belong to no place on the sheet.
const SPARE_ROWS: u8 = 2;
/// Ruled lines for handwriting on the brief.
const NOTE_LINES: u8 = 6;
/// And on the sheet, whose checklists have room of their own.
const SHEET_LINES: u8 = 4;

/// What a patrol sheet is made from.
#[derive(Debug, Clone, Copy)]
pub struct PatrolSheetFacts<'a> {
    /// The establishment.
    pub establishment: &'a Establishment,
    /// The day of the walk.
    pub day: Day,
    /// Its places; retired ones are left out.
    pub places: &'a [Place],
    /// Earlier patrols, for the day of each finding and of the last walk.
    pub patrols: &'a [Patrol],
    /// Findings; closed ones are left out.
    pub findings: &'a [Finding],
    /// Number of the document.
    pub number: &'a str,
    /// Whether the data are invented.
    pub demo: bool,
}

/// Builds the sheet that is taken along on a patrol (安衛則15条).
pub fn patrol_sheet(facts: &PatrolSheetFacts<'_>) -> Disclosed {
    Disclosed {
        number: facts.number.to_owned(),
        demo: facts.demo,
        sections: std::iter::once(walk(facts))
            .chain([Section { heading: "前回までの指摘".to_owned(), ..open_findings(facts, "今日の状態") }])
            .chain(checklists(facts))
            .chain([Section {
                heading: "気付いたこと".to_owned(), blank_lines: SHEET_LINES, ..Section::default()
            }])
            .collect(),
        ..titled("patrol_sheet", "現場記入用")
    }
}

fn titled(name: &str, recipient: &str) -> Disclosed {
    Disclosed {
        form: name.to_owned(),
        title: form(name).map(|form| form.title.to_owned()).unwrap_or_default(),
        recipient: recipient.to_owned(),
        ..Disclosed::default()
    }
}

fn walk(facts: &PatrolSheetFacts<'_>) -> Section {
    let before = facts.patrols.iter().map(|patrol| patrol.day).filter(|day| *day < facts.day).max();
    let rows = vec![
        Row::half("事業場", &facts.establishment.name),
        Row::half("巡視日", parts::date(facts.day)),
        Row::half("前回", before.map(parts::date).unwrap_or_default()),
        Row::half("開始時刻", ""),
        Row::text("同行者", ""),
    ];
    Section { rows, ..Section::default() }
}

fn open_findings(facts: &PatrolSheetFacts<'_>, last_column: &str) -> Section {
    let rows: Vec<Vec<String>> =
        facts.findings.iter().filter(|f| f.closed_on.is_none()).map(|f| line(facts, f)).collect();
    if rows.is_empty() {
        return Section { rows: vec![Row::text("指摘", "ありません")], ..Section::default() };
    }
    let head = ["指摘日", "場所", "指摘", "期限", "会社の回答", last_column].map(str::to_owned).to_vec();
    Section { table: Some(Table { head, widths: vec![3, 3, 6, 3, 4, 4], rows, blank_rows: 0 }), ..Section::default() }
}

/// What was reported to the employer; 担当 may name a person and stays.
fn line(facts: &PatrolSheetFacts<'_>, finding: &Finding) -> Vec<String> {
    let found_on = facts.patrols.iter().find(|patrol| patrol.id == finding.patrol).map(|patrol| patrol.day);
    let answer = finding.answered_on.map(|day| format!("{}　{}", month_and_day(day), finding.answer.trim()));
    vec![
        found_on.map(month_and_day).unwrap_or_default(),
        place_name(facts.places, &finding.place),
        format!("{}（{}）", finding.content.trim(), finding.severity.label()),
        finding.due.map(month_and_day).unwrap_or_default(),
        answer.unwrap_or_default(),
        String::new(),
    ]
}

fn place_name(places: &[Place], id: &Id) -> String {
    places.iter().find(|place| place.id == *id).map(|place| place.name.clone()).unwrap_or_default()
}

/// The checklist of each place in the order of the walk, and room for what belongs to none of them.
fn checklists(facts: &PatrolSheetFacts<'_>) -> Vec<Section> {
    let mut places: Vec<&Place> =
        facts.places.iter().filter(|place| place.retired_on.is_none_or(|day| day > facts.day)).collect();
    places.sort_by_key(|place| place.position);
    let mut lists: Vec<Section> = places.into_iter().map(checklist).collect();
    let head = ["場所", "区分", "所見"].map(str::to_owned).to_vec();
    let table = Table { head, widths: vec![5, 4, 12], rows: Vec::new(), blank_rows: SPARE_ROWS };
    lists.push(Section { heading: "ほかの場所".to_owned(), table: Some(table), ..Section::default() });
    lists
}

fn checklist(place: &Place) -> Section {
    let marks = Mark::ALL.iter().map(|mark| mark.label()).collect::<Vec<_>>().join("・");
    let row = |category: &Category| vec![category.label().to_owned(), marks.clone(), String::new()];
    let table = Table {
        head: ["区分", "結果", "所見"].map(str::to_owned).to_vec(),
        widths: vec![5, 4, 12],
        rows: Category::ALL.iter().map(row).collect(),
        blank_rows: 0,
    };
    Section { heading: format!("点検　{}", place.name), table: Some(table), ..Section::default() }
}

fn month_and_day(day: Day) -> String {
    day.format("%m-%d").to_string()
}

/// A line of the worklist, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefTask {
    /// `あと  5日`
    pub urgency: String,
    /// What is to be done.
    pub task: String,
    /// For whom.
    pub whom: String,
    /// Why, in a line.
    pub reason: String,
}

/// What a brief is made from.
#[derive(Debug, Clone, Copy)]
pub struct BriefFacts<'a> {
    /// Establishment, day, places, patrols and findings, as for the patrol sheet.
    pub site: PatrolSheetFacts<'a>,
    /// The visit that is planned.
    pub visit: Option<&'a Visit>,
    /// The visit before.
    pub previous: Option<&'a Visit>,
    /// What is due at this establishment, most urgent first.
    pub tasks: &'a [BriefTask],
    /// Promises; kept ones are left out.
    pub promises: &'a [Promise],
    /// Information asked of the employer; what has come is left out.
    pub information: &'a [Information],
}

/// Builds the brief of a visit, for the physician alone.
pub fn brief(facts: &BriefFacts<'_>) -> Disclosed {
    Disclosed {
        number: facts.site.number.to_owned(),
        demo: facts.site.demo,
        sections: vec![
            visit(facts),
            tasks(facts.tasks),
            Section { heading: "前回までの指摘".to_owned(), ..open_findings(&facts.site, "今日の状態") },
            promises(facts.promises),
            awaited(facts.information),
            Section { heading: "覚え書き".to_owned(), blank_lines: NOTE_LINES, ..Section::default() },
        ]
        .into_iter()
        .filter(|section| section != &Section::default())
        .collect(),
        notes: vec![
            "この紙は産業医だけのものです。人の名前と健康の情報があります。会社へ渡さず、訪問のあとで処分してください。"
                .to_owned(),
        ],
        ..titled("brief", "産業医だけ")
    }
}

fn visit(facts: &BriefFacts<'_>) -> Section {
    let hours = facts.visit.map(|visit| format!("{} - {}", visit.starts, visit.ends)).unwrap_or_default();
    let mut rows = vec![
        Row::half("事業場", &facts.site.establishment.name),
        Row::half("訪問日", parts::date(facts.site.day)),
        Row::half("時間", hours),
        Row::half("前回", facts.previous.map(|visit| parts::date(visit.day)).unwrap_or_default()),
    ];
    let summary = facts.previous.map(|visit| visit.summary.trim()).filter(|summary| !summary.is_empty());
    rows.extend(summary.map(|summary| Row::text("前回したこと", summary)));
    Section { rows, ..Section::default() }
}

fn tasks(tasks: &[BriefTask]) -> Section {
    let heading = "すること".to_owned();
    if tasks.is_empty() {
        return Section {
            heading, rows: vec![Row::text("期限のあるもの", "ありません")], ..Section::default()
        };
    }
    let row = |task: &BriefTask| vec![task.urgency.clone(), task.task.clone(), task.whom.clone(), task.reason.clone()];
    let head = ["期限", "すること", "対象", "理由"].map(str::to_owned).to_vec();
    let rows = tasks.iter().map(row).collect();
    Section {
        heading,
        table: Some(Table { head, widths: vec![3, 4, 5, 8], rows, blank_rows: 0 }),
        ..Section::default()
    }
}

fn promises(promises: &[Promise]) -> Section {
    let open = promises.iter().filter(|promise| promise.kept_on.is_none());
    let row = |promise: &Promise| {
        [month_and_day(promise.made_on), promise.content.clone(), promise.due.map(month_and_day).unwrap_or_default()]
            .to_vec()
    };
    listed("約束", ["約束した日", "約束", "期限"], open.map(row).collect())
}

fn awaited(information: &[Information]) -> Section {
    let asked = information.iter().filter(|one| one.received_on.is_none());
    let row = |one: &Information| {
        [
            one.kind.label().to_owned(),
            format!("{}月分", month(one.about)),
            one.asked_on.map(month_and_day).unwrap_or_default(),
        ]
        .to_vec()
    };
    listed("会社から届いていないもの", ["情報", "対象", "求めた日"], asked.map(row).collect())
}

fn month(day: NaiveDate) -> u32 {
    chrono::Datelike::month(&day)
}

/// A list under its heading; nothing at all when it is empty.
fn listed(heading: &str, head: [&str; 3], rows: Vec<Vec<String>>) -> Section {
    if rows.is_empty() {
        return Section::default();
    }
    let table = Table { head: head.map(str::to_owned).to_vec(), widths: vec![4, 12, 4], rows, blank_rows: 0 };
    Section { heading: heading.to_owned(), table: Some(table), ..Section::default() }
}
