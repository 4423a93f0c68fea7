//! 意見への照会に対する回答: what the employer asked about an issued opinion, and what was answered (措置指針 2(3)ニ).
//!
//! It names the paper that was asked about by number, version and day, and says nothing of that paper again.

use super::parts::{self, Imprint};
use super::staying::{Hint, SIGNER_NAME};
use crate::documents::view::{Disclosed, Row, Section};
use crate::domain::checkup::OpinionInquiry;
use crate::domain::establishment::Establishment;
use crate::domain::opinion::{Issued, Recipient};
use crate::domain::worker::Worker;
use crate::law::Law;

/// What the answer is made from.
#[derive(Debug, Clone, Copy)]
pub struct AnswerFacts<'a> {
    /// The establishment.
    pub establishment: &'a Establishment,
    /// Whose opinion it is.
    pub worker: &'a Worker,
    /// The question and the answer.
    pub inquiry: &'a OpinionInquiry,
    /// The version that was asked about.
    pub asked: &'a Issued,
    /// The physician's own words about the person: compared with the answer, never printed.
    pub own: &'a [&'a str],
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// Builds the answer for whoever got the opinion.
pub fn answer(facts: &AnswerFacts<'_>, recipient: Recipient) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "opinion_answer", parts::copy_name(recipient));
    view.sections = vec![about(facts, recipient), asked(facts), answered(facts)];
    view.notes = vec![
        "この回答は、上の文書についてのものです。文書そのものは変わりません。意見を改めるときは、新しい文書をお渡しします。"
            .to_owned(),
        "この書面は、就業上の措置を行うためだけに使ってください。".to_owned(),
    ];
    view
}

fn about(facts: &AnswerFacts<'_>, recipient: Recipient) -> Section {
    let dispatched = facts.worker.dispatch_from.trim();
    let to = match recipient {
        Recipient::DispatchingEmployer if !dispatched.is_empty() => dispatched,
        _ => parts::employer(facts.establishment),
    };
    let document = format!("{}　第{}版（{}）", facts.asked.id, facts.asked.version, parts::date(facts.asked.day));
    let rows = vec![
        Row::text("宛先", parts::salutation(&[to])),
        Row::text("照会のあった文書", document),
        Row::half("氏名", &facts.worker.name),
        Row::half("所属", &facts.worker.department),
    ];
    Section { rows, ..Section::default() }
}

fn asked(facts: &AnswerFacts<'_>) -> Section {
    let rows = vec![
        Row::half("照会の日", parts::date(facts.inquiry.asked_on)),
        Row::half("照会した方", facts.inquiry.asked_by.trim()),
        Row::text("照会の内容", facts.inquiry.question.trim()),
    ];
    Section { heading: "照会".to_owned(), rows, ..Section::default() }
}

fn answered(facts: &AnswerFacts<'_>) -> Section {
    let rows = vec![
        Row::text("回答の日", facts.inquiry.answered_on.map(parts::date).unwrap_or_default()),
        Row::text("回答の内容", facts.inquiry.answer.trim()),
    ];
    Section { heading: "回答".to_owned(), rows, ..Section::default() }
}

/// Names what must be filled in before the answer can be issued.
pub fn missing(facts: &AnswerFacts<'_>) -> Vec<String> {
    let open = [
        (facts.inquiry.answered_on.is_none(), "回答の日"),
        (facts.inquiry.answer.trim().is_empty(), "回答"),
        (facts.imprint.doctor.name.trim().is_empty(), SIGNER_NAME),
    ];
    open.into_iter().filter(|(is_open, _)| *is_open).map(|(_, field)| field.to_owned()).collect()
}

/// Finds words of the answer that want a second look; the question is the employer's own.
pub fn hints(law: &Law, facts: &AnswerFacts<'_>) -> Vec<Hint> {
    let texts = [("回答", facts.inquiry.answer.as_str())];
    let words = &law.tables().words;
    let mut hits = words.consequences(&texts);
    hits.extend(words.disclosure(&texts, facts.own));
    hits.into_iter().map(|hit| Hint { field: hit.field, word: hit.word, reason: hit.reason }).collect()
}
