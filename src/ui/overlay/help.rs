//! The list of keys: the registry itself, narrowed by typing; Enter performs what is chosen.

use ratatui::layout::{Position, Rect};

use super::Answer;
use crate::ui::actions::{self, Act, HelpRow, Offer};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Key};
use crate::ui::sheet;
use crate::ui::theme::Weight;

/// Rows of the sheet that tells effect and readers.
const FOOT: u16 = 4;

/// The list of keys.
#[derive(Debug)]
pub struct Help {
    offers: Vec<Offer>,
    typed: String,
    cursor: usize,
}

impl Help {
    pub(super) fn new(offers: Vec<Offer>) -> Self {
        Self { offers, typed: String::new(), cursor: 0 }
    }

    fn found(&self) -> Vec<&Offer> {
        if self.typed.is_empty() {
            return self.offers.iter().collect();
        }
        actions::search(&self.offers, &self.typed).into_iter().filter_map(|index| self.offers.get(index)).collect()
    }

    pub(super) fn typed(&mut self, text: &str) {
        self.typed.extend(text.chars().filter(|c| !c.is_control()));
        self.cursor = 0;
    }

    pub(super) fn press(&mut self, key: Key) -> Answer {
        match key.code {
            Code::Up => self.cursor = self.cursor.saturating_sub(1),
            Code::Down => self.cursor = (self.cursor + 1).min(self.found().len().saturating_sub(1)),
            Code::Backspace => _ = self.typed.pop(),
            Code::Enter => return self.chosen(),
            Code::Char(c) if !key.ctrl => self.typed(&c.to_string()),
            _ => {}
        }
        Answer::Stay
    }

    fn chosen(&self) -> Answer {
        let act = |offer: &&Offer| (offer.is_possible() && !is_outward(offer)).then_some(offer.action.act);
        self.found().get(self.cursor).and_then(act).map_or(Answer::Stay, Answer::Act)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        canvas.clear_rows(body.y, body.height);
        sheet::rule(canvas, 0, body.y, body.width, "操作");
        let field = format!("[ {:<34}]", "");
        canvas.text(2, body.y + 1, 40, &field, Weight::Dim);
        let used = canvas.text(4, body.y + 1, 33, &self.typed, Weight::Bold);
        canvas.text(44, body.y + 1, 34, "「IMEオン」の列はいつでも使えます", Weight::Dim);
        let offers = self.found();
        let list = Rect { y: body.y + 3, height: body.height.saturating_sub(3 + FOOT), ..body };
        self.draw_rows(canvas, list, &offers);
        if let Some(offer) = offers.get(self.cursor) {
            draw_foot(canvas, body, offer);
        }
        Some(Position { x: 4 + used, y: body.y + 1 })
    }

    fn draw_rows(&self, canvas: &mut Canvas<'_>, area: Rect, offers: &[&Offer]) {
        canvas.text(2, area.y, 60, "キー          IMEオン       すること", Weight::Dim);
        let page = usize::from(area.height.saturating_sub(1)).max(1);
        let top = (self.cursor + 1).saturating_sub(page);
        let owned: Vec<Offer> = offers.iter().skip(top).take(page).map(|offer| (*offer).clone()).collect();
        for (index, (y, row)) in (area.y + 1..area.bottom()).zip(actions::help_rows(&owned)).enumerate() {
            draw_row(canvas, y, &row, top + index == self.cursor);
        }
    }
}

/// What leaves the house is only done where it is shown, never from a list.
fn is_outward(offer: &Offer) -> bool {
    offer.action.act == Act::Issue
}

fn draw_row(canvas: &mut Canvas<'_>, y: u16, row: &HelpRow, has_cursor: bool) {
    let weight = if row.offer.is_possible() { Weight::Plain } else { Weight::Dim };
    canvas.text(0, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
    canvas.text(2, y, 13, &row.keys, Weight::Accent);
    canvas.text(16, y, 13, &row.ime_keys, weight);
    canvas.text(30, y, 48, &row.offer.label, weight);
    if has_cursor {
        let reverse = canvas.theme().reverse();
        canvas.tint(0, y, 79, reverse);
    }
}

/// Effect and readers of an offer, at the foot of the sheet.
pub(super) fn draw_foot(canvas: &mut Canvas<'_>, body: Rect, offer: &Offer) {
    let y = body.bottom().saturating_sub(FOOT);
    sheet::rule(canvas, 0, y, body.width, &offer.label);
    let refusal = offer.refusal.as_deref();
    for (row, (label, text)) in
        [("すること", &*offer.effect), ("見る人", &*offer.audience), ("いまは", refusal.unwrap_or(""))]
            .into_iter()
            .enumerate()
    {
        if !text.is_empty() {
            canvas.text(2, y + 1 + columns(row), 12, label, Weight::Dim);
            canvas.text(14, y + 1 + columns(row), u16::MAX, text, Weight::Plain);
        }
    }
}
