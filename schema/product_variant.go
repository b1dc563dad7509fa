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

// StockPolicies say what is promised of a variant: only what is there (STOCK);
// also what is not, after its lead time (BACKORDER) or from a day on (PREORDER);
// anything, since nothing is kept of it, such as a service (UNTRACKED).
var StockPolicies = []string{"STOCK", "BACKORDER", "PREORDER", "UNTRACKED"}

// ProductVariant is what is ordered and shipped: a product in one version,
// with its own sku and price.
type ProductVariant struct{ ent.Schema }

// Mixin of ProductVariant.
func (ProductVariant) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Variant}, stamped{}, sourced{}}
}

// Fields of ProductVariant.
func (ProductVariant) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("sku").NotEmpty().MaxLen(120).Annotations(Filterable()).Comment("The stock keeping unit, unique."),
		field.String("name").NotEmpty().MaxLen(300).Comment("What tells it from the product's other variants."),
		field.Int64("price_minor").Default(0).Annotations(hidden()),
		field.String("currency").MinLen(3).MaxLen(3).Annotations(hidden()),
		field.JSON("attributes", []Attribute{}).Optional().Annotations(entgql.Type("[Attribute!]")).
			Comment("Its properties, in the order in which they are shown."),
		field.Int64("weight_grams").Optional().Nillable().NonNegative().Annotations(hidden()).Comment("What one weighs."),
		field.String("unit").Default("piece").MaxLen(60).Comment("What a quantity of one is."),
		field.Int("minimum_quantity").Default(1).Positive().Comment("How many must be ordered at least."),
		field.Int("quantity_step").Default(1).Positive().Comment("In which steps above that it is sold."),
		field.Int("maximum_quantity").Optional().Nillable().Positive().Comment("How many may be ordered at most, if that is limited."),
		field.Enum("stock_policy").Values(StockPolicies...).Default("STOCK").Annotations(Requires(PermUnpublished)).
			Comment("What is promised when it is not in stock."),
		field.Int("lead_days").Optional().Nillable().NonNegative().Annotations(Requires(PermUnpublished)).
			Comment("Days until it can be sent when it is not in stock."),
		field.Time("available_from").Optional().Nillable().Annotations(entgql.Type("Date")).
			Comment("The day on which a product that is ordered ahead can first be sent."),
		field.Enum("status").Values("DRAFT", "ACTIVE", "RETIRED").Default("ACTIVE").Annotations(Requires(PermUnpublished)).
			Comment("Whether it is offered. Customers see active variants only."),
	}
}

// Edges of ProductVariant.
func (ProductVariant) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Unique().Required().Immutable().Field("product_id").
			Comment("The product that it is a version of."),
	}
}

// Indexes of ProductVariant.
func (ProductVariant) Indexes() []ent.Index {
	return []ent.Index{index.Fields("sku").Unique(), index.Fields("product_id")}
}

// Annotations of ProductVariant.
func (ProductVariant) Annotations() []schema.Annotation {
	return []schema.Annotation{table("product_variants")}
}
