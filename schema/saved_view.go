package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// SavedViewLists are the lists of which people keep views.
var SavedViewLists = []string{"ORDERS", "CUSTOMERS", "PEOPLE", "PARCELS", "IMPORTS", "JOBS", "AUDIT", "PRODUCTS", "STOCK", "SEARCHES"}

// SavedView is a list as one person wants to find it again: which list, and
// which filter and order, as the page's address has them.
type SavedView struct{ ent.Schema }

// Mixin of SavedView.
func (SavedView) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.SavedView}, stamped{}}
}

// Fields of SavedView.
func (SavedView) Fields() []ent.Field {
	return []ent.Field{
		field.String("user_id").GoType(gid.ID("")).Immutable().NotEmpty().Annotations(hidden()),
		field.Enum("list").Values(SavedViewLists...).Immutable().Comment("The list that it is a view of."),
		field.String("name").NotEmpty().MaxRuneLen(60).Comment("What its owner calls it."),
		field.String("query").MaxLen(2000).Comment("Filter and order, as the page's address has them after the question mark."),
	}
}

// Indexes of SavedView.
func (SavedView) Indexes() []ent.Index {
	return []ent.Index{index.Fields("user_id", "list", "name").Unique()}
}

// Annotations of SavedView.
func (SavedView) Annotations() []schema.Annotation {
	return []schema.Annotation{table("saved_views"), entgql.Skip(entgql.SkipWhereInput)}
}
