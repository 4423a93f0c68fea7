//! One or several of numbered options; only the focused field unfolds them.
//!
//! The numbers are those of the official form, 0 included; a digit picks, arrows and Enter do too.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ratatui::layout::{Position, Rect};
use unicode_normalization::UnicodeNormalization;

use crate::ui::canvas::Canvas;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::theme::Weight;
use crate::ui::width::Ruler;

/// Columns between two options.
const GAP: u16 = 3;

/// What an input did to the options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// The one answer was given by its number.
    Answered,
    /// The choice changed.
    Changed,
    /// The cursor moved, or the number is not among the options.
    Moved,
    /// Not an input of choosing.
    Ignored,
}

/// The options and what was chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    options: Vec<(u8, Cow<'static, str>)>,
    chosen: BTreeSet<u8>,
    cursor: usize,
    is_multi: bool,
}

impl Choice {
    /// One of the options.
    pub const fn one(options: Vec<(u8, Cow<'static, str>)>) -> Self {
        Self { options, chosen: BTreeSet::new(), cursor: 0, is_multi: false }
    }

    /// Several of the options.
    pub const fn several(options: Vec<(u8, Cow<'static, str>)>) -> Self {
        Self { options, chosen: BTreeSet::new(), cursor: 0, is_multi: true }
    }

    /// The numbers chosen, rising.
    pub fn chosen(&self) -> Vec<u8> {
        self.chosen.iter().copied().collect()
    }

    /// The numbers chosen, joined by commas.
    pub fn value(&self) -> String {
        self.chosen.iter().map(u8::to_string).collect::<Vec<_>>().join(",")
    }

    /// Puts a value back; numbers that are no option are left out.
    pub fn set(&mut self, value: &str) {
        let numbers = value.split(',').filter_map(|number| number.trim().parse().ok());
        let known = numbers.filter(|number| self.options.iter().any(|(other, _)| other == number));
        self.chosen = known.take(if self.is_multi { usize::MAX } else { 1 }).collect();
        let first = self.chosen.first().and_then(|number| self.index(*number));
        self.cursor = first.unwrap_or(0);
    }

    /// Says other options and answers; the cursor stays where it is.
    pub fn renew(&mut self, options: Vec<(u8, Cow<'static, str>)>, chosen: &[u8]) {
        self.options = options;
        self.chosen = chosen.iter().copied().collect();
        self.cursor = self.cursor.min(self.options.len().saturating_sub(1));
    }

    /// Takes a digit, an arrow, Space, or Backspace (which takes the answer back).
    pub fn update(&mut self, input: &Input) -> Picked {
        let Input::Key(Key { code, ctrl: false, .. }) = input else { return Picked::Ignored };
        match code {
            Code::Char(' ') => self.pick(self.cursor, Picked::Changed),
            Code::Char(c) => self.digit(*c),
            Code::Left => self.step(self.cursor.checked_sub(1)),
            Code::Right => self.step(Some(self.cursor + usize::from(self.is_multi || !self.chosen.is_empty()))),
            Code::Backspace | Code::Delete if !self.chosen.is_empty() => {
                self.chosen.clear();
                Picked::Changed
            }
            _ => Picked::Ignored,
        }
    }

    /// Rows that the unfolded options take.
    pub fn rows(&self, columns: u16, ruler: Ruler) -> u16 {
        let labels: Vec<u16> = self.options.iter().map(|option| width(ruler, &self.unfolded(option))).collect();
        flow(&labels, columns).last().map_or(1, |(_, row)| row + 1)
    }

    /// Draws all options where the field has the focus, else what was chosen.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, has_focus: bool) -> Option<Position> {
        if !has_focus {
            canvas.text(area.x, area.y, area.width, &self.folded(), Weight::Plain);
            return None;
        }
        let texts: Vec<String> = self.options.iter().map(|option| self.unfolded(option)).collect();
        let widths: Vec<u16> = texts.iter().map(|text| canvas.width(text)).collect();
        let mut cursor = None;
        for (index, (text, (x, row))) in texts.iter().zip(flow(&widths, area.width)).enumerate() {
            let (x, y) = (area.x.saturating_add(x), area.y.saturating_add(row));
            if y < area.bottom() {
                let weight = if self.is_chosen(index) { Weight::Bold } else { Weight::Plain };
                canvas.text(x, y, area.right().saturating_sub(x), text, weight);
                cursor = if index == self.cursor { Some(Position { x, y }) } else { cursor };
            }
        }
        cursor
    }

    fn digit(&mut self, c: char) -> Picked {
        let folded = std::iter::once(c).nfkc().next().and_then(|c| c.to_digit(10));
        let Some(number) = folded.and_then(|digit| u8::try_from(digit).ok()) else { return Picked::Ignored };
        match self.index(number) {
            Some(index) => self.pick(index, Picked::Answered),
            None => Picked::Moved,
        }
    }

    fn step(&mut self, target: Option<usize>) -> Picked {
        let Some(target) = target.filter(|target| *target < self.options.len()) else { return Picked::Moved };
        if self.is_multi {
            self.cursor = target;
            return Picked::Moved;
        }
        self.pick(target, Picked::Changed)
    }

    /// Chooses an option, or, where several may be chosen, turns it on or off.
    fn pick(&mut self, index: usize, picked: Picked) -> Picked {
        let Some((number, _)) = self.options.get(index) else { return Picked::Moved };
        self.cursor = index;
        if !self.is_multi {
            self.chosen = BTreeSet::from([*number]);
            return picked;
        }
        if !self.chosen.remove(number) {
            self.chosen.insert(*number);
        }
        Picked::Changed
    }

    fn index(&self, number: u8) -> Option<usize> {
        self.options.iter().position(|(other, _)| *other == number)
    }

    fn is_chosen(&self, index: usize) -> bool {
        self.options.get(index).is_some_and(|(number, _)| self.chosen.contains(number))
    }

    /// `[2 就業制限・配慮]` for the one chosen, `x 2 要保健指導` for a ticked one.
    fn unfolded(&self, (number, label): &(u8, Cow<'static, str>)) -> String {
        match (self.chosen.contains(number), self.is_multi) {
            (true, false) => format!("[{number} {label}]"),
            (true, true) => format!("x {number} {label}"),
            (false, _) => format!("{number} {label}"),
        }
    }

    fn folded(&self) -> String {
        let labels = self.options.iter().filter(|(number, _)| self.chosen.contains(number));
        let text = labels.map(|(_, label)| label.as_ref()).collect::<Vec<_>>().join("   ");
        if text.is_empty() { "-".to_owned() } else { text }
    }
}

fn width(ruler: Ruler, text: &str) -> u16 {
    crate::ui::canvas::columns(ruler.width(text))
}

/// Column and row of texts of these widths, one behind the other.
fn flow(widths: &[u16], columns: u16) -> Vec<(u16, u16)> {
    let (mut x, mut row) = (0_u16, 0_u16);
    let mut places = Vec::with_capacity(widths.len());
    for width in widths {
        if x > 0 && x.saturating_add(*width) > columns {
            (x, row) = (0, row.saturating_add(1));
        }
        places.push((x, row));
        x = x.saturating_add(*width).saturating_add(GAP);
    }
    places
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::ui::snapshot;
    use crate::ui::theme::Look;

    fn work() -> Choice {
        Choice::one(vec![(0, "通常勤務".into()), (1, "就業制限・配慮".into()), (2, "要休業".into())])
    }

    fn press(choice: &mut Choice, code: Code) -> Picked {
        choice.update(&Input::Key(Key::plain(code)))
    }

    fn drawn(choice: &Choice, width: u16, has_focus: bool) -> Vec<String> {
        let area = Rect::new(0, 0, width, 3);
        let mut buffer = Buffer::empty(Rect::new(0, 0, width + 1, 3));
        choice.draw(&mut Canvas::new(&mut buffer, Look::default()), area, has_focus);
        snapshot::rows(&buffer).into_iter().filter(|row| !row.is_empty()).collect()
    }

    #[test]
    fn options_are_picked_by_the_number_of_the_form() {
        let mut choice = work();
        assert_eq!(press(&mut choice, Code::Char('1')), Picked::Answered);
        assert_eq!(drawn(&choice, 60, true), ["0 通常勤務   [1 就業制限・配慮]   2 要休業"]);
        assert_eq!(drawn(&choice, 60, false), ["就業制限・配慮"]);
        assert_eq!(press(&mut choice, Code::Char('０')), Picked::Answered);
        assert_eq!(choice.chosen(), [0]);
        assert_eq!(press(&mut choice, Code::Char('9')), Picked::Moved);
        assert_eq!(press(&mut choice, Code::Char('w')), Picked::Ignored);
        assert_eq!(choice.chosen(), [0]);
    }

    #[test]
    fn arrows_choose_and_backspace_takes_back() {
        let mut choice = work();
        press(&mut choice, Code::Right);
        assert_eq!(choice.chosen(), [0]);
        press(&mut choice, Code::Right);
        press(&mut choice, Code::Right);
        assert_eq!(press(&mut choice, Code::Right), Picked::Moved);
        assert_eq!(choice.chosen(), [2]);
        press(&mut choice, Code::Left);
        assert_eq!(choice.chosen(), [1]);
        assert_eq!(press(&mut choice, Code::Backspace), Picked::Changed);
        assert_eq!(drawn(&choice, 60, false), ["-"]);
    }

    #[test]
    fn options_that_do_not_fit_go_to_the_next_row() {
        assert_eq!(drawn(&work(), 32, true), ["0 通常勤務   1 就業制限・配慮", "2 要休業"]);
        assert_eq!(work().rows(32, Ruler::default()), 2);
    }

    #[test]
    fn several_are_ticked_one_by_one() {
        let mut choice = Choice::several(vec![(0, "不要".into()), (2, "要保健指導".into()), (3, "要経過観察".into())]);
        assert_eq!(press(&mut choice, Code::Char('2')), Picked::Changed);
        press(&mut choice, Code::Right);
        press(&mut choice, Code::Char(' '));
        assert_eq!(choice.value(), "2,3");
        assert_eq!(drawn(&choice, 60, true), ["0 不要   x 2 要保健指導   x 3 要経過観察"]);
        assert_eq!(drawn(&choice, 60, false), ["要保健指導   要経過観察"]);
        choice.set("0, 3,9,x");
        assert_eq!(choice.chosen(), [0, 3]);
    }
}
