//! Characters in the data that a person has to look at before they are printed.
//!
//! Knows Unicode only. Must not know what the texts mean.

use serde_json::Value;

/// Says why a character needs a person's eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A variation selector: the font may draw the plain form instead of the written one (葛󠄀 and 葛).
    VariationSelector,
    /// A private-use character (外字): every machine draws something else.
    PrivateUse,
    /// An invisible or directional character: what is read differs from what is stored.
    Invisible,
}

impl Doubt {
    /// Tells the physician in one sentence what may happen.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::VariationSelector => "異体字の指定があります。指定と違う字形で印字されることがあります。",
            Self::PrivateUse => "外字があります。別の端末では違う字になります。",
            Self::Invisible => "見えない文字があります。取り除くことをお勧めします。",
        }
    }
}

/// One character to be shown large, with the text that holds it, for a yes or a no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionable {
    /// The character itself.
    pub character: char,
    /// The character before it, which a variation selector belongs to.
    pub base: Option<char>,
    /// Why it is asked about.
    pub doubt: Doubt,
    /// The whole text in which it stands: personal data, for the screen only.
    pub text: String,
}

/// Lists every questionable character of every text in `data`, in order.
pub fn questionable(data: &Value) -> Vec<Questionable> {
    let mut found = Vec::new();
    for_each_text(data, &mut |text| {
        let bases = std::iter::once(None).chain(text.chars().map(Some));
        for (character, base) in text.chars().zip(bases) {
            if let Some(doubt) = doubt(character) {
                found.push(Questionable { character, base, doubt, text: text.to_owned() });
            }
        }
    });
    found
}

/// Calls `visit` for every text value in `data`, in order.
pub(super) fn for_each_text<'a>(data: &'a Value, visit: &mut impl FnMut(&'a str)) {
    match data {
        Value::String(text) => visit(text),
        Value::Array(values) => values.iter().for_each(|value| for_each_text(value, visit)),
        Value::Object(fields) => fields.values().for_each(|value| for_each_text(value, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn doubt(character: char) -> Option<Doubt> {
    match character {
        '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{E0100}'..='\u{E01EF}' => {
            Some(Doubt::VariationSelector)
        }
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Some(Doubt::PrivateUse),
        '\n' => None,
        _ => is_invisible(character).then_some(Doubt::Invisible),
    }
}

/// Tells whether a character shows nothing, or changes how its neighbours are shown.
pub(super) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}')
        || typst::text::is_default_ignorable(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn plain_names_raise_no_question() {
        assert!(questionable(&json!({"a": ["髙橋 﨑 𠮷", "一行目\n二行目"]})).is_empty());
    }

    #[test]
    fn each_kind_is_reported_with_its_base() {
        let data = json!(["葛\u{E0100}城", "外\u{E000}字", "左\u{202E}右", "零\u{200B}幅", "鐘\u{7}"]);
        let found = questionable(&data);
        let doubts: Vec<Doubt> = found.iter().map(|one| one.doubt).collect();
        use Doubt::{Invisible, PrivateUse, VariationSelector};
        assert_eq!(doubts, [VariationSelector, PrivateUse, Invisible, Invisible, Invisible]);
        assert_eq!(found[0].base, Some('葛'));
        assert_eq!(found[0].text, "葛\u{E0100}城");
    }
}
