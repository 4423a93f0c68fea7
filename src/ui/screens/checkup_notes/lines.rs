//! The lines of the two lists, newest first, each with what it opens.

use crate::app::Site;
use crate::app::checkups::{inquiries, others, season, secondary, special_counts};
use crate::domain::checkup::{SpecialExam, SpecialKind, SpecificGuidance};
use crate::domain::{Day, Id};
use crate::law::Law;
use crate::ui::route::NoteKind;

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The record.
    pub id: Id,
    /// What kind of record.
    pub kind: NoteKind,
    /// Its day.
    pub day: Day,
    /// What it says.
    pub text: String,
    /// How it stands.
    pub state: String,
}

fn line(id: &Id, kind: NoteKind, day: Day, text: impl Into<String>, state: impl Into<String>) -> Line {
    Line { id: id.clone(), kind, day, text: text.into(), state: state.into() }
}

/// Everything of one person.
pub(super) fn of_person(law: &Law, site: &Site, worker: &Id, today: Day) -> Vec<Line> {
    let mut lines = inquired(site, worker);
    lines.extend(consents(site, worker));
    lines.extend(seconds(law, site, worker));
    lines.extend(cared(site, worker));
    lines.extend(duties(law, site, worker, today));
    lines.extend(site.special_exams.iter().filter(|row| &row.worker == worker).map(|row| examined(law, site, row)));
    lines.extend(postings(site, worker));
    lines.extend(told(site, Some(worker)));
    sorted(lines)
}

/// Everything of the establishment.
pub(super) fn of_site(site: &Site) -> Vec<Line> {
    let reports = site.sent_reports.iter().map(|row| {
        let period = format!("{} - {}", row.period_from, row.period_until);
        line(&row.id, NoteKind::Report, row.submitted_on, format!("{}  {}", row.kind.label(), row.way), period)
    });
    let advice = site.checkup_advice.iter().map(|row| {
        let text = if row.plan.is_empty() { &row.precautions } else { &row.plan };
        line(&row.id, NoteKind::Advice, row.given_on, text, &row.given_to)
    });
    let places = site
        .workplace_facts
        .iter()
        .map(|row| line(&row.id, NoteKind::Workplace, row.valid_from, row.kind.label(), "この日から"));
    sorted(reports.chain(advice).chain(places).chain(told(site, None)).collect())
}

/// That results were told: of one person what names them, of the establishment what is about everybody.
fn told<'site>(site: &'site Site, worker: Option<&'site Id>) -> impl Iterator<Item = Line> + use<'site> {
    let theirs = site.result_notices.iter().filter(move |row| row.worker.as_ref() == worker);
    theirs.map(|row| {
        let text = format!("健診 {} - {}", row.examined_from, row.examined_until);
        line(&row.id, NoteKind::Result, row.told_on, text, &row.way)
    })
}

fn sorted(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|one, other| (other.day, &other.id).cmp(&(one.day, &one.id)));
    lines
}

fn inquired(site: &Site, worker: &Id) -> Vec<Line> {
    let theirs = site.opinion_inquiries.iter().filter(|row| &row.worker == worker);
    let told = |row: &crate::domain::checkup::OpinionInquiry| {
        let state = row.answered_on.map_or_else(|| "回答待ち".to_owned(), |day| format!("{day} 回答"));
        line(
            &row.id,
            NoteKind::Inquiry,
            row.asked_on,
            format!("{}  {}", row.question, inquiries::version(site, row)),
            state,
        )
    };
    theirs.map(told).collect()
}

fn consents(site: &Site, worker: &Id) -> Vec<Line> {
    let theirs = site.secondary_consents.iter().filter(|row| &row.worker == worker);
    let told = |row: &crate::domain::checkup::SecondaryConsent| {
        let primary = site.checkups.iter().find(|head| head.id == row.primary_checkup);
        let primary = primary.map_or_else(String::new, |head| format!("一次 {}", head.day));
        let after: Vec<String> =
            secondary::following(site, &row.primary_checkup).iter().map(|head| format!("二次 {}", head.day)).collect();
        let state = match row.withdrawn_on {
            Some(day) => format!("{day} 取下げ"),
            None if after.is_empty() => "結果待ち".to_owned(),
            None => after.join(" "),
        };
        line(&row.id, NoteKind::Consent, row.consented_on, format!("{primary}  {}", row.way), state)
    };
    theirs.map(told).collect()
}

/// Secondary results that are kept: by when the opinion is to be heard, counted from the day they were handed in.
fn seconds(law: &Law, site: &Site, worker: &Id) -> Vec<Line> {
    let theirs = site.secondary_exams.iter().filter(|row| &row.worker == worker);
    let told = |row: &crate::domain::checkup::SecondaryExam| {
        let head = site.checkups.iter().find(|head| head.id == row.checkup)?;
        let due = secondary::due(law, site, head).map(|due| format!("意見 {} まで", due.safe));
        let state = head.opinion.map(|opinion| opinion.label().to_owned()).or(due).unwrap_or_default();
        let text = format!("結果を受けた {}", row.submitted_on);
        Some(line(&row.id, NoteKind::Secondary, head.day, text, state))
    };
    theirs.filter_map(told).collect()
}

fn cared(site: &Site, worker: &Id) -> Vec<Line> {
    let guidance = site.health_guidance.iter().filter(|row| &row.worker == worker).map(|row| {
        let text = format!("{}  {}", row.given_by, row.content);
        let state = if row.specific == SpecificGuidance::Received { "特定保健指導も受領" } else { "" };
        line(&row.id, NoteKind::Guidance, row.given_on, text, state)
    });
    let told = site.risk_notices.iter().filter(|row| &row.worker == worker);
    let told =
        told.map(|row| line(&row.id, NoteKind::Risk, row.told_on, "80時間を超えたら申し出るよう伝えた", &row.way));
    guidance.chain(told).collect()
}

fn duties(law: &Law, site: &Site, worker: &Id, today: Day) -> Vec<Line> {
    let owed = others::owed(law, site, today);
    let due = |exam: SpecialKind| {
        let found = owed.iter().find(|one| &one.worker == worker && one.exam == exam);
        found.map(|one| one.due.map_or_else(|| "はじめの健診がまだ".to_owned(), |due| format!("次 {}", due.safe)))
    };
    let theirs = site.exam_duties.iter().filter(|row| &row.worker == worker);
    let told = |row: &crate::domain::checkup::ExamDuty| {
        let ended = row.valid_until.filter(|until| *until < today).map(|until| format!("{until} まで"));
        let state = ended.or_else(|| due(row.exam)).unwrap_or_default();
        line(&row.id, NoteKind::Duty, row.valid_from, format!("{}  {}", row.exam.label(), row.work), state)
    };
    theirs.map(told).collect()
}

/// The sheet with what the physician wants first: the dose, the finding, and how long the record is kept.
fn examined(law: &Law, site: &Site, row: &SpecialExam) -> Line {
    let kept = special_counts::kept_until(law, site, row).map(|due| format!("保存 {} まで", due.last));
    let second = if others::is_second_owed(law, row) { "再検査は会社の義務" } else { "" };
    let (exam, finding) = (row.exam.label().to_owned(), row.finding.label().to_owned());
    let parts = [exam, dose(row), finding, second.to_owned(), kept.unwrap_or_default()];
    let text = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("  ");
    let state = match (row.opinion, row.finding) {
        (Some(opinion), _) => opinion.label().to_owned(),
        (None, crate::domain::worker::FindingState::Present) => "意見なし".to_owned(),
        (None, _) => String::new(),
    };
    line(&row.id, NoteKind::Special, row.day, text, state)
}

/// 電離: the dose since the last examination, or that nobody told it (電離則56条).
pub(super) fn dose(row: &SpecialExam) -> String {
    match (row.exam, row.dose_microsieverts) {
        (SpecialKind::Radiation | SpecialKind::Decontamination, Some(dose)) => format!("線量 {dose}マイクロSv"),
        (SpecialKind::Radiation | SpecialKind::Decontamination, None) => "線量の記入なし".to_owned(),
        _ => String::new(),
    }
}

fn postings(site: &Site, worker: &Id) -> Vec<Line> {
    let theirs = site.postings.iter().filter(|row| &row.worker == worker);
    let told = |row: &crate::domain::checkup::Posting| {
        let state = row.returns_on.map_or_else(|| "帰国の日なし".to_owned(), |back| format!("{back} 帰国"));
        line(&row.id, NoteKind::Posting, row.leaves_on, &row.place, state)
    };
    theirs.map(told).collect()
}

/// 受診率 of each year in words.
pub(super) fn turnouts(site: &Site, today: Day) -> Vec<String> {
    let told = |turnout: season::Turnout| {
        let percent = turnout.percent().unwrap_or_else(|| "-".to_owned());
        let until = if turnout.counted_on == today { "  きょうまで" } else { "" };
        format!("{}年  {percent:>6}  {} / {}名{until}", turnout.year, turnout.examined, turnout.enrolled)
    };
    season::turnouts(site, today).into_iter().map(told).collect()
}
