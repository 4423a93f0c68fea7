//! What a record still lacks (安衛則52条の4から52条の6), and what in a judgment contradicts itself.
//!
//! Only the legal minimum blocks; the consistency checks are spoken while judging and block nothing.

use crate::domain::Day;
use crate::domain::case::{Measure, MeasureKind};
use crate::domain::interview::{Condition, Diagnosis, Fatigue, Fitness, Guidance};
use crate::labelled;

labelled! {
    /// A legal item of the interview and its record.
    LegalItem {
        WorkSituation = "勤務の状況",
        Fatigue = "疲労の蓄積の状況",
        Burden = "心理的な負担の状況",
        Condition = "その他の心身の状況",
        Day = "実施年月日",
        Worker = "労働者の氏名",
        Doctor = "医師の氏名",
        Opinion = "医師の意見",
    }
}

/// The legal items as far as they are filled in.
#[derive(Debug, Clone, Copy, Default)]
pub struct RecordItems<'a> {
    /// 勤務の状況 (則52条の4第1号)
    pub work_situation: &'a str,
    /// 疲労の蓄積の状況 (同第2号)
    pub fatigue: Option<Fatigue>,
    /// その他の心身の状況 (同第3号)
    pub condition: Option<Condition>,
    /// 実施年月日
    pub day: Option<Day>,
    /// 労働者の氏名
    pub worker: &'a str,
    /// 医師の氏名
    pub doctor: &'a str,
    /// 医師の意見 (則52条の6)
    pub opinion: Option<Fitness>,
    /// 心理的な負担の状況 of an interview after the stress check: there it stands in the place of the fatigue
    /// (則52条の17, 52条の18); none for any other interview.
    pub burden: Option<&'a str>,
}

/// The legal items that are still missing, in the order of the law; empty when the record is complete.
pub fn missing_items(items: &RecordItems<'_>) -> Vec<LegalItem> {
    let filled = |text: &str| !text.trim().is_empty();
    let all = [
        (filled(items.work_situation), LegalItem::WorkSituation),
        (items.fatigue.is_some() || items.burden.is_some(), LegalItem::Fatigue),
        (items.burden.is_none_or(filled), LegalItem::Burden),
        (items.condition.is_some(), LegalItem::Condition),
        (items.day.is_some(), LegalItem::Day),
        (filled(items.worker), LegalItem::Worker),
        (filled(items.doctor), LegalItem::Doctor),
        (items.opinion.is_some(), LegalItem::Opinion),
    ];
    all.into_iter().filter(|(is_filled, _)| !is_filled).map(|(_, item)| item).collect()
}

/// A judgment while it is being made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Judgment<'a> {
    /// 就業区分
    pub fitness: Option<Fitness>,
    /// 措置
    pub measures: &'a [Measure],
    /// 次回面接予定日
    pub next_on: Option<Day>,
    /// 診断区分
    pub diagnosis: Option<Diagnosis>,
    /// 本人への指導区分
    pub guidance: &'a [Guidance],
    /// 医療機関への受診配慮等
    pub care: &'a str,
    /// 連絡事項等 and other free text of the opinion.
    pub message: &'a str,
    /// 事後措置の必要性 (様式例2-3), where the form asks.
    pub needs_measures: Option<bool>,
}

labelled! {
    /// A contradiction in a judgment; spoken, never blocking.
    Warning {
        NormalWithRestriction = "通常勤務ですが、制限の措置があります。",
        LimitedWithoutMeasure = "就業制限・配慮ですが、措置がありません。",
        LeaveWithoutRest = "要休業ですが、就業の禁止（休暇・休養の指示）も、その説明もありません。",
        NoPeriod = "措置がありますが、措置期間も次回面接予定日もありません。",
        NoHours = "時間外労働の制限に、月の時間数がありません。禁止は別の欄です。",
        CareIsEmpty = "医療の必要がありますが、受診への配慮の欄が空です。",
        OpinionIsEmpty = "事後措置が要るとありますが、意見書の欄が空です。",
        LeaveWithoutGuidance = "要休業ですが、本人への指導は「措置不要」です。",
        NothingAndSomething = "「措置不要」と他の指導区分が両方選ばれています。",
        NextIsEmpty = "要再面接ですが、時期がありません。",
    }
}

/// The contradictions of a judgment, in the order they are spoken.
pub fn warnings(judgment: &Judgment<'_>) -> Vec<Warning> {
    let checks: [(bool, Warning); 10] = [
        (is(judgment, Fitness::Normal) && judgment.measures.iter().any(restricts), Warning::NormalWithRestriction),
        (is(judgment, Fitness::Limited) && judgment.measures.is_empty(), Warning::LimitedWithoutMeasure),
        (is(judgment, Fitness::Leave) && !explains_rest(judgment), Warning::LeaveWithoutRest),
        (!judgment.measures.is_empty() && !has_period(judgment), Warning::NoPeriod),
        (judgment.measures.iter().any(lacks_hours), Warning::NoHours),
        (wants_care(judgment) && is_blank(judgment.care), Warning::CareIsEmpty),
        (
            judgment.needs_measures == Some(true) && judgment.measures.is_empty() && is_blank(judgment.message),
            Warning::OpinionIsEmpty,
        ),
        (is(judgment, Fitness::Leave) && judgment.guidance == [Guidance::None], Warning::LeaveWithoutGuidance),
        (judgment.guidance.len() > 1 && judgment.guidance.contains(&Guidance::None), Warning::NothingAndSomething),
        (judgment.guidance.contains(&Guidance::Reinterview) && judgment.next_on.is_none(), Warning::NextIsEmpty),
    ];
    checks.into_iter().filter(|(holds, _)| *holds).map(|(_, warning)| warning).collect()
}

fn is(judgment: &Judgment<'_>, fitness: Fitness) -> bool {
    judgment.fitness == Some(fitness)
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// An opinion about the workplace limits nobody's work.
fn restricts(measure: &Measure) -> bool {
    measure.kind != MeasureKind::Environment
}

fn explains_rest(judgment: &Judgment<'_>) -> bool {
    judgment.measures.iter().any(|measure| measure.kind == MeasureKind::NoWork || !is_blank(&measure.content))
        || !is_blank(judgment.message)
}

fn has_period(judgment: &Judgment<'_>) -> bool {
    judgment.next_on.is_some()
        || judgment.measures.iter().all(|measure| measure.until.is_some() || measure.review_on.is_some())
}

fn lacks_hours(measure: &Measure) -> bool {
    let hours = measure.amount.trim().chars().filter(|c| c.is_numeric()).collect::<String>();
    measure.kind == MeasureKind::OvertimeLimit && hours.trim_start_matches(['0', '０']).is_empty()
}

fn wants_care(judgment: &Judgment<'_>) -> bool {
    judgment.diagnosis == Some(Diagnosis::Treat) || judgment.guidance.contains(&Guidance::Care)
}

#[cfg(test)]
#[path = "judgment_tests.rs"]
mod tests;
