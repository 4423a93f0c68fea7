//! The door and the recovery by keys, over a host that only answers.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use secrecy::ExposeSecret;

use crate::app::host::{Door, Threshold, VaultView};
use crate::app::{Effect, Event, Host, View};
use crate::law::Law;
use crate::ui::Shell;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::snapshot;
use crate::ui::theme::Look;

/// A code of the right shape; whether it is one is the host's to say.
const CODE: &str = "QPZR-Y9X8-GF2T-VDW0-S3JN-54KH-CE6M-UA7L-QPZR-Y9X8-GF2T-VDW0-S3JN-54KH";

/// A locked vault that answers as it is told and keeps what it was asked.
struct Closed {
    door: Door,
    threshold: Threshold,
    asked: Vec<String>,
    answers: Vec<Vec<Event>>,
}

impl Host for Closed {
    fn view(&self) -> View {
        View {
            revision: u64::from(self.door == Door::Open),
            today: crate::domain::Day::default(),
            clock: "14:20".to_owned(),
            door: self.door,
            threshold: self.threshold.clone(),
            caseload: Arc::default(),
            assessments: Arc::default(),
            law: Arc::new(Law::built_in().unwrap()),
            vault: Arc::new(VaultView::default()),
        }
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        let words = match effect {
            Effect::Tick | Effect::Touch => return Vec::new(),
            Effect::ReadCode(code) => format!("read {}", code.expose_secret()),
            Effect::Recover(code, new) => format!("recover {} {}", code.expose_secret(), new.expose_secret()),
            other => format!("{other:?}"),
        };
        self.asked.push(words);
        let answer = if self.answers.is_empty() { Vec::new() } else { self.answers.remove(0) };
        if answer.contains(&Event::Unlocked) {
            self.door = Door::Open;
        }
        answer
    }
}

struct Drive {
    host: Closed,
    shell: Shell,
}

impl Drive {
    fn new(answers: Vec<Vec<Event>>) -> Self {
        let threshold =
            Threshold {
                vault_place: "標準".to_owned(), key_place: "別の媒体".to_owned(), ..Threshold::default()
            };
        let mut host = Closed { door: Door::Locked, threshold, asked: Vec::new(), answers };
        let shell = Shell::new(&mut host);
        Self { host, shell }
    }

    fn key(&mut self, key: Key) -> &mut Self {
        self.shell.input(&mut self.host, Input::Key(key));
        self
    }

    fn press(&mut self, code: Code) -> &mut Self {
        self.key(Key::plain(code))
    }

    fn text(&mut self, text: &str) -> &mut Self {
        text.chars().for_each(|c| _ = self.key(Key::char(c)));
        self
    }

    fn screen(&mut self) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        self.shell.draw(&mut buffer, Look::default());
        snapshot::text(&buffer)
    }
}

fn plain() -> String {
    CODE.replace('-', "")
}

#[test]
fn the_code_and_a_new_passphrase_open_the_vault() {
    let mut drive = Drive::new(vec![vec![Event::CodeRead], vec![Event::Unlocked]]);
    drive.key(Key::ctrl('r'));
    assert_eq!(drive.shell.route(), Some(Route::Recovery));
    drive.text(&plain()[..30]);
    insta::assert_snapshot!("code_80x24", drive.screen());
    assert!(!drive.screen().contains("QPZR"), "only the group in focus can be read");
    drive.text(&plain()[30..]);
    assert_eq!(drive.host.asked, [format!("read {}", plain())], "a whole code is looked at by itself");
    insta::assert_snapshot!("passphrase_80x24", drive.screen());
    drive.text("new-passphrase-1").press(Code::Enter).text("new-passphrase-1").press(Code::Enter);
    assert_eq!(drive.host.asked.last(), Some(&format!("recover {} new-passphrase-1", plain())));
    assert_eq!(drive.shell.route(), Some(Route::Today));
}

#[test]
fn a_slip_keeps_the_code_and_says_where_to_look() {
    let mut drive = Drive::new(vec![vec![Event::Refused("打ち間違いがあります。".to_owned())]]);
    drive.key(Key::ctrl('r')).text(&plain()[..51]).text("1");
    assert!(drive.screen().contains("第13組に、使われない文字があります"));
    drive.press(Code::Backspace).text(&plain()[51..]);
    assert!(drive.screen().contains("打ち間違いがあります"));
    drive.press(Code::Home);
    assert!(drive.screen().contains("QPZR"), "the typed groups are still there");
    assert_eq!(drive.shell.route(), Some(Route::Recovery));
}

#[test]
fn nothing_is_asked_of_half_a_code_or_two_different_passphrases() {
    let mut drive = Drive::new(vec![vec![Event::CodeRead]]);
    drive.key(Key::ctrl('r')).text("QPZR").press(Code::Enter);
    assert!(drive.host.asked.is_empty() && drive.screen().contains("14組すべて"));
    drive.shell.input(&mut drive.host, Input::Paste(plain()[4..].to_owned()));
    drive.text("one-passphrase-1").press(Code::Enter).text("another-passphrase-2").press(Code::Enter);
    assert_eq!(drive.host.asked.len(), 1, "{:?}", drive.host.asked);
    assert!(drive.screen().contains("二つが同じではありません"));
}

#[test]
fn a_refused_code_leads_back_and_nothing_typed_while_working_counts() {
    let mut drive = Drive::new(vec![vec![Event::CodeRead], Vec::new()]);
    drive.key(Key::ctrl('r')).text(&plain()).text("new-passphrase-1").press(Code::Enter).text("new-passphrase-1");
    drive.press(Code::Enter).text("xyz").press(Code::Esc);
    assert!(drive.screen().contains("新しい鍵を作っています"));
    assert_eq!(drive.shell.route(), Some(Route::Recovery));
    drive.host.answers = vec![];
    assert_eq!(drive.host.asked.len(), 2);
}

#[test]
fn a_key_that_is_not_there_asks_for_its_place() {
    let mut drive = Drive::new(Vec::new());
    let door = drive.screen();
    assert!(door.contains("別の媒体 見つかりません") && door.contains("Tab 鍵の場所"), "{door}");
    insta::assert_snapshot!("key_missing_80x24", door);
    drive.press(Code::Tab).text("/media/usb/junkai.age");
    insta::assert_snapshot!("key_place_80x24", drive.screen());
    drive.press(Code::Enter);
    assert_eq!(drive.host.asked, [r#"KeyAt(Some("/media/usb/junkai.age"))"#]);
    assert!(!drive.screen().contains("/media"), "the door shows no path");
    drive.press(Code::Tab).press(Code::Enter);
    assert_eq!(drive.host.asked.last().map(String::as_str), Some("KeyAt(None)"));
}

#[test]
fn another_vault_is_chosen_at_the_door_and_esc_changes_nothing() {
    let mut drive = Drive::new(Vec::new());
    drive.key(Key::ctrl('o')).text("/x").press(Code::Esc);
    assert!(drive.host.asked.is_empty());
    drive.key(Key::ctrl('o')).text("/x").press(Code::Enter);
    assert_eq!(drive.host.asked, [r#"OtherVault(Some("/x"))"#]);
    drive.host.door = Door::NoVault;
    drive.shell.tick(&mut drive.host);
    insta::assert_snapshot!("no_vault_80x24", drive.screen());
}
