//! Signals that ask the program to end: the terminal was closed, or the system goes down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the system asked the program to end.
#[derive(Debug, Clone, Default)]
pub(super) struct Signals {
    end: Arc<AtomicBool>,
}

impl Signals {
    /// Listens from now on; a signal that cannot be listened to keeps its usual effect.
    pub(super) fn listen() -> Self {
        let signals = Self::default();
        for signal in ENDING {
            let _ = signal_hook::flag::register(*signal, Arc::clone(&signals.end));
        }
        signals
    }

    /// Whether one has come.
    pub(super) fn has_come(&self) -> bool {
        self.end.load(Ordering::Relaxed)
    }
}

#[cfg(unix)]
const ENDING: &[i32] = &[signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const ENDING: &[i32] = &[signal_hook::consts::SIGTERM];
