//! 階層化 of 特定保健指導 (第4期, 標準的な健診・保健指導プログラム): which support a person is offered.

use crate::labelled;

labelled! {
    /// The support.
    Support { Information = "情報提供", Motivation = "動機付け支援", Active = "積極的支援", Excluded = "対象外（服薬中）" }
}

/// What the stratification asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupportFacts {
    /// 腹囲 at or above the line of the sex.
    pub is_waist_over: bool,
    /// BMI at or above the line.
    pub is_bmi_over: bool,
    /// 血圧 at or above the line.
    pub has_pressure: bool,
    /// 脂質 at or above the line.
    pub has_lipid: bool,
    /// 血糖 at or above the line.
    pub has_glucose: bool,
    /// Smokes.
    pub smokes: bool,
    /// Takes medicine for one of the three.
    pub is_treated: bool,
    /// Age on the last day of the fiscal year.
    pub age: u8,
}

/// From this age on 積極的支援 becomes 動機付け支援.
const OLDER: std::ops::RangeInclusive<u8> = 65..=74;

/// The support of a person; smoking counts only beside another risk.
pub fn support(facts: SupportFacts) -> Support {
    if facts.is_treated {
        return Support::Excluded;
    }
    let risks = u8::from(facts.has_pressure) + u8::from(facts.has_lipid) + u8::from(facts.has_glucose);
    let risks = if risks > 0 { risks + u8::from(facts.smokes) } else { 0 };
    let found = match (facts.is_waist_over, facts.is_bmi_over, risks) {
        (false, false, _) | (_, _, 0) => Support::Information,
        (true, _, 2..) | (false, true, 3..) => Support::Active,
        _ => Support::Motivation,
    };
    if found == Support::Active && OLDER.contains(&facts.age) { Support::Motivation } else { found }
}
