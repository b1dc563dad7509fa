package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// NotificationKinds are what people can be told about.
var NotificationKinds = []string{
	"ORDER_PLACED", "ORDER_CONFIRMED", "ORDER_CHANGED", "ORDER_CANCELLED", "ORDER_PROMISE", "ORDER_DELAYED", "ORDER_NOTE",
	"SHIPMENT_SENT", "OUT_FOR_DELIVERY", "DELIVERED", "DELIVERY_PROBLEM",
	"APPROVAL_REQUESTED", "APPROVAL_DECIDED", "SEARCH_ANSWERED",
	"CONFIGURATION_NEEDS_CUSTOMER", "CONFIGURATION_HANDED_OVER",
	"COURSE_ASSIGNED", "COURSE_DUE", "WORK_GRADED", "WORK_HANDED_IN", "CERTIFICATE_ISSUED", "CERTIFICATE_ENDING", "CERTIFICATE_REVOKED",
}

// Notification is something that one person is told, in their inbox and by the
// channels that they have chosen. Its words are made when they are read, in the
// reader's language.
type Notification struct{ ent.Schema }

// Mixin of Notification.
func (Notification) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Notification}}
}

// Fields of Notification.
func (Notification) Fields() []ent.Field {
	return []ent.Field{
		field.String("user_id").GoType(gid.ID("")).Immutable().NotEmpty().Annotations(hidden()),
		field.String("organization_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()).
			Comment("The owner of what it is about."),
		field.String("order_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.Enum("kind").Values(NotificationKinds...).Immutable().Annotations(Filterable()).Comment("What it is about."),
		field.JSON("data", NotificationData{}).Immutable().Annotations(hidden()),
		field.String("dedup_key").NotEmpty().MaxLen(160).Immutable().Annotations(hidden()).
			Comment("What makes a second notification of the same thing the same one."),
		field.Time("created_at").Default(now).Immutable().Annotations(Sortable("CREATED_AT")).Comment("When it was written."),
		field.Time("read_at").Optional().Nillable().Annotations(Filterable()).Comment("When it was read, if it was."),
	}
}

// Indexes of Notification.
func (Notification) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id", "dedup_key").Unique(), index.Fields("created_at", "id"),
		index.Fields("user_id", "created_at", "id"), index.Fields("kind"), index.Fields("read_at"), index.Fields("order_id"),
	}
}

// Annotations of Notification.
func (Notification) Annotations() []schema.Annotation {
	return []schema.Annotation{table("notifications"), listed()}
}
