//! The host of the screens: performs their effects, sends the slow ones to a thread, and watches the clocks.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use secrecy::{ExposeSecret, SecretString};

use super::clock::{Clock, Watch};
use super::desk::{Desk, Snapshot};
use super::error::RuntimeError;
use super::imports::{ReadFile, ReadOptions};
use super::opening::Unlocking;
use super::place::Place;
use super::{preview, signals};
use crate::app::host::{Door, Failure, Threshold};
use crate::app::{Effect, Event, Host, View};
use crate::domain::EstablishmentId;
use crate::domain::hours::BatchKind;
use crate::law::Law;
use crate::vault::Passphrase;

/// Where the desk stands.
enum State {
    /// Locked, or not there at all.
    Closed,
    /// The key is being derived.
    Opening(Receiver<Result<Box<Desk>, RuntimeError>>),
    /// Open.
    Open(Box<Desk>),
}

/// A file that was read and waits for an answer.
struct Pending {
    file: ReadFile,
    readings: Vec<crate::import::notation::Notation>,
}

/// The host over a real vault.
pub struct Runtime {
    place: Place,
    clock: Clock,
    law: Arc<Law>,
    state: State,
    watch: Watch,
    threshold: Threshold,
    pending: Option<Pending>,
    /// Rises at every opening and closing, so that no revision is seen twice.
    round: u64,
}

/// Revisions of one opening; far more than a session can make.
const ROUND: u64 = 1 << 32;

impl std::fmt::Debug for Runtime {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Runtime").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Runtime {
    /// A host at a locked vault, or at a place where there is none.
    pub fn new(place: Place, clock: Clock, law: Arc<Law>) -> Self {
        let watch = Watch::new(clock.read(), IDLE_BEFORE_OPENING);
        let threshold = place.threshold();
        Self { place, clock, law, state: State::Closed, watch, threshold, pending: None, round: 0 }
    }

    /// A host over a desk that is open already.
    pub fn over(desk: Desk, place: Place) -> Self {
        let mut runtime = Self::new(place, desk.clock().clone(), Arc::clone(desk.law()));
        runtime.opened(Box::new(desk));
        runtime
    }

    fn desk(&self) -> Option<&Desk> {
        match &self.state {
            State::Open(desk) => Some(desk),
            State::Closed | State::Opening(_) => None,
        }
    }

    fn opened(&mut self, desk: Box<Desk>) {
        self.watch = Watch::new(self.clock.read(), desk.idle());
        self.clock = desk.clock().clone();
        self.round += 1;
        self.state = State::Open(desk);
    }

    fn unlock(&mut self, typed: &SecretString) -> Vec<Event> {
        let (sender, receiver) = channel();
        let unlocking = Unlocking {
            place: self.place.clone(),
            passphrase: Passphrase::new(typed.expose_secret().to_owned()),
            clock: self.clock.clone(),
            law: Arc::clone(&self.law),
        };
        thread::spawn(move || {
            // Nobody listens any more when the program ended meanwhile.
            let _ = sender.send(Desk::unlock(&unlocking).map(Box::new));
        });
        self.state = State::Opening(receiver);
        Vec::new()
    }

    /// Closes the desk; what went wrong on the way is said, and it is closed all the same.
    fn close(&mut self, reason: &str) -> Vec<Event> {
        self.pending = None;
        self.round += 1;
        match std::mem::replace(&mut self.state, State::Closed) {
            State::Open(desk) => {
                let closed = desk.lock();
                self.threshold = self.place.threshold();
                let sentence = closed.map_or_else(|error| format!("{reason}{error}"), |()| reason.to_owned());
                vec![Event::Locked(sentence)]
            }
            State::Closed | State::Opening(_) => Vec::new(),
        }
    }

    fn tick(&mut self) -> Vec<Event> {
        if signals::asked_to_end() {
            let mut events = self.close("終了の合図を受けて、施錠しました。");
            events.push(Event::Quit);
            return events;
        }
        if let State::Opening(receiver) = &self.state {
            return match receiver.try_recv() {
                Ok(answer) => self.answered(answer),
                Err(TryRecvError::Empty) => Vec::new(),
                Err(TryRecvError::Disconnected) => self.answered(Err(RuntimeError::Broken)),
            };
        }
        let State::Open(desk) = &mut self.state else { return Vec::new() };
        if desk.snapshot().today != self.clock.today() {
            desk.turn_the_day();
        }
        let alarm = self.watch.look(self.clock.read());
        alarm.map_or_else(Vec::new, |alarm| self.close(alarm.sentence()))
    }

    fn answered(&mut self, answer: Result<Box<Desk>, RuntimeError>) -> Vec<Event> {
        self.round += 1;
        match answer {
            Ok(desk) => {
                let told = desk.notices().first().cloned();
                self.opened(desk);
                std::iter::once(Event::Unlocked).chain(told.map(Event::Done)).collect()
            }
            Err(error) => {
                self.state = State::Closed;
                self.threshold = self.place.threshold();
                vec![Event::Refused(error.to_string())]
            }
        }
    }

    /// Performs what changes the desk, and says how it went.
    fn change(&mut self, change: impl FnOnce(&mut Desk) -> Result<Vec<Event>, RuntimeError>) -> Vec<Event> {
        let State::Open(desk) = &mut self.state else {
            return failed(&RuntimeError::Locked);
        };
        change(desk).unwrap_or_else(|error| failed(&error))
    }

    fn read_import(&mut self, site: &EstablishmentId, path: &Path) -> Vec<Event> {
        let Some(desk) = self.desk() else { return failed(&RuntimeError::Locked) };
        match desk.read_file(site, path, ReadOptions::of(BatchKind::Hours)) {
            Ok(file) => self.show_import(file),
            Err(error) => failed(&error),
        }
    }

    fn show_import(&mut self, file: ReadFile) -> Vec<Event> {
        let Some(desk) = self.desk() else { return failed(&RuntimeError::Locked) };
        match preview::hours(desk, &file) {
            Ok((shown, readings)) => {
                let readings = if readings.is_empty() { self.readings() } else { readings };
                self.pending = Some(Pending { file, readings });
                vec![Event::ImportRead(Box::new(shown))]
            }
            Err(error) => failed(&error),
        }
    }

    fn readings(&self) -> Vec<crate::import::notation::Notation> {
        self.pending.as_ref().map(|pending| pending.readings.clone()).unwrap_or_default()
    }

    fn choose_reading(&mut self, index: usize) -> Vec<Event> {
        let Some(mut pending) = self.pending.take() else { return failed(&RuntimeError::NothingRead) };
        pending.file.notation = pending.readings.get(index).copied();
        let file = pending.file;
        self.pending = None;
        self.show_import(file)
    }

    fn accept_import(&mut self) -> Vec<Event> {
        let Some(pending) = self.pending.take() else { return failed(&RuntimeError::NothingRead) };
        let events = self.change(|desk| {
            desk.accept_hours(&pending.file)?;
            Ok(vec![Event::Imported("取り込みました。u でまとめて取り消せます".to_owned())])
        });
        if matches!(events.first(), Some(Event::Failed(_))) {
            self.pending = Some(pending);
        }
        events
    }
}

/// Before a vault is open nothing needs the idle lock.
const IDLE_BEFORE_OPENING: std::time::Duration = std::time::Duration::from_secs(86_400);

fn failed(error: &RuntimeError) -> Vec<Event> {
    vec![Event::Failed(Failure::from(error))]
}

fn done(text: impl Into<String>) -> Vec<Event> {
    vec![Event::Done(text.into())]
}

impl Host for Runtime {
    fn view(&self) -> View {
        let snapshot = self.desk().map(Desk::snapshot).unwrap_or_else(|| empty(self.clock.today()));
        let door = match (&self.state, self.place.holds_vault()) {
            (State::Open(_), _) => Door::Open,
            (_, true) => Door::Locked,
            (_, false) => Door::NoVault,
        };
        View {
            revision: self.round * ROUND + snapshot.revision,
            today: snapshot.today,
            clock: self.clock.hours_and_minutes(),
            door,
            threshold: self.threshold.clone(),
            caseload: snapshot.caseload,
            assessments: snapshot.assessments,
            law: Arc::clone(&self.law),
            vault: snapshot.vault,
        }
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Tick => self.tick(),
            Effect::Touch => {
                self.watch.touch(self.clock.read());
                Vec::new()
            }
            Effect::Unlock(passphrase) => self.unlock(&passphrase),
            Effect::Lock => self.close("施錠しました。"),
            Effect::Quit => {
                let mut events = self.close("施錠しました。");
                events.push(Event::Quit);
                events
            }
            Effect::ReadImport(site, path) => self.read_import(&site, &path),
            Effect::ChooseReading(index) => self.choose_reading(index),
            Effect::AcceptImport => self.accept_import(),
            Effect::DropImport => {
                self.pending = None;
                Vec::new()
            }
            other => self.change(|desk| perform(desk, other)),
        }
    }
}

/// Effects on an open desk that answer at once.
fn perform(desk: &mut Desk, effect: Effect) -> Result<Vec<Event>, RuntimeError> {
    match effect {
        Effect::CreateSite(establishment) => Ok(vec![Event::SiteCreated(desk.create_site(*establishment)?)]),
        Effect::Perform(site, command) => {
            desk.perform(&site, &command)?;
            Ok(done(format!("{}を記録しました。u で取り消せます", command.act.label())))
        }
        Effect::EnterHours(site, typed) => {
            desk.enter_hours(&site, &typed)?;
            Ok(done("労働時間を記録しました。u でまとめて取り消せます"))
        }
        Effect::SaveDraft(site, field) => desk.save_draft(&site, field).map(|()| Vec::new()),
        Effect::EndDraft(site, form) => desk.end_draft(&site, &form).map(|()| Vec::new()),
        Effect::Undo(site, number) => {
            let undone = desk.undo(&site, number)?;
            Ok(done(format!("{}を取り消しました。Ctrl-Y でやり直せます", undone.act.label())))
        }
        Effect::Redo(site) => {
            desk.redo(&site)?;
            Ok(done("取り消した変更をもう一度行いました"))
        }
        Effect::Viewed(site, subject) => desk.viewed(&site, &subject).map(|()| Vec::new()),
        Effect::Set(key, value) => {
            desk.set(&key, &value)?;
            Ok(done("設定を変えました"))
        }
        _ => Err(RuntimeError::Broken),
    }
}

fn empty(today: crate::domain::Day) -> Snapshot {
    Snapshot { today, ..Snapshot::default() }
}
