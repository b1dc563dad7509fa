package main

import (
	"context"

	"foyer/portal/importer"
)

type importCmd struct {
	Mapping string `required:"" help:"YAML file that says how the files' columns become records." type:"existingfile" placeholder:"FILE"`
	DryRun  bool   `help:"Read and check everything, write nothing."`
	Report  string `help:"CSV file to write the rejected rows to." placeholder:"FILE"`
	Dir     string `arg:"" help:"Folder with the files." type:"existingdir"`
}

// Run imports.
func (i importCmd) Run(ctx context.Context, c *cli, o *output) error {
	open := c.open
	if i.DryRun {
		open = c.look
	}
	st, err := open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	code, err := importer.Command(ctx, st, i.Mapping, i.Dir, i.DryRun, i.Report, o.stdout, o.stderr)
	if !i.DryRun && err == nil { // carriers may have reported on what has come in
		err = orderMatch(ctx, st)
	}
	if err == nil && code != 0 {
		return exit(code)
	}
	return err
}
