//! Bytes to text: which encoding, and why it was taken for that.
//!
//! Knows signatures and encodings. Must not know rows or columns.

use std::borrow::Cow;

use encoding_rs::{SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::SourceError;
use crate::labelled;

labelled! {
    /// How the bytes of a file were turned into text.
    Encoding {
        Utf8 = "UTF-8",
        Utf8Bom = "UTF-8（BOM付き）",
        Cp932 = "CP932",
        Utf16Le = "UTF-16LE",
        Utf16Be = "UTF-16BE",
        Xlsx = "Excelのブック",
        Xls = "Excelのブック（97-2003）",
        Ods = "OpenDocumentの表",
        Xml = "特定健診のXML",
    }
}

/// Text with what was found out about its encoding; unreadable bytes stand as U+FFFD.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: Encoding,
    pub reason: &'static str,
}

/// First bytes of files that are no text, whatever their name ends in.
const SIGNATURES: &[(&[u8], SourceError)] = &[
    (b"%PDF-", SourceError::Pdf),
    (b"\xD0\xCF\x11\xE0", SourceError::OldExcel),
    (b"\x1F\x8B", SourceError::Zip),
    (b"\x89PNG", SourceError::Binary),
    (b"\xFF\xD8\xFF", SourceError::Binary),
];

/// Turns the bytes of a file into text.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, SourceError> {
    if let Some((_, error)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(*error);
    }
    let decoded = by_mark(bytes).map_or_else(|| by_content(bytes), Ok)?;
    if decoded.text.contains('\0') {
        return Err(SourceError::Binary);
    }
    if decoded.text.trim().is_empty() { Err(SourceError::Empty) } else { Ok(decoded) }
}

fn by_mark(bytes: &[u8]) -> Option<Decoded<'_>> {
    let marks: [(&[u8], &'static encoding_rs::Encoding, Encoding); 3] = [
        (b"\xEF\xBB\xBF", UTF_8, Encoding::Utf8Bom),
        (b"\xFF\xFE", UTF_16LE, Encoding::Utf16Le),
        (b"\xFE\xFF", UTF_16BE, Encoding::Utf16Be),
    ];
    let (mark, decoder, encoding) = marks.into_iter().find(|(mark, ..)| bytes.starts_with(mark))?;
    let (text, _) = decoder.decode_without_bom_handling(bytes.get(mark.len()..)?);
    Some(Decoded { text, encoding, reason: "先頭の印（BOM）で判りました。" })
}

fn by_content(bytes: &[u8]) -> Result<Decoded<'_>, SourceError> {
    if bytes.contains(&0) {
        return Err(SourceError::Binary);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let reason =
            if text.is_ascii() { "英数字だけです。" } else { "全体が UTF-8 として読めます。" };
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8, reason });
    }
    if is_broken_utf8(bytes) {
        let (text, _) = UTF_8.decode_without_bom_handling(bytes);
        return Ok(Decoded {
            text, encoding: Encoding::Utf8, reason: "ほとんどが UTF-8 として読めます。"
        });
    }
    let (text, _) = SHIFT_JIS.decode_without_bom_handling(bytes);
    Ok(Decoded {
        text, encoding: Encoding::Cp932, reason: "UTF-8 として読めないため、CP932 として読みました。"
    })
}

/// Tells a UTF-8 file with a few bad bytes from CP932, which hardly ever forms three-byte sequences of UTF-8.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    wide > bad.saturating_mul(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Encoding) {
        let decoded = decode(bytes).unwrap();
        (decoded.text.into_owned(), decoded.encoding)
    }

    #[test]
    fn the_same_words_in_every_encoding() {
        let words = "氏名,髙橋 﨑①";
        let utf16 = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            mark.into_iter().chain(words.encode_utf16().flat_map(bytes)).collect::<Vec<_>>()
        };
        let (cp932, _, _) = SHIFT_JIS.encode(words);
        assert_eq!(decoded(words.as_bytes()), (words.into(), Encoding::Utf8));
        assert_eq!(decoded(format!("\u{FEFF}{words}").as_bytes()), (words.into(), Encoding::Utf8Bom));
        assert_eq!(decoded(&cp932), (words.into(), Encoding::Cp932));
        assert_eq!(decoded(&utf16(u16::to_le_bytes, [0xFF, 0xFE])), (words.into(), Encoding::Utf16Le));
        assert_eq!(decoded(&utf16(u16::to_be_bytes, [0xFE, 0xFF])), (words.into(), Encoding::Utf16Be));
    }

    #[test]
    fn one_bad_byte_does_not_turn_utf8_into_cp932() {
        let mut bytes = "社員番号,氏名\n1,山田太郎\n".as_bytes().to_vec();
        bytes.insert(bytes.len() - 1, 0xE3);
        let (text, encoding) = decoded(&bytes);
        assert_eq!(encoding, Encoding::Utf8);
        assert!(text.contains('\u{FFFD}') && text.contains("山田太郎"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        let cases: [(&[u8], SourceError); 6] = [
            (b"", SourceError::Empty),
            (b" \r\n\r\n", SourceError::Empty),
            (b"%PDF-1.7 x", SourceError::Pdf),
            (b"\xD0\xCF\x11\xE0x", SourceError::OldExcel),
            (b"a,b\n\0,2\n", SourceError::Binary),
            (b"\xFF\xFEa\0,\0\0\0", SourceError::Binary),
        ];
        for (bytes, error) in cases {
            assert_eq!(decode(bytes).err(), Some(error));
        }
    }
}
