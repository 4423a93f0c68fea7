//! A demo desk for the tests: built once, on a fixed day, through the real vault and importers.

use std::path::PathBuf;
use std::sync::Arc;

use junkai::demo::{self, DeskDriver, Plan};
use junkai::domain::Day;
use junkai::law::Law;
use junkai::runtime::{Clock, Desk, NewVault, Place, Unlocking};
use junkai::vault::{Passphrase, WORK_FACTOR_QUICK};

/// The passphrase of every vault that a test makes.
pub const PASSPHRASE: &str = "horse-battery-staple-7";

/// The day on which the tests stand, a Friday.
pub fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 20).unwrap()
}

/// What opens or makes a vault in `folder`.
pub fn unlocking(folder: PathBuf) -> Unlocking {
    Unlocking {
        place: Place::new(&folder),
        passphrase: Passphrase::new(PASSPHRASE.to_owned()),
        clock: Clock::fixed(today()),
        law: Arc::new(Law::built_in().unwrap()),
    }
}

/// A demo desk of this plan in `folder`.
pub fn demo(folder: PathBuf, plan: &Plan) -> Desk {
    let unlocking = unlocking(folder);
    let new =
        NewVault { unlocking, identity: None, work_factor: WORK_FACTOR_QUICK, owner: demo::owner(), is_demo: true };
    let (mut desk, _) = Desk::create(&new).unwrap();
    demo::build(&mut DeskDriver::new(&mut desk, today()), plan, today(), &mut |_| {}).unwrap();
    desk
}
