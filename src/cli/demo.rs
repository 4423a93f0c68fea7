//! `junkai demo`: a synthetic vault, built through the real importers, then opened.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::Answer;
use super::arguments::Demo as Options;
use super::fault::Fault;
use super::session::{Session, place_at};
use crate::demo::{self, DeskDriver, Plan, Progress};
use crate::runtime::{Desk, NewVault, Place, Unlocking};
use crate::vault::{Passphrase, WORK_FACTOR_QUICK};

/// Printed beside the place: a demo vault holds nobody's data.
const PASSPHRASE: &str = "junkai-demo-2026";

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let folder = session.named_vault().or_else(cache_folder).ok_or_else(no_folder)?;
    clear(&folder)?;
    let desk = build(session, options, &folder)?;
    if options.no_ui {
        desk.lock()?;
        println!("{}", json!({ "schema": 1, "vault": folder, "passphrase": PASSPHRASE }));
        return Ok(ExitCode::SUCCESS);
    }
    super::terminal::open(place_at(&folder), desk)
}

fn no_folder() -> Fault {
    Fault::usage("見本を置く場所が判りません。--vault で場所を指定してください。")
}

/// The demo never touches the default vault.
fn cache_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "junkai")?;
    Some(folders.cache_dir().join("demo"))
}

/// Removes what an earlier demo left; anything that does not bear the mark of a demo stays.
fn clear(folder: &Path) -> Result<(), Fault> {
    let place = Place::new(folder);
    if !folder.exists() {
        return Ok(());
    }
    match place.header() {
        Ok(header) if header.demo => std::fs::remove_dir_all(folder).map_err(|_| cannot_clear()),
        _ if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none()) => {
            std::fs::remove_dir(folder).map_err(|_| cannot_clear())
        }
        _ => Err(Fault::usage("その場所には見本でないものがあります。--vault で別の場所を指定してください。")),
    }
}

fn cannot_clear() -> Fault {
    Fault::usage("前の見本を片づけられません。ほかで開いていれば閉じてから、もう一度実行してください。")
}

fn build(session: &Session, options: &Options, folder: &Path) -> Result<Desk, Fault> {
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent).map_err(|_| no_folder())?;
    }
    let clock = session.clock();
    let today = clock.today();
    let unlocking = Unlocking {
        place: place_at(folder),
        passphrase: Passphrase::new(PASSPHRASE.to_owned()),
        clock,
        law: session.law()?,
    };
    let new =
        NewVault { unlocking, identity: None, work_factor: WORK_FACTOR_QUICK, owner: demo::owner(), is_demo: true };
    let (mut desk, _) = Desk::create(&new)?;
    desk.set("out_dir", &documents(folder))?;
    let plan = Plan {
        establishments: options.establishments,
        workers: options.workers,
        years: options.years,
        seed: options.seed,
    };
    let mut told = String::new();
    demo::build(&mut DeskDriver::new(&mut desk, today), &plan, today, &mut |progress| tell(progress, &mut told))
        .map_err(|error| Fault::usage(error.to_string()))?;
    eprintln!();
    Ok(desk)
}

/// Documents of the demo lie beside its vault, never among the physician's own.
fn documents(folder: &Path) -> String {
    folder.with_extension("documents").to_string_lossy().into_owned()
}

/// A bar on the error stream, so that the answer on the output stays clean.
fn tell(progress: Progress, told: &mut String) {
    let text = format!("見本を作っています {} / {}", progress.done, progress.total);
    if *told != text {
        eprint!("\r{text}");
        *told = text;
    }
}
