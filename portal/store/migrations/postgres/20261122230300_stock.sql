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
  on_hand bigint NOT NULL,
  allocated bigint NOT NULL CHECK (allocated >= 0),
  reserved bigint NOT NULL CHECK (reserved >= 0),
  fed_at timestamptz NULL,
  fed_version bigint NULL,
  counted_at timestamptz NULL,
  version bigint NOT NULL,
  PRIMARY KEY (variant_id, location_id)
);
CREATE INDEX stock_levels_location_id ON stock_levels (location_id);
CREATE TABLE stock_reservations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id text NOT NULL,
  line_id text NOT NULL,
  variant_id text NOT NULL,
  location_id text NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  kind text NOT NULL,
  expires_at timestamptz NULL,
  created_at timestamptz NOT NULL,
  CHECK ((location_id IS NOT NULL) = (kind IN ('RESERVED', 'ALLOCATED')))
);
CREATE INDEX stock_reservations_order_id ON stock_reservations (order_id);
CREATE INDEX stock_reservations_variant_id_kind ON stock_reservations (variant_id, kind);
CREATE INDEX stock_reservations_expires_at ON stock_reservations (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE stock_movements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  variant_id text NOT NULL,
  location_id text NOT NULL,
  kind text NOT NULL,
  on_hand bigint NOT NULL,
  allocated bigint NOT NULL,
  reserved bigint NOT NULL,
  order_id text NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  reason text NOT NULL,
  occurred_at timestamptz NOT NULL
);
CREATE INDEX stock_movements_variant_id_location_id ON stock_movements (variant_id, location_id, id);

-- +goose Down
DROP TABLE stock_movements;
DROP TABLE stock_reservations;
DROP TABLE stock_levels;
DROP TABLE stock_items;
