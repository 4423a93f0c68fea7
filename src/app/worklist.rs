//! Everything that is due, over all establishments: one list, and every screen is a view of it.

use std::cmp::Ordering;

use serde::Serialize;

use super::Site;
use super::plans;
use crate::domain::{Day, EstablishmentId, Id};
use crate::labelled;
use crate::law::Deadline;

labelled! {
    /// Whose turn it is.
    Turn { Mine = "自分", Employer = "会社", Worker = "本人" }
}

labelled! {
    /// How near the day is; from dates only.
    State { Overdue = "超過", DueSoon = "まもなく", Open = "これから", Done = "済" }
}

labelled! {
    /// What is to be done.
    Task {
        Interview = "面接",
        Opinion = "意見書",
        CertificateOpinion = "証明書意見",
        Request = "申出",
        NoticeToWorker = "本人への通知",
        Hours = "労働時間の提供",
        HoursCheck = "時間の確認",
        Measures = "措置の回答",
        Review = "措置の見直し",
        Reinterview = "再面接",
        Patrol = "巡視",
        Finding = "指摘の是正",
        FindingCheck = "是正の確認",
        Information = "情報の提供",
        Promise = "約束",
        Contract = "契約の更新",
        CheckupOpinion = "健診の意見",
        Checkup = "定期健診",
        CheckupReport = "健診結果の報告",
        SpecialCheckup = "特殊健診",
        OverseasCheckup = "海外派遣の健診",
        SpecialOpinion = "特殊健診の意見",
        SpecialReport = "特殊健診の報告",
        Committee = "衛生委員会",
        Rhythm = "巡視の間隔の審議",
        Appointment = "選任の報告",
        StressCheck = "ストレスチェック",
        StressNotice = "結果の通知",
        StressRequest = "高ストレスの申出",
        StressInterview = "高ストレスの面接",
        StressOpinion = "高ストレスの意見書",
        StressReport = "ストレスチェック報告",
        Improvement = "職場の改善",
    }
}

impl Task {
    /// What takes the item off the list: what would change the answer.
    pub const fn settled_by(self) -> &'static str {
        match self {
            Self::Interview | Self::Reinterview => "面接を終えて記録したとき",
            Self::Opinion => "意見書を確定したとき",
            Self::CertificateOpinion => "証明書への意見を記録したとき",
            Self::Request => "申出を受け付けたとき。期限を過ぎれば消えますが、遅れた申出も申出です",
            Self::NoticeToWorker => "本人へ通知したと記録したとき",
            Self::Hours | Self::HoursCheck => "労働時間が届いたとき、または該当なしと聞いたとき",
            Self::Measures => "会社の回答を記録したとき",
            Self::Review => "措置を見直し、続けるか解くかを記録したとき",
            Self::Patrol => "巡視を終えたとき、または2か月に1回の条件がそろったとき",
            Self::Finding => "会社の回答を記録したとき",
            Self::FindingCheck => "是正を現場で確かめたとき",
            Self::Information => "情報を受け取ったと記録したとき",
            Self::Promise => "約束を果たしたとき",
            Self::Contract => "契約の終期を改めたとき",
            Self::CheckupOpinion => "対象の全員に意見を述べたとき",
            Self::Checkup => "新しい健診を記録したとき",
            Self::CheckupReport | Self::SpecialReport => "会社が報告した日を記録したとき",
            Self::SpecialCheckup | Self::OverseasCheckup => "受けた健診を記録したとき",
            Self::SpecialOpinion => "意見を述べた日を記録したとき",
            Self::Committee => "委員会が開かれ、済としたとき",
            Self::Rhythm => "次の期間の間隔を登録したとき",
            Self::Appointment => "選任報告の日を登録したとき",
            Self::StressCheck => "新しい回を始めたとき",
            Self::StressNotice => "結果を本人へ通知したと記録したとき",
            Self::StressRequest => "申出を受け付けたとき。期限を過ぎれば消えますが、遅れた申出も申出です",
            Self::StressInterview => "面接を終えて記録したとき",
            Self::StressOpinion => "意見書を確定したとき",
            Self::StressReport => "会社が報告したと聞き、済としたとき",
            Self::Improvement => "取組の済んだ日を書いたとき。話合いの前なら、助言か聴取か取組を書いたとき",
        }
    }

    /// Whether no record of the desk shows that it was done, so that the physician's word for it is the record.
    pub const fn is_settled_by_word(self) -> bool {
        matches!(self, Self::Committee | Self::StressReport)
    }
}

/// Days before a deadline from which it counts as near.
const SOON: i64 = 7;

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Stable name of the item: task, subject and the day it is about.
    pub key: String,
    /// Establishment.
    pub site: EstablishmentId,
    /// What is to be done.
    pub task: Task,
    /// The worker it is about.
    pub worker: Option<Id>,
    /// The workers it is about, where one line stands for several.
    pub members: Vec<Id>,
    /// What it is about, when that is not a worker: a month, a finding.
    pub about: String,
    /// The record to open.
    pub record: Option<Id>,
    /// When; the day from which it runs, where [`Item::is_prompt`].
    pub due: Deadline,
    /// 遅滞なく: the law gives no number of days, and none is made up.
    pub is_prompt: bool,
    /// 努力義務: nothing is owed by a day, and nothing is late; then [`Item::is_prompt`] says only that no day is set.
    pub is_effort: bool,
    /// 未確認: the rule's answer rests on something that nobody has compared with the text of the law.
    pub is_unverified: bool,
    /// Whose turn.
    pub turn: Turn,
    /// The rule it comes from.
    pub rule: &'static str,
    /// The facts of the rule, by name, for the reasons.
    #[serde(skip)]
    pub facts: serde_json::Value,
    /// The day whose law holds.
    #[serde(skip)]
    pub law_day: Day,
    /// Near or not.
    pub state: State,
    /// Planned for a visit.
    pub scheduled_for: Option<Day>,
    /// Put off until.
    pub snoozed_until: Option<Day>,
}

impl Item {
    /// Days until it is overdue; negative when it is.
    pub fn days_left(&self, today: Day) -> i64 {
        (self.due.safe - today).num_days()
    }

    /// `超過 3日`, `本日`, `あと 5日`, `遅滞なく`, `努力義務`.
    pub fn urgency(&self, today: Day) -> String {
        if let Some(word) = self.without_day() {
            return word.to_owned();
        }
        match (self.state, self.days_left(today)) {
            (State::Overdue, left) => format!("超過 {:>2}日", -left),
            (_, 0) => "本日".to_owned(),
            (_, left) if left < 0 => "本日まで".to_owned(),
            (_, left) => format!("あと {left:>2}日"),
        }
    }

    /// What stands where no day is set.
    pub const fn without_day(&self) -> Option<&'static str> {
        match (self.is_prompt, self.is_effort) {
            (false, _) => None,
            (true, false) => Some("遅滞なく"),
            (true, true) => Some("努力義務"),
        }
    }

    /// The item with only those of its members who may be shown.
    pub(super) fn showing(&self, worker: impl Fn(&Id) -> bool) -> Self {
        let members = self.members.iter().filter(|id| worker(id)).cloned().collect();
        Self { members, ..self.clone() }
    }

    /// The mark in the gutter.
    pub fn mark(&self) -> &'static str {
        match self.state {
            State::Overdue => "!!",
            _ if self.scheduled_for.is_some() => "=",
            State::DueSoon => "!",
            State::Open | State::Done => "",
        }
    }
}

/// The state of a deadline on `today`.
pub fn state(due: Deadline, today: Day) -> State {
    if today > due.last {
        State::Overdue
    } else if (due.safe - today).num_days() <= SOON {
        State::DueSoon
    } else {
        State::Open
    }
}

/// What is due, with what the physician arranged, in order; what is put off stands at the end.
pub(super) fn arranged(site: &Site, mut items: Vec<Item>, today: Day) -> Vec<Item> {
    items.retain_mut(|item| plans::apply(site, item, today));
    items.sort_by(|a, b| order(a, b, today));
    items
}

/// Overdue first, mine before theirs; then the days left, ties mine first; what is to be done 遅滞なく behind the near.
pub fn order(a: &Item, b: &Item, today: Day) -> Ordering {
    let rank = |item: &Item| {
        let is_asleep = item.snoozed_until.is_some_and(|until| until > today);
        let is_overdue = item.state == State::Overdue;
        let first_turn = if is_overdue { item.turn } else { Turn::Mine };
        let is_far = item.state == State::Open && !item.is_prompt;
        let nearness = (!is_overdue, first_turn, is_far, item.is_prompt);
        (is_asleep, nearness, item.due.safe, item.turn)
    };
    rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key))
}
