//! The recovery code: a second X25519 secret, shown once, copied by hand, typed back.
//!
//! It is the data part of the age secret key (52 characters of the Bech32 alphabet) and 4 check characters of our own,
//! in 14 groups of 4. Whoever has the code can rebuild the age key without this program. Knows nothing of files.

use std::str::FromStr;

use age::x25519;
use openssl::hash::{MessageDigest, hash};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::base32;
use super::secret::CryptoError;
use super::words::uniform;

const PREFIX: &str = "age-secret-key-";
const DATA: usize = 52;
const CHECK: usize = 4;
const GROUP: usize = 4;
const GROUPS: usize = (DATA + CHECK) / GROUP;
const ASKED: usize = 4;

/// Says why a typed recovery code is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// A character that the code never holds; the group is counted from 1.
    #[error("回復コードの第{0}組に、使われない文字があります。控えと見比べてください(1・B・I・Oは使いません)。")]
    Character(usize),
    /// Not 56 characters.
    #[error("回復コードの文字数が違います。4文字が14組です。控えと見比べてください。")]
    Length,
    /// The check characters do not fit: something was mistyped.
    #[error("回復コードに打ち間違いがあります。控えと一組ずつ見比べてください。")]
    Checksum,
}

/// The recovery code; wiped on drop and never printed by accident.
pub struct RecoveryCode(Zeroizing<[u8; DATA + CHECK]>);

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("RecoveryCode(…)")
    }
}

impl RecoveryCode {
    /// Draws a new recovery secret; returns the code and the age recipient that it opens.
    pub(super) fn generate() -> Result<(Self, x25519::Recipient), CryptoError> {
        let identity = x25519::Identity::generate();
        let secret = identity.to_string();
        let data = secret.expose_secret().as_bytes().get(PREFIX.len() + 1..).ok_or(CryptoError)?;
        let mut code = Zeroizing::new([0; DATA + CHECK]);
        for (place, byte) in code.iter_mut().zip(data.iter().take(DATA)) {
            *place = byte.to_ascii_lowercase();
        }
        let check = check_characters(&code)?;
        code.iter_mut().skip(DATA).zip(check).for_each(|(place, byte)| *place = byte);
        Ok((Self(code), identity.to_public()))
    }

    /// Reads a typed code; case, spaces, hyphens and full-width forms do not matter.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        let mut code = Zeroizing::new([0; DATA + CHECK]);
        let mut length = 0;
        for character in typed.chars().filter_map(fold) {
            let known = base32::value(character).ok_or(CodeError::Character(length / GROUP + 1))?;
            let place = code.get_mut(length).ok_or(CodeError::Length)?;
            *place = base32::character(u32::from(known)) as u8;
            length += 1;
        }
        if length != DATA + CHECK {
            return Err(CodeError::Length);
        }
        let code = Self(code);
        let expected = check_characters(&code.0).map_err(|_| CodeError::Checksum)?;
        if code.0.iter().skip(DATA).eq(expected.iter()) { Ok(code) } else { Err(CodeError::Checksum) }
    }

    /// Returns one group in upper case as it is shown, counted from 0.
    pub fn group(&self, index: usize) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(GROUP));
        for byte in self.0.iter().skip(index * GROUP).take(GROUP) {
            text.push(char::from(byte.to_ascii_uppercase()));
        }
        text
    }

    /// Returns the whole code as 14 groups separated by spaces, for the one screen or file that shows it.
    pub fn reveal(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(GROUPS * (GROUP + 1)));
        for index in 0..GROUPS {
            if index > 0 {
                text.push(' ');
            }
            text.push_str(&self.group(index));
        }
        text
    }

    /// Picks four different groups at random that the physician types back from the paper.
    pub fn challenge(&self) -> Result<CodeChallenge, CryptoError> {
        let mut groups: Vec<usize> = (0..GROUPS).collect();
        while groups.len() > ASKED {
            let left_out = uniform(groups.len())?;
            groups.remove(left_out);
        }
        Ok(CodeChallenge { groups })
    }

    /// Rebuilds the age identity of the code.
    pub(super) fn identity(&self) -> Result<x25519::Identity, CodeError> {
        let mut values = Zeroizing::new([0; DATA]);
        for (value, byte) in values.iter_mut().zip(self.0.iter()) {
            *value = base32::value(char::from(*byte)).ok_or(CodeError::Checksum)?;
        }
        let mut text = Zeroizing::new(String::with_capacity(96));
        text.push_str(PREFIX);
        text.push('1');
        self.0.iter().take(DATA).for_each(|byte| text.push(char::from(*byte)));
        text.extend(base32::checksum(PREFIX, values.as_ref()));
        text.make_ascii_uppercase();
        x25519::Identity::from_str(&text).map_err(|_| CodeError::Checksum)
    }
}

/// The groups that are asked back after the code was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeChallenge {
    groups: Vec<usize>,
}

impl CodeChallenge {
    /// Returns the groups to ask for, counted from 0, in ascending order.
    pub fn groups(&self) -> &[usize] {
        &self.groups
    }

    /// Tells which of the typed groups (in the order of [`CodeChallenge::groups`]) differ from the code.
    pub fn wrong(&self, code: &RecoveryCode, typed: &[&str]) -> Vec<usize> {
        let answer = |position: usize| typed.get(position).copied().unwrap_or_default();
        let right = |position: usize, group: usize| {
            let shown = code.group(group);
            answer(position).chars().filter_map(fold).eq(shown.chars().filter_map(fold))
        };
        self.groups.iter().enumerate().filter(|(at, group)| !right(*at, **group)).map(|(_, group)| *group).collect()
    }
}

/// Folds what a hand or an input method adds: spaces and hyphens vanish, full-width and upper case become plain.
fn fold(character: char) -> Option<char> {
    let plain = match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0)?,
        other => other,
    };
    let separates = plain.is_whitespace() || "-_‐‑‒–—―−ー・".contains(plain);
    if separates { None } else { Some(plain.to_ascii_lowercase()) }
}

fn check_characters(code: &[u8; DATA + CHECK]) -> Result<[u8; CHECK], CryptoError> {
    let mut message = Zeroizing::new([0; 16 + DATA]);
    let parts = b"junkai recovery ".iter().chain(code.iter().take(DATA));
    message.iter_mut().zip(parts).for_each(|(place, byte)| *place = *byte);
    let digest = hash(MessageDigest::sha256(), message.as_ref())?;
    let mut check = [0; CHECK];
    check.iter_mut().zip(digest.iter()).for_each(|(place, byte)| *place = base32::character(u32::from(*byte)) as u8);
    Ok(check)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_opens_what_its_recipient_sealed() {
        let (code, recipient) = RecoveryCode::generate().unwrap();
        assert_eq!(code.identity().unwrap().to_public().to_string(), recipient.to_string());
    }

    #[test]
    fn the_code_has_fourteen_groups_of_four() {
        let (code, _) = RecoveryCode::generate().unwrap();
        let shown = code.reveal();
        assert_eq!(shown.split(' ').map(str::len).collect::<Vec<_>>(), vec![4; 14]);
        assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
    }

    #[test]
    fn case_spaces_hyphens_and_full_width_do_not_matter() {
        let (code, _) = RecoveryCode::generate().unwrap();
        let shown = code.reveal();
        let wide: String = shown
            .chars()
            .map(|c| if c == ' ' { '\u{3000}' } else { char::from_u32(c as u32 + 0xfee0).unwrap() })
            .collect();
        for typed in
            [shown.to_lowercase(), shown.replace(' ', "-"), shown.replace(' ', ""), wide, format!("{}\n", *shown)]
        {
            assert_eq!(*RecoveryCode::parse(&typed).unwrap().reveal(), *shown);
        }
    }

    #[test]
    fn mistakes_are_named() {
        let (code, _) = RecoveryCode::generate().unwrap();
        let shown = code.reveal();
        assert_eq!(RecoveryCode::parse(&shown[..50]).unwrap_err(), CodeError::Length);
        assert_eq!(RecoveryCode::parse(&format!("{}q", *shown)).unwrap_err(), CodeError::Length);
        let foreign = format!("{}b{}", &shown[..5], &shown[6..]);
        assert_eq!(RecoveryCode::parse(&foreign).unwrap_err(), CodeError::Character(2));
        let other = if &shown[..1] == "Q" { "P" } else { "Q" };
        let mistyped = format!("{other}{}", &shown[1..]);
        assert_eq!(RecoveryCode::parse(&mistyped).unwrap_err(), CodeError::Checksum);
    }

    #[test]
    fn two_swapped_characters_are_noticed() {
        let (code, _) = RecoveryCode::generate().unwrap();
        let mut text: Vec<char> = code.reveal().chars().filter(|c| *c != ' ').collect();
        let at = (0..50).find(|at| text[*at] != text[at + 1]).unwrap();
        text.swap(at, at + 1);
        assert_eq!(RecoveryCode::parse(&text.iter().collect::<String>()).unwrap_err(), CodeError::Checksum);
    }

    #[test]
    fn four_different_groups_are_asked_and_checked() {
        let (code, _) = RecoveryCode::generate().unwrap();
        let challenge = code.challenge().unwrap();
        let groups = challenge.groups().to_vec();
        assert_eq!(groups.len(), 4);
        assert!(groups.is_sorted_by(|a, b| a < b) && groups.iter().all(|group| *group < 14));
        let answers: Vec<String> = groups.iter().map(|group| code.group(*group).to_lowercase()).collect();
        let mut typed: Vec<&str> = answers.iter().map(String::as_str).collect();
        assert_eq!(challenge.wrong(&code, &typed), Vec::<usize>::new());
        typed[2] = "1111";
        assert_eq!(challenge.wrong(&code, &typed), vec![groups[2]]);
        assert_eq!(challenge.wrong(&code, &[]), groups);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,80}") {
            let _ = RecoveryCode::parse(&text);
        }

        #[test]
        fn no_code_of_the_alphabet_makes_the_identity_panic(text in "[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{56}") {
            if let Ok(code) = RecoveryCode::parse(&text) {
                let _ = code.identity();
            }
        }
    }
}
