-- +goose Up
-- portal/prices: what variants cost in price lists, from a quantity on; and for
-- whom the lists are, by the id of an organization or a segment, '' for everybody.
CREATE TABLE list_prices (
  variant_id text NOT NULL,
  price_list_id text NOT NULL,
  minimum_quantity integer NOT NULL CHECK (minimum_quantity > 0),
  unit_minor bigint NOT NULL CHECK (unit_minor >= 0),
  PRIMARY KEY (variant_id, price_list_id, minimum_quantity)
) WITHOUT ROWID;
CREATE INDEX list_prices_price_list_id ON list_prices (price_list_id, variant_id);
CREATE TABLE price_list_assignments (
  audience_id text NOT NULL,
  price_list_id text NOT NULL,
  priority integer NOT NULL,
  PRIMARY KEY (audience_id, price_list_id)
) WITHOUT ROWID;
CREATE INDEX price_list_assignments_price_list_id ON price_list_assignments (price_list_id);

-- +goose Down
DROP TABLE price_list_assignments;
DROP TABLE list_prices;
