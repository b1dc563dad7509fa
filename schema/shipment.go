package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// ShipmentStates are the states of a shipment, which are also those that a
// tracking event reports.
var ShipmentStates = []string{
	"PENDING", "PICKED_UP", "IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED", "EXCEPTION", "RETURNED_TO_SENDER",
}

// Shipment is one parcel or load on its way to the customer.
type Shipment struct{ ent.Schema }

// Mixin of Shipment.
func (Shipment) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Shipment}, stamped{}, owned{}, sourced{}}
}

// Fields of Shipment.
func (Shipment) Fields() []ent.Field {
	return []ent.Field{
		field.String("order_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.Enum("status").Values(ShipmentStates...).Default("PENDING").
			Comment("Where it is; derived from all its tracking events."),
		field.String("carrier").NotEmpty().MaxLen(60).Annotations(hidden()).Comment("The carrier's code."),
		field.String("tracking_number").Optional().MaxRuneLen(120).Annotations(Filterable()).
			Comment("The carrier's number for it."),
		field.String("tracking_key").Optional().MaxLen(120).Annotations(hidden()).
			Comment("The tracking number as it is compared: capitals and digits alone."),
		field.Time("estimated_delivery").Optional().Nillable().Comment("When the carrier expects to deliver it."),
		field.Time("shipped_at").Optional().Nillable().Comment("When the carrier took it over."),
		field.Time("delivered_at").Optional().Nillable().Comment("When it was delivered."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Shipment.
func (Shipment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("order", Order.Type).Unique().Required().Immutable().Field("order_id").Comment("The order that it belongs to."),
		edge.From("lines", ShipmentLine.Type).Ref("shipment").Comment("What is in it."),
		edge.From("tracking_events", TrackingEvent.Type).Ref("shipment").Comment("What the carrier has reported, in order of time."),
	}
}

// Indexes of Shipment.
func (Shipment) Indexes() []ent.Index {
	return []ent.Index{index.Fields("order_id"), index.Fields("tracking_number"), index.Fields("tracking_key")}
}

// Annotations of Shipment.
func (Shipment) Annotations() []schema.Annotation {
	return []schema.Annotation{table("shipments")}
}
