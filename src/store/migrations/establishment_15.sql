-- What goes round a checkup: questions on an opinion, consent to a secondary result and its primary examination, guidance,
-- words in advance, advice, reports that were sent, workplaces, and examinations beside the ordinary one with who is owed them.
-- Tables of their own, because the journal says what each row of the heads was and a column more would differ from it.
CREATE TABLE opinion_inquiry (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES issued(id),
  worker TEXT NOT NULL REFERENCES worker(id), asked_on TEXT NOT NULL, asked_by TEXT NOT NULL, question TEXT NOT NULL,
  answered_on TEXT, answer TEXT NOT NULL) STRICT;
CREATE TABLE secondary_consent (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id),
  primary_checkup TEXT NOT NULL REFERENCES checkup(id), consented_on TEXT NOT NULL, way TEXT NOT NULL,
  withdrawn_on TEXT) STRICT;
CREATE TABLE secondary_exam (id TEXT PRIMARY KEY, checkup TEXT NOT NULL REFERENCES checkup(id),
  worker TEXT NOT NULL REFERENCES worker(id), primary_checkup TEXT NOT NULL REFERENCES checkup(id),
  consent TEXT NOT NULL REFERENCES secondary_consent(id), submitted_on TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX secondary_exam_once ON secondary_exam(checkup);
CREATE TABLE health_guidance (id TEXT PRIMARY KEY, checkup TEXT NOT NULL REFERENCES checkup(id),
  worker TEXT NOT NULL REFERENCES worker(id), given_on TEXT NOT NULL, given_by TEXT NOT NULL, content TEXT NOT NULL,
  specific TEXT NOT NULL, specific_content TEXT NOT NULL) STRICT;
CREATE TABLE risk_notice (id TEXT PRIMARY KEY, checkup TEXT NOT NULL REFERENCES checkup(id),
  worker TEXT NOT NULL REFERENCES worker(id), told_on TEXT NOT NULL, way TEXT NOT NULL) STRICT;
CREATE TABLE checkup_advice (id TEXT PRIMARY KEY, given_on TEXT NOT NULL, given_to TEXT NOT NULL, plan TEXT NOT NULL,
  precautions TEXT NOT NULL) STRICT;
CREATE TABLE sent_report (id TEXT PRIMARY KEY, kind TEXT NOT NULL, period_from TEXT NOT NULL, period_until TEXT NOT NULL,
  submitted_on TEXT NOT NULL, way TEXT NOT NULL) STRICT;
CREATE TABLE workplace_fact (id TEXT PRIMARY KEY, kind TEXT NOT NULL, valid_from TEXT NOT NULL) STRICT;
CREATE TABLE exam_duty (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), exam TEXT NOT NULL,
  work TEXT NOT NULL, items TEXT NOT NULL, is_long_kept INTEGER NOT NULL, is_relaxed INTEGER NOT NULL,
  dust_class TEXT NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT) STRICT;
CREATE TABLE special_exam (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), exam TEXT NOT NULL,
  day TEXT NOT NULL, clinic TEXT NOT NULL, finding TEXT NOT NULL, is_instructed INTEGER NOT NULL,
  items_json TEXT NOT NULL, dose_microsieverts INTEGER, submitted_on TEXT, is_long_kept INTEGER NOT NULL,
  opinion_on TEXT, opinion TEXT) STRICT;
CREATE TABLE posting (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), place TEXT NOT NULL,
  leaves_on TEXT NOT NULL, returns_on TEXT, is_home_temporary INTEGER NOT NULL) STRICT;
