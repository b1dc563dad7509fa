package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Category is a shelf of the catalog; categories form a tree.
type Category struct{ ent.Schema }

// Mixin of Category.
func (Category) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Category}, stamped{}, sourced{}}
}

// Fields of Category.
func (Category) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxLen(200).Comment("The category's name."),
		field.String("description").Optional().MaxRuneLen(1000).Comment("What is to be found there."),
		field.Int("position").Default(0).Comment("Its place among its neighbours, which are then by name."),
		field.String("parent_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
	}
}

// Edges of Category.
func (Category) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("subcategories", Category.Type).Annotations(kept()).Comment("The categories directly below it.").
			From("parent").Unique().Field("parent_id").Comment("The category above it."),
		edge.From("products", Product.Type).Ref("category").Annotations(hidden()),
	}
}

// Indexes of Category.
func (Category) Indexes() []ent.Index {
	return []ent.Index{index.Fields("parent_id")}
}

// Annotations of Category.
func (Category) Annotations() []schema.Annotation {
	return []schema.Annotation{table("categories")}
}
