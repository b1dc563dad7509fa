-- +goose Up
-- portal/search: the index of the catalog, and what was searched for in vain.

-- What has changed and is not in the index yet: the id of a product, a category or
-- a product type. Nothing is ever overwritten here, so that a change which is
-- committed while another one is being indexed is not lost.
CREATE TABLE search_dirty (
  id bigserial PRIMARY KEY,
  ref text NOT NULL
);

-- Each product as everybody finds it (not staff, only if it is offered), and as the
-- staff find it who see everything (staff).
CREATE TABLE search_docs (
  id bigserial PRIMARY KEY,
  staff boolean NOT NULL,
  product_id text NOT NULL,
  head text NOT NULL,
  facets text NOT NULL,
  texts text NOT NULL,
  terms text NOT NULL,
  open boolean NOT NULL,
  vector tsvector NOT NULL
);
CREATE UNIQUE INDEX search_docs_product ON search_docs (product_id, staff);

CREATE INDEX search_docs_public ON search_docs USING gin (vector) WITH (fastupdate = off) WHERE NOT staff;
CREATE INDEX search_docs_staff ON search_docs USING gin (vector) WITH (fastupdate = off) WHERE staff;

-- The words of the catalog, with how many products have them: of those that are for
-- everybody, and of all.
CREATE TABLE search_terms (
  term text NOT NULL PRIMARY KEY,
  display text NOT NULL,
  sku boolean NOT NULL,
  open_docs integer NOT NULL,
  staff_docs integer NOT NULL
);
CREATE TABLE search_grams (
  gram text NOT NULL,
  length integer NOT NULL,
  term text NOT NULL,
  PRIMARY KEY (gram, length, term)
);

CREATE TABLE search_miss_filters (
  miss_id text NOT NULL,
  filter text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (miss_id, filter)
);
CREATE TABLE search_followers (
  miss_id text NOT NULL,
  user_id text NOT NULL,
  organization_id text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (miss_id, user_id)
);
CREATE INDEX search_followers_user_id ON search_followers (user_id);

-- A statement that writes many rows leaves one mark for each product.
-- +goose StatementBegin
CREATE FUNCTION search_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO search_dirty (ref) SELECT DISTINCT %I FROM changed', TG_ARGV[0]);
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER search_products_insert AFTER INSERT ON products REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('id');
CREATE TRIGGER search_products_update AFTER UPDATE ON products REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('id');
CREATE TRIGGER search_products_delete AFTER DELETE ON products REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('id');
CREATE TRIGGER search_product_variants_insert AFTER INSERT ON product_variants REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('product_id');
CREATE TRIGGER search_product_variants_update AFTER UPDATE ON product_variants REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('product_id');
CREATE TRIGGER search_product_variants_delete AFTER DELETE ON product_variants REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('product_id');
CREATE TRIGGER search_categories_update AFTER UPDATE ON categories REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('id');
CREATE TRIGGER search_categories_delete AFTER DELETE ON categories REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('id');
CREATE TRIGGER search_product_types_update AFTER UPDATE ON product_types REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('id');
CREATE TRIGGER search_product_types_delete AFTER DELETE ON product_types REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_mark('id');
-- What there is already is indexed by the first run of the job.
INSERT INTO search_dirty (ref) SELECT id FROM products;

-- +goose Down
DROP TRIGGER search_products_insert ON products;
DROP TRIGGER search_products_update ON products;
DROP TRIGGER search_products_delete ON products;
DROP TRIGGER search_product_variants_insert ON product_variants;
DROP TRIGGER search_product_variants_update ON product_variants;
DROP TRIGGER search_product_variants_delete ON product_variants;
DROP TRIGGER search_categories_update ON categories;
DROP TRIGGER search_categories_delete ON categories;
DROP TRIGGER search_product_types_update ON product_types;
DROP TRIGGER search_product_types_delete ON product_types;
DROP FUNCTION search_mark();
DROP TABLE search_followers;
DROP TABLE search_miss_filters;
DROP TABLE search_grams;
DROP TABLE search_terms;
DROP TABLE search_docs;
DROP TABLE search_dirty;
