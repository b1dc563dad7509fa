package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Configuration is a product as somebody wants it. What they chose is kept, and
// nothing of what follows from it: that a later version may answer otherwise.
type Configuration struct{ ent.Schema }

// Mixin of Configuration.
func (Configuration) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Configuration}, owned{}}
}

// Fields of Configuration.
func (Configuration) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").GoType(gid.ID("")).Immutable().Annotations(hidden(), Filterable()),
		field.String("version_id").GoType(gid.ID("")).Annotations(hidden()),
		field.String("name").NotEmpty().MaxRuneLen(120).Comment("What it is called."),
		field.Enum("status").Values("OPEN", "COMPLETE", "NEEDS_CUSTOMER", "ORDERED").Default("OPEN").Annotations(Filterable()).
			Comment("Whether something is still to be chosen."),
		field.Enum("turn").Values("CUSTOMER", "SALES").Default("CUSTOMER").Annotations(Filterable()).Comment("Who is to go on with it."),
		field.JSON("choices", []ConfigurationChoice{}).Annotations(hidden()),
		field.Int("quantity").Positive().Default(1).Comment("How many are wanted."),
		field.String("order_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
		field.String("copied_from_id").GoType(gid.ID("")).Optional().Immutable().Annotations(hidden()),
		field.String("currency").Optional().MaxLen(3).Annotations(hidden()),
		field.Int64("unit_minor").Optional().Nillable().Annotations(hidden()).Comment("The price of one when it was last changed or checked."),
		field.Int("days").Default(0).Annotations(hidden()),
		field.JSON("change", &ConfigurationChange{}).Optional().Annotations(hidden()).Comment("What the latest version of the model did to it."),
		field.Time("created_at").Default(now).Immutable().Comment("When it was made."),
		field.Time("changed_at").Default(now).Annotations(Sortable("CHANGED_AT")).Comment("When it was changed or checked last."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Configuration.
func (Configuration) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("organization", Organization.Type).Unique().Required().Immutable().Field("organization_id").Comment("The customer for whom it is."),
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(kept()).Comment("Whose it is, where they can be seen."),
		edge.To("product", Product.Type).Unique().Required().Immutable().Field("product_id").Comment("What is configured, if it can still be seen."),
		edge.To("model_version", ModelVersion.Type).Unique().Required().Field("version_id").Comment("The version of the model by which it was made or checked last."),
		edge.To("order", Order.Type).Unique().Field("order_id").Annotations(kept()).Comment("The order that it has become."),
	}
}

// Indexes of Configuration.
func (Configuration) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("changed_at", "id"), index.Fields("product_id"), index.Fields("version_id"), index.Fields("order_id"),
		index.Fields("organization_id", "changed_at"), index.Fields("status"), index.Fields("turn"),
	}
}

// Annotations of Configuration.
func (Configuration) Annotations() []schema.Annotation {
	return []schema.Annotation{table("configurations"), listed()}
}
