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

// ModelVersion is a published version of a configuration model. What it says never
// changes, since configurations and orders refer to it.
type ModelVersion struct{ ent.Schema }

// Mixin of ModelVersion.
func (ModelVersion) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.ModelVersion}}
}

// Fields of ModelVersion.
func (ModelVersion) Fields() []ent.Field {
	return []ent.Field{
		field.String("model_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("product_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("variant_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.Int("number").Positive().Immutable().Comment("Its number, from 1."),
		field.Enum("status").Values("ACTIVE", "RETIRED").Default("ACTIVE").Comment("Whether new configurations begin with it."),
		field.JSON("document", ConfigurationDocument{}).Immutable().Annotations(hidden()),
		field.String("checksum").MinLen(64).MaxLen(64).Immutable().Comment("SHA-256 of what it says, in hexadecimal."),
		field.JSON("facts", ConfigurationFacts{}).Immutable().Annotations(hidden()),
		field.String("note").Optional().Immutable().MaxRuneLen(1000).Annotations(Requires(PermConfigurationStaff)).
			Comment("What has changed, for colleagues."),
		field.Time("published_at").Default(now).Immutable().Comment("When it was published."),
	}
}

// Edges of ModelVersion.
func (ModelVersion) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("model", ConfigurationModel.Type).Unique().Required().Immutable().Field("model_id").Comment("The model that it is a version of."),
	}
}

// Indexes of ModelVersion.
func (ModelVersion) Indexes() []ent.Index {
	return []ent.Index{index.Fields("model_id", "number").Unique(), index.Fields("product_id", "status")}
}

// Annotations of ModelVersion.
func (ModelVersion) Annotations() []schema.Annotation {
	return []schema.Annotation{table("model_versions"), entgql.Skip(entgql.SkipWhereInput)}
}
