-- +goose Up
-- create "stock_locations" table
CREATE TABLE "stock_locations" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "source" character varying NULL, "external_id" character varying NULL, "external_version" bigint NULL, "external_digest" character varying NULL, "key" character varying NOT NULL, "name" character varying NOT NULL, "address" jsonb NULL, "status" character varying NOT NULL DEFAULT 'ACTIVE', "priority" bigint NOT NULL DEFAULT 100, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "stocklocation_key" to table: "stock_locations"
CREATE UNIQUE INDEX "stocklocation_key" ON "stock_locations" ("key");
-- create index "stocklocation_source_external_id" to table: "stock_locations"
CREATE UNIQUE INDEX "stocklocation_source_external_id" ON "stock_locations" ("source", "external_id");
-- modify "order_lines" table
ALTER TABLE "order_lines" ADD COLUMN "quantity_cancelled" bigint NOT NULL DEFAULT 0, ADD COLUMN "note" character varying NULL, ADD COLUMN "price_explanation" jsonb NULL, ADD COLUMN "tax_basis_points" bigint NOT NULL DEFAULT 0;
-- modify "orders" table
ALTER TABLE "orders" ADD COLUMN "remark" character varying NULL, ADD COLUMN "shipping_method" character varying NULL, ADD COLUMN "calculation" jsonb NULL;
-- create "segments" table
CREATE TABLE "segments" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "name" character varying NOT NULL, "description" character varying NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "segment_key" to table: "segments"
CREATE UNIQUE INDEX "segment_key" ON "segments" ("key");
-- create "search_misses" table
CREATE TABLE "search_misses" ("id" character varying NOT NULL, "term" character varying NOT NULL, "count" bigint NOT NULL DEFAULT 1, "people" bigint NOT NULL DEFAULT 0, "first_at" timestamptz NOT NULL, "last_at" timestamptz NOT NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "hidden" boolean NULL, "answer" character varying NULL, "answer_data" jsonb NULL, "version" bigint NOT NULL DEFAULT 1, "merged_into_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "search_misses_search_misses_merged" FOREIGN KEY ("merged_into_id") REFERENCES "search_misses" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "searchmiss_count_id" to table: "search_misses"
CREATE INDEX "searchmiss_count_id" ON "search_misses" ("count", "id");
-- create index "searchmiss_last_at_id" to table: "search_misses"
CREATE INDEX "searchmiss_last_at_id" ON "search_misses" ("last_at", "id");
-- create index "searchmiss_merged_into_id" to table: "search_misses"
CREATE INDEX "searchmiss_merged_into_id" ON "search_misses" ("merged_into_id");
-- create index "searchmiss_status_count" to table: "search_misses"
CREATE INDEX "searchmiss_status_count" ON "search_misses" ("status", "count");
-- create index "searchmiss_term" to table: "search_misses"
CREATE UNIQUE INDEX "searchmiss_term" ON "search_misses" ("term");
-- create "price_lists" table
CREATE TABLE "price_lists" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "source" character varying NULL, "external_id" character varying NULL, "external_version" bigint NULL, "external_digest" character varying NULL, "key" character varying NOT NULL, "name" character varying NOT NULL, "currency" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'ACTIVE', "valid_from" timestamptz NULL, "valid_to" timestamptz NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "pricelist_key" to table: "price_lists"
CREATE UNIQUE INDEX "pricelist_key" ON "price_lists" ("key");
-- create index "pricelist_source_external_id" to table: "price_lists"
CREATE UNIQUE INDEX "pricelist_source_external_id" ON "price_lists" ("source", "external_id");
-- create "approvals" table
CREATE TABLE "approvals" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "organization_id" character varying NOT NULL, "pending_order_id" character varying NULL, "status" character varying NOT NULL DEFAULT 'PENDING', "cause" jsonb NOT NULL, "requested_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "decided_at" timestamptz NULL, "comment" character varying NULL, "version" bigint NOT NULL DEFAULT 1, "order_id" character varying NOT NULL, "user_id" character varying NULL, "approver_id" character varying NULL, "decided_by_id" character varying NULL, "delegator_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "approvals_orders_order" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "approvals_users_approver" FOREIGN KEY ("approver_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "approvals_users_decided_by" FOREIGN KEY ("decided_by_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "approvals_users_delegator" FOREIGN KEY ("delegator_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "approvals_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "approval_approver_id" to table: "approvals"
CREATE INDEX "approval_approver_id" ON "approvals" ("approver_id");
-- create index "approval_decided_by_id" to table: "approvals"
CREATE INDEX "approval_decided_by_id" ON "approvals" ("decided_by_id");
-- create index "approval_delegator_id" to table: "approvals"
CREATE INDEX "approval_delegator_id" ON "approvals" ("delegator_id");
-- create index "approval_order_id_requested_at" to table: "approvals"
CREATE INDEX "approval_order_id_requested_at" ON "approvals" ("order_id", "requested_at");
-- create index "approval_organization_id" to table: "approvals"
CREATE INDEX "approval_organization_id" ON "approvals" ("organization_id");
-- create index "approval_organization_id_requested_at_id" to table: "approvals"
CREATE INDEX "approval_organization_id_requested_at_id" ON "approvals" ("organization_id", "requested_at", "id");
-- create index "approval_pending_order_id" to table: "approvals"
CREATE UNIQUE INDEX "approval_pending_order_id" ON "approvals" ("pending_order_id");
-- create index "approval_requested_at_id" to table: "approvals"
CREATE INDEX "approval_requested_at_id" ON "approvals" ("requested_at", "id");
-- create index "approval_status_expires_at" to table: "approvals"
CREATE INDEX "approval_status_expires_at" ON "approvals" ("status", "expires_at");
-- create index "approval_user_id" to table: "approvals"
CREATE INDEX "approval_user_id" ON "approvals" ("user_id");
-- modify "organizations" table
ALTER TABLE "organizations" ADD COLUMN "addresses" jsonb NULL, ADD COLUMN "currency" character varying NULL, ADD COLUMN "vat_id" character varying NULL;
-- create "carts" table
CREATE TABLE "carts" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "name" character varying NOT NULL DEFAULT '', "open_name" character varying NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "currency" character varying NOT NULL, "purchase_order_number" character varying NULL, "ship_to" jsonb NULL, "bill_to" jsonb NULL, "requested_date" timestamptz NULL, "remark" character varying NULL, "shipping_method" character varying NULL, "discount_basis_points" bigint NOT NULL DEFAULT 0, "discount_reason" character varying NULL, "version" bigint NOT NULL DEFAULT 1, "organization_id" character varying NOT NULL, "user_id" character varying NULL, "order_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "carts_orders_order" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "carts_organizations_organization" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "carts_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "cart_order_id" to table: "carts"
CREATE INDEX "cart_order_id" ON "carts" ("order_id");
-- create index "cart_organization_id" to table: "carts"
CREATE INDEX "cart_organization_id" ON "carts" ("organization_id");
-- create index "cart_organization_id_user_id_open_name" to table: "carts"
CREATE UNIQUE INDEX "cart_organization_id_user_id_open_name" ON "carts" ("organization_id", "user_id", "open_name");
-- create index "cart_updated_at_id" to table: "carts"
CREATE INDEX "cart_updated_at_id" ON "carts" ("updated_at", "id");
-- create index "cart_user_id" to table: "carts"
CREATE INDEX "cart_user_id" ON "carts" ("user_id");
-- modify "product_variants" table
ALTER TABLE "product_variants" ADD COLUMN "weight_grams" bigint NULL, ADD COLUMN "unit" character varying NOT NULL DEFAULT 'piece', ADD COLUMN "minimum_quantity" bigint NOT NULL DEFAULT 1, ADD COLUMN "quantity_step" bigint NOT NULL DEFAULT 1, ADD COLUMN "maximum_quantity" bigint NULL, ADD COLUMN "stock_policy" character varying NOT NULL DEFAULT 'STOCK', ADD COLUMN "lead_days" bigint NULL, ADD COLUMN "available_from" timestamptz NULL;
-- create "cart_lines" table
CREATE TABLE "cart_lines" ("id" character varying NOT NULL, "organization_id" character varying NOT NULL, "user_id" character varying NULL, "position" bigint NOT NULL, "quantity" bigint NOT NULL, "note" character varying NULL, "seen_unit_minor" bigint NULL, "discount_basis_points" bigint NOT NULL DEFAULT 0, "added_at" timestamptz NOT NULL, "cart_id" character varying NOT NULL, "variant_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "cart_lines_carts_cart" FOREIGN KEY ("cart_id") REFERENCES "carts" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "cart_lines_product_variants_variant" FOREIGN KEY ("variant_id") REFERENCES "product_variants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "cartline_cart_id_position" to table: "cart_lines"
CREATE INDEX "cartline_cart_id_position" ON "cart_lines" ("cart_id", "position");
-- create index "cartline_cart_id_variant_id" to table: "cart_lines"
CREATE UNIQUE INDEX "cartline_cart_id_variant_id" ON "cart_lines" ("cart_id", "variant_id");
-- create index "cartline_organization_id" to table: "cart_lines"
CREATE INDEX "cartline_organization_id" ON "cart_lines" ("organization_id");
-- create index "cartline_user_id" to table: "cart_lines"
CREATE INDEX "cartline_user_id" ON "cart_lines" ("user_id");
-- create index "cartline_variant_id" to table: "cart_lines"
CREATE INDEX "cartline_variant_id" ON "cart_lines" ("variant_id");
-- create "product_types" table
CREATE TABLE "product_types" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "source" character varying NULL, "external_id" character varying NULL, "external_version" bigint NULL, "external_digest" character varying NULL, "key" character varying NOT NULL, "name" character varying NOT NULL, "attributes" jsonb NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "producttype_key" to table: "product_types"
CREATE UNIQUE INDEX "producttype_key" ON "product_types" ("key");
-- create index "producttype_source_external_id" to table: "product_types"
CREATE UNIQUE INDEX "producttype_source_external_id" ON "product_types" ("source", "external_id");
-- modify "products" table
ALTER TABLE "products" ADD COLUMN "attributes" jsonb NULL, ADD COLUMN "restricted" boolean NOT NULL DEFAULT false, ADD COLUMN "tax_category" character varying NOT NULL DEFAULT 'STANDARD', ADD COLUMN "related" jsonb NULL, ADD COLUMN "keywords" character varying NULL, ADD COLUMN "internal_text" text NULL, ADD COLUMN "version" bigint NOT NULL DEFAULT 1, ADD COLUMN "type_id" character varying NULL, ADD CONSTRAINT "products_product_types_type" FOREIGN KEY ("type_id") REFERENCES "product_types" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create index "product_type_id" to table: "products"
CREATE INDEX "product_type_id" ON "products" ("type_id");
-- create "files" table
CREATE TABLE "files" ("id" character varying NOT NULL, "organization_id" character varying NULL, "user_id" character varying NULL, "uploader_id" character varying NULL, "kind" character varying NOT NULL, "name" character varying NOT NULL, "text" character varying NULL, "content_type" character varying NOT NULL, "bytes" bigint NOT NULL, "sha256" character varying NOT NULL, "storage_key" character varying NOT NULL, "width" bigint NULL, "height" bigint NULL, "sizes" jsonb NULL, "position" bigint NOT NULL DEFAULT 0, "created_at" timestamptz NOT NULL, "product_id" character varying NULL, "cart_id" character varying NULL, "order_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "files_carts_cart" FOREIGN KEY ("cart_id") REFERENCES "carts" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "files_orders_order" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "files_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "file_cart_id" to table: "files"
CREATE INDEX "file_cart_id" ON "files" ("cart_id");
-- create index "file_order_id" to table: "files"
CREATE INDEX "file_order_id" ON "files" ("order_id");
-- create index "file_organization_id" to table: "files"
CREATE INDEX "file_organization_id" ON "files" ("organization_id");
-- create index "file_product_id_position" to table: "files"
CREATE INDEX "file_product_id_position" ON "files" ("product_id", "position");
-- create index "file_storage_key" to table: "files"
CREATE UNIQUE INDEX "file_storage_key" ON "files" ("storage_key");
-- create index "file_user_id" to table: "files"
CREATE INDEX "file_user_id" ON "files" ("user_id");
-- modify "categories" table
ALTER TABLE "categories" ADD COLUMN "description" character varying NULL, ADD COLUMN "position" bigint NOT NULL DEFAULT 0;
-- create "guides" table
CREATE TABLE "guides" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'DRAFT', "document" jsonb NOT NULL, "version" bigint NOT NULL DEFAULT 1, "category_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "guides_categories_category" FOREIGN KEY ("category_id") REFERENCES "categories" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "guide_category_id" to table: "guides"
CREATE INDEX "guide_category_id" ON "guides" ("category_id");
-- create index "guide_key" to table: "guides"
CREATE UNIQUE INDEX "guide_key" ON "guides" ("key");
-- create "rule_tables" table
CREATE TABLE "rule_tables" ("id" character varying NOT NULL, "kind" character varying NOT NULL, "number" bigint NOT NULL, "document" jsonb NOT NULL, "note" character varying NULL, "created_at" timestamptz NOT NULL, "user_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "rule_tables_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ruletable_kind_number" to table: "rule_tables"
CREATE UNIQUE INDEX "ruletable_kind_number" ON "rule_tables" ("kind", "number");
-- create index "ruletable_user_id" to table: "rule_tables"
CREATE INDEX "ruletable_user_id" ON "rule_tables" ("user_id");
-- modify "memberships" table
ALTER TABLE "memberships" ADD COLUMN "delegate_id" character varying NULL, ADD COLUMN "delegate_until" timestamptz NULL;
-- create "spending_limits" table
CREATE TABLE "spending_limits" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "period" character varying NOT NULL DEFAULT 'ORDER', "amount_minor" bigint NOT NULL, "currency" character varying NOT NULL, "version" bigint NOT NULL DEFAULT 1, "organization_id" character varying NOT NULL, "membership_id" character varying NULL, "role_id" character varying NULL, "approver_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "spending_limits_memberships_membership" FOREIGN KEY ("membership_id") REFERENCES "memberships" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "spending_limits_organizations_organization" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "spending_limits_roles_role" FOREIGN KEY ("role_id") REFERENCES "roles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "spending_limits_users_approver" FOREIGN KEY ("approver_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "spendinglimit_approver_id" to table: "spending_limits"
CREATE INDEX "spendinglimit_approver_id" ON "spending_limits" ("approver_id");
-- create index "spendinglimit_membership_id" to table: "spending_limits"
CREATE INDEX "spendinglimit_membership_id" ON "spending_limits" ("membership_id");
-- create index "spendinglimit_organization_id_membership_id_role_id_period" to table: "spending_limits"
CREATE INDEX "spendinglimit_organization_id_membership_id_role_id_period" ON "spending_limits" ("organization_id", "membership_id", "role_id", "period");
-- create index "spendinglimit_role_id" to table: "spending_limits"
CREATE INDEX "spendinglimit_role_id" ON "spending_limits" ("role_id");

-- +goose Down
-- reverse: create index "spendinglimit_role_id" to table: "spending_limits"
DROP INDEX "spendinglimit_role_id";
-- reverse: create index "spendinglimit_organization_id_membership_id_role_id_period" to table: "spending_limits"
DROP INDEX "spendinglimit_organization_id_membership_id_role_id_period";
-- reverse: create index "spendinglimit_membership_id" to table: "spending_limits"
DROP INDEX "spendinglimit_membership_id";
-- reverse: create index "spendinglimit_approver_id" to table: "spending_limits"
DROP INDEX "spendinglimit_approver_id";
-- reverse: create "spending_limits" table
DROP TABLE "spending_limits";
-- reverse: modify "memberships" table
ALTER TABLE "memberships" DROP COLUMN "delegate_until", DROP COLUMN "delegate_id";
-- reverse: create index "ruletable_user_id" to table: "rule_tables"
DROP INDEX "ruletable_user_id";
-- reverse: create index "ruletable_kind_number" to table: "rule_tables"
DROP INDEX "ruletable_kind_number";
-- reverse: create "rule_tables" table
DROP TABLE "rule_tables";
-- reverse: create index "guide_key" to table: "guides"
DROP INDEX "guide_key";
-- reverse: create index "guide_category_id" to table: "guides"
DROP INDEX "guide_category_id";
-- reverse: create "guides" table
DROP TABLE "guides";
-- reverse: modify "categories" table
ALTER TABLE "categories" DROP COLUMN "position", DROP COLUMN "description";
-- reverse: create index "file_user_id" to table: "files"
DROP INDEX "file_user_id";
-- reverse: create index "file_storage_key" to table: "files"
DROP INDEX "file_storage_key";
-- reverse: create index "file_product_id_position" to table: "files"
DROP INDEX "file_product_id_position";
-- reverse: create index "file_organization_id" to table: "files"
DROP INDEX "file_organization_id";
-- reverse: create index "file_order_id" to table: "files"
DROP INDEX "file_order_id";
-- reverse: create index "file_cart_id" to table: "files"
DROP INDEX "file_cart_id";
-- reverse: create "files" table
DROP TABLE "files";
-- reverse: create index "product_type_id" to table: "products"
DROP INDEX "product_type_id";
-- reverse: modify "products" table
ALTER TABLE "products" DROP CONSTRAINT "products_product_types_type", DROP COLUMN "type_id", DROP COLUMN "version", DROP COLUMN "internal_text", DROP COLUMN "keywords", DROP COLUMN "related", DROP COLUMN "tax_category", DROP COLUMN "restricted", DROP COLUMN "attributes";
-- reverse: create index "producttype_source_external_id" to table: "product_types"
DROP INDEX "producttype_source_external_id";
-- reverse: create index "producttype_key" to table: "product_types"
DROP INDEX "producttype_key";
-- reverse: create "product_types" table
DROP TABLE "product_types";
-- reverse: create index "cartline_variant_id" to table: "cart_lines"
DROP INDEX "cartline_variant_id";
-- reverse: create index "cartline_user_id" to table: "cart_lines"
DROP INDEX "cartline_user_id";
-- reverse: create index "cartline_organization_id" to table: "cart_lines"
DROP INDEX "cartline_organization_id";
-- reverse: create index "cartline_cart_id_variant_id" to table: "cart_lines"
DROP INDEX "cartline_cart_id_variant_id";
-- reverse: create index "cartline_cart_id_position" to table: "cart_lines"
DROP INDEX "cartline_cart_id_position";
-- reverse: create "cart_lines" table
DROP TABLE "cart_lines";
-- reverse: modify "product_variants" table
ALTER TABLE "product_variants" DROP COLUMN "available_from", DROP COLUMN "lead_days", DROP COLUMN "stock_policy", DROP COLUMN "maximum_quantity", DROP COLUMN "quantity_step", DROP COLUMN "minimum_quantity", DROP COLUMN "unit", DROP COLUMN "weight_grams";
-- reverse: create index "cart_user_id" to table: "carts"
DROP INDEX "cart_user_id";
-- reverse: create index "cart_updated_at_id" to table: "carts"
DROP INDEX "cart_updated_at_id";
-- reverse: create index "cart_organization_id_user_id_open_name" to table: "carts"
DROP INDEX "cart_organization_id_user_id_open_name";
-- reverse: create index "cart_organization_id" to table: "carts"
DROP INDEX "cart_organization_id";
-- reverse: create index "cart_order_id" to table: "carts"
DROP INDEX "cart_order_id";
-- reverse: create "carts" table
DROP TABLE "carts";
-- reverse: modify "organizations" table
ALTER TABLE "organizations" DROP COLUMN "vat_id", DROP COLUMN "currency", DROP COLUMN "addresses";
-- reverse: create index "approval_user_id" to table: "approvals"
DROP INDEX "approval_user_id";
-- reverse: create index "approval_status_expires_at" to table: "approvals"
DROP INDEX "approval_status_expires_at";
-- reverse: create index "approval_requested_at_id" to table: "approvals"
DROP INDEX "approval_requested_at_id";
-- reverse: create index "approval_pending_order_id" to table: "approvals"
DROP INDEX "approval_pending_order_id";
-- reverse: create index "approval_organization_id_requested_at_id" to table: "approvals"
DROP INDEX "approval_organization_id_requested_at_id";
-- reverse: create index "approval_organization_id" to table: "approvals"
DROP INDEX "approval_organization_id";
-- reverse: create index "approval_order_id_requested_at" to table: "approvals"
DROP INDEX "approval_order_id_requested_at";
-- reverse: create index "approval_delegator_id" to table: "approvals"
DROP INDEX "approval_delegator_id";
-- reverse: create index "approval_decided_by_id" to table: "approvals"
DROP INDEX "approval_decided_by_id";
-- reverse: create index "approval_approver_id" to table: "approvals"
DROP INDEX "approval_approver_id";
-- reverse: create "approvals" table
DROP TABLE "approvals";
-- reverse: create index "pricelist_source_external_id" to table: "price_lists"
DROP INDEX "pricelist_source_external_id";
-- reverse: create index "pricelist_key" to table: "price_lists"
DROP INDEX "pricelist_key";
-- reverse: create "price_lists" table
DROP TABLE "price_lists";
-- reverse: create index "searchmiss_term" to table: "search_misses"
DROP INDEX "searchmiss_term";
-- reverse: create index "searchmiss_status_count" to table: "search_misses"
DROP INDEX "searchmiss_status_count";
-- reverse: create index "searchmiss_merged_into_id" to table: "search_misses"
DROP INDEX "searchmiss_merged_into_id";
-- reverse: create index "searchmiss_last_at_id" to table: "search_misses"
DROP INDEX "searchmiss_last_at_id";
-- reverse: create index "searchmiss_count_id" to table: "search_misses"
DROP INDEX "searchmiss_count_id";
-- reverse: create "search_misses" table
DROP TABLE "search_misses";
-- reverse: create index "segment_key" to table: "segments"
DROP INDEX "segment_key";
-- reverse: create "segments" table
DROP TABLE "segments";
-- reverse: modify "orders" table
ALTER TABLE "orders" DROP COLUMN "calculation", DROP COLUMN "shipping_method", DROP COLUMN "remark";
-- reverse: modify "order_lines" table
ALTER TABLE "order_lines" DROP COLUMN "tax_basis_points", DROP COLUMN "price_explanation", DROP COLUMN "note", DROP COLUMN "quantity_cancelled";
-- reverse: create index "stocklocation_source_external_id" to table: "stock_locations"
DROP INDEX "stocklocation_source_external_id";
-- reverse: create index "stocklocation_key" to table: "stock_locations"
DROP INDEX "stocklocation_key";
-- reverse: create "stock_locations" table
DROP TABLE "stock_locations";
