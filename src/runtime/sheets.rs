//! Another sheet of the workbook that is being looked at.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadOptions;
use super::jobs::show;
use crate::app::Event;

impl Desk {
    /// Reads the same file at the sheet of that number, counted from 1, and shows it. Where that cannot be, the sheet
    /// that was read before stays.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`], and what reading and preview say.
    pub(super) fn choose_sheet(&mut self, number: usize) -> Result<Vec<Event>, RuntimeError> {
        let file = self.read.as_ref().ok_or(RuntimeError::NothingRead)?;
        let path = file.path.clone().ok_or(RuntimeError::NothingRead)?;
        let month = file.period.filter(|_| file.is_period_told).map(|period| period.month());
        let options = ReadOptions { sheet: Some(number), month, ..ReadOptions::of(file.kind) };
        let other = self.read_file(&file.site.clone(), &path, options)?;
        // A cover sheet is no table whose columns want choosing, unless the sheet before it is none either.
        if let Some(missing) = other.proposal.missing.clone().filter(|_| file.proposal.missing.is_none()) {
            return Err(missing.into());
        }
        let before = self.read.replace(other);
        let shown = show(self);
        if shown.is_err() {
            self.read = before;
        }
        shown
    }
}
