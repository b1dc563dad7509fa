-- +goose Up
-- portal/catalog: which product replaces which, as products.related says it, so
-- that the way back is found by an index.
CREATE TABLE product_replacements (
  replaced_id text NOT NULL,
  product_id text NOT NULL,
  PRIMARY KEY (replaced_id, product_id)
);
CREATE INDEX product_replacements_product_id ON product_replacements (product_id);

-- +goose Down
DROP TABLE product_replacements;
