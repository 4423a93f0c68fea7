//! Papers of figures: the transcription sheet of the report (安衛則52条1項), and the summary for the committee.

use crate::documents::disclosure::parts::{self, Imprint};
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::Day;
use crate::domain::establishment::Establishment;

/// What the transcription sheet is made from; it holds no person.
#[derive(Debug, Clone, Copy)]
pub struct ReportFacts<'a> {
    /// The establishment.
    pub establishment: &'a Establishment,
    /// 報告対象期間
    pub period: (Day, Day),
    /// 健診年月日: the last day of examination of the period.
    pub examined_on: Option<Day>,
    /// 健診実施機関
    pub clinics: &'a [String],
    /// 常時使用する労働者の数 on that day.
    pub enrolled: i64,
    /// 受診者数
    pub examined: usize,
    /// Rows: name, 受診者数, 異常所見者数.
    pub rows: &'a [(&'a str, usize, usize)],
    /// いずれかに異常所見のある者の数
    pub with_finding: usize,
    /// 医師による指示のあった者の数
    pub instructed: usize,
    /// The definitions that were settled, in words (REP-16).
    pub definitions: &'a [String],
    /// What has to be looked at before the figures are typed.
    pub warnings: &'a [String],
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// Builds the sheet: figures in the order of the article, to be typed by the employer.
pub fn report(facts: &ReportFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "checkup_report", "事業者用");
    view.sections = vec![heading(facts), rows(facts), totals(facts)];
    view.sections.extend(remarks(facts));
    view.notes = vec![
        "電子申請（労働安全衛生規則第52条第1項）の画面へ書き写すための数です。この紙そのものは報告書ではありません。".to_owned(),
        "身長、体重、腹囲、BMI、視力、問診は数えません。則13条1項三号の業務の従事者数は、会社の記録から記入してください。"
            .to_owned(),
    ];
    view
}

fn heading(facts: &ReportFacts<'_>) -> Section {
    let site = facts.establishment;
    let (from, until) = facts.period;
    let rows = vec![
        Row::text("労働保険番号", parts::or_nothing(&site.insurance_number)),
        Row::half("事業の種類", parts::or_nothing(&site.industry)),
        Row::half("事業場の名称", &site.name),
        Row::text("所在地", parts::or_nothing(&site.address)),
        Row::text("報告対象期間", format!("{}から{}まで", parts::date(from), parts::date(until))),
        Row::half("健診年月日", facts.examined_on.map_or_else(|| parts::NOTHING.to_owned(), parts::date)),
        Row::half("常時使用する労働者の数", format!("{}人", facts.enrolled)),
        Row::text("健診実施機関", parts::or_nothing(&facts.clinics.join("、"))),
        Row::text("受診者数", format!("{}人", facts.examined)),
    ];
    Section { rows, ..Section::default() }
}

fn rows(facts: &ReportFacts<'_>) -> Section {
    let head = ["項目", "受診者数", "異常所見者数"].map(str::to_owned).to_vec();
    let row = |(name, examined, found): &(&str, usize, usize)| {
        vec![(*name).to_owned(), examined.to_string(), found.to_string()]
    };
    let rows = facts.rows.iter().map(row).collect();
    let table = Table { head, widths: vec![10, 4, 4], rows, blank_rows: 0 };
    Section { heading: "項目ごとの数".to_owned(), table: Some(table), ..Section::default() }
}

fn totals(facts: &ReportFacts<'_>) -> Section {
    let rows = vec![
        Row::text(
            "いずれかに異常所見のある者",
            format!("{}人（実人数。項目の合計ではありません）", facts.with_finding),
        ),
        Row::text("医師による指示のあった者", format!("{}人", facts.instructed)),
    ];
    Section { heading: "合計".to_owned(), rows, ..Section::default() }
}

fn remarks(facts: &ReportFacts<'_>) -> Vec<Section> {
    let section = |heading: &str, label: &str, lines: &[String]| Section {
        heading: heading.to_owned(),
        rows: lines.iter().map(|line| Row::text(label, line)).collect(),
        ..Section::default()
    };
    let found = [section("数え方", "定め", facts.definitions), section("確かめること", "確認", facts.warnings)];
    found.into_iter().filter(|section| !section.rows.is_empty()).collect()
}

/// A figure of the committee's summary, already in words: a count, or that it is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// How many were examined for it; empty where that is no figure of its own.
    pub of: String,
    /// The count.
    pub count: String,
}

/// What the summary is made from; small figures were left out before.
#[derive(Debug, Clone, Copy)]
pub struct CommitteeFacts<'a> {
    /// The establishment.
    pub establishment: &'a Establishment,
    /// From when to when.
    pub period: (Day, Day),
    /// 受診 and 所見.
    pub totals: &'a [Figure],
    /// The rows.
    pub rows: &'a [Figure],
    /// 就業区分
    pub fitness: &'a [Figure],
    /// Fewer than this are left out.
    pub smallest: usize,
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// Builds the summary.
pub fn committee(facts: &CommitteeFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "checkup_committee", "衛生委員会用");
    let (from, until) = facts.period;
    let rows = vec![Row::half("事業場", &facts.establishment.name), Row::half("期間", format!("{from} - {until}"))];
    view.sections = vec![Section { rows, ..Section::default() }];
    view.sections.push(figures("受診と所見", ["区分", "母数", "人数"], facts.totals));
    view.sections.push(figures("項目ごとの所見", ["項目", "受診者", "所見のある人"], facts.rows));
    view.sections.push(figures("医師の意見", ["就業区分", "意見の数", "人数"], facts.fitness));
    view.notes = vec![format!(
        "一人ひとりが分からないよう、{}名に満たない数と、差し引きでその数が分かる数は伏せています。",
        facts.smallest
    )];
    view
}

fn figures(heading: &str, head: [&str; 3], figures: &[Figure]) -> Section {
    let rows =
        figures.iter().map(|figure| vec![figure.label.clone(), figure.of.clone(), figure.count.clone()]).collect();
    let table = Table { head: head.map(str::to_owned).to_vec(), widths: vec![10, 4, 5], rows, blank_rows: 0 };
    Section { heading: heading.to_owned(), table: Some(table), ..Section::default() }
}
