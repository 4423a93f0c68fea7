//! The vaults that are measured: built once below the target folder, reused, and copied where a figure writes.

use std::fs;
use std::path::{Path, PathBuf};

use junkai::demo::Plan;
use junkai::runtime::Desk;
use tempfile::TempDir;

use crate::desk;

/// 20 establishments × 500 workers × 5 years.
pub fn caseload() -> PathBuf {
    built("bench-vault", &Plan { establishments: 20, workers: 500, years: 5, seed: 1 })
}

/// One establishment of 10,000 workers with a year of hours.
pub fn roster() -> PathBuf {
    built("bench-roster", &Plan { establishments: 1, workers: 10_000, years: 1, seed: 1 })
}

/// One establishment of 3,000 workers with ten years of checkups.
pub fn checkups() -> PathBuf {
    let plan = Plan { establishments: 1, workers: 3_000, years: 1, seed: 1 };
    built_with("bench-checkups", &plan, crate::reel::add_older_years)
}

/// A copy that a figure may write into.
pub fn copy(vault: &Path) -> (TempDir, PathBuf) {
    let scratch = scratch();
    let folder = scratch.path().join("vault");
    copy_folder(vault, &folder);
    (scratch, folder)
}

/// A folder on the disk of the target folder: what is measured as durable must reach a disk.
pub fn scratch() -> TempDir {
    tempfile::tempdir_in(target()).unwrap()
}

/// Opens the desk on a vault.
pub fn open(folder: &Path) -> Desk {
    Desk::unlock(&desk::unlocking(folder.to_path_buf())).unwrap()
}

/// Built beside its place and moved there whole, so that a run that was stopped leaves no half vault behind.
fn built(name: &str, plan: &Plan) -> PathBuf {
    built_with(name, plan, |_| {})
}

fn built_with(name: &str, plan: &Plan, more: impl FnOnce(&mut Desk)) -> PathBuf {
    let folder = target().join(name);
    if !folder.exists() {
        eprintln!("building target/{name}, once");
        let begun = target().join(format!("{name}.begun"));
        let _ = fs::remove_dir_all(&begun);
        let mut made = desk::demo(begun.clone(), plan);
        more(&mut made);
        made.lock().unwrap();
        fs::rename(begun, &folder).unwrap();
    }
    folder
}

fn target() -> PathBuf {
    let beside = Path::new(env!("CARGO_BIN_EXE_junkai")).ancestors().nth(2).unwrap();
    beside.to_path_buf()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
