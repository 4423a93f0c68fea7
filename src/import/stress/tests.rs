use proptest::prelude::*;

use super::*;
use crate::import::reason::Doubt;
use crate::import::source;

pub fn worker(number: u32) -> Worker {
    let text = |text: &str| text.to_owned();
    Worker {
        number: format!("00{number}"),
        name: text("架空 太郎"),
        sex: crate::domain::worker::Sex::Male,
        ..Worker::new(Id::new(&crate::domain::EstablishmentId::new(1), crate::domain::Prefix::Worker, number))
    }
}

fn previewed(text: &str) -> Result<Preview, ProfileError> {
    let (table, roster) = (source::read(text.as_bytes()).unwrap(), [worker(1), worker(2)]);
    let today = "2026-11-20".parse().unwrap();
    let (profile, decisions) = (&propose_in(&table).profile, &Decisions::default());
    let preview =
        preview(&Input { table: &table, profile, roster: &roster, decisions, day: None, since: None, today })?;
    assert_eq!(preview.accounted(), preview.rows);
    Ok(preview)
}

fn rows(text: &str) -> Result<Vec<AnswerRow>, ProfileError> {
    previewed(text).map(|preview| preview.sheets)
}

const SHEET: &str = "112331443323243341112334443344433222234342333343343443322";

fn cells() -> String {
    SHEET.chars().map(|c| format!(",{c}")).collect()
}

fn heads(word: &str) -> String {
    (1..=57).map(|number| format!(",{word}{number}")).collect()
}

#[test]
fn one_column_numbered_columns_and_lettered_columns_read_alike() {
    let lettered: String = PARTS
        .iter()
        .flat_map(|(letter, count)| (1..=*count).map(move |n| format!(",{}{n}", letter.to_uppercase())))
        .collect();
    let files = [
        format!("社員番号,氏名,回答日,回答\n001,架空 太郎,2026/9/28,{SHEET}\n"),
        format!("社員番号,氏名,受検日{}\n001,架空太郎,令和8年9月28日{}\n", heads("q_"), cells()),
        format!("社員番号,性別,回答日{}\n1,1,2026-09-28{}\n", heads("設問"), cells()),
        format!("社員番号,回答日{lettered}\n001,2026-09-28{}\n", cells()),
    ];
    for file in files {
        let rows = rows(&file).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].answers.as_str(), rows[0].day), (SHEET, "2026-09-28".parse().unwrap()), "{file}");
        assert_eq!(rows[0].worker, worker(1).id);
    }
}

/// Scrambled answers: the columns come in an order of their own, and every order reads alike.
#[test]
fn questions_in_another_order_are_placed_by_the_number_in_their_heading() {
    let file = |order: &[usize]| {
        let heads: String = order.iter().map(|number| format!(",Q{number}")).collect();
        let cells: String = order.iter().map(|number| format!(",{}", &SHEET[number - 1..*number])).collect();
        format!("社員番号,回答日{heads}\n001,2026/9/28{cells}\n")
    };
    let straight: Vec<usize> = (1..=57).collect();
    let mut by_text = straight.clone();
    by_text.sort_by_key(ToString::to_string);
    let reversed: Vec<usize> = straight.iter().rev().copied().collect();
    for order in [straight, by_text, reversed] {
        assert_eq!(rows(&file(&order)).unwrap()[0].answers, SHEET, "{order:?}");
    }
    let gap: Vec<usize> = (1..=58).filter(|number| *number != 30).collect();
    let heads: String = gap.iter().map(|number| format!(",Q{number}")).collect();
    let refused = rows(&format!("社員番号{heads}\n001{}\n", cells())).unwrap_err();
    assert_eq!(refused, ProfileError::Headings(HeadingFault::Number { column: 31, number: 31 }));
    assert!(refused.to_string().contains("31列目の見出しの番号が 31"), "{refused}");
}

#[test]
fn who_is_not_plain_is_nobody_and_what_is_no_answer_stays_visible() {
    let file = format!("社員番号,氏名{}\n009,架空 太郎{}\n002,別名 花子{}\n", heads("q"), cells(), cells());
    let preview = previewed(&file).unwrap();
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::SameNameTwice), (3, Doubt::OtherName)], "nobody is guessed");
    let double = format!("社員番号,氏名{}\n001,架空 太郎{}\n", heads("q"), cells().replacen(",1", ",12", 1));
    assert!(rows(&double).unwrap()[0].answers.starts_with("?1"));
}

#[test]
fn without_number_or_answers_nothing_is_guessed() {
    assert_eq!(rows("氏名,所属,回答\n架空,総務,1\n").err(), Some(ProfileError::NoNumber));
    assert_eq!(rows("社員番号,氏名,備考\n001,架空,1\n").err(), Some(ProfileError::NoAnswers));
}

#[test]
fn sheets_that_differ_are_a_question_together_and_a_day_to_come_is_refused() {
    let other = SHEET.replacen('1', "2", 1);
    let file = format!(
        "社員番号,回答日,回答\n001,2026/9/1,{SHEET}\n001,2026/9/1,{SHEET}\n001,2026/9/2,{other}\n002,2126/9/1,{SHEET}\n"
    );
    let preview = previewed(&file).unwrap();
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::SheetTwice), (4, Doubt::SheetTwice)]);
    assert_eq!(preview.ignored, [Ignored { line: 3, why: Skip::SameRow }]);
    assert_eq!(preview.refused, [Refusal::cell(5, 1, Why::DateOutOfRange)]);
}

#[test]
fn a_day_before_the_round_another_sex_and_a_digit_behind_the_answers_are_asked() {
    let asked = |text: &str, settled: &[(u32, Doubt)], codes| {
        let (table, roster) = (source::read(text.as_bytes()).unwrap(), [worker(1), worker(2)]);
        let mut profile = propose_in(&table).profile;
        profile.sex_codes = codes;
        let decisions = Decisions { settled: settled.iter().copied().collect(), ..Decisions::default() };
        let (since, today) = ("2026-10-01".parse().ok(), "2026-11-20".parse().unwrap());
        let (table, profile, decisions, roster) = (&table, &profile, &decisions, &roster[..]);
        let found = preview(&Input { table, profile, roster, decisions, day: None, since, today }).unwrap();
        (found.sheets.len(), found.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>())
    };
    let old = format!("社員番号,回答日,回答\n001,2025/11/10,{SHEET}\n002,2026/11/10,{SHEET}\n");
    assert_eq!(asked(&old, &[], None), (1, vec![(2, Doubt::OutsideRound)]));
    assert_eq!(asked(&old, &[(2, Doubt::OutsideRound)], None), (2, Vec::new()));
    let other = format!("社員番号,性別,回答\n001,女,{SHEET}\n002,男,{SHEET}\n");
    assert_eq!(asked(&other, &[], None), (1, vec![(2, Doubt::OtherSex)]));
    let twice = format!("社員番号,回答日,回答\n001,2025/11/10,{SHEET}\n001,2026/11/10,{SHEET}\n");
    let both = vec![(2, Doubt::OutsideRound), (3, Doubt::SheetTwice)];
    assert_eq!(asked(&twice, &[], None), (0, both), "a row in doubt holds its place");
    let digits = format!("社員番号,回答\n001,{SHEET}1\n002,{SHEET}2\n");
    assert_eq!(asked(&digits, &[], None), (0, vec![(2, Doubt::SexCodes), (3, Doubt::SexCodes)]));
    use crate::domain::worker::SexCodes;
    assert_eq!(asked(&digits, &[], Some(SexCodes::ManFirst)), (1, vec![(3, Doubt::OtherSex)]));
    assert_eq!(asked(&digits, &[], Some(SexCodes::NotTaken)), (2, Vec::new()));
}

#[test]
fn who_did_not_take_part_is_left_out_and_answers_beside_that_word_are_not() {
    let file = format!(
        "社員番号,氏名,回答日{}\n001,架空 太郎,未受検{}\n002,架空 太郎,未受検{}\n",
        heads("q"),
        ",".repeat(57),
        cells()
    );
    let preview = previewed(&file).unwrap();
    assert_eq!(preview.ignored, [Ignored { line: 2, why: Skip::NotExamined }]);
    assert_eq!(preview.refused, [Refusal::cell(3, 2, Why::Unexamined)]);
}

#[test]
fn answers_in_words_are_handed_on_whole_and_differ_by_their_words() {
    let words = |word: &str| format!(",{word}").repeat(57);
    let file = format!("社員番号{}\n001{}\n001{}\n", heads("q"), words("そうだ"), words("ちがう"));
    let preview = previewed(&file).unwrap();
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::SheetTwice), (3, Doubt::SheetTwice)]);
    let row = rows(&format!("社員番号{}\n001{}\n", heads("q"), words("そうだ"))).unwrap().remove(0);
    assert_eq!((row.worded.split('\t').count(), row.worded.starts_with("そうだ\t")), (57, true));
    let asked = |cells: &str| {
        let heads: String =
            (1..=57).map(|n| format!(",{n} {}", if n == 1 { "非常にたくさんの仕事" } else { "問" })).collect();
        previewed(&format!("社員番号{heads}\n001{cells}\n")).unwrap().doubtful.len()
    };
    assert_eq!(
        (asked(&cells()), asked(&words("そうだ"))),
        (1, 0),
        "numbers may stand the other way round, words never"
    );
}

proptest! {
    #[test]
    fn any_table_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        if source::read(text.as_bytes()).is_ok() {
            let _ = previewed(&text);
        }
    }

    #[test]
    fn every_row_is_accounted_for(cells in "[ -~１-４\n]{0,200}") {
        let file = format!("社員番号,氏名{}\n001,架空 太郎,{cells}\n", heads("q"));
        if source::read(file.as_bytes()).is_ok() {
            let _ = previewed(&file);
        }
    }
}
