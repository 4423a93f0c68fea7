//! One change by hand: on disk, read back, assessed and published when the call returns.

use std::time::Instant;

use junkai::app::Site;
use junkai::domain::Prefix;
use junkai::domain::command::{Act, Command};
use junkai::domain::establishment::Promise;

use crate::desk;
use crate::figure::{Figure, Samples};
use crate::vaults;

const RUNS: usize = 200;

/// A small record and a row of the largest table, in an establishment of the caseload.
pub fn edits() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::caseload());
    let mut opened = vaults::open(&folder);
    let id = opened.caseload().sites.first().unwrap().id().clone();
    let mut samples = Samples::default();
    let mut edit = |command: &dyn Fn(&Site, usize) -> Command| {
        (0..RUNS).for_each(|run| {
            let command = command(opened.site(&id).unwrap(), run);
            let start = Instant::now();
            opened.perform(&id, &command).unwrap();
            samples.push(start.elapsed());
        });
        std::mem::take(&mut samples)
    };
    let promises = edit(&|site, _| promise(site));
    let workers = edit(&worker);
    vec![
        Figure::times("durable edit, a promise", &promises).under(5.0),
        Figure::times("durable edit, a worker", &workers).under(5.0),
    ]
}

/// A small record.
pub fn promise(site: &Site) -> Command {
    let id = site.next_id(Prefix::Row);
    let about = id.to_string();
    Command::new(Act::Promise, about).put(Promise {
        id,
        made_on: desk::today(),
        occasion: "衛生委員会".into(),
        content: "次回までに照度を調べる".into(),
        due: None,
        kept_on: None,
    })
}

fn worker(site: &Site, run: usize) -> Command {
    let mut worker = site.workers.get(run).unwrap().clone();
    worker.duties = format!("試作品の立上げ {run}");
    Command::new(Act::EditWorker, worker.id.to_string()).put(worker)
}
