//! 値の元 of a person for the screen: the kept rows of files, with what each brought.

use super::about;
use super::desk::Desk;
use super::error::RuntimeError;
use crate::app::origins::{Origin, merged};
use crate::documents::record::told;
use crate::domain::hours::{KeptHours, Series};
use crate::domain::{AnyRecord, Id};

impl Desk {
    /// Every row of a file that brought something of this person, newest first.
    ///
    /// # Errors
    /// [`RuntimeError::NoSuchWorker`], and what the store says.
    pub fn read_origins(&self, worker: &Id) -> Result<Vec<Origin>, RuntimeError> {
        let id = worker.establishment().ok_or(RuntimeError::NoSuchWorker)?;
        let open = self.open_site(&id)?;
        let records = about::records(&open.store, &open.site, worker)?;
        let keys: Vec<&str> = records.iter().map(AnyRecord::key).collect();
        let named = |key: &str| records.iter().find(|record| record.key() == key).map(kind).unwrap_or_default();
        let lines = open.store.lines_of(&keys)?;
        let of_records = lines
            .iter()
            .filter_map(|(batch, line)| Origin::of(&open.site, batch, line.line, named(&line.key), &line.text));
        let hours = open.store.hours_of_worker(worker)?;
        let of_hours = hours.iter().filter_map(|kept| {
            let origin = Origin::of(&open.site, &kept.batch, kept.value.row, worked(kept), &kept.value.source_text)?;
            Some(Origin { is_replaced: kept.retired_by.is_some(), ..origin })
        });
        Ok(merged(of_records.chain(of_hours).collect()))
    }
}

fn kind(record: &AnyRecord) -> String {
    told(record).map(|told| told.kind().to_owned()).unwrap_or_default()
}

/// `2026年10月分 残業時間`, with the source of the number where it is not the employer's.
fn worked(kept: &KeptHours) -> String {
    let value = &kept.value;
    let series = match value.series {
        Series::Employer => String::new(),
        other => format!("（{}）", other.label()),
    };
    format!("{}分 {}{series}", value.period.end.format("%Y年%-m月"), value.measure.label())
}
