//! The accepted rows as one batch with its hash, ready to be performed.

use openssl::sha::Sha256;

use super::super::people::Strangers;
use super::{Preview, Taken, Who};
use crate::domain::command::HoursBatch;
use crate::domain::hours::{Batch, BatchKind, WorkTime};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id};

/// What the caller adds when the physician accepts.
pub struct Acceptance<'a> {
    /// The batch.
    pub batch: Id,
    /// The day it is taken in.
    pub day: Day,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Names a worker who comes with the file.
    pub new_worker: &'a mut dyn FnMut() -> Id,
}

/// A preview that cannot be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcceptError {
    /// The reading is still open.
    #[error("時間の読み方が決まっていません。読み方を選んでください（60進、10進、分など）。")]
    Unanswered,
    /// Hardly anybody of the establishment is in the file.
    #[error(
        "この事業場の人は {people}名のうち {known}名だけです。別の事業場のファイルでないか確かめてください。この事業場のものなら、junkai import に --ours を付けて取り込んでください。"
    )]
    Strangers {
        /// People of the roster.
        known: usize,
        /// People of the file.
        people: usize,
    },
}

impl From<Strangers> for AcceptError {
    fn from(Strangers { known, people }: Strangers) -> Self {
        Self::Strangers { known, people }
    }
}

impl Preview {
    /// Makes the batch of what is added and changed; doubtful rows stay out.
    ///
    /// # Errors
    /// [`AcceptError::Unanswered`] while the notation is a question: it is never guessed.
    /// [`AcceptError::Strangers`] while the file may be another establishment's.
    pub fn accept(self, acceptance: Acceptance<'_>) -> Result<HoursBatch, AcceptError> {
        if self.question.is_some() {
            return Err(AcceptError::Unanswered);
        }
        if let Some(strangers) = self.strangers.filter(|_| !self.are_ours) {
            return Err(strangers.into());
        }
        let mut batch = self.batch(&acceptance);
        let workers = self.workers(acceptance.new_worker);
        let (measure, series) = (self.measure, self.series);
        let work_time = |Taken { line, who, period, hours, text, .. }: Taken| {
            let worker = id_of(who, &workers)?;
            Some(WorkTime { worker, period, measure, series, hours, source_text: text, row: line })
        };
        // A year of hours is large: each row takes the place of what was previewed.
        let mut rows: Vec<WorkTime> = self.added.into_iter().filter_map(work_time).collect();
        rows.append(&mut self.changed.into_iter().filter_map(work_time).collect());
        rows.sort_unstable_by_key(|row| row.row);
        batch.content_sha256 = content_sha256(&rows);
        Ok(HoursBatch { batch, workers: workers.into_iter().flatten().collect(), rows })
    }

    fn batch(&self, acceptance: &Acceptance<'_>) -> Batch {
        let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        Batch {
            id: acceptance.batch.clone(),
            kind: BatchKind::Hours,
            day: acceptance.day,
            sha256: acceptance.sha256.clone(),
            rows: count(self.rows),
            added: count(self.added.len()),
            changed: count(self.changed.len()),
            refused: count(self.refused.len()),
            reading: if self.is_rounded() {
                "10進（0.1時間に丸めた値）".to_owned()
            } else {
                self.notation.label().to_owned()
            },
            content_sha256: String::new(),
            undone_on: None,
        }
    }

    /// The new people who have a row that is taken; the others get no id.
    fn workers(&self, new_worker: &mut dyn FnMut() -> Id) -> Vec<Option<Worker>> {
        let mut is_used = vec![false; self.new_workers.len()];
        for taken in &self.added {
            if let Who::New(index) = taken.who
                && let Some(used) = is_used.get_mut(index)
            {
                *used = true;
            }
        }
        let people = self.new_workers.iter().zip(is_used);
        people.map(|(person, is_used)| is_used.then(|| worker(new_worker(), person))).collect()
    }
}

fn id_of(who: Who, workers: &[Option<Worker>]) -> Option<Id> {
    match who {
        Who::Known(id) => Some(id),
        Who::New(index) => workers.get(index)?.as_ref().map(|worker| worker.id.clone()),
    }
}

fn worker(id: Id, person: &super::NewWorker) -> Worker {
    let super::NewWorker { number, name, kana, birth } = person.clone();
    Worker { number, name, kana, birth, ..Worker::new(id) }
}

/// SHA-256, in hex, over rows in the order given; a check takes them in the order of [`WorkTime::row`].
///
/// Each text stands behind its length and each number in eight bytes, so that no two lists of
/// rows are written alike. Measure and series count by their place in the domain's lists, which
/// only ever grow at the end.
pub fn content_sha256<'a>(rows: impl IntoIterator<Item = &'a WorkTime>) -> String {
    let (mut hash, mut line) = (Sha256::new(), Vec::with_capacity(128));
    for row in rows {
        line.clear();
        for text in [row.worker.as_str(), row.source_text.as_str()] {
            line.extend_from_slice(&(text.len() as u64).to_be_bytes());
            line.extend_from_slice(text.as_bytes());
        }
        let days = [row.period.start, row.period.end].map(|day| i64::from(chrono::Datelike::num_days_from_ce(&day)));
        let codes = [row.measure as i64, row.series as i64, i64::from(row.row)];
        for number in days.into_iter().chain(codes).chain([row.hours.low.0, row.hours.high.0]) {
            line.extend_from_slice(&number.to_be_bytes());
        }
        hash.update(&line);
    }
    hash.finish().iter().map(|byte| format!("{byte:02x}")).collect()
}
