//! What happened, how things stand, what can be done; without any person's data, so it can be read out to a helper.

use ratatui::layout::{Position, Rect};

use super::Answer;
use crate::app::host::Failure;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Key};
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Where the values stand.
const VALUE: u16 = 16;

/// The sheet of a failure.
#[derive(Debug)]
pub struct FailureSheet {
    failure: Failure,
}

impl FailureSheet {
    pub(super) fn new(failure: Failure) -> Self {
        Self { failure }
    }

    pub(super) fn press(&mut self, key: Key) -> Answer {
        if key == Key::plain(Code::Enter) { Answer::Close } else { Answer::Stay }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let lines = self.lines(usize::from(body.width.saturating_sub(VALUE + 2)));
        let rows = columns(lines.len()).saturating_add(2).min(body.height);
        let top = body.bottom().saturating_sub(rows);
        canvas.clear_rows(top, rows);
        sheet::rule(canvas, 0, top, body.width, "できませんでした");
        for (y, (label, text)) in (top + 1..body.bottom()).zip(&lines) {
            canvas.text(2, y, VALUE - 2, label, Weight::Dim);
            canvas.text(VALUE, y, u16::MAX, text, Weight::Plain);
        }
        None
    }

    fn lines(&self, room: usize) -> Vec<(&'static str, String)> {
        let failure = &self.failure;
        let mut lines = labelled("起きたこと", &failure.happened, room);
        lines.extend(labelled("いまの状態", &failure.state, room));
        for (index, remedy) in failure.remedies.iter().enumerate() {
            lines.extend(labelled(if index == 0 { "できること" } else { "" }, remedy, room));
        }
        lines.push(("番号", failure.code.to_owned()));
        lines
    }
}

fn labelled(label: &'static str, text: &str, room: usize) -> Vec<(&'static str, String)> {
    let rows = wrap(text, room);
    rows.into_iter().enumerate().map(|(index, row)| (if index == 0 { label } else { "" }, row)).collect()
}
