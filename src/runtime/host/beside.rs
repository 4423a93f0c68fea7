//! Work beside the screen: handed over, told, given up and collected.
//!
//! A read leaves the desk here. What is on the worker takes the desk along; each has a ticket of its own.

use super::{Job, Runtime, Seat};
use crate::app::{Effect, Event};
use crate::domain::progress::{Progress, Stopped};
use crate::runtime::desk::Desk;
use crate::runtime::jobs::{Plan, failed};
use crate::runtime::reader::{Fetching, Reading};
use crate::runtime::ticket::Ticket;
use crate::runtime::worker::DeskWork;

impl Runtime {
    pub(super) fn carry_out(&mut self, plan: Plan) -> Vec<Event> {
        match (plan, &mut self.seat) {
            (Plan::Now(act), Seat::Here(desk)) => {
                let events = act(desk).unwrap_or_else(|error| failed(&error));
                self.publish();
                events
            }
            (Plan::Later(act), _) => self.send_desk(act, false),
            (Plan::GivenUp(act), _) => self.send_desk(act, true),
            (Plan::Beside(fetching), _) => self.begin_reading(fetching),
            (Plan::Now(_), Seat::Locked | Seat::Away) => Vec::new(),
        }
    }

    fn send_desk(&mut self, act: DeskWork, is_given_up: bool) -> Vec<Event> {
        match std::mem::replace(&mut self.seat, Seat::Away) {
            Seat::Here(mut desk) => {
                desk.catch_up_flags();
                desk.ticket = Ticket::default();
                (self.ticket, self.is_given_up_with_desk) = (desk.ticket.clone(), is_given_up);
                self.send(Job::Work(desk, act))
            }
            other => {
                self.seat = other;
                Vec::new()
            }
        }
    }

    /// What was given up meanwhile is dropped next: no screen waits for what was read, nor for a word about it.
    pub(super) fn desk_is_back(&mut self, mut desk: Box<Desk>, events: Vec<Event>) -> Vec<Event> {
        let is_given_up = self.ticket.is_stopped();
        // What is done next was not given up.
        desk.ticket = Ticket::default();
        self.ticket = desk.ticket.clone();
        self.seat = Seat::Here(desk);
        self.publish();
        let is_dropped = self.waiting.iter().any(|effect| matches!(effect, Effect::DropImport));
        let is_wanted = |event: &Event| match event {
            Event::ImportRead(_) => !is_given_up,
            Event::Stopped(_) => !is_dropped,
            _ => true,
        };
        let mut events: Vec<Event> = events.into_iter().filter(is_wanted).collect();
        events.extend(self.catch_up());
        events
    }

    /// One file at a time: the one before is given up.
    fn begin_reading(&mut self, fetching: Fetching) -> Vec<Event> {
        match Reading::begin(fetching) {
            Ok(reading) => {
                self.reading = Some(reading);
                Vec::new()
            }
            Err(error) => failed(&error),
        }
    }

    /// Hands what was read over, once the desk is here.
    pub(super) fn collect_reading(&mut self) -> Vec<Event> {
        let (Seat::Here(_), Some(reading)) = (&self.seat, &self.reading) else { return Vec::new() };
        match reading.collect() {
            Ok(None) => Vec::new(),
            Ok(Some(work)) => {
                self.reading = None;
                self.send_desk(work, true)
            }
            Err(error) => {
                self.reading = None;
                failed(&error)
            }
        }
    }

    /// How far what goes on is; nothing once it was given up, and nothing before a locked door.
    pub(super) fn progress(&self) -> Option<Progress> {
        match (&self.reading, &self.seat) {
            (Some(reading), _) => reading.state(),
            (None, Seat::Away) if !self.is_closing => self.ticket.state(),
            _ => None,
        }
    }

    /// Gives up what needs nobody's records, and an import, which rolls back: with the desk, or because nobody wants it.
    pub(super) fn give_up(&mut self) {
        self.reading = None;
        if matches!(self.seat, Seat::Away) && self.is_given_up_with_desk {
            self.ticket.stop();
        }
    }

    /// Gives up whatever goes on. A read ends here; what is on the worker answers itself how things stand.
    pub(super) fn stop_work(&mut self) -> Vec<Event> {
        if self.reading.take().is_some() {
            return vec![Event::Stopped(Stopped.to_string())];
        }
        if matches!(self.seat, Seat::Away) {
            self.ticket.stop();
        }
        Vec::new()
    }
}
