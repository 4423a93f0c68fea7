//! Sealing to age recipients and opening again; knows the age format, not what is sealed.

use std::io::{Read, Write};

use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient};
use zeroize::Zeroizing;

use super::secret::CryptoError;

/// Says why an age file did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenError {
    /// The right kind of key, the wrong one; also what a damaged stanza looks like.
    WrongKey,
    /// The file is cut off or changed.
    Damaged,
    /// An age version or recipient type that this program does not know.
    UnknownFormat,
    /// The scrypt work factor is above the limit; no work was done.
    ExcessiveWork(u8),
}

impl From<DecryptError> for OpenError {
    fn from(error: DecryptError) -> Self {
        match error {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
                Self::WrongKey
            }
            DecryptError::ExcessiveWork { required, .. } => Self::ExcessiveWork(required),
            DecryptError::UnknownFormat => Self::UnknownFormat,
            _ => Self::Damaged,
        }
    }
}

/// Seals a small secret to every recipient.
pub(super) fn seal(recipients: &[&dyn Recipient], secret: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let encryptor = Encryptor::with_recipients(recipients.iter().copied()).map_err(|_| CryptoError)?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| CryptoError)?;
    writer.write_all(secret).map_err(|_| CryptoError)?;
    writer.finish().map_err(|_| CryptoError)?;
    Ok(sealed)
}

/// Opens a small secret into a buffer of fixed capacity that is wiped; longer content counts as damaged.
pub(super) fn open(identity: &dyn Identity, sealed: &[u8], limit: usize) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut reader = Decryptor::new_buffered(sealed)?.decrypt(std::iter::once(identity))?;
    // Filled in place: a buffer that grew would leave copies of the secret behind.
    let mut content = Zeroizing::new(vec![0; limit]);
    let mut length = 0;
    loop {
        let room = content.get_mut(length..).filter(|room| !room.is_empty()).ok_or(OpenError::Damaged)?;
        match reader.read(room).map_err(|_| OpenError::Damaged)? {
            0 => break,
            read => length += read,
        }
    }
    content.truncate(length);
    Ok(content)
}

#[cfg(test)]
mod tests {
    use age::x25519;

    use super::*;

    #[test]
    fn both_recipients_open_and_a_stranger_does_not() {
        let (owner, recovery, stranger) =
            (x25519::Identity::generate(), x25519::Identity::generate(), x25519::Identity::generate());
        let sealed = seal(&[&owner.to_public(), &recovery.to_public()], b"secret").unwrap();
        assert_eq!(&**open(&owner, &sealed, 64).unwrap(), b"secret");
        assert_eq!(&**open(&recovery, &sealed, 64).unwrap(), b"secret");
        assert_eq!(open(&stranger, &sealed, 64).unwrap_err(), OpenError::WrongKey);
        assert_eq!(open(&owner, &sealed, 4).unwrap_err(), OpenError::Damaged);
    }

    #[test]
    fn a_newer_age_version_and_plain_bytes_are_told_apart() {
        let owner = x25519::Identity::generate();
        let sealed = seal(&[&owner.to_public()], b"secret").unwrap();
        let text = String::from_utf8_lossy(&sealed).into_owned();
        assert!(text.starts_with("age-encryption.org/v1\n"));
        assert_eq!(open(&owner, b"hello", 64).unwrap_err(), OpenError::Damaged);
        assert_eq!(open(&owner, &sealed[..sealed.len() - 1], 64).unwrap_err(), OpenError::Damaged);
    }
}
