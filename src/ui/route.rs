//! The name of a place: enough to come back to the very field after a lock.

use crate::app::host::{DocumentPreview, DocumentRequest};
use crate::domain::hours::BatchKind;
use crate::domain::stress::Improvement;
use crate::domain::{Day, EstablishmentId, Id};

/// A place in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// 解錠
    Unlock,
    /// 回復コード, before the locked door.
    Recovery,
    /// 今日
    Today,
    /// 事業場
    Site(EstablishmentId),
    /// 名簿
    Roster(EstablishmentId),
    /// 労働者
    Worker(Id),
    /// なぜ
    Why(Box<Why>),
    /// 面接 of a worker, with the step and the field.
    Interview(Id, usize, usize),
    /// 意見書 of an interview.
    Opinion(Id),
    /// A document other than an opinion, as it would be written.
    Paper(Box<DocumentRequest>),
    /// 確認 before something leaves.
    Confirm(Box<DocumentPreview>),
    /// 巡視 of this month, at a place.
    Patrol(EstablishmentId, usize),
    /// 指摘, new at a patrol's place and category, or an old one.
    Finding(Box<FindingPlace>),
    /// 巡視 of the year, over all establishments.
    PatrolYear,
    /// 健診の判定 of an establishment, at an examination, by a reference table.
    Reel(EstablishmentId, Option<Id>, &'static str),
    /// 一括の確認 of the checkups of an establishment, by the same table.
    ReelBatch(EstablishmentId, &'static str),
    /// 就業制限 (or 要休業) after a checkup.
    ReelMeasure(Id, bool),
    /// 推移 of a worker's checkups over the years, by a reference table.
    Trends(Id, &'static str),
    /// 値の元 of a worker: which rows of which files brought what is kept.
    Origins(Id),
    /// 健診のそろい: who of an establishment still lacks what.
    CheckupBoard(EstablishmentId),
    /// 健診の書面 of an establishment, and of a worker.
    CheckupPapers(EstablishmentId, Option<Id>),
    /// 取込
    Import(EstablishmentId),
    /// 取込 of one kind, from the place that wants it.
    ImportOf(EstablishmentId, BatchKind),
    /// The file of an import that lies in clear, by its number: sealed now or later.
    SealSource(EstablishmentId, i64),
    /// 名簿の書出し: the confirmation before a list leaves in clear.
    Export(EstablishmentId),
    /// 取込の消去 of the batch that an operation brought in.
    Erase(EstablishmentId, i64),
    /// 履歴
    History(EstablishmentId),
    /// An item of the worklist, by site and key, that is put off or said to be done.
    Aside(EstablishmentId, String, Aside),
    /// 金庫・設定
    Vault,
    /// 平文のファイル, of an establishment or of all.
    ClearFiles(Option<EstablishmentId>),
    /// 申出 of a worker.
    Request(Id),
    /// 勧奨 of a worker: urged to apply.
    Urging(Id),
    /// 面接不要 of a worker: the decision that no interview is needed.
    Exclusion(Id),
    /// 証明書 of another doctor about a worker, new or recorded.
    Certificate(Id, Option<Id>),
    /// 面接の情報 of a worker: asked for and received.
    Information(Id),
    /// 添付 of a record.
    Attachments(Id),
    /// A worker, new or old.
    WorkerForm(EstablishmentId, Option<Id>),
    /// An establishment, new or old.
    SiteForm(Option<EstablishmentId>),
    /// 法令, at a rule if one is named.
    Law(Option<String>),
    /// 措置の回答 of the employer to the measures of a case.
    MeasureAnswer(Id),
    /// Hours, checkup, stress and request of a worker, typed.
    HandEntry(Id),
    /// The values of a worker's checkup, typed.
    CheckupForm(Id),
    /// 健診の記録: what is kept round a worker's checkups.
    CheckupFile(Id),
    /// 健診の実施と報告: the season of an establishment.
    CheckupSeason(EstablishmentId),
    /// One record of these, new or old.
    CheckupNote(Box<NotePlace>),
    /// 覚えたこと: answers about people, and how files are read.
    Kept(EstablishmentId),
    /// ストレスチェック: the rounds of an establishment.
    StressRounds(EstablishmentId),
    /// A round, new or old.
    StressForm(EstablishmentId, Option<Id>),
    /// The list of a round to confirm.
    Stress(Id),
    /// The chart of a worker in a round: round, worker.
    StressProfile(Id, Id),
    /// Request, consent and talk of a worker in a round: round, worker.
    StressPerson(Id, Id),
    /// The groups of a round.
    StressGroups(Id),
    /// What was done with the analysis of the groups of a round.
    StressImprovements(Id),
    /// 助言, 聴取 or 取組 of a round, new or old.
    StressImprovement(Id, Improvement, Option<Id>),
}

/// How an item leaves the list without a record of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// 後で: until a later day.
    Later,
    /// 済: for good.
    Settled,
}

/// What is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The flags of a worker.
    Worker(Id),
    /// An item of the worklist, by site and key.
    Item(EstablishmentId, String),
}

macro_rules! note_kinds {
    ($($kind:ident $name:literal $label:literal $effect:literal;)*) => {
        /// A kind of record round the checkups.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum NoteKind { $(#[doc = $label] $kind,)* }

        impl NoteKind {
            /// The name in drafts.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The word for it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$kind => $label,)* }
            }

            /// What it is for.
            pub const fn effect(self) -> &'static str {
                match self { $(Self::$kind => $effect,)* }
            }
        }
    };
}

note_kinds! {
    Guidance "guidance" "保健指導" "日、行った人、内容、特定保健指導の内容";
    Consent "consent" "二次健診の同意" "二次健診の結果を残してよいという本人の同意";
    Secondary "secondary" "二次健診の結果" "本人から結果を受けた日";
    Inquiry "inquiry" "意見への照会" "会社からの照会と、産業医の回答";
    Risk "risk" "申出のお願い" "脳・心臓の危険の高い人へ、前もって伝えた日";
    Duty "duty" "健診の対象" "歯科、給食、自発的、特殊健診の業務と期間";
    Special "special" "特殊健診など" "受けた日、項目、線量、意見";
    Posting "posting" "海外派遣" "出発と帰国の日";
    Report "report" "報告の提出" "会社が監督署へ報告した日";
    Advice "advice" "計画への助言" "健診の計画と注意についての助言";
    Result "result" "結果の通知" "会社が本人へ健診の結果を知らせた日";
    Workplace "workplace" "事業場の種類" "学校、病院など。胸部エックス線の省略に使います";
}

impl NoteKind {
    /// Those of one person that can be added; a secondary result comes with its values, and only its day is corrected.
    pub const OF_PERSON: &'static [Self] = &[
        Self::Guidance,
        Self::Consent,
        Self::Inquiry,
        Self::Risk,
        Self::Duty,
        Self::Special,
        Self::Posting,
        Self::Result,
    ];
    /// Those of the establishment.
    pub const OF_SITE: &'static [Self] = &[Self::Report, Self::Advice, Self::Workplace, Self::Result];
}

/// Where a record round the checkups belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotePlace {
    /// Establishment.
    pub site: EstablishmentId,
    /// Which kind.
    pub kind: NoteKind,
    /// Whose; none for the establishment's own.
    pub worker: Option<Id>,
    /// The record, when it is an old one.
    pub row: Option<Id>,
}

/// Where a finding belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingPlace {
    /// Establishment.
    pub site: EstablishmentId,
    /// Patrol.
    pub patrol: Id,
    /// Place.
    pub place: Id,
    /// Category of the checklist.
    pub category: crate::domain::patrol::Category,
    /// The finding, when it is an old one.
    pub finding: Option<Id>,
    /// The day of the patrol.
    pub day: Day,
}

impl Route {
    /// The establishment of the place, for undo, redo and the history.
    pub fn site(&self) -> Option<EstablishmentId> {
        match self {
            Self::Site(id)
            | Self::Roster(id)
            | Self::Patrol(id, _)
            | Self::Import(id)
            | Self::ImportOf(id, _)
            | Self::History(id)
            | Self::Kept(id)
            | Self::Aside(id, ..)
            | Self::Reel(id, ..)
            | Self::ReelBatch(id, _)
            | Self::CheckupPapers(id, _)
            | Self::CheckupBoard(id)
            | Self::CheckupSeason(id)
            | Self::StressRounds(id)
            | Self::StressForm(id, _)
            | Self::Export(id) => Some(id.clone()),
            Self::WorkerForm(id, _) | Self::SealSource(id, _) | Self::Erase(id, _) => Some(id.clone()),
            Self::Stress(id)
            | Self::StressProfile(id, _)
            | Self::StressPerson(id, _)
            | Self::StressGroups(id)
            | Self::StressImprovements(id)
            | Self::StressImprovement(id, ..) => id.establishment(),
            Self::SiteForm(id) | Self::ClearFiles(id) => id.clone(),
            Self::Worker(id)
            | Self::Interview(id, ..)
            | Self::Opinion(id)
            | Self::Request(id)
            | Self::Urging(id)
            | Self::Exclusion(id)
            | Self::Certificate(id, _)
            | Self::Information(id)
            | Self::Attachments(id)
            | Self::HandEntry(id)
            | Self::MeasureAnswer(id)
            | Self::CheckupForm(id)
            | Self::Trends(id, _)
            | Self::Origins(id)
            | Self::CheckupFile(id)
            | Self::ReelMeasure(id, _) => id.establishment(),
            Self::Finding(place) => Some(place.site.clone()),
            Self::CheckupNote(place) => Some(place.site.clone()),
            Self::Paper(request) => Some(request.site.clone()),
            Self::Confirm(preview) => Some(preview.request.site.clone()),
            Self::Why(why) => match &**why {
                Why::Worker(id) => id.establishment(),
                Why::Item(site, _) => Some(site.clone()),
            },
            Self::Unlock | Self::Recovery | Self::Today | Self::PatrolYear | Self::Vault | Self::Law(_) => None,
        }
    }

    /// Whether the place lies before the locked door.
    pub const fn is_outside(&self) -> bool {
        matches!(self, Self::Unlock | Self::Recovery)
    }

    /// Whether the place shows what leaves: it closes once it has left.
    pub const fn is_outward(&self) -> bool {
        matches!(self, Self::Opinion(_) | Self::Paper(_) | Self::Confirm(_))
    }

    /// Whether a file comes in here, or a list goes out.
    pub const fn is_exchange(&self) -> bool {
        matches!(self, Self::Import(_) | Self::ImportOf(..) | Self::SealSource(..) | Self::Export(_) | Self::Erase(..))
    }

    /// Whether the place itself holds no person, so that it may stay while the screen is shared.
    pub const fn holds_nobody(&self) -> bool {
        matches!(self, Self::StressGroups(_))
    }

    /// The worker whose interview is open here: everybody else is hidden.
    pub fn interviewee(&self) -> Option<&Id> {
        match self {
            Self::Interview(worker, ..) => Some(worker),
            _ => None,
        }
    }
}
