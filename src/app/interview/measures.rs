//! Measures by class of the law (安衛法66条の8第5項, 66条の8の2, 66条の8の4): which there are, and the rows they become.

use super::InterviewForm;
use super::field::*;
use crate::app::Site;
use crate::app::months::Context;
use crate::domain::case::{Measure, MeasureKind};
use crate::domain::worker::AttributeKind;
use crate::domain::{Day, Id};

/// The class that decides the words of the measures (JD-MEAS-LAW).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WorkClass {
    /// 安衛法66条の8
    #[default]
    General,
    /// 新技術等の研究開発業務 (安衛法66条の8の2); persons of 41条 stay general.
    Research,
    /// 高度プロフェッショナル (安衛法66条の8の4)
    HighlyProfessional,
}

impl WorkClass {
    /// The class of a worker on a day.
    pub fn of(site: &Site, worker: &Id, day: Day) -> Self {
        let context = Context::new(site);
        let has = |kind| context.has(worker, kind, day);
        if has(AttributeKind::HighlyProfessional) {
            Self::HighlyProfessional
        } else if has(AttributeKind::Research) && !has(AttributeKind::Article41) {
            Self::Research
        } else {
            Self::General
        }
    }
}

/// A measure that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureOption {
    /// The field it is an option of.
    pub group: &'static str,
    /// The number that is typed; for hours the one of the official form.
    pub number: u8,
    /// What it is.
    pub kind: MeasureKind,
    /// The word beside the number.
    pub label: &'static str,
    /// The field that asks how much, or what.
    pub detail: Option<&'static str>,
}

const fn hours(number: u8, kind: MeasureKind, label: &'static str, detail: Option<&'static str>) -> MeasureOption {
    MeasureOption { group: HOURS_MEASURES, number, kind, label, detail }
}

const fn other(number: u8, kind: MeasureKind, label: &'static str, detail: &'static str) -> MeasureOption {
    MeasureOption { group: OTHER_MEASURES, number, kind, label, detail: Some(detail) }
}

/// 労働時間の短縮, as the form numbers it; 0 (特に指示なし) is no measure.
const HOURS: &[MeasureOption] = &[
    hours(1, MeasureKind::OvertimeLimit, "時間外の制限", Some(OVERTIME_LIMIT)),
    hours(2, MeasureKind::OvertimeBan, "時間外の禁止", None),
    hours(3, MeasureKind::WorkingHours, "就業時間を制限", Some(WORKING_HOURS)),
    hours(4, MeasureKind::Exempt, "変形・裁量から除外", None),
    hours(5, MeasureKind::NoWork, "就業の禁止（休暇・休養）", None),
    hours(6, MeasureKind::OtherHours, "その他", Some(OTHER_HOURS)),
];

/// 労働時間以外の項目; the form has letters, so that the numbers are the place of the letter.
const GENERAL: &[MeasureOption] = &[
    other(1, MeasureKind::Place, "就業場所の変更", PLACE_TEXT),
    other(2, MeasureKind::Work, "作業の転換", WORK_TEXT),
    other(3, MeasureKind::NightWork, "深夜業の回数の減少", NIGHT_TEXT),
    other(4, MeasureKind::DayWork, "昼間勤務への転換", DAY_TEXT),
    other(5, MeasureKind::Other, "その他", OTHER_TEXT),
];

const RESEARCH: &[MeasureOption] = &[
    other(1, MeasureKind::Place, "就業場所の変更", PLACE_TEXT),
    other(2, MeasureKind::Duties, "職務内容の変更", WORK_TEXT),
    other(3, MeasureKind::NightWork, "深夜業の回数の減少", NIGHT_TEXT),
    other(4, MeasureKind::DayWork, "昼間勤務への転換", DAY_TEXT),
    other(5, MeasureKind::Other, "その他", OTHER_TEXT),
    other(6, MeasureKind::PaidLeave, "有給休暇の付与", LEAVE_TEXT),
];

/// 高プロ: the law names a change of duties, paid leave, and consideration for shorter 健康管理時間.
const PROFESSIONAL_HOURS: &[MeasureOption] = &[
    hours(5, MeasureKind::NoWork, "就業の禁止（休暇・休養）", None),
    hours(6, MeasureKind::OtherHours, "短縮への配慮", Some(OTHER_HOURS)),
];

const PROFESSIONAL: &[MeasureOption] = &[
    other(2, MeasureKind::Duties, "職務内容の変更", WORK_TEXT),
    other(5, MeasureKind::Other, "その他", OTHER_TEXT),
    other(6, MeasureKind::PaidLeave, "有給休暇の付与", LEAVE_TEXT),
];

/// The measures of a field for a class.
pub fn options(class: WorkClass, field: &str) -> &'static [MeasureOption] {
    match (field, class) {
        (HOURS_MEASURES, WorkClass::HighlyProfessional) => PROFESSIONAL_HOURS,
        (HOURS_MEASURES, _) => HOURS,
        (OTHER_MEASURES, WorkClass::HighlyProfessional) => PROFESSIONAL,
        (OTHER_MEASURES, WorkClass::Research) => RESEARCH,
        (OTHER_MEASURES, WorkClass::General) => GENERAL,
        _ => &[],
    }
}

/// The measures that are chosen, hours first.
pub fn chosen(form: &InterviewForm) -> Vec<MeasureOption> {
    let of = |field| {
        let numbers = form.numbers(field);
        options(form.class(), field).iter().copied().filter(move |option| numbers.contains(&option.number))
    };
    of(HOURS_MEASURES).chain(of(OTHER_MEASURES)).collect()
}

/// The chosen measures as rows of `case`, with these ids.
pub(super) fn rows(form: &InterviewForm, case: &Id, ids: impl Iterator<Item = Id>) -> Vec<Measure> {
    chosen(form).into_iter().zip(ids).map(|(option, id)| row(form, case, id, option)).collect()
}

fn row(form: &InterviewForm, case: &Id, id: Id, option: MeasureOption) -> Measure {
    let limit = form.overtime_limit().filter(|_| option.kind == MeasureKind::OvertimeLimit);
    let detail = option.detail.map_or("", |field| form.text(field)).to_owned();
    let detail = limit.map_or(detail, |hours| hours.to_string());
    let (amount, content) = if is_amount(option.kind) { (detail, String::new()) } else { (String::new(), detail) };
    let heard = form.text(WORKER_VIEW).to_owned();
    Measure {
        amount,
        content,
        from: form.date(FROM),
        until: form.date(UNTIL),
        review_on: form.date(REVIEW_ON),
        heard_on: form.date(DAY).filter(|_| !heard.is_empty()),
        heard,
        present: form.text(PRESENT).to_owned(),
        ..Measure::new(id, case.clone(), form.worker().clone(), option.kind)
    }
}

/// Hours a month, times a month and clock times are amounts; everything else is told in words.
const fn is_amount(kind: MeasureKind) -> bool {
    matches!(kind, MeasureKind::OvertimeLimit | MeasureKind::WorkingHours | MeasureKind::NightWork)
}
