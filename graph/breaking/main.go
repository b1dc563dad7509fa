// Command breaking compares the API with what it was. It reads the golden
// schemas, the whole one and that of each role, as they lie in the working tree
// and as the last commits that changed them had them, and names every change
// that can break a client: something that is gone, a type that no longer fits,
// an input that is newly required.
//
// A change that is meant has a line in docs/breaking.md that names its
// coordinate; the line of a type covers all in it.
//
//	go run ./graph/breaking
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

const (
	// versions is how many earlier versions of a file are looked at: more than
	// one, since several commits may go in together.
	versions = 10
	allowed  = "docs/breaking.md"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "breaking:", err)
		os.Exit(1)
	}
}

// run compares all golden schemas with their earlier versions.
func run(ctx context.Context, out io.Writer) error {
	text, err := os.ReadFile(allowed)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	known := allows(string(text))
	// The whole schema comes first: what is gone there is gone for every role.
	whole := filepath.Join("graph", "golden", "schema.graphql")
	roles, err := filepath.Glob(filepath.Join("graph", "golden", "*.graphql"))
	if err != nil {
		return err
	}
	found := 0
	for _, file := range append([]string{whole}, slices.DeleteFunc(roles, func(f string) bool { return f == whole })...) {
		broken, err := since(ctx, file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, b := range broken {
			if known[b.coordinate] || known[b.owner()] {
				continue
			}
			known[b.coordinate] = true // say it once
			found++
			_, _ = fmt.Fprintf(out, "%s: %s  (%s)\n", b.coordinate, b.what, filepath.Base(file))
		}
	}
	if found > 0 {
		return fmt.Errorf("%d changes can break a client. Take them back, or give each a line in %s:\n    - `Type.field`: why, and what to use instead", found, allowed)
	}
	return nil
}

// coordinate is a coordinate in backticks, as in `Order.total`.
var coordinate = regexp.MustCompile("`(@?[A-Za-z_][^`]*)`")

// allows reads the coordinates that lines of the list begin with.
func allows(text string) map[string]bool {
	known := map[string]bool{}
	for line := range strings.Lines(text) {
		if m := coordinate.FindStringSubmatchIndex(line); m != nil && strings.TrimSpace(line[:m[0]]) == "-" {
			known[line[m[2]:m[3]]] = true
		}
	}
	return known
}

// since is what breaks between earlier versions of a file and the present one.
func since(ctx context.Context, file string) ([]change, error) {
	log, err := git(ctx, "log", "-n", fmt.Sprint(versions), "--format=%H", "--diff-filter=AM", "--", file)
	if err != nil {
		return nil, err
	}
	now, err := os.ReadFile(file) //nolint:gosec // a golden file
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	present, err := parse(file, string(now))
	if err != nil {
		return nil, err
	}
	var all []change
	for _, commit := range strings.Fields(log) {
		text, err := git(ctx, "show", commit+":"+filepath.ToSlash(file))
		if err != nil {
			return nil, err
		}
		earlier, err := parse(file+" at "+commit, text)
		if err != nil {
			return nil, err
		}
		all = append(all, compare(earlier, present)...)
	}
	return all, nil
}

func git(ctx context.Context, args ...string) (string, error) {
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "git", args...) //nolint:gosec // arguments of ours
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(stderr.Bytes()))
	}
	return string(out), nil
}

func parse(name, text string) (*ast.SchemaDocument, error) {
	doc, err := parser.ParseSchema(&ast.Source{Name: name, Input: text})
	if err != nil {
		return nil, err
	}
	return doc, nil
}
