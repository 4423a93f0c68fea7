//! Headings that say how the numbers below them stand for time.

use super::*;

fn of_two(heading: &str, one: &str, other: &str) -> Preview {
    World::new().preview(&format!("社員番号,氏名,{heading}\n4017,桐山 勇,{one}\n4052,室井 あや,{other}\n"))
}

/// The reading and the seconds of the first row; none where it is asked.
fn read_as(heading: &str, one: &str, other: &str) -> Option<(Notation, i64)> {
    let preview = of_two(heading, one, other);
    let first = preview.added.first().map(|row| row.hours.low.0);
    preview.question.is_none().then_some((preview.notation, first?))
}

#[test]
fn a_heading_that_says_its_unit_settles_the_reading() {
    use Notation::{Clock, Decimal, Minutes, Sexagesimal};
    let minutes = |hours: i64, minutes: i64| (hours * 60 + minutes) * 60;
    assert_eq!(read_as("残業時間", "84.30", "12.15"), None, "both fit, and nothing says which");
    for (heading, one, other, notation, seconds) in [
        ("残業時間(60進)", "84.30", "12.15", Sexagesimal, minutes(84, 30)),
        ("残業時間(10進)", "84.30", "12.15", Decimal, minutes(84, 18)),
        ("残業時間(分)", "90", "45", Minutes, minutes(1, 30)),
        ("残業（分）", "0", "90", Minutes, 0),
        ("残業時間(60進)", "84", "12", Sexagesimal, minutes(84, 0)),
        ("残業時間(時間)", "84", "12", Decimal, minutes(84, 0)),
        ("残業時間(時間)", "84:30", "12:15", Clock, minutes(84, 30)),
        ("総労働時間（H:MM）", "184:30", "162:15", Clock, minutes(184, 30)),
    ] {
        assert_eq!(read_as(heading, one, other), Some((notation, seconds)), "{heading} {one}");
    }
    assert_eq!(read_as("残業時間(時間)", "84.30", "12.15"), None, "60進 or 10進");
}

#[test]
fn where_heading_and_values_contradict_it_is_asked() {
    for (heading, one, other) in [
        ("残業時間(60進)", "84.75", "12.15"),
        ("残業時間(分)", "84.5", "12.15"),
        ("残業時間(分)", "84:30", "12:15"),
        ("残業時間(10進)", "84:30", "12:15"),
        ("残業時間(時間)", "5070", "735"),
        ("総労働時間（H:MM）", "184.30", "162.15"),
    ] {
        let question = of_two(heading, one, other).question.expect(heading);
        assert!(question.readings.iter().any(|reading| reading.is_possible), "{heading} {one}");
        assert!(
            question.readings.iter().any(|reading| reading.is_of_heading && !reading.is_possible),
            "{heading} {one}"
        );
        let choices: Vec<Notation> = question.readings.iter().map(|reading| reading.notation).collect();
        assert_eq!(choices, Notation::CHOICES[..choices.len()], "a number on the screen is a place among the choices");
    }
    assert_eq!(read_as("残業時間(分)", "", "-"), None, "nothing contradicts, and nothing is there");
    assert!(of_two("残業時間(分)", "", "-").question.is_none());
}

#[test]
fn an_answer_stands_against_the_heading() {
    let mut world = World::new();
    world.notation = Some(Notation::Clock);
    let preview = world.preview("社員番号,氏名,残業時間(分)\n4017,桐山 勇,84:30\n");
    assert_eq!((preview.question, preview.added[0].hours), (None, Hours::exact(Seconds::hm(84, 30))));
}

#[test]
fn columns_of_different_units_are_no_sum() {
    let header = "社員番号,氏名,残業時間(分),休日労働時間(時間)";
    let found = World::new().try_preview(&format!("{header}\n4017,桐山 勇,90,1.5\n"));
    assert_eq!(found.err(), Some(ProfileError::UnitsDiffer));
    assert_eq!(
        read_as("残業時間(10進),休日労働時間(時間)", "84.30,1.00", "12.15,0"),
        Some((Notation::Decimal, 306_680 + 400))
    );
}

#[test]
fn nights_are_read_by_their_own_unit() {
    let night = |heading: &str, night: &str| {
        let text = format!("社員番号,氏名,総労働時間,{heading}\n4017,桐山 勇,184:30,{night}\n");
        let preview = World::new().preview(&text);
        preview.nights.first().and_then(|night| night.seconds)
    };
    assert_eq!(night("深夜労働時間(分)", "90"), Some(5400));
    assert_eq!(night("深夜労働時間(10進)", "1.5"), Some(5400));
    assert_eq!(night("深夜労働時間(時間)", "1:30"), Some(5400));
    assert_eq!(night("深夜労働時間(時間)", "1.30"), None, "60進 or 10進");
}

/// The row below the header is no row of somebody, and settles the reading as the heading would.
#[test]
fn a_row_of_units_settles_the_reading() {
    let text = "社員番号,氏名,出勤日数,残業時間\n,,日,分\n4017,桐山 勇,20,90\n4052,室井 あや,20,45\n";
    let preview = World::new().preview(text);
    assert_eq!((preview.rows, preview.notation, preview.question.is_none()), (2, Notation::Minutes, true));
    assert_eq!(preview.added[0].hours, Hours::exact(Seconds(5400)));
}
