//! Bytes to text: which encoding, and why it was taken for that.
//!
//! Knows signatures and encodings. Must not know rows or columns.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

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
        EucJp = "EUC-JP",
        Iso2022Jp = "JIS（ISO-2022-JP）",
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

/// Turns the bytes of a file into text.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, SourceError> {
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
    if has_shifts(bytes) {
        let (text, _) = ISO_2022_JP.decode_without_bom_handling(bytes);
        let reason = "漢字へ切り替える印があり、JIS（ISO-2022-JP）と判りました。";
        return Ok(Decoded { text, encoding: Encoding::Iso2022Jp, reason });
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
    if is_euc(bytes) {
        let (text, _) = EUC_JP.decode_without_bom_handling(bytes);
        let reason = "CP932 にはない並びで、全体が EUC-JP として読めます。";
        return Ok(Decoded { text, encoding: Encoding::EucJp, reason });
    }
    let (text, _) = SHIFT_JIS.decode_without_bom_handling(bytes);
    Ok(Decoded {
        text, encoding: Encoding::Cp932, reason: "UTF-8 として読めないため、CP932 として読みました。"
    })
}

/// Whether the bytes are of seven bits and switch to kanji by an escape, as no other encoding does.
fn has_shifts(bytes: &[u8]) -> bool {
    let switches: [&[u8]; 2] = [b"\x1B$B", b"\x1B$@"];
    bytes.is_ascii() && switches.iter().any(|switch| bytes.windows(switch.len()).any(|found| found == *switch))
}

/// Whether the bytes are certainly EUC-JP: every one of them belongs to a character of it, and one at least is no
/// half-width kana of CP932, which uses bytes for kanji (80 to 9F) that EUC-JP does not know.
fn is_euc(bytes: &[u8]) -> bool {
    let (_, has_errors) = EUC_JP.decode_without_bom_handling(bytes);
    !has_errors && bytes.iter().any(|byte| *byte >= 0xE0)
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
    fn the_encodings_of_old_machines_are_told_from_cp932() {
        let words = "社員番号,氏名\n4001,桐山 勇\n4002,ﾑﾛｲ ｱﾔ\n";
        let (euc, _, has_none) = EUC_JP.encode(words);
        assert!(!has_none);
        assert_eq!(decoded(&euc), (words.into(), Encoding::EucJp));
        let jis = b"\x1B$B;aL>\x1B(B,\x1B$B6M;3\x1B(B\n";
        assert_eq!(decoded(jis), ("氏名,桐山\n".into(), Encoding::Iso2022Jp));
        for kana in ["id,ﾔﾏﾀﾞ\n", "id,ｱｲ\n", "ﾌﾘｶﾞﾅ,総労働時間\n", "氏名,美濃\n"] {
            let (cp932, ..) = SHIFT_JIS.encode(kana);
            assert_eq!(decoded(&cp932), (kana.into(), Encoding::Cp932), "half-width kana are no EUC-JP");
        }
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
        let cases: [(&[u8], SourceError); 4] = [
            (b"", SourceError::Empty),
            (b" \r\n\r\n", SourceError::Empty),
            (b"a,b\n\0,2\n", SourceError::Binary),
            (b"\xFF\xFEa\0,\0\0\0", SourceError::Binary),
        ];
        for (bytes, error) in cases {
            assert_eq!(decode(bytes).err(), Some(error));
        }
    }
}
