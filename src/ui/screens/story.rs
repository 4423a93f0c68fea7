//! The story of a worker: what is due first, then everything that was recorded, newest first.

use super::common;
use crate::app::checkups::secondary;
use crate::app::interview::stress::is_after_the_check;
use crate::app::worklist::Item;
use crate::app::{Site, View, attachments};
use crate::domain::{Day, Id};
use crate::ui::route::{NoteKind, NotePlace, Route, Why};

/// A record of the story.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name, stable over edits.
    pub key: String,
    /// Its day; for what is due, the day it is due.
    pub day: Day,
    /// What kind of record.
    pub kind: &'static str,
    /// What it says.
    pub text: String,
    /// How it stands.
    pub state: String,
    /// What it opens.
    pub opens: Route,
}

/// The story of the worker `id`.
pub fn story(view: &View, site: &Site, id: &Id) -> Vec<Line> {
    let index = view.caseload.sites.iter().position(|other| other.id() == site.id());
    let items = index.and_then(|index| view.assessments.get(index)).map(|a| a.items.as_slice()).unwrap_or_default();
    let mut lines: Vec<Line> =
        items.iter().filter(|item| item.worker.as_ref() == Some(id)).map(|item| due(view, item)).collect();
    let mut past = records(site, id);
    past.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.key.cmp(&b.key)));
    lines.extend(past);
    lines
}

fn due(view: &View, item: &Item) -> Line {
    let soft = if item.due.soft { "概ね " } else { "" };
    Line {
        key: item.key.clone(),
        day: item.due.safe,
        kind: item.task.label(),
        text: format!("{}の番  {}", item.turn.label(), item.about),
        state: format!("{soft}{}", item.urgency(view.today)),
        opens: common::item_target(item),
    }
}

fn records(site: &Site, id: &Id) -> Vec<Line> {
    let mut lines = requests(site, id);
    lines.extend(notices(site, id));
    lines.extend(interviews(site, id));
    lines.extend(issued(site, id));
    lines.extend(measures(site, id));
    lines.extend(checkups(site, id));
    lines.extend(inquiries(site, id));
    lines.extend(after_checkups(site, id));
    lines.extend(stress(site, id));
    lines.extend(exclusions(site, id));
    lines.extend(certificates(site, id));
    lines.extend(attached(site, id));
    lines
}

/// A line that opens the reasons of the worker.
fn line(worker: &Id, key: &Id, day: Day, kind: &'static str, text: String, state: impl Into<String>) -> Line {
    let opens = Route::Why(Box::new(Why::Worker(worker.clone())));
    Line { key: key.to_string(), day, kind, text, state: state.into(), opens }
}

fn requests(site: &Site, id: &Id) -> Vec<Line> {
    let of = |request: &crate::domain::case::Request| {
        let state = if request.withdrawn_on.is_some() { "取下げ" } else { "" };
        line(id, &request.id, request.day, "申出", format!("{}  {}", request.by.label(), request.place), state)
    };
    site.requests.iter().filter(|request| &request.worker == id).map(of).collect()
}

fn notices(site: &Site, id: &Id) -> Vec<Line> {
    let of = |notice: &crate::domain::case::Notice| {
        let month = notice.period_end.format("%-m月分").to_string();
        line(id, &notice.id, notice.day, "通知", notice.kind.label().to_owned(), month)
    };
    site.notices.iter().filter(|notice| notice.worker.as_ref() == Some(id)).map(of).collect()
}

fn interviews(site: &Site, id: &Id) -> Vec<Line> {
    let of = |interview: &crate::domain::interview::Interview| {
        // After the stress check nobody was asked about the fatigue.
        let about = match is_after_the_check(site, interview) {
            true => "高ストレス".to_owned(),
            false => format!("疲労 {}", interview.fatigue as u8),
        };
        let text = format!("{about}  {}", interview.fitness.label());
        let opens = Route::Opinion(interview.id.clone());
        Line { opens, ..line(id, &interview.id, interview.day, "面接", text, interview.mode.label()) }
    };
    site.interviews.iter().filter(|interview| &interview.worker == id).map(of).collect()
}

fn issued(site: &Site, id: &Id) -> Vec<Line> {
    let of = |issued: &crate::domain::opinion::Issued| {
        let state = format!("第{}版 確定", issued.version);
        line(id, &issued.id, issued.day, "意見書", issued.id.to_string(), state)
    };
    site.issued.iter().filter(|issued| issued.worker.as_ref() == Some(id)).map(of).collect()
}

fn measures(site: &Site, id: &Id) -> Vec<Line> {
    let of = |measure: &crate::domain::case::Measure| {
        let day = measure.from.or(measure.heard_on).unwrap_or_default();
        let state = if measure.lifted_on.is_some() { "解除" } else { measure.taken.label() };
        line(id, &measure.id, day, "措置", format!("{} {}", measure.kind.label(), measure.amount), state)
    };
    site.measures.iter().filter(|measure| &measure.worker == id).map(of).collect()
}

fn checkups(site: &Site, id: &Id) -> Vec<Line> {
    let of = |checkup: &crate::domain::worker::Checkup| {
        let opinion = checkup.opinion.map_or("意見なし", |opinion| opinion.label());
        let text = format!("{} {}", checkup.finding.label(), checkup.summary);
        // A secondary examination stands with its primary one.
        match secondary::primary(site, &checkup.id) {
            Some(primary) => {
                let text = format!("一次 {}  {text}", primary.day.format("%m-%d"));
                line(id, &checkup.id, checkup.day, "二次健診", text, opinion)
            }
            None => line(id, &checkup.id, checkup.day, "健診", text, opinion),
        }
    };
    site.checkups.iter().filter(|checkup| &checkup.worker == id).map(of).collect()
}

fn inquiries(site: &Site, id: &Id) -> Vec<Line> {
    let of = |row: &crate::domain::checkup::OpinionInquiry| {
        let state = if row.answered_on.is_some() { "回答済" } else { "回答待ち" };
        let text = format!("{} {}", row.document, row.question);
        let opens = note(site, id, NoteKind::Inquiry, &row.id);
        Line { opens, ..line(id, &row.id, row.asked_on, "照会", text, state) }
    };
    site.opinion_inquiries.iter().filter(|row| &row.worker == id).map(of).collect()
}

/// 保健指導, and examinations beside the ordinary one.
fn after_checkups(site: &Site, id: &Id) -> Vec<Line> {
    let given = |row: &crate::domain::checkup::HealthGuidance| {
        let opens = note(site, id, NoteKind::Guidance, &row.id);
        Line { opens, ..line(id, &row.id, row.given_on, "保健指導", row.content.clone(), row.given_by.clone()) }
    };
    let examined = |row: &crate::domain::checkup::SpecialExam| {
        let opens = note(site, id, NoteKind::Special, &row.id);
        let state = row.opinion.map_or("", |opinion| opinion.label());
        let text = format!("{}  {}", row.exam.label(), row.finding.label());
        Line { opens, ..line(id, &row.id, row.day, "特殊健診", text, state) }
    };
    let guidance = site.health_guidance.iter().filter(|row| &row.worker == id).map(given);
    guidance.chain(site.special_exams.iter().filter(|row| &row.worker == id).map(examined)).collect()
}

fn note(site: &Site, worker: &Id, kind: NoteKind, row: &Id) -> Route {
    let (worker, row) = (Some(worker.clone()), Some(row.clone()));
    Route::CheckupNote(Box::new(NotePlace { site: site.id().clone(), kind, worker, row }))
}

fn stress(site: &Site, id: &Id) -> Vec<Line> {
    let of = |flag: &crate::domain::worker::StressFlag| {
        line(id, &flag.id, flag.day, "SC", flag.state.label().to_owned(), "")
    };
    site.stress.iter().filter(|flag| &flag.worker == id).map(of).collect()
}

fn exclusions(site: &Site, id: &Id) -> Vec<Line> {
    let of = |exclusion: &crate::domain::case::Exclusion| {
        line(id, &exclusion.id, exclusion.day, "面接不要", exclusion.keeps_healthy.clone(), exclusion.period.name())
    };
    site.exclusions.iter().filter(|exclusion| &exclusion.worker == id).map(of).collect()
}

fn certificates(site: &Site, id: &Id) -> Vec<Line> {
    let of = |certificate: &crate::domain::case::Certificate| {
        let text = format!("{}  面接 {}", certificate.doctor, certificate.interviewed_on.format("%m-%d"));
        let state = certificate.opinion_on.map_or("意見待", |_| "意見済");
        let opens = Route::Certificate(id.clone(), Some(certificate.id.clone()));
        Line { opens, ..line(id, &certificate.id, certificate.received_on, "証明書", text, state) }
    };
    site.certificates.iter().filter(|certificate| &certificate.worker == id).map(of).collect()
}

fn attached(site: &Site, id: &Id) -> Vec<Line> {
    let of = |attachment: &crate::domain::case::AttachmentLine| {
        let state = attachments::described(attachment);
        let opens = Route::Attachments(attachment.record.clone());
        Line { opens, ..line(id, &attachment.id, attachment.day, "添付", attachment.title.clone(), state) }
    };
    attachments::of(site, id).into_iter().map(of).collect()
}
