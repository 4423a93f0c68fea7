//! Who may be seen: a screen is given only what may be shown, so it cannot show more.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::caseload::Rows;
use crate::app::host::VaultView;
use crate::app::{Caseload, Site, View};
use crate::domain::Id;

/// What the screens may show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Privacy {
    /// Everything: the physician is alone.
    #[default]
    Open,
    /// 面談: this worker and nobody else.
    Interview(Id),
    /// 画面共有: nobody at all.
    Sharing,
}

impl Privacy {
    /// Whether a worker may be seen.
    pub fn shows(&self, worker: &Id) -> bool {
        match self {
            Self::Open => true,
            Self::Interview(only) => only == worker,
            Self::Sharing => false,
        }
    }

    /// The view with everybody else taken out.
    pub fn apply(&self, view: &View) -> View {
        if *self == Self::Open {
            return view.clone();
        }
        let sites = view.caseload.sites.iter().map(|site| Arc::new(self.site(site))).collect();
        let caseload = Caseload { owner: view.caseload.owner.clone(), sites };
        let assessments =
            view.assessments.iter().map(|assessment| Arc::new(assessment.showing(|id| self.shows(id)))).collect();
        // A file's name may say whom it is about.
        let vault = VaultView { clear_files: Vec::new(), too_large: Vec::new(), ..VaultView::clone(&view.vault) };
        View {
            caseload: Arc::new(caseload),
            assessments: Arc::new(assessments),
            vault: Arc::new(vault),
            ..view.clone()
        }
    }

    fn site(&self, site: &Site) -> Site {
        let hours: HashMap<_, _> =
            site.hours.iter().filter(|(id, _)| self.shows(id)).map(|(id, v)| (id.clone(), v.clone())).collect();
        Site {
            workers: self.rows(&site.workers, |w| Some(&w.id)),
            attributes: self.rows(&site.attributes, |a| Some(&a.worker)),
            checkups: Arc::new(site.checkups.iter().filter(|c| self.shows(&c.worker)).cloned().collect()),
            checkup_details: self.rows(&site.checkup_details, |d| Some(&d.worker)),
            checkup_omissions: self.rows(&site.checkup_omissions, |o| Some(&o.worker)),
            checkup_follows: self.rows(&site.checkup_follows, |f| Some(&f.worker)),
            opinion_inquiries: self.rows(&site.opinion_inquiries, |row| Some(&row.worker)),
            secondary_consents: self.rows(&site.secondary_consents, |row| Some(&row.worker)),
            result_notices: self.rows(&site.result_notices, |row| row.worker.as_ref()),
            secondary_exams: self.rows(&site.secondary_exams, |row| Some(&row.worker)),
            health_guidance: self.rows(&site.health_guidance, |row| Some(&row.worker)),
            risk_notices: self.rows(&site.risk_notices, |row| Some(&row.worker)),
            exam_duties: self.rows(&site.exam_duties, |row| Some(&row.worker)),
            special_exams: self.rows(&site.special_exams, |row| Some(&row.worker)),
            postings: self.rows(&site.postings, |row| Some(&row.worker)),
            stress: self.rows(&site.stress, |s| Some(&s.worker)),
            stress_answers: self.rows(&site.stress_answers, |a| Some(&a.worker)),
            stress_results: self.rows(&site.stress_results, |r| Some(&r.worker)),
            stress_consents: self.rows(&site.stress_consents, |c| Some(&c.worker)),
            stress_consultations: self.rows(&site.stress_consultations, |c| Some(&c.worker)),
            stress_releases: Rows::default(),
            stress_interviews: self.rows(&site.stress_interviews, |i| Some(&i.worker)),
            stress_reported: self.rows(&site.stress_reported, |r| Some(&r.worker)),
            cases: self.rows(&site.cases, |c| Some(&c.worker)),
            requests: self.rows(&site.requests, |r| Some(&r.worker)),
            notices: self.rows(&site.notices, |n| n.worker.as_ref()),
            exclusions: self.rows(&site.exclusions, |e| Some(&e.worker)),
            bases: self.rows(&site.bases, |b| Some(&b.worker)),
            certificates: self.rows(&site.certificates, |c| Some(&c.worker)),
            interview_information: self.rows(&site.interview_information, |i| Some(&i.worker)),
            attachments: self.attachments(site),
            // They hold names of employers' files.
            answers: Rows::default(),
            measures: self.rows(&site.measures, |m| Some(&m.worker)),
            interviews: self.rows(&site.interviews, |i| Some(&i.worker)),
            issued: self.rows(&site.issued, |i| i.worker.as_ref()),
            history: self.history(site),
            patrols: Arc::new(site.patrols.iter().cloned().map(without_remark).collect()),
            findings: Arc::new(
                site.findings
                    .iter()
                    .cloned()
                    .map(|f| crate::domain::patrol::Finding { private_remark: String::new(), ..f })
                    .collect(),
            ),
            hours: Arc::new(hours),
            ..site.clone()
        }
    }

    /// Attachments of the records that are shown; of a record that is about nobody known, none.
    fn attachments(&self, site: &Site) -> Rows<crate::domain::case::AttachmentLine> {
        let shown = |line: &&crate::domain::case::AttachmentLine| {
            site.worker_of(&line.record).is_some_and(|worker| self.shows(worker))
        };
        Arc::new(site.attachments.iter().filter(shown).cloned().collect())
    }

    /// Operations about a worker or a record of one are hidden with everybody; those about the site stay.
    fn history(&self, site: &Site) -> Rows<crate::domain::command::Operation> {
        let is_hidden = |operation: &crate::domain::command::Operation| {
            operation.subject_id().is_some_and(|id| {
                id.numbered().is_some_and(|(prefix, _)| prefix != crate::domain::Prefix::Row) && !self.shows(&id)
            })
        };
        Arc::new(site.history.iter().filter(|operation| !is_hidden(operation)).cloned().collect())
    }

    fn rows<T: Clone>(&self, rows: &Rows<T>, worker: impl Fn(&T) -> Option<&Id>) -> Rows<T> {
        Arc::new(rows.iter().filter(|row| worker(row).is_none_or(|id| self.shows(id))).cloned().collect())
    }
}

fn without_remark(patrol: crate::domain::patrol::Patrol) -> crate::domain::patrol::Patrol {
    crate::domain::patrol::Patrol { private_remark: String::new(), ..patrol }
}
