//! Every row of every file is accounted for, whatever the file is like and whatever is answered to its questions.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{TestCaseError, TestCaseResult};

use super::files::{Wild, of_any_kind, of_kind};
use super::{Room, left, read, site, taken};
use crate::app::host::RowAnswer;
use crate::domain::hours::BatchKind;
use crate::import::people::ValueDecision;
use crate::runtime::Desk;
use crate::runtime::answers;
use crate::runtime::imports::ReadFile;
use crate::runtime::shown::Rows;

/// Accepted + unchanged + doubtful + refused + ignored = rows, and no line stands in two lists.
fn accounted(file: &ReadFile, rows: &Rows) -> TestCaseResult {
    let ((taken, summed), left) = (taken(rows), left(rows));
    prop_assert_eq!(left.rows, file.table.row_count());
    prop_assert_eq!(taken.len() + summed + left.count(), left.rows, "a row is lost: {:?}", rows);
    let doubtful = left.doubtful.iter().map(|row| row.line);
    let aside = doubtful.chain(left.refused.iter().map(|row| row.line)).chain(left.ignored.iter().map(|row| row.line));
    let lines: Vec<u32> = taken.into_iter().chain(aside).collect();
    let known: BTreeSet<u32> = of_table(file).collect();
    prop_assert!(lines.iter().all(|line| known.contains(line)), "a line that the file does not have: {:?}", rows);
    prop_assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len(), "a line stands twice: {:?}", rows);
    Ok(())
}

/// The lines of a file below its header.
fn of_table(file: &ReadFile) -> impl Iterator<Item = u32> {
    let table = &file.table;
    let aside = table.refused.iter().map(|row| row.line).chain(table.ignored.iter().map(|row| row.line));
    table.rows.iter().map(|row| row.line).chain(aside)
}

fn look(desk: &Desk, file: &ReadFile) -> Option<Arc<Rows>> {
    desk.rows_of(file).ok()
}

/// Answers one question of the file, and sees that it is none any more.
fn answer(desk: &Desk, file: &mut ReadFile, rows: &Rows, pick: u8) -> Result<Option<Arc<Rows>>, TestCaseError> {
    let (place, choice) = (usize::from(pick % 16), usize::from(pick / 16));
    if let Rows::Hours(found) = rows
        && let Some(question) = &found.question
    {
        file.notation = Some(question.readings[choice % question.readings.len()].notation);
        return Ok(look(desk, file));
    }
    if let Rows::Checkup(found) = rows
        && let Some(value) = found.rows.open_values().next()
        && pick.is_multiple_of(2)
    {
        let typed = ["120", "", "なぞ", "(-)"][choice % 4];
        let told = if typed.is_empty() { ValueDecision::Leave } else { ValueDecision::Typed(typed.to_owned()) };
        file.decisions.values.insert((value.line, value.item), told);
        return Ok(look(desk, file));
    }
    let doubtful = left(rows).doubtful;
    let Some(row) = doubtful.get(place % doubtful.len().max(1)) else { return Ok(None) };
    let options = answers::asked(desk.site(&site()).unwrap(), file.kind, row).options;
    prop_assert!(options.iter().any(|(answer, _)| *answer == RowAnswer::Leave), "no way out of {:?}", row);
    let (said, label) = options[choice % options.len()].clone();
    prop_assert!(!label.is_empty(), "{:?} has no words", said);
    desk.answer(file, row.line, said).unwrap();
    let after = look(desk, file);
    let again = after.as_ref().and_then(|rows| rows.doubtful_at(row.line)).map(|(_, _, why)| why);
    prop_assert_ne!(again, Some(row.why), "{:?} was answered with {:?}", row, said);
    Ok(after)
}

/// Reads a file and answers what it asks; after each answer no row is lost.
pub fn answered(desk: &Desk, wild: &Wild) -> Result<Option<(ReadFile, Arc<Rows>)>, TestCaseError> {
    let mut file = match read(desk, &wild.bytes, wild.kind) {
        Ok(file) => file,
        Err(told) => {
            prop_assert!(told.to_string().ends_with('。'), "{}", told);
            return Ok(None);
        }
    };
    let Some(mut rows) = look(desk, &file) else { return Ok(None) };
    accounted(&file, &rows)?;
    for pick in &wild.picks {
        let Some(after) = answer(desk, &mut file, &rows, *pick)? else { break };
        accounted(&file, &after)?;
        rows = after;
    }
    Ok(Some((file, rows)))
}

/// Each shape of a kind is seen to bring rows in and to leave rows of every sort aside: else nothing would be shown here.
fn every_sort_of_row(kind: BatchKind) {
    let room = Room::new();
    let mut seen = [false; 4];
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..64 {
        let wild = of_kind(kind).new_tree(&mut runner).unwrap().current();
        let Some((_, rows)) = answered(&room.desk, &wild).unwrap() else { continue };
        let left = left(&rows);
        let found =
            [!taken(&rows).0.is_empty(), !left.doubtful.is_empty(), !left.refused.is_empty(), !left.ignored.is_empty()];
        seen.iter_mut().zip(found).for_each(|(seen, found)| *seen |= found);
    }
    assert_eq!(seen, [true; 4], "{kind:?}: taken, doubtful, refused, ignored");
}

#[test]
fn the_files_of_every_kind_reach_every_list() {
    BatchKind::ALL.iter().for_each(|kind| every_sort_of_row(*kind));
}

#[test]
fn every_row_of_every_kind_of_file_is_accounted_for_after_each_answer() {
    let room = Room::new();
    proptest!(|(wild in of_any_kind())| {
        answered(&room.desk, &wild)?;
    });
}
