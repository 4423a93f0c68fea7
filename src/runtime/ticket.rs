//! How far long work is, and whether it is still wanted: shared by the screen's thread and the one that works.
//!
//! Every piece of work has a ticket of its own: what was given up never goes on because something else began.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::domain::progress::{Going, Phase, Progress, Stopped};

/// A counter and a stop sign. Copies show the same; nothing waits for anything.
#[derive(Debug, Clone, Default)]
pub struct Ticket(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// Its place among all phases.
    phase: AtomicUsize,
    done: AtomicUsize,
    total: AtomicUsize,
    is_stopped: AtomicBool,
    /// The step at which a test stops the work.
    #[cfg(test)]
    last: Option<AtomicUsize>,
}

impl Ticket {
    /// Notes how far the work is and says whether it goes on.
    pub fn hears(&self, progress: Progress) -> bool {
        self.0.phase.store(progress.phase as usize, Ordering::Relaxed);
        self.0.done.store(progress.done, Ordering::Relaxed);
        self.0.total.store(progress.total, Ordering::Relaxed);
        #[cfg(test)]
        self.count();
        !self.is_stopped()
    }

    /// Does work that tells how far it is, as long as it is wanted.
    pub fn while_wanted<T>(&self, work: impl FnOnce(&Going<'_>) -> T) -> T {
        let listener = |progress| self.hears(progress);
        work(&Going::heard_by(&listener))
    }

    /// Whether it still is wanted, between two parts that tell nothing.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn check(&self) -> Result<(), Stopped> {
        #[cfg(test)]
        self.count();
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// A ticket that stops the work at the step of that number, counted from 0.
    #[cfg(test)]
    pub fn stopping_at(step: usize) -> Self {
        Self(Arc::new(State { last: Some(AtomicUsize::new(step)), ..State::default() }))
    }

    #[cfg(test)]
    fn count(&self) {
        let is_last =
            |left: &AtomicUsize| left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_err();
        if self.0.last.as_ref().is_some_and(is_last) {
            self.stop();
        }
    }

    /// Asks the work to stop.
    pub fn stop(&self) {
        self.0.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Relaxed)
    }

    /// How far; none before anything was counted, and none once it was given up, however long it takes to stop.
    pub fn state(&self) -> Option<Progress> {
        let [phase, done, total] =
            [&self.0.phase, &self.0.done, &self.0.total].map(|part| part.load(Ordering::Relaxed));
        let phase = Phase::ALL.get(phase).copied()?;
        (total > 0 && !self.is_stopped()).then_some(Progress { phase, done: done.min(total), total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_sees_the_stop_and_the_count() {
        let (one, other) = (Ticket::default(), Ticket::default());
        let copy = one.clone();
        let progress = |done| Progress { phase: Phase::Writing, done, total: 10 };
        assert!(copy.state().is_none() && one.hears(progress(3)) && copy.state() == Some(progress(3)));
        copy.stop();
        assert!(!one.hears(progress(4)) && other.hears(progress(0)));
        assert_eq!((copy.state(), one.check(), other.check()), (None, Err(Stopped), Ok(())));
    }

    #[test]
    fn every_phase_is_told_by_its_own_name() {
        let ticket = Ticket::default();
        for phase in Phase::ALL {
            ticket.hears(Progress { phase: *phase, done: 1, total: 1 });
            assert_eq!(ticket.state().map(|told| told.phase), Some(*phase));
        }
    }

    #[test]
    fn work_hears_of_the_stop_at_its_next_step() {
        let ticket = Ticket::default();
        let seen = ticket.while_wanted(|going| {
            let rows = going.over(Phase::Matching, 10, 0..10);
            rows.inspect(|row| {
                if *row == 4 {
                    ticket.stop()
                }
            })
            .count()
        });
        assert_eq!(seen, 5);
    }
}
