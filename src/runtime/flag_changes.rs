//! Whose flag would change if a read file were taken in: the site is assessed with it and without it.

use super::desk::Desk;
use super::error::RuntimeError;
use super::loading;
use crate::app::Site;
use crate::app::assess::SiteAssessment;
use crate::domain::intake::Intake;
use crate::domain::{AnyRecord, EstablishmentId};

/// Name, flag now, flag then; in the order of the roster.
pub(super) type FlagChange = (String, String, String);

/// What stands where there is no flag, also of somebody who is not on the roster yet.
const NONE: &str = "旗なし";

/// Compares the flags of everybody before and after.
pub(super) fn of(desk: &Desk, id: &EstablishmentId, incoming: &Intake) -> Result<Vec<FlagChange>, RuntimeError> {
    let (site, before) = (desk.site(id)?, desk.assessment(id)?);
    let after = with(Site::clone(site), incoming);
    let assessed = SiteAssessment::new(desk.law(), &after, desk.today());
    let word = |assessment: &SiteAssessment, id| match assessment.flags_of(id).map(|flags| flags.overtime_word()) {
        None | Some("" | "-") => NONE,
        Some(word) => word,
    };
    let changes = after.workers.iter().filter_map(|worker| {
        let (old, new) = (word(before, &worker.id), word(&assessed, &worker.id));
        (old != new).then(|| (worker.name.clone(), old.to_owned(), new.to_owned()))
    });
    Ok(changes.collect())
}

/// The site as it would stand.
fn with(mut site: Site, incoming: &Intake) -> Site {
    for record in &incoming.records {
        if matches!(record, AnyRecord::Worker(_) | AnyRecord::WorkerAttribute(_)) {
            loading::follow(&mut site, &crate::domain::command::Change::Put(record.clone()));
        }
    }
    loading::add_hours(&mut site, &incoming.rows);
    site
}
