//! What a file of answers says beside the answers: scores and a judgement that somebody computed. Nothing of it is taken in;
//! what the answers give is computed here, and where the two differ that is listed (SC-61(4)).

use super::answers::{SheetEntry, row};
use super::reported::Said;
use super::{StressFault, judging, round};
use crate::app::Site;
use crate::domain::Id;
use crate::domain::stress::Computed;

/// What stands beside somebody's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beside {
    /// 高ストレス or not, where the file says it.
    pub computed: Option<Computed>,
    /// A, B, C, where the file has them.
    pub scores: [Option<i64>; 3],
}

/// A person of whom the answers say something else than what stands beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Whose.
    pub worker: Id,
    /// By the answers, with the numbers of the round.
    pub by_answers: Said,
    /// As the file says.
    pub beside: Beside,
}

impl Beside {
    /// Whether the file says anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// `該当  A 51  B 92  C 31`, as far as the file says it.
    pub fn words(&self) -> String {
        let computed = self.computed.unwrap_or(Computed::Withheld);
        let words = Said { computed, scores: self.scores }.words();
        match self.computed {
            Some(_) => words,
            None => words.trim_start_matches(computed.label()).trim_start().to_owned(),
        }
    }
}

/// Where the answers of an entry say something else than what stands beside them.
///
/// # Errors
/// No such round or worker; a record that is no sheet.
pub fn contradiction(
    site: &Site,
    round_id: &Id,
    entry: &SheetEntry,
    beside: Beside,
) -> Result<Option<Contradiction>, StressFault> {
    if beside.is_empty() {
        return Ok(None);
    }
    let round = round(site, round_id)?;
    let worker = site.worker(&entry.worker).ok_or(StressFault::NoWorker)?;
    let by_answers = Said::of(&judging::judged(&round.criteria_json, &row(worker.id.clone(), round, worker, entry)?)?);
    let told = Said { computed: beside.computed.unwrap_or(by_answers.computed), scores: beside.scores };
    let worker = worker.id.clone();
    Ok((!by_answers.agrees(&told)).then_some(Contradiction { worker, by_answers, beside }))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{HIGH, LOW, Room};
    use super::*;
    use crate::app::entry_fixture::{day, worker_id};
    use crate::domain::stress::OwnerRole;
    use crate::scales::stress::{Questionnaire, Sheet};

    #[test]
    fn what_stands_beside_the_answers_is_compared_and_never_believed() {
        let room = Room::open(1, OwnerRole::Implementer);
        let found = |text: &str, computed, scores| {
            let sheet = Sheet::parse(Questionnaire::built_in().unwrap(), text).unwrap();
            let entry = SheetEntry { worker: worker_id(1), day: day("2026-09-28"), sheet, sex: None };
            contradiction(&room.site, &room.round, &entry, Beside { computed, scores }).unwrap()
        };
        assert_eq!(found(HIGH, Some(Computed::High), [Some(51), Some(92), Some(31)]), None);
        assert_eq!(found(LOW, None, [None; 3]), None, "it says nothing");
        let told = found(HIGH, None, [Some(51), Some(29), None]).unwrap();
        assert_eq!((told.by_answers.scores[1], told.beside.words().as_str()), (Some(92), "A 51  B 29"));
        assert!(found(LOW, Some(Computed::High), [None; 3]).is_some());
    }
}
