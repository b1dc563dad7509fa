package graph_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"foyer/graph"
	"foyer/portal/access"
	"foyer/schema"
)

// golden compares a text with a committed file; UPDATE_GOLDEN=1 rewrites it.
func golden(t *testing.T, path, text string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	want, err := os.ReadFile(path) //nolint:gosec // a file of ours
	require.NoError(t, err, "UPDATE_GOLDEN=1 go test ./graph")
	require.Equal(t, string(want), text, "%s has changed: UPDATE_GOLDEN=1 go test ./graph, and review what it shows", path)
}

func sdl(s *ast.Schema) string {
	var b bytes.Buffer
	formatter.NewFormatter(&b).FormatSchema(s)
	return b.String()
}

func file(role string) string {
	return filepath.Join("golden", strings.ToLower(strings.ReplaceAll(role, "_", "-"))+".graphql")
}

// TestSchemas shows in every review what each role can see.
func TestSchemas(t *testing.T) {
	full := graph.FullSchema()
	golden(t, file("schema"), sdl(full))
	for _, r := range schema.Roles {
		projected, err := graph.Project(full, schema.Grants[r.Key].Has)
		require.NoError(t, err, r.Key)
		golden(t, file(r.Key), sdl(projected))
	}
}

// TestAllPermissionsSeeAll: with every permission nothing is missing, so no
// type is out of everybody's reach.
func TestAllPermissionsSeeAll(t *testing.T) {
	full := graph.FullSchema()
	all, err := graph.Project(full, func(string) bool { return true })
	require.NoError(t, err)
	for name := range full.Types {
		require.Contains(t, all.Types, name, "nothing leads to this type")
	}
}

// TestPermissionsAreKnown finds a misspelt permission, which would hide a field
// from everybody.
func TestPermissionsAreKnown(t *testing.T) {
	known := schema.AllPermissions()
	for _, p := range graph.Permissions(graph.FullSchema()) {
		require.Contains(t, known, p)
	}
}

// TestEverythingIsDescribed: the descriptions are the documentation.
func TestEverythingIsDescribed(t *testing.T) {
	for name, d := range graph.FullSchema().Types {
		if strings.HasPrefix(name, "__") || d.BuiltIn {
			continue
		}
		if name != "Query" && name != "Mutation" && name != "Cursor" && name != "Time" {
			require.NotEmpty(t, d.Description, name)
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			require.NotEmpty(t, f.Description, "%s.%s", name, f.Name)
			for _, a := range f.Arguments {
				require.NotEmpty(t, a.Description, "%s.%s(%s:)", name, f.Name, a.Name)
			}
		}
		for _, v := range d.EnumValues {
			require.NotEmpty(t, v.Description, "%s.%s", name, v.Name)
		}
	}
}

// TestNoFilterCrossesAnEdge: a filter over an edge would answer guesses about
// rows that the viewer cannot see, since ent does not guard predicates.
func TestNoFilterCrossesAnEdge(t *testing.T) {
	text := sdl(graph.FullSchema())
	require.NotRegexp(t, regexp.MustCompile(`\bhas[A-Z]\w*With\b`), text)
	require.NotContains(t, text, "WhereInput")
	require.NotRegexp(t, regexp.MustCompile(`\b(JSON|Map|Any)\b`), text, "no untyped value reaches a customer")
}

// TestAccessDocument keeps docs/access.md true.
func TestAccessDocument(t *testing.T) {
	golden(t, "../docs/access.md", access.Document())
}
