package main

import (
	"context"

	"foyer/portal/store"
)

type migrateCmd struct {
	Check bool `help:"Only say whether the schema is up to date; exit code 1 when it is not."`
}

// Run migrates, or checks.
func (m migrateCmd) Run(ctx context.Context, c *cli, o *output) error {
	open := store.Open
	if m.Check {
		open = store.OpenExisting
	}
	st, err := open(ctx, c.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	if !m.Check {
		applied, err := st.Migrate(ctx)
		if err == nil {
			o.printf("%d migrations applied.\n", len(applied))
		}
		return err
	}
	have, want, err := st.Current(ctx)
	if err != nil {
		return err
	}
	o.printf("The database is at version %d, this program expects %d.\n", have, want)
	if have != want {
		return exit(1)
	}
	return nil
}
