-- +goose Up
-- what people asked for when they configured, and what stood in the way
CREATE TABLE configuration_figures (
	model_id character varying NOT NULL,
	day character varying NOT NULL,
	kind character varying NOT NULL,
	key character varying NOT NULL,
	count bigint NOT NULL,
	PRIMARY KEY (model_id, day, kind, key)
);
-- what a version of a model did, or would do, to the configurations that are kept
CREATE TABLE revalidations (
	id character varying NOT NULL PRIMARY KEY,
	model_id character varying NOT NULL,
	from_draft boolean NOT NULL,
	dry_run boolean NOT NULL,
	number bigint NOT NULL,
	document jsonb NULL,
	state character varying NOT NULL,
	counts jsonb NOT NULL,
	after character varying NOT NULL,
	created_at timestamptz NOT NULL,
	finished_at timestamptz NULL
);
CREATE INDEX revalidations_model ON revalidations (model_id, created_at);

-- +goose Down
DROP TABLE revalidations;
DROP TABLE configuration_figures;
