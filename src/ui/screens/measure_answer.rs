//! 措置の回答: what the employer answered to an opinion, measure by measure, with the reason for what differs.
//!
//! Knows the fields and their words. What may be recorded is `app::measure_answers`' to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, Saving, typed_into};
use crate::app::measure_answers::{self, AnswerEntry, AnswerFault, measures};
use crate::app::{Effect, Site, View};
use crate::domain::case::{Measure, Taken};
use crate::domain::{Day, Id};
use crate::ui::actions::{Act, Offer};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// Fields of the measures; an opinion has fewer.
const MEASURES: [&str; 12] = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12"];
/// The answers by their numbers; 0 is none yet.
const ANSWERS: [Taken; 5] = [Taken::Open, Taken::Taken, Taken::Planned, Taken::Otherwise, Taken::NotTaken];

/// The form of an answer to the measures of one case.
pub struct MeasureAnswer {
    case: Id,
    entry: Option<Entry<Saving>>,
}

impl MeasureAnswer {
    /// The form for this case.
    pub fn new(case: Id) -> Self {
        Self { case, entry: None }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site_of(&self.case).map(|site| &**site)
    }

    fn build(&mut self, view: &View) {
        let Some(site) = self.site(view) else { return };
        let known = measures(site, &self.case);
        if known.is_empty() {
            return;
        }
        let form = form(&known, view.today);
        self.entry = Some(Entry::new(site, format!("measures/{}", self.case), form, MEASURES[0]));
    }

    fn save(&mut self, view: &View) -> Reply {
        let Some(site) = self.site(view) else { return Reply::ignored() };
        let known = measures(site, &self.case);
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        if entry.refuse_unreadable() {
            return Reply::done();
        }
        match measure_answers::record(site, &self.case, &typed(entry.form(), &known, view.today), view.today) {
            Ok(command) => {
                let effect = Effect::Perform(site.id().clone(), Box::new(command.ending(entry.draft().to_owned())));
                let says = Some("会社の回答を記録しました。u で取り消せます".to_owned());
                Reply { says, ..Reply::ask(effect) }.then(Go::Back)
            }
            Err(fault) => {
                entry.refuse(field_of(fault), fault.to_string());
                Reply::say(common::NOTHING_WRITTEN)
            }
        }
    }

    fn input(&mut self, view: &View, input: &Input) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        entry.typed(input).unwrap_or_else(|| self.save(view))
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
    let options = || (0_u8..).zip(ANSWERS.iter().map(|taken| taken.label().into())).collect();
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
    let answer = |id: &str| form.choice(id).and_then(|number| ANSWERS.get(usize::from(number))).copied();
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

impl Screen for MeasureAnswer {
    fn route(&self) -> Route {
        Route::MeasureAnswer(self.case.clone())
    }

    fn head(&self, view: &View) -> Head {
        let worker = self.site(view).and_then(|site| measures(site, &self.case).first().map(|row| row.worker.clone()));
        worker.map_or_else(Head::default, |worker| common::person_head(view, &worker, "措置の回答"))
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (Some(entry), Some(site)) = (&self.entry, self.site(view)) else {
            canvas.text(2, body.y, body.width, &AnswerFault::NoMeasure.to_string(), Weight::Plain);
            return None;
        };
        let asked = measures(site, &self.case);
        for (place, row) in asked.iter().enumerate() {
            canvas.text(2, body.y + columns(place), body.width.saturating_sub(4), &line(place, row), Weight::Plain);
        }
        let taken = (columns(asked.len()) + 1).min(body.height);
        entry.draw(canvas, Rect { y: body.y + taken, height: body.height - taken, ..body })
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
        self.entry.iter_mut().for_each(|entry| entry.offer_saving("回答を保存"));
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
            id: Id::new(&site_id(), Prefix::Row, 801),
            case_id: case(),
            worker: worker_id(1),
            kind: MeasureKind::OvertimeLimit,
            amount: "20".to_owned(),
            content: String::new(),
            from: None,
            until: None,
            review_on: None,
            heard_on: None,
            heard: String::new(),
            present: String::new(),
            taken: Taken::Open,
            answered_on: None,
            answer: String::new(),
            lifted_on: None,
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
