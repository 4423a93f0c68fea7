//! Which files are kept, and how they are named.

use std::sync::Arc;

use super::*;
use crate::app::entry_fixture::{TODAY, day, row, site, worker_id};

fn received(record: Id, title: &str) -> Received {
    let content = "JVBERi0=".to_owned();
    Received { record, title: title.to_owned(), kind: Kind::Pdf, sha256: String::new(), content }
}

#[test]
fn a_kind_is_told_by_the_bytes_and_others_are_refused() {
    assert_eq!(kind(b"%PDF-1.7 ..."), Ok(Kind::Pdf));
    assert_eq!(kind(&[0xFF, 0xD8, 0xFF, 0xE1, 0, 0]), Ok(Kind::Jpeg));
    assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0"), Ok(Kind::Png));
    assert_eq!(kind("件名: 申出\r\n\u{3000}".as_bytes()), Ok(Kind::Text));
    assert_eq!(kind(b"\x1B$B?=\x1B(B\n"), Ok(Kind::Text), "ISO-2022-JP mail");
    assert_eq!(kind(b"PK\x03\x04"), Err(AttachmentFault::OtherKind));
    assert_eq!(kind(b""), Err(AttachmentFault::Empty));
    let most = usize::try_from(MOST_BYTES).unwrap();
    assert_eq!(kind(&vec![b'a'; most]), Ok(Kind::Text));
    assert_eq!(kind(&vec![b'a'; most + 1]), Err(AttachmentFault::TooLarge));
    assert!(AttachmentFault::TooLarge.to_string().contains("5 MB"));
}

#[test]
fn an_attachment_wants_a_title_and_a_record() {
    let attached = |record, title| attach(&site(), received(record, title), day(TODAY));
    assert_eq!(attached(worker_id(1), "  ").err(), Some(AttachmentFault::NoTitle));
    assert_eq!(attached(worker_id(9), "申出書").err(), Some(AttachmentFault::NoRecord));
    let (id, command) = attached(worker_id(1), "申出書").unwrap();
    assert_eq!((id, command.subject), (row(2), Some(worker_id(1).to_string())));
}

#[test]
fn a_worker_has_the_attachments_of_every_record_and_names_hold_no_title() {
    let mut site = site();
    let line = |number, record, media_type: &str| AttachmentLine {
        id: row(number),
        record,
        title: "佐伯さんの申出書".to_owned(),
        media_type: media_type.to_owned(),
        day: day(TODAY),
        size: 1025,
    };
    site.attachments = Arc::new(vec![line(7, worker_id(1), "image/jpeg"), line(8, row(99), "text/plain")]);
    let found = of(&site, &worker_id(1));
    assert_eq!(found.len(), 1, "the second hangs on a record that is not there");
    assert_eq!(file_name(found[0]), "E01-R0007.jpg");
    assert_eq!(described(found[0]), "JPEG 2 KB");
    assert_eq!(of(&site, &row(99)).len(), 1);
}

#[test]
fn a_sealed_workbook_is_written_out_with_its_own_ending() {
    let named = |path: &str, bytes: &[u8]| {
        let media_type = media_type(std::path::Path::new(path), bytes).to_owned();
        let title = String::new();
        let line = AttachmentLine { id: row(7), record: row(99), title, media_type, day: day(TODAY), size: 1 };
        (file_name(&line), described(&line))
    };
    let pair = |name: &str, told: &str| (name.to_owned(), told.to_owned());
    assert_eq!(named("10月.XLSX", b"PK\x03\x04"), pair("E01-R0007.xlsx", "ブック 1 KB"));
    assert_eq!(named("10月.xls", b"\xD0\xCF"), pair("E01-R0007.xls", "ブック 1 KB"));
    assert_eq!(named("10月.csv", b"a,b\n"), pair("E01-R0007.csv", "CSV 1 KB"));
    assert_eq!(named("mail", b"a,b\n"), pair("E01-R0007.txt", "テキスト 1 KB"));
    assert_eq!(named("10月", b"PK\x03\x04"), pair("E01-R0007.bin", "ファイル 1 KB"));
}
