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

// Attempt is one try at a quiz. What is asked, in which order, and what was answered
// stays as it was; what it was worth can be mended.
type Attempt struct{ ent.Schema }

// Mixin of Attempt.
func (Attempt) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Attempt}, owned{}}
}

// Fields of Attempt.
func (Attempt) Fields() []ent.Field {
	return []ent.Field{
		field.String("enrollment_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("version_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("lesson").NotEmpty().MaxLen(120).Immutable().Annotations(hidden()),
		field.Int("number").Positive().Immutable().Comment("Which try it is, from 1."),
		field.Enum("status").Values("OPEN", "SUBMITTED", "EXPIRED").Default("OPEN").
			Comment("Whether it goes on, was handed in, or its time ran out: then what was saved is what counts."),
		field.JSON("questions", []AttemptQuestion{}).Annotations(hidden()),
		field.Time("started_at").Default(now).Immutable().Comment("When it began."),
		field.Time("ends_at").Optional().Nillable().Immutable().Comment("When its time is over, by the server's clock."),
		field.Time("submitted_at").Optional().Nillable().Comment("When it was handed in, or its time ran out."),
		field.Int("points").Optional().Nillable().Annotations(hidden()).Comment("In hundredths."),
		field.Int("max_points").Default(0).Annotations(hidden()).Comment("In hundredths."),
		field.Bool("passed").Optional().Nillable().Comment("Whether it was passed; nothing before it is over."),
		field.Bool("regraded").Default(false).Comment("Whether a question was mended after it was handed in."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when saving answers."),
	}
}

// Edges of Attempt.
func (Attempt) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("enrollment", Enrollment.Type).Unique().Required().Immutable().Field("enrollment_id").Comment("Whose try it is."),
	}
}

// Indexes of Attempt.
func (Attempt) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("enrollment_id", "lesson", "number").Unique(), index.Fields("version_id", "lesson"), index.Fields("status", "ends_at"),
	}
}

// Annotations of Attempt.
func (Attempt) Annotations() []schema.Annotation {
	return []schema.Annotation{table("attempts"), entgql.Skip(entgql.SkipWhereInput)}
}
