//! The key of one database; knows HMAC and hexadecimal, not where the key is kept.

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rand::rand_bytes;
use openssl::sign::Signer;
use secrecy::{ExposeSecret, ExposeSecretMut, SecretBox};
use zeroize::Zeroizing;

/// Says that the cryptographic library refused its work; nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("暗号の処理に失敗しました。プログラムを再起動して、もう一度実行してください。")]
pub struct CryptoError;

impl From<ErrorStack> for CryptoError {
    fn from(_: ErrorStack) -> Self {
        Self
    }
}

/// The random 256-bit key of one database; wiped on drop and never printed.
pub struct DatabaseKey(SecretBox<[u8; 32]>);

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DatabaseKey(…)")
    }
}

impl DatabaseKey {
    /// Draws a new key from OpenSSL's random source.
    pub(super) fn generate() -> Result<Self, CryptoError> {
        let mut key = SecretBox::new(Box::new([0; 32]));
        rand_bytes(key.expose_secret_mut())?;
        Ok(Self(key))
    }

    /// Reads 64 hexadecimal digits; anything else is no key (63 digits would be taken for a passphrase by SQLCipher).
    pub(super) fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut key = SecretBox::new(Box::new([0; 32]));
        for (byte, pair) in key.expose_secret_mut().iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            *byte = (nibble(*high)? << 4) | nibble(*low)?;
        }
        Some(Self(key))
    }

    /// Writes the key as 64 hexadecimal digits into a fixed buffer that is wiped.
    pub(super) fn to_hex(&self) -> Zeroizing<[u8; 64]> {
        let mut digits = Zeroizing::new([0; 64]);
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0.expose_secret()) {
            if let [high, low] = pair {
                (*high, *low) = (digit(byte >> 4), digit(byte & 15));
            }
        }
        digits
    }

    /// Returns HMAC-SHA256 of the message under a subkey that belongs to the label alone.
    ///
    /// The audit chain of a database is keyed this way, so that it can be continued only by somebody who holds the key.
    pub fn mac(&self, label: &str, message: &[u8]) -> Result<[u8; 32], CryptoError> {
        let subkey = Zeroizing::new(hmac(self.0.expose_secret(), &[b"junkai/1/", label.as_bytes()])?);
        hmac(subkey.as_ref(), &[message])
    }
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32], CryptoError> {
    let key = PKey::hmac(key)?;
    let mut signer = Signer::new(MessageDigest::sha256(), &key)?;
    for part in parts {
        signer.update(part)?;
    }
    let mut mac = [0; 32];
    signer.sign(&mut mac)?;
    Ok(mac)
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn digit(nibble: u8) -> u8 {
    if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }
}

/// Writes bytes as lower-case hexadecimal digits; for identifiers and hashes, never for a key.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).map(char::from).collect()
}

/// Draws an identifier of 128 random bits.
pub(super) fn random_identifier() -> Result<String, CryptoError> {
    let mut bytes = [0; 16];
    rand_bytes(&mut bytes)?;
    Ok(hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_hexadecimal_form() {
        let key = DatabaseKey::generate().unwrap();
        let digits = key.to_hex();
        let again = DatabaseKey::from_hex(std::str::from_utf8(digits.as_ref()).unwrap()).unwrap();
        assert_eq!(again.to_hex(), digits);
    }

    #[test]
    fn sixty_three_digits_are_no_key() {
        assert!(DatabaseKey::from_hex(&"a".repeat(63)).is_none());
        assert!(DatabaseKey::from_hex(&"g".repeat(64)).is_none());
        assert!(DatabaseKey::from_hex(&"あ".repeat(22)).is_none());
    }

    #[test]
    fn printing_a_key_shows_nothing() {
        let key = DatabaseKey::from_hex(&"5a".repeat(32)).unwrap();
        assert_eq!(format!("{key:?}"), "DatabaseKey(…)");
    }

    #[test]
    fn the_mac_depends_on_key_label_and_message() {
        let key = DatabaseKey::from_hex(&"5a".repeat(32)).unwrap();
        let other = DatabaseKey::from_hex(&"5b".repeat(32)).unwrap();
        let base = key.mac("audit", b"line").unwrap();
        assert_eq!(base, key.mac("audit", b"line").unwrap());
        assert_ne!(base, other.mac("audit", b"line").unwrap());
        assert_ne!(base, key.mac("anchor", b"line").unwrap());
        assert_ne!(base, key.mac("audit", b"line ").unwrap());
    }

    #[test]
    fn the_mac_is_hmac_sha256_of_rfc_4231() {
        let mac = hmac(&[0x0b; 20], &[b"Hi ", b"There"]).unwrap();
        assert_eq!(hex(&mac), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }
}
