package customers

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

// benchOrders is how many orders there are, each with a line and five events;
// half of them are of one customer.
const benchOrders = 25_900

// fill makes orders over three years, of which the older ones are delivered, and
// every third was put off.
func fill(b *testing.B, w *world) {
	b.Helper()
	text := func(d schema.EventData) string {
		t, err := json.Marshal(d)
		require.NoError(b, err)
		return string(t)
	}
	require.NoError(b, w.store.Tx(w.ctx, func(ctx context.Context, _ *ent.Client) error {
		bulk, err := w.store.Bulk(ctx, "bench")
		require.NoError(b, err)
		var deals, lines, log [][]any
		for i := range benchOrders {
			org, id := []gid.ID{w.acme, w.sub}[i%2], gid.New(gid.Order)
			at := noon.Add(-time.Duration(benchOrders-i) * time.Hour)
			due, late := at.AddDate(0, 0, 8).Truncate(24*time.Hour), at.AddDate(0, 0, 10).Truncate(24*time.Hour)
			status, axis, delivered := "COMPLETED", "DELIVERED", any(at.AddDate(0, 0, 7+i%4))
			if benchOrders-i < 2000 {
				status, axis, delivered = "CONFIRMED", "SHIPPED", nil
			}
			deals = append(deals, []any{id, at, at, org, fmt.Sprintf("B-%d", i), status, axis, "NONE", "UNPAID", at, late, delivered, "EUR", 0, 0, 0, 0, 1000 + i, 1})
			lines = append(lines, []any{gid.New(gid.OrderLine), org, id, 1, "S", "Thing", 1, 1, "EUR", 1, 0, 0, 1})
			for n, e := range []struct {
				kind events.Kind
				data schema.EventData
			}{
				{events.OrderPlaced, schema.EventData{}}, {events.OrderStatus, schema.EventData{From: "PLACED", To: "CONFIRMED"}},
				{events.OrderPromise, schema.EventData{Date: &due}}, {events.OrderPromise, schema.EventData{OldDate: &due, Date: &late}},
				{events.ShipmentCreated, schema.EventData{ShipmentID: "x"}},
			} {
				log = append(log, []any{string(e.kind), id, org, "CUSTOMER", "STAFF", text(e.data), at.Add(time.Duration(n) * time.Hour)})
			}
		}
		for _, x := range []struct {
			typ     string
			columns []string
			rows    [][]any
		}{
			{ent.TypeOrder, []string{"id", "created_at", "updated_at", "organization_id", "number", "status", "fulfillment_status", "return_status", "payment_status", "placed_at",
				"promised_date", "delivered_at", "currency", "lines_minor", "discount_minor", "shipping_minor", "tax_minor", "total_minor", "version"}, deals},
			{ent.TypeOrderLine, []string{"id", "organization_id", "order_id", "position", "sku", "name", "quantity", "quantity_shipped", "currency",
				"unit_price_minor", "discount_basis_points", "tax_minor", "total_minor"}, lines},
			{ent.TypeEvent, []string{"kind", "subject_id", "organization_id", "audience", "actor_kind", "data", "occurred_at"}, log},
		} {
			if err := bulk.Insert(ctx, x.typ, x.columns, x.rows); err != nil {
				return err
			}
		}
		return nil
	}))
	_, err := w.store.Raw(w.ctx).ExecContext(w.ctx, "ANALYZE")
	require.NoError(b, err)
}

// BenchmarkLarge measures what the page of a large customer asks for.
func BenchmarkLarge(b *testing.B) {
	for kind, url := range dbtest.URLs {
		w := newWorld(b, dbtest.Open(b, url(b)))
		fill(b, w)
		ids := []gid.ID{w.acme}
		for name, ask := range map[string]func() error{
			"figures12": func() error { _, err := w.Figures(w.ctx, w.acme, 12); return err },
			"figures36": func() error { _, err := w.Figures(w.ctx, w.acme, 36); return err },
			"timeline":  func() error { _, err := w.Timeline(w.ctx, ids, nil, nil, 21); return err },
			"two":       func() error { _, err := w.Timeline(w.ctx, []gid.ID{w.acme, w.sub}, nil, nil, 21); return err },
			"people":    func() error { _, err := w.Timeline(w.ctx, ids, []Sort{People}, nil, 21); return err },
			"notes":     func() error { _, err := w.Timeline(w.ctx, ids, []Sort{Notes}, nil, 21); return err },
		} {
			b.Run(kind+"/"+name, func(b *testing.B) {
				for b.Loop() {
					require.NoError(b, ask())
				}
			})
		}
	}
}
