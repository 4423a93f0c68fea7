//! SIGHUP and SIGTERM as a wish to end: the desk is locked and checkpointed before the program leaves.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

static WISH: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Starts to listen; to be called once, before the interface starts.
pub fn listen() {
    let wish = WISH.get_or_init(|| Arc::new(AtomicBool::new(false)));
    for signal in [signal_hook::consts::SIGHUP, signal_hook::consts::SIGTERM] {
        // Without the handler the signal ends the program at once; the next opening finds the journal whole.
        let _ = signal_hook::flag::register(signal, Arc::clone(wish));
    }
}

/// Whether a signal has come.
pub fn asked_to_end() -> bool {
    WISH.get().is_some_and(|wish| wish.load(Ordering::Relaxed))
}
