//! What followed the analysis of the groups of the demo's round: advice, a hearing, two actions, one of them done.

use std::sync::Arc;

use super::Pen;
use crate::app::Site;
use crate::app::stress::improvement::nameable;
use crate::domain::command::{Act, Change, Command};
use crate::domain::stress::{Heard, Improvement, StressImprovement};
use crate::domain::{AnyRecord, Day, Id};
use crate::law::Law;

/// Days before today: advised, heard, agreed, done.
const ADVISED: u64 = 12;
const HEARD: u64 = 10;
const AGREED: u64 = 9;
const DONE: u64 = 2;
/// Days until the open action is due, from today.
const DUE: u64 = 18;

/// Writes it where a round was written; a group is named only where the screen would offer it.
pub(super) fn write(pen: &mut Pen<'_>) {
    let Some(round) = find(pen, |record| match record {
        AnyRecord::StressRound(row) => Some(row.id.clone()),
        _ => None,
    }) else {
        return;
    };
    let finding = find(pen, |record| match record {
        AnyRecord::Finding(row) if row.closed_on.is_none() => Some(row.id.clone()),
        _ => None,
    });
    let group = group(pen, &round).unwrap_or_default();
    let advice = StressImprovement {
        content: "月末に仕事が重なる職場から、締切りの置き方を見直してください。".to_owned(),
        who: super::owner().name,
        ..row(pen, &round, Improvement::Advice, pen.scene.ago(ADVISED))
    };
    let hearing = StressImprovement {
        content: "月末の三日に入出庫が集まる。探し物で待つ時間が長い。".to_owned(),
        heard: Some(Heard::Both),
        group_name: group.clone(),
        ..row(pen, &round, Improvement::Hearing, pen.scene.ago(HEARD))
    };
    let spread = StressImprovement {
        content: "月末の締切りを二回に分ける。".to_owned(),
        who: "業務課長".to_owned(),
        due: Some(pen.scene.ahead(DUE)),
        group_name: group,
        ..row(pen, &round, Improvement::Action, pen.scene.ago(AGREED))
    };
    let marked = StressImprovement {
        content: "荷の置き場に番地を付け、高さの上限を線で示す。".to_owned(),
        who: "設備課長".to_owned(),
        due: Some(pen.scene.today),
        done_on: Some(pen.scene.ago(DONE)),
        finding,
        ..row(pen, &round, Improvement::Action, pen.scene.ago(AGREED))
    };
    for record in [advice, hearing, spread, marked] {
        pen.say(Command::new(Act::ImproveWorkplace, pen.site.id().to_string()).put(record));
    }
}

fn row(pen: &mut Pen<'_>, round: &Id, kind: Improvement, day: Day) -> StressImprovement {
    StressImprovement {
        id: pen.row(),
        round: round.clone(),
        kind,
        day,
        group_name: String::new(),
        content: String::new(),
        heard: None,
        who: String::new(),
        due: None,
        done_on: None,
        finding: None,
    }
}

/// The first record that was put so far and fits.
fn find<T>(pen: &Pen<'_>, fits: impl Fn(&AnyRecord) -> Option<T>) -> Option<T> {
    records(pen).find_map(fits)
}

fn records<'pen>(pen: &'pen Pen<'_>) -> impl Iterator<Item = &'pen AnyRecord> {
    pen.commands.iter().flat_map(|command| &command.changes).filter_map(|change| match change {
        Change::Put(record) => Some(record),
        Change::Remove(..) => None,
    })
}

/// A group that may be named, as the screen would say it.
fn group(pen: &Pen<'_>, round: &Id) -> Option<String> {
    let (mut rounds, mut answers) = (Vec::new(), Vec::new());
    for record in records(pen) {
        match record {
            AnyRecord::StressRound(row) => rounds.push((**row).clone()),
            AnyRecord::StressAnswers(row) => answers.push((**row).clone()),
            _ => {}
        }
    }
    let site = Site { stress_rounds: Arc::new(rounds), stress_answers: Arc::new(answers), ..pen.site.clone() };
    nameable(&Law::built_in().ok()?, &site, round, pen.scene.today).into_iter().next()
}
