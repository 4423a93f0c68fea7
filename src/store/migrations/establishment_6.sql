-- The sheet of a checkup with all its values in one text, and what an opinion holds beside its class.
-- The head (checkup) stays as it is: the journal says what each of its rows was, and a column more would differ from it.
-- Sheets are read for the person on the screen only, so that an unlock never waits for them.
CREATE TABLE checkup_sheet (id TEXT PRIMARY KEY, checkup TEXT NOT NULL REFERENCES checkup(id),
  worker TEXT NOT NULL REFERENCES worker(id), day TEXT NOT NULL, kind TEXT NOT NULL, clinic TEXT NOT NULL,
  clinic_text TEXT NOT NULL, cells TEXT NOT NULL, source TEXT NOT NULL, source_row INTEGER NOT NULL) STRICT;
CREATE INDEX checkup_sheet_worker ON checkup_sheet(worker, day);
CREATE UNIQUE INDEX checkup_sheet_checkup ON checkup_sheet(checkup);
CREATE TABLE checkup_detail (id TEXT PRIMARY KEY, checkup TEXT NOT NULL REFERENCES checkup(id),
  worker TEXT NOT NULL REFERENCES worker(id), is_held INTEGER NOT NULL, held_for TEXT NOT NULL, condition TEXT NOT NULL,
  diagnosis TEXT, environment TEXT NOT NULL, words TEXT NOT NULL, case_id TEXT REFERENCES case_file(id)) STRICT;
