-- +goose Up
-- portal/catalog: for whom a product is that is not for everybody, by the id of an
-- organization or of a segment; and who is in a segment. portal/access reads both.
CREATE TABLE product_audiences (
  audience_id text NOT NULL,
  product_id text NOT NULL,
  PRIMARY KEY (audience_id, product_id)
);
CREATE INDEX product_audiences_product_id ON product_audiences (product_id);
CREATE TABLE segment_members (
  organization_id text NOT NULL,
  segment_id text NOT NULL,
  PRIMARY KEY (organization_id, segment_id)
);
CREATE INDEX segment_members_segment_id ON segment_members (segment_id);

-- +goose Down
DROP TABLE segment_members;
DROP TABLE product_audiences;
