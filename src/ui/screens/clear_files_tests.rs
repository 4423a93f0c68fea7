//! Files in clear by keys: none goes by a single press that cannot be taken back.

use super::*;
use crate::ui::keys::Code;
use crate::ui::screens::patrol::desk::{Session, site, site_id};

fn file(number: i64, site: &str, path: &str) -> ClearFile {
    let (kind, at) = ("取込元".to_owned(), "2026-11-20 13:40:00".to_owned());
    ClearFile { number, site: site.to_owned(), kind, at, path: path.to_owned() }
}

fn files() -> Vec<ClearFile> {
    vec![
        file(1, "E01", "/home/x/受領/2026-10 勤怠.csv"),
        file(2, "E01", "/home/x/受領/名簿.csv"),
        file(3, "E02", "/home/x/受領/別の会社.csv"),
    ]
}

fn at(site_id: Option<EstablishmentId>) -> Session {
    Session::at(Route::ClearFiles(site_id), vec![site()]).with_clear_files(files())
}

#[test]
fn one_establishments_files_are_listed_with_their_place() {
    let mut session = at(Some(site_id()));
    insta::assert_snapshot!("one_site_80x24", session.draw(80, 24));
    assert!(!session.shows("別の会社"));
    assert!(at(None).shows("別の会社"));
}

#[test]
fn deleting_takes_the_same_key_twice_and_another_key_calls_it_off() {
    let mut session = at(Some(site_id()));
    session.key('d');
    assert!(session.desk.settled.is_empty() && session.shows("もう一度 d"));
    session.press(Code::Down);
    session.key('d');
    assert!(session.desk.settled.is_empty(), "the first press was for another file");
    session.key('d');
    assert_eq!(session.desk.settled, [(vec![2], Settling::Delete)]);
    assert!(!session.shows("名簿.csv"));
}

#[test]
fn one_file_is_sealed_or_kept_at_once_and_all_of_them_after_a_second_press() {
    let mut session = at(Some(site_id()));
    session.key('s');
    session.press(Code::Enter);
    assert_eq!(session.desk.settled, [(vec![1], Settling::Seal), (vec![2], Settling::Keep)]);
    assert!(session.shows("平文のファイルはありません"));
    let mut session = at(None);
    session.key('a');
    session.key('s');
    assert!(session.desk.settled.is_empty() && session.shows("3件を封入します"));
    session.key('s');
    assert_eq!(session.desk.settled, [(vec![1, 2, 3], Settling::Seal)]);
}

#[test]
fn closing_a_visit_shows_what_lies_in_clear() {
    let mut session = Session::at(Route::Site(site_id()), vec![site()]).with_clear_files(files());
    session.key('v');
    session.key('v');
    session.press(Code::F(6));
    assert_eq!(session.shell.route(), Some(Route::ClearFiles(Some(site_id()))));
    session.press(Code::Esc);
    assert!(session.shows("訪問済"));
}

#[test]
fn a_shared_screen_names_no_file() {
    let mut session = at(None);
    session.press(Code::F(9));
    assert!(session.shell.view.vault.clear_files.is_empty());
}
