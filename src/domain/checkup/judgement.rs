//! The clinic's own judgement, by letter or by word. Every clinic has its own scale: the text is what counts.

use unicode_normalization::UnicodeNormalization;

use crate::labelled;

labelled! {
    /// What a clinic's judgement says, as far as its letter or its word is common.
    Judgement {
        Normal = "異常なし",
        Slight = "軽度異常",
        Observe = "要経過観察・要再検査",
        Treat = "要精密検査・要医療",
        UnderTreatment = "治療中",
    }
}

/// Words of clinics, longest first where one holds another.
const WORDS: &[(&str, Judgement)] = &[
    ("治療継続", Judgement::UnderTreatment),
    ("治療中", Judgement::UnderTreatment),
    ("加療中", Judgement::UnderTreatment),
    ("要精密検査", Judgement::Treat),
    ("要精検", Judgement::Treat),
    ("要受診", Judgement::Treat),
    ("要医療", Judgement::Treat),
    ("要治療", Judgement::Treat),
    ("要再検", Judgement::Observe),
    ("要経過観察", Judgement::Observe),
    ("経過観察", Judgement::Observe),
    ("要観察", Judgement::Observe),
    ("要注意", Judgement::Observe),
    ("要指導", Judgement::Observe),
    ("生活改善", Judgement::Observe),
    ("軽度異常", Judgement::Slight),
    ("軽度所見", Judgement::Slight),
    ("差し支えなし", Judgement::Slight),
    ("差支えなし", Judgement::Slight),
    ("心配なし", Judgement::Slight),
    ("異常なし", Judgement::Normal),
    ("異常を認めず", Judgement::Normal),
    ("所見なし", Judgement::Normal),
    ("特記すべきことなし", Judgement::Normal),
    ("特記事項なし", Judgement::Normal),
    ("正常", Judgement::Normal),
];

impl Judgement {
    /// Reads a letter `A` to `E`, `D1`, `D2`, or a clinic's word; none where neither is known.
    ///
    /// A word wins over a letter, because letters differ between clinics and a word says what is meant.
    pub fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
        let word = WORDS.iter().find(|(word, _)| folded.contains(word)).map(|(_, judgement)| *judgement);
        word.or_else(|| letter(&folded))
    }
}

fn letter(folded: &str) -> Option<Judgement> {
    let bare = folded.trim_start_matches('(').trim_end_matches(')').trim_end_matches("判定");
    match bare {
        "A" => Some(Judgement::Normal),
        "B" => Some(Judgement::Slight),
        "C" | "C1" | "C2" => Some(Judgement::Observe),
        "D" | "D1" | "D2" => Some(Judgement::Treat),
        "E" => Some(Judgement::UnderTreatment),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_words_of_clinics_are_read() {
        let cases = [
            ("A", Some(Judgement::Normal)),
            ("Ｂ", Some(Judgement::Slight)),
            (" c ", Some(Judgement::Observe)),
            ("D2", Some(Judgement::Treat)),
            ("E 治療中", Some(Judgement::UnderTreatment)),
            ("要再検査", Some(Judgement::Observe)),
            ("C 要精密検査", Some(Judgement::Treat)),
            ("異常なし", Some(Judgement::Normal)),
            ("差し支えなし", Some(Judgement::Slight)),
            ("特記すべきことなし", Some(Judgement::Normal)),
            ("F", None),
            ("3", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Judgement::read(text), expected, "{text}");
        }
    }
}
