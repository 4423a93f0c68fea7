//! Generated passphrases: six words of the EFF long list (7,776 words, 77 bits together).

use diceware_wordlists::EFF_LONG_WORDLIST;
use openssl::rand::rand_bytes;
use zeroize::Zeroizing;

use super::secret::CryptoError;

const WORDS: usize = 6;
/// The longest word of the list has 9 letters; one fixed buffer holds six and their spaces, so none is copied by growth.
const CAPACITY: usize = 96;

/// Generates a passphrase of six words separated by spaces.
pub fn generate_six_words() -> Result<Zeroizing<String>, CryptoError> {
    let mut words = Zeroizing::new(String::with_capacity(CAPACITY));
    for position in 0..WORDS {
        if position > 0 {
            words.push(' ');
        }
        words.push_str(EFF_LONG_WORDLIST.get(uniform(EFF_LONG_WORDLIST.len())?).ok_or(CryptoError)?);
    }
    Ok(words)
}

/// Draws an index below `limit` (at most 65,536) without bias: a draw beyond the last whole multiple is thrown away.
pub(super) fn uniform(limit: usize) -> Result<usize, CryptoError> {
    let span = usize::from(u16::MAX) + 1;
    if limit == 0 || limit > span {
        return Err(CryptoError);
    }
    let usable = span - span % limit;
    loop {
        let mut bytes = Zeroizing::new([0; 2]);
        rand_bytes(bytes.as_mut())?;
        let drawn = usize::from(u16::from_be_bytes(*bytes));
        if drawn < usable {
            return Ok(drawn % limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::Passphrase;

    #[test]
    fn six_words_fit_the_buffer_and_pass_the_check() {
        let words = generate_six_words().unwrap();
        assert_eq!(words.split(' ').count(), WORDS);
        assert_eq!(words.capacity(), CAPACITY);
        assert_eq!(Passphrase::new(words.to_string()).check(false), Ok(()));
    }

    #[test]
    fn the_longest_six_words_fit_the_buffer() {
        let longest = EFF_LONG_WORDLIST.iter().map(|word| word.len()).max().unwrap();
        assert!(WORDS * (longest + 1) <= CAPACITY);
    }

    #[test]
    fn every_index_is_drawn() {
        let mut seen = [false; 7];
        for _ in 0..500 {
            seen[uniform(7).unwrap()] = true;
        }
        assert_eq!(seen, [true; 7]);
    }

    #[test]
    fn nothing_to_draw_from_is_an_error() {
        assert!(uniform(0).is_err());
    }
}
