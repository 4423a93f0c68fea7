//! The preview that was shown, kept for as long as it is true: what was shown is what comes in, and nothing is read twice.
//!
//! True is a preview while the file is asked the same questions and no table of the establishment is another one; drafts
//! alone, which are written with every key, change nothing about it.

use std::sync::Arc;

use super::clinics::{self, ClinicPreview};
use super::desk::Desk;
use super::error::RuntimeError;
use super::following::Following;
use super::import_view::{self, told};
use super::imports::ReadFile;
use super::listed::{self, Tells};
use super::stress::{self, StressPreview};
use super::stress_results::{self, ResultsPreview};
use crate::app::Site;
use crate::app::changes::{Changes, Part};
use crate::app::host::ImportPreview;
use crate::domain::hours::BatchKind;
use crate::domain::{Day, Id, Period};
use crate::import::aside::Left;
use crate::import::notation::Notation;
use crate::import::people::{Decisions, PersonKey};
use crate::import::profile::Profile;
use crate::import::reason::Doubt;
use crate::import::{hours, restrictions as ledger, roster};

/// What would happen to every row of a file, whatever it brings.
#[derive(Debug, Clone)]
pub(super) enum Rows {
    Hours(hours::Preview),
    Roster(roster::Preview),
    Restrictions(ledger::Preview),
    Checkup(ClinicPreview),
    Stress(StressPreview),
    StressResults(ResultsPreview),
}

/// All that a preview hangs on beside the establishment: which file, and what was said about it.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    sha256: String,
    sheet: Option<usize>,
    profile: Profile,
    notation: Option<Notation>,
    period: Option<Period>,
    decisions: Decisions,
    round: Option<Id>,
    answered_on: Option<Day>,
}

impl Asked {
    fn of(file: &ReadFile) -> Self {
        Self {
            sha256: file.sha256().to_owned(),
            sheet: file.table.sheet.as_ref().map(|sheet| sheet.number),
            profile: file.proposal.profile.clone(),
            notation: file.notation,
            period: file.period,
            decisions: file.decisions.clone(),
            round: file.round.clone(),
            answered_on: file.answered_on,
        }
    }
}

/// A preview with what it was true of.
pub(super) struct Shown {
    asked: Asked,
    site: Arc<Site>,
    today: Day,
    rows: Arc<Rows>,
}

impl Shown {
    fn is_true(&self, asked: &Asked, site: &Site, today: Day) -> bool {
        let parts: Vec<Part> = Part::ALL.iter().copied().filter(|part| *part != Part::Drafts).collect();
        self.today == today && self.asked == *asked && !Changes::between(&self.site, site).touch(&parts)
    }
}

impl Rows {
    /// The doubtful row of that line: the person as it is named, who it could be, and what is asked.
    pub(super) fn doubtful_at(&self, line: u32) -> Option<(PersonKey, Vec<Id>, Doubt)> {
        let found = self.left().doubtful.iter().find(|row| row.line == line);
        found.map(|row| (row.person.clone(), row.candidates.clone(), row.why))
    }

    /// The rows that are not plainly taken.
    pub(super) fn left(&self) -> Left<'_> {
        match self {
            Self::Hours(preview) => preview.left(),
            Self::Roster(preview) => preview.left(),
            Self::Restrictions(preview) => preview.left(),
            Self::Checkup(preview) => preview.rows.left(),
            Self::Stress(preview) => preview.rows.left(),
            Self::StressResults(preview) => preview.rows.left(),
        }
    }

    /// What the kind says of its own rows.
    pub(super) fn tells(&self) -> &dyn Tells {
        match self {
            Self::Hours(preview) => preview,
            Self::Roster(preview) => preview,
            Self::Restrictions(preview) => preview,
            Self::Checkup(preview) => preview,
            Self::Stress(preview) => preview,
            Self::StressResults(preview) => preview,
        }
    }
}

impl Desk {
    /// What would happen to the rows of a file: as it was shown where that is still true, else found anew.
    ///
    /// # Errors
    /// What the preview of its kind says.
    pub(super) fn rows_of(&self, file: &ReadFile) -> Result<Arc<Rows>, RuntimeError> {
        match self.shown.as_ref() {
            Some(shown) if self.is_true(shown, file)? => Ok(Arc::clone(&shown.rows)),
            _ => self.rows_anew(file).map(Arc::new),
        }
    }

    fn is_true(&self, shown: &Shown, file: &ReadFile) -> Result<bool, RuntimeError> {
        Ok(shown.is_true(&Asked::of(file), self.site(&file.site)?, self.today()))
    }

    fn rows_anew(&self, file: &ReadFile) -> Result<Rows, RuntimeError> {
        Ok(match file.kind {
            BatchKind::Hours => Rows::Hours(self.preview_hours(file)?),
            BatchKind::Roster => Rows::Roster(self.preview_roster(file)?),
            BatchKind::Restrictions => Rows::Restrictions(self.preview_restrictions(file)?),
            BatchKind::Checkup => Rows::Checkup(self.preview_checkups(file)?),
            BatchKind::Stress => Rows::Stress(self.preview_stress(file)?),
            BatchKind::StressResults => Rows::StressResults(self.preview_stress_results(file)?),
        })
    }

    /// The read file as the screen shows it; its rows are kept for what is done with it next.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`], and what the preview says.
    pub(super) fn look(&mut self) -> Result<ImportPreview, RuntimeError> {
        let file = self.read.as_ref().ok_or(RuntimeError::NothingRead)?;
        if file.proposal.missing.is_some() {
            return Ok(import_view::unmapped(file));
        }
        let rows = self.rows_of(file)?;
        self.ticket.check()?;
        let (preview, _) = self.view_of(file, &rows)?;
        self.ticket.check()?;
        let site = Arc::clone(self.site(&file.site)?);
        let (asked, today) = (Asked::of(file), self.today());
        self.shown = Some(Shown { asked, site, today, rows });
        Ok(preview)
    }

    fn view_of(&self, file: &ReadFile, rows: &Arc<Rows>) -> Result<(ImportPreview, Following), RuntimeError> {
        let itself = match &**rows {
            Rows::Hours(preview) => import_view::shown(self, file, preview)?,
            Rows::Roster(preview) => told(self, file, preview.left(), preview.strangers),
            Rows::Restrictions(preview) => told(self, file, preview.left(), preview.strangers()),
            Rows::Checkup(preview) => clinics::shown(self, file, preview),
            Rows::Stress(preview) => stress::shown(self, file, preview),
            Rows::StressResults(preview) => stress_results::shown(self, file, preview),
        };
        let following = self.following(file, rows)?;
        let listed = listed::of(self, file, rows, following.clone())?;
        Ok((ImportPreview { listed, following: following.words(), ..itself }, following))
    }

    /// What would happen to a file, and what would follow: the rows as the screen lists them, without keeping anything.
    ///
    /// # Errors
    /// What the preview of its kind says.
    pub fn look_at(&self, file: &ReadFile) -> Result<(ImportPreview, Following), RuntimeError> {
        let rows = self.rows_of(file)?;
        self.view_of(file, &rows)
    }

    /// Takes a file in by the preview that was shown, where that is still true; it is held no longer than that. Gives the operation's number; none where
    /// the file holds nothing new.
    ///
    /// # Errors
    /// What taking in a file of its kind says.
    pub(super) fn accept_shown(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let rows = match self.shown.take() {
            // The screen has let go of what it showed: nothing is copied.
            Some(shown) if self.is_true(&shown, file)? => Arc::unwrap_or_clone(shown.rows),
            _ => self.rows_anew(file)?,
        };
        match rows {
            Rows::Hours(preview) => self.accept_hours_as(file, preview),
            Rows::Roster(preview) => self.accept_roster_as(file, preview),
            Rows::Restrictions(preview) => self.accept_restrictions_as(file, preview),
            Rows::Checkup(preview) => self.accept_checkups_as(file, preview),
            Rows::Stress(preview) => self.accept_stress_as(file, preview),
            Rows::StressResults(preview) => self.accept_stress_results_as(file, preview),
        }
    }
}

#[cfg(test)]
#[path = "shown_tests.rs"]
pub(super) mod tests;
