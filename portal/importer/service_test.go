package importer

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/importrun"
	"foyer/portal/jobs"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

// house is a database with the service, as one process has it.
type house struct {
	*world
	*Service
	admin context.Context
	after int
}

func onEachHouse(t *testing.T, test func(h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		w := newWorld(t, st)
		require.NoError(t, st.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
			return tx.User.Create().SetID("usr_a").SetName("A").SetEmail("a@example.com").Exec(ctx)
		}))
		h := &house{world: w}
		h.admin = auth.WithViewer(t.Context(), auth.Viewer{Kind: auth.KindStaff, UserID: "usr_a"}.WithGrants(schema.Grants["STAFF_ADMIN"]))
		h.Service = h.another()
		test(h)
	})
}

// another is the service in another process on the same database.
func (h *house) another() *Service {
	quiet := slog.New(slog.DiscardHandler)
	runner, err := jobs.New(h.st, jobs.Options{Logger: quiet, Retry: func(int) time.Duration { return time.Hour }})
	require.NoError(h.t, err)
	s := NewService(h.st, runner, ServiceOptions{Logger: quiet, Beat: 5 * time.Millisecond, After: func(context.Context) error { h.after++; return nil }})
	s.batch = 1
	return s
}

func sending(f files, dry bool) Order {
	o := Order{Mapping: f["map.yaml"], DryRun: dry}
	for _, name := range slices.Sorted(maps.Keys(f)) {
		o.Files = append(o.Files, File{Name: name, Size: int64(len(f[name])), Content: strings.NewReader(f[name])})
	}
	return o
}

func (h *house) start(f files, dry bool) gid.ID {
	h.t.Helper()
	id, err := h.Start(h.admin, sending(f, dry))
	require.NoError(h.t, err)
	return id
}

// state is how a run's row stands.
func (h *house) state(id gid.ID) string {
	h.t.Helper()
	return h.one(`SELECT status FROM import_runs WHERE id = $1`, string(id))
}

func (h *house) over(id gid.ID, status, failure string) {
	h.t.Helper()
	require.Equal(h.t, status, h.state(id))
	require.Equal(h.t, failure, h.one(`SELECT failure FROM import_runs WHERE id = $1`, string(id)))
	require.NotEmpty(h.t, h.one(`SELECT finished_at FROM import_runs WHERE id = $1`, string(id)))
	for _, table := range []string{"import_uploads", "import_files", "import_chunks"} {
		require.Equal(h.t, "0", h.one(`SELECT count(*) FROM `+table), table)
	}
}

func TestUploadedIsWhatTheFolderIs(t *testing.T) {
	onEachHouse(t, func(h *house) {
		bad := shop.with("lines.csv", "100;1;1;", "100;1;0;").with("people.jsonl", "max@example.com", "ute@EXAMPLE.com")
		dry := h.start(bad, true)
		before := h.one(`SELECT count(*) FROM organizations`)
		require.NoError(h.t, h.work(h.t.Context(), upload{dry}))
		h.over(dry, "DONE", "")
		require.Equal(h.t, before, h.one(`SELECT count(*) FROM organizations`))
		require.Zero(h.t, h.after)
		id := h.start(bad, false)
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		h.over(id, "DONE", "")
		require.Equal(h.t, 1, h.after)
		run, err := h.st.Client().ImportRun.Get(h.ctx, id)
		require.NoError(h.t, err)
		require.Equal(h.t, 100, run.Percent)
		require.Empty(h.t, run.Step)
		list, err := Rejections(h.ctx, h.st, id, "", 10)
		require.NoError(h.t, err)
		require.Len(h.t, list, 2)
		require.Equal(h.t, "people.jsonl:2: mail: email \"ute@example.com\" stands already in line 1", list[0].String(), "in the order of the mapping")
		require.Equal(h.t, "lines.csv:6: qty: quantity is 0, 1 at least", list[1].String())
		require.EqualValues(h.t, 2, Rejected(run))
		require.Equal(h.t, "usr_a|SYSTEM|"+string(id), h.all(`SELECT actor, actor_kind, subject FROM audit_entries WHERE operation = 'IMPORT'`)[0])

		// A folder says the same of the same files.
		r, err := h.world.run(bad, Options{DryRun: true})
		require.NoError(h.t, err)
		require.EqualValues(h.t, 2, r.Rejected())
		require.Zero(h.t, r.Changes())
	})
}

// hundred is a mapping with a hundred organizations.
func hundred() files {
	var b strings.Builder
	b.WriteString("no;name\n")
	for i := range 100 {
		fmt.Fprintf(&b, "%d;Customer %d\n", i, i)
	}
	return files{"customers.csv": b.String(), "map.yaml": "source: old\ncurrency: EUR\nfiles:\n  - entity: organizations\n    file: customers.csv\n    fields: {external_id: \"{no}\", name: \"{name}\"}\n"}
}

// TestStopWhileItRuns: the process finds out by its beat, whoever has stopped it
// and wherever, and what is in by then stays in.
func TestStopWhileItRuns(t *testing.T) {
	onEachHouse(t, func(h *house) {
		id := h.start(hundred(), false)
		other := h.another()
		h.each = func() error {
			if h.one(`SELECT count(*) FROM organizations WHERE source = 'old'`) != "30" {
				return nil
			}
			got, err := other.Cancel(h.admin, id)
			require.NoError(h.t, err)
			require.Equal(h.t, id, got)
			require.Equal(h.t, "CANCELLED|", h.all(`SELECT status, finished_at FROM import_runs WHERE id = $1`, string(id))[0], "not over yet")
			return h.waitForBeat()
		}
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		h.over(id, "CANCELLED", "")
		require.Equal(h.t, "30", h.one(`SELECT count(*) FROM organizations WHERE source = 'old'`))
		require.Contains(h.t, h.one(`SELECT result FROM import_runs WHERE id = $1`, string(id)), "30")
		_, err := h.Cancel(h.admin, id)
		var refused *problem.Refusal
		require.ErrorAs(h.t, err, &refused)
		require.Equal(h.t, Finished, refused.Code)
		// The same files bring the rest.
		h.each = nil
		require.NoError(h.t, h.work(h.t.Context(), upload{h.start(hundred(), false)}))
		require.Equal(h.t, "100", h.one(`SELECT count(*) FROM organizations WHERE source = 'old'`))
	})
}

// waitForBeat holds the run until its beat has looked at the row once more.
func (h *house) waitForBeat() error {
	ctx, cancel := context.WithTimeout(h.t.Context(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		if t := h.running.Load(); t != nil {
			t.mu.Lock()
			over := t.over
			t.mu.Unlock()
			if over {
				return nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return ctx.Err()
}

// TestKilled: a run whose process has died is begun again by another, and after
// three such ends it is given up.
func TestKilled(t *testing.T) {
	onEachHouse(t, func(h *house) {
		id := h.start(hundred(), false)
		die := errors.New("killed")
		for range 2 {
			_, _, err := h.claim(h.t.Context(), id) // and no more is heard of that process
			require.NoError(h.t, err)
		}
		require.Equal(h.t, "RUNNING", h.state(id))
		require.NoError(h.t, h.another().work(h.t.Context(), upload{id}))
		h.over(id, "DONE", "")
		require.Equal(h.t, "100", h.one(`SELECT count(*) FROM organizations WHERE source = 'old'`))

		id = h.start(hundred(), true)
		for range 3 {
			_, _, err := h.claim(h.t.Context(), id)
			require.NoError(h.t, err)
		}
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		h.over(id, "FAILED", "Its process has ended 3 times before it was done.")

		// Stopped while nobody was left to notice.
		id = h.start(hundred(), false)
		_, _, err := h.claim(h.t.Context(), id)
		require.NoError(h.t, err)
		_, err = h.Cancel(h.admin, id)
		require.NoError(h.t, err)
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		h.over(id, "CANCELLED", "")

		// One that stops being the one: its row belongs to another attempt.
		id = h.start(hundred(), true)
		taken := false
		h.each = func() error {
			if !taken {
				taken = true
				_, _, err := h.claim(h.t.Context(), id)
				require.NoError(h.t, err)
			}
			return h.waitForBeat()
		}
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		require.Equal(h.t, "RUNNING", h.state(id), "that is for the other to say")
		require.Equal(h.t, "1", h.one(`SELECT count(*) FROM import_files`), "which needs the files")

		// What may mend itself is tried again, and then given up in words.
		h.each = func() error { return die }
		h.exec(`UPDATE import_uploads SET tries = 0`)
		for i := range 3 {
			err := h.work(h.t.Context(), upload{id})
			if i < 2 {
				require.ErrorIs(h.t, err, die)
				require.Equal(h.t, "WAITING", h.state(id))
			}
		}
		h.over(id, "FAILED", "Something went wrong on our side. What is in stays in; run the import again to go on.")
	})
}

// TestProcessEnds: an orderly end is no attempt.
func TestProcessEnds(t *testing.T) {
	onEachHouse(t, func(h *house) {
		id := h.start(hundred(), false)
		for range 5 {
			ctx, cancel := context.WithCancel(h.t.Context())
			h.each = func() error { cancel(); return ctx.Err() }
			require.ErrorIs(h.t, h.work(ctx, upload{id}), context.Canceled)
			require.Equal(h.t, "WAITING", h.state(id))
		}
		h.each = nil
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		h.over(id, "DONE", "")
	})
}

// TestBomb: what unpacks to more than there is room for ends the run.
func TestBomb(t *testing.T) {
	onEachHouse(t, func(h *house) {
		f := hundred()
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, f["customers.csv"])
		_, _ = io.Copy(z, strings.NewReader(strings.Repeat("\n", 5<<20)))
		require.NoError(h.t, z.Close())
		f["customers.csv"] = b.String()
		require.Less(h.t, b.Len(), 10_000)
		h.quota = func() *quota { return &quota{1 << 20, 1000} }
		id := h.start(f, false)
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		require.Contains(h.t, h.one(`SELECT failure FROM import_runs`), "the files are too large when they are unpacked")
		require.Equal(h.t, "FAILED", h.state(id))
		h.quota = func() *quota { return &quota{1 << 20, 99} }
		id = h.start(hundred(), false)
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		h.over(id, "FAILED", "customers.csv: the files have too many records")
		require.Equal(h.t, "0", h.one(`SELECT count(*) FROM organizations WHERE source = 'old'`))
	})
}

// TestMostRejections: the first rows are kept, all are counted.
func TestMostRejections(t *testing.T) {
	onEachHouse(t, func(h *house) {
		f := hundred()
		f["customers.csv"] = "no;name\n" + strings.Repeat(";x\x00\xff\n", mostRejections+50)
		id := h.start(f, true)
		require.NoError(h.t, h.work(h.t.Context(), upload{id}))
		h.over(id, "DONE", "")
		require.Equal(h.t, fmt.Sprint(mostRejections), h.one(`SELECT count(*) FROM import_rejections`))
		run, err := h.st.Client().ImportRun.Get(h.ctx, id)
		require.NoError(h.t, err)
		require.EqualValues(h.t, mostRejections+50, Rejected(run))
	})
}

func TestStartNeedsTheAction(t *testing.T) {
	onEachHouse(t, func(h *house) {
		id := h.start(hundred(), true)
		for _, role := range schema.Roles {
			if role.Key == "STAFF_ADMIN" {
				continue
			}
			ctx := auth.WithViewer(h.t.Context(), auth.Viewer{Kind: auth.KindStaff, UserID: "usr_a"}.WithGrants(schema.Grants[role.Key]))
			_, err := h.Start(ctx, sending(hundred(), false))
			require.ErrorIs(h.t, err, problem.ErrForbidden, role.Key)
			_, err = h.Cancel(ctx, id)
			require.ErrorIs(h.t, err, problem.ErrNotFound, role.Key)
		}
		require.Equal(h.t, "1", h.one(`SELECT count(*) FROM import_chunks`))
		require.Equal(h.t, "WAITING", h.state(id))
	})
}

func TestSweepOfRuns(t *testing.T) {
	onEachHouse(t, func(h *house) {
		run := func(status importrun.Status, age, silent time.Duration, over, direct bool) gid.ID {
			id := gid.New(gid.Import)
			var end any
			if over {
				end = now()
			}
			h.exec(`INSERT INTO import_runs (id, source, status, dry_run, created_at, beat_at, finished_at, percent) VALUES ($1, 'x', $2, false, $3, $4, $5, 0)`,
				string(id), string(status), now().Add(-age), now().Add(-silent), end)
			h.exec(`INSERT INTO import_rejections (run_id, place, line, number, file, columns, entity, reason) VALUES ($1, 0, 1, 0, '', '', '', '')`, string(id))
			if !direct {
				h.exec(`INSERT INTO import_uploads (run_id, mapping) VALUES ($1, '')`, string(id))
				h.exec(`INSERT INTO import_files (run_id, name, upload, size) VALUES ($1, 'a', $1, 1)`, string(id))
				h.exec(`INSERT INTO import_chunks (upload, part, data, created_at) VALUES ($1, 0, $2, $3)`, string(id), []byte("x"), now().Add(-age))
			}
			return id
		}
		day := 24 * time.Hour
		old, kept := run(importrun.StatusDONE, 91*day, 91*day, true, true), run(importrun.StatusDONE, 89*day, 89*day, true, true)
		killed, alive := run(importrun.StatusRUNNING, time.Hour, 20*time.Minute, false, true), run(importrun.StatusRUNNING, time.Hour, time.Second, false, true)
		lost, patient := run(importrun.StatusRUNNING, 2*day, 25*time.Hour, false, false), run(importrun.StatusWAITING, time.Hour, time.Hour, false, false)
		half := run(importrun.StatusCANCELLED, 2*day, 25*time.Hour, false, false)
		h.exec(`INSERT INTO import_chunks (upload, part, data, created_at) VALUES ('loose', 0, $1, $2)`, []byte("x"), now().Add(-2*time.Hour))
		h.exec(`INSERT INTO import_chunks (upload, part, data, created_at) VALUES ('new', 0, $1, $2)`, []byte("x"), now())
		require.NoError(h.t, h.Sweep(h.t.Context()))
		require.Equal(h.t, "0", h.one(`SELECT count(*) FROM import_runs WHERE id = $1`, string(old)))
		require.Equal(h.t, "0", h.one(`SELECT count(*) FROM import_rejections WHERE run_id = $1`, string(old)))
		require.Equal(h.t, "1", h.one(`SELECT count(*) FROM import_rejections WHERE run_id = $1`, string(kept)))
		for id, want := range map[gid.ID]string{kept: "DONE", killed: "FAILED", alive: "RUNNING", lost: "FAILED", patient: "WAITING", half: "CANCELLED"} {
			require.Equal(h.t, want, h.state(id))
		}
		require.NotEmpty(h.t, h.one(`SELECT finished_at FROM import_runs WHERE id = $1`, string(half)))
		require.Empty(h.t, h.one(`SELECT failure FROM import_runs WHERE id = $1`, string(half)))
		require.Contains(h.t, h.one(`SELECT failure FROM import_runs WHERE id = $1`, string(killed)), "Its process ended")
		require.Empty(h.t, h.one(`SELECT finished_at FROM import_runs WHERE id = $1`, string(alive)))
		require.ElementsMatch(h.t, []string{string(patient), "new"}, h.all(`SELECT upload FROM import_chunks`))
	})
}

// counted notes the largest buffer by which it is read.
type counted struct {
	io.ReadSeeker

	largest int
}

func (c *counted) Read(p []byte) (int, error) {
	c.largest = max(c.largest, len(p))
	return c.ReadSeeker.Read(p)
}

// TestLargeFileInPieces: neither way is a file in memory as a whole.
func TestLargeFileInPieces(t *testing.T) {
	onEachHouse(t, func(h *house) {
		text := hundred()["customers.csv"] + strings.Repeat(strings.Repeat(" ", 99)+"\n", 20<<20/100)
		c := &counted{ReadSeeker: strings.NewReader(text)}
		id, err := h.Start(h.admin, Order{Mapping: hundred()["map.yaml"], Files: []File{{Name: "customers.csv", Size: int64(len(text)), Content: c}}})
		require.NoError(h.t, err)
		require.LessOrEqual(h.t, c.largest, chunkSize)
		require.Equal(h.t, fmt.Sprint(chunkSize), h.one(`SELECT max(length(data)) FROM import_chunks`))
		require.Equal(h.t, fmt.Sprint(len(text)), h.one(`SELECT sum(length(data)) FROM import_chunks`))
		r, _, err := uploaded{h.st, id}.open(h.t.Context(), "customers.csv")
		require.NoError(h.t, err)
		var back bytes.Buffer
		_, err = io.Copy(&back, r)
		require.NoError(h.t, err)
		require.True(h.t, back.String() == text)
		_, err = h.Cancel(h.admin, id)
		require.NoError(h.t, err)
		h.over(id, "CANCELLED", "")
	})
}

// TestCommandKeepsItsRun: staff see a run of the command line, and a dry run
// leaves nothing.
func TestCommandKeepsItsRun(t *testing.T) {
	onEach(t, func(w *world) {
		f := shop.with("lines.csv", "100;1;1;", "100;1;0;")
		dir := f.folder(t)
		before := w.dump()
		code, err := Command(w.t.Context(), w.st, dir+"/map.yaml", dir, true, "", io.Discard, io.Discard)
		require.NoError(w.t, err)
		require.Equal(w.t, ExitRejected, code)
		require.Equal(w.t, before, w.dump())
		require.Equal(w.t, "0", w.one(`SELECT count(*) FROM import_rejections`))
		code, err = Command(w.t.Context(), w.st, dir+"/map.yaml", dir, false, "", io.Discard, io.Discard)
		require.NoError(w.t, err)
		require.Equal(w.t, ExitRejected, code)
		require.Equal(w.t, []string{"DONE|100|"}, w.all(`SELECT status, percent, user_id FROM import_runs`))
		require.Equal(w.t, []string{"lines.csv|6|qty"}, w.all(`SELECT file, line, columns FROM import_rejections`))
		require.Equal(w.t, w.one(`SELECT id FROM import_runs`), w.one(`SELECT subject FROM audit_entries WHERE operation = 'IMPORT'`))
		broken := f.with("orders.csv", "no;version", "nr;version")
		dir = broken.folder(t)
		_, err = Command(w.t.Context(), w.st, dir+"/map.yaml", dir, false, "", io.Discard, io.Discard)
		require.Error(w.t, err)
		require.Contains(w.t, w.one(`SELECT failure FROM import_runs WHERE status = 'FAILED'`), `orders.csv: line 1: the header lacks the columns ["no"]`)
	})
}
