//! The report's counts: the example of the sheet, each definition, and a naive recount of a thousand people.

use std::sync::Arc;

use proptest::prelude::*;

use super::counts::{Counts, Definition, Examined, ReportRow, reported};
use super::testing::{cells, head, sheet};
use crate::app::entry_fixture::{day, row, site, worker_id};
use crate::domain::checkup::{Cells, CheckupKind, CheckupSheet, FindingFrom, Instructed};
use crate::domain::interview::Diagnosis;
use crate::domain::worker::{Checkup, Sex};
use crate::law::Law;
use crate::scales::checkup::table;

const DAY: &str = "2026-09-11";
/// Every row of the report examined, hearing by audiometer, nothing found.
const ALL_ROWS: &[(&str, &str)] = &[
    ("wc", "80.0"),
    ("vr", "1.0"),
    ("h1r", "20"),
    ("h1l", "20"),
    ("h4r", "20"),
    ("h4l", "20"),
    ("cxr", "ok"),
    ("spt", "ok"),
    ("sbp", "118"),
    ("dbp", "72"),
    ("hb", "14.0"),
    ("rbc", "450"),
    ("ast", "20"),
    ("alt", "20"),
    ("ggt", "20"),
    ("ldl", "100"),
    ("hdl", "60"),
    ("tgf", "90"),
    ("fpg", "90"),
    ("ug", "-"),
    ("up", "-"),
    ("ecg", "ok"),
];

fn law() -> Law {
    Law::built_in().unwrap()
}

fn definition(law: &Law, from: FindingFrom, instructed: Instructed) -> Definition<'_> {
    Definition { law, table: table("dock-2026").unwrap(), from, instructed }
}

/// Everything examined; these items judged by the clinic.
fn person(judged: &[(&str, &str)]) -> Cells {
    let judgement = |code: &str| judged.iter().find(|(item, _)| *item == code).map_or("A", |(_, word)| *word);
    let rows: Vec<(&str, &str, &str)> = ALL_ROWS.iter().map(|(code, value)| (*code, *value, judgement(code))).collect();
    cells(&rows)
}

/// The clinic's overall word, and the items that it judged.
type Person = (&'static str, &'static [(&'static str, &'static str)]);

/// The five people of the sheet: liver and lipids; anaemia; pressure, lipids and ECG; nothing; eyes and waist only.
fn five() -> Vec<(Checkup, Cells)> {
    let people: [Person; 5] = [
        ("要経過観察", &[("ast", "C"), ("ldl", "C"), ("hdl", "C")]),
        ("要精密検査", &[("hb", "D")]),
        ("要医療", &[("sbp", "D"), ("ldl", "C"), ("ecg", "C")]),
        ("異常なし", &[]),
        ("要経過観察", &[("vr", "C"), ("wc", "C")]),
    ];
    let one = |(number, (word, judged)): (u32, Person)| {
        (head(row(100 + number), worker_id(number), day(DAY), word), person(judged))
    };
    (1..).zip(people).map(one).collect()
}

fn examined(people: &[(Checkup, Cells)]) -> Vec<Examined<'_>> {
    people.iter().map(|(checkup, cells)| Examined { checkup, cells, sex: Sex::Male, diagnosis: None }).collect()
}

fn found(counts: &Counts) -> Vec<(ReportRow, usize)> {
    counts.rows.iter().filter(|row| row.found > 0).map(|row| (row.row, row.found)).collect()
}

#[test]
fn five_people_have_three_with_findings_and_two_instructions() {
    let (law, people) = (law(), five());
    let counts = definition(&law, FindingFrom::Observe, Instructed::WithFinding).count(&examined(&people));
    assert_eq!((counts.examined, counts.with_finding, counts.instructed), (5, 3, 2));
    let expected = [
        (ReportRow::Pressure, 1),
        (ReportRow::Anaemia, 1),
        (ReportRow::Liver, 1),
        (ReportRow::Lipid, 2),
        (ReportRow::Ecg, 1),
    ];
    assert_eq!(found(&counts), expected);
    for row in &counts.rows {
        let examined = if row.row == ReportRow::HearingOther { 0 } else { 5 };
        assert_eq!((row.examined, row.unclear), (examined, 0), "{:?}", row.row);
    }
}

#[test]
fn who_is_told_to_see_a_doctor_without_a_row_counts_by_the_definition_only() {
    let law = law();
    let mut people = five();
    people[4].0.judgement = "要医療".to_owned();
    people[0].0.judgement = "治療中".to_owned();
    let count = |instructed| definition(&law, FindingFrom::Observe, instructed).count(&examined(&people)).instructed;
    assert_eq!(count(Instructed::WithFinding), 2, "eyes and waist make nobody 所見のあった者");
    assert_eq!(count(Instructed::Everybody), 3);
    assert_eq!(count(Instructed::WithTreated), 3);
}

#[test]
fn the_physicians_own_diagnosis_goes_before_the_clinics_word() {
    let (law, people) = (law(), five());
    let mut told = examined(&people);
    told[0].diagnosis = Some(Diagnosis::Treat);
    told[1].diagnosis = Some(Diagnosis::Observe);
    let counts = definition(&law, FindingFrom::Observe, Instructed::WithFinding).count(&told);
    assert_eq!((counts.with_finding, counts.instructed), (3, 2));
}

#[test]
fn what_the_clinic_judged_nowhere_goes_by_the_settled_table_and_the_law_of_hearing() {
    let law = law();
    let count = |from, values: &[(&str, &str, &str)]| {
        let people = [(head(row(1), worker_id(1), day(DAY), ""), cells(values))];
        definition(&law, from, Instructed::WithFinding).count(&examined(&people))
    };
    let of = |from, values: &[(&str, &str, &str)]| {
        let counts = count(from, values);
        (counts.with_finding, counts.rows.iter().map(|row| row.unclear).sum::<usize>())
    };
    let (observe, slight) = (FindingFrom::Observe, FindingFrom::Slight);
    assert_eq!(of(observe, &[("sbp", "139", "")]), (0, 0));
    assert_eq!(of(slight, &[("sbp", "129", "")]), (0, 0));
    assert_eq!(of(slight, &[("sbp", "130", "")]), (1, 0));
    assert_eq!(of(observe, &[("sbp", "140", "")]), (1, 0));
    assert_eq!(of(observe, &[("sbp", "140", "A")]), (0, 0), "the clinic's judgement goes first");
    // HR-02: 40 dB at 4000 Hz is heard at a periodic examination, 45 is not; 30 at 1000.
    assert_eq!(of(observe, &[("h4r", "40", "")]), (0, 0));
    assert_eq!(of(observe, &[("h4r", "41", "")]), (1, 0));
    assert_eq!(of(observe, &[("h1r", "30", "")]), (0, 0));
    assert_eq!(of(observe, &[("h1r", "31", "")]), (1, 0));
    assert_eq!(of(observe, &[("cxr", "!", "")]), (1, 0));
    assert_eq!(of(observe, &[("cxr", "=", "")]), (0, 1), "words that nobody judged are not guessed");
    assert_eq!(of(observe, &[("rbc", "300", "")]), (0, 1), "red cells have no class in the table");
    let undone = count(observe, &[("ecg", "x", ""), ("cxr", "?words", "")]);
    assert!(undone.rows.iter().all(|row| row.examined == 0), "{undone:?}");
}

#[test]
fn a_sample_too_soon_after_the_meal_and_an_unreadable_picture_are_not_examined() {
    let law = law();
    let examined = |values: &[(&str, &str, &str)], row: ReportRow| {
        let people = [(head(row_id(), worker_id(1), day(DAY), ""), cells(values))];
        let counts = definition(&law, FindingFrom::Observe, Instructed::WithFinding).count(&self::examined(&people));
        counts.rows.iter().find(|count| count.row == row).map(|count| (count.examined, count.found)).unwrap()
    };
    let sugar = |meal: &str| examined(&[("cpg", "208", "D"), ("meal", meal, "")], ReportRow::Glucose);
    assert_eq!((sugar("<3.5"), sugar(">=3.5")), ((0, 0), (1, 1)));
    let with_a1c = [("cpg", "208", ""), ("meal", "<3.5", ""), ("a1c", "5.4", "A")];
    assert_eq!(examined(&with_a1c, ReportRow::Glucose).0, 1);
    assert_eq!(examined(&[("cxr", "x", "")], ReportRow::Xray), (0, 0));
}

fn row_id() -> crate::domain::Id {
    row(1)
}

fn taken(kinds: &[(u32, &str, CheckupKind)]) -> (crate::app::Site, Vec<CheckupSheet>) {
    let mut site = site();
    let heads: Vec<Checkup> = (1..)
        .zip(kinds)
        .map(|(number, (worker, on, _))| head(row(100 + number), worker_id(*worker), day(on), "A"))
        .collect();
    let sheets = heads
        .iter()
        .zip(kinds)
        .zip(1..)
        .map(|((head, (_, _, kind)), number)| CheckupSheet { kind: *kind, ..sheet(row(200 + number), head, &[]) });
    let sheets = sheets.collect();
    site.checkups = Arc::new(heads.into());
    (site, sheets)
}

#[test]
fn a_person_counts_once_by_the_newest_and_hiring_is_not_reported() {
    let (site, sheets) = taken(&[
        (1, "2026-03-10", CheckupKind::Specified),
        (1, "2026-09-10", CheckupKind::Specified),
        (2, "2026-04-01", CheckupKind::Hire),
        (3, "2025-12-31", CheckupKind::Periodic),
        (4, "2026-09-11", CheckupKind::Periodic),
    ]);
    let year = (day("2026-01-01"), day("2026-12-31"));
    let chosen = reported(&site, &sheets, year);
    let days: Vec<_> = chosen.people.iter().map(|(checkup, _)| checkup.day).collect();
    assert_eq!(days, [day("2026-09-10"), day("2026-09-11")]);
    assert_eq!((chosen.doubled, chosen.unread), (1, 0));
    assert_eq!(reported(&site, &sheets[..4], year).unread, 1, "an examination without a sheet is named");
}

/// A row of one person as the test knows it: not done, fine, found.
type Truth = [u8; 13];
/// An item of each row.
const OF_ROW: [&str; 13] = ["h1l", "h4r", "hx", "cxr", "spt", "dbp", "hb", "ggt", "tgf", "a1c", "ug", "up", "ecg"];

fn built(number: u32, truth: &Truth, word: &str) -> (Checkup, Cells) {
    let mut values: Vec<(&str, &str, &str)> = vec![("vr", "0.1", "D"), ("wc", "120", "D")];
    for (code, state) in OF_ROW.iter().zip(truth) {
        match state {
            0 => values.push((code, "x", "")),
            1 => values.push((code, "ok", "A")),
            _ => values.push((code, "!", "C")),
        }
    }
    (head(row(number), worker_id(number), day(DAY), word), cells(&values))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn a_thousand_people_are_counted_as_a_naive_recount_counts_them(
        truths in proptest::collection::vec((proptest::array::uniform13(0_u8..3), 0_usize..4), 1000)
    ) {
        const WORDS: [&str; 4] = ["A", "C", "D 要医療", "E 治療中"];
        let law = law();
        let people: Vec<_> = (1..).zip(&truths).map(|(number, (truth, word))| built(number, truth, WORDS[*word])).collect();
        let counts = definition(&law, FindingFrom::Observe, Instructed::WithFinding).count(&examined(&people));
        for (place, row) in counts.rows.iter().enumerate() {
            prop_assert_eq!(row.examined, truths.iter().filter(|(truth, _)| truth[place] > 0).count());
            prop_assert_eq!(row.found, truths.iter().filter(|(truth, _)| truth[place] == 2).count());
        }
        let with = truths.iter().filter(|(truth, _)| truth.contains(&2));
        prop_assert_eq!(counts.with_finding, with.clone().count());
        prop_assert_eq!(counts.instructed, with.filter(|(_, word)| *word == 2).count());
        prop_assert!(counts.with_finding <= counts.rows.iter().map(|row| row.found).sum::<usize>());
    }
}
