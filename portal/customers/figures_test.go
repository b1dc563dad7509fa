package customers

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
	"foyer/testkit/dbtest"
)

// noon is the time of these tests. portal/orders reads the clock for what is
// late, so that promises here are far from today on either side.
var noon = time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)

type world struct {
	*Service
	ctx        context.Context
	acme, sub  gid.ID
	ann, ben   gid.ID
	n          int
	everything []*ent.Order
	promises   map[gid.ID]time.Time // what was promised at first
}

func newWorld(t testing.TB, st *store.Store) *world {
	t.Helper()
	w := &world{Service: New(st, orders.New(st, orders.DefaultCarriers())), ctx: auth.WithSystem(t.Context(), "test"), promises: map[gid.ID]time.Time{}}
	w.now = func() time.Time { return noon }
	require.NoError(t, st.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
		w.acme = tx.Organization.Create().SetName("Acme").SaveX(ctx).ID
		w.sub = tx.Organization.Create().SetName("Sub").SetParentID(w.acme).SaveX(ctx).ID
		w.ann = tx.User.Create().SetName("Ann").SetEmail("ann@example.com").SaveX(ctx).ID
		w.ben = tx.User.Create().SetName("Ben").SetEmail("ben@example.com").SaveX(ctx).ID
		return nil
	}))
	return w
}

// order makes an order of Ann's at Acme.
func (w *world) order(t *testing.T, change func(*ent.OrderCreate), happened ...events.Event) *ent.Order {
	t.Helper()
	var o *ent.Order
	require.NoError(t, w.store.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
		w.n++
		c := tx.Order.Create().SetNumber(fmt.Sprintf("T-%04d", w.n)).SetOrganizationID(w.acme).SetUserID(w.ann).
			SetCurrency("EUR").SetStatus(order.StatusCONFIRMED).SetPlacedAt(noon).SetTotalMinor(1)
		change(c)
		o = c.SaveX(ctx)
		for _, e := range happened {
			e.Kind, e.Subject, e.Owner = events.OrderPromise, o.ID, access.Owner{Organization: o.OrganizationID, User: o.UserID}
			if err := events.Append(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	}))
	w.everything = append(w.everything, o)
	return o
}

func (w *world) figuresOf(t *testing.T, ctx context.Context, id gid.ID, months int) *Figures {
	t.Helper()
	f, err := w.Figures(ctx, id, months)
	require.NoError(t, err)
	require.NotNil(t, f)
	require.Len(t, f.Months, months)
	return f
}

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func eur(minor int64) []money.Money { return []money.Money{{Currency: "EUR", Minor: minor}} }

// TestMonths: they are those of the calendar in UTC, to the microsecond.
func TestMonths(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		w := newWorld(t, st)
		cet := time.FixedZone("CET", 3600)
		for i, at := range []time.Time{
			day("2025-10-31").Add(24*time.Hour - time.Microsecond), // before all of it
			day("2025-11-01"), day("2026-01-01").Add(-time.Microsecond), // the months before
			day("2026-01-01"), time.Date(2026, 2, 1, 0, 30, 0, 0, cet), // January: half past eleven in UTC
			day("2026-03-01"), noon, day("2026-03-31").Add(24*time.Hour - time.Microsecond), // March
		} {
			w.order(t, func(c *ent.OrderCreate) { c.SetPlacedAt(at).SetTotalMinor(1 << i) })
		}
		f := w.figuresOf(t, w.ctx, w.acme, 2)
		require.Equal(t, []Month{{First: day("2026-02-01")}, {First: day("2026-03-01"), Orders: 3, Value: eur(0b11100000)}}, f.Months)
		require.Equal(t, eur(0b11100), f.ValueBefore, "December and January")
		f = w.figuresOf(t, w.ctx, w.acme, 3)
		require.Equal(t, []Month{{First: day("2026-01-01"), Orders: 2, Value: eur(0b11000)}, {First: day("2026-02-01")}, {First: day("2026-03-01"), Orders: 3, Value: eur(0b11100000)}}, f.Months)
		require.Equal(t, 5, f.Orders)
		require.Equal(t, eur(0b11111000), f.Value)
		require.Equal(t, eur(0b111), f.ValueBefore)
		require.Equal(t, 8, f.Open, "whenever they were placed")
		require.Equal(t, day("2025-11-01").Add(-time.Microsecond), *f.First)
		require.Equal(t, day("2026-04-01").Add(-time.Microsecond), *f.Last)
		w.figuresOf(t, w.ctx, w.acme, 36)
		for _, months := range []int{-1, 0, 37} {
			_, err := w.Figures(w.ctx, w.acme, months)
			require.Error(t, err)
		}
	})
}

// TestOnTime: what counts is the day that was promised first.
func TestOnTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		w := newWorld(t, st)
		p := func(text string) *time.Time { return new(day(text)) }
		event := func(at, old, is string, line string) events.Event {
			e := events.Event{At: day(at), Data: schema.EventData{Date: p(is), Subject: line}}
			if old != "" {
				e.Data.OldDate = p(old)
			}
			return e
		}
		for _, x := range []struct {
			name      string
			delivered string
			promised  string
			happened  []events.Event
			change    func(*ent.OrderCreate)
			counts    bool
			onTime    bool
		}{
			{"by the day as it always was", "2026-03-10", "2026-03-10", nil, nil, true, true},
			{"a day later", "2026-03-11", "2026-03-10", nil, nil, true, false},
			{"promised with the confirmation", "2026-03-11", "2026-03-10", []events.Event{event("2026-03-01", "", "2026-03-10", "")}, nil, true, false},
			{"put off, and kept", "2026-03-12", "2026-03-12", []events.Event{event("2026-03-01", "", "2026-03-10", ""), event("2026-03-09", "2026-03-10", "2026-03-12", "")}, nil, true, false},
			{"put off, and early all the same", "2026-03-10", "2026-03-12", []events.Event{event("2026-03-09", "2026-03-10", "2026-03-12", "")}, nil, true, true},
			{"brought forward, and missed", "2026-03-10", "2026-03-08", []events.Event{event("2026-03-02", "2026-03-10", "2026-03-08", "")}, nil, true, true},
			{"told of in another order", "2026-03-11", "2026-03-14", []events.Event{event("2026-03-09", "2026-03-12", "2026-03-14", ""), event("2026-03-05", "2026-03-10", "2026-03-12", "")}, nil, true, false},
			{"put off for a line", "2026-03-12", "2026-03-10", []events.Event{event("2026-03-05", "2026-03-10", "2026-03-12", "lin_1")}, nil, true, false},
			{"a line's day before the order's", "2026-03-10", "2026-03-10", []events.Event{event("2026-03-05", "2026-03-03", "2026-03-04", "lin_1")}, nil, true, true},
			{"never promised", "2026-03-10", "", nil, nil, false, false},
			{"cancelled", "2026-03-10", "2026-03-10", nil, func(c *ent.OrderCreate) { c.SetStatus(order.StatusCANCELLED) }, false, false},
			{"not all of it", "2026-03-10", "2026-03-10", nil, func(c *ent.OrderCreate) { c.SetFulfillmentStatus(order.FulfillmentStatusPARTIALLY_DELIVERED) }, false, false},
			{"before the months", "2025-12-31", "2025-12-31", nil, nil, false, false},
			{"after them", "2026-04-01", "2026-04-01", nil, nil, false, false},
		} {
			before := w.figuresOf(t, w.ctx, w.acme, 3)
			w.order(t, func(c *ent.OrderCreate) {
				c.SetPlacedAt(day("2025-06-01")).SetStatus(order.StatusCOMPLETED).SetFulfillmentStatus(order.FulfillmentStatusDELIVERED).
					SetDeliveredAt(day(x.delivered).Add(23*time.Hour + 59*time.Minute))
				if x.promised != "" {
					c.SetPromisedDate(day(x.promised))
				}
				if x.change != nil {
					x.change(c)
				}
			}, x.happened...)
			f := w.figuresOf(t, w.ctx, w.acme, 3)
			require.Equal(t, x.counts, f.Delivered-before.Delivered == 1, x.name)
			require.Equal(t, x.onTime, f.DeliveredOnTime-before.DeliveredOnTime == 1, x.name)
		}
	})
}

// TestFigures compares with what a loop over the rows counts, as viewers who see
// all, an organization, and their own.
func TestFigures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		w := newWorld(t, st)
		r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
		states := []order.Status{"DRAFT", "AWAITING_APPROVAL", "PLACED", "CONFIRMING", "CONFIRMED", "CANCELLED", "COMPLETED"}
		for i := range 120 {
			w.order(t, func(c *ent.OrderCreate) {
				status := states[i%len(states)]
				c.SetStatus(status).SetCurrency([]string{"EUR", "EUR", "SEK"}[r.IntN(3)]).SetTotalMinor(r.Int64N(1e9)).
					SetPlacedAt(noon.AddDate(0, 0, -r.IntN(400)).Add(-time.Duration(r.IntN(86400)) * time.Second)).
					SetOrganizationID([]gid.ID{w.acme, w.acme, w.sub}[r.IntN(3)]).SetUserID([]gid.ID{w.ann, w.ben}[r.IntN(2)])
				if status == order.StatusCOMPLETED {
					c.SetFulfillmentStatus(order.FulfillmentStatusDELIVERED)
				}
				switch r.IntN(3) {
				case 0:
					c.SetPromisedDate(day("2020-01-01"))
				case 1:
					c.SetPromisedDate(day("2199-01-01"))
				}
			})
		}
		viewer := func(role string, user, org gid.ID) context.Context {
			v := auth.Viewer{Kind: auth.KindMember, UserID: string(user), OrganizationID: string(org), Tree: []string{string(org), string(w.sub)}}
			if strings.HasPrefix(role, "STAFF") {
				v = auth.Viewer{Kind: auth.KindStaff, UserID: string(user), Assigned: []string{string(w.sub)}}
			}
			return auth.WithViewer(context.WithoutCancel(t.Context()), v.WithGrants(schema.Grants[role]))
		}
		for name, x := range map[string]struct {
			ctx  context.Context
			sees func(*ent.Order) bool
		}{
			"staff":    {viewer("STAFF_ANALYST", w.ben, ""), func(*ent.Order) bool { return true }},
			"assigned": {viewer("STAFF_SALES", w.ben, ""), func(o *ent.Order) bool { return o.OrganizationID == w.sub }},
			"tree":     {viewer("ORG_ADMIN", w.ann, w.acme), func(*ent.Order) bool { return true }},
			"manager":  {viewer("ORG_MANAGER", w.ann, w.acme), func(o *ent.Order) bool { return o.OrganizationID == w.acme }},
			"own":      {viewer("ORG_MEMBER", w.ann, w.acme), func(o *ent.Order) bool { return o.OrganizationID == w.acme && o.UserID == w.ann }},
			"nobody":   {viewer("ANONYMOUS", "", ""), func(*ent.Order) bool { return false }},
		} {
			for _, id := range []gid.ID{w.acme, w.sub} {
				want := w.naive(func(o *ent.Order) bool { return o.OrganizationID == id && x.sees(o) }, 6)
				require.Equal(t, want, w.figuresOf(t, x.ctx, id, 6), name)
			}
			require.Equal(t, name != "nobody" && name != "assigned", w.figuresOf(t, x.ctx, w.acme, 6).Late > 0, name)
		}
		// Several at once, each as alone.
		both, err := w.figures(w.ctx, []figuresKey{{w.acme, 6}, {w.sub, 6}, {w.acme, 2}})
		require.NoError(t, err)
		require.Equal(t, w.figuresOf(t, w.ctx, w.acme, 6), both[figuresKey{w.acme, 6}])
		require.Equal(t, w.figuresOf(t, w.ctx, w.sub, 6), both[figuresKey{w.sub, 6}])
		require.Equal(t, w.figuresOf(t, w.ctx, w.acme, 2), both[figuresKey{w.acme, 2}])
	})
}

// naive counts by a loop.
func (w *world) naive(sees func(*ent.Order) bool, months int) *Figures {
	f := &Figures{}
	first := time.Date(noon.Year(), noon.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 1-months, 0)
	for i := range months {
		f.Months = append(f.Months, Month{First: first.AddDate(0, i, 0)})
	}
	for _, o := range w.everything {
		if !sees(o) || o.Status == order.StatusDRAFT || o.Status == order.StatusCANCELLED {
			continue
		}
		at := o.PlacedAt
		if f.First == nil || at.Before(*f.First) {
			f.First = &at
		}
		if f.Last == nil || at.After(*f.Last) {
			f.Last = &at
		}
		if o.Status != order.StatusCOMPLETED {
			f.Open++
			f.OpenValue = plus(f.OpenValue, o.Currency, o.TotalMinor)
			if o.PromisedDate != nil && o.PromisedDate.Year() == 2020 {
				f.Late++
			}
		}
		month := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
		i := slices.IndexFunc(f.Months, func(m Month) bool { return m.First.Equal(month) })
		switch {
		case i >= 0:
			f.Orders++
			f.Value = plus(f.Value, o.Currency, o.TotalMinor)
			f.Months[i].Orders++
			f.Months[i].Value = plus(f.Months[i].Value, o.Currency, o.TotalMinor)
		case !month.Before(first.AddDate(0, -months, 0)) && month.Before(first):
			f.ValueBefore = plus(f.ValueBefore, o.Currency, o.TotalMinor)
		}
	}
	return f
}
