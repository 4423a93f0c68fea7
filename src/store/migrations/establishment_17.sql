-- What a batch says of a record beside changing it: the parts that its line tells although they stood so already, none where
-- it only went by the record. A table of its own, because what stands so already has no entry in the journal.
CREATE TABLE batch_said (batch TEXT NOT NULL, table_name TEXT NOT NULL, row_key TEXT NOT NULL, parts TEXT NOT NULL,
  PRIMARY KEY (batch, table_name, row_key)) STRICT, WITHOUT ROWID;
