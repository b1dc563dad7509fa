package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// TrackingEvent is one report of a carrier about a shipment. It is never
// changed; the shipment's state follows from the set of its events, not from
// the order in which they arrived.
type TrackingEvent struct{ ent.Schema }

// Mixin of TrackingEvent.
func (TrackingEvent) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Tracking}, owned{}}
}

// Fields of TrackingEvent.
func (TrackingEvent) Fields() []ent.Field {
	return []ent.Field{
		field.String("shipment_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("order_id").GoType(gid.ID("")).Immutable().Annotations(hidden()).
			Comment("The order, again, so that a rule on it needs no join."),
		field.String("dedup_key").NotEmpty().MaxLen(100).Immutable().Annotations(hidden()).
			Comment("What makes a repeated report the same one."),
		field.Enum("status").Values(ShipmentStates...).Immutable().Comment("What the report says of the shipment."),
		field.Time("at").StorageKey("occurred_at").Immutable().Comment("When it happened, by the carrier's word."),
		field.Time("received_at").Default(now).Immutable().Comment("When the report arrived."),
		field.String("location").Optional().MaxRuneLen(200).Immutable().Comment("Where it happened."),
		field.String("message").Optional().MaxRuneLen(500).Immutable().Comment("The carrier's words."),
		field.Time("estimated_delivery").Optional().Nillable().Immutable().Annotations(hidden()).
			Comment("When the carrier then expected to deliver it; the shipment has the one that counts."),
	}
}

// Edges of TrackingEvent.
func (TrackingEvent) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("shipment", Shipment.Type).Unique().Required().Immutable().Field("shipment_id").
			Comment("The shipment that it reports on."),
	}
}

// Indexes of TrackingEvent.
func (TrackingEvent) Indexes() []ent.Index {
	return []ent.Index{index.Fields("shipment_id", "dedup_key").Unique(), index.Fields("shipment_id", "at")}
}

// Annotations of TrackingEvent.
func (TrackingEvent) Annotations() []schema.Annotation {
	return []schema.Annotation{table("tracking_events")}
}
