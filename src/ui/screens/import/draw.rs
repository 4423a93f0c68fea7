//! The preview as it is drawn: what the file is, the counts, the readings, and the rows that are not plainly taken.

use ratatui::layout::{Position, Rect};

use super::{Import, PERSONS, WHOM, WHOM_WIDE};
use crate::app::host::{ImportPreview, ReadingChoice};
use crate::ui::canvas::Canvas;
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::cut;

impl Import {
    pub(super) fn draw_preview(
        &self,
        canvas: &mut Canvas<'_>,
        body: Rect,
        preview: &ImportPreview,
    ) -> Option<Position> {
        let mut y = body.y;
        let mut put = |canvas: &mut Canvas<'_>, label: &str, text: &str, weight: Weight| {
            canvas.text(2, y, 12, label, Weight::Dim);
            canvas.text(14, y, body.width, text, weight);
            y += 1;
        };
        let source = format!("{}  {}", preview.source, if preview.sheet.is_none() { &preview.reason } else { "" });
        put(canvas, "ファイル", source.trim_end(), Weight::Plain);
        if let Some((place, name)) = preview.sheet.and_then(|place| Some((place, preview.sheets.get(place)?))) {
            let sheet = format!("{}/{} {}  {}", place + 1, preview.sheets.len(), cut(name, WHOM), preview.reason);
            put(canvas, "シート", &sheet, Weight::Plain);
        }
        for (index, (column, meaning)) in preview.mapping.iter().take(4).enumerate() {
            put(
                canvas,
                if index == 0 { "列" } else { "" },
                &format!("{}  {meaning}", cut(column, WHOM)),
                Weight::Plain,
            );
        }
        if !preview.unused.is_empty() {
            put(
                canvas,
                "",
                &Self::unused_line(&preview.unused, usize::from(body.width.saturating_sub(16))),
                Weight::Plain,
            );
        }
        if let Some(source) = &preview.source_of_hours {
            put(canvas, "出どころ", &format!("{source}  会社の時間の隣に置きます"), Weight::Bold);
        }
        put(canvas, "", "", Weight::Plain);
        let counted = format!(
            "計 {}  追加 {}  変更 {}  同じ {}  要確認 {}  不可 {}  対象外 {}",
            preview.rows,
            preview.added,
            preview.changed.len(),
            preview.unchanged,
            preview.doubtful.len(),
            preview.refused.len(),
            preview.ignored.len()
        );
        put(canvas, "行", &counted, Weight::Bold);
        if preview.summed > 0 {
            let told = format!("日ごとの行です。{}行を、同じ人と期間の行に足しました", preview.summed);
            put(canvas, "", &told, Weight::Plain);
        }
        if !preview.differing.is_empty() {
            let told =
                format!("答えと違う結果 {}名（違い）。どちらも残し、答えの判定は変えません", preview.differing.len());
            put(canvas, "", &told, Weight::Plain);
        }
        if !preview.absent.is_empty() {
            let told = format!("名簿にいてファイルにいない人 {}名（載らず）。退職とはしません", preview.absent.len());
            put(canvas, "", &told, Weight::Plain);
        }
        if let Some(day) = preview.known_since {
            put(canvas, "", &format!("{day} に取り込んだファイルと同じです"), Weight::Plain);
        }
        if let Some((known, people)) = preview.strangers {
            let mark =
                if preview.is_ours { "x 確かめた" } else { "別の事業場のファイルかもしれません" };
            put(canvas, "人", &format!("名簿にいる人 {people}名のうち {known}名  {mark}"), Weight::Bold);
        }
        let top =
            self.draw_readings(canvas, Rect { y: y + 1, height: body.bottom().saturating_sub(y + 1), ..body }, preview);
        self.draw_lines(canvas, Rect { y: top, height: body.bottom().saturating_sub(top), ..body })
    }

    /// The readings, when there is a choice; gives the row below them.
    fn draw_readings(&self, canvas: &mut Canvas<'_>, area: Rect, preview: &ImportPreview) -> u16 {
        if preview.readings.len() < 2 {
            return area.y;
        }
        sheet::rule(canvas, 0, area.y, area.width, "読み方");
        let mut y = area.y + 1;
        for (index, reading) in preview.readings.iter().enumerate() {
            let is_chosen = preview.chosen == Some(index);
            // A digit means one thing: while a row is asked about, the readings carry no number.
            let number = if self.doubt().is_some() { None } else { Some(index + 1) };
            put(canvas, area, &mut y, |canvas, y| draw_reading(canvas, y, number, reading, is_chosen));
            for (whom, value) in reading.persons.iter().take(PERSONS) {
                put(canvas, area, &mut y, |canvas, y| {
                    canvas.text(8, y, WHOM_WIDE, &cut(whom, WHOM), Weight::Plain);
                    canvas.text(40, y, 30, value, Weight::Plain);
                });
            }
            if let Some(more) = reading.persons.len().checked_sub(PERSONS).filter(|more| *more > 0) {
                let told = format!("ほか {more}名");
                put(canvas, area, &mut y, |canvas, y| _ = canvas.text(8, y, WHOM_WIDE, &told, Weight::Dim));
            }
        }
        y + 1
    }

    fn draw_lines(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let options = self.options();
        let mut cursor = None;
        let room = usize::from(area.height).saturating_sub(options.len()).max(1);
        let top = (self.cursor + 1).saturating_sub(room);
        let mut y = area.y;
        for (index, line) in self.lines().iter().enumerate().skip(top) {
            let has_cursor = index == self.cursor;
            put(canvas, area, &mut y, |canvas, y| {
                canvas.text(0, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
                canvas.text(2, y, 12, line.label, Weight::Dim);
                canvas.text(14, y, area.width, &line.text, Weight::Plain);
            });
            if has_cursor && self.typing.is_some() && y < area.bottom() {
                let field = Rect { x: area.x + 14, y, width: area.width.saturating_sub(14), height: 1 };
                cursor = self.draw_typing(canvas, field);
                y += 1;
                continue;
            }
            for (number, label) in options.iter().enumerate().filter(|_| has_cursor) {
                put(canvas, area, &mut y, |canvas, y| {
                    canvas.text(16, y, area.width, &format!("{} {label}", number + 1), Weight::Bold);
                });
            }
        }
        cursor
    }

    /// The answers of the line under the cursor, by their digit.
    fn options(&self) -> Vec<String> {
        match self.doubt() {
            Some(doubt) => doubt.options.iter().map(|(_, label)| label.clone()).collect(),
            None => self.value_options(),
        }
    }
}

/// Draws a row, as long as there is one left.
fn put(canvas: &mut Canvas<'_>, area: Rect, y: &mut u16, draw: impl FnOnce(&mut Canvas<'_>, u16)) {
    if *y < area.bottom() {
        draw(canvas, *y);
        *y += 1;
    }
}

fn draw_reading(canvas: &mut Canvas<'_>, y: u16, number: Option<usize>, reading: &ReadingChoice, is_chosen: bool) {
    let mark = if is_chosen { "x" } else { "" };
    let weight = if is_chosen { Weight::Bold } else { Weight::Plain };
    canvas.text(2, y, 1, mark, Weight::Bold);
    let text = match reading.possible {
        true => {
            let number = number.map_or_else(|| " ".to_owned(), |number| number.to_string());
            let open =
                if reading.undecided > 0 { format!("   未定 {}名", reading.undecided) } else { String::new() };
            format!("{number} {}   80超 {}名{open}", reading.name, reading.over)
        }
        false => format!("  {}   この列はこう読めません", reading.name),
    };
    canvas.text(4, y, 70, &text, if reading.possible { weight } else { Weight::Dim });
}
