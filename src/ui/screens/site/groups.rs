//! The groups of the brief: what stands in each, and how they fold when there is not room for all.

use crate::app::patrol_year::{day_of, is_voluntary, open_findings};
use crate::app::visits;
use crate::app::worklist::{Item, State, Task, Turn};
use crate::app::{Site, View};
use crate::domain::establishment::{Committee, PatrolRhythm, Promise};
use crate::domain::patrol::Finding;
use crate::domain::{Day, EstablishmentId, Id};
use crate::ui::dates;
use crate::ui::route::Route;
use crate::ui::screens::common;
use crate::ui::screens::lines::Line;
use crate::ui::table::Marker;
use crate::ui::theme::Weight;

/// Group, and what the row is about.
pub(super) type RowKey = (Group, String);

/// The key of a folded group.
const FOLD: &str = "";

/// The groups in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Interviews,
    Checkups,
    Stress,
    Limits,
    Patrol,
    Committee,
    Received,
    Missing,
    Promises,
    First,
}

impl Group {
    const ALL: [Self; 10] = [
        Self::Interviews,
        Self::Checkups,
        Self::Stress,
        Self::Limits,
        Self::Patrol,
        Self::Committee,
        Self::Received,
        Self::Missing,
        Self::Promises,
        Self::First,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Interviews => "面接",
            Self::Checkups => "健診",
            Self::Stress => "ストレス",
            Self::Limits => "就業制限",
            Self::Patrol => "巡視",
            Self::Committee => "委員会",
            Self::Received => "受領",
            Self::Missing => "未着",
            Self::Promises => "約束",
            Self::First => "前回",
        }
    }

    const fn of(task: Task) -> Self {
        match task {
            Task::Interview | Task::Reinterview | Task::Request => Self::Interviews,
            Task::Opinion | Task::CertificateOpinion => Self::Interviews,
            Task::StressInterview | Task::StressRequest | Task::StressOpinion => Self::Interviews,
            Task::CheckupOpinion | Task::Checkup | Task::CheckupReport => Self::Checkups,
            Task::SpecialCheckup | Task::OverseasCheckup | Task::SpecialOpinion | Task::SpecialReport => Self::Checkups,
            Task::StressCheck | Task::StressNotice | Task::StressReport | Task::Improvement => Self::Stress,
            Task::Review => Self::Limits,
            Task::Patrol | Task::Finding | Task::FindingCheck => Self::Patrol,
            Task::NoticeToWorker | Task::Hours | Task::HoursCheck | Task::Measures | Task::Information => Self::Missing,
            Task::Committee | Task::Rhythm => Self::Committee,
            Task::Promise | Task::Contract | Task::Appointment => Self::Promises,
        }
    }
}

/// A row of a group.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    group: Group,
    /// Where the cursor rests; none for a row that is only read.
    pub(super) key: Option<RowKey>,
    /// The item of the worklist.
    pub(super) item: Option<String>,
    /// The promise.
    pub(super) promise: Option<Id>,
    /// What Enter opens, where that is not the item's own target.
    pub(super) route: Option<Route>,
    /// The message row, where there is no item.
    pub(super) note: String,
    what: String,
    detail: String,
    due: String,
    when: String,
    marker: Marker,
    is_dim: bool,
}

impl Entry {
    fn read_only(group: Group, what: String) -> Self {
        Self {
            group,
            key: None,
            item: None,
            promise: None,
            route: None,
            note: String::new(),
            what,
            detail: String::new(),
            due: String::new(),
            when: String::new(),
            marker: Marker::None,
            is_dim: false,
        }
    }

    fn is_overdue(&self) -> bool {
        self.marker == Marker::Overdue
    }

    fn line(&self, label: &str) -> Line<RowKey> {
        let line = self.key.clone().map_or_else(Line::blank, Line::at);
        let weight = if self.is_overdue() { Weight::Alert } else { Weight::Plain };
        let what = if self.detail.is_empty() { 62 - if self.due.is_empty() { 0 } else { 22 } } else { 22 };
        line.with(2, 9, label, Weight::Bold)
            .marked(11, self.marker)
            .text(14, what, self.what.clone())
            .text(37, 17, self.detail.clone())
            .text(55, 12, self.due.clone())
            .with(68, 9, self.when.clone(), weight)
            .dimmed(self.is_dim)
    }
}

/// Everything of the brief, in order.
pub(super) fn entries(view: &View, id: &EstablishmentId) -> Vec<Entry> {
    let Some(index) = view.caseload.sites.iter().position(|site| site.id() == id) else { return Vec::new() };
    let (Some(site), Some(assessment)) = (view.caseload.sites.get(index), view.assessments.get(index)) else {
        return Vec::new();
    };
    let is_own = |item: &&Item| !matches!(item.task, Task::Finding | Task::FindingCheck | Task::Promise);
    let mut entries: Vec<Entry> = assessment.items.iter().filter(is_own).map(|item| of_item(view, item)).collect();
    entries.extend(findings(site, &assessment.items, view.today));
    entries.extend(received(site, view.today));
    let open = site.promises.iter().filter(|promise| promise.kept_on.is_none());
    entries.extend(open.map(|promise| of_promise(promise, &assessment.items, view.today)));
    entries.extend(first_visit(site, view.today));
    entries.sort_by_key(|entry| entry.group);
    entries
}

fn of_item(view: &View, item: &Item) -> Entry {
    let group = Group::of(item.task);
    let worker = item.worker.as_ref().and_then(|id| common::worker(view, id));
    let task = item.task.label();
    let (what, detail) = match worker {
        Some(worker) => (worker.name.clone(), format!("{task} {}", item.about)),
        None => (format!("{task}  {}", item.about), String::new()),
    };
    Entry {
        key: Some((group, item.key.clone())),
        item: Some(item.key.clone()),
        detail: detail.trim().to_owned(),
        due: if item.is_prompt { String::new() } else { due_word("期限", item.due.safe, view.today) },
        when: item.urgency(view.today),
        marker: common::item_marker(item),
        is_dim: item.turn != Turn::Mine && item.state != State::Overdue,
        ..Entry::read_only(group, what.trim().to_owned())
    }
}

fn due_word(word: &str, day: Day, today: Day) -> String {
    format!("{word} {}", dates::short(day, today))
}

/// What was open last time: a head with the counts, then the findings, overdue first.
fn findings(site: &Site, items: &[Item], today: Day) -> Vec<Entry> {
    let open = open_findings(site);
    if open.is_empty() {
        return Vec::new();
    }
    let answered = open.iter().filter(|finding| finding.answered_on.is_some()).count();
    let head = format!("残る指摘 {}件     回答あり {answered}   未 {}", open.len(), open.len() - answered);
    let mut entries: Vec<Entry> = open.iter().map(|finding| of_finding(site, finding, items, today)).collect();
    entries.sort_by_key(|entry| !entry.is_overdue());
    std::iter::once(Entry::read_only(Group::Patrol, head)).chain(entries).collect()
}

fn of_finding(site: &Site, finding: &Finding, items: &[Item], today: Day) -> Entry {
    let item = items.iter().find(|item| item.record.as_ref() == Some(&finding.id));
    let found = day_of(site, &finding.patrol).map(|day| dates::short(day, today)).unwrap_or_default();
    let place = site.places.iter().find(|place| place.id == finding.place).map_or("", |place| &place.name);
    let due = match (finding.answered_on, finding.due) {
        (Some(day), _) => due_word("回答", day, today),
        (None, Some(day)) => due_word("期限", day, today),
        (None, None) => String::new(),
    };
    Entry {
        key: Some((Group::Patrol, finding.id.to_string())),
        item: item.map(|item| item.key.clone()),
        route: Some(Route::Patrol(site.id().clone(), 0)),
        note: format!("{place}  {}。是正は巡視で確認します", finding.category.label()),
        due,
        when: item.map(|item| item.urgency(today)).unwrap_or_default(),
        marker: item.map(common::item_marker).unwrap_or_default(),
        ..Entry::read_only(Group::Patrol, format!("{found}  {}", finding.content))
    }
}

/// What came since the last visit, one line.
fn received(site: &Site, today: Day) -> Option<Entry> {
    let since = visits::last(site, today).unwrap_or(Day::MIN);
    let word = |word: &str, day: Day| format!("{word} {}", dates::short(day, today));
    let mut words: Vec<String> =
        site.batches.iter().filter(|b| b.day >= since).map(|b| word(b.kind.label(), b.day)).collect();
    let information = site.information.iter().filter_map(|i| Some((i.kind, i.received_on?)));
    words.extend(information.filter(|(_, day)| *day >= since).map(|(kind, day)| word(kind.label(), day)));
    let notices = site.notices.iter().filter(|notice| notice.day >= since && notice.worker.is_none());
    words.extend(notices.map(|notice| word(notice.kind.label(), notice.day)));
    words.dedup();
    (!words.is_empty()).then(|| Entry::read_only(Group::Received, words.join("   ")))
}

fn of_promise(promise: &Promise, items: &[Item], today: Day) -> Entry {
    let item = items.iter().find(|item| item.record.as_ref() == Some(&promise.id));
    let occasion = if promise.occasion.is_empty() { String::new() } else { format!("（{}）", promise.occasion) };
    let what = format!("{}  {}{occasion}", dates::short(promise.made_on, today), promise.content);
    Entry {
        key: Some((Group::Promises, promise.id.to_string())),
        item: item.map(|item| item.key.clone()),
        promise: Some(promise.id.clone()),
        note: format!("{}{occasion}。果たしたら d を押します", promise.content),
        due: promise.due.map(|due| due_word("期限", due, today)).unwrap_or_default(),
        when: item.map(|item| item.urgency(today)).unwrap_or_default(),
        marker: item.map(common::item_marker).unwrap_or_default(),
        ..Entry::read_only(Group::Promises, what)
    }
}

/// Nobody was here before: what to ask for.
fn first_visit(site: &Site, today: Day) -> Vec<Entry> {
    if visits::last(site, today).is_some() {
        return Vec::new();
    }
    let asks = [
        "ありません。はじめての訪問では、次のものを求めます",
        "名簿   労働時間（直近 12か月）   健康診断の結果と事後措置",
        "衛生管理者の巡視の記録   委員会の議事録   前の産業医の記録",
    ];
    asks.iter().map(|ask| Entry::read_only(Group::First, (*ask).to_owned())).collect()
}

/// The line about the establishment: headcount, closing day, committee, rhythm, visits.
pub(super) fn about(view: &View, site: &Site) -> String {
    let today = view.today;
    let day = |day: Option<Day>| day.map_or_else(|| "なし".to_owned(), |day| dates::planned(day, today));
    let committee = match site.establishment.committee {
        Committee::None => "なし",
        Committee::Health | Committee::SafetyAndHealth => "毎月",
    };
    let headcount = match site.size(today) {
        0 => "人数 未入力".to_owned(),
        count => format!("{}名", dates::count(usize::try_from(count).unwrap_or(0))),
    };
    format!(
        "{headcount}   締日 {}   委員会 {committee}   巡視 {}   前回 {}   次回 {}",
        closing(site, today),
        rhythm(view, site),
        day(visits::last(site, today)),
        day(visits::next(site, today)),
    )
}

fn closing(site: &Site, today: Day) -> String {
    let in_force = site.closing_days.iter().filter(|c| c.valid_from <= today).max_by_key(|c| c.valid_from);
    match in_force.map(|closing| closing.day) {
        None => "未入力".to_owned(),
        Some(day) if day >= 31 => "月末".to_owned(),
        Some(day) => format!("{day}日"),
    }
}

fn rhythm(view: &View, site: &Site) -> String {
    let today = view.today;
    if is_voluntary(&view.law, site, today) {
        return "任意".to_owned();
    }
    let holds = |r: &&PatrolRhythm| r.valid_from <= today && r.valid_until.is_none_or(|until| today <= until);
    match site.rhythms.iter().filter(holds).max_by_key(|r| r.valid_from).map_or(1, |r| r.months) {
        1 => "毎月".to_owned(),
        months => format!("{months}か月に1回"),
    }
}

/// The group that a folded row stands for.
pub(super) fn folded(key: &RowKey) -> Option<Group> {
    (key.1 == FOLD).then_some(key.0)
}

/// The rows: every group has its head, the rest of the room goes to what is overdue first.
pub(super) fn lines(entries: &[Entry], unfolded: Option<Group>, room: usize) -> Vec<Line<RowKey>> {
    let of = |group: Group| entries.iter().filter(move |entry| entry.group == group);
    let groups: Vec<Group> = Group::ALL.into_iter().filter(|group| of(*group).next().is_some()).collect();
    let sizes: Vec<(Group, usize)> = groups.iter().map(|group| (*group, of(*group).count())).collect();
    let late = |group: Group| of(group).any(Entry::is_overdue);
    let given = share(&sizes, room.saturating_sub(gaps(&groups)), unfolded, late);
    let mut lines = Vec::new();
    for (index, (group, rows)) in given.into_iter().enumerate() {
        if index > 0 && has_gap(group) {
            lines.push(Line::blank());
        }
        let members: Vec<&Entry> = of(group).collect();
        lines.extend(group_lines(group, &members, rows));
    }
    lines
}

/// People above, the place below, what was said last: an empty row between the three.
const fn has_gap(group: Group) -> bool {
    matches!(group, Group::Patrol | Group::Received | Group::Promises | Group::First)
}

fn gaps(groups: &[Group]) -> usize {
    groups.iter().skip(1).filter(|group| has_gap(**group)).count()
}

/// How many rows each group gets: one at least, the unfolded one all.
fn share(
    sizes: &[(Group, usize)],
    room: usize,
    unfolded: Option<Group>,
    late: impl Fn(Group) -> bool,
) -> Vec<(Group, usize)> {
    let mut given: Vec<(Group, usize)> = sizes.iter().map(|(group, _)| (*group, 1)).collect();
    let mut left = room.saturating_sub(given.len());
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|index| sizes.get(*index).map(|(group, _)| (unfolded != Some(*group), !late(*group), *group)));
    for index in order {
        let (Some((group, rows)), Some((_, wanted))) = (given.get_mut(index), sizes.get(index)) else { continue };
        let more = (wanted - 1).min(if unfolded == Some(*group) { usize::MAX } else { left });
        *rows += more;
        left = left.saturating_sub(more);
    }
    given
}

fn group_lines(group: Group, members: &[&Entry], rows: usize) -> Vec<Line<RowKey>> {
    if rows >= members.len() {
        return labelled(group, members);
    }
    let shown = members.get(..rows.saturating_sub(1)).unwrap_or_default();
    let hidden = members.len() - shown.len();
    let late = members.iter().skip(shown.len()).filter(|entry| entry.is_overdue()).count();
    let label = if shown.is_empty() { group.label() } else { "" };
    let word = if shown.is_empty() { format!("{hidden}件") } else { format!("ほか {hidden}件") };
    let mut lines = labelled(group, shown);
    let fold = Entry {
        key: Some((group, FOLD.to_owned())),
        marker: if late > 0 { Marker::Overdue } else { Marker::None },
        when: if late > 0 { format!("超過 {late}件") } else { String::new() },
        ..Entry::read_only(group, word)
    };
    lines.push(fold.line(label));
    lines
}

fn labelled(group: Group, members: &[&Entry]) -> Vec<Line<RowKey>> {
    let label = |index: usize| if index == 0 { group.label() } else { "" };
    members.iter().enumerate().map(|(index, entry)| entry.line(label(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_overdue_unfolds_first_and_every_group_keeps_its_head() {
        let sizes = [(Group::Interviews, 6), (Group::Patrol, 5), (Group::Promises, 4)];
        let given = share(&sizes, 9, None, |group| group == Group::Patrol);
        assert_eq!(given, [(Group::Interviews, 3), (Group::Patrol, 5), (Group::Promises, 1)]);
        let given = share(&sizes, 9, Some(Group::Promises), |_| false);
        assert_eq!(given.last(), Some(&(Group::Promises, 4)));
        assert_eq!(share(&sizes, 0, None, |_| false).iter().map(|(_, rows)| rows).sum::<usize>(), 3);
    }

    #[test]
    fn a_folded_group_counts_what_it_hides() {
        let entry = |number: usize| Entry {
            key: Some((Group::Interviews, number.to_string())),
            ..Entry::read_only(Group::Interviews, format!("面接 {number}"))
        };
        let entries: Vec<Entry> = (0..10).map(entry).collect();
        let lines = lines(&entries, None, 4);
        assert_eq!(lines.len(), 4);
        assert_eq!(lines.last().and_then(|line| folded(line.key.as_ref()?)), Some(Group::Interviews));
        assert_eq!(super::lines(&entries, Some(Group::Interviews), 4).len(), 10);
    }
}
