-- +goose Up
-- create index "configuration_status" to table: "configurations"
CREATE INDEX "configuration_status" ON "configurations" ("status");
-- create index "configuration_turn" to table: "configurations"
CREATE INDEX "configuration_turn" ON "configurations" ("turn");

-- +goose Down
DROP INDEX "configuration_turn";
DROP INDEX "configuration_status";
