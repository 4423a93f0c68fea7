//! A medium that stalls in the middle of a file: the desk is here all the while, to be worked at, locked and left.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use junkai::app::host::Door;
use junkai::app::{Effect, Event, Host};
use junkai::demo::Plan;
use junkai::domain::EstablishmentId;
use junkai::domain::command::DraftField;
use junkai::domain::hours::BatchKind;
use junkai::law::Law;
use junkai::runtime::{Clock, Place, Reading, Runtime, TimeSource};
use junkai::ui::Shell;
use junkai::ui::keys::Input;
use junkai::vault::files::{Files, FilesError, NewFile, RealFiles};
use secrecy::SecretString;

use super::desk::{self, PASSPHRASE};
use super::screens;

/// The name of the file whose medium stalls.
const STALLED: &str = "stalled.csv";
/// What its first part says.
const HEADER: &str = "氏名,総労働時間\n";

/// The operating system's files, but one: its first part comes, and the next when the test says so, or never.
struct Stalling {
    parts: Mutex<Vec<Receiver<Vec<u8>>>>,
    reached: Mutex<Sender<()>>,
}

struct Part {
    rest: Vec<u8>,
    next: Receiver<Vec<u8>>,
    reached: Sender<()>,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            let _ = self.reached.send(());
            self.rest = self.next.recv().unwrap_or_default();
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
    }
}

impl Files for Stalling {
    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, FilesError> {
        if !path.ends_with(STALLED) {
            return RealFiles.open(path);
        }
        let next = self.parts.lock().unwrap().pop().expect("it is opened once more than expected");
        let reached = self.reached.lock().unwrap().clone();
        Ok(Box::new(Part { rest: HEADER.as_bytes().to_vec(), next, reached }))
    }

    fn create_new(&self, path: &Path) -> Result<Box<dyn NewFile>, FilesError> {
        RealFiles.create_new(path)
    }
    fn sync(&self, path: &Path) -> Result<(), FilesError> {
        RealFiles.sync(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> Result<(), FilesError> {
        RealFiles.rename(from, to)
    }
    fn remove(&self, path: &Path) -> Result<(), FilesError> {
        RealFiles.remove(path)
    }
    fn remove_dir(&self, path: &Path) -> Result<(), FilesError> {
        RealFiles.remove_dir(path)
    }
    fn create_dir(&self, path: &Path) -> Result<(), FilesError> {
        RealFiles.create_dir(path)
    }
    fn sync_dir(&self, path: &Path) -> Result<(), FilesError> {
        RealFiles.sync_dir(path)
    }
    fn restrict(&self, path: &Path) -> Result<(), FilesError> {
        RealFiles.restrict(path)
    }
    fn exists(&self, path: &Path) -> bool {
        RealFiles.exists(path)
    }
    fn size(&self, path: &Path) -> Option<u64> {
        RealFiles.size(path)
    }
    fn is_dir(&self, path: &Path) -> bool {
        RealFiles.is_dir(path)
    }
    fn list(&self, path: &Path) -> Result<Vec<String>, FilesError> {
        RealFiles.list(path)
    }
    fn mode(&self, path: &Path) -> Result<Option<u32>, FilesError> {
        RealFiles.mode(path)
    }
    fn medium(&self, path: &Path) -> Option<u64> {
        RealFiles.medium(path)
    }
}

/// A clock that the test moves.
#[derive(Clone)]
struct Hands(Arc<Mutex<Reading>>);

impl TimeSource for Hands {
    fn read(&self) -> Reading {
        *self.0.lock().unwrap()
    }
}

struct Scene {
    folder: tempfile::TempDir,
    hands: Hands,
    host: Runtime,
    /// Sends the next part of a file; dropped, the file ends.
    pipes: Vec<Sender<Vec<u8>>>,
    reached: Receiver<()>,
}

impl Scene {
    /// Unlocked, with a file that stalls as often as it is opened.
    fn opened(times: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { establishments: 1, workers: 20, years: 1, seed: 1 };
        desk::demo(folder.path().join("vault"), &plan).lock().unwrap();
        std::fs::write(folder.path().join(STALLED), format!("{HEADER}架空 太郎,160:00\n")).unwrap();
        let wall = desk::today().and_hms_opt(9, 0, 0).unwrap();
        let hands = Hands(Arc::new(Mutex::new(Reading { wall, monotonic: Duration::from_secs(1000) })));
        let (pipes, parts): (Vec<_>, Vec<_>) = (0..times).map(|_| channel()).unzip();
        let (sender, reached) = channel();
        let files = Arc::new(Stalling { parts: Mutex::new(parts), reached: Mutex::new(sender) });
        let place = Place { files, ..Place::new(&folder.path().join("vault")) };
        let clock = Clock::new(Arc::new(hands.clone()), None);
        let host = Runtime::new(place, clock, Arc::new(Law::built_in().unwrap())).unwrap();
        let mut scene = Self { folder, hands, host, pipes, reached };
        scene.unlock();
        scene
    }

    fn unlock(&mut self) {
        // Whoever types is there.
        self.host.perform(Effect::Touch);
        let events = self.until(Effect::Unlock(SecretString::from(PASSPHRASE)), |e| matches!(e, Event::Unlocked));
        assert!(!events.iter().any(|event| matches!(event, Event::Failed(_))), "{events:?}");
    }

    fn until(&mut self, effect: Effect, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
        let start = Instant::now();
        let mut events = self.host.perform(effect);
        while !events.iter().any(&wanted) {
            assert!(start.elapsed() < Duration::from_secs(60), "nothing came: {events:?}");
            std::thread::sleep(Duration::from_millis(2));
            events.extend(self.host.perform(Effect::Tick));
        }
        events
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Begins to read and waits until the medium stalls.
    fn stall(&mut self) {
        let effect = Effect::ReadImport(site(), self.path(STALLED), Some(BatchKind::Hours));
        assert_eq!(self.host.perform(effect), []);
        self.reached.recv().unwrap();
    }

    /// Lets every stalled file end, and time pass: nothing may come of it.
    fn release(&mut self) -> Vec<Event> {
        self.pipes.clear();
        self.until(Effect::Check, |event| matches!(event, Event::Checked(_)))
    }
}

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn is_locked(events: &[Event]) -> bool {
    events.iter().any(|event| matches!(event, Event::Locked(_)))
}

#[test]
fn a_lock_by_key_closes_the_desk_at_once_and_the_next_unlock_waits_for_nobody() {
    let mut scene = Scene::opened(1);
    scene.stall();
    assert!(is_locked(&scene.host.perform(Effect::Lock)));
    assert_eq!((scene.host.view().door, scene.host.view().caseload.sites.len()), (Door::Locked, 0));
    let again = junkai::runtime::Desk::unlock(&desk::unlocking(scene.path("vault"))).unwrap();
    again.lock().unwrap();
    scene.unlock();
    let events = scene.release();
    assert!(!events.iter().any(|event| matches!(event, Event::ImportRead(_) | Event::Failed(_))), "{events:?}");
}

#[test]
fn a_lock_by_idle_time_or_by_a_jump_of_the_clock_falls_in_the_middle_of_a_read() {
    for (wall, monotonic) in [(301, 301), (6 * 3600, 1)] {
        let mut scene = Scene::opened(1);
        scene.stall();
        {
            let mut reading = scene.hands.0.lock().unwrap();
            reading.wall += TimeDelta::seconds(wall);
            reading.monotonic += Duration::from_secs(monotonic);
        }
        assert!(is_locked(&scene.host.perform(Effect::Tick)));
        assert_eq!(scene.host.view().caseload.sites.len(), 0);
        scene.unlock();
    }
}

/// What a hang-up does as well: the loop ends and leaves a whole vault behind.
#[test]
fn quitting_waits_for_no_medium() {
    let mut scene = Scene::opened(1);
    scene.stall();
    assert!(scene.host.perform(Effect::Quit).contains(&Event::Quit));
    let left = scene.path("vault/sites/E01.db-wal");
    assert!(!left.exists() || std::fs::metadata(&left).unwrap().len() == 0, "a locked vault is whole by itself");
    junkai::runtime::Desk::unlock(&desk::unlocking(scene.path("vault"))).unwrap().lock().unwrap();
}

#[test]
fn while_it_stalls_the_desk_is_worked_at() {
    let mut scene = Scene::opened(1);
    scene.stall();
    let field = DraftField { form: "test/form".to_owned(), field: "a".to_owned(), value: "typed".to_owned() };
    assert_eq!(scene.host.perform(Effect::SaveDraft(site(), field)), []);
    let view = scene.host.view();
    let kept: Vec<_> = view.caseload.sites[0].draft("test/form").map(|(_, value)| value.to_owned()).collect();
    assert_eq!(kept, ["typed"], "durable at once");
    scene.pipes.remove(0).send("架空 太郎,160:00\n".as_bytes().to_vec()).unwrap();
    let events = scene.until(Effect::Tick, |event| matches!(event, Event::ImportRead(_) | Event::Failed(_)));
    assert!(matches!(events.last(), Some(Event::ImportRead(preview)) if preview.rows == 1), "{events:?}");
}

#[test]
fn esc_leaves_a_stalled_file_and_another_one_is_read_meanwhile() {
    let mut scene = Scene::opened(1);
    std::fs::write(scene.path("hours.csv"), "氏名,開始日,終了日,総労働時間\n架空 太郎,2026-09-01,2026-09-30,160:00\n")
        .unwrap();
    let mut shell = Shell::new(&mut scene.host);
    screens::press(&mut shell, &mut scene.host, "^p m e i b o Enter i");
    let path = scene.path(STALLED).to_string_lossy().into_owned();
    shell.input(&mut scene.host, Input::Paste(path));
    screens::press(&mut shell, &mut scene.host, "Enter");
    scene.reached.recv().unwrap();
    shell.tick(&mut scene.host);
    let screen = screens::drawn(&mut shell, screens::SIZES[0]);
    assert!(screen.contains("読んでいます") && screen.contains("ファイルの読込み  ["), "{screen}");
    screens::press(&mut shell, &mut scene.host, "Esc");
    let screen = screens::drawn(&mut shell, screens::SIZES[0]);
    assert!(screen.contains("やめました。何も書いていません") && !screen.contains("読込み  ["), "{screen}");
    let effect = Effect::ReadImport(site(), scene.path("hours.csv"), Some(BatchKind::Hours));
    let events = scene.until(effect, |event| matches!(event, Event::ImportRead(_)));
    assert_eq!(events.iter().filter(|event| matches!(event, Event::ImportRead(_))).count(), 1);
    let events = scene.release();
    assert!(!events.iter().any(|event| matches!(event, Event::ImportRead(_) | Event::Failed(_))), "{events:?}");
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_) | Event::Failed(_)));
}

/// A lock while rows are written: all of them are there afterwards, or nothing is.
#[test]
fn a_lock_in_the_middle_of_an_import_leaves_all_of_it_or_nothing() {
    let mut scene = Scene::opened(0);
    let rows: String = (0..3_000).map(|row| format!("X{row:05},架空 第{row},見本課\n")).collect();
    let path = scene.path("roster.csv");
    std::fs::write(&path, format!("社員番号,氏名,所属\n{rows}")).unwrap();
    let before = scene.host.view().caseload.sites[0].workers.len();
    for _ in 0..3 {
        let effect = Effect::ReadImport(site(), path.clone(), Some(BatchKind::Roster));
        scene.until(effect, |event| matches!(event, Event::ImportRead(_)));
        scene.until(Effect::ConfirmOurs(true), |event| matches!(event, Event::ImportRead(_)));
        assert_eq!(scene.host.perform(Effect::AcceptImport), []);
        assert!(is_locked(&scene.host.perform(Effect::Lock)), "blank at once");
        assert_eq!(scene.host.view().caseload.sites.len(), 0);
        scene.unlock();
        let view = scene.host.view();
        let now = &view.caseload.sites[0];
        let is_whole = now.workers.len() == before + 3_000 && now.profiles.len() == 1;
        let is_nothing = now.workers.len() == before && now.profiles.is_empty();
        assert!(is_whole || is_nothing, "{} workers, {} mappings", now.workers.len(), now.profiles.len());
        if is_whole {
            break;
        }
    }
}

/// Taking a large batch back goes beside the screen: what is asked meanwhile waits, and Esc leaves all of it or nothing.
#[test]
fn a_large_batch_that_is_taken_back_is_given_up_whole_or_goes_whole() {
    let mut scene = Scene::opened(0);
    let before = scene.host.view().caseload.sites[0].workers.len();
    let rows: String = (0..3_000).map(|row| format!("X{row:05},架空 第{row},見本課\n")).collect();
    let path = scene.path("roster.csv");
    std::fs::write(&path, format!("社員番号,氏名,所属\n{rows}")).unwrap();
    let effect = Effect::ReadImport(site(), path, Some(BatchKind::Roster));
    scene.until(effect, |event| matches!(event, Event::ImportRead(_)));
    scene.until(Effect::ConfirmOurs(true), |event| matches!(event, Event::ImportRead(_)));
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let workers = |scene: &Scene| scene.host.view().caseload.sites[0].workers.len();
    assert_eq!(workers(&scene), before + 3_000);
    assert_eq!(scene.host.perform(Effect::Undo(site(), None)), [], "beside the screen");
    let field = DraftField { form: "test/form".to_owned(), field: "a".to_owned(), value: "typed".to_owned() };
    assert_eq!(scene.host.perform(Effect::SaveDraft(site(), field)), []);
    let events = scene.until(Effect::StopWork, |event| matches!(event, Event::Stopped(_) | Event::Done(_)));
    assert_eq!(scene.host.view().caseload.sites[0].draft("test/form").count(), 1, "what waited was done");
    if events.iter().any(|event| matches!(event, Event::Stopped(_))) {
        assert_eq!(workers(&scene), before + 3_000);
        // What was given up does not stop what is asked next.
        scene.until(Effect::Undo(site(), None), |event| matches!(event, Event::Done(_)));
    }
    assert_eq!(workers(&scene), before);
}
