//! Where answers go: text or JSON to the standard output, sentences to the standard error output.

use std::io::{ErrorKind, Write, stderr, stdout};

use serde_json::{Map, Value, json};

use super::fault::Fault;

/// Writes a line to the standard output; a reader that went away is no error.
pub(super) fn line(text: &str) -> Result<(), Fault> {
    match writeln!(stdout().lock(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Fault::Output),
        _ => Ok(()),
    }
}

/// Writes one JSON object with the number of its schema in front.
pub(super) fn object(body: Value) -> Result<(), Fault> {
    let mut members = Map::new();
    members.insert("schema".to_owned(), json!(1));
    if let Value::Object(body) = body {
        members.extend(body);
    }
    line(&Value::Object(members).to_string())
}

/// Writes a sentence to the standard error output.
pub(super) fn warn(sentence: &str) {
    // There is nowhere left to say that this failed.
    let _ = writeln!(stderr().lock(), "{sentence}");
}
