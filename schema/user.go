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

// User is a person who can sign in. What they may do comes from memberships.
type User struct{ ent.Schema }

// Mixin of User.
func (User) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.User}, stamped{}, sourced{}}
}

// Fields of User.
func (User) Fields() []ent.Field {
	return []ent.Field{
		// 200 characters, which portal/accounts counts: the limits here are of bytes.
		field.String("name").NotEmpty().MaxLen(800).Annotations(Sortable("NAME"), Filterable()).
			Comment("The name that others see."),
		field.String("email").NotEmpty().MaxLen(254).Annotations(Requires(PermContact), Filterable()).
			Comment("The e-mail address, in lower case; it signs in."),
		field.String("phone").Optional().MaxLen(240).Annotations(Requires(PermContact)).
			Comment("The telephone number."),
		field.Enum("language").GoType(Language("")).Default(string(English)).Annotations(entgql.Type("Language")).
			Comment("The language in which the person is addressed."),
		field.Enum("status").Values("ACTIVE", "DISABLED").Default("ACTIVE").Annotations(Filterable()).
			Comment("Whether the person can sign in."),
		field.JSON("notification_settings", &NotificationSettings{}).Optional().Annotations(hidden()),
		field.String("password_hash").Optional().Sensitive().Annotations(hidden()),
	}
}

// Edges of User.
func (User) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("memberships", Membership.Type).Ref("user").
			Comment("For whom the person acts, as far as it can be seen."),
		edge.From("assignments", OrganizationAssignment.Type).Ref("user").
			Comment("The organizations that the member of staff looks after."),
	}
}

// Indexes of User.
func (User) Indexes() []ent.Index {
	return []ent.Index{index.Fields("email").Unique(), index.Fields("name", "id"), index.Fields("status")}
}

// Annotations of User.
func (User) Annotations() []schema.Annotation {
	return []schema.Annotation{table("users"), listed()}
}
