package stock

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/portal/store"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// world is a warehouse with a clock.
type world struct {
	*Service
	ctx     context.Context // of the system
	clock   time.Time
	product gid.ID
	main    gid.ID // the place that is taken from first
	second  gid.ID
	n       int
}

func worlds(t *testing.T, run func(t *testing.T, w *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, st *store.Store) { run(t, newWorld(t, st)) })
}

func newWorld(t testing.TB, st *store.Store) *world {
	t.Helper()
	w := &world{ctx: auth.WithSystem(t.Context(), "test"), clock: noon}
	w.Service = New(st, Options{Clock: func() time.Time { return w.clock }})
	w.do(t, func(ctx context.Context, tx *ent.Client) error {
		w.product = tx.Product.Create().SetName("Thing").SaveX(ctx).ID
		w.second = tx.StockLocation.Create().SetKey("second").SetName("Second").SetPriority(20).SaveX(ctx).ID
		w.main = tx.StockLocation.Create().SetKey("main").SetName("Main").SetPriority(10).SaveX(ctx).ID
		return nil
	})
	return w
}

func (w *world) do(t testing.TB, fn func(ctx context.Context, tx *ent.Client) error) {
	t.Helper()
	require.NoError(t, w.store.Tx(w.ctx, fn))
}

// variant makes a variant and returns its id and sku.
func (w *world) variant(t testing.TB, change ...func(*ent.ProductVariantCreate)) (gid.ID, string) {
	t.Helper()
	w.n++
	sku := fmt.Sprintf("SKU-%04d", w.n)
	var id gid.ID
	w.do(t, func(ctx context.Context, tx *ent.Client) error {
		c := tx.ProductVariant.Create().SetProductID(w.product).SetSku(sku).SetName(sku).SetCurrency("EUR")
		for _, f := range change {
			f(c)
		}
		id = c.SaveX(ctx).ID
		return nil
	})
	return id, sku
}

func policy(p productvariant.StockPolicy) func(*ent.ProductVariantCreate) {
	return func(c *ent.ProductVariantCreate) { c.SetStockPolicy(p) }
}

func backorder(days int) func(*ent.ProductVariantCreate) {
	return func(c *ent.ProductVariantCreate) {
		c.SetStockPolicy(productvariant.StockPolicyBACKORDER).SetLeadDays(days)
	}
}

func preorder(from time.Time) func(*ent.ProductVariantCreate) {
	return func(c *ent.ProductVariantCreate) {
		c.SetStockPolicy(productvariant.StockPolicyPREORDER).SetAvailableFrom(from)
	}
}

// adjust changes a level by hand.
func (w *world) adjust(t testing.TB, kind string, variant, location gid.ID, n int) {
	t.Helper()
	_, err := w.Adjust(w.ctx, Adjustment{VariantID: variant, LocationID: location, Kind: kind, Quantity: n, Reason: "test"})
	require.NoError(t, err)
}

// level is a level as on hand/allocated/reserved.
func (w *world) level(t testing.TB, variant, location gid.ID) string {
	t.Helper()
	all, err := w.readLevels(w.ctx, []gid.ID{variant})
	require.NoError(t, err)
	for _, l := range all[variant] {
		if l.location == location {
			return fmt.Sprintf("%d/%d/%d", l.onHand, l.allocated, l.reserved)
		}
	}
	return "none"
}

// holds is what is held for an order: kind and quantity of its rows, by line.
func (w *world) held(t testing.TB, order gid.ID) string {
	t.Helper()
	rows, err := w.store.Raw(w.ctx).QueryContext(w.ctx,
		`SELECT line_id, kind, sum(quantity) FROM stock_reservations WHERE order_id = $1 GROUP BY line_id, kind ORDER BY line_id, kind`, string(order))
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	var parts []string
	for rows.Next() {
		var line, kind string
		var n int
		require.NoError(t, rows.Scan(&line, &kind, &n))
		parts = append(parts, fmt.Sprintf("%s %s %d", line, kind, n))
	}
	require.NoError(t, rows.Err())
	return strings.Join(parts, ", ")
}

// dump is all that the stock has in its tables.
func (w *world) dump(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, q := range []string{
		`SELECT variant_id, location_id, on_hand, allocated, reserved, version FROM stock_levels ORDER BY 1, 2`,
		`SELECT order_id, line_id, coalesce(location_id, ''), quantity, kind, id FROM stock_reservations ORDER BY id`,
		`SELECT kind, count(*), sum(on_hand), sum(allocated), sum(reserved), max(id) FROM stock_movements GROUP BY kind ORDER BY kind`,
	} {
		rows, err := w.store.Raw(w.ctx).QueryContext(w.ctx, q)
		require.NoError(t, err)
		for rows.Next() {
			var x [6]any
			require.NoError(t, rows.Scan(&x[0], &x[1], &x[2], &x[3], &x[4], &x[5]))
			fmt.Fprintln(&b, x)
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
	}
	return b.String()
}

// broken finds where the equations of the package do not hold.
func (w *world) broken(t testing.TB) []string {
	t.Helper()
	rows, err := w.store.Raw(w.ctx).QueryContext(w.ctx, `
SELECT l.variant_id, l.location_id, l.on_hand, l.allocated, l.reserved,
	(SELECT coalesce(sum(r.quantity), 0) FROM stock_reservations r WHERE r.variant_id = l.variant_id AND r.location_id = l.location_id AND r.kind = 'ALLOCATED'),
	(SELECT coalesce(sum(r.quantity), 0) FROM stock_reservations r WHERE r.variant_id = l.variant_id AND r.location_id = l.location_id AND r.kind = 'RESERVED'),
	(SELECT coalesce(sum(m.on_hand), 0) FROM stock_movements m WHERE m.variant_id = l.variant_id AND m.location_id = l.location_id),
	(SELECT coalesce(sum(m.allocated), 0) FROM stock_movements m WHERE m.variant_id = l.variant_id AND m.location_id = l.location_id),
	(SELECT coalesce(sum(m.reserved), 0) FROM stock_movements m WHERE m.variant_id = l.variant_id AND m.location_id = l.location_id)
FROM stock_levels l`)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	var all []string
	for rows.Next() {
		var v, l string
		var n [8]int
		require.NoError(t, rows.Scan(&v, &l, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7]))
		if n[1] != n[3] || n[2] != n[4] || n[0] != n[5] || n[1] != n[6] || n[2] != n[7] || n[1] < 0 || n[2] < 0 {
			all = append(all, fmt.Sprint(v, l, n))
		}
	}
	require.NoError(t, rows.Err())
	var strays int
	require.NoError(t, w.store.Raw(w.ctx).QueryRowContext(w.ctx, `SELECT count(*) FROM stock_reservations r WHERE location_id IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM stock_levels l WHERE l.variant_id = r.variant_id AND l.location_id = r.location_id)`).Scan(&strays))
	if strays > 0 {
		all = append(all, fmt.Sprintf("%d reservations without a level", strays))
	}
	return all
}
