-- 深夜業 (回数, 時間) of a worker in a counting period, from files of hours: data for the interview, judged by nobody.
-- Only periods with night work have a row; it comes and goes with its batch.
CREATE TABLE night_work (id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker(id), first_day TEXT NOT NULL,
  last_day TEXT NOT NULL, count INTEGER, seconds INTEGER) STRICT;
CREATE UNIQUE INDEX night_work_once ON night_work(worker, first_day, last_day);
