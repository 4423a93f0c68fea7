//! Every record about one person, gathered from the establishment's rows and from what is read by person only.

use std::collections::BTreeSet;

use crate::app::Site;
use crate::domain::case::Attachment;
use crate::domain::opinion::SignedCopy;
use crate::domain::{AnyRecord, Id};
use crate::store::{SiteStore, StoreError};

/// Every record of the worker in the order of print.
pub(super) fn records(store: &SiteStore, site: &Site, worker: &Id) -> Result<Vec<AnyRecord>, StoreError> {
    let mut records: Vec<AnyRecord> = site.worker(worker).cloned().map(AnyRecord::from).into_iter().collect();
    macro_rules! take {
        ($($rows:ident),* $(,)?) => {
            $(records.extend(site.$rows.iter().filter(|row| row.worker == *worker).cloned().map(AnyRecord::from));)*
        };
    }
    take!(attributes, checkups, checkup_details, checkup_omissions, checkup_follows, stress, stress_answers);
    take!(opinion_inquiries, secondary_consents, secondary_exams, health_guidance, risk_notices);
    take!(exam_duties, special_exams, postings);
    take!(stress_results, stress_reported, stress_consents);
    take!(stress_consultations, cases, requests);
    records.extend(store.sheets_of(worker)?.into_iter().map(AnyRecord::from));
    let told = site.result_notices.iter().filter(|row| row.worker.as_ref() == Some(worker));
    records.extend(told.cloned().map(AnyRecord::from));
    records.extend(site.notices.iter().filter(|row| row.worker.as_ref() == Some(worker)).cloned().map(AnyRecord::from));
    take!(exclusions, bases, certificates, interview_information, interviews, stress_interviews, measures, nights);
    records.extend(site.issued.iter().filter(|row| row.worker.as_ref() == Some(worker)).cloned().map(AnyRecord::from));
    let keys: BTreeSet<String> = records.iter().map(|record| record.key().to_owned()).collect();
    let holds = |id: &Id| keys.contains(id.as_str());
    let attached = store.all::<Attachment>()?.into_iter().filter(|row| holds(&row.record));
    records.extend(attached.map(AnyRecord::from));
    let signed = store.all::<SignedCopy>()?.into_iter().filter(|row| holds(&row.document));
    records.extend(signed.map(AnyRecord::from));
    records.extend(site.plans.iter().filter(|plan| names(&plan.item, &keys)).cloned().map(AnyRecord::from));
    Ok(records)
}

/// Whether a path of keys, such as a draft's form, goes through one of these.
pub(super) fn names(path: &str, keys: &BTreeSet<String>) -> bool {
    path.split('/').any(|part| keys.contains(part))
}
