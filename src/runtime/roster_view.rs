//! A read roster as the screen shows it: who is new, who changes, and what is asked.

use super::desk::Desk;
use super::error::RuntimeError;
use super::flag_changes;
use super::import_view::{mapping, of_file, refused, told};
use super::imports::ReadFile;
use crate::app::host::ImportPreview;
use crate::domain::Day;
use crate::domain::worker::{Sex, Worker, WorkerAttribute};
use crate::import::roster::{Preview, Taken};

/// Shows what would happen to the rows of a roster.
pub(super) fn shown(desk: &Desk, file: &ReadFile, preview: &Preview) -> Result<ImportPreview, RuntimeError> {
    let incoming = desk.intake_of_roster(file, preview.clone())?;
    Ok(ImportPreview {
        flags: flag_changes::of(desk, &file.site, &incoming)?,
        mapping: mapping(file),
        absent: absent(desk, file, preview)?,
        added: preview.added.len(),
        changed: preview.changed.iter().map(changed).collect(),
        unchanged: preview.unchanged.len(),
        refused: preview.refused.iter().map(refused).collect(),
        ..told(desk, file, preview.left(), preview.strangers, of_file(file))
    })
}

/// The names of those of whom the file says nothing.
fn absent(desk: &Desk, file: &ReadFile, preview: &Preview) -> Result<Vec<String>, RuntimeError> {
    let site = desk.site(&file.site)?;
    Ok(preview.absent.iter().filter_map(|id| site.worker(id)).map(|worker| worker.name.clone()).collect())
}

/// Whom a row changes, and what stood where the file says something else.
fn changed(taken: &Taken) -> (String, String, String) {
    let Some(old) = &taken.old else { return (taken.row.name.clone(), String::new(), String::new()) };
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
    (old.name.clone(), told(|pair| &pair.0), new.join("・"))
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
