//! 意見書: exactly the characters that leave, and the knowledge that the rest stays.

use ratatui::layout::{Position, Rect};

use super::common;
use crate::app::host::{CopyPreview, DocumentPreview, DocumentRequest};
use crate::app::{Effect, Event, View};
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::worker::AttributeKind;
use crate::domain::{Id, interview::Interview};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Columns of what leaves; what stays stands beside it.
const LEAVING: u16 = 52;
/// The step of the interview where the judgment is made.
const JUDGMENT: usize = 6;

/// The preview of an opinion.
pub struct Opinion {
    interview: Id,
    preview: Option<Box<DocumentPreview>>,
    chosen: usize,
    top: usize,
}

impl Opinion {
    /// The opinion on an interview.
    pub fn new(interview: Id) -> Self {
        Self { interview, preview: None, chosen: 0, top: 0 }
    }

    fn copy(&self) -> Option<&CopyPreview> {
        self.preview.as_ref().and_then(|preview| preview.copies.get(self.chosen))
    }

    fn choose(&mut self, index: usize) -> Reply {
        let count = self.preview.as_ref().map_or(0, |preview| preview.copies.len());
        if index >= count {
            return Reply::ignored();
        }
        (self.chosen, self.top) = (index, 0);
        Reply::done()
    }

    fn lines(&self, room: usize) -> Vec<String> {
        let lines = self.copy().map(|copy| copy.lines.as_slice()).unwrap_or_default();
        lines.iter().flat_map(|line| wrap(line, room)).collect()
    }

    fn refusal(&self) -> Option<String> {
        match &self.preview {
            None => Some("文面を用意しています".to_owned()),
            Some(preview) if !preview.missing.is_empty() => Some(format!("足りません: {}", preview.missing.join("、"))),
            Some(_) => None,
        }
    }
}

fn interview<'view>(view: &'view View, id: &Id) -> Option<&'view Interview> {
    common::site_of(view, id).and_then(|site| site.interviews.iter().find(|interview| &interview.id == id))
}

/// Who gets a copy: for a dispatched worker the 派遣元 stands in the employer's place.
fn recipients(view: &View, interview: &Interview) -> Vec<Recipient> {
    let site = common::site_of(view, &interview.id);
    let dispatched = site.is_some_and(|site| {
        site.attributes_of(&interview.worker, interview.day).any(|a| a.kind == AttributeKind::Dispatched)
    });
    let employer = if dispatched { Recipient::DispatchingEmployer } else { Recipient::Personnel };
    vec![employer, Recipient::LineManager, Recipient::Worker]
}

impl Screen for Opinion {
    fn route(&self) -> Route {
        Route::Opinion(self.interview.clone())
    }

    fn head(&self, view: &View) -> Head {
        let found = interview(view, &self.interview);
        let name = found.and_then(|i| common::worker(view, &i.worker)).map(|w| w.name.clone()).unwrap_or_default();
        let day = found.map(|i| i.day.format("%m-%d").to_string()).unwrap_or_default();
        let context = self.preview.as_ref().map(|p| format!("下書き  {} 第{}版", p.id, p.version)).unwrap_or_default();
        let tabs = self
            .preview
            .as_ref()
            .map(|p| p.copies.iter().zip(1_u8..).map(|(copy, n)| (n, copy.recipient.label())).collect());
        let chosen = u8::try_from(self.chosen + 1).unwrap_or(1);
        let second = tabs.map_or(Second::Empty, |tabs| Second::Tabs(tabs, chosen));
        Head { path: format!("{name} / 面接 {day} / 意見書"), context, second }
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let Some(preview) = &self.preview else {
            canvas.text(2, body.y, body.width, "文面を用意しています", Weight::Plain);
            return None;
        };
        let copy = self.copy()?;
        let wide = if body.width >= sheet::TWO_PANES { body.width - 42 } else { LEAVING };
        let title = format!("出るもの  {}へ 第{}版", copy.recipient.label(), preview.version);
        sheet::rule(canvas, 0, body.y, wide, &title);
        let room = usize::from(wide.saturating_sub(4));
        for (y, line) in (body.y + 1..body.bottom()).zip(self.lines(room).iter().skip(self.top)) {
            canvas.text(2, y, wide.saturating_sub(3), line, Weight::Plain);
        }
        draw_staying(canvas, Rect { x: wide + 2, width: body.width.saturating_sub(wide + 2), ..body }, preview, copy);
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        vec![
            action(Act::Output).offer().labelled("署名と出力へ").refused(self.refusal()),
            action(Act::Edit).offer().labelled("直す").doing("面接の判定へ戻ります。発行のあとは新しい版になります。"),
            action(Act::NextField).offer().labelled("渡し先"),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &self.preview) {
            (Act::Output, Some(preview)) => Reply::to(Route::Confirm(preview.clone())),
            (Act::Edit, _) => match interview(view, &self.interview) {
                Some(found) => Reply::go(Go::Instead(Route::Interview(found.worker.clone(), JUDGMENT, 0))),
                None => Reply::ignored(),
            },
            (Act::NextField, Some(preview)) => self.choose((self.chosen + 1) % preview.copies.len().max(1)),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        let last = self.lines(usize::from(LEAVING) - 4).len().saturating_sub(1);
        match key.code {
            Code::Char(c) if !key.ctrl && c.is_ascii_digit() => {
                let number = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()).unwrap_or(0);
                return number.checked_sub(1).map_or_else(Reply::ignored, |index| self.choose(index));
            }
            Code::Down | Code::Char('j') => self.top = (self.top + 1).min(last),
            Code::Up | Code::Char('k') => self.top = self.top.saturating_sub(1),
            Code::PageDown => self.top = (self.top + 15).min(last),
            Code::PageUp => self.top = self.top.saturating_sub(15),
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn message(&self, _view: &View) -> String {
        match self.refusal() {
            Some(reason) => reason,
            None => "「勤務の状況」は会社の情報です。ほかは産業医が書いた欄だけが出ます".to_owned(),
        }
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        let Event::Previewed(preview) = event else { return Reply::ignored() };
        self.preview = Some(preview.clone());
        Reply::done()
    }

    fn opened(&mut self, view: &View) -> Reply {
        let (Some(found), Some(site)) = (interview(view, &self.interview), self.interview.establishment()) else {
            return Reply::ignored();
        };
        let request = DocumentRequest {
            site,
            form: FormKind::InterviewOpinion,
            subject: Some(self.interview.clone()),
            recipients: recipients(view, found),
        };
        Reply::ask(Effect::Preview(Box::new(request)))
    }
}

fn draw_staying(canvas: &mut Canvas<'_>, area: Rect, preview: &DocumentPreview, copy: &CopyPreview) {
    let total: usize = copy.staying.iter().map(|(_, count)| count).sum();
    sheet::rule(canvas, area.x, area.y, area.width, &format!("残るもの {total}"));
    let mut y = area.y + 1;
    for (field, count) in copy.staying.iter().take(9) {
        canvas.text(area.x, y, area.width.saturating_sub(5), field, Weight::Dim);
        canvas.right(area.x, y, area.width.saturating_sub(2), &count.to_string(), Weight::Dim);
        y += 1;
    }
    y += 1;
    sheet::rule(canvas, area.x, y, area.width, "文の点検");
    if preview.hints.is_empty() {
        canvas.text(area.x, y + 1, area.width, "気になる語はありません", Weight::Plain);
    }
    for (row, hint) in preview.hints.iter().enumerate() {
        let text = format!("! {} 「{}」 {}", hint.field, hint.word, hint.reason);
        for (line, part) in wrap(&text, usize::from(area.width.saturating_sub(2))).iter().take(2).enumerate() {
            let at = y + 1 + columns(row * 2 + line);
            if at < area.bottom() {
                canvas.text(area.x, at, area.width, part, Weight::Plain);
            }
        }
    }
}
