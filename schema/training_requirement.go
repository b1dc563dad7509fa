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

// TrainingRequirement says who of an organization must hold what, and by when.
type TrainingRequirement struct{ ent.Schema }

// Mixin of TrainingRequirement.
func (TrainingRequirement) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Requirement}, stamped{}}
}

// Fields of TrainingRequirement.
func (TrainingRequirement) Fields() []ent.Field {
	return []ent.Field{
		field.String("organization_id").GoType(gid.ID("")).Immutable().NotEmpty().Annotations(hidden()),
		field.String("course_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.JSON("roles", []string{}).Optional().Annotations(hidden()).Comment("The keys of the roles that it is for; all when there are none, and no people."),
		field.JSON("people", []gid.ID{}).Optional().Annotations(hidden()).Comment("The users that it is for beside the roles."),
		field.Time("due_at").Optional().Nillable().Comment("By when those must hold it who were members when it was made."),
		field.Int("due_days").Optional().Nillable().Positive().Comment("How many days those have who join later."),
		field.Bool("enroll").Default(false).Comment("Whether people are enrolled without being asked."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of TrainingRequirement.
func (TrainingRequirement) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("organization", Organization.Type).Unique().Required().Immutable().Field("organization_id").Comment("Whose people it is for."),
		edge.To("course", Course.Type).Unique().Required().Immutable().Field("course_id").Comment("The course; nothing where it is not offered any more."),
	}
}

// Indexes of TrainingRequirement.
func (TrainingRequirement) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organization_id", "course_id").Unique(), index.Fields("course_id")}
}

// Annotations of TrainingRequirement.
func (TrainingRequirement) Annotations() []schema.Annotation {
	return []schema.Annotation{table("training_requirements"), entgql.Skip(entgql.SkipWhereInput)}
}
