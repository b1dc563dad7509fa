-- +goose Up
-- Plain tables of single packages, outside the model: nobody queries them by the API.
-- portal/store: idempotency keys of mutations, secrets that all replicas share.
CREATE TABLE idempotency_keys (
  identity text NOT NULL,
  name text NOT NULL,
  fingerprint bytea NOT NULL,
  result text NOT NULL,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (identity, name)
);
CREATE INDEX idempotency_keys_claimed_at ON idempotency_keys (claimed_at);
CREATE TABLE secrets (name text PRIMARY KEY, value bytea NOT NULL);
-- portal/accounts: keys that sign access tokens, counters of sign-in attempts.
CREATE TABLE signing_keys (
  id text PRIMARY KEY,
  public_key bytea NOT NULL,
  private_key bytea NOT NULL,
  not_before timestamptz NOT NULL,
  not_after timestamptz NULL
);
CREATE TABLE sign_in_attempts (
  name text PRIMARY KEY,
  attempts integer NOT NULL,
  window_start timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_window_start ON sign_in_attempts (window_start);
-- portal/accounts: refresh tokens that have been replaced, so that a second use is recognised.
CREATE TABLE spent_refresh_tokens (
  hash bytea PRIMARY KEY,
  session_id text NOT NULL,
  spent_at timestamptz NOT NULL
);
CREATE INDEX spent_refresh_tokens_session ON spent_refresh_tokens (session_id);
-- portal/orders: the counter behind order numbers.
CREATE SEQUENCE IF NOT EXISTS order_numbers;
