//! What the typed values mean: numbers of options, days, a blood pressure, answers.
//!
//! Days arrive in full form: the field resolves `3m` against the day of the interview when it is left.

use unicode_normalization::UnicodeNormalization;

use super::InterviewForm;
use super::field::*;
use crate::domain::Day;
use crate::domain::interview::{Answer, BloodPressure, Mode, Online};

/// What a pressure can be, in mmHg; anything else is a slip of the keys.
const PLAUSIBLE: std::ops::RangeInclusive<u32> = 20..=320;
const DAYS: [&str; 5] = [DAY, NEXT_ON, FROM, UNTIL, REVIEW_ON];

impl InterviewForm {
    /// The text of a field, trimmed.
    pub fn text(&self, field: &str) -> &str {
        self.value(field).trim()
    }

    /// The numbers that are chosen in a field, in the order they stand.
    pub fn numbers(&self, field: &str) -> Vec<u8> {
        self.value(field).split(',').filter_map(|number| number.trim().parse().ok()).collect()
    }

    /// Whether a number is chosen.
    pub fn chose(&self, field: &str, number: u8) -> bool {
        self.numbers(field).contains(&number)
    }

    /// The chosen one of a list that is numbered from 0.
    pub fn option<T: Copy>(&self, field: &str, all: &[T]) -> Option<T> {
        self.numbers(field).first().and_then(|number| all.get(usize::from(*number))).copied()
    }

    /// The day in a field; none when it is empty or cannot be read.
    pub fn date(&self, field: &str) -> Option<Day> {
        self.text(field).parse().ok()
    }

    /// 対面 or オンライン.
    pub fn mode(&self) -> Mode {
        self.option(MODE, Mode::ALL).unwrap_or_default()
    }

    /// The conditions of an online interview; none for one in person.
    pub fn online(&self) -> Option<Online> {
        let tie = self.option(DOCTOR_TIE, TIES).unwrap_or_default();
        self.is_online().then(|| Online {
            doctor_tie: tie.to_owned(),
            device_ok: self.chose(DEVICE, 1),
            committee_ok: self.chose(COMMITTEE, 1),
            privacy_ok: self.chose(PRIVACY, 1),
            needs_presence: self.chose(PRESENCE, 1),
        })
    }

    /// B1, B2, B3a, B3b, B3c; open where not asked.
    pub fn bsid(&self) -> Vec<Answer> {
        let answer = |c: char| match c {
            '0' => Answer::No,
            '1' => Answer::Yes,
            _ => Answer::Open,
        };
        self.value(BSID).chars().map(answer).collect()
    }

    /// The blood pressure with its factors; values are none when they cannot be read.
    pub fn blood_pressure(&self) -> BloodPressure {
        let values = pressure(self.text(BLOOD_PRESSURE));
        BloodPressure {
            systolic: values.map(|(systolic, _)| systolic),
            diastolic: values.map(|(_, diastolic)| diastolic),
            dyslipidaemia: self.chose(PRESSURE_FACTORS, 1) || self.chose(HISTORY, 3),
            smoker: self.chose(PRESSURE_FACTORS, 2) || self.chose(SMOKING, 1),
            major_factor: self.chose(PRESSURE_FACTORS, 3),
        }
    }

    /// The red flags in words; empty when none was seen.
    pub fn red_flags(&self) -> String {
        let chosen = self.numbers(RED_FLAGS).into_iter().filter(|number| *number > 0);
        let words = chosen.filter_map(|number| RED_FLAG_WORDS.get(usize::from(number)).copied());
        joined(words.chain([self.text(RED_FLAGS_TEXT)]), "、")
    }

    /// What was typed and cannot be read, with the reason; nothing typed is ever dropped.
    pub fn faults(&self, today: Day) -> Vec<(&'static str, &'static str)> {
        let mut faults: Vec<(&'static str, &'static str)> = DAYS
            .into_iter()
            .filter(|field| !self.text(field).is_empty() && self.date(field).is_none() && self.is_asked(field))
            .map(|field| (field, "日付として読めません。"))
            .collect();
        if self.date(DAY).is_some_and(|day| day > today) {
            faults.push((DAY, "実施日がまだ来ていません。"));
        }
        if !self.text(BLOOD_PRESSURE).is_empty() && pressure(self.text(BLOOD_PRESSURE)).is_none() {
            faults.push((BLOOD_PRESSURE, "血圧として読めません。148/92 のように書いてください。"));
        }
        if self.is_asked(OVERTIME_LIMIT) && !self.text(OVERTIME_LIMIT).is_empty() && self.overtime_limit().is_none() {
            faults.push((OVERTIME_LIMIT, "月の時間数として読めません。40 のように書いてください。"));
        }
        faults.extend(self.stress_faults());
        faults
    }

    /// 時間外労働の制限 in hours a month.
    pub fn overtime_limit(&self) -> Option<u32> {
        self.text(OVERTIME_LIMIT).nfkc().collect::<String>().parse().ok()
    }

    fn is_asked(&self, field: &str) -> bool {
        step_of(self, field).is_some()
    }
}

/// The four ties of which any is desirable (ON-DOC); 0 is none.
pub const TIES: &[&str] =
    &["", "その事業場の産業医", "1年以上、日常の健康管理を担当", "1年以内に巡視", "1年以内に本人を指導"];

/// Red flags of section 4.10; 0 is none.
pub const RED_FLAG_WORDS: &[&str] = &[
    "なし",
    "胸痛・息切れ・神経症状",
    "血圧 III度",
    "自殺の念慮・計画",
    "抑うつの疑い",
    "著しい睡眠不足",
    "運転・高所などの事故の恐れ",
];

/// Reads `148/92`, full-width or with spaces; none for anything else or an implausible value.
pub fn pressure(text: &str) -> Option<(u32, u32)> {
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let (systolic, diastolic) = folded.split_once(['/', '-'])?;
    let read = |part: &str| part.parse::<u32>().ok().filter(|value| PLAUSIBLE.contains(value));
    let (systolic, diastolic) = (read(systolic)?, read(diastolic)?);
    (systolic > diastolic).then_some((systolic, diastolic))
}

/// The parts that are not empty, joined.
pub(super) fn joined<'a>(parts: impl Iterator<Item = &'a str>, between: &str) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}
