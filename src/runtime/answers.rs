//! Doubtful rows of a read file: which answers each can have, and what an answer decides.
//!
//! Those about a row end with the file, those about a person are remembered with what they let in; nothing is written
//! before it is taken in.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadFile;
use crate::app::Site;
use crate::app::host::{DoubtfulRow, RowAnswer};
use crate::domain::checkup::ShortYears;
use crate::domain::hours::BatchKind;
use crate::domain::worker::SexCodes;
use crate::import::aside::Doubtful;
use crate::import::checkup;
use crate::import::people::{Decisions, PersonDecision, PersonKey};
use crate::import::reason::Doubt;

/// A doubtful row as the screen asks about it.
pub(super) fn asked(site: &Site, kind: BatchKind, question: &Doubtful) -> DoubtfulRow {
    let label = |answer: RowAnswer| (answer, label(site, question, answer));
    DoubtfulRow {
        row: usize::try_from(question.line).unwrap_or(usize::MAX),
        whom: named(&question.person),
        why: question.why.to_string(),
        options: answers(question, kind).into_iter().map(label).collect(),
    }
}

fn label(site: &Site, question: &Doubtful, answer: RowAnswer) -> String {
    match answer {
        RowAnswer::Same(index) => {
            let found = question.candidates.get(index).and_then(|id| site.worker(id));
            found.map_or_else(String::new, |worker| {
                format!("{}  {}  {}", worker.name, worker.number, worker.department).trim().to_owned()
            })
        }
        RowAnswer::New => "名簿にない、別の人".to_owned(),
        RowAnswer::Take if matches!(question.why, Doubt::Rejoins | Doubt::StillListed) => {
            "再雇用。退職日を消して、在籍に戻す".to_owned()
        }
        RowAnswer::Take if question.why == Doubt::SheetOnRecord => "この行の回答に替える".to_owned(),
        RowAnswer::Take if question.why == Doubt::MarkAlone => "○・有は制限あり、×・無は制限なしとして使う".to_owned(),
        RowAnswer::Take if question.why == Doubt::UnclearKind => "この行だけ、定期健診として使う".to_owned(),
        RowAnswer::Take => "この行のまま使う".to_owned(),
        RowAnswer::TakeAlike if question.why == Doubt::OutsideRound => {
            "この回の回答として使う（このファイルの全部の行）".to_owned()
        }
        RowAnswer::TakeAlike => "定期健診として使う（種類が同じ言葉の行の全部）".to_owned(),
        RowAnswer::ShortYears(ShortYears::Common) => "西暦の下2桁（このファイルの全部の行）".to_owned(),
        RowAnswer::ShortYears(ShortYears::Reiwa) => "令和の年（このファイルの全部の行）".to_owned(),
        RowAnswer::Join => "合わせる（同じ人の同じ健診日の行を、一つの健診とする）".to_owned(),
        RowAnswer::OneInFile => "同じ人（ファイルのこの社員番号は、みなこの氏名の人）".to_owned(),
        RowAnswer::SexCodes(codes) => {
            format!("{}（このファイルの全員と、次からの同じ見出しのファイル）", stand_for(codes))
        }
        RowAnswer::AsPrinted => "調査票のとおり、1 が「そうだ」（このファイルの全部の行）".to_owned(),
        RowAnswer::AddUp => "足す（このファイルでは、同じ人の同じ期間の行を全部足す）".to_owned(),
        RowAnswer::Leave if question.why == Doubt::SheetOnRecord => "登録済みの回答を残す".to_owned(),
        RowAnswer::Leave => "この行を入れない".to_owned(),
    }
}

impl Desk {
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
        let rows = self.rows_of(file)?;
        let Some((person, candidates, why)) = rows.doubtful_at(line) else { return Ok(()) };
        let others = spellings(rows.left().doubtful, &file.decisions, &person);
        let decisions = &mut file.decisions;
        match answer {
            RowAnswer::Same(index) => {
                let same = candidates.get(index).cloned().map(PersonDecision::Same);
                decisions.people.extend(same.map(|same| (person, same)));
            }
            RowAnswer::New => _ = decisions.people.insert(person, PersonDecision::New),
            RowAnswer::OneInFile => {
                let same = others.into_iter().map(|other| (other, PersonDecision::AsInFile(person.clone())));
                decisions.people.extend(same);
                decisions.people.insert(person, PersonDecision::New);
            }
            RowAnswer::Join | RowAnswer::Take => _ = decisions.settled.insert((line, why)),
            RowAnswer::TakeAlike if why == Doubt::OutsideRound => decisions.is_of_round = true,
            RowAnswer::TakeAlike => {
                decisions.yearly.extend(checkup::kind_words(&file.table, &file.proposal.profile, line));
            }
            RowAnswer::ShortYears(years) => decisions.short_years = Some(years),
            RowAnswer::SexCodes(codes) => file.say_sex_codes(Some(codes)),
            RowAnswer::AsPrinted => decisions.is_as_printed = true,
            RowAnswer::AddUp => file.proposal.profile.adds_up = true,
            RowAnswer::Leave => _ = decisions.left.insert(line),
        }
        Ok(())
    }
}

/// What 1 and 2 stand for, in words.
const fn stand_for(codes: SexCodes) -> &'static str {
    match codes {
        SexCodes::ManFirst => "1 は男、2 は女",
        SexCodes::WomanFirst => "1 は女、2 は男",
        SexCodes::NotTaken => "判らないので、性別の番号は取り込まない",
    }
}

/// The other names of the file beside the number of a person, those that were answered to be new included.
fn spellings(doubtful: &[Doubtful], given: &Decisions, person: &PersonKey) -> Vec<PersonKey> {
    let is_new = |decision: &PersonDecision| matches!(decision, PersonDecision::New | PersonDecision::AsInFile(_));
    let asked = doubtful.iter().filter(|row| row.why == Doubt::OtherNameInFile).map(|row| &row.person);
    let answered = given.people.iter().filter(|(_, decision)| is_new(decision)).map(|(key, _)| key);
    let others = asked.chain(answered).filter(|key| key.number == person.number && *key != person);
    others.cloned().collect()
}

/// The person as the file names it.
fn named(person: &PersonKey) -> String {
    format!("{} {}", person.name, person.number).trim().to_owned()
}

/// The answers to a question, in the order in which they are numbered.
fn answers(question: &Doubtful, kind: BatchKind) -> Vec<RowAnswer> {
    match question.why {
        Doubt::Orientation => vec![RowAnswer::AsPrinted, RowAnswer::Leave],
        Doubt::OtherClosing
        | Doubt::UnknownClass
        | Doubt::NextDay
        | Doubt::MainBlank
        | Doubt::PartAboveWhole
        | Doubt::PartOfPeriod
        | Doubt::DaysUnread
        | Doubt::DayTwice
        | Doubt::Rejoins
        | Doubt::StillListed
        | Doubt::SheetOnRecord
        | Doubt::PeriodsOverlap
        | Doubt::PerhapsOver
        | Doubt::JoinsAhead
        | Doubt::SaidToHaveLeft
        | Doubt::MarkAlone
        | Doubt::ZeroLimit
        | Doubt::SeveralInOne
        | Doubt::DaysInWords
        | Doubt::EndInWords
        | Doubt::Contradicts
        | Doubt::Unnamed
        | Doubt::PerhapsNone => vec![RowAnswer::Take, RowAnswer::Leave],
        Doubt::UnclearKind | Doubt::OutsideRound => vec![RowAnswer::TakeAlike, RowAnswer::Take, RowAnswer::Leave],
        Doubt::ShortYear => {
            let years = [ShortYears::Common, ShortYears::Reiwa].map(RowAnswer::ShortYears);
            years.into_iter().chain([RowAnswer::Leave]).collect()
        }
        Doubt::SexCodes => {
            let codes = [SexCodes::ManFirst, SexCodes::WomanFirst, SexCodes::NotTaken].map(RowAnswer::SexCodes);
            codes.into_iter().chain([RowAnswer::Leave]).collect()
        }
        Doubt::OtherNameInFile if kind == BatchKind::Roster => vec![RowAnswer::New, RowAnswer::Leave],
        Doubt::TwiceInFile if kind == BatchKind::Hours => vec![RowAnswer::Take, RowAnswer::AddUp, RowAnswer::Leave],
        Doubt::OtherNameInFile if kind == BatchKind::Hours => {
            vec![RowAnswer::OneInFile, RowAnswer::New, RowAnswer::Leave]
        }
        // Number and name are the same: said to be another person, they would take the person's other rows along.
        Doubt::OtherSex if kind != BatchKind::Roster => {
            (0..question.candidates.len()).map(RowAnswer::Same).chain([RowAnswer::Leave]).collect()
        }
        Doubt::SameDayTwice => vec![RowAnswer::Join, RowAnswer::Leave],
        Doubt::TwiceInFile | Doubt::OtherNameInFile | Doubt::OtherExamTwice | Doubt::SheetTwice => {
            vec![RowAnswer::Leave]
        }
        _ => {
            let same = (0..question.candidates.len()).map(RowAnswer::Same);
            same.chain([RowAnswer::New, RowAnswer::Leave]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever is asked, nothing is answered by leaving a row out alone where another answer would keep it.
    #[test]
    fn rows_that_belong_together_can_be_kept() {
        let options = |why, kind| {
            let person = PersonKey { number: "1".to_owned(), name: String::new() };
            answers(&Doubtful { line: 2, person, candidates: Vec::new(), why }, kind)
        };
        let leave = RowAnswer::Leave;
        for (why, kind, expected) in [
            (Doubt::OtherNameInFile, BatchKind::Hours, vec![RowAnswer::OneInFile, RowAnswer::New, leave]),
            (Doubt::OtherNameInFile, BatchKind::Roster, vec![RowAnswer::New, leave]),
            (Doubt::PeriodsOverlap, BatchKind::Hours, vec![RowAnswer::Take, leave]),
            (Doubt::SameDayTwice, BatchKind::Checkup, vec![RowAnswer::Join, leave]),
            (Doubt::SheetOnRecord, BatchKind::Stress, vec![RowAnswer::Take, leave]),
            (Doubt::OutsideRound, BatchKind::Stress, vec![RowAnswer::TakeAlike, RowAnswer::Take, leave]),
            (Doubt::MarkAlone, BatchKind::Restrictions, vec![RowAnswer::Take, leave]),
            (Doubt::PerhapsOver, BatchKind::Restrictions, vec![RowAnswer::Take, leave]),
            (Doubt::SeveralInOne, BatchKind::Restrictions, vec![RowAnswer::Take, leave]),
            (Doubt::JoinsAhead, BatchKind::Roster, vec![RowAnswer::Take, leave]),
            (Doubt::SaidToHaveLeft, BatchKind::Roster, vec![RowAnswer::Take, leave]),
            (Doubt::LineAlone, BatchKind::Roster, vec![RowAnswer::New, leave]),
        ] {
            assert_eq!(options(why, kind), expected, "{why:?}");
        }
        for why in [Doubt::SameDayTwice, Doubt::OtherExamTwice] {
            assert!(why.text().contains("健診日") && !why.text().contains("期間"), "{why}");
        }
    }
}
