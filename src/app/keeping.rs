//! What a batch brought in that is still to be kept, and under which article: told before anything is erased.
//!
//! Nothing is erased by time. The stress check's records have their own years (SC-45); interviews, judged results,
//! consents and group reports are in no batch, so that no erasing reaches them.

use serde_json::json;

use super::Site;
use super::stress::ask;
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::{Day, Id};
use crate::law::Law;
use crate::law::outcome::Conclusion;

/// Records that are still to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// What they are.
    pub what: &'static str,
    /// The last day on which they are kept.
    pub until: Day,
    /// The law and its article, or the guideline.
    pub source: String,
    /// An article demands it; a guideline only calls it desirable.
    pub is_duty: bool,
}

impl Keeping {
    /// `同意のある結果は 2031-11-20 まで保存します（労働安全衛生規則52条の13第2項）`
    pub fn words(&self) -> String {
        let strength = if self.is_duty { "保存します" } else { "保存が望まれます" };
        format!("{}は {} まで{strength}（{}）", self.what, self.until, self.source)
    }
}

/// What of a batch is still to be kept on a day; nothing for a batch that is not of the stress check.
pub fn of_batch(law: &Law, site: &Site, batch: &Id, today: Day) -> Vec<Keeping> {
    let found = site.batches.iter().find(|row| &row.id == batch);
    let is_stress = |row: &&Batch| matches!(row.kind, BatchKind::Stress | BatchKind::StressResults);
    let Some(batch) = found.filter(is_stress) else { return Vec::new() };
    let has_consent = site.stress_consents.iter().any(|row| !row.is_refused);
    let consented = has_consent.then_some(("consented_result", "同意のある結果"));
    let kinds = consented.into_iter().chain([("unconsented_result", "同意のない人の結果")]);
    kinds.filter_map(|(record, what)| keeping(law, record, what, batch.day, today)).collect()
}

/// The day that is typed to erase all the same: the last of them.
pub fn last(keeping: &[Keeping]) -> Option<Day> {
    keeping.iter().map(|one| one.until).max()
}

fn keeping(law: &Law, record: &str, what: &'static str, made_on: Day, today: Day) -> Option<Keeping> {
    let outcome = ask(law, "SC-45", today, &json!({ "record": record, "made_on": made_on }))?;
    let until = outcome.due.as_ref()?.last;
    let cited = outcome.citations.last()?;
    let source = format!("{}{}", cited.law, cited.article);
    let is_duty = outcome.outcome == Conclusion::Required;
    (today <= until).then_some(Keeping { what, until, source, is_duty })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::entry_fixture::{day, worker_id};
    use crate::app::stress::fixture::{Room, today};
    use crate::domain::Prefix;
    use crate::domain::stress::{ConsentForm, OwnerRole, StressConsent};

    fn batch(kind: BatchKind) -> Batch {
        Batch {
            id: Id::new(&crate::domain::EstablishmentId::new(1), Prefix::Row, 900),
            kind,
            day: day("2026-06-01"),
            sha256: String::new(),
            rows: 1,
            added: 1,
            changed: 0,
            refused: 0,
            reading: String::new(),
            content_sha256: String::new(),
            undone_on: None,
        }
    }

    fn with(kind: BatchKind) -> (Room, Id) {
        let mut room = Room::open(1, OwnerRole::Implementer);
        let batch = batch(kind);
        let id = batch.id.clone();
        Arc::make_mut(&mut room.site.batches).push(batch);
        (room, id)
    }

    /// 2026-06-01 and five years: kept through 2031-06-01, and free the day after (SC-45).
    #[test]
    fn what_is_still_to_be_kept_names_its_article_and_its_last_day() {
        let (mut room, id) = with(BatchKind::Stress);
        let found = of_batch(&room.law, &room.site, &id, today());
        assert_eq!((found.len(), found[0].is_duty, found[0].until), (1, false, day("2031-06-01")));
        Arc::make_mut(&mut room.site.stress_consents).push(StressConsent {
            id: Id::new(&crate::domain::EstablishmentId::new(1), Prefix::Row, 901),
            round: room.round.clone(),
            worker: worker_id(1),
            notified_on: day("2026-06-02"),
            day: day("2026-06-03"),
            form: ConsentForm::Written,
            is_refused: false,
            withdrawn_on: None,
        });
        let found = of_batch(&room.law, &room.site, &id, today());
        assert_eq!((found.len(), found[0].is_duty), (2, true));
        assert!(found[0].source.contains("52条の13第2項"), "{}", found[0].source);
        assert_eq!(last(&found), Some(day("2031-06-01")));
        assert!(!of_batch(&room.law, &room.site, &id, day("2031-06-01")).is_empty());
        assert!(of_batch(&room.law, &room.site, &id, day("2031-06-02")).is_empty());
    }

    #[test]
    fn another_file_is_not_asked_about() {
        let (room, id) = with(BatchKind::Hours);
        assert_eq!(of_batch(&room.law, &room.site, &id, today()), []);
    }
}
