-- +goose Up
-- portal/accounts: the keys by which other systems act. Only their digests are kept.
CREATE TABLE integration_keys (
  id text PRIMARY KEY,
  name text NOT NULL,
  source text NOT NULL,
  hash blob NOT NULL UNIQUE,
  created_at datetime NOT NULL,
  last_used_at datetime NULL,
  revoked_at datetime NULL
);

-- +goose Down
DROP TABLE integration_keys;
