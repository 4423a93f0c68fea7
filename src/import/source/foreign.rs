//! Files that are no table, known by how they begin: what they are, so that the physician is told what to do.
//!
//! Knows signatures. Must not know what a table looks like.

use super::SourceError;

/// Most bytes in which a mark is looked for.
const HEAD: usize = 4096;

/// First bytes of files that are no text, whatever their name ends in.
const SIGNATURES: &[(&[u8], SourceError)] = &[
    (b"%PDF-", SourceError::Pdf),
    (b"\xD0\xCF\x11\xE0", SourceError::OldExcel),
    // The records with which a book of Excel 2 to 5 begins, outside any container.
    (b"\x09\x00\x04\x00", SourceError::OldExcel),
    (b"\x09\x02\x06\x00", SourceError::OldExcel),
    (b"\x09\x04\x06\x00", SourceError::OldExcel),
    (b"\x09\x08\x08\x00", SourceError::OldExcel),
    (b"\x1F\x8B", SourceError::Zip),
    (b"\x89PNG", SourceError::Binary),
    (b"\xFF\xD8\xFF", SourceError::Binary),
    (b"L\x00\x00\x00\x01\x14\x02\x00", SourceError::Shortcut),
];

/// How a page begins that was saved under the name of a book.
const PAGES: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<meta",
    "<body",
    "<table",
    "<style",
    "mime-version:",
    "content-type: multipart",
];
/// What stands in the head of markup, and what that makes it.
const MARKUP: &[(&str, SourceError)] = &[
    ("clinicaldocument", SourceError::CheckupXml),
    ("urn:schemas-microsoft-com:office:spreadsheet", SourceError::XmlBook),
    ("excel.sheet", SourceError::XmlBook),
    ("<office:document", SourceError::XmlBook),
    ("<html", SourceError::WebPage),
    ("<plist", SourceError::Shortcut),
];
/// What a file holds that only says where a sheet lies on the web.
const PLACES: &[&str] = &["docs.google.com", "\"doc_id\"", "sheets.google.com"];

/// What the bytes are, where they are plainly no table.
pub(super) fn named(bytes: &[u8]) -> Option<SourceError> {
    if let Some((_, error)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(*error);
    }
    if !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0) {
        return Some(SourceError::Zeros);
    }
    marked(&head(bytes))
}

fn marked(head: &str) -> Option<SourceError> {
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if PAGES.iter().any(|page| head.starts_with(page)) {
        return Some(SourceError::WebPage);
    }
    if head.starts_with("<?xml") || head.starts_with("<clinicaldocument") {
        let found = MARKUP.iter().find(|(mark, _)| head.contains(mark));
        return Some(found.map_or(SourceError::OtherXml, |(_, error)| *error));
    }
    let is_place = head.starts_with("[internetshortcut]") || head.starts_with('{') && has(PLACES);
    is_place.then_some(SourceError::Shortcut)
}

/// The first bytes as small letters, without marks of encodings and the noughts of UTF-16.
fn head(bytes: &[u8]) -> String {
    let is_mark = |byte: &u8| matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFF | 0xFE);
    let plain = bytes.iter().take(HEAD).filter(|byte| !is_mark(byte));
    let head: String = plain.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    head.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_named_by_how_it_begins() {
        let utf16: Vec<u8> = "\u{FEFF}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let of = |error: SourceError, files: &[&[u8]]| {
            for bytes in files {
                assert_eq!(named(bytes), Some(error), "{}", String::from_utf8_lossy(bytes));
            }
        };
        of(SourceError::Pdf, &[b"%PDF-1.7"]);
        of(SourceError::OldExcel, &[b"\x09\x04\x06\x00\x00\x04\x10\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00"]);
        of(SourceError::Zeros, &[&[0; 64]]);
        let page = b"\xEF\xBB\xBF\r\n<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">";
        let mail = b"MIME-Version: 1.0\r\nContent-Type: multipart/related";
        let xhtml = b"<?xml version=\"1.0\"?><!DOCTYPE html><html>";
        of(SourceError::WebPage, &[page, b"<table border=1><tr><td>", mail, &utf16, xhtml]);
        let book = b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>";
        of(SourceError::XmlBook, &[book]);
        of(SourceError::CheckupXml, &[b"<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">"]);
        of(SourceError::OtherXml, &[b"<?xml version=\"1.0\"?><rows/>"]);
        let plist = b"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>URL</key>";
        let sheet = b"{\"url\": \"https://docs.google.com/open?id=x\", \"doc_id\": \"x\"}";
        let link = b"[InternetShortcut]\r\nURL=https://example.com";
        of(SourceError::Shortcut, &[plist, sheet, link, b"L\x00\x00\x00\x01\x14\x02\x00"]);
        for table in ["", "<10,a\n", "{番号},氏名\n", "社員番号,氏名\n", "\t\tx\n"] {
            assert_eq!(named(table.as_bytes()), None, "{table}");
        }
    }
}
