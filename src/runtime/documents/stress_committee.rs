//! The committee's paper of a round: what was done with the groups, and measures as counts, as it would leave.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::issue::{Beside, Issue};
use super::stress::basis;
use super::{Prepared, Subject, hints, is_issued_for};
use crate::app::Site;
use crate::app::checkups::committee::SMALLEST;
use crate::app::host::DocumentRequest;
use crate::app::stress::measures::{LABELS, counts, numbers, shown};
use crate::app::stress::{self, StressFault, improvement};
use crate::documents::disclosure::stress_committee::{self as paper, StressCommitteeFacts};
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::stress::{Improvement, StressImprovement};
use crate::domain::{Id, Table};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;

pub(super) fn prepare(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let round = stress::round(site, request.subject.as_ref().ok_or(StressFault::NoRound)?)?;
    let figures = shown(&counts(site, &round.id), &earlier(site, &round.id));
    let words: Vec<(&'static str, String)> =
        LABELS.into_iter().zip(figures.iter().map(|figure| figure.words())).collect();
    let mut rows = improvement::of_round(site, &round.id);
    rows.reverse();
    let names: Vec<&str> = site.workers.iter().map(|worker| worker.name.as_str()).collect();
    let issue = Issue::of(desk, site, request, &round.id)?;
    let facts = StressCommitteeFacts {
        establishment: &site.establishment,
        round: &round.name,
        improvements: &rows,
        findings: &site.findings,
        patrols: &site.patrols,
        places: &site.places,
        figures: &words,
        smallest: SMALLEST,
        names: &names,
        imprint: issue.imprint(),
    };
    let view = paper::copy(&facts);
    let beside = Beside {
        staying: paper::staying(&facts),
        missing: paper::missing(&facts),
        hints: hints(paper::hints(desk.law(), &facts)),
    };
    let subject = subject(&round.id, &rows, numbers(&figures));
    Ok(issue.prepared(request, view, Recipient::Employer, beside, folder, subject))
}

/// Advice and hearings are of their day and amend-only from now on; an action lives on until it is done.
fn subject(round: &Id, rows: &[&StressImprovement], figures: Vec<Option<usize>>) -> Subject {
    let of_their_day = rows.iter().filter(|row| row.kind != Improvement::Action);
    Subject {
        row: round.clone(),
        case: None,
        worker: None,
        supersedes: None,
        freezes: of_their_day.map(|row| (Table::StressImprovement, row.id.to_string())).collect(),
        basis: basis([("improvements", json!(rows)), ("figures", json!(figures))]),
    }
}

/// The figures of every paper of this round that was issued before.
fn earlier(site: &Site, round: &Id) -> Vec<Vec<Option<usize>>> {
    let of = site.issued.iter().filter(|row| row.form == FormKind::StressCommittee && is_issued_for(row, round));
    of.filter_map(|row| row.snapshot_json.get("figures").and_then(Value::as_array))
        .map(|list| numbers_of(list))
        .collect()
}

fn numbers_of(list: &[Value]) -> Vec<Option<usize>> {
    list.iter().map(|value| value.as_u64().and_then(|count| usize::try_from(count).ok())).collect()
}
