package importer

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"foyer/ent"
	"foyer/ent/importrun"
	"foyer/portal/jobs"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// How a run's row is kept. The row is written past the audit: how far a run is
// changes every second, and the audit has who asked for it, who stopped it, and
// the one entry of what it has written.
const (
	beatEvery      = time.Second
	beatTimeout    = 30 * time.Second
	mostRejections = 10_000 // kept of a run
	longestStep    = 200    // bytes
	longestFailure = 2000
	longestReason  = 1000
	longestFile    = 255
)

// errStopped ends a run whose row says that it is over, or another process's.
var errStopped = errors.New("the import was stopped by staff; what is in stays in, and running it again brings the rest")

// tracked keeps the row of a run up to date while it goes on: how far it is,
// what has come of it, which rows were rejected. began names the attempt: once
// the row has another, or another status, this one ends.
type tracked struct {
	st    *store.Store
	id    gid.ID
	began time.Time
	files map[string]int // their places in the mapping

	mu      sync.Mutex
	step    string
	percent int
	result  schema.ImportResult
	bad     []BadRow // not yet written
	numbers int      // of rejected rows so far
	over    bool

	end func() // of the beat
}

// track begins to keep the row of a run that has begun.
func track(ctx context.Context, st *store.Store, id gid.ID, began time.Time, every time.Duration) *tracked {
	t := &tracked{st: st, id: id, began: began, files: map[string]int{}}
	ctx = context.WithoutCancel(ctx)
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-stop:
				return
			case <-ticker.C:
			}
			if err := t.beat(ctx); err != nil {
				slog.WarnContext(ctx, "import: how far it is could not be kept", "import", id, "error", err)
			}
		}
	}()
	t.end = sync.OnceFunc(func() { close(stop); <-ended })
	return t
}

// name tells the order of the mapping's files, before the run begins.
func (t *tracked) name(m *Mapping) {
	for i, s := range m.sections {
		if _, there := t.files[s.file]; !there {
			t.files[s.file] = i
		}
	}
}

// options are what the run has to call.
func (t *tracked) options(o Options) Options {
	progress, bad := o.Progress, o.Bad
	o.Run = t.id
	o.Progress = func(file string, done, total int64) {
		t.mu.Lock()
		t.step = cut(file, longestStep)
		if total > 0 {
			t.percent = max(t.percent, int(min(done*100/total, 99)))
		}
		t.mu.Unlock()
		if progress != nil {
			progress(file, done, total)
		}
	}
	o.Bad = func(b BadRow) error {
		t.mu.Lock()
		if t.numbers+len(t.bad) < mostRejections {
			t.bad = append(t.bad, b)
		}
		t.mu.Unlock()
		if bad != nil {
			return bad(b)
		}
		return nil
	}
	o.told = func(r *Report) {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.result = r.result()
	}
	o.stop = func() error {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.over {
			return errStopped
		}
		return nil
	}
	return o
}

// result is the report as the run's row has it.
func (r *Report) result() (out schema.ImportResult) {
	for _, entity := range reported {
		if c := r.Counts[entity]; c != nil {
			out.Counts = append(out.Counts, schema.ImportCount{
				Entity: entity, Created: c.Created, Updated: c.Updated, Deleted: c.Deleted,
				Unchanged: c.Unchanged, Stale: c.Stale, Rejected: c.Rejected,
			})
		}
	}
	for _, currency := range sorted(r.Totals) {
		x := r.Totals[currency]
		out.Totals = append(out.Totals, schema.ImportTotal{Currency: currency, Orders: x.Lines, Shipping: x.Shipping})
	}
	return out
}

// beat writes how far the run is, and finds out whether it is to go on.
func (t *tracked) beat(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, beatTimeout)
	defer cancel()
	t.mu.Lock()
	step, percent, result, bad := t.step, t.percent, t.result, t.bad
	t.bad = nil
	from := t.numbers
	t.numbers += len(bad)
	t.mu.Unlock()
	text, err := json.Marshal(result)
	if err != nil {
		return err
	}
	mine := false
	// In one transaction: a statement by itself waits for the batch that is being
	// written, on SQLite, and a hundred of them for a hundred batches.
	err = t.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) (err error) {
		mine, err = affected(t.st.Raw(ctx).ExecContext(ctx, `UPDATE import_runs SET beat_at = $1, percent = $2, step = $3, result = $4
			WHERE id = $5 AND status = 'RUNNING' AND started_at = $6`, now(), percent, step, string(text), string(t.id), t.began))
		if err != nil || !mine {
			return err
		}
		return t.reject(ctx, from, bad)
	})
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil || !mine {
		t.bad, t.numbers = append(bad, t.bad...), from // the next time, or at the end if that is this attempt's
	}
	t.over = t.over || err == nil && !mine
	return err
}

// reject keeps rejected rows.
func (t *tracked) reject(ctx context.Context, from int, bad []BadRow) error {
	const columns, rows = 8, 100
	for len(bad) > 0 {
		n := min(rows, len(bad))
		var values strings.Builder
		args := make([]any, 0, n*columns)
		for i, b := range bad[:n] {
			values.WriteString([]string{"(", ", ("}[min(i, 1)])
			for j := range columns {
				fmt.Fprintf(&values, "%s$%d", []string{"", ", "}[min(j, 1)], i*columns+j+1)
			}
			values.WriteString(")")
			args = append(args, string(t.id), t.files[b.File], b.Line, from+i, plain(b.File, longestFile), plain(b.Column, longestFile), b.Entity, plain(b.Why, longestReason))
		}
		// Some may be in already, from a time when the rest failed.
		if _, err := t.st.Raw(ctx).ExecContext(ctx, `INSERT INTO import_rejections (run_id, place, line, number, file, columns, entity, reason) VALUES `+ //nolint:gosec // placeholders
			values.String()+` ON CONFLICT DO NOTHING`, args...); err != nil {
			return err
		}
		bad, from = bad[n:], from+n
	}
	return nil
}

// plain is a text that any database can hold: what is quoted from a file may be
// anything.
func plain(s string, longest int) string {
	return strings.ToValidUTF8(strings.ReplaceAll(cut(strings.ToValidUTF8(s, "�"), longest), "\x00", ""), "")
}

// finish writes how the run has ended, unless that is not for this attempt to
// say, since another one has begun. It must come after the run itself.
func (t *tracked) finish(ctx context.Context, status importrun.Status, failure string) error {
	t.end()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second) // however the run ended
	defer cancel()
	t.mu.Lock()
	percent := t.percent
	if status == importrun.StatusDONE {
		percent = 100
	}
	result, bad, from := t.result, t.bad, t.numbers
	t.bad = nil
	t.mu.Unlock()
	text, err := json.Marshal(result)
	if err != nil {
		return err
	}
	return t.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		q := t.st.Raw(ctx)
		// Whoever has stopped it has written so already, and not when it ended.
		mine, err := affected(q.ExecContext(ctx, `UPDATE import_runs SET finished_at = $1, percent = $2, result = $3, step = NULL,
			failure = CASE WHEN status = 'CANCELLED' THEN NULL ELSE $4 END, status = CASE WHEN status = 'CANCELLED' THEN status ELSE $5 END
			WHERE id = $6 AND started_at = $7 AND finished_at IS NULL`,
			now(), percent, string(text), null(plain(failure, longestFailure)), string(status), string(t.id), t.began))
		if err != nil || !mine {
			return err
		}
		if err := t.reject(ctx, from, bad); err != nil {
			return err
		}
		return forget(ctx, q, t.id)
	})
}

// forget deletes the files of a run.
func forget(ctx context.Context, q store.Querier, id gid.ID) error {
	for _, statement := range []string{
		`DELETE FROM import_chunks WHERE upload IN (SELECT upload FROM import_files WHERE run_id = $1)`,
		`DELETE FROM import_files WHERE run_id = $1`,
		`DELETE FROM import_uploads WHERE run_id = $1`,
	} {
		if _, err := q.ExecContext(ctx, statement, string(id)); err != nil {
			return err
		}
	}
	return nil
}

func affected(r sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// now is a time as the database keeps it, so that it can be compared with.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// failureOf are the words for why a run has failed, without its cause's. known
// is false for what may be mended by itself: a database that has gone away.
func failureOf(err error) (words string, known bool) {
	var file *FileError
	var own *problem.Error
	var shown jobs.Failure
	switch {
	case errors.As(err, &file):
		return file.Error(), true
	case errors.As(err, &own):
		return own.Text.EN, true
	case errors.As(err, &shown):
		return shown.Shown(), false
	}
	return "Something went wrong on our side. What is in stays in; run the import again to go on.", false
}

// Rejection is a row that a run has rejected, as it is kept.
type Rejection struct {
	BadRow

	place, number int
}

// Place names a rejection's place among those of its run, for a cursor.
func (r Rejection) Place() string { return fmt.Sprintf("%d.%d.%d", r.place, r.Line, r.number) }

// Rejections returns up to n of the rows that a run has rejected, in the order
// of the mapping's files and of their lines, from behind a place on. Who may see
// the run may see them.
func Rejections(ctx context.Context, st *store.Store, run gid.ID, after string, n int) ([]Rejection, error) {
	place, line, number := -1, -1, -1
	if after != "" {
		if _, err := fmt.Sscanf(after, "%d.%d.%d", &place, &line, &number); err != nil {
			return nil, problem.ErrNotFound
		}
	}
	rows, err := st.RawRead(ctx).QueryContext(ctx, `SELECT place, line, number, file, columns, entity, reason FROM import_rejections
		WHERE run_id = $1 AND (place, line, number) > ($2, $3, $4) ORDER BY place, line, number LIMIT $5`, string(run), place, line, number, n)
	if err != nil {
		return nil, fmt.Errorf("importer: rejected rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Rejection
	for rows.Next() {
		var r Rejection
		if err := rows.Scan(&r.place, &r.Line, &r.number, &r.File, &r.Column, &r.Entity, &r.Why); err != nil {
			return nil, fmt.Errorf("importer: rejected rows: %w", err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// Rejected is how many rows a run has rejected in all.
func Rejected(run *ent.ImportRun) (n int64) {
	for _, c := range run.Result.Counts {
		n += c.Rejected
	}
	return n
}

// The times after which things are swept.
const (
	keepRuns   = 90 * 24 * time.Hour
	lostDirect = 15 * time.Minute // a run on a command line that no longer beats
	lostQueued = 24 * time.Hour   // one whose work nobody takes on any more
	keepLoose  = time.Hour        // files that no run has been made for
)

// Sweep ends the runs whose process is gone for good, and deletes old ones and
// what nobody needs any more.
func (s *Service) Sweep(ctx context.Context) error {
	t := s.now()
	const gone = "Its process ended before it was done. What is in stays in; run the import again to go on."
	return s.store.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		q := s.store.Raw(ctx)
		for _, x := range []struct {
			statement string
			args      []any
		}{
			{`UPDATE import_runs SET finished_at = $1, step = NULL,
				failure = CASE WHEN status = 'CANCELLED' THEN NULL ELSE $2 END, status = CASE WHEN status = 'CANCELLED' THEN status ELSE 'FAILED' END
				WHERE finished_at IS NULL AND (coalesce(beat_at, created_at) < $3
				OR coalesce(beat_at, created_at) < $4 AND id NOT IN (SELECT run_id FROM import_uploads))`,
				[]any{t, gone, t.Add(-lostQueued), t.Add(-lostDirect)}},
			{`DELETE FROM import_runs WHERE finished_at IS NOT NULL AND created_at < $1`, []any{t.Add(-keepRuns)}},
			{`DELETE FROM import_rejections WHERE run_id NOT IN (SELECT id FROM import_runs)`, nil},
			{`DELETE FROM import_uploads WHERE run_id NOT IN (SELECT id FROM import_runs WHERE finished_at IS NULL)`, nil},
			{`DELETE FROM import_files WHERE run_id NOT IN (SELECT id FROM import_runs WHERE finished_at IS NULL)`, nil},
			{`DELETE FROM import_chunks WHERE created_at < $1 AND upload NOT IN (SELECT upload FROM import_files)`, []any{t.Add(-keepLoose)}},
		} {
			if _, err := q.ExecContext(ctx, x.statement, x.args...); err != nil {
				return fmt.Errorf("importer: sweep: %w", err)
			}
		}
		return nil
	})
}
