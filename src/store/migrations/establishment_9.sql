-- Checkups: what the workplace settled, items that a physician left out, and what was recommended to a person.
CREATE TABLE checkup_policy (id TEXT PRIMARY KEY, finding_from TEXT NOT NULL, instructed TEXT NOT NULL,
  is_urgent_on INTEGER NOT NULL, urgent_table TEXT NOT NULL, own_table TEXT NOT NULL, settled_on TEXT) STRICT;
CREATE TABLE checkup_omission (id TEXT PRIMARY KEY, checkup TEXT NOT NULL REFERENCES checkup(id),
  worker TEXT NOT NULL REFERENCES worker(id), item TEXT NOT NULL, ground TEXT NOT NULL, reason TEXT NOT NULL,
  decided_by TEXT NOT NULL, decided_on TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX checkup_omission_once ON checkup_omission(checkup, item);
CREATE TABLE checkup_follow (id TEXT PRIMARY KEY, checkup TEXT NOT NULL REFERENCES checkup(id),
  worker TEXT NOT NULL REFERENCES worker(id), kind TEXT NOT NULL, advised_on TEXT NOT NULL, answered_on TEXT,
  result TEXT NOT NULL, is_consented INTEGER NOT NULL) STRICT;
