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

// CourseVersion is a published version of a course. What it says never changes, since
// people are learning by it and certificates refer to it.
type CourseVersion struct{ ent.Schema }

// Mixin of CourseVersion.
func (CourseVersion) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.CourseVersion}}
}

// Fields of CourseVersion.
func (CourseVersion) Fields() []ent.Field {
	return []ent.Field{
		field.String("course_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.Int("number").Positive().Immutable().Comment("Its number, from 1."),
		field.JSON("document", CourseDocument{}).Immutable().Annotations(hidden()),
		field.String("checksum").MinLen(64).MaxLen(64).Immutable().Comment("SHA-256 of what it says, in hexadecimal."),
		field.JSON("corrections", []QuestionCorrection{}).Optional().Annotations(hidden()).
			Comment("What was found wrong with its questions after it was published, the latest last."),
		field.Int("recertify_days").Optional().Nillable().Immutable().Annotations(hidden()).
			Comment("How many days after it was published certificates of former versions end."),
		field.String("note").Optional().Immutable().MaxRuneLen(1000).Annotations(Requires(PermTraining)).
			Comment("What has changed, for colleagues."),
		field.Time("published_at").Default(now).Immutable().Comment("When it was published."),
	}
}

// Edges of CourseVersion.
func (CourseVersion) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("course", Course.Type).Unique().Required().Immutable().Field("course_id").Comment("The course that it is a version of."),
	}
}

// Indexes of CourseVersion.
func (CourseVersion) Indexes() []ent.Index {
	return []ent.Index{index.Fields("course_id", "number").Unique()}
}

// Annotations of CourseVersion.
func (CourseVersion) Annotations() []schema.Annotation {
	return []schema.Annotation{table("course_versions"), entgql.Skip(entgql.SkipWhereInput)}
}
