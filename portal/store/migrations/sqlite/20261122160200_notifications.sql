-- +goose Up
-- Plain tables of portal/notifications, outside the model.
-- A delivery is one notification by one channel. gathered: it waits for others
-- and is sent in one mail with them. claimed_until: somebody is sending it.
-- reached: keys of devices that have a push message already.
CREATE TABLE deliveries (
  notification_id text NOT NULL,
  channel text NOT NULL,
  user_id text NOT NULL,
  due_at datetime NOT NULL,
  gathered integer NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL,
  claimed_until datetime NULL,
  reached text NOT NULL,
  sent_at datetime NULL,
  error text NOT NULL,
  created_at datetime NOT NULL,
  PRIMARY KEY (notification_id, channel)
);
CREATE INDEX deliveries_user_state ON deliveries (user_id, state, due_at);
CREATE INDEX deliveries_created_at ON deliveries (created_at);
-- A browser or device that takes push messages; its endpoint is known to nobody else.
CREATE TABLE push_devices (
  device_key text PRIMARY KEY,
  user_id text NOT NULL,
  endpoint text NOT NULL UNIQUE,
  p256dh text NOT NULL,
  auth text NOT NULL,
  name text NOT NULL,
  created_at datetime NOT NULL
);
CREATE INDEX push_devices_user ON push_devices (user_id);
-- The address that the channel WEBHOOK calls for a person, and the secret that signs its calls.
CREATE TABLE notification_hooks (
  user_id text PRIMARY KEY,
  url text NOT NULL,
  secret text NOT NULL,
  created_at datetime NOT NULL
);

-- +goose Down
DROP TABLE notification_hooks;
DROP TABLE push_devices;
DROP TABLE deliveries;
