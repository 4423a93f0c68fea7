//! 措置の回答: what the employer answered to an opinion, measure by measure, with the reason for what differs.
//!
//! Knows the fields and their words. What may be recorded is `app::measure_answers`' to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, EntryForm, Refusal, absent};
use crate::app::measure_answers::{self, AnswerEntry, AnswerFault, measures};
use crate::app::{Site, View};
use crate::domain::case::{Measure, Taken};
use crate::domain::{Day, Id};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply};
use crate::ui::theme::Weight;

/// Fields of the measures; an opinion has fewer.
const MEASURES: [&str; 12] = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12"];
/// The answers by their numbers; 0 is none yet.
const ANSWERS: [Taken; 5] = [Taken::Open, Taken::Taken, Taken::Planned, Taken::Otherwise, Taken::NotTaken];

/// The form of an answer to the measures of one case.
pub struct MeasureAnswer {
    case: Id,
}

impl MeasureAnswer {
    /// The form for this case.
    pub fn new(case: Id) -> Self {
        Self { case }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site_of(&self.case).map(|site| &**site)
    }
}

const fn field_of(fault: AnswerFault) -> &'static str {
    match fault {
        AnswerFault::NoReason => "words",
        AnswerFault::Future => "day",
        AnswerFault::NoMeasure | AnswerFault::NoAnswer => MEASURES[0],
    }
}

fn form(known: &[&Measure], today: Day) -> Form {
    let options = || numbered(0, ANSWERS.iter().map(|taken| taken.label()));
    let number = |row: &Measure| ANSWERS.iter().position(|taken| *taken == row.taken).unwrap_or(0).to_string();
    let choice = |(place, (id, row)): (usize, (&&'static str, &&Measure))| {
        Field::choice(id, format!("措置 {}", place + 1), options()).with(&number(row))
    };
    let mut fields: Vec<Field> = MEASURES.iter().zip(known).enumerate().map(choice).collect();
    let answer = known.iter().map(|row| row.answer.as_str()).find(|answer| !answer.is_empty()).unwrap_or_default();
    fields.push(Field::date("day", "回答の日", today, Direction::Back).with(&today.to_string()));
    fields.push(Field::memo("words", "内容・理由", 3).with(answer));
    Form::new(fields)
}

/// `2  時間外労働の制限  20`: a measure as the opinion has it.
fn line(place: usize, row: &Measure) -> String {
    let words = [row.kind.label(), row.amount.as_str(), row.content.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    format!("{}  {}", place + 1, words.join("  "))
}

fn typed(form: &Form, known: &[&Measure], today: Day) -> AnswerEntry {
    let answer = |id: &str| form.chosen(id, 0, &ANSWERS).copied();
    let taken = MEASURES.iter().zip(known).filter_map(|(id, row)| answer(id).map(|taken| (row.id.clone(), taken)));
    AnswerEntry { taken: taken.collect(), day: form.day("day").unwrap_or(today), words: form.text("words").to_owned() }
}

fn hint(field: &str) -> &'static str {
    match field {
        "day" => "会社から回答を受けた日です",
        "words" => "講じた内容です。意見と違うとき、講じないときは、会社の理由が要ります",
        _ => "番号で選びます。意見と違う措置には、会社の理由が要ります",
    }
}

impl EntryForm for MeasureAnswer {
    fn route(&self) -> Route {
        Route::MeasureAnswer(self.case.clone())
    }

    fn head(&self, view: &View) -> Head {
        let worker = self.site(view).and_then(|site| measures(site, &self.case).first().map(|row| row.worker.clone()));
        worker.map_or_else(Head::default, |worker| common::person_head(view, &worker, "措置の回答"))
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let site = self.site(view)?;
        let known = measures(site, &self.case);
        let form = (!known.is_empty()).then(|| form(&known, view.today))?;
        Some(Entry::new(site, format!("measures/{}", self.case), form, MEASURES[0]))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some(site) = self.site(view) else { return Ok(Reply::ignored()) };
        let typed = typed(entry.form(), &measures(site, &self.case), view.today);
        let command = measure_answers::record(site, &self.case, &typed, view.today)
            .map_err(|fault| (field_of(fault), fault.to_string()))?;
        Ok(entry.save(command, "会社の回答を記録しました。u で取り消せます"))
    }

    fn save_label(&self) -> &'static str {
        "回答を保存"
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        field.map_or("Enter で記録します", hint).to_owned()
    }

    fn absence(&self) -> String {
        AnswerFault::NoMeasure.to_string()
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry) -> Option<Position> {
        let Some(site) = self.site(view) else { return absent(canvas, body, &self.absence()) };
        let asked = measures(site, &self.case);
        for (place, row) in asked.iter().enumerate() {
            canvas.text(2, body.y + columns(place), body.width.saturating_sub(4), &line(place, row), Weight::Plain);
        }
        let taken = (columns(asked.len()) + 1).min(body.height);
        entry.draw(canvas, Rect { y: body.y + taken, height: body.height - taken, ..body })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::case::MeasureKind;
    use crate::domain::command::Act as Deed;
    use crate::domain::{AnyRecord, Prefix, command::Change};
    use crate::ui::screens::fixture::{Drive, site, site_id, worker_id};

    fn case() -> Id {
        Id::new(&site_id(), Prefix::Case, 90)
    }

    fn asked() -> Site {
        let mut site = site();
        site.measures = Arc::new(vec![Measure {
            amount: "20".to_owned(),
            ..Measure::new(Id::new(&site_id(), Prefix::Row, 801), case(), worker_id(1), MeasureKind::OvertimeLimit)
        }]);
        site
    }

    #[test]
    fn what_differs_is_not_saved_before_the_reason_stands_there() {
        let mut drive = Drive::at(asked(), &Route::MeasureAnswer(case()));
        insta::assert_snapshot!("measure_answer_80x24", drive.screen(80, 24));
        drive.keys("3").save();
        assert!(drive.desk.commands.is_empty());
        insta::assert_snapshot!("measure_answer_refused_80x24", drive.screen(80, 24));
        let mut drive = Drive::at(asked(), &Route::MeasureAnswer(case()));
        drive.keys("3\t").text("人が足りない").save();
        let command = drive.desk.commands.last().unwrap();
        assert_eq!(command.act, Deed::AnswerMeasure);
        let Change::Put(AnyRecord::Measure(row)) = &command.changes[0] else { panic!() };
        assert_eq!((row.taken, row.answer.as_str()), (Taken::Otherwise, "人が足りない"));
    }
}
