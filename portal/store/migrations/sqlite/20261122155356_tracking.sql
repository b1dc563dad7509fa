-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create index "event_user_id_id" to table: "events"
CREATE INDEX `event_user_id_id` ON `events` (`user_id`, `id`);
-- add column "estimated_delivery" to table: "orders"
ALTER TABLE `orders` ADD COLUMN `estimated_delivery` datetime NULL;
-- add column "delay_cause" to table: "orders"
ALTER TABLE `orders` ADD COLUMN `delay_cause` text NULL;
-- add column "delayed_at" to table: "orders"
ALTER TABLE `orders` ADD COLUMN `delayed_at` datetime NULL;
-- add column "contact_email" to table: "orders"
ALTER TABLE `orders` ADD COLUMN `contact_email` text NULL;
-- add column "promised_date" to table: "order_lines"
ALTER TABLE `order_lines` ADD COLUMN `promised_date` datetime NULL;
-- add column "promise_reason" to table: "order_lines"
ALTER TABLE `order_lines` ADD COLUMN `promise_reason` text NULL;
-- create "new_shipments" table
CREATE TABLE `new_shipments` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `organization_id` text NOT NULL, `user_id` text NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `status` text NOT NULL DEFAULT ('PENDING'), `carrier` text NOT NULL, `tracking_number` text NULL, `tracking_key` text NULL, `estimated_delivery` datetime NULL, `shipped_at` datetime NULL, `delivered_at` datetime NULL, `version` integer NOT NULL DEFAULT (1), `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `shipments_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION);
-- copy rows from old table "shipments" to new temporary table "new_shipments"
INSERT INTO `new_shipments` (`id`, `created_at`, `updated_at`, `organization_id`, `user_id`, `source`, `external_id`, `external_version`, `external_digest`, `status`, `carrier`, `tracking_number`, `estimated_delivery`, `shipped_at`, `delivered_at`, `version`, `order_id`) SELECT `id`, `created_at`, `updated_at`, `organization_id`, `user_id`, `source`, `external_id`, `external_version`, `external_digest`, `status`, `carrier`, `tracking_number`, `estimated_delivery`, `shipped_at`, `delivered_at`, `version`, `order_id` FROM `shipments`;
-- drop "shipments" table after copying rows
DROP TABLE `shipments`;
-- rename temporary table "new_shipments" to "shipments"
ALTER TABLE `new_shipments` RENAME TO `shipments`;
-- create index "shipment_organization_id" to table: "shipments"
CREATE INDEX `shipment_organization_id` ON `shipments` (`organization_id`);
-- create index "shipment_user_id" to table: "shipments"
CREATE INDEX `shipment_user_id` ON `shipments` (`user_id`);
-- create index "shipment_source_external_id" to table: "shipments"
CREATE UNIQUE INDEX `shipment_source_external_id` ON `shipments` (`source`, `external_id`);
-- create index "shipment_order_id" to table: "shipments"
CREATE INDEX `shipment_order_id` ON `shipments` (`order_id`);
-- create index "shipment_tracking_number" to table: "shipments"
CREATE INDEX `shipment_tracking_number` ON `shipments` (`tracking_number`);
-- create index "shipment_tracking_key" to table: "shipments"
CREATE INDEX `shipment_tracking_key` ON `shipments` (`tracking_key`);
-- add column "notification_settings" to table: "users"
ALTER TABLE `users` ADD COLUMN `notification_settings` json NULL;
-- create "notifications" table
CREATE TABLE `notifications` (`id` text NOT NULL, `user_id` text NOT NULL, `organization_id` text NULL, `order_id` text NULL, `kind` text NOT NULL, `data` json NOT NULL, `dedup_key` text NOT NULL, `created_at` datetime NOT NULL, `read_at` datetime NULL, PRIMARY KEY (`id`));
-- create index "notification_user_id_dedup_key" to table: "notifications"
CREATE UNIQUE INDEX `notification_user_id_dedup_key` ON `notifications` (`user_id`, `dedup_key`);
-- create index "notification_created_at_id" to table: "notifications"
CREATE INDEX `notification_created_at_id` ON `notifications` (`created_at`, `id`);
-- create index "notification_user_id_created_at_id" to table: "notifications"
CREATE INDEX `notification_user_id_created_at_id` ON `notifications` (`user_id`, `created_at`, `id`);
-- create index "notification_kind" to table: "notifications"
CREATE INDEX `notification_kind` ON `notifications` (`kind`);
-- create index "notification_read_at" to table: "notifications"
CREATE INDEX `notification_read_at` ON `notifications` (`read_at`);
-- create index "notification_order_id" to table: "notifications"
CREATE INDEX `notification_order_id` ON `notifications` (`order_id`);
-- create "parcel_reports" table
CREATE TABLE `parcel_reports` (`id` text NOT NULL, `carrier` text NOT NULL, `tracking_number` text NOT NULL, `tracking_key` text NOT NULL, `dedup_key` text NOT NULL, `status` text NOT NULL, `occurred_at` datetime NOT NULL, `received_at` datetime NOT NULL, `estimated_delivery` datetime NULL, `location` text NULL, `message` text NULL, `external_id` text NULL, `problem` text NOT NULL, `state` text NOT NULL DEFAULT ('WAITING'), `shipment_id` text NULL, `handled_at` datetime NULL, `dismiss_reason` text NULL, PRIMARY KEY (`id`));
-- create index "parcelreport_carrier_tracking_key_dedup_key" to table: "parcel_reports"
CREATE UNIQUE INDEX `parcelreport_carrier_tracking_key_dedup_key` ON `parcel_reports` (`carrier`, `tracking_key`, `dedup_key`);
-- create index "parcelreport_received_at_id" to table: "parcel_reports"
CREATE INDEX `parcelreport_received_at_id` ON `parcel_reports` (`received_at`, `id`);
-- create index "parcelreport_state_received_at" to table: "parcel_reports"
CREATE INDEX `parcelreport_state_received_at` ON `parcel_reports` (`state`, `received_at`);
-- create index "parcelreport_tracking_number" to table: "parcel_reports"
CREATE INDEX `parcelreport_tracking_number` ON `parcel_reports` (`tracking_number`);
-- create index "parcelreport_problem" to table: "parcel_reports"
CREATE INDEX `parcelreport_problem` ON `parcel_reports` (`problem`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "parcelreport_problem" to table: "parcel_reports"
DROP INDEX `parcelreport_problem`;
-- reverse: create index "parcelreport_tracking_number" to table: "parcel_reports"
DROP INDEX `parcelreport_tracking_number`;
-- reverse: create index "parcelreport_state_received_at" to table: "parcel_reports"
DROP INDEX `parcelreport_state_received_at`;
-- reverse: create index "parcelreport_received_at_id" to table: "parcel_reports"
DROP INDEX `parcelreport_received_at_id`;
-- reverse: create index "parcelreport_carrier_tracking_key_dedup_key" to table: "parcel_reports"
DROP INDEX `parcelreport_carrier_tracking_key_dedup_key`;
-- reverse: create "parcel_reports" table
DROP TABLE `parcel_reports`;
-- reverse: create index "notification_order_id" to table: "notifications"
DROP INDEX `notification_order_id`;
-- reverse: create index "notification_read_at" to table: "notifications"
DROP INDEX `notification_read_at`;
-- reverse: create index "notification_kind" to table: "notifications"
DROP INDEX `notification_kind`;
-- reverse: create index "notification_user_id_created_at_id" to table: "notifications"
DROP INDEX `notification_user_id_created_at_id`;
-- reverse: create index "notification_created_at_id" to table: "notifications"
DROP INDEX `notification_created_at_id`;
-- reverse: create index "notification_user_id_dedup_key" to table: "notifications"
DROP INDEX `notification_user_id_dedup_key`;
-- reverse: create "notifications" table
DROP TABLE `notifications`;
-- reverse: add column "notification_settings" to table: "users"
ALTER TABLE `users` DROP COLUMN `notification_settings`;
-- reverse: create index "shipment_tracking_key" to table: "shipments"
DROP INDEX `shipment_tracking_key`;
-- reverse: create index "shipment_tracking_number" to table: "shipments"
DROP INDEX `shipment_tracking_number`;
-- reverse: create index "shipment_order_id" to table: "shipments"
DROP INDEX `shipment_order_id`;
-- reverse: create index "shipment_source_external_id" to table: "shipments"
DROP INDEX `shipment_source_external_id`;
-- reverse: create index "shipment_user_id" to table: "shipments"
DROP INDEX `shipment_user_id`;
-- reverse: create index "shipment_organization_id" to table: "shipments"
DROP INDEX `shipment_organization_id`;
-- reverse: create "new_shipments" table
DROP TABLE `new_shipments`;
-- reverse: add column "promise_reason" to table: "order_lines"
ALTER TABLE `order_lines` DROP COLUMN `promise_reason`;
-- reverse: add column "promised_date" to table: "order_lines"
ALTER TABLE `order_lines` DROP COLUMN `promised_date`;
-- reverse: add column "contact_email" to table: "orders"
ALTER TABLE `orders` DROP COLUMN `contact_email`;
-- reverse: add column "delayed_at" to table: "orders"
ALTER TABLE `orders` DROP COLUMN `delayed_at`;
-- reverse: add column "delay_cause" to table: "orders"
ALTER TABLE `orders` DROP COLUMN `delay_cause`;
-- reverse: add column "estimated_delivery" to table: "orders"
ALTER TABLE `orders` DROP COLUMN `estimated_delivery`;
-- reverse: create index "event_user_id_id" to table: "events"
DROP INDEX `event_user_id_id`;
