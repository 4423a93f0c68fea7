//! One figure, its goal, and how both are printed.

use std::time::{Duration, Instant};

use serde_json::json;

/// Every figure names the profile it was taken under.
const PROFILE: &str = "bench";

/// Something measured.
#[derive(Debug)]
pub struct Figure {
    name: &'static str,
    unit: &'static str,
    median: f64,
    p99: Option<f64>,
    judged: f64,
    goal: Option<f64>,
    note: String,
}

impl Figure {
    /// Times of single acts, in milliseconds, judged by their median.
    pub fn times(name: &'static str, samples: &Samples) -> Self {
        let (median, p99) = (samples.at(0.5), samples.at(0.99));
        let note = format!("{} runs", samples.0.len());
        Self { name, unit: "ms", median, p99: Some(p99), judged: median, goal: None, note }
    }

    /// One value of another kind.
    pub fn one(name: &'static str, unit: &'static str, value: f64) -> Self {
        Self { name, unit, median: value, p99: None, judged: value, goal: None, note: String::new() }
    }

    /// The design's goal: to stay under it.
    pub fn under(self, goal: f64) -> Self {
        Self { goal: Some(goal), ..self }
    }

    /// Judges by the 99th percentile instead of the median.
    pub fn by_p99(self) -> Self {
        Self { judged: self.p99.unwrap_or(self.median), ..self }
    }

    /// Says what else is to be known.
    pub fn noting(self, note: impl std::fmt::Display) -> Self {
        let note = if self.note.is_empty() { note.to_string() } else { format!("{}; {note}", self.note) };
        Self { note, ..self }
    }

    fn verdict(&self) -> &'static str {
        match self.goal {
            None => "-",
            Some(goal) if self.judged < goal => "達成",
            Some(_) => "未達",
        }
    }

    /// Prints one row, or one line of JSON.
    pub fn print(&self, is_json: bool) {
        if is_json {
            let line = json!({
                "schema": 1, "figure": self.name, "unit": self.unit, "median": self.median, "p99": self.p99,
                "goal": self.goal, "met": self.goal.map(|goal| self.judged < goal), "profile": PROFILE, "note": self.note,
            });
            return println!("{line}");
        }
        let optional = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), written);
        println!(
            "{:<46} {:>9} {:>9} {:>8} {:<5} {:<4} {PROFILE}  {}",
            self.name,
            written(self.median),
            optional(self.p99),
            optional(self.goal),
            self.unit,
            self.verdict(),
            self.note
        );
    }
}

/// Prints the head of the table.
pub fn print_head() {
    println!("{:<46} {:>9} {:>9} {:>8} unit  goal? profile  note", "figure", "median", "p99", "goal");
}

fn written(value: f64) -> String {
    if value < 10.0 { format!("{value:.2}") } else { format!("{value:.1}") }
}

/// Times in milliseconds.
#[derive(Debug, Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Repeats an act, after letting it warm up.
    pub fn of(warm_up: usize, runs: usize, mut act: impl FnMut()) -> Self {
        (0..warm_up).for_each(|_| act());
        let mut samples = Self::default();
        for _ in 0..runs {
            let start = Instant::now();
            act();
            samples.push(start.elapsed());
        }
        samples
    }

    /// Adds a time.
    pub fn push(&mut self, time: Duration) {
        self.0.push(milliseconds(time));
    }

    /// Adds a difference of times, which noise can make smaller than nothing.
    pub fn push_difference(&mut self, longer: Duration, shorter: Duration) {
        self.0.push(milliseconds(longer) - milliseconds(shorter));
    }

    /// The value below which this part of the samples lies.
    pub fn at(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let place = (part * (sorted.len().saturating_sub(1)) as f64).ceil() as usize;
        sorted.get(place).copied().expect("a figure has samples")
    }
}

/// A duration in milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
