mod ledgers;

use proptest::prelude::*;

use super::super::people::tests::worker;
use super::super::profile::{Part, Reason};
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
        self.preview_of(HEADER, rows)
    }

    fn preview_of(&self, header: &str, rows: &str) -> Preview {
        let table = read(format!("{header}\n{rows}").as_bytes()).unwrap();
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

/// Found by the property over files of every kind: the ledger a second time ended a measure that it says is in force.
#[test]
fn an_older_spell_that_was_lifted_ends_no_measure_that_the_ledger_says_is_in_force() {
    let header = "社員番号,氏名,就業上の措置,開始日,期限,解除日";
    let rows = "101,山田 太郎,残業禁止,,2026/3/31,2026/10/1\n101,山田 太郎,残業禁止,2026/9/1,2027/2/28,\n";
    let mut world = World::new();
    let first = world.preview_of(header, rows);
    assert_eq!((first.added.len(), first.ignored[0].why), (1, Skip::Lifted));
    let mut next = 0;
    let accepted = first.accept(day("2026-11-20"), &mut |prefix| {
        next += 1;
        Id::new(&EstablishmentId::new(1), prefix, next)
    });
    world.measures = accepted.into_iter().map(|row| row.measure).collect();
    let again = world.preview_of(header, rows);
    assert_eq!((again.unchanged.len(), again.changed.len(), again.ignored[0].why), (1, 0, Skip::Lifted));
    world.decisions.left.insert(3);
    assert_eq!(world.preview_of(header, rows).changed.len(), 1, "without the row that says so it is lifted");
}

/// A row that waits for an answer holds the place of its measure: the next one is asked about, and not taken.
#[test]
fn a_measure_in_doubt_lets_no_other_row_of_it_pass() {
    let rows =
        "101,山田 太郎,残業禁止ではない,2026/4/1,2027/3/31,\n101,山田 太郎,残業禁止ではない,2026/4/1,2027/9/30,\n";
    let mut world = World::new();
    let doubts = |world: &World| world.preview(rows).doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>();
    assert_eq!(doubts(&world), [(2, Doubt::PerhapsNone), (3, Doubt::PerhapsNone)]);
    world.decisions.settled.insert((3, Doubt::PerhapsNone));
    assert_eq!(doubts(&world), [(2, Doubt::PerhapsNone), (3, Doubt::TwiceInFile)]);
    world.decisions.left.insert(2);
    assert_eq!(world.preview(rows).added.len(), 1);
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
    assert_eq!(
        accepted[0].measure.taken,
        crate::domain::case::Taken::Open,
        "no ledger says what the employer answered"
    );
    assert_eq!(world.preview(rows).unchanged, [2, 3], "the same ledger twice");
    let changed = world.preview("101,山田 太郎,残業禁止,,2027/6/30,\n");
    assert_eq!(changed.changed[0].old.as_ref().unwrap().until, Some(day("2027-03-31")));
}

#[test]
fn without_an_end_it_is_looked_at_on_the_day_it_comes_in() {
    for end in ["", "当面の間", "無期限", "-", "期限なし", "当分の間"] {
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
        (6, Some(5), Why::NoSuchDay),
        (7, None, Why::EndsBeforeItBegins),
    ];
    assert_eq!(refused, expected);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(3, Doubt::NameVariant), (4, Doubt::Leaver)]);
}

fn told(preview: &Preview) -> Vec<(MeasureKind, &str, Option<Day>, Option<Day>)> {
    let row = |taken: &Taken| taken.row.clone();
    let words = |taken: &'_ Taken| (row(taken).kind, row(taken).from, row(taken).until);
    let all = preview.added.iter().map(|taken| (words(taken), taken.row.content.as_str()));
    all.map(|((kind, from, until), content)| (kind, content, from, until)).collect()
}

#[test]
fn words_for_no_restriction_make_no_measure() {
    let rows = "101,山田 太郎,残業制限なし,2027/3/31\n101,山田 太郎,時間外労働 可（上限なし）,2027/3/31\n\
                102,髙田 実,深夜業の禁止は解除,2027/3/31\n102,髙田 実,残業月45時間まで,R9.3\n101,山田 太郎,残業禁止・夜勤可,\n";
    let mut world = World::new();
    let preview = world.preview_of("社員番号,氏名,就業上の措置,期限", rows);
    let left: Vec<_> = preview.ignored.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(left, [2, 3, 4].map(|line| (line, Skip::NoRestriction)));
    assert_eq!(told(&preview), [(MeasureKind::OvertimeLimit, "残業月45時間まで", None, Some(day("2027-03-31")))]);
    assert_eq!(preview.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(), [(6, Doubt::PerhapsNone)]);
    world.decisions.settled.insert((6, Doubt::PerhapsNone));
    let taken = world.preview_of("社員番号,氏名,就業上の措置,期限", rows);
    assert_eq!(taken.added[1].row.kind, MeasureKind::Other, "no kind out of a half negated sentence");
}

#[test]
fn a_class_of_fitness_is_read_where_no_other_words_stand() {
    let rows = "101,山田 太郎,通常勤務,\n102,髙田 実,要休業,\n101,山田 太郎,就業制限,\n102,髙田 実,制限なし,\n";
    let preview = World::new().preview_of("社員番号,氏名,就業区分,期限", rows);
    let kinds: Vec<_> = preview.added.iter().map(|taken| taken.row.kind).collect();
    assert_eq!((kinds, preview.ignored.len()), (vec![MeasureKind::NoWork, MeasureKind::Other], 2));
    let both = "101,山田 太郎,就業制限,残業禁止\n102,髙田 実,要休業,\n";
    let preview = World::new().preview_of("社員番号,氏名,就業区分,措置内容", both);
    let kinds: Vec<_> = preview.added.iter().map(|taken| taken.row.kind).collect();
    assert_eq!(kinds, [MeasureKind::OvertimeBan, MeasureKind::NoWork]);
}

#[test]
fn a_lifted_measure_ends_on_its_day_and_makes_nothing_new() {
    let header = "社員番号,氏名,就業制限,期限,解除日";
    let lifted = "101,山田 太郎,時間外労働の禁止,2027/3/31,2026/10/1\n";
    let mut world = World::new();
    assert_eq!(world.preview_of(header, lifted).ignored, [Ignored { line: 2, why: Skip::Lifted }]);
    let ahead = world.preview_of(header, "101,山田 太郎,時間外労働の禁止,2027/3/31,2026/12/1\n");
    assert_eq!(told(&ahead)[0].3, Some(day("2026-12-01")), "lifted in time is the end");
    world.import("101,山田 太郎,時間外労働の禁止,2026/4/1,2027/3/31,\n");
    let preview = world.preview_of(header, lifted);
    assert_eq!(preview.changed.len(), 1);
    let mut nobody = |_| panic!("nothing new");
    let ended = preview.accept(day("2026-11-20"), &mut nobody).remove(0).measure;
    assert_eq!((ended.until, ended.lifted_on), (Some(day("2026-10-01")), Some(day("2026-10-01"))));
    let older = world.preview_of(header, "101,山田 太郎,時間外労働の禁止,,2025/10/1\n");
    assert_eq!(older.ignored, [Ignored { line: 2, why: Skip::Lifted }], "it ended before this one began");
}

#[test]
fn the_end_of_a_month_is_its_last_day() {
    let preview = World::new().preview("101,山田 太郎,残業禁止,,令和9年3月末,\n");
    assert_eq!(preview.added[0].row.until, Some(day("2027-03-31")));
}

#[test]
fn a_span_is_two_days_and_a_month_has_two_ends() {
    let expected =
        |from: &str, until: &str| [(MeasureKind::OvertimeBan, "時間外労働の禁止", Some(day(from)), Some(day(until)))];
    let world = World::new();
    let of = |header: &str, cells: &str| {
        world.preview_of(&format!("社員番号,氏名,{header}"), &format!("101,山田 太郎,{cells}\n"))
    };
    for span in [
        "2026/9/1～2027/2/28",
        "2026年9月1日から2027年2月28日まで",
        "R8.9.1 〜 R9.2.28",
        "2026/9～2027/2",
        "R8.9.1-R9.2.28",
    ] {
        assert_eq!(
            told(&of("制限期間,制限内容", &format!("{span},時間外労働の禁止"))),
            expected("2026-09-01", "2027-02-28"),
            "{span}"
        );
        assert_eq!(
            told(&of("措置内容,期間", &format!("時間外労働の禁止,{span}"))),
            expected("2026-09-01", "2027-02-28"),
            "{span}"
        );
    }
    let months = of("措置,開始,期限,次回見直し", "時間外労働の禁止,2026/9,2027/2,2026/12");
    assert_eq!(told(&months), expected("2026-09-01", "2027-02-28"));
    assert_eq!(months.added[0].row.review_on, Some(day("2026-12-31")));
    assert_eq!(told(&of("措置,期限", "残業禁止,9999/12/31"))[0].3, None, "how systems write that there is no end");
    assert_eq!(of("措置内容,期間", "残業禁止,半年").refused[0].why, Why::NotSpan);
    let header: Vec<String> = ["氏名", "措置", "開始"].map(str::to_owned).into();
    let reasons = propose(&header).reasons;
    let is_said = |reason: &Reason| reason.column == 2 && reason.is_used && reason.text.contains("月の初日");
    assert!(reasons.iter().any(is_said), "it is said");
}

#[test]
fn what_is_over_by_its_state_or_remark_is_not_taken() {
    let of = |header: &str, cells: &str| {
        World::new().preview_of(&format!("社員番号,氏名,措置,{header}"), &format!("101,山田 太郎,残業禁止,{cells}\n"))
    };
    for (header, cells) in [("状態", "解除"), ("備考", "解除済"), ("解除日,状態", ",終了")] {
        let preview = of(header, cells);
        assert_eq!(preview.ignored, [Ignored { line: 2, why: Skip::Over }], "{header}");
        assert!(preview.added.is_empty());
    }
    for (header, cells) in [("備考", "10月末で解除"), ("状態", "保留"), ("解除理由", "復職"), ("主治医", "解除")]
    {
        let preview = of(header, cells);
        assert_eq!(preview.doubtful.first().map(|row| row.why), Some(Doubt::PerhapsOver), "{header}");
    }
    for (header, cells) in [("状態", "継続"), ("備考", "復職後"), ("前回の状態", "解除"), ("解除理由", "")]
    {
        assert_eq!(of(header, cells).added.len(), 1, "{header}");
    }
    let mut world = World::new();
    world.decisions.settled.insert((2, Doubt::PerhapsOver));
    assert_eq!(world.preview_of("氏名,措置,備考", "山田 太郎,残業禁止,近く解除\n").added.len(), 1, "answered");
}

#[test]
fn each_column_of_a_subject_is_a_measure_and_nothing_is_dropped_unsaid() {
    let header = "社員番号,氏名,残業制限,深夜業制限,運転制限,期限";
    let rows = "101,山田 太郎,禁止,禁止,,2027/3/31\n102,髙田 実,月20h,,不可,2027/3/31\n101,山田 太郎,可,,,\n\
                102,髙田 実,○,×,,2027/3/31\n";
    let mut world = World::new();
    let preview = world.preview_of(header, rows);
    let end = Some(day("2027-03-31"));
    let expected = [
        (MeasureKind::OvertimeBan, "残業制限 禁止", None, end),
        (MeasureKind::NightWork, "深夜業制限 禁止", None, end),
        (MeasureKind::OvertimeLimit, "残業制限 月20h", None, end),
        (MeasureKind::Other, "運転制限 不可", None, end),
    ];
    assert_eq!(told(&preview), expected);
    assert_eq!(preview.ignored, [Ignored { line: 4, why: Skip::NoRestriction }]);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(5, Doubt::MarkAlone)], "a mark is asked once");
    world.decisions.settled.insert((5, Doubt::MarkAlone));
    let answered = world.preview_of(header, rows);
    assert_eq!(told(&answered)[4], (MeasureKind::OvertimeLimit, "残業制限", None, end));
    assert_eq!((answered.added.len(), answered.doubtful.len()), (5, 0), "× says that nothing is restricted");
    let mut next = 0;
    let accepted = answered.accept(day("2026-11-20"), &mut |prefix| {
        next += 1;
        Id::new(&EstablishmentId::new(1), prefix, next)
    });
    let cases: Vec<bool> = accepted.iter().map(|row| row.case.is_some()).collect();
    assert_eq!(cases, [true, false, true, false, true], "the measures of one row hang on one case");
    assert_eq!(accepted[0].measure.case_id, accepted[1].measure.case_id);
}

#[test]
fn every_part_of_a_ledger_is_a_column_that_can_be_chosen() {
    let line = "氏名,就業区分,措置コード,措置内容,制限期間,解除日,見直し日";
    let header: Vec<String> = line.split(',').map(str::to_owned).collect();
    let profile = propose(&header).profile;
    let parts: Vec<_> = (0..header.len()).filter_map(|index| profile.part_of(&header, index)).collect();
    let fields = [Field::MeasureClass, Field::Measure, Field::MeasureSpan, Field::MeasureLifted, Field::MeasureReview];
    let mut expected: Vec<_> = fields.map(Part::Field).into();
    expected.insert(0, Part::Field(Field::Name));
    expected.insert(2, Part::Unused);
    assert_eq!(parts, expected);
    let known = Part::of_kind(crate::domain::hours::BatchKind::Restrictions);
    assert!(expected.iter().all(|part| known.contains(part)));
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
        let rows = cells.join("\n");
        // A first row of names of columns (日) is one of headings, and may leave no column of measures.
        let table = read(format!("{HEADER}\n{rows}").as_bytes());
        if table.is_ok_and(|table| propose(&table.header).missing.is_none()) {
            World::new().preview(&rows);
        }
    }
}
