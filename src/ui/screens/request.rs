//! 申出: the worker asks for the interview; its withdrawal, and the notices that go before it.
//!
//! Knows the fields and their words. What may be recorded is `app::requests`' to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, EntryForm, Refusal};
use crate::app::requests::{self, NoticeEntry, RequestEntry, RequestFault};
use crate::app::{Site, View};
use crate::domain::case::{NoticeKind, RequestBy};
use crate::domain::{Day, Id, Period};
use crate::law::rules;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// How many closed periods can be chosen.
pub(super) const PERIODS: usize = 6;

/// Rows below the form that say who pays.
const COST_ROWS: u16 = 2;

/// What stands in the last row beside saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    Withdraw,
    Notice(NoticeKind),
    Urge,
}

/// The form of a request.
pub struct RequestForm {
    worker: Id,
    periods: Vec<Period>,
}

impl RequestForm {
    /// The form for this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, periods: Vec::new() }
    }

    /// The request that stands, which a paper can be attached to.
    fn standing(&self, view: &View) -> Option<Id> {
        common::site_of(view, &self.worker).and_then(|s| requests::standing(s, &self.worker)).map(|row| row.id.clone())
    }

    /// What stands in the form; none while the day cannot be read.
    fn typed<'view>(&self, view: &'view View, entry: &Entry<Button>) -> Option<(&'view Site, RequestEntry)> {
        Some((common::site_of(view, &self.worker)?, typed(entry.form(), &self.periods)?))
    }

    fn withdraw(&self, view: &View, entry: &Entry<Button>) -> Result<Reply, Refusal> {
        let Some((site, RequestEntry { day, .. })) = self.typed(view, entry) else { return Ok(Reply::ignored()) };
        let Some(request) = requests::standing(site, &self.worker) else { return Ok(Reply::ignored()) };
        let command = requests::withdraw(site, &request.id, day, view.today).map_err(refusal)?;
        Ok(entry.perform(command, format!("{day} に申出の取下げを記録しました。Ctrl-Z で戻せます")))
    }

    fn notice(&self, view: &View, entry: &Entry<Button>, kind: NoticeKind) -> Result<Reply, Refusal> {
        let Some((site, typed)) = self.typed(view, entry) else { return Ok(Reply::ignored()) };
        let notice = NoticeEntry { kind, day: typed.day, period: typed.period, content: String::new() };
        let command = requests::notice(site, Some(&self.worker), &notice, view.today).map_err(refusal)?;
        Ok(entry.perform(command, format!("{} を {} に記録しました。Ctrl-Z で取り消せます", kind.label(), typed.day)))
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
    months.extend(numbered(1, periods.iter().map(|period| month_word(*period))));
    let newest = if periods.is_empty() { "0" } else { "1" };
    vec![
        Field::date("day", "申出日", today, Direction::Back),
        Field::choice("period", "どの期間", months).with(newest),
        Field::choice("by", "受け方", numbered(1, RequestBy::ALL.iter().map(|way| way.label()))).with("1"),
        Field::text("place", "日時・場所"),
        Field::text("wishes", "配慮の希望"),
        Field::text("doctor", "希望の医師"),
        Field::hours("own", "本人の残業"),
    ]
}

/// The names of [`fields`].
pub(super) const FIELDS: [&str; 7] = ["day", "period", "by", "place", "wishes", "doctor", "own"];

/// A fault, below the field that it is about.
pub(super) fn refusal(fault: RequestFault) -> Refusal {
    let field = match fault {
        RequestFault::NoPeriod | RequestFault::OwnWithoutPeriod => "period",
        RequestFault::OwnTooLong => "own",
        _ => "day",
    };
    (field, fault.to_string())
}

/// `10月分`
pub(super) fn month_word(period: Period) -> String {
    period.end.format("%-m月分").to_string()
}

/// What stands in the form; none while the day cannot be read.
pub(super) fn typed(form: &Form, periods: &[Period]) -> Option<RequestEntry> {
    Some(RequestEntry {
        day: form.day("day")?,
        by: form.chosen("by", 1, RequestBy::ALL).copied().unwrap_or_default(),
        period: form.chosen("period", 1, periods).copied(),
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

impl EntryForm<Button> for RequestForm {
    fn route(&self) -> Route {
        Route::Request(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "申出")
    }

    fn build(&mut self, view: &View) -> Option<Entry<Button>> {
        let (site, _) = common::person(view, &self.worker)?;
        self.periods = requests::closed_periods(site, view.today, PERIODS);
        Some(Entry::new(site, format!("request/{}", self.worker), form(view.today, &self.periods), "by"))
    }

    fn unread(&mut self, entry: &mut Entry<Button>) -> Option<Reply> {
        if entry.form().text("day").is_empty() {
            entry.refuse("day", "日付を書いてください。2026-11-20、11-20、-3d のように書けます。".to_owned());
            return Some(Reply::done());
        }
        entry.refuse_unreadable().then(Reply::done)
    }

    fn save(&mut self, view: &View, entry: &mut Entry<Button>) -> Result<Reply, Refusal> {
        let Some((site, typed)) = self.typed(view, entry) else { return Ok(Reply::ignored()) };
        let command = requests::receive(site, &self.worker, &typed, view.today).map_err(refusal)?;
        Ok(entry.save(command, format!("{} の申出を受け付けました。Ctrl-Z で取り消せます", typed.day)))
    }

    fn save_label(&self) -> &'static str {
        "申出を保存"
    }

    fn buttons(&self, view: &View, _entry: &Entry<Button>) -> Vec<(Button, &'static str)> {
        let withdraw = self.standing(view).map(|_| (Button::Withdraw, "申出の取下げ"));
        let others = [
            (Button::Notice(NoticeKind::ToWorker), "本人へ通知した"),
            (Button::Notice(NoticeKind::ToPhysician), "時間を受け取った"),
            (Button::Urge, "勧奨"),
        ];
        withdraw.into_iter().chain(others).collect()
    }

    fn press(&mut self, view: &View, entry: &mut Entry<Button>, button: Button) -> Result<Reply, Refusal> {
        match button {
            Button::Urge => Ok(Reply::to(Route::Urging(self.worker.clone()))),
            _ if let Some(reply) = self.unread(entry) => Ok(reply),
            Button::Withdraw => self.withdraw(view, entry),
            Button::Notice(kind) => self.notice(view, entry, kind),
        }
    }

    fn message(&self, _view: &View, _entry: &Entry<Button>, field: Option<&str>) -> String {
        let buttons = "申出をした人は、疲労の蓄積があるものとして扱います。Enter で記録します";
        field.map_or(buttons, hint).to_owned()
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry<Button>) -> Option<Position> {
        draw_cost(view, canvas, body);
        entry.draw(canvas, Rect { height: body.height.saturating_sub(COST_ROWS + 1), ..body })
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let none = self.standing(view).is_none().then_some("申出を保存したあとで添えられます");
        vec![action(Act::Attach).offer().refused(none)]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        let request = self.standing(view).filter(|_| act == Act::Attach);
        request.map_or_else(Reply::ignored, |id| Reply::to(Route::Attachments(id)))
    }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
