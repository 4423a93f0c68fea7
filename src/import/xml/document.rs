//! One ClinicalDocument, event by event.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Checkup, Item, MAX_DEPTH, MAX_ITEMS, PersonId, XmlError, attribute, entity};
use crate::import::calendar;

/// Reads the events of a file.
pub(super) fn read(text: &str) -> Result<Checkup, XmlError> {
    let mut walk = Walk { lines: Lines { bytes: text.as_bytes(), counted: 0, line: 1 }, ..Walk::default() };
    let mut xml = Reader::from_str(text);
    xml.config_mut().check_end_names = true;
    let mut is_document = false;
    loop {
        let at = xml.buffer_position();
        let event = xml.read_event().map_err(|_| XmlError::Broken { line: walk.lines.at(xml.error_position()) })?;
        match event {
            Event::DocType(_) => return Err(XmlError::Dtd),
            Event::Start(start) => {
                is_document |= walk.path.is_empty() && start.local_name().as_ref() == "ClinicalDocument";
                walk.start(&start, at)?;
            }
            Event::Empty(empty) => {
                walk.start(&empty, at)?;
                walk.end();
            }
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.text.push_str(text.as_ref()),
            Event::CData(text) => walk.text.push_str(text.as_ref()),
            Event::GeneralRef(name) => {
                let character = entity(name.as_ref()).ok_or_else(|| XmlError::Entity { line: walk.lines.at(at) })?;
                walk.text.push(character);
            }
            Event::Eof if !is_document => return Err(XmlError::OtherDocument),
            Event::Eof if !walk.path.is_empty() => return Err(XmlError::Broken { line: walk.lines.at(at) }),
            Event::Eof => return Ok(walk.checkup),
            _ => {}
        }
    }
}

/// Lines of a file, counted onward from the place asked last.
#[derive(Default)]
struct Lines<'x> {
    bytes: &'x [u8],
    counted: usize,
    line: u32,
}

impl Lines<'_> {
    fn at(&mut self, place: u64) -> u32 {
        let end = usize::try_from(place).unwrap_or(usize::MAX).min(self.bytes.len());
        let passed = self.bytes.get(self.counted..end).unwrap_or_default();
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.counted = self.counted.max(end);
        self.line
    }
}

/// An observation that is open: its place in the list and how deep it lies.
struct Open {
    place: usize,
    depth: usize,
}

#[derive(Default)]
struct Walk<'x> {
    lines: Lines<'x>,
    /// Local names from the root to here.
    path: Vec<String>,
    open: Vec<Open>,
    text: String,
    checkup: Checkup,
}

impl Walk<'_> {
    /// Whether the open elements end in these names.
    fn ends_in(&self, names: &[&str]) -> bool {
        self.path.len() >= names.len() && self.path.iter().rev().zip(names.iter().rev()).all(|(own, name)| own == name)
    }

    fn start(&mut self, start: &BytesStart<'_>, at: u64) -> Result<(), XmlError> {
        if self.path.len() >= MAX_DEPTH {
            return Err(XmlError::TooDeep);
        }
        self.path.push(start.local_name().as_ref().to_owned());
        self.text.clear();
        if self.ends_in(&["observation"]) {
            return self.observe(at);
        }
        if self.open.is_empty() {
            self.person(start)
        } else {
            self.item(start)
        }
        Ok(())
    }

    fn observe(&mut self, at: u64) -> Result<(), XmlError> {
        if self.checkup.items.len() >= MAX_ITEMS {
            return Err(XmlError::TooManyItems);
        }
        // Counting lines from the top for each item would be slow in a long file; from the last item it is not.
        let line = self.lines.at(at);
        self.open.push(Open { place: self.checkup.items.len(), depth: self.path.len() });
        self.checkup.items.push(Item { line, ..Item::default() });
        Ok(())
    }

    fn person(&mut self, start: &BytesStart<'_>) {
        let get = |name| attribute(start, name).unwrap_or_default();
        if self.ends_in(&["recordTarget", "patientRole", "id"]) {
            self.checkup.person.ids.push(PersonId { root: get("root"), extension: get("extension") });
        } else if self.ends_in(&["patient", "administrativeGenderCode"]) {
            self.checkup.person.sex = get("code");
        } else if self.ends_in(&["patient", "birthTime"]) {
            self.checkup.person.birth = day(&get("value"));
        } else if self.ends_in(&["serviceEvent", "effectiveTime"]) || self.ends_in(&["effectiveTime", "low"]) {
            let is_event = self.path.iter().any(|name| name == "serviceEvent");
            let found = day(&get("value")).filter(|_| is_event);
            self.checkup.exam_date = self.checkup.exam_date.or(found);
        }
    }

    fn item(&mut self, start: &BytesStart<'_>) {
        let Some(open) = self.open.last() else { return };
        let own = self.path.get(open.depth..).unwrap_or_default();
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let Some(item) = self.checkup.items.get_mut(open.place) else { return };
        let get = |name| attribute(start, name).unwrap_or_default();
        match own.as_slice() {
            ["code"] => (item.code, item.name) = (get("code"), get("displayName")),
            ["value"] => {
                let (quantity, code) = (get("value"), get("code"));
                item.kind = get("xsi:type");
                item.value = if quantity.is_empty() { code } else { quantity };
                item.unit = get("unit");
            }
            ["interpretationCode"] => item.flag = get("code"),
            ["referenceRange", "observationRange", "value", end @ ("low" | "high")] => {
                if *end == "low" {
                    item.lower = get("value");
                } else {
                    item.upper = get("value");
                }
                item.range_unit = Some(get("unit"))
                    .filter(|unit| !unit.is_empty())
                    .unwrap_or_else(|| std::mem::take(&mut item.range_unit));
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let text = self.text.trim();
        if self.open.is_empty() && self.ends_in(&["patient", "name"]) && !text.is_empty() {
            self.checkup.person.name = text.to_owned();
        }
        if let Some(open) = self.open.last() {
            let is_value = self.path.len() == open.depth + 1 && self.path.last().is_some_and(|name| name == "value");
            let item = self.checkup.items.get_mut(open.place).filter(|item| is_value && item.value.is_empty());
            if let Some(item) = item {
                text.clone_into(&mut item.value);
            }
        }
        if self.open.last().is_some_and(|open| open.depth == self.path.len()) {
            self.open.pop();
        }
        self.path.pop();
        self.text.clear();
    }
}

/// `20261001`, also with a time behind it.
fn day(text: &str) -> Option<crate::domain::Day> {
    text.get(..8).filter(|_| text.bytes().all(|b| b.is_ascii_digit() || b == b'+')).and_then(calendar::date)
}
