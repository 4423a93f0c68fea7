//! Sums of the three parts, and the 19 scales with column and point.

use super::questionnaire::{Part, Questionnaire, SCALES, Scale};
use super::sheet::Sheet;
use crate::domain::stress::Form;
use crate::domain::worker::Sex;

/// One scale of one sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScaleScore {
    /// 素点; none where an answer is missing.
    pub raw: Option<u8>,
    /// Column 1 to 5 of the conversion table; none where the sex is not known.
    pub column: Option<u8>,
    /// 評価点, 1 the heaviest burden.
    pub point: Option<u8>,
}

/// A total of each part; none where something of it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// A ストレスの要因
    pub causes: Option<u16>,
    /// B 心身の自覚症状
    pub symptoms: Option<u16>,
    /// C 周囲の支援
    pub support: Option<u16>,
}

/// Totals that are all there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// A
    pub causes: u16,
    /// B
    pub symptoms: u16,
    /// C
    pub support: u16,
}

impl Parts {
    /// All three, or nothing: a missing answer withholds the judgement.
    pub fn whole(self) -> Option<Sums> {
        Some(Sums { causes: self.causes?, symptoms: self.symptoms?, support: self.support? })
    }
}

/// Everything that is computed from one sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// In the order of the result sheet.
    pub scales: [ScaleScore; SCALES],
    /// Method 1: answers summed, 14 of them turned round.
    pub sums: Parts,
    /// Method 2: points summed; only for the full form and a known sex.
    pub points: Parts,
}

impl Questionnaire {
    /// Scores a sheet.
    pub fn score(&self, sheet: &Sheet, sex: Sex) -> Score {
        let mut scales = [ScaleScore::default(); SCALES];
        for (scored, scale) in scales.iter_mut().zip(self.scales()) {
            *scored = one(scale, sheet, sex);
        }
        let total = |part: Part| self.points(&scales, part);
        let points =
            Parts { causes: total(Part::Causes), symptoms: total(Part::Symptoms), support: total(Part::Support) };
        Score { scales, sums: self.sums(sheet), points }
    }

    /// Questions of the form without an answer, by id.
    pub fn missing(&self, sheet: &Sheet) -> Vec<&str> {
        let open = self.asked(sheet.form()).iter().filter(|place| sheet.answer(**place).is_none());
        open.filter_map(|place| self.items().get(*place)).map(|item| item.id.as_str()).collect()
    }

    fn sums(&self, sheet: &Sheet) -> Parts {
        let total = |part: Part| self.sum(sheet, part);
        Parts { causes: total(Part::Causes), symptoms: total(Part::Symptoms), support: total(Part::Support) }
    }

    fn sum(&self, sheet: &Sheet, part: Part) -> Option<u16> {
        let mut sum = 0;
        for place in self.asked(sheet.form()) {
            let item = self.items().get(*place)?;
            if item.part == part {
                let code = u16::from(sheet.answer(*place)?);
                sum += if item.is_reversed { 5 - code } else { code };
            }
        }
        Some(sum)
    }

    fn points(&self, scales: &[ScaleScore; SCALES], part: Part) -> Option<u16> {
        let of_part = self.scales().iter().zip(scales).filter(|(scale, _)| scale.part == part);
        of_part.map(|(_, scored)| scored.point.map(u16::from)).sum()
    }
}

/// The short form has its own conversion table, which was not found: raw scores only.
fn one(scale: &Scale, sheet: &Sheet, sex: Sex) -> ScaleScore {
    let raw = scale.raw(sheet.codes());
    let is_converted = sheet.form() == Form::Full;
    let column = raw.filter(|_| is_converted).and_then(|raw| scale.column(raw, sex));
    ScaleScore { raw, column, point: column.map(|column| scale.point(column)) }
}
