//! Signs a PDF: PAdES B-B (ETSI EN 319 142-1) as one incremental update.
//!
//! Knows PDF objects and CMS. Must not know what the document says. The given bytes stay a prefix of the signed
//! file; no signing time is written, since nothing here can prove one.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, Writer, dictionary};
use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::error::ErrorStack;
use thiserror::Error;

use super::signer::Signer;

/// `CMS_CADES`: adds the signing-certificate-v2 attribute that PAdES wants; absent from the bindings.
pub(super) const CADES: u32 = 0x0010_0000;
/// `CMS_NO_SIGNING_TIME`: PAdES forbids the attribute, and we have no proven time; absent from the bindings.
const NO_SIGNING_TIME: u32 = 0x0040_0000;

/// Room for the CMS structure beside the certificates, in bytes; it needs about 600 with P-256, 1,100 with RSA.
const ROOM: usize = 2048;
/// Width of each number in the byte range: ten digits hold any offset of a classic cross-reference table.
const OFFSET_DIGITS: usize = 10;
/// The signature field is hidden from the page but printed and locked, as PDF/A-2 asks of an annotation.
const PRINT_AND_LOCKED: i64 = 132;
/// Signatures exist, and the file may only be appended to (ISO 32000-1, table 219).
const SIGNED_APPEND_ONLY: i64 = 3;

/// Says why a document was not signed.
#[derive(Debug, Error)]
pub enum SignError {
    /// The bytes are no PDF that this program set, or it is signed already.
    #[error("署名できない形の PDF です。文書を組み直してから署名してください。")]
    Unsuitable,
    /// The cryptographic library refused the key.
    #[error("署名できませんでした。署名鍵を確かめてください。")]
    Library,
    /// The certificate chain is larger than the space set aside for it.
    #[error("証明書が大きすぎて署名を収められません。証明書の連なりを減らしてください。")]
    TooLarge,
}

impl From<ErrorStack> for SignError {
    /// Drops the library's text: it may quote what it was given.
    fn from(_: ErrorStack) -> Self {
        Self::Library
    }
}

impl From<lopdf::Error> for SignError {
    /// Drops the library's text: it may quote the document.
    fn from(_: lopdf::Error) -> Self {
        Self::Unsuitable
    }
}

/// Appends a signature by `signer` over the whole of `pdf` and returns the signed file.
///
/// # Errors
/// [`SignError::Unsuitable`] if `pdf` is no unsigned PDF with a classic cross-reference table,
/// [`SignError::Library`] and [`SignError::TooLarge`] from the key's side.
pub fn sign(pdf: &[u8], signer: &Signer) -> Result<Vec<u8>, SignError> {
    let room = room(signer)?;
    let update = Update::plan(pdf, room)?;
    let mut signed = update.append_to(pdf)?;
    let gap = update.gap(&signed, room)?;
    write_byte_range(&mut signed, &gap)?;
    let cms = cms(&outside(&signed, &gap), signer)?;
    write_contents(&mut signed, &gap, &cms)?;
    Ok(signed)
}

fn room(signer: &Signer) -> Result<usize, SignError> {
    let mut room = ROOM + signer.certificate().to_der()?.len();
    for certificate in &signer.chain()? {
        room += certificate.to_der()?.len();
    }
    Ok(room.next_multiple_of(512))
}

fn cms(content: &[u8], signer: &Signer) -> Result<Vec<u8>, ErrorStack> {
    let flags = CMSOptions::DETACHED | CMSOptions::BINARY | CMSOptions::NOSMIMECAP;
    let flags = flags | CMSOptions::from_bits_retain(CADES | NO_SIGNING_TIME);
    CmsContentInfo::sign(Some(signer.certificate()), Some(signer.key()), Some(&*signer.chain()?), Some(content), flags)?
        .to_der()
}

/// The objects that the update adds or replaces.
struct Update {
    objects: Vec<(ObjectId, Dictionary)>,
    signature: ObjectId,
    trailer: Dictionary,
}

impl Update {
    fn plan(pdf: &[u8], room: usize) -> Result<Self, SignError> {
        let document = Document::load_mem(pdf)?;
        if document.catalog()?.has(b"AcroForm") || document.trailer.has(b"Encrypt") || !pdf.starts_with(b"%PDF-") {
            return Err(SignError::Unsuitable);
        }
        let page = document.page_iter().next().ok_or(SignError::Unsuitable)?;
        let signature = (document.max_id.saturating_add(1), 0);
        let field = (document.max_id.saturating_add(2), 0);
        let objects = vec![
            (document.trailer.get(b"Root")?.as_reference()?, catalog(document.catalog()?, field)),
            (page, annotated(document.get_dictionary(page)?, field)?),
            (signature, signature_dictionary(room)),
            (field, field_dictionary(signature, page)),
        ];
        Ok(Self { objects, signature, trailer: trailer(&document, field)? })
    }

    fn append_to(&self, pdf: &[u8]) -> Result<Vec<u8>, SignError> {
        let mut signed = pdf.to_vec();
        if signed.last() != Some(&b'\n') {
            signed.push(b'\n');
        }
        let mut offsets = Vec::new();
        for (id, dictionary) in &self.objects {
            offsets.push((*id, signed.len()));
            write_object(&mut signed, *id, dictionary)?;
        }
        self.append_references(&mut signed, offsets)?;
        Ok(signed)
    }

    fn append_references(&self, signed: &mut Vec<u8>, mut offsets: Vec<(ObjectId, usize)>) -> Result<(), SignError> {
        let start = signed.len();
        offsets.sort_unstable();
        signed.extend_from_slice(b"xref\n");
        for ((number, generation), offset) in offsets {
            signed.extend(format!("{number} 1\n{offset:010} {generation:05} n \n").into_bytes());
        }
        signed.extend_from_slice(b"trailer\n");
        Writer::write_object(signed, &Object::Dictionary(self.trailer.clone())).map_err(|_| SignError::Unsuitable)?;
        signed.extend(format!("\nstartxref\n{start}\n%%EOF\n").into_bytes());
        Ok(())
    }

    /// Finds the hexadecimal string that will hold the signature, brackets included.
    fn gap(&self, signed: &[u8], room: usize) -> Result<std::ops::Range<usize>, SignError> {
        let header = format!("\n{} {} obj", self.signature.0, self.signature.1);
        let object = find(signed, header.as_bytes(), 0).ok_or(SignError::Unsuitable)?;
        let placeholder = [b"<".as_slice(), &b"00".repeat(room), b">"].concat();
        let start = find(signed, &placeholder, object).ok_or(SignError::Unsuitable)?;
        Ok(start..start + placeholder.len())
    }
}

fn catalog(catalog: &Dictionary, field: ObjectId) -> Dictionary {
    let mut catalog = catalog.clone();
    catalog.set("AcroForm", dictionary! { "Fields" => vec![field.into()], "SigFlags" => SIGNED_APPEND_ONLY });
    catalog
}

fn annotated(page: &Dictionary, field: ObjectId) -> Result<Dictionary, SignError> {
    let mut page = page.clone();
    let mut annotations = match page.get(b"Annots") {
        Ok(annotations) => annotations.as_array()?.clone(),
        Err(_) => Vec::new(),
    };
    annotations.push(field.into());
    page.set("Annots", annotations);
    Ok(page)
}

fn signature_dictionary(room: usize) -> Dictionary {
    let widest = Object::Integer(10_i64.pow(9));
    dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), widest.clone(), widest.clone(), widest],
        "Contents" => Object::String(vec![0; room], StringFormat::Hexadecimal),
    }
}

fn field_dictionary(signature: ObjectId, page: ObjectId) -> Dictionary {
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => Object::string_literal("Signature"),
        "V" => signature,
        "P" => page,
        "F" => PRINT_AND_LOCKED,
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
    }
}

fn trailer(document: &Document, last: ObjectId) -> Result<Dictionary, SignError> {
    let mut trailer = Dictionary::new();
    for key in [b"Root".as_slice(), b"Info", b"ID"] {
        if let Ok(value) = document.trailer.get(key) {
            trailer.set(key, value.clone());
        }
    }
    trailer.set("Size", i64::from(last.0) + 1);
    trailer.set("Prev", i64::try_from(document.xref_start).map_err(|_| SignError::Unsuitable)?);
    Ok(trailer)
}

fn write_object(signed: &mut Vec<u8>, id: ObjectId, dictionary: &Dictionary) -> Result<(), SignError> {
    signed.extend(format!("{} {} obj\n", id.0, id.1).into_bytes());
    Writer::write_object(signed, &Object::Dictionary(dictionary.clone())).map_err(|_| SignError::Unsuitable)?;
    signed.extend_from_slice(b"\nendobj\n");
    Ok(())
}

fn write_byte_range(signed: &mut [u8], gap: &std::ops::Range<usize>) -> Result<(), SignError> {
    let key = b"/ByteRange[";
    let start = signed.get(..gap.start).and_then(|before| rfind(before, key)).ok_or(SignError::Unsuitable)? + key.len();
    let end = find(signed, b"]", start).ok_or(SignError::Unsuitable)?;
    let numbers = format!("0 {} {} {}", gap.start, gap.end, signed.len() - gap.end);
    let place = signed.get_mut(start..end).filter(|place| place.len() == 4 + 3 * OFFSET_DIGITS);
    overwrite(place, numbers.as_bytes(), b' ')
}

fn write_contents(signed: &mut [u8], gap: &std::ops::Range<usize>, cms: &[u8]) -> Result<(), SignError> {
    let digits: String = cms.iter().map(|byte| format!("{byte:02x}")).collect();
    overwrite(signed.get_mut(gap.start + 1..gap.end - 1), digits.as_bytes(), b'0').map_err(|_| SignError::TooLarge)
}

fn overwrite(place: Option<&mut [u8]>, bytes: &[u8], filling: u8) -> Result<(), SignError> {
    let place = place.filter(|place| place.len() >= bytes.len()).ok_or(SignError::Unsuitable)?;
    let source = bytes.iter().copied().chain(std::iter::repeat(filling));
    place.iter_mut().zip(source).for_each(|(to, from)| *to = from);
    Ok(())
}

fn outside(signed: &[u8], gap: &std::ops::Range<usize>) -> Vec<u8> {
    let parts = [signed.get(..gap.start), signed.get(gap.end..)];
    parts.into_iter().flatten().collect::<Vec<_>>().concat()
}

pub(super) fn find(bytes: &[u8], pattern: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(pattern.len()).position(|window| window == pattern).map(|position| from + position)
}

fn rfind(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).rposition(|window| window == pattern)
}
