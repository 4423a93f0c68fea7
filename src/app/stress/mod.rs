//! The stress check at an establishment (安衛法66条の10): rounds, answers, judgement, the person by person confirmation,
//! notice, consent, request, groups.
//!
//! Knows the records of one establishment; performs nothing. A score is the table's, the need for an interview is the
//! implementer's, and whoever is neither implementer nor co-implementer gets nothing without the worker's consent.

pub mod answers;
pub mod beside;
pub mod consent;
pub mod gate;
pub mod given;
pub mod groups;
pub mod improvement;
pub mod judging;
pub mod measures;
pub mod report;
pub mod reported;
pub mod requests;
pub mod rounds;

use serde_json::Value;

use super::Site;
use crate::domain::stress::{StressAnswers, StressConsent, StressReported, StressResult, StressRound};
use crate::domain::{Day, Id};
use crate::law::Law;
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules;
use crate::scales::stress::{SheetFault, TableFault};

/// Why something of the stress check is not recorded. Holds no name and no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StressFault {
    /// There is no such round.
    #[error("その回がありません。ストレスチェックの画面で回を選び直してください。")]
    NoRound,
    /// There is no round at all.
    #[error(
        "ストレスチェックの回がまだありません。画面で Ctrl-P から「ストレスチェック」を開き、n で回を作り、d で開いてから、もう一度取り込んでください。コマンドでは回を作れません。"
    )]
    NoneYet,
    /// The worker is not on the roster.
    #[error("この労働者は名簿にありません。名簿を開き直してください。")]
    NoWorker,
    /// A day that has not come.
    #[error("今日より後の日です。日付を確かめてください。")]
    Future,
    /// No name.
    #[error("名前がありません。書いてから、もう一度保存してください。")]
    NoName,
    /// Something that must be fixed before the round opens is open.
    #[error("回を開く前に決めることが残っています（{0}）。書いてから、もう一度開いてください。")]
    NotReady(String),
    /// What was fixed before the round opened would change.
    #[error("開いた回の基準・方法・様式は変えられません。新しい数で判定するときは、新しい回を作ってください。")]
    Fixed,
    /// A judged result would change.
    #[error("判定した結果は、新しい数や答えで判定し直せません。判定できなかった人だけ、答えを補えます。")]
    Judged,
    /// The round takes no answers yet.
    #[error("この回はまだ開いていません。委員会の調査審議、規程、基準、実施者を書いて、回を開いてください。")]
    NotOpen,
    /// The owner may not hold this without the worker's consent (SC-30).
    #[error(
        "この回では実施者でも共同実施者でもないので、本人の同意のない結果は受け取れません。同意のある人の分だけを受け取ってください。"
    )]
    NotImplementer,
    /// Not entered by the use case that counts entries.
    #[error("この入れ方はできません。ストレスチェックの取込から入れてください。")]
    Uncounted,
    /// The form of the answers is not the one of the round.
    #[error("回の調査票の項目数と合いません。ファイルか回を確かめてください。")]
    OtherForm,
    /// The same person twice.
    #[error("同じ人の答えが二つあります。一つにしてから、もう一度取り込んでください。")]
    Twice,
    /// Answers that cannot be read.
    #[error(transparent)]
    Sheet(#[from] SheetFault),
    /// The tables.
    #[error(transparent)]
    Table(#[from] TableFault),
    /// No qualified implementer.
    #[error("実施者の資格が確かめられません（{0}）。実施者の欄を確かめてください。")]
    NotQualified(String),
    /// Only the implementer decides.
    #[error("面接指導が要るかを確認できるのは実施者だけです。実施者の確認の日を受け取って記録してください。")]
    NotDeciding,
    /// There is no result to decide about.
    #[error("この人の結果がまだありません。判定してから、もう一度行ってください。")]
    NoResult,
    /// Nothing was judged, so nothing is decided.
    #[error("判定できなかった人です。答えを補って判定してから、確認してください。")]
    Withheld,
    /// Not above the criteria: only a person above them can need the interview of 66条の10.
    #[error("数値基準に該当しない人です。面接指導の対象にできるのは該当した人だけです。")]
    NotHigh,
    /// 否 without a reason.
    #[error("面接指導が要らないと認めた理由を書いてください。")]
    NoReason,
    /// Not decided yet.
    #[error("実施者の確認が済んでいません。確認してから、もう一度行ってください。")]
    NotDecided,
    /// The result was not told to the worker yet.
    #[error("結果を本人に通知した後でなければ受けられません。通知の日を確かめてください。")]
    NotNotified,
    /// The notice has gone out; what it says stands.
    #[error("結果はもう本人に通知されています。通知を取り消してから直してください。")]
    Notified,
    /// Consent is one person's act.
    #[error("同意は一人ずつ記録します。まとめて記録することはできません。")]
    Bulk,
    /// The law's rule on consent says no.
    #[error("この同意は使えません。{0}")]
    ConsentNotAllowed(String),
    /// Nothing to take back.
    #[error("取り下げる同意がありません。履歴で確かめてください。")]
    NothingToWithdraw,
    /// A request by somebody who was not found to need the interview.
    #[error("面接指導の対象と確認された人ではありません。話を聴くときは健康相談として記録してください。")]
    NotNeeded,
    /// A request is on record already.
    #[error("この回の申出はもう記録されています。履歴で確かめてください。")]
    Requested,
    /// No group may be given.
    #[error("出せる集団がありません。少人数の集団の結果は、全員の同意があっても出しません。")]
    NothingToRelease,
    /// No words.
    #[error("内容がありません。書いてから、もう一度保存してください。")]
    NoContent,
    /// A hearing of nobody.
    #[error("聴いた相手を選んでください。人の名前ではなく、立場で残します。")]
    NoHeard,
    /// An action that is nobody's.
    #[error("担当がありません。部署か職名を書いてください。")]
    NoOwner,
    /// An action without a day.
    #[error("期限がありません。決まっていないときは、次に確かめる日を書いてください。")]
    NoDue,
    /// Done before it was agreed, or on a day that has not come.
    #[error("済んだ日は、決めた日から今日までの日です。日付を確かめてください。")]
    DoneWhen,
    /// The finding is not there.
    #[error("その指摘がありません。巡視の指摘を選び直してください。")]
    NoFinding,
    /// The record is not there.
    #[error("その記録がありません。一覧を開き直してください。")]
    NoImprovement,
    /// Nothing to be done.
    #[error("まだ済んでいない取組ではありません。取組の行を選んでください。")]
    NoAction,
    /// A group that may not be named.
    #[error("{0}人に満たない集団は名指しできません。対象を選び直してください。")]
    SmallGroup(usize),
    /// A worker by name.
    #[error("名簿にある人の名前が入っています。人ではなく、職場や立場の言葉で書いてください。")]
    NamesPerson,
}

/// The round of this id.
pub fn round<'site>(site: &'site Site, id: &Id) -> Result<&'site StressRound, StressFault> {
    site.stress_rounds.iter().find(|round| &round.id == id).ok_or(StressFault::NoRound)
}

/// The newest opened round, or the newest at all.
pub fn current(site: &Site) -> Option<&StressRound> {
    site.stress_rounds.iter().max_by(|a, b| (a.opened_on, &a.id).cmp(&(b.opened_on, &b.id)))
}

/// As [`current`].
///
/// # Errors
/// [`StressFault::NoneYet`].
pub fn newest(site: &Site) -> Result<&StressRound, StressFault> {
    current(site).ok_or(StressFault::NoneYet)
}

/// The result of a worker in a round.
pub fn result<'site>(site: &'site Site, round: &Id, worker: &Id) -> Option<&'site StressResult> {
    site.stress_results.iter().find(|row| &row.round == round && &row.worker == worker)
}

/// The answers of a worker in a round.
pub fn sheet<'site>(site: &'site Site, round: &Id, worker: &Id) -> Option<&'site StressAnswers> {
    site.stress_answers.iter().find(|row| &row.round == round && &row.worker == worker)
}

/// What was computed elsewhere about a worker in a round.
pub fn reported_of<'site>(site: &'site Site, round: &Id, worker: &Id) -> Option<&'site StressReported> {
    site.stress_reported.iter().find(|row| &row.round == round && &row.worker == worker)
}

/// The day on which a worker took the check, by the answers or by what was told.
pub fn taken_on(site: &Site, round: &Id, worker: &Id) -> Option<Day> {
    let answered = sheet(site, round, worker).map(|row| row.day);
    answered.or_else(|| reported_of(site, round, worker).map(|row| row.day))
}

/// What a worker said last about handing the result of a round on.
pub fn consent_of<'site>(site: &'site Site, round: &Id, worker: &Id) -> Option<&'site StressConsent> {
    let of = site.stress_consents.iter().filter(|row| &row.round == round && &row.worker == worker);
    of.max_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)))
}

/// Asks a rule of the law about facts named as it declares them.
///
/// None only if the rule or a name were misspelt, which the tests would show.
pub(crate) fn ask(law: &Law, rule: &str, day: Day, facts: &Value) -> Option<Outcome> {
    law.assess(rules::find(rule)?, day, facts).ok()
}

fn is_allowed(outcome: Option<&Outcome>) -> bool {
    outcome.is_some_and(|outcome| outcome.outcome == Conclusion::Allowed)
}

/// The last sentence of the reasons: what the rule says about these very facts.
fn said(outcome: Option<Outcome>) -> String {
    outcome.and_then(|mut outcome| outcome.reasons.pop()).map(|reason| reason.text).unwrap_or_default()
}

fn not_ahead(day: Day, today: Day) -> Result<(), StressFault> {
    if day > today { Err(StressFault::Future) } else { Ok(()) }
}

#[cfg(test)]
pub mod fixture;
#[cfg(test)]
mod reported_tests;
#[cfg(test)]
mod tests;
