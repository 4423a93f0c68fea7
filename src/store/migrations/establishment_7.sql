-- The stress check (安衛法66条の10): rounds, who carries them, answers, results, consents, talks, group reports that left.
-- stress_flag stays: it is what a physician who is no implementer is told by a request, and what the lists show; where
-- results are kept here, the same command writes it.
CREATE TABLE stress_round (id TEXT PRIMARY KEY, name TEXT NOT NULL, committee_on TEXT, rules TEXT NOT NULL,
  criteria_json TEXT NOT NULL, criteria_opinion_on TEXT, role TEXT NOT NULL, opened_on TEXT, judged_on TEXT,
  entries INTEGER NOT NULL) STRICT;
CREATE TABLE stress_staff (id TEXT PRIMARY KEY, round TEXT NOT NULL REFERENCES stress_round(id), part TEXT NOT NULL,
  name TEXT NOT NULL, profession TEXT NOT NULL, is_trained INTEGER NOT NULL, has_personnel_power INTEGER NOT NULL) STRICT;
CREATE TABLE stress_answers (id TEXT PRIMARY KEY, round TEXT NOT NULL REFERENCES stress_round(id),
  worker TEXT NOT NULL REFERENCES worker(id), day TEXT NOT NULL, answers TEXT NOT NULL, sex TEXT NOT NULL,
  department TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX stress_answers_once ON stress_answers(round, worker);
CREATE TABLE stress_result (id TEXT PRIMARY KEY, round TEXT NOT NULL REFERENCES stress_round(id),
  worker TEXT NOT NULL REFERENCES worker(id), computed TEXT NOT NULL, by_symptoms INTEGER NOT NULL,
  by_causes INTEGER NOT NULL, causes INTEGER, symptoms INTEGER, support INTEGER, need TEXT NOT NULL, decided_on TEXT,
  decided_by TEXT NOT NULL, reason TEXT NOT NULL, notified_on TEXT) STRICT;
CREATE UNIQUE INDEX stress_result_once ON stress_result(round, worker);
CREATE TABLE stress_consent (id TEXT PRIMARY KEY, round TEXT NOT NULL REFERENCES stress_round(id),
  worker TEXT NOT NULL REFERENCES worker(id), notified_on TEXT NOT NULL, day TEXT NOT NULL, form TEXT NOT NULL,
  is_refused INTEGER NOT NULL, withdrawn_on TEXT) STRICT;
CREATE TABLE stress_consultation (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), day TEXT NOT NULL,
  note TEXT NOT NULL) STRICT;
CREATE TABLE stress_release (id TEXT PRIMARY KEY, round TEXT NOT NULL REFERENCES stress_round(id), day TEXT NOT NULL,
  recipients TEXT NOT NULL, figures_json TEXT NOT NULL) STRICT;
