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

// RuleTable is one version of the rules by which tax, shipping or discounts are
// worked out: a whole document, checked when it is saved, never changed after.
// The latest of a kind is in force; an order says by which ones it was priced.
type RuleTable struct{ ent.Schema }

// Mixin of RuleTable.
func (RuleTable) Mixin() []ent.Mixin { return []ent.Mixin{key{prefix: gid.RuleTable}} }

// Fields of RuleTable.
func (RuleTable) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("kind").Values("TAX", "SHIPPING", "DISCOUNT").Immutable().Comment("What it decides."),
		field.Int("number").Positive().Immutable().Comment("Counts the versions of its kind, from 1."),
		field.JSON("document", RuleDocument{}).Immutable().Annotations(hidden()),
		field.String("note").Optional().MaxRuneLen(1000).Immutable().Comment("Why it was changed."),
		field.String("user_id").GoType(gid.ID("")).Optional().Immutable().Annotations(hidden()),
		field.Time("created_at").Default(now).Immutable().Comment("Since when it has been in force."),
	}
}

// Edges of RuleTable.
func (RuleTable) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(kept()).Comment("Who saved it."),
	}
}

// Indexes of RuleTable.
func (RuleTable) Indexes() []ent.Index {
	return []ent.Index{index.Fields("kind", "number").Unique(), index.Fields("user_id")}
}

// Annotations of RuleTable.
func (RuleTable) Annotations() []schema.Annotation {
	return []schema.Annotation{table("rule_tables"), entgql.Skip(entgql.SkipWhereInput)}
}
