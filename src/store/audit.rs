//! The audit chain: who did what, each line bound to the one before it by a keyed digest.
//!
//! Whoever holds the key could write a new chain; what the chain finds is a line that was changed,
//! removed or put in by somebody without it. A cut-off end is found only against a head known outside.

use rusqlite::{Connection, OptionalExtension};

use super::{Mac, Stamp, StoreError};

/// The newest line: its number and digest.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// Number of the line; 0 when there is none.
    pub number: i64,
    /// Digest in hex; empty when there is none.
    pub digest: String,
}

/// A line of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Number, rising by one.
    pub number: i64,
    /// Wall time.
    pub at: String,
    /// What happened, e.g. 閲覧.
    pub event: String,
    /// About whom or what, by id.
    pub subject: String,
    /// Numbers, hashes; never a name or a value of health.
    pub detail: String,
    /// Digest over this line and the one before.
    pub digest: String,
}

/// What is wrong with the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// A line is missing or was put in: the numbers do not follow one another.
    Gap(i64),
    /// The line does not carry the digest of its content.
    Changed(i64),
    /// The chain ends before the head known outside.
    Shortened {
        /// Number found.
        found: i64,
        /// Number known outside.
        known: i64,
    },
    /// At the known number stands another line: the history is not the one that was known.
    OtherHistory(i64),
}

/// Appends a line, in the transaction of the edit it records.
pub fn append(
    connection: &Connection,
    mac: &Mac,
    stamp: &Stamp,
    event: &str,
    subject: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let head = head(connection)?;
    let number = head.number + 1;
    let digest = digest(mac, &head.digest, number, &stamp.at, event, subject, detail);
    let sql = "INSERT INTO audit (number, at, event, subject, detail, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(rusqlite::params![number, stamp.at, event, subject, detail, digest])?;
    Ok(())
}

/// The newest line.
pub fn head(connection: &Connection) -> Result<Head, StoreError> {
    let sql = "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| Ok(Head { number: row.get(0)?, digest: row.get(1)? });
    Ok(connection.prepare_cached(sql)?.query_row([], read).optional()?.unwrap_or_default())
}

/// Whether the chain still holds the line that this head names.
pub fn holds(connection: &Connection, head: &Head) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM audit WHERE number = ?1 AND digest = ?2";
    let found: i64 = connection.prepare_cached(sql)?.query_row((head.number, &head.digest), |row| row.get(0))?;
    Ok(head.number == 0 || found > 0)
}

/// The newest `limit` lines, newest first.
pub fn lines(connection: &Connection, limit: i64) -> Result<Vec<Line>, StoreError> {
    let sql = "SELECT number, at, event, subject, detail, digest FROM audit ORDER BY number DESC LIMIT ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([limit], read_line)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Walks the whole chain and compares it with `known`, the newest head known outside.
pub fn verify(connection: &Connection, mac: &Mac, known: Option<&Head>) -> Result<Vec<Break>, StoreError> {
    let mut statement =
        connection.prepare("SELECT number, at, event, subject, detail, digest FROM audit ORDER BY number")?;
    let mut rows = statement.query([])?;
    let (mut breaks, mut last, mut at_known) = (Vec::new(), Head::default(), None);
    while let Some(row) = rows.next()? {
        let line = read_line(row)?;
        if line.number != last.number + 1 {
            breaks.push(Break::Gap(last.number + 1));
        }
        let expected = digest(mac, &last.digest, line.number, &line.at, &line.event, &line.subject, &line.detail);
        if expected != line.digest {
            breaks.push(Break::Changed(line.number));
        }
        if known.is_some_and(|head| head.number == line.number) {
            at_known = Some(line.digest.clone());
        }
        last = Head { number: line.number, digest: line.digest };
    }
    breaks.extend(known.and_then(|head| compare(head, &last, at_known)));
    Ok(breaks)
}

fn compare(known: &Head, last: &Head, at_known: Option<String>) -> Option<Break> {
    if last.number < known.number {
        return Some(Break::Shortened { found: last.number, known: known.number });
    }
    (known.number > 0 && at_known.as_deref() != Some(&known.digest)).then_some(Break::OtherHistory(known.number))
}

fn read_line(row: &rusqlite::Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        number: row.get(0)?,
        at: row.get(1)?,
        event: row.get(2)?,
        subject: row.get(3)?,
        detail: row.get(4)?,
        digest: row.get(5)?,
    })
}

/// Lengths stand before the texts, so that no two lines give the same bytes.
fn digest(mac: &Mac, previous: &str, number: i64, at: &str, event: &str, subject: &str, detail: &str) -> String {
    let mut message = number.to_be_bytes().to_vec();
    for part in [previous, at, event, subject, detail] {
        message.extend_from_slice(&(part.len() as u64).to_be_bytes());
        message.extend_from_slice(part.as_bytes());
    }
    hex(&mac(&message))
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema;

    /// Not cryptographic: enough to tell lines apart in a test of the chain's logic.
    fn mac() -> Mac {
        Box::new(|message| {
            let mut sum = [7_u8; 32];
            for (index, byte) in message.iter().enumerate() {
                sum[index % 32] = sum[index % 32].rotate_left(3) ^ byte.wrapping_add(index as u8);
            }
            sum
        })
    }

    fn chain(lines: usize) -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection, schema::REGISTRY).unwrap();
        for number in 0..lines {
            let stamp = Stamp { at: format!("2026-11-20 10:00:{number:02}"), day: "2026-11-20".parse().unwrap() };
            append(&connection, &mac(), &stamp, "閲覧", "E01-W0001", "").unwrap();
        }
        connection
    }

    #[test]
    fn an_untouched_chain_is_whole() {
        let connection = chain(5);
        let head = head(&connection).unwrap();
        assert_eq!(head.number, 5);
        assert_eq!(verify(&connection, &mac(), Some(&head)).unwrap(), []);
    }

    #[test]
    fn a_changed_a_removed_an_inserted_and_a_cut_line_are_each_named() {
        let connection = chain(5);
        let known = head(&connection).unwrap();
        connection.execute("UPDATE audit SET subject = 'E01-W0002' WHERE number = 3", []).unwrap();
        assert_eq!(verify(&connection, &mac(), Some(&known)).unwrap(), [Break::Changed(3)]);

        let connection = chain(5);
        connection.execute("DELETE FROM audit WHERE number = 3", []).unwrap();
        assert_eq!(verify(&connection, &mac(), None).unwrap(), [Break::Gap(3), Break::Changed(4)]);

        let connection = chain(5);
        connection.execute("INSERT INTO audit VALUES (6, 'x', 'x', 'x', '', 'x')", []).unwrap();
        assert_eq!(verify(&connection, &mac(), None).unwrap(), [Break::Changed(6)]);

        let connection = chain(5);
        connection.execute("DELETE FROM audit WHERE number > 3", []).unwrap();
        assert_eq!(verify(&connection, &mac(), None).unwrap(), [], "a cut end is not seen from inside");
        assert_eq!(verify(&connection, &mac(), Some(&known)).unwrap(), [Break::Shortened { found: 3, known: 5 }]);
    }

    #[test]
    fn another_history_of_the_same_length_is_named() {
        let connection = chain(5);
        let known = Head { number: 5, digest: "00".repeat(32) };
        assert_eq!(verify(&connection, &mac(), Some(&known)).unwrap(), [Break::OtherHistory(5)]);
    }
}
