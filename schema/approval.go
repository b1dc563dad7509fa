package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"foyer/schema/gid"
)

// Approval is the question whether an order over somebody's limit may be
// placed. The order waits for the answer.
type Approval struct{ ent.Schema }

// Mixin of Approval.
func (Approval) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.Approval}, stamped{}, owned{}}
}

// Fields of Approval.
func (Approval) Fields() []ent.Field {
	return []ent.Field{
		field.String("order_id").GoType(gid.ID("")).Immutable().Annotations(hidden()),
		field.String("pending_order_id").GoType(gid.ID("")).Optional().Nillable().Annotations(hidden()).
			Comment("The order while the question is open, so that there is one at a time; nothing after that."),
		field.Enum("status").Values("PENDING", "APPROVED", "DECLINED", "EXPIRED", "WITHDRAWN").Default("PENDING").
			Annotations(Filterable()).Comment("What became of the question."),
		field.JSON("cause", ApprovalCause{}).Immutable().Annotations(hidden()),
		field.String("approver_id").GoType(gid.ID("")).Optional().Immutable().Annotations(hidden()).
			Comment("The user who is to answer; anybody who may when empty."),
		field.Time("requested_at").Default(now).Immutable().Annotations(Sortable("REQUESTED_AT")).Comment("When it was asked."),
		field.Time("expires_at").Immutable().Comment("When the question ends without an answer and the order is cancelled."),
		field.Time("decided_at").Optional().Nillable().Comment("When it was answered."),
		field.String("decided_by_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
		field.String("delegator_id").GoType(gid.ID("")).Optional().Annotations(hidden()).
			Comment("The user in whose place it was answered."),
		field.String("comment").Optional().MaxRuneLen(1000).Comment("What the answer says."),
		field.Int("version").Default(1).Comment("Grows with each change; send it along when changing."),
	}
}

// Edges of Approval.
func (Approval) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("order", Order.Type).Unique().Required().Immutable().Field("order_id").Comment("The order that waits for it."),
		edge.To("user", User.Type).Unique().Immutable().Field("user_id").Annotations(Requires(PermPeople), kept()).
			Comment("Who asks, where they can be seen."),
		edge.To("approver", User.Type).Unique().Immutable().Field("approver_id").Annotations(Requires(PermPeople), kept()).
			Comment("Who is to answer, when it is one person."),
		edge.To("decided_by", User.Type).Unique().Field("decided_by_id").Annotations(Requires(PermPeople), kept()).
			Comment("Who has answered, where they can be seen."),
		edge.To("delegator", User.Type).Unique().Field("delegator_id").Annotations(Requires(PermPeople), kept()).
			Comment("In whose place they have answered, when it was delegated."),
	}
}

// Indexes of Approval. An order waits for one answer at a time.
func (Approval) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("pending_order_id").Unique(),
		index.Fields("order_id", "requested_at"), index.Fields("status", "expires_at"), index.Fields("requested_at", "id"),
		index.Fields("organization_id", "requested_at", "id"),
		index.Fields("approver_id"), index.Fields("decided_by_id"), index.Fields("delegator_id"),
	}
}

// Annotations of Approval.
func (Approval) Annotations() []schema.Annotation {
	return []schema.Annotation{table("approvals"), listed()}
}
