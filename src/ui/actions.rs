//! The one registry of actions: footer, help, palette, README and tests are drawn from it.
//!
//! Knows keys and words. Must not know what an action does or when it is possible: a place makes
//! [`Offer`]s of the actions it answers to, with its own words and its reason for refusing.

use std::borrow::Cow;

use super::keys::{Code, Key};
use super::search::{Query, SearchKey};
use super::width::width;

pub use super::action_list::{AT_THE_DOOR, Act, REGISTRY, action};

/// An entry of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// What the shell and the screens match on.
    pub act: Act,
    /// Stable id, for the README and the tests.
    pub name: &'static str,
    /// The word on the screen.
    pub label: &'static str,
    /// The word in kana, for the search.
    pub reading: &'static str,
    /// Keys that work outside text fields.
    pub keys: &'static [Key],
    /// Keys that also work with an input method on; none means: through the palette.
    pub ime_keys: &'static [Key],
    /// What it does, in a sentence.
    pub effect: &'static str,
    /// Who will see it.
    pub audience: &'static str,
}

/// Keys that edit the text while a text field has the focus.
const EDITING: [char; 8] = ['a', 'e', 'n', 'd', 'u', 'k', 'f', 'b'];

impl Action {
    /// The action with its own words, possible here.
    pub const fn offer(&'static self) -> Offer {
        Offer {
            action: self,
            label: Cow::Borrowed(self.label),
            effect: Cow::Borrowed(self.effect),
            audience: Cow::Borrowed(self.audience),
            shown_keys: None,
            refusal: None,
        }
    }

    /// Whether `key` means this action, in a text field or outside.
    pub fn answers(&self, key: Key, in_text_field: bool) -> bool {
        let is_bound = self.keys.contains(&key) || self.ime_keys.contains(&key);
        is_bound && !(in_text_field && types_or_edits(key))
    }

    /// The keys outside text fields, as the help shows them.
    pub fn keys_text(&self) -> String {
        let shown = if self.keys.is_empty() { self.ime_keys } else { self.keys };
        names(shown)
    }

    /// The quick key and the one for the input method, as the palette teaches them.
    pub fn both_text(&self) -> String {
        let quick = self.keys_text();
        let slow: Vec<String> = self.ime_keys.iter().take(1).map(|key| key.name()).collect();
        if slow.iter().all(|name| quick.split(' ').any(|one| one == name)) || quick == "矢印" {
            return quick;
        }
        format!("{quick}  {}", slow.join(" "))
    }

    /// The keys with the input method on; the palette's where the action has none of its own.
    pub fn ime_text(&self) -> String {
        if self.ime_keys.is_empty() { names(action(Act::Palette).ime_keys) } else { names(self.ime_keys) }
    }
}

fn types_or_edits(key: Key) -> bool {
    key.is_text() || matches!(key.code, Code::Char(c) if EDITING.contains(&c))
}

fn names(keys: &[Key]) -> String {
    const ARROWS: [Code; 4] = [Code::Up, Code::Down, Code::Left, Code::Right];
    if keys.iter().any(|key| ARROWS.contains(&key.code)) {
        return "矢印".to_owned();
    }
    keys.iter().take(2).map(|key| key.name()).collect::<Vec<_>>().join(" ")
}

/// The action that `key` means, anywhere.
pub fn find(key: Key, in_text_field: bool) -> Option<&'static Action> {
    REGISTRY.iter().find(|action| action.answers(key, in_text_field))
}

/// An action as one place offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The entry of the registry.
    pub action: &'static Action,
    /// The word here, e.g. 面接を始める for 新規.
    pub label: Cow<'static, str>,
    /// What it does here.
    pub effect: Cow<'static, str>,
    /// Who will see it.
    pub audience: Cow<'static, str>,
    /// Keys as the footer shows them, where that differs, e.g. `[ ]` for two actions at once.
    pub shown_keys: Option<&'static str>,
    /// Why it is not possible now.
    pub refusal: Option<Cow<'static, str>>,
}

impl Offer {
    /// With this word.
    pub fn labelled(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = label.into();
        self
    }

    /// With this sentence on what it does.
    pub fn doing(mut self, effect: impl Into<Cow<'static, str>>) -> Self {
        self.effect = effect.into();
        self
    }

    /// With these readers.
    pub fn seen_by(mut self, audience: impl Into<Cow<'static, str>>) -> Self {
        self.audience = audience.into();
        self
    }

    /// With these keys in the footer.
    pub const fn keyed(mut self, keys: &'static str) -> Self {
        self.shown_keys = Some(keys);
        self
    }

    /// Not possible, for this reason; `None` is possible.
    pub fn refused(mut self, reason: Option<impl Into<Cow<'static, str>>>) -> Self {
        self.refusal = reason.map(Into::into);
        self
    }

    /// Whether it can be done now.
    pub const fn is_possible(&self) -> bool {
        self.refusal.is_none()
    }

    /// What the search looks in: the words here and those of the registry.
    pub fn search_key(&self) -> SearchKey {
        SearchKey::new(&[&self.label, self.action.label, self.action.reading, self.action.name])
    }

    fn hint(&self, needs_ime_way: bool) -> Hint {
        let first = |keys: &[Key]| keys.first().map(|key| key.name());
        let own = if needs_ime_way { first(self.action.ime_keys) } else { first(self.action.keys) };
        let keys = own.or_else(|| first(self.action.ime_keys)).unwrap_or_default();
        let keys = if needs_ime_way { keys } else { self.shown_keys.map_or(keys, str::to_owned) };
        Hint { keys, label: self.label.clone().into_owned() }
    }
}

/// The action among `offers` that `key` means; possible or not, since a refusal is an answer too.
pub fn offered(offers: &[Offer], key: Key, in_text_field: bool) -> Option<&Offer> {
    offers.iter().find(|offer| offer.action.answers(key, in_text_field))
}

/// A key and its word, as they stand in the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// `Enter`
    pub keys: String,
    /// 開く
    pub label: String,
}

impl Hint {
    /// A hint in its own words.
    pub fn new(keys: impl Into<String>, label: impl Into<String>) -> Self {
        Self { keys: keys.into(), label: label.into() }
    }

    /// Columns of the hint.
    pub fn columns(&self) -> usize {
        width(&self.keys) + 1 + width(&self.label)
    }
}

/// Columns between two hints.
pub const HINT_GAP: usize = 3;

/// The hints of a place that fit in `columns`: first come, 呼出 and 操作 always and last.
///
/// `needs_ime_way` names the keys that work inside a text field or with an input method on, and
/// leaves out what has none.
pub fn footer(offers: &[Offer], columns: usize, needs_ime_way: bool) -> Vec<Hint> {
    let is_last = |offer: &&Offer| matches!(offer.action.act, Act::Palette | Act::Help);
    let has_way = |offer: &&Offer| offer.is_possible() && !(needs_ime_way && offer.action.ime_keys.is_empty());
    let last: Vec<Hint> = offers.iter().filter(is_last).map(|offer| offer.hint(needs_ime_way)).collect();
    let mut left = columns.saturating_sub(last.iter().map(|hint| hint.columns() + HINT_GAP).sum());
    let mut hints = Vec::new();
    for offer in offers.iter().filter(|offer| !is_last(offer)).filter(has_way) {
        let hint = offer.hint(needs_ime_way);
        let Some(rest) = left.checked_sub(hint.columns()) else { break };
        left = rest.saturating_sub(HINT_GAP);
        hints.push(hint);
    }
    hints.extend(last);
    hints
}

/// The hints as the footer row reads.
pub fn footer_text(hints: &[Hint]) -> String {
    let parts: Vec<String> = hints.iter().map(|hint| format!("{} {}", hint.keys, hint.label)).collect();
    parts.join(&" ".repeat(HINT_GAP))
}

/// A row of the help and of the README's table of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRow {
    /// Keys outside text fields.
    pub keys: String,
    /// Keys that work with an input method on.
    pub ime_keys: String,
    /// The offer with its words, effect, readers and refusal.
    pub offer: Offer,
}

/// The rows of the help for these offers.
pub fn help_rows(offers: &[Offer]) -> Vec<HelpRow> {
    let row = |offer: &Offer| HelpRow {
        keys: offer.shown_keys.map_or_else(|| offer.action.keys_text(), str::to_owned),
        ime_keys: offer.action.ime_text(),
        offer: offer.clone(),
    };
    offers.iter().map(row).collect()
}

/// The places in `offers` that match `query` (kanji, kana, romaji), best first.
pub fn search(offers: &[Offer], query: &str) -> Vec<usize> {
    let query = Query::new(query);
    let mut found: Vec<(u8, usize)> = offers
        .iter()
        .enumerate()
        .filter_map(|(index, offer)| query.rank(&offer.search_key()).map(|rank| (rank, index)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
#[path = "actions_tests.rs"]
mod tests;
