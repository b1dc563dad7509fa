package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Membership lets a user act for an organization in a role; without an
// organization it makes the user a member of staff.
type Membership struct{ ent.Schema }

// Mixin of Membership.
func (Membership) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Membership}, stamped{}}
}

// Fields of Membership.
func (Membership) Fields() []ent.Field {
	return []ent.Field{
		field.String("user_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("organization_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("role_id").GoType(gid.ID("")).Annotations(hidden()),
		field.Enum("status").Values("INVITED", "ACTIVE", "DISABLED").Default("ACTIVE").
			Comment("Whether the person can act by it; invited until the person has accepted."),
		field.Strings("selected_user_ids").Optional().Annotations(hidden()).
			Comment("Colleagues whose records the scope \"selected\" adds to one's own."),
		field.String("delegate_id").GoType(gid.ID("")).Optional().Annotations(hidden()).
			Comment("The user who answers requests for approval in the person's place."),
		field.Time("delegate_until").Optional().Nillable().Annotations(hidden()),
		// Kept until the invitation is accepted, also when it is withdrawn: by these the
		// row is known for one that the person has never agreed to, and they are all
		// that the inviter sees of the person until then.
		field.String("invited_name").Optional().MaxLen(800).Annotations(Requires(PermPeople)).
			Comment("The name in the invitation, until the person accepts it."),
		field.String("invited_email").Optional().MaxLen(254).Annotations(Requires(PermContact)).
			Comment("The address to which the invitation went, until the person accepts it."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Membership.
func (Membership) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("user", User.Type).Unique().Required().Immutable().Field("user_id").
			Comment("The person."),
		edge.To("organization", Organization.Type).Unique().Immutable().Field("organization_id").Annotations(kept()).
			Comment("The organization that the person acts for; none for staff."),
		edge.To("role", Role.Type).Unique().Required().Field("role_id").
			Comment("What the person may do there."),
	}
}

// Indexes of Membership.
func (Membership) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id", "organization_id").Unique(),
		index.Fields("organization_id"), index.Fields("role_id"),
	}
}

// Annotations of Membership.
func (Membership) Annotations() []schema.Annotation {
	return []schema.Annotation{table("memberships")}
}
