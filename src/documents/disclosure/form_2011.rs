//! 様式例2-3 of 2011 (面接指導結果報告書及び事後措置に係る意見書; section 6.1) with its own codes.
//!
//! 特記事項 is never filled in, 診断区分 only when released: the paper asks for both, the employer needs neither.

use super::parts::{self, NOTHING, choice, numbered};
use super::{OpinionFacts, Release, current, measures};
use crate::documents::view::{Choice, Disclosed, Row, Section};
use crate::domain::interview::{Condition, Diagnosis, Fatigue, Fitness, Guidance};
use crate::domain::opinion::Recipient;

/// What stands in a field of the paper that does not leave.
pub(super) const KEPT: &str = "この書面には載せません";

/// Builds the copy for the employer, the 派遣元 or the worker.
pub fn copy(facts: &OpinionFacts<'_>, recipient: Recipient) -> Disclosed {
    let copy_name = format!("{}（様式例2-3）", parts::copy_name(recipient));
    let mut view = parts::blank(facts, "opinion_2011", &copy_name);
    view.sections = vec![parts::addressee(facts, recipient), subject(facts), report(facts), opinion(facts)];
    view.seal = "印".to_owned();
    if recipient == Recipient::Worker {
        view.sections.push(current::advice(facts));
        view.notes = vec![current::told_to_worker()];
    } else {
        view.approvals = ["事業所長", "人事", "部長", "課長"].map(str::to_owned).to_vec();
        view.notes = parts::notes(parts::kept_by(facts.class));
    }
    view
}

fn subject(facts: &OpinionFacts<'_>) -> Section {
    let mut rows = vec![
        Row::half("事業場名", &facts.establishment.name),
        Row::half("電話", &facts.establishment.phone),
        Row::half("氏名", &facts.worker.name),
        Row::half("所属", &facts.worker.department),
        Row::half("性別・年齢", parts::sex_and_age(facts)),
        Row::half("実施日", parts::date(facts.interview.day)),
    ];
    rows.extend(parts::interviewer(facts));
    Section { heading: "面接指導結果報告書".to_owned(), rows, ..Section::default() }
}

fn report(facts: &OpinionFacts<'_>) -> Section {
    let interview = facts.interview;
    let fatigue: Vec<(Fatigue, &str)> = Fatigue::ALL.iter().map(|fatigue| (*fatigue, fatigue.label())).collect();
    let condition = [(Condition::None, "なし"), (Condition::Present, "あり")];
    let rows = vec![
        Row::text("勤務の状況", parts::work_situation(facts)),
        Row::text("労働時間以外の要因", parts::or_nothing(&interview.work_factors)),
        parts::options("疲労の蓄積の状況", numbered(&fatigue, interview.fatigue), ""),
        parts::options(
            "配慮すべき心身の状況",
            numbered(&condition, interview.condition),
            interview.condition_text.trim(),
        ),
        Row::text("特記事項", KEPT),
    ];
    Section { rows: rows.into_iter().chain(judgment(facts)).collect(), ..Section::default() }
}

/// 判定区分
fn judgment(facts: &OpinionFacts<'_>) -> Vec<Row> {
    let fitness = [(Fitness::Normal, "通常勤務"), (Fitness::Limited, "就業制限"), (Fitness::Leave, "要休業")];
    let needs_measures = facts.interview.fitness != Fitness::Normal || facts.standing().next().is_some();
    let needed = [(false, "不要"), (true, "要（必要事項は下記意見書に記入）")];
    vec![
        diagnosis(facts),
        parts::options("就業区分", numbered(&fitness, facts.interview.fitness), ""),
        guidance(facts),
        parts::options("事後措置として指導勧告の必要性", numbered(&needed, needs_measures), ""),
    ]
}

fn diagnosis(facts: &OpinionFacts<'_>) -> Row {
    let Some(judged) = facts.interview.diagnosis.filter(|_| facts.released.contains(&Release::Diagnosis)) else {
        return Row::text("診断区分", KEPT);
    };
    let all: Vec<(Diagnosis, &str)> = Diagnosis::ALL.iter().map(|one| (*one, one.label())).collect();
    parts::options("診断区分", numbered(&all, judged), "")
}

/// One code of three; what the form has no code for is printed in the words of today, not recoded.
fn guidance(facts: &OpinionFacts<'_>) -> Row {
    let given = &facts.interview.guidance_json;
    let code = code_2011(given);
    let options = ["指導不要", "要保健指導", "要医療指導"];
    let options: Vec<Choice> = options
        .iter()
        .enumerate()
        .map(|(index, text)| choice(&index.to_string(), *text, code == Some(index)))
        .collect();
    let without_code = given.iter().filter(|one| matches!(one, Guidance::FollowUp | Guidance::Reinterview));
    let words: Vec<&str> = without_code.map(|one| one.label()).collect();
    parts::options("指導区分", options, words.join("、"))
}

/// The form takes a single choice: care is more than health guidance, and that more than none.
fn code_2011(given: &[Guidance]) -> Option<usize> {
    [(Guidance::Care, 2), (Guidance::HealthGuidance, 1), (Guidance::None, 0)]
        .into_iter()
        .find(|(guidance, _)| given.contains(guidance))
        .map(|(_, code)| code)
}

fn opinion(facts: &OpinionFacts<'_>) -> Section {
    let message = [facts.interview.message.trim(), &measures::environment(facts)].map(str::to_owned);
    let message = message.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let rows = vec![
        measures::hours_row(facts, measures::HOURS_2011),
        measures::other_row(facts),
        measures::period_row(facts),
        Row::text("医療機関への受診配慮等", parts::or_nothing(&facts.interview.care)),
        Row::text("連絡事項等", if message.is_empty() { NOTHING.to_owned() } else { message }),
    ];
    Section { heading: "事後措置に係る意見書".to_owned(), rows, ..Section::default() }
}
