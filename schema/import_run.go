package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// ImportRun is one run that brings the records of another system in, from the
// command line or from an upload. Its files and its rejected rows are plain
// tables of portal/importer.
type ImportRun struct{ ent.Schema }

// Mixin of ImportRun.
func (ImportRun) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Import}}
}

// Fields of ImportRun.
func (ImportRun) Fields() []ent.Field {
	return []ent.Field{
		field.String("user_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("source").NotEmpty().MaxLen(60).Immutable().Comment("The system that the records come from, by the mapping."),
		field.Enum("status").Values("WAITING", "RUNNING", "DONE", "FAILED", "CANCELLED").Default("WAITING").
			Annotations(Filterable()).Comment("How far it is."),
		field.Bool("dry_run").Immutable().Comment("Whether it only says what it would do."),
		field.Time("created_at").Default(now).Immutable().Annotations(Sortable("CREATED_AT")).Comment("When it was asked for."),
		field.Time("started_at").Optional().Nillable().Comment("When it began."),
		field.Time("finished_at").Optional().Nillable().Comment("When it ended."),
		field.Time("beat_at").Optional().Nillable().Annotations(hidden()).Comment("When its process last said that it goes on."),
		field.Int("percent").Default(0).Min(0).Max(100).Comment("How much of the work is done, in percent."),
		field.String("step").Optional().MaxLen(260).Comment("The file that it is at."),
		field.String("failure").Optional().MaxLen(2000).Comment("Why it could not go on, if it could not."),
		field.JSON("result", ImportResult{}).Optional().Annotations(hidden()),
	}
}

// Edges of ImportRun.
func (ImportRun) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(kept()).
			Comment("Who asked for it; nobody when it was started on the server."),
	}
}

// Indexes of ImportRun.
func (ImportRun) Indexes() []ent.Index {
	return []ent.Index{index.Fields("created_at", "id"), index.Fields("status"), index.Fields("user_id")}
}

// Annotations of ImportRun.
func (ImportRun) Annotations() []schema.Annotation {
	return []schema.Annotation{table("import_runs"), listed()}
}
