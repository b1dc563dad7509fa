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

// Organization is a customer: a company, with subsidiaries below it, or a
// single person.
type Organization struct{ ent.Schema }

// Mixin of Organization.
func (Organization) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Organization}, stamped{}, sourced{}}
}

// Fields of Organization.
func (Organization) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxLen(200).Annotations(Sortable("NAME"), Filterable()).
			Comment("The name as the customer writes it."),
		field.Enum("kind").Values("COMPANY", "PERSON").Default("COMPANY").Annotations(Filterable()).
			Comment("Whether it is a company or a single person."),
		field.Enum("status").Values("ACTIVE", "SUSPENDED", "MERGED").Default("ACTIVE").Annotations(Filterable()).
			Comment("Whether it is served at present."),
		field.Enum("language").GoType(Language("")).Default(string(English)).Annotations(entgql.Type("Language")).
			Comment("The language in which it is written to."),
		field.JSON("address", &Address{}).Optional().Annotations(entgql.Type("Address")).
			Comment("The registered address."),
		field.JSON("addresses", []Address{}).Optional().Annotations(entgql.Type("[Address!]"), Requires(PermPeople)).
			Comment("Where it has things delivered, to choose from."),
		field.String("currency").Optional().MaxLen(3).Annotations(entgql.Type("CurrencyCode")).
			Comment("The currency in which it buys, where that is agreed."),
		field.String("vat_id").Optional().MaxLen(20).Annotations(Requires(PermPrices), entgql.MapsTo("vatId")).
			Comment("Its VAT identification number, by which it pays the tax itself where the law says so."),
		field.String("parent_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
	}
}

// Edges of Organization.
func (Organization) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("subsidiaries", Organization.Type).Annotations(kept()).
			Comment("The organizations directly below it, as far as they can be seen.").
			From("parent").Unique().Field("parent_id").
			Comment("The organization above it, where it can be seen."),
		edge.From("memberships", Membership.Type).Ref("organization").
			Comment("The people who act for it, with their roles."),
		edge.From("assignments", OrganizationAssignment.Type).Ref("organization").
			Comment("The staff who look after it."),
	}
}

// Indexes of Organization.
func (Organization) Indexes() []ent.Index {
	return []ent.Index{index.Fields("parent_id"), index.Fields("name", "id"), index.Fields("kind"), index.Fields("status")}
}

// Annotations of Organization.
func (Organization) Annotations() []schema.Annotation {
	return []schema.Annotation{table("organizations"), listed()}
}
