package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/testkit/dbtest"
)

// shared is a folder of the data that real imports are tested with. It is not
// part of the project; FOYER_SHARED says where it is.
func shared(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("FOYER_SHARED")
	if root == "" {
		root = "../../../shared"
	}
	dir := filepath.Join(root, "data", name)
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("CI must test with the real data: set FOYER_SHARED (%v)", err)
		}
		fmt.Fprintf(os.Stderr, "\n*** %s WAS NOT RUN: there is no %s; set FOYER_SHARED\n\n", t.Name(), dir)
		t.Skipf("*** NOT RUN: there is no %s; set FOYER_SHARED", dir)
	}
	return dir
}

func example(t *testing.T, name string) *Mapping {
	t.Helper()
	m, err := LoadMapping(filepath.Join("../../docs/examples", name+".yaml"))
	require.NoError(t, err)
	return m
}

func TestNorthwind(t *testing.T) {
	dir, m := shared(t, "northwind"), example(t, "northwind")
	onEach(t, func(w *world) {
		dry, err := Run(w.ctx, w.st, m, dir, Options{DryRun: true})
		require.NoError(w.t, err)
		require.Equal(w.t, "0", w.one(`SELECT count(*) FROM organizations`))
		r, err := Run(w.ctx, w.st, m, dir, Options{})
		require.NoError(w.t, err)
		require.Equal(w.t, map[string]*Count{
			Organizations: {Created: 91}, Users: {Created: 91}, Categories: {Created: 8}, Products: {Created: 77},
			Orders: {Created: 830}, Lines: {Created: 2155}, Shipments: {Created: 809},
		}, r.Counts)
		require.Equal(w.t, dry.Counts, r.Counts)
		require.Equal(w.t, map[string]*Total{"USD": {Lines: 126_579_329, Shipping: 6_494_269}}, r.Totals)
		for query, want := range map[string]string{
			`SELECT count(*) FROM organizations`:    "91",
			`SELECT count(*) FROM products`:         "77",
			`SELECT count(*) FROM product_variants`: "77",
			`SELECT count(*) FROM orders`:           "830",
			`SELECT count(*) FROM order_lines`:      "2155",
			// An order is the sum of its lines, freight apart.
			`SELECT sum(total_minor) FROM orders`:      "126579329",
			`SELECT sum(lines_minor) FROM orders`:      "126579329",
			`SELECT sum(total_minor) FROM order_lines`: "126579329",
			`SELECT sum(shipping_minor) FROM orders`:   "6494269",
			`SELECT count(*) FROM orders o WHERE total_minor <> (SELECT sum(total_minor) FROM order_lines l WHERE l.order_id = o.id)`: "0",
			`SELECT count(*) FROM orders WHERE fulfillment_status = 'SHIPPED' AND status = 'CONFIRMED'`:                               "809",
			`SELECT count(*) FROM orders WHERE fulfillment_status = 'UNFULFILLED' AND status = 'PLACED'`:                              "21",
			`SELECT count(*) FROM order_lines WHERE variant_id IS NULL`:                                                               "0",
			`SELECT count(*) FROM order_lines l JOIN orders o ON o.id = l.order_id
				WHERE quantity_shipped <> CASE WHEN fulfillment_status = 'SHIPPED' THEN quantity ELSE 0 END`: "0",
			`SELECT count(*) FROM memberships m JOIN roles r ON r.id = m.role_id WHERE r.key = 'ORG_ADMIN'`: "91",
			`SELECT count(*) FROM users WHERE password_hash IS NULL AND email LIKE '%@northwind.example'`:   "91",
			`SELECT count(*) FROM events WHERE kind = 'ORDER_PLACED'`:                                       "830",
			`SELECT count(*) FROM events`:                                                                                           "830",
			`SELECT count(*) FROM audit_entries WHERE operation = 'IMPORT'`:                                                         "1",
			`SELECT price_minor FROM product_variants WHERE sku = 'NW-5'`:                                                           "2135", // 21.3500004
			`SELECT l.total_minor FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE number = 'NW-10250' AND position = 2`: "126140",
			`SELECT name FROM organizations WHERE external_id = 'BERGS'`:                                                            "Berglunds snabbköp",
		} {
			require.Equal(w.t, want, w.one(query), query)
		}
		before := w.dump()
		again, err := Run(w.ctx, w.st, m, dir, Options{})
		require.NoError(w.t, err)
		require.Zero(w.t, again.Changes())
		require.Equal(w.t, before, w.dump(), "a second run has changed something")
	})
}

// retailRejected is how many lines of Online Retail are rejected: 1,336 with a
// negative quantity outside cancelled invoices, 2 with a negative price.
const retailRejected = 1_338

// TestOnlineRetail imports half a million lines. What time it takes is logged
// and never checked, since neighbours make it any length; memory is checked.
func TestOnlineRetail(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("*** NOT RUN: half a million lines are for full test runs without -race")
	}
	dir, m := shared(t, "online_retail"), example(t, "online_retail")
	for _, kind := range []string{"sqlite", "postgres"} { // one after the other, for the measurement
		t.Run(kind, func(t *testing.T) {
			w := newWorld(t, dbtest.Open(t, dbtest.URLs[kind](t)))
			done := measure(t)
			r, err := Run(w.ctx, w.st, m, dir, Options{})
			done()
			require.NoError(t, err)
			require.Equal(t, map[string]*Count{
				Organizations: {Created: 4373}, Products: {Created: 4070}, Orders: {Created: 25_900},
				Lines: {Created: 541_909 - retailRejected, Rejected: retailRejected},
			}, r.Counts)
			require.Equal(t, map[string]*Total{"GBP": {Lines: 1_156_349_703, Cancelled: 89_681_249}}, r.Totals)
			for query, want := range map[string]string{
				`SELECT count(*) FROM orders`:                                                                                    "25900",
				`SELECT count(*) FROM order_lines`:                                                                               strconv.Itoa(541_909 - retailRejected),
				`SELECT sum(total_minor) FROM orders`:                                                                            "1156349703",
				`SELECT sum(total_minor) FROM order_lines`:                                                                       "1156349703",
				`SELECT count(*) FROM orders WHERE status = 'CANCELLED'`:                                                         "3836",
				`SELECT count(*) FROM order_lines WHERE quantity <= 0`:                                                           "0",
				`SELECT count(*) FROM order_lines WHERE variant_id IS NULL`:                                                      "0",
				`SELECT count(*) FROM organizations WHERE name = 'WALK-IN'`:                                                      "1",
				`SELECT count(*) FROM events`:                                                                                    "25900",
				`SELECT count(*) FROM audit_entries WHERE operation = 'IMPORT'`:                                                  "1",
				`SELECT max(position) FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE number = 'OR-573585'`:          "1114",
				`SELECT count(*) FROM orders o JOIN organizations g ON g.id = o.organization_id WHERE g.external_id = 'WALK-IN'`: "3710",
			} {
				require.Equal(t, want, w.one(query), query)
			}
			// Line identity is invoice and line number: a line keeps its number though
			// one before it was rejected, or the same article comes twice.
			require.Equal(t, "0", w.one(`SELECT count(*) FROM (SELECT order_id, position FROM order_lines GROUP BY 1, 2 HAVING count(*) > 1) x`))
			const state = `SELECT (SELECT max(updated_at) FROM orders), (SELECT count(*) FROM events), (SELECT count(*) FROM order_lines), (SELECT count(*) FROM audit_entries)`
			before := w.all(state)
			again, err := Run(w.ctx, w.st, m, dir, Options{})
			require.NoError(t, err)
			require.Zero(t, again.Changes())
			require.EqualValues(t, retailRejected, again.Rejected())
			require.Equal(t, before, w.all(state))
		})
	}
}

// measure says at the end how long it took and how much memory the process had
// at its peak, where the system tells.
func measure(t *testing.T) func() {
	debug.FreeOSMemory()
	resettable := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil
	start, cpu := time.Now(), cpuTime()
	return func() {
		took, used := time.Since(start), cpuTime()-cpu
		peak := peakMemory()
		t.Logf("%.1f s, %.1f s of CPU in this process, peak memory %d MB", took.Seconds(), used.Seconds(), peak>>20)
		if resettable && peak > 300<<20 {
			t.Errorf("peak memory is %d MB, 300 at most", peak>>20)
		}
	}
}

// peakMemory is the process's largest resident set in bytes, 0 if unknown.
func peakMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return n << 10
		}
	}
	return 0
}
