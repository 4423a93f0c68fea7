//! Headings of clinics: which item a column is, in which unit, which of several readings; the longest known name first.
//!
//! A heading is known only if names of one item, words of `headings.toml` and a unit use it up: what remains may name
//! another test (「Hb電気泳動」), and a guess would be a wrong value. Knows words. Must not know values.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::beside;
use super::catalogue::{Catalogue, Column, Entry, Kind};
use super::item::Item;
use super::measured::Custom;
use super::naming;
use super::units::{Said, Units, compact};
use crate::labelled;

const BUILT_IN: &str = include_str!("headings.toml");

labelled! {
    /// Which of several values of one item a column holds, or how it was measured.
    Which {
        Only = "",
        Representative = "代表値",
        First = "1回目",
        Second = "2回目",
        Measured = "実測",
        SelfMeasured = "自己測定",
        SelfReported = "自己申告",
    }
}

impl Which {
    /// How it was measured, if it is that: it stands beside the value.
    pub fn origin(self) -> Option<&'static str> {
        matches!(self, Self::Measured | Self::SelfMeasured | Self::SelfReported).then(|| self.label())
    }

    /// The origin that stands in the text of a cell.
    pub fn origin_in(text: &str) -> Option<&'static str> {
        Self::ALL.iter().filter_map(|which| which.origin()).find(|word| text.contains(word))
    }
}

/// How the cells of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// Whether they are the codes of 特定健診 (所見 1 = あり, 尿 1 = -).
    pub is_coded: bool,
    /// The unit of the heading.
    pub unit: Said,
    /// Which of several values.
    pub which: Which,
    /// In which unit the cells are, where the heading says none.
    pub custom: Custom,
}

/// What a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// The item, or two.
    pub column: Column,
    /// How its cells are written.
    pub manner: Manner,
}

/// A piece of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// A name of an item.
    Name(Column),
    /// A word that changes nothing, for items of these kinds; all where there is none.
    Plain(Vec<Kind>),
    /// Words that make one item of another.
    Turn(Vec<(Item, Item)>),
    /// Which of several values, for these items.
    Reading(Which, Vec<Item>),
    /// One of two values in a cell, for these items; `true` where it says so only behind the name.
    Half(Vec<Item>, bool),
    /// A unit, by its spelling.
    Unit,
}

/// Every piece by its spelling.
#[derive(Debug, Default)]
struct Words {
    pieces: HashMap<String, Vec<Piece>>,
    codes: HashMap<String, Which>,
    longest: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    word: Vec<WordLine>,
    turn: Vec<TurnLine>,
    half: Vec<HalfLine>,
    reading: Vec<ReadingLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordLine {
    #[serde(default)]
    kinds: Vec<Kind>,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TurnLine {
    word: String,
    pairs: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HalfLine {
    items: Vec<String>,
    #[serde(default)]
    behind: bool,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingLine {
    which: Which,
    items: Vec<String>,
    names: Vec<String>,
    jlac10: Vec<String>,
}

/// Reads a heading of a clinic, or a JLAC10 code; none for one that is not known to its last character.
pub fn heading(text: &str) -> Option<Heading> {
    let (catalogue, words) = (Catalogue::built_in(), Words::built_in());
    let plain = |column| Heading { column, manner: Manner::default() };
    if catalogue.is_coded(text) {
        // A name or a count (`#2`) may stand behind the code.
        let code = compact(text);
        let which = code.get(..naming::CODE).and_then(|code| words.codes.get(code)).copied().unwrap_or_default();
        let manner = Manner { is_coded: true, which, ..Manner::default() };
        return catalogue.column(text).map(|column| Heading { column, manner });
    }
    if let Some(column) = catalogue.column(text) {
        return Some(plain(column));
    }
    words.settled(&words.parted(&spelt(text))?)
}

/// A heading without what separates its words; tones are written in kilohertz too.
fn spelt(text: &str) -> String {
    compact(text).replace("1khz", "1000hz").replace("4khz", "4000hz")
}

/// What a word of the sample makes of items: 空腹 leads from 血糖 to 空腹時血糖.
pub(super) fn turns(word: &str) -> impl Iterator<Item = (Item, Item)> {
    let pieces = Words::built_in().pieces.get(word);
    let pairs = pieces.into_iter().flatten().filter_map(|piece| match piece {
        Piece::Turn(pairs) => Some(pairs),
        _ => None,
    });
    pairs.flatten().copied()
}

/// How the cells below a heading are written, of a column that was given this part: what the heading says of another
/// item does not hold, its unit does.
pub fn manner(text: &str, column: Column) -> Manner {
    match heading(text).filter(|found| found.column.item() == column.item()) {
        Some(found) => found.manner,
        None => Manner {
            is_coded: Catalogue::built_in().is_coded(text),
            unit: Catalogue::built_in()
                .entry(column.item())
                .map_or(Said::Nothing, |entry| Units::built_in().at_end(entry, text)),
            which: Which::Only,
            custom: Custom::None,
        },
    }
}

/// The manner of a column with what its cells say about a unit that nobody writes.
#[must_use]
pub fn compared<'t>(manner: Manner, column: Column, cells: impl Iterator<Item = &'t str>) -> Manner {
    let entry = Catalogue::built_in().entry(column.item()).filter(|_| manner.unit == Said::Nothing);
    Manner { custom: entry.map_or(Custom::None, |entry| Custom::of(entry, cells)), ..manner }
}

/// The value whose judgement a heading names: 「中性脂肪_判定」, 「判定（血圧）」.
pub fn judged(text: &str) -> Option<Heading> {
    heading(beside::judged_name(&compact(text))?)
}

impl Words {
    fn built_in() -> &'static Self {
        static READ: OnceLock<Words> = OnceLock::new();
        READ.get_or_init(|| Self::parse(BUILT_IN).unwrap_or_default())
    }

    /// Reads the table beside the catalogue's names and the units; none for an item that is not known.
    fn parse(text: &str) -> Option<Self> {
        let file: File = toml::from_str(text).ok()?;
        let mut words = Self::default();
        for (name, column) in Catalogue::built_in().headings() {
            words.add(name, Piece::Name(column));
        }
        Units::built_in().names().for_each(|name| words.add(name, Piece::Unit));
        for line in &file.word {
            line.names.iter().for_each(|name| words.add(name, Piece::Plain(line.kinds.clone())));
        }
        for line in &file.turn {
            let pairs = line.pairs.iter().map(|(from, to)| Some((Item::of_code(from)?, Item::of_code(to)?)));
            words.add(&line.word, Piece::Turn(pairs.collect::<Option<_>>()?));
        }
        for line in &file.half {
            let items = items_of(&line.items)?;
            line.names.iter().for_each(|name| words.add(name, Piece::Half(items.clone(), line.behind)));
        }
        for line in &file.reading {
            let items = items_of(&line.items)?;
            line.names.iter().for_each(|name| words.add(name, Piece::Reading(line.which, items.clone())));
            words.codes.extend(line.jlac10.iter().map(|code| (compact(code), line.which)));
        }
        Some(words)
    }

    fn add(&mut self, name: &str, piece: Piece) {
        let name = compact(name);
        self.longest = self.longest.max(name.chars().count());
        let known = self.pieces.entry(name).or_default();
        if !known.contains(&piece) {
            known.push(piece);
        }
    }

    /// The pieces of a heading, the longest first; a slash between two is none. None where something remains.
    fn parted<'t>(&self, text: &'t str) -> Option<Vec<(&'t str, &[Piece])>> {
        let (mut rest, mut parts) = (text, Vec::new());
        while !rest.is_empty() {
            if let Some(behind) = rest.strip_prefix('/').filter(|_| !parts.is_empty() && !self.begins(rest)) {
                rest = behind;
                continue;
            }
            let (name, pieces) = self.longest_in(rest)?;
            parts.push((name, pieces));
            rest = rest.get(name.len()..)?;
        }
        Some(parts)
    }

    fn begins(&self, text: &str) -> bool {
        self.longest_in(text).is_some()
    }

    fn longest_in<'t>(&self, text: &'t str) -> Option<(&'t str, &[Piece])> {
        let ends: Vec<usize> =
            text.char_indices().map(|(start, c)| start + c.len_utf8()).take(self.longest.max(1)).collect();
        ends.into_iter().rev().find_map(|end| {
            let name = text.get(..end)?;
            Some((name, self.pieces.get(name)?.as_slice()))
        })
    }

    /// What the pieces say together; none where two of them do not go together, or none names an item.
    fn settled(&self, parts: &[(&str, &[Piece])]) -> Option<Heading> {
        let names = parts.iter().filter_map(|(_, pieces)| named(pieces));
        let column = names.map(Some).reduce(|one, other| self.same(one?, other?))??;
        let column = halved(turned(column, parts)?, parts)?;
        let entry = Catalogue::built_in().entry(column.item())?;
        let mut manner = Manner::default();
        let mut is_named = false;
        for (name, pieces) in parts {
            match named(pieces) {
                Some(_) => is_named = true,
                None => take(&mut manner, (name, pieces), (column, is_named), entry)?,
            }
        }
        Some(Heading { column, manner })
    }

    /// Two names of one item; a name that says more than the other (血糖 and FBS, 血圧 and 収縮期) counts.
    fn same(&self, one: Column, other: Column) -> Option<Column> {
        let leads = |from: Column, to: Column| {
            let turns = self.pieces.values().flatten().filter_map(|piece| match piece {
                Piece::Turn(pairs) => Some(pairs),
                _ => None,
            });
            turns.flatten().any(|(first, second)| (Column::One(*first), Column::One(*second)) == (from, to))
        };
        match (one, other) {
            _ if one == other => Some(one),
            _ if leads(one, other) => Some(other),
            _ if leads(other, one) => Some(one),
            (pair @ Column::Pair(_), Column::One(item)) | (Column::One(item), pair @ Column::Pair(_)) => {
                half_of(pair, item)
            }
            _ => None,
        }
    }
}

fn items_of(codes: &[String]) -> Option<Vec<Item>> {
    codes.iter().map(|code| Item::of_code(code)).collect()
}

/// One of the two items of a pair, or the one item itself; none for another.
fn half_of(column: Column, item: Item) -> Option<Column> {
    let is_half = match column {
        Column::One(one) => one == item,
        Column::Pair(first) => first == item || first.left_of_pair() == Some(item),
        Column::Glasses(_) | Column::Disputed(_) => false,
    };
    is_half.then_some(Column::One(item))
}

/// The column after the words that name one of its two values; none where they disagree.
fn halved(column: Column, parts: &[(&str, &[Piece])]) -> Option<Column> {
    let half = |pieces: &[Piece]| {
        let items = pieces.iter().filter_map(|piece| match piece {
            Piece::Half(items, _) => Some(items),
            _ => None,
        });
        items.flatten().find_map(|item| half_of(column, *item))
    };
    let told: Vec<Column> = parts.iter().filter_map(|(_, pieces)| half(pieces)).collect();
    let pair = Some(column.item()).zip(column.item().left_of_pair()).map(|(one, other)| [one, other].map(Column::One));
    match told.as_slice() {
        // Both, in the order in which they stand in the cell.
        both if matches!(column, Column::Pair(_)) && pair.is_some_and(|pair| pair == both) => Some(column),
        [] => Some(column),
        [one, others @ ..] => Some(*one).filter(|one| others.iter().all(|other| other == one)),
    }
}

fn named(pieces: &[Piece]) -> Option<Column> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Name(column) => Some(*column),
        _ => None,
    })
}

/// The column after the words that may make it another; none where one speaks of another item, or two disagree.
fn turned(column: Column, parts: &[(&str, &[Piece])]) -> Option<Column> {
    let turns = parts.iter().flat_map(|(_, pieces)| *pieces).filter_map(|piece| match piece {
        Piece::Turn(pairs) => Some(pairs),
        _ => None,
    });
    let made = turns.map(|pairs| {
        let found = pairs.iter().find(|(from, to)| [Column::One(*from), Column::One(*to)].contains(&column));
        found.map(|(_, to)| Column::One(*to))
    });
    made.reduce(|one, other| one.filter(|_| one == other)).unwrap_or(Some(column))
}

/// Takes a piece that is no name into the manner; none where it does not go with the item.
fn take(
    manner: &mut Manner,
    (name, pieces): (&str, &[Piece]),
    (column, is_named): (Column, bool),
    entry: &Entry,
) -> Option<()> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Plain(kinds) => (kinds.is_empty() || kinds.contains(&entry.kind)).then_some(()),
        Piece::Turn(_) => Some(()),
        Piece::Half(items, is_behind) => {
            let fits = items.iter().any(|item| half_of(column, *item).is_some());
            (fits && (is_named || !is_behind)).then_some(())
        }
        Piece::Reading(which, items) => {
            let is_new = items.contains(&column.item()) && manner.which == Which::Only;
            is_new.then(|| manner.which = *which)
        }
        Piece::Unit => {
            manner.unit = manner.unit.with(Units::built_in().said(entry, name));
            Some(())
        }
        Piece::Name(_) => None,
    })
}

#[cfg(test)]
#[path = "heading_tests.rs"]
mod tests;
