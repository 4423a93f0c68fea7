//! 意見書: exactly the characters that would leave, and the count of what stays. Nothing leaves from here.
//!
//! Knows a preview, not how it was made: the host builds it from the whitelist, and what is confirmed is its text.

use ratatui::layout::{Position, Rect};

use super::common;
use crate::app::checkups::inquiries;
use crate::app::host::{CopyPreview, DocumentPreview, DocumentRequest};
use crate::app::interview::Step;
use crate::app::interview::stress;
use crate::app::{Effect, Event, View};
use crate::domain::Id;
use crate::domain::case::{Measure, MeasureKind};
use crate::domain::interview::{Fitness, Interview};
use crate::domain::opinion::{FormKind, Recipient, Release};
use crate::domain::worker::{AttributeKind, Worker};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::theme::Weight;

pub(super) mod flow;
pub(super) mod pane;
#[cfg(test)]
mod tests;

/// Rows of the question above a form with a field that stays by default.
const QUESTION: u16 = 2;
/// Rows that the last page keeps of the one before.
const OVERLAP: usize = 1;

/// The preview of an opinion.
pub struct Opinion {
    interview: Id,
    form: FormKind,
    /// Whether 診断区分 goes to the employer: no, unless it was said for this very document; nothing remembers it.
    releases: bool,
    preview: Option<DocumentPreview>,
    /// What the preview rests on, to see when the record has changed since.
    basis: Option<Basis>,
    has_failed: bool,
    recipient: usize,
    shows_hints: bool,
    top: usize,
    body: Rect,
}

/// The records behind an opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    interview: Interview,
    measures: Vec<Measure>,
    /// Whether the record after the stress check holds 医学的所見.
    has_findings: bool,
}

impl Basis {
    /// The records as they are now; none while the worker is hidden.
    pub fn now(view: &View, interview: &Id) -> Option<Self> {
        let site = common::site_of(view, interview)?;
        let interview = site.interviews.iter().find(|row| row.id == *interview)?.clone();
        let measures = site.measures.iter().filter(|row| row.case_id == interview.case_id).cloned().collect();
        let beside = site.stress_interviews.iter().find(|row| row.interview == interview.id);
        let has_findings = beside.is_some_and(|row| !row.findings.trim().is_empty());
        Some(Self { interview, measures, has_findings })
    }

    /// The worker.
    pub fn worker<'view>(&self, view: &'view View) -> Option<&'view Worker> {
        common::worker(view, &self.interview.worker)
    }

    /// The earliest review of the measures.
    pub fn review(&self) -> Option<crate::domain::Day> {
        let standing = self.measures.iter().filter(|measure| measure.lifted_on.is_none());
        standing.filter_map(|measure| measure.review_on.or(measure.until)).min()
    }

    /// Whether the employer is asked to do anything.
    pub fn asks_for_measures(&self) -> bool {
        self.measures.iter().any(|measure| measure.lifted_on.is_none())
    }

    /// Whether the line manager has anything to act on; 通常勤務 without a measure is not told there.
    pub fn concerns_workplace(&self) -> bool {
        let is_theirs = |measure: &Measure| measure.lifted_on.is_none() && measure.kind != MeasureKind::Environment;
        self.interview.fitness != Fitness::Normal || self.measures.iter().any(is_theirs)
    }

    fn is_dispatched(&self, view: &View) -> bool {
        common::site_of(view, &self.interview.id).is_some_and(|site| {
            let mut held = site.attributes_of(&self.interview.worker, self.interview.day);
            held.any(|attribute| attribute.kind == AttributeKind::Dispatched)
        })
    }
}

impl Opinion {
    /// The opinion of an interview, before the host has shown it.
    pub fn new(interview: Id) -> Self {
        Self {
            interview,
            form: FormKind::InterviewOpinion,
            releases: false,
            preview: None,
            basis: None,
            has_failed: false,
            recipient: 0,
            shows_hints: false,
            top: 0,
            body: Rect::new(0, 0, 80, 19),
        }
    }

    /// Asks the host for what would leave.
    fn ask(&mut self, view: &View) -> Reply {
        (self.preview, self.has_failed, self.top) = (None, false, 0);
        self.basis = Basis::now(view, &self.interview);
        if self.is_after_the_check(view) {
            self.form = FormKind::StressOpinion;
        }
        let request = self.request(view);
        request.map_or_else(Reply::done, |request| Reply::ask(Effect::Preview(Box::new(request))))
    }

    /// Every copy that the opinion can have.
    fn request(&self, view: &View) -> Option<DocumentRequest> {
        let (basis, site) = self.basis.as_ref().zip(self.interview.establishment())?;
        let recipients = Recipient::for_opinion(basis.is_dispatched(view)).to_vec();
        let request = DocumentRequest::new(site, self.form, Some(self.interview.clone()), recipients);
        Some(DocumentRequest { released: self.released(), ..request })
    }

    fn is_after_the_check(&self, view: &View) -> bool {
        let found = self.basis.as_ref().zip(common::site_of(view, &self.interview));
        found.is_some_and(|(basis, site)| stress::is_after_the_check(site, &basis.interview))
    }

    /// The confirmation above prepares fewer copies; those are not this page's, even where they come late.
    fn takes(&self, view: &View, preview: &DocumentPreview) -> bool {
        self.request(view).as_ref() == Some(&preview.request)
    }

    fn released(&self) -> Vec<Release> {
        self.releases.then_some(self.release()).into_iter().collect()
    }

    /// What the employer asked about the issued versions of this opinion, the newest question with its version.
    fn asked(&self, view: &View) -> Option<String> {
        let basis = self.basis.as_ref()?;
        let site = common::site_of(view, &self.interview)?;
        let asked = inquiries::of_case(site, &basis.interview.case_id);
        let newest = asked.last()?;
        let state = if newest.answered_on.is_some() { "回答済" } else { "回答待ち" };
        Some(format!("照会 {}件  {state}  {}  {}", asked.len(), inquiries::version(site, newest), newest.question))
    }

    /// The field that stays by default on this form.
    const fn release(&self) -> Release {
        if matches!(self.form, FormKind::StressOpinion) { Release::Findings } else { Release::Diagnosis }
    }

    /// Whether the form has such a field.
    const fn has_release(&self) -> bool {
        matches!(self.form, FormKind::InterviewOpinion2011 | FormKind::StressOpinion)
    }

    /// Why the field cannot be released; none where the form has it and the physician filled it in.
    fn no_release(&self) -> Option<&'static str> {
        if self.form == FormKind::StressOpinion {
            let is_empty = self.basis.as_ref().is_none_or(|basis| !basis.has_findings);
            return is_empty.then_some("医学的所見に関する特記事項は書かれていません");
        }
        if self.form != FormKind::InterviewOpinion2011 {
            return Some("診断区分の欄は2011年の様式例2-3にだけあります");
        }
        let judged = self.basis.as_ref().and_then(|basis| basis.interview.diagnosis);
        judged.is_none().then_some("この面接では診断区分を判定していません")
    }

    fn turn_release(&mut self, view: &View) -> Reply {
        self.releases = !self.releases;
        let says = if self.releases {
            format!("{}を会社の写しに載せます", self.release().label())
        } else {
            format!("{}は載せません", self.release().label())
        };
        Reply { says: Some(says), ..self.ask(view) }
    }

    /// The preview, unless the worker is hidden now.
    fn shown(&self, view: &View) -> Option<&DocumentPreview> {
        Basis::now(view, &self.interview).and(self.preview.as_ref())
    }

    fn copy<'preview>(&self, preview: &'preview DocumentPreview) -> Option<&'preview CopyPreview> {
        preview.copies.get(self.recipient)
    }

    /// Why nothing can go on to the 確認 yet.
    fn refusal(&self, view: &View) -> Option<String> {
        let Some(preview) = self.shown(view) else { return Some(self.without_preview(view)) };
        (!preview.missing.is_empty())
            .then(|| format!("未記入の欄があります: {}。e で直せます", preview.missing.join("、")))
    }

    fn without_preview(&self, view: &View) -> String {
        match (Basis::now(view, &self.interview), self.has_failed) {
            (None, _) => "この面接はいま見られません".to_owned(),
            (Some(_), true) => "出るものを用意できませんでした。Enter でもう一度用意します".to_owned(),
            (Some(_), false) => "出るものを用意しています".to_owned(),
        }
    }

    /// To the 確認; a record that changed meanwhile is shown anew first.
    fn confirm(&mut self, view: &View) -> Reply {
        if Basis::now(view, &self.interview) != self.basis {
            let says = Some("記録が変わったので、出るものを作り直しました。もう一度見てください".to_owned());
            return Reply { says, ..self.ask(view) };
        }
        match &self.preview {
            Some(preview) => Reply::to(Route::Confirm(Box::new(preview.clone()))),
            None => Reply::done(),
        }
    }

    /// Back to the judgment; completing it again makes the next version.
    fn edit(&self) -> Reply {
        let worker = self.basis.as_ref().map(|basis| basis.interview.worker.clone());
        worker.map_or_else(Reply::ignored, |worker| {
            Reply::go(Go::Instead(Route::Interview(worker, Step::Judgment.index(), 0)))
        })
    }

    /// 66条の10 has one form.
    fn one_form(&self) -> Option<&'static str> {
        (self.form == FormKind::StressOpinion).then_some("高ストレスの面接の様式は一つです")
    }

    fn other_form(&mut self, view: &View) -> Reply {
        self.form = match self.form {
            FormKind::InterviewOpinion2011 => FormKind::InterviewOpinion,
            _ => FormKind::InterviewOpinion2011,
        };
        self.releases = false;
        Reply { says: Some(format!("{} で見ています", form_name(self.form))), ..self.ask(view) }
    }

    fn turn_to(&mut self, recipient: usize) -> Reply {
        (self.recipient, self.top, self.shows_hints) = (recipient, 0, false);
        Reply::done()
    }

    fn scroll(&mut self, view: &View, rows: isize) -> Reply {
        let height = usize::from(self.below(self.body).height).saturating_sub(pane::HEAD);
        let last = self.rows(view).len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(rows).min(last);
        Reply::done()
    }

    fn page(&self) -> isize {
        let rows = usize::from(self.below(self.body).height).saturating_sub(pane::HEAD + OVERLAP);
        isize::try_from(rows.max(1)).unwrap_or(1)
    }

    /// The rows below the question, which not every form has.
    fn below(&self, body: Rect) -> Rect {
        let asks = if self.has_release() { QUESTION.min(body.height) } else { 0 };
        Rect { y: body.y + asks, height: body.height - asks, ..body }
    }

    fn rows(&self, view: &View) -> Vec<flow::Row> {
        let (left, _) = pane::split(self.body);
        let copy = self.shown(view).and_then(|preview| self.copy(preview));
        copy.map(|copy| flow::rows(&copy.lines, left.width)).unwrap_or_default()
    }
}

/// The word for a form.
pub const fn form_name(form: FormKind) -> &'static str {
    match form {
        FormKind::InterviewOpinion2011 => "2011年の様式例2-3",
        FormKind::StressOpinion => "高ストレスの様式",
        _ => "いまの様式",
    }
}

impl Screen for Opinion {
    fn route(&self) -> Route {
        Route::Opinion(self.interview.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(basis) = Basis::now(view, &self.interview) else {
            return Head { path: "意見書".to_owned(), ..Head::default() };
        };
        let name = basis.worker(view).map(|worker| worker.name.clone()).unwrap_or_default();
        let path = format!("{name} / 面接 {} / 意見書", dates::short(basis.interview.day, view.today));
        let Some(preview) = self.shown(view) else { return Head { path, ..Head::default() } };
        let context = format!("まだ何も出ていません   第{}版", preview.version);
        let tabs = (1..).zip(&preview.copies).map(|(number, copy)| (number, copy.recipient.label())).collect();
        let chosen = u8::try_from(self.recipient + 1).unwrap_or(1);
        Head { path, context, second: Second::Tabs(tabs, chosen) }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let Some((preview, copy)) = self.shown(view).and_then(|preview| Some((preview, self.copy(preview)?))) else {
            canvas.text(2, body.y, body.width, &format!("{}。", self.without_preview(view)), Weight::Plain);
            return None;
        };
        if self.shows_hints {
            pane::draw_hints(canvas, body, preview);
            return None;
        }
        if self.has_release() {
            pane::draw_release(canvas, body, self.release().label(), self.releases, self.no_release());
        }
        let (left, right) = pane::split(self.below(body));
        let title = format!("出るもの  {}へ  {}項目", copy.recipient.label(), copy.leaving);
        pane::draw_page(canvas, left, &title, &flow::rows(&copy.lines, left.width), self.top);
        pane::draw_staying(canvas, right, preview, copy);
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let hints = self.shown(view).is_some_and(|preview| !preview.hints.is_empty());
        let nothing = (!hints).then_some("文の点検で見つかった語はありません");
        let hidden = self.basis.is_none().then_some("この面接はいま見られません");
        let mut offers = vec![
            action(Act::Output).offer().labelled("署名と出力へ").refused(self.refusal(view)),
            action(Act::Edit).offer().labelled("直す").doing("面接の判定へ戻って直します。").refused(hidden),
            action(Act::PageDown).offer(),
            action(Act::PageUp).offer(),
            action(Act::NextField).offer().labelled("渡し先").doing("次の渡し先の写しを見ます。"),
            action(Act::Why)
                .offer()
                .labelled("なぜ")
                .doing("文の点検で見つかった語と理由を示します。")
                .refused(nothing),
            action(Act::OtherForm).offer().refused(hidden.or(self.one_form())),
        ];
        if self.has_release() {
            let release = action(Act::Mark).offer().labelled(self.release().label()).refused(self.no_release());
            offers.insert(1, release.doing("この欄を会社の写しに載せるかどうかを変えます。ここでは何も出ません。"));
        }
        if self.has_failed {
            offers.insert(0, action(Act::Open).offer().labelled("もう一度用意する").doing("出るものを作り直します。"));
        }
        offers
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Output => self.confirm(view),
            Act::Edit => self.edit(),
            Act::PageDown => self.scroll(view, self.page()),
            Act::PageUp => self.scroll(view, -self.page()),
            Act::NextField => {
                let count = self.preview.as_ref().map_or(1, |preview| preview.copies.len().max(1));
                self.turn_to((self.recipient + 1) % count)
            }
            Act::Why => {
                self.shows_hints = !self.shows_hints;
                Reply::done()
            }
            Act::OtherForm => self.other_form(view),
            Act::Mark => self.turn_release(view),
            Act::Open => self.ask(view),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        let count = self.preview.as_ref().map_or(0, |preview| preview.copies.len());
        match key.code {
            Code::Char(digit @ '1'..='9') if !key.ctrl => {
                let place = usize::from(u8::try_from(digit).unwrap_or(b'1') - b'1');
                if place < count { self.turn_to(place) } else { Reply::ignored() }
            }
            _ => common::scrolled(key).map_or_else(Reply::ignored, |rows| self.scroll(view, rows)),
        }
    }

    fn message(&self, view: &View) -> String {
        if let Some(refusal) = self.refusal(view) {
            return refusal;
        }
        if let Some(asked) = self.asked(view) {
            return asked;
        }
        let hints = self.shown(view).map_or(0, |preview| preview.hints.len());
        match hints {
            0 => "左の文がそのまま PDF の文になります。ほかの欄は出ません".to_owned(),
            count => format!("もう一度見たい語が {count}件あります。w で理由を見ます。出力は止めません"),
        }
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::Previewed(preview) if self.takes(view, preview) => {
                self.recipient = self.recipient.min(preview.copies.len().saturating_sub(1));
                self.preview = Some((**preview).clone());
                Reply::done()
            }
            Event::Failed(_) => {
                self.has_failed = self.preview.is_none();
                Reply::done()
            }
            Event::Issued(..) => super::confirm::issued(view, event, self.basis.as_ref()),
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
