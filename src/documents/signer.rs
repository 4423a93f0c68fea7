//! The physician's signing key and certificate.
//!
//! Knows keys and certificates. Must not know PDF, files or the vault: the caller seals the secret bytes.

use chrono::{Datelike, NaiveDate};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::{BigNum, MsbOption};
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::{PKey, Private};
use openssl::stack::Stack;
use openssl::x509::extension::{BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use openssl::x509::{X509, X509Builder, X509Name};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use thiserror::Error;

use super::fingerprint::Fingerprint;

/// Common name of the demonstration's certificate.
pub const DEMO_NAME: &str = "DEMO";

/// Years that an own certificate runs: longer than any record is kept, since readers distrust an expired one
/// and a signature without a time stamp cannot show that it was made before. An engineering choice.
const YEARS: i32 = 60;

/// Longest common name of a certificate, in characters (RFC 5280, ub-common-name).
const LONGEST_NAME: usize = 64;

/// Says why there is no signer.
#[derive(Debug, Error)]
pub enum SignerError {
    /// The name is empty, or longer than a certificate can hold.
    #[error("署名用の氏名が空か、64文字を超えています。氏名を入れ直してください。")]
    Name,
    /// The registry number holds something other than ASCII digits.
    #[error("医籍登録番号は半角の数字で入れてください。")]
    RegistryNumber,
    /// The day cannot be written into a certificate.
    #[error("証明書の開始日に使えない日付です。日付を確かめてください。")]
    Day,
    /// The PKCS#12 file did not open.
    #[error(
        "証明書ファイル（PKCS#12）を開けません。パスフレーズを確かめてください。古い暗号で作られたファイルは、新しい形式で書き出し直してください。"
    )]
    Container,
    /// The PKCS#12 file or the sealed bytes lack the key or its certificate.
    #[error("署名鍵と証明書の組が見つかりません。鍵と証明書の両方を含むファイルを使ってください。")]
    Incomplete,
    /// The cryptographic library refused.
    #[error("署名鍵を扱えませんでした。もう一度試し、続くときは控えから鍵を戻してください。")]
    Library,
}

impl From<ErrorStack> for SignerError {
    /// Drops the library's text: it may quote what it was given.
    fn from(_: ErrorStack) -> Self {
        Self::Library
    }
}

/// A private key with its certificate and, from a CA, the certificates above it.
pub struct Signer {
    key: PKey<Private>,
    certificate: X509,
    chain: Vec<X509>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Signer(..)")
    }
}

impl Signer {
    /// Makes a P-256 key and a certificate signed by itself, from the physician's `name` and 医籍登録番号.
    ///
    /// The certificate starts on `day` (Asia/Tokyo) and proves only that two documents come from one key.
    ///
    /// # Errors
    /// [`SignerError::Name`], [`SignerError::RegistryNumber`], [`SignerError::Day`] for what cannot be written
    /// into a certificate; [`SignerError::Library`].
    pub fn generate(name: &str, registry_number: &str, day: NaiveDate) -> Result<Self, SignerError> {
        if registry_number.is_empty() || !registry_number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SignerError::RegistryNumber);
        }
        Self::self_made(name, Some(registry_number), day)
    }

    /// Makes a key whose certificate is named [`DEMO_NAME`] and nothing else (design 7.14).
    ///
    /// # Errors
    /// As [`Signer::generate`].
    pub fn demo(day: NaiveDate) -> Result<Self, SignerError> {
        Self::self_made(DEMO_NAME, None, day)
    }

    /// Opens a PKCS#12 file that a certification authority issued.
    ///
    /// # Errors
    /// [`SignerError::Container`] for a wrong passphrase or an outdated cipher, [`SignerError::Incomplete`] if
    /// the key or its certificate is absent or they do not belong together.
    pub fn from_pkcs12(file: &[u8], passphrase: &SecretString) -> Result<Self, SignerError> {
        let parsed = Pkcs12::from_der(file)
            .and_then(|container| container.parse2(passphrase.expose_secret()))
            .map_err(|_| SignerError::Container)?;
        let (Some(key), Some(certificate)) = (parsed.pkey, parsed.cert) else {
            return Err(SignerError::Incomplete);
        };
        let chain = parsed.ca.map(|stack| stack.into_iter().collect()).unwrap_or_default();
        Self::checked(key, certificate, chain)
    }

    /// Restores a signer from what [`Signer::to_secret_bytes`] gave.
    ///
    /// # Errors
    /// [`SignerError::Incomplete`] if the key or its certificate is absent or they do not belong together.
    pub fn from_secret_bytes(sealed: &SecretSlice<u8>) -> Result<Self, SignerError> {
        let pem = sealed.expose_secret();
        let key = PKey::private_key_from_pem(pem).map_err(|_| SignerError::Incomplete)?;
        let mut certificates = X509::stack_from_pem(pem).map_err(|_| SignerError::Incomplete)?.into_iter();
        let certificate = certificates.next().ok_or(SignerError::Incomplete)?;
        Self::checked(key, certificate, certificates.collect())
    }

    /// Gives key and certificates as one PEM text, for the vault to seal: any tool of the field reads it.
    ///
    /// # Errors
    /// [`SignerError::Library`].
    pub fn to_secret_bytes(&self) -> Result<SecretSlice<u8>, SignerError> {
        let mut certificates = self.certificate.to_pem()?;
        for certificate in &self.chain {
            certificates.extend(certificate.to_pem()?);
        }
        let key = zeroize::Zeroizing::new(self.key.private_key_to_pem_pkcs8()?);
        // The exact size: a vector that grows or shrinks would leave a copy of the key behind.
        let mut bytes = Vec::with_capacity(key.len() + certificates.len());
        bytes.extend_from_slice(&key);
        bytes.extend_from_slice(&certificates);
        Ok(SecretSlice::from(bytes))
    }

    /// Gives the certificate's fingerprint, to be printed on documents and told to employers.
    ///
    /// # Errors
    /// [`SignerError::Library`].
    pub fn fingerprint(&self) -> Result<Fingerprint, SignerError> {
        Ok(Fingerprint::of(&self.certificate)?)
    }

    fn self_made(name: &str, registry_number: Option<&str>, day: NaiveDate) -> Result<Self, SignerError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(SignerError::Name);
        }
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
        let key = PKey::from_ec_key(EcKey::generate(&group)?)?;
        let certificate = certificate(&key, &subject(name, registry_number)?, day)?;
        Ok(Self { key, certificate, chain: Vec::new() })
    }

    fn checked(key: PKey<Private>, certificate: X509, chain: Vec<X509>) -> Result<Self, SignerError> {
        if !certificate.public_key()?.public_eq(&key) {
            return Err(SignerError::Incomplete);
        }
        Ok(Self { key, certificate, chain })
    }

    pub(super) fn key(&self) -> &PKey<Private> {
        &self.key
    }

    pub(super) fn certificate(&self) -> &X509 {
        &self.certificate
    }

    pub(super) fn chain(&self) -> Result<Stack<X509>, ErrorStack> {
        let mut stack = Stack::new()?;
        for certificate in &self.chain {
            stack.push(certificate.clone())?;
        }
        Ok(stack)
    }
}

fn subject(name: &str, registry_number: Option<&str>) -> Result<X509Name, ErrorStack> {
    let mut subject = X509Name::builder()?;
    subject.append_entry_by_nid(Nid::COMMONNAME, name)?;
    if let Some(number) = registry_number {
        subject.append_entry_by_nid(Nid::SERIALNUMBER, number)?;
    }
    Ok(subject.build())
}

fn certificate(key: &PKey<Private>, subject: &X509Name, day: NaiveDate) -> Result<X509, SignerError> {
    let mut builder = X509Builder::new()?;
    builder.set_version(2)?;
    builder.set_serial_number(&*serial_number()?)?;
    builder.set_subject_name(subject)?;
    builder.set_issuer_name(subject)?;
    builder.set_pubkey(key)?;
    set_validity(&mut builder, day)?;
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(KeyUsage::new().critical().digital_signature().non_repudiation().build()?)?;
    let identifier = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
    builder.append_extension(identifier)?;
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}

fn serial_number() -> Result<Asn1Integer, ErrorStack> {
    let mut number = BigNum::new()?;
    number.rand(127, MsbOption::MAYBE_ZERO, false)?;
    number.to_asn1_integer()
}

/// Midnight in Tokyo is 15:00 of the day before in universal time.
fn set_validity(builder: &mut X509Builder, day: NaiveDate) -> Result<(), SignerError> {
    let start = day.pred_opt().ok_or(SignerError::Day)?;
    let end = start.with_day(1).and_then(|first| first.with_year(first.year() + YEARS)).ok_or(SignerError::Day)?;
    let time = |date: NaiveDate| Asn1Time::from_str_x509(&date.format("%Y%m%d150000Z").to_string());
    builder.set_not_before(&*time(start).map_err(|_| SignerError::Day)?)?;
    builder.set_not_after(&*time(end).map_err(|_| SignerError::Day)?)?;
    Ok(())
}
