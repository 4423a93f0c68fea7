//! The host of the screens: holds the desk or knows where it is, watches clocks and signals, publishes the snapshot.
//!
//! While the desk is with the worker, what is asked waits and is done when it is back: nothing typed is lost. A lock asked
//! for meanwhile blanks the snapshot at once and closes the desk when it returns: an import rolls back for it, an edit is
//! finished. While a file is read the desk is here, and a lock closes it at once.

mod beside;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::clock::{Clock, Watch};
use super::desk::{Desk, Snapshot};
use super::error::RuntimeError;
use super::jobs::{self, Plan, failed};
use super::opening::{Recovering, Unlocking};
use super::place::Place;
use super::reader::Reading as FileReading;
use super::signals::Signals;
use super::ticket::Ticket;
use super::worker::{Job, Report, Worker};
use crate::app::host::{Door, Threshold};
use crate::app::{Effect, Event, Host, View};
use crate::law::Law;
use crate::vault::{ErrorClass, Passphrase, RecoveryCode, VaultError};

/// Where the desk is.
enum Seat {
    /// Closed.
    Locked,
    /// Here.
    Here(Box<Desk>),
    /// With the worker.
    Away,
}

/// How a desk is opened on the worker, or why it cannot even be tried.
type Opening = Result<Box<dyn FnOnce() -> Result<Desk, RuntimeError> + Send>, RuntimeError>;

/// Performs what the screens ask.
pub struct Runtime {
    place: Place,
    /// Where the program was started.
    first: Place,
    clock: Clock,
    law: Arc<Law>,
    worker: Worker,
    signals: Signals,
    watch: Watch,
    seat: Seat,
    is_closing: bool,
    waiting: VecDeque<Effect>,
    revision: u64,
    snapshot: Snapshot,
    threshold: Threshold,
    /// The file that is read beside the desk.
    reading: Option<FileReading>,
    /// How far the worker is, and whether its work is still wanted.
    ticket: Ticket,
    /// Whether that work ends with the desk.
    is_given_up_with_desk: bool,
}

impl std::fmt::Debug for Runtime {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Runtime").field("revision", &self.revision).finish_non_exhaustive()
    }
}

impl Runtime {
    /// Stands before the locked vault at `place`.
    ///
    /// # Errors
    /// [`RuntimeError::Broken`] if the system gives no thread.
    pub fn new(place: Place, clock: Clock, law: Arc<Law>) -> Result<Self, RuntimeError> {
        let now = clock.read();
        Ok(Self {
            threshold: place.threshold(),
            worker: Worker::start()?,
            signals: Signals::listen(),
            watch: Watch::new(now, std::time::Duration::from_secs(u64::MAX)),
            seat: Seat::Locked,
            is_closing: false,
            waiting: VecDeque::new(),
            revision: 0,
            snapshot: Snapshot::default(),
            reading: None,
            ticket: Ticket::default(),
            is_given_up_with_desk: false,
            first: place.clone(),
            place,
            clock,
            law,
        })
    }

    /// Stands before the vault with the desk already open: the demo opens without a question.
    ///
    /// # Errors
    /// As [`Runtime::new`].
    pub fn opened(place: Place, desk: Desk) -> Result<Self, RuntimeError> {
        let (clock, law) = (desk.clock().clone(), Arc::clone(desk.law()));
        let mut runtime = Self::new(place, clock, law)?;
        runtime.sit_down(Box::new(desk));
        Ok(runtime)
    }

    fn sit_down(&mut self, desk: Box<Desk>) {
        let now = self.clock.read();
        self.watch = Watch::new(now, desk.idle());
        self.clock = desk.clock().clone();
        self.ticket = desk.ticket.clone();
        self.seat = Seat::Here(desk);
        self.is_closing = false;
        self.publish();
    }

    /// Takes over the desk's snapshot if it has moved on.
    fn publish(&mut self) {
        let Seat::Here(desk) = &self.seat else { return };
        let snapshot = desk.snapshot();
        self.watch.set_idle(desk.idle());
        if snapshot.revision != self.snapshot.revision || self.snapshot.today != snapshot.today {
            self.revision += 1;
        }
        self.snapshot = snapshot;
    }

    /// Opens the desk beside the screen. While one is being closed, `effect` waits.
    fn open(&mut self, effect: Effect, open: impl FnOnce(&Self) -> Opening) -> Vec<Event> {
        match &self.seat {
            Seat::Here(_) => vec![Event::Unlocked],
            Seat::Away if self.is_closing => {
                self.waiting.push_back(effect);
                Vec::new()
            }
            Seat::Away => Vec::new(),
            Seat::Locked => match open(self) {
                Ok(open) => self.send(Job::Open(open)),
                Err(error) => vec![Event::Refused(error.to_string())],
            },
        }
    }

    fn unlock(&mut self, typed: SecretString) -> Vec<Event> {
        let typed_now = SecretString::from(typed.expose_secret());
        self.open(Effect::Unlock(typed), |host| {
            let unlocking = host.unlocking(&typed_now);
            Ok(Box::new(move || Desk::unlock(&unlocking)))
        })
    }

    fn recover(&mut self, code: SecretString, new: SecretString) -> Vec<Event> {
        let (code_now, new_now) = (SecretString::from(code.expose_secret()), SecretString::from(new.expose_secret()));
        self.open(Effect::Recover(code, new), |host| {
            let unlocking = host.unlocking(&new_now);
            let code = RecoveryCode::parse(code_now.expose_secret()).map_err(VaultError::from)?;
            Ok(Box::new(move || Desk::recover(&Recovering { unlocking, code, identity: None })))
        })
    }

    fn unlocking(&self, typed: &SecretString) -> Unlocking {
        Unlocking {
            place: self.place.clone(),
            passphrase: Passphrase::new(typed.expose_secret().to_owned()),
            clock: self.clock.clone(),
            law: Arc::clone(&self.law),
        }
    }

    /// Takes the key or the vault from another place, as long as nothing is open.
    fn stand(&mut self, place: Place) -> Vec<Event> {
        if !matches!(self.seat, Seat::Locked) {
            return failed(&RuntimeError::Locked);
        }
        if self.clock.is_made_up() && place.header().is_ok_and(|header| !header.demo) {
            return vec![Event::Refused(
                "この金庫では --today を使えません。--today を外して、もう一度始めてください。".to_owned(),
            )];
        }
        self.place = place;
        self.threshold = self.place.threshold();
        self.revision += 1;
        Vec::new()
    }

    fn other_vault(&mut self, folder: Option<PathBuf>) -> Vec<Event> {
        let place = match folder {
            None => self.first.clone(),
            Some(folder) => Place { folder, identity: None, is_named: true, ..self.first.clone() },
        };
        self.stand(place)
    }

    /// Tells a stick that was plugged in, or pulled out, since the door was drawn.
    fn watch_key(&mut self) {
        if matches!(self.seat, Seat::Locked) && self.place.key_found() != self.threshold.key_found {
            self.threshold = self.place.threshold();
            self.revision += 1;
        }
    }

    fn send(&mut self, job: Job) -> Vec<Event> {
        self.seat = Seat::Away;
        match self.worker.send(job) {
            Ok(()) => Vec::new(),
            Err(error) => self.break_off(&error),
        }
    }

    /// The worker has gone and the desk with it: its databases are whole, their logs are read at the next opening.
    fn break_off(&mut self, error: &RuntimeError) -> Vec<Event> {
        self.blank();
        self.seat = Seat::Locked;
        self.is_closing = false;
        let mut events = failed(error);
        events.push(Event::Locked("内部の誤りのため、施錠しました。開き直してください。".to_owned()));
        events
    }

    /// Drops everything that was shown.
    fn blank(&mut self) {
        self.snapshot = Snapshot { revision: 0, today: self.clock.today(), ..Snapshot::default() };
        self.revision += 1;
        self.threshold = self.place.threshold();
    }

    /// Locks now, or as soon as the desk is back; what was shown is dropped at once.
    fn lock(&mut self, reason: &str) -> Vec<Event> {
        self.give_up();
        match std::mem::replace(&mut self.seat, Seat::Locked) {
            Seat::Locked => Vec::new(),
            Seat::Away if self.is_closing => {
                self.seat = Seat::Away;
                Vec::new()
            }
            Seat::Away => {
                self.seat = Seat::Away;
                self.is_closing = true;
                self.blank();
                vec![Event::Locked(reason.to_owned())]
            }
            Seat::Here(desk) => {
                self.blank();
                let mut events = self.close(*desk);
                events.push(Event::Locked(reason.to_owned()));
                events
            }
        }
    }

    fn close(&mut self, desk: Desk) -> Vec<Event> {
        let locked = desk.lock();
        let _ = self.worker.send(Job::Forget);
        self.threshold = self.place.threshold();
        locked.err().map(|error| failed(&error)).unwrap_or_default()
    }

    fn quit(&mut self) -> Vec<Event> {
        let mut events = self.lock("終了します。");
        if matches!(self.seat, Seat::Away)
            && let Some(report) = self.worker.wait()
        {
            events.extend(self.take(report));
        }
        events.push(Event::Quit);
        events
    }

    fn tick(&mut self) -> Vec<Event> {
        if self.signals.has_come() {
            return self.quit();
        }
        let mut events = self.watch_clocks();
        self.watch_key();
        loop {
            match self.worker.collect() {
                Ok(Some(report)) => events.extend(self.take(report)),
                Ok(None) => break,
                Err(error) => {
                    if matches!(self.seat, Seat::Away) {
                        events.extend(self.break_off(&error));
                    }
                    break;
                }
            }
        }
        events.extend(self.collect_reading());
        events.extend(self.progress().map(Event::Progress));
        let is_quiet = self.watch.is_quiet(self.clock.read());
        if let Seat::Here(desk) = &mut self.seat {
            desk.turn_the_day();
            if is_quiet {
                desk.catch_up_flags();
            }
            // One establishment at a time, between keys.
            let read = if is_quiet { desk.read_older_hours() } else { Ok(false) };
            events.extend(read.err().iter().flat_map(failed));
        }
        self.publish();
        events
    }

    /// At every turn of the loop: after a jump not a single frame may still show what was open.
    fn watch_clocks(&mut self) -> Vec<Event> {
        let now = self.clock.read();
        let alarm = self.watch.look(now);
        match alarm.filter(|_| !matches!(self.seat, Seat::Locked) && !self.is_closing) {
            Some(alarm) => self.lock(alarm.sentence()),
            None => Vec::new(),
        }
    }

    fn take(&mut self, report: Report) -> Vec<Event> {
        match report {
            Report::Opened(Ok(desk)) if self.is_closing => self.finish_closing(*desk),
            Report::Opened(Ok(desk)) => self.opened_desk(desk),
            Report::Opened(Err(error)) => self.not_opened(&error),
            Report::Done(desk, _) if self.is_closing => self.finish_closing(*desk),
            Report::Done(desk, events) => self.desk_is_back(desk, events),
        }
    }

    fn opened_desk(&mut self, desk: Box<Desk>) -> Vec<Event> {
        let mut events = vec![Event::Unlocked];
        events.extend(desk.unopened().iter().flat_map(|(id, _)| failed(&RuntimeError::SiteNotOpen(id.to_string()))));
        events.extend(desk.notices().iter().map(|notice| Event::Done(notice.clone())));
        self.threshold = self.place.threshold();
        self.sit_down(desk);
        events
    }

    fn not_opened(&mut self, error: &RuntimeError) -> Vec<Event> {
        self.seat = Seat::Locked;
        self.is_closing = false;
        self.threshold = self.place.threshold();
        match error.class() {
            ErrorClass::Locked | ErrorClass::Refused => vec![Event::Refused(error.to_string())],
            ErrorClass::Use | ErrorClass::Damaged => failed(error),
        }
    }

    /// What was typed before the lock is kept; everything else that waited is given up with the screen that asked.
    fn finish_closing(&mut self, mut desk: Desk) -> Vec<Event> {
        let (drafts, rest): (VecDeque<Effect>, VecDeque<Effect>) =
            self.waiting.drain(..).partition(|effect| matches!(effect, Effect::SaveDraft(..)));
        self.waiting =
            rest.into_iter().filter(|effect| matches!(effect, Effect::Unlock(_) | Effect::Recover(..))).collect();
        for draft in drafts {
            if let Ok(Some(Plan::Now(act))) = jobs::plan(draft, &desk) {
                let _ = act(&mut desk);
            }
        }
        self.seat = Seat::Locked;
        self.is_closing = false;
        self.ticket = Ticket::default();
        let mut events = self.close(desk);
        events.extend(self.catch_up());
        events
    }

    /// Does what waited for the desk, until it is sent away again.
    fn catch_up(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while !matches!(self.seat, Seat::Away)
            && let Some(effect) = self.waiting.pop_front()
        {
            events.extend(self.perform(effect));
        }
        events
    }

    fn on_desk(&mut self, effect: Effect) -> Vec<Event> {
        if matches!(effect, Effect::DropImport) {
            self.give_up();
        }
        match &mut self.seat {
            Seat::Locked => failed(&RuntimeError::Locked),
            Seat::Away => {
                self.waiting.push_back(effect);
                Vec::new()
            }
            Seat::Here(desk) => match jobs::plan(effect, desk) {
                Ok(plan) => plan.map(|plan| self.carry_out(plan)).unwrap_or_default(),
                Err(error) => failed(&error),
            },
        }
    }

    fn door(&self) -> Door {
        let is_open = match &self.seat {
            Seat::Here(_) => true,
            Seat::Away => !self.is_closing && self.snapshot.revision > 0,
            Seat::Locked => false,
        };
        match is_open {
            true => Door::Open,
            false if self.place.holds_vault() => Door::Locked,
            false => Door::NoVault,
        }
    }
}

impl Host for Runtime {
    fn view(&self) -> View {
        View {
            revision: self.revision,
            today: self.clock.today(),
            clock: self.clock.hours_and_minutes(),
            door: self.door(),
            threshold: self.threshold.clone(),
            caseload: Arc::clone(&self.snapshot.caseload),
            assessments: Arc::clone(&self.snapshot.assessments),
            law: Arc::clone(&self.law),
            vault: Arc::clone(&self.snapshot.vault),
        }
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Tick => self.tick(),
            Effect::Touch => {
                self.watch.touch(self.clock.read());
                Vec::new()
            }
            Effect::Unlock(typed) => self.unlock(typed),
            Effect::ReadCode(typed) => vec![read_code(&typed)],
            Effect::Recover(code, new) => {
                self.place.identity = None;
                self.recover(code, new)
            }
            Effect::MoveKey(..) => {
                // From here on the vault says itself where its key lies.
                self.place.identity = None;
                self.on_desk(effect)
            }
            Effect::KeyAt(identity) => self.stand(Place { identity, ..self.place.clone() }),
            Effect::OtherVault(folder) => self.other_vault(folder),
            Effect::Lock => self.lock("施錠しました。"),
            Effect::Quit => self.quit(),
            Effect::StopWork => self.stop_work(),
            other => self.on_desk(other),
        }
    }
}

fn read_code(typed: &SecretString) -> Event {
    match RecoveryCode::parse(typed.expose_secret()) {
        Ok(_) => Event::CodeRead,
        Err(error) => Event::Refused(error.to_string()),
    }
}

impl Drop for Runtime {
    /// However the program ends, the databases are closed whole.
    fn drop(&mut self) {
        drop(self.quit());
    }
}
