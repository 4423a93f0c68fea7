//! The physician's own papers: the patrol sheet and the brief of a visit. Written out, not issued: nobody receives them.

use std::path::{Path, PathBuf};

use super::{Prepared, copy};
use crate::app::Site;
use crate::app::host::{DocumentPreview, DocumentRequest};
use crate::app::worklist::{Item, State};
use crate::documents::disclosure::{self, BriefFacts, BriefTask, PatrolSheetFacts};
use crate::documents::view::Disclosed;
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::{Day, Id};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;

pub(super) fn prepare(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let day = desk.today();
    let number = format!("{}-{day}", site.id());
    let sheet = PatrolSheetFacts {
        establishment: &site.establishment,
        day,
        places: &site.places,
        patrols: &site.patrols,
        findings: &site.findings,
        number: &number,
        demo: desk.is_demo(),
    };
    let view = match request.form {
        FormKind::PatrolSheet => disclosure::patrol_sheet(&sheet),
        FormKind::VisitBrief => brief(desk, site, sheet, day)?,
        _ => return Err(RuntimeError::NoSuchForm),
    };
    let file = free_name(desk, &folder, &format!("{number}_{}", view.form));
    Ok(own_paper(request, view, file, day, folder))
}

/// A paper of the physician's own: neither signed nor issued.
pub(super) fn own_paper(
    request: &DocumentRequest,
    view: Disclosed,
    file: String,
    day: Day,
    folder: PathBuf,
) -> Prepared {
    let preview = DocumentPreview {
        request: request.clone(),
        id: None,
        version: 1,
        copies: vec![copy(&view, Recipient::Physician, Vec::new())],
        missing: Vec::new(),
        hints: Vec::new(),
        folder: folder.to_string_lossy().into_owned(),
        files: vec![file],
        own_templates: Vec::new(),
    };
    Prepared { preview, views: vec![view], templates: Vec::new(), beside: None, subject: None, day, folder }
}

/// `NAME.pdf`, or `NAME_2.pdf` where that lies there: a paper may be wanted twice on a day, and nothing is overwritten.
pub(super) fn free_name(desk: &Desk, folder: &Path, name: &str) -> String {
    let later = (2..).map(|number: u32| format!("{name}_{number}.pdf"));
    let mut names = std::iter::once(format!("{name}.pdf")).chain(later);
    names.find(|name| !desk.files.exists(&folder.join(name))).unwrap_or_default()
}

fn brief(desk: &Desk, site: &Site, sheet: PatrolSheetFacts<'_>, day: Day) -> Result<Disclosed, RuntimeError> {
    let items = &desk.assessment(site.id())?.items;
    let tasks: Vec<BriefTask> = items.iter().map(|item| task(site, item, day)).collect();
    let facts = BriefFacts {
        site: sheet,
        visit: site.visits.iter().filter(|visit| visit.day >= day).min_by_key(|visit| visit.day),
        previous: site.visits.iter().filter(|visit| visit.day < day).max_by_key(|visit| visit.day),
        tasks: &tasks,
        promises: &site.promises,
        information: &site.information,
    };
    Ok(disclosure::brief(&facts))
}

fn task(site: &Site, item: &Item, day: Day) -> BriefTask {
    let name = |id: &Id| site.worker(id).map(|worker| worker.name.clone());
    BriefTask {
        urgency: urgency(item, day),
        task: item.task.label().to_owned(),
        whom: item.worker.as_ref().and_then(name).unwrap_or_default(),
        reason: item.about.clone(),
    }
}

fn urgency(item: &Item, day: Day) -> String {
    let days = (item.due.safe - day).num_days();
    match (item.state, days) {
        (State::Done, _) => "済".to_owned(),
        (State::Overdue, _) => format!("超過 {}日", (day - item.due.last).num_days()),
        (_, 0) => "本日".to_owned(),
        (_, days) if days < 0 => format!("超過 {}日", -days),
        (_, days) => format!("あと {days}日"),
    }
}
