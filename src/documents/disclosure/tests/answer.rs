//! The answer to an inquiry: what it says, what it lacks, and by the bytes that the opinion's own record stays.

use super::record::{Record, day, establishment, id};
use super::secrecy::{decoded, stands_in};
use super::*;
use crate::documents::disclosure::opinion_answer::{AnswerFacts, answer, hints, missing};
use crate::domain::Id;
use crate::domain::checkup::OpinionInquiry;
use crate::domain::opinion::Issued;

/// What the physician wrote elsewhere about the person.
const OWN: &str = "Qown鵺眠れない";

struct Asked {
    record: Record,
    inquiry: OpinionInquiry,
    issued: Issued,
}

fn asked() -> Asked {
    let record = Record::sample();
    let issued = Issued {
        id: Id::parse("E01-2026-0001").unwrap(),
        form: FormKind::InterviewOpinion,
        case_id: None,
        worker: Some(record.worker.id.clone()),
        version: 2,
        supersedes: None,
        day: day("2026-11-20"),
        snapshot_json: serde_json::json!({ "interview": OWN }),
        copies_json: Vec::new(),
    };
    let inquiry = OpinionInquiry {
        id: id(41),
        document: issued.id.clone(),
        worker: record.worker.id.clone(),
        asked_on: day("2026-11-21"),
        asked_by: "人事".into(),
        question: "休日の勤務も含みますか".into(),
        answered_on: Some(day("2026-11-22")),
        answer: "含みます。休日労働を合わせて月40時間までです。".into(),
    };
    Asked { record, inquiry, issued }
}

impl Asked {
    fn with<T>(&self, made: impl Fn(&AnswerFacts<'_>) -> T) -> T {
        let establishment = establishment();
        made(&AnswerFacts {
            establishment: &establishment,
            worker: &self.record.worker,
            inquiry: &self.inquiry,
            asked: &self.issued,
            own: &[OWN],
            imprint: self.record.facts(&[], &[]).imprint(),
        })
    }
}

#[test]
fn an_answer_says_question_answer_and_version_and_nothing_else_leaves_with_it() {
    let asked = asked();
    let view = asked.with(|facts| answer(facts, Recipient::Employer));
    let said = view.lines().join("\n");
    for words in [
        "照会のあった文書　E01-2026-0001　第2版（2026年11月20日）",
        "照会した方　人事",
        "照会の内容　休日の勤務も含みますか",
        "回答の日　2026年11月22日",
        "回答の内容　含みます。",
        "文書そのものは変わりません",
        "医師氏名　水野 遥",
    ] {
        assert!(said.contains(words), "{words}\n--\n{said}");
    }
    let shown = decoded(&view);
    assert!(shown.text.contains("合わせて月40時間まで") && !stands_in(&shown.everything, OWN));
    assert!(!stands_in(&shown.everything, "さえき"), "the reading of a name is no part of it");
    assert_eq!(asked.with(missing), Vec::<String>::new());
}

#[test]
fn the_answer_goes_to_the_dispatching_employer_by_its_name() {
    let mut asked = asked();
    asked.record.worker.dispatch_from = "見本人材株式会社".into();
    let to = |recipient| asked.with(|facts| answer(facts, recipient)).lines().join("\n");
    assert!(to(Recipient::DispatchingEmployer).contains("見本人材株式会社 殿"));
    assert!(!to(Recipient::Employer).contains("見本人材株式会社"));
}

#[test]
fn what_is_open_or_wants_a_second_look_is_named() {
    let mut asked = asked();
    (asked.inquiry.answered_on, asked.inquiry.answer) = (None, String::new());
    asked.record.doctor.name = String::new();
    assert_eq!(asked.with(missing), ["回答の日", "回答", "署名する医師の氏名"]);
    let law = crate::law::Law::built_in().unwrap();
    asked.inquiry.answer = "従えないときは解雇もありえます。高血圧症の治療中です。".into();
    let found: Vec<String> = asked.with(|facts| hints(&law, facts)).into_iter().map(|hint| hint.word).collect();
    assert!(found.iter().any(|word| word == "解雇") && found.iter().any(|word| word == "高血圧症"), "{found:?}");
    asked.inquiry.question = "解雇してもよいですか".into();
    asked.inquiry.answer = "含みます。".into();
    assert!(asked.with(|facts| hints(&law, facts)).is_empty(), "the question is the employer's own");
}
