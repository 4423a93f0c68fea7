//! 事業場: the whole hour on one page. Whom I see, what expires, what was open, what was promised.

mod ending;
mod groups;
#[cfg(test)]
mod tests;

use ratatui::layout::{Position, Rect};

use self::ending::EndingForm;
use self::groups::{Entry, Group, RowKey};
use super::lines::{self, Line};
use super::{clear_files, common};
use crate::app::host::DocumentRequest;
use crate::app::replies::Reply as Answer;
use crate::app::visits::{self, Today, VisitError};
use crate::app::worklist::Item;
use crate::app::{Effect, Event, Site, View};
use crate::domain::EstablishmentId;
use crate::domain::command::Command;
use crate::domain::opinion::FormKind;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::{Aside, Route, Why};
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::Weight;

/// Rows above the groups: the line about the establishment, and an empty one.
const ABOVE: u16 = 2;

/// The brief of one visit.
pub struct SiteScreen {
    site: EstablishmentId,
    entries: Vec<Entry>,
    lines: Vec<Line<RowKey>>,
    keys: Vec<RowKey>,
    state: TableState<RowKey>,
    unfolded: Option<Group>,
    ending: Option<EndingForm>,
    height: u16,
}

impl SiteScreen {
    /// The brief, with the cursor on the first row: the next interview.
    pub fn new(site: EstablishmentId) -> Self {
        Self {
            site,
            entries: Vec::new(),
            lines: Vec::new(),
            keys: Vec::new(),
            state: TableState::default(),
            unfolded: None,
            ending: None,
            height: 19,
        }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site(&self.site).map(|site| &**site)
    }

    fn layout(&mut self) {
        let room = usize::from(self.height.saturating_sub(ABOVE));
        self.lines = groups::lines(&self.entries, self.unfolded, room);
        self.keys = lines::keys(&self.lines);
        self.state.settle(&self.keys);
    }

    fn entry(&self) -> Option<&Entry> {
        let key = self.state.selected()?;
        self.entries.iter().find(|entry| entry.key.as_ref() == Some(key))
    }

    fn item<'view>(&self, view: &'view View) -> Option<&'view Item> {
        common::item(view, &self.site, self.entry()?.item.as_deref()?)
    }

    fn open(&mut self, view: &View) -> Reply {
        if let Some(group) = self.state.selected().and_then(groups::folded) {
            self.unfolded = Some(group);
            self.layout();
            return Reply::done();
        }
        match (self.item(view), self.entry().and_then(|entry| entry.route.clone())) {
            (_, Some(route)) => Reply::to(route),
            (Some(item), None) => Reply::to(common::item_target(item)),
            (None, None) => Reply::ignored(),
        }
    }

    fn perform(&self, made: Result<Command, VisitError>) -> Reply {
        match made {
            Ok(command) => Reply::ask(Effect::Perform(self.site.clone(), Box::new(command))),
            Err(error) => Reply::say(error.to_string()),
        }
    }

    /// Begins the visit, or asks what was done and promised.
    fn visit(&mut self, view: &View) -> Reply {
        let Some(site) = self.site(view) else { return Reply::ignored() };
        if matches!(visits::today(site, view.today), Today::Running(_)) {
            self.ending = Some(EndingForm::new(site, view.today));
            return Reply::done();
        }
        let reply = self.perform(visits::start(site, view.today, &view.clock));
        if reply.says.is_some() {
            reply
        } else {
            Reply { says: Some(format!("{} に訪問を始めました。v で閉じます", view.clock)), ..reply }
        }
    }

    fn end(&mut self, view: &View) -> Reply {
        let (Some(site), Some(form)) = (self.site(view), &mut self.ending) else { return Reply::ignored() };
        if let Some(problem) = form.problem() {
            return Reply::say(problem);
        }
        let made = visits::close(site, view.today, &view.clock, &form.typed());
        let reply = self.perform(made);
        if reply.says.is_some() {
            return reply;
        }
        self.ending = None;
        match clear_files::of(view, Some(&self.site)).len() {
            0 => reply,
            _ => reply.then(Go::To(Route::ClearFiles(Some(self.site.clone())))),
        }
    }

    fn keep(&self, view: &View) -> Reply {
        let promise = self.entry().and_then(|entry| entry.promise.as_ref());
        match self.site(view).zip(promise) {
            Some((site, promise)) => self.perform(visits::keep(site, promise, view.today)),
            None => Reply::ignored(),
        }
    }

    fn answers(&self, view: &View) -> (Option<Answer>, Option<Answer>) {
        self.item(view).map_or((None, None), |item| Answer::of(item.task))
    }

    fn output(&self) -> Reply {
        let request = DocumentRequest::own(self.site.clone(), FormKind::VisitBrief, None);
        Reply::ask(Effect::Preview(Box::new(request)))
    }

    fn type_ending(&mut self, view: &View, input: &Input) -> Reply {
        let Some(form) = &mut self.ending else { return Reply::ignored() };
        match form.update(input, &self.site) {
            Some(reply) => reply,
            None => self.end(view),
        }
    }
}

impl Screen for SiteScreen {
    fn route(&self) -> Route {
        Route::Site(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = self.site(view) else { return Head::default() };
        let hours = match visits::today(site, view.today) {
            Today::None => dates::full(view.today),
            Today::Planned(visit) => {
                format!("{} {}-{}", dates::planned(visit.day, view.today), visit.starts, visit.ends)
            }
            Today::Running(visit) => format!("訪問中  {} から", visit.starts),
            Today::Closed(visit) => format!("訪問済  {}-{}", visit.starts, visit.ends),
        };
        let path = format!("今日 / {}", site.establishment.name);
        Head { path, context: hours, second: Second::Tabs(common::SITE_TABS.to_vec(), 1) }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (left, right) = sheet::panes(body);
        let site = self.site(view)?;
        if let Some(form) = &self.ending {
            return form.draw(canvas, left);
        }
        canvas.text(2, left.y, left.width, &groups::about(view, site), Weight::Plain);
        let below = Rect { y: left.y + ABOVE, height: left.height.saturating_sub(ABOVE), ..left };
        lines::draw(canvas, below, &self.lines, &self.state);
        if let (Some(pane), Some(item)) = (right, self.item(view)) {
            super::why::draw_reasons(view, canvas, pane, item);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        if self.ending.is_some() {
            let end = action(Act::NextStep)
                .offer()
                .labelled("訪問を閉じる")
                .doing("したことと約束を記録し、訪問を閉じます。");
            return vec![end, action(Act::NextField).offer(), action(Act::Back).offer()];
        }
        let state = self.site(view).map(|site| visits::today(site, view.today));
        let visit = if matches!(state, Some(Today::Running(_))) { "訪問を閉じる" } else { "訪問を始める" };
        let no_visit = matches!(state, Some(Today::Closed(_))).then_some("本日の訪問は閉じています");
        let no_item = self.item(view).is_none().then_some("期限の行で使えます");
        let no_row = self.state.is_empty().then_some("行がありません");
        let (first, other) = self.answers(view);
        let nothing = self.item(view).is_none() && self.entry().is_none_or(|entry| entry.promise.is_none());
        let done = common::settle_offer(self.item(view));
        let done = if self.item(view).is_none() { done.labelled("約束を果たした") } else { done };
        let done = done.refused(nothing.then_some("期限と約束の行で使えます"));
        let new = action(Act::New).offer().refused(other.is_none().then_some("労働時間の未着の行で使えます"));
        let new =
            new.labelled(other.unwrap_or(Answer::Names).label()).doing("受け取ったことを記録します。取り消せます。");
        let visit = action(Act::Visit).offer().labelled(visit).refused(no_visit);
        let [second, third, fourth] = if first.is_some() { [done, new, visit] } else { [visit, done, new] };
        vec![
            action(Act::Open).offer().refused(no_row),
            second,
            third,
            fourth,
            action(Act::Why).offer().refused(no_item),
            action(Act::Output)
                .offer()
                .labelled("出力")
                .doing("訪問の要点を紙にする確認を開きます。ここでは何も出ません。"),
            action(Act::Import).offer(),
            common::plan_offer(self.item(view)).refused(no_item),
            action(Act::Later).offer().refused(no_item),
            action(Act::Edit).offer().labelled("設定").doing("事業場の設定を直します。"),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Back if self.ending.take().is_some() => Reply::done(),
            Act::Back => Reply::go(Go::Back),
            Act::NextStep => self.end(view),
            Act::NextField => self.type_ending(view, &Input::Key(Key::plain(Code::Tab))),
            Act::Open => self.open(view),
            Act::Visit => self.visit(view),
            Act::Done => match self.item(view) {
                Some(item) => common::settle(view, item),
                None => self.keep(view),
            },
            Act::New => self
                .item(view)
                .zip(self.answers(view).1)
                .map_or_else(Reply::ignored, |(item, answer)| common::came(view, item, answer)),
            Act::Why => self.item(view).map_or_else(Reply::ignored, |item| {
                Reply::to(Route::Why(Box::new(Why::Item(self.site.clone(), item.key.clone()))))
            }),
            Act::Later => {
                self.item(view).map_or_else(Reply::ignored, |item| Reply::to(common::aside(item, Aside::Later)))
            }
            Act::Plan => self.item(view).map_or_else(Reply::ignored, |item| common::schedule(view, item)),
            Act::Output => self.output(),
            Act::Import => Reply::to(Route::Import(self.site.clone())),
            Act::Edit => Reply::to(Route::SiteForm(Some(self.site.clone()))),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        let input = Input::Key(key);
        if self.ending.is_some() {
            return self.type_ending(view, &input);
        }
        if self.state.update(&input, &self.keys, usize::from(self.height)) {
            return Reply::done();
        }
        // The walk and the settings lie on top of the brief: Esc comes back to it.
        match key.code {
            Code::Char('5') => Reply::to(Route::Patrol(self.site.clone(), 0)),
            Code::Char('8') => Reply::to(Route::SiteForm(Some(self.site.clone()))),
            _ => common::tab(&self.site, key, 1),
        }
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        self.type_ending(view, &Input::Paste(text.to_owned()))
    }

    fn is_typing(&self) -> bool {
        self.ending.as_ref().is_some_and(EndingForm::is_typing)
    }

    fn message(&self, view: &View) -> String {
        if self.ending.is_some() {
            return "どの欄も空けておけます。F6 で訪問を閉じます".to_owned();
        }
        match (self.item(view), self.entry().map(|entry| entry.note.as_str())) {
            (Some(item), None | Some("")) => super::why::one_line(view, item),
            (_, note) => note.unwrap_or_default().to_owned(),
        }
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::Previewed(preview)
                if preview.request.site == self.site && preview.request.form == FormKind::VisitBrief =>
            {
                Reply::to(Route::Confirm(preview.clone()))
            }
            _ => Reply::ignored(),
        }
    }

    fn settle(&mut self, view: &View) {
        self.entries = groups::entries(view, &self.site);
        self.layout();
    }

    fn resized(&mut self, body: Rect) {
        if let Some(form) = &mut self.ending {
            form.resize(body);
        }
        if self.height != body.height {
            self.height = body.height;
            self.layout();
        }
    }
}
