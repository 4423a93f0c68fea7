//! 証明書: the paper of an interview by a doctor of the worker's own choice, and the opinion stated on it.
//!
//! Knows the fields and their words. What may be recorded is `app::certificates`' to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, EntryForm, Refusal};
use super::request::{PERIODS, month_word};
use crate::app::certificates::{self, CertificateEntry, CertificateFault};
use crate::app::requests;
use crate::app::{Site, View};
use crate::domain::case::Certificate;
use crate::domain::command::Command;
use crate::domain::{Day, Id, Period};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Where values of the recorded paper begin, as in a form.
const VALUE: u16 = 16;

/// The form of a certificate, or of the opinion on a recorded one.
pub struct CertificateForm {
    worker: Id,
    recorded: Option<Id>,
    periods: Vec<Period>,
}

impl CertificateForm {
    /// A new certificate of this worker, or a recorded one.
    pub fn new(worker: Id, recorded: Option<Id>) -> Self {
        Self { worker, recorded, periods: Vec::new() }
    }

    fn certificate<'view>(&self, view: &'view View) -> Option<&'view Certificate> {
        let id = self.recorded.as_ref()?;
        common::site_of(view, &self.worker)?.certificates.iter().find(|row| &row.id == id)
    }

    /// What saving writes: the paper, or the opinion on a recorded one; with the words for it.
    fn made(&self, view: &View, site: &Site, form: &Form) -> Result<(Command, &'static str), CertificateFault> {
        let Some(id) = &self.recorded else {
            let typed = typed(form, &self.periods, view.today);
            let (_, command) = certificates::receive(site, &self.worker, &typed, view.today)?;
            return Ok((command, RECEIVED));
        };
        let day = form.day("day").unwrap_or(view.today);
        Ok((certificates::state_opinion(site, id, day, form.text("opinion"), view.today)?, STATED))
    }
}

const RECEIVED: &str = "証明書を受け取りました。意見の期限は受け取った日から数えます。Ctrl-Z で取り消せます";
const STATED: &str = "述べた意見を記録しました。Ctrl-Z で取り消せます";

/// The items of 則52条の5, in the order of the article after the day of receipt.
fn paper(today: Day, periods: &[Period]) -> Form {
    let mut months = vec![(0, "期間を定めない".into())];
    months.extend(numbered(1, periods.iter().map(|period| month_word(*period))));
    let newest = if periods.is_empty() { "0" } else { "1" };
    Form::new(vec![
        Field::date("received", "受け取った日", today, Direction::Back).with(&today.to_string()),
        Field::choice("period", "どの期間", months).with(newest),
        Field::date("interviewed", "面接の日", today, Direction::Back),
        Field::text("doctor", "医師の氏名"),
        Field::memo("fatigue", "疲労の蓄積", 3),
        Field::memo("condition", "心身の状況", 3),
        Field::memo("care", "指導・受診", 2),
    ])
}

fn opinion(today: Day, known: &Certificate) -> Form {
    let day = known.opinion_on.unwrap_or(today);
    Form::new(vec![
        Field::date("day", "意見の日", today, Direction::Back).with(&day.to_string()),
        Field::memo("opinion", "述べた意見", 4).with(&known.opinion),
    ])
}

fn typed(form: &Form, periods: &[Period], today: Day) -> CertificateEntry {
    let text = |field: &str| form.text(field).to_owned();
    CertificateEntry {
        received_on: form.day("received").unwrap_or(today),
        period: form.chosen("period", 1, periods).copied(),
        interviewed_on: form.day("interviewed"),
        doctor: text("doctor"),
        fatigue: text("fatigue"),
        condition: text("condition"),
        care: text("care"),
    }
}

/// The field that a fault is about.
const fn field_of(fault: CertificateFault) -> &'static str {
    match fault {
        CertificateFault::NoInterviewDay | CertificateFault::InterviewAfterReceipt => "interviewed",
        CertificateFault::NoDoctor => "doctor",
        CertificateFault::NoFatigue => "fatigue",
        CertificateFault::NoCondition => "condition",
        CertificateFault::NoOpinion | CertificateFault::NoCertificate => "opinion",
        CertificateFault::OpinionBeforeReceipt => "day",
        CertificateFault::Day(_) => "received",
    }
}

/// What each field is for, in the message row.
fn hint(field: &str) -> &'static str {
    match field {
        "received" => "本人が会社へ出した書面を受け取った日です。意見の期限はここから数えます",
        "period" => "どの月の時間についての面接かを番号で選びます",
        "interviewed" => "書面にある面接の実施年月日です",
        "fatigue" => "書面のとおりに書きます。点数や区分に直しません",
        "condition" => "書面のとおりに書きます。病名が書かれているとは限りません",
        "care" => "保健指導や医療が要るかが書かれていれば書きます",
        "day" => "会社へ意見を述べた日です",
        "opinion" => "述べた意見を書きます。面接をした医師ではなく、産業医の意見です",
        _ => "書面のとおりに書きます。F6 で保存の行へ移ります",
    }
}

impl EntryForm for CertificateForm {
    fn route(&self) -> Route {
        Route::Certificate(self.worker.clone(), self.recorded.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "証明書")
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let (site, _) = common::person(view, &self.worker)?;
        self.periods = requests::closed_periods(site, view.today, PERIODS);
        let (of, form, first) = match &self.recorded {
            None => (&self.worker, paper(view.today, &self.periods), "interviewed"),
            Some(id) => (id, opinion(view.today, self.certificate(view)?), "opinion"),
        };
        Some(Entry::new(site, format!("certificate/{of}"), form, first))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some(site) = common::site_of(view, &self.worker) else { return Ok(Reply::ignored()) };
        let made = self.made(view, site, entry.form());
        let (command, says) = made.map_err(|fault| (field_of(fault), fault.to_string()))?;
        Ok(entry.save(command, says))
    }

    fn save_label(&self) -> &'static str {
        if self.recorded.is_some() { "意見を保存" } else { "証明書を保存" }
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        field.map_or("Enter で記録します", hint).to_owned()
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry) -> Option<Position> {
        let used = self.certificate(view).map_or(0, |row| draw_paper(canvas, body, row));
        entry.draw(canvas, Rect { y: body.y + used, height: body.height.saturating_sub(used + 1), ..body })
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let none = self.recorded.is_none().then_some("証明書を保存したあとで添えられます");
        vec![action(Act::Attach).offer().refused(none)]
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        let paper = self.recorded.clone().filter(|_| act == Act::Attach);
        paper.map_or_else(Reply::ignored, |id| Reply::to(Route::Attachments(id)))
    }
}

/// The paper as it was recorded; gives the rows used, with an empty one behind.
fn draw_paper(canvas: &mut Canvas<'_>, body: Rect, row: &Certificate) -> u16 {
    let about = row.period_end.map(|end| end.format("   %-m月分").to_string()).unwrap_or_default();
    let lines = [
        ("受け取った日", format!("{}{about}", row.received_on)),
        ("面接の日", row.interviewed_on.to_string()),
        ("医師の氏名", row.doctor.clone()),
        ("疲労の蓄積", row.fatigue.clone()),
        ("心身の状況", row.condition.clone()),
        ("指導・受診", if row.care.is_empty() { "-".to_owned() } else { row.care.clone() }),
    ];
    let room = usize::from(body.width.saturating_sub(VALUE + 1));
    let mut y = body.y;
    for (label, text) in lines {
        canvas.text(2, y, VALUE - 3, label, Weight::Dim);
        let rows = wrap(&text, room);
        for (index, part) in rows.iter().take(2).enumerate() {
            canvas.text(VALUE, y + columns(index), body.width, part, Weight::Plain);
        }
        y += columns(rows.len().clamp(1, 2));
    }
    y + 1 - body.y
}

#[cfg(test)]
#[path = "certificate_tests.rs"]
mod tests;
