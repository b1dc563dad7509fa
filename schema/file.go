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

// File is a picture, a document or an attachment. Who sees what it hangs on sees
// it. Its bytes lie in the store of portal/files, by a key that nobody guesses.
type File struct{ ent.Schema }

// Mixin of File.
func (File) Mixin() []ent.Mixin {
	return []ent.Mixin{key{prefix: gid.File}}
}

// Fields of File.
func (File) Fields() []ent.Field {
	return []ent.Field{
		field.String("organization_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("user_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("product_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("cart_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("order_id").GoType(gid.ID("")).Optional().Annotations(hidden()),
		field.String("submission_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("course_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
		field.String("uploader_id").Immutable().Optional().MaxLen(60).Annotations(hidden()),
		field.Enum("kind").Values("PICTURE", "DOCUMENT", "ATTACHMENT").Immutable().Comment("What it is for."),
		field.String("name").NotEmpty().MaxRuneLen(200).Comment("The name under which it is saved when downloaded."),
		field.String("text").Optional().MaxRuneLen(500).Comment("What is to be seen, for those who do not see it; or what it is."),
		field.String("content_type").NotEmpty().MaxLen(100).Immutable().Comment("What it is by its content."),
		field.Int64("bytes").NonNegative().Immutable().Annotations(hidden()),
		field.String("sha256").MaxLen(64).Immutable().Annotations(hidden()),
		field.String("storage_key").NotEmpty().MaxLen(200).Immutable().Sensitive().Annotations(hidden()),
		field.Int("width").Optional().Nillable().Immutable().Comment("The width of a picture in pixels."),
		field.Int("height").Optional().Nillable().Immutable().Comment("The height of a picture in pixels."),
		field.JSON("sizes", []int{}).Optional().Annotations(hidden()).Comment("Widths in which a picture has been scaled."),
		field.Int("position").Default(0).Comment("Its place among its neighbours."),
		field.Time("created_at").Default(now).Immutable().Comment("When it was uploaded."),
	}
}

// Edges of File.
func (File) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Unique().Immutable().Field("product_id").Annotations(hidden(), kept()),
		edge.To("cart", Cart.Type).Unique().Immutable().Field("cart_id").Annotations(hidden(), kept()),
		edge.To("order", Order.Type).Unique().Field("order_id").Annotations(hidden(), kept()),
		edge.To("submission", Submission.Type).Unique().Immutable().Field("submission_id").Annotations(hidden(), kept()),
		edge.To("course", Course.Type).Unique().Immutable().Field("course_id").Annotations(hidden(), kept()),
	}
}

// Indexes of File.
func (File) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("product_id", "position"), index.Fields("order_id"), index.Fields("cart_id"), index.Fields("submission_id"), index.Fields("course_id"),
		index.Fields("organization_id"), index.Fields("user_id"), index.Fields("storage_key").Unique(),
	}
}

// Annotations of File.
func (File) Annotations() []schema.Annotation {
	return []schema.Annotation{table("files"), entgql.Skip(entgql.SkipWhereInput)}
}
