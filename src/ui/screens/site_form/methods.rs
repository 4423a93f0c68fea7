//! The list of how worked time is taken down: for whom, since when, by what, and what the physician thinks of it.

use super::dated::{Values, joined, not_before, span, written};
use super::lists::Problem;
use crate::domain::establishment::{HoursMeans, HoursMethod};
use crate::domain::worker::AttributeKind;
use crate::domain::{Day, Id};
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;

/// The classes for which a workplace may fix a method of its own, as they are numbered behind 全員.
const CLASSES: [AttributeKind; 6] = [
    AttributeKind::Discretionary,
    AttributeKind::Article41,
    AttributeKind::Research,
    AttributeKind::HighlyProfessional,
    AttributeKind::Dispatched,
    AttributeKind::Physician,
];

pub(super) fn text(row: &HoursMethod) -> String {
    let class = row.class.map_or("全員", AttributeKind::label).to_owned();
    let means = row.means.label().to_owned();
    joined(&[span(Some(row.valid_from), row.valid_until), class, means, row.content.clone()])
}

pub(super) fn fields(day: impl Fn(&'static str, &'static str) -> Field) -> Vec<Field> {
    let classes = std::iter::once("全員").chain(CLASSES.map(AttributeKind::label));
    let means = HoursMeans::ALL.iter().map(|means| means.label());
    vec![
        day("valid_from", "いつから"),
        day("valid_until", "いつまで"),
        Field::choice("class", "対象", numbered(1, classes)).with("1"),
        Field::choice("means", "手段", numbered(1, means)).with("1"),
        Field::memo("content", "方法", 2),
        Field::memo("remark", "確かさ", 2),
        day("deliberated_on", "委員会の審議"),
        Field::text("minutes", "議事の番号"),
    ]
}

pub(super) fn values(row: &HoursMethod) -> Values {
    let class = row.class.and_then(|class| CLASSES.iter().position(|other| *other == class));
    let means = HoursMeans::ALL.iter().position(|means| *means == row.means).unwrap_or(0);
    vec![
        ("valid_from", row.valid_from.to_string()),
        ("valid_until", written(row.valid_until)),
        ("class", class.map_or(1, |index| index + 2).to_string()),
        ("means", (means + 1).to_string()),
        ("content", row.content.clone()),
        ("remark", row.remark.clone()),
        ("deliberated_on", written(row.deliberated_on)),
        ("minutes", row.minutes.clone()),
    ]
}

pub(super) fn method(id: Id, form: &Form) -> Result<HoursMethod, Problem> {
    let valid_from: Day = form.day("valid_from").ok_or(("valid_from", "いつからの方法かを書いてください"))?;
    Ok(HoursMethod {
        id,
        valid_from,
        valid_until: not_before(form, "valid_until", Some(valid_from))?,
        class: form.chosen("class", 2, &CLASSES).copied(),
        means: form.chosen("means", 1, HoursMeans::ALL).copied().unwrap_or_default(),
        content: form.text("content").to_owned(),
        remark: form.text("remark").to_owned(),
        deliberated_on: form.day("deliberated_on"),
        minutes: form.text("minutes").to_owned(),
    })
}
