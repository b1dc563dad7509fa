package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// DelayCauses are the ways in which it is found that an order will be late.
var DelayCauses = []string{"PROMISE_PASSED", "CARRIER_ESTIMATE", "DELIVERY_PROBLEM"}

// Order is what a customer has ordered. Its status says where the agreement
// stands; fulfillment, return and payment are axes of their own.
type Order struct{ ent.Schema }

// Mixin of Order. The owner columns are fields here, since an order also has
// the edges that go with them.
func (Order) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Order}, stamped{}, sourced{}}
}

// Fields of Order.
func (Order) Fields() []ent.Field {
	return []ent.Field{
		field.String("organization_id").GoType(gid.ID("")).Immutable().Annotations(hidden(), Filterable()),
		field.String("user_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("number").NotEmpty().MaxLen(60).Immutable().Annotations(Sortable("NUMBER"), Filterable()).
			Comment("The number by which people speak of it."),
		field.Enum("status").
			Values("DRAFT", "AWAITING_APPROVAL", "PLACED", "CONFIRMING", "CONFIRMED", "CANCELLED", "COMPLETED").
			Default("PLACED").Annotations(Filterable()).
			Comment("Where the agreement stands."),
		field.Enum("fulfillment_status").
			Values("UNFULFILLED", "PARTIALLY_SHIPPED", "SHIPPED", "PARTIALLY_DELIVERED", "DELIVERED").
			Default("UNFULFILLED").Annotations(Filterable()).
			Comment("How much has been shipped and delivered; derived from the shipments."),
		field.Enum("return_status").Values("NONE", "REQUESTED", "PARTIALLY_RETURNED", "RETURNED").Default("NONE").
			Annotations(Filterable()).Comment("How much has come back."),
		field.Enum("payment_status").Values("UNPAID", "PARTIALLY_PAID", "PAID", "REFUNDED").Default("UNPAID").
			Annotations(Requires(PermPrices), Filterable()).Comment("How much has been paid."),
		field.String("purchase_order_number").Optional().MaxLen(120).Annotations(Filterable()).
			Comment("The customer's own number for it."),
		field.JSON("ship_to", &Address{}).Optional().Annotations(entgql.Type("Address"), Requires(PermPeople)).
			Comment("Where it is delivered."),
		field.JSON("bill_to", &Address{}).Optional().Annotations(entgql.Type("Address"), Requires(PermPrices)).
			Comment("Who is billed."),
		field.Time("placed_at").Default(now).Annotations(Sortable("PLACED_AT"), Filterable()).
			Comment("When it was placed."),
		field.Time("requested_date").Optional().Nillable().Annotations(entgql.Type("Date")).
			Comment("The day on which the customer would like to have it."),
		field.Time("promised_date").Optional().Nillable().Annotations(entgql.Type("Date"), Filterable()).
			Comment("The day on which it is promised to arrive."),
		field.String("promise_reason").Optional().MaxRuneLen(1000).
			Comment("Why the promised day changed last, in words for the customer."),
		field.Time("estimated_delivery").Optional().Nillable().
			Comment("When the last of what is on its way is expected, by the carriers' word."),
		field.Enum("delay_cause").Values(DelayCauses...).Optional().Nillable().Annotations(hidden()),
		field.Time("delayed_at").Optional().Nillable().Annotations(hidden()).
			Comment("When it was found that it will be later than promised."),
		field.String("contact_email").Optional().MaxLen(254).Annotations(Requires(PermContact)).
			Comment("The e-mail address that may open it with a code, when nobody with an account placed it."),
		field.String("remark").Optional().MaxRuneLen(4000).Comment("What the customer said with the order."),
		field.String("shipping_method").Optional().MaxLen(60).Immutable().Annotations(hidden()),
		field.JSON("calculation", OrderCalculation{}).Optional().Annotations(hidden()).
			Comment("How its amounts came about."),
		field.Time("confirmed_at").Optional().Nillable().Comment("When it was confirmed."),
		field.Time("cancelled_at").Optional().Nillable().Comment("When it was cancelled."),
		field.String("cancel_reason").Optional().MaxRuneLen(1000).Comment("Why it was cancelled."),
		field.Time("delivered_at").Optional().Nillable().Comment("When the last of it was delivered."),
		field.String("currency").MinLen(3).MaxLen(3).Immutable().Annotations(hidden()),
		field.Int64("lines_minor").Default(0).Annotations(hidden()),
		field.Int64("discount_minor").Default(0).Annotations(hidden()),
		field.Int64("shipping_minor").Default(0).Annotations(hidden()),
		field.Int64("tax_minor").Default(0).Annotations(hidden()),
		field.Int64("total_minor").Default(0).Annotations(hidden()),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Order.
func (Order) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("organization", Organization.Type).Unique().Required().Immutable().Field("organization_id").
			Comment("The customer, where it can be seen."),
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(Requires(PermPeople), kept()).
			Comment("The person who placed it, where they can be seen."),
		edge.From("lines", OrderLine.Type).Ref("order").Comment("What was ordered."),
		edge.From("shipments", Shipment.Type).Ref("order").Comment("What was sent."),
	}
}

// Indexes of Order.
func (Order) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("number").Unique(),
		index.Fields("organization_id", "placed_at", "id"),
		index.Fields("user_id", "placed_at", "id"),
		index.Fields("placed_at", "id"),
		index.Fields("status", "placed_at"),
		index.Fields("fulfillment_status", "promised_date"),
		index.Fields("return_status"), index.Fields("payment_status"),
		index.Fields("promised_date"),
		index.Fields("purchase_order_number"),
		index.Fields("delay_cause").Annotations(entsql.IndexWhere("delay_cause IS NOT NULL")),
	}
}

// Annotations of Order.
func (Order) Annotations() []schema.Annotation {
	return []schema.Annotation{table("orders"), listed()}
}
