-- The first schema of an establishment's database. Dates are ISO texts, amounts of time are seconds.
CREATE TABLE establishment (id TEXT PRIMARY KEY, name TEXT NOT NULL, short_name TEXT NOT NULL, employer TEXT NOT NULL,
  address TEXT NOT NULL, phone TEXT NOT NULL, fax TEXT NOT NULL, industry TEXT NOT NULL, insurance_number TEXT NOT NULL,
  engagement TEXT NOT NULL, appointed_on TEXT, appointment_reported_on TEXT, contract_from TEXT, contract_until TEXT,
  committee TEXT NOT NULL, hours_method TEXT NOT NULL, criterion TEXT NOT NULL, criterion_seconds INTEGER, criterion_on TEXT) STRICT;
CREATE TABLE headcount (id TEXT PRIMARY KEY, day TEXT NOT NULL, male INTEGER NOT NULL, female INTEGER NOT NULL) STRICT;
CREATE TABLE contact (id TEXT PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL, department TEXT NOT NULL,
  phone TEXT NOT NULL, mail TEXT NOT NULL, is_emergency INTEGER NOT NULL) STRICT;
CREATE TABLE closing_day (id TEXT PRIMARY KEY, valid_from TEXT NOT NULL, day INTEGER NOT NULL) STRICT;
CREATE TABLE patrol_rhythm (id TEXT PRIMARY KEY, valid_from TEXT NOT NULL, valid_until TEXT, months INTEGER NOT NULL,
  consented_on TEXT, deliberated_on TEXT, minutes TEXT NOT NULL) STRICT;
CREATE TABLE information (id TEXT PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, asked_on TEXT, received_on TEXT,
  content TEXT NOT NULL) STRICT;
CREATE TABLE promise (id TEXT PRIMARY KEY, made_on TEXT NOT NULL, occasion TEXT NOT NULL, content TEXT NOT NULL, due TEXT,
  kept_on TEXT) STRICT;
CREATE TABLE visit (id TEXT PRIMARY KEY, day TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, closed_on TEXT,
  summary TEXT NOT NULL) STRICT;
CREATE TABLE plan (id TEXT PRIMARY KEY, item TEXT NOT NULL, scheduled_for TEXT, snoozed_until TEXT, reason TEXT NOT NULL,
  done_on TEXT) STRICT;
CREATE TABLE worker (id TEXT PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, kana TEXT NOT NULL, sex TEXT NOT NULL,
  birth TEXT, department TEXT NOT NULL, position TEXT NOT NULL, joined_on TEXT, left_on TEXT, dispatch_from TEXT NOT NULL,
  dispatch_to TEXT NOT NULL, special_work TEXT NOT NULL, duties TEXT NOT NULL) STRICT;
CREATE TABLE worker_attribute (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), kind TEXT NOT NULL,
  valid_from TEXT, valid_until TEXT) STRICT;
CREATE TABLE checkup (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), day TEXT NOT NULL,
  judgement TEXT NOT NULL, finding TEXT NOT NULL, summary TEXT NOT NULL, opinion_on TEXT, opinion TEXT) STRICT;
CREATE TABLE stress_flag (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), day TEXT NOT NULL,
  state TEXT NOT NULL, requested_on TEXT, is_consented INTEGER NOT NULL) STRICT;
CREATE TABLE batch (id TEXT PRIMARY KEY, kind TEXT NOT NULL, day TEXT NOT NULL, sha256 TEXT NOT NULL, rows INTEGER NOT NULL,
  added INTEGER NOT NULL, changed INTEGER NOT NULL, refused INTEGER NOT NULL, reading TEXT NOT NULL,
  content_sha256 TEXT NOT NULL, undone_on TEXT) STRICT;
CREATE TABLE import_profile (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, header TEXT NOT NULL,
  mapping_json TEXT NOT NULL) STRICT;
CREATE TABLE case_file (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), ground TEXT NOT NULL,
  state TEXT NOT NULL, opened_on TEXT NOT NULL, next_on TEXT, closed_on TEXT, note TEXT NOT NULL) STRICT;
CREATE TABLE request (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file(id),
  worker TEXT NOT NULL REFERENCES worker(id), day TEXT NOT NULL, by TEXT NOT NULL, period_end TEXT, place TEXT NOT NULL,
  wishes TEXT NOT NULL, doctor TEXT NOT NULL, own_seconds INTEGER, withdrawn_on TEXT) STRICT;
CREATE TABLE notice (id TEXT PRIMARY KEY, kind TEXT NOT NULL, worker TEXT REFERENCES worker(id), period_end TEXT NOT NULL,
  day TEXT NOT NULL, content TEXT NOT NULL) STRICT;
CREATE TABLE exclusion (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), start TEXT NOT NULL,
  end TEXT NOT NULL, day TEXT NOT NULL, interviewed_on TEXT, grounds TEXT NOT NULL, keeps_healthy TEXT NOT NULL) STRICT;
CREATE TABLE measure (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file(id),
  worker TEXT NOT NULL REFERENCES worker(id), kind TEXT NOT NULL, amount TEXT NOT NULL, content TEXT NOT NULL, "from" TEXT,
  until TEXT, review_on TEXT, heard_on TEXT, heard TEXT NOT NULL, present TEXT NOT NULL, taken TEXT NOT NULL,
  answered_on TEXT, answer TEXT NOT NULL, lifted_on TEXT) STRICT;
CREATE TABLE attachment (id TEXT PRIMARY KEY, record TEXT NOT NULL, title TEXT NOT NULL, media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL, content TEXT NOT NULL, day TEXT NOT NULL) STRICT;
CREATE TABLE interview (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file(id),
  worker TEXT NOT NULL REFERENCES worker(id), day TEXT NOT NULL, time TEXT NOT NULL, mode TEXT NOT NULL, online_json TEXT,
  doctor TEXT NOT NULL, work_situation TEXT NOT NULL, work_factors TEXT NOT NULL, fatigue_sheet_json TEXT NOT NULL,
  family_answers TEXT NOT NULL, condition_notes TEXT NOT NULL, bsid_json TEXT NOT NULL, blood_pressure_json TEXT NOT NULL,
  red_flags TEXT NOT NULL, fatigue TEXT NOT NULL, condition TEXT NOT NULL, condition_text TEXT NOT NULL, diagnosis TEXT,
  guidance_json TEXT NOT NULL, next_on TEXT, remarks TEXT NOT NULL, fitness TEXT NOT NULL, worker_view TEXT NOT NULL,
  care TEXT NOT NULL, workplace TEXT NOT NULL, message TEXT NOT NULL, completed_on TEXT NOT NULL) STRICT;
CREATE TABLE issued (id TEXT PRIMARY KEY, form TEXT NOT NULL, case_id TEXT REFERENCES case_file(id),
  worker TEXT REFERENCES worker(id), version INTEGER NOT NULL, supersedes TEXT, day TEXT NOT NULL,
  snapshot_json TEXT NOT NULL, copies_json TEXT NOT NULL) STRICT;
CREATE TABLE signed_copy (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES issued(id), recipient TEXT NOT NULL,
  pdf TEXT NOT NULL) STRICT;
CREATE TABLE place (id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL, retired_on TEXT) STRICT;
CREATE TABLE patrol (id TEXT PRIMARY KEY, day TEXT NOT NULL, starts TEXT NOT NULL, companions TEXT NOT NULL,
  completed_on TEXT, private_remark TEXT NOT NULL) STRICT;
CREATE TABLE place_mark (id TEXT PRIMARY KEY, patrol TEXT NOT NULL REFERENCES patrol(id),
  place TEXT NOT NULL REFERENCES place(id), category TEXT NOT NULL, mark TEXT NOT NULL) STRICT;
CREATE TABLE finding (id TEXT PRIMARY KEY, patrol TEXT NOT NULL REFERENCES patrol(id),
  place TEXT NOT NULL REFERENCES place(id), category TEXT NOT NULL, content TEXT NOT NULL, severity TEXT NOT NULL,
  measure TEXT NOT NULL, measure_at TEXT NOT NULL, opinion TEXT NOT NULL, private_remark TEXT NOT NULL, due TEXT,
  owner TEXT NOT NULL, answered_on TEXT, answer TEXT NOT NULL, closed_on TEXT, closed_by TEXT) STRICT;

-- Worked time comes in batches: not journalled row by row, undone as a batch.
CREATE TABLE work_time (id INTEGER PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), start TEXT NOT NULL,
  end TEXT NOT NULL, measure TEXT NOT NULL, series TEXT NOT NULL, low_s INTEGER NOT NULL, high_s INTEGER NOT NULL,
  source_text TEXT NOT NULL, row INTEGER NOT NULL, batch TEXT NOT NULL, retired_by TEXT) STRICT;
CREATE UNIQUE INDEX work_time_in_force ON work_time(worker, end, start, measure, series) WHERE retired_by IS NULL;
CREATE INDEX work_time_batch ON work_time(batch);

-- Typed text that is not yet a record; outside journal and audit.
CREATE TABLE draft (form TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (form, field)) STRICT, WITHOUT ROWID;

-- The next number of each kind of id; ids are never reused.
CREATE TABLE sequence (prefix TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- The undo journal (D9): every row before and after.
CREATE TABLE operation (number INTEGER PRIMARY KEY, at TEXT NOT NULL, day TEXT NOT NULL, act TEXT NOT NULL, subject TEXT,
  batch TEXT, undoes INTEGER, undone_by INTEGER) STRICT;
CREATE TABLE journal (id INTEGER PRIMARY KEY, operation INTEGER NOT NULL REFERENCES operation(number), table_name TEXT NOT NULL,
  row_key TEXT NOT NULL, before TEXT, after TEXT, schema INTEGER NOT NULL) STRICT;
CREATE INDEX journal_operation ON journal(operation);
CREATE INDEX journal_row ON journal(table_name, row_key);

-- Rows that an issued document cites: amend-only.
CREATE TABLE frozen (table_name TEXT NOT NULL, row_key TEXT NOT NULL, operation INTEGER NOT NULL,
  PRIMARY KEY (table_name, row_key)) STRICT, WITHOUT ROWID;

-- The audit chain: each digest covers the line and the digest before it.
CREATE TABLE audit (number INTEGER PRIMARY KEY, at TEXT NOT NULL, event TEXT NOT NULL, subject TEXT NOT NULL,
  detail TEXT NOT NULL, digest TEXT NOT NULL) STRICT;
