package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// OrderLine is one position of an order: a snapshot of what was sold, which
// stays as it was when the product changes or goes.
type OrderLine struct{ ent.Schema }

// Mixin of OrderLine.
func (OrderLine) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.OrderLine}, owned{}}
}

// Fields of OrderLine.
func (OrderLine) Fields() []ent.Field {
	return []ent.Field{
		field.String("order_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("variant_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.Int("position").NonNegative().Immutable().Comment("Its place in the order, from 1."),
		field.String("sku").NotEmpty().MaxLen(120).Immutable().Annotations(Filterable()).Comment("The sku at the time of the order."),
		field.String("name").NotEmpty().MaxLen(300).Immutable().Comment("The name at the time of the order."),
		field.Int("quantity").Positive().Immutable().Comment("How many were ordered."),
		field.Int("quantity_cancelled").NonNegative().Default(0).Comment("How many of them were cancelled."),
		field.String("note").Optional().MaxRuneLen(300).Comment("What the customer said with the line."),
		field.JSON("price_explanation", PriceCause{}).Optional().Immutable().Annotations(hidden()).
			Comment("How its price came about."),
		field.JSON("configuration", &OrderedConfiguration{}).Optional().Immutable().Annotations(hidden()).
			Comment("How it was configured when it was ordered."),
		field.Int("tax_basis_points").Default(0).Immutable().Annotations(hidden()),
		field.Int("quantity_shipped").NonNegative().Default(0).Comment("How many of them are in shipments."),
		field.Time("promised_date").Optional().Nillable().Annotations(entgql.Type("Date")).
			Comment("The day on which this line is promised to arrive, where it differs from the order's."),
		field.String("promise_reason").Optional().MaxRuneLen(1000).
			Comment("Why the line's promised day changed last, in words for the customer."),
		field.String("currency").MinLen(3).MaxLen(3).Immutable().Annotations(hidden()),
		field.Int64("unit_price_minor").Immutable().Annotations(hidden()),
		field.Int("discount_basis_points").Default(0).Immutable().Annotations(hidden()).
			Comment("Discount in hundredths of a percent."),
		field.Int64("tax_minor").Default(0).Immutable().Annotations(hidden()),
		field.Int64("total_minor").Immutable().Annotations(hidden()),
	}
}

// Edges of OrderLine.
func (OrderLine) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("order", Order.Type).Unique().Required().Immutable().Field("order_id").Comment("The order that it is part of."),
		edge.To("variant", ProductVariant.Type).Unique().Immutable().Field("variant_id").Annotations(kept()).
			Comment("The variant as it is today, if it can still be seen."),
		edge.From("shipment_lines", ShipmentLine.Type).Ref("order_line").Annotations(hidden()),
	}
}

// Indexes of OrderLine.
func (OrderLine) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("order_id", "position").Unique(), index.Fields("sku"), index.Fields("variant_id"),
		index.Fields("promised_date").Annotations(entsql.IndexWhere("promised_date IS NOT NULL")),
	}
}

// Annotations of OrderLine.
func (OrderLine) Annotations() []schema.Annotation {
	return []schema.Annotation{table("order_lines")}
}
