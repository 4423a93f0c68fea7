//! A read roster as the screen lists it: who is new, who changes, who stays as they are, and who is absent.

use super::listed::{About, Picked, Tells};
use crate::app::host::{ListedRow, RowList};
use crate::domain::Day;
use crate::domain::worker::{Sex, Worker, WorkerAttribute};
use crate::import::roster::{Preview, Taken};

impl Tells for Preview {
    fn count(&self, list: RowList, _picked: &Picked) -> usize {
        match list {
            RowList::Added => self.added.len(),
            RowList::Changed => self.changed.len(),
            RowList::Unchanged => self.unchanged.len(),
            RowList::Absent => self.absent.len(),
            RowList::NotKept => self.not_kept.len(),
            _ => 0,
        }
    }

    fn row(&self, list: RowList, place: usize, _picked: &Picked, about: &About) -> Option<ListedRow> {
        match list {
            RowList::Added => self.added.get(place).map(|taken| added(taken, about)),
            RowList::Changed => self.changed.get(place).map(|taken| changed(taken, about)),
            RowList::Unchanged => self.unchanged.get(place).map(|line| about.of_line(*line, String::new())),
            RowList::NotKept => self.not_kept.get(place).map(|cell| about.refused(cell)),
            RowList::Absent => {
                self.absent.get(place).map(|id| about.of_worker(None, id, "そのまま残します".to_owned()))
            }
            _ => None,
        }
    }
}

fn added(taken: &Taken, about: &About) -> ListedRow {
    let row = &taken.row;
    let what = format!("{}  {}", row.number, row.department).trim().to_owned();
    ListedRow { whom: row.name.clone(), ..about.of_line(taken.line, what) }
}

/// Whom a row changes, and what stood where the file says something else.
fn changed(taken: &Taken, about: &About) -> ListedRow {
    let Some(old) = &taken.old else { return added(taken, about) };
    let new = taken.row.onto(old);
    let pairs: Vec<(String, String)> =
        values(old).into_iter().zip(values(&new)).filter(|(old, new)| old != new).collect();
    let told = |pick: fn(&(String, String)) -> &String| {
        let words: Vec<&str> =
            pairs.iter().map(|pair| pick(pair).as_str()).map(|text| if text.is_empty() { "-" } else { text }).collect();
        words.join("・")
    };
    let classes = taken.classes.iter().map(|kind| kind.label());
    let last = |held: &WorkerAttribute| held.valid_until.map(|day| format!("（{day} まで）")).unwrap_or_default();
    let ended = taken.ended.iter().map(|held| format!("{}を終える{}", held.kind.label(), last(held)));
    let words = classes.map(str::to_owned).chain(ended);
    let new: Vec<String> = std::iter::once(told(|pair| &pair.1)).chain(words).collect();
    let new: Vec<String> = new.into_iter().filter(|text| !text.is_empty()).collect();
    let what = format!("{} から {} へ", told(|pair| &pair.0), new.join("・"));
    about.of_worker(Some(taken.line), &old.id, what)
}

fn values(worker: &Worker) -> Vec<String> {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let sex = if worker.sex == Sex::Unknown { "" } else { worker.sex.label() };
    vec![
        worker.number.clone(),
        worker.name.clone(),
        worker.kana.clone(),
        sex.to_owned(),
        day(worker.birth),
        worker.department.clone(),
        worker.position.clone(),
        day(worker.joined_on),
        day(worker.left_on),
        worker.special_work.clone(),
        worker.duties.clone(),
    ]
}
