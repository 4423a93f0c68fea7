//! The figures of the design's section 6, measured and held against their goals: `cargo bench`, or one by a part of its
//! name: `cargo bench -- unlock`. `--json` prints JSON Lines instead of the table.
//!
//! A missed goal is said and does not fail the run: figures depend on the machine. What fails is a figure that could not
//! be taken, such as the comparison without `sqlite3`. Ratios and 99th percentiles stand beside the medians because they
//! travel further from machine to machine.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench stops where a test would")]

mod checkup_imports;
#[path = "../desk.rs"]
mod desk;
mod edits;
mod figure;
mod flags;
mod imports;
mod keys;
mod opinions;
mod process;
mod reel;
mod still;
mod stress;
mod unlock;
mod vaults;

use figure::Figure;

/// Takes the figures of one group.
type Group = fn() -> Vec<Figure>;

/// Each group of figures under the word that chooses it.
const GROUPS: &[(&str, Group)] = &[
    ("start", process::start),
    ("memory", process::memory),
    ("unlock", unlock::unlock),
    ("flags", flags::flags),
    ("keys", keys::keys),
    ("reel", reel::reel),
    ("edit", edits::edits),
    ("import", imports::imports),
    ("import-checkups", checkup_imports::checkups),
    ("opinions", opinions::opinions),
    ("stress", stress::stress),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_json = arguments.iter().any(|argument| argument == "--json");
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    if !is_json {
        figure::print_head();
    }
    for (name, measure) in GROUPS {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())) {
            measure().iter().for_each(|figure| figure.print(is_json));
        }
    }
}
