/** Version of the tables below; a file of a later version is refused, never rewritten. */
export const schemaVersion = 1;

/** `created` of a checkpoint that only says from which number epochs go on. */
export const neverCommitted = -1;

/** Sums over checkpoint and parts find what SQLite's own check can't: a page whose bytes changed under it. */
export const tables = `
CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch INTEGER NOT NULL,
  positions TEXT NOT NULL,
  created INTEGER NOT NULL,
  sum TEXT NOT NULL
) STRICT;
CREATE TABLE part (
  name TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  sum TEXT NOT NULL
) STRICT;
CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  last INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX incident_last ON incident (last);
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  sink TEXT NOT NULL,
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL DEFAULT 0,
  UNIQUE (sink, key)
) STRICT;
CREATE TABLE verdict (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  incident TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner TEXT NOT NULL,
  until TEXT,
  example TEXT,
  given INTEGER NOT NULL
) STRICT;
PRAGMA user_version = ${schemaVersion};
`;
