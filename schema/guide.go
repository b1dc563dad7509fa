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

// Guide leads by questions to products or to a text: for those who are not sure
// what they need.
type Guide struct{ ent.Schema }

// Mixin of Guide.
func (Guide) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Guide}, stamped{}}
}

// Fields of Guide.
func (Guide) Fields() []ent.Field {
	return []ent.Field{
		field.String("category_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
		field.String("key").NotEmpty().MaxLen(60).Immutable().Comment("Its stable name in links."),
		field.Enum("status").Values("DRAFT", "PUBLISHED", "RETIRED").Default("DRAFT").Annotations(Requires(PermUnpublished)).
			Comment("Whether customers are offered it."),
		field.JSON("document", GuideDocument{}).Annotations(hidden()),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Guide.
func (Guide) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("category", Category.Type).Unique().Field("category_id").Annotations(kept()).
			Comment("The category in which it is offered."),
	}
}

// Indexes of Guide.
func (Guide) Indexes() []ent.Index {
	return []ent.Index{index.Fields("key").Unique(), index.Fields("category_id")}
}

// Annotations of Guide.
func (Guide) Annotations() []schema.Annotation {
	return []schema.Annotation{table("guides"), entgql.Skip(entgql.SkipWhereInput)}
}
