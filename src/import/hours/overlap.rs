//! Rows of one person whose periods share a day: one is used, or the physician is asked which.

use super::super::people::RowDecision;
use super::super::reason::{Doubt, Ignored, Skip};
use super::rows::Rows;
use super::{Candidate, Doubtful, Input, Preview};

/// Sends every candidate on to the comparison, or to a question.
///
/// One sweep over the rows in the order of person and day, so that a file of a million rows
/// about one person stays quick.
pub(super) fn settle(mut candidates: Vec<Candidate<'_>>, preview: &mut Preview, rows: &Rows<'_>) {
    candidates.sort_unstable_by_key(|row| (row.place, row.period, row.row.row.line));
    let mut rest = candidates.as_slice();
    while let Some((cluster, tail)) = rest.split_at_checked(cluster_length(rest)).filter(|_| !rest.is_empty()) {
        match chosen(cluster, &rows.input) {
            Choice::Use(index, why) => use_one(cluster, index, why, preview, rows),
            Choice::Ask => cluster.iter().for_each(|row| ask(row, preview, rows)),
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
    Ask,
}

fn chosen(cluster: &[Candidate<'_>], input: &Input<'_>) -> Choice {
    let is_taken = |row: &Candidate<'_>| input.decisions.rows.get(&row.row.row.line) == Some(&RowDecision::Take);
    let first = cluster.first();
    if cluster.iter().all(|row| first.is_some_and(|first| (first.period, first.hours) == (row.period, row.hours))) {
        return Choice::Use(0, Skip::SameRow);
    }
    let mut taken = cluster.iter().enumerate().filter(|(_, row)| is_taken(row)).map(|(index, _)| index);
    match (taken.next(), taken.next()) {
        (Some(index), None) => Choice::Use(index, Skip::Answered),
        _ => Choice::Ask,
    }
}

fn use_one(cluster: &[Candidate<'_>], chosen: usize, why: Skip, preview: &mut Preview, rows: &Rows<'_>) {
    for (index, row) in cluster.iter().enumerate() {
        if index == chosen {
            preview.nights.extend(row.night(rows, preview.notation));
            preview.compare(row, &rows.input, rows.text(row.row));
        } else {
            preview.ignored.push(Ignored { line: row.row.row.line, why });
        }
    }
}

fn ask(row: &Candidate<'_>, preview: &mut Preview, rows: &Rows<'_>) {
    let worker = row.place.known().and_then(|index| rows.input.roster.get(index));
    preview.doubtful.push(Doubtful {
        line: row.row.row.line,
        person: rows.person(row.row.row).named().key(),
        candidates: worker.map(|worker| worker.id.clone()).into_iter().collect(),
        why: Doubt::TwiceInFile,
    });
}
