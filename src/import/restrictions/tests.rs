use proptest::prelude::*;

use super::super::people::tests::worker;
use super::super::profile::Part;
use super::super::source::read;
use super::*;
use crate::domain::EstablishmentId;
use crate::domain::case::MeasureKind;

const HEADER: &str = "社員番号,氏名,就業上の措置,開始日,期限,見直し日";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[derive(Default)]
struct World {
    roster: Vec<Worker>,
    measures: Vec<Measure>,
    decisions: Decisions,
}

impl World {
    fn new() -> Self {
        let mut left = worker(3, "103", "退職 済", "");
        left.left_on = Some(day("2026-08-31"));
        let roster = vec![worker(1, "101", "山田 太郎", ""), worker(2, "102", "髙田 実", ""), left];
        Self { roster, ..Self::default() }
    }

    fn preview(&self, rows: &str) -> Preview {
        let table = read(format!("{HEADER}\n{rows}").as_bytes()).unwrap();
        let (roster, measures, decisions) = (&self.roster, &self.measures, &self.decisions);
        let (profile, day) = (&propose(&table.header).profile, day("2026-11-20"));
        let preview = preview(&Input { table: &table, profile, roster, measures, decisions, day }).unwrap();
        assert_eq!(preview.accounted(), preview.rows);
        preview
    }

    fn import(&mut self, rows: &str) -> Vec<Accepted> {
        let mut next = 0;
        let accepted = self.preview(rows).accept(day("2026-11-20"), &mut |prefix| {
            next += 1;
            Id::new(&EstablishmentId::new(1), prefix, next)
        });
        self.measures = accepted.iter().map(|row| row.measure.clone()).collect();
        accepted
    }
}

#[test]
fn a_row_becomes_a_case_with_a_measure_and_a_day_to_look_again() {
    let mut world = World::new();
    let rows = "101,山田 太郎,残業禁止,2026/4/1,2027/3/31,2026/12/1\n102,髙田 実,夜勤 月4回まで,,R9.3,\n";
    let accepted = world.import(rows);
    let told: Vec<_> =
        accepted.iter().map(|row| (row.measure.kind, row.measure.until, row.measure.review_on)).collect();
    let expected = [
        (MeasureKind::OvertimeBan, Some(day("2027-03-31")), Some(day("2026-12-01"))),
        (MeasureKind::NightWork, Some(day("2027-03-31")), Some(day("2027-03-31"))),
    ];
    assert_eq!(told, expected);
    let case = accepted[0].case.as_ref().unwrap();
    assert_eq!(
        (case.ground, case.opened_on, &case.id),
        (Ground::Ledger, day("2026-04-01"), &accepted[0].measure.case_id)
    );
    assert_eq!(accepted[1].measure.content, "夜勤 月4回まで");
    assert_eq!(world.preview(rows).unchanged, [2, 3], "the same ledger twice");
    let changed = world.preview("101,山田 太郎,残業禁止,,2027/6/30,\n");
    assert_eq!(changed.changed[0].old.as_ref().unwrap().until, Some(day("2027-03-31")));
}

#[test]
fn without_an_end_it_is_looked_at_on_the_day_it_comes_in() {
    for end in ["", "当面の間", "無期限", "-"] {
        let accepted = World::new().import(&format!("101,山田 太郎,高所作業を避ける,,{end},\n"));
        assert_eq!(accepted[0].measure.until, None);
        assert_eq!(accepted[0].measure.review_on, Some(day("2026-11-20")));
        assert_eq!(accepted[0].measure.kind, MeasureKind::Other);
    }
}

#[test]
fn nobody_is_made_and_nobody_is_guessed() {
    let rows = "999,新田 望,残業禁止,,,\n102,高田 実,残業禁止,,,\n103,退職 済,残業禁止,,,\n101,山田 太郎,,,,\n\
                101,山田 太郎,残業禁止,,2026/2/31,\n101,山田 太郎,残業禁止,2026/4/1,2026/3/1,\n";
    let preview = World::new().preview(rows);
    let refused: Vec<_> = preview.refused.iter().map(|row| (row.line, row.column, row.why)).collect();
    let expected = [
        (2, None, Why::NotOnRoster),
        (5, Some(3), Why::NoMeasure),
        (6, Some(5), Why::NotDate),
        (7, None, Why::EndsBeforeItBegins),
    ];
    assert_eq!(refused, expected);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(3, Doubt::NameVariant), (4, Doubt::Leaver)]);
}

#[test]
fn a_header_without_a_measure_is_no_ledger() {
    let header = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(propose(&header("社員番号,氏名,所属")).missing, Some(ProfileError::NoMeasure));
    assert_eq!(propose(&header("措置,期限")).missing, Some(ProfileError::NoPerson));
    assert_eq!(propose(&header("氏名,制限内容,いつまで")).missing, None);
}

#[test]
fn a_column_that_no_word_tells_is_given_its_part_and_a_day_may_be_one_for_all() {
    let world = World::new();
    let table = read("だれ,内容,いつまで\n山田 太郎,残業禁止,2027/3/31\n".as_bytes()).unwrap();
    let mut profile = propose(&table.header).profile;
    assert_eq!(profile.locate_ledger(&table.header), Err(ProfileError::NoPerson));
    profile.give(&table.header, 0, Part::Field(Field::Name));
    assert_eq!(profile.locate_ledger(&table.header), Err(ProfileError::NoMeasure));
    profile.give(&table.header, 1, Part::Field(Field::Measure));
    profile.fixed.insert(Field::MeasureReview, "2026/12/1".to_owned());
    let (roster, measures, decisions) = (&world.roster, &world.measures, &world.decisions);
    let input = Input { table: &table, profile: &profile, roster, measures, decisions, day: day("2026-11-20") };
    let read = preview(&input).unwrap().added.remove(0).row;
    assert_eq!((read.until, read.review_on), (Some(day("2027-03-31")), Some(day("2026-12-01"))));
}

proptest! {
    #[test]
    fn every_row_is_accounted_for(cells in prop::collection::vec("[0-9０R./年月日山田残業禁止 -]{0,8}(,[0-9残業禁止山田R./-]{0,8}){0,7}", 0..12)) {
        World::new().preview(&cells.join("\n"));
    }
}
