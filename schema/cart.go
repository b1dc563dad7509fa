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

// Cart is what somebody is about to order for an organization. One of each
// person and organization has no name; further ones do.
type Cart struct{ ent.Schema }

// Mixin of Cart.
func (Cart) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Cart}, stamped{}, owned{}}
}

// Fields of Cart.
func (Cart) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").Default("").MaxRuneLen(60).Comment("What its owner calls it; empty for the usual one."),
		field.String("open_name").Optional().Nillable().MaxRuneLen(60).Annotations(hidden()).
			Comment("The name while it is open, so that no two open ones have one; nothing after that."),
		field.Enum("status").Values("OPEN", "ORDERED", "DISCARDED").Default("OPEN").Comment("Whether it can still be filled."),
		field.String("currency").MinLen(3).MaxLen(3).Immutable().Annotations(entgql.Type("CurrencyCode")).
			Comment("The currency of its prices."),
		field.String("order_id").GoType(gid.ID("")).Optional().Annotations(hidden()).Comment("What it has become."),
		field.String("purchase_order_number").Optional().MaxLen(120).Comment("The customer's own number for the order."),
		field.JSON("ship_to", &Address{}).Optional().Annotations(entgql.Type("Address")).Comment("Where it is to be delivered."),
		field.JSON("bill_to", &Address{}).Optional().Annotations(entgql.Type("Address")).Comment("Who is to be billed."),
		field.Time("requested_date").Optional().Nillable().Annotations(entgql.Type("Date")).
			Comment("The day on which it is wished for."),
		field.String("remark").Optional().MaxRuneLen(4000).Comment("What is to be said with the order."),
		field.String("shipping_method").Optional().MaxLen(60).Annotations(hidden()).Comment("Key of the chosen way of shipping."),
		field.Int("discount_basis_points").Default(0).Min(0).Max(10_000).Annotations(hidden()).
			Comment("Discount that staff have given on the whole, in hundredths of a percent."),
		field.String("discount_reason").Optional().MaxRuneLen(300).Annotations(hidden()),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Cart.
func (Cart) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("organization", Organization.Type).Unique().Required().Immutable().Field("organization_id").
			Comment("The customer for whom it will be ordered."),
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(kept()).
			Comment("Whose cart it is, where they can be seen."),
		edge.To("order", Order.Type).Unique().Field("order_id").Annotations(kept()).Comment("The order that it has become."),
		edge.From("lines", CartLine.Type).Ref("cart").Comment("What is in it, in its order."),
	}
}

// Indexes of Cart. No two open carts of one person and organization have one name.
func (Cart) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "user_id", "open_name").Unique(),
		index.Fields("order_id"), index.Fields("updated_at", "id"),
	}
}

// Annotations of Cart.
func (Cart) Annotations() []schema.Annotation {
	return []schema.Annotation{table("carts"), entgql.Skip(entgql.SkipWhereInput)}
}
