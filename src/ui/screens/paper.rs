//! A document other than an opinion as it would be written: the report of a patrol, the record of one worker.
//!
//! Knows a preview, not how it was made; nothing leaves from here.

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;

use ratatui::layout::{Position, Rect};

use super::common;
use super::opinion::{flow, pane};
use crate::app::host::{CopyPreview, DocumentPreview, DocumentRequest};
use crate::app::{Effect, Event, View};
use crate::domain::opinion::FormKind;
use crate::domain::patrol::{Finding, Patrol, PlaceMark};
use crate::domain::worker::Worker;
use crate::domain::{Id, Prefix};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::Key;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::theme::Weight;

/// Rows that the last page keeps of the one before.
const OVERLAP: usize = 1;

/// The preview of a document.
pub struct Paper {
    request: DocumentRequest,
    preview: Option<DocumentPreview>,
    /// What the preview of a report rests on, to see when the record has changed since.
    walked: Option<Walked>,
    /// How many people could be seen when a list of them was asked for, and the newest operation then.
    people: usize,
    operation: Option<i64>,
    has_failed: bool,
    shows_hints: bool,
    top: usize,
    body: Rect,
}

/// The records behind the report of a patrol, without what stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walked {
    patrol: Patrol,
    marks: Vec<PlaceMark>,
    findings: Vec<Finding>,
}

impl Walked {
    /// The records as they are now; none where `subject` is no patrol.
    ///
    /// Remarks are left out: they are no part of the report, and a shared screen does not know them.
    pub fn now(view: &View, subject: &Id) -> Option<Self> {
        let site = common::site_of(view, subject)?;
        let patrol = site.patrols.iter().find(|patrol| patrol.id == *subject)?.clone();
        let open = |finding: &Finding| Finding { private_remark: String::new(), ..finding.clone() };
        Some(Self {
            marks: site.marks.iter().filter(|mark| mark.patrol == patrol.id).cloned().collect(),
            findings: site.findings.iter().map(open).collect(),
            patrol: Patrol { private_remark: String::new(), ..patrol },
        })
    }
}

impl Paper {
    /// The document that is asked for, before the host has shown it.
    pub fn new(request: DocumentRequest) -> Self {
        let body = Rect::new(0, 0, 80, 19);
        Self {
            request,
            preview: None,
            walked: None,
            people: 0,
            operation: None,
            has_failed: false,
            shows_hints: false,
            top: 0,
            body,
        }
    }

    fn ask(&mut self, view: &View) -> Reply {
        (self.preview, self.has_failed, self.top) = (None, false, 0);
        self.walked = self.now(view);
        (self.people, self.operation) = (self.visible(view), self.newest(view));
        Reply::ask(Effect::Preview(Box::new(self.request.clone())))
    }

    fn now(&self, view: &View) -> Option<Walked> {
        self.request.subject.as_ref().and_then(|subject| Walked::now(view, subject))
    }

    fn visible(&self, view: &View) -> usize {
        view.caseload.site(&self.request.site).map_or(0, |site| site.workers.len())
    }

    fn newest(&self, view: &View) -> Option<i64> {
        let form = self.request.form;
        let is_listed = form.is_about_checkups() || matches!(form, FormKind::StressCommittee | FormKind::OpinionAnswer);
        let site = view.caseload.site(&self.request.site).filter(|_| is_listed)?;
        site.history.first().map(|operation| operation.number)
    }

    /// Whether it is about somebody who may not be seen now.
    fn is_hidden(&self, view: &View) -> bool {
        if self.request.form.is_list_of_people() && (self.visible(view) == 0 || self.visible(view) < self.people) {
            return true;
        }
        if self.request.form == FormKind::OpinionAnswer {
            return asked(view, &self.request).is_none();
        }
        let worker = self.request.subject.as_ref().filter(|id| id.numbered().is_some_and(|(p, _)| p == Prefix::Worker));
        worker.is_some_and(|worker| common::worker(view, worker).is_none())
    }

    fn shown(&self, view: &View) -> Option<&DocumentPreview> {
        self.preview.as_ref().filter(|_| !self.is_hidden(view))
    }

    fn copy(&self, view: &View) -> Option<(&DocumentPreview, &CopyPreview)> {
        self.shown(view).and_then(|preview| Some((preview, preview.copies.first()?)))
    }

    /// Why nothing can go on to the 確認 yet.
    fn refusal(&self, view: &View) -> Option<String> {
        let Some(preview) = self.shown(view) else { return Some(self.without_preview(view).to_owned()) };
        (!preview.missing.is_empty()).then(|| format!("未記入の欄があります: {}", preview.missing.join("、")))
    }

    fn without_preview(&self, view: &View) -> &'static str {
        match (self.is_hidden(view), self.has_failed) {
            (true, _) => "この人の記録はいま見られません",
            (false, true) => "書面を用意できませんでした。Enter でもう一度用意します",
            (false, false) => "書面を用意しています",
        }
    }

    /// To the 確認; a record that changed meanwhile is shown anew first.
    fn confirm(&mut self, view: &View) -> Reply {
        if self.now(view) != self.walked || self.newest(view) != self.operation {
            let says = Some("記録が変わったので、書面を作り直しました。もう一度見てください".to_owned());
            return Reply { says, ..self.ask(view) };
        }
        match &self.preview {
            Some(preview) => Reply::to(Route::Confirm(Box::new(preview.clone()))),
            None => Reply::done(),
        }
    }

    fn scroll(&mut self, view: &View, rows: isize) -> Reply {
        let height = usize::from(self.body.height).saturating_sub(pane::HEAD);
        let (left, _) = pane::split(self.body);
        let count = self.copy(view).map_or(0, |(_, copy)| flow::rows(&copy.lines, left.width).len());
        self.top = self.top.saturating_add_signed(rows).min(count.saturating_sub(height));
        Reply::done()
    }

    fn page(&self) -> isize {
        let rows = usize::from(self.body.height).saturating_sub(pane::HEAD + OVERLAP);
        isize::try_from(rows.max(1)).unwrap_or(1)
    }

    fn title(&self, copy: &CopyPreview) -> String {
        match self.request.form.is_own_paper() {
            true => format!("載るもの  {}項目", copy.leaving),
            false => format!("出るもの  {}へ  {}項目", copy.recipient.label(), copy.leaving),
        }
    }
}

/// Whose document it is: the worker's, if it is about one who may be seen, else the establishment's.
pub fn whose<'view>(view: &'view View, request: &DocumentRequest) -> &'view str {
    let worker = request.subject.as_ref().and_then(|id| common::worker(view, id)).or_else(|| asked(view, request));
    let site = || view.caseload.site(&request.site).map_or("", |site| &site.establishment.name);
    worker.map_or_else(site, |worker| &worker.name)
}

/// About whom the inquiry is that is answered, if they may be seen.
fn asked<'view>(view: &'view View, request: &DocumentRequest) -> Option<&'view Worker> {
    let site = view.caseload.site(&request.site)?;
    let inquiry = site.opinion_inquiries.iter().find(|row| Some(&row.id) == request.subject.as_ref())?;
    common::worker(view, &inquiry.worker)
}

/// Where the physician stands after a report left or a paper was written: where it was asked for.
pub fn written(form: FormKind, id: Option<&Id>, count: usize) -> Reply {
    let done = match id {
        Some(id) => format!("{id} を発行しました"),
        None => format!("{}を書き出しました", form.label()),
    };
    let what = if form == FormKind::StressGroups { "PDF と XLSX、" } else { "PDF " };
    let says = Some(format!("{done}。{what}{count}つは平文です。金庫の画面に並びます"));
    Reply { says, ..Reply::go(Go::Left) }
}

impl Screen for Paper {
    fn route(&self) -> Route {
        Route::Paper(Box::new(self.request.clone()))
    }

    fn head(&self, view: &View) -> Head {
        let path = format!("{} / {}", whose(view, &self.request), self.request.form.label());
        let context = match self.shown(view) {
            Some(preview) if preview.id.is_some() => format!("まだ何も出ていません   第{}版", preview.version),
            _ => "まだ何も出ていません".to_owned(),
        };
        Head { path, context, second: Second::Empty }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let Some((preview, copy)) = self.copy(view) else {
            canvas.text(2, body.y, body.width, &format!("{}。", self.without_preview(view)), Weight::Plain);
            return None;
        };
        if self.shows_hints {
            pane::draw_hints(canvas, body, preview);
            return None;
        }
        let (left, right) = pane::split(body);
        pane::draw_page(canvas, left, &self.title(copy), &flow::rows(&copy.lines, left.width), self.top);
        match self.request.form.is_own_paper() {
            true => pane::draw_readers(canvas, right, copy),
            false => pane::draw_staying(canvas, right, preview, copy),
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let output = if self.request.form.is_own_paper() { "書き出しへ" } else { "署名と出力へ" };
        let hints = self.shown(view).is_some_and(|preview| !preview.hints.is_empty());
        let nothing = (!hints).then_some("文の点検で見つかった語はありません");
        let why = action(Act::Why).offer().labelled("なぜ").doing("文の点検で見つかった語と理由を示します。");
        let mut offers = vec![
            action(Act::Output).offer().labelled(output).refused(self.refusal(view)),
            action(Act::PageDown).offer(),
            action(Act::PageUp).offer(),
            why.refused(nothing),
        ];
        if self.has_failed {
            offers.insert(0, action(Act::Open).offer().labelled("もう一度用意する").doing("書面を作り直します。"));
        }
        offers
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Output => self.confirm(view),
            Act::PageDown => self.scroll(view, self.page()),
            Act::PageUp => self.scroll(view, -self.page()),
            Act::Why => {
                self.shows_hints = !self.shows_hints;
                Reply::done()
            }
            Act::Open => self.ask(view),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        common::scrolled(key).map_or_else(Reply::ignored, |rows| self.scroll(view, rows))
    }

    fn message(&self, view: &View) -> String {
        if let Some(refusal) = self.refusal(view) {
            return refusal;
        }
        match self.shown(view).map_or(0, |preview| preview.hints.len()) {
            0 => "左の文がそのまま PDF の文になります".to_owned(),
            count => format!("もう一度見たい語が {count}件あります。w で理由を見ます。出力は止めません"),
        }
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::Previewed(preview) if preview.request == self.request => {
                self.preview = Some((**preview).clone());
                Reply::done()
            }
            Event::Failed(_) => {
                self.has_failed = self.preview.is_none();
                Reply::done()
            }
            Event::Issued(id, files) => written(self.request.form, id.as_ref(), files.len()),
            _ => Reply::ignored(),
        }
    }

    fn opened(&mut self, view: &View) -> Reply {
        self.ask(view)
    }

    fn resized(&mut self, body: Rect) {
        self.body = body;
    }
}
