package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Event is one entry of the append-only log of what happened, written in the
// transaction of the change. Timelines read it; the API has a type for each
// kind, so the row itself is never part of the schema.
type Event struct{ ent.Schema }

// Fields of Event.
func (Event) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id").Immutable(),
		field.String("kind").NotEmpty().MaxLen(60).Immutable(),
		field.String("subject_id").GoType(gid.ID("")).NotEmpty().Immutable(),
		field.String("organization_id").GoType(gid.ID("")).Optional().Immutable(),
		field.String("user_id").GoType(gid.ID("")).Optional().Immutable(),
		field.Enum("audience").Values("CUSTOMER", "STAFF").Default("CUSTOMER").Immutable(),
		field.Enum("actor_kind").Values("CUSTOMER", "STAFF", "INTEGRATION", "SYSTEM").Immutable(),
		field.String("actor_id").Optional().Immutable(),
		field.String("actor_name").Optional().MaxLen(200).Immutable(),
		field.String("impersonator_id").Optional().Immutable(),
		field.JSON("data", EventData{}).Immutable(),
		field.Time("at").StorageKey("occurred_at").Default(now).Immutable(),
	}
}

// Indexes of Event.
func (Event) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject_id", "id"), index.Fields("organization_id", "id"), index.Fields("user_id", "id"),
		index.Fields("organization_id", "at", "id"), // the timeline of an organization
	}
}

// Annotations of Event.
func (Event) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entsql.Annotation{Table: "events", Incremental: new(true)},
		entgql.Skip(entgql.SkipAll),
	}
}
