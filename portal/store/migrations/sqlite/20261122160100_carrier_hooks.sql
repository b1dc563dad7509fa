-- +goose Up
-- portal/parcels: who may report by webhook, and with which secret. The one
-- before the last rotation is good for a day more.
CREATE TABLE carrier_hooks (
  code text PRIMARY KEY,
  format text NOT NULL,
  secret text NOT NULL,
  previous_secret text NOT NULL DEFAULT '',
  rotated_at datetime NOT NULL,
  created_at datetime NOT NULL
);
-- Tracking numbers as they are compared, as orders.TrackingKey makes them.
UPDATE shipments SET tracking_key = nullif((
  WITH RECURSIVE k(i, key) AS (
    SELECT 0, ''
    UNION ALL
    SELECT i + 1, key || CASE WHEN upper(substr(tracking_number, i + 1, 1)) GLOB '[A-Z0-9]' THEN upper(substr(tracking_number, i + 1, 1)) ELSE '' END
    FROM k WHERE i < length(tracking_number)
  ) SELECT key FROM k ORDER BY i DESC LIMIT 1), '')
WHERE tracking_number IS NOT NULL AND tracking_key IS NULL;

-- +goose Down
DROP TABLE carrier_hooks;
