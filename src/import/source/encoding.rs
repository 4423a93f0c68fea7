//! Bytes to text: which encoding, and why it was taken for that.
//!
//! Knows signatures and encodings. Must not know rows or columns.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::SourceError;
use crate::domain::progress::{Going, Phase};
use crate::labelled;

/// Bytes that are converted between two looks at whether to go on.
const PART: usize = 1 << 20;

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
pub(super) fn decode<'b>(bytes: &'b [u8], going: &Going<'_>) -> Result<Decoded<'b>, SourceError> {
    let marked = by_mark(bytes, going)?;
    let decoded = marked.map_or_else(|| by_content(bytes, going), Ok)?;
    if decoded.text.contains('\0') {
        return Err(SourceError::Binary);
    }
    if decoded.text.trim().is_empty() { Err(SourceError::Empty) } else { Ok(decoded) }
}

fn by_mark<'b>(bytes: &'b [u8], going: &Going<'_>) -> Result<Option<Decoded<'b>>, SourceError> {
    let marks: [(&[u8], &'static encoding_rs::Encoding, Encoding); 3] = [
        (b"\xEF\xBB\xBF", UTF_8, Encoding::Utf8Bom),
        (b"\xFF\xFE", UTF_16LE, Encoding::Utf16Le),
        (b"\xFE\xFF", UTF_16BE, Encoding::Utf16Be),
    ];
    let Some((mark, decoder, encoding)) = marks.into_iter().find(|(mark, ..)| bytes.starts_with(mark)) else {
        return Ok(None);
    };
    let text = converted(bytes.get(mark.len()..).unwrap_or_default(), decoder, going)?;
    Ok(Some(Decoded { text, encoding, reason: "先頭の印（BOM）で判りました。" }))
}

fn by_content<'b>(bytes: &'b [u8], going: &Going<'_>) -> Result<Decoded<'b>, SourceError> {
    if bytes.contains(&0) {
        return unmarked(bytes, going);
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
    if is_broken_utf8(bytes, going)? {
        let text = converted(bytes, UTF_8, going)?;
        return Ok(Decoded {
            text, encoding: Encoding::Utf8, reason: "ほとんどが UTF-8 として読めます。"
        });
    }
    if is_euc(bytes) {
        let (text, _) = EUC_JP.decode_without_bom_handling(bytes);
        let reason = "CP932 にはない並びで、全体が EUC-JP として読めます。";
        return Ok(Decoded { text, encoding: Encoding::EucJp, reason });
    }
    let text = converted(bytes, SHIFT_JIS, going)?;
    Ok(Decoded {
        text, encoding: Encoding::Cp932, reason: "UTF-8 として読めないため、CP932 として読みました。"
    })
}

/// UTF-16 without a mark, where it is certain: by one order of the bytes everything is a character of a Japanese table,
/// by the other it is not.
fn unmarked<'b>(bytes: &'b [u8], going: &Going<'_>) -> Result<Decoded<'b>, SourceError> {
    let (decoder, encoding) = match [u16::from_le_bytes, u16::from_be_bytes].map(|unit| is_table(bytes, unit)) {
        [true, false] => (UTF_16LE, Encoding::Utf16Le),
        [false, true] => (UTF_16BE, Encoding::Utf16Be),
        _ if is_half_utf16(bytes) => return Err(SourceError::BrokenUtf16),
        _ => return Err(SourceError::Binary),
    };
    let text = converted(bytes, decoder, going)?;
    Ok(Decoded {
        text, encoding, reason: "先頭の印はなくても、全体が日本語の表として読めるのは UTF-16 だけです。"
    })
}

/// Whether two bytes at a time are characters that a Japanese table is made of, with a line end among them.
fn is_table(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = || pairs.iter().map(|pair| unit(*pair));
    let is_plain = |c: Result<char, _>| c.is_ok_and(is_of_tables);
    rest.is_empty() && units().any(|unit| unit == u16::from(b'\n')) && char::decode_utf16(units()).all(is_plain)
}

/// Letters, signs, kana, kanji and what people's names are written with; nothing of the planes that no table has.
const fn is_of_tables(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{FF}' | '\u{370}'..='\u{3FF}' | '\u{2000}'..='\u{27BF}'
        | '\u{3000}'..='\u{33FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether every other byte of the line ends is nought, as in UTF-16 that lost or gained a byte.
fn is_half_utf16(bytes: &[u8]) -> bool {
    let ends: [&[u8]; 2] = [b"\r\0\n\0", b"\0\r\0\n"];
    ends.iter().any(|end| bytes.windows(end.len()).any(|found| found == *end))
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
fn is_broken_utf8(bytes: &[u8], going: &Going<'_>) -> Result<bool, SourceError> {
    let (mut wide, mut bad, mut seen) = (0usize, 0usize, 0usize);
    going.begin(Phase::Converting, bytes.len())?;
    for chunk in bytes.utf8_chunks() {
        going.at(seen)?;
        seen += chunk.valid().len() + chunk.invalid().len();
        wide += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    Ok(wide > bad.saturating_mul(4))
}

/// The text of bytes in a known encoding, part by part; UTF-8 that is whole stands where it stood.
fn converted<'b>(
    bytes: &'b [u8],
    encoding: &'static encoding_rs::Encoding,
    going: &Going<'_>,
) -> Result<Cow<'b, str>, SourceError> {
    if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| encoding == UTF_8) {
        return Ok(Cow::Borrowed(text));
    }
    let (mut decoder, mut text) = (encoding.new_decoder_without_bom_handling(), String::with_capacity(bytes.len()));
    let mut rest = bytes;
    going.begin(Phase::Converting, bytes.len())?;
    while !rest.is_empty() {
        let (part, behind) = rest.split_at(rest.len().min(PART));
        text.reserve(decoder.max_utf8_buffer_length(part.len()).unwrap_or(part.len()));
        let (_, read, _) = decoder.decode_to_string(part, &mut text, behind.is_empty());
        rest = rest.get(read..).unwrap_or_default();
        going.at(bytes.len() - rest.len())?;
    }
    Ok(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Encoding) {
        let decoded = decode(bytes, &Going::freely()).unwrap();
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
    fn utf16_without_a_mark_is_read_where_it_is_certain() {
        let words = "社員番号,氏名\r\n4001,髙橋 﨑①\r\n4002,𠮷田 葛\u{E0100}城\r\n";
        let [le, be] =
            [u16::to_le_bytes, u16::to_be_bytes].map(|bytes| words.encode_utf16().flat_map(bytes).collect::<Vec<_>>());
        assert_eq!(decoded(&le), (words.into(), Encoding::Utf16Le));
        assert_eq!(decoded(&be), (words.into(), Encoding::Utf16Be));
        for cut in [&le[1..], &le[..le.len() - 1], &be[1..]] {
            assert_eq!(decode(cut, &Going::freely()).err(), Some(SourceError::BrokenUtf16));
        }
        let noise: Vec<u8> = le.iter().map(|byte| byte ^ 0x5A).chain([0, 0]).collect();
        assert_eq!(decode(&noise, &Going::freely()).err(), Some(SourceError::Binary));
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
            assert_eq!(decode(bytes, &Going::freely()).err(), Some(error));
        }
    }
}
