-- +goose Up
-- create "saved_views" table
CREATE TABLE "saved_views" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "user_id" character varying NOT NULL, "list" character varying NOT NULL, "name" character varying NOT NULL, "query" character varying NOT NULL, PRIMARY KEY ("id"));
-- create index "savedview_user_id_list_name" to table: "saved_views"
CREATE UNIQUE INDEX "savedview_user_id_list_name" ON "saved_views" ("user_id", "list", "name");
-- create "import_runs" table
CREATE TABLE "import_runs" ("id" character varying NOT NULL, "source" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'WAITING', "dry_run" boolean NOT NULL, "created_at" timestamptz NOT NULL, "started_at" timestamptz NULL, "finished_at" timestamptz NULL, "beat_at" timestamptz NULL, "percent" bigint NOT NULL DEFAULT 0, "step" character varying NULL, "failure" character varying NULL, "result" jsonb NULL, "user_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "import_runs_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "importrun_created_at_id" to table: "import_runs"
CREATE INDEX "importrun_created_at_id" ON "import_runs" ("created_at", "id");
-- create index "importrun_status" to table: "import_runs"
CREATE INDEX "importrun_status" ON "import_runs" ("status");
-- create index "importrun_user_id" to table: "import_runs"
CREATE INDEX "importrun_user_id" ON "import_runs" ("user_id");

-- +goose Down
-- reverse: create index "importrun_user_id" to table: "import_runs"
DROP INDEX "importrun_user_id";
-- reverse: create index "importrun_status" to table: "import_runs"
DROP INDEX "importrun_status";
-- reverse: create index "importrun_created_at_id" to table: "import_runs"
DROP INDEX "importrun_created_at_id";
-- reverse: create "import_runs" table
DROP TABLE "import_runs";
-- reverse: create index "savedview_user_id_list_name" to table: "saved_views"
DROP INDEX "savedview_user_id_list_name";
-- reverse: create "saved_views" table
DROP TABLE "saved_views";
