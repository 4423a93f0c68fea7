//! Attachments as a list: everything but the bytes, which are read only when one is written out.

use rusqlite::{Connection, Row};

use super::StoreError;
use crate::domain::Id;
use crate::domain::case::AttachmentLine;

/// Every attachment, oldest first.
pub fn lines(connection: &Connection) -> Result<Vec<AttachmentLine>, StoreError> {
    let sql =
        "SELECT id, record, title, media_type, day, length(content), substr(content, -2) FROM attachment ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(line(row)?);
    }
    Ok(lines)
}

fn line(row: &Row<'_>) -> Result<AttachmentLine, StoreError> {
    let unreadable = || StoreError::Unreadable("attachment".to_owned());
    let id = |index: usize| -> Result<Id, StoreError> {
        Id::parse(&row.get::<_, String>(index)?).map_err(|_| StoreError::Unreadable("attachment".to_owned()))
    };
    let (day, letters, end): (String, i64, String) = (row.get(4)?, row.get(5)?, row.get(6)?);
    Ok(AttachmentLine {
        id: id(0)?,
        record: id(1)?,
        title: row.get(2)?,
        media_type: row.get(3)?,
        day: day.parse().map_err(|_| unreadable())?,
        size: decoded(letters, &end),
    })
}

/// Bytes behind so many letters of base64 that end so: three for four, less the padding.
fn decoded(letters: i64, end: &str) -> u64 {
    let padding = u64::try_from(end.matches('=').count()).unwrap_or(0);
    (u64::try_from(letters).unwrap_or(0) / 4 * 3).saturating_sub(padding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_back_to_bytes() {
        for (bytes, text) in [(0, ""), (1, "QQ=="), (2, "QUI="), (3, "QUJD"), (4, "QUJDRA==")] {
            let end = &text[text.len().saturating_sub(2)..];
            assert_eq!(decoded(i64::try_from(text.len()).unwrap(), end), bytes, "{text}");
        }
    }
}
