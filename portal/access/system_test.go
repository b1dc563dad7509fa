package access_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhoActsAsTheSystem lists every place that goes past the matrix, with its
// reason. A new one shows in review as a line of the golden file:
// UPDATE_GOLDEN=1 go test ./portal/access -run System
func TestWhoActsAsTheSystem(t *testing.T) {
	var sites []string
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() && (slices.Contains([]string{"ent", "testkit", "graph/gen", "graph/model"}, filepath.ToSlash(rel)) || d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".git")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "WithSystem" || len(call.Args) != 2 {
				return true
			}
			reason, ok := call.Args[1].(*ast.BasicLit)
			require.True(t, ok, "%s: the reason for acting as the system is to be a plain text", rel)
			require.Greater(t, len(reason.Value), 8, "%s: %s says nothing", rel, reason.Value)
			sites = append(sites, filepath.ToSlash(rel)+": "+strings.Trim(reason.Value, `"`))
			return true
		})
		return nil
	})
	require.NoError(t, err)
	slices.Sort(sites)
	text := strings.Join(sites, "\n") + "\n"
	const golden = "testdata/system.golden"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(golden, []byte(text), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), text, "somebody new goes past the access matrix: UPDATE_GOLDEN=1 go test ./portal/access, and review the reason")
}
