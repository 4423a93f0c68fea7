//! Which characters a terminal can be trusted with, and what is written instead of the others.
//!
//! Knows the East Asian Ambiguous characters and the table of replacements; this is the only file
//! of `ui` that contains such characters. Replacement happens on the screen alone, never in what
//! is stored. It also takes out of a text what could steer the terminal, since a name comes from
//! a file that somebody else made.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

use super::width::{Ruler, is_ambiguous};

/// How many columns a probed terminal gives an Ambiguous character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguous {
    /// One, as outside East Asia.
    Narrow,
    /// Two, as many Japanese settings have it.
    Wide,
}

/// What may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GlyphSet {
    /// No Ambiguous character; charts in braille, whose width is neutral.
    #[default]
    Safe,
    /// As safe, and charts in ASCII.
    Ascii,
    /// The terminal was asked (or the setting says) how wide an Ambiguous character is.
    Probed(Ambiguous),
}

impl GlyphSet {
    /// Whether charts and graphs are drawn without braille.
    pub const fn is_ascii(self) -> bool {
        matches!(self, Self::Ascii)
    }

    /// The ruler for this set: an Ambiguous character that is left over (a Greek or Cyrillic
    /// letter of a name) gets two columns unless the terminal is known to give it one.
    pub const fn ruler(self) -> Ruler {
        Ruler::new(!matches!(self, Self::Probed(Ambiguous::Narrow)))
    }

    const fn replaces(self) -> bool {
        !matches!(self, Self::Probed(_))
    }
}

/// What is written instead; longer ones first, so that a test's name wins over its letters.
const REPLACEMENTS: &[(&str, &str)] = &[
    ("γ-GTP", "GGT"),
    ("γ-GT", "GGT"),
    ("γ－ＧＴＰ", "GGT"),
    ("γ－ＧＴ", "GGT"),
    ("γGTP", "GGT"),
    ("γGT", "GGT"),
    ("→", "->"),
    ("←", "<-"),
    ("↑", "^"),
    ("↓", "v"),
    ("⇒", "=>"),
    ("±", "(+/-)"),
    ("≧", "以上"),
    ("≦", "以下"),
    ("≥", "以上"),
    ("≤", "以下"),
    ("≠", "!="),
    ("≒", "約"),
    ("×", "x"),
    ("÷", "/"),
    ("℃", "度"),
    ("°", "度"),
    ("○", "o"),
    ("◯", "o"),
    ("◎", "oo"),
    ("●", "*"),
    ("△", "^"),
    ("▲", "^"),
    ("▽", "v"),
    ("▼", "v"),
    ("□", "[]"),
    ("■", "#"),
    ("◇", "<>"),
    ("◆", "#"),
    ("☆", "*"),
    ("★", "*"),
    ("※", "*"),
    ("…", ".."),
    ("‥", ".."),
    ("―", "-"),
    ("—", "-"),
    ("–", "-"),
    ("‐", "-"),
    ("·", "・"),
    ("“", "\""),
    ("”", "\""),
    ("‘", "'"),
    ("’", "'"),
    ("′", "'"),
    ("″", "\""),
    ("§", "第"),
    ("∞", "無限"),
    ("㋐", "ア"),
    ("㋑", "イ"),
    ("㋒", "ウ"),
    ("㋓", "エ"),
    ("㋔", "オ"),
    ("〜", "-"),
    ("～", "-"),
    ("μ", "u"),
];

/// Stands for a character of private use (外字): 〓 says that something cannot be shown.
const UNKNOWN: char = '〓';

/// `text` as it may be drawn: no control character, and nothing the glyph set does not hold.
pub fn screen_text(set: GlyphSet, text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut drawn = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = if set.replaces() { replace(rest, c, &mut drawn) } else { None };
        let taken = taken.unwrap_or_else(|| clean(set, c, &mut drawn));
        rest = rest.get(taken..).unwrap_or_default();
    }
    Cow::Owned(drawn)
}

/// Characters that every terminal draws in the columns we count: ASCII, kana, kanji, braille.
const fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{3000}'..='\u{3012}' | '\u{3041}'..='\u{3096}' | '\u{309b}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{2800}'..='\u{28ff}'
        | '\u{ff01}'..='\u{ff5d}' | '\u{ff61}'..='\u{ff9f}')
}

/// Writes the replacement of what `rest` begins with and returns the bytes it stood for.
fn replace(rest: &str, first: char, drawn: &mut String) -> Option<usize> {
    if is_plain(first) {
        return None;
    }
    let (from, to) = REPLACEMENTS.iter().find(|(from, _)| rest.starts_with(from))?;
    drawn.push_str(to);
    Some(from.len())
}

/// Writes `c`, its harmless form, or nothing, and returns its bytes.
fn clean(set: GlyphSet, c: char, drawn: &mut String) -> usize {
    match c {
        _ if is_plain(c) => drawn.push(c),
        '\t' | '\n' | '\u{2028}' | '\u{2029}' | '\u{a0}' => drawn.push(' '),
        _ if is_invisible(c) => {}
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => drawn.push(UNKNOWN),
        _ if set.replaces() && is_ambiguous(c) => push_decomposed(c, drawn),
        _ => drawn.push(c),
    }
    c.len_utf8()
}

/// Controls, directions and other characters without a picture. The selectors of a kanji's form
/// (U+E0100 and on) stay: they belong to a name.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// An accented letter as letter and accent, a Roman or circled number in ASCII; others as they are.
fn push_decomposed(c: char, drawn: &mut String) {
    let parts: String = std::iter::once(c).nfkd().collect();
    let is_safe = !parts.chars().any(|part| part.width() == Some(1) && is_ambiguous(part));
    if is_safe { drawn.push_str(&parts) } else { drawn.push(c) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn safe(text: &str) -> String {
        screen_text(GlyphSet::Safe, text).into_owned()
    }

    #[test]
    fn the_table_of_the_screens_holds() {
        assert_eq!(safe("γ-GTP 44"), "GGT 44");
        assert_eq!(safe("γ-GT"), "GGT");
        assert_eq!(safe("尿蛋白 ±"), "尿蛋白 (+/-)");
        assert_eq!(safe("80→45"), "80->45");
        assert_eq!(safe("第Ⅱ管理区分"), "第II管理区分");
        assert_eq!(safe("①と⑫"), "1と12");
        assert_eq!(safe("CO₂ 25℃"), "CO2 25度");
        assert_eq!(safe("㋐㋑"), "アイ");
        assert_eq!(safe("9時〜18時"), "9時-18時");
        assert_eq!(safe("José"), "Jose\u{301}");
    }

    #[test]
    fn a_probed_terminal_shows_what_is_written() {
        for set in [GlyphSet::Probed(Ambiguous::Narrow), GlyphSet::Probed(Ambiguous::Wide)] {
            assert_eq!(screen_text(set, "γ-GTP → Ⅱ"), "γ-GTP → Ⅱ");
        }
        assert_eq!(GlyphSet::Probed(Ambiguous::Wide).ruler().width("→"), 2);
        assert_eq!(GlyphSet::Probed(Ambiguous::Narrow).ruler().width("→"), 1);
    }

    #[test]
    fn an_imported_name_cannot_steer_the_terminal() {
        for set in [GlyphSet::Safe, GlyphSet::Probed(Ambiguous::Wide)] {
            assert_eq!(screen_text(set, "山田\u{1b}[2J\r\n太郎\u{9b}0m"), "山田[2J 太郎0m");
            assert_eq!(screen_text(set, "山\u{202e}田\u{200b}\u{feff}"), "山田");
            assert_eq!(screen_text(set, "\u{e000}木"), "〓木");
        }
    }

    #[test]
    fn a_plain_name_is_not_copied() {
        assert!(matches!(screen_text(GlyphSet::Safe, "佐伯 美咲 92:30 ⣠⣤⣶"), Cow::Borrowed(_)));
        assert_eq!(safe("葛\u{e0100}飾"), "葛\u{e0100}飾");
    }

    proptest! {
        #[test]
        fn nothing_that_is_drawn_is_a_control(text in any::<String>()) {
            for set in [GlyphSet::Safe, GlyphSet::Ascii, GlyphSet::Probed(Ambiguous::Wide)] {
                prop_assert!(!screen_text(set, &text).contains(char::is_control));
            }
        }
    }
}
