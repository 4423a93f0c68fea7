//! Every screen of an establishment without a record, and of a worker of whom nothing but the name is known.

use std::sync::Arc;

use junkai::app::assess::SiteAssessment;
use junkai::app::{Caseload, Host, Site};
use junkai::domain::doctor::Doctor;
use junkai::domain::establishment::{Committee, Engagement, Establishment};
use junkai::domain::worker::{Sex, Worker};
use junkai::domain::{EstablishmentId, Id, Prefix};
use junkai::law::Law;

use super::Still;
use super::cases::{OF_A_SITE, OF_A_WORKER, shown};

fn site() -> Site {
    let text = String::new;
    Site::new(Establishment {
        name: "白紙商店".to_owned(),
        short_name: "白紙".to_owned(),
        employer: text(),
        address: text(),
        phone: text(),
        fax: text(),
        industry: text(),
        insurance_number: text(),
        engagement: Engagement::PartTime,
        committee: Committee::Health,
        hours_method: text(),
        criterion: text(),
        ..Establishment::new(EstablishmentId::new(1))
    })
}

fn worker() -> Worker {
    let text = String::new;
    Worker {
        number: text(),
        name: "白井 紙子".to_owned(),
        kana: text(),
        sex: Sex::Female,
        department: text(),
        position: text(),
        dispatch_from: text(),
        dispatch_to: text(),
        special_work: text(),
        duties: text(),
        ..Worker::new(Id::new(&EstablishmentId::new(1), Prefix::Worker, 1))
    }
}

fn host(site: Site) -> Box<dyn Host> {
    let mut host = Still::new();
    let assessment = SiteAssessment::new(&Law::built_in().unwrap(), &site, host.view.today);
    host.view.caseload = Arc::new(Caseload { owner: Doctor::default(), sites: vec![Arc::new(site)] });
    host.view.assessments = Arc::new(vec![Arc::new(assessment)]);
    Box::new(host)
}

#[test]
fn places_of_an_establishment_without_a_record() {
    for (name, keys) in OF_A_SITE {
        shown(|| host(site()), "nothing", name, keys);
    }
    shown(|| host(site()), "nothing", "establishment", "^p =白紙商店");
}

#[test]
fn places_of_a_worker_without_a_record() {
    let known = || {
        let mut site = site();
        site.workers = Arc::new(vec![worker()]);
        site.last_numbers[0] = 1;
        host(site)
    };
    for (name, keys) in OF_A_WORKER {
        shown(known, "nothing", name, &format!("^p =白井 {keys}"));
    }
    shown(known, "nothing", "roster_of_one", "^p =名簿");
}
