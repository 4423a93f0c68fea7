//! The list of papers by keys.

use crate::app::host::DocumentRequest;
use crate::domain::AnyRecord;
use crate::domain::checkup::Instructed;
use crate::domain::command::Change;
use crate::domain::opinion::{FormKind, Release};
use crate::ui::route::Route;
use crate::ui::screens::fixture::{Drive, site, site_id, worker_id};

fn asked(drive: &Drive) -> DocumentRequest {
    match drive.route() {
        Route::Paper(request) => *request,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_field_is_released_by_name_for_one_list_only() {
    let mut drive = Drive::at(site(), &Route::CheckupPapers(site_id(), None));
    drive.keys("j k\n");
    let request = asked(&drive);
    assert_eq!(
        (request.form, request.released.as_slice()),
        (FormKind::CheckupOpinions, &[Release::CheckupCondition][..])
    );
    let mut drive = Drive::at(site(), &Route::CheckupPapers(site_id(), None));
    drive.keys("j jj\n");
    let request = asked(&drive);
    assert_eq!((request.form, request.released.is_empty()), (FormKind::CheckupList, true));
}

#[test]
fn the_papers_of_one_person_need_the_person() {
    let mut drive = Drive::at(site(), &Route::CheckupPapers(site_id(), None));
    drive.keys("jjjjjjj\n");
    assert_eq!(drive.route(), Route::CheckupPapers(site_id(), None), "nobody is chosen");
    let mut drive = Drive::at(site(), &Route::CheckupPapers(site_id(), Some(worker_id(1))));
    drive.keys("j\n");
    let request = asked(&drive);
    assert_eq!((request.form, request.subject), (FormKind::CheckupReferral, Some(worker_id(1))));
}

#[test]
fn what_counts_is_settled_by_a_key_and_written_down() {
    let mut drive = Drive::at(site(), &Route::CheckupPapers(site_id(), None));
    drive.keys("jjjjjjjjjjjjjj ");
    let [command] = &drive.desk.commands[..] else { panic!("{:?}", drive.desk.commands) };
    let Change::Put(AnyRecord::CheckupPolicy(policy)) = &command.changes[0] else { panic!() };
    assert_eq!((policy.instructed, policy.is_urgent_on), (Instructed::WithTreated, false));
    assert!(policy.settled_on.is_some());
}

#[test]
fn a_table_of_the_workplaces_own_is_pasted_and_taken_out_again() {
    let table = "id='own'\nedition='2026-04-01'\ntitle='当社の表'\nsource='衛生委員会'\nchecked_on='2026-04-01'\n\
        status='own'\npurpose='grade'\nis_rounded=true\nclasses=[{name='可',label='可',weight=0}]\n\
        [[row]]\nitems=['sbp']\nbands={ '可'='<=149' }\n";
    let mut drive = Drive::at(site(), &Route::CheckupPapers(site_id(), None));
    drive.keys("Gk").paste("title =");
    assert!(drive.desk.commands.is_empty(), "what is no table changes nothing");
    assert!(drive.screen(120, 40).contains("判定の表を読めません"));
    drive.paste(table).keys(" ");
    let texts: Vec<&str> = drive.desk.commands.iter().map(own_table).collect();
    assert_eq!(texts, [table.trim(), ""]);
}

fn own_table(command: &crate::domain::command::Command) -> &str {
    let Change::Put(AnyRecord::CheckupPolicy(policy)) = &command.changes[0] else { panic!() };
    &policy.own_table
}
