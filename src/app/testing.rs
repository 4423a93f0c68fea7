//! A small desk for tests: one establishment, one worker, twelve months, everything invented.

use std::collections::HashMap;
use std::sync::Arc;

use super::assess::SiteAssessment;
use super::caseload::Rows;
use super::host::{Door, Threshold, VaultView};
use super::{Caseload, Site, View};
use crate::domain::command::{Change, Command, DraftField, HoursInForce};
use crate::domain::doctor::Doctor;
use crate::domain::establishment::{ClosingDay, Committee, Contact, ContactRole, Engagement, Establishment};
use crate::domain::hours::{Measure, Series};
use crate::domain::worker::{Sex, Worker};
use crate::domain::{AnyRecord, Day, EstablishmentId, Hours, Id, Prefix, Seconds};
use crate::law::Law;

/// A day.
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The day of the mock screens.
pub fn today() -> Day {
    day("2026-11-20")
}

/// `E01`
pub fn site_id() -> EstablishmentId {
    EstablishmentId::new(1)
}

/// `E01-W0001`
pub fn worker_id() -> Id {
    Id::new(&site_id(), Prefix::Worker, 1)
}

/// An establishment with one worker, a closing day, twelve months of hours, and a clinic nearby.
pub fn site() -> Site {
    let mut site = Site::new(establishment());
    let row = |number| Id::new(&site_id(), Prefix::Row, number);
    site.closing_days = Arc::new(vec![ClosingDay { id: row(1), valid_from: day("2020-01-01"), day: 31 }]);
    site.contacts = Arc::new(vec![Contact {
        id: row(2),
        role: ContactRole::Clinic,
        name: "みどり内科クリニック".into(),
        department: "内科".into(),
        phone: "000-000-0001".into(),
        mail: String::new(),
        is_emergency: true,
    }]);
    site.workers = Arc::new(vec![worker()]);
    site.last_numbers = [1, 0, 2];
    let months = (1..=10).rev().filter_map(|month| site.period(2026, month));
    let hours = months.zip(TOTALS).map(|(period, (hours, minutes))| HoursInForce {
        period,
        measure: Measure::StatutoryTotal,
        series: Series::Employer,
        hours: Hours::exact(Seconds::hm(hours, minutes)),
    });
    site.hours = Arc::new(HashMap::from([(worker_id(), hours.collect())]));
    site
}

/// Total hours, newest month first; the newest lies above 80.
const TOTALS: [(i64, i64); 10] =
    [(269, 39), (255, 10), (248, 0), (240, 30), (221, 0), (218, 45), (205, 0), (200, 0), (190, 0), (201, 15)];

fn establishment() -> Establishment {
    Establishment {
        name: "あかつき精機 本社工場".into(),
        short_name: "あかつき".into(),
        employer: "あかつき精機株式会社".into(),
        industry: "製造業".into(),
        engagement: Engagement::PartTime,
        committee: Committee::Health,
        hours_method: "タイムカード".into(),
        ..Establishment::new(site_id())
    }
}

/// 佐伯 美咲, invented.
pub fn worker() -> Worker {
    Worker {
        number: "10042".into(),
        name: "佐伯 美咲".into(),
        kana: "さえき みさき".into(),
        sex: Sex::Female,
        birth: Some(day("1984-04-02")),
        department: "製造技術課".into(),
        position: "主任".into(),
        duties: "試作品の立上げ".into(),
        ..Worker::new(worker_id())
    }
}

/// A desk that is open on these establishments, assessed by the law that ships.
pub fn view(sites: Vec<Site>) -> View {
    let law = Arc::new(Law::built_in().unwrap());
    let sites: Vec<Arc<Site>> = sites.into_iter().map(Arc::new).collect();
    let assess = |site: &Arc<Site>| Arc::new(SiteAssessment::new(&law, site, today()));
    let assessments = sites.iter().map(assess).collect();
    let owner =
        Doctor {
            name: "水野 遥".into(), affiliation: "水野産業医事務所".into(), registration: "000001".into()
        };
    View {
        revision: 1,
        today: today(),
        clock: "14:20".into(),
        door: Door::Open,
        threshold: Threshold::default(),
        caseload: Arc::new(Caseload { owner, sites }),
        assessments: Arc::new(assessments),
        law,
        vault: Arc::new(VaultView::default()),
    }
}

/// The view after a draft was saved, as a host would publish it.
pub fn with_draft(view: &View, draft: DraftField) -> View {
    edited(view, |site| {
        let drafts = Arc::make_mut(&mut site.drafts);
        drafts.retain(|other| (&other.form, &other.field) != (&draft.form, &draft.field));
        drafts.push(draft);
    })
}

/// The view after a change to its first establishment.
pub fn edited(view: &View, edit: impl FnOnce(&mut Site)) -> View {
    let mut sites: Vec<Site> = view.caseload.sites.iter().map(|site| (**site).clone()).collect();
    edit(sites.first_mut().unwrap());
    View { revision: view.revision + 1, clock: view.clock.clone(), ..self::view(sites) }
}

/// The rows that a command puts, of one kind.
pub fn rows_put<'c, T: 'c>(command: &'c Command, pick: impl Fn(&'c AnyRecord) -> Option<&'c T>) -> Vec<&'c T> {
    let put = command.changes.iter().filter_map(|change| match change {
        Change::Put(record) => Some(record),
        Change::Remove(..) => None,
    });
    put.filter_map(pick).collect()
}

/// A table of the snapshot with these rows.
pub fn rows<T>(rows: Vec<T>) -> Rows<T> {
    Arc::new(rows)
}
