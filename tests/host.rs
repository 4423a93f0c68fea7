//! The real host under the screens: what waits, what locks, and what is left behind.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use junkai::app::host::{DocumentRequest, Door, RowAnswer, RowList, Settling, TypedHours};
use junkai::app::{Effect, Event, Host};
use junkai::demo::Plan;
use junkai::domain::command::DraftField;
use junkai::domain::hours::BatchKind;
use junkai::domain::opinion::{FormKind, Recipient};
use junkai::domain::{EstablishmentId, Id, Prefix};
use junkai::law::Law;
use junkai::runtime::{Clock, Desk, NewVault, Place, Reading, Runtime, TimeSource};
use junkai::ui::Shell;
use junkai::ui::route::Route;
use junkai::vault::WORK_FACTOR_QUICK;
use secrecy::{ExposeSecret, SecretString};

use super::desk::{self, PASSPHRASE};
use super::screens;

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
    assert_eq!(view.vault.clear_files.iter().filter(|file| file.kind == "出力").count(), 2);
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

/// A vault without establishments, its recovery code, and the host before its door.
fn with_code() -> (Scene, SecretString) {
    let folder = tempfile::tempdir().unwrap();
    let unlocking = desk::unlocking(folder.path().join("vault"));
    let owner = junkai::demo::owner();
    let new = NewVault { unlocking, identity: None, work_factor: WORK_FACTOR_QUICK, owner, is_demo: true };
    let (desk, code) = Desk::create(&new).unwrap();
    desk.lock().unwrap();
    let hands = Hands::new();
    let clock = Clock::new(Arc::new(hands.clone()), None);
    let place = Place::new(&folder.path().join("vault"));
    let host = Runtime::new(place, clock, Arc::new(Law::built_in().unwrap())).unwrap();
    (Scene { _folder: folder, hands, host }, SecretString::from(code.reveal().as_str()))
}

fn again(secret: &SecretString) -> SecretString {
    SecretString::from(secret.expose_secret())
}

#[test]
fn a_damaged_key_file_is_what_the_recovery_code_is_for() {
    let (mut scene, code) = with_code();
    std::fs::write(scene.folder().join("vault/keys/identity.age"), "damaged").unwrap();
    let failed = scene.until(Effect::Unlock(SecretString::from(PASSPHRASE)), |e| matches!(e, Event::Failed(_)));
    assert!(format!("{failed:?}").contains("回復コード"), "{failed:?}");
    assert_eq!(scene.host.perform(Effect::ReadCode(again(&code))), [Event::CodeRead]);
    let slip = SecretString::from(code.expose_secret().replacen(' ', "", 1).replacen('Q', "P", 1) + "Q");
    assert!(matches!(scene.host.perform(Effect::ReadCode(slip))[..], [Event::Refused(_)]));

    let new = SecretString::from("recovered-passphrase-1");
    let opened = scene.until(Effect::Recover(code, again(&new)), |e| !matches!(e, Event::Progress(..)));
    assert_eq!(opened.first(), Some(&Event::Unlocked), "{opened:?}");
    assert_eq!(scene.host.view().door, Door::Open);
    scene.host.perform(Effect::Lock);
    scene.until(Effect::Unlock(SecretString::from(PASSPHRASE)), |e| matches!(e, Event::Refused(_)));
    scene.until(Effect::Unlock(new), |e| matches!(e, Event::Unlocked));
}

#[test]
fn a_key_moves_from_the_open_desk_and_is_looked_for_where_the_door_is_told() {
    let (mut scene, _code) = with_code();
    let stick = scene.folder().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let typed = || SecretString::from(PASSPHRASE);
    scene.until(Effect::Unlock(typed()), |e| matches!(e, Event::Unlocked));
    let wrong = Effect::MoveKey(Some(stick.join("key.age")), SecretString::from("wrong"));
    scene.until(wrong, |e| matches!(e, Event::Failed(_)));
    scene.until(Effect::MoveKey(Some(stick.join("key.age")), typed()), |e| matches!(e, Event::Done(_)));
    assert_eq!(scene.host.view().vault.key_path, Some(stick.join("key.age").to_string_lossy().into_owned()));
    scene.host.perform(Effect::Lock);
    scene.until(Effect::Unlock(typed()), |e| matches!(e, Event::Unlocked));
    scene.host.perform(Effect::Lock);

    let mounted = scene.folder().join("mounted");
    std::fs::rename(&stick, &mounted).unwrap();
    scene.host.perform(Effect::Tick);
    let threshold = scene.host.view().threshold;
    assert_eq!((threshold.key_place.as_str(), threshold.key_found), ("別の媒体", false), "pulled out, and told");
    scene.until(Effect::Unlock(typed()), |e| matches!(e, Event::Refused(_)));
    assert_eq!(scene.host.perform(Effect::KeyAt(Some(mounted.join("key.age")))), []);
    assert!(scene.host.view().threshold.key_found);
    scene.until(Effect::Unlock(typed()), |e| matches!(e, Event::Unlocked));
    assert!(matches!(scene.host.perform(Effect::KeyAt(None))[..], [Event::Failed(_)]), "not while it is open");
}

#[test]
fn another_vault_is_stood_before_and_a_made_up_day_does_not_follow() {
    let (mut scene, _code) = with_code();
    scene.host.perform(Effect::OtherVault(Some(scene.folder().join("nothing"))));
    assert_eq!(scene.host.view().door, Door::NoVault);
    scene.host.perform(Effect::OtherVault(None));
    assert_eq!((scene.host.view().door, scene.host.view().threshold.is_demo), (Door::Locked, true));

    let real = scene.folder().join("real");
    let unlocking = desk::unlocking(real.clone());
    let owner = junkai::demo::owner();
    let new = NewVault { unlocking, identity: None, work_factor: WORK_FACTOR_QUICK, owner, is_demo: false };
    Desk::create(&new).unwrap().0.lock().unwrap();
    let clock = Clock::machine(Some(desk::today()));
    let place = Place::new(&scene.folder().join("vault"));
    let mut host = Runtime::new(place, clock, Arc::new(Law::built_in().unwrap())).unwrap();
    assert!(matches!(host.perform(Effect::OtherVault(Some(real)))[..], [Event::Refused(_)]));
    assert!(host.view().threshold.is_demo, "it stands where it stood");
}

/// Two files of an employer that were taken in and still lie in clear.
fn with_clear_files() -> (Scene, Vec<PathBuf>) {
    let mut scene = Scene::opened();
    let text = crate::kills::month(&scene.host.view().caseload.sites[0], 7);
    let files = ["one.csv", "two.csv", "three.csv"].map(|name| scene.folder().join(name));
    for (round, path) in files.iter().enumerate() {
        std::fs::write(path, text.replace(".25", &format!(".{round}5"))).unwrap();
        scene.until(Effect::ReadImport(site(), path.clone(), Some(BatchKind::Hours)), |e| {
            matches!(e, Event::ImportRead(_))
        });
        scene.until(Effect::ChooseReading(1), |e| matches!(e, Event::ImportRead(_)));
        scene.until(Effect::AcceptImport, |e| matches!(e, Event::Imported(_)));
    }
    (scene, files.into())
}

#[test]
fn a_file_in_clear_is_sealed_deleted_or_kept_and_another_file_is_left_alone() {
    let (mut scene, files) = with_clear_files();
    let number = |scene: &Scene, path: &Path| {
        let view = scene.host.view();
        let found = view.vault.clear_files.iter().find(|file| Path::new(&file.path) == path);
        found.map(|file| (file.number, file.site.clone()))
    };
    let numbers: Vec<i64> = files.iter().map(|path| number(&scene, path).unwrap().0).collect();
    assert_eq!(number(&scene, &files[0]).unwrap().1, "E01");

    scene.until(Effect::SettleClearFiles(vec![numbers[0]], Settling::Seal), |e| matches!(e, Event::Done(_)));
    assert!(!files[0].exists() && scene.folder().join("one.csv.age").exists());
    let sealed = std::fs::read(scene.folder().join("one.csv.age")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1"));

    std::fs::write(&files[1], "mine, and another file of that name").unwrap();
    for how in [Settling::Delete, Settling::Seal] {
        let refused = scene.until(Effect::SettleClearFiles(vec![numbers[1]], how), |e| matches!(e, Event::Failed(_)));
        assert!(format!("{refused:?}").contains("記録したときと違います"), "{refused:?}");
        assert!(files[1].exists() && number(&scene, &files[1]).is_some());
    }
    scene.until(Effect::SettleClearFiles(vec![numbers[1]], Settling::Keep), |e| matches!(e, Event::Done(_)));
    assert!(files[1].exists() && number(&scene, &files[1]).is_none());

    scene.until(Effect::SettleClearFiles(vec![numbers[2]], Settling::Delete), |e| matches!(e, Event::Done(_)));
    assert!(!files[2].exists());
    assert_eq!(scene.host.view().vault.clear_files.len(), 0);
}

#[test]
fn a_roster_comes_in_by_the_screen_and_a_doubtful_row_waits_for_an_answer() {
    let mut scene = Scene::opened();
    let known = scene.host.view().caseload.sites[0].workers[0].clone();
    let before = scene.host.view().caseload.sites[0].workers.len();
    let file = scene.folder().join("roster.csv");
    let text = format!("社員番号,氏名,所属\n{},改姓 花子,見本課\nX-901,新見 望,見本課\n", known.number);
    std::fs::write(&file, text).unwrap();
    let read = |scene: &mut Scene, effect| {
        let events = scene.until(effect, |event| matches!(event, Event::ImportRead(_)));
        match events.into_iter().next_back() {
            Some(Event::ImportRead(preview)) => preview,
            other => panic!("{other:?}"),
        }
    };
    let preview = read(&mut scene, Effect::ReadImport(site(), file, Some(BatchKind::Roster)));
    assert_eq!(
        [RowList::Added, RowList::Changed, RowList::Doubtful].map(|list| preview.count(list)),
        [1, 0, 1],
        "{preview:?}"
    );
    let doubt = preview.listed.doubt(0).unwrap();
    assert!(doubt.row == 2 && doubt.options[0].1.contains(&known.name), "{doubt:?}");
    let answers: Vec<RowAnswer> = doubt.options.iter().map(|(answer, _)| *answer).collect();
    assert_eq!(answers, [RowAnswer::Same(0), RowAnswer::New, RowAnswer::Leave]);

    let left = read(&mut scene, Effect::AnswerRow(2, RowAnswer::Leave));
    let counted = [RowList::Doubtful, RowList::Changed, RowList::Ignored].map(|list| left.count(list));
    assert_eq!(counted, [0, 0, 1]);
    let file = scene.folder().join("roster.csv");
    read(&mut scene, Effect::ReadImport(site(), file, Some(BatchKind::Roster)));
    let same = read(&mut scene, Effect::AnswerRow(2, RowAnswer::Same(0)));
    assert_eq!((same.count(RowList::Added), same.count(RowList::Doubtful)), (1, 0));
    let changed = same.listed.row(RowList::Changed, 0).unwrap();
    assert!(changed.row == Some(2) && changed.what.contains("改姓 花子"), "{changed:?}");
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let view = scene.host.view();
    let workers = &view.caseload.sites[0].workers;
    assert_eq!((workers.len(), workers[0].name.as_str()), (before + 1, "改姓 花子"));
    scene.host.perform(Effect::Undo(site(), None));
    assert_eq!(scene.host.view().caseload.sites[0].workers[0].name, known.name);
}

#[test]
fn what_today_put_off_is_taken_back_there_and_its_establishment_is_named() {
    let mut scene = Scene::opened();
    let mut shell = Shell::new(&mut scene.host);
    screens::drawn(&mut shell, screens::SIZES[0]);
    let plans = |scene: &Scene| scene.host.view().caseload.sites[0].plans.len();
    let before = plans(&scene);
    screens::press(&mut shell, &mut scene.host, "Down z 1 F6 Enter");
    assert_eq!(plans(&scene), before + 1);
    screens::press(&mut shell, &mut scene.host, "Up u");
    assert_eq!(plans(&scene), before);
    let name = scene.host.view().caseload.sites[0].establishment.short_name.clone();
    let screen = screens::drawn(&mut shell, screens::SIZES[0]);
    assert!(screen.contains(&format!("{name}  予定・後で（1件）を取り消しました。")), "{screen}");
    screens::press(&mut shell, &mut scene.host, "^y");
    assert_eq!(plans(&scene), before + 1, "and done again");
}

#[test]
fn a_file_that_cannot_be_read_fails_as_an_import() {
    let mut scene = Scene::opened();
    let missing = scene.folder().join("missing.csv");
    let failed =
        scene.until(Effect::ReadImport(site(), missing, Some(BatchKind::Hours)), |e| matches!(e, Event::Failed(_)));
    assert!(matches!(&failed[..], [Event::Failed(failure)] if failure.code == "E-IMP-05"), "{failed:?}");
}

#[test]
fn a_worker_who_was_opened_on_the_screen_is_one_line_of_the_audit() {
    let mut scene = Scene::opened();
    let mut shell = Shell::new(&mut scene.host);
    screens::press(&mut shell, &mut scene.host, "^p m e i b o Enter");
    for _ in 0..3 {
        screens::drawn(&mut shell, screens::SIZES[0]);
    }
    screens::press(&mut shell, &mut scene.host, "Enter");
    for _ in 0..3 {
        screens::drawn(&mut shell, screens::SIZES[0]);
        shell.tick(&mut scene.host);
    }
    let Some(Route::Worker(worker)) = shell.route() else { panic!("{:?}", shell.route()) };
    scene.host.perform(Effect::Lock);
    let desk = Desk::unlock(&desk::unlocking(scene.folder().join("vault"))).unwrap();
    let lines = desk.audit_lines().unwrap();
    let seen = lines.iter().filter(|(_, line)| line.event == "閲覧" && line.subject == worker.as_str());
    assert_eq!(seen.count(), 1);
    desk.lock().unwrap();
}

/// A read that was given up shows nothing; the next one does.
#[test]
fn a_read_that_was_stopped_is_dropped_and_the_next_one_is_shown() {
    let mut scene = Scene::opened();
    let file = scene.folder().join("roster.csv");
    std::fs::write(&file, "社員番号,氏名\nX-901,新見 望\n").unwrap();
    let read = || Effect::ReadImport(site(), file.clone(), Some(BatchKind::Roster));
    let mut events = scene.host.perform(read());
    events.extend(scene.host.perform(Effect::DropImport));
    // What waited for the desk is done by the time that this is.
    events.extend(scene.until(Effect::Check, |event| matches!(event, Event::Checked(_))));
    assert!(!events.iter().any(|event| matches!(event, Event::ImportRead(_))), "{events:?}");
    let nothing = scene.until(Effect::AcceptImport, |event| matches!(event, Event::Failed(_)));
    assert!(format!("{nothing:?}").contains("読まれていません"), "{nothing:?}");
    scene.until(read(), |event| matches!(event, Event::ImportRead(_)));
}
