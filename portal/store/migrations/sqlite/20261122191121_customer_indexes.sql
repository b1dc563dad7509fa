-- +goose Up
-- create index "event_organization_id_occurred_at_id" to table: "events"
CREATE INDEX `event_organization_id_occurred_at_id` ON `events` (`organization_id`, `occurred_at`, `id`);
-- create index "order_delay_cause" to table: "orders"
CREATE INDEX `order_delay_cause` ON `orders` (`delay_cause`) WHERE delay_cause IS NOT NULL;

-- +goose Down
-- reverse: create index "order_delay_cause" to table: "orders"
DROP INDEX `order_delay_cause`;
-- reverse: create index "event_organization_id_occurred_at_id" to table: "events"
DROP INDEX `event_organization_id_occurred_at_id`;
