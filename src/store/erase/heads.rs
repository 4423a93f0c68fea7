//! The text of a head is made of the values of its sheet: where values go, it is made anew in every state.

use serde_json::Value;

use super::Told;
use super::history::{Rebased, State};
use crate::domain::checkup::CheckupSheet;

/// A sheet of which values go, as it was and as it is without the batch.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Before the batch, or what is left of one that it brought.
    pub(super) base: Option<Value>,
    /// As the journal held it.
    pub(super) known: Vec<State>,
    /// Without the batch.
    pub(super) rebased: Rebased,
}

impl Sheet {
    /// Makes the text of the head anew in a state that changed it together with the sheet.
    pub(super) fn retell(&self, told: Told<'_>, state: &State, head: &mut Value) {
        let [before, after] = [&state.before, &state.after].map(summary);
        let is_of_both = self.known.iter().any(|sheet| sheet.operation == state.operation);
        let text = text(told, self.rebased.at(state.operation, self.base.as_ref()));
        if let Some(text) = text.filter(|_| before != after && is_of_both) {
            set(head, text);
        }
    }

    /// The head as its sheet tells it now, where its text was made of the sheet, with the operation that made it so.
    pub(super) fn retold(&self, told: Told<'_>, known: Option<&Value>, now: &Value) -> Option<(i64, Value)> {
        let last = self.known.last()?;
        let was = text(told, last.after.as_ref())?;
        let text = text(told, self.rebased.now.as_ref())?;
        let is_made = known.and_then(|head| head.get(SUMMARY)).and_then(Value::as_str) == Some(was.as_str());
        let mut head = now.clone();
        set(&mut head, text);
        (is_made && head != *now).then_some((last.operation, head))
    }
}

const SUMMARY: &str = "summary";

fn summary(head: &Option<Value>) -> Option<&Value> {
    head.as_ref().and_then(|head| head.get(SUMMARY))
}

fn text(told: Told<'_>, sheet: Option<&Value>) -> Option<String> {
    serde_json::from_value::<CheckupSheet>(sheet?.clone()).ok().map(|sheet| told(&sheet))
}

fn set(head: &mut Value, text: String) {
    if let Some(summary) = head.get_mut(SUMMARY) {
        *summary = Value::from(text);
    }
}
