//! From the passphrase to the first full screen, beyond what the passphrase's own slowness costs on purpose.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use junkai::ui::Shell;

use crate::desk;
use crate::edits::promise;
use crate::figure::{Figure, Samples};
use crate::still::{Still, frame};
use crate::vaults;

const RUNS: usize = 9;

/// Unlock, screens and first frame, less the time of scrypt, which is measured beside each run.
pub fn unlock() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::caseload());
    let identity = fs::read(folder.join("keys/identity.age")).unwrap();
    let mut derivations = Samples::default();
    let mut beyond = || {
        let mut samples = Samples::default();
        for _ in 0..RUNS {
            let derivation = derivation(&identity);
            samples.push_difference(first_screen(&folder), derivation);
            derivations.push(derivation);
        }
        samples
    };
    vaults::open(&folder).lock().unwrap();
    let locked = beyond();
    change_every_site(&folder);
    let cut_off = beyond();
    vec![
        Figure::times("unlock to first screen, beyond the KDF", &locked).under(100.0).noting("after a lock"),
        Figure::times("  the same after a power cut, from the tables", &cut_off),
        Figure::times("  scrypt of that vault (2^15)", &derivations),
    ]
}

/// A change in every establishment and no lock: nothing that was kept for a quick unlock is true any more.
fn change_every_site(folder: &Path) {
    let mut opened = vaults::open(folder);
    for site in Arc::clone(opened.caseload()).sites.iter() {
        opened.perform(site.id(), &promise(site)).unwrap();
    }
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
