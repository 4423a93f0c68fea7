//! The fields of each kind of record, filled in with what is on record.

use chrono::Datelike;

use crate::app::Site;
use crate::app::checkups::{inquiries, others, secondary};
use crate::domain::checkup::{
    CheckupAdvice, DustClass, ExamDuty, HealthGuidance, OpinionInquiry, Posting, ReportKind, ResultNotice, RiskNotice,
    SecondaryConsent, SecondaryExam, SentReport, SpecialExam, SpecialKind, SpecificGuidance, WorkplaceFact,
    WorkplaceKind,
};
use crate::domain::interview::Fitness;
use crate::domain::worker::{Checkup, FindingState};
use crate::domain::{Day, Id};
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::{NoteKind, NotePlace};

/// Examinations that may be chosen by a digit.
const MOST: usize = 9;

/// The record that is corrected, if it is one.
pub(super) fn known<'rows, T>(rows: &'rows [T], place: &NotePlace, id: impl Fn(&T) -> &Id) -> Option<&'rows T> {
    let wanted = place.row.as_ref()?;
    rows.iter().find(|row| id(row) == wanted)
}

/// The fields of a kind; none where the person is not there.
pub(super) fn form(site: &Site, place: &NotePlace, today: Day) -> Option<Form> {
    let worker = place.worker.as_ref();
    let fields = match place.kind {
        NoteKind::Inquiry => inquiry(site, worker?, known(&site.opinion_inquiries, place, |row| &row.id), today),
        NoteKind::Consent => consent(site, worker?, known(&site.secondary_consents, place, |row| &row.id), today),
        NoteKind::Secondary => submission(known(&site.secondary_exams, place, |row| &row.id)?, today),
        NoteKind::Guidance => guidance(site, worker?, known(&site.health_guidance, place, |row| &row.id), today),
        NoteKind::Risk => risk(site, worker?, known(&site.risk_notices, place, |row| &row.id), today),
        NoteKind::Duty => duty(known(&site.exam_duties, place, |row| &row.id), today),
        NoteKind::Special => special(site, worker?, known(&site.special_exams, place, |row| &row.id), today),
        NoteKind::Posting => posting(known(&site.postings, place, |row| &row.id), today),
        NoteKind::Advice => advice(known(&site.checkup_advice, place, |row| &row.id), today),
        NoteKind::Report => report(known(&site.sent_reports, place, |row| &row.id), today),
        NoteKind::Result => told(site, worker, known(&site.result_notices, place, |row| &row.id), today),
        NoteKind::Workplace => workplace(known(&site.workplace_facts, place, |row| &row.id), today),
    };
    Some(Form::new(fields))
}

fn date(id: &'static str, label: &'static str, known: Option<Day>, today: Day, direction: Direction) -> Field {
    let field = Field::date(id, label, today, direction);
    match known {
        Some(day) => field.with(&day.to_string()),
        None => field,
    }
}

/// One of a closed list, by its place.
fn one_of<T: Copy + PartialEq>(
    id: &'static str,
    label: &'static str,
    all: &'static [T],
    name: fn(T) -> &'static str,
    chosen: Option<T>,
) -> Field {
    let options = numbered(1, all.iter().map(|value| name(*value)));
    let place = chosen.and_then(|chosen| all.iter().position(|value| *value == chosen));
    let field = Field::choice(id, label, options);
    match place {
        Some(place) => field.with(&(place + 1).to_string()),
        None => field,
    }
}

fn answer(id: &'static str, label: &'static str, is_so: bool) -> Field {
    let options = vec![(0, "いいえ".into()), (1, "はい".into())];
    Field::choice(id, label, options).with(if is_so { "1" } else { "0" })
}

/// Ordinary examinations of a person, newest first; a secondary one is none.
pub(super) fn examinations<'site>(site: &'site Site, worker: &Id) -> Vec<&'site Checkup> {
    let others = secondary::heads(site);
    let theirs = site.checkups.iter().filter(|head| &head.worker == worker && !others.contains(&head.id));
    let mut found: Vec<&Checkup> = theirs.collect();
    found.sort_by(|one, other| (other.day, &other.id).cmp(&(one.day, &one.id)));
    found.truncate(MOST);
    found
}

fn examination(site: &Site, worker: &Id, label: &'static str, chosen: Option<&Id>) -> Field {
    let heads = examinations(site, worker);
    let options = numbered(1, heads.iter().map(|head| head.day.to_string()));
    let place = chosen.and_then(|chosen| heads.iter().position(|head| &head.id == chosen)).unwrap_or(0);
    Field::choice("checkup", label, options).with(&(place + 1).to_string())
}

fn inquiry(site: &Site, worker: &Id, row: Option<&OpinionInquiry>, today: Day) -> Vec<Field> {
    let papers = inquiries::papers(site, worker);
    let told = |paper: &&crate::domain::opinion::Issued| format!("{} 第{}版 {}", paper.id, paper.version, paper.day);
    let options = numbered(1, papers.iter().take(MOST).map(told));
    let place = row.and_then(|row| papers.iter().position(|paper| paper.id == row.document)).unwrap_or(0);
    vec![
        Field::choice("document", "どの意見", options).with(&(place + 1).to_string()),
        date("asked", "照会の日", Some(row.map_or(today, |row| row.asked_on)), today, Direction::Back),
        Field::text("asked_by", "照会した人").with(row.map_or("", |row| &row.asked_by)),
        Field::memo("question", "照会", 3).with(row.map_or("", |row| &row.question)),
        date("answered", "回答の日", row.and_then(|row| row.answered_on), today, Direction::Back),
        Field::memo("answer", "回答", 4).with(row.map_or("", |row| &row.answer)),
    ]
}

fn consent(site: &Site, worker: &Id, row: Option<&SecondaryConsent>, today: Day) -> Vec<Field> {
    vec![
        examination(site, worker, "一次健診", row.map(|row| &row.primary_checkup)),
        date("day", "同意の日", Some(row.map_or(today, |row| row.consented_on)), today, Direction::Back),
        Field::text("way", "方法").with(row.map_or("", |row| &row.way)),
        date("withdrawn", "取下げの日", row.and_then(|row| row.withdrawn_on), today, Direction::Back),
    ]
}

fn submission(row: &SecondaryExam, today: Day) -> Vec<Field> {
    vec![date("submitted", "結果を受けた", Some(row.submitted_on), today, Direction::Back)]
}

fn guidance(site: &Site, worker: &Id, row: Option<&HealthGuidance>, today: Day) -> Vec<Field> {
    vec![
        examination(site, worker, "どの健診", row.map(|row| &row.checkup)),
        date("day", "行った日", Some(row.map_or(today, |row| row.given_on)), today, Direction::Back),
        Field::text("given_by", "行った人").with(row.map_or("", |row| &row.given_by)),
        Field::memo("content", "内容", 4).with(row.map_or("", |row| &row.content)),
        one_of(
            "specific",
            "特定保健指導",
            SpecificGuidance::ALL,
            SpecificGuidance::label,
            Some(row.map_or(SpecificGuidance::Unasked, |row| row.specific)),
        ),
        Field::memo("specific_content", "その内容", 2).with(row.map_or("", |row| &row.specific_content)),
    ]
}

fn risk(site: &Site, worker: &Id, row: Option<&RiskNotice>, today: Day) -> Vec<Field> {
    vec![
        examination(site, worker, "どの健診", row.map(|row| &row.checkup)),
        date("day", "伝えた日", Some(row.map_or(today, |row| row.told_on)), today, Direction::Back),
        Field::text("way", "方法").with(row.map_or("", |row| &row.way)),
    ]
}

fn duty(row: Option<&ExamDuty>, today: Day) -> Vec<Field> {
    vec![
        one_of("exam", "健診", SpecialKind::ALL, SpecialKind::label, row.map(|row| row.exam)),
        Field::text("work", "業務・物").with(row.map_or("", |row| &row.work)),
        Field::memo("items", "項目", 4).with(row.map_or("", |row| &row.items)),
        date("from", "始まり", row.map(|row| row.valid_from), today, Direction::Nearest),
        date("until", "終わり", row.and_then(|row| row.valid_until), today, Direction::Nearest),
        answer("relaxed", "間隔の緩和", row.is_some_and(|row| row.is_relaxed)),
        answer("long", "長期の保存", row.is_some_and(|row| row.is_long_kept)),
        one_of(
            "class",
            "管理区分",
            DustClass::ALL,
            DustClass::label,
            Some(row.map_or(DustClass::None, |row| row.dust_class)),
        ),
    ]
}

fn special(site: &Site, worker: &Id, row: Option<&SpecialExam>, today: Day) -> Vec<Field> {
    let duties = site.exam_duties.iter().filter(|duty| &duty.worker == worker && duty.holds_on(today));
    let exam = row.map(|row| row.exam).or_else(|| duties.map(|duty| duty.exam).next());
    let usual = || exam.map(|exam| others::usual_items(site, worker, exam, today).join("\n")).unwrap_or_default();
    let items = row.map_or_else(usual, |row| others::write_items(&row.items_json));
    let day = |of: fn(&SpecialExam) -> Option<Day>| row.and_then(of);
    vec![
        one_of("exam", "健診", SpecialKind::ALL, SpecialKind::label, exam),
        date("day", "健診日", row.map(|row| row.day), today, Direction::Back),
        Field::text("clinic", "健診機関").with(row.map_or("", |row| &row.clinic)),
        Field::memo("items", "項目と結果", 6).with(&items),
        one_of("finding", "異常の所見", FindingState::ALL, FindingState::label, row.map(|row| row.finding)),
        answer("instructed", "医師の指示", row.is_some_and(|row| row.is_instructed)),
        Field::number("dose", "線量")
            .with(&row.and_then(|row| row.dose_microsieverts).map(|dose| dose.to_string()).unwrap_or_default()),
        date("submitted", "結果を受けた", day(|row| row.submitted_on), today, Direction::Back),
        one_of("opinion", "就業区分", Fitness::ALL, Fitness::label, row.and_then(|row| row.opinion)),
        date("opinion_on", "意見の日", day(|row| row.opinion_on), today, Direction::Back),
    ]
}

fn posting(row: Option<&Posting>, today: Day) -> Vec<Field> {
    vec![
        Field::text("place", "行き先").with(row.map_or("", |row| &row.place)),
        date("leaves", "出発の日", row.map(|row| row.leaves_on), today, Direction::Nearest),
        date("returns", "帰国の日", row.and_then(|row| row.returns_on), today, Direction::Nearest),
        answer("temporary", "一時帰国", row.is_some_and(|row| row.is_home_temporary)),
    ]
}

fn advice(row: Option<&CheckupAdvice>, today: Day) -> Vec<Field> {
    vec![
        date("day", "助言の日", Some(row.map_or(today, |row| row.given_on)), today, Direction::Back),
        Field::text("given_to", "相手").with(row.map_or("", |row| &row.given_to)),
        Field::memo("plan", "実施計画", 4).with(row.map_or("", |row| &row.plan)),
        Field::memo("precautions", "実施上の注意", 4).with(row.map_or("", |row| &row.precautions)),
    ]
}

fn report(row: Option<&SentReport>, today: Day) -> Vec<Field> {
    vec![
        one_of(
            "kind",
            "報告",
            ReportKind::ALL,
            ReportKind::label,
            Some(row.map_or(ReportKind::Periodic, |row| row.kind)),
        ),
        date("from", "対象の始め", row.map(|row| row.period_from), today, Direction::Back),
        date("until", "対象の終り", row.map(|row| row.period_until), today, Direction::Nearest),
        date("submitted", "提出日", Some(row.map_or(today, |row| row.submitted_on)), today, Direction::Back),
        Field::text("way", "方法・番号").with(row.map_or("", |row| &row.way)),
    ]
}

/// The period that stands there first: the examinations of this year, of this person where there is one.
fn told(site: &Site, worker: Option<&Id>, row: Option<&ResultNotice>, today: Day) -> Vec<Field> {
    let of = |head: &&Checkup| worker.is_none_or(|worker| &head.worker == worker) && head.day.year() == today.year();
    let days = || site.checkups.iter().filter(of).map(|head| head.day).filter(|day| *day <= today);
    let (from, until) = (row.map(|row| row.examined_from), row.map(|row| row.examined_until));
    vec![
        date("from", "健診の始め", from.or_else(|| days().min()), today, Direction::Back),
        date("until", "健診の終り", until.or_else(|| days().max()), today, Direction::Back),
        date("day", "知らせた日", Some(row.map_or(today, |row| row.told_on)), today, Direction::Back),
        Field::text("way", "方法").with(row.map_or("", |row| &row.way)),
    ]
}

fn workplace(row: Option<&WorkplaceFact>, today: Day) -> Vec<Field> {
    vec![
        one_of("kind", "種類", WorkplaceKind::ALL, WorkplaceKind::label, row.map(|row| row.kind)),
        date("day", "この日から", row.map(|row| row.valid_from), today, Direction::Back),
    ]
}
