package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// ConfigurationModel is how a product is configured: the draft that product
// managers work on, and the versions that were published of it.
type ConfigurationModel struct{ ent.Schema }

// Mixin of ConfigurationModel.
func (ConfigurationModel) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.ConfigurationModel}}
}

// Fields of ConfigurationModel.
func (ConfigurationModel) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("variant_id").GoType(gid.ID("")).Annotations(hidden()).
			Comment("The variant that is ordered, whose price is the base."),
		field.JSON("draft", ConfigurationDocument{}).Annotations(hidden()),
		field.Int("latest").Default(0).Annotations(hidden()).Comment("The number of the latest published version; 0 when there is none."),
		field.Int("version").Default(1).Annotations(Requires(PermConfigurationStaff)).
			Comment("Grows with each change of the draft; send it along when changing."),
		field.Time("created_at").Default(now).Immutable().Comment("When it was recorded here."),
		// It tells when somebody worked on the draft, of which customers learn nothing.
		field.Time("updated_at").Default(now).UpdateDefault(now).Annotations(Requires(PermConfigurationStaff)).
			Comment("When it last changed here, as with each change of the draft."),
	}
}

// Edges of ConfigurationModel.
func (ConfigurationModel) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Unique().Required().Immutable().Field("product_id").Comment("The product that is configured."),
		edge.To("variant", ProductVariant.Type).Unique().Required().Field("variant_id").Comment("The variant that is ordered."),
		edge.From("versions", ModelVersion.Type).Ref("model").Annotations(hidden()),
	}
}

// Indexes of ConfigurationModel.
func (ConfigurationModel) Indexes() []ent.Index {
	return []ent.Index{index.Fields("product_id").Unique(), index.Fields("variant_id").Unique()}
}

// Annotations of ConfigurationModel.
func (ConfigurationModel) Annotations() []schema.Annotation {
	return []schema.Annotation{table("configuration_models"), entgql.Skip(entgql.SkipWhereInput)}
}
