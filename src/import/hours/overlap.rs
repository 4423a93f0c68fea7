//! Rows of one person whose periods share a day: one is used, or the physician is asked which.

use super::super::reason::{Doubt, Ignored, Skip};
use super::rows::{Lines, Rows};
use super::{Candidate, Doubtful, Preview};
use crate::domain::progress::Phase;

/// Sends every candidate on to the comparison, or to a question.
///
/// One sweep over the rows in the order of person and day, so that a file of a million rows
/// about one person stays quick.
pub(super) fn settle(mut candidates: Vec<Candidate<'_>>, preview: &mut Preview, rows: &Rows<'_, '_>) {
    candidates.sort_unstable_by_key(|row| (row.place, row.period, row.lines.line()));
    let mut rest = candidates.as_slice();
    let is_begun = rows.going.begin(Phase::Comparing, rest.len()).is_ok();
    while is_begun
        && rows.going.at(candidates.len() - rest.len()).is_ok()
        && let Some((cluster, tail)) = rest.split_at_checked(cluster_length(rest)).filter(|_| !rest.is_empty())
    {
        match chosen(cluster, rows) {
            Choice::Use(index, why) => use_one(cluster, index, why, preview, rows),
            Choice::AddUp => add_up(cluster, preview, rows),
            Choice::Ask(why) => cluster.iter().for_each(|row| ask(row, why, preview, rows)),
        }
        rest = tail;
    }
}

fn cluster_length(rows: &[Candidate<'_>]) -> usize {
    let Some(first) = rows.first() else { return 0 };
    let mut end = first.period.end;
    let same = rows.iter().take_while(|row| {
        let belongs = row.place == first.place && row.period.start <= end;
        end = end.max(row.period.end);
        belongs
    });
    same.count()
}

enum Choice {
    Use(usize, Skip),
    AddUp,
    Ask(Doubt),
}

fn chosen(cluster: &[Candidate<'_>], rows: &Rows<'_, '_>) -> Choice {
    let first = cluster.first();
    let is_one_period = first.is_some_and(|first| cluster.iter().all(|row| first.period == row.period));
    // Parts of one period may be added up; periods that cut into each other never.
    let why = if is_one_period { Doubt::TwiceInFile } else { Doubt::PeriodsOverlap };
    let is_taken = |row: &Candidate<'_>| rows.is_settled(row.lines.line(), why);
    if first.is_some_and(|first| cluster.iter().all(|row| first.says_the_same_as(row))) {
        return Choice::Use(0, Skip::SameRow);
    }
    if rows.input.profile.adds_up && is_one_period {
        return Choice::AddUp;
    }
    let mut taken = cluster.iter().enumerate().filter(|(_, row)| is_taken(row)).map(|(index, _)| index);
    match (taken.next(), taken.next()) {
        (Some(index), None) => Choice::Use(index, Skip::Answered),
        _ => Choice::Ask(why),
    }
}

fn use_one(cluster: &[Candidate<'_>], chosen: usize, why: Skip, preview: &mut Preview, rows: &Rows<'_, '_>) {
    for (index, row) in cluster.iter().enumerate() {
        match row.doubt {
            _ if index != chosen => preview.ignored.push(Ignored { line: row.lines.line(), why }),
            Some(doubt) => ask(row, doubt, preview, rows),
            None => {
                note_nights(row, preview, rows);
                preview.compare(row, &rows.input, rows.text(&row.lines));
            }
        }
    }
}

/// One value of all rows; a sum that nobody can have worked is refused.
fn add_up(cluster: &[Candidate<'_>], preview: &mut Preview, rows: &Rows<'_, '_>) {
    let mut all = cluster.iter().flat_map(|row| row.lines.all());
    let (Some(first), Some(head)) = (all.next(), cluster.first()) else { return };
    let lines = Lines { first, days: all.collect() };
    // Days that a row already carries were counted when they were joined.
    preview.summed += cluster.len() - 1;
    // What is asked about one of them is asked about their sum.
    let is_open = |doubt: &Doubt| !rows.is_settled(head.lines.line(), *doubt);
    if let Some(doubt) = cluster.iter().filter_map(|row| row.doubt).find(is_open) {
        return ask(head, doubt, preview, rows);
    }
    match rows.value(&lines, preview.notation, preview.digits, Some(head.period)) {
        Ok(hours) => {
            let sum = Candidate { lines, hours: hours.unwrap_or_default(), ..*head };
            note_nights(&sum, preview, rows);
            preview.compare(&sum, &rows.input, rows.text(&sum.lines));
        }
        Err(refusal) => preview.refused.push(refusal),
    }
}

fn note_nights(row: &Candidate<'_>, preview: &mut Preview, rows: &Rows<'_, '_>) {
    preview.nights.extend(row.night(rows, preview));
    preview.unread.extend(rows.unread_nights(&row.lines, preview.notation, preview.digits));
}

/// Asks what is open about the row itself, else `why`.
fn ask(row: &Candidate<'_>, why: Doubt, preview: &mut Preview, rows: &Rows<'_, '_>) {
    let worker = row.place.known().and_then(|index| rows.input.roster.get(index));
    preview.doubtful.push(Doubtful {
        line: row.lines.line(),
        person: rows.person(row.lines.first).named().key(),
        candidates: worker.map(|worker| worker.id.clone()).into_iter().collect(),
        why: row.doubt.unwrap_or(why),
    });
}
