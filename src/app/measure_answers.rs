//! The employer's answer to an opinion, measure by measure, with the reason for what differs (ストレスチェック指針: 医師の意見と
//! 著しく異なる措置は、理由なく講じない; 則14条の2第1項1号).
//!
//! Knows measures and what was answered; performs nothing. The measures of an issued opinion are the employer's to take:
//! an answer changes neither the opinion nor the case.

use super::Site;
use crate::domain::case::{Measure, Taken};
use crate::domain::command::{Act, Command};
use crate::domain::{Day, Id};

/// Why an answer is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    /// There is nothing that could be answered.
    #[error("回答を待つ措置がありません。労働者の画面で確かめてください。")]
    NoMeasure,
    /// No measure was answered.
    #[error("どの措置にも回答がありません。番号で選んでください。")]
    NoAnswer,
    /// What differs from the opinion stands without a reason.
    #[error("医師の意見と違う措置、または講じない措置には、会社の理由を書いてください。")]
    NoReason,
    /// A day that has not come.
    #[error("今日より後の日です。回答を受けた日を書いてください。")]
    Future,
}

/// An answer as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerEntry {
    /// Measure and answer; a measure that is not named stays as it is.
    pub taken: Vec<(Id, Taken)>,
    /// Answered on.
    pub day: Day,
    /// What is done, or the employer's reason.
    pub words: String,
}

/// Whether an answer differs from what the physician asked for.
pub const fn differs(taken: Taken) -> bool {
    matches!(taken, Taken::NotTaken | Taken::Otherwise)
}

/// The measures of a case that stand, in the order of the opinion.
pub fn measures<'site>(site: &'site Site, case: &Id) -> Vec<&'site Measure> {
    site.measures.iter().filter(|row| &row.case_id == case && row.lifted_on.is_none()).collect()
}

/// Records what the employer answered.
///
/// # Errors
/// [`AnswerFault`]; nothing is recorded then.
pub fn record(site: &Site, case: &Id, entry: &AnswerEntry, today: Day) -> Result<Command, AnswerFault> {
    let standing = measures(site, case);
    let worker = standing.first().map(|row| row.worker.to_string()).ok_or(AnswerFault::NoMeasure)?;
    if entry.day > today {
        return Err(AnswerFault::Future);
    }
    let words = entry.words.trim();
    let answered = |row: &&Measure| entry.taken.iter().find(|(id, _)| id == &row.id).map(|(_, taken)| *taken);
    let given: Vec<(&Measure, Taken)> =
        standing.into_iter().filter_map(|row| answered(&row).map(|taken| (row, taken))).collect();
    if given.iter().all(|(_, taken)| *taken == Taken::Open) {
        return Err(AnswerFault::NoAnswer);
    }
    if words.is_empty() && given.iter().any(|(_, taken)| differs(*taken)) {
        return Err(AnswerFault::NoReason);
    }
    let put = |command: Command, (row, taken): (&Measure, Taken)| {
        let is_open = taken == Taken::Open;
        let answered_on = (!is_open).then_some(entry.day);
        let answer = if is_open { String::new() } else { words.to_owned() };
        command.put(Measure { taken, answered_on, answer, ..row.clone() })
    };
    Ok(given.into_iter().fold(Command::new(Act::AnswerMeasure, worker), put))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::entry_fixture::{day, site, worker_id};
    use crate::domain::case::MeasureKind;
    use crate::domain::{AnyRecord, EstablishmentId, Prefix, command::Change};

    fn id(prefix: Prefix, number: u32) -> Id {
        Id::new(&EstablishmentId::new(1), prefix, number)
    }

    fn measure(number: u32, kind: MeasureKind) -> Measure {
        Measure {
            amount: "20".to_owned(),
            ..Measure::new(id(Prefix::Row, number), id(Prefix::Case, 90), worker_id(1), kind)
        }
    }

    fn asked() -> Site {
        let mut site = site();
        site.measures = Arc::new(vec![measure(801, MeasureKind::OvertimeLimit), measure(802, MeasureKind::NightWork)]);
        site
    }

    fn entry(taken: &[(u32, Taken)], words: &str) -> AnswerEntry {
        let taken = taken.iter().map(|(number, taken)| (id(Prefix::Row, *number), *taken)).collect();
        AnswerEntry { taken, day: day("2026-11-19"), words: words.to_owned() }
    }

    fn answered(taken: &[(u32, Taken)], words: &str) -> Result<Vec<(Taken, String)>, AnswerFault> {
        let command = record(&asked(), &id(Prefix::Case, 90), &entry(taken, words), day("2026-11-20"))?;
        let rows = command.changes.into_iter().map(|change| match change {
            Change::Put(AnyRecord::Measure(row)) => (row.taken, row.answer),
            other => panic!("{other:?}"),
        });
        Ok(rows.collect())
    }

    /// Duty 32: what differs from the opinion is not recorded without its reason.
    #[test]
    fn an_answer_that_differs_from_the_opinion_wants_its_reason() {
        for taken in [Taken::NotTaken, Taken::Otherwise] {
            let both = [(801, Taken::Taken), (802, taken)];
            assert_eq!(answered(&both, "  "), Err(AnswerFault::NoReason), "{taken:?}");
            assert_eq!(answered(&both, "交替の人が足りない").unwrap()[1], (taken, "交替の人が足りない".to_owned()));
        }
        assert_eq!(answered(&[(801, Taken::Taken), (802, Taken::Planned)], "").unwrap().len(), 2);
        assert_eq!(answered(&[(801, Taken::Taken)], "").unwrap().len(), 1, "the other one stays open");
    }

    #[test]
    fn nothing_answered_and_a_day_to_come_are_refused() {
        assert_eq!(answered(&[], ""), Err(AnswerFault::NoAnswer));
        assert_eq!(answered(&[(801, Taken::Open)], "x"), Err(AnswerFault::NoAnswer));
        let late = AnswerEntry { day: day("2026-11-21"), ..entry(&[(801, Taken::Taken)], "") };
        assert_eq!(record(&asked(), &id(Prefix::Case, 90), &late, day("2026-11-20")), Err(AnswerFault::Future));
        let none = record(&asked(), &id(Prefix::Case, 91), &entry(&[(801, Taken::Taken)], ""), day("2026-11-20"));
        assert_eq!(none, Err(AnswerFault::NoMeasure));
    }
}
