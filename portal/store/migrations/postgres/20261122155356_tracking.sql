-- +goose Up
-- create index "event_user_id_id" to table: "events"
CREATE INDEX "event_user_id_id" ON "events" ("user_id", "id");
-- modify "order_lines" table
ALTER TABLE "order_lines" ADD COLUMN "promised_date" timestamptz NULL, ADD COLUMN "promise_reason" character varying NULL;
-- modify "orders" table
ALTER TABLE "orders" ADD COLUMN "estimated_delivery" timestamptz NULL, ADD COLUMN "delay_cause" character varying NULL, ADD COLUMN "delayed_at" timestamptz NULL, ADD COLUMN "contact_email" character varying NULL;
-- modify "shipments" table
ALTER TABLE "shipments" ADD COLUMN "tracking_key" character varying NULL;
-- create index "shipment_tracking_key" to table: "shipments"
CREATE INDEX "shipment_tracking_key" ON "shipments" ("tracking_key");
-- modify "users" table
ALTER TABLE "users" ADD COLUMN "notification_settings" jsonb NULL;
-- create "notifications" table
CREATE TABLE "notifications" ("id" character varying NOT NULL, "user_id" character varying NOT NULL, "organization_id" character varying NULL, "order_id" character varying NULL, "kind" character varying NOT NULL, "data" jsonb NOT NULL, "dedup_key" character varying NOT NULL, "created_at" timestamptz NOT NULL, "read_at" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "notification_created_at_id" to table: "notifications"
CREATE INDEX "notification_created_at_id" ON "notifications" ("created_at", "id");
-- create index "notification_kind" to table: "notifications"
CREATE INDEX "notification_kind" ON "notifications" ("kind");
-- create index "notification_order_id" to table: "notifications"
CREATE INDEX "notification_order_id" ON "notifications" ("order_id");
-- create index "notification_read_at" to table: "notifications"
CREATE INDEX "notification_read_at" ON "notifications" ("read_at");
-- create index "notification_user_id_created_at_id" to table: "notifications"
CREATE INDEX "notification_user_id_created_at_id" ON "notifications" ("user_id", "created_at", "id");
-- create index "notification_user_id_dedup_key" to table: "notifications"
CREATE UNIQUE INDEX "notification_user_id_dedup_key" ON "notifications" ("user_id", "dedup_key");
-- create "parcel_reports" table
CREATE TABLE "parcel_reports" ("id" character varying NOT NULL, "carrier" character varying NOT NULL, "tracking_number" character varying NOT NULL, "tracking_key" character varying NOT NULL, "dedup_key" character varying NOT NULL, "status" character varying NOT NULL, "occurred_at" timestamptz NOT NULL, "received_at" timestamptz NOT NULL, "estimated_delivery" timestamptz NULL, "location" character varying NULL, "message" character varying NULL, "external_id" character varying NULL, "problem" character varying NOT NULL, "state" character varying NOT NULL DEFAULT 'WAITING', "shipment_id" character varying NULL, "handled_at" timestamptz NULL, "dismiss_reason" character varying NULL, PRIMARY KEY ("id"));
-- create index "parcelreport_carrier_tracking_key_dedup_key" to table: "parcel_reports"
CREATE UNIQUE INDEX "parcelreport_carrier_tracking_key_dedup_key" ON "parcel_reports" ("carrier", "tracking_key", "dedup_key");
-- create index "parcelreport_problem" to table: "parcel_reports"
CREATE INDEX "parcelreport_problem" ON "parcel_reports" ("problem");
-- create index "parcelreport_received_at_id" to table: "parcel_reports"
CREATE INDEX "parcelreport_received_at_id" ON "parcel_reports" ("received_at", "id");
-- create index "parcelreport_state_received_at" to table: "parcel_reports"
CREATE INDEX "parcelreport_state_received_at" ON "parcel_reports" ("state", "received_at");
-- create index "parcelreport_tracking_number" to table: "parcel_reports"
CREATE INDEX "parcelreport_tracking_number" ON "parcel_reports" ("tracking_number");

-- +goose Down
-- reverse: create index "parcelreport_tracking_number" to table: "parcel_reports"
DROP INDEX "parcelreport_tracking_number";
-- reverse: create index "parcelreport_state_received_at" to table: "parcel_reports"
DROP INDEX "parcelreport_state_received_at";
-- reverse: create index "parcelreport_received_at_id" to table: "parcel_reports"
DROP INDEX "parcelreport_received_at_id";
-- reverse: create index "parcelreport_problem" to table: "parcel_reports"
DROP INDEX "parcelreport_problem";
-- reverse: create index "parcelreport_carrier_tracking_key_dedup_key" to table: "parcel_reports"
DROP INDEX "parcelreport_carrier_tracking_key_dedup_key";
-- reverse: create "parcel_reports" table
DROP TABLE "parcel_reports";
-- reverse: create index "notification_user_id_dedup_key" to table: "notifications"
DROP INDEX "notification_user_id_dedup_key";
-- reverse: create index "notification_user_id_created_at_id" to table: "notifications"
DROP INDEX "notification_user_id_created_at_id";
-- reverse: create index "notification_read_at" to table: "notifications"
DROP INDEX "notification_read_at";
-- reverse: create index "notification_order_id" to table: "notifications"
DROP INDEX "notification_order_id";
-- reverse: create index "notification_kind" to table: "notifications"
DROP INDEX "notification_kind";
-- reverse: create index "notification_created_at_id" to table: "notifications"
DROP INDEX "notification_created_at_id";
-- reverse: create "notifications" table
DROP TABLE "notifications";
-- reverse: modify "users" table
ALTER TABLE "users" DROP COLUMN "notification_settings";
-- reverse: create index "shipment_tracking_key" to table: "shipments"
DROP INDEX "shipment_tracking_key";
-- reverse: modify "shipments" table
ALTER TABLE "shipments" DROP COLUMN "tracking_key";
-- reverse: modify "orders" table
ALTER TABLE "orders" DROP COLUMN "contact_email", DROP COLUMN "delayed_at", DROP COLUMN "delay_cause", DROP COLUMN "estimated_delivery";
-- reverse: modify "order_lines" table
ALTER TABLE "order_lines" DROP COLUMN "promise_reason", DROP COLUMN "promised_date";
-- reverse: create index "event_user_id_id" to table: "events"
DROP INDEX "event_user_id_id";
