//! 勧奨: the physician urges somebody to apply, and notes the answer.
//!
//! Knows the fields and their words. What may be recorded is `app::urging`'s to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, EntryForm, Refusal, absent};
use super::request::{PERIODS, month_word};
use crate::app::View;
use crate::app::requests::{self, RequestFault};
use crate::app::urging::{self, Answer, Strength, Urging};
use crate::domain::{Day, Id, Period};
use crate::ui::canvas::Canvas;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply};
use crate::ui::theme::Weight;

/// The form of an urging.
pub struct UrgingForm {
    worker: Id,
    periods: Vec<Period>,
}

impl UrgingForm {
    /// The form for this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, periods: Vec::new() }
    }
}

const fn field_of(fault: RequestFault) -> &'static str {
    if matches!(fault, RequestFault::NoPeriod) { "period" } else { "day" }
}

fn form(today: Day, periods: &[Period]) -> Form {
    let months = numbered(1, periods.iter().map(|period| month_word(*period)));
    let strengths = numbered(1, Strength::ALL.iter().map(|strength| strength.label()));
    let answers = numbered(0, Answer::ALL.iter().map(|answer| answer.label()));
    Form::new(vec![
        Field::date("day", "勧奨の日", today, Direction::Back).with(&today.to_string()),
        Field::choice("period", "どの期間", months).with("1"),
        Field::choice("strength", "強さ", strengths),
        Field::memo("ground", "拠り所", 2),
        Field::choice("answer", "返事", answers).with("0"),
    ])
}

fn typed(form: &Form, periods: &[Period], today: Day) -> Urging {
    Urging {
        day: form.day("day").unwrap_or(today),
        period: form.chosen("period", 1, periods).copied(),
        strength: form.chosen("strength", 1, Strength::ALL).copied().unwrap_or_default(),
        ground: form.text("ground").to_owned(),
        answer: form.chosen("answer", 0, Answer::ALL).copied().unwrap_or_default(),
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

impl EntryForm for UrgingForm {
    fn route(&self) -> Route {
        Route::Urging(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "勧奨")
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let (site, _) = common::person(view, &self.worker)?;
        self.periods = requests::closed_periods(site, view.today, PERIODS);
        let form = form(view.today, &self.periods);
        Some(Entry::new(site, format!("urging/{}", self.worker), form, "strength"))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some(site) = common::site_of(view, &self.worker) else { return Ok(Reply::ignored()) };
        let typed = typed(entry.form(), &self.periods, view.today);
        let command = urging::record(site, &self.worker, &typed, view.today)
            .map_err(|fault| (field_of(fault), fault.to_string()))?;
        Ok(entry.save(command, format!("{} の勧奨を記録しました。Ctrl-Z で取り消せます", typed.day)))
    }

    fn save_label(&self) -> &'static str {
        "勧奨を保存"
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        field.map_or("Enter で記録します", hint).to_owned()
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry) -> Option<Position> {
        let Some(site) = common::site_of(view, &self.worker) else { return absent(canvas, body, common::NOBODY_HERE) };
        if let Some(notice) = urging::newest(site, &self.worker) {
            let (strength, ground, answer) = urging::read(notice);
            let last = format!("前回 {}  {}  {}  {ground}", notice.day, strength.label(), answer.label());
            canvas.text(2, body.y, body.width.saturating_sub(4), last.trim_end(), Weight::Dim);
        }
        entry.draw(canvas, Rect { y: body.y + 2, height: body.height.saturating_sub(2), ..body })
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
