//! The encoding that an XML file declares, and its text.
//!
//! The sheet's files are UTF-8; some products write Shift_JIS and say so. Nothing is guessed: what the file declares is
//! taken, and a byte that does not fit is refused with its line.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::XmlError;

/// How far the declaration is looked for.
const DECLARATION: usize = 256;

/// Turns the bytes of a file into text.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (declared(bytes)?, 0),
    };
    let body = bytes.get(mark..).unwrap_or_default();
    let text = encoding.decode_without_bom_handling_and_without_replacement(body);
    text.ok_or_else(|| XmlError::Undecodable { encoding: encoding.name(), line: bad_line(encoding, body) })
}

/// Whether the first character is `<`.
pub(super) fn begins_with_markup(bytes: &[u8]) -> bool {
    let body = Encoding::for_bom(bytes).and_then(|(_, mark)| bytes.get(mark..)).unwrap_or(bytes);
    // The two bytes of UTF-16 in either order.
    body.trim_ascii_start().starts_with(b"<") || body.starts_with(b"\0<")
}

/// The encoding of the declaration; UTF-8 where it names none, as XML says.
fn declared(bytes: &[u8]) -> Result<&'static Encoding, XmlError> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARATION).unwrap_or(bytes));
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let Some((_, label)) = declaration.and_then(|(inside, _)| inside.split_once("encoding")) else { return Ok(UTF_8) };
    let label = label.trim_start().trim_start_matches('=').trim_start();
    let quote = label.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    let label = quote.and_then(|quote| label.trim_start_matches(quote).split(quote).next());
    label.and_then(|label| Encoding::for_label(label.as_bytes())).ok_or(XmlError::UnknownEncoding)
}

/// The first line that does not fit; in the encodings of Japan no character holds the byte that ends a line.
fn bad_line(encoding: &'static Encoding, body: &[u8]) -> u32 {
    let is_bad = |line: &[u8]| encoding.decode_without_bom_handling_and_without_replacement(line).is_none();
    let place = body.split(|byte| *byte == b'\n').position(is_bad).unwrap_or(0);
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}
