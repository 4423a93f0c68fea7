//! Numbers of a column in which nobody writes the unit.

use crate::domain::checkup::{Column, Item, Manner, Reading, compared, read_as};

/// The codes of a column's cells, read together.
fn column(item: Item, cells: &[&str]) -> Vec<String> {
    let column = Column::One(item);
    let manner = compared(Manner::default(), column, cells.iter().copied());
    let code = |text: &&str| match read_as(column, text, manner) {
        Reading::Cells(cells) => cells[0].value.code(),
        Reading::Empty => String::new(),
    };
    cells.iter().map(code).collect()
}

#[test]
fn a_number_that_fits_two_units_is_none_that_its_column_does_not_use() {
    // 百/μL: 18 is 1.8, and alone it would be 18.
    assert_eq!(column(Item::WhiteCells, &["56", "71", "48", "18"]), ["5.6", "7.1", "4.8", "?unit"]);
    assert_eq!(column(Item::Platelets, &["220", "85"]), ["22.0", "?unit"], "千/μL");
    assert_eq!(column(Item::WhiteCells, &["5.6", "7.1", "18"]), ["5.6", "7.1", "18"], "千/μL throughout");
    assert_eq!(column(Item::WhiteCells, &["18"]), ["18"], "one alone says nothing about others");
}

#[test]
fn one_odd_value_does_not_turn_a_column() {
    let (odd, rest) = ("56", ["5.6", "7.1", "4.8", "6.0"]);
    let read = column(Item::WhiteCells, &[&rest[..], &[odd]].concat());
    assert_eq!(read, ["5.6", "7.1", "4.8", "6.0", "?unit"]);
}

#[test]
fn values_that_fit_one_unit_only_stay_beside_those_of_another() {
    assert_eq!(column(Item::RedCells, &["452", "4.31"]), ["452", "431"]);
    assert_eq!(column(Item::RedCells, &["452", "433", "470", "4.31"]), ["452", "433", "470", "431"]);
    assert_eq!(column(Item::RedCells, &["452", "4.31×10^6/μL", "<100"]), ["452", "431", "<100"], "said is said");
}

#[test]
fn marks_of_the_clinic_stand_on_either_side_of_a_number() {
    for text in ["H 130", "h130", "L:130", "130 H", "130(L)", "↑130", "130↑", "130▲", "130(高)", "*130", "130*"]
    {
        assert_eq!(column(Item::Ldl, &[text]), ["130"], "{text}");
    }
    for text in ["▲130", "H", "HL130", "130高め"] {
        assert_eq!(column(Item::Ldl, &[text]), ["?words"], "{text}");
    }
    assert_eq!(column(Item::VisionRight, &["L0.5", "0.5L"]), ["?words", "?words"], "the left one, perhaps");
}

#[test]
fn words_for_a_tone_that_was_heard_are_read_and_marks_are_not() {
    let ear = Item::Hearing1000Right;
    assert_eq!(column(ear, &["聞こえる", "聴取可", "聴取不可", "異常"]), ["ok", "ok", "!", "!"]);
    assert_eq!(column(ear, &["○", "×", "レ", "可", "+", "A", "(+)", "(-)"]), ["?words"; 8]);
    assert_eq!(column(ear, &["1", "2"]), ["?code"; 2]);
}
