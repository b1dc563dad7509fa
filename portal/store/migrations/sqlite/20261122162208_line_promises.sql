-- +goose Up
-- create index "orderline_promised_date" to table: "order_lines"
CREATE INDEX `orderline_promised_date` ON `order_lines` (`promised_date`) WHERE promised_date IS NOT NULL;

-- +goose Down
-- reverse: create index "orderline_promised_date" to table: "order_lines"
DROP INDEX `orderline_promised_date`;
