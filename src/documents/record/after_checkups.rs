//! What follows checkups in the record of one worker: inquiries, consent, guidance, other examinations, postings.

use super::told::{Told, between};
use crate::domain::checkup::{
    ExamDuty, HealthGuidance, OpinionInquiry, Posting, ResultNotice, RiskNotice, SecondaryConsent, SecondaryExam,
    SpecialExam, SpecialItem,
};

pub(super) fn inquiry(inquiry: &OpinionInquiry) -> Told {
    let OpinionInquiry { id, document, worker: _, asked_on, asked_by, question, answered_on, answer } = inquiry;
    Told::new("意見への照会と回答", id)
        .add("文書", document)
        .add("照会の日", asked_on)
        .add("照会した人", asked_by)
        .add("照会", question)
        .may("回答の日", *answered_on)
        .add("回答", answer)
}

pub(super) fn consent(consent: &SecondaryConsent) -> Told {
    let SecondaryConsent { id, worker: _, primary_checkup, consented_on, way, withdrawn_on } = consent;
    Told::new("二次健診の結果を残す同意", id)
        .add("一次健診", primary_checkup)
        .add("同意の日", consented_on)
        .add("方法", way)
        .may("取り下げた日", *withdrawn_on)
}

pub(super) fn secondary(exam: &SecondaryExam) -> Told {
    let SecondaryExam { id, checkup, worker: _, primary_checkup, consent, submitted_on } = exam;
    Told::new("二次健診", id)
        .add("健診", checkup)
        .add("一次健診", primary_checkup)
        .add("同意", consent)
        .add("結果を受けた日", submitted_on)
}

pub(super) fn guidance(guidance: &HealthGuidance) -> Told {
    let HealthGuidance { id, checkup, worker: _, given_on, given_by, content, specific, specific_content } = guidance;
    Told::new("保健指導", id)
        .add("健診", checkup)
        .add("行った日", given_on)
        .add("行った人", given_by)
        .add("内容", content)
        .add("特定保健指導", specific.label())
        .add("その内容", specific_content)
}

pub(super) fn risk(notice: &RiskNotice) -> Told {
    let RiskNotice { id, checkup, worker: _, told_on, way } = notice;
    Told::new("申出のお願い", id).add("健診", checkup).add("伝えた日", told_on).add("方法", way)
}

/// A word about everybody examined is the establishment's.
pub(super) fn result_notice(notice: &ResultNotice) -> Option<Told> {
    let ResultNotice { id, worker, examined_from, examined_until, told_on, way } = notice;
    worker.as_ref()?;
    let told = Told::new("健診の結果の通知", id).add("健診の始め", examined_from).add("健診の終り", examined_until);
    Some(told.add("知らせた日", told_on).add("方法", way))
}

pub(super) fn duty(duty: &ExamDuty) -> Told {
    let ExamDuty { id, worker: _, exam, work, items, is_long_kept, is_relaxed, dust_class, valid_from, valid_until } =
        duty;
    Told::new("健診の対象", id)
        .add("健診", exam.label())
        .add("業務・物", work)
        .add("項目", items)
        .answer("長期の保存", *is_long_kept)
        .answer("間隔の緩和", *is_relaxed)
        .add("管理区分", dust_class.label())
        .add("期間", between(Some(*valid_from), *valid_until))
}

pub(super) fn special(exam: &SpecialExam) -> Told {
    let SpecialExam {
        id,
        worker: _,
        exam,
        day,
        clinic,
        finding,
        is_instructed,
        items_json,
        dose_microsieverts,
        submitted_on,
        is_long_kept,
        opinion_on,
        opinion,
    } = exam;
    let told = Told::new("特殊健診", id)
        .add("健診", exam.label())
        .add("健診日", day)
        .add("健診機関", clinic)
        .add("所見", finding.label())
        .answer("医師の指示", *is_instructed)
        .may("前回からの線量（μSv）", *dose_microsieverts)
        .may("結果を受けた日", *submitted_on)
        .answer("長期の保存", *is_long_kept)
        .may("意見の日", *opinion_on)
        .may("就業区分", opinion.map(|opinion| opinion.label()));
    items_json.iter().fold(told, |told, SpecialItem { name, state }| told.add(name, state.label()))
}

pub(super) fn posting(posting: &Posting) -> Told {
    let Posting { id, worker: _, place, leaves_on, returns_on, is_home_temporary } = posting;
    Told::new("海外派遣", id)
        .add("行き先", place)
        .add("期間", between(Some(*leaves_on), *returns_on))
        .answer("帰国後の業務は一時的", *is_home_temporary)
}
