//! The reel by keys, on a desk without a vault.

use std::sync::Arc;

use crate::app::Site;
use crate::app::checkups::testing::{QUIET, head, sheet};
use crate::app::entry_fixture::{row, worker};
use crate::domain::AnyRecord;
use crate::domain::case::MeasureKind;
use crate::domain::checkup::CheckupSheet;
use crate::domain::command::{Act as Deed, Change};
use crate::domain::establishment::InformationKind;
use crate::domain::hours::NightWork;
use crate::domain::interview::Fitness;
use crate::domain::worker::Checkup;
use crate::scales::checkup::DEFAULT;
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screens::fixture::{Drive, day, site, site_id, worker_id};

/// What a person's newest sheet holds.
type Values = &'static [(&'static str, &'static str, &'static str)];

const HEAVY: Values =
    &[("sbp", "152", "D"), ("dbp", "96", ""), ("fpg", "131", "D 要医療"), ("ldl", "174", "C"), ("ast", "20", "")];
const CONSIDER: Values = &[("sbp", "182", "D"), ("dbp", "100", ""), ("ast", "20", "")];

/// A site whose people have these sheets this year, and quiet ones in the two years before.
fn season(people: &[(&str, Values)]) -> (Site, Vec<CheckupSheet>) {
    let mut site = site();
    let (mut workers, mut heads, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (judgement, values)) in (1_u32..).zip(people) {
        workers.push(worker(number, &format!("見本 {number}")));
        for (back, year) in (0_u32..).zip(["2026-09-11", "2025-09-12", "2024-09-13"]) {
            let id = row(1000 + number * 10 + back);
            let newest = head(id, worker_id(number), day(year), if back == 0 { judgement } else { "A" });
            let given = (back > 0).then(|| day("2025-10-17"));
            let checkup = Checkup { opinion_on: given, opinion: given.map(|_| Fitness::Normal), ..newest };
            sheets.push(sheet(row(50_000 + number * 10 + back), &checkup, if back == 0 { values } else { QUIET }));
            heads.push(checkup);
        }
    }
    heads.sort_by(|one, other| one.id.cmp(&other.id));
    site.workers = Arc::new(workers);
    site.checkups = Arc::new(heads.into());
    site.last_numbers = [u32::try_from(people.len()).unwrap(), 0, 90_000];
    (site, sheets)
}

fn reel(people: &[(&str, Values)]) -> Drive {
    let (site, sheets) = season(people);
    let mut drive = Drive::at(site, &Route::Site(site_id()));
    drive.desk.sheets = sheets;
    drive.keys("3");
    drive.presses = 0;
    drive
}

fn judged(drive: &Drive) -> usize {
    let this_year = drive.desk.site.checkups.iter().filter(|checkup| checkup.day == day("2026-09-11"));
    this_year.filter(|checkup| checkup.opinion_on.is_some()).count()
}

fn opinion(drive: &Drive, number: u32) -> Option<Fitness> {
    let id = row(1000 + number * 10);
    drive.desk.site.checkups.iter().find(|checkup| checkup.id == id).and_then(|checkup| checkup.opinion)
}

#[test]
fn the_heaviest_stands_first_with_three_years_and_both_judgements() {
    let mut drive = reel(&[("A", QUIET), ("D 要医療", HEAVY)]);
    let screen = drive.screen(80, 24);
    for shown in ["見本 2", "2024", "118/72", "152/96", "空腹時血糖", "131", "D 要医療", "ほか 1項目", "残り 2 / 2"]
    {
        assert!(screen.contains(shown), "{shown}\n{screen}");
    }
    assert!(!screen.contains("見本 1"), "one person a screen\n{screen}");
    insta::assert_snapshot!("reel_80x24", screen);
    insta::assert_snapshot!("reel_120x40", drive.screen(120, 40));
}

#[test]
fn a_secondary_examination_is_judged_beside_its_primary_one() {
    use crate::domain::checkup::{CheckupKind, SecondaryExam};
    let (mut site, mut sheets) = season(&[("D 要医療", HEAVY)]);
    let primary = site.checkups.iter().max_by_key(|head| head.day).unwrap().id.clone();
    let second = head(row(50_000), worker_id(1), day("2026-10-30"), "D 要医療");
    let judged = |head: &Checkup| Checkup { opinion_on: Some(day("2026-10-01")), ..head.clone() };
    site.checkups = Arc::new(site.checkups.iter().map(judged).chain([second.clone()]).collect());
    site.secondary_exams = Arc::new(vec![SecondaryExam {
        id: row(50_002),
        checkup: second.id.clone(),
        worker: worker_id(1),
        primary_checkup: primary,
        consent: row(50_003),
        submitted_on: day("2026-11-01"),
    }]);
    sheets.insert(0, CheckupSheet { kind: CheckupKind::Secondary, ..sheet(row(50_001), &second, HEAVY) });
    let mut drive = Drive::at(site, &Route::Site(site_id()));
    drive.desk.sheets = sheets;
    drive.keys("3");
    let screen = drive.screen(80, 24);
    assert!(screen.contains("一次") && screen.contains("二次10-30"), "{screen}");
}

#[test]
fn a_routine_person_costs_one_key() {
    let people = vec![("A", QUIET); 30];
    let mut drive = reel(&people);
    for _ in 0..30 {
        drive.keys("1");
    }
    assert_eq!((judged(&drive), drive.presses), (30, 30));
    assert!(drive.desk.commands.iter().all(|command| command.changes.len() == 1), "one row each");
    let screen = drive.screen(80, 24);
    assert!(screen.contains("30名の意見がそろいました"), "{screen}");
}

#[test]
fn a_value_to_consider_wants_the_key_twice() {
    let mut drive = reel(&[("D", CONSIDER)]);
    drive.keys("1");
    assert_eq!(opinion(&drive, 1), None);
    assert!(drive.screen(80, 24).contains("もう一度 1"));
    drive.keys("1");
    assert_eq!(opinion(&drive, 1), Some(Fitness::Normal));
}

#[test]
fn a_condition_a_hold_and_words_are_kept_with_the_person() {
    let mut drive = reel(&[("C", HEAVY), ("C", HEAVY), ("C", HEAVY)]);
    drive.keys("2");
    drive.keys("n").text("眼底の結果待ち").keys("\n5");
    drive.keys("n").text("血圧手帳を勧めた").keys("\n1");
    let details = &drive.desk.site.checkup_details;
    let told: Vec<(&str, &str, &str, bool)> = details
        .iter()
        .map(|row| (row.condition.as_str(), row.held_for.as_str(), row.words.as_str(), row.is_held))
        .collect();
    assert_eq!(
        told,
        [
            ("医療機関を受診すること", "", "", false),
            ("", "眼底の結果待ち", "", true),
            ("", "", "血圧手帳を勧めた", false)
        ]
    );
    let screen = drive.screen(80, 24);
    assert!(screen.contains("残り 1 / 3") && screen.contains("保留 眼底の結果待ち"), "{screen}");
    assert!(drive.desk.site.drafts.is_empty(), "what was typed became a record");
}

#[test]
fn a_limitation_is_written_with_measure_period_and_review_and_the_next_person_follows() {
    let mut drive = reel(&[("D", HEAVY), ("A", QUIET)]);
    drive.keys("3");
    assert_eq!(drive.route(), Route::ReelMeasure(row(1010), false));
    drive.save();
    assert_eq!(opinion(&drive, 1), None, "nothing is written without its measure");
    drive.keys("4").text("深夜業は月1回まで");
    for text in ["12-01", "2027-02-28", "2027-02-19"] {
        drive.press(Code::Tab).text(text);
    }
    drive.save();
    assert_eq!(opinion(&drive, 1), Some(Fitness::Limited), "{}", drive.screen(80, 24));
    let measures = &drive.desk.site.measures;
    assert_eq!((measures.len(), measures[0].review_on), (1, Some(day("2027-02-19"))));
    assert!(drive.screen(80, 24).contains("見本 2"), "{}", drive.screen(80, 24));
}

#[test]
fn a_patrol_or_an_interview_is_asked_of_the_employer_and_the_person_waits() {
    let mut drive = reel(&[("D", HEAVY), ("D", HEAVY)]);
    drive.keys("9");
    drive.keys("n").text("上司を交えた面接").keys("\n9");
    let held: Vec<&str> = drive.desk.site.checkup_details.iter().map(|detail| detail.held_for.as_str()).collect();
    assert_eq!(held, ["職場巡視または本人との面接の機会", "上司を交えた面接"]);
    let command = drive.desk.commands.last().unwrap();
    let Change::Put(AnyRecord::Information(asked)) = &command.changes[1] else { panic!("{command:?}") };
    assert_eq!((asked.content.as_str(), asked.received_on), ("上司を交えた面接", None));
    assert_eq!((asked.kind, asked.asked_on), (InformationKind::Work, Some(asked.about)));
    assert!(!asked.content.contains("見本"), "no person is named in what is asked for");
    assert_eq!(judged(&drive), 0);
}

#[test]
fn what_the_opinion_rests_on_besides_stands_beside_the_values() {
    let mut drive = reel(&[("D", HEAVY)]);
    drive.desk.site.nights = Arc::new(vec![NightWork {
        id: row(900),
        worker: worker_id(1),
        first_day: day("2026-10-01"),
        last_day: day("2026-10-31"),
        count: Some(6),
        seconds: None,
    }]);
    // A change, so that the screens see the new snapshot.
    drive.keys("7");
    let screen = drive.screen(120, 40);
    for beside in ["深夜業", "6回", "直近の面接", "直近の巡視"] {
        assert!(screen.contains(beside), "{beside}\n{screen}");
    }
}

#[test]
fn all_results_stand_together_with_the_waist_by_one_key() {
    let whole: Values = &[("sbp", "152", "D"), ("wc", "91.0", ""), ("hdl", "38", ""), ("ast", "20", "")];
    let mut drive = reel(&[("D", whole)]);
    drive.press(Code::Tab);
    let screen = drive.screen(80, 24);
    for item in ["腹囲", "91.0", "血圧", "HDL", "AST"] {
        assert!(screen.contains(item), "{item}\n{screen}");
    }
}

#[test]
fn an_opinion_on_the_workplace_is_chosen_by_its_number() {
    let mut drive = reel(&[("D", HEAVY)]);
    drive.keys("3").keys("4").text("深夜業は月1回まで");
    for text in ["12-01", "2027-02-28", "2027-02-19"] {
        drive.press(Code::Tab).text(text);
    }
    drive.press(Code::Tab);
    insta::assert_snapshot!("limitation_80x24", drive.screen(80, 24));
    drive.keys("1").text("溶接場の粉じん");
    drive.save();
    let measures: Vec<(MeasureKind, &str)> =
        drive.desk.site.measures.iter().map(|measure| (measure.kind, measure.content.as_str())).collect();
    assert_eq!(
        measures,
        [
            (MeasureKind::NightWork, "深夜業は月1回まで"),
            (MeasureKind::Environment, "作業環境測定の実施　溶接場の粉じん")
        ]
    );
    assert_eq!(drive.desk.site.checkup_details[0].environment, "作業環境測定の実施　溶接場の粉じん");
}

#[test]
fn the_batch_lists_whom_it_takes_and_whom_it_leaves_and_is_one_act() {
    let mut drive = reel(&[("A", QUIET), ("D", HEAVY), ("A", QUIET), ("D", CONSIDER), ("A", QUIET)]);
    drive.keys("b");
    let screen = drive.screen(80, 24);
    for shown in ["入れる 3名", "入れない 2名", "所見 1名", "就業の検討値 1名"] {
        assert!(screen.contains(shown), "{shown}\n{screen}");
    }
    drive.keys(" ");
    assert!(drive.screen(80, 24).contains("入れる 2名"));
    assert!(drive.screen(80, 24).contains("外した人 1名"));
    drive.keys("1");
    let command = drive.desk.commands.last().unwrap();
    assert_eq!((command.act, command.changes.len()), (Deed::JudgeCheckups, 2));
    assert_eq!((judged(&drive), opinion(&drive, 2), opinion(&drive, 4)), (2, None, None));
    assert_eq!(drive.route(), Route::Reel(site_id(), Some(row(1040)), DEFAULT), "back at the heaviest that is left");
}

#[test]
fn a_lock_in_the_middle_comes_back_to_the_same_person() {
    let mut drive = reel(&[("D", HEAVY), ("C", HEAVY), ("A", QUIET)]);
    drive.keys("1");
    let before = drive.route();
    drive.keys("n").text("途中");
    drive.key(Key::ctrl('l'));
    assert!(!drive.screen(80, 24).contains("見本"), "nothing of a person while locked");
    drive.text("passphrase").press(Code::Enter);
    assert_eq!(drive.route(), before);
    let screen = drive.screen(80, 24);
    assert!(screen.contains("見本 2") && screen.contains("途中"), "what was typed stands there\n{screen}");
    drive.keys("11");
    assert_eq!(judged(&drive), 3);
}

#[test]
fn nothing_is_judged_where_nobody_waits() {
    let mut drive = reel(&[]);
    drive.keys("12345b");
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("健診の記録はまだありません"), "{}", drive.screen(80, 24));
}

#[test]
fn a_failure_leaves_the_person_where_they_are() {
    let mut drive = reel(&[("A", QUIET), ("A", QUIET)]);
    let before = drive.route();
    drive.desk.fails = true;
    drive.keys("1");
    assert_eq!((drive.route(), judged(&drive)), (before, 0));
}

#[test]
fn why_names_the_table_behind_a_prompt_and_the_article_behind_the_deadline() {
    let mut drive = reel(&[("D", CONSIDER)]);
    drive.keys("w");
    let screen = drive.screen(120, 40);
    for word in ["就業の検討値", "J Occup Health", "OPN-03", "51条の2"] {
        assert!(screen.contains(word), "{word}\n{screen}");
    }
    drive.keys("w");
    assert!(drive.screen(120, 40).contains("健診機関"));
}

#[test]
fn the_diagnosis_stands_beside_the_clinics_word_and_the_person_stays() {
    let mut drive = reel(&[("D", HEAVY), ("D", CONSIDER)]);
    let before = drive.route();
    drive.keys("8");
    assert_eq!(drive.desk.commands.last().map(|command| command.act), Some(Deed::DiagnoseCheckup));
    assert_eq!(drive.desk.site.checkup_details[0].diagnosis, Some(crate::domain::interview::Diagnosis::Treat));
    assert_eq!(drive.route(), before);
    drive.keys("2");
    assert_eq!(drive.desk.site.checkup_details[0].diagnosis, Some(crate::domain::interview::Diagnosis::Treat));
}
