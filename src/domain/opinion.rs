//! Documents that were issued: immutable, superseded by a new version.

use serde::{Deserialize, Serialize};

use super::{Day, Id};
use crate::labelled;

labelled! {
    /// Who a copy is for.
    Recipient {
        Personnel = "人事",
        LineManager = "職場",
        Worker = "本人",
        DispatchingEmployer = "派遣元",
        Employer = "事業者",
        Physician = "自分",
    }
}

impl Recipient {
    /// Everybody who can get a copy of an opinion.
    pub const OF_OPINIONS: [Self; 4] = [Self::Personnel, Self::LineManager, Self::Worker, Self::DispatchingEmployer];

    /// Who gets a copy of an opinion, in the order of the screen.
    ///
    /// For a dispatched worker the 派遣元 takes the place of the personnel department: the interview is its duty
    /// alone (労働者派遣法45条 leaves 安衛法66条の8 with it), and the 派遣先 learns no more than the measures.
    pub const fn for_opinion(is_dispatched: bool) -> [Self; 3] {
        let employer = if is_dispatched { Self::DispatchingEmployer } else { Self::Personnel };
        [employer, Self::LineManager, Self::Worker]
    }
}

labelled! {
    /// Which form.
    FormKind {
        InterviewOpinion = "面接指導結果報告書及び就業上の措置に係る意見書",
        InterviewOpinion2011 = "面接指導結果報告書及び事後措置に係る意見書（様式例2-3）",
        StressOpinion = "面接指導結果報告書及び就業上の措置に係る意見書（高ストレス者）",
        PatrolSheet = "職場巡視票",
        PatrolReport = "職場巡視報告書",
        StressNotice = "ストレスチェックの結果",
        StressGroups = "集団ごとの集計・分析の結果",
        StressReport = "ストレスチェックの報告（転記用）",
        StressCommittee = "ストレスチェック後の改善と措置（衛生委員会）",
        VisitBrief = "訪問の要点",
        WorkerRecord = "一人分の記録",
        CheckupOpinions = "健康診断個人票の「医師の意見」一覧",
        CheckupList = "健康診断の受診と就業上の措置の一覧",
        CheckupCard = "健康診断個人票",
        CheckupReferral = "受診のおすすめ",
        CheckupReport = "定期健康診断結果報告の転記票",
        CheckupCommittee = "健康診断の集計（衛生委員会）",
        OrganicReport = "有機溶剤等健康診断結果報告の転記票",
        RadiationReport = "電離放射線健康診断結果報告の転記票",
        DentalReport = "歯科健康診断結果報告の転記票",
        RiskLetter = "面接指導の申出のお願い",
        RiskList = "申出を勧める人の一覧",
        OpinionAnswer = "意見への照会に対する回答",
    }
}

impl FormKind {
    /// Whether it names many people at once.
    pub const fn is_list_of_people(self) -> bool {
        matches!(self, Self::CheckupOpinions | Self::CheckupList | Self::RiskList)
    }

    /// Whether it rests on opinions and values of checkups.
    pub const fn is_about_checkups(self) -> bool {
        self.is_list_of_people()
            || self.is_special_report()
            || matches!(self, Self::CheckupCard | Self::CheckupReferral | Self::CheckupReport | Self::CheckupCommittee)
            || matches!(self, Self::RiskLetter)
    }

    /// Whether it holds the figures of special or dental examinations.
    pub const fn is_special_report(self) -> bool {
        matches!(self, Self::OrganicReport | Self::RadiationReport | Self::DentalReport)
    }

    /// Whether it is the physician's own paper: nobody receives it, so it is neither signed nor kept as issued.
    pub const fn is_own_paper(self) -> bool {
        matches!(
            self,
            Self::PatrolSheet
                | Self::VisitBrief
                | Self::WorkerRecord
                | Self::CheckupCard
                | Self::RiskList
                | Self::StressReport
        )
    }
}

labelled! {
    /// A field that stays by default and leaves only because the physician said so, with the worker's consent.
    ///
    /// 診断区分 is a field of the form of 2011 (様式例2-3) only, 医学的所見 of the one after the stress check (SC-66); the
    /// other two are of the list of opinions on checkups.
    Release {
        Diagnosis = "診断区分",
        CheckupCondition = "健診の意見の条件",
        CheckupWords = "健診の意見に添える文",
        Findings = "医学的所見",
    }
}

/// An issued document with all it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// `E01-2026-0001`
    pub id: Id,
    /// Which form.
    pub form: FormKind,
    /// The case, for an opinion.
    pub case_id: Option<Id>,
    /// The worker, for an opinion.
    pub worker: Option<Id>,
    /// 1 and up.
    pub version: u32,
    /// The version this one supersedes.
    pub supersedes: Option<Id>,
    /// Issued on.
    pub day: Day,
    /// Facts, rule outcomes, law version and template, frozen.
    pub snapshot_json: serde_json::Value,
    /// The copies: who, SHA-256 of text and of PDF.
    pub copies_json: Vec<IssuedCopy>,
}

/// One signed copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedCopy {
    /// For whom.
    pub recipient: Recipient,
    /// SHA-256 of the text that the physician confirmed.
    pub text_sha256: String,
    /// SHA-256 of the signed PDF.
    pub pdf_sha256: String,
    /// File name inside the establishment's folder; ids only.
    pub file: String,
}

/// The bytes of one signed copy; read only when it is written out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCopy {
    /// Row.
    pub id: Id,
    /// The document.
    pub document: Id,
    /// For whom.
    pub recipient: Recipient,
    /// The signed PDF, base64 so that the journal can carry it.
    pub pdf: String,
}
