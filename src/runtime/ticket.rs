//! How far long work is, and whether it is still wanted: shared by the screen's thread and the worker's.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A counter and a stop sign. Copies show the same; nothing waits for anything.
#[derive(Debug, Clone, Default)]
pub struct Ticket(Arc<State>);

#[derive(Debug, Default)]
struct State {
    done: AtomicUsize,
    total: AtomicUsize,
    is_stopped: AtomicBool,
}

impl Ticket {
    /// Notes how far the work is and says whether it goes on.
    pub fn passes(&self, done: usize, total: usize) -> bool {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
        !self.is_stopped()
    }

    /// Asks the work to stop.
    pub fn stop(&self) {
        self.0.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Relaxed)
    }

    /// Starts anew.
    pub fn reset(&self) {
        self.passes(0, 0);
        self.0.is_stopped.store(false, Ordering::Relaxed);
    }

    /// How far, of how much; none before anything was counted.
    pub fn state(&self) -> Option<(usize, usize)> {
        let (done, total) = (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed));
        (total > 0).then_some((done.min(total), total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_sees_the_stop_and_the_count() {
        let (one, other) = (Ticket::default(), Ticket::default());
        let copy = one.clone();
        assert!(one.passes(3, 10) && copy.state() == Some((3, 10)));
        copy.stop();
        assert!(!one.passes(4, 10) && other.passes(0, 0));
        one.reset();
        assert_eq!((copy.state(), copy.is_stopped()), (None, false));
    }
}
