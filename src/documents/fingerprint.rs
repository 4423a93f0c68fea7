//! The fingerprint by which a signer is recognised.
//!
//! Knows hashes of certificates. Must not know documents.

use std::fmt;
use std::str::FromStr;

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::x509::X509Ref;
use thiserror::Error;

/// SHA-256 of a certificate in DER, the figure that PDF readers show too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

/// Says that a text is no fingerprint.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("指紋は16進数64桁です。空白とコロンは入れても構いません。書面の指紋を写し直してください。")]
pub struct NotAFingerprint;

impl Fingerprint {
    pub(super) fn of(certificate: &X509Ref) -> Result<Self, ErrorStack> {
        let digest = certificate.digest(MessageDigest::sha256())?;
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
        Ok(Self(bytes))
    }

    /// Gives the fingerprint as two lines of eight groups of four, to be read aloud.
    pub fn lines(&self) -> [String; 2] {
        let groups: Vec<String> = self.0.chunks(2).map(group).collect();
        let (first, second) = groups.split_at(groups.len() / 2);
        [first.join(" "), second.join(" ")]
    }
}

fn group(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.lines().join(" "))
    }
}

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    /// Reads 64 hexadecimal digits in either case; white space, colons and hyphens between them are passed over.
    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let digits = text.chars().filter(|character| !character.is_whitespace() && !":-".contains(*character));
        let values: Option<Vec<u8>> = digits.map(|digit| Some(digit.to_digit(16)?.to_le_bytes()[0])).collect();
        let pairs = values.ok_or(NotAFingerprint)?.chunks(2).map(pair).collect::<Option<Vec<u8>>>();
        pairs.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(NotAFingerprint)
    }
}

fn pair(digits: &[u8]) -> Option<u8> {
    match digits {
        [high, low] => Some(high << 4 | low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(bytes: [u8; 32]) {
            let fingerprint = Fingerprint(bytes);
            prop_assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
            prop_assert_eq!(fingerprint.to_string().to_lowercase().replace(' ', ":").parse(), Ok(fingerprint));
        }

        #[test]
        fn any_other_text_is_refused(text in "[0-9a-f]{0,63}|.{0,20}|[0-9a-f]{65,70}") {
            prop_assert_eq!(text.parse::<Fingerprint>(), Err(NotAFingerprint));
        }
    }
}
