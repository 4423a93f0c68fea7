//! The list of a person or of an establishment: what is on record, and what may be added.

use ratatui::layout::{Position, Rect};

use super::lines::{self, Line};
use crate::app::checkups::inquiries;
use crate::app::host::DocumentRequest;
use crate::app::{Site, View};
use crate::domain::checkup::OpinionInquiry;
use crate::domain::opinion::FormKind;
use crate::domain::{EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::dates;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::{NoteKind, NotePlace, Route};
use crate::ui::screen::{Head, Reply, Screen};
use crate::ui::screens::common;
use crate::ui::table::TableState;
use crate::ui::theme::Weight;

/// Rows that 受診率 may take above the list.
const YEARS: usize = 4;

/// Whose list it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// One person's.
    Person(Id),
    /// The establishment's.
    Site(EstablishmentId),
}

/// The list.
pub struct Notes {
    of: Of,
    lines: Vec<Line>,
    keys: Vec<Id>,
    table: TableState<Id>,
    /// A kind is being chosen for a new record.
    is_choosing: bool,
    page: usize,
}

impl Notes {
    /// The list of this person or establishment.
    pub fn new(of: Of) -> Self {
        Self { of, lines: Vec::new(), keys: Vec::new(), table: TableState::default(), is_choosing: false, page: 10 }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        match &self.of {
            Of::Person(worker) => common::site_of(view, worker).filter(|site| site.worker(worker).is_some()),
            Of::Site(site) => view.caseload.site(site).map(|site| &**site),
        }
    }

    const fn kinds(&self) -> &'static [NoteKind] {
        match self.of {
            Of::Person(_) => NoteKind::OF_PERSON,
            Of::Site(_) => NoteKind::OF_SITE,
        }
    }

    fn open(&self, kind: NoteKind, row: Option<Id>) -> Reply {
        let (site, worker) = match &self.of {
            Of::Person(worker) => (worker.establishment(), Some(worker.clone())),
            Of::Site(site) => (Some(site.clone()), None),
        };
        site.map_or_else(Reply::ignored, |site| {
            Reply::to(Route::CheckupNote(Box::new(NotePlace { site, kind, worker, row })))
        })
    }

    fn current(&self) -> Option<&Line> {
        self.table.index().and_then(|index| self.lines.get(index))
    }

    /// The answer on paper where the cursor is on an inquiry, else the list of papers.
    fn papers(&self, view: &View) -> Reply {
        let answer = self.site(view).zip(self.inquiry(view)).map(|(site, inquiry)| {
            let recipients = vec![inquiries::recipient(site, inquiry)];
            let form = FormKind::OpinionAnswer;
            DocumentRequest::new(site.id().clone(), form, Some(inquiry.id.clone()), recipients)
        });
        match (answer, &self.of) {
            (Some(request), _) => Reply::to(Route::Paper(Box::new(request))),
            (None, Of::Person(worker)) => worker
                .establishment()
                .map_or_else(Reply::ignored, |site| Reply::to(Route::CheckupPapers(site, Some(worker.clone())))),
            (None, Of::Site(site)) => Reply::to(Route::CheckupPapers(site.clone(), None)),
        }
    }

    /// The inquiry under the cursor.
    fn inquiry<'view>(&self, view: &'view View) -> Option<&'view OpinionInquiry> {
        let line = self.current().filter(|line| line.kind == NoteKind::Inquiry)?;
        self.site(view)?.opinion_inquiries.iter().find(|row| row.id == line.id)
    }

    fn output(&self, view: &View) -> Offer {
        let offer = action(Act::Output).offer();
        match self.inquiry(view) {
            Some(inquiry) => offer
                .labelled("回答の書面")
                .doing("照会と回答を書面で見ます。ここでは何も出ません。")
                .refused(inquiry.answered_on.is_none().then_some("回答をまだ記録していません。Enter で開いて書きます")),
            None => offer.labelled("書面").doing("健診の書面の一覧を開きます。ここでは何も出ません。"),
        }
    }

    fn draw_kinds(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.text(2, area.y, area.width, "何を記録しますか", Weight::Bold);
        for (row, kind) in self.kinds().iter().enumerate() {
            let text = format!("{}  {}", row + 1, kind.label());
            canvas.text(4, area.y + 1 + columns(row), 24, &text, Weight::Plain);
            canvas.text(29, area.y + 1 + columns(row), area.width.saturating_sub(30), kind.effect(), Weight::Dim);
        }
    }

    fn draw_lines(&self, view: &View, canvas: &mut Canvas<'_>, area: Rect) {
        if self.lines.is_empty() {
            canvas.text(2, area.y, area.width, "まだ記録がありません。n で足します", Weight::Plain);
            return;
        }
        let page = usize::from(area.height).max(1);
        let index = self.table.index().unwrap_or(0);
        let top = (index + 1).saturating_sub(page);
        for (row, line) in self.lines.iter().enumerate().skip(top).take(page) {
            let y = area.y + columns(row - top);
            canvas.text(0, y, 1, if row == index { ">" } else { "" }, Weight::Bold);
            canvas.text(2, y, 15, line.kind.label(), Weight::Plain);
            canvas.text(18, y, 11, &dates::short(line.day, view.today), Weight::Plain);
            let room = area.width.saturating_sub(52);
            canvas.text(30, y, room, &line.text, Weight::Plain);
            canvas.text(31 + room, y, 20, &line.state, Weight::Dim);
            if row == index {
                let reverse = canvas.theme().reverse();
                canvas.tint(0, y, area.width.saturating_sub(1), reverse);
            }
        }
    }
}

impl Screen for Notes {
    fn route(&self) -> Route {
        match &self.of {
            Of::Person(worker) => Route::CheckupFile(worker.clone()),
            Of::Site(site) => Route::CheckupSeason(site.clone()),
        }
    }

    fn head(&self, view: &View) -> Head {
        match &self.of {
            Of::Person(worker) => common::person_head(view, worker, "健診の記録"),
            Of::Site(_) => self.site(view).map_or_else(Head::default, |site| Head {
                path: format!("{} / 健診の実施と報告", site.establishment.name),
                ..Head::default()
            }),
        }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let Some(site) = self.site(view) else {
            canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
            return None;
        };
        let mut y = body.y;
        if matches!(self.of, Of::Site(_)) {
            let turnouts = lines::turnouts(site, view.today);
            canvas.text(2, y, 12, "受診率", Weight::Bold);
            for (row, text) in turnouts.iter().take(YEARS).enumerate() {
                canvas.text(14, y + columns(row), body.width.saturating_sub(15), text, Weight::Plain);
            }
            y += columns(turnouts.len().clamp(1, YEARS)) + 1;
        }
        let area = Rect { y, height: body.bottom().saturating_sub(y), ..body };
        if self.is_choosing {
            self.draw_kinds(canvas, area);
        } else {
            self.draw_lines(view, canvas, area);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        if self.is_choosing {
            return vec![action(Act::Back).offer().labelled("やめる")];
        }
        let none = self.lines.is_empty().then_some("記録がまだありません");
        vec![
            action(Act::Open).offer().labelled("開いて直す").refused(none),
            action(Act::New).offer().labelled("記録を足す").doing("何を記録するかを番号で選びます。"),
            self.output(view),
            action(Act::Back).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open if !self.is_choosing => {
                self.current().map_or_else(Reply::ignored, |line| self.open(line.kind, Some(line.id.clone())))
            }
            Act::New => {
                self.is_choosing = true;
                Reply::done()
            }
            Act::Back if self.is_choosing => {
                self.is_choosing = false;
                Reply::done()
            }
            Act::Back => Reply::go(crate::ui::screen::Go::Back),
            Act::Output => self.papers(view),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if !self.is_choosing {
            return if self.table.update(&Input::Key(key), &self.keys, self.page) {
                Reply::done()
            } else {
                Reply::ignored()
            };
        }
        let number = match key.code {
            Code::Char(c) if !key.ctrl => c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()),
            _ => None,
        };
        match number.and_then(|number| self.kinds().get(number.checked_sub(1)?)) {
            Some(kind) => {
                self.is_choosing = false;
                self.open(*kind, None)
            }
            None => Reply::ignored(),
        }
    }

    fn message(&self, _view: &View) -> String {
        match (&self.of, self.is_choosing) {
            (_, true) => "番号で選びます".to_owned(),
            (Of::Person(_), false) => "ここの記録は産業医だけのものです。会社には何も出ません".to_owned(),
            (Of::Site(_), false) => "受診率は、年末（今年はきょう）に在籍する人のうち、その年に受けた人です".to_owned(),
        }
    }

    fn settle(&mut self, view: &View) {
        let site = self.site(view);
        self.lines = match (&self.of, site) {
            (Of::Person(worker), Some(site)) => lines::of_person(&view.law, site, worker, view.today),
            (Of::Site(_), Some(site)) => lines::of_site(site),
            (_, None) => Vec::new(),
        };
        self.keys = self.lines.iter().map(|line| line.id.clone()).collect();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = usize::from(body.height.saturating_sub(2)).max(1);
    }
}
