//! The walls of the house (src/README.md): imports point one way, the world is touched in three places only.

use std::fs;
use std::path::{Path, PathBuf};

/// Who may import whom; a room that is not listed may not exist.
const WALLS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("vault", &[]),
    ("law", &["domain"]),
    ("scales", &["domain"]),
    ("store", &["domain"]),
    ("import", &["domain"]),
    ("documents", &["law", "scales", "domain"]),
    ("app", &["law", "scales", "domain"]),
    ("ui", &["app", "law", "scales", "domain"]),
    ("runtime", &["app", "law", "store", "vault", "import", "documents", "scales", "domain"]),
    ("demo", &["runtime", "app", "law", "store", "vault", "import", "documents", "scales", "domain"]),
    ("cli", &["ui", "runtime", "demo", "app", "law", "store", "vault", "import", "documents", "scales", "domain"]),
];

/// Rooms that may touch clocks, files and the environment.
const WORLDLY: &[&str] = &["vault", "runtime", "cli", "demo"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The room a source file lies in: `src/law/rules/x.rs` lies in `law`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Rooms named behind `crate::` in a text, lists in braces included.
fn imports(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (start, _) in text.match_indices("crate::") {
        let rest = &text[start + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list[..list.find('}').unwrap_or(list.len())].split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        rooms.extend(names.into_iter().map(name));
    }
    rooms
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let room = room(&path);
        let Some((_, allowed)) = WALLS.iter().find(|(name, _)| *name == room) else { continue };
        let known = |name: &String| WALLS.iter().any(|(other, _)| other == name);
        for import in imports(&code(&path)).into_iter().filter(known) {
            if import != room && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{} imports {import}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_room_is_on_the_plan() {
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_wall = WALLS.iter().any(|(room, _)| *room == name);
        assert!(is_wall || ["lib", "main", "README"].contains(&name.as_str()), "{name} is not on the plan");
    }
}

#[test]
fn the_world_is_touched_in_few_places() {
    let forbidden =
        ["std::fs", "std::env", "std::process", "std::net", "Instant::now", "SystemTime", "Utc::now", "Local::now"];
    let mut wrong = Vec::new();
    for path in sources(&root()).into_iter().filter(|path| !WORLDLY.contains(&room(path).as_str())) {
        let is_test = path.strip_prefix(root()).unwrap().to_string_lossy().contains("test");
        let text = code(&path);
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        if !is_test && room(&path) != "main" {
            let found = forbidden.iter().filter(|word| text.contains(**word));
            wrong.extend(found.map(|word| format!("{} uses {word}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Not even where the world may be touched: what is written here talks to no network.
#[test]
fn no_source_names_a_socket() {
    let forbidden = ["std::net", "TcpStream", "TcpListener", "UdpSocket", "openssl::ssl"];
    let texts: Vec<(PathBuf, String)> = sources(&root()).into_iter().map(|path| (path.clone(), code(&path))).collect();
    let uses = |word: &&str| texts.iter().find(|(_, text)| text.contains(*word)).map(|(path, _)| path);
    assert_eq!(forbidden.iter().filter_map(uses).collect::<Vec<_>>(), Vec::<&PathBuf>::new());
}

#[test]
fn the_scanner_sees_lists_and_paths() {
    assert_eq!(imports("use crate::domain::Id;\nuse crate::{law, store::x};"), ["domain", "law", "store"]);
}
