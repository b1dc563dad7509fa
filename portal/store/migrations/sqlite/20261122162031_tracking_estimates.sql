-- +goose Up
-- add column "estimated_delivery" to table: "tracking_events"
ALTER TABLE `tracking_events` ADD COLUMN `estimated_delivery` datetime NULL;
-- create index "parcelreport_tracking_key" to table: "parcel_reports"
CREATE INDEX `parcelreport_tracking_key` ON `parcel_reports` (`tracking_key`);

-- +goose Down
-- reverse: create index "parcelreport_tracking_key" to table: "parcel_reports"
DROP INDEX `parcelreport_tracking_key`;
-- reverse: add column "estimated_delivery" to table: "tracking_events"
ALTER TABLE `tracking_events` DROP COLUMN `estimated_delivery`;
