package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/importrun"
	"foyer/portal/store"
)

// The exit codes of the command.
const (
	ExitDone     = 0 // every row is in
	ExitFailed   = 1 // the run was ended by an error
	ExitRejected = 3 // the run came to its end, but rows were rejected
)

// Command is foyer import: it runs the mapping over the folder, writes the
// report to stdout and, when a path is given, all rejected rows to a CSV file.
// A terminal as stderr gets a progress bar.
func Command(ctx context.Context, st *store.Store, mappingPath, dir string, dryRun bool, reportPath string, stdout, stderr io.Writer) (exitCode int, err error) {
	m, err := LoadMapping(mappingPath)
	if err != nil {
		return ExitFailed, err
	}
	o := Options{DryRun: dryRun}
	done := func() error { return nil }
	if reportPath != "" {
		if o.Bad, done, err = reportFile(reportPath); err != nil {
			return ExitFailed, fmt.Errorf("the report: %w", err)
		}
	}
	tell, end := progress(stderr)
	o.Progress = tell
	system := auth.WithSystem(ctx, "import from the command line")
	report, err := runKept(system, st, m, dir, o)
	end()
	if bad := done(); bad != nil {
		err = errors.Join(err, fmt.Errorf("the report: %w", bad))
	}
	if err != nil && report.Changes() == 0 {
		return ExitFailed, err
	}
	if _, bad := report.WriteTo(stdout); bad != nil || err != nil {
		return ExitFailed, errors.Join(err, bad)
	}
	if report.Rejected() > 0 {
		return ExitRejected, nil
	}
	return ExitDone, nil
}

// runKept is Run with a row by which staff see the run and can stop it. A dry run
// writes nothing at all, and has none.
func runKept(ctx context.Context, st *store.Store, m *Mapping, dir string, o Options) (*Report, error) {
	if o.DryRun {
		return Run(ctx, st, m, dir, o)
	}
	began := now()
	var run *ent.ImportRun
	err := st.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
		run, err = tx.ImportRun.Create().SetSource(m.Source).SetDryRun(false).SetStatus(importrun.StatusRUNNING).
			SetCreatedAt(began).SetStartedAt(began).SetBeatAt(began).Save(ctx)
		return err
	})
	if err != nil {
		return newReport("", m.Source, false), fmt.Errorf("importer: %w", err)
	}
	t := track(ctx, st, run.ID, began, beatEvery)
	t.name(m)
	report, err := Run(ctx, st, m, dir, t.options(o))
	status, words := importrun.StatusDONE, ""
	switch {
	case errors.Is(err, errStopped):
		status = importrun.StatusCANCELLED
	case err != nil && errors.Is(ctx.Err(), context.Canceled):
		status = importrun.StatusCANCELLED
	case err != nil:
		status = importrun.StatusFAILED
		words, _ = failureOf(err)
	}
	bad := t.finish(ctx, status, words)
	if bad != nil {
		bad = fmt.Errorf("importer: how the run has ended: %w", bad)
	}
	return report, errors.Join(err, bad)
}

// reportFile takes the rejected rows into a CSV file.
func reportFile(path string) (add func(BadRow) error, done func() error, err error) {
	f, err := os.Create(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, nil, err
	}
	rows, err := newBadRows(f)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return rows.add, func() error { return errors.Join(rows.close(), f.Close()) }, nil
}

// progress draws a bar on a terminal, and nothing elsewhere: a log is no place
// for one.
func progress(w io.Writer) (tell func(file string, done, total int64), end func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) { //nolint:gosec // a file descriptor
		return nil, func() {}
	}
	const steps = 1000
	bar := progressbar.NewOptions(steps,
		progressbar.OptionSetWriter(f), progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))
	tell = func(file string, done, total int64) {
		bar.Describe(file)
		if total > 0 {
			_ = bar.Set64(min(done*steps/total, steps-1)) // a bar that cannot be drawn is no reason to stop
		}
	}
	return tell, func() { _ = bar.Finish() }
}
