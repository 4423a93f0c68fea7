-- Where a record that came in with a file was read: not journalled, it comes and goes with its batch.
CREATE TABLE source_line (batch TEXT NOT NULL, line INTEGER NOT NULL, table_name TEXT NOT NULL, row_key TEXT NOT NULL,
  text TEXT NOT NULL, PRIMARY KEY (batch, line, table_name, row_key)) STRICT, WITHOUT ROWID;
-- What the physician said about a person of an employer's file, for the next one.
CREATE TABLE person_answer (id TEXT PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, answer TEXT NOT NULL,
  person TEXT, day TEXT NOT NULL) STRICT;
