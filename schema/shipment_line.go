package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// ShipmentLine says how many of an order line are in a shipment.
type ShipmentLine struct{ ent.Schema }

// Mixin of ShipmentLine.
func (ShipmentLine) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.ShipmentLine}, owned{}}
}

// Fields of ShipmentLine.
func (ShipmentLine) Fields() []ent.Field {
	return []ent.Field{
		field.String("shipment_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("order_id").GoType(gid.ID("")).Immutable().Annotations(hidden()).
			Comment("The order, again, so that a rule on it needs no join."),
		field.String("order_line_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.Int("quantity").Positive().Immutable().Comment("How many of the order line are in the shipment."),
	}
}

// Edges of ShipmentLine.
func (ShipmentLine) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("shipment", Shipment.Type).Unique().Required().Immutable().Field("shipment_id").Annotations(hidden()),
		edge.To("order_line", OrderLine.Type).Unique().Required().Immutable().Field("order_line_id").
			Comment("The order line that is shipped."),
	}
}

// Indexes of ShipmentLine.
func (ShipmentLine) Indexes() []ent.Index {
	return []ent.Index{index.Fields("shipment_id", "order_line_id").Unique(), index.Fields("order_line_id")}
}

// Annotations of ShipmentLine.
func (ShipmentLine) Annotations() []schema.Annotation {
	return []schema.Annotation{table("shipment_lines")}
}
