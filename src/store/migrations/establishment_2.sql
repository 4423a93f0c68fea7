-- Hours in force lie in the order of their periods: the newest months are read alone, and a new month goes to the end.
-- What a later batch replaced lies apart until that batch is taken back. Days are written 20261031; measure and series
-- are their places in the lists of the program, which only grow at the end; nth is the place in the batch.
CREATE TABLE hours ("end" INTEGER NOT NULL, start INTEGER NOT NULL, worker TEXT NOT NULL, measure INTEGER NOT NULL,
  series INTEGER NOT NULL, low_s INTEGER NOT NULL, high_s INTEGER NOT NULL, batch TEXT NOT NULL, nth INTEGER NOT NULL,
  row INTEGER NOT NULL, source_text TEXT NOT NULL, PRIMARY KEY ("end", start, worker, measure, series)) STRICT, WITHOUT ROWID;
CREATE TABLE hours_replaced ("end" INTEGER NOT NULL, start INTEGER NOT NULL, worker TEXT NOT NULL, measure INTEGER NOT NULL,
  series INTEGER NOT NULL, low_s INTEGER NOT NULL, high_s INTEGER NOT NULL, batch TEXT NOT NULL, nth INTEGER NOT NULL,
  row INTEGER NOT NULL, source_text TEXT NOT NULL, replaced_by TEXT NOT NULL,
  PRIMARY KEY ("end", start, worker, measure, series, batch)) STRICT, WITHOUT ROWID;

CREATE TEMP VIEW as_numbers AS SELECT CAST(replace("end", '-', '') AS INTEGER) AS "end",
  CAST(replace(start, '-', '') AS INTEGER) AS start, worker,
  CASE measure WHEN 'statutory_total' THEN 0 WHEN 'reported_overtime' THEN 1 WHEN 'health_management' THEN 2
    WHEN 'article36' THEN 3 WHEN 'medical_act' THEN 4 END AS measure,
  CASE series WHEN 'employer' THEN 0 WHEN 'worker' THEN 1 WHEN 'reference' THEN 2 END AS series,
  low_s, high_s, batch, id AS nth, row, source_text, retired_by FROM main.work_time;
INSERT INTO hours SELECT "end", start, worker, measure, series, low_s, high_s, batch, nth, row, source_text
  FROM as_numbers WHERE retired_by IS NULL ORDER BY 1, 2, 3, 4, 5;
INSERT INTO hours_replaced SELECT * FROM as_numbers WHERE retired_by IS NOT NULL;
DROP VIEW temp.as_numbers;
DROP TABLE work_time;

-- The site as the desk last left it, in one piece, with its hours since a day; used only where no operation followed.
CREATE TABLE face (operation INTEGER NOT NULL, schema INTEGER NOT NULL, since TEXT NOT NULL, content TEXT NOT NULL) STRICT;
