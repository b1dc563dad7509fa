-- +goose Up
-- create index "parcelreport_tracking_key" to table: "parcel_reports"
CREATE INDEX "parcelreport_tracking_key" ON "parcel_reports" ("tracking_key");
-- modify "tracking_events" table
ALTER TABLE "tracking_events" ADD COLUMN "estimated_delivery" timestamptz NULL;

-- +goose Down
-- reverse: modify "tracking_events" table
ALTER TABLE "tracking_events" DROP COLUMN "estimated_delivery";
-- reverse: create index "parcelreport_tracking_key" to table: "parcel_reports"
DROP INDEX "parcelreport_tracking_key";
