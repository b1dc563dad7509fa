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

// CartLine is one position of a cart.
type CartLine struct{ ent.Schema }

// Mixin of CartLine.
func (CartLine) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.CartLine}, owned{}}
}

// Fields of CartLine.
func (CartLine) Fields() []ent.Field {
	return []ent.Field{
		field.String("cart_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("variant_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("configuration_id").Immutable().Default("").Annotations(hidden()).
			Comment("How it is configured; empty for what is not."),
		field.Int("position").NonNegative().Comment("Its place in the cart, from 1."),
		field.Int("quantity").Positive().Comment("How many."),
		field.String("note").Optional().MaxRuneLen(300).Comment("What is to be said with the line."),
		field.Int64("seen_unit_minor").Optional().Nillable().Annotations(hidden()).
			Comment("The price of one that the person has seen last, without tax."),
		field.Int("discount_basis_points").Default(0).Min(0).Max(10_000).Annotations(hidden()).
			Comment("Discount that staff have given on the line, in hundredths of a percent."),
		field.Time("added_at").Default(now).Immutable().Comment("When it was put in."),
	}
}

// Edges of CartLine.
func (CartLine) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("cart", Cart.Type).Unique().Required().Immutable().Field("cart_id").Comment("The cart that it is in."),
		edge.To("variant", ProductVariant.Type).Unique().Required().Immutable().Field("variant_id").
			Comment("What is wanted, if it can still be seen."),
	}
}

// Indexes of CartLine.
func (CartLine) Indexes() []ent.Index {
	return []ent.Index{index.Fields("cart_id", "position"), index.Fields("cart_id", "variant_id", "configuration_id").Unique(), index.Fields("variant_id"), index.Fields("configuration_id")}
}

// Annotations of CartLine.
func (CartLine) Annotations() []schema.Annotation {
	return []schema.Annotation{table("cart_lines"), entgql.Skip(entgql.SkipWhereInput)}
}
