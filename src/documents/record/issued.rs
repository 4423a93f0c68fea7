//! What was issued: its text as it left, and what it rested on.

use serde_json::Value;

use super::told::Told;
use crate::documents::view::Disclosed;
use crate::domain::opinion::{Issued, IssuedCopy, SignedCopy};

/// Members of the frozen basis that are told as text of the document.
const VIEWS: &str = "views";

pub(super) fn issued(issued: &Issued) -> Told {
    let Issued { id, form, case_id, worker: _, version, supersedes, day, snapshot_json, copies_json } = issued;
    let told = Told::new("発行した文書", id)
        .add("様式", form.label())
        .may("案件", case_id.as_ref())
        .add("版", version)
        .may("置き換えた版", supersedes.as_ref())
        .add("発行日", day);
    let told = copies_json.iter().fold(told, copy);
    basis(views(told, snapshot_json), snapshot_json)
}

fn copy(told: Told, copy: &IssuedCopy) -> Told {
    let IssuedCopy { recipient, text_sha256, pdf_sha256, file } = copy;
    told.add("渡した相手", recipient.label())
        .add("ファイル", file)
        .add("文面の SHA-256", text_sha256)
        .add("PDF の SHA-256", pdf_sha256)
}

/// The text of each copy, as it left.
fn views(told: Told, snapshot: &Value) -> Told {
    let views = snapshot.get(VIEWS).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    views.iter().fold(told, |told, view| match serde_json::from_value::<Disclosed>(view.clone()) {
        Ok(view) => told.add(&format!("文面（{}）", view.recipient), view.lines().join("\n")),
        Err(_) => told.add("文面", leaves("", view).join("\n")),
    })
}

/// The records and outcomes that were frozen with it, leaf by leaf.
fn basis(told: Told, snapshot: &Value) -> Told {
    let Value::Object(members) = snapshot else {
        return told.add("発行時の記録", leaves("", snapshot).join("\n"));
    };
    let rest = members.iter().filter(|(name, _)| name.as_str() != VIEWS);
    let lines: Vec<String> = rest.flat_map(|(name, value)| leaves(name, value)).collect();
    told.add("発行時の記録", lines.join("\n"))
}

/// `interview.day 2026-11-20`; an empty leaf says nothing.
fn leaves(path: &str, value: &Value) -> Vec<String> {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![format!("{path} {}", text.trim())],
        Value::Bool(_) | Value::Number(_) => vec![format!("{path} {value}")],
        Value::Array(items) => {
            (1..).zip(items).flat_map(|(number, item)| leaves(&below(&number.to_string()), item)).collect()
        }
        Value::Object(members) => members.iter().flat_map(|(name, member)| leaves(&below(name), member)).collect(),
    }
}

pub(super) fn signed_copy(copy: &SignedCopy) -> Told {
    let SignedCopy { id, document, recipient, pdf } = copy;
    Told::new("署名した写し", id)
        .add("文書", document)
        .add("渡した相手", recipient.label())
        .add("大きさ", format!("{} バイト", bytes(pdf)))
}

/// How many bytes a base64 text stands for.
pub(super) fn bytes(base64: &str) -> usize {
    let letters = base64.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').count();
    letters * 3 / 4
}
