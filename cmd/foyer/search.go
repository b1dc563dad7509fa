package main

import (
	"context"
	"errors"
	"log/slog"

	"foyer/portal/jobs"
	"foyer/portal/search"
)

type searchCmd struct {
	Reindex searchReindexCmd `cmd:"" help:"Index the whole catalog anew, beside a running server."`
}

type searchReindexCmd struct{}

// Run indexes.
func (searchReindexCmd) Run(ctx context.Context, c *cli, o *output) (err error) {
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	background, err := jobs.New(st, jobs.Options{Logger: slog.Default()})
	if err != nil {
		return err
	}
	if err := search.New(st, background, search.Options{Logger: slog.Default()}).Reindex(ctx); err != nil {
		return err
	}
	o.printf("The catalog is indexed.\n")
	return nil
}
