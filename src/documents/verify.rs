//! Checks a signed PDF: is it still what was signed, and by which key.
//!
//! Knows bytes and CMS, and on purpose no PDF objects: a verdict that rests on every byte of the file outside one
//! hexadecimal string cannot be bent by what a PDF reader would make of them. Must not know documents or persons.

use std::ops::Range;

use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkcs7::{Pkcs7, Pkcs7Flags};
use openssl::stack::Stack;
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::verify::X509VerifyFlags;
use openssl::x509::{X509, X509NameRef, X509PurposeId, X509Ref};

use super::characters;
use super::fingerprint::Fingerprint;
use super::sign::{CADES, find};

/// What a check of a file found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Unchanged, and signed by the certificate whose fingerprint was given.
    UnchangedAndSigner,
    /// Unchanged, and nobody said which certificate to expect.
    UnchangedSignerNotConfirmed,
    /// Unchanged, but signed by another key than the one given, whatever name it bears.
    OtherSigner,
    /// The content or the signature itself was changed.
    Changed,
    /// Something was added after the signed part.
    AppendedTo,
    /// The signature does not cover the file from its first to its last byte.
    NotCovering,
    /// There are two or more signatures.
    SeveralSignatures,
    /// The signature is of a kind that this program does not read.
    Unreadable,
    /// There is no signature.
    NotSigned,
}

impl Verdict {
    /// Gives the stable word for JSON output.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnchangedAndSigner => "unchanged_and_signer",
            Self::UnchangedSignerNotConfirmed => "unchanged_signer_not_confirmed",
            Self::OtherSigner => "other_signer",
            Self::Changed => "changed",
            Self::AppendedTo => "appended_to",
            Self::NotCovering => "not_covering",
            Self::SeveralSignatures => "several_signatures",
            Self::Unreadable => "unreadable",
            Self::NotSigned => "not_signed",
        }
    }

    /// Says what was found and what it means, and promises no more.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::UnchangedAndSigner => {
                "変更なし・署名者確認済み。署名の後に変わっておらず、指定された指紋の証明書で署名されています。署名の日時を証明するものではありません。"
            }
            Self::UnchangedSignerNotConfirmed => {
                "変更なし・署名者未確認。署名の後に変わっていません。誰の署名かは、署名者から受け取った指紋と照らして確かめてください。自己発行の証明書が示すのは同じ鍵であることだけです。"
            }
            Self::OtherSigner => {
                "署名者不一致。署名の後に変わっていませんが、指定された指紋とは別の証明書で署名されています。名前が同じでも別の鍵です。署名者に確かめてください。"
            }
            Self::Changed => "変更あり。署名されたときの内容と一致しません。署名者から原本を受け取り直してください。",
            Self::AppendedTo => {
                "追記あり。署名の後に書き加えられています。表示される内容は署名されたときと違うことがあります。署名者から原本を受け取り直してください。"
            }
            Self::NotCovering => {
                "範囲不足。署名がファイル全体を覆っていません。途中で切れているか、書き換えられています。署名者から原本を受け取り直してください。"
            }
            Self::SeveralSignatures => {
                "署名が複数あります。一つの署名だけの文書ではないため、変更の有無を判定できません。署名者から原本を受け取り直してください。"
            }
            Self::Unreadable => {
                "署名を読めません。壊れているか、対応していない形式です。PDF 閲覧ソフトの署名表示で確かめてください。"
            }
            Self::NotSigned => "署名なし。このファイルには電子署名がありません。",
        }
    }
}

/// A verdict with what is known of the signing certificate; the certificate's own words are not proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// What was found.
    pub verdict: Verdict,
    /// Fingerprint of the certificate that made the signature, if its signature held.
    pub fingerprint: Option<Fingerprint>,
    /// The name the certificate bears.
    pub name: Option<String>,
    /// Whether the certificate vouches only for itself: it proves continuity, not identity.
    pub self_made: bool,
}

impl From<Verdict> for Verification {
    fn from(verdict: Verdict) -> Self {
        Self { verdict, fingerprint: None, name: None, self_made: false }
    }
}

/// Checks `pdf`; with `expected` also by whose certificate it is signed. Answers for any bytes.
pub fn verify(pdf: &[u8], expected: Option<&Fingerprint>) -> Verification {
    let mut claims = claims(pdf);
    match (claims.len(), claims.pop()) {
        (1, Some(Some(claim))) => judge(pdf, &claim, expected),
        (1, _) => Verdict::NotCovering.into(),
        (0, _) => Verdict::NotSigned.into(),
        _ => Verdict::SeveralSignatures.into(),
    }
}

/// What a byte range says it covers: `0..gap.start` and `gap.end..end`.
struct Claim {
    gap: Range<usize>,
    end: usize,
}

/// Finds each byte range, well formed or not (`None`).
fn claims(pdf: &[u8]) -> Vec<Option<Claim>> {
    let key = b"/ByteRange";
    let mut claims = Vec::new();
    let mut from = 0;
    while let Some(position) = find(pdf, key, from) {
        from = position + key.len();
        claims.push(pdf.get(from..).and_then(claim));
    }
    claims
}

fn claim(rest: &[u8]) -> Option<Claim> {
    let open = rest.iter().position(|byte| !byte.is_ascii_whitespace()).filter(|at| rest.get(*at) == Some(&b'['))?;
    let close = find(rest, b"]", open).filter(|close| close - open < 100)?;
    let text = std::str::from_utf8(rest.get(open + 1..close)?).ok()?;
    let numbers: Vec<usize> = text.split_ascii_whitespace().map(number).collect::<Option<_>>()?;
    match numbers.as_slice() {
        [0, first, second, length] => Some(Claim { gap: *first..*second, end: second.checked_add(*length)? }),
        _ => None,
    }
}

/// Reads plain digits: `parse` alone would also take a sign.
fn number(text: &str) -> Option<usize> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn judge(pdf: &[u8], claim: &Claim, expected: Option<&Fingerprint>) -> Verification {
    let covered = [pdf.get(..claim.gap.start), pdf.get(claim.gap.end..claim.end)];
    let ([Some(before), Some(after)], Some(contents)) = (covered, contents(pdf, &claim.gap)) else {
        return Verdict::NotCovering.into();
    };
    let Some(signer) = signer_of(&contents) else { return Verdict::Unreadable.into() };
    let holds = pdf.starts_with(b"%PDF-") && holds(&contents, &signer, &[before, after].concat()).is_ok();
    match (holds, claim.end == pdf.len()) {
        (true, true) => unchanged(&signer, expected),
        (true, false) => Verdict::AppendedTo.into(),
        (false, true) => Verdict::Changed.into(),
        (false, false) => Verdict::NotCovering.into(),
    }
}

fn unchanged(signer: &X509, expected: Option<&Fingerprint>) -> Verification {
    let fingerprint = Fingerprint::of(signer).ok();
    let verdict = match expected {
        None => Verdict::UnchangedSignerNotConfirmed,
        Some(expected) if fingerprint == Some(*expected) => Verdict::UnchangedAndSigner,
        Some(_) => Verdict::OtherSigner,
    };
    Verification { verdict, fingerprint, name: common_name(signer.subject_name()), self_made: is_self_made(signer) }
}

/// Reads the name, without what could steer a terminal or turn the direction of reading.
fn common_name(subject: &X509NameRef) -> Option<String> {
    let name = subject.entries_by_nid(Nid::COMMONNAME).next()?.data().to_string().ok()?;
    Some(name.chars().filter(|&character| !characters::is_invisible(character)).collect())
}

fn is_self_made(certificate: &X509Ref) -> bool {
    certificate.public_key().is_ok_and(|key| certificate.verify(&key).unwrap_or(false))
}

/// Reads the signature out of the gap, which must be one hexadecimal string and nothing else.
///
/// It must stand as the value of `/Contents`; what follows the signature in it must be zeros, in one case of
/// letters, so that nothing can hide there.
fn contents(pdf: &[u8], gap: &Range<usize>) -> Option<Vec<u8>> {
    let named = pdf.get(..gap.start)?.trim_ascii_end().ends_with(b"/Contents");
    let digits = pdf.get(gap.clone())?.strip_prefix(b"<")?.strip_suffix(b">")?;
    let mixed = digits.iter().any(u8::is_ascii_lowercase) && digits.iter().any(u8::is_ascii_uppercase);
    if !named || mixed {
        return None;
    }
    let bytes: Vec<u8> = digits.chunks(2).map(pair).collect::<Option<_>>()?;
    let length = der_length(&bytes)?;
    let padding = bytes.get(length..)?;
    padding.iter().all(|byte| *byte == 0).then(|| bytes.get(..length).map(<[u8]>::to_vec)).flatten()
}

fn pair(digits: &[u8]) -> Option<u8> {
    let [high, low] = digits else { return None };
    let value = |digit: &u8| char::from(*digit).to_digit(16);
    u8::try_from(value(high)? << 4 | value(low)?).ok()
}

/// Length of the outermost DER sequence, head included.
fn der_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x30, short @ 0..=0x7F, ..] => Some(2 + usize::from(*short)),
        [0x30, 0x81, one, ..] => Some(3 + usize::from(*one)),
        [0x30, 0x82, high, low, ..] => Some(4 + (usize::from(*high) << 8 | usize::from(*low))),
        [0x30, 0x83, high, middle, low, ..] => {
            Some(5 + (usize::from(*high) << 16 | usize::from(*middle) << 8 | usize::from(*low)))
        }
        _ => None,
    }
}

/// Finds the certificate that the single signer of the structure names.
fn signer_of(cms: &[u8]) -> Option<X509> {
    let structure = Pkcs7::from_der(cms).ok()?;
    structure.signed()?;
    let signers = structure.signers(&*Stack::new().ok()?, Pkcs7Flags::empty()).ok()?;
    let mut signers = signers.into_iter();
    signers.next().filter(|_| signers.next().is_none())
}

/// Verifies the signature against that certificate only, signing-certificate attribute included.
///
/// Trust and validity in time are not judged here: an own certificate has none above it, and no time is proven.
fn holds(cms: &[u8], signer: &X509, content: &[u8]) -> Result<(), ErrorStack> {
    let mut only = Stack::new()?;
    only.push(signer.clone())?;
    let flags = CMSOptions::BINARY | CMSOptions::DETACHED | CMSOptions::NOINTERN | CMSOptions::NOCRL;
    let flags = flags | CMSOptions::from_bits_retain(CADES);
    CmsContentInfo::from_der(cms)?.verify(Some(&only), Some(&*store(signer)?), Some(content), None, flags)
}

fn store(signer: &X509) -> Result<X509Store, ErrorStack> {
    let mut store = X509StoreBuilder::new()?;
    store.add_cert(signer.clone())?;
    store.set_flags(X509VerifyFlags::PARTIAL_CHAIN | X509VerifyFlags::NO_CHECK_TIME)?;
    store.set_purpose(X509PurposeId::ANY)?;
    Ok(store.build())
}
