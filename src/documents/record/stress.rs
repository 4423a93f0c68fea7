//! Answers, result, consent and talk of the stress check. Whose they are is said once, by the paper itself.

use super::told::Told;
use crate::domain::stress::{
    StressAnswers, StressConsent, StressConsultation, StressInterview, StressReported, StressResult,
};

pub(super) fn answers(answers: &StressAnswers) -> Told {
    let StressAnswers { id, round, worker: _, day, answers, sex, department } = answers;
    Told::new("ストレスチェックの回答", id)
        .add("回", round)
        .add("回答日", day)
        .add("答え", answers)
        .add("回答時の性別", sex.label())
        .add("回答時の所属", department)
}

pub(super) fn result(result: &StressResult) -> Told {
    let StressResult { id, round, worker: _, computed, by_symptoms, by_causes, causes, symptoms, support, .. } = result;
    let StressResult { need, decided_on, decided_by, reason, notified_on, .. } = result;
    Told::new("ストレスチェックの結果", id)
        .add("回", round)
        .add("数値基準", computed.label())
        .answer("ア", *by_symptoms)
        .answer("イ", *by_causes)
        .may("A ストレスの要因", *causes)
        .may("B 心身の自覚症状", *symptoms)
        .may("C 周囲の支援", *support)
        .add("面接指導の要否", need.label())
        .may("確認した日", *decided_on)
        .add("確認した実施者", decided_by)
        .add("理由", reason)
        .may("本人への通知", *notified_on)
}

pub(super) fn consent(consent: &StressConsent) -> Told {
    let StressConsent { id, round, worker: _, notified_on, day, form, is_refused, withdrawn_on } = consent;
    Told::new("結果の提供の同意", id)
        .add("回", round)
        .add("通知の日", notified_on)
        .add("日", day)
        .add("方法", form.label())
        .answer("同意した", !is_refused)
        .may("取り下げた日", *withdrawn_on)
}

pub(super) fn consultation(consultation: &StressConsultation) -> Told {
    let StressConsultation { id, worker: _, day, note } = consultation;
    Told::new("健康相談", id).add("日", day).add("覚え", note)
}

pub(super) fn interview(held: &StressInterview) -> Told {
    let StressInterview { id, interview, worker: _, round, burden, findings } = held;
    Told::new("高ストレスの面接", id)
        .add("面接", interview)
        .may("回", round.as_ref())
        .add("心理的な負担の状況", burden)
        .add("医学的所見に関する特記事項", findings)
}

pub(super) fn reported(reported: &StressReported) -> Told {
    let StressReported { id, round, worker: _, day, computed, causes, symptoms, support, result } = reported;
    Told::new("ほかで計算したストレスチェックの結果", id)
        .add("回", round)
        .add("受けた日", day)
        .add("高ストレス", computed.label())
        .may("A ストレスの要因", *causes)
        .may("B 心身の自覚症状", *symptoms)
        .may("C 周囲の支援", *support)
        .may("これによる結果", result.as_ref())
}
