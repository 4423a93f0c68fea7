//! What the physician promised, and the contract that runs out.

use super::{Desk, Kind, Subject};
use crate::app::changes::Part;
use crate::app::worklist::{Item, Task, Turn};

/// Days before the end of a contract from which it is worth a line.
const CONTRACT_NOTICE: i64 = 60;

pub(super) const KIND: Kind =
    Kind { items: |desk, _| items(desk), reads: &[Part::Establishment, Part::Promises], reads_flags: false };

fn items(desk: &Desk<'_>) -> Vec<Item> {
    let open = desk.site.promises.iter().filter(|promise| promise.kept_on.is_none());
    let promised = open.filter_map(|promise| {
        let subject = Subject::new(Task::Promise, Turn::Mine).about(promise.content.clone()).opening(&promise.id);
        promise.due.map(|due| desk.on(due, subject))
    });
    promised.chain(contract(desk)).collect()
}

fn contract(desk: &Desk<'_>) -> Option<Item> {
    let until = desk.site.establishment.contract_until?;
    let is_near = (until - desk.today).num_days() <= CONTRACT_NOTICE;
    let about = format!("{} 満了", until.format("%m-%d"));
    is_near.then(|| desk.on(until, Subject::new(Task::Contract, Turn::Mine).about(about)))
}
