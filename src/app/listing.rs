//! 連続掲載・未選定: who stands on the list of long hours again and again, and was never chosen for an interview.
//!
//! A mark for the physician's eye. Nothing follows from it by itself.

use super::Site;
use crate::domain::{Day, Id};
use crate::law::overtime::WorkedMonth;

/// Newest periods in a row on the list (80 超) that no request, interview or decision of a doctor up to `day` answers.
///
/// `listed` is how many newest months stand on the list at all, as the law's flags say.
pub fn unchosen(site: &Site, worker: &Id, months: &[WorkedMonth], listed: u8, day: Day) -> u8 {
    // Few stand there twice; only for them the records are searched.
    if listed < 2 { listed } else { since(months, listed, last_chosen(site, worker, day)) }
}

/// 「2期続けて掲載、面接なし」; none below two periods in a row.
pub fn word(unchosen: u8) -> Option<String> {
    (unchosen > 1).then(|| format!("{unchosen}期続けて掲載、面接なし"))
}

fn since(months: &[WorkedMonth], listed: u8, chosen: Option<Day>) -> u8 {
    let is_open = |month: &&WorkedMonth| chosen.is_none_or(|chosen| chosen < month.period.end);
    let open = months.iter().take(usize::from(listed)).take_while(is_open).count();
    u8::try_from(open).unwrap_or(u8::MAX)
}

/// The newest day on which somebody dealt with the hours: asked, interviewed, or found the interview unnecessary.
fn last_chosen(site: &Site, worker: &Id, day: Day) -> Option<Day> {
    let requests = site.requests.iter().filter(|r| &r.worker == worker && r.withdrawn_on.is_none() && r.day <= day);
    let interviews = site.interviews.iter().filter(|i| &i.worker == worker).map(|i| i.day);
    let certificates = site.certificates.iter().filter(|c| &c.worker == worker).map(|c| c.interviewed_on);
    let exclusions = site.exclusions.iter().filter(|e| &e.worker == worker && e.day <= day).map(|e| e.period.end);
    let held = interviews.chain(certificates).filter(|held| *held <= day);
    held.chain(requests.map(|r| r.period_end.unwrap_or(r.day))).chain(exclusions).max()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::flags::all;
    use crate::app::testing::{day, site, today, worker_id};
    use crate::domain::Prefix;
    use crate::domain::case::{Exclusion, Request, RequestBy};
    use crate::law::Law;

    fn row(number: u32) -> Id {
        Id::new(&crate::app::testing::site_id(), Prefix::Row, number)
    }

    fn asked(on: &str, period_end: Option<&str>) -> Request {
        Request {
            id: row(9),
            case_id: row(8),
            worker: worker_id(),
            day: day(on),
            by: RequestBy::default(),
            period_end: period_end.map(day),
            place: String::new(),
            wishes: String::new(),
            doctor: String::new(),
            own_seconds: None,
            withdrawn_on: None,
        }
    }

    /// September and October stand on the list.
    fn count(site: &Site) -> u8 {
        let law = Law::built_in().unwrap();
        all(&law, site, today())[0].unchosen_months
    }

    fn with_request(request: Request) -> Site {
        Site { requests: Arc::new(vec![request]), ..site() }
    }

    #[test]
    fn two_periods_in_a_row_without_request_or_interview_are_named() {
        assert_eq!(count(&site()), 2);
        assert_eq!(word(2).as_deref(), Some("2期続けて掲載、面接なし"));
        assert_eq!(word(1), None);
    }

    #[test]
    fn a_request_answers_its_period_and_those_before_it() {
        assert_eq!(count(&with_request(asked("2026-10-10", Some("2026-09-30")))), 1);
        assert_eq!(count(&with_request(asked("2026-11-05", None))), 0);
        let withdrawn = Request { withdrawn_on: Some(day("2026-11-06")), ..asked("2026-11-05", None) };
        assert_eq!(count(&with_request(withdrawn)), 2);
    }

    #[test]
    fn a_decision_that_no_interview_is_needed_is_a_choice_too() {
        let mut site = site();
        let period = site.period(2026, 10).unwrap();
        site.exclusions = Arc::new(vec![Exclusion {
            id: row(7),
            worker: worker_id(),
            period,
            day: day("2026-11-09"),
            interviewed_on: None,
            grounds: String::new(),
            keeps_healthy: String::new(),
        }]);
        assert_eq!(count(&site), 0);
        let months = crate::app::months::Context::new(&site).months(&site.workers[0]);
        assert_eq!(unchosen(&site, &worker_id(), &months, 2, day("2026-11-08")), 2, "as things stood the day before");
    }
}
