//! From a key to the frame that shows it, on a roster of 10,000.

use std::time::Instant;

use junkai::ui::Shell;

use crate::figure::{Figure, Samples};
use crate::still::{Still, frame, key, text};
use crate::vaults;

/// From 今日 to the roster.
const OPENING: &str = "^p m e i b o";
/// Moving, filtering, sorting and searching, as a person would, each key judged for itself.
const KEYS: &str = "Down Down PageDown PageDown f Down PageDown f Down f f f f s Down s s s \
    / s a e k i Backspace Backspace Backspace Backspace Backspace m i s a k i Down PageDown \
    Backspace Backspace Backspace Backspace Backspace Backspace 1 0 2 3";
const ROUNDS: usize = 12;

/// Keys on the roster, and the opening of it.
pub fn keys() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::roster());
    let mut host = Still::new(vaults::open(&folder).snapshot());
    let mut shell = Shell::new(&mut host);
    frame(&mut shell);
    let (mut opening, mut samples, mut unjudged) = (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..ROUNDS {
        press(&mut shell, &mut host, OPENING, &mut unjudged);
        press(&mut shell, &mut host, "Enter", &mut opening);
        press(&mut shell, &mut host, KEYS, &mut samples);
        assert!(text(&mut shell).contains("名簿"), "a key left the roster");
        press(&mut shell, &mut host, "Esc ^t", &mut unjudged);
    }
    vec![
        Figure::times("key to frame, roster of 10,000", &samples).by_p99().under(8.0).noting("judged by p99"),
        Figure::times("  opening that roster", &opening),
    ]
}

fn press(shell: &mut Shell, host: &mut Still, names: &str, samples: &mut Samples) {
    for name in names.split_whitespace() {
        let start = Instant::now();
        shell.input(host, key(name));
        frame(shell);
        samples.push(start.elapsed());
    }
}
