package orders

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

// world is two customers with people, and staff.
type world struct {
	*Service
	ctx          context.Context // of the system
	acme, globex gid.ID
	ann, ben     gid.ID // of acme
	carl         gid.ID // of globex
	staff        gid.ID
	n            int
}

// worlds runs a test on every database.
func worlds(t *testing.T, run func(t *testing.T, w *world)) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) { run(t, newWorld(t, st)) })
}

func newWorld(t *testing.T, st *store.Store) *world {
	t.Helper()
	w := &world{Service: New(st, DefaultCarriers()), ctx: auth.WithSystem(t.Context(), "test")}
	w.now = func() time.Time { return noon }
	w.do(t, func(ctx context.Context, tx *ent.Client) error {
		w.acme = tx.Organization.Create().SetName("Acme").SaveX(ctx).ID
		w.globex = tx.Organization.Create().SetName("Globex").SaveX(ctx).ID
		for name, id := range map[string]*gid.ID{"Ann": &w.ann, "Ben": &w.ben, "Carl": &w.carl, "Sam": &w.staff} {
			*id = tx.User.Create().SetName(name).SetEmail(strings.ToLower(name) + "@example.com").SaveX(ctx).ID
		}
		return nil
	})
	return w
}

// do writes as the system.
func (w *world) do(t *testing.T, fn func(ctx context.Context, tx *ent.Client) error) {
	t.Helper()
	require.NoError(t, w.store.Tx(w.ctx, fn))
}

// as is a context of a viewer with a built-in role.
func (w *world) as(role string, user, org gid.ID, more ...func(*auth.Viewer)) context.Context {
	v := auth.Viewer{Kind: auth.KindMember, UserID: string(user), Name: "N. N.", OrganizationID: string(org), Tree: []string{string(org)}}
	switch {
	case role == "INTEGRATION":
		v.Kind, v.Source = auth.KindKey, "carrier"
	case role == "GUEST":
		v.Kind = auth.KindGuest
	case strings.HasPrefix(role, "STAFF"):
		v.Kind, v.Tree = auth.KindStaff, nil
	}
	for _, m := range more {
		m(&v)
	}
	return auth.WithViewer(context.WithoutCancel(w.ctx), v.WithGrants(schema.Grants[role]))
}

func (w *world) agent() context.Context     { return w.as("STAFF_AGENT", w.staff, "") }
func (w *world) warehouse() context.Context { return w.as("STAFF_FULFILLMENT", w.staff, "") }
func (w *world) carrier() context.Context   { return w.as("INTEGRATION", "", "") }
func (w *world) member() context.Context    { return w.as("ORG_MEMBER", w.ann, w.acme) }
func (w *world) buyer() context.Context     { return w.as("ORG_BUYER", w.ann, w.acme) }
func (w *world) stranger() context.Context  { return w.as("ORG_ADMIN", w.carl, w.globex) }

// order makes an order of Ann's at Acme, with a line for each quantity.
func (w *world) order(t *testing.T, change func(*ent.OrderCreate), quantities ...int) *ent.Order {
	t.Helper()
	var o *ent.Order
	w.do(t, func(ctx context.Context, tx *ent.Client) error {
		w.n++
		c := tx.Order.Create().SetNumber(fmt.Sprintf("T-%03d", w.n)).SetOrganizationID(w.acme).SetUserID(w.ann).
			SetCurrency("EUR").SetStatus(order.StatusCONFIRMED).SetPlacedAt(noon.AddDate(0, 0, -10))
		if change != nil {
			change(c)
		}
		o = c.SaveX(ctx)
		for i, n := range quantities {
			tx.OrderLine.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).
				SetPosition(i + 1).SetSku(fmt.Sprintf("SKU-%d", i+1)).SetName("Thing").SetQuantity(n).
				SetCurrency("EUR").SetUnitPriceMinor(100).SetTotalMinor(int64(100 * n)).SaveX(ctx)
		}
		return events.Append(ctx, tx, events.Event{Kind: events.OrderPlaced, Subject: o.ID, Owner: owner(o), At: o.PlacedAt})
	})
	return o
}

func status(s order.Status) func(*ent.OrderCreate) {
	return func(c *ent.OrderCreate) { c.SetStatus(s) }
}

// again is the order as it is now.
func (w *world) again(t *testing.T, id gid.ID) *ent.Order {
	t.Helper()
	o, err := w.store.Client().Order.Get(w.ctx, id)
	require.NoError(t, err)
	return o
}

func (w *world) shipment(t *testing.T, id gid.ID) *ent.Shipment {
	t.Helper()
	p, err := w.store.Client().Shipment.Get(w.ctx, id)
	require.NoError(t, err)
	return p
}

// lines are the ids of an order's lines, by position.
func (w *world) lines(t *testing.T, o *ent.Order) []gid.ID {
	t.Helper()
	ids, err := w.store.Client().OrderLine.Query().Where(orderline.OrderID(o.ID)).Order(orderline.ByPosition()).IDs(w.ctx)
	require.NoError(t, err)
	return ids
}

// shipped are the units of each line that are in shipments, by position.
func (w *world) shipped(t *testing.T, o *ent.Order) []int {
	t.Helper()
	lines, err := w.store.Client().OrderLine.Query().Where(orderline.OrderID(o.ID)).Order(orderline.ByPosition()).All(w.ctx)
	require.NoError(t, err)
	var n []int
	for _, l := range lines {
		n = append(n, l.QuantityShipped)
	}
	return n
}

// kinds are the kinds of an order's events as the system sees them, oldest first.
func (w *world) kinds(t *testing.T, id gid.ID) []string {
	t.Helper()
	all, err := w.Timeline(w.ctx, id)
	require.NoError(t, err)
	var kinds []string
	for _, e := range slices.Backward(all) {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// dump is all that a write could have changed. Two equal ones mean that
// nothing was written: no row, no event, no audit entry, not even a time stamp.
func (w *world) dump(t *testing.T) string {
	t.Helper()
	c, b := w.store.Client(), &strings.Builder{}
	put := func(x any, err error) {
		require.NoError(t, err)
		fmt.Fprintf(b, "%v\n", x)
	}
	orders, err := c.Order.Query().Order(order.ByID()).All(w.ctx)
	for _, o := range orders {
		put(fmt.Sprintf("%+v", o.Calculation.Placed), nil) // not where it lies in memory
		o.Calculation.Placed = nil
	}
	put(orders, err)
	put(c.OrderLine.Query().Order(orderline.ByID()).All(w.ctx))
	put(c.Shipment.Query().Order(shipment.ByID()).All(w.ctx))
	put(c.ShipmentLine.Query().Count(w.ctx))
	put(c.TrackingEvent.Query().Order(trackingevent.ByID()).All(w.ctx))
	put(c.Event.Query().Count(w.ctx))
	put(c.AuditEntry.Query().Count(w.ctx))
	return b.String()
}

// unchanged runs something that must fail and write nothing.
func (w *world) unchanged(t *testing.T, run func() error) error {
	t.Helper()
	before := w.dump(t)
	err := run()
	require.Error(t, err)
	require.Equal(t, before, w.dump(t), "it was refused, and yet something was written")
	return err
}

// refusal is the refusal that an error is.
func refusal(t *testing.T, err error, code string, field ...string) *problem.Refusal {
	t.Helper()
	var r *problem.Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, code, r.Code, r.Text.EN)
	require.Equal(t, field, r.Field, r.Text.EN)
	require.NotEmpty(t, r.Text.EN)
	require.NotEmpty(t, r.Text.DE)
	return r
}

// send ships lines of an order with the version that it has.
func (w *world) send(t *testing.T, o *ent.Order, lines ...Quantity) gid.ID {
	t.Helper()
	id, err := w.CreateShipment(w.warehouse(), NewShipment{OrderID: o.ID, Version: w.again(t, o.ID).Version, Carrier: "DHL", Lines: lines})
	require.NoError(t, err)
	return id
}

// scan reports on a shipment.
func (w *world) scan(t *testing.T, id gid.ID, s trackingevent.Status, at int) {
	t.Helper()
	got, err := w.AddTrackingEvent(w.carrier(), Tracking{ShipmentID: id, Status: s, At: hour(at)})
	require.NoError(t, err)
	require.Equal(t, id, got)
}
