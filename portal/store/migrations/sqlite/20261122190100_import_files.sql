-- +goose Up
-- portal/importer: what an import that was uploaded still needs, until it is over.
CREATE TABLE import_uploads (
  run_id text PRIMARY KEY,
  mapping text NOT NULL,
  tries integer NOT NULL DEFAULT 0
);
CREATE TABLE import_files (
  run_id text NOT NULL,
  name text NOT NULL,
  upload text NOT NULL,
  size bigint NOT NULL,
  PRIMARY KEY (run_id, name)
);
-- Written before the run that they are for, in transactions of their own, so
-- that nobody waits for a large one.
CREATE TABLE import_chunks (
  upload text NOT NULL,
  part integer NOT NULL,
  data blob NOT NULL,
  created_at datetime NOT NULL,
  PRIMARY KEY (upload, part)
);
CREATE INDEX import_chunks_created_at ON import_chunks (created_at);
-- The first rejected rows of a run; place is that of the file in the mapping.
CREATE TABLE import_rejections (
  run_id text NOT NULL,
  place integer NOT NULL,
  line integer NOT NULL,
  number integer NOT NULL,
  file text NOT NULL,
  columns text NOT NULL,
  entity text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (run_id, place, line, number)
);

-- +goose Down
DROP TABLE import_rejections;
DROP TABLE import_chunks;
DROP TABLE import_files;
DROP TABLE import_uploads;
