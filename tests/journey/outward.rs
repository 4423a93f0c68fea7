//! What stands in the way of a document that leaves: a file that is there, a folder that cannot be written.

use std::fs;

use super::{SIZES, Visit, issued_files, to_the_confirmation};
use crate::scratch::Scratch;
use crate::terminal::{CTRL_S, ENTER};

/// The number that the demo's next document gets.
const NUMBER: &str = "E01-2026-0003";

/// Asks for the signature, is told that nothing left, frees the way, and asks again on the same screen.
fn refused_and_then_issued(mut visit: Visit, free: impl Fn(&Scratch)) {
    let session = to_the_confirmation(visit.open_worker("佐伯")).press(CTRL_S).wait("できませんでした");
    session.wait("すでにあります").wait("記録は何も変わっていません").press(ENTER).wait_gone("できませんでした");
    free(&visit.scratch);
    visit.session.wait("Ctrl-S か F12").press(CTRL_S).wait(&format!("{NUMBER} を発行しました"));
    let scratch = visit.leave();
    assert_eq!(issued_files(&scratch).len(), 2, "通常勤務 without a measure is not told to the 職場");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM issued"), 3, "two of the demo's, and this one");
}

#[test]
fn a_file_that_is_there_is_not_overwritten_by_an_opinion() {
    let visit = Visit::opened(SIZES[0]);
    let mine = visit.scratch.path("vault.documents/E01/2026-11").join(format!("{NUMBER}_1.pdf"));
    fs::create_dir_all(mine.parent().unwrap()).unwrap();
    fs::write(&mine, "mine").unwrap();
    refused_and_then_issued(visit, |_| {
        assert_eq!(fs::read(&mine).unwrap(), b"mine");
        fs::remove_file(&mine).unwrap();
    });
}

#[test]
fn a_folder_that_cannot_be_written_loses_no_opinion() {
    let visit = Visit::opened(SIZES[1]);
    fs::write(visit.scratch.path("vault.documents"), "a file, and no folder").unwrap();
    refused_and_then_issued(visit, |scratch| {
        assert_eq!(fs::read(scratch.path("vault.documents")).unwrap(), b"a file, and no folder");
        fs::remove_file(scratch.path("vault.documents")).unwrap();
    });
}
