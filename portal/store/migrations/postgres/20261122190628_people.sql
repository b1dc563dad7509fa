-- +goose Up
-- modify "memberships" table
ALTER TABLE "memberships" ADD COLUMN "invited_name" character varying NULL, ADD COLUMN "invited_email" character varying NULL;
-- portal/accounts: requests for a link to set a password, until they are answered.
CREATE TABLE password_requests (
  id text PRIMARY KEY,
  email text NOT NULL,
  requested_at timestamptz NOT NULL
);
CREATE INDEX password_requests_requested_at ON password_requests (requested_at);
-- portal/accounts: which refresh token of a session came before the present one,
-- whether it has been taken once more, and which one is as good as the present.
ALTER TABLE spent_refresh_tokens ADD COLUMN generation bigint NOT NULL DEFAULT 0;
ALTER TABLE spent_refresh_tokens ADD COLUMN again integer NOT NULL DEFAULT 0;
ALTER TABLE spent_refresh_tokens ADD COLUMN twin integer NOT NULL DEFAULT 0;
CREATE INDEX spent_refresh_tokens_generation ON spent_refresh_tokens (session_id, generation);
DROP INDEX spent_refresh_tokens_session;

-- +goose Down
CREATE INDEX spent_refresh_tokens_session ON spent_refresh_tokens (session_id);
DROP INDEX spent_refresh_tokens_generation;
ALTER TABLE spent_refresh_tokens DROP COLUMN twin;
ALTER TABLE spent_refresh_tokens DROP COLUMN again;
ALTER TABLE spent_refresh_tokens DROP COLUMN generation;
DROP TABLE password_requests;
-- reverse: modify "memberships" table
ALTER TABLE "memberships" DROP COLUMN "invited_email", DROP COLUMN "invited_name";
