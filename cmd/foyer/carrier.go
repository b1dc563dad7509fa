package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"foyer/portal/jobs"
	"foyer/portal/orders"
	"foyer/portal/parcels"
	"foyer/portal/store"
)

type carrierCmd struct {
	List   carrierListCmd   `cmd:"" help:"List the webhooks of carriers."`
	Hook   carrierHookCmd   `cmd:"" help:"Make a carrier's webhook, or give it a new secret, and print both, once."`
	Unhook carrierUnhookCmd `cmd:"" help:"Take a carrier's webhook away."`
}

type carrierListCmd struct{}

// Run lists.
func (carrierListCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.hooks(ctx, func(h *parcels.Hooks) error {
		list, err := h.List(ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(o.stdout, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(w, "CARRIER\tFORMAT\tMADE\tSECRET OF")
		for _, x := range list {
			_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", x.Code, x.Format, x.CreatedAt.Format(time.DateOnly), x.RotatedAt.Format(time.DateTime))
		}
		return w.Flush()
	})
}

type carrierHookCmd struct {
	Code   string `arg:"" help:"The carrier's code."`
	Format string `help:"What it sends: foyer, dhl, ups or easypost; the format that it has, when left out." placeholder:"NAME"`
	URL    string `help:"The portal's own address." default:"http://localhost:8080" name:"public-url"`
}

// Run makes or rotates.
func (h carrierHookCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.hooks(ctx, func(hooks *parcels.Hooks) error {
		secret, hook, err := hooks.Make(ctx, h.Code, h.Format)
		if err != nil {
			return err
		}
		o.printf("URL:     %s/webhooks/carriers/%s\nFormat:  %s\nSecret:  %s\n", strings.TrimRight(h.URL, "/"), hook.Code, hook.Format, secret)
		if hook.RotatedAt.After(hook.CreatedAt) {
			o.printf("The secret before this one is good for 24 hours more.\n")
		}
		if _, known := orders.DefaultCarriers().Lookup(hook.Code); !known {
			o.printf("%s is not a built-in carrier: name it to the server by --carrier.\n", hook.Code)
		}
		return nil
	})
}

type carrierUnhookCmd struct {
	Code string `arg:"" help:"The carrier's code."`
}

// Run removes.
func (u carrierUnhookCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.hooks(ctx, func(h *parcels.Hooks) error {
		was, err := h.Remove(ctx, u.Code)
		if err != nil {
			return err
		}
		if !was {
			return fmt.Errorf("the carrier %s has no webhook", u.Code)
		}
		o.printf("%s cannot report by webhook any more.\n", strings.ToUpper(u.Code))
		return nil
	})
}

// hooks runs a command on the webhooks of an opened database.
func (c *cli) hooks(ctx context.Context, fn func(*parcels.Hooks) error) error {
	st, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	return fn(parcels.NewHooks(st))
}

// orderMatch has a server look through the reports that wait.
func orderMatch(ctx context.Context, st *store.Store) error {
	r, err := jobs.New(st, jobs.Options{Logger: slog.Default()})
	if err != nil {
		return err
	}
	parcels.New(st, orders.New(st, orders.DefaultCarriers()), r)
	return parcels.OrderMatch(ctx, r)
}
