package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Course is something to learn: the draft that trainers work on, the versions that
// were published of it, and to whom it is offered.
type Course struct{ ent.Schema }

// Mixin of Course.
func (Course) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Course}, stamped{}}
}

// Fields of Course.
func (Course) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").NotEmpty().MaxLen(60).Immutable().Comment("Its stable name in links and prerequisites."),
		field.Enum("status").Values("DRAFT", "REVIEW", "PUBLISHED", "RETIRED").Default("DRAFT").
			Annotations(Requires(PermTraining), Filterable()).Comment("Whether it is offered."),
		field.String("name").NotEmpty().MaxLen(300).Annotations(Sortable("NAME"), Filterable()).Comment("What it is called in the language that it was written in first."),
		field.JSON("draft", CourseDocument{}).Annotations(hidden()),
		field.Int("latest").Default(0).Annotations(hidden()).Comment("The number of the latest published version; 0 when there is none."),
		field.Bool("restricted").Default(false).Annotations(Requires(PermTraining)).
			Comment("Whether it is offered to chosen customers, segments and owners of products only."),
		field.Int("seats").Optional().Nillable().Positive().Annotations(hidden()).Comment("How many may learn at a time."),
		field.String("variant_id").GoType(gid.ID("")).Optional().Annotations(hidden()).
			Comment("What is bought for a place; it is free when empty."),
		field.JSON("rules", CourseRules{}).Annotations(hidden()),
		field.Int("version").Default(1).Annotations(Requires(PermTraining)).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Course.
func (Course) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("variant", ProductVariant.Type).Unique().Field("variant_id").Annotations(kept()).
			Comment("What is bought for a place, if it can be seen; nothing when the course is free."),
		edge.From("versions", CourseVersion.Type).Ref("course").Annotations(hidden()),
	}
}

// Indexes of Course.
func (Course) Indexes() []ent.Index {
	return []ent.Index{index.Fields("key").Unique(), index.Fields("name", "id"), index.Fields("status"), index.Fields("variant_id")}
}

// Annotations of Course.
func (Course) Annotations() []schema.Annotation {
	return []schema.Annotation{table("courses"), listed()}
}
