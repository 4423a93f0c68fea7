//! The two halves of the preview: the page that leaves, and what stays, is missing, or wants a second look.

use ratatui::layout::Rect;

use super::flow::Row;
use crate::app::host::{CopyPreview, DocumentPreview};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Rows above the page: its title rule.
pub const HEAD: usize = 1;
/// Columns of the right pane on a narrow terminal.
const NARROW: u16 = 25;
/// Columns of the list of what stays.
const LIST: u16 = 40;

/// The page and the pane beside it.
pub fn split(body: Rect) -> (Rect, Rect) {
    if let (left, Some(right)) = sheet::panes(body) {
        return (left, right);
    }
    let left = Rect { width: body.width.saturating_sub(NARROW + 2), ..body };
    let right = Rect { x: body.x + left.width + 2, width: body.width.saturating_sub(left.width + 2), ..body };
    (left, right)
}

/// Draws the page from row `top` on, with its place in the whole.
pub fn draw_page(canvas: &mut Canvas<'_>, area: Rect, title: &str, rows: &[Row], top: usize) {
    let height = usize::from(area.height).saturating_sub(HEAD);
    let last = (top + height).min(rows.len());
    let title = match rows.len() > height {
        true => format!("{title}  {}-{last} / {}行", top + 1, rows.len()),
        false => title.to_owned(),
    };
    sheet::rule(canvas, area.x, area.y, area.width, &title);
    for (y, row) in (area.y + columns(HEAD)..area.bottom()).zip(rows.iter().skip(top)) {
        let mut x = area.x + row.indent;
        for (text, weight) in &row.pieces {
            x += canvas.text(x, y, area.right().saturating_sub(x), text, *weight) + 2;
        }
    }
}

/// Draws the question whether 診断区分 goes to the employer, or why it is not asked.
pub fn draw_release(canvas: &mut Canvas<'_>, area: Rect, field: &str, releases: bool, refusal: Option<&str>) {
    let question = format!("{field}を会社へ出す");
    let mut x = area.x + 2;
    x += canvas.text(x, area.y, area.width, &question, Weight::Plain) + 3;
    if let Some(refusal) = refusal {
        canvas.text(x, area.y, area.right().saturating_sub(x), refusal, Weight::Dim);
        return;
    }
    for (word, is_chosen) in [("いいえ", !releases), ("はい", releases)] {
        let text = if is_chosen { format!("[{word}]") } else { format!(" {word} ") };
        let weight = if is_chosen { Weight::Bold } else { Weight::Plain };
        x += canvas.text(x, area.y, area.right().saturating_sub(x), &text, weight) + 2;
    }
    canvas.text(x + 1, area.y, area.right().saturating_sub(x + 1), "Space で変えます", Weight::Dim);
}

/// Draws who reads a paper of the physician's own, and what wants a look.
pub fn draw_readers(canvas: &mut Canvas<'_>, area: Rect, copy: &CopyPreview) {
    let mut pen = Pen { area, y: area.y };
    pen.rule(canvas, "見る人");
    pen.line(canvas, "自分だけ", "", Weight::Bold);
    pen.y += 1;
    for line in ["署名しません。", "PDF は平文です。", "渡した人はすべてを", "読めます。"] {
        pen.line(canvas, line, "", Weight::Plain);
    }
    if !copy.questionable.is_empty() {
        pen.y += 1;
        pen.rule(canvas, "字の確認");
        copy.questionable.iter().take(2).for_each(|one| pen.line(canvas, one, "", Weight::Plain));
    }
}

/// Draws what stays, what is missing, and the words that want a second look.
pub fn draw_staying(canvas: &mut Canvas<'_>, area: Rect, preview: &DocumentPreview, copy: &CopyPreview) {
    let mut pen = Pen { area, y: area.y };
    if !preview.missing.is_empty() {
        pen.rule(canvas, "未記入 必要");
        preview.missing.iter().for_each(|field| pen.line(canvas, field, "", Weight::Bold));
        pen.y += 1;
    }
    pen.rule(canvas, &format!("残るもの  {}項目", copy.staying.iter().map(|(_, count)| count).sum::<usize>()));
    // The check of the words keeps its place below.
    let room = usize::from(area.bottom().saturating_sub(pen.y + below(preview, copy)));
    let fits = copy.staying.len() <= room;
    let shown = if fits { copy.staying.len() } else { room.saturating_sub(1) };
    for (field, count) in copy.staying.iter().take(shown) {
        pen.line(canvas, field, &count.to_string(), Weight::Plain);
    }
    if !fits {
        let rest: usize = copy.staying.iter().skip(shown).map(|(_, count)| count).sum();
        pen.line(canvas, "ほか", &rest.to_string(), Weight::Dim);
    }
    pen.y += 1;
    pen.checks(canvas, preview, copy);
}

/// Rows that the check of words and characters wants.
fn below(preview: &DocumentPreview, copy: &CopyPreview) -> u16 {
    let hints = columns(preview.hints.len().clamp(1, 4));
    let characters = if copy.questionable.is_empty() { 0 } else { 2 + columns(copy.questionable.len().min(2)) };
    2 + hints + characters
}

struct Pen {
    area: Rect,
    y: u16,
}

impl Pen {
    fn rule(&mut self, canvas: &mut Canvas<'_>, title: &str) {
        if self.y < self.area.bottom() {
            sheet::rule(canvas, self.area.x, self.y, self.area.width, title);
        }
        self.y += 1;
    }

    fn line(&mut self, canvas: &mut Canvas<'_>, text: &str, number: &str, weight: Weight) {
        if self.y < self.area.bottom() {
            let width = self.area.width.saturating_sub(3).min(LIST);
            let used = canvas.right(self.area.x + 2, self.y, width, number, weight);
            canvas.text(self.area.x + 2, self.y, width.saturating_sub(used + 1), text, weight);
        }
        self.y += 1;
    }

    fn checks(&mut self, canvas: &mut Canvas<'_>, preview: &DocumentPreview, copy: &CopyPreview) {
        self.rule(canvas, "文の点検");
        match preview.hints.len() {
            0 => self.line(canvas, "見つかった語", "なし", Weight::Plain),
            count => {
                let shown = if count > 4 { 3 } else { count };
                for hint in preview.hints.iter().take(shown) {
                    self.line(canvas, &format!("! 「{}」 {}", hint.word, hint.field), "", Weight::Plain);
                }
                if shown < count {
                    self.line(canvas, &format!("ほか {}件", count - shown), "", Weight::Dim);
                }
            }
        }
        if !copy.questionable.is_empty() {
            self.y += 1;
            self.rule(canvas, "字の確認");
            copy.questionable.iter().take(2).for_each(|one| self.line(canvas, one, "", Weight::Plain));
        }
    }
}

/// Draws every word that was found, where it stands and why it is named.
pub fn draw_hints(canvas: &mut Canvas<'_>, area: Rect, preview: &DocumentPreview) {
    sheet::rule(canvas, area.x, area.y, area.width, "文の点検  出力は止めません。直すかどうかは産業医が決めます");
    let mut y = area.y + 2;
    for hint in &preview.hints {
        let reason = wrap(&hint.reason, usize::from(area.width.saturating_sub(34)));
        if y + columns(reason.len()) > area.bottom() {
            return;
        }
        canvas.text(area.x + 2, y, 12, &format!("「{}」", hint.word), Weight::Bold);
        canvas.text(area.x + 15, y, 16, &hint.field, Weight::Plain);
        for row in &reason {
            canvas.text(area.x + 32, y, area.width.saturating_sub(33), row, Weight::Plain);
            y += 1;
        }
    }
}
