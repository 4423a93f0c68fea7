//! The form of an establishment by keys.

use crate::domain::command::Act;
use crate::domain::establishment::{Committee, ContactRole, HoursMeans};
use crate::domain::worker::AttributeKind;
use crate::ui::keys::Code;
use crate::ui::route::Route;
use crate::ui::screens::patrol::desk::{Session, day, site, site_id};

fn form() -> Session {
    Session::at(Route::SiteForm(Some(site_id())), vec![site()])
}

fn tabs(session: &mut Session, count: usize) {
    for _ in 0..count {
        session.press(Code::Tab);
    }
}

#[test]
fn both_sides_are_calm() {
    let mut session = form();
    insta::assert_snapshot!("fields_80x24", session.draw(80, 24));
    insta::assert_snapshot!("fields_120x40", session.draw(120, 40));
    session.press(Code::F(6));
    insta::assert_snapshot!("lists_80x24", session.draw(80, 24));
    assert!(session.desk.acts.is_empty());
}

#[test]
fn what_is_typed_is_a_draft_until_it_is_recorded_as_one_change() {
    let mut session = form();
    tabs(&mut session, 3);
    session.text("東京都千代田区");
    session.press(Code::Esc);
    session.shell.stack.push(crate::ui::screens::open(&Route::SiteForm(Some(site_id())), &session.shell.view));
    assert!(session.shows("東京都千代田区") && session.shows("下書きがあります"));
    session.press(Code::F(6));
    assert_eq!(session.desk.acts, [Act::EditEstablishment]);
    assert_eq!(session.site().establishment.address, "東京都千代田区");
    assert!(session.site().drafts.is_empty());
}

#[test]
fn a_new_establishment_is_made_and_opened() {
    let mut session = Session::at(Route::SiteForm(None), Vec::new());
    insta::assert_snapshot!("new_80x24", session.draw(80, 24));
    session.text("北浜ロジスティクス");
    session.press(Code::F(6));
    assert!(session.shows("略称を書いてください"));
    session.text("北浜ロジ");
    tabs(&mut session, 12);
    session.key('2');
    session.press(Code::F(6));
    let made = session.site();
    assert_eq!((made.establishment.short_name.as_str(), made.establishment.committee), ("北浜ロジ", Committee::Health));
    assert_eq!(session.shell.route(), Some(Route::Site(made.id().clone())));
}

#[test]
fn leaving_a_new_form_asks_once_because_nothing_can_keep_it() {
    let mut session = Session::at(Route::SiteForm(None), Vec::new());
    session.text("北浜");
    session.press(Code::Esc);
    assert_eq!(session.shell.route(), Some(Route::SiteForm(None)));
    session.press(Code::Esc);
    assert_eq!(session.shell.route(), Some(Route::Today));
}

#[test]
fn a_short_name_has_six_characters() {
    let mut session = form();
    session.press(Code::Tab);
    session.text("とても長い略称");
    session.press(Code::F(6));
    assert!(session.shows("略称は全角 6文字までです"));
    assert!(session.desk.acts.is_empty());
}

#[test]
fn rows_of_a_list_are_added_changed_and_taken_off() {
    let mut session = form();
    session.press(Code::F(6));
    session.press(Code::Down);
    session.key('n');
    session.key('6');
    session.text("みどり内科");
    tabs(&mut session, 4);
    session.key('2');
    insta::assert_snapshot!("contact_80x24", session.draw(80, 24));
    session.press(Code::F(6));
    let clinic = session.site().contacts_as(ContactRole::Clinic).next().unwrap();
    assert_eq!((clinic.name.as_str(), clinic.is_emergency), ("みどり内科", true));
    session.press(Code::Down);
    session.press(Code::Enter);
    tabs(&mut session, 6);
    session.key('2');
    session.press(Code::F(6));
    assert_eq!(session.site().contacts_as(ContactRole::Clinic).count(), 0);
    assert_eq!(session.desk.acts, [Act::EditEstablishment; 2]);
}

#[test]
fn a_new_closing_day_stands_beside_the_old_one() {
    let mut session = form();
    session.press(Code::F(6));
    session.press(Code::Down);
    session.press(Code::Down);
    session.key('n');
    session.text("2026-12-01");
    session.press(Code::Tab);
    session.text("42");
    session.press(Code::F(6));
    assert!(session.shows("締日は 1 から 31 です"));
    session.press(Code::Backspace);
    session.press(Code::Backspace);
    session.text("20");
    session.press(Code::F(6));
    let days: Vec<(_, u32)> = session.site().closing_days.iter().map(|c| (c.valid_from, c.day)).collect();
    assert_eq!(days, [(day("2020-01-01"), 31), (day("2026-12-01"), 20)]);
}

/// On the list of that heading, with a new row open.
fn new_row(session: &mut Session, downs: usize) {
    session.press(Code::F(6));
    for _ in 0..downs {
        session.press(Code::Down);
    }
    session.key('n');
}

#[test]
fn a_new_criterion_stands_beside_the_old_one_with_hours_day_and_minutes() {
    let mut site = site();
    let old = std::sync::Arc::make_mut(&mut site.establishment);
    (old.criterion, old.criterion_on) = ("疲れが取れない人".into(), Some(day("2024-05-10")));
    let mut session = Session::at(Route::SiteForm(Some(site_id())), vec![site]);
    assert!(session.shows("基準の審議日"), "the fields of an older vault stand while there is no row");
    new_row(&mut session, 7);
    session.text("2026-12-01");
    session.press(Code::F(6));
    assert!(session.shows("基準を文か時間で書いてください"));
    session.text("交替勤務と出張が続き、疲れが取れないと申し出た人");
    session.press(Code::Tab);
    session.text("45:00");
    session.press(Code::Tab);
    session.text("2026-11-18");
    session.press(Code::Tab);
    session.text("11月 第3号");
    insta::assert_snapshot!("criterion_80x24", session.draw(80, 24));
    session.press(Code::F(6));
    let criteria = &session.site().criteria;
    assert_eq!((criteria[0].valid_from, criteria[0].seconds), (day("2026-12-01"), Some(45 * 3600)));
    assert_eq!((criteria[0].deliberated_on, criteria[0].minutes.as_str()), (Some(day("2026-11-18")), "11月 第3号"));
    assert!(session.shows("それより前   疲れが取れない人"));
    session.press(Code::F(6));
    assert!(!session.shows("基準の審議日"));
    assert_eq!(session.site().establishment.criterion, "疲れが取れない人", "what stood there is kept");
}

#[test]
fn a_standing_instruction_and_a_doctor_are_rows_with_their_days() {
    let mut session = form();
    new_row(&mut session, 8);
    session.press(Code::Tab);
    session.press(Code::Tab);
    session.text("前月に面接を受け、時間が減っている人");
    session.press(Code::F(6));
    assert_eq!(session.site().instructions[0].set_on, day("2026-11-20"));
    session.press(Code::Down);
    session.key('n');
    session.text("見本 次郎");
    session.press(Code::Tab);
    session.text("みどり診療所");
    tabs(&mut session, 2);
    session.key('2');
    session.text("2026-10-01");
    session.press(Code::Tab);
    session.text("2026-09-01");
    session.press(Code::F(6));
    assert!(session.shows("終わりが始めより前です"));
    for _ in 0..10 {
        session.press(Code::Backspace);
    }
    session.press(Code::F(6));
    let doctor = &session.site().doctors[0];
    assert_eq!((doctor.name.as_str(), doctor.is_site_physician), ("見本 次郎", true));
    assert_eq!((doctor.valid_from, doctor.valid_until), (Some(day("2026-10-01")), None));
    assert!(session.shows("見本 次郎   みどり診療所   産業医   2026-10-01 から"));
}

#[test]
fn how_hours_are_taken_down_is_a_dated_row_for_a_class_with_the_physicians_remark() {
    let mut site = site();
    std::sync::Arc::make_mut(&mut site.establishment).hours_method = "タイムカード".into();
    let mut session = Session::at(Route::SiteForm(Some(site_id())), vec![site]);
    assert!(session.shows("時間の把握"), "the field of an older vault stands while there is no row");
    new_row(&mut session, 3);
    session.press(Code::F(6));
    assert!(session.shows("いつからの方法かを書いてください"));
    session.text("2026-04-01");
    tabs(&mut session, 2);
    session.key('2');
    session.key('4');
    session.text("在社の時間を本人が月末に申告する");
    session.press(Code::Tab);
    session.text("申告に上限がある");
    insta::assert_snapshot!("method_80x24", session.draw(80, 24));
    session.press(Code::F(6));
    let row = session.site().methods[0].clone();
    assert_eq!((row.valid_from, row.class), (day("2026-04-01"), Some(AttributeKind::Discretionary)));
    assert_eq!((row.means, row.remark.as_str()), (HoursMeans::Declared, "申告に上限がある"));
    assert!(session.shows("2026-04-01 から   裁量   自己申告   在社の時間を"));
    session.press(Code::Enter);
    assert!(session.shows("申告に上限がある"), "an old row comes back as it was written");
    session.press(Code::Esc);
    session.press(Code::F(6));
    let kept = session.site().establishment.hours_method.clone();
    assert_eq!(kept, "タイムカード", "what stood there is kept");
}

#[test]
fn the_two_monthly_rhythm_says_what_it_lacks() {
    let mut session = form();
    session.press(Code::F(6));
    for _ in 0..4 {
        session.press(Code::Down);
    }
    session.key('n');
    session.text("2026-04-01");
    tabs(&mut session, 2);
    session.key('2');
    session.press(Code::F(6));
    assert_eq!(session.site().rhythms.first().map(|rhythm| rhythm.months), Some(2));
    assert!(session.shows("同意か審議がまだです"));
}
