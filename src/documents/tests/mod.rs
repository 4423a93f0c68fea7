//! The whole path on the field's own tools: set, read back, sign, verify. A missing tool is a failure.

use std::io::Write;
use std::process::Command;
use std::sync::OnceLock;

use chrono::NaiveDate;
use tempfile::NamedTempFile;

use super::fonts::Library;
use super::form;
use super::typeset::Typesetter;
use super::view::Disclosed;

mod reading;
mod samples;
mod signature;

fn typesetter() -> &'static Typesetter {
    static TYPESETTER: OnceLock<Typesetter> = OnceLock::new();
    TYPESETTER.get_or_init(|| Typesetter::new(Library::from_system(None).unwrap()).unwrap())
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

pub(super) fn pdf(view: &Disclosed) -> Vec<u8> {
    form(&view.form).unwrap().pdf(typesetter(), view, day(), None).unwrap()
}

/// What a tool prints about a file, on both streams, and whether it was content.
pub(super) fn run(tool: &str, arguments: &[&str], pdf: &[u8], after: &[&str]) -> (String, bool) {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let output = Command::new(tool).args(arguments).arg(file.path()).args(after).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.success())
}

pub(super) fn pages(pdf: &[u8]) -> usize {
    let (said, _) = run("pdfinfo", &[], pdf, &[]);
    let line = said.lines().find(|line| line.starts_with("Pages:")).unwrap();
    line.trim_start_matches("Pages:").trim().parse().unwrap()
}

fn assert_clean(pdf: &[u8]) {
    let (said, content) = run("qpdf", &["--check"], pdf, &[]);
    assert!(content && said.contains("No syntax or stream encoding errors"), "{said}");
}

pub(super) fn without_space(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
