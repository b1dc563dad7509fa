package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Session is one sign-in of a user on one device, until it ends.
type Session struct{ ent.Schema }

// Mixin of Session.
func (Session) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Session}}
}

// Fields of Session.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		field.String("user_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("membership_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
		field.Bytes("refresh_hash").Sensitive().Annotations(hidden()).
			Comment("Digest of the refresh token that is valid now."),
		field.String("client").Optional().MaxLen(64).Comment("The application that signed in."),
		field.String("user_agent").Optional().MaxLen(300).Comment("The browser or device that signed in."),
		field.Time("created_at").Default(now).Immutable().Comment("When the person signed in."),
		field.Time("last_used_at").Default(now).Comment("When the session was last renewed."),
		field.Time("expires_at").Comment("When it ends by itself if it is not renewed."),
		field.Time("ended_at").Optional().Nillable().Comment("When it was ended, if it was."),
		field.Enum("end_reason").Values("SIGNED_OUT", "ENDED", "REUSED", "DISABLED").Optional().Nillable().
			Comment("Why it was ended, if it was."),
	}
}

// Indexes of Session.
func (Session) Indexes() []ent.Index {
	return []ent.Index{index.Fields("user_id"), index.Fields("refresh_hash").Unique()}
}

// Annotations of Session.
func (Session) Annotations() []schema.Annotation {
	return []schema.Annotation{table("sessions")}
}
