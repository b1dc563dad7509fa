package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// SpendingLimit says up to which amount people of an organization order without
// asking: one person, everybody in a role, or everybody.
type SpendingLimit struct{ ent.Schema }

// Mixin of SpendingLimit.
func (SpendingLimit) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.SpendingLimit}, stamped{}}
}

// Fields of SpendingLimit.
func (SpendingLimit) Fields() []ent.Field {
	return []ent.Field{
		field.String("organization_id").GoType(gid.ID("")).Immutable().NotEmpty().Annotations(hidden()),
		field.String("membership_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("role_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("approver_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
		field.Enum("period").Values("ORDER", "DAY", "WEEK", "MONTH").Default("ORDER").Comment("What is added up against it."),
		field.Int64("amount_minor").NonNegative().Annotations(hidden()),
		field.String("currency").MinLen(3).MaxLen(3).Annotations(hidden()),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of SpendingLimit.
func (SpendingLimit) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("organization", Organization.Type).Unique().Required().Immutable().Field("organization_id").
			Comment("The organization in which it holds."),
		edge.To("membership", Membership.Type).Unique().Immutable().Field("membership_id").Annotations(kept()).
			Comment("The person for whom it holds, when it is one."),
		edge.To("role", Role.Type).Unique().Immutable().Field("role_id").Annotations(kept()).
			Comment("The role for which it holds, when it is one."),
		edge.To("approver", User.Type).Unique().Field("approver_id").Annotations(kept()).
			Comment("Who is asked; any manager or administrator when there is none."),
	}
}

// Indexes of SpendingLimit.
func (SpendingLimit) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "membership_id", "role_id", "period"),
		index.Fields("membership_id"), index.Fields("role_id"), index.Fields("approver_id"),
	}
}

// Annotations of SpendingLimit.
func (SpendingLimit) Annotations() []schema.Annotation {
	return []schema.Annotation{table("spending_limits"), entgql.Skip(entgql.SkipWhereInput)}
}
