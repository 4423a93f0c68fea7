//! The owner's passphrase and how strong it has to be; knows neither files nor keys.

use std::collections::HashSet;

use diceware_wordlists::EFF_LONG_WORDLIST;
use secrecy::{ExposeSecret, SecretString};
use unicode_width::UnicodeWidthChar;
use zeroize::Zeroizing;

/// Characters asked of a passphrase whose identity file lies on the same disk
/// (医療情報システムの安全管理に関するガイドライン: 13 or more, mixed; no forced change).
const LENGTH_ALONE: usize = 13;
/// Characters asked when the identity file lies on a second medium: something you have beside something you know.
const LENGTH_WITH_MEDIUM: usize = 8;
const GENERATED_WORDS: usize = 6;

/// A passphrase exactly as it was typed (no NFKC); wiped on drop and never printed.
pub struct Passphrase(SecretString);

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Passphrase(…)")
    }
}

/// Says why a passphrase is too weak to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassphrase {
    /// Fewer characters than this.
    #[error("パスフレーズが短すぎます。{0}文字以上で、英字と数字を混ぜて決めてください。自動生成の6語も使えます。")]
    TooShort(usize),
    /// Letters only or digits only.
    #[error("パスフレーズに英字と数字の両方を入れてください。自動生成の6語なら、そのまま使えます。")]
    NotMixed,
}

impl Passphrase {
    /// Takes the typed text over; the buffer it came in is wiped.
    pub fn new(typed: String) -> Self {
        let typed = Zeroizing::new(typed);
        // The copy has exactly the needed size: shrinking a larger buffer would leave the text behind in freed memory.
        Self(SecretString::from(Box::<str>::from(typed.as_str())))
    }

    /// Tells whether a character of two columns stands in it: most often the Japanese input method was still on.
    pub fn has_full_width(&self) -> bool {
        self.0.expose_secret().chars().any(|character| character.width() == Some(2))
    }

    /// Checks a passphrase that is about to be set; `second_medium` means the identity file lies on another medium.
    pub fn check(&self, second_medium: bool) -> Result<(), WeakPassphrase> {
        let text = self.0.expose_secret();
        let needed = if second_medium { LENGTH_WITH_MEDIUM } else { LENGTH_ALONE };
        if text.chars().count() < needed {
            return Err(WeakPassphrase::TooShort(needed));
        }
        let mixed = text.chars().any(char::is_alphabetic) && text.chars().any(char::is_numeric);
        if second_medium || mixed || is_generated(text) { Ok(()) } else { Err(WeakPassphrase::NotMixed) }
    }

    pub(super) fn for_age(&self) -> SecretString {
        SecretString::from(Box::<str>::from(self.0.expose_secret()))
    }
}

fn is_generated(text: &str) -> bool {
    let words: HashSet<&str> = EFF_LONG_WORDLIST.iter().copied().collect();
    let mut count = 0;
    text.split(' ').all(|word| {
        count += 1;
        words.contains(word)
    }) && count >= GENERATED_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, second_medium: bool) -> Result<(), WeakPassphrase> {
        Passphrase::new(text.to_owned()).check(second_medium)
    }

    #[test]
    fn thirteen_mixed_characters_are_enough() {
        assert_eq!(check("abcdefghijkl1", false), Ok(()));
        assert_eq!(check("abcdefghijk1", false), Err(WeakPassphrase::TooShort(13)));
        assert_eq!(check("abcdefghijklm", false), Err(WeakPassphrase::NotMixed));
        assert_eq!(check("1234567890123", false), Err(WeakPassphrase::NotMixed));
    }

    #[test]
    fn a_second_medium_needs_eight() {
        assert_eq!(check("abcdefgh", true), Ok(()));
        assert_eq!(check("abcdefg", true), Err(WeakPassphrase::TooShort(8)));
    }

    #[test]
    fn six_generated_words_need_no_digit_and_five_do() {
        assert_eq!(check("abacus abdomen abide ability ablaze able", false), Ok(()));
        assert_eq!(check("abacus abdomen abide ability ablaze", false), Err(WeakPassphrase::NotMixed));
        assert_eq!(check("abacus abdomen abide ability ablaze notaword", false), Err(WeakPassphrase::NotMixed));
    }

    #[test]
    fn full_width_is_reported_and_left_as_typed() {
        assert!(Passphrase::new("ａｂｃ".to_owned()).has_full_width());
        assert!(Passphrase::new("abcあ".to_owned()).has_full_width());
        assert!(!Passphrase::new("abc-123 ~".to_owned()).has_full_width());
        assert_eq!(Passphrase::new("ａ".to_owned()).for_age().expose_secret(), "ａ");
    }

    #[test]
    fn printing_a_passphrase_shows_nothing() {
        assert_eq!(format!("{:?}", Passphrase::new("secret".to_owned())), "Passphrase(…)");
    }
}
