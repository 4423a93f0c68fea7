//! `junkai document`: shows what would leave; with `--confirm` issues exactly that; what is issued is written again.

use std::process::ExitCode;

use openssl::sha::sha256;
use serde_json::json;

use super::arguments::Document as Options;
use super::fault::Fault;
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, output};
use crate::app::Site;
use crate::app::checkups::inquiries;
use crate::app::host::{DocumentPreview, DocumentRequest};
use crate::app::months::Context;
use crate::app::patrols;
use crate::app::stress::{self, StressFault};
use crate::domain::interview::Interview;
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::worker::AttributeKind;
use crate::domain::{EstablishmentId, Id};
use crate::runtime::documents::{Written, is_issued_for, newest_about, newest_issued};
use crate::runtime::{Desk, RuntimeError, Workshop};
use crate::store::audit::hex;

/// The names on the command line.
const NAMES: &[(&str, FormKind)] = &[
    ("opinion", FormKind::InterviewOpinion),
    ("opinion_2011", FormKind::InterviewOpinion2011),
    ("stress_opinion", FormKind::StressOpinion),
    ("stress_notice", FormKind::StressNotice),
    ("stress_groups", FormKind::StressGroups),
    ("stress_committee", FormKind::StressCommittee),
    ("stress_report", FormKind::StressReport),
    ("patrol_report", FormKind::PatrolReport),
    ("patrol_sheet", FormKind::PatrolSheet),
    ("brief", FormKind::VisitBrief),
    ("record", FormKind::WorkerRecord),
    ("checkup_opinions", FormKind::CheckupOpinions),
    ("checkup_list", FormKind::CheckupList),
    ("checkup_card", FormKind::CheckupCard),
    ("checkup_referral", FormKind::CheckupReferral),
    ("checkup_report", FormKind::CheckupReport),
    ("checkup_committee", FormKind::CheckupCommittee),
    ("checkup_organic", FormKind::OrganicReport),
    ("checkup_radiation", FormKind::RadiationReport),
    ("checkup_dental", FormKind::DentalReport),
    ("checkup_risk", FormKind::RiskLetter),
    ("checkup_risk_list", FormKind::RiskList),
    ("opinion_answer", FormKind::OpinionAnswer),
];

/// The names of all forms, as the help tells them.
pub(super) fn names() -> String {
    let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
    format!("様式の名前（{}）", names.join("、"))
}

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let id = establishment(&options.establishment)?;
    let form = NAMES.iter().find(|(name, _)| *name == options.form).map(|(_, form)| *form);
    let form = form.ok_or(RuntimeError::NoSuchForm)?;
    let access = if options.confirm.is_some() { Access::Writing } else { Access::Reading };
    let desk = session.desk(access)?;
    with_desk(desk, |desk| {
        let request = request(desk.site(&id)?, &id, form, options)?;
        if options.confirm.is_none()
            && let Some(document) = already(desk.site(&id)?, &request)
        {
            let written = desk.write_again(&id, &document, &options.out)?;
            return report(session, &written);
        }
        if options.confirm.is_none() {
            // Before the text is made: it ends in the head of the audit, and the confirmed text must end in the same.
            let subject = request.subject.as_ref().map_or(options.form.as_str(), Id::as_str);
            desk.viewed(&id, subject)?;
        }
        let preview = desk.preview_document_in(&request, Some(&options.out))?;
        match &options.confirm {
            None => show(session, &preview),
            Some(confirmed) => issue(session, desk, &preview, confirmed),
        }
    })
}

fn request(site: &Site, id: &EstablishmentId, form: FormKind, options: &Options) -> Result<DocumentRequest, Fault> {
    Ok(match form {
        FormKind::InterviewOpinion | FormKind::InterviewOpinion2011 | FormKind::StressOpinion => {
            let interview = newest_interview(site, &worker(site, options)?)?;
            let recipients = recipients(site, interview);
            DocumentRequest::new(id.clone(), form, Some(interview.id.clone()), recipients)
        }
        FormKind::PatrolReport => {
            let patrol = patrols::latest_completed(site).ok_or(RuntimeError::NoSuchPatrol)?;
            DocumentRequest::new(id.clone(), form, Some(patrol.id.clone()), vec![Recipient::Employer])
        }
        FormKind::CheckupReferral | FormKind::RiskLetter => {
            DocumentRequest::new(id.clone(), form, Some(worker(site, options)?), vec![Recipient::Worker])
        }
        FormKind::OrganicReport | FormKind::RadiationReport | FormKind::DentalReport => {
            DocumentRequest::new(id.clone(), form, None, vec![Recipient::Employer])
        }
        FormKind::CheckupOpinions | FormKind::CheckupList | FormKind::CheckupReport | FormKind::CheckupCommittee => {
            DocumentRequest::new(id.clone(), form, None, vec![Recipient::Employer])
        }
        FormKind::WorkerRecord | FormKind::CheckupCard => {
            DocumentRequest::own(id.clone(), form, Some(worker(site, options)?))
        }
        FormKind::StressNotice => {
            let (round, worker) = (round(site)?, worker(site, options)?);
            let result = stress::result(site, &round, &worker).ok_or(stress_fault(StressFault::NoResult))?;
            DocumentRequest::new(id.clone(), form, Some(result.id.clone()), vec![Recipient::Worker])
        }
        FormKind::StressGroups => {
            let round = round(site)?;
            let release = site.stress_releases.iter().rev().find(|row| row.round == round);
            let release = release.ok_or(stress_fault(StressFault::NothingToRelease))?;
            DocumentRequest::new(id.clone(), form, Some(release.id.clone()), vec![Recipient::Employer])
        }
        FormKind::StressCommittee => {
            DocumentRequest::new(id.clone(), form, Some(round(site)?), vec![Recipient::Employer])
        }
        FormKind::StressReport => DocumentRequest::own(id.clone(), form, Some(round(site)?)),
        FormKind::OpinionAnswer => {
            let inquiry = inquiries::answered(site, &worker(site, options)?).ok_or(RuntimeError::NoSuchInquiry)?;
            let recipient = inquiries::recipient(site, inquiry);
            DocumentRequest::new(id.clone(), form, Some(inquiry.id.clone()), vec![recipient])
        }
        FormKind::PatrolSheet | FormKind::VisitBrief | FormKind::RiskList => {
            DocumentRequest::own(id.clone(), form, None)
        }
    })
}

/// The newest round.
fn round(site: &Site) -> Result<Id, Fault> {
    Ok(stress::newest(site).map_err(stress_fault)?.id.clone())
}

fn stress_fault(fault: StressFault) -> RuntimeError {
    RuntimeError::from(fault)
}

fn worker(site: &Site, options: &Options) -> Result<Id, Fault> {
    let missing = "この様式には労働者の番号が要ります。--worker で指定してください。";
    let worker = options.worker.as_deref().ok_or_else(|| Fault::usage(missing))?;
    let worker = Id::parse(worker).map_err(RuntimeError::from)?;
    site.worker(&worker).ok_or(RuntimeError::NoSuchWorker)?;
    Ok(worker)
}

fn newest_interview<'site>(site: &'site Site, worker: &Id) -> Result<&'site Interview, Fault> {
    let held = site.interviews.iter().filter(|interview| &interview.worker == worker);
    Ok(held.max_by_key(|interview| interview.day).ok_or(RuntimeError::NoSuchInterview)?)
}

/// The document that was already issued for this very interview or patrol.
fn already(site: &Site, request: &DocumentRequest) -> Option<Id> {
    let subject = request.subject.as_ref()?;
    let issued = match request.form {
        form @ (FormKind::PatrolReport | FormKind::StressNotice | FormKind::StressGroups | FormKind::OpinionAnswer) => {
            newest_about(site, form, subject)
        }
        form => {
            let interview = site.interviews.iter().find(|interview| interview.id == *subject)?;
            newest_issued(site, form, &interview.case_id)
        }
    }?;
    is_issued_for(issued, subject).then(|| issued.id.clone())
}

/// The employer's and the worker's copy; the line manager's is a choice of the screen.
fn recipients(site: &Site, interview: &Interview) -> Vec<Recipient> {
    let is_dispatched = Context::new(site).has(&interview.worker, AttributeKind::Dispatched, interview.day);
    let all = Recipient::for_opinion(is_dispatched).into_iter();
    all.filter(|recipient| *recipient != Recipient::LineManager).collect()
}

/// One hash over the copies in their order: what is confirmed is all of them.
fn combined(preview: &DocumentPreview) -> String {
    let text: String = preview.copies.iter().map(|copy| format!("{}\n", copy.sha256)).collect();
    hex(&sha256(text.as_bytes()))
}

fn show(session: &Session, preview: &DocumentPreview) -> Answer {
    if session.is_json() {
        output::object(object(preview))?;
        return Ok(ExitCode::SUCCESS);
    }
    for copy in &preview.copies {
        output::line(&format!("---- {} ----", copy.recipient.label()))?;
        copy.lines.iter().try_for_each(|line| output::line(line))?;
    }
    preview.missing.iter().try_for_each(|field| output::line(&format!("未記入: {field}")))?;
    for hint in &preview.hints {
        output::line(&format!("確認: {}「{}」{}", hint.field, hint.word, hint.reason))?;
    }
    for name in &preview.own_templates {
        output::line(&format!("ひな形: 自分の {name}"))?;
    }
    output::line(&format!("SHA-256: {}", combined(preview)))?;
    Ok(ExitCode::SUCCESS)
}

fn object(preview: &DocumentPreview) -> serde_json::Value {
    let copies: Vec<_> = preview
        .copies
        .iter()
        .map(|copy| {
            json!({
                "recipient": copy.recipient,
                "lines": copy.lines,
                "sha256": copy.sha256,
                "leaving": copy.leaving,
                "staying": copy.staying,
                "questionable": copy.questionable,
            })
        })
        .collect();
    let hints: Vec<_> = preview
        .hints
        .iter()
        .map(|hint| json!({ "field": hint.field, "word": hint.word, "reason": hint.reason }))
        .collect();
    json!({
        "issued": false,
        "document": preview.id,
        "version": preview.version,
        "copies": copies,
        "missing": preview.missing,
        "hints": hints,
        "own_templates": preview.own_templates,
        "sha256": combined(preview),
    })
}

fn issue(session: &Session, desk: &mut Desk, preview: &DocumentPreview, confirmed: &str) -> Answer {
    if !confirmed.eq_ignore_ascii_case(&combined(preview)) {
        return Err(RuntimeError::OtherText.into());
    }
    let hashes: Vec<String> = preview.copies.iter().map(|copy| copy.sha256.clone()).collect();
    let written = desk.issue(&mut Workshop::default(), &preview.request, &hashes)?;
    report(session, &written)
}

fn report(session: &Session, written: &Written) -> Answer {
    let files: Vec<String> = written.files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    if session.is_json() {
        output::object(json!({ "issued": written.id.is_some(), "document": written.id, "files": files }))?;
    } else {
        files.iter().try_for_each(|file| output::line(file))?;
    }
    Ok(ExitCode::SUCCESS)
}
