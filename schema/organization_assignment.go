package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// OrganizationAssignment says that a member of staff looks after an
// organization during a time; the scope "assigned" follows it.
type OrganizationAssignment struct{ ent.Schema }

// Mixin of OrganizationAssignment.
func (OrganizationAssignment) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Assignment}, stamped{}}
}

// Fields of OrganizationAssignment.
func (OrganizationAssignment) Fields() []ent.Field {
	return []ent.Field{
		field.String("organization_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("user_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.Time("from").Default(now).StorageKey("valid_from").Comment("From when on."),
		field.Time("to").Optional().Nillable().StorageKey("valid_to").Comment("Until when; open when not set."),
	}
}

// Edges of OrganizationAssignment.
func (OrganizationAssignment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("organization", Organization.Type).Unique().Required().Immutable().Field("organization_id").
			Comment("The organization that is looked after."),
		edge.To("user", User.Type).Unique().Required().Immutable().Field("user_id").
			Comment("The member of staff who looks after it."),
	}
}

// Indexes of OrganizationAssignment.
func (OrganizationAssignment) Indexes() []ent.Index {
	return []ent.Index{index.Fields("user_id", "organization_id"), index.Fields("organization_id")}
}

// Annotations of OrganizationAssignment.
func (OrganizationAssignment) Annotations() []schema.Annotation {
	return []schema.Annotation{table("organization_assignments")}
}
