package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Product is something that is sold, in one or more variants.
type Product struct{ ent.Schema }

// Mixin of Product.
func (Product) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Product}, stamped{}, sourced{}}
}

// Fields of Product.
func (Product) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxLen(300).Annotations(Sortable("NAME"), Filterable()).
			Comment("The product's name."),
		field.Text("description").Optional().Comment("What it is and does."),
		field.Enum("status").Values("DRAFT", "ACTIVE", "RETIRED").Default("ACTIVE").
			Annotations(Requires(PermUnpublished), Filterable()).
			Comment("Whether it is offered. Customers see active products only."),
		field.String("category_id").GoType(gid.ID("")).Optional().Annotations(hidden(), Filterable()),
	}
}

// Edges of Product.
func (Product) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("category", Category.Type).Unique().Field("category_id").Annotations(kept()).Comment("Where it stands in the catalog."),
		edge.From("variants", ProductVariant.Type).Ref("product").Comment("The versions that can be ordered."),
	}
}

// Indexes of Product.
func (Product) Indexes() []ent.Index {
	return []ent.Index{index.Fields("name", "id"), index.Fields("status"), index.Fields("category_id")}
}

// Annotations of Product.
func (Product) Annotations() []schema.Annotation {
	return []schema.Annotation{table("products"), listed()}
}
