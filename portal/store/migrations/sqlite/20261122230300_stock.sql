-- +goose Up
-- portal/stock: how many of what lie where, for which orders they are held, and
-- what moved. Whoever changes anything of a variant's stock holds its row of
-- stock_items first.
CREATE TABLE stock_items (
  variant_id text NOT NULL PRIMARY KEY
);
CREATE TABLE stock_levels (
  variant_id text NOT NULL,
  location_id text NOT NULL,
  on_hand integer NOT NULL,
  allocated integer NOT NULL CHECK (allocated >= 0),
  reserved integer NOT NULL CHECK (reserved >= 0),
  fed_at datetime NULL,
  fed_version integer NULL,
  counted_at datetime NULL,
  version integer NOT NULL,
  PRIMARY KEY (variant_id, location_id)
);
CREATE INDEX stock_levels_location_id ON stock_levels (location_id);
CREATE TABLE stock_reservations (
  id integer PRIMARY KEY AUTOINCREMENT,
  order_id text NOT NULL,
  line_id text NOT NULL,
  variant_id text NOT NULL,
  location_id text NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  kind text NOT NULL,
  expires_at datetime NULL,
  created_at datetime NOT NULL,
  CHECK ((location_id IS NOT NULL) = (kind IN ('RESERVED', 'ALLOCATED')))
);
CREATE INDEX stock_reservations_order_id ON stock_reservations (order_id);
CREATE INDEX stock_reservations_variant_id_kind ON stock_reservations (variant_id, kind);
CREATE INDEX stock_reservations_expires_at ON stock_reservations (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE stock_movements (
  id integer PRIMARY KEY AUTOINCREMENT,
  variant_id text NOT NULL,
  location_id text NOT NULL,
  kind text NOT NULL,
  on_hand integer NOT NULL,
  allocated integer NOT NULL,
  reserved integer NOT NULL,
  order_id text NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  reason text NOT NULL,
  occurred_at datetime NOT NULL
);
CREATE INDEX stock_movements_variant_id_location_id ON stock_movements (variant_id, location_id, id);

-- +goose Down
DROP TABLE stock_movements;
DROP TABLE stock_reservations;
DROP TABLE stock_levels;
DROP TABLE stock_items;
