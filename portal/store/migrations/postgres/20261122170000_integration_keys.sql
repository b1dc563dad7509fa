-- +goose Up
-- portal/accounts: the keys by which other systems act. Only their digests are kept.
CREATE TABLE integration_keys (
  id text PRIMARY KEY,
  name text NOT NULL,
  source text NOT NULL,
  hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NULL,
  revoked_at timestamptz NULL
);

-- +goose Down
DROP TABLE integration_keys;
