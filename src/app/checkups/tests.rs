//! Opinions, batches, prompts and the taking in, on a small synthetic site.

use std::sync::Arc;

use super::intake::{NewExam, take_in};
use super::judge::{JudgeFault, MeasureAsked, Opinion, batch, hold, judge};
use super::lines::{Line, lines, readings};
use super::queue::{Left, due, held, left, order, remaining, season};
use super::tables::URGENT;
use super::testing::{QUIET, cells, head, sheet};
use super::weigh::{Measures, Prompt, Standing, weigh};
use crate::app::Site;
use crate::app::entry_fixture::{TODAY, day, row, site, worker, worker_id};
use crate::domain::AnyRecord;
use crate::domain::case::{Measure, MeasureKind, Taken};
use crate::domain::checkup::{Cells, CheckupKind, CheckupSheet};
use crate::domain::command::{Act, Change, Command};
use crate::domain::interview::Fitness;
use crate::domain::worker::{Checkup, FindingState, Sex};
use crate::law::Law;
use crate::scales::checkup::table;

fn with_people(count: u32) -> Site {
    let mut site = site();
    site.workers = Arc::new((1..=count).map(|number| worker(number, "見本 太郎")).collect());
    site.checkups = Arc::new((1..=count).map(|n| head(row(100 + n), worker_id(n), day("2026-09-11"), "A")).collect());
    site.last_numbers = [count, 0, 500];
    site
}

fn nth(site: &Site, number: usize) -> &Checkup {
    site.checkups.iter().nth(number).unwrap()
}

fn put(site: &mut Site, checkup: &Checkup) {
    Arc::make_mut(&mut site.checkups).put(checkup);
}

fn edit(site: &mut Site, number: usize, change: impl FnOnce(&mut Checkup)) {
    let mut checkup = nth(site, number).clone();
    change(&mut checkup);
    put(site, &checkup);
}

fn standing(checkup: &Checkup, values: &[(&str, &str, &str)]) -> Standing {
    let sheet = sheet(row(900), checkup, values);
    let measures = Measures { table: table("dock-2026").unwrap(), urgent: None };
    weigh(measures, checkup, Some(&sheet), Sex::Male, None)
}

fn puts(command: &Command) -> Vec<&AnyRecord> {
    command
        .changes
        .iter()
        .filter_map(|change| if let Change::Put(record) = change { Some(record) } else { None })
        .collect()
}

#[test]
fn a_routine_opinion_writes_one_row() {
    let (site, law) = (with_people(2), Law::built_in().unwrap());
    let command = judge(&law, &site, &row(101), &Opinion::normal(), day(TODAY)).unwrap();
    let [AnyRecord::Checkup(checkup)] = puts(&command)[..] else { panic!("{command:?}") };
    assert_eq!((checkup.opinion, checkup.opinion_on), (Some(Fitness::Normal), Some(day(TODAY))));
    assert_eq!(judge(&law, &site, &row(7), &Opinion::normal(), day(TODAY)), Err(JudgeFault::Gone));
    assert_eq!(judge(&law, &site, &row(101), &Opinion::normal(), day("2026-09-10")), Err(JudgeFault::Early));
}

#[test]
fn a_letter_recommends_what_is_surely_to_be_seen() {
    let values = [("sbp", "162", "D"), ("dbp", "101", "D"), ("a1c", "5.2", ""), ("ldl", "100", "")];
    let sheet = sheet(row(900), &head(row(101), worker_id(1), day("2026-09-11"), "D"), &values);
    let lines = lines(table("dock-2026").unwrap(), &[sheet], Sex::Male);
    let seen: Vec<String> = lines.iter().filter(|line| line.is_to_be_seen()).map(Line::with_unit).collect();
    assert_eq!(seen, ["162/101mmHg"]);
}

#[test]
fn a_condition_is_kept_beside_the_class() {
    let (site, law) = (with_people(1), Law::built_in().unwrap());
    let opinion = Opinion { condition: "内科を受診すること".to_owned(), ..Opinion::normal() };
    let command = judge(&law, &site, &row(101), &opinion, day(TODAY)).unwrap();
    let [AnyRecord::Checkup(_), AnyRecord::CheckupDetail(detail)] = puts(&command)[..] else { panic!("{command:?}") };
    assert_eq!(detail.condition, "内科を受診すること");
    assert!(!detail.is_held);
}

#[test]
fn a_limitation_needs_its_measure_its_period_and_its_review() {
    let (site, law) = (with_people(1), Law::built_in().unwrap());
    let whole = MeasureAsked {
        kind: MeasureKind::NightWork,
        content: "深夜業は月1回まで".to_owned(),
        from: Some(day("2026-12-01")),
        until: Some(day("2027-02-28")),
        review_on: Some(day("2027-02-19")),
    };
    let limited = |measure: Option<MeasureAsked>| Opinion { fitness: Fitness::Limited, measure, ..Opinion::normal() };
    let told = |opinion: &Opinion| judge(&law, &site, &row(101), opinion, day(TODAY));
    assert_eq!(told(&limited(None)), Err(JudgeFault::Incomplete));
    let holes = [
        MeasureAsked { until: None, ..whole.clone() },
        MeasureAsked { review_on: None, ..whole.clone() },
        MeasureAsked { kind: MeasureKind::Other, content: " ".to_owned(), ..whole.clone() },
    ];
    for hole in holes {
        assert_eq!(told(&limited(Some(hole.clone()))), Err(JudgeFault::Incomplete), "{hole:?}");
    }
    let command = told(&limited(Some(whole))).unwrap();
    let kinds: Vec<&str> = puts(&command).iter().map(|record| record.table().name()).collect();
    assert_eq!(kinds, ["checkup", "case_file", "measure", "checkup_detail"]);
    let leave = Opinion { fitness: Fitness::Leave, ..limited(None) };
    assert_eq!(told(&leave), Err(JudgeFault::Incomplete), "stopping work needs period and review");
}

#[test]
fn an_opinion_on_the_workplace_waits_for_the_employers_answer_like_a_measure() {
    let (site, law) = (with_people(1), Law::built_in().unwrap());
    let review_on = Some(day("2027-02-19"));
    let measure = MeasureAsked {
        kind: MeasureKind::NightWork,
        content: "深夜業は月1回まで".to_owned(),
        from: Some(day("2026-12-01")),
        until: Some(day("2027-02-28")),
        review_on,
    };
    let environment = "作業環境測定の実施　溶接場".to_owned();
    let limited = Opinion { fitness: Fitness::Limited, measure: Some(measure), environment, ..Opinion::normal() };
    let alone = Opinion { environment: limited.environment.clone(), ..Opinion::normal() };
    for (opinion, count) in [(limited, 2), (alone, 1)] {
        let command = judge(&law, &site, &row(101), &opinion, day(TODAY)).unwrap();
        let measures: Vec<&Measure> = puts(&command)
            .into_iter()
            .filter_map(|record| match record {
                AnyRecord::Measure(measure) => Some(&**measure),
                _ => None,
            })
            .collect();
        assert_eq!(measures.len(), count);
        let workplace = measures.last().unwrap();
        assert_eq!((workplace.kind, workplace.taken), (MeasureKind::Environment, Taken::Open));
        assert_eq!(workplace.content, "作業環境測定の実施　溶接場");
        assert_eq!(workplace.review_on, review_on.filter(|_| count == 2));
    }
}

#[test]
fn who_is_put_aside_comes_back_with_the_opinion() {
    let (mut site, law) = (with_people(1), Law::built_in().unwrap());
    let aside = hold(&site, &row(101), "眼底の結果待ち").unwrap();
    let [AnyRecord::CheckupDetail(detail)] = puts(&aside)[..] else { panic!("{aside:?}") };
    assert!(detail.is_held);
    site.checkup_details = Arc::new(vec![(**detail).clone()]);
    assert_eq!(left(&held(&site), &standing(nth(&site, 0), QUIET)), Some(Left::Held));
    let command = judge(&law, &site, &row(101), &Opinion::normal(), day(TODAY)).unwrap();
    let AnyRecord::CheckupDetail(after) = puts(&command)[1] else { panic!("{command:?}") };
    assert!(!after.is_held);
    assert_eq!(after.held_for, "眼底の結果待ち", "what was written stays");
}

#[test]
fn prompts_hold_a_person_out_of_the_batch() {
    let site = with_people(1);
    let checkup = nth(&site, 0);
    let said = |extra: &[(&'static str, &'static str, &'static str)]| {
        let values: Vec<_> = QUIET.iter().chain(extra).copied().collect();
        let standing = standing(checkup, &values);
        left(&held(&site), &standing).map(|left| left.label())
    };
    assert_eq!(said(&[]), None);
    assert_eq!(said(&[("tgf", "161", "")]), None, "a slight class is taken");
    assert_eq!(said(&[("hdl", "39", "")]), Some("所見"));
    assert_eq!(said(&[("alt", "200", "")]), Some("就業の検討値"));
    assert_eq!(said(&[("cr", "?words", "")]), Some("読み取りの確認"));
    assert_eq!(said(&[("cxr", "=", "")]), Some("所見"), "words that the clinic did not judge");
    assert_eq!(said(&[("cxr", "=", "B")]), None);
    assert_eq!(said(&[("tgf", "100", "要再検査")]), Some("所見"), "the clinic's own word counts");
    assert_eq!(said(&[("his", "=", "")]), None, "what was told is no finding");
    let measures = Measures { table: table("dock-2026").unwrap(), urgent: None };
    let waiting = weigh(measures, checkup, None, Sex::Male, None);
    assert_eq!(left(&held(&site), &waiting), Some(Left::Prompt(Prompt::Unread)));
}

#[test]
fn the_four_findings_make_a_candidate_and_three_do_not() {
    let site = with_people(1);
    let four: &[_] =
        &[("bmi", "26.0", ""), ("sbp", "150", ""), ("dbp", "80", ""), ("ldl", "150", ""), ("a1c", "6.1", "")];
    assert_eq!(standing(nth(&site, 0), four).prompts, [Prompt::Secondary]);
    assert!(standing(nth(&site, 0), &four[1..]).prompts.is_empty());
    let judged: &[_] =
        &[("bmi", "26.0", "A"), ("sbp", "150", ""), ("dbp", "80", ""), ("ldl", "150", ""), ("a1c", "6.1", "")];
    assert!(standing(nth(&site, 0), judged).prompts.is_empty(), "the clinic's judgement goes before the table");
}

#[test]
fn urgent_values_are_silent_until_they_are_turned_on() {
    let site = with_people(1);
    let sheet = sheet(row(900), nth(&site, 0), &[("wbc", "25.0", "")]);
    let prompts = |is_urgent_on: bool| {
        let urgent = is_urgent_on.then(|| table(URGENT).unwrap());
        let measures = Measures { table: table("dock-2026").unwrap(), urgent };
        weigh(measures, nth(&site, 0), Some(&sheet), Sex::Male, None).prompts
    };
    assert_eq!(prompts(false), []);
    assert_eq!(prompts(true), [Prompt::Urgent]);
}

#[test]
fn a_batch_is_one_act_and_leaves_opinions_that_stand() {
    let mut site = with_people(3);
    edit(&mut site, 1, |checkup| checkup.opinion_on = Some(day("2026-10-16")));
    let command = batch(&site, &[row(101), row(102), row(103)], day(TODAY));
    assert_eq!(command.act, Act::JudgeCheckups);
    let keys: Vec<&str> = puts(&command).iter().map(|record| record.key()).collect();
    assert_eq!(keys, [row(101).as_str(), row(103).as_str()]);
}

#[test]
fn the_heaviest_come_first_and_those_who_wait_come_last() {
    let mut site = with_people(4);
    let values: [&[_]; 3] = [QUIET, &[("sbp", "165", ""), ("dbp", "90", "")], &[("ldl", "150", "")]];
    let mut standings: Vec<Standing> =
        site.checkups.iter().zip(values).map(|(checkup, values)| standing(checkup, values)).collect();
    let measures = Measures { table: table("dock-2026").unwrap(), urgent: None };
    standings.insert(0, weigh(measures, nth(&site, 3), None, Sex::Male, None));
    order(&site, &mut standings);
    let names = |standings: &[Standing]| standings.iter().map(|s| s.checkup.clone()).collect::<Vec<_>>();
    assert_eq!(names(&standings), [row(102), row(103), row(101), row(104)]);
    let aside = hold(&site, &row(102), "").unwrap();
    let AnyRecord::CheckupDetail(detail) = puts(&aside)[0] else { panic!() };
    site.checkup_details = Arc::new(vec![(**detail).clone()]);
    order(&site, &mut standings);
    assert_eq!(names(&standings)[0], row(103), "who was put aside does not come first again");
}

#[test]
fn a_season_is_the_newest_checkup_of_everybody_employed() {
    let mut site = with_people(4);
    edit(&mut site, 1, |checkup| checkup.day = day("2025-09-12"));
    put(&mut site, &head(row(201), worker_id(1), day("2025-09-12"), "D"));
    put(&mut site, &head(row(103), worker_id(3), day("2025-08-01"), "D"));
    Arc::make_mut(&mut site.workers)[3].left_on = Some(day("2026-10-31"));
    let ids = |checkups: Vec<&Checkup>| checkups.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    // 2 is too old and without finding, 4 has left; 3 is old, but its finding still waits.
    assert_eq!(ids(season(&site, day(TODAY))), [row(101), row(103)]);
    edit(&mut site, 0, |checkup| checkup.opinion_on = Some(day(TODAY)));
    assert_eq!(ids(remaining(&site, day(TODAY))), [row(103)]);
}

#[test]
fn the_opinion_is_due_three_months_after_the_examination() {
    let law = Law::built_in().unwrap();
    let on = |text: &str| due(&law, &head(row(1), worker_id(1), day(text), "D")).unwrap();
    assert_eq!(on("2026-04-10").last, day("2026-07-10"));
    assert_eq!((on("2027-02-28").safe, on("2027-02-28").last), (day("2027-05-28"), day("2027-05-31")));
}

fn exam(number: u32, text: &str, values: &[(&str, &str, &str)], source_row: i64) -> NewExam {
    NewExam {
        worker: worker_id(number),
        day: day("2026-09-11"),
        kind: CheckupKind::Periodic,
        clinic: "見本健診センター".to_owned(),
        clinic_text: text.to_owned(),
        finding: None,
        cells: cells(values),
        source_row,
    }
}

#[test]
fn the_short_line_names_what_the_clinic_marked_and_what_the_table_cannot_grade() {
    let told = |text: &str, cells: Cells| {
        let mut exam = exam(1, text, &[], 2);
        exam.cells = cells;
        let site = with_people(2);
        let intake = take_in(&site, &[], vec![exam], "abc");
        let AnyRecord::Checkup(head) = puts(&intake.command)[0] else { panic!() };
        head.summary.clone()
    };
    let marked = |packed: &str| Cells::unpack(packed).unwrap();
    assert_eq!(told("A", cells(&[("cpg", "210", ""), ("ug", "3+", "")])), "尿糖 (3+)  随時血糖 210");
    assert_eq!(told("A", marked("alt 20\nhdl 58\t58L\n")), "HDL 58");
    let many = "ldl 190\t*190\nhdl 58\t58L\ntg 149\t149H\nast 20\t20H\nalt 21\t21H\n";
    assert_eq!(told("A", marked(many)).split("  ").last(), Some("ほか1項目"));
    assert_eq!(told("C", cells(QUIET)), "総合判定のほかに所見なし", "never 所見なし beside a finding");
}

#[test]
fn examinations_come_in_as_one_act_and_a_second_time_change_nothing() {
    let mut site = with_people(2);
    site.checkups = Arc::default();
    let exams = || vec![exam(1, "D 要医療", &[("sbp", "165", "D"), ("dbp", "90", "")], 2), exam(2, "A", QUIET, 3)];
    let intake = take_in(&site, &[], exams(), "abc");
    assert_eq!((intake.added, intake.changed, intake.unchanged, intake.refused.len()), (2, 0, 0, 0));
    assert_eq!(intake.command.act, Act::ImportCheckups);
    let (mut heads, mut sheets): (Vec<Checkup>, Vec<CheckupSheet>) = (Vec::new(), Vec::new());
    for record in puts(&intake.command) {
        match record {
            AnyRecord::Checkup(row) => heads.push((**row).clone()),
            AnyRecord::CheckupSheet(row) => sheets.push((**row).clone()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((heads[0].finding, heads[0].summary.as_str()), (FindingState::Present, "血圧 165/90"));
    assert_eq!((heads[1].finding, heads[1].summary.as_str()), (FindingState::None, "所見なし"));
    assert_eq!(sheets[0].source_row, 2);
    heads[0].opinion_on = Some(day(TODAY));
    heads[0].opinion = Some(Fitness::Limited);
    site.checkups = Arc::new(heads.into());
    let again = take_in(&site, &sheets, exams(), "def");
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2));
    assert!(again.command.changes.is_empty());
    let corrected = take_in(&site, &sheets, vec![exam(1, "C", &[("sbp", "145", "C")], 2)], "def");
    let AnyRecord::Checkup(row) = puts(&corrected.command)[0] else { panic!() };
    assert_eq!((row.judgement.as_str(), row.opinion), ("C", Some(Fitness::Limited)), "the opinion given stays");
}

#[test]
fn strangers_and_doubled_rows_are_named_by_their_row() {
    let mut site = with_people(1);
    site.checkups = Arc::default();
    let exams = vec![exam(1, "A", QUIET, 2), exam(1, "B", QUIET, 3), exam(9, "A", QUIET, 4)];
    let intake = take_in(&site, &[], exams, "abc");
    assert_eq!((intake.added, intake.refused), (1, vec![3, 4]));
}

#[test]
fn an_opinion_that_the_employer_has_in_writing_stands_when_corrected_values_come_in() {
    let mut site = with_people(1);
    edit(&mut site, 0, |checkup| checkup.opinion_on = Some(day(TODAY)));
    let head = nth(&site, 0).clone();
    site.issued = Arc::new(vec![crate::domain::opinion::Issued {
        id: crate::domain::Id::document(site.id(), 2026, 1),
        form: crate::domain::opinion::FormKind::CheckupOpinions,
        case_id: None,
        worker: None,
        version: 1,
        supersedes: None,
        day: day(TODAY),
        snapshot_json: serde_json::json!({ "checkups": [head] }),
        copies_json: Vec::new(),
    }]);
    let corrected = NewExam { day: head.day, ..exam(1, "D 要医療", &[("sbp", "165", "D")], 2) };
    let intake = take_in(&site, &[], vec![corrected], "abc");
    let tables: Vec<&str> = puts(&intake.command).iter().map(|record| record.table().name()).collect();
    assert_eq!(tables, ["checkup_sheet"], "the frozen head is not touched, so the store takes the batch");
}

#[test]
fn every_reading_of_the_blood_pressure_stays_in_sight() {
    let checkup = head(row(101), worker_id(1), day("2026-09-11"), "A");
    let mut sheet = sheet(row(201), &checkup, &[]);
    let packed = "sbp 128\t1回目 152、2回目 130、その他 128\ndbp 90\t1回目 96、2回目 84\n";
    sheet.cells = crate::domain::checkup::Cells::unpack(packed).unwrap();
    assert_eq!(readings(&sheet), "1回目 152/96   2回目 130/84   その他 128/-");
    assert_eq!(lines(table("dock-2026").unwrap(), &[sheet], Sex::Male)[0].values[2].as_deref(), Some("128/90"));
    let single = super::testing::sheet(row(202), &checkup, QUIET);
    assert_eq!(readings(&single), "");
}
