//! Rows of single days: summed to the period, and asked about where one may lack or count twice.

use super::*;

fn daily(days: impl Iterator<Item = (u32, &'static str)>) -> String {
    let rows: Vec<_> = days.map(|(day, text)| format!("4017,桐山 勇,2026/10/{day:02},{text}\n")).collect();
    format!("社員番号,氏名,年月日,実労働時間\n{}", rows.concat())
}

#[test]
fn days_are_summed_to_the_period_and_each_row_is_accounted_for() {
    let mut world = World::new();
    let preview = world.preview(&daily((1..=31).map(|day| (day, if day % 7 < 2 { "" } else { "9:30" }))));
    assert_eq!((preview.rows, preview.summed, preview.added.len()), (31, 30, 1));
    assert_eq!(
        (preview.added[0].period, preview.added[0].hours),
        (october(), Hours::exact(Seconds::hm(9 * 22 + 11, 0)))
    );
    assert!(preview.added[0].text.starts_with("9:30 + 9:30"));
    world.closings = vec![Closing { valid_from: day("2020-01-01"), day: 20 }];
    let cut = world.preview(&daily((1..=31).map(|day| (day, "8:00"))));
    let doubts: Vec<_> = cut.doubtful.iter().map(|row| row.why).collect();
    assert_eq!(doubts, [Doubt::PartOfPeriod, Doubt::PartOfPeriod], "neither period is whole");
}

#[test]
fn a_sum_that_may_lack_a_day_or_count_one_twice_is_asked() {
    let mut world = World::new();
    let whole = || (1..=31).map(|day| (day, "8:00"));
    let torn = world.preview(&format!("{}4017,桐山 勇\n", daily(whole())));
    assert_eq!((torn.refused.len(), torn.doubtful[0].why), (1, Doubt::DaysUnread));
    let twice = daily(whole().chain([(31, "8:00")]));
    assert_eq!(world.preview(&twice).doubtful[0].why, Doubt::DayTwice);
    world.decisions.settled.insert((2, Doubt::DayTwice));
    assert_eq!(world.preview(&twice).added[0].hours, Hours::exact(Seconds::hm(8 * 32, 0)));
    let wrong = world.preview(&daily(whole().map(|(day, text)| (day, if day == 9 { "8:75" } else { text }))));
    let why = Why::MinutesOutOfRange;
    assert_eq!((wrong.refused.as_slice(), wrong.added.len()), (&[Refusal::cell(10, 3, why)][..], 0));
}

#[test]
fn minutes_of_a_day_are_no_hours() {
    let preview = World::new().preview(&daily((1..=31).map(|day| (day, "480"))));
    assert_eq!((preview.notation, preview.question.is_none()), (Notation::Minutes, true));
    assert_eq!(preview.added[0].hours, Hours::exact(Seconds::hm(8 * 31, 0)));
}
