-- +goose Up
-- add column "delegate_id" to table: "memberships"
ALTER TABLE `memberships` ADD COLUMN `delegate_id` text NULL;
-- add column "delegate_until" to table: "memberships"
ALTER TABLE `memberships` ADD COLUMN `delegate_until` datetime NULL;
-- add column "remark" to table: "orders"
ALTER TABLE `orders` ADD COLUMN `remark` text NULL;
-- add column "shipping_method" to table: "orders"
ALTER TABLE `orders` ADD COLUMN `shipping_method` text NULL;
-- add column "calculation" to table: "orders"
ALTER TABLE `orders` ADD COLUMN `calculation` json NULL;
-- add column "addresses" to table: "organizations"
ALTER TABLE `organizations` ADD COLUMN `addresses` json NULL;
-- add column "currency" to table: "organizations"
ALTER TABLE `organizations` ADD COLUMN `currency` text NULL;
-- add column "vat_id" to table: "organizations"
ALTER TABLE `organizations` ADD COLUMN `vat_id` text NULL;
-- create "approvals" table
CREATE TABLE `approvals` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `organization_id` text NOT NULL, `pending_order_id` text NULL, `status` text NOT NULL DEFAULT ('PENDING'), `cause` json NOT NULL, `requested_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `decided_at` datetime NULL, `comment` text NULL, `version` integer NOT NULL DEFAULT (1), `order_id` text NOT NULL, `user_id` text NULL, `approver_id` text NULL, `decided_by_id` text NULL, `delegator_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `approvals_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION, CONSTRAINT `approvals_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `approvals_users_approver` FOREIGN KEY (`approver_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `approvals_users_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `approvals_users_delegator` FOREIGN KEY (`delegator_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "approval_organization_id" to table: "approvals"
CREATE INDEX `approval_organization_id` ON `approvals` (`organization_id`);
-- create index "approval_user_id" to table: "approvals"
CREATE INDEX `approval_user_id` ON `approvals` (`user_id`);
-- create index "approval_pending_order_id" to table: "approvals"
CREATE UNIQUE INDEX `approval_pending_order_id` ON `approvals` (`pending_order_id`);
-- create index "approval_order_id_requested_at" to table: "approvals"
CREATE INDEX `approval_order_id_requested_at` ON `approvals` (`order_id`, `requested_at`);
-- create index "approval_status_expires_at" to table: "approvals"
CREATE INDEX `approval_status_expires_at` ON `approvals` (`status`, `expires_at`);
-- create index "approval_requested_at_id" to table: "approvals"
CREATE INDEX `approval_requested_at_id` ON `approvals` (`requested_at`, `id`);
-- create index "approval_organization_id_requested_at_id" to table: "approvals"
CREATE INDEX `approval_organization_id_requested_at_id` ON `approvals` (`organization_id`, `requested_at`, `id`);
-- create index "approval_approver_id" to table: "approvals"
CREATE INDEX `approval_approver_id` ON `approvals` (`approver_id`);
-- create index "approval_decided_by_id" to table: "approvals"
CREATE INDEX `approval_decided_by_id` ON `approvals` (`decided_by_id`);
-- create index "approval_delegator_id" to table: "approvals"
CREATE INDEX `approval_delegator_id` ON `approvals` (`delegator_id`);
-- create "carts" table
CREATE TABLE `carts` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `name` text NOT NULL DEFAULT (''), `open_name` text NULL, `status` text NOT NULL DEFAULT ('OPEN'), `currency` text NOT NULL, `purchase_order_number` text NULL, `ship_to` json NULL, `bill_to` json NULL, `requested_date` datetime NULL, `remark` text NULL, `shipping_method` text NULL, `discount_basis_points` integer NOT NULL DEFAULT (0), `discount_reason` text NULL, `version` integer NOT NULL DEFAULT (1), `organization_id` text NOT NULL, `user_id` text NULL, `order_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `carts_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `carts_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `carts_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION);
-- create index "cart_organization_id" to table: "carts"
CREATE INDEX `cart_organization_id` ON `carts` (`organization_id`);
-- create index "cart_user_id" to table: "carts"
CREATE INDEX `cart_user_id` ON `carts` (`user_id`);
-- create index "cart_organization_id_user_id_open_name" to table: "carts"
CREATE UNIQUE INDEX `cart_organization_id_user_id_open_name` ON `carts` (`organization_id`, `user_id`, `open_name`);
-- create index "cart_order_id" to table: "carts"
CREATE INDEX `cart_order_id` ON `carts` (`order_id`);
-- create index "cart_updated_at_id" to table: "carts"
CREATE INDEX `cart_updated_at_id` ON `carts` (`updated_at`, `id`);
-- create "cart_lines" table
CREATE TABLE `cart_lines` (`id` text NOT NULL, `organization_id` text NOT NULL, `user_id` text NULL, `position` integer NOT NULL, `quantity` integer NOT NULL, `note` text NULL, `seen_unit_minor` integer NULL, `discount_basis_points` integer NOT NULL DEFAULT (0), `added_at` datetime NOT NULL, `cart_id` text NOT NULL, `variant_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `cart_lines_carts_cart` FOREIGN KEY (`cart_id`) REFERENCES `carts` (`id`) ON DELETE NO ACTION, CONSTRAINT `cart_lines_product_variants_variant` FOREIGN KEY (`variant_id`) REFERENCES `product_variants` (`id`) ON DELETE NO ACTION);
-- create index "cartline_organization_id" to table: "cart_lines"
CREATE INDEX `cartline_organization_id` ON `cart_lines` (`organization_id`);
-- create index "cartline_user_id" to table: "cart_lines"
CREATE INDEX `cartline_user_id` ON `cart_lines` (`user_id`);
-- create index "cartline_cart_id_position" to table: "cart_lines"
CREATE INDEX `cartline_cart_id_position` ON `cart_lines` (`cart_id`, `position`);
-- create index "cartline_cart_id_variant_id" to table: "cart_lines"
CREATE UNIQUE INDEX `cartline_cart_id_variant_id` ON `cart_lines` (`cart_id`, `variant_id`);
-- create index "cartline_variant_id" to table: "cart_lines"
CREATE INDEX `cartline_variant_id` ON `cart_lines` (`variant_id`);
-- create "files" table
CREATE TABLE `files` (`id` text NOT NULL, `organization_id` text NULL, `user_id` text NULL, `uploader_id` text NULL, `kind` text NOT NULL, `name` text NOT NULL, `text` text NULL, `content_type` text NOT NULL, `bytes` integer NOT NULL, `sha256` text NOT NULL, `storage_key` text NOT NULL, `width` integer NULL, `height` integer NULL, `sizes` json NULL, `position` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, `product_id` text NULL, `cart_id` text NULL, `order_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `files_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `files_carts_cart` FOREIGN KEY (`cart_id`) REFERENCES `carts` (`id`) ON DELETE NO ACTION, CONSTRAINT `files_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION);
-- create index "file_product_id_position" to table: "files"
CREATE INDEX `file_product_id_position` ON `files` (`product_id`, `position`);
-- create index "file_order_id" to table: "files"
CREATE INDEX `file_order_id` ON `files` (`order_id`);
-- create index "file_cart_id" to table: "files"
CREATE INDEX `file_cart_id` ON `files` (`cart_id`);
-- create index "file_organization_id" to table: "files"
CREATE INDEX `file_organization_id` ON `files` (`organization_id`);
-- create index "file_user_id" to table: "files"
CREATE INDEX `file_user_id` ON `files` (`user_id`);
-- create index "file_storage_key" to table: "files"
CREATE UNIQUE INDEX `file_storage_key` ON `files` (`storage_key`);
-- create "guides" table
CREATE TABLE `guides` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `status` text NOT NULL DEFAULT ('DRAFT'), `document` json NOT NULL, `version` integer NOT NULL DEFAULT (1), `category_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `guides_categories_category` FOREIGN KEY (`category_id`) REFERENCES `categories` (`id`) ON DELETE NO ACTION);
-- create index "guide_key" to table: "guides"
CREATE UNIQUE INDEX `guide_key` ON `guides` (`key`);
-- create index "guide_category_id" to table: "guides"
CREATE INDEX `guide_category_id` ON `guides` (`category_id`);
-- create "price_lists" table
CREATE TABLE `price_lists` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `key` text NOT NULL, `name` text NOT NULL, `currency` text NOT NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `valid_from` datetime NULL, `valid_to` datetime NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "pricelist_source_external_id" to table: "price_lists"
CREATE UNIQUE INDEX `pricelist_source_external_id` ON `price_lists` (`source`, `external_id`);
-- create index "pricelist_key" to table: "price_lists"
CREATE UNIQUE INDEX `pricelist_key` ON `price_lists` (`key`);
-- create "product_types" table
CREATE TABLE `product_types` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `key` text NOT NULL, `name` text NOT NULL, `attributes` json NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "producttype_source_external_id" to table: "product_types"
CREATE UNIQUE INDEX `producttype_source_external_id` ON `product_types` (`source`, `external_id`);
-- create index "producttype_key" to table: "product_types"
CREATE UNIQUE INDEX `producttype_key` ON `product_types` (`key`);
-- create "rule_tables" table
CREATE TABLE `rule_tables` (`id` text NOT NULL, `kind` text NOT NULL, `number` integer NOT NULL, `document` json NOT NULL, `note` text NULL, `created_at` datetime NOT NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `rule_tables_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "ruletable_kind_number" to table: "rule_tables"
CREATE UNIQUE INDEX `ruletable_kind_number` ON `rule_tables` (`kind`, `number`);
-- create index "ruletable_user_id" to table: "rule_tables"
CREATE INDEX `ruletable_user_id` ON `rule_tables` (`user_id`);
-- create "search_misses" table
CREATE TABLE `search_misses` (`id` text NOT NULL, `term` text NOT NULL, `count` integer NOT NULL DEFAULT (1), `people` integer NOT NULL DEFAULT (0), `first_at` datetime NOT NULL, `last_at` datetime NOT NULL, `status` text NOT NULL DEFAULT ('OPEN'), `hidden` bool NULL, `answer` text NULL, `answer_data` json NULL, `version` integer NOT NULL DEFAULT (1), `merged_into_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `search_misses_search_misses_merged` FOREIGN KEY (`merged_into_id`) REFERENCES `search_misses` (`id`) ON DELETE NO ACTION);
-- create index "searchmiss_term" to table: "search_misses"
CREATE UNIQUE INDEX `searchmiss_term` ON `search_misses` (`term`);
-- create index "searchmiss_count_id" to table: "search_misses"
CREATE INDEX `searchmiss_count_id` ON `search_misses` (`count`, `id`);
-- create index "searchmiss_last_at_id" to table: "search_misses"
CREATE INDEX `searchmiss_last_at_id` ON `search_misses` (`last_at`, `id`);
-- create index "searchmiss_status_count" to table: "search_misses"
CREATE INDEX `searchmiss_status_count` ON `search_misses` (`status`, `count`);
-- create index "searchmiss_merged_into_id" to table: "search_misses"
CREATE INDEX `searchmiss_merged_into_id` ON `search_misses` (`merged_into_id`);
-- create "segments" table
CREATE TABLE `segments` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `description` text NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "segment_key" to table: "segments"
CREATE UNIQUE INDEX `segment_key` ON `segments` (`key`);
-- create "spending_limits" table
CREATE TABLE `spending_limits` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `period` text NOT NULL DEFAULT ('ORDER'), `amount_minor` integer NOT NULL, `currency` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `organization_id` text NOT NULL, `membership_id` text NULL, `role_id` text NULL, `approver_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `spending_limits_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `spending_limits_memberships_membership` FOREIGN KEY (`membership_id`) REFERENCES `memberships` (`id`) ON DELETE NO ACTION, CONSTRAINT `spending_limits_roles_role` FOREIGN KEY (`role_id`) REFERENCES `roles` (`id`) ON DELETE NO ACTION, CONSTRAINT `spending_limits_users_approver` FOREIGN KEY (`approver_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "spendinglimit_organization_id_membership_id_role_id_period" to table: "spending_limits"
CREATE INDEX `spendinglimit_organization_id_membership_id_role_id_period` ON `spending_limits` (`organization_id`, `membership_id`, `role_id`, `period`);
-- create index "spendinglimit_membership_id" to table: "spending_limits"
CREATE INDEX `spendinglimit_membership_id` ON `spending_limits` (`membership_id`);
-- create index "spendinglimit_role_id" to table: "spending_limits"
CREATE INDEX `spendinglimit_role_id` ON `spending_limits` (`role_id`);
-- create index "spendinglimit_approver_id" to table: "spending_limits"
CREATE INDEX `spendinglimit_approver_id` ON `spending_limits` (`approver_id`);
-- create "stock_locations" table
CREATE TABLE `stock_locations` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `key` text NOT NULL, `name` text NOT NULL, `address` json NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `priority` integer NOT NULL DEFAULT (100), `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "stocklocation_source_external_id" to table: "stock_locations"
CREATE UNIQUE INDEX `stocklocation_source_external_id` ON `stock_locations` (`source`, `external_id`);
-- create index "stocklocation_key" to table: "stock_locations"
CREATE UNIQUE INDEX `stocklocation_key` ON `stock_locations` (`key`);
-- columns of tables that exist
ALTER TABLE `categories` ADD COLUMN `description` text NULL;
ALTER TABLE `categories` ADD COLUMN `position` integer NOT NULL DEFAULT 0;
ALTER TABLE `order_lines` ADD COLUMN `quantity_cancelled` integer NOT NULL DEFAULT 0;
ALTER TABLE `order_lines` ADD COLUMN `note` text NULL;
ALTER TABLE `order_lines` ADD COLUMN `price_explanation` json NULL;
ALTER TABLE `order_lines` ADD COLUMN `tax_basis_points` integer NOT NULL DEFAULT 0;
ALTER TABLE `products` ADD COLUMN `type_id` text NULL CONSTRAINT `products_product_types_type` REFERENCES `product_types` (`id`) ON DELETE NO ACTION;
ALTER TABLE `products` ADD COLUMN `attributes` json NULL;
ALTER TABLE `products` ADD COLUMN `restricted` bool NOT NULL DEFAULT false;
ALTER TABLE `products` ADD COLUMN `tax_category` text NOT NULL DEFAULT 'STANDARD';
ALTER TABLE `products` ADD COLUMN `related` json NULL;
ALTER TABLE `products` ADD COLUMN `keywords` text NULL;
ALTER TABLE `products` ADD COLUMN `internal_text` text NULL;
ALTER TABLE `products` ADD COLUMN `version` integer NOT NULL DEFAULT 1;
ALTER TABLE `product_variants` ADD COLUMN `weight_grams` integer NULL;
ALTER TABLE `product_variants` ADD COLUMN `unit` text NOT NULL DEFAULT 'piece';
ALTER TABLE `product_variants` ADD COLUMN `minimum_quantity` integer NOT NULL DEFAULT 1;
ALTER TABLE `product_variants` ADD COLUMN `quantity_step` integer NOT NULL DEFAULT 1;
ALTER TABLE `product_variants` ADD COLUMN `maximum_quantity` integer NULL;
ALTER TABLE `product_variants` ADD COLUMN `stock_policy` text NOT NULL DEFAULT 'STOCK';
ALTER TABLE `product_variants` ADD COLUMN `lead_days` integer NULL;
ALTER TABLE `product_variants` ADD COLUMN `available_from` datetime NULL;
CREATE INDEX `product_type_id` ON `products` (`type_id`);

-- +goose Down
-- reverse: create index "stocklocation_key" to table: "stock_locations"
DROP INDEX `stocklocation_key`;
-- reverse: create index "stocklocation_source_external_id" to table: "stock_locations"
DROP INDEX `stocklocation_source_external_id`;
-- reverse: create "stock_locations" table
DROP TABLE `stock_locations`;
-- reverse: create index "spendinglimit_approver_id" to table: "spending_limits"
DROP INDEX `spendinglimit_approver_id`;
-- reverse: create index "spendinglimit_role_id" to table: "spending_limits"
DROP INDEX `spendinglimit_role_id`;
-- reverse: create index "spendinglimit_membership_id" to table: "spending_limits"
DROP INDEX `spendinglimit_membership_id`;
-- reverse: create index "spendinglimit_organization_id_membership_id_role_id_period" to table: "spending_limits"
DROP INDEX `spendinglimit_organization_id_membership_id_role_id_period`;
-- reverse: create "spending_limits" table
DROP TABLE `spending_limits`;
-- reverse: create index "segment_key" to table: "segments"
DROP INDEX `segment_key`;
-- reverse: create "segments" table
DROP TABLE `segments`;
-- reverse: create index "searchmiss_merged_into_id" to table: "search_misses"
DROP INDEX `searchmiss_merged_into_id`;
-- reverse: create index "searchmiss_status_count" to table: "search_misses"
DROP INDEX `searchmiss_status_count`;
-- reverse: create index "searchmiss_last_at_id" to table: "search_misses"
DROP INDEX `searchmiss_last_at_id`;
-- reverse: create index "searchmiss_count_id" to table: "search_misses"
DROP INDEX `searchmiss_count_id`;
-- reverse: create index "searchmiss_term" to table: "search_misses"
DROP INDEX `searchmiss_term`;
-- reverse: create "search_misses" table
DROP TABLE `search_misses`;
-- reverse: create index "ruletable_user_id" to table: "rule_tables"
DROP INDEX `ruletable_user_id`;
-- reverse: create index "ruletable_kind_number" to table: "rule_tables"
DROP INDEX `ruletable_kind_number`;
-- reverse: create "rule_tables" table
DROP TABLE `rule_tables`;
-- reverse: create index "producttype_key" to table: "product_types"
DROP INDEX `producttype_key`;
-- reverse: create index "producttype_source_external_id" to table: "product_types"
DROP INDEX `producttype_source_external_id`;
-- reverse: create "product_types" table
DROP TABLE `product_types`;
-- reverse: create index "pricelist_key" to table: "price_lists"
DROP INDEX `pricelist_key`;
-- reverse: create index "pricelist_source_external_id" to table: "price_lists"
DROP INDEX `pricelist_source_external_id`;
-- reverse: create "price_lists" table
DROP TABLE `price_lists`;
-- reverse: create index "guide_category_id" to table: "guides"
DROP INDEX `guide_category_id`;
-- reverse: create index "guide_key" to table: "guides"
DROP INDEX `guide_key`;
-- reverse: create "guides" table
DROP TABLE `guides`;
-- reverse: create index "file_storage_key" to table: "files"
DROP INDEX `file_storage_key`;
-- reverse: create index "file_user_id" to table: "files"
DROP INDEX `file_user_id`;
-- reverse: create index "file_organization_id" to table: "files"
DROP INDEX `file_organization_id`;
-- reverse: create index "file_cart_id" to table: "files"
DROP INDEX `file_cart_id`;
-- reverse: create index "file_order_id" to table: "files"
DROP INDEX `file_order_id`;
-- reverse: create index "file_product_id_position" to table: "files"
DROP INDEX `file_product_id_position`;
-- reverse: create "files" table
DROP TABLE `files`;
-- reverse: create index "cartline_variant_id" to table: "cart_lines"
DROP INDEX `cartline_variant_id`;
-- reverse: create index "cartline_cart_id_variant_id" to table: "cart_lines"
DROP INDEX `cartline_cart_id_variant_id`;
-- reverse: create index "cartline_cart_id_position" to table: "cart_lines"
DROP INDEX `cartline_cart_id_position`;
-- reverse: create index "cartline_user_id" to table: "cart_lines"
DROP INDEX `cartline_user_id`;
-- reverse: create index "cartline_organization_id" to table: "cart_lines"
DROP INDEX `cartline_organization_id`;
-- reverse: create "cart_lines" table
DROP TABLE `cart_lines`;
-- reverse: create index "cart_updated_at_id" to table: "carts"
DROP INDEX `cart_updated_at_id`;
-- reverse: create index "cart_order_id" to table: "carts"
DROP INDEX `cart_order_id`;
-- reverse: create index "cart_organization_id_user_id_open_name" to table: "carts"
DROP INDEX `cart_organization_id_user_id_open_name`;
-- reverse: create index "cart_user_id" to table: "carts"
DROP INDEX `cart_user_id`;
-- reverse: create index "cart_organization_id" to table: "carts"
DROP INDEX `cart_organization_id`;
-- reverse: create "carts" table
DROP TABLE `carts`;
-- reverse: create index "approval_delegator_id" to table: "approvals"
DROP INDEX `approval_delegator_id`;
-- reverse: create index "approval_decided_by_id" to table: "approvals"
DROP INDEX `approval_decided_by_id`;
-- reverse: create index "approval_approver_id" to table: "approvals"
DROP INDEX `approval_approver_id`;
-- reverse: create index "approval_organization_id_requested_at_id" to table: "approvals"
DROP INDEX `approval_organization_id_requested_at_id`;
-- reverse: create index "approval_requested_at_id" to table: "approvals"
DROP INDEX `approval_requested_at_id`;
-- reverse: create index "approval_status_expires_at" to table: "approvals"
DROP INDEX `approval_status_expires_at`;
-- reverse: create index "approval_order_id_requested_at" to table: "approvals"
DROP INDEX `approval_order_id_requested_at`;
-- reverse: create index "approval_pending_order_id" to table: "approvals"
DROP INDEX `approval_pending_order_id`;
-- reverse: create index "approval_user_id" to table: "approvals"
DROP INDEX `approval_user_id`;
-- reverse: create index "approval_organization_id" to table: "approvals"
DROP INDEX `approval_organization_id`;
-- reverse: create "approvals" table
DROP TABLE `approvals`;
ALTER TABLE `product_variants` DROP COLUMN `available_from`;
ALTER TABLE `product_variants` DROP COLUMN `lead_days`;
ALTER TABLE `product_variants` DROP COLUMN `stock_policy`;
ALTER TABLE `product_variants` DROP COLUMN `maximum_quantity`;
ALTER TABLE `product_variants` DROP COLUMN `quantity_step`;
ALTER TABLE `product_variants` DROP COLUMN `minimum_quantity`;
ALTER TABLE `product_variants` DROP COLUMN `unit`;
ALTER TABLE `product_variants` DROP COLUMN `weight_grams`;
-- reverse: create index "product_type_id" to table: "products"
DROP INDEX `product_type_id`;
ALTER TABLE `products` DROP COLUMN `version`;
ALTER TABLE `products` DROP COLUMN `internal_text`;
ALTER TABLE `products` DROP COLUMN `keywords`;
ALTER TABLE `products` DROP COLUMN `related`;
ALTER TABLE `products` DROP COLUMN `tax_category`;
ALTER TABLE `products` DROP COLUMN `restricted`;
ALTER TABLE `products` DROP COLUMN `attributes`;
ALTER TABLE `products` DROP COLUMN `type_id`;
-- reverse: add column "vat_id" to table: "organizations"
ALTER TABLE `organizations` DROP COLUMN `vat_id`;
-- reverse: add column "currency" to table: "organizations"
ALTER TABLE `organizations` DROP COLUMN `currency`;
-- reverse: add column "addresses" to table: "organizations"
ALTER TABLE `organizations` DROP COLUMN `addresses`;
ALTER TABLE `order_lines` DROP COLUMN `tax_basis_points`;
ALTER TABLE `order_lines` DROP COLUMN `price_explanation`;
ALTER TABLE `order_lines` DROP COLUMN `note`;
ALTER TABLE `order_lines` DROP COLUMN `quantity_cancelled`;
-- reverse: add column "calculation" to table: "orders"
ALTER TABLE `orders` DROP COLUMN `calculation`;
-- reverse: add column "shipping_method" to table: "orders"
ALTER TABLE `orders` DROP COLUMN `shipping_method`;
-- reverse: add column "remark" to table: "orders"
ALTER TABLE `orders` DROP COLUMN `remark`;
-- reverse: add column "delegate_until" to table: "memberships"
ALTER TABLE `memberships` DROP COLUMN `delegate_until`;
-- reverse: add column "delegate_id" to table: "memberships"
ALTER TABLE `memberships` DROP COLUMN `delegate_id`;
ALTER TABLE `categories` DROP COLUMN `position`;
ALTER TABLE `categories` DROP COLUMN `description`;
