//! The real host under the screens: what waits, what locks, and what is left behind.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use junkai::app::host::{DocumentRequest, Door, TypedHours};
use junkai::app::{Effect, Event, Host};
use junkai::demo::Plan;
use junkai::domain::command::DraftField;
use junkai::domain::opinion::{FormKind, Recipient};
use junkai::domain::{EstablishmentId, Id, Prefix};
use junkai::law::Law;
use junkai::runtime::{Clock, Place, Reading, Runtime, TimeSource};
use secrecy::SecretString;

use super::desk::{self, PASSPHRASE};

/// Both clocks, moved by the test.
#[derive(Clone)]
struct Hands(Arc<Mutex<Reading>>);

impl Hands {
    fn new() -> Self {
        let wall = desk::today().and_hms_opt(9, 0, 0).unwrap();
        Self(Arc::new(Mutex::new(Reading { wall, monotonic: Duration::from_secs(1000) })))
    }

    fn pass(&self, wall: i64, monotonic: u64) {
        let mut reading = self.0.lock().unwrap();
        reading.wall += TimeDelta::seconds(wall);
        reading.monotonic += Duration::from_secs(monotonic);
    }
}

impl TimeSource for Hands {
    fn read(&self) -> Reading {
        *self.0.lock().unwrap()
    }
}

struct Scene {
    _folder: tempfile::TempDir,
    hands: Hands,
    host: Runtime,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { establishments: 1, workers: 60, years: 1, seed: 1 };
        desk::demo(folder.path().join("vault"), &plan).lock().unwrap();
        let hands = Hands::new();
        let clock = Clock::new(Arc::new(hands.clone()), None);
        let place = Place::new(&folder.path().join("vault"));
        let host = Runtime::new(place, clock, Arc::new(Law::built_in().unwrap())).unwrap();
        Self { _folder: folder, hands, host }
    }

    fn opened() -> Self {
        let mut scene = Self::new();
        let events = scene.until(Effect::Unlock(SecretString::from(PASSPHRASE)), |e| matches!(e, Event::Unlocked));
        assert!(!events.iter().any(|event| matches!(event, Event::Failed(_))), "{events:?}");
        scene
    }

    fn folder(&self) -> &Path {
        self._folder.path()
    }

    /// Asks, then lets time pass until an event of this kind has come.
    fn until(&mut self, effect: Effect, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
        let start = Instant::now();
        let mut events = self.host.perform(effect);
        while !events.iter().any(&wanted) {
            assert!(start.elapsed() < Duration::from_secs(60), "nothing came: {events:?}");
            std::thread::sleep(Duration::from_millis(5));
            events.extend(self.host.perform(Effect::Tick));
        }
        events
    }

    fn draft_of(&self, field: &str) -> Option<String> {
        let view = self.host.view();
        let site = view.caseload.sites.first()?;
        site.draft("test/form").find(|(name, _)| *name == field).map(|(_, value)| value.to_owned())
    }
}

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn draft(field: &str, value: &str) -> Effect {
    let field = DraftField { form: "test/form".to_owned(), field: field.to_owned(), value: value.to_owned() };
    Effect::SaveDraft(site(), field)
}

#[test]
fn before_the_unlock_nothing_is_shown_and_afterwards_everything() {
    let mut scene = Scene::new();
    let view = scene.host.view();
    assert_eq!((view.door, view.caseload.sites.len()), (Door::Locked, 0));
    assert!(view.threshold.key_found && view.threshold.is_demo);
    let wrong = scene.until(Effect::Unlock(SecretString::from("wrong")), |e| matches!(e, Event::Refused(_)));
    assert!(!wrong.iter().any(|event| matches!(event, Event::Unlocked)));
    assert_eq!(scene.host.view().threshold.failures, 1);
    scene.until(Effect::Unlock(SecretString::from(PASSPHRASE)), |e| matches!(e, Event::Unlocked));
    let open = scene.host.view();
    assert_eq!((open.door, open.caseload.sites.len(), open.assessments.len()), (Door::Open, 1, 1));
    assert!(open.revision > view.revision);
    assert_eq!(open.threshold.failures, 0, "the failures went into the audit chain");
}

#[test]
fn a_clock_that_jumps_or_a_hand_that_rests_locks() {
    for (wall, monotonic) in [(6 * 3600, 1), (1, 301)] {
        let mut scene = Scene::opened();
        scene.hands.pass(1, 1);
        assert!(!scene.host.perform(Effect::Tick).iter().any(|event| matches!(event, Event::Locked(_))));
        scene.hands.pass(wall.max(i64::try_from(monotonic).unwrap()), monotonic);
        let events = scene.host.perform(Effect::Tick);
        assert!(events.iter().any(|event| matches!(event, Event::Locked(_))), "{events:?}");
        let view = scene.host.view();
        assert_eq!((view.door, view.caseload.sites.len()), (Door::Locked, 0));
        let left = scene.folder().join("vault/sites/E01.db-wal");
        assert!(!left.exists() || std::fs::metadata(&left).unwrap().len() == 0, "a locked vault is whole by itself");
    }
}

#[test]
fn what_is_typed_while_the_desk_is_away_is_kept_even_when_a_lock_comes_between() {
    let mut scene = Scene::opened();
    let backup = scene.folder().join("backup.age");
    assert_eq!(scene.host.perform(Effect::Backup(backup.clone())), Vec::new());
    assert_eq!(scene.host.perform(draft("a", "typed meanwhile")), Vec::new());
    let locked = scene.host.perform(Effect::Lock);
    assert!(matches!(locked.as_slice(), [Event::Locked(_)]), "{locked:?}");
    assert_eq!(scene.host.view().caseload.sites.len(), 0, "the screen is blank at once");
    scene.until(Effect::Unlock(SecretString::from(PASSPHRASE)), |e| matches!(e, Event::Unlocked));
    assert_eq!(scene.draft_of("a").as_deref(), Some("typed meanwhile"));
    assert!(backup.exists(), "the running work was finished");
}

#[test]
fn hours_by_hand_are_one_operation_and_one_undo() {
    let mut scene = Scene::opened();
    let view = scene.host.view();
    let site_now = &view.caseload.sites[0];
    let worker = site_now.workers[5].id.clone();
    let before = site_now.hours_of(&worker).to_vec();
    let end = site_now.newest_period().unwrap().end;
    let typed =
        |text: &str| TypedHours { worker: worker.clone(), period_end: end, text: text.to_owned(), is_total: true };
    let refused = scene.host.perform(Effect::EnterHours(site(), vec![typed("25:61")]));
    assert!(matches!(refused.as_slice(), [Event::Failed(_)]));
    let done = scene.host.perform(Effect::EnterHours(site(), vec![typed("269:39")]));
    assert!(matches!(done.as_slice(), [Event::Done(_)]), "{done:?}");
    let now = scene.host.view().caseload.sites[0].hours_of(&worker).to_vec();
    assert_eq!(now[0].hours.low.0, 970_740);
    scene.host.perform(Effect::Undo(site(), None));
    assert_eq!(scene.host.view().caseload.sites[0].hours_of(&worker), before);
}

#[test]
fn an_opinion_is_issued_as_it_was_shown_and_only_so() {
    let mut scene = Scene::opened();
    let out = scene.folder().join("out");
    scene.host.perform(Effect::Set("out_dir".to_owned(), out.to_string_lossy().into_owned()));
    let subject = scene.host.view().caseload.sites[0].interviews.iter().map(|row| row.id.clone()).next_back();
    let recipients = vec![Recipient::Personnel, Recipient::Worker];
    let request = DocumentRequest::new(site(), FormKind::InterviewOpinion, subject, recipients);
    let unseen = scene.until(Effect::Issue(Box::new(request.clone()), Vec::new()), |e| matches!(e, Event::Failed(_)));
    assert!(matches!(&unseen[..], [Event::Failed(failure)] if failure.code == "E-OUT-06"));
    let shown = scene.until(Effect::Preview(Box::new(request.clone())), |e| matches!(e, Event::Previewed(_)));
    let Some(Event::Previewed(preview)) = shown.into_iter().next() else { panic!("no preview") };
    let hashes: Vec<String> = preview.copies.iter().map(|copy| copy.sha256.clone()).collect();
    let issued = scene.until(Effect::Issue(Box::new(request), hashes), |e| !matches!(e, Event::Progress(..)));
    let Some(Event::Issued(id, files)) = issued.into_iter().next() else { panic!("not issued") };
    assert_eq!(id, preview.id);
    assert!(files.iter().all(|file| Path::new(file).is_file()));
    let view = scene.host.view();
    assert_eq!(Some(view.caseload.sites[0].issued.last().unwrap().id.clone()), id);
    assert_eq!(view.vault.clear_files.iter().filter(|(_, _, kind)| kind == "出力").count(), 2);
    let undone = scene.host.perform(Effect::Undo(site(), None));
    assert!(matches!(undone.as_slice(), [Event::Failed(_)]), "what is issued is not undone");
}

#[test]
fn a_locked_desk_refuses_and_quitting_says_so() {
    let mut scene = Scene::new();
    let refused = scene.host.perform(Effect::Viewed(site(), Id::new(&site(), Prefix::Worker, 1).to_string()));
    assert!(matches!(refused.as_slice(), [Event::Failed(failure)] if failure.code == "E-KEY-01"));
    assert_eq!(scene.host.perform(Effect::Quit), [Event::Quit]);
}

#[test]
fn quitting_in_the_middle_of_an_unlock_closes_what_was_opened() {
    let mut scene = Scene::new();
    scene.host.perform(Effect::Unlock(SecretString::from(PASSPHRASE)));
    let events = scene.host.perform(Effect::Quit);
    assert!(events.contains(&Event::Quit));
    assert_eq!(scene.host.view().door, Door::Locked);
    let again = desk::unlocking(scene.folder().join("vault"));
    junkai::runtime::Desk::unlock(&again).unwrap().lock().unwrap();
}
