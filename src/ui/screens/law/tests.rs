//! The law leafed through by keys.

use crate::app::Site;
use crate::ui::route::Route;
use crate::ui::screens::fixture::{Drive, site};

fn opened(rule: Option<&str>) -> Drive {
    let site: Site = site();
    Drive::at(site, &Route::Law(rule.map(str::to_owned)))
}

#[test]
fn a_rule_shows_its_versions_side_by_side_and_brackets_the_one_in_force() {
    let mut drive = opened(Some("IV-GEN"));
    let today = drive.screen(120, 60);
    assert!(today.contains("[80 時間]") && today.contains("100 時間"), "{today}");
    drive.keys("t").text("2018-04-01").keys("\n");
    let before = drive.screen(120, 60);
    assert!(before.contains("[100 時間]") && before.contains("2018-04-01"), "{before}");
}

#[test]
fn a_day_that_is_none_is_said_and_nothing_changes() {
    let mut drive = opened(Some("IV-GEN"));
    drive.keys("t").text("2018-02-30").keys("\n");
    let screen = drive.screen(80, 24);
    assert!(screen.contains("暦にない日です"), "{screen}");
    drive.keys("\u{1b}");
    assert!(drive.screen(120, 60).contains("[80 時間]"));
}

#[test]
fn an_article_leads_to_its_first_rule() {
    let mut drive = opened(None);
    drive.keys("2/").text("15条").keys("\n\n");
    let screen = drive.screen(80, 24);
    assert!(screen.contains("1[規則]") && screen.contains("15条"), "{screen}");
}

#[test]
fn words_find_a_rule_and_escape_gives_the_list_back() {
    let mut drive = opened(None);
    drive.keys("/").text("巡視");
    let found = drive.screen(80, 60);
    assert!(found.contains("PAT-01") && !found.contains("OT-45"), "{found}");
    drive.keys("\u{1b}");
    let all = drive.screen(80, 60);
    assert!(all.contains("OT-45"), "{all}");
}

#[test]
fn an_example_shows_its_facts_the_answer_of_now_and_leads_to_its_rule() {
    let mut drive = opened(None);
    drive.keys("5/").text("この月に巡視がある").keys("\n");
    let screen = drive.screen(120, 60);
    for text in ["5[例]", "PAT-01", "2026-05-20 の定めによる", "結論", "例と合っています"] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    drive.keys("\n");
    assert!(drive.screen(120, 60).contains("1[規則]"));
}
