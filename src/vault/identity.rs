//! The owner's identity: an X25519 secret under the passphrase, as a standard age file.
//!
//! Its content is an age identity file, so `age -d -i identity.age` works. Two comment lines carry the vault's id and the
//! recovery recipient: under the passphrase nobody can put another recovery recipient there. Knows no paths.

use std::str::FromStr;

use age::{scrypt, x25519};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::files::FilesError;
use super::passphrase::Passphrase;
use super::seal::{self, OpenError};
use super::secret::CryptoError;

/// The scrypt work factor (log2 of N) at `init`.
pub const WORK_FACTOR: u8 = 17;
/// The scrypt work factor in the demo and in tests.
pub const WORK_FACTOR_QUICK: u8 = 15;
/// The highest scrypt work factor accepted on reading; 2^20 already takes 1 GiB of memory.
pub const WORK_FACTOR_LIMIT: u8 = 20;

const FIRST_LINE: &str = "# junkai identity ";
const FORMAT: u32 = 1;
const CAPACITY: usize = 1024;

/// Says why the owner's identity did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// No identity file at its place.
    #[error(
        "本人鍵のファイルが見つかりません。USBメモリーなど、鍵を置いた媒体をつなぐか、鍵の場所(--identity)を指定してください。"
    )]
    Missing,
    /// The file is whole, the passphrase is not the one.
    #[error(
        "パスフレーズが違います。IMEと大文字・小文字を確かめて、もう一度入力してください。忘れたときは回復コードを使えます。"
    )]
    WrongPassphrase,
    /// The file was cut off or changed.
    #[error("本人鍵のファイルが壊れています。控えの同じファイルを戻すか、回復コード(junkai recover)で開いてください。")]
    Damaged,
    /// A format of age or of junkai that is newer or unknown.
    #[error("本人鍵のファイルが、このプログラムの知らない形式です。新しい版の junkai で開いてください。")]
    UnknownFormat,
    /// The scrypt work factor is above the limit.
    #[error(
        "本人鍵のファイルの計算量(2^{0})が上限を超えています。自分で作ったファイルか確かめ、控えから戻してください。"
    )]
    ExcessiveWork(u8),
    /// The identity belongs to another vault.
    #[error("この本人鍵は別の金庫のものです。この金庫の鍵を置いた媒体をつないでください。")]
    OtherVault,
    /// A step on the file failed.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The cryptographic library failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl From<OpenError> for IdentityError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::WrongKey => Self::WrongPassphrase,
            OpenError::Damaged => Self::Damaged,
            OpenError::UnknownFormat => Self::UnknownFormat,
            OpenError::ExcessiveWork(found) => Self::ExcessiveWork(found),
        }
    }
}

/// The opened identity of the owner: what unseals keys, and to whom new ones are sealed.
pub(super) struct Owner {
    pub(super) vault: String,
    pub(super) secret: x25519::Identity,
    pub(super) recovery: x25519::Recipient,
}

impl Owner {
    /// Draws a new identity for a vault.
    pub(super) fn generate(vault: &str, recovery: x25519::Recipient) -> Self {
        Self { vault: vault.to_owned(), secret: x25519::Identity::generate(), recovery }
    }

    /// Writes the identity as an age file under the passphrase.
    pub(super) fn seal(&self, passphrase: &Passphrase, work_factor: u8) -> Result<Vec<u8>, CryptoError> {
        if !(1..=WORK_FACTOR_LIMIT).contains(&work_factor) {
            return Err(CryptoError);
        }
        let mut recipient = scrypt::Recipient::new(passphrase.for_age());
        recipient.set_work_factor(work_factor);
        seal::seal(&[&recipient], self.text().as_bytes())
    }

    fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(CAPACITY));
        text.push_str(FIRST_LINE);
        text.push_str(&FORMAT.to_string());
        text.push_str("\n# vault: ");
        text.push_str(&self.vault);
        text.push_str("\n# recovery: ");
        text.push_str(&self.recovery.to_string());
        text.push('\n');
        text.push_str(self.secret.to_string().expose_secret());
        text.push('\n');
        text
    }

    /// Opens the age file; a changed stanza looks like a wrong passphrase here, the caller compares the checksum.
    pub(super) fn open(sealed: &[u8], passphrase: &Passphrase) -> Result<Self, IdentityError> {
        let mut identity = scrypt::Identity::new(passphrase.for_age());
        identity.set_max_work_factor(WORK_FACTOR_LIMIT);
        let content = seal::open(&identity, sealed, CAPACITY)?;
        parse(std::str::from_utf8(&content).map_err(|_| IdentityError::Damaged)?)
    }
}

fn parse(text: &str) -> Result<Owner, IdentityError> {
    let format = text.lines().find_map(|line| line.strip_prefix(FIRST_LINE)).ok_or(IdentityError::UnknownFormat)?;
    if format.parse() != Ok(FORMAT) {
        return Err(IdentityError::UnknownFormat);
    }
    let field = |name| text.lines().find_map(|line| line.strip_prefix(name)).ok_or(IdentityError::Damaged);
    let secret = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1")).ok_or(IdentityError::Damaged)?;
    Ok(Owner {
        vault: field("# vault: ")?.to_owned(),
        recovery: field("# recovery: ")?.parse().map_err(|_| IdentityError::Damaged)?,
        secret: x25519::Identity::from_str(secret).map_err(|_| IdentityError::Damaged)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> Owner {
        Owner::generate("0123", x25519::Identity::generate().to_public())
    }

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned())
    }

    fn failure(sealed: &[u8]) -> IdentityError {
        Owner::open(sealed, &passphrase("right")).err().unwrap()
    }

    #[test]
    fn what_is_sealed_opens_with_the_passphrase_alone() {
        let owner = owner();
        let sealed = owner.seal(&passphrase("right"), 5).unwrap();
        let opened = Owner::open(&sealed, &passphrase("right")).unwrap();
        assert_eq!(opened.secret.to_public().to_string(), owner.secret.to_public().to_string());
        assert_eq!(opened.recovery.to_string(), owner.recovery.to_string());
        assert_eq!(opened.vault, "0123");
        assert_eq!(Owner::open(&sealed, &passphrase("wrong")).err().unwrap(), IdentityError::WrongPassphrase);
    }

    #[test]
    fn the_text_fits_its_buffer() {
        assert_eq!(owner().text().capacity(), CAPACITY);
        assert!(owner().text().len() < CAPACITY / 2);
    }

    #[test]
    fn a_work_factor_above_the_limit_is_refused_before_any_work() {
        let sealed = owner().seal(&passphrase("right"), 5).unwrap();
        let at = sealed.windows(3).position(|bytes| bytes == b" 5\n").unwrap();
        let raised = [&sealed[..at], b" 21\n", &sealed[at + 3..]].concat();
        assert_eq!(failure(&raised), IdentityError::ExcessiveWork(21));
        let absurd = [&sealed[..at], b" 63\n", &sealed[at + 3..]].concat();
        assert_eq!(failure(&absurd), IdentityError::ExcessiveWork(63));
    }

    #[test]
    fn our_own_writing_keeps_the_limit_too() {
        assert!(owner().seal(&passphrase("right"), 21).is_err());
        assert!(owner().seal(&passphrase("right"), 0).is_err());
    }

    #[test]
    fn a_newer_format_is_named() {
        let newer = "# junkai identity 2\n";
        assert_eq!(parse(newer).err().unwrap(), IdentityError::UnknownFormat);
        assert_eq!(parse("").err().unwrap(), IdentityError::UnknownFormat);
        assert_eq!(parse("# junkai identity 1\n# vault: x\n").err().unwrap(), IdentityError::Damaged);
    }

    #[test]
    fn a_flipped_byte_anywhere_does_not_open() {
        let sealed = owner().seal(&passphrase("right"), 5).unwrap();
        for at in (0..sealed.len()).step_by(7) {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert!(Owner::open(&flipped, &passphrase("right")).is_err(), "byte {at}");
        }
    }
}
