//! Canaries: a word in every withheld field, searched in the decoded PDF of every copy; and a word in every
//! field that may leave, which must be found there, so that the search itself can fail.

use proptest::prelude::*;

use super::record::{day, id};
use super::*;
use crate::domain::case::Taken;
use crate::domain::interview::{Answer, Online};

/// A word that stands nowhere by chance.
fn word(number: usize) -> String {
    format!("Qx{number:02}z")
}

/// Writes a text into each withheld text field; gives the number of fields.
fn fill_withheld(record: &mut Record, mut text: impl FnMut() -> String) -> usize {
    let (interview, worker, site) = (&mut record.interview, &mut record.worker, &mut record.establishment);
    let online = interview.online_json.get_or_insert_with(Online::default);
    let mut fields: Vec<&mut String> = vec![
        &mut online.doctor_tie,
        &mut interview.fatigue_sheet_json.edition,
        &mut interview.family_answers,
        &mut interview.condition_notes,
        &mut interview.red_flags,
        &mut interview.remarks,
        &mut interview.worker_view,
        &mut interview.time,
        &mut worker.number,
        &mut worker.kana,
        &mut worker.position,
        &mut worker.dispatch_to,
        &mut worker.special_work,
        &mut worker.duties,
        &mut site.short_name,
        &mut site.address,
        &mut site.fax,
        &mut site.industry,
        &mut site.insurance_number,
        &mut site.hours_method,
        &mut site.criterion,
    ];
    fields.extend(record.contacts.iter_mut().flat_map(|contact| [&mut contact.phone, &mut contact.mail]));
    fields.extend(record.measures.iter_mut().flat_map(|m| [&mut m.heard, &mut m.present, &mut m.answer]));
    fields.extend(record.notes.iter_mut());
    let count = fields.len();
    fields.into_iter().for_each(|field| *field = text());
    count
}

/// Changes what is withheld and is no text: numbers, answers, days. Gives what a leak would look like.
fn change_withheld_values(record: &mut Record) -> Vec<&'static str> {
    let interview = &mut record.interview;
    interview.fatigue_sheet_json.symptoms = vec![Some(3); 14];
    interview.bsid_json = vec![Answer::Yes; 5];
    interview.blood_pressure_json.systolic = Some(987);
    interview.blood_pressure_json.diastolic = Some(789);
    interview.diagnosis = Some(Diagnosis::Observe);
    for measure in &mut record.measures {
        measure.heard_on = Some(day("1911-01-01"));
        measure.answered_on = Some(day("1912-01-01"));
        measure.taken = Taken::NotTaken;
    }
    record.worker.joined_on = Some(day("1913-01-01"));
    record.worker.left_on = Some(day("2914-01-01"));
    vec!["987", "789", "要観察", "1911", "1912", "1913", "2914", "1984"]
}

/// Fields that leave, with those who may read them.
fn fill_leaving(record: &mut Record) -> Vec<(String, &'static [Recipient])> {
    use Recipient::{DispatchingEmployer, LineManager, Personnel, Worker};
    const ALL: &[Recipient] = &[Personnel, DispatchingEmployer, LineManager, Worker];
    const FORM: &[Recipient] = &[Personnel, DispatchingEmployer, Worker];
    let (interview, doctor) = (&mut record.interview, &mut record.doctor);
    let [first, second] = record.measures.as_mut_slice() else { panic!("two measures") };
    let [contact] = record.contacts.as_mut_slice() else { panic!("one contact") };
    let fields: Vec<(&mut String, &'static [Recipient])> = vec![
        (&mut record.establishment.name, ALL),
        (&mut record.worker.name, ALL),
        (&mut record.worker.department, ALL),
        (&mut record.worker.dispatch_from, &[DispatchingEmployer]),
        (&mut contact.name, &[Personnel]),
        (&mut contact.department, &[Personnel]),
        (&mut interview.work_situation, FORM),
        (&mut interview.work_factors, FORM),
        (&mut interview.condition_text, FORM),
        (&mut interview.care, FORM),
        (&mut interview.workplace, FORM),
        (&mut interview.message, FORM),
        (&mut interview.doctor, FORM),
        (&mut first.amount, ALL),
        (&mut first.content, ALL),
        (&mut second.amount, ALL),
        (&mut second.content, ALL),
        (&mut doctor.name, ALL),
        (&mut doctor.affiliation, ALL),
        (&mut doctor.registration, ALL),
    ];
    let filled = fields.into_iter().enumerate().map(|(number, (field, readers))| {
        *field = word(60 + number);
        (field.clone(), readers)
    });
    filled.collect()
}

/// All that the field's own tools can read out of a PDF: pages, metadata, and every object unpacked.
pub fn decoded(view: &Disclosed) -> Decoded {
    let pdf = tools::pdf(view);
    let read = |tool, arguments: &[&str], after: &[&str]| tools::run(tool, arguments, &pdf, after).0;
    let text = read("pdftotext", &["-raw"], &["-"]) + &read("pdftotext", &["-layout"], &["-"]);
    let inside = [
        read("pdfinfo", &[], &[]),
        read("pdfinfo", &["-meta"], &[]),
        read("qpdf", &["--qdf", "--object-streams=disable"], &["-"]),
    ];
    let text = tools::without_space(&text);
    Decoded { everything: text.clone() + &tools::without_space(&inside.concat()), text }
}

/// A PDF, read out.
pub struct Decoded {
    /// The text of its pages, without white space.
    pub text: String,
    /// That, its metadata, and every object unpacked.
    pub everything: String,
}

/// Whether a word stands in decoded text: as it is, or as a hexadecimal string of UTF-16.
pub fn stands_in(decoded: &str, word: &str) -> bool {
    let sixteen: String = word.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    decoded.contains(word) || decoded.to_lowercase().contains(&sixteen)
}

#[test]
fn no_withheld_word_is_in_any_pdf_and_every_leaving_word_is() {
    let mut record = Record { notes: vec![String::new(); 2], ..Record::sample() };
    record.contacts[0].id = id(77);
    let leaving = fill_leaving(&mut record);
    let mut number = 0;
    let count = fill_withheld(&mut record, || {
        number += 1;
        word(number)
    });
    assert!((30..60).contains(&count), "{count} canaries");
    let values = change_withheld_values(&mut record);
    for (form, recipient, view) in copies(&record, &[]) {
        let decoded = decoded(&view);
        for secret in (1..=count).map(word) {
            assert!(!stands_in(&decoded.everything, &secret), "{secret} for {recipient:?} on {form:?}");
        }
        // Coordinates on the page hold any three digits, so values are looked for in the text.
        for value in &values {
            assert!(!decoded.text.contains(value), "{value} for {recipient:?} on {form:?}");
        }
        for (open, readers) in &leaving {
            assert_eq!(decoded.text.contains(open), readers.contains(&recipient), "{open}: {recipient:?} on {form:?}");
        }
    }
}

#[test]
fn without_release_the_diagnosis_is_in_no_pdf_and_with_it_in_its_one_row() {
    let mut record = Record::sample();
    record.interview.diagnosis = Some(Diagnosis::Observe);
    let words = ["異常なし", "要観察", "要医療"];
    for (form, recipient, view) in copies(&record, &[]) {
        let decoded = decoded(&view);
        for word in words {
            // 要医療指導 is an option of 指導区分 on the form of 2011.
            let said = decoded.everything.replace("要医療指導", "");
            assert!(!stands_in(&said, word), "{word} for {recipient:?} on {form:?}");
        }
    }
    for (form, recipient, view) in copies(&record, &[Release::Diagnosis]) {
        let text = decoded(&view).text;
        let is_released = form == FORMS[1] && recipient != Recipient::LineManager;
        // The text is read twice, as it flows and as it lies.
        assert_eq!(text.matches("要観察").count(), if is_released { 2 } else { 0 }, "{recipient:?} on {form:?}");
        assert_eq!(text.contains("診断区分□0異常なし■1要観察□2要医療"), is_released, "{recipient:?} on {form:?}");
    }
}

#[test]
fn the_phone_stands_on_the_old_form_alone() {
    let mut record = Record::sample();
    record.establishment.phone = word(1);
    let shown = copies(&record, &[]).into_iter().filter(|copy| copy.2.lines().concat().contains(&word(1)));
    let shown: Vec<_> = shown.map(|(form, recipient, _)| (form, recipient)).collect();
    assert_eq!(shown.len(), 3);
    assert!(shown.iter().all(|(form, to)| *form == FORMS[1] && *to != Recipient::LineManager), "{shown:?}");
}

proptest! {
    #[test]
    fn nothing_withheld_changes_a_copy(text in ".{0,40}", notes in proptest::collection::vec(".{0,20}", 0..3)) {
        let plain = Record::sample();
        let mut filled = Record { notes, ..Record::sample() };
        fill_withheld(&mut filled, || text.clone());
        change_withheld_values(&mut filled);
        prop_assert_eq!(copies(&plain, &[]), copies(&filled, &[]));
    }
}
