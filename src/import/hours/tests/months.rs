//! Which month a row is of, and which columns are hours that were worked in it.

use super::*;

/// First and last day of what is taken, and why rows are not.
fn periods(text: &str) -> Vec<String> {
    let preview = World::new().preview(text);
    let span = preview.span.filter(|_| !preview.added.is_empty()).map(|(first, last)| format!("{first} {last}"));
    span.into_iter().chain(preview.refused.iter().map(|refusal| format!("{:?}", refusal.why))).collect()
}

fn sums(header: &str, cells: &str) -> Vec<String> {
    let table = read(format!("社員番号,氏名,年月,{header}\n4017,桐山 勇,2026/10,{cells}\n").as_bytes()).unwrap();
    let profile = propose_hours(&table.header).profile;
    profile.locate_hours(&table.header).map_or_else(
        |_| vec!["?".to_owned()],
        |located| located.hours.iter().map(|index| table.header[*index].clone()).collect(),
    )
}

#[test]
fn a_row_says_its_month_in_every_way_that_employers_write_it() {
    let september = ["2026-09-01 2026-09-30"];
    for (header, cell) in [
        ("集計期間", "2026/09/01-2026/09/30"),
        ("対象期間", "2026年9月1日～2026年9月30日"),
        ("締め日", "2026/09/30"),
        ("期間", "2026年9月度"),
        ("年月", "2026-09-01 00:00:00"),
    ] {
        let text = format!("社員番号,氏名,{header},総労働時間\n4017,桐山 勇,{cell},180:00\n");
        assert_eq!(periods(&text), september, "{header}");
    }
    let text = "社員番号,氏名,期間,総労働時間\n4017,桐山 勇,9月度,180:00\n";
    assert_eq!(periods(text), ["NotPeriod"], "no year, no month");
}

#[test]
fn a_month_without_its_year_has_to_be_that_of_the_period() {
    let text = "社員番号,氏名,月,総労働時間\n4017,桐山 勇,9,180:00\n4052,室井 あや,10,170:00\n";
    assert_eq!(periods(text), ["2026-10-01 2026-10-31", "OtherMonth"]);
}

#[test]
fn a_closing_day_that_closes_nothing_is_asked() {
    let preview = World::new().preview("社員番号,氏名,締め日,総労働時間\n4017,桐山 勇,2026/09/20,180:00\n");
    assert_eq!(preview.doubtful[0].why, Doubt::OtherClosing);
}

#[test]
fn what_another_column_holds_and_what_was_not_worked_is_not_summed() {
    assert_eq!(sums("残業時間,うち深夜残業時間", "76:00,6:00"), ["残業時間"]);
    assert_eq!(sums("残業時間,（内）深夜残業,内法定休日労働時間", "76:00,6:00,4:00"), ["残業時間"]);
    assert_eq!(sums("総労働時間（有休含む）,総労働時間（有休除く）", "258:15,250:15"), ["総労働時間（有休除く）"]);
    assert_eq!(sums("総労働時間,総労働時間（有休除く）", "280:00,272:00"), ["総労働時間（有休除く）"]);
    assert_eq!(sums("みなし総労働時間,総労働時間", "258:15,160:00"), ["総労働時間"]);
    assert_eq!(sums("総労働時間（休憩含む）", "258:15"), ["?"], "the physician says whether it may be taken");
}

#[test]
fn columns_of_several_months_are_no_sum() {
    assert_eq!(sums("2026年9月残業時間,2026年10月残業時間", "85:00,90:00"), ["?"]);
    assert_eq!(sums("10月残業時間,10月休日労働時間", "85:00,8:00"), ["10月残業時間", "10月休日労働時間"]);
}
