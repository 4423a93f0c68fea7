//! 面接: one guided interview from 勤務 to 判定; look at the worker, not at the screen.
//!
//! Every change is a draft at once; leaving asks nothing and loses nothing. Nothing goes out from here.

mod checklist;
mod draw;
mod fields;
mod lists;
#[cfg(test)]
mod tests;
mod told;
mod who;

use ratatui::layout::{Position, Rect};

use self::checklist::Move;
use super::common::site_of;
use crate::app::interview::field::{self, FATIGUE_SHEET};
use crate::app::interview::{InterviewForm, Opening, Step};
use crate::app::{Effect, View};
use crate::domain::command::DraftField;
use crate::domain::{Day, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::form::{Form, FormEvent};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::{Route, Why};
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::theme::Look;

/// The interview of one worker.
pub struct Interview {
    worker: Id,
    step: Step,
    /// The field in focus, or the question of a list.
    place: usize,
    model: Option<InterviewForm>,
    form: Form,
    body: Rect,
    continued: Option<Day>,
}

/// Where a step is entered.
#[derive(Debug, Clone, Copy)]
enum Enter {
    First,
    Last,
    At(usize),
    Field(&'static str),
}

impl Interview {
    /// The interview at a step and a field; at the very start, where the physician stopped last.
    pub fn new(worker: Id, step: usize, place: usize) -> Self {
        let (step, body) = (Step::at(step), Rect::new(0, 3, 80, 19));
        Self { worker, step, place, model: None, form: Form::new(Vec::new()), body, continued: None }
    }

    fn load(&mut self, view: &View) {
        let Some(site) = site_of(view, &self.worker) else { return };
        let (law, owner) = (&*view.law, &view.caseload.owner);
        let opening = Opening { law, owner, site, today: view.today, clock: &view.clock };
        self.model = InterviewForm::open(opening, &self.worker);
        let left = self.model.as_ref().and_then(InterviewForm::left_at);
        if let Some((day, step, place)) = left.filter(|_| (self.step, self.place) == (Step::Work, 0)) {
            (self.step, self.place, self.continued) = (step, place, Some(day));
        }
        self.enter(view, self.step, Enter::At(self.place));
    }

    /// Enters a step; nothing is saved by that.
    fn enter(&mut self, view: &View, step: Step, at: Enter) {
        let Some(model) = &self.model else { return };
        self.step = step;
        self.form = fields::form(model, step, view.today);
        let list = checklist::list(&view.law, step);
        let names = model.fields(step);
        let last = list.map_or(names.len(), |(_, count)| count).saturating_sub(1);
        self.place = match at {
            Enter::First => list.and_then(|(name, count)| first_open(model, name, count)).unwrap_or(0),
            Enter::Last => last,
            Enter::At(place) => place.min(last),
            Enter::Field(name) => names.iter().position(|other| *other == name).unwrap_or(0),
        };
        if let Some(name) = names.get(self.place).filter(|_| list.is_none()) {
            self.form.focus_on(name);
        }
        self.show_information(view);
        self.form.resize(self.body, Look::default());
    }

    /// Goes to another step: the one that is left counts as passed when the way leads forward.
    fn walk(&mut self, view: &View, step: Step, at: Enter) -> Reply {
        let mut drafts = Vec::new();
        if let Some(model) = self.model.as_mut().filter(|_| step > self.step) {
            drafts.extend(model.pass(self.step));
        }
        self.enter(view, step, at);
        drafts.extend(self.kept_place(view));
        self.saved(drafts)
    }

    fn kept_place(&mut self, view: &View) -> Vec<DraftField> {
        let (step, place) = (self.step, self.place());
        let model = self.model.as_mut().filter(|model| model.is_started());
        model.map(|model| model.leave_at(view.today, step, place)).unwrap_or_default()
    }

    fn saved(&self, drafts: Vec<DraftField>) -> Reply {
        let Some(site) = self.worker.establishment() else { return Reply::done() };
        drafts.into_iter().fold(Reply::done(), |reply, draft| reply.and(Effect::SaveDraft(site.clone(), draft)))
    }

    fn next_step(&mut self, view: &View) -> Reply {
        match Step::ALL.get(self.step.index() + 1) {
            Some(step) => self.walk(view, *step, Enter::First),
            None => Reply::say("最後の欄です。Ctrl-X で意見書へ進みます"),
        }
    }

    fn previous_step(&mut self, view: &View, at: Enter) -> Reply {
        match self.step.index().checked_sub(1) {
            Some(index) => self.walk(view, Step::at(index), at),
            None => Reply::done(),
        }
    }

    /// The field in focus by its place, or the question of a list.
    fn place(&self) -> usize {
        let focused = self.form.focused().map(Field::id);
        match self.step {
            Step::Fatigue | Step::Depression => self.place,
            _ => self.form.fields().iter().position(|field| Some(field.id()) == focused).unwrap_or(0),
        }
    }

    fn form_input(&mut self, view: &View, input: &Input) -> Reply {
        let event = self.form.update(input);
        if event == FormEvent::Changed(field::DOCTOR) {
            self.pick_doctor(view);
        }
        let drafts = self.synchronised();
        match event {
            FormEvent::Changed(field::INFORMATION) => self.advance_information(view),
            FormEvent::Changed(name) => {
                let reply = self.saved(drafts);
                self.unfold(view, name);
                self.after_zero(view, name, reply)
            }
            FormEvent::Moved | FormEvent::Handled => self.saved(drafts),
            FormEvent::PastEnd => merged(self.saved(drafts), self.next_step(view)),
            FormEvent::BeforeStart => merged(self.saved(drafts), self.previous_step(view, Enter::Last)),
            FormEvent::Ignored => Reply::ignored(),
        }
    }

    /// Takes over what the fields hold; a field that a rule changed shows what it has become.
    fn synchronised(&mut self) -> Vec<DraftField> {
        let Some(model) = &mut self.model else { return Vec::new() };
        let mut drafts = Vec::new();
        for (name, value) in self.form.values() {
            if name != field::INFORMATION && model.value(name) != value {
                drafts.extend(model.set(name, &value));
                if model.value(name) != value
                    && let Some(field) = self.form.field_mut(name)
                {
                    field.set_value(model.value(name));
                }
            }
        }
        drafts
    }

    /// An answer may ask for more fields: they stand behind it, and the first of them comes next.
    fn unfold(&mut self, view: &View, changed: &str) {
        let Some(model) = &self.model else { return };
        let names = model.fields(self.step);
        if self.form.fields().iter().map(Field::id).eq(names.iter().copied()) {
            return;
        }
        let focused = self.form.focused().map_or("", Field::id);
        let has_moved = focused != changed;
        let place = names.iter().position(|name| *name == if has_moved { changed } else { focused }).unwrap_or(0);
        self.enter(view, self.step, Enter::At(place + usize::from(has_moved)));
    }

    /// 「なし」 needs no Tab: there is nothing more to choose.
    fn after_zero(&mut self, view: &View, name: &str, reply: Reply) -> Reply {
        let is_none = self.model.as_ref().is_some_and(|model| model.value(name) == "0");
        let stays = self.form.focused().is_some_and(|field| field.id() == name);
        if !is_none || !stays || !field::has_none(name) {
            return reply;
        }
        let next = self.form_input(view, &Input::Key(Key::plain(Code::Tab)));
        merged(reply, next)
    }

    fn list_key(&mut self, view: &View, key: Key) -> Reply {
        let Some((name, count)) = checklist::list(&view.law, self.step) else { return Reply::ignored() };
        let Some(model) = &self.model else { return Reply::ignored() };
        let answers = checklist::answers(model, name, count);
        match checklist::press(&view.law, self.step, &answers, self.place, key) {
            Move::Answer(at, answer) => {
                let reply = self.answer(name, answers, at, answer);
                merged(reply, self.go_on(view, name, count))
            }
            Move::Change(at, answer) => self.answer(name, answers, at, answer),
            other => self.moved(view, other),
        }
    }

    fn answer(&mut self, name: &str, mut answers: Vec<char>, at: usize, answer: char) -> Reply {
        if let Some(slot) = answers.get_mut(at) {
            *slot = answer;
        }
        let text: String = answers.into_iter().collect();
        let drafts = self.model.as_mut().map(|model| model.set(name, &text)).unwrap_or_default();
        self.saved(drafts)
    }

    fn go_on(&mut self, view: &View, name: &str, count: usize) -> Reply {
        let Some(model) = &self.model else { return Reply::done() };
        let answers = checklist::answers(model, name, count);
        let next = checklist::next(&view.law, self.step, model, &answers, self.place);
        self.moved(view, next)
    }

    fn moved(&mut self, view: &View, to: Move) -> Reply {
        match to {
            Move::To(place) => {
                self.place = place;
                Reply::done()
            }
            Move::PastEnd => self.next_step(view),
            Move::BeforeStart => self.previous_step(view, Enter::Last),
            Move::Refused(text) => Reply::say(text),
            Move::Answer(..) | Move::Change(..) | Move::Ignored => Reply::ignored(),
        }
    }

    /// The worker's own sheet, as one string of points.
    fn paste_sheet(&mut self, view: &View, text: &str) -> Reply {
        let table = &view.law.tables().fatigue;
        if let Err(error) = table.parse(text) {
            return Reply::say(error.to_string());
        }
        let points: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
        let drafts = self.model.as_mut().map(|model| model.set(FATIGUE_SHEET, &points)).unwrap_or_default();
        let reply = self.saved(drafts);
        self.enter(view, Step::Fatigue, Enter::First);
        Reply { says: Some("本人の用紙を読みました。F6 で次の段へ進みます".to_owned()), ..reply }
    }

    /// On 判定 to the opinion; elsewhere, or while something is missing, to where it is missing.
    fn towards_opinion(&mut self, view: &View) -> Reply {
        let drafts = self.model.as_mut().map(|model| model.pass(self.step)).unwrap_or_default();
        let reply = self.saved(drafts);
        let (Some(model), Some(site)) = (&self.model, site_of(view, &self.worker)) else { return reply };
        match model.complete(&view.law, site, view.today) {
            Err(incomplete) => {
                let says = Some(incomplete.sentence());
                let target = incomplete.first(model);
                let walked = target.map_or_else(Reply::done, |(step, name)| self.walk(view, step, Enter::Field(name)));
                merged(reply, Reply { says, ..walked })
            }
            Ok(_) if self.step != Step::Judgment => merged(reply, self.walk(view, Step::Judgment, Enter::First)),
            Ok((command, id)) => {
                let perform = Effect::Perform(site.id().clone(), Box::new(command));
                reply.and(perform).then(Go::Instead(Route::Opinion(id)))
            }
        }
    }
}

fn first_open(model: &InterviewForm, name: &str, count: usize) -> Option<usize> {
    checklist::first_open(&checklist::answers(model, name, count))
}

fn half_width(c: char) -> char {
    let digit = u32::from(c).wrapping_sub(u32::from('０'));
    char::from_digit(digit, 10).unwrap_or(c)
}

/// Both replies: what the first saves, and where the second goes.
fn merged(mut first: Reply, second: Reply) -> Reply {
    first.effects.extend(second.effects);
    Reply { is_handled: true, effects: first.effects, go: second.go.or(first.go), says: second.says.or(first.says) }
}

impl Screen for Interview {
    fn route(&self) -> Route {
        Route::Interview(self.worker.clone(), self.step.index(), self.place())
    }

    fn head(&self, view: &View) -> Head {
        let Some(model) = &self.model else { return Head::default() };
        let name = super::common::worker(view, &self.worker).map_or("", |worker| worker.name.as_str());
        let path = format!("{name} / 面接 {} {}", model.text(field::DAY), model.text(field::TIME));
        let kept = if model.is_started() { "   下書き 保存済み" } else { "" };
        let steps = Step::ALL.iter().map(|step| (step.label(), model.is_done(&view.law, *step))).collect();
        let context = format!("{}{kept}", model.mode().label());
        Head { path, context, second: Second::Steps(steps, self.step.index()) }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        draw::body(self, view, canvas, body)
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let is_last = self.step == Step::Judgment;
        let (label, effect) = if is_last {
            ("意見書を見る", "面接を完了し、意見書を開きます。法定の項目が足りないときは、その欄へ移ります。")
        } else {
            ("判定へ", "判定の段へ移ります。書いたものは残ります。")
        };
        let ends = |refused: bool, why: &'static str| refused.then_some(why);
        vec![
            action(Act::NextStep).offer().refused(ends(is_last, "最後の段です")),
            action(Act::Output)
                .offer()
                .labelled(label)
                .doing(effect)
                .seen_by("産業医だけが見ます。会社には何も出ません。"),
            action(Act::PreviousStep).offer().refused(ends(self.step == Step::Work, "最初の段です")),
            action(Act::Back).offer().labelled("中断"),
            action(Act::Why).offer(),
            // Undo would reach behind the interview: what is written here is no record yet.
            action(Act::Undo).offer().refused(Some("面接の途中です。欄をそのまま直せます")),
            action(Act::Redo).offer().refused(Some("面接の途中です。欄をそのまま直せます")),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::NextStep => self.next_step(view),
            Act::PreviousStep => self.previous_step(view, Enter::First),
            Act::Output => self.towards_opinion(view),
            Act::Why => Reply::to(Route::Why(Box::new(Why::Worker(self.worker.clone())))),
            Act::Back => {
                let drafts = self.kept_place(view);
                self.saved(drafts).then(Go::Back)
            }
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        match self.step {
            Step::Fatigue | Step::Depression => self.list_key(view, key),
            _ => self.form_input(view, &Input::Key(key)),
        }
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        match self.step {
            Step::Fatigue => self.paste_sheet(view, text),
            _ if self.is_typing() => self.form_input(view, &Input::Paste(text.to_owned())),
            _ => Reply::ignored(),
        }
    }

    fn is_typing(&self) -> bool {
        !matches!(self.step, Step::Fatigue | Step::Depression) && self.form.is_in_text()
    }

    fn message(&self, view: &View) -> String {
        let continued = self.continued.filter(|day| *day != view.today);
        let before = continued.map(|day| format!("{} の続きです。", day.format("%m-%d"))).unwrap_or_default();
        format!("{before}{}", draw::message(self, view))
    }

    fn settle(&mut self, view: &View) {
        if self.model.is_none() {
            self.load(view);
        }
        self.show_information(view);
    }

    fn resized(&mut self, body: Rect) {
        self.body = draw::form_area(body);
        self.form.resize(self.body, Look::default());
    }
}
