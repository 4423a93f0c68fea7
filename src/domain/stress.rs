//! The stress check (心理的な負担の程度を把握するための検査, 安衛法66条の10): rounds, who carries them, answers, results,
//! consents.
//!
//! Knows what is kept; must not know how a score is computed or who may see what.

use serde::{Deserialize, Serialize};

use super::{Day, Id, flag};
use crate::labelled;

labelled! {
    /// Which questionnaire was answered.
    Form { Full = "57項目", Short = "23項目" }
}

labelled! {
    /// How the answers are summed up for the choice of 高ストレス者.
    Method { Sums = "合計点数", Points = "素点換算表" }
}

/// The numbers that choose 高ストレス者: fixed by the employer before the check, after the implementer's opinion and the
/// committee's deliberation.
///
/// Sums: at or above. Points: at or below, for a low point is a heavy burden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criteria {
    /// `SC-5`, or the establishment's own word.
    pub id: String,
    /// The form they are for.
    pub form: Form,
    /// The method they are for.
    pub method: Method,
    /// ア: 心身の自覚症状 (B) alone.
    pub symptoms_alone: u16,
    /// イ: 要因 (A) and 支援 (C) together …
    pub causes_and_support: u16,
    /// … with at least this of B.
    pub symptoms_with: u16,
}

labelled! {
    /// What the owner of this desk is in a round (ストレスチェック指針; SC-30).
    OwnerRole { Neither = "どちらでもない", Implementer = "実施者", CoImplementer = "共同実施者" }
}

impl OwnerRole {
    /// Whether individual results may be seen without the worker's consent.
    pub const fn sees_everybody(self) -> bool {
        matches!(self, Self::Implementer | Self::CoImplementer)
    }
}

/// One round at an establishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressRound {
    /// Row.
    pub id: Id,
    /// `2026年度`
    pub name: String,
    /// 衛生委員会の調査審議
    pub committee_on: Option<Day>,
    /// 実施規程の版
    pub rules: String,
    /// Form, method and numbers, fixed before the round opens.
    pub criteria_json: Criteria,
    /// The implementer's opinion on the numbers was given on.
    pub criteria_opinion_on: Option<Day>,
    /// What the owner of this desk is in it.
    pub role: OwnerRole,
    /// Answers are taken from this day; from here the numbers stand.
    pub opened_on: Option<Day>,
    /// The answers were judged on, first; the numbers never change after that.
    pub judged_on: Option<Day>,
    /// Rises with every entry of answers or results, so that a change of the round is not taken back underneath them.
    pub entries: i64,
}

impl StressRound {
    /// No answer of the round is older: the first of the days on which it was deliberated, given an opinion on and opened.
    pub fn begun_on(&self) -> Option<Day> {
        [self.committee_on, self.criteria_opinion_on, self.opened_on].into_iter().flatten().min()
    }
}

labelled! {
    /// The part somebody plays in a round (則52条の10).
    StaffPart { Implementer = "実施者", CoImplementer = "共同実施者", Clerk = "実施事務従事者" }
}

labelled! {
    /// 資格 of an implementer (則52条の10第1項).
    Profession {
        Physician = "医師",
        PublicHealthNurse = "保健師",
        Nurse = "看護師",
        PsychiatricSocialWorker = "精神保健福祉士",
        Dentist = "歯科医師",
        CertifiedPsychologist = "公認心理師",
        Other = "その他",
    }
}

/// Somebody who carries a round, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressStaff {
    /// Row.
    pub id: Id,
    /// The round.
    pub round: Id,
    /// 実施者, 共同実施者, 実施事務従事者
    pub part: StaffPart,
    /// 氏名
    pub name: String,
    /// 資格
    pub profession: Profession,
    /// 厚生労働大臣の定める研修, where the profession needs it.
    #[serde(with = "flag")]
    pub is_trained: bool,
    /// Whether this person decides on 解雇・昇進・異動 (則52条の10第2項).
    #[serde(with = "flag")]
    pub has_personnel_power: bool,
}

/// The answers of a worker, as printed on the form and never turned round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressAnswers {
    /// Row.
    pub id: Id,
    /// The round.
    pub round: Id,
    /// Whose.
    pub worker: Id,
    /// Answered on.
    pub day: Day,
    /// 57 or 23 characters `1`–`4`, `-` for no answer.
    pub answers: String,
    /// 性別 as it was when answered: the conversion table knows men and women.
    pub sex: super::worker::Sex,
    /// 所属 as it was when answered: a group is who was there then.
    pub department: String,
}

labelled! {
    /// What the numbers say of a sheet; not yet what the implementer says of a person.
    Computed { Withheld = "判定できず", Below = "該当しない", High = "該当" }
}

labelled! {
    /// Whether the implementer finds the interview needed (則52条の15).
    Need { Open = "確認まだ", Needed = "要面接", NotNeeded = "否" }
}

/// The result of a worker in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressResult {
    /// Row.
    pub id: Id,
    /// The round.
    pub round: Id,
    /// Whose.
    pub worker: Id,
    /// What the numbers of the round say.
    pub computed: Computed,
    /// ア held.
    #[serde(with = "flag")]
    pub by_symptoms: bool,
    /// イ held.
    #[serde(with = "flag")]
    pub by_causes: bool,
    /// 要因, 自覚症状, 支援 by the method of the round; none where they are withheld.
    pub causes: Option<i64>,
    /// B.
    pub symptoms: Option<i64>,
    /// C.
    pub support: Option<i64>,
    /// The implementer's decision on the person.
    pub need: Need,
    /// Decided on.
    pub decided_on: Option<Day>,
    /// The implementer, by name.
    pub decided_by: String,
    /// Why; wanted where the interview is not needed although the numbers say so.
    pub reason: String,
    /// The worker was told on (則52条の12).
    pub notified_on: Option<Day>,
}

/// A result that was computed elsewhere, as its file told it: the mark of origin of a result, and what answers are
/// compared with. It is never changed by what comes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressReported {
    /// Row.
    pub id: Id,
    /// The round.
    pub round: Id,
    /// Whose.
    pub worker: Id,
    /// The check was taken on.
    pub day: Day,
    /// 高ストレス or not, as told; by whose numbers is not known here.
    pub computed: Computed,
    /// 要因, 自覚症状, 支援, where the file has them; by which method is not known here.
    pub causes: Option<i64>,
    /// B.
    pub symptoms: Option<i64>,
    /// C.
    pub support: Option<i64>,
    /// The result that was made of it; none where answers or a result were there already.
    pub result: Option<Id>,
}

labelled! {
    /// How a consent was given: nothing else counts (則52条の13).
    ConsentForm { Written = "書面", Electronic = "電磁的記録" }
}

/// What a worker said about handing the own result to the employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressConsent {
    /// Row.
    pub id: Id,
    /// The round.
    pub round: Id,
    /// Whose.
    pub worker: Id,
    /// The day of the result's notice that it followed; told by the employer where the owner is not the implementer.
    pub notified_on: Day,
    /// Said on.
    pub day: Day,
    /// How.
    pub form: ConsentForm,
    /// Refused; then nobody asks again.
    #[serde(with = "flag")]
    pub is_refused: bool,
    /// Taken back from this day on.
    pub withdrawn_on: Option<Day>,
}

impl StressConsent {
    /// Whether the employer may be told on `day`.
    pub fn holds_on(&self, day: Day) -> bool {
        !self.is_refused && self.day <= day && self.withdrawn_on.is_none_or(|end| day < end)
    }
}

/// 健康相談: a talk that the employer does not hear of; no interview of 66条の10 and never counted as one (SC-47).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressConsultation {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// Held on.
    pub day: Day,
    /// The physician's own note.
    pub note: String,
}

/// What an interview of 66条の10 holds beside the record that every interview has (則52条の17, 52条の18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressInterview {
    /// Row.
    pub id: Id,
    /// The interview it belongs to.
    pub interview: Id,
    /// Whose.
    pub worker: Id,
    /// The round whose result was at hand; none where the physician has no result of it.
    pub round: Option<Id>,
    /// 心理的な負担の状況; the physician's record, never on the employer's copy.
    pub burden: String,
    /// 医学的所見に関する特記事項; on the employer's copy only by an explicit release.
    pub findings: String,
}

/// A group report that left: who stands in which figure, so that no later one gives away the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressRelease {
    /// Row.
    pub id: Id,
    /// The round.
    pub round: Id,
    /// Given on.
    pub day: Day,
    /// Whom it was given to; it is not passed on without limit.
    pub recipients: String,
    /// The figures, as the analysis names them, with the ids of who is in them.
    pub figures_json: serde_json::Value,
}

labelled! {
    /// What was done with the analysis of the groups (ストレスチェック指針; seed 004 Ⅴ(2)): an effort, never a duty.
    Improvement { Advice = "助言", Hearing = "聴取", Action = "取組" }
}

labelled! {
    /// Who was heard about the workplace: always a circle of people, never one of them.
    Heard {
        Managers = "管理監督者",
        Staff = "職場の労働者",
        Both = "管理監督者と職場の労働者",
        Committee = "衛生委員会の委員",
        Personnel = "人事・総務",
    }
}

/// Advice of the implementer, a hearing, or an action after the analysis of the groups; it holds nobody's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressImprovement {
    /// Row.
    pub id: Id,
    /// The round whose groups it is about.
    pub round: Id,
    /// What it is.
    pub kind: Improvement,
    /// Advised, heard or agreed on.
    pub day: Day,
    /// The group; empty for the whole establishment. A small group is not named.
    pub group_name: String,
    /// What was advised, heard, agreed.
    pub content: String,
    /// Who was heard, of a hearing.
    pub heard: Option<Heard>,
    /// 助言した人, or 担当 of an action; it stays on the desk.
    pub who: String,
    /// 期限 of an action.
    pub due: Option<Day>,
    /// The action was done on.
    pub done_on: Option<Day>,
    /// The patrol's finding that it goes with.
    pub finding: Option<Id>,
}
