//! 勧奨 (安衛則52条の3第4項): the physician urges somebody to apply; how strongly, on what ground, and what was answered.
//!
//! Knows the notice that keeps it. Whoever does not apply suffers nothing by it, and the employer is told nothing.

use super::Site;
use super::requests::{self, NoticeEntry, RequestFault};
use crate::domain::case::{Notice, NoticeKind};
use crate::domain::command::{Act, Command};
use crate::domain::{Day, Id, Period};
use crate::labelled;

labelled! {
    /// How strongly.
    Strength { Plain = "勧めた", Strong = "強く勧めた" }
}

labelled! {
    /// What the worker answered.
    Answer { Open = "返事はまだ", Applies = "申し出る", Considers = "考える", Declines = "申し出ない" }
}

/// An urging as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urging {
    /// Given on.
    pub day: Day,
    /// The period whose hours gave rise to it.
    pub period: Option<Period>,
    /// How strongly.
    pub strength: Strength,
    /// On what ground; told to nobody.
    pub ground: String,
    /// What was answered.
    pub answer: Answer,
}

impl Urging {
    /// The text of the notice: strength, ground and answer, one a line.
    fn written(&self) -> String {
        let ground = self.ground.split_whitespace().collect::<Vec<_>>().join(" ");
        [self.strength.label(), ground.as_str(), self.answer.label()].join("\n")
    }
}

/// Strength, ground and answer of a notice; a text of older vaults is a ground.
pub fn read(notice: &Notice) -> (Strength, &str, Answer) {
    let mut lines = notice.content.lines();
    let strength = lines.next().and_then(|line| Strength::ALL.iter().find(|known| known.label() == line));
    let Some(strength) = strength else { return (Strength::default(), &notice.content, Answer::default()) };
    let ground = lines.next().unwrap_or_default();
    let answer = lines.next().and_then(|line| Answer::ALL.iter().find(|known| known.label() == line));
    (*strength, ground, answer.copied().unwrap_or_default())
}

/// The newest urging of a worker.
pub fn newest<'site>(site: &'site Site, worker: &Id) -> Option<&'site Notice> {
    let is_it = |notice: &&Notice| notice.kind == NoticeKind::Urging && notice.worker.as_ref() == Some(worker);
    site.notices.iter().filter(is_it).max_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)))
}

/// Records an urging; one of the same day about the same period gets the answer instead of a second row.
///
/// # Errors
/// [`RequestFault`] for a missing period or a day that cannot be.
pub fn record(site: &Site, worker: &Id, urging: &Urging, today: Day) -> Result<Command, RequestFault> {
    let entry =
        NoticeEntry { kind: NoticeKind::Urging, day: urging.day, period: urging.period, content: urging.written() };
    let command = requests::notice(site, Some(worker), &entry, today)?;
    let is_same =
        |notice: &&Notice| notice.day == urging.day && Some(notice.period_end) == urging.period.map(|p| p.end);
    match newest(site, worker).filter(is_same) {
        None => Ok(command),
        Some(known) => {
            let answered = Notice { content: urging.written(), ..known.clone() };
            Ok(Command::new(Act::RecordNotice, worker.to_string()).put(answered))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::testing::{day, site, today, worker_id};
    use crate::domain::AnyRecord;
    use crate::domain::command::Change;

    fn urging(answer: Answer) -> Urging {
        let period = site().period(2026, 10);
        Urging { day: today(), period, strength: Strength::Strong, ground: " 2期\n続き ".into(), answer }
    }

    fn notice(command: &Command) -> Notice {
        let rows = command.changes.iter().find_map(|change| match change {
            Change::Put(AnyRecord::Notice(notice)) => Some((**notice).clone()),
            _ => None,
        });
        rows.unwrap()
    }

    #[test]
    fn strength_ground_and_answer_are_kept_and_read_again() {
        let kept = notice(&record(&site(), &worker_id(), &urging(Answer::Considers), today()).unwrap());
        assert_eq!(read(&kept), (Strength::Strong, "2期 続き", Answer::Considers));
        assert_eq!(kept.period_end, day("2026-10-31"));
        let older = Notice { content: "電話で勧めた".into(), ..kept };
        assert_eq!(read(&older), (Strength::Plain, "電話で勧めた", Answer::Open));
    }

    #[test]
    fn the_answer_goes_into_the_urging_it_belongs_to() {
        let first = notice(&record(&site(), &worker_id(), &urging(Answer::Open), today()).unwrap());
        let urged = Site { notices: Arc::new(vec![first.clone()]), ..site() };
        let second = notice(&record(&urged, &worker_id(), &urging(Answer::Applies), today()).unwrap());
        assert_eq!((&second.id, read(&second).2), (&first.id, Answer::Applies));
    }

    #[test]
    fn without_a_period_or_on_a_day_ahead_nothing_is_recorded() {
        let without = Urging { period: None, ..urging(Answer::Open) };
        assert_eq!(record(&site(), &worker_id(), &without, today()), Err(RequestFault::NoPeriod));
        let ahead = Urging { day: day("2026-11-21"), ..urging(Answer::Open) };
        assert_eq!(record(&site(), &worker_id(), &ahead, today()), Err(RequestFault::Future));
    }
}
