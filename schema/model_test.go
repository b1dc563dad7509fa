package schema_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"entgo.io/contrib/entgql"
	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"
	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/schema"
)

func graph(t *testing.T) *gen.Graph {
	t.Helper()
	g, err := entc.LoadGraph(".", &gen.Config{Package: "foyer/ent"})
	require.NoError(t, err)
	return g
}

// TestEveryTypeHasARow names a type that nobody thought of. It would be closed
// anyway; this says so before somebody wonders.
func TestEveryTypeHasARow(t *testing.T) {
	types := map[string]bool{}
	for _, n := range graph(t).Nodes {
		types[n.Name] = true
		e, ok := schema.Entities[n.Name]
		require.True(t, ok, "%s has no row in schema.Entities and none in the matrix", n.Name)
		columns := map[string]bool{"id": true}
		for _, f := range n.Fields {
			columns[f.StorageKey()] = true
		}
		for _, c := range []string{e.Org, e.User, e.Subject} {
			require.True(t, c == "" || columns[c], "%s has no column %q, which its row in schema.Entities names", n.Name, c)
		}
		if e.Only != nil {
			require.True(t, columns[e.Only.Column], "%s has no column %q", n.Name, e.Only.Column)
			require.Contains(t, schema.Permissions, e.Only.Unless)
		}
		// What a customer owns says so: a column of that name that the rules do
		// not use would be an owner that nobody asks.
		if columns["organization_id"] && n.Name != "Organization" {
			require.Equal(t, "organization_id", e.Org, "%s has an owner that its row does not name", n.Name)
		}
	}
	for name := range schema.Entities {
		require.True(t, types[name], "schema.Entities has a row for %s, which is no type", name)
	}
	for name, a := range schema.Actions {
		require.True(t, a.On == "" && len(a.Writes) == 0 || types[a.On], "the action %s is on %s, which is no type", name, a.On)
		for w := range a.Writes {
			require.True(t, types[w], "the action %s writes %s, which is no type", name, w)
		}
	}
	require.LessOrEqual(t, len(types), 45, "the model is to stay lean")
}

// TestOwnersAreWrittenOnce checks that no setter of an owner column exists.
func TestOwnersAreWrittenOnce(t *testing.T) {
	for _, n := range graph(t).Nodes {
		e := schema.Entities[n.Name]
		for _, f := range n.Fields {
			if f.StorageKey() == e.Org || f.StorageKey() == e.User {
				require.True(t, f.Immutable, "%s.%s decides who sees the row and must be immutable", n.Name, f.Name)
			}
		}
	}
}

// TestFieldsAreClassified compares every field and edge with the reviewed list:
// hidden from the API, open to whoever sees the row, or asking a permission.
// After a change of the model: UPDATE_GOLDEN=1 go test ./schema, and read the
// difference as a reviewer would.
func TestFieldsAreClassified(t *testing.T) {
	var b strings.Builder
	for _, n := range graph(t).Nodes {
		skip := annotation(t, n.Annotations).Skip == entgql.SkipAll
		for _, f := range n.Fields {
			fmt.Fprintf(&b, "%s.%s\t%s\n", n.Name, f.Name, class(t, skip || f.Sensitive(), f.Annotations))
		}
		for _, e := range n.Edges {
			fmt.Fprintf(&b, "%s.%s -> %s\t%s\n", n.Name, e.Name, e.Type.Name, class(t, skip, e.Annotations))
		}
	}
	const golden = "testdata/classification.golden"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String(), "a field or edge is not classified: UPDATE_GOLDEN=1 go test ./schema, and review")
}

func annotation(t *testing.T, a gen.Annotations) entgql.Annotation {
	t.Helper()
	var x entgql.Annotation
	if v, ok := a[x.Name()]; ok {
		require.NoError(t, x.Decode(v))
	}
	return x
}

func class(t *testing.T, hidden bool, a gen.Annotations) string {
	t.Helper()
	x := annotation(t, a)
	if hidden || x.Skip == entgql.SkipAll {
		return "hidden"
	}
	for _, d := range x.Directives {
		if d.Name == "requires" {
			return "requires " + d.Arguments[0].Value.Raw
		}
	}
	return "open"
}

// TestFiltersAndSortsHaveIndexes keeps a filter or a sort from reading a whole
// table, and a sort from running over a column that may be null.
func TestFiltersAndSortsHaveIndexes(t *testing.T) {
	for _, n := range graph(t).Nodes {
		indexed := map[string]bool{}
		for _, x := range n.Indexes {
			indexed[x.Columns[0]] = true
		}
		for _, f := range n.Fields {
			if _, ok := f.Annotations[schema.FilterableAnnotation]; ok {
				require.True(t, indexed[f.StorageKey()] || f.Unique, "%s.%s is filterable and has no index", n.Name, f.Name)
			}
			if annotation(t, f.Annotations).OrderField != "" {
				require.False(t, f.Optional, "%s.%s is sortable and may be null", n.Name, f.Name)
				require.True(t, indexed[f.StorageKey()], "%s.%s is sortable and has no index", n.Name, f.Name)
			}
		}
	}
}

// TestReadPermissionFollowsTheScope: a hole in a projected schema is a type that a role
// can read rows of but not see, or the reverse. Both follow from one row here.
func TestReadPermissionFollowsTheScope(t *testing.T) {
	for role, g := range schema.Grants {
		for name := range schema.Entities {
			require.Equal(t, g.Read(name) != auth.ScopeNone, g.Has(auth.ReadPermission(name)), "%s, %s", role, name)
		}
		for name := range schema.Actions {
			require.Equal(t, g.Action(name) != auth.ScopeNone, g.Has(name), "%s, %s", role, name)
		}
	}
}

// TestChildrenAreReadAsTheirOrder: the edges from an order's children back to
// it are non-null, since a visible child implies a visible order. That holds
// only while their rows of the matrix are the same.
func TestChildrenAreReadAsTheirOrder(t *testing.T) {
	for _, child := range []string{"OrderLine", "Shipment", "ShipmentLine", "TrackingEvent", "Event"} {
		for role, g := range schema.Grants {
			require.Equal(t, g.Read("Order"), g.Read(child), "%s reads %s otherwise than orders", role, child)
		}
		e, order := schema.Entities[child], schema.Entities["Order"]
		require.Equal(t, order.Org, e.Org)
		require.Equal(t, order.User, e.User)
	}
}

func TestAnActionIsOnlyForWhoReadsItsSubject(t *testing.T) {
	for role, g := range schema.Grants {
		for name, a := range schema.Actions {
			if a.On != "" && g.Action(name) != auth.ScopeNone {
				require.NotEqual(t, auth.ScopeNone, g.Read(a.On), "%s may %s, but sees no %s", role, name, a.On)
			}
		}
	}
	require.True(t, slices.IsSorted(schema.AllPermissions()))
}
