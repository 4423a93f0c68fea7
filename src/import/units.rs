//! What a heading says of how the numbers below it stand for time: 残業時間(分), 総労働時間（H:MM）, 深夜時間(10進).
//!
//! Knows words in headings. Must not know values: whether they fit is asked of who surveys them.

use super::folding;
use super::notation::Notation;
use super::profile::{Profile, Role};

/// How numbers stand for time, as far as a heading says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 分
    Minutes,
    /// 時間: 60進 or 10進.
    Hours,
    /// 60進
    Sexagesimal,
    /// 10進
    Decimal,
    /// H:MM
    Clock,
}

/// The words of a unit as they stand in brackets, folded.
const WORDS: &[(Unit, &[&str])] = &[
    (Unit::Minutes, &["分", "分単位", "分数", "min", "mins", "minutes"]),
    (Unit::Hours, &["時間", "時", "時間単位", "h", "hr", "hrs", "hour", "hours"]),
    (Unit::Sexagesimal, SEXAGESIMAL),
    (Unit::Decimal, DECIMAL),
    (
        Unit::Clock,
        &["h:mm", "hh:mm", "hhh:mm", "[h]:mm", "[hh]:mm", "h:mm:ss", "hh:mm:ss", "[h]:mm:ss", "時:分", "時分"],
    ),
];
/// Words that say it behind a heading without brackets too.
const SEXAGESIMAL: &[&str] = &["60進", "60進数", "60進法", "60進表記"];
const DECIMAL: &[&str] = &["10進", "10進数", "10進法", "10進表記"];

impl Unit {
    /// The unit that a text of its own is, as in a row of units; `(分)` as well as `分`.
    pub fn of_text(text: &str) -> Option<Self> {
        let folded = folding::fold(text);
        let bare = folded.strip_prefix(['(', '【']).map_or(&*folded, |rest| rest.trim_end_matches([')', '】']));
        word(bare).or_else(|| word(bare.strip_prefix('[')?.strip_suffix(']')?))
    }

    /// The unit that a heading names.
    pub fn of_heading(heading: &str) -> Option<Self> {
        let folded = folding::fold(heading);
        split(&folded).map(|(_, unit)| unit)
    }

    /// Whether a column of this unit can be in a notation; what is written with hours and minutes says itself what it is.
    pub const fn allows(self, notation: Notation) -> bool {
        match self {
            Self::Minutes => matches!(notation, Notation::Minutes),
            Self::Decimal => matches!(notation, Notation::Decimal),
            Self::Clock => matches!(notation, Notation::Clock),
            Self::Sexagesimal => matches!(notation, Notation::Sexagesimal | Notation::Clock),
            Self::Hours => matches!(notation, Notation::Sexagesimal | Notation::Decimal | Notation::Clock),
        }
    }

    /// How to read a cell beside a column that is read by `notation`; only what says itself what it is, where the unit
    /// leaves that open.
    pub const fn beside(self, notation: Notation) -> Notation {
        match self {
            _ if self.allows(notation) => notation,
            Self::Minutes => Notation::Minutes,
            Self::Decimal => Notation::Decimal,
            Self::Sexagesimal => Notation::Sexagesimal,
            Self::Hours | Self::Clock => Notation::Clock,
        }
    }

    /// Whether two columns can be one sum.
    fn agrees(self, other: Self) -> bool {
        let may_be =
            |one, other| one == Self::Hours && matches!(other, Self::Sexagesimal | Self::Decimal | Self::Clock);
        self == other || may_be(self, other) || may_be(other, self)
    }
}

/// The heading without its unit: 残業(分) names the column 残業.
pub(super) fn without(folded: &str) -> &str {
    split(folded).map_or(folded, |(name, _)| name)
}

/// The unit of all the columns of time of a mapping; none where one of them does not say it.
pub fn of_hours(profile: &Profile) -> Option<Unit> {
    let mut told = columns(profile);
    let first = told.next()??;
    told.try_fold(first, |unit, other| other.filter(|other| other.agrees(unit)).map(|other| closer(unit, other)))
}

/// Whether the headings of two columns of time that are summed say different units.
pub(super) fn differ(profile: &Profile) -> bool {
    let told: Vec<Unit> = columns(profile).flatten().collect();
    told.iter().enumerate().any(|(at, one)| told.iter().skip(at + 1).any(|other| !one.agrees(*other)))
}

fn columns(profile: &Profile) -> impl Iterator<Item = Option<Unit>> {
    let hours = profile.columns.iter().filter(|(role, _)| *role == Role::Hours);
    hours.map(|(_, column)| Unit::of_heading(&column.header))
}

/// Of two units that agree the one that says more.
const fn closer(one: Unit, other: Unit) -> Unit {
    if matches!(one, Unit::Hours) { other } else { one }
}

fn word(folded: &str) -> Option<Unit> {
    let bare = folded.strip_prefix("単位").map_or(folded, |rest| rest.trim_start_matches([':', '=']));
    WORDS.iter().find(|(_, words)| words.contains(&bare)).map(|(unit, _)| *unit)
}

/// The name and the unit behind it.
fn split(folded: &str) -> Option<(&str, Unit)> {
    let in_brackets = |open: char, close: char| {
        let (name, rest) = folded.split_at(folded.find(open).filter(|at| *at > 0)?);
        let inner = rest.strip_prefix(open)?.strip_suffix(close)?;
        Some((name, word(inner)?))
    };
    let behind = |(unit, words): &(Unit, &[&str])| {
        let name =
            words.iter().find_map(|word| folded.strip_suffix(word))?.trim_end_matches(['_', '-', '/', '・', ':']);
        (!name.is_empty()).then_some((name, *unit))
    };
    let bracketed = [('(', ')'), ('[', ']'), ('【', '】'), ('<', '>')].into_iter();
    let mut bracketed = bracketed.filter_map(|(open, close)| in_brackets(open, close));
    bracketed.next().or_else(|| [(Unit::Sexagesimal, SEXAGESIMAL), (Unit::Decimal, DECIMAL)].iter().find_map(behind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::folding::{Field, field_of};

    #[test]
    fn a_heading_says_its_unit_and_stays_what_it_names() {
        for (heading, unit, field) in [
            ("残業時間(分)", Unit::Minutes, Field::Overtime),
            ("残業（分）", Unit::Minutes, Field::Overtime),
            ("残業時間[分]", Unit::Minutes, Field::Overtime),
            ("残業時間(単位:分)", Unit::Minutes, Field::Overtime),
            ("残業時間(時間)", Unit::Hours, Field::Overtime),
            ("実働(h)", Unit::Hours, Field::Actual),
            ("残業時間(60進)", Unit::Sexagesimal, Field::Overtime),
            ("残業時間（６０進数）", Unit::Sexagesimal, Field::Overtime),
            ("残業時間60進", Unit::Sexagesimal, Field::Overtime),
            ("総労働時間_10進", Unit::Decimal, Field::Total),
            ("総労働時間（H:MM）", Unit::Clock, Field::Total),
            ("総労働時間([h]:mm)", Unit::Clock, Field::Total),
            ("深夜労働時間(分)", Unit::Minutes, Field::NightHours),
            ("平日 残業(時間)", Unit::Hours, Field::Overtime),
        ] {
            assert_eq!((Unit::of_heading(heading), field_of(heading)), (Some(unit), Some(field)), "{heading}");
        }
        for heading in ["残業時間", "残業時間(法定外)", "分", "(分)", "総労働時間", "残業時間(うち深夜)", "半日(分)休"]
        {
            assert_eq!(Unit::of_heading(heading), None, "{heading}");
        }
        assert_eq!(
            ["分", "（H:MM）", "[h]:mm", "[分]", "単位:時間"].map(Unit::of_text).map(|unit| unit.is_some()),
            [true; 5]
        );
        assert_eq!(["日", "", "回", "60"].map(Unit::of_text), [None; 4]);
    }

    proptest! {
        #[test]
        fn any_heading_is_told(text in "\\PC{0,20}(\\(|\\[|【)?\\PC{0,3}(分|60進)?(\\)|\\]|】)?") {
            let _ = (Unit::of_heading(&text), Unit::of_text(&text), without(&text).len());
        }
    }
}
