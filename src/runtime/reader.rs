//! A read beside the desk, on a thread of its own: while it lasts the desk is here, to be worked at and to be locked.
//!
//! Who gives a read up leaves its thread behind, which holds neither desk nor key: it ends with the next part that
//! arrives, and what it has read goes with it. Must not know what is read.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread::Builder;

use super::error::RuntimeError;
use super::ticket::Ticket;
use super::worker::DeskWork;
use crate::domain::progress::{Going, Progress};

/// Reads something and says what is to be done with it on the desk.
pub(super) type Fetching = Box<dyn FnOnce(&Going<'_>) -> DeskWork + Send>;

/// A read that goes on. Dropping it gives it up.
pub(super) struct Reading {
    ticket: Ticket,
    outcome: Receiver<DeskWork>,
}

impl Reading {
    /// Begins a read.
    ///
    /// # Errors
    /// [`RuntimeError::Broken`] if the system gives no thread.
    pub(super) fn begin(fetching: Fetching) -> Result<Self, RuntimeError> {
        let (ticket, (sender, outcome)) = (Ticket::default(), channel());
        let seen = ticket.clone();
        let read = move || {
            let work = seen.while_wanted(|going| fetching(going));
            // Nobody waits for it any more: it is dropped here, with all that was read.
            let _ = sender.send(work);
        };
        Builder::new().name("reader".to_owned()).spawn(read).map_err(|_| RuntimeError::Broken)?;
        Ok(Self { ticket, outcome })
    }

    /// Collects what is to be done with what was read, if it has come.
    ///
    /// # Errors
    /// [`RuntimeError::Broken`] if the thread ended without a word.
    pub(super) fn collect(&self) -> Result<Option<DeskWork>, RuntimeError> {
        match self.outcome.try_recv() {
            Ok(work) => Ok(Some(work)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(RuntimeError::Broken),
        }
    }

    /// How far it is.
    pub(super) fn state(&self) -> Option<Progress> {
        self.ticket.state()
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.ticket.stop();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::Sender;

    use super::*;
    use crate::domain::progress::Phase;

    /// A read that waits for a part, and holds `content` from then on; the other end of the pipe, and a sign of its end.
    fn blocked(content: &Arc<()>) -> (Fetching, Sender<()>, Receiver<()>) {
        let (pipe, parts) = channel::<()>();
        let (end, ended) = channel::<()>();
        let content = Arc::clone(content);
        let fetching: Fetching = Box::new(move |going| {
            let _ended = end;
            let _ = parts.recv();
            let read = going.begin(Phase::Fetching, 1).map(|()| content);
            Box::new(move |_, _| {
                drop(read);
                Vec::new()
            })
        });
        (fetching, pipe, ended)
    }

    #[test]
    fn a_read_that_was_given_up_ends_with_the_next_part_and_keeps_nothing() {
        let content = Arc::new(());
        let (fetching, pipe, ended) = blocked(&content);
        let reading = Reading::begin(fetching).unwrap();
        assert!(matches!(reading.collect(), Ok(None)));
        drop(reading);
        pipe.send(()).unwrap();
        assert!(ended.recv().is_err(), "the thread has let go of what it held");
        while Arc::strong_count(&content) > 1 {
            std::thread::yield_now();
        }
    }

    #[test]
    fn what_was_read_is_collected_once_and_a_read_that_broke_says_so() {
        let content = Arc::new(());
        let (fetching, pipe, _ended) = blocked(&content);
        let reading = Reading::begin(fetching).unwrap();
        pipe.send(()).unwrap();
        let work = loop {
            if let Some(work) = reading.collect().unwrap() {
                break work;
            }
            std::thread::yield_now();
        };
        assert_eq!(reading.state().map(|progress| progress.total), Some(1));
        assert_eq!(Arc::strong_count(&content), 2);
        drop(work);
        assert_eq!(Arc::strong_count(&content), 1);
        while matches!(reading.collect(), Ok(None)) {
            std::thread::yield_now();
        }
        assert!(reading.collect().is_err());
    }
}
