//! What covers a screen for a moment: the list of keys, the palette, a failure, the question before leaving.
//!
//! Sheets take whole rows, so that no wide character is ever cut by an edge.

mod failure;
mod help;
mod palette;
mod quit;

use ratatui::layout::{Position, Rect};

use super::actions::{Act, Hint, Offer};
use super::canvas::Canvas;
use super::keys::{Code, Key};
use super::privacy::Privacy;
use super::route::Route;
use crate::app::View;
use crate::app::host::Failure;

/// What the sheet wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing; it stays.
    Stay,
    /// It goes.
    Close,
    /// It goes, and this action is performed.
    Act(Act),
    /// It goes, and this place opens.
    Go(Route),
    /// The program ends.
    Quit,
}

/// A sheet over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// 操作
    Help(help::Help),
    /// 呼出
    Palette(palette::Palette),
    /// What was not done, and what can be done.
    Failure(failure::FailureSheet),
    /// The question before leaving.
    Quit,
}

impl Overlay {
    /// The list of keys.
    pub fn help(offers: Vec<Offer>) -> Self {
        Self::Help(help::Help::new(offers))
    }

    /// The palette over actions, people and establishments that may be seen.
    pub fn palette(offers: Vec<Offer>, view: &View, privacy: &Privacy) -> Self {
        Self::Palette(palette::Palette::new(offers, view, privacy))
    }

    /// A failure.
    pub fn failure(failure: Failure) -> Self {
        Self::Failure(failure::FailureSheet::new(failure))
    }

    /// The question before leaving.
    pub fn quit() -> Self {
        Self::Quit
    }

    /// Whether text is typed here.
    pub fn is_typing(&self) -> bool {
        matches!(self, Self::Help(_) | Self::Palette(_))
    }

    /// Takes a key.
    pub fn press(&mut self, view: &View, key: Key) -> Answer {
        if key == Key::plain(Code::Esc) {
            return Answer::Close;
        }
        match self {
            Self::Help(help) => help.press(key),
            Self::Palette(palette) => palette.press(view, key),
            Self::Failure(sheet) => sheet.press(key),
            Self::Quit => quit::press(key),
        }
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Help(help) => help.typed(text),
            Self::Palette(palette) => palette.typed(text),
            Self::Failure(_) | Self::Quit => {}
        }
    }

    /// Draws the sheet over the body; gives the cursor's place.
    pub fn draw(&self, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        match self {
            Self::Help(help) => help.draw(canvas, body),
            Self::Palette(palette) => palette.draw(canvas, body),
            Self::Failure(sheet) => sheet.draw(canvas, body),
            Self::Quit => quit::draw(canvas, body),
        }
    }

    /// The keys of the sheet.
    pub fn hints(&self) -> Vec<Hint> {
        let words: &[(&str, &str)] = match self {
            Self::Help(_) | Self::Palette(_) => {
                &[("Enter", "実行"), ("矢印", "選ぶ"), ("文字", "絞る"), ("Esc", "戻る")]
            }
            Self::Failure(_) => &[("Enter", "戻る"), ("Esc", "戻る")],
            Self::Quit => &[("Ctrl-Q", "終了する"), ("Esc", "戻る")],
        };
        words.iter().map(|(keys, label)| Hint::new(*keys, *label)).collect()
    }
}
