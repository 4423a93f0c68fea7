-- What an interview after the stress check holds beside the record of every interview (則52条の17, 52条の18). A table of its
-- own, because the journal says what each row of the interview was and a column more would differ from it.
CREATE TABLE stress_interview (id TEXT PRIMARY KEY, interview TEXT NOT NULL REFERENCES interview(id),
  worker TEXT NOT NULL REFERENCES worker(id), round TEXT REFERENCES stress_round(id), burden TEXT NOT NULL,
  findings TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX stress_interview_once ON stress_interview(interview);
