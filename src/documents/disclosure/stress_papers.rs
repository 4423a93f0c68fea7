//! Papers of the stress check: the result for the worker (則52条の12), the group report (則52条の14), and the sheet from
//! which the report to the labour office is transcribed (則52条の21).
//!
//! Knows words and cells that it was handed. The chart shows the official columns; the point beside it is turned round
//! where a high raw score is a burden, so that 1 is always the heaviest (SC-4).

use super::parts::{self, Imprint};
use crate::documents::form;
use crate::documents::view::{Disclosed, Plot, Row, Section, Table};
use crate::domain::stress::Need;

/// One scale of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleLine {
    /// A, B, C, or D
    pub part: char,
    /// 尺度
    pub name: String,
    /// 素点
    pub raw: Option<u8>,
    /// Column 1 to 5 of the official table.
    pub column: Option<u8>,
    /// 評価点
    pub point: Option<u8>,
    /// Columns that the table of this sex has.
    pub columns: [bool; 5],
}

/// What the worker is told.
#[derive(Debug, Clone, Copy)]
pub struct StressNoticeFacts<'a> {
    /// 事業場
    pub site: &'a str,
    /// 氏名
    pub worker: &'a str,
    /// `2026年9月28日`
    pub answered_on: &'a str,
    /// Method, and A, B, C.
    pub points: &'a [(&'static str, String)],
    /// 高ストレスかどうか
    pub degree: &'a str,
    /// 面接指導の要否
    pub need: Need,
    /// The chart; empty where no sex was given.
    pub scales: &'a [ScaleLine],
    /// Until when to apply, in words; none where no interview is needed.
    pub apply_by: Option<&'a str>,
    /// Number, day, signature.
    pub imprint: Imprint<'a>,
}

/// The result for the worker alone.
pub fn notice(facts: &StressNoticeFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "stress_notice", "本人用");
    view.sections = vec![addressee(facts), result(facts), chart(facts.scales), advice(facts)];
    view.sections.retain(|section| !section.rows.is_empty() || section.table.is_some());
    view.notes = vec![
        "この結果は、実施者から本人へ直接お知らせするものです。同意がないかぎり、事業者には提供されません。".to_owned(),
        "受検しないこと、同意しないこと、面接指導を申し出ないことを理由に、不利益な取扱いを受けることはありません。"
            .to_owned(),
    ];
    view
}

fn addressee(facts: &StressNoticeFacts<'_>) -> Section {
    let rows = vec![
        Row::text("宛先", format!("{} 様", facts.worker)),
        Row::half("事業場", facts.site),
        Row::half("回答日", facts.answered_on),
    ];
    Section { rows, ..Section::default() }
}

fn result(facts: &StressNoticeFacts<'_>) -> Section {
    let need = match facts.need {
        Need::Needed => "医師の面接指導が必要と判断しました",
        Need::NotNeeded | Need::Open => "医師の面接指導の対象ではありません",
    };
    let mut rows: Vec<Row> = facts.points.iter().map(|(label, value)| Row::text(*label, value)).collect();
    rows.extend([Row::text("ストレスの程度", facts.degree), Row::text("面接指導", need)]);
    Section { heading: "結果".to_owned(), rows, ..Section::default() }
}

fn chart(scales: &[ScaleLine]) -> Section {
    if scales.is_empty() {
        return Section::default();
    }
    let head = ["", "尺度", "素点", "低い", "やや低い", "普通", "やや高い", "高い", "評価点"];
    let table = Table {
        head: head.map(str::to_owned).to_vec(),
        widths: vec![2, 12, 3, 4, 4, 4, 4, 4, 4],
        rows: scales.iter().map(scale).collect(),
        blank_rows: 0,
    };
    let note = Row::text(
        "評価点の見方",
        "1 から 5 で、1 がもっとも負担が大きいことを示します。高いほど負担になる尺度は、向きを逆にしてあります。",
    );
    Section {
        heading: "あなたのストレスプロフィール".to_owned(),
        rows: vec![note],
        table: Some(table),
        ..Section::default()
    }
}

fn scale(line: &ScaleLine) -> Vec<String> {
    let number = |value: Option<u8>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let mark = |(column, exists): (u8, bool)| match (line.column == Some(column), exists) {
        (true, _) => "●",
        (false, true) => "・",
        (false, false) => "",
    };
    let marks = (1..=5).zip(line.columns).map(mark).map(str::to_owned);
    let head = [line.part.to_string(), line.name.clone(), number(line.raw)];
    head.into_iter().chain(marks).chain([number(line.point)]).collect()
}

fn advice(facts: &StressNoticeFacts<'_>) -> Section {
    let care = "点数の低い尺度は、いま負担が大きいところです。睡眠と休養をとり、身近な人や産業医にご相談ください。";
    let mut rows = vec![Row::text("助言", care)];
    rows.extend(facts.apply_by.map(|by| {
        let how = format!(
            "{by}までに、事業者の申出の窓口か産業医へお申し出ください。過ぎてからの申出も受け付けます。申し出ると、面接指導に要る範囲で、この結果が事業者に伝わることに同意したものとして扱います。"
        );
        Row::text("面接指導の申出", how)
    }));
    rows.push(Row::text("事業者に知られずに話したいとき", "産業医の健康相談をご利用ください。"));
    Section { heading: "助言と申出の方法".to_owned(), rows, ..Section::default() }
}

/// A group as it was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// The group.
    pub name: String,
    /// 回答, 量, 裁量, 上司, 同僚, A, B, 総合, 高ストレス
    pub cells: [String; 9],
}

/// The columns of a group, the name first.
pub const GROUP_HEAD: [&str; 10] =
    ["集団", "回答", "量", "裁量", "上司", "同僚", "リスクA", "リスクB", "総合", "高ストレス"];

/// What the employer is told about groups.
#[derive(Debug, Clone, Copy)]
pub struct StressGroupFacts<'a> {
    /// The employer.
    pub employer: &'a str,
    /// 事業場
    pub site: &'a str,
    /// `2026年度`
    pub round: &'a str,
    /// Who it was given to.
    pub recipients: &'a str,
    /// The groups that stand; the others are not named.
    pub groups: &'a [GroupLine],
    /// Means of the other scales, of the whole.
    pub scales: &'a [(String, String)],
    /// The smallest group that is given.
    pub minimum: usize,
    /// The name and the source of the coefficients.
    pub coefficients: &'a str,
    /// The two squares of each sex, with the groups as points by the letters of `letters`.
    pub plots: &'a [Plot],
    /// Letter and group.
    pub letters: &'a [(String, String)],
    /// Number, day, signature.
    pub imprint: Imprint<'a>,
}

/// The group report, as it was released: nothing in it is about fewer than the minimum.
pub fn groups(facts: &StressGroupFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "stress_groups", "事業者用");
    let head = vec![
        Row::text("宛先", parts::salutation(&[facts.employer])),
        Row::half("事業場", facts.site),
        Row::half("回", facts.round),
        Row::text("提供先", facts.recipients),
    ];
    let rows = facts.groups.iter().map(|line| std::iter::once(line.name.clone()).chain(line.cells.clone()).collect());
    let table = Table {
        head: GROUP_HEAD.map(str::to_owned).to_vec(),
        widths: vec![10, 4, 4, 4, 4, 4, 5, 5, 4, 7],
        rows: rows.collect(),
        blank_rows: 0,
    };
    view.sections = vec![
        Section { rows: head, ..Section::default() },
        Section { heading: "仕事のストレス判定図".to_owned(), table: Some(table), ..Section::default() },
        drawn(facts),
        Section {
            heading: "ほかの尺度の平均（全体）".to_owned(), rows: means(facts.scales), ..Section::default()
        },
    ];
    view.sections.retain(|section| !section.rows.is_empty() || section.table.is_some() || !section.plots.is_empty());
    view.notes = vec![
        format!("{}人に満たない集団と、引き算で判る集団は、全員の同意があっても載せません。", facts.minimum),
        format!("判定図の係数: {}（未確認）。リスクは全国平均を100とします。", facts.coefficients),
        "提供先のほかへ際限なく広げないでください。この結果だけで労働者の評価や措置は行えません。".to_owned(),
    ];
    view
}

/// The groups as points; what a letter stands for is told above the squares.
fn drawn(facts: &StressGroupFacts<'_>) -> Section {
    if facts.plots.is_empty() {
        return Section::default();
    }
    let legend = facts.letters.iter().map(|(letter, name)| format!("{letter} {name}")).collect::<Vec<_>>().join("　");
    let line = "線は、同じリスクになるところです。100 が全国平均です。男女で線が違うため、図は男女別です。";
    Section {
        heading: "判定図での位置".to_owned(),
        rows: vec![Row::text("集団", legend), Row::text("線", line)],
        plots: facts.plots.to_vec(),
        ..Section::default()
    }
}

fn means(scales: &[(String, String)]) -> Vec<Row> {
    scales.iter().map(|(name, mean)| Row::half(name, mean)).collect()
}

/// The sheet from which the report is transcribed: a paper of the physician's own.
pub fn transcription(lines: &[String], number: &str, demo: bool) -> Disclosed {
    let rows = lines.iter().enumerate().map(|(place, line)| match line.split_once("  ").filter(|_| place > 0) {
        Some((label, value)) => Row::text(label, value.trim()),
        None => Row::text(if place == 0 { "この紙" } else { "" }, line),
    });
    Disclosed {
        form: "stress_report".to_owned(),
        title: form("stress_report").map(|form| form.title.to_owned()).unwrap_or_default(),
        number: number.to_owned(),
        recipient: "転記用".to_owned(),
        demo,
        sections: vec![Section { rows: rows.collect(), ..Section::default() }],
        ..Disclosed::default()
    }
}
