//! Three lists with dates: the workplace's criterion, what the 産業医 set for 面接不要, doctors who interview.

use super::lists::Problem;
use crate::app::Site;
use crate::domain::doctor::SiteDoctor;
use crate::domain::establishment::{Criterion, StandingInstruction};
use crate::domain::{Day, Id, Seconds};
use crate::ui::dates::clock;
use crate::ui::field::Field;
use crate::ui::form::Form;

pub(super) type Values = Vec<(&'static str, String)>;

pub(super) fn criterion_text(row: &Criterion) -> String {
    let deliberated = if row.deliberated_on.is_some() { "" } else { "審議がまだです" };
    let parts =
        [span(Some(row.valid_from), row.valid_until), over(row.seconds), deliberated.into(), row.content.clone()];
    joined(&parts)
}

/// What an older vault wrote beside the establishment; it speaks before the first row.
pub(super) fn undated(site: &Site) -> Option<String> {
    let old = &site.establishment;
    let parts = [over(old.criterion_seconds), old.criterion.clone()];
    (!old.criterion.is_empty() || old.criterion_seconds.is_some()).then(|| format!("それより前   {}", joined(&parts)))
}

pub(super) fn instruction_text(row: &StandingInstruction) -> String {
    joined(&[span(Some(row.set_on), row.ended_on), row.doctor.clone(), row.content.clone()])
}

pub(super) fn doctor_text(row: &SiteDoctor) -> String {
    let tie = if row.is_site_physician { "産業医" } else { "" };
    joined(&[row.name.clone(), row.affiliation.clone(), tie.to_owned(), span(row.valid_from, row.valid_until)])
}

pub(super) fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("   ")
}

pub(super) fn span(from: Option<Day>, until: Option<Day>) -> String {
    let from = from.map(|day| format!("{day} から")).unwrap_or_default();
    let until = until.map(|day| format!("{day} まで")).unwrap_or_default();
    [from, until].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn over(seconds: Option<i64>) -> String {
    seconds.map(|seconds| format!("{}超", clock(Seconds(seconds)))).unwrap_or_default()
}

pub(super) fn criterion_fields(day: impl Fn(&'static str, &'static str) -> Field) -> Vec<Field> {
    vec![
        day("valid_from", "いつから"),
        day("valid_until", "いつまで"),
        Field::memo("content", "基準", 3),
        Field::hours("hours", "時間の部分"),
        day("deliberated_on", "委員会の審議"),
        Field::text("minutes", "議事の番号"),
    ]
}

pub(super) fn instruction_fields(day: impl Fn(&'static str, &'static str) -> Field, today: Day) -> Vec<Field> {
    vec![
        day("set_on", "定めた日").with(&today.to_string()),
        Field::text("doctor", "定めた産業医"),
        Field::memo("content", "目安", 3),
        day("ended_on", "いつまで"),
    ]
}

pub(super) fn doctor_fields(day: impl Fn(&'static str, &'static str) -> Field) -> Vec<Field> {
    vec![
        Field::text("name", "氏名"),
        Field::text("affiliation", "所属"),
        Field::text("registration", "医籍登録番号"),
        Field::choice("tie", "この事業場の", vec![(1, "産業医ではない".into()), (2, "産業医".into())]).with("1"),
        day("valid_from", "いつから"),
        day("valid_until", "いつまで"),
    ]
}

pub(super) fn criterion_values(row: &Criterion) -> Values {
    vec![
        ("valid_from", row.valid_from.to_string()),
        ("valid_until", written(row.valid_until)),
        ("content", row.content.clone()),
        ("hours", row.seconds.map(|seconds| clock(Seconds(seconds))).unwrap_or_default()),
        ("deliberated_on", written(row.deliberated_on)),
        ("minutes", row.minutes.clone()),
    ]
}

pub(super) fn instruction_values(row: &StandingInstruction) -> Values {
    vec![
        ("set_on", row.set_on.to_string()),
        ("doctor", row.doctor.clone()),
        ("content", row.content.clone()),
        ("ended_on", written(row.ended_on)),
    ]
}

pub(super) fn doctor_values(row: &SiteDoctor) -> Values {
    vec![
        ("name", row.name.clone()),
        ("affiliation", row.affiliation.clone()),
        ("registration", row.registration.clone()),
        ("tie", if row.is_site_physician { "2" } else { "1" }.to_owned()),
        ("valid_from", written(row.valid_from)),
        ("valid_until", written(row.valid_until)),
    ]
}

pub(super) fn written(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

pub(super) fn criterion(id: Id, form: &Form) -> Result<Criterion, Problem> {
    let valid_from = form.day("valid_from").ok_or(("valid_from", "いつからの基準かを書いてください"))?;
    let seconds = form.seconds("hours").map(|seconds| seconds.0);
    if form.text("content").is_empty() && seconds.is_none() {
        return Err(("content", "基準を文か時間で書いてください"));
    }
    Ok(Criterion {
        id,
        valid_from,
        valid_until: not_before(form, "valid_until", Some(valid_from))?,
        content: form.text("content").to_owned(),
        seconds,
        deliberated_on: form.day("deliberated_on"),
        minutes: form.text("minutes").to_owned(),
    })
}

pub(super) fn instruction(id: Id, form: &Form) -> Result<StandingInstruction, Problem> {
    let set_on = form.day("set_on").ok_or(("set_on", "定めた日を書いてください"))?;
    if form.text("content").is_empty() {
        return Err(("content", "どのようなときに面接が要らないと定めたかを書いてください"));
    }
    Ok(StandingInstruction {
        id,
        set_on,
        doctor: form.text("doctor").to_owned(),
        content: form.text("content").to_owned(),
        ended_on: not_before(form, "ended_on", Some(set_on))?,
    })
}

pub(super) fn doctor(id: Id, form: &Form) -> Result<SiteDoctor, Problem> {
    if form.text("name").is_empty() {
        return Err(("name", "医師の氏名を書いてください"));
    }
    let valid_from = form.day("valid_from");
    Ok(SiteDoctor {
        id,
        name: form.text("name").to_owned(),
        affiliation: form.text("affiliation").to_owned(),
        registration: form.text("registration").to_owned(),
        is_site_physician: form.choice("tie") == Some(2),
        valid_from,
        valid_until: not_before(form, "valid_until", valid_from)?,
    })
}

/// The last day of a span, if it does not lie before the first.
pub(super) fn not_before(form: &Form, field: &'static str, from: Option<Day>) -> Result<Option<Day>, Problem> {
    let until = form.day(field);
    match until.zip(from) {
        Some((until, from)) if until < from => Err((field, "終わりが始めより前です")),
        _ => Ok(until),
    }
}
