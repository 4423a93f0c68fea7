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
        name: "あかつき精機 本社工場".to_owned(),
        short_name: "あかつき本社".to_owned(),
        engagement: Engagement::PartTime,
        committee: Committee::Health,
        ..Establishment::new(site_id())
    }
}

/// An invented worker.
pub fn worker(number: u32, name: &str) -> Worker {
    Worker {
        number: format!("{}", 10_000 + number),
        name: name.to_owned(),
        kana: "さえき みさき".to_owned(),
        sex: Sex::Female,
        birth: Some(day("1984-04-02")),
        department: "製造技術課".to_owned(),
        position: "主任".to_owned(),
        joined_on: Some(day("2009-04-01")),
        ..Worker::new(worker_id(number))
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
