//! 手で入力: twelve months of hours, a checkup, a stress check and a request on one screen.
//!
//! Knows the fields and their words, and shows what is on record; what may be recorded is said by
//! `app::hand_entry` and `app::requests`. A field that is empty or as it was writes nothing.

use std::collections::VecDeque;

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, EntryForm, Refusal};
use super::request;
use crate::app::hand_entry::{self, CheckupEntry, CheckupFault, HoursCell};
use crate::app::{Effect, Event, Site, View, requests};
use crate::domain::command::Command;
use crate::domain::hours::Measure;
use crate::domain::interview::Fitness;
use crate::domain::worker::{Checkup, FindingState, StressState, Worker};
use crate::domain::{Day, Id, Period};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply};

/// The fields of the months, newest first.
const MONTHS: [&str; 12] = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12"];
/// The fields of the checkup, its day first.
const CHECKUP: [&str; 6] = ["c_day", "c_judgement", "c_finding", "c_summary", "c_opinion", "c_opinion_on"];
/// Fields of the left column: which hours, and the months.
const LEFT: usize = MONTHS.len() + 1;
/// Where the right column begins.
const RIGHT: u16 = 36;

/// What stands in the last row beside saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    Edit,
    Values,
}

/// The hand entry of a worker.
pub struct HandEntry {
    worker: Id,
    periods: Vec<Period>,
    waiting: VecDeque<Effect>,
    is_saving: bool,
}

impl HandEntry {
    /// The hand entry of this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, periods: Vec::new(), waiting: VecDeque::new(), is_saving: false }
    }

    /// Asks for the next thing only when the one before is on record; the draft ends behind the
    /// last, so that a failure in between loses nothing, and saving again writes what is missing.
    fn next(&mut self, entry: Option<&Entry<Button>>) -> Reply {
        match (self.waiting.pop_front(), entry) {
            (Some(effect), _) => Reply::ask(effect),
            (None, Some(entry)) => {
                let says = "書いたものを記録しました。u で一つずつ取り消せます".to_owned();
                Reply { says: Some(says), ..Reply::ask(entry.end_draft()) }.then(Go::Back)
            }
            (None, None) => Reply::ignored(),
        }
    }

    /// What is on record for the period in focus.
    fn month_hint(&self, view: &View, form: &Form, field: &str) -> Option<String> {
        let index = MONTHS.iter().position(|month| *month == field)?;
        let (period, (site, worker)) = (*self.periods.get(index)?, common::person(view, &self.worker)?);
        let measure = measure(form);
        let known = hand_entry::known_hours(site, &worker.id, period, measure);
        let known = known.map_or_else(
            || "登録なし".to_owned(),
            |known| format!("登録済み {}。空にしても消えません", dates::hours(known.hours)),
        );
        let span =
            format!("{} から {} まで {}日", period.start.format("%m-%d"), period.end.format("%m-%d"), period.days());
        Some(format!("{span}  {}  {known}", measure.label()))
    }
}

fn form(site: &Site, worker: &Worker, periods: &[Period], today: Day) -> Form {
    let chosen = if hand_entry::usual_measure(site, &worker.id) == Measure::ReportedOvertime { "2" } else { "1" };
    let kinds = vec![(1, "総労働時間".into()), (2, "会社の残業".into())];
    let mut fields = vec![Field::choice("measure", "書く時間", kinds).with(chosen)];
    // A site without twelve periods in the calendar still has its fields: they say nothing.
    let labels = periods.iter().map(|period| period.name()).chain(std::iter::repeat("-".to_owned()));
    fields.extend(MONTHS.into_iter().zip(labels).map(|(id, label)| Field::hours(id, label)));
    fields.extend(health_fields(today));
    fields.extend(request::fields(today, &periods.iter().take(request::PERIODS).copied().collect::<Vec<_>>()));
    Form::new(fields)
        .headed("measure", "労働時間")
        .headed("c_day", "健診")
        .headed("s_state", "ストレスチェック")
        .headed("day", "申出")
}

fn health_fields(today: Day) -> Vec<Field> {
    vec![
        Field::date("c_day", "健診日", today, Direction::Back),
        Field::text("c_judgement", "判定"),
        Field::choice("c_finding", "所見", numbered(0, ["なし", "あり"])),
        Field::text("c_summary", "要点"),
        Field::choice("c_opinion", "就業区分", numbered(0, Fitness::ALL.iter().map(|fitness| fitness.label()))),
        Field::date("c_opinion_on", "意見の日", today, Direction::Back),
        Field::choice("s_state", "状態", numbered(0, StressState::ALL.iter().map(|state| state.label()))),
        Field::date("s_day", "その日", today, Direction::Back),
    ]
}

fn measure(form: &Form) -> Measure {
    if form.choice("measure") == Some(2) { Measure::ReportedOvertime } else { Measure::StatutoryTotal }
}

/// What a month's field shows of the record; a value that is not a whole minute is left to the hint.
fn known_text(site: &Site, worker: &Worker, period: Period, measure: Measure) -> String {
    let known = hand_entry::known_hours(site, &worker.id, period, measure).map(|known| known.hours);
    let whole = known.filter(|hours| hours.is_exact() && hours.low.0 % 60 == 0);
    whole.map(|hours| dates::clock(hours.low)).unwrap_or_default()
}

/// The values of the fields behind the day of a checkup.
fn checkup_values(known: Option<&Checkup>) -> [String; 5] {
    let Some(checkup) = known else { return Default::default() };
    let finding = match checkup.finding {
        FindingState::Unknown => "",
        FindingState::None => "0",
        FindingState::Present => "1",
    };
    [
        checkup.judgement.clone(),
        finding.to_owned(),
        checkup.summary.clone(),
        checkup.opinion.map(|fitness| (fitness as u8).to_string()).unwrap_or_default(),
        checkup.opinion_on.map(|day| day.to_string()).unwrap_or_default(),
    ]
}

/// Everything that is new or changed, checked as a whole before anything is asked for.
///
/// Hours come last: the host numbers their batch behind the rows of the commands.
fn effects(
    site: &Site,
    worker: &Worker,
    entry: &Entry<Button>,
    periods: &[Period],
    today: Day,
) -> Result<Vec<Effect>, Refusal> {
    let hours = hours(site, worker, entry.form(), periods)?;
    let commands = [
        checkup(site, worker, entry, today)?,
        stress(site, worker, entry, today)?,
        asked(site, worker, entry, periods, today)?,
    ];
    let commands = hand_entry::renumbered(site, commands.into_iter().flatten().collect());
    let mut effects: Vec<Effect> =
        commands.into_iter().map(|command| Effect::Perform(site.id().clone(), Box::new(command))).collect();
    if !hours.is_empty() {
        effects.push(Effect::EnterHours(site.id().clone(), hours));
    }
    Ok(effects)
}

fn hours(
    site: &Site,
    worker: &Worker,
    form: &Form,
    periods: &[Period],
) -> Result<Vec<crate::app::host::TypedHours>, Refusal> {
    let typed =
        |(field, period): (&str, &Period)| form.seconds(field).map(|amount| HoursCell { period: *period, amount });
    let cells: Vec<HoursCell> = MONTHS.into_iter().zip(periods).filter_map(typed).collect();
    hand_entry::hours(site, worker, measure(form), &cells).map_err(|(period, fault)| {
        let index = periods.iter().position(|other| *other == period).unwrap_or(0);
        (MONTHS.get(index).copied().unwrap_or("m1"), fault.to_string())
    })
}

fn checkup(site: &Site, worker: &Worker, entry: &Entry<Button>, today: Day) -> Result<Option<Command>, Refusal> {
    if CHECKUP.iter().all(|field| entry.is_untouched(field)) {
        return Ok(None);
    }
    let form = entry.form();
    let day = form.day("c_day").ok_or_else(|| ("c_day", "健診日を書いてください。".to_owned()))?;
    let finding = match form.choice("c_finding") {
        None => FindingState::Unknown,
        Some(0) => FindingState::None,
        Some(_) => FindingState::Present,
    };
    let typed = CheckupEntry {
        day,
        judgement: form.text("c_judgement").to_owned(),
        finding,
        summary: form.text("c_summary").to_owned(),
        opinion_on: form.day("c_opinion_on"),
        opinion: form.chosen("c_opinion", 0, Fitness::ALL).copied(),
    };
    hand_entry::checkup(site, worker, &typed, today).map_err(|fault| {
        let field = if matches!(fault, CheckupFault::Day(_)) { "c_day" } else { "c_opinion_on" };
        (field, fault.to_string())
    })
}

fn stress(site: &Site, worker: &Worker, entry: &Entry<Button>, today: Day) -> Result<Option<Command>, Refusal> {
    if ["s_state", "s_day"].iter().all(|field| entry.is_untouched(field)) {
        return Ok(None);
    }
    let form = entry.form();
    let state = form.chosen("s_state", 0, StressState::ALL).copied();
    let state = state.ok_or_else(|| ("s_state", "状態を番号で選んでください。".to_owned()))?;
    let day = form.day("s_day").ok_or_else(|| ("s_day", "受検や申出の日を書いてください。".to_owned()))?;
    hand_entry::stress(site, worker, state, day, today).map_err(|fault| ("s_day", fault.to_string()))
}

fn asked(
    site: &Site,
    worker: &Worker,
    entry: &Entry<Button>,
    periods: &[Period],
    today: Day,
) -> Result<Option<Command>, Refusal> {
    if request::FIELDS.iter().all(|field| entry.is_untouched(field)) {
        return Ok(None);
    }
    let typed = request::typed(entry.form(), periods);
    let typed = typed.ok_or_else(|| ("day", "申出日を書いてください。".to_owned()))?;
    if requests::is_received(site, &worker.id, &typed) {
        return Ok(None);
    }
    let command = requests::receive(site, &worker.id, &typed, today);
    command.map(Some).map_err(request::refusal)
}

fn hint(field: &str) -> &'static str {
    match field {
        "measure" => "総労働時間から残業を計算します。会社の計算しかないときは 2 を選びます",
        "c_day" => "同じ日の健診があれば、その内容が出て、直したところだけが変わります",
        "c_finding" => "所見ありで意見がまだなら、名簿に「意見待」と出ます",
        "c_opinion" | "c_opinion_on" => "医師の意見を述べたときだけ書きます（安衛法66条の4）",
        "s_state" => "番号で選びます。実施者でなければ、知ってよい範囲だけを書きます",
        "s_day" => "受検の日です。申出なら申出の日を書きます",
        other => request::hint(other),
    }
}

impl EntryForm<Button> for HandEntry {
    fn route(&self) -> Route {
        Route::HandEntry(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "手で入力")
    }

    fn build(&mut self, view: &View) -> Option<Entry<Button>> {
        let (site, worker) = common::person(view, &self.worker)?;
        self.periods = requests::closed_periods(site, view.today, MONTHS.len());
        let form = form(site, worker, &self.periods, view.today);
        Some(Entry::new(site, format!("hand/{}", self.worker), form, "m1"))
    }

    /// The hours of the chosen measure, and the checkup of the day that stands in the form.
    fn follow(&mut self, view: &View, entry: &mut Entry<Button>) {
        let Some((site, worker)) = common::person(view, &self.worker) else { return };
        let measure = measure(entry.form());
        for (field, period) in MONTHS.into_iter().zip(&self.periods) {
            entry.show(field, &known_text(site, worker, *period, measure));
        }
        let day = entry.form().day("c_day");
        let known = site.checkups.iter().find(|c| c.worker == worker.id && Some(c.day) == day);
        for (field, value) in CHECKUP.into_iter().skip(1).zip(checkup_values(known)) {
            entry.show(field, &value);
        }
    }

    fn unread(&mut self, entry: &mut Entry<Button>) -> Option<Reply> {
        entry.refuse_unreadable().then(|| Reply::say(common::NOTHING_WRITTEN))
    }

    fn save(&mut self, view: &View, entry: &mut Entry<Button>) -> Result<Reply, Refusal> {
        let Some((site, worker)) = common::person(view, &self.worker) else { return Ok(Reply::ignored()) };
        let effects = effects(site, worker, entry, &self.periods, view.today)?;
        if effects.is_empty() {
            return Ok(Reply::say("新しく書いたものはありません。変わったところもありません"));
        }
        (self.waiting, self.is_saving) = (effects.into(), true);
        Ok(self.next(Some(entry)))
    }

    fn buttons(&self, _view: &View, _entry: &Entry<Button>) -> Vec<(Button, &'static str)> {
        vec![(Button::Edit, "登録を直す"), (Button::Values, "健診の値を書く")]
    }

    /// What is typed here stays as a draft.
    fn press(&mut self, _view: &View, _entry: &mut Entry<Button>, button: Button) -> Result<Reply, Refusal> {
        Ok(match (button, self.worker.establishment()) {
            (Button::Values, _) => Reply::to(Route::CheckupForm(self.worker.clone())),
            (Button::Edit, Some(site)) => Reply::go(Go::Instead(Route::WorkerForm(site, Some(self.worker.clone())))),
            (Button::Edit, None) => Reply::ignored(),
        })
    }

    fn message(&self, view: &View, entry: &Entry<Button>, field: Option<&str>) -> String {
        let Some(field) = field else {
            return "書いたところだけを記録します。Enter で記録します".to_owned();
        };
        self.month_hint(view, entry.form(), field).unwrap_or_else(|| hint(field).to_owned())
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry<Button>) -> Option<Position> {
        entry.draw_columns(canvas, body, LEFT, RIGHT)
    }

    fn event(&mut self, entry: Option<&Entry<Button>>, event: &Event) -> Reply {
        match event {
            Event::Done(_) if self.is_saving => {
                self.is_saving = !self.waiting.is_empty();
                self.next(entry)
            }
            Event::Failed(_) => {
                self.is_saving = false;
                self.waiting.clear();
                Reply::ignored()
            }
            _ => Reply::ignored(),
        }
    }
}

#[cfg(test)]
#[path = "hand_entry_tests.rs"]
mod tests;
