use proptest::prelude::*;

use super::super::people::tests::worker;
use super::super::profile::propose_checkup;
use super::super::source::read;
use super::*;

const HEADER: &str = "社員番号,氏名,健診日,健診機関,総合判定,要再検査,医師所見,血圧,HbA1c,尿蛋白";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn roster() -> Vec<Worker> {
    let mut left = worker(3, "103", "退職 済", "");
    left.left_on = Some(day("2026-08-31"));
    vec![worker(1, "101", "山田 太郎", ""), worker(2, "102", "髙田 実", ""), left]
}

fn previewed(rows: &str, decisions: &Decisions) -> Preview {
    let table = read(format!("{HEADER}\n{rows}").as_bytes()).unwrap();
    let (roster, profile) = (roster(), propose_checkup(&table.header).profile);
    let input = Input { table: &table, profile: &profile, roster: &roster, decisions, day: day("2026-11-20") };
    let preview = preview(&input).unwrap();
    assert_eq!(preview.accounted(), preview.rows);
    preview
}

#[test]
fn nobody_is_made_and_nobody_is_guessed() {
    let rows = "999,新田 望,R8.9.7,,A,,,120/70,5.4,-\n102,高田 実,R8.9.7,,A,,,120/70,5.4,-\n\
                103,退職 済,R8.9.7,,A,,,120/70,5.4,-\n101,山田 太郎,2026/2/31,,A,,,120/70,5.4,-\n\
                101,山田 太郎,,,,,,,,\n103,退職 済,R8.8.7,,A,,,120/70,5.4,-\n";
    let preview = previewed(rows, &Decisions::default());
    let refused: Vec<_> = preview.refused.iter().map(|row| (row.line, row.column, row.why)).collect();
    assert_eq!(refused, [(2, None, Why::NotOnRoster), (5, Some(3), Why::NotDate)]);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(3, Doubt::NameVariant), (4, Doubt::Leaver)]);
    assert_eq!(preview.ignored, [Ignored { line: 6, why: Skip::NoExam }]);
    assert_eq!(preview.exams.iter().map(|exam| exam.line).collect::<Vec<_>>(), [7], "before the last day of work");
}

#[test]
fn rows_that_differ_about_one_examination_are_a_question_together_until_one_is_left() {
    let rows = "101,山田 太郎,R8.9.7,,A,,,120/70,5.4,-\n101,山田 太郎,R8.9.7,,A,,,120/70,5.4,-\n\
                101,山田 太郎,R8.9.7,,B,,,130/70,5.4,-\n101,山田 太郎,R8.3.2,,B,,,130/70,5.4,-\n";
    let asked = previewed(rows, &Decisions::default());
    assert_eq!(
        asked.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(),
        [(2, Doubt::TwiceInFile), (4, Doubt::TwiceInFile)]
    );
    assert_eq!(asked.ignored, [Ignored { line: 3, why: Skip::SameRow }]);
    assert_eq!(asked.exams.len(), 1, "another day is another examination");
    let rows_left = [(2, RowDecision::Leave), (3, RowDecision::Leave)].into();
    let answered = previewed(rows, &Decisions { rows: rows_left, ..Decisions::default() });
    assert_eq!(answered.exams.iter().map(|exam| exam.line).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn a_mark_is_told_by_its_heading_and_no_mark_is_silent() {
    let words = |mark: &str| {
        previewed(&format!("101,山田 太郎,R8.9.7,,C,{mark},塩分を控える,,5.4,\n"), &Decisions::default()).exams[0]
            .words
            .clone()
    };
    for mark in ["○", "1", "あり", "要"] {
        assert_eq!(words(mark), "C 要再検査 塩分を控える", "{mark}");
    }
    for mark in ["", "×", "0", "なし"] {
        assert_eq!(words(mark), "C 塩分を控える", "{mark}");
    }
    assert_eq!(words("肝機能"), "C 肝機能 塩分を控える");
}

#[test]
fn a_header_without_a_day_or_an_item_is_no_clinics_file() {
    let missing = |text: &str| propose_checkup(&text.split(',').map(str::to_owned).collect::<Vec<_>>()).missing;
    assert_eq!(missing("氏名,BMI"), Some(ProfileError::NoExamDay));
    assert_eq!(missing("氏名,健診日,備考"), Some(ProfileError::NoItems));
    assert_eq!(missing("健診日,BMI"), Some(ProfileError::NoPerson));
    assert_eq!(missing("ｶﾅ氏名,生年月日,健診日,ＢＭＩ"), None);
    assert_eq!(missing("氏名,健診日,BMI,BMI"), Some(ProfileError::SameHeader { first: 3, second: 4 }), "last year's?");
}

proptest! {
    #[test]
    fn every_row_is_accounted_for(rows in prop::collection::vec("(101|102|103|9)?,(山田 太郎|髙田 実|退職 済)?,(R8\\.9\\.7|2026/8/1|[0-9/]{0,9})?,,[A-E]?,,,[0-9/<>未満]{0,6},[0-9.]{0,4},[-+±0-9()]{0,3}", 0..12)) {
        previewed(&rows.join("\n"), &Decisions::default());
    }

    #[test]
    fn any_cells_are_read(rows in prop::collection::vec("\\PC{0,60}", 0..6)) {
        if read(format!("{HEADER}\n{}", rows.join("\n")).as_bytes()).is_ok() {
            previewed(&rows.join("\n"), &Decisions::default());
        }
    }
}
