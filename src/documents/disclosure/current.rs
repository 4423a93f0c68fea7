//! The present form for long hours (長時間労働者 面接指導結果報告書・意見書 of the 2015 manual; section 6.2).

use super::parts::{self, choice, numbered};
use super::{OpinionFacts, measures};
use crate::documents::view::{Choice, Disclosed, Row, Section};
use crate::domain::interview::{Condition, Fatigue, Fitness, Guidance};
use crate::domain::opinion::Recipient;

/// Builds the copy for the employer, the 派遣元 or the worker.
pub fn copy(facts: &OpinionFacts<'_>, recipient: Recipient) -> Disclosed {
    let mut view = parts::blank(facts, "opinion", parts::copy_name(recipient));
    view.sections = vec![parts::addressee(facts, recipient), subject(facts), report(facts), opinion(facts)];
    if recipient == Recipient::Worker {
        view.sections.push(advice(facts));
        view.notes = vec![told_to_worker()];
    } else {
        view.notes = parts::notes(parts::kept_by(facts.class));
    }
    view
}

pub(super) fn subject(facts: &OpinionFacts<'_>) -> Section {
    let mut rows = vec![
        Row::text("事業場", &facts.establishment.name),
        Row::half("氏名", &facts.worker.name),
        Row::half("所属", &facts.worker.department),
        Row::half("性別・年齢", parts::sex_and_age(facts)),
        Row::half("面接指導日", parts::date(facts.interview.day)),
    ];
    rows.extend(parts::interviewer(facts));
    Section { heading: "対象者".to_owned(), rows, ..Section::default() }
}

fn report(facts: &OpinionFacts<'_>) -> Section {
    let interview = facts.interview;
    let fatigue = [(Fatigue::None, "（低）"), (Fatigue::Light, ""), (Fatigue::Medium, ""), (Fatigue::Heavy, "（高）")];
    let condition = [(Condition::None, "所見なし"), (Condition::Present, "所見あり")];
    let rows = vec![
        Row::text("勤務の状況", parts::work_situation(facts)),
        Row::text("労働時間以外の要因", parts::or_nothing(&interview.work_factors)),
        parts::options("疲労の蓄積の状況", numbered(&fatigue, interview.fatigue), ""),
        parts::options(
            "その他の心身の状況",
            numbered(&condition, interview.condition),
            interview.condition_text.trim(),
        ),
        parts::options("本人への指導区分", guidance(facts), ""),
    ];
    Section { heading: "面接指導結果報告書".to_owned(), rows, ..Section::default() }
}

/// Several may be chosen; the time of the next interview stands inside its option.
pub(super) fn guidance(facts: &OpinionFacts<'_>) -> Vec<Choice> {
    let words = |guidance: Guidance| match (guidance, facts.interview.next_on) {
        (Guidance::Reinterview, Some(day)) => format!("要再面接（時期 {}）", parts::date(day)),
        _ => guidance.label().to_owned(),
    };
    let chosen = &facts.interview.guidance_json;
    let options = Guidance::ALL.iter().enumerate();
    options.map(|(code, one)| choice(&code.to_string(), words(*one), chosen.contains(one))).collect()
}

pub(super) fn opinion(facts: &OpinionFacts<'_>) -> Section {
    let fitness: Vec<(Fitness, &str)> = Fitness::ALL.iter().map(|fitness| (*fitness, fitness.label())).collect();
    let rows = vec![
        parts::options("就業区分", numbered(&fitness, facts.interview.fitness), ""),
        measures::hours_row(facts, measures::HOURS),
        measures::other_row(facts),
        measures::period_row(facts),
        Row::text("職場環境の改善に関する意見", parts::or_nothing(&measures::environment(facts))),
        Row::text("医療機関への受診配慮等", parts::or_nothing(&facts.interview.care)),
        Row::text("その他（連絡事項等）", parts::or_nothing(&facts.interview.message)),
    ];
    Section { heading: "就業上の措置に係る意見書".to_owned(), rows, ..Section::default() }
}

/// The advice to the worker, in words that can be followed.
pub fn advice(facts: &OpinionFacts<'_>) -> Section {
    let chosen = &facts.interview.guidance_json;
    let mut lines: Vec<String> =
        Guidance::ALL.iter().filter(|one| chosen.contains(one)).map(|one| told(facts, *one)).collect();
    if lines.is_empty() {
        lines.push(parts::NOTHING.to_owned());
    }
    let rows = vec![Row::text("お伝えすること", lines.join("\n"))];
    Section { heading: "ご本人への指導".to_owned(), rows, ..Section::default() }
}

fn told(facts: &OpinionFacts<'_>, guidance: Guidance) -> String {
    match (guidance, facts.interview.next_on) {
        (Guidance::None, _) => "いま、特にお願いすることはありません。".to_owned(),
        (Guidance::HealthGuidance, _) => "保健指導をお受けください。".to_owned(),
        (Guidance::FollowUp, _) => "しばらく様子を見ます。体調が変わったときはご相談ください。".to_owned(),
        (Guidance::Reinterview, Some(day)) => format!("{}頃に、もう一度面接をお受けください。", parts::date(day)),
        (Guidance::Reinterview, None) => "もう一度面接をお受けください。".to_owned(),
        (Guidance::Care, _) => "いまの治療を続けるか、ご紹介する医療機関を受診してください。".to_owned(),
    }
}

/// The worker knows what the employer was told (区分ごとの説明: guideline group 1 wants it explained before).
pub fn told_to_worker() -> String {
    "事業者へ渡す書面の内容は、「ご本人への指導」の言葉を除いて、この書面と同じです。面接でお話しになったほかのことは、産業医だけが保管します。".to_owned()
}
