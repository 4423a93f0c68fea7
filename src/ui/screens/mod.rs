//! The list of screens: a place becomes the screen that shows it.

mod as_of;
mod aside;
mod attachments;
mod certificate;
mod checkup_board;
mod checkup_finder;
mod checkup_form;
mod checkup_notes;
mod checkup_papers;
mod clear_files;
pub mod common;
mod confirm;
mod entry;
mod erase;
mod exclusion;
mod export;
#[cfg(test)]
mod fixture;
mod hand_entry;
mod history;
mod import;
mod information;
mod interview;
mod kept;
mod law;
pub mod lines;
mod measure_answer;
mod opinion;
mod origins;
mod paper;
mod patrol;
mod patrol_year;
#[cfg(test)]
mod progress_tests;
mod recovery;
mod reel;
mod request;
mod roster;
mod seal_source;
mod site;
mod site_form;
mod story;
mod stress;
mod today;
mod trends;
mod unlock;
mod urging;
mod vault;
mod why;
mod worker;
mod worker_form;
mod worker_pane;

use entry::{EntryForm, EntryScreen};

use super::route::Route;
use super::screen::Screen;
use crate::app::View;

/// Opens the screen of a place.
pub fn open(route: &Route, view: &View) -> Box<dyn Screen> {
    let mut screen: Box<dyn Screen> = match route {
        Route::Unlock => Box::new(unlock::Unlock::new()),
        Route::Recovery => Box::new(recovery::RecoveryScreen::new()),
        Route::Today => Box::new(today::Today::new()),
        Route::Import(site) => Box::new(import::Import::new(site.clone(), view)),
        Route::ImportOf(site, kind) => Box::new(import::Import::of(site.clone(), view, *kind)),
        Route::SealSource(site, number) => Box::new(seal_source::SealSource::new(site.clone(), *number)),
        Route::Export(site) => Box::new(export::Export::new(site.clone())),
        Route::Erase(site, number) => Box::new(erase::Erase::new(site.clone(), *number)),
        Route::History(site) => Box::new(history::History::new(site.clone())),
        Route::Aside(site, key, kind) => form(aside::AsideForm::new(site.clone(), key.clone(), *kind)),
        Route::Vault => Box::new(vault::Vault::new()),
        Route::ClearFiles(site) => Box::new(clear_files::ClearFiles::new(site.clone())),
        Route::Roster(site) => Box::new(roster::Roster::new(site.clone())),
        Route::Worker(id) => Box::new(worker::WorkerScreen::new(id.clone())),
        Route::Request(id) => form(request::RequestForm::new(id.clone())),
        Route::Urging(id) => form(urging::UrgingForm::new(id.clone())),
        Route::Exclusion(id) => form(exclusion::ExclusionForm::new(id.clone())),
        Route::Certificate(worker, id) => form(certificate::CertificateForm::new(worker.clone(), id.clone())),
        Route::Information(id) => Box::new(information::InformationScreen::new(id.clone())),
        Route::Attachments(record) => Box::new(attachments::AttachmentScreen::new(record.clone())),
        Route::WorkerForm(site, worker) => form(worker_form::WorkerForm::new(site.clone(), worker.clone())),
        Route::MeasureAnswer(case) => form(measure_answer::MeasureAnswer::new(case.clone())),
        Route::HandEntry(id) => form(hand_entry::HandEntry::new(id.clone())),
        Route::CheckupForm(id) => form(checkup_form::CheckupForm::new(id.clone())),
        Route::Kept(site) => Box::new(kept::KeptScreen::new(site.clone())),
        Route::Why(why) => Box::new(why::WhyScreen::new((**why).clone())),
        Route::Site(site) => Box::new(site::SiteScreen::new(site.clone())),
        Route::Interview(worker, step, field) => Box::new(interview::Interview::new(worker.clone(), *step, *field)),
        Route::Patrol(site, place) => Box::new(patrol::PatrolScreen::new(site.clone(), *place, view)),
        Route::Law(rule) => Box::new(law::LawScreen::new(rule.clone())),
        Route::PatrolYear => Box::new(patrol_year::PatrolYear::new(view)),
        Route::SiteForm(site) => Box::new(site_form::SiteForm::new(site.clone(), view)),
        Route::Finding(place) => Box::new(patrol::FindingScreen::new((**place).clone(), view)),
        Route::StressRounds(site) => Box::new(stress::Rounds::new(site.clone())),
        Route::StressForm(site, round) => form(stress::RoundForm::new(site.clone(), round.clone())),
        Route::Stress(round) => Box::new(stress::ConfirmList::new(round.clone())),
        Route::StressProfile(round, worker) => Box::new(stress::Profile::new(round.clone(), worker.clone())),
        Route::StressPerson(round, worker) => Box::new(stress::Person::new(round.clone(), worker.clone())),
        Route::StressGroups(round) => Box::new(stress::Groups::new(round.clone())),
        Route::StressImprovements(round) => Box::new(stress::Improvements::new(round.clone())),
        Route::StressImprovement(round, kind, id) => {
            form(stress::ImprovementForm::new(round.clone(), *kind, id.clone()))
        }
        Route::Opinion(interview) => Box::new(opinion::Opinion::new(interview.clone())),
        Route::Paper(request) => Box::new(paper::Paper::new((**request).clone())),
        Route::Reel(site, at, table) => Box::new(reel::Reel::new(site.clone(), at.clone(), table)),
        Route::ReelBatch(site, table) => Box::new(reel::BatchScreen::new(site.clone(), table)),
        Route::ReelMeasure(checkup, is_leave) => form(reel::MeasureForm::new(checkup.clone(), *is_leave)),
        Route::Origins(worker) => Box::new(origins::OriginScreen::new(worker.clone())),
        Route::Trends(worker, table) => Box::new(trends::TrendScreen::new(worker.clone(), table)),
        Route::CheckupBoard(site) => Box::new(checkup_board::CheckupBoard::new(site.clone())),
        Route::CheckupFile(worker) => Box::new(checkup_notes::Notes::new(checkup_notes::Of::Person(worker.clone()))),
        Route::CheckupSeason(site) => Box::new(checkup_notes::Notes::new(checkup_notes::Of::Site(site.clone()))),
        Route::CheckupNote(place) => form(checkup_notes::NoteForm::new((**place).clone())),
        Route::CheckupPapers(site, worker) => {
            Box::new(checkup_papers::CheckupPapers::new(site.clone(), worker.clone()))
        }
        Route::Confirm(preview) => Box::new(confirm::Confirm::new((**preview).clone())),
    };
    screen.settle(view);
    screen
}

/// The screen of a form.
fn form<M: Copy + 'static>(form: impl EntryForm<M> + 'static) -> Box<dyn Screen> {
    Box::new(EntryScreen::new(form))
}
