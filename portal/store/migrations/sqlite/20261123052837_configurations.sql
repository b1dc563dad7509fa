-- +goose Up
-- add column "configuration" to table: "order_lines"
ALTER TABLE `order_lines` ADD COLUMN `configuration` json NULL;
-- a line with a configuration is one of its own
ALTER TABLE `cart_lines` ADD COLUMN `configuration_id` text NOT NULL DEFAULT '';
DROP INDEX `cartline_cart_id_variant_id`;
CREATE UNIQUE INDEX `cartline_cart_id_variant_id_configuration_id` ON `cart_lines` (`cart_id`, `variant_id`, `configuration_id`);
CREATE INDEX `cartline_configuration_id` ON `cart_lines` (`configuration_id`);
-- create "configurations" table
CREATE TABLE `configurations` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `name` text NOT NULL, `status` text NOT NULL DEFAULT ('OPEN'), `turn` text NOT NULL DEFAULT ('CUSTOMER'), `choices` json NOT NULL, `quantity` integer NOT NULL DEFAULT (1), `copied_from_id` text NULL, `currency` text NULL, `unit_minor` integer NULL, `days` integer NOT NULL DEFAULT (0), `change` json NULL, `version` integer NOT NULL DEFAULT (1), `organization_id` text NOT NULL, `user_id` text NULL, `product_id` text NOT NULL, `version_id` text NOT NULL, `order_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `configurations_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `configurations_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `configurations_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `configurations_model_versions_model_version` FOREIGN KEY (`version_id`) REFERENCES `model_versions` (`id`) ON DELETE NO ACTION, CONSTRAINT `configurations_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION);
-- create index "configuration_organization_id" to table: "configurations"
CREATE INDEX `configuration_organization_id` ON `configurations` (`organization_id`);
-- create index "configuration_user_id" to table: "configurations"
CREATE INDEX `configuration_user_id` ON `configurations` (`user_id`);
-- create index "configuration_updated_at_id" to table: "configurations"
CREATE INDEX `configuration_updated_at_id` ON `configurations` (`updated_at`, `id`);
-- create index "configuration_product_id" to table: "configurations"
CREATE INDEX `configuration_product_id` ON `configurations` (`product_id`);
-- create index "configuration_version_id" to table: "configurations"
CREATE INDEX `configuration_version_id` ON `configurations` (`version_id`);
-- create index "configuration_order_id" to table: "configurations"
CREATE INDEX `configuration_order_id` ON `configurations` (`order_id`);
-- create index "configuration_organization_id_updated_at" to table: "configurations"
CREATE INDEX `configuration_organization_id_updated_at` ON `configurations` (`organization_id`, `updated_at`);
-- create "configuration_models" table
CREATE TABLE `configuration_models` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `draft` json NOT NULL, `latest` integer NOT NULL DEFAULT (0), `version` integer NOT NULL DEFAULT (1), `product_id` text NOT NULL, `variant_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `configuration_models_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `configuration_models_product_variants_variant` FOREIGN KEY (`variant_id`) REFERENCES `product_variants` (`id`) ON DELETE NO ACTION);
-- create index "configurationmodel_product_id" to table: "configuration_models"
CREATE UNIQUE INDEX `configurationmodel_product_id` ON `configuration_models` (`product_id`);
-- create index "configurationmodel_variant_id" to table: "configuration_models"
CREATE UNIQUE INDEX `configurationmodel_variant_id` ON `configuration_models` (`variant_id`);
-- create "model_versions" table
CREATE TABLE `model_versions` (`id` text NOT NULL, `product_id` text NOT NULL, `variant_id` text NOT NULL, `number` integer NOT NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `document` json NOT NULL, `checksum` text NOT NULL, `facts` json NOT NULL, `note` text NULL, `published_at` datetime NOT NULL, `model_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `model_versions_configuration_models_model` FOREIGN KEY (`model_id`) REFERENCES `configuration_models` (`id`) ON DELETE NO ACTION);
-- create index "modelversion_model_id_number" to table: "model_versions"
CREATE UNIQUE INDEX `modelversion_model_id_number` ON `model_versions` (`model_id`, `number`);
-- create index "modelversion_product_id_status" to table: "model_versions"
CREATE INDEX `modelversion_product_id_status` ON `model_versions` (`product_id`, `status`);

-- +goose Down
-- reverse: create index "modelversion_product_id_status" to table: "model_versions"
DROP INDEX `modelversion_product_id_status`;
-- reverse: create index "modelversion_model_id_number" to table: "model_versions"
DROP INDEX `modelversion_model_id_number`;
-- reverse: create "model_versions" table
DROP TABLE `model_versions`;
-- reverse: create index "configurationmodel_variant_id" to table: "configuration_models"
DROP INDEX `configurationmodel_variant_id`;
-- reverse: create index "configurationmodel_product_id" to table: "configuration_models"
DROP INDEX `configurationmodel_product_id`;
-- reverse: create "configuration_models" table
DROP TABLE `configuration_models`;
-- reverse: create index "configuration_organization_id_updated_at" to table: "configurations"
DROP INDEX `configuration_organization_id_updated_at`;
-- reverse: create index "configuration_order_id" to table: "configurations"
DROP INDEX `configuration_order_id`;
-- reverse: create index "configuration_version_id" to table: "configurations"
DROP INDEX `configuration_version_id`;
-- reverse: create index "configuration_product_id" to table: "configurations"
DROP INDEX `configuration_product_id`;
-- reverse: create index "configuration_updated_at_id" to table: "configurations"
DROP INDEX `configuration_updated_at_id`;
-- reverse: create index "configuration_user_id" to table: "configurations"
DROP INDEX `configuration_user_id`;
-- reverse: create index "configuration_organization_id" to table: "configurations"
DROP INDEX `configuration_organization_id`;
-- reverse: create "configurations" table
DROP TABLE `configurations`;
DROP INDEX `cartline_configuration_id`;
DROP INDEX `cartline_cart_id_variant_id_configuration_id`;
CREATE UNIQUE INDEX `cartline_cart_id_variant_id` ON `cart_lines` (`cart_id`, `variant_id`);
ALTER TABLE `cart_lines` DROP COLUMN `configuration_id`;
-- reverse: add column "configuration" to table: "order_lines"
ALTER TABLE `order_lines` DROP COLUMN `configuration`;
