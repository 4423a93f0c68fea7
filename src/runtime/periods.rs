//! The period of a file whose rows say none: the newest that has ended, the one that was named, or a question.

mod beside;

use chrono::{Datelike, Months};

use super::error::RuntimeError;
use super::imports::ReadFile;
use crate::app::Site;
use crate::domain::hours::BatchKind;
use crate::domain::period::closing_in;
use crate::domain::{Day, Period};
use crate::import::hours;
use crate::import::profile::ProfileError;
use crate::import::titles;

/// Periods that are offered, the newest first.
const OFFERED: u32 = 13;

/// The newest counting period of the site that has ended before `today`; none where no closing day is registered.
pub(super) fn closed(site: &Site, today: Day) -> Option<Period> {
    offered(site, today).into_iter().find(|period| period.end < today)
}

/// The counting period that closes in a month that was named.
///
/// # Errors
/// [`ProfileError::NoClosing`] where no closing day is registered for it, [`ProfileError::NoPeriod`] before it begins.
pub(super) fn of_month(site: &Site, (year, month): (i32, u32), today: Day) -> Result<Period, RuntimeError> {
    let period = closing_in(&site.closings(), year, month).ok_or(ProfileError::NoClosing)?;
    if period.start <= today { Ok(period) } else { Err(ProfileError::NoPeriod.into()) }
}

/// The counting periods that may be chosen: the one that runs, and those before it.
pub(super) fn offered(site: &Site, today: Day) -> Vec<Period> {
    let closings = site.closings();
    let next = today.checked_add_months(Months::new(1)).unwrap_or(today);
    let months = (0..=OFFERED).filter_map(|back| next.checked_sub_months(Months::new(back)));
    let periods = months.filter_map(|day| closing_in(&closings, day.year(), day.month()));
    periods.filter(|period| period.start <= today).collect()
}

/// Whether a file of hours leaves open which period its rows are of.
pub(super) fn is_open(file: &ReadFile) -> bool {
    file.kind == BatchKind::Hours && hours::lacks_period(&file.proposal.profile, &file.table.header)
}

/// Whether what was lacking is said by a period.
pub(super) const fn is_answered_by_period(lacking: &ProfileError) -> bool {
    use ProfileError::{NoClosing, NoPeriod, OtherDays, OtherMonth};
    matches!(lacking, NoPeriod | NoClosing | OtherMonth { .. } | OtherDays { .. })
}

/// What is lacking before the rows of a file can be counted to a period.
pub(super) fn missing(file: &ReadFile) -> Option<ProfileError> {
    if !is_open(file) {
        return None;
    }
    let Some(period) = file.period else { return Some(ProfileError::NoClosing) };
    if file.is_period_told {
        return None;
    }
    let (told, taken, beside) = (told(file), period.month(), beside::months(file));
    let title = told.first().copied().filter(|_| !told.contains(&taken));
    let other = title.or_else(|| beside.into_iter().find(|month| *month != taken));
    let days = titles::spans(&file.table.titles).into_iter().find(|span| *span != (period.start, period.end));
    other
        .map(|title| ProfileError::OtherMonth { taken, title })
        .or_else(|| days.map(|title| ProfileError::OtherDays { taken: (period.start, period.end), title }))
}

/// The months that the file says of itself: above its header, in its headings, in its name.
fn told(file: &ReadFile) -> Vec<(i32, u32)> {
    let mut told = titles::months(&file.table.titles);
    told.extend(titles::months(&file.table.header));
    let name = file.path.as_deref().and_then(|path| path.file_stem()).map(|name| name.to_string_lossy());
    told.extend(name.iter().flat_map(|name| titles::months_of_name(name)));
    told
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::entry_fixture::{day, site};

    #[test]
    fn without_a_closing_day_no_month_is_guessed() {
        let mut site = site();
        let today = day("2026-11-10");
        assert_eq!(closed(&site, today).map(Period::month), Some((2026, 10)));
        assert_eq!(offered(&site, today).first().map(|period| period.month()), Some((2026, 11)), "the one that runs");
        assert!(of_month(&site, (2026, 12), today).is_err(), "it has not begun");
        site.closing_days = Arc::default();
        assert_eq!((closed(&site, today), offered(&site, today)), (None, Vec::new()));
        let refused = of_month(&site, (2026, 9), today).unwrap_err();
        assert!(refused.to_string().contains("その月の締日も登録されていません"), "{refused}");
    }
}
