package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// ParcelReport is a carrier's report that could not become a tracking event:
// no shipment has its number yet, or its clock cannot be right. It waits until
// the parcel appears or a person decides.
type ParcelReport struct{ ent.Schema }

// Mixin of ParcelReport.
func (ParcelReport) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.ParcelReport}}
}

// Fields of ParcelReport.
func (ParcelReport) Fields() []ent.Field {
	return []ent.Field{
		field.String("carrier").NotEmpty().MaxLen(60).Immutable().Annotations(hidden()).Comment("The carrier's code."),
		field.String("tracking_number").NotEmpty().MaxRuneLen(120).Immutable().Annotations(Filterable()).
			Comment("The number that the carrier has given."),
		field.String("tracking_key").NotEmpty().MaxLen(120).Immutable().Annotations(hidden()),
		field.String("dedup_key").NotEmpty().MaxLen(100).Immutable().Annotations(hidden()),
		field.Enum("status").Values(ShipmentStates...).Immutable().Comment("What the report says of the parcel."),
		field.Time("at").StorageKey("occurred_at").Immutable().Comment("When it happened, by the carrier's word."),
		field.Time("received_at").Default(now).Immutable().Annotations(Sortable("RECEIVED_AT")).Comment("When the report arrived."),
		field.Time("estimated_delivery").Optional().Nillable().Immutable().Comment("When the carrier expects to deliver it."),
		field.String("location").Optional().MaxRuneLen(200).Immutable().Comment("Where it happened."),
		field.String("message").Optional().MaxRuneLen(500).Immutable().Comment("The carrier's words."),
		field.String("external_id").Optional().MaxLen(200).Immutable().Annotations(hidden()),
		field.Enum("problem").Values("UNKNOWN_PARCEL", "AMBIGUOUS_PARCEL", "WRONG_CLOCK", "BEFORE_ORDER").Annotations(Filterable()).
			Comment("Why it could not be recorded at once."),
		field.Enum("state").Values("WAITING", "RECORDED", "DISMISSED").Default("WAITING").Annotations(Filterable()).
			Comment("What has become of it."),
		field.String("shipment_id").GoType(gid.ID("")).Optional().Annotations(hidden()).
			Comment("The shipment on which it was recorded in the end."),
		field.Time("handled_at").Optional().Nillable().Comment("When it was recorded or dismissed."),
		field.String("dismiss_reason").Optional().MaxRuneLen(1000).Comment("Why it was dismissed."),
	}
}

// Indexes of ParcelReport.
func (ParcelReport) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("carrier", "tracking_key", "dedup_key").Unique(), index.Fields("received_at", "id"),
		index.Fields("state", "received_at"), index.Fields("tracking_number"), index.Fields("tracking_key"), index.Fields("problem"),
	}
}

// Annotations of ParcelReport.
func (ParcelReport) Annotations() []schema.Annotation {
	return []schema.Annotation{table("parcel_reports"), listed()}
}
