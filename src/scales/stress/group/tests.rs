use proptest::prelude::*;

use super::*;
use crate::scales::stress::score::{Parts, ScaleScore};

/// A modulus: sums of a dozen people never reach it, so a rank over it is the rank over the rationals here.
const PRIME: i64 = 1_000_003;

fn member(key: usize, department: &str, sex: Sex, is_high: Option<bool>, gap: Option<usize>) -> Member {
    let mut scales = [ScaleScore { raw: Some(5), column: None, point: None }; SCALES];
    if let Some(slot) = gap.and_then(|gap| scales.get_mut(gap)) {
        slot.raw = None;
    }
    let score = Score { scales, sums: Parts::default(), points: Parts::default() };
    Member { key: key.to_string(), department: department.to_owned(), sex, score, is_high }
}

fn order<'a>(members: &'a [Member], minimum: usize) -> Order<'a> {
    Order { members, merges: &[], earlier: &[], minimum }
}

fn built_in() -> &'static Questionnaire {
    Questionnaire::built_in().unwrap()
}

fn people(count: usize, department: &str, from: usize) -> Vec<Member> {
    (from..from + count).map(|key| member(key, department, Sex::Male, Some(key % 2 == 0), None)).collect()
}

fn shown(analysis: &Analysis) -> Vec<&str> {
    let has = |group: &&Group| group.cells[0].chart.is_some();
    analysis.groups.iter().filter(has).map(|group| group.name.as_str()).collect()
}

#[test]
fn ten_stand_and_nine_do_not_nor_twelve_with_nine_sheets() {
    let ten = [people(10, "A", 0), people(10, "B", 10)].concat();
    assert_eq!(shown(&analyse(built_in(), &order(&ten, 10))), ["全体", "A", "B"]);
    let nine = [people(20, "A", 0), people(9, "B", 20)].concat();
    assert_eq!(shown(&analyse(built_in(), &order(&nine, 10))), ["全体"], "A would give B away");
    assert!(shown(&analyse(built_in(), &order(&people(9, "A", 0), 10))).is_empty());
}

#[test]
fn a_missing_item_of_the_chart_hides_the_chart_alone() {
    let mut members = people(12, "A", 0);
    let quantity = chart_places(built_in())[0];
    for slot in members.iter_mut().take(3) {
        slot.score.scales[quantity].raw = None;
    }
    let analysis = analyse(built_in(), &order(&members, 10));
    assert_eq!(analysis.without_chart, 3);
    assert!(analysis.groups[0].cells[0].chart.is_none());
    let fatigue = built_in().scales().iter().position(|scale| scale.id == "B_FATIGUE").unwrap();
    assert_eq!(analysis.groups[0].cells[0].scales[fatigue], Some(Mean { sum: 60, people: 12 }));
}

#[test]
fn eleven_men_and_three_women_are_told_together_only() {
    let members: Vec<Member> = (0..14)
        .map(|key| member(key, "A", if key < 11 { Sex::Male } else { Sex::Female }, Some(false), None))
        .collect();
    let cells = analyse(built_in(), &order(&members, 10)).groups[0].cells;
    assert!(cells[0].chart.is_some() && cells[1].chart.is_none() && cells[2].chart.is_none());
    assert_eq!(cells[0].high, None, "nobody above the criteria is a thing about everybody");
}

#[test]
fn the_sexes_of_the_whole_stand_beside_units_in_which_they_are_few() {
    let sex = |key: usize| if key.is_multiple_of(2) { Sex::Male } else { Sex::Female };
    let one = |key: usize| member(key, ["A", "B", "C"][key % 3], sex(key), Some(key % 4 < 2), None);
    let members: Vec<Member> = (0..45).map(one).collect();
    let analysis = analyse(built_in(), &order(&members, 10));
    assert_eq!(shown(&analysis), ["全体", "A", "B", "C"]);
    let stands = |place: usize| analysis.groups.iter().map(move |group| group.cells[place].chart.is_some());
    for sex in [1, 2] {
        assert_eq!(stands(sex).collect::<Vec<_>>(), [true, false, false, false], "seven or eight a unit");
    }
}

#[test]
fn small_units_may_be_put_together_and_then_stand() {
    let members = [people(20, "A", 0), people(6, "B", 20), people(7, "C", 26)].concat();
    let first = analyse(built_in(), &order(&members, 10));
    assert_eq!(shown(&first), ["全体", "A"]);
    assert_eq!(first.could_merge, [["C".to_owned(), "B".to_owned()]]);
    let merged = Order { merges: &first.could_merge, ..order(&members, 10) };
    assert_eq!(shown(&analyse(built_in(), &merged)), ["全体", "A", "C＋B"]);
}

#[test]
fn a_late_sheet_does_not_stand_alone_beside_the_first_report() {
    let first = people(12, "A", 0);
    let before = analyse(built_in(), &order(&first, 10)).released;
    let second = people(13, "A", 0);
    let again = Order { earlier: &before, ..order(&second, 10) };
    assert!(shown(&analyse(built_in(), &again)).is_empty());
    let same = Order { earlier: &before, ..order(&first, 10) };
    assert_eq!(shown(&analyse(built_in(), &same)), ["全体", "A"]);
}

#[test]
fn a_change_of_one_person_is_not_compared() {
    let set = |range: std::ops::Range<usize>| range.map(|key| key.to_string()).collect::<BTreeSet<_>>();
    assert!(is_comparable(&set(0..20), &set(0..20), 10));
    assert!(!is_comparable(&set(0..20), &set(0..19), 10));
    assert!(!is_comparable(&set(1..21), &set(0..20), 10));
    assert!(is_comparable(&set(0..30), &set(0..20), 10));
    assert!(!is_comparable(&set(9..40), &set(0..40), 10));
}

#[test]
fn parents_come_from_the_written_path() {
    let members = [people(10, "製造部/一課", 0), people(10, "製造部／二課", 10)].concat();
    let analysis = analyse(built_in(), &order(&members, 10));
    assert_eq!(shown(&analysis), ["全体", "製造部", "製造部/一課", "製造部/二課"]);
}

/// Rows reduced over the field: the rank.
fn rank(mut rows: Vec<Vec<i64>>) -> usize {
    let width = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..width {
        let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(rank, pivot);
        let inverse = power(rows[rank][column], PRIME - 2);
        let lead: Vec<i64> = rows[rank].iter().map(|value| value * inverse % PRIME).collect();
        for (index, row) in rows.iter_mut().enumerate() {
            let factor = row[column];
            if index != rank && factor != 0 {
                row.iter_mut().zip(&lead).for_each(|(v, l)| *v = (*v - factor * l).rem_euclid(PRIME));
            }
        }
        rows[rank] = lead;
        rank += 1;
    }
    rank
}

fn power(base: i64, mut exponent: i64) -> i64 {
    let (mut result, mut square) = (1, base.rem_euclid(PRIME));
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * square % PRIME;
        }
        square = square * square % PRIME;
        exponent /= 2;
    }
    result
}

/// Whether a combination of the released sums is about members of `small` alone.
fn leaks(cells: &[Vec<i64>], small: u32, width: usize) -> bool {
    let outside = |row: &Vec<i64>| (0..width).filter(|p| small & (1 << p) == 0).map(|p| row[p]).collect::<Vec<_>>();
    rank(cells.to_vec()) > rank(cells.iter().map(outside).collect())
}

fn is_derived(cells: &[Vec<i64>], subset: u32, width: usize) -> bool {
    let row: Vec<i64> = (0..width).map(|place| i64::from(subset >> place & 1)).collect();
    let with = cells.iter().cloned().chain([row]).collect();
    rank(with) == rank(cells.to_vec())
}

fn rows_of(released: &[Released], measure: Measure, width: usize) -> Vec<Vec<i64>> {
    let of = released.iter().filter(|released| released.measure == measure);
    of.map(|released| (0..width).map(|key| i64::from(released.people.contains(&key.to_string()))).collect()).collect()
}

fn any_member() -> impl Strategy<Value = (usize, usize, Option<bool>, Option<usize>)> {
    let gap = prop_oneof![5 => Just(None), 1 => (0..SCALES).prop_map(Some)];
    let high = prop_oneof![1 => Just(None), 6 => any::<bool>().prop_map(Some)];
    (0..5usize, 0..3usize, high, gap)
}

fn organisation() -> impl Strategy<Value = Vec<Member>> {
    const UNITS: [&str; 5] = ["A", "A/a", "A/b", "B", "C"];
    proptest::collection::vec(any_member(), 1..12).prop_map(|drawn| {
        let one = |(key, (unit, sex, high, gap)): (usize, (usize, usize, Option<bool>, Option<usize>))| {
            member(key, UNITS[unit], Sex::ALL[sex], high, gap)
        };
        drawn.into_iter().enumerate().map(one).collect()
    })
}

const LEAST: usize = 3;

/// Everything of two reports on one round, the second with late sheets and with small units put together.
fn everything(members: &[Member], first: usize) -> Vec<Released> {
    let before = analyse(built_in(), &order(&members[..first.min(members.len())], LEAST));
    let again = Order { earlier: &before.released, merges: &before.could_merge, members, minimum: LEAST };
    let after = analyse(built_in(), &again);
    [before.released, after.released].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// By brute force over every subset: no sum over fewer than the minimum, however weighed, can be worked out.
    #[test]
    fn nothing_about_few_people_can_be_worked_out(members in organisation(), first in 1..12usize) {
        let (width, released) = (members.len(), everything(&members, first));
        for measure in [Measure::Chart, Measure::Scale(2), Measure::Scale(9), Measure::HighStress] {
            let cells = rows_of(&released, measure, width);
            let small = (1..1u32 << width).filter(|subset| subset.count_ones() == LEAST as u32 - 1);
            for subset in small {
                prop_assert!(!leaks(&cells, subset, width), "{measure:?} {subset:b} {cells:?}");
            }
        }
    }

    /// A number of 高ストレス that can be worked out is of many, and leaves many.
    #[test]
    fn no_small_number_of_high_stress_can_be_worked_out(members in organisation(), first in 1..12usize) {
        let (width, released) = (members.len(), everything(&members, first));
        let cells = rows_of(&released, Measure::HighCount, width);
        prop_assume!(!cells.is_empty());
        for subset in (1..1u32 << width).filter(|subset| is_derived(&cells, *subset, width)) {
            let of = |wanted: bool| {
                let inside = |(place, m): &(usize, &Member)| subset >> place & 1 == 1 && m.is_high == Some(wanted);
                members.iter().enumerate().filter(inside).count()
            };
            prop_assert!(of(true) >= LEAST && of(false) >= LEAST, "{subset:b}");
        }
    }

    /// The order of the rows does not decide whether something stands that must not.
    #[test]
    fn what_stands_has_the_minimum(members in organisation()) {
        for released in analyse(built_in(), &order(&members, LEAST)).released {
            prop_assert!(released.people.len() >= LEAST);
        }
    }
}
