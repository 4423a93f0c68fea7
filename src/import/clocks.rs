//! Times of the day, which are no hours: headings that say so (始業, 退勤時刻), and columns whose cells are none else.
//!
//! Knows words and the shape of a cell. Must not know columns' parts. Hours are never computed from clocks: what was a
//! break, and what was left out between, stands nowhere.

use super::notation::{self, Shape};
use crate::domain::Seconds;

/// Words that make any heading one of clocks.
const SURE: &[&str] = &["時刻", "打刻"];
/// Headings that are clocks as they stand.
const WHOLE: &[&str] = &["出勤", "入館", "退館", "入室", "退室", "開始時間", "終了時間", "clockin", "clockout"];
/// How a heading of clocks ends.
const ENDS: &[&str] =
    &["始業", "終業", "出社", "退社", "退勤", "始業時間", "終業時間", "出社時間", "退社時間", "退勤時間"];
/// How a heading of clocks ends, where it speaks of work: 期間開始 is a day.
const ENDS_OF_WORK: &[&str] = &["開始", "終了", "開始時間", "終了時間"];
const WORK: &[&str] =
    &["勤務", "就業", "就労", "労働", "業務", "作業", "残業", "時間外", "早出", "深夜", "休憩", "出勤", "シフト"];
/// Ends of headings that count or describe, whatever stands before them.
const NO_CLOCK: &[&str] =
    &["回数", "日数", "件数", "区分", "種別", "場所", "方法", "理由", "備考", "id", "コード", "名"];
/// On most days of a month nobody works so long: a column of such values is one of clocks (退勤 18:00).
const LATE: Seconds = Seconds(16 * 3600);

/// Why such a column is not used.
pub(super) const REASON: &str = "始業・終業などの時刻とみて使いません。時刻から時間は計算しません。";

/// Whether a folded heading says that its cells are times of the day.
pub(super) fn is_heading(folded: &str) -> bool {
    let bare = folded.split(['(', '[', '【']).next().unwrap_or(folded);
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let ends = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let is_clock = has(SURE) || WHOLE.contains(&bare) || ends(ENDS) || ends(ENDS_OF_WORK) && has(WORK);
    is_clock && !ends(NO_CLOCK)
}

/// Whether the cells of a column with a row a day are times of the day: most of what stands there is later than
/// anybody works long.
pub(super) fn are_cells<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let (mut told, mut late) = (0usize, 0usize);
    for shape in cells.filter_map(|cell| notation::shape(cell).ok()).filter(|shape| *shape != Shape::Nothing) {
        told += 1;
        late += usize::from(matches!(shape, Shape::Written(seconds) if seconds >= LATE));
    }
    late * 2 > told
}

#[cfg(test)]
mod tests {
    use super::super::folding::{Field, field_of};
    use super::*;

    #[test]
    fn a_heading_of_clocks_is_no_column_of_hours() {
        for heading in [
            "始業",
            "終業",
            "始業時刻",
            "終業時刻",
            "*出勤時刻",
            "退勤時刻",
            "出勤",
            "退勤",
            "出社",
            "退社時間",
            "出勤打刻",
            "勤務開始時刻",
            "勤務終了",
            "残業開始",
            "残業開始時刻",
            "普通残業終了",
            "時間外開始時間",
            "深夜残業開始",
            "休憩開始1",
            "休憩終了時刻",
            "労働時間（開始）時刻",
            "実労働開始",
            "退勤時間",
        ] {
            assert_eq!(field_of(heading), Some(Field::Clock), "{heading}");
        }
        for (heading, field) in [
            ("始業前残業時間", Field::Overtime),
            ("残業時間", Field::Overtime),
            ("休日出勤時間", Field::Holiday),
            ("出勤日数", Field::Unused),
            ("休憩", Field::OtherHours),
            ("休憩時間", Field::OtherHours),
            ("打刻グループID", Field::Unused),
            ("開始日", Field::PeriodStart),
            ("期間開始", Field::PeriodStart),
            ("退社日", Field::Left),
        ] {
            assert_eq!(field_of(heading), Some(field), "{heading}");
        }
        assert_eq!(field_of("打刻回数"), None);
        assert_eq!(field_of("契約開始"), None);
    }

    #[test]
    fn cells_later_than_anybody_works_long_are_clocks() {
        assert!(are_cells(["18:00", "25:30", "", "-", "1:00"].into_iter()));
        assert!(!are_cells(["18:00", "1:30"].into_iter()), "a long day beside a short one");
        assert!(!are_cells(["8:00", "0:45", "12:15"].into_iter()));
        assert!(!are_cells(["1800", "", "x"].into_iter()), "a number says no time of the day");
        assert!(!are_cells([].into_iter()));
    }
}
