-- +goose Up
-- portal/parcels: who may report by webhook, and with which secret. The one
-- before the last rotation is good for a day more.
CREATE TABLE carrier_hooks (
  code text PRIMARY KEY,
  format text NOT NULL,
  secret text NOT NULL,
  previous_secret text NOT NULL DEFAULT '',
  rotated_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);
-- Tracking numbers as they are compared, as orders.TrackingKey makes them.
UPDATE shipments SET tracking_key = nullif(regexp_replace(upper(tracking_number COLLATE "C"), '[^A-Z0-9]' COLLATE "C", '', 'g'), '')
WHERE tracking_number IS NOT NULL AND tracking_key IS NULL;

-- +goose Down
DROP TABLE carrier_hooks;
