-- The workplace's criterion with its dates (安衛法66条の9), what the 産業医 set for 面接不要, doctors who may interview.
CREATE TABLE criterion (id TEXT PRIMARY KEY, valid_from TEXT NOT NULL, valid_until TEXT, content TEXT NOT NULL,
  seconds INTEGER, deliberated_on TEXT, minutes TEXT NOT NULL) STRICT;
CREATE TABLE standing_instruction (id TEXT PRIMARY KEY, set_on TEXT NOT NULL, doctor TEXT NOT NULL, content TEXT NOT NULL,
  ended_on TEXT) STRICT;
CREATE TABLE site_doctor (id TEXT PRIMARY KEY, name TEXT NOT NULL, affiliation TEXT NOT NULL, registration TEXT NOT NULL,
  is_site_physician INTEGER NOT NULL, valid_from TEXT, valid_until TEXT) STRICT;
