package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Submission is work that was handed in for an assignment, and what a trainer says of
// it.
type Submission struct{ ent.Schema }

// Mixin of Submission.
func (Submission) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Submission}, owned{}}
}

// Fields of Submission.
func (Submission) Fields() []ent.Field {
	return []ent.Field{
		field.String("enrollment_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("course_id").GoType(gid.ID("")).Immutable().Annotations(hidden(), Filterable()),
		field.String("version_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("lesson").NotEmpty().MaxLen(120).Immutable().Annotations(hidden()),
		field.Int("number").Positive().Immutable().Comment("Which try it is, from 1."),
		field.Text("text").Optional().Immutable().Comment("What its author writes."),
		field.Enum("status").Values("SUBMITTED", "PASSED", "RETURNED").Default("SUBMITTED").Annotations(Filterable()).
			Comment("Whether it waits to be graded, is good, or is to be done again."),
		field.JSON("scores", []RubricScore{}).Optional().Annotations(hidden()),
		field.Text("comment").Optional().Comment("What the trainer says of it."),
		field.String("grader_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
		field.Time("submitted_at").Default(now).Immutable().Annotations(Sortable("SUBMITTED_AT")).Comment("When it was handed in."),
		field.Time("graded_at").Optional().Nillable().Comment("When it was graded."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when grading."),
	}
}

// Edges of Submission.
func (Submission) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("enrollment", Enrollment.Type).Unique().Required().Immutable().Field("enrollment_id").Comment("Whose work it is."),
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(Requires(PermPeople), kept()).Comment("Who handed it in, where they can be seen."),
	}
}

// Indexes of Submission.
func (Submission) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("enrollment_id", "lesson", "number").Unique(), index.Fields("status", "submitted_at"),
		index.Fields("submitted_at", "id"), index.Fields("course_id"), index.Fields("organization_id", "submitted_at", "id"),
	}
}

// Annotations of Submission.
func (Submission) Annotations() []schema.Annotation {
	return []schema.Annotation{table("submissions"), listed()}
}
