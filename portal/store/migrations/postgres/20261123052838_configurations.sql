-- +goose Up
-- modify "cart_lines" table
ALTER TABLE "cart_lines" ADD COLUMN "configuration_id" character varying NOT NULL DEFAULT '';
-- a line with a configuration is one of its own
DROP INDEX "cartline_cart_id_variant_id";
-- create index "cartline_cart_id_variant_id_configuration_id" to table: "cart_lines"
CREATE UNIQUE INDEX "cartline_cart_id_variant_id_configuration_id" ON "cart_lines" ("cart_id", "variant_id", "configuration_id");
-- create index "cartline_configuration_id" to table: "cart_lines"
CREATE INDEX "cartline_configuration_id" ON "cart_lines" ("configuration_id");
-- modify "order_lines" table
ALTER TABLE "order_lines" ADD COLUMN "configuration" jsonb NULL;
-- create "configuration_models" table
CREATE TABLE "configuration_models" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "draft" jsonb NOT NULL, "latest" bigint NOT NULL DEFAULT 0, "version" bigint NOT NULL DEFAULT 1, "product_id" character varying NOT NULL, "variant_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "configuration_models_product_variants_variant" FOREIGN KEY ("variant_id") REFERENCES "product_variants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "configuration_models_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "configurationmodel_product_id" to table: "configuration_models"
CREATE UNIQUE INDEX "configurationmodel_product_id" ON "configuration_models" ("product_id");
-- create index "configurationmodel_variant_id" to table: "configuration_models"
CREATE UNIQUE INDEX "configurationmodel_variant_id" ON "configuration_models" ("variant_id");
-- create "model_versions" table
CREATE TABLE "model_versions" ("id" character varying NOT NULL, "product_id" character varying NOT NULL, "variant_id" character varying NOT NULL, "number" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'ACTIVE', "document" jsonb NOT NULL, "checksum" character varying NOT NULL, "facts" jsonb NOT NULL, "note" character varying NULL, "published_at" timestamptz NOT NULL, "model_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "model_versions_configuration_models_model" FOREIGN KEY ("model_id") REFERENCES "configuration_models" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "modelversion_model_id_number" to table: "model_versions"
CREATE UNIQUE INDEX "modelversion_model_id_number" ON "model_versions" ("model_id", "number");
-- create index "modelversion_product_id_status" to table: "model_versions"
CREATE INDEX "modelversion_product_id_status" ON "model_versions" ("product_id", "status");
-- create "configurations" table
CREATE TABLE "configurations" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "name" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "turn" character varying NOT NULL DEFAULT 'CUSTOMER', "choices" jsonb NOT NULL, "quantity" bigint NOT NULL DEFAULT 1, "copied_from_id" character varying NULL, "currency" character varying NULL, "unit_minor" bigint NULL, "days" bigint NOT NULL DEFAULT 0, "change" jsonb NULL, "version" bigint NOT NULL DEFAULT 1, "organization_id" character varying NOT NULL, "user_id" character varying NULL, "product_id" character varying NOT NULL, "version_id" character varying NOT NULL, "order_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "configurations_model_versions_model_version" FOREIGN KEY ("version_id") REFERENCES "model_versions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "configurations_orders_order" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "configurations_organizations_organization" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "configurations_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "configurations_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "configuration_order_id" to table: "configurations"
CREATE INDEX "configuration_order_id" ON "configurations" ("order_id");
-- create index "configuration_organization_id" to table: "configurations"
CREATE INDEX "configuration_organization_id" ON "configurations" ("organization_id");
-- create index "configuration_organization_id_updated_at" to table: "configurations"
CREATE INDEX "configuration_organization_id_updated_at" ON "configurations" ("organization_id", "updated_at");
-- create index "configuration_product_id" to table: "configurations"
CREATE INDEX "configuration_product_id" ON "configurations" ("product_id");
-- create index "configuration_updated_at_id" to table: "configurations"
CREATE INDEX "configuration_updated_at_id" ON "configurations" ("updated_at", "id");
-- create index "configuration_user_id" to table: "configurations"
CREATE INDEX "configuration_user_id" ON "configurations" ("user_id");
-- create index "configuration_version_id" to table: "configurations"
CREATE INDEX "configuration_version_id" ON "configurations" ("version_id");

-- +goose Down
-- reverse: create index "configuration_version_id" to table: "configurations"
DROP INDEX "configuration_version_id";
-- reverse: create index "configuration_user_id" to table: "configurations"
DROP INDEX "configuration_user_id";
-- reverse: create index "configuration_updated_at_id" to table: "configurations"
DROP INDEX "configuration_updated_at_id";
-- reverse: create index "configuration_product_id" to table: "configurations"
DROP INDEX "configuration_product_id";
-- reverse: create index "configuration_organization_id_updated_at" to table: "configurations"
DROP INDEX "configuration_organization_id_updated_at";
-- reverse: create index "configuration_organization_id" to table: "configurations"
DROP INDEX "configuration_organization_id";
-- reverse: create index "configuration_order_id" to table: "configurations"
DROP INDEX "configuration_order_id";
-- reverse: create "configurations" table
DROP TABLE "configurations";
-- reverse: create index "modelversion_product_id_status" to table: "model_versions"
DROP INDEX "modelversion_product_id_status";
-- reverse: create index "modelversion_model_id_number" to table: "model_versions"
DROP INDEX "modelversion_model_id_number";
-- reverse: create "model_versions" table
DROP TABLE "model_versions";
-- reverse: create index "configurationmodel_variant_id" to table: "configuration_models"
DROP INDEX "configurationmodel_variant_id";
-- reverse: create index "configurationmodel_product_id" to table: "configuration_models"
DROP INDEX "configurationmodel_product_id";
-- reverse: create "configuration_models" table
DROP TABLE "configuration_models";
-- reverse: modify "order_lines" table
ALTER TABLE "order_lines" DROP COLUMN "configuration";
-- reverse: create index "cartline_configuration_id" to table: "cart_lines"
DROP INDEX "cartline_configuration_id";
-- reverse: create index "cartline_cart_id_variant_id_configuration_id" to table: "cart_lines"
DROP INDEX "cartline_cart_id_variant_id_configuration_id";
CREATE UNIQUE INDEX "cartline_cart_id_variant_id" ON "cart_lines" ("cart_id", "variant_id");
-- reverse: modify "cart_lines" table
ALTER TABLE "cart_lines" DROP COLUMN "configuration_id";
