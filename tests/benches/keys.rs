//! From a key to the frame that shows it, on a roster of 10,000.

use std::time::Instant;

use junkai::ui::Shell;

use crate::figure::{Figure, Samples};
use crate::still::{Still, frame, key, text};
use crate::vaults;

/// Moving, filtering, sorting and searching, as a person would, each key judged for itself.
const KEYS: &str = "Down Down PageDown PageDown f Down PageDown f Down f f f f s Down s s s \
    / s a e k i Backspace Backspace Backspace Backspace Backspace m i s a k i Down PageDown Esc \
    / 1 0 2 3 Esc / x q Esc";
const ROUNDS: usize = 12;

/// Keys on the roster, and the opening of it.
pub fn keys() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::roster());
    let mut host = Still::new(vaults::open(&folder).snapshot());
    let mut shell = Shell::new(&mut host);
    frame(&mut shell);
    let (mut opening, mut samples) = (Samples::default(), Samples::default());
    for name in ["^p", "m", "e", "i", "b", "o"] {
        pressed(&mut shell, &mut host, name, &mut Samples::default());
    }
    pressed(&mut shell, &mut host, "Enter", &mut opening);
    assert!(text(&mut shell).contains("名簿"), "the palette did not open the roster");
    KEYS.split_whitespace().for_each(|name| pressed(&mut shell, &mut host, name, &mut Samples::default()));
    for _ in 0..ROUNDS {
        KEYS.split_whitespace().for_each(|name| pressed(&mut shell, &mut host, name, &mut samples));
    }
    assert!(text(&mut shell).contains("名簿"), "a key left the roster");
    vec![
        Figure::times("key to frame, roster of 10,000", &samples).by_p99().under(8.0).noting("judged by p99"),
        Figure::times("  opening that roster", &opening),
    ]
}

fn pressed(shell: &mut Shell, host: &mut Still, name: &str, samples: &mut Samples) {
    let start = Instant::now();
    shell.input(host, key(name));
    frame(shell);
    samples.push(start.elapsed());
}
