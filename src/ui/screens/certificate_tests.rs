//! The certificate by keys: taken in from the paper, opened from the story, answered with an opinion.

use super::*;
use crate::ui::screens::fixture::{Drive, TODAY, day, site, worker_id};

fn received() -> Drive {
    let mut drive = Drive::at(site(), &Route::Worker(worker_id(1)));
    drive.keys("C").text("11-12").keys("\t").text("水野 遥").keys("\t").text("蓄積がある").keys("\t");
    drive.text("睡眠不足").save();
    drive
}

#[test]
fn a_paper_is_taken_in_by_keys() {
    let drive = received();
    let row = &drive.desk.site.certificates[0];
    assert_eq!((row.received_on, row.interviewed_on), (day(TODAY), day("2026-11-12")));
    assert_eq!(
        (row.doctor.as_str(), row.fatigue.as_str(), row.condition.as_str()),
        ("水野 遥", "蓄積がある", "睡眠不足")
    );
    assert_eq!(row.period_end, Some(day("2026-10-31")));
    assert_eq!(drive.route(), Route::Worker(worker_id(1)));
}

#[test]
fn a_paper_without_a_legal_item_is_refused_there_and_kept_as_a_draft() {
    let mut drive = Drive::at(site(), &Route::Certificate(worker_id(1), None));
    drive.text("11-12").keys("\t").text("水野 遥").save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("疲労の蓄積の状況を書面のとおりに書いてください。"));
    assert!(drive.desk.site.draft("certificate/E01-W0001").count() > 0);
}

#[test]
fn the_line_of_the_story_opens_the_paper_and_takes_the_opinion() {
    let mut received = received();
    assert!(received.screen(80, 24).contains("証明書意見"));
    let opens = Route::Certificate(worker_id(1), Some(received.desk.site.certificates[0].id.clone()));
    let assessment =
        crate::app::assess::SiteAssessment::new(&crate::law::Law::built_in().unwrap(), &received.desk.site, day(TODAY));
    assert!(assessment.items.iter().any(|item| common::item_target(item) == opens));
    let mut drive = Drive::at(received.desk.site, &opens);
    insta::assert_snapshot!("certificate_recorded_80x24", drive.screen(80, 24));
    drive.text("残業を減らす").save();
    let row = &drive.desk.site.certificates[0];
    assert_eq!((row.opinion_on, row.opinion.as_str()), (Some(day(TODAY)), "残業を減らす"));
}

#[test]
fn the_screen_reads_as_the_paper() {
    let mut drive = Drive::at(site(), &Route::Certificate(worker_id(1), None));
    insta::assert_snapshot!("certificate_80x24", drive.screen(80, 24));
    drive.text("11-12").keys("\t").text("水野 遥").keys("\t");
    insta::assert_snapshot!("certificate_120x40", drive.screen(120, 40));
}
