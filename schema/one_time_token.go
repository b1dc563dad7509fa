package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// OneTimeToken is a secret that works once: a link that makes the first
// administrator, an invitation, a reset; or, with a link that shares something,
// until it expires or is taken back. Only its digest is kept.
type OneTimeToken struct{ ent.Schema }

// Mixin of OneTimeToken.
func (OneTimeToken) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.OneTimeToken}}
}

// Fields of OneTimeToken.
func (OneTimeToken) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("kind").Values("FIRST_ADMINISTRATOR", "SET_PASSWORD", "GUEST_CODE", "INVITATION", "SHARE_LINK").Immutable(),
		field.Bytes("hash").Immutable().Sensitive(),
		field.String("subject").Optional().Immutable().Comment("What it is about, by id."),
		field.Time("created_at").Default(now).Immutable(),
		field.Time("expires_at").Immutable(),
		field.Time("used_at").Optional().Nillable(),
	}
}

// Indexes of OneTimeToken.
func (OneTimeToken) Indexes() []ent.Index {
	return []ent.Index{index.Fields("hash").Unique(), index.Fields("subject")}
}

// Annotations of OneTimeToken.
func (OneTimeToken) Annotations() []schema.Annotation {
	return []schema.Annotation{table("one_time_tokens"), entgql.Skip(entgql.SkipAll)}
}
