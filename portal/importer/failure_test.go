package importer

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	_ "github.com/lib/pq"
	"github.com/stretchr/testify/require"

	"foyer/testkit/dbtest"
	"foyer/testkit/pgtest"
)

// many are orders with three lines each.
func many(n int) files {
	var orders, lines strings.Builder
	orders.WriteString("no,day\n")
	lines.WriteString("no,sku,qty,price\n")
	for i := range n {
		fmt.Fprintf(&orders, "%d,2024-01-%02d\n", i, i%28+1)
		for j := range 3 {
			fmt.Fprintf(&lines, "%d,SKU-%d,%d,1.%02d\n", i, j, j+1, i%100)
		}
	}
	return files{"orders.csv": orders.String(), "lines.csv": lines.String(), "map.yaml": `
source: erp
currency: EUR
files:
  - {entity: organizations, file: orders.csv, repeated: first, when: {column: no, equals: "0"}, fields: {external_id: "K{no}", name: Customer}}
  - {entity: orders, file: orders.csv, fields: {external_id: "{no}", number: "N-{no}", organization: K0, placed_at: "{day}"}}
  - {entity: lines, file: lines.csv, fields: {order: "{no}", sku: "{sku}", quantity: "{qty}", unit_price: "{price}"}}
`}
}

// whole says how many orders are in, and fails when one is not whole.
func (w *world) whole() (n int) {
	w.t.Helper()
	require.Equal(w.t, "0", w.one(`SELECT count(*) FROM orders o WHERE
		(SELECT count(*) FROM order_lines l WHERE l.order_id = o.id) <> 3 OR (SELECT count(*) FROM events e WHERE e.subject_id = o.id) <> 1`), "a half-written order")
	_, err := fmt.Sscan(w.one(`SELECT count(*) FROM orders`), &n)
	require.NoError(w.t, err)
	return n
}

// goesOn checks what a run that was cut short has left, and that another run
// brings the rest.
func (w *world) goesOn(f files, r *Report, orders, batch int) {
	w.t.Helper()
	n := w.whole()
	require.Zero(w.t, n%batch, "not whole batches: %d orders", n)
	require.Less(w.t, n, orders)
	require.EqualValues(w.t, n, r.Count(Orders).Created)
	audited := w.one(`SELECT count(*) FROM audit_entries WHERE operation = 'IMPORT'`)
	rest, err := w.run(f, Options{Batch: batch})
	require.NoError(w.t, err)
	require.EqualValues(w.t, orders-n, rest.Count(Orders).Created)
	require.EqualValues(w.t, n, rest.Count(Orders).Unchanged)
	require.Equal(w.t, orders, w.whole())
	require.NotEqual(w.t, audited, w.one(`SELECT count(*) FROM audit_entries WHERE operation = 'IMPORT'`))
	last, err := w.run(f, Options{})
	require.NoError(w.t, err)
	require.Zero(w.t, last.Changes())
}

func TestFullDisk(t *testing.T) {
	const orders, batch = 2000, 100
	t.Run("sqlite", func(t *testing.T) {
		w := newWorld(t, dbtest.Open(t, dbtest.URLs["sqlite"](t)))
		var pages int
		_, err := fmt.Sscan(w.one(`PRAGMA page_count`), &pages)
		require.NoError(t, err)
		w.exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+400))
		f := many(orders)
		r, err := w.run(f, Options{Batch: batch})
		require.ErrorContains(t, err, "database or disk is full")
		require.ErrorContains(t, err, "run the import again to go on")
		require.NotZero(t, w.whole())
		w.exec(`PRAGMA max_page_count = 1000000`)
		w.goesOn(f, r, orders, batch)
	})
	t.Run("postgres", func(t *testing.T) {
		w := newWorld(t, dbtest.Open(t, dbtest.URLs["postgres"](t)))
		// A server has no knob for this; a trigger says what it would say.
		w.exec(`CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`)
		w.exec(`CREATE TRIGGER no_space BEFORE INSERT ON order_lines FOR EACH ROW WHEN (NEW.unit_price_minor = 133 AND NEW.position = 2) EXECUTE FUNCTION no_space()`)
		f := many(orders)
		f["lines.csv"] = strings.ReplaceAll(f["lines.csv"], "1.33\n", "1.34\n")
		f = f.with("lines.csv", "777,SKU-1,2,1.77", "777,SKU-1,2,1.33")
		r, err := w.run(f, Options{Batch: batch})
		require.ErrorContains(t, err, "No space left on device")
		require.ErrorContains(t, err, "orders.csv: lines 702 to 801 are not in, what stands before them is")
		require.Equal(t, 700, w.whole())
		w.exec(`DROP TRIGGER no_space ON order_lines`)
		w.goesOn(f, r, orders, batch)
	})
	t.Run("temporary files", func(t *testing.T) {
		p, err := newSpool()
		require.NoError(t, err)
		defer p.close()
		p.sections = []*section{{file: "lines.csv"}}
		p.w = bufio.NewWriterSize(full{}, 16)
		err = p.add(0, "1", &record{1, []string{strings.Repeat("x", 100)}})
		require.ErrorContains(t, err, "a temporary copy of lines.csv: ")
		require.ErrorIs(t, err, errFull)
		t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
		_, err = newSpool()
		require.ErrorIs(t, err, fs.ErrNotExist)
	})
}

// TestDatabaseGoesAway ends the server's connections while the import runs.
func TestDatabaseGoesAway(t *testing.T) {
	url := pgtest.URL(t)
	w := newWorld(t, dbtest.Open(t, url))
	other, err := sql.Open("postgres", url)
	require.NoError(t, err)
	defer other.Close()
	f := many(2000)
	var once sync.Once
	m, err := ParseMapping("map.yaml", []byte(f["map.yaml"]))
	require.NoError(t, err)
	r, err := Run(w.ctx, w.st, m, f.folder(t), Options{Batch: 100, Progress: func(string, int64, int64) {
		var n int
		if other.QueryRow(`SELECT count(*) FROM orders`).Scan(&n); n >= 300 {
			once.Do(func() {
				_, err := other.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
				require.NoError(t, err)
			})
		}
	}})
	require.ErrorContains(t, err, "run the import again to go on")
	require.GreaterOrEqual(t, w.whole(), 300)
	w.goesOn(f, r, 2000, 100)
}

func TestInterrupted(t *testing.T) {
	onEach(t, func(w *world) {
		f := many(2000)
		ctx, cancel := context.WithCancel(w.ctx)
		defer cancel()
		m, err := ParseMapping("map.yaml", []byte(f["map.yaml"]))
		require.NoError(w.t, err)
		r, err := Run(ctx, w.st, m, f.folder(w.t), Options{Batch: 100, Progress: func(file string, done, total int64) {
			if done > total/2 {
				cancel()
			}
		}})
		require.ErrorIs(w.t, err, context.Canceled)
		if r.Changes() > 0 {
			require.Contains(w.t, w.one(`SELECT changes FROM audit_entries WHERE operation = 'IMPORT'`), "stopped by")
		}
		w.goesOn(f, r, 2000, 100)
	})
}

// TestTwoAtOnce: two runs of the same files share the work or take turns; none
// fails and nothing is there twice.
func TestTwoAtOnce(t *testing.T) {
	onEach(t, func(w *world) {
		f := many(500)
		reports, errs := make([]*Report, 3), make([]error, 3)
		var all sync.WaitGroup
		for i := range reports {
			all.Go(func() { reports[i], errs[i] = w.run(f, Options{Batch: 20}) })
		}
		all.Wait()
		require.NoError(w.t, errors.Join(errs...))
		var created, unchanged int64
		for _, r := range reports {
			created += r.Count(Orders).Created
			unchanged += r.Count(Orders).Unchanged
		}
		require.EqualValues(w.t, 500, created)
		require.EqualValues(w.t, 1000, unchanged)
		require.Equal(w.t, 500, w.whole())
	})
}

// TestLargeOrders: what belongs to one order must fit into memory.
func TestLargeOrders(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.URLs["sqlite"](t)))
	f := many(3)
	f["lines.csv"] += strings.Repeat("1,X,1,1\n", mostChildren)
	r, err := w.run(f, Options{})
	require.NoError(t, err)
	require.Equal(t, "orders.csv:3: no: more than 10000 rows belong to this order", r.Bad[0].String())
	require.EqualValues(t, mostChildren+3, r.Count(Lines).Rejected)
	require.Equal(t, 2, w.whole())
}

func TestCommand(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.URLs["sqlite"](t)))
	run := func(f files, dry bool, report string) (int, string, error) {
		dir := f.folder(t)
		var out, bar strings.Builder
		code, err := Command(w.ctx, w.st, filepath.Join(dir, "map.yaml"), dir, dry, report, &out, &bar)
		require.Empty(t, bar.String(), "a progress bar without a terminal")
		return code, out.String(), err
	}
	code, out, err := run(shop, true, "")
	require.NoError(t, err)
	require.Equal(t, ExitDone, code)
	require.Contains(t, out, "erp: 20 changes would be made (dry run, nothing is written), 0 rows rejected")

	report := filepath.Join(t.TempDir(), "bad.csv")
	code, out, err = run(shop.with("lines.csv", "100;1;1;", "100;1;-1;"), false, report)
	require.NoError(t, err)
	require.Equal(t, ExitRejected, code)
	require.Contains(t, out, "lines.csv:6: qty: quantity is -1, 1 at least\n")
	require.Contains(t, out, "orders: 1,771.00 EUR in all, of which cancelled 15.00; shipping 4.90\n")
	text, err := os.ReadFile(report)
	require.NoError(t, err)
	require.Equal(t, "file,line,column,entity,why\nlines.csv,6,qty,lines,\"quantity is -1, 1 at least\"\n", string(text))

	code, _, err = run(shop.with("lines.csv", "order;", "odor;"), false, "")
	require.ErrorContains(t, err, "lines.csv: line 1: the header lacks the columns")
	require.Equal(t, ExitFailed, code)
	code, _, err = run(shop.with("map.yaml", "source:", "sauce:"), false, "")
	require.ErrorContains(t, err, `map.yaml:2:1: unknown key "sauce"`)
	require.Equal(t, ExitFailed, code)
	code, _, err = run(shop, false, filepath.Join(t.TempDir(), "none", "bad.csv"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.Equal(t, ExitFailed, code)
	if _, err := os.Stat("/dev/full"); err == nil {
		code, _, err = run(shop.with("lines.csv", "100;1;1;", "100;1;-1;"), false, "/dev/full")
		require.ErrorContains(t, err, "the report: ")
		require.Equal(t, ExitFailed, code)
	}
}
