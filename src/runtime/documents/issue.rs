//! A paper that is issued under a number of its own: what it has in common with every other, and how it is shown before.

use std::path::PathBuf;

use super::{Prepared, Subject, copy, facts, file_name, newest_about};
use crate::app::Site;
use crate::app::host::{DocumentPreview, DocumentRequest, Hint};
use crate::documents::disclosure::Imprint;
use crate::documents::view::Disclosed;
use crate::domain::opinion::{Issued, Recipient};
use crate::domain::{Day, Id};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;

/// What an issued paper is known by.
pub(super) struct Issue<'a> {
    desk: &'a Desk,
    day: Day,
    id: Id,
    version: u32,
    fingerprint: String,
    audit_head: String,
    before: Option<&'a Issued>,
}

/// What is told of a paper beside its text.
#[derive(Default)]
pub(super) struct Beside {
    /// What stays in the house, and how much of it.
    pub staying: Vec<(String, usize)>,
    /// What it lacks.
    pub missing: Vec<String>,
    /// What to look at again.
    pub hints: Vec<Hint>,
}

impl<'a> Issue<'a> {
    /// The next version of the paper of this form about `subject`.
    pub(super) fn of(
        desk: &'a Desk,
        site: &'a Site,
        request: &DocumentRequest,
        subject: &Id,
    ) -> Result<Self, RuntimeError> {
        Self::after(desk, site, newest_about(site, request.form, subject))
    }

    /// A paper that stands for itself: another one is another paper, not a version of it.
    pub(super) fn alone(desk: &'a Desk, site: &'a Site) -> Result<Self, RuntimeError> {
        Self::after(desk, site, None)
    }

    fn after(desk: &'a Desk, site: &'a Site, before: Option<&'a Issued>) -> Result<Self, RuntimeError> {
        let (day, head) = (desk.today(), desk.open_site(site.id())?.store.head()?);
        Ok(Self {
            id: site.next_document(day),
            version: before.map_or(1, |issued| issued.version + 1),
            fingerprint: desk.signer()?.fingerprint()?.to_string(),
            audit_head: facts::head_line(site, &head),
            desk,
            day,
            before,
        })
    }

    pub(super) fn imprint(&self) -> Imprint<'_> {
        Imprint {
            doctor: &self.desk.owner,
            day: self.day,
            number: self.id.as_str(),
            version: self.version,
            demo: self.desk.is_demo(),
            fingerprint: &self.fingerprint,
            audit_head: &self.audit_head,
        }
    }

    pub(super) fn day(&self) -> Day {
        self.day
    }

    pub(super) fn id(&self) -> &Id {
        &self.id
    }

    /// The paper as it is shown: nothing has left yet.
    pub(super) fn prepared(
        self,
        request: &DocumentRequest,
        view: Disclosed,
        to: Recipient,
        beside: Beside,
        folder: PathBuf,
        mut subject: Subject,
    ) -> Prepared {
        subject.supersedes = self.before.map(|issued| issued.id.clone());
        let preview = DocumentPreview {
            request: request.clone(),
            copies: vec![copy(&view, to, beside.staying)],
            missing: beside.missing,
            hints: beside.hints,
            folder: folder.to_string_lossy().into_owned(),
            files: vec![file_name(&self.id, to)],
            id: Some(self.id),
            version: self.version,
            own_templates: Vec::new(),
        };
        let (views, subject, day) = (vec![view], Some(subject), self.day);
        Prepared { preview, views, templates: Vec::new(), subject, day, folder, beside: Vec::new() }
    }
}
