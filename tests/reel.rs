//! A sitting of hundreds on the real host: one key a person, a batch and its undo, a lock in the middle.

use std::sync::Arc;
use std::time::{Duration, Instant};

use junkai::app::checkups::queue;
use junkai::app::{Host, Site};
use junkai::demo::Plan;
use junkai::domain::EstablishmentId;
use junkai::domain::command::Act;
use junkai::domain::interview::Fitness;
use junkai::law::Law;
use junkai::runtime::{Clock, Place, Reading, Runtime, TimeSource};
use junkai::ui::Shell;
use junkai::ui::keys::{Code, Input, Key};
use junkai::ui::route::Route;

use crate::desk::{self, PASSPHRASE};
use crate::screens::{SIZES, drawn, press};

/// Noon of the tests' day, and real time from there: the flags follow when the keys rest.
struct Running(Instant);

impl TimeSource for Running {
    fn read(&self) -> Reading {
        let noon = desk::today().and_hms_opt(12, 0, 0).unwrap();
        let passed = self.0.elapsed();
        Reading { wall: noon + chrono::TimeDelta::from_std(passed).unwrap(), monotonic: passed }
    }
}

struct Sitting {
    _folder: tempfile::TempDir,
    host: Runtime,
    shell: Shell,
}

impl Sitting {
    /// Unlocked, at the reel of the first establishment, opened by the palette.
    fn new(workers: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { establishments: 1, workers, years: 1, seed: 1 };
        desk::demo(folder.path().join("vault"), &plan).lock().unwrap();
        let place = Place::new(&folder.path().join("vault"));
        let clock = Clock::new(Arc::new(Running(Instant::now())), None);
        let mut host = Runtime::new(place, clock, Arc::new(Law::built_in().unwrap())).unwrap();
        let shell = Shell::new(&mut host);
        let mut sitting = Self { _folder: folder, host, shell };
        sitting.unlock();
        sitting.keys("^p").write("健診の判定").keys("Enter");
        sitting
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        press(&mut self.shell, &mut self.host, keys);
        self
    }

    fn write(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.shell.input(&mut self.host, Input::Key(Key::plain(Code::Char(c))));
        }
        self
    }

    fn unlock(&mut self) {
        self.write(PASSPHRASE).keys("Enter");
        let start = Instant::now();
        while self.shell.route() == Some(Route::Unlock) {
            assert!(start.elapsed() < Duration::from_secs(60), "the vault does not open");
            std::thread::sleep(Duration::from_millis(5));
            self.shell.tick(&mut self.host);
        }
    }

    fn site(&self) -> Arc<Site> {
        Arc::clone(self.host.view().caseload.site(&EstablishmentId::new(1)).unwrap())
    }

    fn left(&self) -> usize {
        queue::remaining(&self.site(), desk::today()).len()
    }

    fn screen(&mut self) -> String {
        drawn(&mut self.shell, SIZES[0])
    }

    /// A hold, a condition, a limitation, each with the next person by the same key.
    fn judges_one_by_one(&mut self, all: usize) {
        self.keys("5");
        assert_eq!(queue::held(&self.site()).len(), 1);
        self.keys("2");
        assert_eq!(self.left(), all - 1);
        self.keys("3");
        insta::assert_snapshot!("reel_limit_80x24", self.screen());
        self.keys("4").write("深夜業は月1回まで").keys("Tab").write("12-01").keys("Tab").write("2027-02-28");
        self.keys("Tab").write("2027-02-19").keys("F6 Enter");
        assert_eq!(self.left(), all - 2);
        assert_eq!(self.site().measures.iter().filter(|row| row.content == "深夜業は月1回まで").count(), 1);
    }

    /// The batch, whom it takes and whom it leaves, and its undo as one.
    fn judges_a_batch(&mut self, all: usize) {
        self.keys("b");
        insta::assert_snapshot!("reel_batch_80x24", self.screen());
        self.keys("1");
        let after = self.left();
        let taken = all - 2 - after;
        assert!(taken >= 60, "{taken} were taken");
        assert_eq!(self.site().history[0].act, Act::JudgeCheckups);
        self.keys("u");
        assert_eq!(self.left(), all - 2, "one key takes the batch back");
        self.keys("b 1");
        assert_eq!(self.left(), after);
    }

    /// After a lock to the same person, and with an opinion taken back to its person.
    fn comes_back(&mut self) {
        let (before, left) = (self.shell.route(), self.left());
        self.keys("^l");
        assert_eq!(self.shell.route(), Some(Route::Unlock));
        self.unlock();
        assert_eq!(self.shell.route(), before);

        // One opinion taken back brings its person back.
        let person = self.shell.route();
        self.keys("2 u");
        assert_eq!((self.shell.route(), self.left()), (person, left));
    }
}

#[test]
fn three_hundred_people_are_judged_in_one_sitting() {
    let mut sitting = Sitting::new(420);
    let all = sitting.left();
    assert!(all >= 250, "{all} people wait");
    for (name, size) in [("reel_80x24", SIZES[0]), ("reel_120x40", SIZES[1])] {
        insta::assert_snapshot!(name, drawn(&mut sitting.shell, size));
    }
    sitting.judges_one_by_one(all);
    sitting.judges_a_batch(all);
    sitting.comes_back();
    let after = sitting.left();

    // The rest, a key a person; whoever meets a value to consider costs one more.
    let mut presses = 0;
    while sitting.left() > 0 && presses < 2 * all {
        sitting.keys("1");
        presses += 1;
    }
    assert_eq!(sitting.left(), 0);
    assert!(presses <= after + after / 10, "{presses} presses for {after} people");
    let screen = sitting.screen();
    assert!(screen.contains("意見がそろいました"), "{screen}");
    let season = sitting.site();
    let given = queue::season(&season, desk::today());
    assert_eq!(
        given
            .iter()
            .filter(|checkup| checkup.opinion == Some(Fitness::Limited) && checkup.opinion_on == Some(desk::today()))
            .count(),
        1
    );
    assert!(sitting.host.view().assessments[0].flags.iter().any(|flags| flags.checkup == "意見待"), "the flags wait");
    std::thread::sleep(Duration::from_millis(1100));
    sitting.shell.tick(&mut sitting.host);
    let is_waiting = |flags: &junkai::app::flags::WorkerFlags| {
        flags.checkup == "意見待" && given.iter().any(|checkup| checkup.worker == flags.worker)
    };
    assert!(!sitting.host.view().assessments[0].flags.iter().any(is_waiting), "and follow when the keys rest");
}
