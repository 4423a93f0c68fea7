//! 面接の情報: what the employer gives for an interview, asked for and received; one key takes a line one state further.

use ratatui::layout::{Position, Rect};

use super::common;
use crate::app::information::{self, Line, Standing};
use crate::app::{Effect, Site, View};
use crate::domain::{Day, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::dates;
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply, Screen};
use crate::ui::theme::Weight;

/// Where the parts of a line begin.
const LABEL: u16 = 4;
const STANDING: u16 = 20;
const SINCE: u16 = 28;
const NOTE: u16 = 40;

/// The checklist of one worker.
pub struct InformationScreen {
    worker: Id,
    lines: Vec<Line>,
    cursor: usize,
}

impl InformationScreen {
    /// The checklist of this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, lines: Vec::new(), cursor: 0 }
    }

    fn advance(&self, view: &View, index: usize) -> Reply {
        let (Some(line), Some(site)) = (self.lines.get(index), common::site_of(view, &self.worker)) else {
            return Reply::ignored();
        };
        advance(site, &self.worker, line, view.today)
    }
}

/// The reply that takes a line one state further.
pub(super) fn advance(site: &Site, worker: &Id, line: &Line, today: Day) -> Reply {
    match information::advance(site, worker, line.item, today) {
        Some(command) => Reply::ask(Effect::Perform(site.id().clone(), Box::new(command))),
        None => Reply::say("終わった期間がまだありません。期日のあとで記録できます"),
    }
}

impl Screen for InformationScreen {
    fn route(&self) -> Route {
        Route::Information(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "面接の情報")
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let Some(site) = common::site_of(view, &self.worker).filter(|site| site.worker(&self.worker).is_some()) else {
            canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
            return None;
        };
        let end = information::period_end(site, &self.worker, view.today);
        let about = end
            .map_or_else(|| "終わった期間がまだありません".to_owned(), |end| end.format("%-m月分の面接").to_string());
        canvas.text(2, body.y, body.width, &about, Weight::Plain);
        draw_lines(canvas, Rect { y: body.y + 2, ..body }, &self.lines, view.today);
        let y = body.y + 2 + columns(self.cursor);
        canvas.text(0, y, 1, ">", Weight::Bold);
        let reverse = canvas.theme().reverse();
        canvas.tint(0, y, body.width.min(79), reverse);
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        vec![
            action(Act::Mark)
                .offer()
                .labelled("次の状態")
                .doing("なし、依頼中、受領の順に、今日の日付で変えます。取り消せます。"),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        if act == Act::Mark { self.advance(view, self.cursor) } else { Reply::ignored() }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        let last = self.lines.len().saturating_sub(1);
        match key.code {
            Code::Down | Code::Char('j') => self.cursor = (self.cursor + 1).min(last),
            Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            Code::Enter => return self.advance(view, self.cursor),
            Code::Char(c) if !key.ctrl => {
                let index = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
                let Some(index) = index.filter(|index| *index <= last) else { return Reply::ignored() };
                self.cursor = index;
                return self.advance(view, index);
            }
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn message(&self, _view: &View) -> String {
        "番号か Space で、なし、依頼中、受領の順に変わります。日付は今日です".to_owned()
    }

    fn settle(&mut self, view: &View) {
        let site = common::site_of(view, &self.worker);
        self.lines = site.map(|site| information::checklist(site, &self.worker, view.today)).unwrap_or_default();
    }
}

/// Draws the checklist: number, item, state, since when.
pub(super) fn draw_lines(canvas: &mut Canvas<'_>, area: Rect, lines: &[Line], today: Day) {
    for ((number, line), y) in (1..).zip(lines).zip(area.y..area.bottom()) {
        let weight = if line.standing == Standing::Received { Weight::Dim } else { Weight::Plain };
        canvas.text(area.x + 2, y, 1, &number.to_string(), Weight::Plain);
        canvas.text(area.x + LABEL, y, STANDING - LABEL - 1, line.item.label(), Weight::Plain);
        canvas.text(area.x + STANDING, y, SINCE - STANDING - 1, line.standing.label(), weight);
        let since = line.since.map(|day| dates::short(day, today)).unwrap_or_default();
        canvas.text(area.x + SINCE, y, NOTE - SINCE - 1, &since, Weight::Dim);
        let note = if line.is_on_hand { "手元に記録あり" } else { "" };
        canvas.text(area.x + NOTE, y, area.width.saturating_sub(NOTE + 1), note, Weight::Dim);
    }
}

#[cfg(test)]
#[path = "information_tests.rs"]
mod tests;
