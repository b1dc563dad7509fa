package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// SearchMiss is what people have searched for without finding anything, counted
// by term. Who searched is a plain table of portal/search.
type SearchMiss struct{ ent.Schema }

// Mixin of SearchMiss.
func (SearchMiss) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.SearchMiss}}
}

// Fields of SearchMiss.
func (SearchMiss) Fields() []ent.Field {
	return []ent.Field{
		field.String("term").NotEmpty().MaxLen(400).Immutable().Annotations(Filterable()).
			Comment("What was searched for: lower case, without accents, words in order."),
		field.Int("count").Default(1).Annotations(Sortable("COUNT")).Comment("How often it was searched for."),
		field.Int("people").Default(0).Comment("How many people have asked to be told."),
		field.Time("first_at").Default(now).Immutable().Comment("When it was searched for first."),
		field.Time("last_at").Default(now).Annotations(Sortable("LAST_AT")).Comment("When it was searched for last."),
		field.Enum("status").Values("OPEN", "PLANNED", "ANSWERED", "DISMISSED", "MERGED").Default("OPEN").Annotations(Filterable()).
			Comment("What is done about it."),
		field.Bool("hidden").Optional().Nillable().
			Comment("Whether there was something that the people who searched may not see; unknown until it has been looked up."),
		field.Enum("answer").Values("PRODUCT", "SYNONYM", "TEXT").Optional().Nillable().Comment("How it was answered."),
		field.JSON("answer_data", SearchAnswer{}).Optional().Annotations(hidden()),
		field.String("merged_into_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of SearchMiss.
func (SearchMiss) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("merged", SearchMiss.Type).Annotations(hidden(), kept()).
			From("merged_into").Unique().Field("merged_into_id").Comment("The one that it has been merged into."),
	}
}

// Indexes of SearchMiss.
func (SearchMiss) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("term").Unique(), index.Fields("count", "id"), index.Fields("last_at", "id"),
		index.Fields("status", "count"), index.Fields("merged_into_id"),
	}
}

// Annotations of SearchMiss.
func (SearchMiss) Annotations() []schema.Annotation {
	return []schema.Annotation{table("search_misses"), listed()}
}
