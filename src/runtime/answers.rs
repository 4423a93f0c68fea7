//! Doubtful rows of a read file: which answers each can have, and what an answer decides.
//!
//! Those about a row end with the file, those about a person are remembered with what they let in; nothing is written
//! before it is taken in.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadFile;
use crate::app::host::{DoubtfulRow, RowAnswer};
use crate::domain::hours::BatchKind;
use crate::domain::{EstablishmentId, Id};
use crate::import::aside::Doubtful;
use crate::import::people::{PersonDecision, PersonKey};
use crate::import::reason::Doubt;
use crate::import::stress::SexCodes;

impl Desk {
    /// A doubtful row as the screen asks about it.
    pub(super) fn asked(&self, site: &EstablishmentId, kind: BatchKind, question: &Doubtful) -> DoubtfulRow {
        let label = |answer: RowAnswer| (answer, self.label(site, question, answer));
        DoubtfulRow {
            row: usize::try_from(question.line).unwrap_or(usize::MAX),
            why: format!("{}  {}", named(&question.person), question.why),
            options: answers(question, kind).into_iter().map(label).collect(),
        }
    }

    fn label(&self, site: &EstablishmentId, question: &Doubtful, answer: RowAnswer) -> String {
        let worker = |id: &Id| self.site(site).ok().and_then(|site| site.worker(id).cloned());
        match answer {
            RowAnswer::Same(index) => {
                let found = question.candidates.get(index).and_then(worker);
                found.map_or_else(String::new, |worker| {
                    format!("{}  {}  {}", worker.name, worker.number, worker.department).trim().to_owned()
                })
            }
            RowAnswer::New => "名簿にない、別の人".to_owned(),
            RowAnswer::Take if matches!(question.why, Doubt::Rejoins | Doubt::StillListed) => {
                "再雇用。退職日を消して、在籍に戻す".to_owned()
            }
            RowAnswer::Take => "この行のまま使う".to_owned(),
            RowAnswer::SexCodes(true) => "1 を男、2 を女と読む（このファイルと、次からの同じ形のファイル）".to_owned(),
            RowAnswer::SexCodes(false) => {
                "性別の番号は取り込まない（このファイルと、次からの同じ形のファイル）".to_owned()
            }
            RowAnswer::ManFirst => "1 は男、2 は女（このファイルの全員。次のファイルでも覚えています）".to_owned(),
            RowAnswer::WomanFirst => "1 は女、2 は男（このファイルの全員。次のファイルでも覚えています）".to_owned(),
            RowAnswer::AsPrinted => "調査票のとおり、1 が「そうだ」（このファイルの全部の行）".to_owned(),
            RowAnswer::AddUp => "足す（このファイルでは、同じ人の同じ期間の行を全部足す）".to_owned(),
            RowAnswer::Leave => "この行を入れない".to_owned(),
        }
    }

    /// Keeps the answer to the doubtful row at `line` of the read file; an answer to no question changes nothing.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`], and what the preview says.
    pub(super) fn answer_row(&mut self, line: usize, answer: RowAnswer) -> Result<(), RuntimeError> {
        let mut file = self.read.take().ok_or(RuntimeError::NothingRead)?;
        let decided = u32::try_from(line).map_or(Ok(()), |line| self.answer(&mut file, line, answer));
        self.read = Some(file);
        decided
    }

    /// Keeps the answer to the doubtful row at `line` of a file; an answer to no question changes nothing.
    ///
    /// # Errors
    /// What the preview says.
    pub fn answer(&self, file: &mut ReadFile, line: u32, answer: RowAnswer) -> Result<(), RuntimeError> {
        let Some((person, candidates, why)) = self.rows_of(file)?.doubtful_at(line) else { return Ok(()) };
        let decisions = &mut file.decisions;
        match answer {
            RowAnswer::Same(index) => {
                let same = candidates.get(index).cloned().map(PersonDecision::Same);
                decisions.people.extend(same.map(|same| (person, same)));
            }
            RowAnswer::New => _ = decisions.people.insert(person, PersonDecision::New),
            RowAnswer::Take => _ = decisions.settled.insert((line, why)),
            RowAnswer::SexCodes(are_codes) => file.proposal.profile.roster_sex_codes = Some(are_codes),
            RowAnswer::ManFirst => file.say_sex_codes(Some(SexCodes::ManFirst)),
            RowAnswer::WomanFirst => file.say_sex_codes(Some(SexCodes::WomanFirst)),
            RowAnswer::AsPrinted => decisions.is_as_printed = true,
            RowAnswer::AddUp => file.proposal.profile.adds_up = true,
            RowAnswer::Leave => _ = decisions.left.insert(line),
        }
        Ok(())
    }
}

/// The person as the file names it.
fn named(person: &PersonKey) -> String {
    format!("{} {}", person.name, person.number).trim().to_owned()
}

/// The answers to a question, in the order in which they are numbered.
fn answers(question: &Doubtful, kind: BatchKind) -> Vec<RowAnswer> {
    match question.why {
        Doubt::SexCode => vec![RowAnswer::ManFirst, RowAnswer::WomanFirst, RowAnswer::Leave],
        Doubt::Orientation => vec![RowAnswer::AsPrinted, RowAnswer::Leave],
        Doubt::OtherClosing
        | Doubt::UnknownClass
        | Doubt::MainBlank
        | Doubt::PartOfPeriod
        | Doubt::DaysUnread
        | Doubt::DayTwice
        | Doubt::Rejoins
        | Doubt::StillListed
        | Doubt::PerhapsNone => vec![RowAnswer::Take, RowAnswer::Leave],
        Doubt::SexCodes => vec![RowAnswer::SexCodes(true), RowAnswer::SexCodes(false), RowAnswer::Leave],
        Doubt::OtherNameInFile if kind == BatchKind::Roster => vec![RowAnswer::New, RowAnswer::Leave],
        Doubt::TwiceInFile if kind == BatchKind::Hours => vec![RowAnswer::Take, RowAnswer::AddUp, RowAnswer::Leave],
        Doubt::TwiceInFile | Doubt::OtherNameInFile => vec![RowAnswer::Leave],
        _ => {
            let same = (0..question.candidates.len()).map(RowAnswer::Same);
            same.chain([RowAnswer::New, RowAnswer::Leave]).collect()
        }
    }
}
