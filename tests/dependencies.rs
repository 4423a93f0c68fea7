//! Licences, sources and banned crates, over `cargo metadata --locked`: what we ship and what we never ship.

use std::process::Command;

use serde_json::Value;

/// Crates that would bring a network, another TLS, or a runtime we do not want.
const BANNED: &[&str] = &[
    "ureq",
    "reqwest",
    "hyper",
    "rustls",
    "native-tls",
    "curl",
    "tokio",
    "async-std",
    "smol",
    "isahc",
    "openssl-probe",
];

/// Licences whose terms we can meet; an expression passes if one of its alternatives does.
const LICENCES: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MPL-2.0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "WTFPL",
    "Zlib",
    "blessing",
    "0BSD",
];

fn metadata() -> Value {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--locked", "--format-version", "1"]);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn packages() -> Vec<Value> {
    metadata()["packages"].as_array().unwrap().clone()
}

fn is_allowed(expression: &str) -> bool {
    let clean = expression.replace('/', " OR ").replace(['(', ')'], " ");
    clean.split(" OR ").any(|choice| choice.split(" AND ").all(|licence| LICENCES.contains(&licence.trim())))
}

#[test]
fn every_licence_is_one_we_can_meet() {
    let wrong: Vec<String> = packages()
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_allowed))
        .map(|package| format!("{} {}", package["name"], package["license"]))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_source_is_the_public_registry() {
    for package in packages() {
        let source = package["source"].as_str();
        let ours = package["name"] == "junkai" && source.is_none();
        assert!(ours || source.is_some_and(|s| s.starts_with("registry+")), "{}", package["name"]);
    }
}

#[test]
fn no_banned_crate_is_in_the_tree() {
    let names: Vec<String> = packages().iter().map(|p| p["name"].as_str().unwrap_or_default().to_owned()).collect();
    let found: Vec<&&str> = BANNED.iter().filter(|banned| names.iter().any(|name| name == *banned)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn licence_expressions_are_read_as_choices() {
    assert!(is_allowed("MIT OR Apache-2.0"));
    assert!(is_allowed("GPL-3.0 OR MIT"));
    assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!is_allowed("GPL-3.0-only"));
    assert!(!is_allowed("MIT AND GPL-3.0-only"));
}
