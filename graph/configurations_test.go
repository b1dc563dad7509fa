package graph_test

import (
	"maps"

	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func init() {
	maps.Copy(edges, map[string][2]string{
		"Product.configurationModel": {"product_id", ""}, "ConfigurationModel.product": {"fk", "product_id"}, "ConfigurationModel.variant": {"fk", "variant_id"},
		"ConfigurationModel.current": {"model_id", ""}, "ConfigurationModel.versions": {"model_id", ""}, // of which the world has one each
		"ModelVersion.model": {"fk", "model_id"}, "ModelVersion.supersededBy": {elsewhere, "TestPublishing"},
		"Configuration.organization": {"fk", "organization_id"}, "Configuration.user": {"fk", "user_id"}, "Configuration.product": {"fk", "product_id"},
		"Configuration.modelVersion": {"fk", "version_id"}, "Configuration.order": {"fk", "order_id"},
		"CartLine.configuration": {"fk", "NULLIF(configuration_id, '')"}, "Notification.configuration": {elsewhere, "TestConfigurationsAreHandedOver"},
	})
	maps.Copy(attempts, map[string]attempt{
		"saveConfiguration": {"configuration.save", "Configuration", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "name": "Another press"}
		}},
		"copyConfiguration": {"configuration.create", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"id": f.World.Configurations[world.OrderOfMember].ID}
		}},
		"deleteConfiguration": {"configuration.delete", "Configuration", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id}
		}},
		"handOverConfiguration": {"configuration.save", "Configuration", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "to": "SALES"}
		}},
		"shareConfiguration": {"configuration.share", "Configuration", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id}
		}},
		"revokeShare": {"configuration.share", "Configuration", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"configurationId": id, "shareId": gid.New(gid.OneTimeToken)}
		}},
		"saveConfigurationModel": {"configurationModel.save", "ConfigurationModel", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v}
		}},
		"publishConfigurationModel": {"configurationModel.publish", "ConfigurationModel", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v}
		}},
		"revalidateConfigurations": {"configurationModel.publish", "ConfigurationModel", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id, "dryRun": true}
		}},
	})
	moreGuesses = append(moreGuesses, func(f *testkit.Foyer) map[string][]guess {
		return map[string][]guess{
			"ConfigurationFilter.status":         {{[]string{"ORDERED"}, []string{"NEEDS_CUSTOMER"}}},
			"ConfigurationFilter.turn":           {{[]string{"SALES"}, []string{}}},
			"ConfigurationFilter.productId":      {{f.World.Draft.ID, gid.New(gid.Product)}},
			"ConfigurationFilter.organizationId": {{f.World.South.ID, gid.New(gid.Organization)}},
			"ConfigurationFilter.search":         {{"Press of SOUTH", "Press of NOWHERE"}, {"%SOUTH", "%NOWHERE"}},
		}
	})
}
