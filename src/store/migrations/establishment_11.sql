-- What was done with the analysis of the groups: advice, hearings, actions. No row is about a person.
CREATE TABLE stress_improvement (id TEXT PRIMARY KEY, round TEXT NOT NULL REFERENCES stress_round(id), kind TEXT NOT NULL,
  day TEXT NOT NULL, group_name TEXT NOT NULL, content TEXT NOT NULL, heard TEXT, who TEXT NOT NULL, due TEXT, done_on TEXT,
  finding TEXT REFERENCES finding(id)) STRICT;
