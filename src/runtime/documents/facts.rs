//! The records that an opinion rests on, gathered from the snapshot.

use crate::app::Site;
use crate::app::months::Context;
use crate::documents::disclosure::{OpinionFacts, StressPart};
use crate::domain::case::Measure;
use crate::domain::interview::Interview;
use crate::domain::worker::{AttributeKind, Worker};
use crate::domain::{Day, Id};
use crate::law::Law;
use crate::law::inquiry::Inquiry;
use crate::law::interview::{self as law_interview, Class};
use crate::law::outcome::Outcome;
use crate::law::overtime::{self, WorkedMonth};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;
use crate::store::audit::Head;

/// Months of 勤務の状況 that the form has room for.
const MONTHS: usize = 3;

/// Everything that [`OpinionFacts`] borrows.
pub(super) struct OpinionRecords<'site> {
    site: &'site Site,
    worker: &'site Worker,
    interview: &'site Interview,
    class: Class,
    is_dispatched: bool,
    measures: Vec<Measure>,
    hours: Vec<String>,
    notes: Vec<&'site str>,
    fingerprint: String,
    audit_head: String,
    stress: Option<StressPart<'site>>,
}

impl<'site> OpinionRecords<'site> {
    pub(super) fn collect(desk: &Desk, site: &'site Site, interview: &'site Interview) -> Result<Self, RuntimeError> {
        let worker = site.worker(&interview.worker).ok_or(RuntimeError::NoSuchWorker)?;
        let context = Context::new(site);
        let months: Vec<WorkedMonth> =
            context.months(worker).into_iter().filter(|month| month.period.end <= interview.day).collect();
        let head = desk.open_site(site.id())?.store.head()?;
        Ok(Self {
            class: class(desk.law(), &context, worker, months.first()),
            is_dispatched: context.has(&worker.id, AttributeKind::Dispatched, interview.day),
            measures: site.measures.iter().filter(|measure| measure.case_id == interview.case_id).cloned().collect(),
            hours: hours(desk.law(), interview, &months),
            notes: site
                .cases
                .iter()
                .filter(|case| case.id == interview.case_id)
                .map(|case| case.note.as_str())
                .collect(),
            fingerprint: desk.signer()?.fingerprint()?.to_string(),
            audit_head: head_line(site, &head),
            stress: stress(site, interview),
            site,
            worker,
            interview,
        })
    }

    pub(super) fn facts<'a>(&'a self, desk: &'a Desk, day: Day, number: &'a str, version: u32) -> OpinionFacts<'a> {
        OpinionFacts {
            establishment: &self.site.establishment,
            contacts: &self.site.contacts,
            worker: self.worker,
            class: self.class,
            is_dispatched: self.is_dispatched,
            interview: self.interview,
            measures: &self.measures,
            hours: &self.hours,
            notes: &self.notes,
            stress: self.stress,
            released: &[],
            doctor: &desk.owner,
            day,
            number,
            version,
            demo: desk.is_demo(),
            fingerprint: &self.fingerprint,
            audit_head: &self.audit_head,
        }
    }
}

/// What stands beside an interview after the stress check, with the result of its round.
fn stress<'site>(site: &'site Site, interview: &Interview) -> Option<StressPart<'site>> {
    let record = site.stress_interviews.iter().find(|row| row.interview == interview.id)?;
    let round = site.stress_rounds.iter().find(|round| Some(&round.id) == record.round.as_ref());
    let result = round.and_then(|round| Some((round, crate::app::stress::result(site, &round.id, &record.worker)?)));
    Some(StressPart { record, result })
}

/// The head of the audit chain, as printed at the foot of a document.
pub(super) fn head_line(site: &Site, head: &Head) -> String {
    format!("操作記録 {} {}:{}", site.id(), head.number, head.digest)
}

/// The employer's hours, unless the physician's own 勤務の状況 says them already.
fn hours(law: &Law, interview: &Interview, months: &[WorkedMonth]) -> Vec<String> {
    if !interview.work_situation.trim().is_empty() {
        return Vec::new();
    }
    months.iter().take(MONTHS).filter_map(|month| line(law, month)).collect()
}

/// `2026年10月 時間外・休日労働 92時間30分余り`; the employer's own figure says so.
fn line(law: &Law, month: &WorkedMonth) -> Option<String> {
    let view = overtime::month(law, month.period.end, month.period, month.hours, month.measure)?;
    let source = if view.is_reported { "（会社の計算）" } else { "" };
    Some(format!("{} 時間外・休日労働 {}{source}", month.period.end.format("%Y年%-m月"), view.words()))
}

fn class(law: &Law, context: &Context<'_>, worker: &Worker, month: Option<&WorkedMonth>) -> Class {
    let Some(month) = month else { return Class::General };
    let facts = context.facts(law, worker, month);
    let mut class = Class::General;
    Inquiry::run(law, "IV-GEN", facts.day, |inquiry| {
        class = law_interview::class(inquiry, &facts).unwrap_or(Class::General);
        Ok(())
    });
    class
}

/// What the law said about the worker's newest month.
pub(super) fn outcome(law: &Law, site: &Site, worker: &Id) -> Option<Outcome> {
    let (context, worker) = (Context::new(site), site.worker(worker)?);
    let month = context.months(worker).into_iter().next()?;
    Some(law_interview::assess(law, &context.facts(law, worker, &month)))
}
