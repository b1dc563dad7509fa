-- +goose Up
-- create "import_runs" table
CREATE TABLE `import_runs` (`id` text NOT NULL, `source` text NOT NULL, `status` text NOT NULL DEFAULT ('WAITING'), `dry_run` bool NOT NULL, `created_at` datetime NOT NULL, `started_at` datetime NULL, `finished_at` datetime NULL, `beat_at` datetime NULL, `percent` integer NOT NULL DEFAULT (0), `step` text NULL, `failure` text NULL, `result` json NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `import_runs_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "importrun_created_at_id" to table: "import_runs"
CREATE INDEX `importrun_created_at_id` ON `import_runs` (`created_at`, `id`);
-- create index "importrun_status" to table: "import_runs"
CREATE INDEX `importrun_status` ON `import_runs` (`status`);
-- create index "importrun_user_id" to table: "import_runs"
CREATE INDEX `importrun_user_id` ON `import_runs` (`user_id`);
-- create "saved_views" table
CREATE TABLE `saved_views` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `user_id` text NOT NULL, `list` text NOT NULL, `name` text NOT NULL, `query` text NOT NULL, PRIMARY KEY (`id`));
-- create index "savedview_user_id_list_name" to table: "saved_views"
CREATE UNIQUE INDEX `savedview_user_id_list_name` ON `saved_views` (`user_id`, `list`, `name`);

-- +goose Down
-- reverse: create index "savedview_user_id_list_name" to table: "saved_views"
DROP INDEX `savedview_user_id_list_name`;
-- reverse: create "saved_views" table
DROP TABLE `saved_views`;
-- reverse: create index "importrun_user_id" to table: "import_runs"
DROP INDEX `importrun_user_id`;
-- reverse: create index "importrun_status" to table: "import_runs"
DROP INDEX `importrun_status`;
-- reverse: create index "importrun_created_at_id" to table: "import_runs"
DROP INDEX `importrun_created_at_id`;
-- reverse: create "import_runs" table
DROP TABLE `import_runs`;
