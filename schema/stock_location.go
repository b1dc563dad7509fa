package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// StockLocation is a place where goods lie. How many of what, and what moved,
// are plain tables of portal/stock.
type StockLocation struct{ ent.Schema }

// Mixin of StockLocation.
func (StockLocation) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.StockLocation}, stamped{}, sourced{}}
}

// Fields of StockLocation.
func (StockLocation) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").NotEmpty().MaxLen(60).Immutable().Comment("Its stable name in imports and feeds."),
		field.String("name").NotEmpty().MaxLen(200).Comment("The place's name."),
		field.JSON("address", &Address{}).Optional().Annotations(entgql.Type("Address")).Comment("Where it is."),
		field.Enum("status").Values("ACTIVE", "CLOSED").Default("ACTIVE").Comment("Whether what lies there can be promised."),
		field.Int("priority").Default(100).NonNegative().Comment("Which place is taken from first: the smallest number."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Indexes of StockLocation.
func (StockLocation) Indexes() []ent.Index { return []ent.Index{index.Fields("key").Unique()} }

// Annotations of StockLocation.
func (StockLocation) Annotations() []schema.Annotation {
	return []schema.Annotation{table("stock_locations"), entgql.Skip(entgql.SkipWhereInput)}
}
