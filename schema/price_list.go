package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// PriceList has prices in one currency for some customers during a time. The
// prices and whom it is for are plain tables of portal/prices.
type PriceList struct{ ent.Schema }

// Mixin of PriceList.
func (PriceList) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.PriceList}, stamped{}, sourced{}}
}

// Fields of PriceList.
func (PriceList) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").NotEmpty().MaxLen(60).Immutable().Comment("Its stable name in imports and links."),
		field.String("name").NotEmpty().MaxLen(200).Comment("The list's name; customers read it in the explanation of a price."),
		field.String("currency").MinLen(3).MaxLen(3).Immutable().Annotations(entgql.Type("CurrencyCode")).
			Comment("The currency of all its prices."),
		field.Enum("status").Values("ACTIVE", "RETIRED").Default("ACTIVE").Comment("Whether its prices count."),
		field.Time("valid_from").Optional().Nillable().Comment("From when its prices count; for ever before when left out."),
		field.Time("valid_to").Optional().Nillable().Comment("When its prices stop counting; never when left out."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Indexes of PriceList.
func (PriceList) Indexes() []ent.Index { return []ent.Index{index.Fields("key").Unique()} }

// Annotations of PriceList.
func (PriceList) Annotations() []schema.Annotation {
	return []schema.Annotation{table("price_lists"), entgql.Skip(entgql.SkipWhereInput)}
}
