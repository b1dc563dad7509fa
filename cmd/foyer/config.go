package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// fromFiles resolves flags from files: FOYER_X_FILE names a file with the value of
// the flag --x, as orchestrators hand out secrets, and --config a YAML file
// with values by flag name. The command line and the environment come first.
type fromFiles struct{}

// Validate implements kong.Resolver.
func (fromFiles) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver.
func (fromFiles) Resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	variable := "FOYER_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
	if os.Getenv(variable) != "" {
		return nil, nil //nolint:nilnil // no value from here
	}
	if path := os.Getenv(variable + "_FILE"); path != "" {
		b, err := os.ReadFile(path) //nolint:gosec // the operator names it
		if err != nil {
			return nil, &fileError{fmt.Sprintf("%s_FILE: %v", variable, err)}
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
	values, err := configured(ctx)
	if err != nil || values == nil {
		return nil, err
	}
	return values[flag.Name], nil
}

// fileError is what is wrong with one of the files, and not with the flag for
// which it was read.
type fileError struct{ text string }

func (e *fileError) Error() string { return e.text }

// configured reads the file that --config or FOYER_CONFIG names. A key that is
// no flag is an error: a misspelt setting must not be ignored.
func configured(ctx *kong.Context) (map[string]any, error) {
	path := os.Getenv("FOYER_CONFIG")
	for _, p := range ctx.Path {
		if p.Flag != nil && p.Flag.Name == "config" {
			path = p.Flag.Target.String()
		}
	}
	for i, a := range ctx.Args { // resolvers run before the flag has its value
		if v, ok := strings.CutPrefix(a, "--config="); ok {
			path = v
		} else if a == "--config" && i+1 < len(ctx.Args) {
			path = ctx.Args[i+1]
		}
	}
	if path == "" {
		return nil, nil //nolint:nilnil // there is no file
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, &fileError{fmt.Sprintf("--config: %v", err)}
	}
	values := map[string]any{}
	if err := yaml.Unmarshal(b, &values); err != nil {
		return nil, &fileError{fmt.Sprintf("--config %s: %s", path, yaml.FormatError(err, false, true))}
	}
	known := map[string]bool{}
	for _, group := range ctx.Model.AllFlags(false) {
		for _, f := range group {
			known[f.Name] = true
		}
	}
	for _, c := range ctx.Model.Leaves(false) {
		for _, f := range c.Flags {
			known[f.Name] = true
		}
	}
	for key := range values {
		if !known[key] {
			return nil, &fileError{fmt.Sprintf("--config %s: there is no setting %q", path, key)}
		}
	}
	return values, nil
}
