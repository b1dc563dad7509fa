package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Enrollment is somebody who learns: by which version, how far they are, until when
// they should be done. It is theirs in one organization.
type Enrollment struct{ ent.Schema }

// Mixin of Enrollment.
func (Enrollment) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Enrollment}, owned{}}
}

// Fields of Enrollment.
func (Enrollment) Fields() []ent.Field {
	return []ent.Field{
		field.String("course_id").GoType(gid.ID("")).Immutable().Annotations(hidden(), Filterable()),
		field.String("version_id").GoType(gid.ID("")).Annotations(hidden()),
		field.String("slot").NotEmpty().MaxLen(40).Annotations(hidden()).
			Comment("OPEN while waiting or learning, the id afterwards: nobody is enrolled twice at a time."),
		field.Enum("status").Values("WAITING", "ACTIVE", "COMPLETED", "WITHDRAWN").Default("ACTIVE").Annotations(Filterable()).
			Comment("Whether its learner waits for a place, is learning, is done, or was taken out."),
		field.Enum("origin").Values("SELF", "MANAGER", "STAFF", "ORDER", "RENEWAL").Default("SELF").Immutable().
			Comment("How they came to be enrolled."),
		field.Bool("bought").Default(false).Immutable().Annotations(hidden()).Comment("Whether it takes a place that was bought."),
		field.Time("due_at").Optional().Nillable().Annotations(Filterable()).Comment("By when it should be done."),
		field.Int("percent").Default(0).Min(0).Max(100).Comment("How much of what is required is done, by estimated time; 100 only when all is."),
		field.Int("done").Default(0).Annotations(hidden()).Comment("How many lessons are done."),
		field.String("next").Optional().MaxLen(120).Annotations(hidden()).Comment("The lesson to go on with."),
		field.JSON("lessons", []LessonState{}).Optional().Annotations(hidden()),
		field.Int("seconds").Default(0).Annotations(hidden()).Comment("How long was learned."),
		field.Bytes("learned").Optional().Annotations(hidden()).Comment("What follows from all events, as portal/training/progress keeps it."),
		field.JSON("marks", map[string]string{}).Optional().Annotations(hidden()).Comment("When a trainer said that a lesson is done, by its key."),
		field.Int("reminded").Optional().Nillable().Annotations(hidden()).Comment("How many days before it was due its learner was reminded last; -1 when it was late."),
		field.Time("enrolled_at").Default(now).Immutable().Annotations(Sortable("ENROLLED_AT")).Comment("When they were enrolled."),
		field.Time("active_at").Optional().Nillable().Comment("When they got their place."),
		field.Time("started_at").Optional().Nillable().Comment("When they opened the first lesson."),
		field.Time("learned_at").Optional().Nillable().Comment("When they learned last."),
		field.Time("completed_at").Optional().Nillable().Comment("When all that is required was done."),
		field.String("reason").Optional().MaxRuneLen(500).Comment("Why they were taken out."),
		field.Int("rating").Optional().Nillable().Min(1).Max(5).Comment("How they liked the course, from 1 to 5."),
		field.String("feedback").Optional().MaxRuneLen(2000).Annotations(hidden()).Comment("What they say about it to its trainers, and to nobody else."),
		field.Int("version").Default(1).Comment("Grows with each change that people make."),
	}
}

// Edges of Enrollment.
func (Enrollment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("organization", Organization.Type).Unique().Required().Immutable().Field("organization_id").Comment("For which organization they learn."),
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(Requires(PermPeople), kept()).Comment("Who learns, where they can be seen."),
		edge.To("course", Course.Type).Unique().Required().Immutable().Field("course_id").Comment("The course; nothing where it is not offered any more."),
		edge.To("course_version", CourseVersion.Type).Unique().Required().Field("version_id").Annotations(hidden()),
	}
}

// Indexes of Enrollment.
func (Enrollment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("course_id", "organization_id", "user_id", "slot").Unique(),
		index.Fields("course_id", "status", "enrolled_at"), index.Fields("user_id", "organization_id"),
		index.Fields("organization_id", "enrolled_at", "id"), index.Fields("enrolled_at", "id"),
		index.Fields("version_id"), index.Fields("status"), index.Fields("due_at"),
	}
}

// Annotations of Enrollment.
func (Enrollment) Annotations() []schema.Annotation {
	return []schema.Annotation{table("enrollments"), listed()}
}
