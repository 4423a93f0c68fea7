//! Measures as the forms number them: hours by digit, the rest by letter, words by the class of the law.
//!
//! Records keep semantic names; the codes differ between the forms (code 2 is 就業時間を制限 on the form of
//! 2011 and 時間外労働の禁止 on the present one), so each form brings its own table.

use super::OpinionFacts;
use super::parts::{self, choice};
use crate::documents::view::{Choice, Row};
use crate::domain::case::{Measure, MeasureKind};
use crate::law::interview::Class;

/// Kinds of measure under one code of 労働時間の短縮.
pub type HourCode = (&'static str, &'static [MeasureKind], &'static str);

/// 労働時間の短縮 on the present form (section 6.2); 0 is 特に指示なし.
pub const HOURS: &[HourCode] = &[
    ("1", &[MeasureKind::OvertimeLimit], "時間外労働の制限"),
    ("2", &[MeasureKind::OvertimeBan], "時間外労働の禁止"),
    ("3", &[MeasureKind::WorkingHours], "就業時間を制限"),
    ("4", &[MeasureKind::Exempt], "変形労働時間制または裁量労働制の対象からの除外"),
    ("5", &[MeasureKind::NoWork], "就業の禁止（休暇・休養の指示）"),
    ("6", &[MeasureKind::OtherHours], "その他"),
];

/// 労働時間の短縮 on form 2-3 of 2011 (section 6.1); what it has no code for is その他 in words.
pub const HOURS_2011: &[HourCode] = &[
    ("1", &[MeasureKind::OvertimeLimit], "時間外労働の制限"),
    ("2", &[MeasureKind::WorkingHours], "就業時間を制限"),
    ("3", &[MeasureKind::NoWork], "就業の禁止（休暇・休養の指示）"),
    ("4", &[MeasureKind::OtherHours, MeasureKind::OvertimeBan, MeasureKind::Exempt], "その他"),
];

/// The row 労働時間の短縮 with the codes of one form.
pub fn hours_row(facts: &OpinionFacts<'_>, codes: &[HourCode]) -> Row {
    let chosen: Vec<&Measure> = facts.standing().filter(|measure| is_hours(measure.kind)).collect();
    let mut options = vec![choice("0", "特に指示なし", chosen.is_empty())];
    options.extend(codes.iter().map(|code| hour_option(code, &chosen)));
    let value = chosen.iter().map(|measure| remark(measure, codes)).filter(|line| !line.is_empty());
    parts::options(hours_label(facts.class), options, value.collect::<Vec<_>>().join("\n"))
}

/// 高プロ knows 健康管理時間 instead of working hours (安衛法66条の8の4).
pub const fn hours_label(class: Class) -> &'static str {
    match class {
        Class::HighlyProfessional => "健康管理時間の短縮のための配慮",
        Class::General | Class::Research | Class::ResearchManager => "労働時間の短縮",
    }
}

fn hour_option((code, kinds, text): &HourCode, chosen: &[&Measure]) -> Choice {
    let mine: Vec<&&Measure> = chosen.iter().filter(|measure| kinds.contains(&measure.kind)).collect();
    let amounts: Vec<String> = mine.iter().map(|measure| amount(measure)).filter(|text| !text.is_empty()).collect();
    let text = if amounts.is_empty() { (*text).to_owned() } else { format!("{text} {}", amounts.join("、")) };
    choice(code, text, !mine.is_empty())
}

/// The words of a measure, led by its name where the form has no code of its own for it.
fn remark(measure: &Measure, codes: &[HourCode]) -> String {
    let has_own_code = codes.iter().any(|(_, kinds, _)| kinds.first() == Some(&measure.kind));
    let name = if has_own_code { "" } else { measure.kind.label() };
    joined(&[name, measure.content.trim()])
}

/// The row 労働時間以外の項目: the letters of the form, and what is asked for in numbered lines.
pub fn other_row(facts: &OpinionFacts<'_>) -> Row {
    let chosen: Vec<&Measure> = facts.standing().filter(|measure| is_other(measure.kind)).collect();
    let letters: Vec<&str> = chosen.iter().map(|measure| letter(measure.kind, facts.class)).collect();
    let words = letter_words(facts.class);
    let options = words.iter().map(|(code, text)| choice(code, *text, letters.contains(code))).collect();
    let line = |(index, measure): (usize, &&Measure)| format!("{}) {}", index + 1, described(measure, facts.class));
    let lines: Vec<String> = chosen.iter().enumerate().map(line).collect();
    parts::options("労働時間以外の項目", options, parts::or_nothing(&lines.join("\n")))
}

/// The letters of the form. For 研究開発 and 高プロ the law says 職務内容の変更 where the general rule says
/// 作業の転換; 有給休暇の付与 has no letter and is e in words.
const fn letter_words(class: Class) -> [(&'static str, &'static str); 5] {
    let second = if is_special(class) { "職務内容の変更" } else { "作業の転換" };
    [("a", "就業場所の変更"), ("b", second), ("c", "深夜業の回数の減少"), ("d", "昼間勤務への転換"), ("e", "その他")]
}

const fn letter(kind: MeasureKind, class: Class) -> &'static str {
    match (kind, is_special(class)) {
        (MeasureKind::Place, _) => "a",
        (MeasureKind::Work, false) | (MeasureKind::Duties, true) => "b",
        (MeasureKind::NightWork, _) => "c",
        (MeasureKind::DayWork, _) => "d",
        _ => "e",
    }
}

const fn is_special(class: Class) -> bool {
    matches!(class, Class::Research | Class::HighlyProfessional)
}

/// A measure in one line: name, amount, words.
pub fn described(measure: &Measure, class: Class) -> String {
    joined(&[name(measure.kind, class), &amount(measure), measure.content.trim()])
}

/// The name of a measure in the words of the class.
pub const fn name(kind: MeasureKind, class: Class) -> &'static str {
    match (kind, class) {
        // 安衛法66条の8の2第2項: leave other than the annual one of 労基法39条.
        (MeasureKind::PaidLeave, Class::Research) => "有給休暇（年次有給休暇を除く）の付与",
        (kind, _) => kind.label(),
    }
}

/// The amount with its unit where only a number was typed.
pub fn amount(measure: &Measure) -> String {
    let typed = measure.amount.trim();
    let is_number = !typed.is_empty() && typed.chars().all(char::is_numeric);
    match measure.kind {
        MeasureKind::OvertimeLimit if is_number => format!("{typed}時間/月まで"),
        MeasureKind::NightWork if is_number => format!("月{typed}回まで"),
        _ => typed.to_owned(),
    }
}

/// The period in words; empty if neither end is set.
pub fn period(measure: &Measure) -> String {
    let from = measure.from.map(|day| format!("{}から", parts::date(day)));
    let until = measure.until.map(|day| format!("{}まで", parts::date(day)));
    [from, until].into_iter().flatten().collect()
}

/// The row 措置期間 with the review and the next interview, which the form has in brackets behind it.
pub fn period_row(facts: &OpinionFacts<'_>) -> Row {
    let mut reviews: Vec<_> = facts.standing().filter_map(|measure| measure.review_on).collect();
    reviews.sort_unstable();
    reviews.dedup();
    let reviews = reviews.into_iter().map(|day| format!("見直し {}", parts::date(day)));
    let next = facts.interview.next_on.map(|day| format!("次回面接予定日 {}", parts::date(day)));
    let dates: Vec<String> = reviews.chain(next).collect();
    let mut lines = periods(facts);
    if !dates.is_empty() {
        lines.push(format!("（{}）", dates.join("、")));
    }
    Row::text("措置期間", parts::or_nothing(&lines.join("\n")))
}

/// One line where every measure has the same period, else a line for each.
fn periods(facts: &OpinionFacts<'_>) -> Vec<String> {
    let each: Vec<(&Measure, String)> = facts.standing().map(|measure| (measure, period(measure))).collect();
    let first = each.first().map(|(_, period)| period.clone()).unwrap_or_default();
    if each.iter().all(|(_, period)| *period == first) {
        return Some(first).filter(|period| !period.is_empty()).into_iter().collect();
    }
    let line = |(measure, period): (&Measure, String)| format!("{}　{}", name(measure.kind, facts.class), period);
    each.into_iter().filter(|(_, period)| !period.is_empty()).map(line).collect()
}

/// 職場環境の改善に関する意見: the field of the interview and the measures of that kind.
pub fn environment(facts: &OpinionFacts<'_>) -> String {
    let field = facts.interview.workplace.trim();
    let measures = facts.standing().filter(|measure| measure.kind == MeasureKind::Environment);
    let lines = std::iter::once(field.to_owned()).chain(measures.map(|m| joined(&[&amount(m), m.content.trim()])));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Whether the measure is about working hours.
pub fn is_hours(kind: MeasureKind) -> bool {
    HOURS.iter().any(|(_, kinds, _)| kinds.contains(&kind))
}

fn is_other(kind: MeasureKind) -> bool {
    !is_hours(kind) && kind != MeasureKind::Environment
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("　")
}
