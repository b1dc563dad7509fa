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
		field.String("type_id").GoType(gid.ID("")).Optional().Annotations(hidden(), Filterable()),
		field.JSON("attributes", []Attribute{}).Optional().Annotations(entgql.Type("[Attribute!]")).
			Comment("What all its variants have in common, in the order in which it is shown."),
		field.Bool("restricted").Default(false).Annotations(Requires(PermUnpublished)).
			Comment("Whether it is offered to chosen customers only."),
		field.String("tax_category").Default("STANDARD").MaxLen(60).Annotations(Requires(PermUnpublished)).
			Comment("By which rates it is taxed."),
		field.JSON("related", []Related{}).Optional().Annotations(hidden()),
		field.String("keywords").Optional().MaxRuneLen(1000).Annotations(Requires(PermUnpublished)).
			Comment("Further words by which everybody finds it."),
		field.Text("internal_text").Optional().Annotations(Requires(PermUnpublished)).
			Comment("What only the staff read, and search."),
		field.Int("version").Default(1).Annotations(Requires(PermUnpublished)).
			Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Product.
func (Product) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("category", Category.Type).Unique().Field("category_id").Annotations(kept()).Comment("Where it stands in the catalog."),
		edge.To("type", ProductType.Type).Unique().Field("type_id").Annotations(kept()).Comment("Which attributes it has."),
		edge.From("variants", ProductVariant.Type).Ref("product").Comment("The versions that can be ordered."),
	}
}

// Indexes of Product.
func (Product) Indexes() []ent.Index {
	return []ent.Index{index.Fields("name", "id"), index.Fields("status"), index.Fields("category_id"), index.Fields("type_id")}
}

// Annotations of Product.
func (Product) Annotations() []schema.Annotation {
	return []schema.Annotation{table("products"), listed()}
}
