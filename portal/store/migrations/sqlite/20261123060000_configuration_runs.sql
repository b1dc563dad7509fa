-- +goose Up
-- what people asked for when they configured, and what stood in the way
CREATE TABLE configuration_figures (
	model_id text NOT NULL,
	day text NOT NULL,
	kind text NOT NULL,
	key text NOT NULL,
	count integer NOT NULL,
	PRIMARY KEY (model_id, day, kind, key)
);
-- what a version of a model did, or would do, to the configurations that are kept
CREATE TABLE revalidations (
	id text NOT NULL PRIMARY KEY,
	model_id text NOT NULL,
	from_draft boolean NOT NULL,
	dry_run boolean NOT NULL,
	number integer NOT NULL,
	document json NULL,
	state text NOT NULL,
	counts json NOT NULL,
	after text NOT NULL,
	created_at datetime NOT NULL,
	finished_at datetime NULL
);
CREATE INDEX revalidations_model ON revalidations (model_id, created_at);

-- +goose Down
DROP TABLE revalidations;
DROP TABLE configuration_figures;
