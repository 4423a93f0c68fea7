//! The question before leaving: everything typed is saved, the vault closes.

use ratatui::layout::{Position, Rect};

use super::Answer;
use crate::ui::canvas::Canvas;
use crate::ui::keys::Key;
use crate::ui::sheet;
use crate::ui::theme::Weight;

/// Leaving takes Ctrl-Q once more: Enter never ends anything.
pub(super) fn press(key: Key) -> Answer {
    if key == Key::ctrl('q') { Answer::Quit } else { Answer::Stay }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
    let y = body.bottom().saturating_sub(5);
    canvas.clear_rows(y, 5);
    sheet::rule(canvas, 0, y, body.width, "終了");
    canvas.text(2, y + 1, body.width, "金庫を閉じて終わります。書いたものはすべて保存してあります。", Weight::Plain);
    canvas.text(2, y + 3, body.width, "終えるときは、もう一度 Ctrl-Q を押してください。", Weight::Bold);
    None
}
