//! What an unlock reads in one piece is what the tables say, and is used only while it is.

use junkai::app::Site;
use junkai::domain::Prefix;
use junkai::domain::command::{Act, Command};
use junkai::domain::establishment::Promise;

use crate::desk;
use crate::scratch::Scratch;

fn pair(place: &str, kind: &str) -> (String, String) {
    (place.to_owned(), kind.to_owned())
}

/// Everything of the first site, hours in the order of the workers.
fn everything(site: &Site) -> String {
    serde_json::to_string(site).unwrap()
}

fn first_site(scratch: &Scratch) -> String {
    let mut opened = scratch.desk();
    while opened.read_older_hours().unwrap() {}
    let said = everything(opened.caseload().sites.first().unwrap());
    opened.lock().unwrap();
    said
}

#[test]
fn the_face_of_a_site_says_what_its_tables_say() {
    let scratch = Scratch::demo();
    scratch.desk().lock().unwrap();
    assert_eq!(scratch.number(1, "SELECT count(*) FROM face"), 1);
    let by_face = first_site(&scratch);
    scratch.sql(1, "DELETE FROM face");
    assert_eq!(first_site(&scratch), by_face);
    scratch.assert_clean();
}

#[test]
fn a_face_that_an_operation_followed_is_not_used() {
    let scratch = Scratch::demo();
    scratch.desk().lock().unwrap();
    let mut opened = scratch.desk();
    let site = opened.caseload().sites.first().unwrap().clone();
    let id = site.next_id(Prefix::Row);
    let promise = Promise {
        id: id.clone(),
        made_on: desk::today(),
        occasion: "衛生委員会".into(),
        content: "次回までに照度を調べる".into(),
        due: None,
        kept_on: None,
    };
    opened.perform(site.id(), &Command::new(Act::Promise, id.to_string()).put(promise)).unwrap();
    // No lock: the power goes, and the face of before stays behind.
    drop(opened);
    let again = scratch.desk();
    assert!(again.caseload().sites.first().unwrap().promises.iter().any(|promise| promise.id == id));
}

#[test]
fn a_face_that_says_something_else_is_found_and_an_unreadable_one_is_passed_over() {
    let scratch = Scratch::demo();
    scratch.desk().lock().unwrap();
    scratch.sql(1, "UPDATE face SET content = replace(content, '\"sex\":\"male\"', '\"sex\":\"female\"')");
    assert_eq!(scratch.findings(), [pair("E01", "face")]);
    let honest = {
        scratch.sql(1, "DELETE FROM face");
        first_site(&scratch)
    };
    scratch.sql(1, "UPDATE face SET content = substr(content, 1, 1000)");
    assert_eq!(first_site(&scratch), honest);
}
