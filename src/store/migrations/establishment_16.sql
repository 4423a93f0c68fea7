-- That people were told of the results of their examinations: everybody examined in a period, or one person of them.
CREATE TABLE result_notice (id TEXT PRIMARY KEY, worker TEXT REFERENCES worker(id), examined_from TEXT NOT NULL,
  examined_until TEXT NOT NULL, told_on TEXT NOT NULL, way TEXT NOT NULL) STRICT;
