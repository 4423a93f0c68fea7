//! An establishment (事業場): what its forms, reports and deadlines need.

use serde::{Deserialize, Serialize};

use super::worker::AttributeKind;
use super::{Day, EstablishmentId, Id, flag};
use crate::labelled;

labelled! {
    /// How the physician is bound to the establishment (安衛則13条1項).
    Engagement { PartTime = "嘱託", FullTime = "専属" }
}

labelled! {
    /// Which committee meets (安衛法17条–19条).
    Committee { None = "なし", Health = "衛生委員会", SafetyAndHealth = "安全衛生委員会" }
}

labelled! {
    /// The part a contact plays for the physician.
    ContactRole {
        Personnel = "人事",
        HealthManager = "衛生管理者",
        HealthPromoter = "衛生推進者",
        Employer = "事業者",
        LineManager = "管理監督者",
        Clinic = "近隣の医療機関",
        SupportCentre = "産業保健総合支援センター",
    }
}

/// The establishment itself; one row in its own database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Establishment {
    /// `E01`; stands in the database, in the key file and in every file name.
    pub id: EstablishmentId,
    /// 事業場名
    pub name: String,
    /// 略称: at most six full-width characters, the physician's own word for it.
    pub short_name: String,
    /// 事業者名 (the employer, when it differs from the establishment)
    pub employer: String,
    /// 所在地
    pub address: String,
    /// 電話
    pub phone: String,
    /// FAX
    pub fax: String,
    /// 業種
    pub industry: String,
    /// 労働保険番号
    pub insurance_number: String,
    /// 嘱託 or 専属
    pub engagement: Engagement,
    /// 選任日
    pub appointed_on: Option<Day>,
    /// 選任報告の日 (安衛則13条2項)
    pub appointment_reported_on: Option<Day>,
    /// 契約の始期
    pub contract_from: Option<Day>,
    /// 契約の終期
    pub contract_until: Option<Day>,
    /// Which committee meets.
    pub committee: Committee,
    /// 労働時間の把握方法 as text; older vaults, before [`HoursMethod`] was dated.
    pub hours_method: String,
    /// The workplace's own criterion for interviews (安衛法66条の9), as text; older vaults, before [`Criterion`] was dated.
    pub criterion: String,
    /// The machine part of the criterion: hours above 40 a week, in seconds; none when only text.
    pub criterion_seconds: Option<i64>,
    /// 委員会で審議した日 of the criterion.
    pub criterion_on: Option<Day>,
}

impl Establishment {
    /// An establishment with nothing but its number.
    pub fn new(id: EstablishmentId) -> Self {
        Self {
            id,
            name: String::new(),
            short_name: String::new(),
            employer: String::new(),
            address: String::new(),
            phone: String::new(),
            fax: String::new(),
            industry: String::new(),
            insurance_number: String::new(),
            engagement: Engagement::default(),
            appointed_on: None,
            appointment_reported_on: None,
            contract_from: None,
            contract_until: None,
            committee: Committee::default(),
            hours_method: String::new(),
            criterion: String::new(),
            criterion_seconds: None,
            criterion_on: None,
        }
    }
}

/// Number of workers by sex on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headcount {
    /// Row.
    pub id: Id,
    /// The day counted.
    pub day: Day,
    /// 男
    pub male: i64,
    /// 女
    pub female: i64,
}

/// A person or place one can turn to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Row.
    pub id: Id,
    /// The part played.
    pub role: ContactRole,
    /// Name of the person or the clinic.
    pub name: String,
    /// 部署・役職, or 診療科.
    pub department: String,
    /// 電話
    pub phone: String,
    /// Mail address or FAX.
    pub mail: String,
    /// Whether a clinic takes emergencies.
    #[serde(with = "flag")]
    pub is_emergency: bool,
}

/// A closing day (締日) with the day from which it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingDay {
    /// Row.
    pub id: Id,
    /// First day on which it holds.
    pub valid_from: Day,
    /// 1 to 31; 31 is the end of the month.
    pub day: u32,
}

/// The agreed rhythm of patrols for a span of time (安衛則15条).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatrolRhythm {
    /// Row.
    pub id: Id,
    /// First day.
    pub valid_from: Day,
    /// Last day; the committee deliberates again before it.
    pub valid_until: Option<Day>,
    /// 1 = monthly, 2 = every two months.
    pub months: u32,
    /// 事業者の同意
    pub consented_on: Option<Day>,
    /// 衛生委員会の審議
    pub deliberated_on: Option<Day>,
    /// 議事の番号や綴り
    pub minutes: String,
}

/// The workplace's own criterion for interviews (安衛法66条の9, 則52条の8) for a span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Row.
    pub id: Id,
    /// First day; a period is judged by what holds on its last day.
    pub valid_from: Day,
    /// Last day, where it was given up without a new one.
    pub valid_until: Option<Day>,
    /// The criterion as the workplace wrote it; who meets it beside the hours is for a person to say.
    pub content: String,
    /// The machine part: hours above 40 a week, in seconds; none when only text.
    pub seconds: Option<i64>,
    /// 衛生委員会の調査審議
    pub deliberated_on: Option<Day>,
    /// 議事の番号や綴り
    pub minutes: String,
}

labelled! {
    /// What worked time is taken down by (安衛則52条の7の3第1項, and what a guideline names beside it).
    HoursMeans {
        Timecard = "タイムカード",
        Computer = "PCの使用記録",
        Witnessed = "上司などの現認",
        Declared = "自己申告",
        Other = "その他",
    }
}

/// How worked time is taken down for a span of time: 労働時間の状況の把握 (安衛法66条の8の3), and for 裁量労働 the method
/// that the workplace fixed (平18.2.24 基発0224003号 第2の12(1)イ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursMethod {
    /// Row.
    pub id: Id,
    /// First day; a period is read by what holds on its last day.
    pub valid_from: Day,
    /// Last day, where it was given up without a new one.
    pub valid_until: Option<Day>,
    /// The class of workers it is for; none is everybody whose class has no row.
    pub class: Option<AttributeKind>,
    /// What it is taken down by.
    pub means: HoursMeans,
    /// The method as the workplace wrote it.
    pub content: String,
    /// What the physician thinks of its reliability; leaves in no document.
    pub remark: String,
    /// 衛生委員会などの審議
    pub deliberated_on: Option<Day>,
    /// 議事の番号や綴り
    pub minutes: String,
}

impl HoursMethod {
    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// What the 産業医 has set in advance for 面接不要, for when he cannot be asked each time; applied by nobody but him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingInstruction {
    /// Row.
    pub id: Id,
    /// Set on.
    pub set_on: Day,
    /// 定めた産業医; empty when it is the owner of this desk.
    pub doctor: String,
    /// What was set.
    pub content: String,
    /// Last day on which it stands.
    pub ended_on: Option<Day>,
}

impl StandingInstruction {
    /// Whether it stands on `day`.
    pub fn holds_on(&self, day: Day) -> bool {
        self.set_on <= day && self.ended_on.is_none_or(|end| day <= end)
    }
}

labelled! {
    /// Monthly information that keeps the two-monthly rhythm (安衛則15条各号), and what 則14条の2 owes.
    InformationKind {
        ManagerRound = "衛生管理者の巡視結果",
        CommitteeAgreed = "委員会で決めた情報",
        LongHours = "80時間超の氏名と時間",
        Measures = "講じた措置",
        Work = "業務に関する情報",
    }
}

/// Information asked of, or received from, the employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Information {
    /// Row.
    pub id: Id,
    /// What it is.
    pub kind: InformationKind,
    /// The month or event it is about: any day inside it.
    pub about: Day,
    /// Asked on.
    pub asked_on: Option<Day>,
    /// Received on.
    pub received_on: Option<Day>,
    /// What was in it, in a line.
    pub content: String,
}

/// A promise the physician made at the site (「次回までに調べる」).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Row.
    pub id: Id,
    /// Made on.
    pub made_on: Day,
    /// To whom or where, e.g. 委員会.
    pub occasion: String,
    /// What was promised.
    pub content: String,
    /// To be kept by.
    pub due: Option<Day>,
    /// Kept on.
    pub kept_on: Option<Day>,
}

/// A visit: when it began and ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Row.
    pub id: Id,
    /// The day.
    pub day: Day,
    /// `13:00`
    pub starts: String,
    /// `15:00`
    pub ends: String,
    /// Set when the visit is closed.
    pub closed_on: Option<Day>,
    /// What was done, in the physician's words.
    pub summary: String,
}

/// How an item of the worklist was put off or planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Row.
    pub id: Id,
    /// Key of the item.
    pub item: String,
    /// Planned for this day.
    pub scheduled_for: Option<Day>,
    /// Hidden until this day.
    pub snoozed_until: Option<Day>,
    /// Why.
    pub reason: String,
    /// Done without another record that shows it.
    pub done_on: Option<Day>,
}
