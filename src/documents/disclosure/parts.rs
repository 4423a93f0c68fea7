//! What several copies say in the same words: head, person, dates, signature.

use chrono::Datelike;

use super::OpinionFacts;
use crate::documents::fingerprint::Fingerprint;
use crate::documents::form;
use crate::documents::view::{Choice, Disclosed, Row, Section};
use crate::domain::doctor::Doctor;
use crate::domain::establishment::{ContactRole, Establishment};
use crate::domain::opinion::Recipient;
use crate::domain::{Day, time};
use crate::law::interview::Class;

/// What stands where the physician wrote nothing, so that nobody writes there afterwards.
pub const NOTHING: &str = "記載なし";

/// Number, day and signature: what every signed document bears, whatever it is about.
#[derive(Debug, Clone, Copy)]
pub struct Imprint<'a> {
    /// The physician who signs.
    pub doctor: &'a Doctor,
    /// Day of issue.
    pub day: Day,
    /// `E01-2026-0001`
    pub number: &'a str,
    /// Version from 1.
    pub version: u32,
    /// Whether the data are invented.
    pub demo: bool,
    /// Fingerprint of the signing certificate, as printed.
    pub fingerprint: &'a str,
    /// Heads of the audit chains, one a line, as printed at the foot.
    pub audit_head: &'a str,
}

/// A copy of an opinion with its head and signature, without a body.
pub fn blank(facts: &OpinionFacts<'_>, name: &str, recipient: &str) -> Disclosed {
    signed(&facts.imprint(), name, recipient)
}

/// A signed document with its head and signature, without a body.
pub fn signed(imprint: &Imprint<'_>, name: &str, recipient: &str) -> Disclosed {
    Disclosed {
        form: name.to_owned(),
        title: form(name).map(|form| form.title.to_owned()).unwrap_or_default(),
        number: imprint.number.to_owned(),
        version: imprint.version,
        recipient: recipient.to_owned(),
        demo: imprint.demo,
        place_date: date(imprint.day),
        signer: signer(imprint),
        footer: imprint.audit_head.lines().map(|head| format!("控え照合 {head}")).collect(),
        ..Disclosed::default()
    }
}

/// Whose copy it is, as the head of the page says.
pub const fn copy_name(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Personnel | Recipient::Employer => "事業者用",
        Recipient::DispatchingEmployer => "派遣元事業者用",
        Recipient::LineManager => "職場用",
        Recipient::Worker => "本人用",
        Recipient::Physician => "産業医用",
    }
}

/// To whom the copy goes.
pub fn addressee(facts: &OpinionFacts<'_>, recipient: Recipient) -> Section {
    let to = match recipient {
        Recipient::Worker => format!("{} 様", facts.worker.name),
        Recipient::DispatchingEmployer => format!("{} 殿", dispatching_employer(facts)),
        Recipient::Employer => salutation(&[employer(facts.establishment)]),
        Recipient::Physician => facts.doctor.name.clone(),
        Recipient::Personnel => personnel(facts),
        Recipient::LineManager => line_manager(facts),
    };
    Section { rows: vec![Row::text("宛先", to)], ..Section::default() }
}

/// The 派遣元; our own employer where the record names no other one.
fn dispatching_employer<'a>(facts: &OpinionFacts<'a>) -> &'a str {
    let named = facts.worker.dispatch_from.trim();
    if named.is_empty() { employer(facts.establishment) } else { named }
}

/// The employer; the establishment itself where the record names none.
pub fn employer(establishment: &Establishment) -> &str {
    let employer = establishment.employer.trim();
    if employer.is_empty() { &establishment.name } else { employer }
}

fn personnel(facts: &OpinionFacts<'_>) -> String {
    let person = facts.contacts.iter().find(|contact| contact.role == ContactRole::Personnel);
    let (department, name) = person.map_or(("", ""), |person| (&person.department, &person.name));
    salutation(&[employer(facts.establishment), department, name])
}

/// Only the manager of the worker's own department is named: another one's name would send the copy astray.
fn line_manager(facts: &OpinionFacts<'_>) -> String {
    let department = facts.worker.department.trim();
    let mut managers = facts.contacts.iter().filter(|contact| contact.role == ContactRole::LineManager);
    let own = managers.find(|manager| manager.department.trim() == department && !department.is_empty());
    salutation(&[employer(facts.establishment), department, own.map_or("管理監督者", |manager| &manager.name)])
}

/// The addressee's parts that are known, with 殿.
pub fn salutation(parts: &[&str]) -> String {
    let filled = parts.iter().copied().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>();
    format!("{} 殿", filled.join("　"))
}

/// `女 42歳` on the day of the interview.
pub fn sex_and_age(facts: &OpinionFacts<'_>) -> String {
    let years = facts.worker.birth.map(|birth| time::age(birth, facts.interview.day));
    let age = years.map(|years| format!("{years}歳")).unwrap_or_default();
    format!("{} {age}", facts.worker.sex.label()).trim().to_owned()
}

/// The physician who interviewed, where another one signs.
pub fn interviewer(facts: &OpinionFacts<'_>) -> Option<Row> {
    let held_by = facts.interview.doctor.trim();
    let is_other = !held_by.is_empty() && held_by != facts.doctor.name.trim();
    is_other.then(|| Row::text("面接指導を行った医師", held_by))
}

/// 勤務の状況 as the physician confirmed it, hours included; the computed lines only where nothing was written.
pub fn work_situation(facts: &OpinionFacts<'_>) -> String {
    let written = facts.interview.work_situation.trim();
    if written.is_empty() { or_nothing(&facts.hours.join("\n")) } else { written.to_owned() }
}

/// The text, or the word that says that there is none.
pub fn or_nothing(text: &str) -> String {
    if text.trim().is_empty() { NOTHING.to_owned() } else { text.trim().to_owned() }
}

/// `2026年11月21日`
pub fn date(day: Day) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A numbered option.
pub fn choice(code: &str, text: impl Into<String>, chosen: bool) -> Choice {
    Choice { code: code.to_owned(), text: text.into(), chosen }
}

/// A row of numbered options with a text below them.
pub fn options(label: &str, options: Vec<Choice>, value: impl Into<String>) -> Row {
    Row { label: label.to_owned(), value: value.into(), options, half: false }
}

/// Options that are numbered from 0 in the order of `all`.
pub fn numbered<T: PartialEq + Copy>(all: &[(T, &str)], chosen: T) -> Vec<Choice> {
    let numbered = all.iter().enumerate();
    numbered.map(|(code, (value, text))| choice(&code.to_string(), *text, *value == chosen)).collect()
}

/// The record of an interview after the stress check.
pub const KEPT_AFTER_THE_CHECK: &str = "労働安全衛生規則第52条の18";

/// The article of the record of an interview for long hours.
pub const fn kept_by(class: Class) -> &'static str {
    match class {
        Class::General | Class::ResearchManager => "労働安全衛生規則第52条の6",
        Class::Research => "労働安全衛生規則第52条の7の2",
        Class::HighlyProfessional => "労働安全衛生規則第52条の7の4",
    }
}

/// What the employer does with the paper, and by which article it is kept.
pub fn notes(kept_by: &str) -> Vec<String> {
    vec![
        format!(
            "この書面には、面接指導の結果のうち就業上の措置に必要な事項だけを記載しています。{kept_by}による記録として保存してください。"
        ),
        "講じた措置の内容、または講じないときはその理由を、産業医へお知らせください（労働安全衛生規則第14条の2）。"
            .to_owned(),
    ]
}

fn signer(imprint: &Imprint<'_>) -> Vec<Row> {
    let doctor = imprint.doctor;
    let fingerprint = imprint.fingerprint.parse::<Fingerprint>().map(|known| known.lines().join("\n"));
    let fingerprint = fingerprint.unwrap_or_else(|_| imprint.fingerprint.to_owned());
    let rows = [
        ("医師の所属先", doctor.affiliation.as_str()),
        ("医師氏名", &doctor.name),
        ("医籍登録番号", &doctor.registration),
        ("署名の指紋", &fingerprint),
    ];
    rows.into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(label, value)| Row::text(label, value))
        .collect()
}
