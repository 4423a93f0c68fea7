//! What stays, what is missing, and which words want a second look before anything leaves.
//!
//! Here withheld fields are counted and compared; nothing of them is ever given back as text, except the words
//! that stand in both a note and the opinion, for the physician's own eyes.

use super::{OpinionFacts, Release};
use crate::documents::view::Disclosed;
use crate::domain::case::MeasureKind;
use crate::domain::interview::{Answer, BloodPressure};
use crate::domain::opinion::Recipient;
use crate::law::Law;
use crate::law::judgment::{self, LegalItem, RecordItems};

/// What is missing where the physician's own name is not set.
pub const SIGNER_NAME: &str = "署名する医師の氏名";

/// A word in a free text of the opinion that wants a second look; it blocks nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The field, as the form calls it.
    pub field: String,
    /// The word.
    pub word: String,
    /// Why.
    pub reason: String,
}

/// Counts the fields of a copy that say something: what leaves beside title, number and signature.
pub fn leaving(view: &Disclosed) -> usize {
    let said = |row: &&crate::documents::view::Row| !row.value.trim().is_empty() || !row.options.is_empty();
    let rows = view.sections.iter().map(|section| section.rows.iter().filter(said).count()).sum::<usize>();
    let cells = view.sections.iter().filter_map(|section| section.table.as_ref()).flat_map(|table| &table.rows);
    rows + cells.flatten().filter(|cell| !cell.trim().is_empty()).count()
}

/// Names the fields that do not leave to `recipient`, each with its number; empty ones are not named.
pub fn staying(facts: &OpinionFacts<'_>, recipient: Recipient) -> Vec<(String, usize)> {
    let mut fields = health(facts);
    fields.extend(heard(facts));
    if recipient != Recipient::Worker {
        fields.push(("ストレスチェックの点数", facts.stress.and_then(|part| part.result).map_or(0, |_| 3)));
    }
    if facts.stress.is_some() && recipient != Recipient::LineManager {
        let hours = usize::from(!facts.hours.is_empty());
        fields.push(("勤務の状況", filled(&facts.interview.work_situation).max(hours)));
        fields.push(("心身の状況の記載", filled(&facts.interview.condition_text)));
    }
    if recipient == Recipient::LineManager {
        fields.extend(not_for_the_workplace(facts));
    }
    fields.retain(|(_, count)| *count > 0);
    fields.into_iter().map(|(field, count)| (field.to_owned(), count)).collect()
}

fn health(facts: &OpinionFacts<'_>) -> Vec<(&'static str, usize)> {
    let interview = facts.interview;
    let sheet = &interview.fatigue_sheet_json;
    let answers = sheet.symptoms.iter().chain(&sheet.work).flatten().count();
    let questions = interview.bsid_json.iter().filter(|answer| **answer != Answer::Open).count();
    let is_kept = interview.diagnosis.is_some() && !facts.released.contains(&Release::Diagnosis);
    let is_released = facts.released.contains(&Release::Findings);
    vec![
        ("疲労の回答", answers),
        ("点数と総合", usize::from(answers > 0)),
        ("家族の回答", filled(&interview.family_answers)),
        ("抑うつの質問", questions),
        ("血圧", usize::from(is_measured(&interview.blood_pressure_json))),
        ("注意の所見", filled(&interview.red_flags)),
        ("心身・生活の記録", filled(&interview.condition_notes)),
        ("診断区分", usize::from(is_kept)),
        ("心理的な負担の状況", facts.stress.map_or(0, |part| filled(&part.record.burden))),
        ("医学的所見", facts.stress.filter(|_| !is_released).map_or(0, |part| filled(&part.record.findings))),
        ("その他特記事項", filled(&interview.remarks)),
        ("自分だけのメモ", facts.notes.iter().map(|note| filled(note)).sum()),
    ]
}

fn heard(facts: &OpinionFacts<'_>) -> Vec<(&'static str, usize)> {
    let said = facts.standing().map(|measure| filled(&measure.heard)).sum();
    vec![
        ("本人の意向", filled(&facts.interview.worker_view)),
        ("措置について聴いたこと", said),
        ("オンラインの条件", usize::from(facts.interview.online_json.is_some())),
    ]
}

/// What the employer reads and the line manager does not (section 10: the measure only).
fn not_for_the_workplace(facts: &OpinionFacts<'_>) -> Vec<(&'static str, usize)> {
    let interview = facts.interview;
    let environment = facts.standing().filter(|measure| measure.kind == MeasureKind::Environment).count();
    vec![
        ("性別・年齢・面接指導日", 3),
        ("勤務の状況", filled(&interview.work_situation).max(usize::from(!facts.hours.is_empty()))),
        ("労働時間以外の要因", filled(&interview.work_factors)),
        ("疲労と心身の状況", 2 + filled(&interview.condition_text)),
        ("本人への指導区分", interview.guidance_json.len()),
        ("就業区分", 1),
        ("次回面接予定日", usize::from(interview.next_on.is_some())),
        ("職場環境への意見", filled(&interview.workplace) + environment),
        ("受診への配慮", filled(&interview.care)),
        ("連絡事項", filled(&interview.message)),
    ]
}

fn filled(text: &str) -> usize {
    usize::from(!text.trim().is_empty())
}

fn is_measured(pressure: &BloodPressure) -> bool {
    pressure != &BloodPressure::default()
}

/// Names what must be filled in before the opinion can be issued: the record of 安衛則52条の6, and the addressee
/// of a dispatched worker's opinion.
pub fn missing(facts: &OpinionFacts<'_>) -> Vec<String> {
    let interview = facts.interview;
    let doctor = if interview.doctor.trim().is_empty() { &facts.doctor.name } else { &interview.doctor };
    let hours = facts.hours.concat();
    let items = RecordItems {
        work_situation: if hours.trim().is_empty() { &interview.work_situation } else { &hours },
        fatigue: Some(interview.fatigue),
        condition: Some(interview.condition),
        day: Some(interview.day),
        worker: &facts.worker.name,
        doctor,
        opinion: Some(interview.fitness),
        burden: facts.stress.map(|part| part.record.burden.as_str()),
    };
    let mut missing: Vec<&str> = judgment::missing_items(&items).into_iter().map(LegalItem::label).collect();
    if facts.doctor.name.trim().is_empty() && !missing.contains(&LegalItem::Doctor.label()) {
        missing.push(SIGNER_NAME);
    }
    if facts.is_dispatched && facts.worker.dispatch_from.trim().is_empty() {
        missing.push("派遣元の名称");
    }
    missing.into_iter().map(str::to_owned).collect()
}

/// Finds words in the free texts that want a second look: forbidden consequences, diseases, drugs, values, and
/// words of the notes that stay.
pub fn hints(law: &Law, facts: &OpinionFacts<'_>) -> Vec<Hint> {
    let texts = free_texts(facts);
    let texts: Vec<(&str, &str)> = texts.iter().map(|(field, text)| (*field, *text)).collect();
    let words = &law.tables().words;
    let mut hits = words.consequences(&texts);
    hits.extend(words.disclosure(&texts, &own_words(facts)));
    hits.into_iter().map(|hit| Hint { field: hit.field, word: hit.word, reason: hit.reason }).collect()
}

/// Points at workers by name in texts where nobody is named. Whole names only: a family name alone is a word in too many
/// texts.
pub(super) fn names(names: &[&str], texts: &[(&str, &str)], reason: &str) -> Vec<Hint> {
    let close = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    let names: Vec<String> = names.iter().map(|name| close(name)).filter(|name| name.chars().count() > 2).collect();
    let texts = texts.iter().map(|(field, text)| (*field, close(text)));
    texts
        .flat_map(|(field, text)| names.iter().filter(move |name| text.contains(*name)).map(move |name| (field, name)))
        .map(|(field, name)| Hint { field: field.to_owned(), word: name.clone(), reason: reason.to_owned() })
        .collect()
}

/// The free texts that leave, by the name the form gives them.
fn free_texts<'a>(facts: &OpinionFacts<'a>) -> Vec<(&'static str, &'a str)> {
    let interview = facts.interview;
    let mut texts = vec![
        ("勤務の状況", interview.work_situation.as_str()),
        ("労働時間以外の要因", &interview.work_factors),
        ("その他の心身の状況", &interview.condition_text),
        ("職場環境の改善に関する意見", &interview.workplace),
        ("医療機関への受診配慮等", &interview.care),
        ("連絡事項等", &interview.message),
    ];
    if let Some(part) = facts.stress {
        texts.drain(..3);
        texts.extend(
            facts.released.contains(&Release::Findings).then_some(("医学的所見", part.record.findings.as_str())),
        );
    }
    let measures = facts.standing();
    texts.extend(measures.flat_map(|m| [("措置の程度", m.amount.as_str()), ("措置の内容", m.content.as_str())]));
    texts
}

/// The physician's own words that stay.
fn own_words<'a>(facts: &OpinionFacts<'a>) -> Vec<&'a str> {
    let interview = facts.interview;
    let mut words = vec![
        interview.condition_notes.as_str(),
        &interview.remarks,
        &interview.family_answers,
        &interview.red_flags,
        &interview.worker_view,
    ];
    words.extend(facts.stress.map(|part| part.record.burden.as_str()));
    words.extend(facts.notes);
    words.extend(facts.standing().map(|measure| measure.heard.as_str()));
    words
}
