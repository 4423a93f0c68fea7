//! The worker, traits, checkups, stress checks, plans. Whose they are is said once, by the paper itself.

use super::told::{Told, between, clock};
use crate::domain::Seconds;
use crate::domain::establishment::Plan;
use crate::domain::hours::NightWork;
use crate::domain::worker::{Checkup, StressFlag, Worker, WorkerAttribute};

pub(super) fn worker(worker: &Worker) -> Told {
    let Worker {
        id,
        number,
        name,
        kana,
        sex,
        birth,
        department,
        position,
        joined_on,
        left_on,
        dispatch_from,
        dispatch_to,
        special_work,
        duties,
    } = worker;
    Told::new("本人", id)
        .add("氏名", name)
        .add("ふりがな", kana)
        .add("社員番号", number)
        .add("性別", sex.label())
        .may("生年月日", *birth)
        .add("所属", department)
        .add("役職", position)
        .may("入社", *joined_on)
        .may("退職", *left_on)
        .add("派遣元", dispatch_from)
        .add("派遣先", dispatch_to)
        .add("特定業務・有害業務", special_work)
        .add("業務内容", duties)
}

pub(super) fn night(night: &NightWork) -> Told {
    let NightWork { id, worker: _, first_day, last_day, count, seconds } = night;
    Told::new("深夜業", id)
        .add("期間", between(Some(*first_day), Some(*last_day)))
        .may("回数", *count)
        .may("時間", seconds.map(|seconds| clock(Seconds(seconds))))
}

pub(super) fn attribute(attribute: &WorkerAttribute) -> Told {
    let WorkerAttribute { id, worker: _, kind, valid_from, valid_until } = attribute;
    Told::new("区分", id).add("区分", kind.label()).add("期間", between(*valid_from, *valid_until))
}

pub(super) fn checkup(checkup: &Checkup) -> Told {
    let Checkup { id, worker: _, day, judgement, finding, summary, opinion_on, opinion } = checkup;
    Told::new("健診", id)
        .add("健診日", day)
        .add("判定", judgement)
        .add("所見", finding.label())
        .add("要点", summary)
        .may("意見を述べた日", *opinion_on)
        .may("意見", opinion.map(|fitness| fitness.label()))
}

pub(super) fn stress(flag: &StressFlag) -> Told {
    let StressFlag { id, worker: _, day, state, requested_on, is_consented } = flag;
    Told::new("ストレスチェック", id)
        .add("日", day)
        .add("状態", state.label())
        .may("申出日", *requested_on)
        .add("会社へ伝える同意", if *is_consented { "はい" } else { "記録なし" })
}

pub(super) fn plan(plan: &Plan) -> Told {
    let Plan { id, item, scheduled_for, snoozed_until, reason, done_on } = plan;
    Told::new("予定・後で", id)
        .add("期限", item)
        .may("予定の日", *scheduled_for)
        .may("後で見る日", *snoozed_until)
        .add("理由", reason)
        .may("済", *done_on)
}
