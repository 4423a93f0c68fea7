//! Draws the whole terminal: head, body, what covers it, message, footer.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::actions;
use super::canvas::Canvas;
use super::dates;
use super::overlay::Overlay;
use super::privacy::Privacy;
use super::screen::{Head, Second};
use super::sheet::{self, Grid};
use super::shell::Shell;
use super::theme::{Look, Weight};

impl Shell {
    /// Draws everything; gives the place of the hardware cursor, which an input method needs.
    pub fn draw(&mut self, buffer: &mut Buffer, look: Look) -> Option<Position> {
        let area = buffer.area;
        let mut canvas = Canvas::new(buffer, look);
        if sheet::draw_too_small(&mut canvas) {
            return None;
        }
        let grid = sheet::grid(area);
        let body = self.body(&grid);
        if let Some(screen) = self.stack.last_mut() {
            screen.resized(body);
        }
        let cursor = self.draw_screen(&mut canvas, &grid, body);
        let covered = self.overlay.as_ref().map(|overlay| overlay.draw(&mut canvas, grid.body));
        self.draw_banners(&mut canvas, &grid);
        self.draw_foot(&mut canvas, &grid);
        covered.unwrap_or(cursor)
    }

    /// The body gives its first row to the line that says who is hidden.
    fn body(&self, grid: &Grid) -> Rect {
        let taken = u16::from(self.is_sharing());
        Rect { y: grid.body.y + taken, height: grid.body.height.saturating_sub(taken), ..grid.body }
    }

    fn draw_screen(&self, canvas: &mut Canvas<'_>, grid: &Grid, body: Rect) -> Option<Position> {
        let screen = self.stack.last()?;
        self.draw_head(canvas, grid, &screen.head(&self.view));
        screen.draw(&self.view, canvas, body)
    }

    fn draw_head(&self, canvas: &mut Canvas<'_>, grid: &Grid, head: &Head) {
        let path = match self.privacy() {
            Privacy::Sharing => format!("画面共有  {}", head.path),
            Privacy::Interview(_) => format!("面談  {}", head.path),
            Privacy::Open => head.path.clone(),
        };
        let today = dates::full(self.view.today);
        let is_wide = canvas.area().width >= sheet::TWO_PANES;
        let context = match (head.context.is_empty(), is_wide && !head.context.contains(&today)) {
            (true, _) => head.context.clone(),
            (false, true) => format!("{}   {today}", head.context),
            (false, false) => head.context.clone(),
        };
        sheet::header(canvas, grid.header, &path, &context);
        draw_second(canvas, grid.tabs, &head.second);
    }

    fn draw_banners(&self, canvas: &mut Canvas<'_>, grid: &Grid) {
        let y = grid.tabs + 1;
        let columns = canvas.area().width;
        if self.is_sharing() {
            canvas.clear_rows(y, 1);
            sheet::rule(canvas, 0, y, columns, "画面共有  氏名と健康の情報を伏せています");
        }
        if let Some(text) = &self.ime {
            canvas.clear_rows(y, 3);
            sheet::rule(canvas, 0, y, columns, "IMEオン  文字のキーが届いていません");
            let received = format!("「{text}」は読めません。半角/全角 キーで切るか、次のキーを使ってください");
            canvas.text(2, y + 1, columns, &received, Weight::Plain);
            canvas.text(
                2,
                y + 2,
                columns,
                "F2 なぜ    F3 検索    F4 絞込    Enter 開く    Ctrl-P 呼出（かなで打てます）",
                Weight::Plain,
            );
        }
    }

    fn draw_foot(&self, canvas: &mut Canvas<'_>, grid: &Grid) {
        let columns = sheet::footer_columns(canvas.area());
        let hints = match &self.overlay {
            Some(overlay) => overlay.hints(),
            None => actions::footer(&self.offers(), columns, self.needs_ime_way()),
        };
        canvas.clear_rows(grid.message, 2);
        sheet::message(canvas, grid.message, &self.spoken());
        sheet::footer(canvas, grid.footer, &hints);
    }

    fn needs_ime_way(&self) -> bool {
        self.ime.is_some() || self.stack.last().is_some_and(|screen| screen.is_typing())
    }

    /// What the message row says: long work first, then the last answer, then the row under the cursor.
    fn spoken(&self) -> String {
        if let Some(progress) = &self.progress {
            return sheet::progress(progress);
        }
        if matches!(self.overlay, Some(Overlay::Failure(_))) {
            return "この表示に個人の情報は含みません".to_owned();
        }
        match (&self.message, self.stack.last()) {
            (Some(text), _) => text.clone(),
            (None, Some(screen)) => screen.message(&self.view),
            (None, None) => String::new(),
        }
    }
}

fn draw_second(canvas: &mut Canvas<'_>, y: u16, second: &Second) {
    match second {
        Second::Empty => {}
        Second::Totals(text) => _ = canvas.text(2, y, u16::MAX, text, Weight::Plain),
        Second::Tabs(tabs, chosen) => _ = sheet::tabs(canvas, y, tabs, *chosen),
        Second::Steps(steps, current) => sheet::steps(canvas, y, steps, *current),
    }
}
