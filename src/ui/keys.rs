//! What a read of the terminal becomes: keys, pastes, and the traces of a Japanese input method.
//!
//! Knows events and time, not actions or screens. Everything here is a function of the events of
//! one read, so that it is tested without a terminal.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use unicode_normalization::UnicodeNormalization;

/// Two Ctrl-C within this time offer to quit.
const TWICE: Duration = Duration::from_millis(1000);

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character; a letter carries its own case.
    Char(char),
    /// F1 to F12.
    F(u8),
    /// Enter, also Ctrl-M and Ctrl-J.
    Enter,
    /// Esc, also Ctrl-[ and Ctrl-C.
    Esc,
    /// Backspace, also Ctrl-H.
    Backspace,
    /// Delete.
    Delete,
    /// Tab, also Ctrl-I; backwards with Shift.
    Tab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// A key as it is bound to an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Held with Ctrl.
    pub ctrl: bool,
    /// Held with Shift; never set on a character.
    pub shift: bool,
}

impl Key {
    /// A key by itself.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, shift: false }
    }

    /// A character.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// Ctrl with a lower-case letter.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, shift: false }
    }

    /// A function key.
    pub const fn f(number: u8) -> Self {
        Self::plain(Code::F(number))
    }

    /// The same key with Ctrl.
    pub const fn with_ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }

    /// The same key with Shift.
    pub const fn with_shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// Whether the key writes a character where text is typed.
    pub const fn is_text(self) -> bool {
        matches!(self.code, Code::Char(_)) && !self.ctrl
    }

    /// The name shown to the physician: `Ctrl-N`, `F2`, `Space`, 矢印.
    pub fn name(self) -> String {
        let shift = if self.shift { "Shift-" } else { "" };
        let ctrl = if self.ctrl { "Ctrl-" } else { "" };
        match self.code {
            Code::Char(' ') => format!("{ctrl}Space"),
            Code::Char(c) if self.ctrl => format!("{ctrl}{}", c.to_ascii_uppercase()),
            Code::Char(c) => c.to_string(),
            Code::F(number) => format!("{ctrl}{shift}F{number}"),
            code => format!("{ctrl}{shift}{}", code.name()),
        }
    }
}

impl Code {
    const fn name(self) -> &'static str {
        match self {
            Self::Enter => "Enter",
            Self::Esc => "Esc",
            Self::Backspace => "Backspace",
            Self::Delete => "Delete",
            Self::Tab => "Tab",
            Self::Up => "上",
            Self::Down => "下",
            Self::Left => "左",
            Self::Right => "右",
            Self::Home => "Home",
            Self::End => "End",
            Self::PageUp => "PgUp",
            Self::PageDown => "PgDn",
            Self::Char(_) | Self::F(_) => "",
        }
    }
}

/// What the interface reacts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A bracketed paste: text that never acts; newlines are `\n`.
    Paste(String),
    /// Kana or several full-width characters outside a text field: the input method is on.
    ImeOn(String),
    /// One full-width character was taken as this key; the key itself follows.
    Folded(char, char),
    /// Ctrl-C twice: offer to quit.
    OfferQuit,
    /// The terminal has a new size, in columns and rows.
    Resize(u16, u16),
    /// The window is in front.
    FocusGained,
    /// The window is behind.
    FocusLost,
}

/// What one read gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// In the order of arrival.
    pub inputs: Vec<Input>,
    /// Keys that did not act because they came behind an Enter in the same read.
    pub ignored: usize,
}

/// Turns reads into inputs; remembers only when Ctrl-C was pressed last.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    interrupted: Option<Duration>,
}

impl Reader {
    /// Reads the events that arrived together; `now` is any clock that only goes forward.
    ///
    /// Outside a text field one full-width character is folded to its key; two or more, or kana,
    /// act nowhere. Of the keys nothing behind the first Enter acts: without bracketed paste that
    /// is what a pasted text looks like.
    pub fn read(&mut self, batch: &[Event], in_text_field: bool, now: Duration) -> Reading {
        let ime = if in_text_field { None } else { ime_text(batch) };
        let ime_is_on = ime.is_some();
        let mut reading = Reading { inputs: ime.map(Input::ImeOn).into_iter().collect(), ignored: 0 };
        let mut is_closed = false;
        for event in batch {
            match event {
                Event::Key(pressed) if pressed.kind == KeyEventKind::Release => {}
                Event::Key(_) if is_closed => reading.ignored += 1,
                Event::Key(pressed) => self.press(pressed, in_text_field, ime_is_on, now, &mut reading.inputs),
                other => reading.inputs.extend(not_a_key(other)),
            }
            is_closed |= reading.inputs.last() == Some(&Input::Key(Key::plain(Code::Enter)));
        }
        reading
    }

    fn press(&mut self, event: &KeyEvent, in_text: bool, ime_is_on: bool, now: Duration, inputs: &mut Vec<Input>) {
        match key(event) {
            Some(Key { code: Code::Char('c'), ctrl: true, .. }) => inputs.push(self.interrupt(now)),
            Some(Key { code: Code::Char(c), ctrl: false, .. }) if !in_text && !c.is_ascii() => {
                if let (false, Some(folded)) = (ime_is_on, fold(c)) {
                    inputs.extend([Input::Folded(c, folded), Input::Key(Key::char(folded))]);
                }
            }
            Some(key) => inputs.push(Input::Key(key)),
            None => {}
        }
    }

    fn interrupt(&mut self, now: Duration) -> Input {
        let is_second = self.interrupted.is_some_and(|before| now.saturating_sub(before) <= TWICE);
        self.interrupted = if is_second { None } else { Some(now) };
        if is_second { Input::OfferQuit } else { Input::Key(Key::plain(Code::Esc)) }
    }
}

/// The full-width characters of a read, if they show that an input method is on.
fn ime_text(batch: &[Event]) -> Option<String> {
    let typed = batch.iter().filter_map(|event| match event {
        Event::Key(pressed) if pressed.kind != KeyEventKind::Release => key(pressed),
        _ => None,
    });
    let text: String = typed.filter(|key| !key.ctrl).filter_map(full_width).collect();
    let mut characters = text.chars();
    let is_one = characters.next().is_some_and(|first| fold(first).is_some()) && characters.next().is_none();
    (!text.is_empty() && !is_one).then_some(text)
}

fn full_width(key: Key) -> Option<char> {
    match key.code {
        Code::Char(c) if !c.is_ascii() => Some(c),
        _ => None,
    }
}

/// The key that a full-width character stands for; none for kana and kanji.
fn fold(c: char) -> Option<char> {
    match c {
        '「' => Some('['),
        '」' => Some(']'),
        '・' => Some('/'),
        '、' => Some(','),
        '。' => Some('.'),
        _ => {
            let mut folded = std::iter::once(c).nfkc();
            folded.next().filter(|first| matches!(first, ' '..='~')).filter(|_| folded.next().is_none())
        }
    }
}

/// A key event as a key; none for what is never bound.
fn key(event: &KeyEvent) -> Option<Key> {
    let modifiers = event.modifiers;
    let ctrl = modifiers.contains(KeyModifiers::CONTROL);
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    if modifiers.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META) {
        return None;
    }
    if modifiers.contains(KeyModifiers::ALT) {
        // Esc and a key in one read look like Alt; Esc is safe, the key behind it may not be.
        return matches!(event.code, KeyCode::Char(_)).then_some(Key::plain(Code::Esc));
    }
    match event.code {
        KeyCode::Char(c) if ctrl => Some(control(c)),
        KeyCode::Char(c) => (!c.is_control()).then_some(Key::char(c)),
        // Some terminals report the cursor position like a modified F3.
        KeyCode::F(3) => (!ctrl && !shift).then_some(Key::f(3)),
        KeyCode::F(number) => Some(Key { code: Code::F(number), ctrl, shift }),
        KeyCode::BackTab => Some(Key { code: Code::Tab, ctrl: false, shift: true }),
        code => named(code).map(|code| Key { code, ctrl, shift }),
    }
}

/// Ctrl with a character: four of them are other keys, on every terminal.
fn control(c: char) -> Key {
    match c.to_ascii_lowercase() {
        'h' => Key::plain(Code::Backspace),
        'i' => Key::plain(Code::Tab),
        'j' | 'm' => Key::plain(Code::Enter),
        '[' => Key::plain(Code::Esc),
        lower => Key::ctrl(lower),
    }
}

const fn named(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Tab => Code::Tab,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    })
}

fn not_a_key(event: &Event) -> Option<Input> {
    match event {
        Event::Paste(text) => Some(Input::Paste(pasted(text))),
        Event::Resize(columns, rows) => Some(Input::Resize(*columns, *rows)),
        Event::FocusGained => Some(Input::FocusGained),
        Event::FocusLost => Some(Input::FocusLost),
        _ => None,
    }
}

/// A pasted text without what could steer: newlines in one form, tabs as spaces, no other control.
fn pasted(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    unix.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
