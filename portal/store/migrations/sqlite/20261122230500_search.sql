-- +goose Up
-- portal/search: the index of the catalog, and what was searched for in vain.

-- What has changed and is not in the index yet: the id of a product, a category or
-- a product type. Nothing is ever overwritten here, so that a change which is
-- committed while another one is being indexed is not lost.
CREATE TABLE search_dirty (
  id integer PRIMARY KEY AUTOINCREMENT,
  ref text NOT NULL
);

-- Each product as everybody finds it (staff = 0, only if it is offered), and as the
-- staff find it who see everything (staff = 1).
CREATE TABLE search_docs (
  id integer PRIMARY KEY,
  staff integer NOT NULL,
  product_id text NOT NULL,
  head text NOT NULL,
  facets text NOT NULL,
  texts text NOT NULL,
  terms text NOT NULL,
  open integer NOT NULL
);
CREATE UNIQUE INDEX search_docs_product ON search_docs (product_id, staff);

CREATE VIRTUAL TABLE search_public USING fts5 (
  name, keys, attributes, body, filter,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3 4'
);
CREATE VIRTUAL TABLE search_staff USING fts5 (
  name, keys, attributes, body, filter,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3 4'
);

-- The words of the catalog, with how many products have them: of those that are for
-- everybody, and of all.
CREATE TABLE search_terms (
  term text NOT NULL PRIMARY KEY,
  display text NOT NULL,
  sku integer NOT NULL,
  open_docs integer NOT NULL,
  staff_docs integer NOT NULL
) WITHOUT ROWID;
CREATE TABLE search_grams (
  gram text NOT NULL,
  length integer NOT NULL,
  term text NOT NULL,
  PRIMARY KEY (gram, length, term)
) WITHOUT ROWID;

CREATE TABLE search_miss_filters (
  miss_id text NOT NULL,
  filter text NOT NULL,
  count integer NOT NULL,
  PRIMARY KEY (miss_id, filter)
);
CREATE TABLE search_followers (
  miss_id text NOT NULL,
  user_id text NOT NULL,
  organization_id text NOT NULL,
  since datetime NOT NULL,
  PRIMARY KEY (miss_id, user_id)
);
CREATE INDEX search_followers_user_id ON search_followers (user_id);

-- +goose StatementBegin
CREATE TRIGGER search_products_insert AFTER INSERT ON products BEGIN
  INSERT INTO search_dirty (ref) VALUES (NEW.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_products_update AFTER UPDATE ON products BEGIN
  INSERT INTO search_dirty (ref) VALUES (NEW.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_products_delete AFTER DELETE ON products BEGIN
  INSERT INTO search_dirty (ref) VALUES (OLD.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_product_variants_insert AFTER INSERT ON product_variants BEGIN
  INSERT INTO search_dirty (ref) VALUES (NEW.product_id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_product_variants_update AFTER UPDATE ON product_variants BEGIN
  INSERT INTO search_dirty (ref) VALUES (NEW.product_id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_product_variants_delete AFTER DELETE ON product_variants BEGIN
  INSERT INTO search_dirty (ref) VALUES (OLD.product_id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_categories_update AFTER UPDATE ON categories BEGIN
  INSERT INTO search_dirty (ref) VALUES (NEW.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_categories_delete AFTER DELETE ON categories BEGIN
  INSERT INTO search_dirty (ref) VALUES (OLD.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_product_types_update AFTER UPDATE ON product_types BEGIN
  INSERT INTO search_dirty (ref) VALUES (NEW.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_product_types_delete AFTER DELETE ON product_types BEGIN
  INSERT INTO search_dirty (ref) VALUES (OLD.id);
END;
-- +goose StatementEnd
-- What there is already is indexed by the first run of the job.
INSERT INTO search_dirty (ref) SELECT id FROM products;

-- +goose Down
DROP TRIGGER search_products_insert;
DROP TRIGGER search_products_update;
DROP TRIGGER search_products_delete;
DROP TRIGGER search_product_variants_insert;
DROP TRIGGER search_product_variants_update;
DROP TRIGGER search_product_variants_delete;
DROP TRIGGER search_categories_update;
DROP TRIGGER search_categories_delete;
DROP TRIGGER search_product_types_update;
DROP TRIGGER search_product_types_delete;
DROP TABLE search_followers;
DROP TABLE search_miss_filters;
DROP TABLE search_grams;
DROP TABLE search_terms;
DROP TABLE search_staff;
DROP TABLE search_public;
DROP TABLE search_docs;
DROP TABLE search_dirty;
