//! One answered sheet: codes as printed, never turned round.

use super::questionnaire::{ITEMS, Questionnaire};
use super::words;
use crate::domain::stress::Form;

/// The answers of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    form: Form,
    /// By the place of the item in the 57; 0 is no answer, or a question that the form does not ask.
    codes: [u8; ITEMS],
}

/// Answers that cannot be read; nothing of them is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    /// Neither 57 nor 23.
    #[error("答えは57問か23問のところ {found}問あります。抜けた問は - で書いてください。")]
    Length {
        /// How many came.
        found: usize,
    },
    /// Not 1 to 4.
    #[error("{item}問目を読めません。答えは 1 から 4、答えが無いときは - です。")]
    NotAnAnswer {
        /// The question, from 1.
        item: usize,
    },
}

impl Sheet {
    /// Reads 57 or 23 characters: `1`–`4`, full-width too, or `-` for no answer.
    ///
    /// # Errors
    /// [`SheetFault`] for another number of characters or another character.
    pub fn parse(questionnaire: &Questionnaire, text: &str) -> Result<Self, SheetFault> {
        Self::read(questionnaire, text.trim().chars(), |_, character| code(character))
    }

    /// Reads 57 or 23 cells; an empty one is no answer, and one may hold the words of the form instead of their number.
    ///
    /// # Errors
    /// As [`Sheet::parse`].
    pub fn from_cells<'cell>(
        questionnaire: &Questionnaire,
        cells: impl Iterator<Item = &'cell str>,
    ) -> Result<Self, SheetFault> {
        let code = |place, cell: &str| in_cell(cell.trim()).or_else(|| words::code(questionnaire, place, cell));
        Self::read(questionnaire, cells, code)
    }

    /// Reads what was given for each question; `code` reads that of the question at a place of the 57.
    fn read<T>(
        questionnaire: &Questionnaire,
        given: impl Iterator<Item = T>,
        code: impl Fn(usize, T) -> Option<u8>,
    ) -> Result<Self, SheetFault> {
        let given: Vec<T> = given.collect();
        let form = match given.len() {
            ITEMS => Form::Full,
            found if found == questionnaire.asked(Form::Short).len() => Form::Short,
            found => return Err(SheetFault::Length { found }),
        };
        let mut sheet = Self { form, codes: [0; ITEMS] };
        for (number, (place, one)) in questionnaire.asked(form).iter().zip(given).enumerate() {
            let code = code(*place, one).ok_or(SheetFault::NotAnAnswer { item: number + 1 })?;
            sheet.codes.get_mut(*place).into_iter().for_each(|slot| *slot = code);
        }
        Ok(sheet)
    }

    /// Which form was answered.
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The code at a place of the 57; none where there is no answer.
    pub fn answer(&self, place: usize) -> Option<u8> {
        self.codes.get(place).copied().filter(|code| *code > 0)
    }

    /// The answers as they are kept: one character a question that the form asks.
    pub fn text(&self, questionnaire: &Questionnaire) -> String {
        let one = |place: &usize| self.answer(*place).map_or('-', |code| char::from(b'0' + code));
        questionnaire.asked(self.form).iter().map(one).collect()
    }

    pub(super) const fn codes(&self) -> &[u8; ITEMS] {
        &self.codes
    }
}

/// 1 to 4, 0 for no answer; none for anything else.
fn code(character: char) -> Option<u8> {
    match character {
        '1' | '１' => Some(1),
        '2' | '２' => Some(2),
        '3' | '３' => Some(3),
        '4' | '４' => Some(4),
        '-' | '－' | '−' => Some(0),
        _ => None,
    }
}

fn in_cell(cell: &str) -> Option<u8> {
    let mut characters = cell.chars();
    match (characters.next(), characters.next()) {
        (None, _) => Some(0),
        (Some(one), None) => code(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn built_in() -> &'static Questionnaire {
        Questionnaire::built_in().unwrap()
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,70}") {
            let _ = Sheet::parse(built_in(), &text);
            let _ = Sheet::from_cells(built_in(), text.split(','));
        }

        #[test]
        fn what_is_kept_reads_back(text in "[1-4-]{57}|[1-4-]{23}") {
            let sheet = Sheet::parse(built_in(), &text).unwrap();
            prop_assert_eq!(sheet.text(built_in()), text);
        }
    }

    #[test]
    fn other_codes_are_refused_by_their_place() {
        let with =
            |place: usize, code: char| (1..=57).map(|item| if item == place { code } else { '1' }).collect::<String>();
        for code in ['0', '5', '.', 'あ', ' '] {
            let found = Sheet::parse(built_in(), &with(30, code));
            assert_eq!(found, Err(SheetFault::NotAnAnswer { item: 30 }), "{code}");
        }
        let double = Sheet::from_cells(built_in(), (0..57).map(|item| if item == 4 { "12" } else { "1" }));
        assert_eq!(double, Err(SheetFault::NotAnAnswer { item: 5 }));
    }

    #[test]
    fn words_of_the_form_are_read_by_the_question_they_stand_below() {
        let book = built_in();
        let words = |form: Form| {
            let heading = |place: &usize| book.heading(book.items()[*place].part).unwrap();
            book.asked(form).iter().map(|place| heading(place).choices[1].as_str()).collect::<Vec<_>>()
        };
        for form in [Form::Full, Form::Short] {
            let cells = words(form);
            let sheet = Sheet::from_cells(book, cells.iter().copied()).unwrap();
            assert_eq!((sheet.form(), sheet.text(book)), (form, "2".repeat(cells.len())));
        }
        let mut wrong = words(Form::Full);
        wrong[17] = "まあそうだ";
        let fault = SheetFault::NotAnAnswer { item: 18 };
        assert_eq!(Sheet::from_cells(book, wrong.into_iter()), Err(fault), "an answer of another part");
    }
}
