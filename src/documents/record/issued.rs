//! What was issued: its text as it left, and what it rested on.

use serde_json::Value;

use super::told::{Told, told};
use crate::documents::view::Disclosed;
use crate::domain::opinion::{Issued, IssuedCopy, SignedCopy};
use crate::domain::{AnyRecord, Table};

/// The member of the frozen basis that is told as the text of the document.
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
        Ok(view) => told.add(&format!("文面（{}）", view.recipient), close(&view.lines()).join("\n")),
        Err(_) => told.add("文面", leaves("", view).join("\n")),
    })
}

/// The lines with the options of a row beside each other.
fn close(lines: &[String]) -> Vec<String> {
    let mut close: Vec<String> = Vec::new();
    for line in lines {
        let is_option = line.starts_with("　□") || line.starts_with("　■");
        match close.last_mut().filter(|_| is_option) {
            Some(last) => last.push_str(line),
            None => close.push(line.clone()),
        }
    }
    close
}

/// The records and outcomes that were frozen with it.
fn basis(told: Told, snapshot: &Value) -> Told {
    let Value::Object(members) = snapshot else {
        return told.add("発行時の記録", leaves("", snapshot).join("\n"));
    };
    let rest = members.iter().filter(|(name, _)| name.as_str() != VIEWS);
    rest.fold(told, |told, (name, value)| told.add(word(name), as_it_was(name, value)))
}

/// What a member of the basis is called.
fn word(name: &str) -> &str {
    match name {
        "subject" => "もとにした記録",
        "interview" => "発行時の面接",
        "measures" => "発行時の措置",
        "outcome" => "発行時の法令の判定",
        "audit_head" => "発行時の操作記録",
        "released" => "出すと決めた欄",
        "templates" => "ひな形",
        "program" => "プログラムの版",
        other => other,
    }
}

/// A record in its words, anything else leaf by leaf.
fn as_it_was(name: &str, value: &Value) -> String {
    let table = match name {
        "interview" => Table::Interview,
        "measures" => Table::Measure,
        "outcome" => return outcome(value),
        _ => return leaves("", value).join("\n"),
    };
    let rows = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    rows.iter().map(|row| in_words(table, row)).collect::<Vec<_>>().join("\n")
}

/// The rule with its day, the reasons in words, and the law it rests on; anything else leaf by leaf.
fn outcome(value: &Value) -> String {
    let Value::Object(members) = value else { return leaves("", value).join("\n") };
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |name: &str| members.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let head = ["rule", "day", "outcome"].map(|name| text(value, name)).join("　");
    let reasons = list("reasons").iter().map(|reason| {
        let numbers = leaves("", reason.get("numbers").unwrap_or(&Value::Null)).join("、");
        if numbers.is_empty() { text(reason, "text") } else { format!("{}（{numbers}）", text(reason, "text")) }
    });
    let names = ["law", "article", "in_force_from", "in_force_to", "checked_on", "status"];
    let laws = list("citations").iter().map(|law| names.map(|name| text(law, name)).join(" "));
    let told = ["rule", "day", "outcome", "reasons", "citations"];
    let rest = members.iter().filter(|(name, _)| !told.contains(&name.as_str()));
    let rest = rest.flat_map(|(name, member)| leaves(name, member));
    std::iter::once(head).chain(reasons).chain(laws).chain(rest).collect::<Vec<_>>().join("\n")
}

fn in_words(table: Table, row: &Value) -> String {
    match AnyRecord::from_json(table, row.clone()).ok().and_then(|record| told(&record)) {
        Some(record) => {
            let pairs: Vec<String> = record.pairs().map(|(label, value)| format!("{label}: {value}")).collect();
            format!("{}　{}", record.heading(), pairs.join("、"))
        }
        None => leaves("", row).join("\n"),
    }
}

/// `reasons.1.text 92:30 は…`; an empty leaf says nothing.
fn leaves(path: &str, value: &Value) -> Vec<String> {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![format!("{path} {}", text.trim()).trim().to_owned()],
        Value::Bool(_) | Value::Number(_) => vec![format!("{path} {value}").trim().to_owned()],
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
