//! Questions at a terminal: plain ones, and secrets that are not echoed.

use std::io::{Write, stderr, stdin};

use crossterm::cursor::MoveTo;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use zeroize::Zeroizing;

use super::fault::Fault;
use crate::vault::Passphrase;

/// The longest secret that can be typed, in bytes; the buffer never grows.
const LONGEST: usize = 1024;

/// Asks a plain question and gives the answer without its line end.
pub(super) fn ask(question: &str) -> Result<String, Fault> {
    show(question)?;
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer).map_err(|_| stopped())?;
    if read == 0 { Err(stopped()) } else { Ok(answer.trim().to_owned()) }
}

/// Asks for a secret; nothing of it is shown.
pub(super) fn secret(question: &str) -> Result<Passphrase, Fault> {
    let typed = secret_text(question)?;
    Ok(Passphrase::new(String::clone(&typed)))
}

/// Asks for a secret and gives its text.
pub(super) fn secret_text(question: &str) -> Result<Zeroizing<String>, Fault> {
    show(question)?;
    let quiet = Quiet::begin()?;
    let typed = type_secret();
    drop(quiet);
    let _ = writeln!(stderr());
    typed
}

fn show(question: &str) -> Result<(), Fault> {
    let mut out = stderr().lock();
    write!(out, "{question}: ").and_then(|()| out.flush()).map_err(|_| Fault::Output)
}

fn type_secret() -> Result<Zeroizing<String>, Fault> {
    let mut typed = Zeroizing::new(String::with_capacity(LONGEST));
    loop {
        let Event::Key(key) = read().map_err(|_| stopped())? else { continue };
        match act(key) {
            Typed::Letter(letter) if typed.len() + letter.len_utf8() <= LONGEST => typed.push(letter),
            Typed::Back => drop(typed.pop()),
            Typed::Done => return Ok(typed),
            Typed::Stop => return Err(stopped()),
            Typed::Letter(_) | Typed::Nothing => {}
        }
    }
}

enum Typed {
    Letter(char),
    Back,
    Done,
    Stop,
    Nothing,
}

fn act(key: KeyEvent) -> Typed {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        _ if key.kind == KeyEventKind::Release => Typed::Nothing,
        KeyCode::Char('c' | 'd') if control => Typed::Stop,
        KeyCode::Char('h') if control => Typed::Back,
        KeyCode::Char(letter) if !control => Typed::Letter(letter),
        KeyCode::Backspace => Typed::Back,
        KeyCode::Enter => Typed::Done,
        KeyCode::Esc => Typed::Stop,
        _ => Typed::Nothing,
    }
}

fn stopped() -> Fault {
    Fault::usage("入力が取り消されました。何も変えていません。もう一度実行してください。")
}

/// The terminal without echo, until dropped.
struct Quiet;

impl Quiet {
    fn begin() -> Result<Self, Fault> {
        enable_raw_mode().map_err(|_| Fault::Output)?;
        Ok(Self)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // Nothing can be done about a terminal that has gone.
        let _ = disable_raw_mode();
    }
}

/// Shows lines on a screen of their own until Enter, then clears it before it is left.
pub(super) fn on_own_screen(lines: &[&str]) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    let shown = execute!(out, EnterAlternateScreen, Clear(ClearType::All), MoveTo(0, 0))
        .and_then(|()| lines.iter().try_for_each(|line| writeln!(out, "{line}\r")))
        .and_then(|()| write!(out, "\r\n書き写したら Enter を押してください。").and_then(|()| out.flush()));
    let read = shown.map_err(|_| Fault::Output).and_then(|()| wait_for_enter());
    let left = execute!(out, Clear(ClearType::All), LeaveAlternateScreen).map_err(|_| Fault::Output);
    read.and(left)
}

fn wait_for_enter() -> Result<(), Fault> {
    let quiet = Quiet::begin()?;
    let outcome = loop {
        let Event::Key(key) = read().map_err(|_| stopped())? else { continue };
        match act(key) {
            Typed::Done => break Ok(()),
            Typed::Stop => break Err(stopped()),
            Typed::Letter(_) | Typed::Back | Typed::Nothing => {}
        }
    };
    drop(quiet);
    outcome
}
