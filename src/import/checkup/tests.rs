use proptest::prelude::*;

use super::super::people::ValueDecision;
use super::super::people::tests::worker;
use super::super::profile::propose_checkup;
use super::super::source::read;
use super::*;
use crate::domain::checkup::Item;

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
    let left = [2, 3].into();
    let answered = previewed(rows, &Decisions { left, ..Decisions::default() });
    assert_eq!(answered.exams.iter().map(|exam| exam.line).collect::<Vec<_>>(), [4, 5]);
}

/// The values of one row below these headings, and what could not be read.
fn one_row(headings: &str, cells: &str, decisions: &Decisions) -> (String, Vec<Unread>) {
    let table = read(format!("社員番号,健診日,{headings}\n101,2026/9/7,{cells}\n").as_bytes()).unwrap();
    let (roster, profile) = (roster(), propose_checkup(&table.header).profile);
    let input = Input { table: &table, profile: &profile, roster: &roster, decisions, day: day("2026-11-20") };
    let preview = preview(&input).unwrap();
    let told = |cell: &crate::domain::checkup::Cell| format!("{}={}", cell.item.code(), cell.value.code());
    let values: Vec<String> = preview.exams[0].cells.all().iter().map(told).collect();
    (values.join(" "), preview.unread)
}

#[test]
fn the_unit_of_a_heading_counts_and_two_columns_that_differ_are_a_question() {
    let plain = Decisions::default();
    assert_eq!(one_row("血小板数(千/μL),ヘモグロビン(g/L)", "95,24", &plain).0, "plt=9.5 hb=2.4");
    assert_eq!(one_row("収縮期血圧(1回目),収縮期血圧(2回目)", "132,128", &plain).0, "sbp=130");
    let (values, unread) = one_row("血色素,γ-GT,HGB,GGT", "14.1,30,14.3,30", &plain);
    assert_eq!(values, "hb=?columns ggt=30");
    let wanted = Unread {
        line: 2,
        columns: vec![2, 4],
        item: Item::Haemoglobin,
        why: crate::domain::checkup::Doubt::Columns,
        text: "血色素 14.1 / HGB 14.3".to_owned(),
        answer: None,
        is_open: true,
    };
    assert_eq!(unread, [wanted]);
}

#[test]
fn a_value_that_could_not_be_read_is_answered_or_left_out() {
    let answered = |item, decision| Decisions { values: [((2, item), decision)].into(), ..Decisions::default() };
    let typed = |text: &str| ValueDecision::Typed(text.to_owned());
    let asked = |decisions: &Decisions| {
        let (values, unread) = one_row("AST,ALT,尿蛋白", "溶血,20,1", decisions);
        let open = unread.iter().filter(|unread| unread.is_open);
        assert_eq!(unread.len(), 2, "an answered one stays in the list, to be typed over");
        (values, open.map(|unread| (unread.item, unread.why.label())).collect::<Vec<_>>())
    };
    let (ast, up) = ((Item::Ast, "読めない文字"), (Item::UrineProtein, "1 と 2 の意味が書式で逆"));
    assert_eq!(asked(&Decisions::default()), ("ast=?words alt=20 up=?code".to_owned(), vec![ast, up]));
    assert_eq!(asked(&answered(Item::Ast, typed("28"))), ("ast=28 alt=20 up=?code".to_owned(), vec![up]));
    assert_eq!(asked(&answered(Item::Ast, ValueDecision::Leave)), ("alt=20 up=?code".to_owned(), vec![up]));
    assert_eq!(asked(&answered(Item::UrineProtein, typed("0"))), ("ast=?words alt=20 up=-".to_owned(), vec![ast]));
    let again = (Item::Ast, "ふつうは出ない値");
    assert_eq!(asked(&answered(Item::Ast, typed("0"))), ("ast=?range alt=20 up=?code".to_owned(), vec![again, up]));
    let other = answered(Item::Alt, typed("99"));
    assert_eq!(asked(&other).0, "ast=?words alt=20 up=?code", "what was read is not asked about");
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
