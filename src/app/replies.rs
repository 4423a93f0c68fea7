//! What settles an item that waits for the employer: it came, and the physician records that on the spot.
//!
//! Knows the items of the worklist and the records behind them; performs nothing. Every answer is one change and can be
//! taken back.

use chrono::Datelike;

use super::Site;
use super::requests::{self, NoticeEntry, RequestFault};
use super::worklist::{Item, Task};
use crate::domain::case::NoticeKind;
use crate::domain::command::{Act, Command};
use crate::domain::establishment::Information;
use crate::domain::{Day, Id};

/// What may be recorded at an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Nobody is above the line in the period (則14条の2第1項2号, 該当なし).
    Nobody,
    /// Names and hours of those above the line were handed over (則14条の2第1項2号).
    Names,
    /// The worker was told the hours (則52条の2第3項).
    WorkerTold,
    /// The information that was asked for came.
    Information,
}

impl Reply {
    /// The first answer that an item can have, and a second one.
    pub const fn of(task: Task) -> (Option<Self>, Option<Self>) {
        match task {
            Task::Hours => (Some(Self::Nobody), Some(Self::Names)),
            Task::NoticeToWorker => (Some(Self::WorkerTold), None),
            Task::Information => (Some(Self::Information), None),
            _ => (None, None),
        }
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Nobody => "該当なしを受領",
            Self::Names => "氏名と時間を受領",
            Self::WorkerTold => "本人へ通知済",
            Self::Information => "情報を受領",
        }
    }
}

/// Records, as of `today`, that what an item waits for came.
///
/// # Errors
/// [`RequestFault`] when the item has no period, worker or record any more.
pub fn record(site: &Site, item: &Item, reply: Reply, today: Day) -> Result<Command, RequestFault> {
    match reply {
        Reply::Nobody => notice(site, item, NoticeKind::NobodyOver, None, today),
        Reply::Names => notice(site, item, NoticeKind::ToPhysician, None, today),
        Reply::WorkerTold => notice(site, item, NoticeKind::ToWorker, item.worker.as_ref(), today),
        Reply::Information => {
            let asked = site.information.iter().find(|known| item.record.as_ref() == Some(&known.id));
            let asked = asked.ok_or(RequestFault::NoPeriod)?.clone();
            // Several things may be asked for in a month: only this one came.
            let came = Information { received_on: Some(today), ..asked };
            Ok(Command::new(Act::ReceiveInformation, site.id().to_string()).put(came))
        }
    }
}

fn notice(
    site: &Site,
    item: &Item,
    kind: NoticeKind,
    worker: Option<&Id>,
    today: Day,
) -> Result<Command, RequestFault> {
    let period = site.period(item.law_day.year(), item.law_day.month());
    requests::notice(site, worker, &NoticeEntry { kind, day: today, period, content: String::new() }, today)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Arc;

    use super::*;
    use crate::app::assess::SiteAssessment;
    use crate::app::testing::{day, site, today};
    use crate::domain::AnyRecord;
    use crate::domain::command::Change;
    use crate::domain::establishment::InformationKind;
    use crate::domain::{Prefix, case::Notice};
    use crate::law::Law;

    fn items(site: &Site, task: Task) -> Vec<Item> {
        let assessment = SiteAssessment::new(&Law::built_in().unwrap(), site, today());
        assessment.items.iter().filter(|item| item.task == task).cloned().collect()
    }

    fn after(mut site: Site, command: &Command) -> Site {
        for change in &command.changes {
            match change {
                Change::Put(AnyRecord::Notice(notice)) => Arc::make_mut(&mut site.notices).push(Notice::clone(notice)),
                Change::Put(AnyRecord::Information(row)) => {
                    let known = Arc::make_mut(&mut site.information);
                    known.retain(|other| other.id != row.id);
                    known.push(Information::clone(row));
                }
                other => panic!("{other:?}"),
            }
        }
        site
    }

    fn without_hours() -> Site {
        let mut site = site();
        site.hours = Arc::new(HashMap::new());
        site
    }

    #[test]
    fn either_notice_of_the_whole_period_ends_the_wait_for_it() {
        let site = without_hours();
        let item = items(&site, Task::Hours).pop().unwrap();
        for reply in [Reply::Nobody, Reply::Names] {
            let command = record(&site, &item, reply, today()).unwrap();
            assert_eq!((command.act, command.subject.as_deref()), (Act::RecordNotice, Some("E01")));
            let told = after(site.clone(), &command);
            let notice = told.notices.last().unwrap();
            assert_eq!((notice.worker.as_ref(), notice.period_end, notice.day), (None, day("2026-10-31"), today()));
            assert_eq!(items(&told, Task::Hours), [], "{reply:?}");
        }
    }

    #[test]
    fn the_worker_was_told_and_the_item_goes() {
        let site = site();
        let item = items(&site, Task::NoticeToWorker).pop().unwrap();
        let told = after(site.clone(), &record(&site, &item, Reply::WorkerTold, today()).unwrap());
        assert_eq!(told.notices.last().unwrap().worker, item.worker);
        assert_eq!(items(&told, Task::NoticeToWorker), []);
    }

    #[test]
    fn information_that_was_asked_for_comes() {
        let mut site = site();
        site.information = Arc::new(vec![Information {
            id: Id::new(site.id(), Prefix::Row, 700),
            kind: InformationKind::ManagerRound,
            about: day("2026-11-01"),
            asked_on: Some(day("2026-11-02")),
            received_on: None,
            content: String::new(),
        }]);
        let item = items(&site, Task::Information).pop().unwrap();
        let come = after(site.clone(), &record(&site, &item, Reply::Information, today()).unwrap());
        assert_eq!((come.information.len(), come.information[0].received_on), (1, Some(today())));
        assert_eq!(items(&come, Task::Information), []);
    }

    #[test]
    fn nothing_else_is_settled_by_a_word() {
        assert_eq!(Reply::of(Task::Interview), (None, None));
        assert_eq!(Reply::of(Task::Measures), (None, None));
    }
}
