//! The clocks: wall time in Asia/Tokyo, the monotonic clock, and when the two say that the desk must lock.
//!
//! Japan has had no summer time since 1951, so the legal day is UTC + 9 h. `Instant` does not count a suspend: a wall
//! clock that ran ahead of it means that the machine slept, or that somebody set the clock.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDateTime, TimeDelta};

use crate::domain::Day;
use crate::store::Stamp;

/// Hours by which Japan is ahead of UTC.
const JAPAN: TimeDelta = TimeDelta::hours(9);

/// The difference between the clocks that locks (design 7.4).
const JUMP: i64 = 30;

/// What both clocks say at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Wall time in Asia/Tokyo.
    pub wall: NaiveDateTime,
    /// Time since some fixed instant, not counting suspend.
    pub monotonic: Duration,
}

/// Where time comes from.
pub trait TimeSource: Send + Sync {
    /// Reads both clocks.
    fn read(&self) -> Reading;
}

/// The machine's own clocks.
struct MachineTime {
    start: Instant,
}

impl TimeSource for MachineTime {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn read(&self) -> Reading {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        let utc = DateTime::from_timestamp(seconds, 0).unwrap_or_default().naive_utc();
        Reading { wall: utc.checked_add_signed(JAPAN).unwrap_or(utc), monotonic: self.start.elapsed() }
    }
}

/// A time that stands still, for tests and for building the demo.
#[derive(Debug, Clone, Copy)]
pub struct FixedTime(pub Reading);

impl TimeSource for FixedTime {
    fn read(&self) -> Reading {
        self.0
    }
}

/// The clock that everything above is given.
#[derive(Clone)]
pub struct Clock {
    source: Arc<dyn TimeSource>,
    day: Option<Day>,
    is_fiction: bool,
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Clock").field("now", &self.read()).field("day", &self.day).finish()
    }
}

impl Clock {
    /// Reads the machine's clocks; `day` overrides the legal day (`--today`).
    pub fn machine(day: Option<Day>) -> Self {
        Self::new(Arc::new(MachineTime { start: Instant::now() }), day)
    }

    /// Reads the given source; `day` overrides the legal day.
    pub fn new(source: Arc<dyn TimeSource>, day: Option<Day>) -> Self {
        Self { source, day, is_fiction: false }
    }

    /// Lets the overriding day reach what is written too: on a demo vault only.
    #[must_use]
    pub fn fiction(self) -> Self {
        Self { is_fiction: true, ..self }
    }

    /// Whether a day overrides the machine's.
    pub fn is_made_up(&self) -> bool {
        self.day.is_some()
    }

    /// Stands still at noon of `day`.
    pub fn fixed(day: Day) -> Self {
        let wall = day.and_hms_opt(12, 0, 0).unwrap_or_default();
        Self::new(Arc::new(FixedTime(Reading { wall, monotonic: Duration::ZERO })), None)
    }

    /// Reads both clocks; the override of the day does not reach them.
    pub fn read(&self) -> Reading {
        self.source.read()
    }

    /// The legal day (Asia/Tokyo), or the day that overrides it.
    pub fn today(&self) -> Day {
        self.day.unwrap_or_else(|| self.read().wall.date())
    }

    /// `14:20`
    pub fn hours_and_minutes(&self) -> String {
        self.read().wall.format("%H:%M").to_string()
    }

    /// The stamp of an act done now; `--today` never dates an act, except in a demo.
    pub fn stamp(&self) -> Stamp {
        let wall = self.read().wall;
        let day = self.day.filter(|_| self.is_fiction).unwrap_or_else(|| wall.date());
        Stamp { at: format!("{day} {}", wall.format("%H:%M:%S")), day }
    }
}

/// Why the watch wants the desk locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alarm {
    /// Nobody pressed a key for the set time.
    Idle,
    /// The clocks ran apart: the machine slept, or the clock was set.
    Jump,
}

impl Alarm {
    /// Says it in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Idle => "しばらく操作がなかったため、施錠しました。",
            Self::Jump => "時計が飛んだため（休止からの復帰など）、施錠しました。",
        }
    }
}

/// Compares the clocks and counts the time without a key.
#[derive(Debug, Clone, Copy)]
pub struct Watch {
    last: Reading,
    touched: Duration,
    idle: Duration,
}

impl Watch {
    /// Starts watching now; `idle` is the time without a key after which it speaks.
    pub fn new(now: Reading, idle: Duration) -> Self {
        Self { last: now, touched: now.monotonic, idle }
    }

    /// A key was pressed.
    pub fn touch(&mut self, now: Reading) {
        self.touched = now.monotonic;
    }

    /// Whether no key was pressed for a moment: time for work that may take a blink.
    pub fn is_quiet(&self, now: Reading) -> bool {
        now.monotonic.saturating_sub(self.touched) >= Duration::from_secs(1)
    }

    /// Sets the time without a key.
    pub fn set_idle(&mut self, idle: Duration) {
        self.idle = idle;
    }

    /// Looks at the clocks; to be called at least once a second, and before anything is drawn.
    pub fn look(&mut self, now: Reading) -> Option<Alarm> {
        let wall = (now.wall - self.last.wall).num_milliseconds();
        let monotonic = now.monotonic.saturating_sub(self.last.monotonic).as_millis();
        let apart = wall.saturating_sub(i64::try_from(monotonic).unwrap_or(i64::MAX)).unsigned_abs();
        self.last = now;
        if apart > JUMP.unsigned_abs() * 1000 {
            Some(Alarm::Jump)
        } else {
            (now.monotonic.saturating_sub(self.touched) >= self.idle).then_some(Alarm::Idle)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(wall: i64, monotonic: u64) -> Reading {
        let base: NaiveDateTime = "2026-11-20T14:20:00".parse().unwrap();
        Reading { wall: base + TimeDelta::seconds(wall), monotonic: Duration::from_secs(monotonic) }
    }

    fn watch() -> Watch {
        Watch::new(reading(0, 100), Duration::from_secs(300))
    }

    #[test]
    fn a_second_later_nothing_is_said() {
        assert_eq!(watch().look(reading(1, 101)), None);
        assert_eq!(watch().look(reading(31, 101)), None, "30 seconds apart is not over 30");
    }

    #[test]
    fn a_jump_forward_backward_and_a_suspend_lock() {
        assert_eq!(watch().look(reading(32, 101)), Some(Alarm::Jump));
        assert_eq!(watch().look(reading(-40, 101)), Some(Alarm::Jump));
        assert_eq!(watch().look(reading(6 * 3600, 100)), Some(Alarm::Jump));
    }

    #[test]
    fn a_long_but_even_pause_is_no_jump() {
        let mut watch = watch();
        assert_eq!(watch.look(reading(120, 220)), None);
        assert_eq!(watch.look(reading(300, 400)), Some(Alarm::Idle));
    }

    #[test]
    fn a_key_starts_the_idle_clock_anew() {
        let mut watch = watch();
        watch.touch(reading(200, 300));
        assert_eq!(watch.look(reading(300, 400)), None);
        assert_eq!(watch.look(reading(500, 600)), Some(Alarm::Idle));
    }

    #[test]
    fn the_legal_day_can_be_overridden_and_the_time_cannot() {
        let source = Arc::new(FixedTime(reading(0, 0)));
        let clock = Clock::new(source, "2026-04-01".parse().ok());
        assert_eq!(clock.today(), "2026-04-01".parse().unwrap());
        assert_eq!(clock.stamp().at, "2026-11-20 14:20:00", "what is written bears the true day");
        assert_eq!(clock.clone().fiction().stamp().at, "2026-04-01 14:20:00");
        assert_eq!(clock.hours_and_minutes(), "14:20");
    }

    #[test]
    fn japan_is_nine_hours_ahead() {
        let clock = Clock::machine(None);
        let read = clock.read().wall;
        let utc = DateTime::from_timestamp(0, 0).unwrap().naive_utc();
        assert!(read > utc + TimeDelta::days(365 * 50));
    }
}
