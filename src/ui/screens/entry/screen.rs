//! A screen that is one form: a form says what is its own ([`EntryForm`]), the rest is done here once.
//!
//! Knows the way from a key to the draft, the buttons and the sentences that stand against saving; must not know what
//! is typed.

use std::convert::Infallible;

use ratatui::layout::{Position, Rect};

use super::{Button, Entry, Step};
use crate::app::{Effect, Event, View};
use crate::ui::actions::{Act, Offer};
use crate::ui::canvas::Canvas;
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply, Screen};
use crate::ui::screens::common;
use crate::ui::theme::Weight;

/// A field, and the sentence that stands below it.
pub type Refusal = (&'static str, String);

/// What a form says of itself: its fields, and what saving does. `M` is what its own buttons do, where it has any.
pub trait EntryForm<M: Copy = Infallible> {
    /// Its name, to come back to it.
    fn route(&self) -> Route;

    /// The rows above the body.
    fn head(&self, view: &View) -> Head;

    /// The fields with their draft; none while what they are about is not in sight.
    fn build(&mut self, view: &View) -> Option<Entry<M>>;

    /// Saves what was typed, or says below which field why not. Everything that was typed can be read.
    fn save(&mut self, view: &View, entry: &mut Entry<M>) -> Result<Reply, Refusal>;

    /// The message row for the field in focus; none is the row of buttons.
    fn message(&self, view: &View, entry: &Entry<M>, field: Option<&str>) -> String;

    /// What stands in place of the form while there is none.
    fn absence(&self) -> String {
        common::NOBODY_HERE.to_owned()
    }

    /// The words on the button that saves.
    fn save_label(&self) -> &'static str {
        "保存する"
    }

    /// Buttons besides saving and dropping.
    fn buttons(&self, _view: &View, _entry: &Entry<M>) -> Vec<(M, &'static str)> {
        Vec::new()
    }

    /// One of [`EntryForm::buttons`] was pressed.
    fn press(&mut self, _view: &View, _entry: &mut Entry<M>, _button: M) -> Result<Reply, Refusal> {
        Ok(Reply::ignored())
    }

    /// What is said when something that was typed cannot be read; none when all of it can.
    fn unread(&mut self, entry: &mut Entry<M>) -> Option<Reply> {
        entry.refuse_unreadable().then(Reply::done)
    }

    /// Lets untouched fields follow what is on record: after an input, an answer and at a new snapshot.
    fn follow(&mut self, _view: &View, _entry: &mut Entry<M>) {}

    /// Something was typed, and the fields have followed; what is asked for then.
    fn after_typing(&mut self, _entry: &mut Entry<M>) -> Option<Effect> {
        None
    }

    /// Draws the form, with what stands beside it.
    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry<M>) -> Option<Position> {
        entry.draw(canvas, body)
    }

    /// Actions besides saving and the way to the buttons.
    fn offers(&self, _view: &View) -> Vec<Offer> {
        Vec::new()
    }

    /// Whether something of its own lies over the fields: what is typed goes there, and only its own offers stand.
    fn is_covered(&self) -> bool {
        false
    }

    /// Something was typed into what lies over the fields.
    fn covered(&mut self, _input: &Input) {}

    /// One of [`EntryForm::offers`] was asked for, while there are fields.
    fn act_on(&mut self, view: &View, _entry: &mut Entry<M>, act: Act) -> Reply {
        self.act(view, act)
    }

    /// One of [`EntryForm::offers`] was asked for.
    fn act(&mut self, _view: &View, _act: Act) -> Reply {
        Reply::ignored()
    }

    /// Was put on top.
    fn opened(&mut self) -> Reply {
        Reply::ignored()
    }

    /// Hears what the world answered.
    fn event(&mut self, _entry: Option<&Entry<M>>, _event: &Event) -> Reply {
        Reply::ignored()
    }
}

/// The screen of a form.
pub struct EntryScreen<F, M> {
    form: F,
    entry: Option<Entry<M>>,
}

impl<F: EntryForm<M>, M: Copy> EntryScreen<F, M> {
    /// The screen of this form; its fields come with the first snapshot.
    pub fn new(form: F) -> Self {
        Self { form, entry: None }
    }

    fn save(&mut self, view: &View) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        if let Some(reply) = self.form.unread(entry) {
            return reply;
        }
        let saved = self.form.save(view, entry);
        answered(entry, saved)
    }

    fn press(&mut self, view: &View, button: M) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        let done = self.form.press(view, entry, button);
        answered(entry, done)
    }

    fn input(&mut self, view: &View, input: &Input) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        if self.form.is_covered() {
            self.form.covered(input);
            return Reply::done();
        }
        let reply = match entry.update(input) {
            Step::Ignored => Reply::ignored(),
            Step::Taken(mut effects) => {
                self.form.follow(view, entry);
                effects.extend(self.form.after_typing(entry));
                Reply { effects, ..Reply::done() }
            }
            Step::Pressed(Button::Drop) => Reply::ask(entry.reset()),
            Step::Pressed(Button::Save) => self.save(view),
            Step::Pressed(Button::Own(button)) => self.press(view, button),
        };
        self.keep_up(view);
        reply
    }

    /// The fields follow what is on record, and the buttons what stands in the fields.
    fn keep_up(&mut self, view: &View) {
        let Some(entry) = &mut self.entry else { return };
        self.form.follow(view, entry);
        let own = self.form.buttons(view, entry);
        entry.offer(self.form.save_label(), own);
    }
}

/// Where something stands against saving, the sentence below its field says what.
fn answered<M: Copy>(entry: &mut Entry<M>, done: Result<Reply, Refusal>) -> Reply {
    done.unwrap_or_else(|(field, sentence)| {
        entry.refuse(field, sentence);
        Reply::say(common::NOTHING_WRITTEN)
    })
}

/// Draws a sentence where a form would be.
pub fn absent(canvas: &mut Canvas<'_>, body: Rect, sentence: &str) -> Option<Position> {
    canvas.text(2, body.y, body.width, sentence, Weight::Plain);
    None
}

impl<F: EntryForm<M>, M: Copy> Screen for EntryScreen<F, M> {
    fn route(&self) -> Route {
        self.form.route()
    }

    fn head(&self, view: &View) -> Head {
        self.form.head(view)
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        match &self.entry {
            Some(entry) => self.form.draw(view, canvas, body, entry),
            None => absent(canvas, body, &self.form.absence()),
        }
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let is_covered = self.form.is_covered();
        let mut offers = if is_covered { Vec::new() } else { common::entry_offers(self.is_typing()) };
        offers.extend(self.form.offers(view));
        offers
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.entry) {
            (Act::Done, _) => self.save(view),
            (Act::NextStep, Some(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            (_, Some(entry)) => self.form.act_on(view, entry, act),
            (_, None) => self.form.act(view, act),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        self.input(view, &Input::Key(key))
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        self.input(view, &Input::Paste(text.to_owned()))
    }

    fn is_typing(&self) -> bool {
        self.entry.as_ref().is_some_and(Entry::is_typing)
    }

    fn message(&self, view: &View) -> String {
        self.entry.as_ref().map_or_else(String::new, |entry| self.form.message(view, entry, entry.focus()))
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        let reply = self.form.event(self.entry.as_ref(), event);
        self.keep_up(view);
        reply
    }

    fn settle(&mut self, view: &View) {
        if self.entry.is_none() {
            self.entry = self.form.build(view);
        }
        self.keep_up(view);
    }

    fn opened(&mut self, _view: &View) -> Reply {
        self.form.opened()
    }

    fn resized(&mut self, body: Rect) {
        self.entry.iter_mut().for_each(|entry| entry.resize(body));
    }
}
