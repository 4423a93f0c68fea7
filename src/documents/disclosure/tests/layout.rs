//! How the copies lie on paper: one page where it can be one, and no last page that says nothing.

use super::*;

/// A record whose copies are a little too long for one page as they are set by default.
fn long() -> Record {
    let mut record = Record::sample();
    record.interview.work_situation = "10月 92:30、夜間の呼出し 4回、出張 2回。納期前の作業が続いています。".into();
    record.interview.message = "体調の変化があれば、次の面接を待たずにお知らせください。".into();
    record.interview.guidance_json = Guidance::ALL.to_vec();
    record.measures.push(Measure { kind: MeasureKind::PaidLeave, ..record.measures[1].clone() });
    record.measures.push(Measure { kind: MeasureKind::Place, ..record.measures[1].clone() });
    record
}

fn set(record: &Record, form: FormKind, recipient: Recipient) -> (Vec<u8>, Vec<String>) {
    let view = opinion(&record.facts(&[], &[]), form, recipient);
    let pdf = tools::pdf(&view);
    let pages = 1..=tools::pages(&pdf);
    let text = |page: usize| {
        let page = page.to_string();
        let (said, _) = tools::run("pdftotext", &["-raw", "-f", &page, "-l", &page], &pdf, &["-"]);
        tools::without_space(&said)
    };
    (pdf.clone(), pages.map(text).collect())
}

#[test]
fn a_copy_that_nearly_fits_is_one_page() {
    for form in FORMS {
        for recipient in [Recipient::Personnel, Recipient::Worker] {
            let (_, pages) = set(&long(), form, recipient);
            assert_eq!(pages.len(), 1, "{form:?} {recipient:?}");
        }
    }
}

#[test]
fn a_second_page_of_the_workers_copy_holds_the_advice_with_the_signature() {
    let mut record = long();
    record.interview.message = "体調の変化があれば、次の面接を待たずにお知らせください。".repeat(14);
    let (_, pages) = set(&record, FormKind::InterviewOpinion, Recipient::Worker);
    assert_eq!(pages.len(), 2);
    for word in ["ご本人への指導", "医師氏名"] {
        assert!(pages[1].contains(word) && !pages[0].contains(word), "{word}");
    }
}
