package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Certificate says that somebody has finished a course. What it says stays as it was
// issued; it can expire, and be revoked.
type Certificate struct{ ent.Schema }

// Mixin of Certificate.
func (Certificate) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Certificate}, owned{}}
}

// Fields of Certificate.
func (Certificate) Fields() []ent.Field {
	return []ent.Field{
		field.String("enrollment_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("course_id").GoType(gid.ID("")).Immutable().Annotations(hidden(), Filterable()),
		field.String("version_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("number").NotEmpty().MaxLen(40).Immutable().Comment("Its number, as it is printed."),
		field.String("code").NotEmpty().MaxLen(60).Immutable().Sensitive().Annotations(hidden()).Comment("By which others check it."),
		field.JSON("title", map[string]string{}).Immutable().Annotations(hidden()),
		field.String("holder").NotEmpty().MaxRuneLen(200).Immutable().Annotations(Requires(PermPeople)).Comment("Its holder's name, as it was when it was issued."),
		field.Enum("shown").Values("NOTHING", "INITIALS", "NAME").Default("INITIALS").
			Comment("How much of the holder's name those see who check it."),
		field.Time("issued_at").Immutable().Annotations(Sortable("ISSUED_AT")).Comment("When it was issued."),
		field.Time("expires_at").Optional().Nillable().Annotations(Filterable()).Comment("Until when it is valid; for good when there is none."),
		field.Time("revoked_at").Optional().Nillable().Comment("When it was revoked."),
		field.String("revocation").Optional().MaxRuneLen(500).Comment("Why it was revoked."),
		field.Int("reminded").Optional().Nillable().Annotations(hidden()).Comment("The least number of days before its end at which its holder was reminded."),
		field.String("subject").NotEmpty().MaxLen(60).Immutable().Annotations(hidden()).Comment("What stands for the holder in the badge, and says nothing of them."),
		field.String("salt").NotEmpty().MaxLen(60).Immutable().Sensitive().Annotations(hidden()).Comment("With what the holder's address is hashed in the badge."),
		field.Int64("place").NonNegative().Immutable().Annotations(hidden()).Comment("Its place in the list of what was revoked."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Certificate.
func (Certificate) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("organization", Organization.Type).Unique().Required().Immutable().Field("organization_id").Comment("For which organization it was learned."),
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(Requires(PermPeople), kept()).Comment("Who holds it, where they can be seen."),
		edge.To("course", Course.Type).Unique().Required().Immutable().Field("course_id").Comment("The course; nothing where it is not offered any more."),
		edge.To("enrollment", Enrollment.Type).Unique().Required().Immutable().Field("enrollment_id").Comment("By what it was earned."),
	}
}

// Indexes of Certificate. An enrollment earns one, whatever happens at the same time.
func (Certificate) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("enrollment_id").Unique(), index.Fields("number").Unique(), index.Fields("code").Unique(), index.Fields("place").Unique(),
		index.Fields("issued_at", "id"), index.Fields("expires_at"), index.Fields("course_id", "organization_id"),
		index.Fields("organization_id", "issued_at", "id"), index.Fields("version_id"),
	}
}

// Annotations of Certificate.
func (Certificate) Annotations() []schema.Annotation {
	return []schema.Annotation{table("certificates"), listed()}
}
