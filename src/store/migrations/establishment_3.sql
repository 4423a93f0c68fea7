-- What an exclusion rests on, certificates of other doctors (則52条の5), and the information for an interview.
CREATE TABLE exclusion_basis (id TEXT PRIMARY KEY, exclusion TEXT NOT NULL REFERENCES exclusion(id),
  worker TEXT NOT NULL REFERENCES worker(id), kind TEXT NOT NULL, day TEXT, doctor TEXT NOT NULL, records TEXT NOT NULL) STRICT;
CREATE TABLE certificate (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file(id),
  worker TEXT NOT NULL REFERENCES worker(id), period_end TEXT, interviewed_on TEXT NOT NULL, received_on TEXT NOT NULL,
  doctor TEXT NOT NULL, fatigue TEXT NOT NULL, condition TEXT NOT NULL, care TEXT NOT NULL, opinion_on TEXT,
  opinion TEXT NOT NULL) STRICT;
CREATE TABLE interview_information (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), item TEXT NOT NULL,
  period_end TEXT NOT NULL, asked_on TEXT, received_on TEXT) STRICT;
