//! The one worker thread: key derivation, files, typesetting, backup and check run on it beside the screen.

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::Builder;

use super::desk::Desk;
use super::error::RuntimeError;
use super::workshop::Workshop;
use crate::app::Event;

/// Typst walks deep trees.
const STACK: usize = 16 << 20;

/// Work on an open desk, which comes back with the answer.
pub(super) type DeskWork = Box<dyn FnOnce(&mut Desk, &mut Workshop) -> Vec<Event> + Send>;

/// Something to do.
pub(super) enum Job {
    /// Opens the desk.
    Open(Box<dyn FnOnce() -> Result<Desk, RuntimeError> + Send>),
    /// Works on it.
    Work(Box<Desk>, DeskWork),
    /// Forgets what documents said.
    Forget,
}

/// What came of it.
pub(super) enum Report {
    /// The desk is open, or why not.
    Opened(Result<Box<Desk>, RuntimeError>),
    /// The work is done.
    Done(Box<Desk>, Vec<Event>),
}

/// The thread and the channels to it.
pub(super) struct Worker {
    jobs: Sender<Job>,
    reports: Receiver<Report>,
}

impl Worker {
    /// Starts the thread; it ends when this is dropped.
    pub(super) fn start() -> Result<Self, RuntimeError> {
        let (jobs, inbox) = channel();
        let (outbox, reports) = channel();
        let thread = Builder::new().name("worker".to_owned()).stack_size(STACK);
        thread.spawn(move || work(&inbox, &outbox)).map_err(|_| RuntimeError::Broken)?;
        Ok(Self { jobs, reports })
    }

    /// Hands a job over.
    pub(super) fn send(&self, job: Job) -> Result<(), RuntimeError> {
        self.jobs.send(job).map_err(|_| RuntimeError::Broken)
    }

    /// Collects a report, if one has come.
    pub(super) fn collect(&self) -> Result<Option<Report>, RuntimeError> {
        match self.reports.try_recv() {
            Ok(report) => Ok(Some(report)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(RuntimeError::Broken),
        }
    }

    /// Waits for the next report; at the end of the program only.
    pub(super) fn wait(&self) -> Option<Report> {
        self.reports.recv().ok()
    }
}

fn work(inbox: &Receiver<Job>, outbox: &Sender<Report>) {
    let mut workshop = Workshop::default();
    while let Ok(job) = inbox.recv() {
        let report = match job {
            Job::Open(open) => Report::Opened(open().map(Box::new)),
            Job::Work(mut desk, act) => {
                let events = act(&mut desk, &mut workshop);
                Report::Done(desk, events)
            }
            Job::Forget => {
                workshop.forget();
                continue;
            }
        };
        // Nobody listens any more: the desk is closed by being dropped, its log is read at the next opening.
        if outbox.send(report).is_err() {
            return;
        }
    }
}
