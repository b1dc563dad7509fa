-- +goose Up
-- create "audit_entries" table
CREATE TABLE `audit_entries` (`id` text NOT NULL, `occurred_at` datetime NOT NULL, `action` text NULL, `operation` text NOT NULL, `entity` text NOT NULL, `subject` text NULL, `actor_kind` text NOT NULL, `actor` text NULL, `impersonator` text NULL, `reason` text NULL, `request` text NULL, `changes` json NULL, PRIMARY KEY (`id`));
-- create index "auditentry_occurred_at_id" to table: "audit_entries"
CREATE INDEX `auditentry_occurred_at_id` ON `audit_entries` (`occurred_at`, `id`);
-- create index "auditentry_subject_occurred_at" to table: "audit_entries"
CREATE INDEX `auditentry_subject_occurred_at` ON `audit_entries` (`subject`, `occurred_at`);
-- create index "auditentry_actor_occurred_at" to table: "audit_entries"
CREATE INDEX `auditentry_actor_occurred_at` ON `audit_entries` (`actor`, `occurred_at`);
-- create index "auditentry_action" to table: "audit_entries"
CREATE INDEX `auditentry_action` ON `audit_entries` (`action`);
-- create index "auditentry_entity" to table: "audit_entries"
CREATE INDEX `auditentry_entity` ON `audit_entries` (`entity`);
-- create "categories" table
CREATE TABLE `categories` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `name` text NOT NULL, `parent_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `categories_categories_subcategories` FOREIGN KEY (`parent_id`) REFERENCES `categories` (`id`) ON DELETE NO ACTION);
-- create index "category_source_external_id" to table: "categories"
CREATE UNIQUE INDEX `category_source_external_id` ON `categories` (`source`, `external_id`);
-- create index "category_parent_id" to table: "categories"
CREATE INDEX `category_parent_id` ON `categories` (`parent_id`);
-- create "events" table
CREATE TABLE `events` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `kind` text NOT NULL, `subject_id` text NOT NULL, `organization_id` text NULL, `user_id` text NULL, `audience` text NOT NULL DEFAULT ('CUSTOMER'), `actor_kind` text NOT NULL, `actor_id` text NULL, `actor_name` text NULL, `impersonator_id` text NULL, `data` json NOT NULL, `occurred_at` datetime NOT NULL);
-- create index "event_subject_id_id" to table: "events"
CREATE INDEX `event_subject_id_id` ON `events` (`subject_id`, `id`);
-- create index "event_organization_id_id" to table: "events"
CREATE INDEX `event_organization_id_id` ON `events` (`organization_id`, `id`);
-- create "memberships" table
CREATE TABLE `memberships` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `selected_user_ids` json NULL, `version` integer NOT NULL DEFAULT (1), `user_id` text NOT NULL, `organization_id` text NULL, `role_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `memberships_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `memberships_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `memberships_roles_role` FOREIGN KEY (`role_id`) REFERENCES `roles` (`id`) ON DELETE NO ACTION);
-- create index "membership_user_id_organization_id" to table: "memberships"
CREATE UNIQUE INDEX `membership_user_id_organization_id` ON `memberships` (`user_id`, `organization_id`);
-- create index "membership_organization_id" to table: "memberships"
CREATE INDEX `membership_organization_id` ON `memberships` (`organization_id`);
-- create index "membership_role_id" to table: "memberships"
CREATE INDEX `membership_role_id` ON `memberships` (`role_id`);
-- create "one_time_tokens" table
CREATE TABLE `one_time_tokens` (`id` text NOT NULL, `kind` text NOT NULL, `hash` blob NOT NULL, `subject` text NULL, `created_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `used_at` datetime NULL, PRIMARY KEY (`id`));
-- create index "onetimetoken_hash" to table: "one_time_tokens"
CREATE UNIQUE INDEX `onetimetoken_hash` ON `one_time_tokens` (`hash`);
-- create index "onetimetoken_subject" to table: "one_time_tokens"
CREATE INDEX `onetimetoken_subject` ON `one_time_tokens` (`subject`);
-- create "orders" table
CREATE TABLE `orders` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `number` text NOT NULL, `status` text NOT NULL DEFAULT ('PLACED'), `fulfillment_status` text NOT NULL DEFAULT ('UNFULFILLED'), `return_status` text NOT NULL DEFAULT ('NONE'), `payment_status` text NOT NULL DEFAULT ('UNPAID'), `purchase_order_number` text NULL, `ship_to` json NULL, `bill_to` json NULL, `placed_at` datetime NOT NULL, `requested_date` datetime NULL, `promised_date` datetime NULL, `promise_reason` text NULL, `confirmed_at` datetime NULL, `cancelled_at` datetime NULL, `cancel_reason` text NULL, `delivered_at` datetime NULL, `currency` text NOT NULL, `lines_minor` integer NOT NULL DEFAULT (0), `discount_minor` integer NOT NULL DEFAULT (0), `shipping_minor` integer NOT NULL DEFAULT (0), `tax_minor` integer NOT NULL DEFAULT (0), `total_minor` integer NOT NULL DEFAULT (0), `version` integer NOT NULL DEFAULT (1), `organization_id` text NOT NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `orders_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `orders_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "order_source_external_id" to table: "orders"
CREATE UNIQUE INDEX `order_source_external_id` ON `orders` (`source`, `external_id`);
-- create index "order_number" to table: "orders"
CREATE UNIQUE INDEX `order_number` ON `orders` (`number`);
-- create index "order_organization_id_placed_at_id" to table: "orders"
CREATE INDEX `order_organization_id_placed_at_id` ON `orders` (`organization_id`, `placed_at`, `id`);
-- create index "order_user_id_placed_at_id" to table: "orders"
CREATE INDEX `order_user_id_placed_at_id` ON `orders` (`user_id`, `placed_at`, `id`);
-- create index "order_placed_at_id" to table: "orders"
CREATE INDEX `order_placed_at_id` ON `orders` (`placed_at`, `id`);
-- create index "order_status_placed_at" to table: "orders"
CREATE INDEX `order_status_placed_at` ON `orders` (`status`, `placed_at`);
-- create index "order_fulfillment_status_promised_date" to table: "orders"
CREATE INDEX `order_fulfillment_status_promised_date` ON `orders` (`fulfillment_status`, `promised_date`);
-- create index "order_return_status" to table: "orders"
CREATE INDEX `order_return_status` ON `orders` (`return_status`);
-- create index "order_payment_status" to table: "orders"
CREATE INDEX `order_payment_status` ON `orders` (`payment_status`);
-- create index "order_promised_date" to table: "orders"
CREATE INDEX `order_promised_date` ON `orders` (`promised_date`);
-- create index "order_purchase_order_number" to table: "orders"
CREATE INDEX `order_purchase_order_number` ON `orders` (`purchase_order_number`);
-- create "order_lines" table
CREATE TABLE `order_lines` (`id` text NOT NULL, `organization_id` text NOT NULL, `user_id` text NULL, `position` integer NOT NULL, `sku` text NOT NULL, `name` text NOT NULL, `quantity` integer NOT NULL, `quantity_shipped` integer NOT NULL DEFAULT (0), `currency` text NOT NULL, `unit_price_minor` integer NOT NULL, `discount_basis_points` integer NOT NULL DEFAULT (0), `tax_minor` integer NOT NULL DEFAULT (0), `total_minor` integer NOT NULL, `order_id` text NOT NULL, `variant_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `order_lines_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION, CONSTRAINT `order_lines_product_variants_variant` FOREIGN KEY (`variant_id`) REFERENCES `product_variants` (`id`) ON DELETE NO ACTION);
-- create index "orderline_organization_id" to table: "order_lines"
CREATE INDEX `orderline_organization_id` ON `order_lines` (`organization_id`);
-- create index "orderline_user_id" to table: "order_lines"
CREATE INDEX `orderline_user_id` ON `order_lines` (`user_id`);
-- create index "orderline_order_id_position" to table: "order_lines"
CREATE UNIQUE INDEX `orderline_order_id_position` ON `order_lines` (`order_id`, `position`);
-- create index "orderline_sku" to table: "order_lines"
CREATE INDEX `orderline_sku` ON `order_lines` (`sku`);
-- create index "orderline_variant_id" to table: "order_lines"
CREATE INDEX `orderline_variant_id` ON `order_lines` (`variant_id`);
-- create "organizations" table
CREATE TABLE `organizations` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `name` text NOT NULL, `kind` text NOT NULL DEFAULT ('COMPANY'), `status` text NOT NULL DEFAULT ('ACTIVE'), `language` text NOT NULL DEFAULT ('EN'), `address` json NULL, `parent_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `organizations_organizations_subsidiaries` FOREIGN KEY (`parent_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION);
-- create index "organization_source_external_id" to table: "organizations"
CREATE UNIQUE INDEX `organization_source_external_id` ON `organizations` (`source`, `external_id`);
-- create index "organization_parent_id" to table: "organizations"
CREATE INDEX `organization_parent_id` ON `organizations` (`parent_id`);
-- create index "organization_name_id" to table: "organizations"
CREATE INDEX `organization_name_id` ON `organizations` (`name`, `id`);
-- create index "organization_kind" to table: "organizations"
CREATE INDEX `organization_kind` ON `organizations` (`kind`);
-- create index "organization_status" to table: "organizations"
CREATE INDEX `organization_status` ON `organizations` (`status`);
-- create "organization_assignments" table
CREATE TABLE `organization_assignments` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `valid_from` datetime NOT NULL, `valid_to` datetime NULL, `organization_id` text NOT NULL, `user_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `organization_assignments_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `organization_assignments_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "organizationassignment_user_id_organization_id" to table: "organization_assignments"
CREATE INDEX `organizationassignment_user_id_organization_id` ON `organization_assignments` (`user_id`, `organization_id`);
-- create index "organizationassignment_organization_id" to table: "organization_assignments"
CREATE INDEX `organizationassignment_organization_id` ON `organization_assignments` (`organization_id`);
-- create "products" table
CREATE TABLE `products` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `name` text NOT NULL, `description` text NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `category_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `products_categories_category` FOREIGN KEY (`category_id`) REFERENCES `categories` (`id`) ON DELETE NO ACTION);
-- create index "product_source_external_id" to table: "products"
CREATE UNIQUE INDEX `product_source_external_id` ON `products` (`source`, `external_id`);
-- create index "product_name_id" to table: "products"
CREATE INDEX `product_name_id` ON `products` (`name`, `id`);
-- create index "product_status" to table: "products"
CREATE INDEX `product_status` ON `products` (`status`);
-- create index "product_category_id" to table: "products"
CREATE INDEX `product_category_id` ON `products` (`category_id`);
-- create "product_variants" table
CREATE TABLE `product_variants` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `sku` text NOT NULL, `name` text NOT NULL, `price_minor` integer NOT NULL DEFAULT (0), `currency` text NOT NULL, `attributes` json NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `product_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `product_variants_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION);
-- create index "productvariant_source_external_id" to table: "product_variants"
CREATE UNIQUE INDEX `productvariant_source_external_id` ON `product_variants` (`source`, `external_id`);
-- create index "productvariant_sku" to table: "product_variants"
CREATE UNIQUE INDEX `productvariant_sku` ON `product_variants` (`sku`);
-- create index "productvariant_product_id" to table: "product_variants"
CREATE INDEX `productvariant_product_id` ON `product_variants` (`product_id`);
-- create "roles" table
CREATE TABLE `roles` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `kind` text NOT NULL, `built_in` bool NOT NULL DEFAULT (false), `grants` json NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "role_key" to table: "roles"
CREATE UNIQUE INDEX `role_key` ON `roles` (`key`);
-- create "sessions" table
CREATE TABLE `sessions` (`id` text NOT NULL, `user_id` text NOT NULL, `membership_id` text NULL, `refresh_hash` blob NOT NULL, `client` text NULL, `user_agent` text NULL, `created_at` datetime NOT NULL, `last_used_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `ended_at` datetime NULL, `end_reason` text NULL, PRIMARY KEY (`id`));
-- create index "session_user_id" to table: "sessions"
CREATE INDEX `session_user_id` ON `sessions` (`user_id`);
-- create index "session_refresh_hash" to table: "sessions"
CREATE UNIQUE INDEX `session_refresh_hash` ON `sessions` (`refresh_hash`);
-- create "shipments" table
CREATE TABLE `shipments` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `organization_id` text NOT NULL, `user_id` text NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `status` text NOT NULL DEFAULT ('PENDING'), `carrier` text NOT NULL, `tracking_number` text NULL, `estimated_delivery` datetime NULL, `shipped_at` datetime NULL, `delivered_at` datetime NULL, `version` integer NOT NULL DEFAULT (1), `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `shipments_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION);
-- create index "shipment_organization_id" to table: "shipments"
CREATE INDEX `shipment_organization_id` ON `shipments` (`organization_id`);
-- create index "shipment_user_id" to table: "shipments"
CREATE INDEX `shipment_user_id` ON `shipments` (`user_id`);
-- create index "shipment_source_external_id" to table: "shipments"
CREATE UNIQUE INDEX `shipment_source_external_id` ON `shipments` (`source`, `external_id`);
-- create index "shipment_order_id" to table: "shipments"
CREATE INDEX `shipment_order_id` ON `shipments` (`order_id`);
-- create index "shipment_tracking_number" to table: "shipments"
CREATE INDEX `shipment_tracking_number` ON `shipments` (`tracking_number`);
-- create "shipment_lines" table
CREATE TABLE `shipment_lines` (`id` text NOT NULL, `organization_id` text NOT NULL, `user_id` text NULL, `order_id` text NOT NULL, `quantity` integer NOT NULL, `shipment_id` text NOT NULL, `order_line_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `shipment_lines_shipments_shipment` FOREIGN KEY (`shipment_id`) REFERENCES `shipments` (`id`) ON DELETE NO ACTION, CONSTRAINT `shipment_lines_order_lines_order_line` FOREIGN KEY (`order_line_id`) REFERENCES `order_lines` (`id`) ON DELETE NO ACTION);
-- create index "shipmentline_organization_id" to table: "shipment_lines"
CREATE INDEX `shipmentline_organization_id` ON `shipment_lines` (`organization_id`);
-- create index "shipmentline_user_id" to table: "shipment_lines"
CREATE INDEX `shipmentline_user_id` ON `shipment_lines` (`user_id`);
-- create index "shipmentline_shipment_id_order_line_id" to table: "shipment_lines"
CREATE UNIQUE INDEX `shipmentline_shipment_id_order_line_id` ON `shipment_lines` (`shipment_id`, `order_line_id`);
-- create index "shipmentline_order_line_id" to table: "shipment_lines"
CREATE INDEX `shipmentline_order_line_id` ON `shipment_lines` (`order_line_id`);
-- create "tracking_events" table
CREATE TABLE `tracking_events` (`id` text NOT NULL, `organization_id` text NOT NULL, `user_id` text NULL, `order_id` text NOT NULL, `dedup_key` text NOT NULL, `status` text NOT NULL, `occurred_at` datetime NOT NULL, `received_at` datetime NOT NULL, `location` text NULL, `message` text NULL, `shipment_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `tracking_events_shipments_shipment` FOREIGN KEY (`shipment_id`) REFERENCES `shipments` (`id`) ON DELETE NO ACTION);
-- create index "trackingevent_organization_id" to table: "tracking_events"
CREATE INDEX `trackingevent_organization_id` ON `tracking_events` (`organization_id`);
-- create index "trackingevent_user_id" to table: "tracking_events"
CREATE INDEX `trackingevent_user_id` ON `tracking_events` (`user_id`);
-- create index "trackingevent_shipment_id_dedup_key" to table: "tracking_events"
CREATE UNIQUE INDEX `trackingevent_shipment_id_dedup_key` ON `tracking_events` (`shipment_id`, `dedup_key`);
-- create index "trackingevent_shipment_id_occurred_at" to table: "tracking_events"
CREATE INDEX `trackingevent_shipment_id_occurred_at` ON `tracking_events` (`shipment_id`, `occurred_at`);
-- create "users" table
CREATE TABLE `users` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `source` text NULL, `external_id` text NULL, `external_version` integer NULL, `external_digest` text NULL, `name` text NOT NULL, `email` text NOT NULL, `phone` text NULL, `language` text NOT NULL DEFAULT ('EN'), `status` text NOT NULL DEFAULT ('ACTIVE'), `password_hash` text NULL, PRIMARY KEY (`id`));
-- create index "user_source_external_id" to table: "users"
CREATE UNIQUE INDEX `user_source_external_id` ON `users` (`source`, `external_id`);
-- create index "user_email" to table: "users"
CREATE UNIQUE INDEX `user_email` ON `users` (`email`);
-- create index "user_name_id" to table: "users"
CREATE INDEX `user_name_id` ON `users` (`name`, `id`);
-- create index "user_status" to table: "users"
CREATE INDEX `user_status` ON `users` (`status`);

-- +goose Down
-- reverse: create index "user_status" to table: "users"
DROP INDEX `user_status`;
-- reverse: create index "user_name_id" to table: "users"
DROP INDEX `user_name_id`;
-- reverse: create index "user_email" to table: "users"
DROP INDEX `user_email`;
-- reverse: create index "user_source_external_id" to table: "users"
DROP INDEX `user_source_external_id`;
-- reverse: create "users" table
DROP TABLE `users`;
-- reverse: create index "trackingevent_shipment_id_occurred_at" to table: "tracking_events"
DROP INDEX `trackingevent_shipment_id_occurred_at`;
-- reverse: create index "trackingevent_shipment_id_dedup_key" to table: "tracking_events"
DROP INDEX `trackingevent_shipment_id_dedup_key`;
-- reverse: create index "trackingevent_user_id" to table: "tracking_events"
DROP INDEX `trackingevent_user_id`;
-- reverse: create index "trackingevent_organization_id" to table: "tracking_events"
DROP INDEX `trackingevent_organization_id`;
-- reverse: create "tracking_events" table
DROP TABLE `tracking_events`;
-- reverse: create index "shipmentline_order_line_id" to table: "shipment_lines"
DROP INDEX `shipmentline_order_line_id`;
-- reverse: create index "shipmentline_shipment_id_order_line_id" to table: "shipment_lines"
DROP INDEX `shipmentline_shipment_id_order_line_id`;
-- reverse: create index "shipmentline_user_id" to table: "shipment_lines"
DROP INDEX `shipmentline_user_id`;
-- reverse: create index "shipmentline_organization_id" to table: "shipment_lines"
DROP INDEX `shipmentline_organization_id`;
-- reverse: create "shipment_lines" table
DROP TABLE `shipment_lines`;
-- reverse: create index "shipment_tracking_number" to table: "shipments"
DROP INDEX `shipment_tracking_number`;
-- reverse: create index "shipment_order_id" to table: "shipments"
DROP INDEX `shipment_order_id`;
-- reverse: create index "shipment_source_external_id" to table: "shipments"
DROP INDEX `shipment_source_external_id`;
-- reverse: create index "shipment_user_id" to table: "shipments"
DROP INDEX `shipment_user_id`;
-- reverse: create index "shipment_organization_id" to table: "shipments"
DROP INDEX `shipment_organization_id`;
-- reverse: create "shipments" table
DROP TABLE `shipments`;
-- reverse: create index "session_refresh_hash" to table: "sessions"
DROP INDEX `session_refresh_hash`;
-- reverse: create index "session_user_id" to table: "sessions"
DROP INDEX `session_user_id`;
-- reverse: create "sessions" table
DROP TABLE `sessions`;
-- reverse: create index "role_key" to table: "roles"
DROP INDEX `role_key`;
-- reverse: create "roles" table
DROP TABLE `roles`;
-- reverse: create index "productvariant_product_id" to table: "product_variants"
DROP INDEX `productvariant_product_id`;
-- reverse: create index "productvariant_sku" to table: "product_variants"
DROP INDEX `productvariant_sku`;
-- reverse: create index "productvariant_source_external_id" to table: "product_variants"
DROP INDEX `productvariant_source_external_id`;
-- reverse: create "product_variants" table
DROP TABLE `product_variants`;
-- reverse: create index "product_category_id" to table: "products"
DROP INDEX `product_category_id`;
-- reverse: create index "product_status" to table: "products"
DROP INDEX `product_status`;
-- reverse: create index "product_name_id" to table: "products"
DROP INDEX `product_name_id`;
-- reverse: create index "product_source_external_id" to table: "products"
DROP INDEX `product_source_external_id`;
-- reverse: create "products" table
DROP TABLE `products`;
-- reverse: create index "organizationassignment_organization_id" to table: "organization_assignments"
DROP INDEX `organizationassignment_organization_id`;
-- reverse: create index "organizationassignment_user_id_organization_id" to table: "organization_assignments"
DROP INDEX `organizationassignment_user_id_organization_id`;
-- reverse: create "organization_assignments" table
DROP TABLE `organization_assignments`;
-- reverse: create index "organization_status" to table: "organizations"
DROP INDEX `organization_status`;
-- reverse: create index "organization_kind" to table: "organizations"
DROP INDEX `organization_kind`;
-- reverse: create index "organization_name_id" to table: "organizations"
DROP INDEX `organization_name_id`;
-- reverse: create index "organization_parent_id" to table: "organizations"
DROP INDEX `organization_parent_id`;
-- reverse: create index "organization_source_external_id" to table: "organizations"
DROP INDEX `organization_source_external_id`;
-- reverse: create "organizations" table
DROP TABLE `organizations`;
-- reverse: create index "orderline_variant_id" to table: "order_lines"
DROP INDEX `orderline_variant_id`;
-- reverse: create index "orderline_sku" to table: "order_lines"
DROP INDEX `orderline_sku`;
-- reverse: create index "orderline_order_id_position" to table: "order_lines"
DROP INDEX `orderline_order_id_position`;
-- reverse: create index "orderline_user_id" to table: "order_lines"
DROP INDEX `orderline_user_id`;
-- reverse: create index "orderline_organization_id" to table: "order_lines"
DROP INDEX `orderline_organization_id`;
-- reverse: create "order_lines" table
DROP TABLE `order_lines`;
-- reverse: create index "order_purchase_order_number" to table: "orders"
DROP INDEX `order_purchase_order_number`;
-- reverse: create index "order_promised_date" to table: "orders"
DROP INDEX `order_promised_date`;
-- reverse: create index "order_payment_status" to table: "orders"
DROP INDEX `order_payment_status`;
-- reverse: create index "order_return_status" to table: "orders"
DROP INDEX `order_return_status`;
-- reverse: create index "order_fulfillment_status_promised_date" to table: "orders"
DROP INDEX `order_fulfillment_status_promised_date`;
-- reverse: create index "order_status_placed_at" to table: "orders"
DROP INDEX `order_status_placed_at`;
-- reverse: create index "order_placed_at_id" to table: "orders"
DROP INDEX `order_placed_at_id`;
-- reverse: create index "order_user_id_placed_at_id" to table: "orders"
DROP INDEX `order_user_id_placed_at_id`;
-- reverse: create index "order_organization_id_placed_at_id" to table: "orders"
DROP INDEX `order_organization_id_placed_at_id`;
-- reverse: create index "order_number" to table: "orders"
DROP INDEX `order_number`;
-- reverse: create index "order_source_external_id" to table: "orders"
DROP INDEX `order_source_external_id`;
-- reverse: create "orders" table
DROP TABLE `orders`;
-- reverse: create index "onetimetoken_subject" to table: "one_time_tokens"
DROP INDEX `onetimetoken_subject`;
-- reverse: create index "onetimetoken_hash" to table: "one_time_tokens"
DROP INDEX `onetimetoken_hash`;
-- reverse: create "one_time_tokens" table
DROP TABLE `one_time_tokens`;
-- reverse: create index "membership_role_id" to table: "memberships"
DROP INDEX `membership_role_id`;
-- reverse: create index "membership_organization_id" to table: "memberships"
DROP INDEX `membership_organization_id`;
-- reverse: create index "membership_user_id_organization_id" to table: "memberships"
DROP INDEX `membership_user_id_organization_id`;
-- reverse: create "memberships" table
DROP TABLE `memberships`;
-- reverse: create index "event_organization_id_id" to table: "events"
DROP INDEX `event_organization_id_id`;
-- reverse: create index "event_subject_id_id" to table: "events"
DROP INDEX `event_subject_id_id`;
-- reverse: create "events" table
DROP TABLE `events`;
-- reverse: create index "category_parent_id" to table: "categories"
DROP INDEX `category_parent_id`;
-- reverse: create index "category_source_external_id" to table: "categories"
DROP INDEX `category_source_external_id`;
-- reverse: create "categories" table
DROP TABLE `categories`;
-- reverse: create index "auditentry_entity" to table: "audit_entries"
DROP INDEX `auditentry_entity`;
-- reverse: create index "auditentry_action" to table: "audit_entries"
DROP INDEX `auditentry_action`;
-- reverse: create index "auditentry_actor_occurred_at" to table: "audit_entries"
DROP INDEX `auditentry_actor_occurred_at`;
-- reverse: create index "auditentry_subject_occurred_at" to table: "audit_entries"
DROP INDEX `auditentry_subject_occurred_at`;
-- reverse: create index "auditentry_occurred_at_id" to table: "audit_entries"
DROP INDEX `auditentry_occurred_at_id`;
-- reverse: create "audit_entries" table
DROP TABLE `audit_entries`;
