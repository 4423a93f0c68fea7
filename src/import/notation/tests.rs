use proptest::prelude::*;

use super::*;

fn value(cell: &str, notation: Notation, column_digits: u32) -> Result<Option<Hours>, Why> {
    read(shape(cell)?, notation, column_digits)
}

fn exact(hours: i64, minutes: i64) -> Result<Option<Hours>, Why> {
    Ok(Some(Hours::exact(Seconds::hm(hours, minutes))))
}

#[test]
fn an_hour_and_a_half_in_every_notation() {
    let cases = [
        ("1.30", Notation::Sexagesimal),
        ("1.3", Notation::Sexagesimal),
        ("1.50", Notation::Decimal),
        ("90", Notation::Minutes),
        ("90.00", Notation::Minutes),
        ("1:30", Notation::Clock),
        ("001:30", Notation::Clock),
        ("1:30:00", Notation::Clock),
        ("１：３０", Notation::Clock),
        ("1時間30分", Notation::Clock),
        ("１時間３０分", Notation::Clock),
        ("90分", Notation::Clock),
        ("１．５０", Notation::Decimal),
    ];
    for (cell, notation) in cases {
        assert_eq!(value(cell, notation, 2), exact(1, 30), "{cell}");
    }
    assert_eq!(value("160時間", Notation::Decimal, 2), exact(160, 0));
    assert_eq!(value("1,234", Notation::Minutes, 0), exact(20, 34));
}

#[test]
fn empty_and_dashes_are_no_value_and_zero_is_one() {
    for cell in ["", " ", "-", "－", "ー", "―", "--"] {
        assert_eq!(value(cell, Notation::Decimal, 2), Ok(None), "{cell}");
    }
    assert_eq!(value("0", Notation::Clock, 0), exact(0, 0));
    assert_eq!(value("0.00", Notation::Minutes, 2), exact(0, 0));
}

#[test]
fn tenths_of_a_whole_column_are_intervals() {
    let hours = value("80.0", Notation::Decimal, 1).unwrap().unwrap();
    assert_eq!(hours, Hours { low: Seconds(288_000 - 180), high: Seconds(288_000 + 180) });
    let zero = value("0", Notation::Decimal, 1).unwrap().unwrap();
    assert_eq!(zero, Hours { low: Seconds(0), high: Seconds(180) });
    assert_eq!(value("80.5", Notation::Decimal, 2), exact(80, 30));
}

#[test]
fn two_decimals_are_exact_and_more_are_intervals() {
    assert_eq!(value("257.13", Notation::Decimal, 2), Ok(Some(Hours::exact(Seconds(925_668)))));
    let hours = value("257.133", Notation::Decimal, 3).unwrap().unwrap();
    assert_eq!(hours, Hours { low: Seconds(925_677), high: Seconds(925_681) });
    let float = value("8.0166666666666667", Notation::Decimal, 16).unwrap().unwrap();
    assert_eq!(float, Hours { low: Seconds(28_859), high: Seconds(28_861) });
}

#[test]
fn parts_of_a_day_are_a_reading_where_nobody_writes_hours_so() {
    let cells = ["10.7152777777778", "7.14583333333333", "9.28125", "6.66666666666667", "7", "0"];
    let survey = Survey::of(cells.into_iter());
    assert_eq!(survey.possible(), [Notation::Decimal, Notation::Days], "both fit: it is asked");
    let expected = [(257, 10), (171, 30), (222, 45), (160, 0), (168, 0), (0, 0)];
    for (cell, (hours, minutes)) in cells.into_iter().zip(expected) {
        assert_eq!(value(cell, Notation::Days, survey.digits), exact(hours, minutes), "{cell}");
    }
    let rough = value("10.7153", Notation::Days, 4).unwrap().unwrap();
    assert!(rough.low < Seconds::hm(257, 10) && Seconds::hm(257, 10) < rough.high, "{rough:?}");
    let hours = Survey::of(["257.166666666667", "10.7152777777778"].into_iter());
    assert_eq!(hours.possible(), [Notation::Decimal], "no month has 257 days");
    assert_eq!(Survey::of(["10.715", "7.146"].into_iter()).possible(), [Notation::Decimal]);
    assert_eq!(value("10.71", Notation::Days, 2), Err(Why::NotTime));
}

#[test]
fn what_is_no_time_is_refused_by_kind() {
    let cases = [
        ("25:61", Why::MinutesOutOfRange),
        ("1時間75分", Why::MinutesOutOfRange),
        ("-1:30", Why::Negative),
        ("－1.30", Why::Negative),
        ("▲1時間30分", Why::Negative),
        ("1:3", Why::NotTime),
        ("1:30:00:00", Why::NotTime),
        ("八時間", Why::NotTime),
        ("1/2", Why::NotTime),
        ("1.", Why::NotTime),
        (".5", Why::NotTime),
        ("1,23", Why::NotTime),
        ("1900/1/10 17:00", Why::NotTime),
        ("9999999", Why::Absurd),
        ("+5", Why::NotTime),
        ("1e3", Why::NotTime),
        ("-x", Why::NotTime),
    ];
    for (cell, why) in cases {
        assert_eq!(shape(cell), Err(why), "{cell}");
    }
    assert_eq!(value("1.60", Notation::Sexagesimal, 2), Err(Why::MinutesOutOfRange));
    assert_eq!(value("1.300", Notation::Sexagesimal, 3), Err(Why::NotTime));
    assert_eq!(value("90.5", Notation::Minutes, 1), Err(Why::NotTime));
    assert_eq!(value("8", Notation::Clock, 0), Err(Why::MixedNotation));
}

#[test]
fn a_period_bounds_its_hours() {
    let february = Period::new("2026-02-01".parse().unwrap(), "2026-02-28".parse().unwrap());
    let limit = limit_of(february);
    assert_eq!(limit, Seconds::hm(672, 0));
    assert!(within(Hours::exact(Seconds::hm(672, 0)), limit).is_ok());
    assert_eq!(within(Hours::exact(Seconds(672 * 3600 + 1)), limit), Err(Why::Absurd));
    assert_eq!(limit_of(None), Seconds::hm(744, 0));
}

fn possible(cells: &[&str]) -> Vec<Notation> {
    Survey::of(cells.iter().copied()).possible()
}

#[test]
fn a_column_says_how_it_can_be_read() {
    use Notation::{Clock, Decimal, Minutes, Sexagesimal};
    assert_eq!(possible(&["257.10", "160.30"]), [Sexagesimal, Decimal]);
    assert_eq!(possible(&["257.10", "160.60"]), [Decimal]);
    assert_eq!(possible(&["160", "9"]), [Sexagesimal, Decimal, Minutes]);
    assert_eq!(possible(&["9600", "10240", "0"]), [Minutes]);
    assert_eq!(possible(&["160:30", "0"]), [Clock]);
    assert_eq!(possible(&["160時間30分", "-"]), [Clock]);
    assert_eq!(possible(&["160.123"]), [Decimal]);
    assert_eq!(possible(&["", "-"]), [Clock]);
}

#[test]
fn one_slip_speaks_against_no_reading() {
    let cells = ["257.10", "160.30", "25:61", "-5", "abc", "99999"];
    assert_eq!(possible(&cells), [Notation::Sexagesimal, Notation::Decimal]);
    assert!(Survey::of(cells.into_iter()).is_clear());
    let torn = Survey::of(["160.75", "9600"].into_iter());
    assert!(!torn.is_clear());
    assert_eq!(torn.possible(), [Notation::Decimal, Notation::Minutes]);
}

proptest! {
    #[test]
    fn no_cell_panics_or_goes_below_zero(cell in "\\PC{0,24}", digits in 0u32..20) {
        for notation in Notation::ALL {
            if let Ok(Some(hours)) = value(&cell, *notation, digits) {
                prop_assert!(Seconds(0) <= hours.low && hours.low <= hours.high);
            }
        }
    }

    #[test]
    fn every_minute_reads_back(minutes in 0i64..44_640) {
        let (hours, rest) = (minutes / 60, minutes % 60);
        let expected = exact(hours, rest);
        prop_assert_eq!(value(&format!("{hours}:{rest:02}"), Notation::Clock, 0), expected);
        prop_assert_eq!(value(&format!("{hours}.{rest:02}"), Notation::Sexagesimal, 2), expected);
        prop_assert_eq!(value(&format!("{hours}時間{rest}分"), Notation::Clock, 0), expected);
        prop_assert_eq!(value(&minutes.to_string(), Notation::Minutes, 0), expected);
    }

    #[test]
    fn an_interval_holds_the_value_it_was_rounded_from(seconds in 0i64..2_000_000) {
        let tenths = (seconds + 180) / 360;
        let read = value(&format!("{}.{}", tenths / 10, tenths % 10), Notation::Decimal, 1).unwrap().unwrap();
        prop_assert!(read.low.0 <= seconds && seconds <= read.high.0);
    }
}
