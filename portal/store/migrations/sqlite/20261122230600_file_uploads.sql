-- +goose Up
-- portal/files: what has been uploaded, or will be, and hangs on nothing yet.
CREATE TABLE file_uploads (
  id text PRIMARY KEY,
  owner text NOT NULL,
  state text NOT NULL, -- WAITING for the bytes, READY to be used
  kind text NOT NULL,
  name text NOT NULL,
  bytes bigint NOT NULL, -- announced, then found
  incoming_key text NOT NULL DEFAULT '', -- where they are sent to directly
  storage_key text NOT NULL DEFAULT '', -- where they are kept, once they have been looked at
  content_type text NOT NULL DEFAULT '',
  sha256 text NOT NULL DEFAULT '',
  width integer NOT NULL DEFAULT 0,
  height integer NOT NULL DEFAULT 0,
  created_at datetime NOT NULL,
  expires_at datetime NOT NULL
);
CREATE INDEX file_uploads_expires_at ON file_uploads (expires_at);
CREATE INDEX file_uploads_storage_key ON file_uploads (storage_key);
-- What somebody has sent in a day, whatever became of it.
CREATE TABLE file_quotas (
  owner text NOT NULL,
  day text NOT NULL,
  files integer NOT NULL,
  bytes bigint NOT NULL,
  PRIMARY KEY (owner, day)
);

-- +goose Down
DROP TABLE file_quotas;
DROP TABLE file_uploads;
