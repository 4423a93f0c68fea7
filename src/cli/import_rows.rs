//! What `junkai import` tells row by row beside its report: who is absent, what differs, and before anything is taken in what
//! would follow. People are named by id, and of a cell nothing is printed.

use serde_json::{Value, json};

use super::fault::Fault;
use super::output;
use super::session::Session;
use crate::app::host::{ImportPreview, RowList};
use crate::domain::Id;
use crate::domain::hours::BatchKind;
use crate::domain::stress::Computed;
use crate::runtime::Desk;
use crate::runtime::following::Following;
use crate::runtime::imports::ReadFile;

/// How a file is to be reported.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// Nothing is taken in.
    pub is_dry: bool,
    /// Every row is listed, those too that are plainly taken.
    pub has_rows: bool,
}

/// What was seen of a file before it was taken in.
pub(super) struct Seen {
    preview: ImportPreview,
    following: Following,
    how: How,
}

impl Seen {
    /// Looks at a file where something of it is to be told.
    pub fn of(desk: &Desk, file: &ReadFile, how: How) -> Result<Option<Self>, Fault> {
        if !(how.is_dry || how.has_rows) {
            return Ok(None);
        }
        let (preview, following) = desk.look_at(file)?;
        Ok(Some(Self { preview, following, how }))
    }

    /// Whether nothing is to be taken in.
    pub const fn is_dry(&self) -> bool {
        self.how.is_dry
    }

    /// Whether every row is listed.
    pub const fn has_rows(&self) -> bool {
        self.how.has_rows
    }

    /// What would follow, by numbers.
    pub fn summary(&self) -> Value {
        let Following { flags, duties, to_judge, computed, joining } = &self.following;
        let count = |wanted| computed.iter().filter(|(_, computed)| *computed == wanted).count();
        json!({
            "flags": flags.len(),
            "duties": duties.len(),
            "to_judge": to_judge.len(),
            "computed_high": count(Computed::High),
            "computed_withheld": count(Computed::Withheld),
            "joining": joining,
        })
    }

    /// What would follow, in a sentence; none where nothing would, or where it was taken in meanwhile.
    pub fn sentence(&self) -> Option<String> {
        let words = self.following.words().join("、");
        (self.how.is_dry && !words.is_empty()).then(|| format!("取り込むと変わるもの: {words}"))
    }

    /// Row by row: what would follow, and the rows that are plainly taken where they are asked for.
    pub fn print(&self, session: &Session, kind: BatchKind) -> Result<(), Fault> {
        if self.how.is_dry && session.is_json() {
            self.follow()?;
        }
        let lists = [RowList::Changed, RowList::Added, RowList::Unchanged];
        lists.into_iter().filter(|_| self.how.has_rows).try_for_each(|list| self.print_list(session, kind, list))
    }

    fn follow(&self) -> Result<(), Fault> {
        for flag in &self.following.flags {
            let (worker, old, new) = (&flag.worker, flag.old, flag.new);
            output::object(json!({ "state": "flag", "worker": worker, "old": old, "new": new }))?;
        }
        for duty in &self.following.duties {
            let (task, turn, worker, due) = (duty.task, duty.turn, &duty.worker, duty.day);
            output::object(json!({ "state": "duty", "task": task, "turn": turn, "worker": worker, "due": due }))?;
        }
        self.following.to_judge.iter().try_for_each(|exam| {
            let (line, worker, day) = (exam.row, &exam.worker, exam.day);
            let prompts: Vec<_> = exam.prompts.iter().map(|prompt| json!(prompt)).collect();
            output::object(json!({
                "state": "to_judge", "line": line, "worker": worker, "day": day, "prompts": prompts, "due": exam.due,
            }))
        })
    }

    /// The rows of a list; of hours what they become too, which names nobody and is no cell.
    fn print_list(&self, session: &Session, kind: BatchKind, list: RowList) -> Result<(), Fault> {
        let is_told = kind == BatchKind::Hours && list == RowList::Changed;
        self.preview.listed.all(list).try_for_each(|row| {
            let what = Some(row.what).filter(|_| is_told);
            if session.is_json() {
                return output::object(json!({
                    "line": row.row, "state": list, "worker": row.worker, "sentence": what,
                }));
            }
            let line = row.row.map(|line| format!("{line}行目 ")).unwrap_or_default();
            let worker = row.worker.as_ref().map_or("-", Id::as_str);
            let what = what.map(|what| format!("  {what}")).unwrap_or_default();
            output::line(&format!("{line}{worker}: {}{what}", list.label()))
        })
    }
}

/// A row that is told beside the counts, in JSON only: its state, its line where it has one, its worker.
pub(super) fn beside(
    session: &Session,
    state: &str,
    mut rows: impl Iterator<Item = (Option<u32>, Id)>,
) -> Result<(), Fault> {
    if !session.is_json() {
        return Ok(());
    }
    rows.try_for_each(|(line, worker)| output::object(json!({ "line": line, "state": state, "worker": worker })))
}
