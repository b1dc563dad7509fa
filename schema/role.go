package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Role is a named set of permissions with scopes. The built-in ones take
// theirs from the access matrix; administrators make more.
type Role struct{ ent.Schema }

// Mixin of Role.
func (Role) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Role}, stamped{}}
}

// Fields of Role.
func (Role) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").NotEmpty().MaxLen(60).Immutable().Comment("The role's stable key, such as ORG_BUYER."),
		field.String("name").NotEmpty().MaxLen(120).Comment("The name that people see."),
		field.Enum("kind").Values("ORGANIZATION", "STAFF").Immutable().
			Comment("Whether it is a role in an organization or one of staff."),
		field.Bool("built_in").Default(false).Immutable().
			Comment("Whether it comes with the system and cannot be changed."),
		field.JSON("grants", &RoleGrants{}).Optional().Annotations(hidden()),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Indexes of Role.
func (Role) Indexes() []ent.Index {
	return []ent.Index{index.Fields("key").Unique()}
}

// Annotations of Role.
func (Role) Annotations() []schema.Annotation {
	return []schema.Annotation{table("roles")}
}
