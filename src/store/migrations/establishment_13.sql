-- Results of the stress check that were computed elsewhere, as their files told them. A table of their own beside the
-- result, because the journal says what each row of the result was and a column more would differ from it.
CREATE TABLE stress_reported (id TEXT PRIMARY KEY, round TEXT NOT NULL REFERENCES stress_round(id),
  worker TEXT NOT NULL REFERENCES worker(id), day TEXT NOT NULL, computed TEXT NOT NULL, causes INTEGER,
  symptoms INTEGER, support INTEGER, result TEXT) STRICT;
CREATE UNIQUE INDEX stress_reported_once ON stress_reported(round, worker);
