//! The whole visit on the real binary, at both sizes: keys in, screens out, presses counted.
//!
//! Counted are key presses besides free text and the passphrase, each from the screen before the act. What a key did
//! is read from the screen, and afterwards, with the program gone, from the vault by headless commands.

mod entry;
mod hostile;
mod import;
mod interview;
mod locking;
mod outward;
mod patrol;
mod reel;
mod restricted;
mod stress;

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::scratch::{Scratch, files};
use crate::terminal::{CTRL_P, CTRL_Q, CTRL_X, ENTER, Session};

/// The two sizes that every screen is made for.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];
const DAY: &str = "2026-11-20";
/// What the 確認 says once the chosen copies are prepared.
const READY: &str = "Ctrl-S か F12";

/// The program in a terminal, on a demo vault of its own.
struct Visit {
    scratch: Scratch,
    session: Session,
}

impl Visit {
    /// At the locked door.
    fn at_the_door(size: (u16, u16)) -> Self {
        Self::on(Scratch::of_demo_command(DAY), size)
    }

    /// At the door of this vault.
    fn on(scratch: Scratch, (columns, rows): (u16, u16)) -> Self {
        let session = Session::start(scratch.home(), columns, rows, &["--vault", "vault", "--today", DAY]);
        Self { scratch, session }
    }

    /// Unlocked, at 今日.
    fn opened(size: (u16, u16)) -> Self {
        let mut visit = Self::at_the_door(size);
        visit.session.wait("パスフレーズ");
        visit.unlock();
        visit.session.wait("訪問");
        visit
    }

    /// Types the passphrase at the door.
    fn unlock(&mut self) {
        let passphrase = self.scratch.passphrase().to_owned();
        self.session.write(&passphrase).press(ENTER).wait_gone("パスフレーズ");
    }

    /// Opens a worker by the palette.
    fn open_worker(&mut self, name: &str) -> &mut Session {
        self.session.press(CTRL_P).write(name).wait(name).press(ENTER).wait("n 面接")
    }

    /// Opens the roster of today's establishment from 今日.
    fn open_roster(&mut self) -> &mut Session {
        self.session.press(ENTER).wait("1[訪問]").press("2").wait("2[名簿]")
    }

    /// Leaves the program, which gives the terminal back, and leaves a whole vault.
    #[track_caller]
    fn leave(mut self) -> Scratch {
        self.session.press(CTRL_Q).wait("もう一度").press(CTRL_Q);
        assert_eq!(self.session.end(), 0);
        self.session.assert_given_back();
        self.scratch.assert_clean();
        self.scratch
    }
}

/// From the worker to the 確認 of an opinion by the legal minimum.
fn to_the_confirmation(session: &mut Session) -> &mut Session {
    session.press("n").wait("実施日").press(CTRL_X).wait("[判定]").keys("10").press(CTRL_X).press("0").press(CTRL_X);
    session.wait("残るもの").press("x").wait("これから起きること").wait(READY)
}

/// What a headless command answers about the vault on the day of the visit.
#[track_caller]
fn said(scratch: &Scratch, arguments: &[&str]) -> Vec<Value> {
    let arguments = [&["--json", "--today", DAY], arguments].concat();
    scratch.run(&arguments, "").with_code(0).objects()
}

/// The worker of that name as `workers` shows them.
#[track_caller]
fn worker(scratch: &Scratch, name: &str) -> Value {
    let mut all = said(scratch, &["workers", "--establishment", "E01", "--names"]).into_iter();
    all.find(|worker| worker["name"] == name).unwrap_or_else(|| panic!("no worker {name}"))
}

/// How often an event stands in the audit of the establishment.
#[track_caller]
fn events(scratch: &Scratch, event: &str) -> usize {
    let lines = said(scratch, &["audit"]);
    lines.iter().filter(|line| line["database"] == "E01" && line["event"] == event).count()
}

/// The documents that were written, by name.
fn issued_files(scratch: &Scratch) -> Vec<PathBuf> {
    let folder = scratch.path("vault.documents");
    let mut found = if folder.exists() { files(&folder) } else { Vec::new() };
    found.sort();
    found
}

/// The text of a document, as a reader of PDF files sees it.
#[track_caller]
fn text_of(file: &PathBuf) -> String {
    let output =
        Command::new("pdftotext").arg("-layout").arg(file).arg("-").output().expect("apt-get install poppler-utils");
    String::from_utf8(output.stdout).unwrap()
}
