//! A case and what hangs on it.

use super::told::{Told, between, clock};
use crate::domain::Seconds;
use crate::domain::case::{
    Attachment, Case, Certificate, Exclusion, ExclusionBasis, InterviewInformation, Measure, Notice, Request,
};

pub(super) fn case(case: &Case) -> Told {
    let Case { id, worker: _, ground, state, opened_on, next_on, closed_on, note } = case;
    Told::new("案件", id)
        .add("理由", ground.label())
        .add("状態", state.label())
        .add("始めた日", opened_on)
        .may("次の日", *next_on)
        .may("終えた日", *closed_on)
        .add("自分だけのメモ", note)
}

pub(super) fn request(request: &Request) -> Told {
    let Request { id, case_id, worker: _, day, by, period_end, place, wishes, doctor, own_seconds, withdrawn_on } =
        request;
    Told::new("申出", id)
        .add("案件", case_id)
        .add("申出日", day)
        .add("方法", by.label())
        .may("対象の期間の末日", *period_end)
        .add("希望する日時・場所", place)
        .add("配慮を求める事項", wishes)
        .add("希望する医師", doctor)
        .may("本人の言う時間", own_seconds.map(|seconds| clock(Seconds(seconds))))
        .may("取下げ", *withdrawn_on)
}

pub(super) fn notice(notice: &Notice) -> Told {
    let Notice { id, kind, worker: _, period_end, day, content } = notice;
    Told::new("通知", id)
        .add("種類", kind.label())
        .add("対象の期間の末日", period_end)
        .add("通知した日", day)
        .add("内容", content)
}

pub(super) fn exclusion(exclusion: &Exclusion) -> Told {
    let Exclusion { id, worker: _, period, day, interviewed_on, grounds, keeps_healthy } = exclusion;
    Told::new("面接不要の判断", id)
        .add("期間", between(Some(period.start), Some(period.end)))
        .add("判断した日", day)
        .may("もとにした面接の日", *interviewed_on)
        .add("根拠", grounds)
        .add("健康を保つもの", keeps_healthy)
}

pub(super) fn basis(basis: &ExclusionBasis) -> Told {
    let ExclusionBasis { id, exclusion, worker: _, kind, day, doctor, records } = basis;
    Told::new("面接不要の拠り所", id)
        .add("判断", exclusion)
        .add("拠り所", kind.label())
        .may("その日", *day)
        .add("医師", doctor)
        .add("渡した記録", records)
}

pub(super) fn certificate(certificate: &Certificate) -> Told {
    let Certificate {
        id,
        case_id,
        worker: _,
        period_end,
        interviewed_on,
        received_on,
        doctor,
        fatigue,
        condition,
        care,
        opinion_on,
        opinion,
    } = certificate;
    Told::new("本人の選んだ医師の面接の証明書", id)
        .add("案件", case_id)
        .may("対象の期間の末日", *period_end)
        .add("実施年月日", interviewed_on)
        .add("受け取った日", received_on)
        .add("医師", doctor)
        .add("疲労の蓄積の状況", fatigue)
        .add("その他の心身の状況", condition)
        .add("指導・治療の要否", care)
        .may("意見を述べた日", *opinion_on)
        .add("意見", opinion)
}

pub(super) fn information(information: &InterviewInformation) -> Told {
    let InterviewInformation { id, worker: _, item, period_end, asked_on, received_on } = information;
    Told::new("面接の情報", id)
        .add("何を", item.label())
        .add("対象の期間の末日", period_end)
        .may("求めた日", *asked_on)
        .may("受け取った日", *received_on)
}

pub(super) fn measure(measure: &Measure) -> Told {
    let Measure {
        id,
        case_id,
        worker: _,
        kind,
        amount,
        content,
        from,
        until,
        review_on,
        heard_on,
        heard,
        present,
        taken,
        answered_on,
        answer,
        lifted_on,
    } = measure;
    Told::new("措置", id)
        .add("案件", case_id)
        .add("措置", kind.label())
        .add("程度", amount)
        .add("内容", content)
        .add("期間", between(*from, *until))
        .may("見直し", *review_on)
        .may("本人に聴いた日", *heard_on)
        .add("聴いたこと", heard)
        .add("同席者", present)
        .add("会社の回答", taken.label())
        .may("回答の日", *answered_on)
        .add("回答の内容", answer)
        .may("解除", *lifted_on)
}

/// The bytes are kept apart: they may be a picture, and are opened as what they are.
pub(super) fn attachment(attachment: &Attachment) -> Told {
    let Attachment { id, record, title, media_type, sha256, content, day } = attachment;
    Told::new("添付", id)
        .add("付いている記録", record)
        .add("名前", title)
        .add("種類", media_type)
        .add("受け取った日", day)
        .add("大きさ", format!("{} バイト", super::issued::bytes(content)))
        .add("SHA-256", sha256)
}
