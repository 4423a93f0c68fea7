//! From the passphrase to the first full screen, beyond what the passphrase's own slowness costs on purpose.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use junkai::ui::Shell;

use crate::desk;
use crate::figure::{Figure, Samples};
use crate::still::{Still, frame};
use crate::vaults;

const RUNS: usize = 9;

/// Unlock, screens and first frame, less the time of scrypt, which is measured beside each run.
pub fn unlock() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::caseload());
    let identity = fs::read(folder.join("keys/identity.age")).unwrap();
    let (mut beyond, mut derivations) = (Samples::default(), Samples::default());
    first_screen(&folder);
    for _ in 0..RUNS {
        let derivation = derivation(&identity);
        beyond.push_difference(first_screen(&folder), derivation);
        derivations.push(derivation);
    }
    vec![
        Figure::times("unlock to first screen, beyond the KDF", &beyond).under(100.0),
        Figure::times("  scrypt of that vault (2^15)", &derivations),
    ]
}

fn first_screen(folder: &Path) -> Duration {
    let start = Instant::now();
    let opened = vaults::open(folder);
    let mut host = Still::new(opened.snapshot());
    let mut shell = Shell::new(&mut host);
    let frame = frame(&mut shell);
    let time = start.elapsed();
    assert!(frame.content().iter().any(|cell| cell.symbol() != " "));
    time
}

fn derivation(identity: &[u8]) -> Duration {
    let passphrase = age::scrypt::Identity::new(desk::PASSPHRASE.to_owned().into());
    let start = Instant::now();
    let decryptor = age::Decryptor::new_buffered(identity).unwrap();
    let mut secret = String::new();
    decryptor.decrypt(std::iter::once(&passphrase as &dyn age::Identity)).unwrap().read_to_string(&mut secret).unwrap();
    start.elapsed()
}
