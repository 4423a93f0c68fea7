//! The default plan on a fixed day through the real importers and the real store.

mod driver;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use driver::InMemory;

use super::*;
use crate::app::assess::{SiteAssessment, Work};
use crate::app::changes::Part;
use crate::app::patrol_year::{self, Month};
use crate::app::worklist::{State, Task, Turn};
use crate::law::Law;
use crate::law::overtime::Tier;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn today() -> Day {
    day("2026-11-20")
}

fn built(plan: &Plan, today: Day) -> InMemory {
    let mut driver = InMemory::new(today);
    build(&mut driver, plan, today, &mut |_| {}).unwrap();
    driver
}

fn assessed(driver: &mut InMemory, today: Day) -> Vec<(Arc<Site>, SiteAssessment)> {
    let law = Law::built_in().unwrap();
    let ids: Vec<EstablishmentId> = driver.stores.keys().cloned().collect();
    let sites = ids.iter().map(|id| driver.site(id).unwrap());
    sites.map(|site| (Arc::clone(&site), SiteAssessment::new(&law, &site, today))).collect()
}

/// Files, and the commands of an empty roster: all that a plan decides before a vault sees it.
fn fingerprint(plan: &Plan, today: Day) -> [u8; 32] {
    let mut hash = openssl::sha::Sha256::new();
    for demo in sites(plan, today) {
        hash.update(&demo.roster());
        demo.hours().for_each(|file| hash.update(&file.bytes));
        let site = Site::new(demo.establishment.clone());
        hash.update(format!("{:?}{:?}", demo.settings(&site), demo.events(&site)).as_bytes());
    }
    hash.finish()
}

#[test]
fn a_seed_makes_one_caseload_and_another_seed_another() {
    let plan = Plan { workers: 30, ..Plan::default() };
    assert_eq!(fingerprint(&plan, today()), fingerprint(&plan, today()));
    assert_ne!(fingerprint(&plan, today()), fingerprint(&Plan { seed: 2, ..plan }, today()));
}

#[test]
fn the_default_plan_shows_every_badge_and_every_task() {
    let mut driver = built(&Plan::default(), today());
    let sites = assessed(&mut driver, today());
    let flags = || sites.iter().flat_map(|(_, assessment)| assessment.flags.iter());
    let words = |word: fn(&crate::app::flags::WorkerFlags) -> &'static str| flags().map(word).collect::<BTreeSet<_>>();
    let set = |words: &[&'static str]| words.iter().copied().collect::<BTreeSet<_>>();
    let overtime = words(crate::app::flags::WorkerFlags::overtime_word);
    assert_eq!(overtime, set(&["-", "45超", "80超", "100超", "平均", "不足", "未定"]));
    assert_eq!(words(|f| f.checkup), set(&["-", "済", "意見待", "未入力"]));
    assert_eq!(words(|f| f.stress), set(&["-", "未", "済", "要面接", "申出"]));
    assert_eq!(words(|f| f.interview), set(&["-", "申出", "途中", "済", "他医師", "不要"]));
    assert_eq!(words(|f| f.fitness), set(&["-", "通常", "制限", "休業", "退職"]));
    assert!(flags().any(|f| f.is_disputed));
    let tasks: BTreeSet<Task> = sites.iter().flat_map(|(_, a)| a.items.iter().map(|item| item.task)).collect();
    assert_eq!(tasks, Task::ALL.iter().copied().collect());
}

/// The round of the demo has its advice, its hearing and its actions, and names no group that the screen would not offer.
#[test]
fn the_round_of_the_demo_led_to_something() {
    let mut driver = built(&Plan::default(), today());
    let law = Law::built_in().unwrap();
    let sites = assessed(&mut driver, today());
    let (site, _) = sites.iter().find(|(site, _)| !site.stress_rounds.is_empty()).unwrap();
    let rows = &site.stress_improvements;
    let kinds: BTreeSet<_> = rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds.len(), 3);
    assert!(rows.iter().any(|row| row.finding.is_some()) && rows.iter().any(|row| row.done_on.is_some()));
    let may_be_named = crate::app::stress::improvement::nameable(&law, site, &rows[0].round, today());
    let named: Vec<&String> = rows.iter().map(|row| &row.group_name).filter(|name| !name.is_empty()).collect();
    assert!(!named.is_empty() && named.into_iter().all(|name| may_be_named.contains(name)), "{may_be_named:?}");
}

#[test]
fn few_people_are_above_the_lines() {
    let mut driver = built(&Plan::default(), today());
    let sites = assessed(&mut driver, today());
    let tiers: Vec<Tier> = sites.iter().flat_map(|(_, a)| a.flags.iter().filter_map(|f| f.tier())).collect();
    let share = |at_least: Tier| tiers.iter().filter(|tier| **tier >= at_least).count() * 1000 / tiers.len();
    assert!((15..=35).contains(&share(Tier::Over80)), "{}", share(Tier::Over80));
    assert!((70..=140).contains(&share(Tier::Over45)), "{}", share(Tier::Over45));
}

#[test]
fn today_is_a_mix_of_turns_and_states() {
    let mut driver = built(&Plan::default(), today());
    let sites = assessed(&mut driver, today());
    let mut counts: BTreeMap<(Turn, State), usize> = BTreeMap::new();
    for item in sites.iter().flat_map(|(_, assessment)| &assessment.items) {
        *counts.entry((item.turn, item.state)).or_default() += 1;
    }
    let all = |state: State| counts.iter().filter(|((_, s), _)| *s == state).map(|(_, n)| n).sum::<usize>();
    assert!((3..=12).contains(&all(State::Overdue)), "{counts:?}");
    assert!((3..=16).contains(&all(State::DueSoon)), "{counts:?}");
    assert!((8..=80).contains(&all(State::Open)), "{counts:?}");
    let turns: BTreeSet<Turn> = counts.keys().map(|(turn, _)| *turn).collect();
    assert_eq!(turns.into_iter().collect::<Vec<_>>(), Turn::ALL);
    let overdue: BTreeSet<Turn> = counts.keys().filter(|(_, s)| *s == State::Overdue).map(|(turn, _)| *turn).collect();
    assert!(overdue.contains(&Turn::Mine) && overdue.contains(&Turn::Employer));
    let items = || sites.iter().flat_map(|(_, assessment)| &assessment.items);
    assert!(items().any(|item| item.scheduled_for.is_some()) && items().any(|item| item.snoozed_until.is_some()));
}

#[test]
fn the_year_of_patrols_has_its_kinds_of_months() {
    let mut driver = built(&Plan { years: 1, ..Plan::default() }, today());
    let sites = assessed(&mut driver, today());
    let law = crate::law::Law::built_in().unwrap();
    let month = |index: usize, text: &str| patrol_year::state(&law, &sites[index].0, day(text), today());
    assert_eq!(month(0, "2026-11-01"), Month::Planned(20));
    assert!(matches!(month(0, "2026-10-01"), Month::Done(_)));
    assert_eq!(month(2, "2026-11-01"), Month::AwaitingInformation);
    assert_eq!(month(2, "2026-09-01"), Month::Information);
    assert_eq!(month(4, "2026-06-01"), Month::Missing);
    assert_eq!(month(5, "2026-06-01"), Month::OutsideContract);
}

#[test]
fn what_was_built_passes_the_check_of_the_store() {
    let driver = built(&Plan { years: 1, ..Plan::default() }, today());
    for (id, store) in &driver.stores {
        assert_eq!(store.check(None).unwrap(), [], "{id}");
        assert!(store.history(1).unwrap().len() == 1);
    }
}

#[test]
fn every_size_and_every_day_builds() {
    let tiny = Plan { establishments: 9, workers: 3, years: 1, seed: 5 };
    for text in ["2026-01-01", "2028-02-29", "2026-12-31", "2027-04-01", "2026-03-20", "2026-07-15"] {
        let driver = built(&tiny, day(text));
        assert_eq!(driver.stores.len(), 9);
    }
    for plan in [Plan { workers: 0, ..tiny }, Plan { years: 0, ..tiny }, Plan { establishments: 0, ..tiny }] {
        built(&plan, today());
    }
}

#[test]
fn nobody_of_a_large_roster_leaves_before_joining() {
    built(&Plan { establishments: 3, workers: 500, years: 0, seed: 1 }, today());
}

#[test]
fn every_month_of_the_year_builds_the_usual_roster() {
    let plan = Plan { workers: 40, years: 1, ..Plan::default() };
    for month in 1..=12 {
        let today = Day::from_ymd_opt(2027, month, 1 + month * 2).unwrap();
        let mut driver = built(&plan, today);
        let open: usize = assessed(&mut driver, today).iter().map(|(_, a)| a.items.len()).sum();
        assert!(open > 10, "{today}: {open}");
    }
}

#[test]
fn progress_ends_at_its_total() {
    let plan = Plan { establishments: 2, workers: 5, years: 3, seed: 1 };
    let mut seen = Vec::new();
    build(&mut InMemory::new(today()), &plan, today(), &mut |progress| seen.push(progress)).unwrap();
    assert_eq!(seen.first().map(|p| (p.done, p.total)), Some((1, 10)));
    assert_eq!(seen.last().map(|p| (p.done, p.total)), Some((10, 10)));
}

#[test]
fn every_export_keeps_its_characters() {
    let plan = Plan { workers: 2000, establishments: 7, years: 0, seed: 3 };
    let names: Vec<String> = sites(&plan, today())
        .flat_map(|demo| {
            let table = crate::import::source::read(&demo.roster()).unwrap();
            table.rows.iter().map(|row| row.cells.get(1).to_owned()).collect::<Vec<_>>()
        })
        .collect();
    for hard in ["髙橋", "﨑", "濵田", "・", "齋藤", "斎藤", "斉藤"] {
        assert!(names.iter().any(|name| name.contains(hard)), "{hard}");
    }
    assert!(!names.iter().any(|name| name.contains(['?', '&', '\u{FFFD}'])));
    let twice = names.len() - names.iter().collect::<BTreeSet<_>>().len();
    assert!(twice > 0);
}

/// The large plan of the speed figures; run with `--ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn the_large_plan_builds_in_time() {
    let plan = Plan { establishments: 20, workers: 500, years: 5, seed: 1 };
    let start = std::time::Instant::now();
    let generated: usize =
        sites(&plan, today()).flat_map(|demo| demo.hours().collect::<Vec<_>>()).map(|f| f.bytes.len()).sum();
    println!("files {generated} bytes in {:?}", start.elapsed());
    let start = std::time::Instant::now();
    let driver = built(&plan, today());
    println!("built {} establishments in {:?}", driver.stores.len(), start.elapsed());
}

#[test]
fn nobody_walks_a_factory_on_a_sunday() {
    use chrono::{Datelike, Weekday};
    let mut driver = built(&Plan { workers: 12, ..Plan::default() }, today());
    let is_workday = |day: Day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    for (site, _) in assessed(&mut driver, today()) {
        assert!(site.patrols.iter().all(|patrol| is_workday(patrol.day)), "{}", site.id());
        assert!(site.visits.iter().all(|visit| is_workday(visit.day)), "{}", site.id());
    }
}

/// Every part of every establishment becomes another one, one at a time: what is taken over would be seen to be old.
#[test]
fn an_assessment_after_an_edit_is_the_one_that_would_be_made_anew() {
    let mut driver = built(&Plan { workers: 40, ..Plan::default() }, today());
    let law = Law::built_in().unwrap();
    for (site, before) in assessed(&mut driver, today()) {
        let empty = Site::new(crate::domain::establishment::Establishment {
            appointed_on: None,
            contract_from: Some(day("2026-12-01")),
            contract_until: Some(day("2026-12-31")),
            committee: crate::domain::establishment::Committee::None,
            criterion_on: Some(day("2020-01-01")),
            ..(*site.establishment).clone()
        });
        for part in Part::ALL {
            let edited = part.taken_from(&empty, &site);
            let after = before.after(&law, &site, &edited, today());
            let anew = SiteAssessment::new(&law, &edited, today());
            assert_eq!((&after.flags, &after.items), (&anew.flags, &anew.items), "{} {part:?}", site.id());
            let back = after.after(&law, &edited, &site, today());
            assert_eq!((&back.flags, &back.items), (&before.flags, &before.items), "{} {part:?}", site.id());
        }
    }
}

#[test]
fn an_edit_of_one_worker_computes_that_worker_and_the_duties_that_read_it() {
    let mut driver = built(&Plan { workers: 40, ..Plan::default() }, today());
    let law = Law::built_in().unwrap();
    let (site, before) = assessed(&mut driver, today()).remove(0);
    let mut edited = (*site).clone();
    Arc::make_mut(&mut edited.workers)[3].position = "係長".into();
    assert_eq!(before.after(&law, &site, &edited, today()).work.workers, 1);
    let mut promised = (*site).clone();
    Arc::make_mut(&mut promised.promises).clear();
    assert_eq!(before.after(&law, &site, &promised, today()).work, Work { workers: 0, duties: 1 });
    let mut noted = (*site).clone();
    Arc::make_mut(&mut noted.contacts).clear();
    assert_eq!(before.after(&law, &site, &noted, today()).work, Work { workers: 0, duties: 0 });
}
