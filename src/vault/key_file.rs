//! The sealed key of one database: which database it is, of which vault, and the raw key.

use age::{Identity, Recipient};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::layout::DatabaseId;
use super::seal::{self, OpenError};
use super::secret::{CryptoError, DatabaseKey};

const CAPACITY: usize = 512;

/// The content of a key file.
pub(super) struct SealedKey {
    pub(super) id: DatabaseId,
    pub(super) vault: String,
    pub(super) key: DatabaseKey,
}

/// Borrows from the wiped buffer; serde copies nothing.
#[derive(Deserialize)]
struct Payload<'a> {
    id: &'a str,
    vault: &'a str,
    key: &'a str,
}

/// Seals a key to the owner and to the recovery recipient.
pub(super) fn seal(
    recipients: &[&dyn Recipient],
    id: DatabaseId,
    vault: &str,
    key: &DatabaseKey,
) -> Result<Vec<u8>, CryptoError> {
    let digits = key.to_hex();
    let mut payload = Zeroizing::new(String::with_capacity(CAPACITY));
    payload.push_str(r#"{"id":""#);
    payload.push_str(&id.to_string());
    payload.push_str(r#"","vault":""#);
    payload.push_str(vault);
    payload.push_str(r#"","key":""#);
    payload.push_str(std::str::from_utf8(digits.as_ref()).map_err(|_| CryptoError)?);
    payload.push_str(r#""}"#);
    seal::seal(recipients, payload.as_bytes())
}

/// Opens a key file with the owner's or the recovery identity.
pub(super) fn open(identity: &dyn Identity, sealed: &[u8]) -> Result<SealedKey, OpenError> {
    let content = seal::open(identity, sealed, CAPACITY)?;
    let payload: Payload<'_> = serde_json::from_slice(&content).map_err(|_| OpenError::Damaged)?;
    Ok(SealedKey {
        id: payload.id.parse().map_err(|_| OpenError::Damaged)?,
        vault: payload.vault.to_owned(),
        key: DatabaseKey::from_hex(payload.key).ok_or(OpenError::Damaged)?,
    })
}

#[cfg(test)]
mod tests {
    use age::x25519;

    use super::*;

    #[test]
    fn a_key_file_says_whose_key_it_is() {
        let owner = x25519::Identity::generate();
        let key = DatabaseKey::generate().unwrap();
        let sealed = seal(&[&owner.to_public()], DatabaseId::Site(7), "cafe", &key).unwrap();
        let opened = open(&owner, &sealed).unwrap();
        assert_eq!((opened.id, opened.vault.as_str()), (DatabaseId::Site(7), "cafe"));
        assert_eq!(opened.key.to_hex(), key.to_hex());
    }

    #[test]
    fn anything_else_inside_is_damage() {
        let owner = x25519::Identity::generate();
        for content in [&b"{}"[..], b"not json", br#"{"id":"E01","vault":"c","key":"00"}"#] {
            let sealed = seal::seal(&[&owner.to_public()], content).unwrap();
            assert_eq!(open(&owner, &sealed).err().unwrap(), OpenError::Damaged);
        }
    }
}
