//! Words that should not stand in what the employer reads; the physician is told, nothing is cut.
//!
//! Two lints: forbidden consequences of an interview (不利益取扱い), and disclosure (disease names, drugs,
//! values, and the words of the physician's own notes).

use std::collections::BTreeSet;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// The word lists of `words.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordLists {
    consequences: Consequences,
    diseases: Words,
    drugs: Words,
    values: Words,
    notes: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Consequences {
    law: String,
    article: String,
    reason: String,
    words: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    reason: String,
    words: Vec<String>,
}

/// A word that was found; it is shown to the physician only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The field it stands in, as the caller named it.
    pub field: String,
    /// The word, as the list or the notes have it.
    pub word: String,
    /// Why it is shown.
    pub reason: String,
}

impl WordLists {
    /// Forbidden consequences (解雇, 退職, 雇止め, 降格 …) in free texts given as (field, text).
    pub fn consequences(&self, texts: &[(&str, &str)]) -> Vec<Hit> {
        let found = &self.consequences;
        let reason = format!("{}（{} {}）", found.reason, found.law, found.article);
        hits(texts, &found.words, &reason)
    }

    /// Disease names, drugs, values, and words of the notes in free texts given as (field, text).
    pub fn disclosure(&self, texts: &[(&str, &str)], notes: &[&str]) -> Vec<Hit> {
        let mut found: Vec<Hit> = [&self.diseases, &self.drugs, &self.values]
            .iter()
            .flat_map(|list| hits(texts, &list.words, &list.reason))
            .collect();
        let listed: Vec<String> = found.iter().map(|hit| fold(&hit.word)).collect();
        let is_new = |token: &String| !self.is_common(token) && !listed.contains(token);
        let notes: Vec<String> = notes.iter().map(|note| fold(note)).collect();
        for (field, text) in texts {
            let shared = shared(&notes, &fold(text)).into_iter().filter(is_new);
            found.extend(shared.map(|token| hit(field, &token, &self.notes.reason)));
        }
        found
    }

    /// A word that stands in every such document, or one made of nothing but such words (労働時間).
    fn is_common(&self, token: &str) -> bool {
        let rest = self.notes.words.iter().fold(token.to_owned(), |rest, word| rest.replace(&fold(word), ""));
        rest.is_empty()
    }
}

/// Tokens of either side that the other side holds too; 介護 is found in 介護休業 and the other way round.
fn shared(notes: &[String], text: &str) -> BTreeSet<String> {
    let from_notes = notes.iter().flat_map(|note| tokens(note)).filter(|token| holds(text, token));
    let from_text = tokens(text).into_iter().filter(|token| notes.iter().any(|note| holds(note, token)));
    from_notes.chain(from_text).collect()
}

/// Whether `text` holds the token: kana endings only as a whole run, for they are in every sentence.
fn holds(text: &str, token: &str) -> bool {
    let is_hiragana = token.chars().next().is_some_and(|first| Script::of(first) == Script::Hiragana);
    if is_hiragana { tokens(text).iter().any(|run| run == token) } else { stands_in(text, token) }
}

fn hits(texts: &[(&str, &str)], words: &[String], reason: &str) -> Vec<Hit> {
    let mut found = Vec::new();
    for (field, text) in texts {
        let text = fold(text);
        let inside = words.iter().filter(|word| stands_in(&text, &fold(word)));
        found.extend(inside.map(|word| hit(field, word, reason)));
    }
    found
}

fn hit(field: &str, word: &str, reason: &str) -> Hit {
    Hit { field: field.to_owned(), word: word.to_owned(), reason: reason.to_owned() }
}

/// Whether `word` stands in `text`; a Latin word only as a word of its own (AST, not fast).
fn stands_in(text: &str, word: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let is_free = |(at, found): (usize, &str)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|tail| tail.chars().next());
        let touches =
            |inner: Option<char>, outer: Option<char>| inner.is_some_and(is_latin) && outer.is_some_and(is_latin);
        !touches(word.chars().next(), before) && !touches(word.chars().next_back(), after)
    };
    !word.is_empty() && text.match_indices(word).any(is_free)
}

/// One case and one width, so that ＡＳＴ and ast are the same.
fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Other,
}

impl Script {
    fn of(character: char) -> Self {
        match character {
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' => Self::Kanji,
            '\u{3041}'..='\u{309f}' => Self::Hiragana,
            '\u{30a1}'..='\u{30ff}' => Self::Katakana,
            _ if character.is_ascii_alphabetic() => Self::Latin,
            _ => Self::Other,
        }
    }

    /// The least length of a token that says something.
    const fn least(self) -> usize {
        match self {
            Self::Kanji => 2,
            Self::Hiragana | Self::Katakana | Self::Latin => 3,
            Self::Other => usize::MAX,
        }
    }
}

/// Runs of one script: two kanji, three kana or three Latin letters and more.
fn tokens(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let runs = characters.chunk_by(|a, b| Script::of(*a) == Script::of(*b));
    let long = runs.filter(|run| run.first().is_some_and(|first| run.len() >= Script::of(*first).least()));
    long.map(|run| run.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Law;

    fn words() -> WordLists {
        Law::built_in().unwrap().tables().words.clone()
    }

    fn found(hits: &[Hit]) -> Vec<&str> {
        hits.iter().map(|hit| hit.word.as_str()).collect()
    }

    #[test]
    fn forbidden_consequences_are_named_with_their_field() {
        let hits =
            words().consequences(&[("連絡事項等", "契約更新をしないことが望ましい"), ("措置", "時間外労働の制限")]);
        assert_eq!(found(&hits), ["契約更新"]);
        assert_eq!(hits.first().map(|hit| hit.field.as_str()), Some("連絡事項等"));
        assert!(hits.iter().all(|hit| hit.reason.contains("不利益")));
    }

    #[test]
    fn diseases_drugs_and_values_in_any_width() {
        let hits = words()
            .disclosure(&[("連絡事項等", "うつ病のため、ＨｂＡ１ｃと降圧薬を確認"), ("措置", "at fast pace")], &[]);
        assert_eq!(found(&hits), ["うつ病", "降圧薬", "HbA1c"]);
    }

    #[test]
    fn words_of_the_notes_are_named_but_common_ones_are_not() {
        let notes = ["母の介護で睡眠が4時間。バイクで通勤。勤務時間は長い"];
        let hits = words().disclosure(&[("連絡事項等", "介護とバイクに配慮し、勤務時間を短く")], &notes);
        assert_eq!(found(&hits), ["バイク", "介護"]);
        assert_eq!(found(&words().disclosure(&[("連絡事項等", "介護休業を")], &notes)), ["介護"]);
        assert_eq!(found(&words().disclosure(&[("連絡事項等", "介護を")], &["介護休業中"])), ["介護"]);
        assert!(words().disclosure(&[("措置", "深夜業を月2回まで")], &notes).is_empty());
        assert!(words().disclosure(&[("措置", "労働時間 を 短縮")], &["時間 労働 医師"]).is_empty());
    }

    #[test]
    fn short_runs_say_nothing() {
        assert_eq!(tokens("母はabのカメ、睡眠"), ["睡眠"]);
        assert_eq!(tokens("つらいです abc カメラ"), ["つらいです", "abc", "カメラ"]);
    }
}
