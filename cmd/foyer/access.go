package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/formatter"

	"foyer/auth"
	"foyer/graph"
	"foyer/portal/access"
	"foyer/portal/accounts"
	"foyer/schema"
	"foyer/schema/gid"
)

type schemaCmd struct {
	Role string `help:"The role, such as org-member; the whole schema without it." placeholder:"ROLE"`
}

// Run prints what a role sees.
func (s schemaCmd) Run(o *output) error {
	has := func(string) bool { return true }
	if s.Role != "" {
		g, err := role(s.Role)
		if err != nil {
			return err
		}
		has = g.Has
	}
	projected, err := graph.Project(graph.FullSchema(), has)
	if err != nil {
		return err
	}
	formatter.NewFormatter(o.stdout).FormatSchema(projected)
	return nil
}

// role finds a built-in role by its key, in any spelling: org-member, ORG_MEMBER.
func role(name string) (*auth.Grants, error) {
	key := strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	if g, ok := schema.Grants[key]; ok {
		return g, nil
	}
	var keys []string
	for _, r := range schema.Roles {
		keys = append(keys, strings.ToLower(strings.ReplaceAll(r.Key, "_", "-")))
	}
	slices.Sort(keys)
	return nil, fmt.Errorf("there is no role %q; there are %s", name, strings.Join(keys, ", "))
}

type accessCmd struct {
	Explain explainCmd `cmd:"" help:"Say why a person sees a record, or does not."`
	Matrix  matrixCmd  `cmd:"" help:"Print the access matrix as Markdown."`
}

type explainCmd struct {
	User       string `required:"" help:"The person, by id or e-mail address." placeholder:"USER"`
	Node       string `required:"" help:"The record, by id." placeholder:"ID"`
	Membership string `help:"The membership that the person acts by; the first active one when left out." placeholder:"ID"`
}

// Run explains.
func (e explainCmd) Run(ctx context.Context, c *cli, o *output) error {
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	node, err := gid.Parse(e.Node)
	if err != nil {
		return err
	}
	people := accounts.New(st, accounts.Options{})
	user, err := person(ctx, people, e.User)
	if err != nil {
		return err
	}
	v, err := people.ViewerOf(ctx, user.ID, gid.ID(e.Membership))
	if err != nil {
		return err
	}
	visible, steps, err := access.NewExplainer(st.Client()).Explain(ctx, v, node)
	for _, s := range steps {
		o.printf("- %s\n", s)
	}
	if err == nil && !visible {
		return exit(3)
	}
	return err
}

type matrixCmd struct{}

// Run prints docs/access.md.
func (matrixCmd) Run(o *output) error {
	o.printf("%s", access.Document())
	return nil
}
