package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// AuditEntry records one write: who, by which request, what changed. It is
// written by a hook, never by hand, and never changed.
type AuditEntry struct{ ent.Schema }

// Mixin of AuditEntry.
func (AuditEntry) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Audit}}
}

// Fields of AuditEntry.
func (AuditEntry) Fields() []ent.Field {
	return []ent.Field{
		field.Time("at").StorageKey("occurred_at").Default(now).Immutable().Annotations(Sortable("AT"), Filterable()).
			Comment("When it was written."),
		field.String("action").MaxLen(60).Optional().Immutable().Annotations(Filterable()).
			Comment("The action that wrote it, such as order.cancel."),
		field.Enum("operation").Values("CREATE", "UPDATE", "DELETE", "IMPORT").Immutable().
			Comment("What was done."),
		field.String("entity").NotEmpty().MaxLen(60).Immutable().Annotations(Filterable()).
			Comment("The type of the record."),
		field.String("subject").Optional().MaxLen(60).Immutable().Annotations(Filterable()).
			Comment("The record's id."),
		field.String("actor_kind").MaxLen(20).Immutable().Comment("The kind of identity that acted."),
		field.String("actor").Optional().MaxLen(60).Immutable().Annotations(Filterable()).
			Comment("The user who acted, if it was one."),
		field.String("impersonator").Optional().MaxLen(60).Immutable().
			Comment("The member of staff who acted as that user, if one did."),
		field.String("reason").Optional().MaxLen(300).Immutable().Comment("Why the system acted by itself, if it did."),
		field.String("request").Optional().MaxLen(64).Immutable().Comment("The request, as the log has it."),
		field.JSON("changes", []Change{}).Optional().Immutable().Annotations(entgql.Type("[Change!]")).
			Comment("The fields that were set. Secrets read \"redacted\"."),
	}
}

// Indexes of AuditEntry.
func (AuditEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("at", "id"), index.Fields("subject", "at"), index.Fields("actor", "at"),
		index.Fields("action"), index.Fields("entity"),
	}
}

// Annotations of AuditEntry.
func (AuditEntry) Annotations() []schema.Annotation {
	return []schema.Annotation{table("audit_entries"), listed()}
}
