//! A band of a table: from one value to another, and whether a value lies in it.

use crate::domain::checkup::{Bound, Decimal};

/// An end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    at: Decimal,
    is_included: bool,
}

/// A band; an open end is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    low: Option<End>,
    high: Option<End>,
}

/// Yes, no, or not decided by what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It lies in the band.
    Yes,
    /// It does not.
    No,
    /// It may.
    Maybe,
}

impl Holds {
    /// Both.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Maybe,
        }
    }

    /// Either.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::Maybe,
        }
    }
}

impl Band {
    /// Reads `<=18.4`, `>=25.0`, `<60`, `>13.0`, `18.5-24.9`, `35`, and signs: `-`, `+-`, `1+`, `>=2+`.
    pub fn parse(text: &str) -> Option<Self> {
        let end = |text: &str, is_included| Some(Some(End { at: value(text)?, is_included }));
        let text = text.trim();
        if let Some(rest) = text.strip_prefix("<=") {
            return Some(Self { low: None, high: end(rest, true)? });
        }
        if let Some(rest) = text.strip_prefix(">=") {
            return Some(Self { low: end(rest, true)?, high: None });
        }
        if let Some(rest) = text.strip_prefix('<') {
            return Some(Self { low: None, high: end(rest, false)? });
        }
        if let Some(rest) = text.strip_prefix('>') {
            return Some(Self { low: end(rest, false)?, high: None });
        }
        if let Some(at) = value(text) {
            let end = Some(End { at, is_included: true });
            return Some(Self { low: end, high: end });
        }
        let (low, high) = text.split_once('-')?;
        let band = Self { low: end(low, true)?, high: end(high, true)? };
        (band.low?.at <= band.high?.at).then_some(band)
    }

    /// Digits behind the point with which the band is printed.
    pub fn places(&self) -> u8 {
        let of = |end: Option<End>| end.map_or(0, |end| end.at.places());
        of(self.low).max(of(self.high))
    }

    /// Whether a value lies in it; a bounded value may leave that open.
    pub fn holds(&self, bound: Bound, value: Decimal) -> Holds {
        match bound {
            Bound::Exactly if self.contains(value) => Holds::Yes,
            Bound::Exactly => Holds::No,
            Bound::Below | Bound::AtMost => self.holds_below(value, bound == Bound::AtMost),
            Bound::Above | Bound::AtLeast => self.holds_above(value, bound == Bound::AtLeast),
        }
    }

    fn contains(&self, value: Decimal) -> bool {
        let above = self.low.is_none_or(|end| end.at < value || (end.is_included && end.at == value));
        above && self.high.is_none_or(|end| value < end.at || (end.is_included && end.at == value))
    }

    /// All that lies at or below `value`.
    fn holds_below(&self, value: Decimal, is_included: bool) -> Holds {
        let reaches = self.low.is_none_or(|end| end.at < value || (end.at == value && end.is_included && is_included));
        let covers = self.low.is_none()
            && self.high.is_none_or(|end| value < end.at || (value == end.at && (end.is_included || !is_included)));
        decided(covers, reaches)
    }

    /// All that lies at or above `value`.
    fn holds_above(&self, value: Decimal, is_included: bool) -> Holds {
        let reaches = self.high.is_none_or(|end| value < end.at || (end.at == value && end.is_included && is_included));
        let covers = self.high.is_none()
            && self.low.is_none_or(|end| end.at < value || (value == end.at && (end.is_included || !is_included)));
        decided(covers, reaches)
    }
}

const fn decided(covers: bool, reaches: bool) -> Holds {
    match (covers, reaches) {
        (true, _) => Holds::Yes,
        (false, true) => Holds::Maybe,
        (false, false) => Holds::No,
    }
}

/// A number, or a sign as its level.
fn value(text: &str) -> Option<Decimal> {
    use crate::domain::checkup::Value;
    let text = text.trim();
    match Value::of_code(text)? {
        Value::Sign(level) => Some(Decimal::new(i64::from(level), 0)),
        Value::Number(Bound::Exactly, decimal) => Some(decimal),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(band: &str, bound: Bound, value: &str) -> Holds {
        Band::parse(band).unwrap().holds(bound, Decimal::parse(value).unwrap())
    }

    #[test]
    fn ends_are_included_where_the_table_says_so() {
        assert_eq!(holds("130-139", Bound::Exactly, "130"), Holds::Yes);
        assert_eq!(holds("130-139", Bound::Exactly, "139"), Holds::Yes);
        assert_eq!(holds("130-139", Bound::Exactly, "140"), Holds::No);
        assert_eq!(holds("<60", Bound::Exactly, "60"), Holds::No);
        assert_eq!(holds("<60", Bound::Exactly, "59.9"), Holds::Yes);
    }

    #[test]
    fn a_bounded_value_leaves_open_what_it_leaves_open() {
        assert_eq!(holds("<=30", Bound::Below, "10"), Holds::Yes);
        assert_eq!(holds("<=5", Bound::Below, "10"), Holds::Maybe);
        assert_eq!(holds("31-35", Bound::Below, "10"), Holds::No);
        assert_eq!(holds(">=51", Bound::Above, "500"), Holds::Yes);
        assert_eq!(holds(">=51", Bound::AtLeast, "51"), Holds::Yes);
        assert_eq!(holds(">=51", Bound::AtLeast, "40"), Holds::Maybe);
    }

    #[test]
    fn other_texts_are_no_bands() {
        for text in ["", "A", "10-", "-10", "20-10", "<", "<=x", "1-2-3"] {
            assert_eq!(Band::parse(text), None, "{text}");
        }
    }
}
