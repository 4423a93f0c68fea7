//! 申出: the worker asks for the interview; its withdrawal, and the notices that go before it.
//!
//! Knows the fields and their words. What may be recorded is `app::requests`' to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, typed_into};
use crate::app::requests::{self, NoticeEntry, RequestEntry, RequestFault};
use crate::app::{Effect, Site, View};
use crate::domain::case::{NoticeKind, RequestBy};
use crate::domain::command::Command;
use crate::domain::{Day, Id, Period};
use crate::law::rules;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// How many closed periods can be chosen.
pub(super) const PERIODS: usize = 6;

/// Rows below the form that say who pays.
const COST_ROWS: u16 = 2;

/// What stands in the last row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Button {
    Save,
    Withdraw,
    Notice(NoticeKind),
    Urge,
    Drop,
}

/// The form of a request.
pub struct RequestScreen {
    worker: Id,
    periods: Vec<Period>,
    entry: Option<Entry<Button>>,
}

impl RequestScreen {
    /// The form for this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, periods: Vec::new(), entry: None }
    }

    fn build(&mut self, view: &View) {
        let Some(site) = common::site_of(view, &self.worker).filter(|site| site.worker(&self.worker).is_some()) else {
            return;
        };
        self.periods = requests::closed_periods(site, view.today, PERIODS);
        let draft = format!("request/{}", self.worker);
        self.entry = Some(Entry::new(site, draft, form(view.today, &self.periods), "by"));
    }

    fn press(&mut self, view: &View, button: Button) -> Reply {
        match button {
            Button::Save => self.save(view),
            Button::Withdraw => self.withdraw(view),
            Button::Notice(kind) => self.notice(view, kind),
            Button::Urge => Reply::to(Route::Urging(self.worker.clone())),
            Button::Drop => self.entry.as_mut().map_or_else(Reply::ignored, |entry| Reply::ask(entry.reset())),
        }
    }

    fn save(&mut self, view: &View) -> Reply {
        let Some((draft, typed)) = self.readable() else { return Reply::done() };
        let Some(site) = common::site_of(view, &self.worker) else { return Reply::ignored() };
        let says = format!("{} の申出を受け付けました。Ctrl-Z で取り消せます", typed.day);
        match requests::receive(site, &self.worker, &typed, view.today) {
            Ok(command) => perform(site, command.ending(draft), says),
            Err(fault) => self.refuse(fault),
        }
    }

    fn withdraw(&mut self, view: &View) -> Reply {
        let Some((_, RequestEntry { day, .. })) = self.readable() else { return Reply::done() };
        let Some(site) = common::site_of(view, &self.worker) else { return Reply::ignored() };
        let Some(request) = requests::standing(site, &self.worker) else { return Reply::ignored() };
        match requests::withdraw(site, &request.id, day, view.today) {
            Ok(command) => perform(site, command, format!("{day} に申出の取下げを記録しました。Ctrl-Z で戻せます")),
            Err(fault) => self.refuse(fault),
        }
    }

    fn notice(&mut self, view: &View, kind: NoticeKind) -> Reply {
        let Some((_, typed)) = self.readable() else { return Reply::done() };
        let Some(site) = common::site_of(view, &self.worker) else { return Reply::ignored() };
        let notice = NoticeEntry { kind, day: typed.day, period: typed.period, content: String::new() };
        let says = format!("{} を {} に記録しました。Ctrl-Z で取り消せます", kind.label(), typed.day);
        match requests::notice(site, Some(&self.worker), &notice, view.today) {
            Ok(command) => perform(site, command, says),
            Err(fault) => self.refuse(fault),
        }
    }

    /// The request that stands, which a paper can be attached to.
    fn standing(&self, view: &View) -> Option<Id> {
        common::site_of(view, &self.worker).and_then(|s| requests::standing(s, &self.worker)).map(|row| row.id.clone())
    }

    /// The name of the draft and what was typed; none when something cannot be read, then the
    /// cursor stands there.
    fn readable(&mut self) -> Option<(String, RequestEntry)> {
        let entry = self.entry.as_mut()?;
        if entry.form().text("day").is_empty() {
            entry.refuse("day", "日付を書いてください。2026-11-20、11-20、-3d のように書けます。".to_owned());
            return None;
        }
        if entry.refuse_unreadable() {
            return None;
        }
        Some((entry.draft().to_owned(), typed(entry.form(), &self.periods)?))
    }

    fn refuse(&mut self, fault: RequestFault) -> Reply {
        if let Some(entry) = &mut self.entry {
            entry.refuse(field_of(fault), fault.to_string());
        }
        Reply::say(common::NOTHING_WRITTEN)
    }
}

/// Who pays, as the law of the day says: the worker asks, and so does the employer.
fn draw_cost(view: &View, canvas: &mut Canvas<'_>, body: Rect) {
    let Some(rule) = rules::find("IV-COST") else { return };
    let said = ["fee", "wage"].into_iter().filter_map(|about| {
        let outcome = view.law.assess(rule, view.today, &serde_json::json!({ "about": about })).ok()?;
        outcome.reasons.into_iter().next().map(|reason| reason.text)
    });
    let text: String = said.collect();
    let room = usize::from(body.width.min(80).saturating_sub(4));
    for (y, line) in (body.bottom().saturating_sub(COST_ROWS)..body.bottom()).zip(wrap(&text, room)) {
        canvas.text(2, y, body.width, &line, Weight::Dim);
    }
}

fn perform(site: &Site, command: Command, says: String) -> Reply {
    let effect = Effect::Perform(site.id().clone(), Box::new(command));
    Reply { says: Some(says), ..Reply::ask(effect) }.then(Go::Back)
}

fn form(today: Day, periods: &[Period]) -> Form {
    let mut fields = fields(today, periods);
    if let Some(day) = fields.first_mut() {
        day.set_value(&today.to_string());
    }
    Form::new(fields)
}

/// The fields of a request, without a day: the hand entry has them too.
pub(super) fn fields(today: Day, periods: &[Period]) -> Vec<Field> {
    let mut months = vec![(0, "期間を定めない".into())];
    months.extend((1_u8..).zip(periods).map(|(number, period)| (number, month_word(*period).into())));
    let newest = if periods.is_empty() { "0" } else { "1" };
    vec![
        Field::date("day", "申出日", today, Direction::Back),
        Field::choice("period", "どの期間", months).with(newest),
        Field::choice("by", "受け方", ways()).with("1"),
        Field::text("place", "日時・場所"),
        Field::text("wishes", "配慮の希望"),
        Field::text("doctor", "希望の医師"),
        Field::hours("own", "本人の残業"),
    ]
}

/// The names of [`fields`].
pub(super) const FIELDS: [&str; 7] = ["day", "period", "by", "place", "wishes", "doctor", "own"];

/// The field that a fault is about.
pub(super) const fn field_of(fault: RequestFault) -> &'static str {
    match fault {
        RequestFault::NoPeriod | RequestFault::OwnWithoutPeriod => "period",
        RequestFault::OwnTooLong => "own",
        _ => "day",
    }
}

fn ways() -> Vec<(u8, std::borrow::Cow<'static, str>)> {
    (1_u8..).zip(RequestBy::ALL).map(|(number, way)| (number, way.label().into())).collect()
}

/// `10月分`
pub(super) fn month_word(period: Period) -> String {
    period.end.format("%-m月分").to_string()
}

/// What stands in the form; none while the day cannot be read.
pub(super) fn typed(form: &Form, periods: &[Period]) -> Option<RequestEntry> {
    let period = form.choice("period").and_then(|number| usize::from(number).checked_sub(1));
    let by = form.choice("by").and_then(|number| usize::from(number).checked_sub(1));
    Some(RequestEntry {
        day: form.day("day")?,
        by: by.and_then(|index| RequestBy::ALL.get(index)).copied().unwrap_or_default(),
        period: period.and_then(|index| periods.get(index)).copied(),
        place: form.text("place").to_owned(),
        wishes: form.text("wishes").to_owned(),
        doctor: form.text("doctor").to_owned(),
        own: form.seconds("own"),
    })
}

/// What each field is for, in the message row.
pub(super) fn hint(field: &str) -> &'static str {
    match field {
        "day" => "受け付けた日です。11-20、-3d のようにも書けます。通知を記録するときは通知した日です",
        "period" => "どの月の時間についての申出かを番号で選びます",
        "by" => "番号で選ぶと次の欄へ進みます。d で保存します",
        "own" => "本人の言う時間外・休日の時間が会社と違うときだけ 95:00 のように書きます",
        _ => "空のままでも保存できます。F6 で保存の行へ移ります",
    }
}

impl Screen for RequestScreen {
    fn route(&self) -> Route {
        Route::Request(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "申出")
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        match &self.entry {
            Some(entry) => {
                draw_cost(view, canvas, body);
                entry.draw(canvas, Rect { height: body.height.saturating_sub(COST_ROWS + 1), ..body })
            }
            None => {
                canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
                None
            }
        }
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let mut offers = common::entry_offers(self.entry.as_ref().is_some_and(Entry::is_typing));
        let none = self.standing(view).is_none().then_some("申出を保存したあとで添えられます");
        offers.push(action(Act::Attach).offer().refused(none));
        offers
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.entry) {
            (Act::Done, _) => self.save(view),
            (Act::NextStep, Some(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            (Act::Attach, _) => self.standing(view).map_or_else(Reply::ignored, |id| Reply::to(Route::Attachments(id))),
            _ => Reply::ignored(),
        }
    }

    typed_into!();

    fn message(&self, _view: &View) -> String {
        match self.entry.as_ref().map(Entry::focus) {
            Some(Some(field)) => hint(field).to_owned(),
            Some(None) => "申出をした人は、疲労の蓄積があるものとして扱います。Enter で記録します".to_owned(),
            None => String::new(),
        }
    }

    fn settle(&mut self, view: &View) {
        if self.entry.is_none() {
            self.build(view);
        }
        let stands = common::site_of(view, &self.worker).is_some_and(|s| requests::standing(s, &self.worker).is_some());
        if let Some(entry) = &mut self.entry {
            entry.set_buttons(buttons(stands, entry.has_draft()));
        }
    }
}

impl RequestScreen {
    fn input(&mut self, view: &View, input: &Input) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        let step = entry.update(input);
        step.answered(|button| self.press(view, button))
    }
}

fn buttons(stands: bool, has_draft: bool) -> Vec<(Button, &'static str)> {
    let mut buttons = vec![(Button::Save, "申出を保存")];
    if stands {
        buttons.push((Button::Withdraw, "申出の取下げ"));
    }
    buttons.extend([
        (Button::Notice(NoticeKind::ToWorker), "本人へ通知した"),
        (Button::Notice(NoticeKind::ToPhysician), "時間を受け取った"),
        (Button::Urge, "勧奨"),
    ]);
    if has_draft {
        buttons.push((Button::Drop, "書きかけを捨てる"));
    }
    buttons
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
