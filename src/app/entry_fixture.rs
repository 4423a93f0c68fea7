//! A small synthetic establishment for the tests of what is typed by hand.

use std::sync::Arc;

use super::Site;
use crate::domain::command::HoursInForce;
use crate::domain::establishment::{ClosingDay, Committee, Engagement, Establishment};
use crate::domain::hours::{Measure, Series};
use crate::domain::worker::{Sex, Worker};
use crate::domain::{Day, EstablishmentId, Hours, Id, Prefix, Seconds};

/// A day.
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The day of the mock screens.
pub const TODAY: &str = "2026-11-20";

/// `E01`
pub fn site_id() -> EstablishmentId {
    EstablishmentId::new(1)
}

/// `E01-W0001` for 1.
pub fn worker_id(number: u32) -> Id {
    Id::new(&site_id(), Prefix::Worker, number)
}

/// An invented establishment.
pub fn establishment() -> Establishment {
    Establishment {
        id: site_id(),
        name: "あかつき精機 本社工場".to_owned(),
        short_name: "あかつき本社".to_owned(),
        employer: String::new(),
        address: String::new(),
        phone: String::new(),
        fax: String::new(),
        industry: String::new(),
        insurance_number: String::new(),
        engagement: Engagement::PartTime,
        appointed_on: None,
        appointment_reported_on: None,
        contract_from: None,
        contract_until: None,
        committee: Committee::Health,
        hours_method: String::new(),
        criterion: String::new(),
        criterion_seconds: None,
        criterion_on: None,
    }
}

/// An invented worker.
pub fn worker(number: u32, name: &str) -> Worker {
    Worker {
        id: worker_id(number),
        number: format!("{}", 10_000 + number),
        name: name.to_owned(),
        kana: "さえき みさき".to_owned(),
        sex: Sex::Female,
        birth: Some(day("1984-04-02")),
        department: "製造技術課".to_owned(),
        position: "主任".to_owned(),
        joined_on: Some(day("2009-04-01")),
        left_on: None,
        dispatch_from: String::new(),
        dispatch_to: String::new(),
        special_work: String::new(),
        duties: String::new(),
    }
}

/// One establishment that closes at the end of the month, one worker with one month of hours.
pub fn site() -> Site {
    let mut site = Site::new(establishment());
    site.closing_days = Arc::new(vec![ClosingDay { id: row(1), valid_from: day("2020-01-01"), day: 31 }]);
    site.workers = Arc::new(vec![worker(1, "佐伯 美咲")]);
    site.last_numbers = [1, 0, 1];
    let period = site.period(2026, 9).unwrap();
    let hours = Hours::exact(Seconds::hm(255, 30));
    let value = HoursInForce { period, measure: Measure::StatutoryTotal, series: Series::Employer, hours };
    site.hours = Arc::new([(worker_id(1), vec![value])].into());
    site
}

/// `E01-R0001` for 1.
pub fn row(number: u32) -> Id {
    Id::new(&site_id(), Prefix::Row, number)
}
