//! 勧奨: the physician urges somebody to apply, and notes the answer.
//!
//! Knows the fields and their words. What may be recorded is `app::urging`'s to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, Saving, typed_into};
use super::request::{PERIODS, month_word};
use crate::app::requests::{self, RequestFault};
use crate::app::urging::{self, Answer, Strength, Urging};
use crate::app::{Effect, View};
use crate::domain::{Day, Id, Period};
use crate::ui::actions::{Act, Offer};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// The form of an urging.
pub struct UrgingScreen {
    worker: Id,
    periods: Vec<Period>,
    entry: Option<Entry<Saving>>,
}

impl UrgingScreen {
    /// The form for this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, periods: Vec::new(), entry: None }
    }

    fn build(&mut self, view: &View) {
        let Some(site) = common::site_of(view, &self.worker).filter(|site| site.worker(&self.worker).is_some()) else {
            return;
        };
        self.periods = requests::closed_periods(site, view.today, PERIODS);
        let form = form(view.today, &self.periods);
        self.entry = Some(Entry::new(site, format!("urging/{}", self.worker), form, "strength"));
    }

    fn save(&mut self, view: &View) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        if entry.refuse_unreadable() {
            return Reply::done();
        }
        let (draft, typed) = (entry.draft().to_owned(), typed(entry.form(), &self.periods, view.today));
        let Some(site) = common::site_of(view, &self.worker) else { return Reply::ignored() };
        match urging::record(site, &self.worker, &typed, view.today) {
            Ok(command) => {
                let says = format!("{} の勧奨を記録しました。Ctrl-Z で取り消せます", typed.day);
                let effect = Effect::Perform(site.id().clone(), Box::new(command.ending(draft)));
                Reply { says: Some(says), ..Reply::ask(effect) }.then(Go::Back)
            }
            Err(fault) => self.refuse(fault),
        }
    }

    fn refuse(&mut self, fault: RequestFault) -> Reply {
        let field = if fault == RequestFault::NoPeriod { "period" } else { "day" };
        if let Some(entry) = &mut self.entry {
            entry.refuse(field, fault.to_string());
        }
        Reply::say(common::NOTHING_WRITTEN)
    }

    fn input(&mut self, view: &View, input: &Input) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        entry.typed(input).unwrap_or_else(|| self.save(view))
    }
}

fn form(today: Day, periods: &[Period]) -> Form {
    let months = (1_u8..).zip(periods).map(|(number, period)| (number, month_word(*period).into())).collect();
    let strengths = (1_u8..).zip(Strength::ALL).map(|(number, strength)| (number, strength.label().into())).collect();
    let answers = (0_u8..).zip(Answer::ALL).map(|(number, answer)| (number, answer.label().into())).collect();
    Form::new(vec![
        Field::date("day", "勧奨の日", today, Direction::Back).with(&today.to_string()),
        Field::choice("period", "どの期間", months).with("1"),
        Field::choice("strength", "強さ", strengths),
        Field::memo("ground", "拠り所", 2),
        Field::choice("answer", "返事", answers).with("0"),
    ])
}

fn typed(form: &Form, periods: &[Period], today: Day) -> Urging {
    let place =
        |field: &str, first: u8| form.choice(field).and_then(|number| number.checked_sub(first)).map(usize::from);
    Urging {
        day: form.day("day").unwrap_or(today),
        period: place("period", 1).and_then(|index| periods.get(index)).copied(),
        strength: place("strength", 1).and_then(|index| Strength::ALL.get(index)).copied().unwrap_or_default(),
        ground: form.text("ground").to_owned(),
        answer: place("answer", 0).and_then(|index| Answer::ALL.get(index)).copied().unwrap_or_default(),
    }
}

/// What each field is for, in the message row.
fn hint(field: &str) -> &'static str {
    match field {
        "day" => "勧奨した日です。返事をあとで書くときは、同じ日と期間を選びます",
        "period" => "どの月の時間についての勧奨かを番号で選びます",
        "strength" => "番号で選びます。申出をするかどうかは本人が決めます",
        "ground" => "周りから聞いたことなども書けます。産業医だけが見ます。会社には出ません",
        _ => "申し出ないことで不利益はありません。F6 で保存の行へ",
    }
}

impl Screen for UrgingScreen {
    fn route(&self) -> Route {
        Route::Urging(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "勧奨")
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (Some(entry), Some(site)) = (&self.entry, common::site_of(view, &self.worker)) else {
            canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
            return None;
        };
        if let Some(notice) = urging::newest(site, &self.worker) {
            let (strength, ground, answer) = urging::read(notice);
            let last = format!("前回 {}  {}  {}  {ground}", notice.day, strength.label(), answer.label());
            canvas.text(2, body.y, body.width.saturating_sub(4), last.trim_end(), Weight::Dim);
        }
        entry.draw(canvas, Rect { y: body.y + 2, height: body.height.saturating_sub(2), ..body })
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        common::entry_offers(self.entry.as_ref().is_some_and(Entry::is_typing))
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.entry) {
            (Act::Done, _) => self.save(view),
            (Act::NextStep, Some(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            _ => Reply::ignored(),
        }
    }

    typed_into!();

    fn message(&self, _view: &View) -> String {
        self.entry.as_ref().map(|entry| entry.focus().map_or("Enter で記録します", hint)).unwrap_or_default().to_owned()
    }

    fn settle(&mut self, view: &View) {
        if self.entry.is_none() {
            self.build(view);
        }
        self.entry.iter_mut().for_each(|entry| entry.offer_saving("勧奨を保存"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::NoticeKind;
    use crate::ui::screens::fixture::{Drive, site, worker_id};

    #[test]
    fn an_urging_keeps_strength_ground_and_answer_and_stands_above_the_next_one() {
        let mut drive = Drive::at(site(), &Route::Urging(worker_id(1)));
        drive.keys("2").text("家族の話").keys("\t2").save();
        let notice = &drive.desk.site.notices[0];
        assert_eq!((notice.kind, notice.content.as_str()), (NoticeKind::Urging, "強く勧めた\n家族の話\n考える"));
        let mut next = Drive::at(drive.desk.site.clone(), &Route::Urging(worker_id(1)));
        assert!(
            next.screen(80, 24).contains("前回 2026-11-20  強く勧めた  考える  家族の話"),
            "{}",
            next.screen(80, 24)
        );
    }
}
