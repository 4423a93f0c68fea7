//! Migrations: appended, never edited; all pending ones run in one transaction.

use rusqlite::Connection;

use super::StoreError;

/// Steps of an establishment's database; the position is the version.
pub const ESTABLISHMENT: &[&str] = &[
    include_str!("migrations/establishment_1.sql"),
    include_str!("migrations/establishment_2.sql"),
    include_str!("migrations/establishment_3.sql"),
    include_str!("migrations/establishment_4.sql"),
    include_str!("migrations/establishment_5.sql"),
    include_str!("migrations/establishment_6.sql"),
    include_str!("migrations/establishment_7.sql"),
    include_str!("migrations/establishment_8.sql"),
    include_str!("migrations/establishment_9.sql"),
    include_str!("migrations/establishment_10.sql"),
    include_str!("migrations/establishment_11.sql"),
    include_str!("migrations/establishment_12.sql"),
    include_str!("migrations/establishment_13.sql"),
    include_str!("migrations/establishment_14.sql"),
    include_str!("migrations/establishment_15.sql"),
    include_str!("migrations/establishment_16.sql"),
    include_str!("migrations/establishment_17.sql"),
];

/// Steps of the registry.
pub const REGISTRY: &[&str] = &[include_str!("migrations/registry_1.sql")];

/// Brings the database up to the newest version; refuses one from the future.
pub fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let found = version(connection)?;
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let transaction = connection.transaction()?;
    for step in steps.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    Ok(transaction.commit()?)
}

/// The version the database says it has.
pub fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let error = migrate(&mut connection, ESTABLISHMENT).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }));
        assert_eq!(version(&connection).unwrap(), 99);
    }

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, ESTABLISHMENT).unwrap();
        migrate(&mut connection, ESTABLISHMENT).unwrap();
        assert_eq!(version(&connection).unwrap(), i64::try_from(ESTABLISHMENT.len()).unwrap());
    }

    #[test]
    fn an_older_vault_keeps_its_rows_when_the_dated_lists_come() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &ESTABLISHMENT[..3]).unwrap();
        connection.execute("INSERT INTO closing_day VALUES ('E01-R0001', '2020-01-01', 31)", []).unwrap();
        migrate(&mut connection, ESTABLISHMENT).unwrap();
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count("SELECT count(*) FROM closing_day"), 1);
        for table in ["criterion", "standing_instruction", "site_doctor"] {
            assert_eq!(count(&format!("SELECT count(*) FROM {table}")), 0, "nothing is written by a migration");
        }
        assert_eq!(count("SELECT count(*) FROM journal"), 0);
    }

    #[test]
    fn a_failing_step_leaves_the_old_version() {
        let mut connection = Connection::open_in_memory().unwrap();
        let steps = ["CREATE TABLE a (x INTEGER) STRICT;", "CREATE TABLE a (x INTEGER) STRICT;"];
        assert!(migrate(&mut connection, &steps).is_err());
        assert_eq!(version(&connection).unwrap(), 0);
        assert!(connection.query_row("SELECT count(*) FROM a", [], |r| r.get::<_, i64>(0)).is_err());
    }
}
