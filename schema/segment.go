package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Segment is a named group of customers, for which products and price lists can
// be meant. Who is in it is a plain table of portal/catalog.
type Segment struct{ ent.Schema }

// Mixin of Segment.
func (Segment) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Segment}, stamped{}}
}

// Fields of Segment.
func (Segment) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").NotEmpty().MaxLen(60).Immutable().Comment("Its stable name in imports and links."),
		field.String("name").NotEmpty().MaxLen(200).Comment("The segment's name."),
		field.String("description").Optional().MaxRuneLen(1000).Comment("Whom it is meant to have."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Indexes of Segment.
func (Segment) Indexes() []ent.Index { return []ent.Index{index.Fields("key").Unique()} }

// Annotations of Segment.
func (Segment) Annotations() []schema.Annotation {
	return []schema.Annotation{table("segments"), entgql.Skip(entgql.SkipWhereInput)}
}
