-- The first schema of the registry: which establishments there are, and what concerns the desk as a whole.
CREATE TABLE site (id TEXT PRIMARY KEY, created_on TEXT NOT NULL, erased_on TEXT) STRICT;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- The newest audit head of each establishment: an older database put back does not know it.
CREATE TABLE head (site TEXT PRIMARY KEY, number INTEGER NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE backup (number INTEGER PRIMARY KEY, at TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
  heads TEXT NOT NULL) STRICT;
-- Files in clear outside the vault that came in or went out, until they are sealed or deleted.
CREATE TABLE clear_file (number INTEGER PRIMARY KEY, at TEXT NOT NULL, path TEXT NOT NULL, site TEXT NOT NULL,
  kind TEXT NOT NULL, sha256 TEXT NOT NULL, settled_on TEXT) STRICT;
CREATE TABLE audit (number INTEGER PRIMARY KEY, at TEXT NOT NULL, event TEXT NOT NULL, subject TEXT NOT NULL,
  detail TEXT NOT NULL, digest TEXT NOT NULL) STRICT;
