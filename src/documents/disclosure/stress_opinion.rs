//! The form after the stress check (面接指導結果報告書・意見書 of 66条の10; section 8 of its sheet).
//!
//! For the employer it is made from the opinion and 本人への指導区分 alone; the points stand on the worker's copy, the
//! physician's 医学的所見 only where it was released, and the words about body and mind nowhere (SC-66).

use super::form_2011::KEPT;
use super::{OpinionFacts, Release, StressPart, current, parts};
use crate::documents::view::{Disclosed, Row, Section};
use crate::domain::opinion::Recipient;
use crate::domain::stress::Method;

/// Builds the copy for the employer, the 派遣元 or the worker.
pub fn copy(facts: &OpinionFacts<'_>, recipient: Recipient) -> Disclosed {
    let mut view = parts::blank(facts, "stress_opinion", parts::copy_name(recipient));
    let is_worker = recipient == Recipient::Worker;
    view.sections = vec![
        parts::addressee(facts, recipient),
        current::subject(facts),
        report(facts, is_worker),
        current::opinion(facts),
    ];
    if is_worker {
        view.sections.push(current::advice(facts));
        view.notes = vec![told_to_worker()];
    } else {
        view.notes = parts::notes(parts::KEPT_AFTER_THE_CHECK);
    }
    view
}

fn report(facts: &OpinionFacts<'_>, is_worker: bool) -> Section {
    let points = facts.stress.filter(|_| is_worker).map_or_else(|| KEPT.to_owned(), |part| points(&part));
    let rows = vec![
        Row::text("勤務の状況", KEPT),
        Row::text("心理的な負担の状況（ストレスチェック結果）", points),
        Row::text("医学的所見に関する特記事項", findings(facts)),
        Row::text("その他の心身の状況", KEPT),
        parts::options("本人への指導区分", current::guidance(facts), ""),
    ];
    Section { heading: "面接指導結果報告書".to_owned(), rows, ..Section::default() }
}

/// The points by the method of the round, which is named with them.
fn points(part: &StressPart<'_>) -> String {
    let Some((round, result)) = part.result else { return parts::NOTHING.to_owned() };
    let unit = match round.criteria_json.method {
        Method::Sums => "合計点数",
        Method::Points => "素点換算表による評価点",
    };
    let number = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let [a, b, c] = [result.causes, result.symptoms, result.support].map(number);
    format!("A.ストレスの要因 {a}点\nB.心身の自覚症状 {b}点\nC.周囲の支援 {c}点\n（{unit}）")
}

fn findings(facts: &OpinionFacts<'_>) -> String {
    match facts.stress.filter(|_| facts.released.contains(&Release::Findings)) {
        Some(part) => parts::or_nothing(&part.record.findings),
        None => KEPT.to_owned(),
    }
}

fn told_to_worker() -> String {
    "事業者へ渡す書面の内容は、「ご本人への指導」の言葉と点数を除いて、この書面と同じです。面接でお話しになったほかのことは、産業医だけが保管します。".to_owned()
}
