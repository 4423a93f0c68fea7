//! A measured number: its bound, its unit, the words beside it that say which item it is.
//!
//! What the heading or the cell says about the unit converts exactly; only where neither speaks the plausible spans
//! decide, and two that fit are a doubt. Must not know what a value means.

use super::catalogue::Entry;
use super::decimal::Decimal;
use super::item::Item;
use super::units::{Said, Units};
use super::value::{Bound, Doubt, Value};

/// A number, and the item it turned out to be: 「105(空腹)」 in a column 血糖 is fasting.
pub(super) fn number(entry: &Entry, folded: &str, heading: Said) -> (Item, Value) {
    let (item, rest) = labelled(entry.item, folded);
    let (rest, unit) = bare(entry, &rest);
    let Some((bound, decimal)) = bounded(&rest) else {
        let why = if has_strange_unit(&rest) { Doubt::Unit } else { Doubt::Words };
        return (item, Value::Doubtful(why));
    };
    (item, in_unit(entry, bound, decimal, heading.with(unit)))
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

/// Takes unit, marks of the clinic (`*`, `H`, `L`) and the commas of thousands away; what the unit says.
pub(super) fn bare(entry: &Entry, folded: &str) -> (String, Said) {
    let mut rest = folded.trim_start_matches(['*', '#', '※', '!']);
    let mut said = Said::Nothing;
    for _ in 0..2 {
        let (shorter, unit) = Units::built_in().behind(entry, rest);
        said = said.with(unit);
        rest = mark_stripped(shorter);
    }
    (without_commas(rest), said)
}

fn mark_stripped(text: &str) -> &str {
    let plain = text.trim_end_matches(['*', '#', '※', '!']);
    let marks = ["(h)", "(l)", "h", "l", "↑", "↓"];
    let shorter = marks.into_iter().find_map(|mark| plain.strip_suffix(mark));
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
    Decimal::parse(digits).map(|decimal| (bound, decimal))
}

/// The value in the item's own unit, exactly. Where nobody says the unit, two spans that both hold the value, or none,
/// are a doubt.
pub(super) fn in_unit(entry: &Entry, bound: Bound, decimal: Decimal, said: Said) -> Value {
    let holds = |span: &(Decimal, Decimal), value: Decimal| span.0 <= value && value <= span.1;
    // A bounded value lies at the edge of what is measured, often outside the plausible values themselves.
    let is_own = |value| bound != Bound::Exactly || entry.span.as_ref().is_none_or(|span| holds(span, value));
    let shifted = |power| decimal.shifted(power).map(|value| Value::Number(bound, value));
    let others = || entry.other.iter().filter(|other| holds(&other.span, decimal)).map(|other| other.shift);
    match said {
        Said::Unknown => Value::Doubtful(Doubt::Unit),
        Said::Power(power) => match decimal.shifted(power) {
            Some(value) if is_own(value) => Value::Number(bound, value),
            Some(_) => Value::Doubtful(Doubt::Range),
            None => Value::Doubtful(Doubt::Unit),
        },
        Said::Nothing => match (is_own(decimal), others().collect::<Vec<_>>().as_slice()) {
            (true, []) => Value::Number(bound, decimal),
            (false, [power]) => shifted(*power).unwrap_or(Value::Doubtful(Doubt::Unit)),
            (false, []) => Value::Doubtful(Doubt::Range),
            _ => Value::Doubtful(Doubt::Unit),
        },
    }
}
