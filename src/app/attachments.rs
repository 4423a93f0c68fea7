//! What may be sealed beside a record: which kinds of files, how large, and the row that keeps one.
//!
//! Knows bytes by their first letters and nothing of files. A file is kept as it was received, because it is evidence:
//! a photo keeps its EXIF.

use super::Site;
use crate::domain::case::{Attachment, AttachmentLine};
use crate::domain::command::{Act, Command};
use crate::domain::{Day, Id, Prefix};
use crate::labelled;

/// The most bytes of one attachment: the row and its journal each hold them as base64.
pub const MOST_BYTES: u64 = 5 * 1024 * 1024;

labelled! {
    /// A kind of file that is kept.
    Kind { Pdf = "PDF", Jpeg = "JPEG", Png = "PNG", Text = "テキスト" }
}

impl Kind {
    /// The kind by the first bytes; a name or an ending proves nothing.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            _ if is_text(bytes) => Some(Self::Text),
            _ => None,
        }
    }

    /// `application/pdf`
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Text => "text/plain",
        }
    }

    /// The kind of a media type; what is not known is written out as text.
    pub fn of_media_type(media_type: &str) -> Self {
        Self::ALL.iter().copied().find(|kind| kind.media_type() == media_type).unwrap_or(Self::Text)
    }

    /// The ending of a file of this kind.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Text => "txt",
        }
    }
}

/// Kinds of files that are not attached by hand but sealed beside the batch they brought in: ending, media type, word.
const TABLES: &[(&str, &str, &str)] = &[
    ("csv", "text/csv", "CSV"),
    ("tsv", "text/tab-separated-values", "TSV"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "ブック"),
    ("xls", "application/vnd.ms-excel", "ブック"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet", "ブック"),
    ("xml", "application/xml", "XML"),
    ("zip", "application/zip", "zip"),
    ("bin", "application/octet-stream", "ファイル"),
];

/// The media type of a source file: by its ending where that is one of a table's, else by its bytes.
pub fn media_type(path: &std::path::Path, bytes: &[u8]) -> &'static str {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let known = TABLES.iter().find(|(known, ..)| *known == ending).map(|(_, media_type, _)| *media_type);
    known.unwrap_or_else(|| Kind::of(bytes).map_or("application/octet-stream", Kind::media_type))
}

fn table(media_type: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    TABLES.iter().find(|(_, known, _)| *known == media_type)
}

/// A mail in whatever Japanese encoding: no control characters but those of lines, tabs and ISO-2022.
fn is_text(bytes: &[u8]) -> bool {
    const KNOWN: &[u8] = b"\t\n\r\x0C\x1B";
    !bytes.is_empty() && bytes.iter().all(|byte| *byte >= 0x20 && *byte != 0x7F || KNOWN.contains(byte))
}

/// Why a file is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentFault {
    /// No title.
    #[error("題を書いてください。例 申出書、証明書。")]
    NoTitle,
    /// No file.
    #[error("ファイルの場所を書いてください。端末へのドラッグでも入ります。")]
    NoPath,
    /// Nothing in it.
    #[error("ファイルが空です。中身のあるファイルを選んでください。")]
    Empty,
    /// Too large.
    #[error("ファイルが大きすぎます（{} MB まで）。小さく取り込み直すか、頁を分けてください。", MOST_BYTES / 1024 / 1024)]
    TooLarge,
    /// Another kind.
    #[error("この種類のファイルは添えられません。PDF、JPEG、PNG、テキストのどれかにしてください。")]
    OtherKind,
    /// The record is not there.
    #[error("添える先の記録がありません。労働者の画面から開き直してください。")]
    NoRecord,
    /// The same bytes hang there already.
    #[error("同じファイルがもう添えてあります。一覧で確かめてください。")]
    Known,
    /// There is no such attachment.
    #[error("その添付がありません。一覧を開き直してください。")]
    NoAttachment,
}

/// A file that was read, ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The record it hangs on.
    pub record: Id,
    /// The physician's word for it.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// SHA-256 in hex.
    pub sha256: String,
    /// The bytes as base64.
    pub content: String,
}

/// Says the kind of a file of this size and these bytes.
///
/// # Errors
/// [`AttachmentFault`] for an empty file, one that is too large, and another kind.
pub fn kind(bytes: &[u8]) -> Result<Kind, AttachmentFault> {
    if bytes.is_empty() {
        return Err(AttachmentFault::Empty);
    }
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        return Err(AttachmentFault::TooLarge);
    }
    Kind::of(bytes).ok_or(AttachmentFault::OtherKind)
}

/// Keeps a file beside a record; gives the id with the command.
///
/// # Errors
/// [`AttachmentFault`] when there is no such record or no title.
pub fn attach(site: &Site, received: Received, today: Day) -> Result<(Id, Command), AttachmentFault> {
    let worker = site.worker_of(&received.record).ok_or(AttachmentFault::NoRecord)?;
    let title = received.title.trim().to_owned();
    if title.is_empty() {
        return Err(AttachmentFault::NoTitle);
    }
    let id = site.next_id(Prefix::Row);
    let attachment = Attachment {
        id: id.clone(),
        record: received.record,
        title,
        media_type: received.kind.media_type().to_owned(),
        sha256: received.sha256,
        content: received.content,
        day: today,
    };
    Ok((id, Command::new(Act::Attach, worker.to_string()).put(attachment)))
}

/// The attachments of a record, newest first; of a worker, those of every record about the worker.
pub fn of<'site>(site: &'site Site, record: &Id) -> Vec<&'site AttachmentLine> {
    let is_worker = site.worker(record).is_some();
    let hangs = |line: &&AttachmentLine| match is_worker {
        true => site.worker_of(&line.record) == Some(record),
        false => &line.record == record,
    };
    let mut lines: Vec<&AttachmentLine> = site.attachments.iter().filter(hangs).collect();
    lines.sort_by(|a, b| (b.day, &b.id).cmp(&(a.day, &a.id)));
    lines
}

/// `E01-R0012.pdf`: the number and the kind, never a title.
pub fn file_name(line: &AttachmentLine) -> String {
    let ending = table(&line.media_type).map(|(ending, ..)| *ending);
    format!("{}.{}", line.id, ending.unwrap_or_else(|| Kind::of_media_type(&line.media_type).ending()))
}

/// `PDF 120 KB`
pub fn described(line: &AttachmentLine) -> String {
    let word = table(&line.media_type).map(|(.., word)| *word);
    let word = word.unwrap_or_else(|| Kind::of_media_type(&line.media_type).label());
    format!("{word} {} KB", line.size.div_ceil(1024))
}

#[cfg(test)]
#[path = "attachments_tests.rs"]
mod tests;
