// Package schema is the model: one file an entity, with its fields, edges and
// indexes, and the access matrix. Everything in ent/ is generated from it, so
// it imports nothing that is generated.
package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"entgo.io/ent/schema/mixin"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/schema/gid"
)

// filterable marks a column that a filter of the API may compare.
type filterable struct{ Allowed bool }

// Name is the annotation's key in the loaded graph.
func (filterable) Name() string { return FilterableAnnotation }

// FilterableAnnotation is the key under which a loaded graph has the mark of
// Filterable.
const FilterableAnnotation = "FoyerFilterable"

// Filterable lets a filter input of the API name the column. Off by default:
// a filter on a column that its reader cannot see answers guesses about it.
func Filterable() schema.Annotation { return filterable{true} }

// Sortable makes an enum value of the entity's sort input. Only own, non-null,
// indexed columns may be sorted by; a test checks that.
func Sortable(name string) schema.Annotation { return entgql.OrderField(name) }

// Requires hides the field from every schema whose viewer lacks the permission.
func Requires(permission string) schema.Annotation {
	return entgql.Directives(entgql.NewDirective("requires", &ast.Argument{
		Name: "permission", Value: &ast.Value{Raw: permission, Kind: ast.StringValue},
	}))
}

// hidden keeps a field or an edge out of the API.
func hidden() schema.Annotation { return entgql.Skip(entgql.SkipAll) }

// listed makes an entity a list root with a relay connection.
func listed() schema.Annotation { return entgql.RelayConnection() }

// key is the mixin of an entity with a prefixed text id.
type key struct {
	mixin.Schema
	prefix string
}

// Fields of key.
func (k key) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").GoType(gid.ID("")).DefaultFunc(gid.Maker(k.prefix)).Immutable().MaxLen(40).
			Comment("The id, which says by its prefix what it identifies."),
	}
}

// stamped is the mixin of an entity that says when it was made and changed.
type stamped struct{ mixin.Schema }

// Fields of stamped.
func (stamped) Fields() []ent.Field {
	return []ent.Field{
		field.Time("created_at").Default(now).Immutable().Comment("When it was recorded here."),
		field.Time("updated_at").Default(now).UpdateDefault(now).Comment("When it last changed here."),
	}
}

// owned is the mixin of a row that belongs to a customer: the organization
// and, where a person owns the root, that person. Copied from the root,
// written once; a rule is then one indexed comparison and no join.
type owned struct{ mixin.Schema }

// Fields of owned.
func (owned) Fields() []ent.Field {
	return []ent.Field{
		field.String("organization_id").GoType(gid.ID("")).Immutable().NotEmpty().Annotations(hidden()),
		field.String("user_id").GoType(gid.ID("")).Immutable().Optional().Annotations(hidden()),
	}
}

// Indexes of owned.
func (owned) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organization_id"), index.Fields("user_id")}
}

// sourced is the mixin of a row that another system may own.
type sourced struct{ mixin.Schema }

// Fields of sourced.
func (sourced) Fields() []ent.Field {
	return []ent.Field{
		field.String("source").Optional().MaxLen(60).Annotations(Requires(PermSource)).
			Comment("The system that owns this record, when it is not this one."),
		field.String("external_id").Optional().MaxLen(200).Annotations(Requires(PermSource), entgql.MapsTo("externalId")).
			Comment("The record's key in that system."),
		field.Int64("external_version").Optional().Annotations(hidden()).
			Comment("The version in that system; an older one never overwrites a newer one."),
		field.String("external_digest").Optional().MaxLen(64).Annotations(hidden()).
			Comment("Digest of what was imported; an equal one means nothing to do."),
	}
}

// Indexes of sourced.
func (sourced) Indexes() []ent.Index {
	return []ent.Index{index.Fields("source", "external_id").Unique()}
}

// kept lets nobody delete the other end of an optional edge while a row points to
// it. Without it the key would be set to null: a membership whose organization
// is gone would look like one of staff.
func kept() schema.Annotation { return entsql.OnDelete(entsql.NoAction) }

// table names the table explicitly, so that renaming a Go type is not a migration.
func table(name string) schema.Annotation { return entsql.Annotation{Table: name} }
