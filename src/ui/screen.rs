//! What a screen is: it draws from a view, offers actions, and answers with what it wants done.
//!
//! A screen performs nothing; the shell does, so that every screen can be tested without a world.

use ratatui::layout::{Position, Rect};

use super::actions::{Act, Offer};
use super::canvas::Canvas;
use super::keys::Key;
use super::route::Route;
use crate::app::{Effect, Event, View};

/// The two rows above the body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Path, on the left.
    pub path: String,
    /// Context, on the right.
    pub context: String,
    /// Second row.
    pub second: Second,
}

/// The second row of a screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Second {
    /// Nothing.
    #[default]
    Empty,
    /// Totals, in words.
    Totals(String),
    /// Tabs with their fixed numbers, and the chosen one.
    Tabs(Vec<(u8, &'static str)>, u8),
    /// Steps that are done or not, and the current one.
    Steps(Vec<(&'static str, bool)>, usize),
}

/// Where to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Go {
    /// On top of this place.
    To(Route),
    /// In place of this place.
    Instead(Route),
    /// Back to the place before.
    Back,
    /// Back to 今日.
    Home,
    /// Something left: the opinion and its confirmation close, and this place is on top.
    Settled(Route),
    /// Something left: what led outwards closes, and the place below is on top.
    Left,
}

/// What a screen answers.
#[derive(Debug, Default)]
pub struct Reply {
    /// Whether the key meant something here.
    pub is_handled: bool,
    /// What is to be performed, in order.
    pub effects: Vec<Effect>,
    /// Where to go afterwards.
    pub go: Option<Go>,
    /// A sentence for the message row.
    pub says: Option<String>,
}

impl Reply {
    /// The key means nothing here.
    pub fn ignored() -> Self {
        Self::default()
    }

    /// The key was used; nothing else to do.
    pub fn done() -> Self {
        Self { is_handled: true, ..Self::default() }
    }

    /// Goes somewhere.
    pub fn go(go: Go) -> Self {
        Self { go: Some(go), ..Self::done() }
    }

    /// Opens a place on top.
    pub fn to(route: Route) -> Self {
        Self::go(Go::To(route))
    }

    /// Asks for an effect.
    pub fn ask(effect: Effect) -> Self {
        Self { effects: vec![effect], ..Self::done() }
    }

    /// Says a sentence.
    pub fn say(text: impl Into<String>) -> Self {
        Self { says: Some(text.into()), ..Self::done() }
    }

    /// And asks for another effect.
    #[must_use]
    pub fn and(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// And goes somewhere.
    #[must_use]
    pub fn then(mut self, go: Go) -> Self {
        self.go = Some(go);
        self
    }
}

/// One screen.
pub trait Screen {
    /// Its name, to come back to it.
    fn route(&self) -> Route;

    /// The rows above the body.
    fn head(&self, view: &View) -> Head;

    /// Draws the body; gives the cursor's place when text is being typed.
    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position>;

    /// The actions of this place in the order of the footer, without those that work everywhere.
    fn offers(&self, view: &View) -> Vec<Offer>;

    /// Performs an action that was offered and is possible.
    fn act(&mut self, view: &View, act: Act) -> Reply;

    /// Takes a key that is no action here: digits, movement, text.
    fn key(&mut self, view: &View, key: Key) -> Reply;

    /// Takes a pasted text; where nothing is typed it does nothing.
    fn paste(&mut self, _view: &View, _text: &str) -> Reply {
        Reply::ignored()
    }

    /// Whether a text field has the focus.
    fn is_typing(&self) -> bool {
        false
    }

    /// Whether Esc here gives up the long work that the place asked for; elsewhere the shell does it.
    fn stops_its_work(&self) -> bool {
        false
    }

    /// The message row while nothing else is said.
    fn message(&self, _view: &View) -> String {
        String::new()
    }

    /// Hears what the world answered.
    fn event(&mut self, _view: &View, _event: &Event) -> Reply {
        Reply::ignored()
    }

    /// Settles on a new snapshot: cursors stay on their rows.
    fn settle(&mut self, _view: &View) {}

    /// Was put on top: what is asked for then, such as the audit line of what is seen.
    fn opened(&mut self, _view: &View) -> Reply {
        Reply::ignored()
    }

    /// The number of rows the body had when it was drawn last, for paging.
    fn resized(&mut self, _body: Rect) {}
}
