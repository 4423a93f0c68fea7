//! Every statement of the founding documents is proved, or says which theme will bring it, or why it never comes.

use std::fs;
use std::path::{Path, PathBuf};

const ROWS: usize = 216;
const THEMES: &[&str] = &["visit", "law", "import", "checkup", "stress", "documents", "patrol", "life"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rows() -> Vec<toml::Table> {
    let text = fs::read_to_string(root().join("tests/seed_map.toml")).unwrap();
    let map: toml::Table = text.parse().unwrap();
    map["row"].as_array().unwrap().iter().map(|row| row.as_table().unwrap().clone()).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every function that is a test, by name.
pub fn tests() -> Vec<String> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    sources(&root().join("tests"), &mut files);
    let text: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let after = text.split("#[test]").skip(1);
    after.filter_map(|rest| rest.split("fn ").nth(1)?.split('(').next().map(str::to_owned)).collect()
}

#[test]
fn all_rows_are_here_once_and_say_one_thing() {
    let rows = rows();
    let numbers: Vec<i64> = rows.iter().map(|row| row["number"].as_integer().unwrap()).collect();
    assert_eq!(numbers, (1..=i64::try_from(ROWS).unwrap()).collect::<Vec<_>>());
    for row in &rows {
        let said = ["proof", "open", "outside"].iter().filter(|key| row.contains_key(**key)).count();
        assert!(said >= 1, "row {} says nothing", row["number"]);
        assert!(!row.contains_key("outside") || said == 1, "row {} is outside and yet claims more", row["number"]);
        if let Some(theme) = row.get("open") {
            let theme = theme.as_str().unwrap();
            assert!(theme.split(", ").all(|part| THEMES.contains(&part)), "row {}: {theme}", row["number"]);
        }
    }
}

#[test]
fn the_tests_named_as_proof_exist() {
    let tests = tests();
    for row in rows() {
        let Some(proof) = row.get("proof") else { continue };
        for name in proof.as_str().unwrap().split(", ") {
            assert!(tests.iter().any(|test| test == name), "row {}: no test {name}", row["number"]);
        }
    }
}
