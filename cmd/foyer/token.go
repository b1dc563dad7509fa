package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"foyer/portal/accounts"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make a key for another system and print it, once."`
	List   tokenListCmd   `cmd:"" help:"List the keys."`
	Revoke tokenRevokeCmd `cmd:"" help:"End a key, on all servers at once."`
}

type tokenCreateCmd struct {
	Name   string `arg:"" help:"What acts by it, as people read it in timelines."`
	Source string `help:"The source whose records it may write, such as erp." required:"" placeholder:"NAME"`
}

// Run makes a key.
func (t tokenCreateCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.people(ctx, func(people *accounts.Service) error {
		key, id, err := people.CreateIntegration(ctx, t.Name, t.Source)
		if err == nil {
			o.printf("Id:   %s\nKey:  %s\nSend it as: Authorization: Bearer <key>\n", id, key)
		}
		return err
	})
}

type tokenListCmd struct{}

// Run lists.
func (tokenListCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.people(ctx, func(people *accounts.Service) error {
		list, err := people.Integrations(ctx)
		if err != nil {
			return err
		}
		day := func(t *time.Time) string {
			if t == nil {
				return "-"
			}
			return t.Format(time.DateOnly)
		}
		w := tabwriter.NewWriter(o.stdout, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(w, "ID\tNAME\tSOURCE\tMADE\tUSED\tREVOKED")
		for _, x := range list {
			_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", x.ID, x.Name, x.Source, day(&x.CreatedAt), day(x.LastUsed), day(x.RevokedAt))
		}
		return w.Flush()
	})
}

type tokenRevokeCmd struct {
	ID string `arg:"" help:"The key's id."`
}

// Run ends a key.
func (t tokenRevokeCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.people(ctx, func(people *accounts.Service) error {
		err := people.RevokeIntegration(ctx, gid.ID(t.ID))
		if errors.Is(err, problem.ErrNotFound) {
			return fmt.Errorf("there is no key %q that is good", t.ID)
		}
		if err == nil {
			o.printf("The key is revoked.\n")
		}
		return err
	})
}
