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

// ProductType says which attributes the products of a sort have, so that they
// can be compared, filtered and checked.
type ProductType struct{ ent.Schema }

// Mixin of ProductType.
func (ProductType) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.ProductType}, stamped{}, sourced{}}
}

// Fields of ProductType.
func (ProductType) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").NotEmpty().MaxLen(60).Immutable().Comment("Its stable name in imports and links."),
		field.String("name").NotEmpty().MaxLen(200).Comment("The type's name."),
		field.JSON("attributes", []AttributeDefinition{}).Annotations(entgql.Type("[AttributeDefinition!]")).
			Comment("What its products say of themselves, in the order in which it is shown."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of ProductType.
func (ProductType) Edges() []ent.Edge {
	return []ent.Edge{edge.From("products", Product.Type).Ref("type").Annotations(hidden())}
}

// Indexes of ProductType.
func (ProductType) Indexes() []ent.Index { return []ent.Index{index.Fields("key").Unique()} }

// Annotations of ProductType.
func (ProductType) Annotations() []schema.Annotation {
	return []schema.Annotation{table("product_types"), entgql.Skip(entgql.SkipWhereInput)}
}
