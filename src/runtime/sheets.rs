//! Another sheet of the workbook that is being looked at.

use super::desk::Desk;
use super::error::RuntimeError;
use super::fetching::{Fetched, Wanted};
use super::imports::ReadOptions;
use super::jobs::show;
use crate::app::Event;

impl Desk {
    /// The sheet of that number, counted from 1, of the file that is being looked at.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`].
    pub(super) fn other_sheet(&self, number: usize) -> Result<Wanted, RuntimeError> {
        let file = self.read.as_ref().ok_or(RuntimeError::NothingRead)?;
        let path = file.path.clone().ok_or(RuntimeError::NothingRead)?;
        Ok(Wanted { path, kind: Some(file.kind), sheet: Some(number) })
    }

    /// Shows the same file at another sheet, which was read. Where that cannot be, the sheet that was read before stays.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`], also where it is another file by now; what the preview says.
    pub(super) fn choose_sheet(&mut self, fetched: Fetched) -> Result<Vec<Event>, RuntimeError> {
        let file = self.read.as_ref().filter(|file| file.path == fetched.path).ok_or(RuntimeError::NothingRead)?;
        let month = file.period.filter(|_| file.is_period_told).map(|period| period.month());
        let options = ReadOptions { month, ..ReadOptions::of(file.kind) };
        let other = self.read_fetched(&file.site, fetched, options)?;
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
