//! 一人分の記録: everything that the establishment's database keeps of one worker, gathered for the physician's printing.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Prepared;
use super::papers::{free_name, own_paper};
use crate::app::Site;
use crate::app::flags::WorkerFlags;
use crate::app::host::DocumentRequest;
use crate::app::months::Context;
use crate::documents::record::{RecordFacts, record};
use crate::domain::Id;
use crate::domain::command::DraftField;
use crate::law::outcome::{Conclusion, Outcome};
use crate::runtime::about::{names, records};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;
use crate::store::{SiteStore, StoreError};

/// Audit events that no change accompanies: who looked, and what left.
const TRACES: [&str; 2] = ["閲覧", "出力"];

pub(super) fn prepare(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let worker = request.subject.as_ref().filter(|id| site.worker(id).is_some()).ok_or(RuntimeError::NoSuchWorker)?;
    let store = &desk.open_site(site.id())?.store;
    let records = records(store, site, worker)?;
    let keys: BTreeSet<String> = records.iter().map(|record| record.key().to_owned()).collect();
    let day = desk.today();
    let number = format!("{worker}-{day}");
    let view = record(&RecordFacts {
        site: &site.establishment.name,
        records: &records,
        hours: &store.hours_of_worker(worker)?,
        flags: &flags(desk, site, worker)?,
        drafts: &drafts(site, &keys),
        changes: &store.changes_of(worker, &keys.iter().cloned().collect::<Vec<_>>())?,
        traces: &traces(store, &keys)?,
        day,
        number: &number,
        demo: desk.is_demo(),
    });
    let file = free_name(desk, &folder, &format!("{number}_record"));
    Ok(own_paper(request, view, file, day, folder))
}

fn drafts(site: &Site, keys: &BTreeSet<String>) -> Vec<DraftField> {
    site.drafts.iter().filter(|draft| names(&draft.form, keys)).cloned().collect()
}

/// What the law says today, and what is due.
fn flags(desk: &Desk, site: &Site, worker: &Id) -> Result<Vec<(String, String)>, RuntimeError> {
    let assessment = desk.assessment(site.id())?;
    let mut told: Vec<(String, String)> = Vec::new();
    let mut say = |label: &str, words: String| told.push((label.to_owned(), words));
    if let Some(flags) = assessment.flags_of(worker) {
        say("時間外・休日労働", format!("{}　{}", flags.hours_text(), flags.overtime_word().trim_matches('-')));
        let words =
            [("健診", flags.checkup), ("ストレス", flags.stress), ("面接", flags.interview), ("就業", flags.fitness)];
        words.into_iter().for_each(|(label, word)| say(label, word.to_owned()));
        for outcome in reasons(desk, site, flags) {
            outcome.reasons.iter().for_each(|reason| say("理由", reason.text.clone()));
            outcome.citations.iter().for_each(|citation| say("条文", citation.words()));
        }
    }
    let mine = assessment.items.iter().filter(|item| item.worker.as_ref() == Some(worker));
    mine.for_each(|item| say(item.task.label(), format!("{}　{}", item.due.safe, item.about)));
    Ok(told)
}

/// What stands behind the flags, each with its article; a tier or mean that does not hold is left out.
fn reasons(desk: &Desk, site: &Site, flags: &WorkerFlags) -> Vec<Outcome> {
    let Some(worker) = site.worker(&flags.worker) else { return Vec::new() };
    let mut outcomes = flags.reasons(desk.law(), &Context::new(site), worker);
    let owed = outcomes.pop();
    outcomes.retain(|outcome| outcome.outcome != Conclusion::NotRequired);
    outcomes.extend(owed);
    outcomes
}

fn traces(store: &SiteStore, keys: &BTreeSet<String>) -> Result<Vec<[String; 4]>, StoreError> {
    let lines = store.audit_lines(i64::MAX)?.into_iter();
    let own = lines.filter(|line| TRACES.contains(&line.event.as_str()) && keys.contains(&line.subject));
    let mut traces: Vec<[String; 4]> = own.map(|line| [line.at, line.event, line.subject, line.detail]).collect();
    traces.sort();
    Ok(traces)
}
