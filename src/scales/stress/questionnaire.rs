//! The questionnaire as a table: 57 items, 19 scales, the conversion of raw scores for men and women.

use std::sync::OnceLock;

use super::TableFault;
use super::file::{self, Book, DomainEntry, HighIs, ItemEntry, ScaleEntry};
use crate::domain::stress::Form;
use crate::domain::worker::Sex;
use crate::labelled;

/// Items of the full form.
pub const ITEMS: usize = 57;
/// Scales.
pub const SCALES: usize = 19;
const FILE: &str = "bjsq57.toml";
/// One more than the highest raw score of any scale.
const RAW_END: usize = 45;

labelled! {
    /// The parts of the form (則52条の9 names the first three).
    Part { Causes = "ストレスの要因", Symptoms = "心身の自覚症状", Support = "周囲の支援", Satisfaction = "満足度" }
}

impl Part {
    /// `A` to `D`, as on the form.
    pub const fn letter(self) -> char {
        match self {
            Self::Causes => 'A',
            Self::Symptoms => 'B',
            Self::Support => 'C',
            Self::Satisfaction => 'D',
        }
    }

    fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|part| id.starts_with(part.letter()))
    }
}

/// What stands above the items of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its name.
    pub name: String,
    /// The sentence above the items.
    pub prompt: String,
    /// The four printed answers, from 1.
    pub choices: [String; 4],
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// `A1`
    pub id: String,
    /// The part.
    pub part: Part,
    /// The sentence above a block of part C; empty elsewhere.
    pub stem: String,
    /// The words.
    pub text: String,
    /// Turned round (5 − answer) in the sums, and only there.
    pub is_reversed: bool,
}

/// One scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// `A_QUANT`
    pub id: String,
    /// Its name.
    pub name: String,
    /// The part.
    pub part: Part,
    /// Whether a high raw score is a heavy burden; then the point is turned round.
    pub is_burden: bool,
    constant: i16,
    terms: Vec<(usize, i16)>,
    men: [u8; RAW_END],
    women: [u8; RAW_END],
}

/// The tables of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    /// Which form.
    pub edition: String,
    /// Where it was read.
    pub source: String,
    /// Compared with the source on.
    pub checked_on: String,
    /// How sure the conversion tables are: men, women.
    pub status: [String; 2],
    headings: Vec<Heading>,
    items: Vec<Item>,
    scales: Vec<Scale>,
    full: Vec<usize>,
    short: Vec<usize>,
}

impl Questionnaire {
    /// The tables that came with the program, read once.
    ///
    /// # Errors
    /// [`TableFault`] if the file does not hold together; the tests show that it does.
    pub fn built_in() -> Result<&'static Self, TableFault> {
        static BOOK: OnceLock<Result<Questionnaire, TableFault>> = OnceLock::new();
        BOOK.get_or_init(|| Self::read(include_str!("bjsq57.toml"))).as_ref().map_err(Clone::clone)
    }

    fn read(text: &str) -> Result<Self, TableFault> {
        let book: Book = file::read(FILE, text)?;
        let short = book.item.iter().enumerate().filter(|(_, item)| item.short).map(|(place, _)| place).collect();
        let items = book.item.iter().map(item).collect::<Result<Vec<_>, _>>()?;
        let scales = book.scale.iter().map(|entry| scale(entry, &items)).collect::<Result<Vec<_>, _>>()?;
        if (items.len(), scales.len(), book.domain.len()) != (ITEMS, SCALES, Part::ALL.len()) {
            return Err(TableFault::new(FILE, "項目か尺度の数"));
        }
        Ok(Self {
            edition: book.edition,
            source: book.source,
            checked_on: book.checked_on,
            status: [book.status_men, book.status_women],
            headings: book.domain.into_iter().map(heading).collect::<Result<_, _>>()?,
            full: (0..items.len()).collect(),
            items,
            scales,
            short,
        })
    }

    /// Every question, in the order of the form.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Every scale, in the order of the result sheet.
    pub fn scales(&self) -> &[Scale] {
        &self.scales
    }

    /// What stands above the items of a part.
    pub fn heading(&self, part: Part) -> Option<&Heading> {
        let place = Part::ALL.iter().position(|known| *known == part)?;
        self.headings.get(place)
    }

    /// Places in the 57 of what a form asks.
    pub fn asked(&self, form: Form) -> &[usize] {
        match form {
            Form::Full => &self.full,
            Form::Short => &self.short,
        }
    }
}

impl Scale {
    /// The raw score; none where an answer is missing.
    pub(super) fn raw(&self, codes: &[u8; ITEMS]) -> Option<u8> {
        let mut sum = self.constant;
        for (place, sign) in &self.terms {
            let code = codes.get(*place).copied().filter(|code| *code > 0)?;
            sum += sign * i16::from(code);
        }
        u8::try_from(sum).ok()
    }

    /// The column 1 to 5 of a raw score; none where the sex is not known, for the tables know men and women.
    pub fn column(&self, raw: u8, sex: Sex) -> Option<u8> {
        let table = match sex {
            Sex::Male => &self.men,
            Sex::Female => &self.women,
            Sex::Unknown => return None,
        };
        table.get(usize::from(raw)).copied().filter(|column| *column > 0)
    }

    /// The point 1 (heaviest burden) to 5 of a column.
    pub const fn point(&self, column: u8) -> u8 {
        if self.is_burden { 6u8.saturating_sub(column) } else { column }
    }

    /// Whether the official table has anything in a column.
    pub fn has_column(&self, column: u8, sex: Sex) -> bool {
        (0..RAW_END).any(|raw| u8::try_from(raw).is_ok_and(|raw| self.column(raw, sex) == Some(column)))
    }

    /// The ids of the items it is made of, by their place.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.terms.iter().map(|(place, _)| *place)
    }
}

fn part_of(id: &str) -> Result<Part, TableFault> {
    Part::of(id).ok_or_else(|| TableFault::new(FILE, format!("{id} の領域")))
}

fn heading(entry: DomainEntry) -> Result<Heading, TableFault> {
    part_of(&entry.id)?;
    Ok(Heading { name: entry.name, prompt: entry.prompt, choices: entry.choices })
}

fn item(entry: &ItemEntry) -> Result<Item, TableFault> {
    let part = part_of(&entry.id)?;
    let ItemEntry { id, text, stem, reversed, .. } = entry;
    Ok(Item { id: id.clone(), part, stem: stem.clone(), text: text.clone(), is_reversed: *reversed })
}

fn scale(entry: &ScaleEntry, items: &[Item]) -> Result<Scale, TableFault> {
    let signed = |ids: &[String], sign: i16| -> Result<Vec<(usize, i16)>, TableFault> {
        let place = |id: &String| items.iter().position(|item| &item.id == id).map(|place| (place, sign));
        let found = ids.iter().map(place).collect::<Option<Vec<_>>>();
        found.ok_or_else(|| TableFault::new(FILE, format!("{} の項目", entry.id)))
    };
    let terms = [signed(&entry.plus, 1)?, signed(&entry.minus, -1)?].concat();
    let scale = Scale {
        id: entry.id.clone(),
        name: entry.name.clone(),
        part: part_of(&entry.domain)?,
        is_burden: entry.high_is == HighIs::Burden,
        constant: entry.constant,
        men: columns(&entry.id, &entry.men)?,
        women: columns(&entry.id, &entry.women)?,
        terms,
    };
    is_whole(&scale).then_some(scale).ok_or_else(|| TableFault::new(FILE, format!("{} の換算表の抜け", entry.id)))
}

/// Raw score to column, 0 where no column has it; a raw score in two columns is refused.
fn columns(id: &str, ranges: &[Vec<i16>; 5]) -> Result<[u8; RAW_END], TableFault> {
    let mut table = [0; RAW_END];
    for (range, column) in ranges.iter().zip(1u8..) {
        let span = match range.as_slice() {
            [] => continue,
            [low, high] => *low..=*high,
            _ => return Err(TableFault::new(FILE, format!("{id} の範囲"))),
        };
        for raw in span {
            let slot = usize::try_from(raw).ok().and_then(|raw| table.get_mut(raw)).filter(|slot| **slot == 0);
            *slot.ok_or_else(|| TableFault::new(FILE, format!("{id} の範囲の重なり")))? = column;
        }
    }
    Ok(table)
}

/// Whether every score that can be reached has a column, for men and for women.
fn is_whole(scale: &Scale) -> bool {
    let reach = |plus: i16, minus: i16| {
        let one = |(_, sign): &(usize, i16)| if *sign > 0 { plus } else { -minus };
        scale.constant + scale.terms.iter().map(one).sum::<i16>()
    };
    let has = |raw: i16, sex| u8::try_from(raw).is_ok_and(|raw| scale.column(raw, sex).is_some());
    (reach(1, 4)..=reach(4, 1)).all(|raw| has(raw, Sex::Male) && has(raw, Sex::Female))
}
