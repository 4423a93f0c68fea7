//! A measured number: its bound, its unit, the words beside it that say which item it is.
//!
//! What the heading or the cell says about the unit converts exactly; only where neither speaks the plausible spans
//! decide, and two that fit are a doubt. Must not know what a value means.

use super::catalogue::{Entry, fold};
use super::decimal::Decimal;
use super::eyes;
use super::heading::Manner;
use super::item::Item;
use super::units::{Said, Units};
use super::value::{Bound, Doubt, Value};

/// A number, and the item it turned out to be: 「105(空腹)」 in a column 血糖 is fasting.
pub(super) fn number(entry: &Entry, folded: &str, manner: Manner) -> (Item, Value) {
    let (item, rest) = labelled(entry.item, folded);
    let (rest, unit) = bare(entry, &rest);
    let Some((bound, decimal)) = bounded(&rest) else {
        let why = if has_strange_unit(&rest) { Doubt::Unit } else { Doubt::Words };
        return (item, Value::Doubtful(why));
    };
    let said = manner.unit.with(unit);
    let value = in_unit(entry, bound, decimal, said);
    let is_odd = said == Said::Nothing && bound == Bound::Exactly && manner.custom.contradicts(entry, decimal);
    (item, if is_odd { Value::Doubtful(Doubt::Unit) } else { value })
}

/// In which unit the other cells of a column are, where nobody writes one: a number that fits two units is read as the
/// others are, and one that is not like them is a question (18 among 56 and 71 is no 18千).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Custom {
    /// One cell alone, or an item of one unit: each says its unit by its size.
    #[default]
    None,
    /// Three quarters and more of the cells are in the unit of this power of ten.
    Power(i8),
    /// The cells are in several units.
    Mixed,
}

impl Custom {
    /// What the cells of a column of this item say together.
    pub(super) fn of<'t>(entry: &Entry, cells: impl Iterator<Item = &'t str>) -> Self {
        if entry.other.is_empty() {
            return Self::None;
        }
        let mut counts: Vec<(i8, usize)> = Vec::new();
        for power in cells.filter_map(|text| power_of(entry, text)) {
            match counts.iter_mut().find(|(known, _)| *known == power) {
                Some((_, count)) => *count += 1,
                None => counts.push((power, 1)),
            }
        }
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        match counts.iter().max_by_key(|(_, count)| *count) {
            _ if counts.len() < 2 => Self::None,
            Some((power, count)) if count * 4 >= all * 3 => Self::Power(*power),
            _ => Self::Mixed,
        }
    }

    fn contradicts(self, entry: &Entry, decimal: Decimal) -> bool {
        match self {
            Self::None => false,
            // A factor of ten may be a slip or a disease; one of a hundred is another unit.
            Self::Power(power) => alone(entry, Bound::Exactly, decimal)
                .is_ok_and(|own| own != power && (own.abs_diff(power) < 2 || fits_several(entry, decimal))),
            Self::Mixed => fits_several(entry, decimal),
        }
    }
}

/// The unit that a cell would take by itself; none where it says one, or is no plain number.
fn power_of(entry: &Entry, text: &str) -> Option<i8> {
    let (_, rest) = labelled(entry.item, &fold(text));
    let (rest, unit) = bare(entry, &rest);
    let (bound, decimal) = bounded(&rest)?;
    if unit != Said::Nothing || bound != Bound::Exactly { None } else { alone(entry, bound, decimal).ok() }
}

/// Whether a number is a plausible value in more than one unit.
fn fits_several(entry: &Entry, decimal: Decimal) -> bool {
    let powers = std::iter::once(0).chain(entry.other.iter().map(|other| other.shift));
    let fits = |value: Decimal| entry.span.as_ref().is_some_and(|span| holds(span, value));
    powers.filter_map(|power| decimal.shifted(power)).filter(|value| fits(*value)).count() > 1
}

/// Whether a number is followed by a ratio that no table knows: `9.0 pg/tube`, or two units at once.
fn has_strange_unit(rest: &str) -> bool {
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '<' | '>' | '=' | '≦' | '≧')));
    let Some((number, unit)) = end.and_then(|end| rest.split_at_checked(end)) else { return false };
    let is_ratio = unit.contains(['/', '[']) && unit.chars().any(char::is_alphabetic);
    is_ratio && number.ends_with(|last: char| last.is_ascii_digit())
}

/// Takes the words out that say which item it is.
fn labelled(item: Item, folded: &str) -> (Item, String) {
    const LABELS: &[(&str, Item, Item)] = &[
        ("jds", Item::HbA1c, Item::HbA1cJds),
        ("ngsp", Item::HbA1c, Item::HbA1c),
        ("非空腹", Item::Glucose, Item::GlucoseCasual),
        ("空腹時", Item::Glucose, Item::GlucoseFasting),
        ("空腹", Item::Glucose, Item::GlucoseFasting),
        ("随時", Item::Glucose, Item::GlucoseCasual),
        ("食後", Item::Glucose, Item::GlucoseCasual),
        ("非空腹", Item::Triglyceride, Item::TriglycerideCasual),
        ("空腹時", Item::Triglyceride, Item::TriglycerideFasting),
        ("空腹", Item::Triglyceride, Item::TriglycerideFasting),
        ("随時", Item::Triglyceride, Item::TriglycerideCasual),
        ("食後", Item::Triglyceride, Item::TriglycerideCasual),
        ("実測", Item::Waist, Item::Waist),
        ("自己測定", Item::Waist, Item::Waist),
        ("自己申告", Item::Waist, Item::Waist),
    ];
    let found = LABELS.iter().find(|(word, from, _)| *from == item && folded.contains(word));
    found.map_or_else(
        || (item, folded.to_owned()),
        |(word, _, to)| (*to, folded.replacen(word, "", 1).replace("()", "").replace("値", "")),
    )
}

/// Whether a clinic's mark (`*`, `H`, `L`, `↑`) stands beside a folded number.
pub(super) fn is_marked(entry: &Entry, folded: &str) -> bool {
    let has_letters = has_letters(entry);
    let is_stripped = |text: &str| mark_stripped(text, has_letters).len() < text.len();
    let (before_unit, _) = Units::built_in().behind(entry, folded);
    unmarked(folded, has_letters).len() < folded.len() || is_stripped(folded) || is_stripped(before_unit)
}

/// Whether H and L are marks: beside an ear or an eye L is the left one.
fn has_letters(entry: &Entry) -> bool {
    !entry.item.is_tone() && eyes::corrected(eyes::bare(entry.item)).is_none()
}

/// Takes unit, marks of the clinic (`*`, `H`, `L`) and the commas of thousands away; what the unit says.
pub(super) fn bare(entry: &Entry, folded: &str) -> (String, Said) {
    let has_letters = has_letters(entry);
    let mut rest = unmarked(folded, has_letters);
    let mut said = Said::Nothing;
    for _ in 0..2 {
        let (shorter, unit) = Units::built_in().behind(entry, rest);
        said = said.with(unit);
        rest = mark_stripped(shorter, has_letters);
    }
    (without_commas(rest), said)
}

/// A number without the marks before it: `*98`, `H 130`, `↑55`. A triangle before a number means a negative one.
fn unmarked(text: &str, has_letters: bool) -> &str {
    let plain = text.trim_start_matches(['*', '#', '※', '!', '↑', '↓']);
    let letter = plain.strip_prefix(['h', 'l']).map(|rest| rest.trim_start_matches(':'));
    letter.filter(|rest| has_letters && rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(plain)
}

fn mark_stripped(text: &str, has_letters: bool) -> &str {
    const LETTERS: &[&str] = &["(h)", "(l)", "h", "l"];
    const SIGNS: &[&str] = &["↑", "↓", "▲", "▼", "△", "▽", "(高)", "(低)", "高", "低"];
    let plain = text.trim_end_matches(['*', '#', '※', '!']);
    let letters = if has_letters { LETTERS } else { &[] };
    let shorter = letters.iter().chain(SIGNS).find_map(|mark| plain.strip_suffix(mark));
    shorter.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(plain)
}

/// `5,600`: commas before groups of three only.
fn without_commas(text: &str) -> String {
    let mut groups = text.split(',');
    let has_groups =
        groups.next().is_some_and(|first| (1..=3).contains(&first.chars().filter(char::is_ascii_digit).count()));
    let rest: Vec<&str> = groups.collect();
    let is_thousands = |group: &&str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    if has_groups && !rest.is_empty() && rest.iter().all(is_thousands) {
        text.replace(',', "")
    } else {
        text.to_owned()
    }
}

/// `<10`, `10未満`, `≦10`, `10以上`; a bound on both sides is none.
fn bounded(text: &str) -> Option<(Bound, Decimal)> {
    const BEFORE: &[(&str, Bound)] = &[
        ("<=", Bound::AtMost),
        ("=<", Bound::AtMost),
        ("≦", Bound::AtMost),
        ("≤", Bound::AtMost),
        (">=", Bound::AtLeast),
        ("=>", Bound::AtLeast),
        ("≧", Bound::AtLeast),
        ("≥", Bound::AtLeast),
        ("<", Bound::Below),
        (">", Bound::Above),
    ];
    const BEHIND: &[(&str, Bound)] = &[
        ("未満", Bound::Below),
        ("以下", Bound::AtMost),
        ("以上", Bound::AtLeast),
        ("を超える", Bound::Above),
        ("超", Bound::Above),
    ];
    let before = BEFORE.iter().find_map(|(sign, bound)| Some((*bound, text.strip_prefix(sign)?)));
    let behind = BEHIND.iter().find_map(|(word, bound)| Some((*bound, text.strip_suffix(word)?)));
    let (bound, digits) = match (before, behind) {
        (Some(_), Some(_)) => return None,
        (Some(found), None) | (None, Some(found)) => found,
        (None, None) => (Bound::Exactly, text),
    };
    Decimal::parse(digits).or_else(|| Decimal::nearest(digits)).map(|decimal| (bound, decimal))
}

/// The value in the item's own unit, exactly. Where nobody says the unit, two spans that both hold the value, or none,
/// are a doubt.
pub(super) fn in_unit(entry: &Entry, bound: Bound, decimal: Decimal, said: Said) -> Value {
    let shifted = |power| decimal.shifted(power).map(|value| Value::Number(bound, value));
    match said {
        Said::Unknown => Value::Doubtful(Doubt::Unit),
        Said::Power(power) => match decimal.shifted(power) {
            Some(value) if is_plausible(entry, bound, value) => Value::Number(bound, value),
            Some(_) => Value::Doubtful(Doubt::Range),
            None => Value::Doubtful(Doubt::Unit),
        },
        Said::Nothing => match alone(entry, bound, decimal) {
            Ok(power) => shifted(power).unwrap_or(Value::Doubtful(Doubt::Unit)),
            Err(doubt) => Value::Doubtful(doubt),
        },
    }
}

/// The power of ten that a number without a unit says by its size.
fn alone(entry: &Entry, bound: Bound, decimal: Decimal) -> Result<i8, Doubt> {
    let others: Vec<i8> =
        entry.other.iter().filter(|other| holds(&other.span, decimal)).map(|other| other.shift).collect();
    match (is_plausible(entry, bound, decimal), others.as_slice()) {
        (true, []) => Ok(0),
        (false, [power]) => Ok(*power),
        (false, []) => Err(Doubt::Range),
        _ => Err(Doubt::Unit),
    }
}

/// A bounded value lies at the edge of what is measured, often outside the plausible values themselves.
fn is_plausible(entry: &Entry, bound: Bound, value: Decimal) -> bool {
    bound != Bound::Exactly || entry.span.as_ref().is_none_or(|span| holds(span, value))
}

fn holds(span: &(Decimal, Decimal), value: Decimal) -> bool {
    span.0 <= value && value <= span.1
}

#[cfg(test)]
#[path = "measured_tests.rs"]
mod tests;
