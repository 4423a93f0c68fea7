//! What would follow from something that is not taken in yet: flags, duties of the worklist, checkups to be judged.
//!
//! Compares two states of an establishment. Must not know how the second one came to be, and takes nothing in.

use std::collections::{HashMap, HashSet};

use super::Site;
use super::assess::SiteAssessment;
use super::checkups::lines::{Line, lines};
use super::checkups::queue;
use super::checkups::weigh::{Measures, Prompt, Standing, weigh};
use super::worklist::{Item, Task};
use crate::domain::checkup::CheckupSheet;
use crate::domain::worker::{Checkup, Sex};
use crate::domain::{Day, Id};
use crate::labelled;
use crate::law::Law;

/// What stands where there is no flag, also of somebody who is not on the roster yet.
const NO_FLAG: &str = "旗なし";
/// Values of an examination that are named in a list.
const NAMED: usize = 3;

/// An establishment with its flags and duties.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// The records.
    pub site: &'a Site,
    /// What the law says about them.
    pub assessment: &'a SiteAssessment,
}

/// Somebody whose flag would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagChange {
    /// Whose; none of somebody who is not on the roster yet.
    pub worker: Option<Id>,
    /// By name.
    pub name: String,
    /// The flag now.
    pub old: &'static str,
    /// The flag then.
    pub new: &'static str,
}

labelled! {
    /// What becomes of a duty.
    Turn { Appears = "新しく", Ends = "なくなる", Moves = "日が変わる" }
}

/// A duty of the worklist that would appear, end, or be due on another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyChange {
    /// What is to be done.
    pub task: Task,
    /// Which of the three.
    pub turn: Turn,
    /// Whom it is about; none where it is the establishment's, or somebody's who is not on the roster yet.
    pub worker: Option<Id>,
    /// By name.
    pub whom: String,
    /// Until when, in words; the day before too, where it moves.
    pub due: String,
    /// The day of one that appears or moves; of a line that stands for many the earliest of theirs.
    pub day: Option<Day>,
}

/// An examination that would wait for the physician's opinion, or speak up otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToJudge {
    /// Whose.
    pub worker: Id,
    /// The row of the file.
    pub row: i64,
    /// 健診日
    pub day: Day,
    /// What speaks up.
    pub prompts: Vec<Prompt>,
    /// The heaviest values with their classes.
    pub told: String,
    /// The last day for the opinion, where there is one.
    pub due: Option<Day>,
}

/// Compares the flags of everybody, in the order of the roster.
pub fn flags(before: State<'_>, after: State<'_>) -> Vec<FlagChange> {
    let word = |state: State<'_>, id: &Id| match state.assessment.flags_of(id).map(|flags| flags.overtime_word()) {
        None | Some("" | "-") => NO_FLAG,
        Some(word) => word,
    };
    let changes = after.site.workers.iter().filter_map(|worker| {
        let (old, new) = (word(before, &worker.id), word(after, &worker.id));
        let known = before.site.worker(&worker.id).map(|known| known.id.clone());
        (old != new).then(|| FlagChange { worker: known, name: worker.name.clone(), old, new })
    });
    changes.collect()
}

/// Compares the duties: those that appear or move in the order of the worklist, then those that end.
pub fn duties(before: State<'_>, after: State<'_>) -> Vec<DutyChange> {
    let (old, new) = (duties_of(before), duties_of(after));
    let known: HashMap<_, _> = old.iter().map(|duty| (duty.key(), duty)).collect();
    let stays: HashSet<_> = new.iter().map(Duty::key).collect();
    let come = new.iter().filter_map(|duty| match known.get(&duty.key()) {
        None => Some(duty.change(after, before, Turn::Appears, duty.words())),
        Some(old) if duty.is_moved_from(old) => {
            Some(duty.change(after, before, Turn::Moves, format!("{} から {} へ", old.words(), duty.words())))
        }
        Some(_) => None,
    });
    let gone = old.iter().filter(|duty| !stays.contains(&duty.key()));
    let gone = gone.map(|duty| duty.change(before, before, Turn::Ends, duty.words()));
    come.chain(gone).collect()
}

/// One person's part of a line of the worklist, or a line that is about nobody.
struct Duty<'a> {
    item: &'a Item,
    worker: Option<&'a Id>,
}

/// What a duty is told apart by; a line for many has its day from whoever is earliest, and none of its own.
type Key<'a> = (Task, Option<&'a Id>, Option<&'a Id>, &'a str);

fn duties_of(state: State<'_>) -> Vec<Duty<'_>> {
    state.assessment.items.iter().flat_map(parts).collect()
}

fn parts(item: &Item) -> impl Iterator<Item = Duty<'_>> {
    let one = item.members.is_empty().then_some(item.worker.as_ref());
    item.members.iter().map(Some).chain(one).map(move |worker| Duty { item, worker })
}

impl<'a> Duty<'a> {
    fn key(&self) -> Key<'a> {
        let about = if self.worker.is_none() { self.item.about.as_str() } else { "" };
        (self.item.task, self.worker, self.item.record.as_ref(), about)
    }

    fn is_of_many(&self) -> bool {
        !self.item.members.is_empty()
    }

    /// Whether it is due on another day; what stands for many says nothing about one of them.
    fn is_moved_from(&self, old: &Self) -> bool {
        let is_dated = |duty: &Self| !duty.is_of_many() && duty.item.without_day().is_none();
        is_dated(self) && is_dated(old) && self.item.record.is_some() && self.item.due.safe != old.item.due.safe
    }

    fn words(&self) -> String {
        match self.item.without_day() {
            Some(word) => word.to_owned(),
            None => format!("{} まで", self.item.due.safe),
        }
    }

    fn change(&self, named_in: State<'_>, before: State<'_>, turn: Turn, due: String) -> DutyChange {
        let named = self.worker.and_then(|id| named_in.site.worker(id));
        let known = self.worker.filter(|id| before.site.worker(id).is_some());
        let about = || self.item.about.clone();
        DutyChange {
            task: self.item.task,
            turn,
            worker: known.cloned(),
            whom: named.map_or_else(about, |worker| worker.name.clone()),
            due,
            day: self.item.without_day().is_none().then_some(self.item.due.safe),
        }
    }
}

/// An examination as it would stand, and its sheet as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Examined<'a> {
    /// The head as it would stand.
    pub head: &'a Checkup,
    /// The sheet as it would stand.
    pub sheet: &'a CheckupSheet,
    /// The sheet that it replaces.
    pub old: Option<&'a CheckupSheet>,
}

/// Whose examination would newly wait for an opinion, or speak up by something that it did not before; heaviest first.
pub fn to_judge(
    law: &Law,
    (before, after): (State<'_>, State<'_>),
    measures: Measures<'_>,
    exams: &[Examined<'_>],
    today: Day,
) -> Vec<ToJudge> {
    let waiting = |site| queue::remaining(site, today).into_iter().map(|head| head.id.clone()).collect::<HashSet<Id>>();
    let (waited, waits) = (waiting(before.site), waiting(after.site));
    // Hundreds were examined on a few days: the law is asked once for each.
    let mut dues: HashMap<Day, Option<Day>> = HashMap::new();
    let mut found: Vec<(u32, ToJudge)> = Vec::new();
    for exam in exams.iter().filter(|exam| waits.contains(&exam.head.id)) {
        let standing = standing(measures, after, exam.head, exam.sheet);
        let was = exam.old.and_then(|old| {
            let head = before.site.checkups.find(exam.head.id.as_str())?;
            Some(self::standing(measures, before, head, old))
        });
        let known = was.filter(|_| waited.contains(&exam.head.id)).map(|was| was.prompts);
        let is_new = known.is_none_or(|known| standing.prompts.iter().any(|prompt| !known.contains(prompt)));
        if is_new {
            let due = || queue::due(law, exam.head).map(|due| due.safe);
            let due = *dues.entry(exam.head.day).or_insert_with(due);
            found.push((standing.weight, told(measures, after, exam, standing, due)));
        }
    }
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found.into_iter().map(|(_, exam)| exam).collect()
}

fn standing(measures: Measures<'_>, state: State<'_>, head: &Checkup, sheet: &CheckupSheet) -> Standing {
    weigh(measures, head, Some(sheet), sex_in(state, &head.worker), state.assessment.flags_of(&head.worker))
}

fn sex_in(state: State<'_>, worker: &Id) -> Sex {
    state.site.worker(worker).map_or(Sex::Unknown, |worker| worker.sex)
}

fn told(
    measures: Measures<'_>,
    after: State<'_>,
    exam: &Examined<'_>,
    standing: Standing,
    due: Option<Day>,
) -> ToJudge {
    let sex = sex_in(after, &exam.head.worker);
    let mut lines = lines(measures.table, std::slice::from_ref(exam.sheet), sex);
    lines.retain(|line| line.is_notable);
    lines.sort_by_key(|line| std::cmp::Reverse(line.weight));
    let words: Vec<String> = lines.iter().take(NAMED).map(graded).collect();
    let (worker, row, day) = (exam.head.worker.clone(), exam.sheet.source_row, exam.head.day);
    ToJudge { worker, row, day, prompts: standing.prompts, told: words.join("、"), due }
}

/// `血圧 148/92 D`
fn graded(line: &Line) -> String {
    format!("{} {} {}", line.name, line.with_unit(), line.grade).trim_end().to_owned()
}

#[cfg(test)]
#[path = "consequences_tests.rs"]
mod tests;
