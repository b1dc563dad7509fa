package orders

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/trackingevent"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// shelf is a stock that writes down what it is told.
type shelf struct{ released, shipped []map[gid.ID]int }

// Release implements Stock.
func (s *shelf) Release(_ context.Context, _ gid.ID, quantities map[gid.ID]int) error {
	s.released = append(s.released, quantities)
	return nil
}

// Ship implements Stock.
func (s *shelf) Ship(_ context.Context, _ gid.ID, quantities map[gid.ID]int) error {
	s.shipped = append(s.shipped, quantities)
	return nil
}

// priced makes an order of three lines as it was calculated when it was placed:
// 10 % off the second line, 5 % off the whole, shipping and two rates of tax.
func (w *world) priced(t *testing.T, change func(*ent.OrderCreate)) *ent.Order {
	t.Helper()
	address := &schema.Address{Name: "Acme", Line1: "Road 1", City: "Kiel", Country: "Germany"}
	// Lines: 3 x 9.99 = 29.97; 4 x 5.55 less 10 % = 19.98; 1 x 100.01. Together
	// 149.96, less 5 % (7.50) is 142.46; shipping 5.90.
	// 19 %: lines 1 and 3 and shipping; 7 %: line 2.
	// Discount by line: 1.4989..., 0.9992..., 5.0018... -> 1.50, 1.00, 5.00.
	o := w.order(t, func(c *ent.OrderCreate) {
		c.SetStatus(order.StatusPLACED).SetShipTo(address).SetLinesMinor(14996).SetDiscountMinor(750).SetShippingMinor(590).
			SetTaxMinor(2582).SetTotalMinor(14996 - 750 + 590 + 2582).
			SetCalculation(schema.OrderCalculation{TaxTable: 3, Taxes: []schema.TaxAmount{
				{Key: "full", BasisPoints: 1900, NetMinor: 2847 + 9501 + 590, TaxMinor: 2458}, // 129.38 -> 24.58
				{Key: "half", BasisPoints: 700, NetMinor: 1898, TaxMinor: 133},                // 18.98 -> 1.33
			}})
		c.SetTaxMinor(2458 + 133).SetTotalMinor(14996 - 750 + 590 + 2458 + 133)
		if change != nil {
			change(c)
		}
	})
	w.do(t, func(ctx context.Context, tx *ent.Client) error {
		for i, l := range []struct {
			n, bp            int
			unit, total, tax int64
			key              string
		}{{3, 0, 999, 2997, 541, "full"}, {4, 1000, 555, 1998, 133, "half"}, {1, 0, 10001, 10001, 1805, "full"}} {
			tx.OrderLine.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).SetPosition(i + 1).SetSku("S").SetName("Thing").
				SetQuantity(l.n).SetCurrency("EUR").SetUnitPriceMinor(l.unit).SetDiscountBasisPoints(l.bp).SetTotalMinor(l.total).SetTaxMinor(l.tax).
				SetPriceExplanation(schema.PriceCause{TaxKey: l.key}).SaveX(ctx)
		}
		return nil
	})
	return w.again(t, o.ID)
}

func TestChangeTakesUnitsOff(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		stock := &shelf{}
		w.UseStock(stock)
		o := w.priced(t, nil)
		lines := w.lines(t, o)
		before := w.dump(t)
		in := Change{OrderID: o.ID, Version: o.Version, DryRun: true, Lines: []Quantity{{lines[0], 1}, {lines[1], 3}}}
		id, p, err := w.Change(w.buyer(), in)
		require.NoError(t, err)
		require.Equal(t, o.ID, id)
		require.Equal(t, before, w.dump(t), "it was only tried, and yet something was written")
		// By hand: 19.98 + 5.00 (a quarter of 19.98, rounded up) + 100.01 = 124.99;
		// the discount is 7.50 * 124.99 / 149.96 = 6.25; shipping stays.
		// By line: 1.00 (0.9991), 0.25 (0.2500), 5.00 (5.0009).
		// 19 %: 18.98 + 95.01 + 5.90 = 119.89 -> 22.78; 7 %: 4.75 -> 0.33.
		want := Amounts{Lines: 12499, Discount: 625, Shipping: 590, Tax: 2278 + 33, Total: 12499 - 625 + 590 + 2278 + 33}
		require.Equal(t, want, p.After)
		require.Equal(t, amountsOf(o), p.Before)
		require.Equal(t, order.StatusPLACED, p.Status)
		require.Equal(t, []LinePreview{
			{lines[0], "S", 3, 2, 2997, 1998}, {lines[1], "S", 4, 1, 1998, 500}, {lines[2], "S", 1, 1, 10001, 10001},
		}, p.Lines)

		in.DryRun = false
		_, none, err := w.Change(w.buyer(), in)
		require.NoError(t, err)
		require.Nil(t, none)
		now := w.again(t, o.ID)
		require.Equal(t, want, amountsOf(now), "it is what was previewed")
		require.Equal(t, []schema.TaxAmount{
			{Key: "full", BasisPoints: 1900, NetMinor: 11989, TaxMinor: 2278}, {Key: "half", BasisPoints: 700, NetMinor: 475, TaxMinor: 33},
		}, now.Calculation.Taxes)
		require.Equal(t, &schema.PlacedAmounts{DiscountMinor: 750, TaxMinor: 2591, Taxes: o.Calculation.Taxes}, now.Calculation.Placed)
		require.Equal(t, 3, now.Calculation.TaxTable)
		require.Equal(t, o.Version+1, now.Version)
		require.Len(t, stock.released, 2, "the trial told the stock as well, which its transaction then undid")
		require.Equal(t, map[gid.ID]int{lines[0]: 1, lines[1]: 3}, stock.released[1])
		all, err := w.Timeline(w.member(), o.ID)
		require.NoError(t, err)
		require.Equal(t, string(events.OrderChanged), all[0].Kind)
		require.Equal(t, &schema.OrderChange{
			Cancelled: []schema.CancelledLine{{LineID: string(lines[0]), Sku: "S", Quantity: 1}, {LineID: string(lines[1]), Sku: "S", Quantity: 3}},
			Before:    o.TotalMinor, After: want.Total, Currency: "EUR",
		}, all[0].Data.Change)

		// What is cancelled can be neither cancelled again nor sent.
		err = w.unchanged(t, func() error {
			_, _, err := w.Change(w.agent(), Change{OrderID: o.ID, Version: now.Version, Lines: []Quantity{{lines[1], 1}, {lines[1], 1}}})
			return err
		})
		refusal(t, err, QuantityExceeded, "input", "lines", "1", "cancelQuantity")
		_, err = w.Confirm(w.agent(), Confirmation{OrderID: o.ID, Version: now.Version})
		require.NoError(t, err)
		err = w.unchanged(t, func() error {
			_, err := w.CreateShipment(w.warehouse(), NewShipment{OrderID: o.ID, Version: now.Version + 1, Carrier: "DHL", Lines: []Quantity{{lines[0], 3}}})
			return err
		})
		refusal(t, err, QuantityExceeded, "input", "lines", "0", "quantity")
	})
}

// TestChangeInSteps takes units off in all sorts of steps: what an order comes to
// depends on what is left alone, and adds up.
func TestChangeInSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 7)) //nolint:gosec // a test
	for range 3000 {
		o := &ent.Order{DiscountMinor: r.Int64N(5000), ShippingMinor: r.Int64N(2000)}
		lines, units := make([]*ent.OrderLine, 1+r.IntN(5)), []int{}
		keys, rate := []string{"a", "b"}, map[string]int{"a": r.IntN(3000), "b": r.IntN(3000)}
		totals := make([]int64, len(lines))
		for i := range lines {
			l := &ent.OrderLine{Quantity: 1 + r.IntN(20), UnitPriceMinor: r.Int64N(100_000), DiscountBasisPoints: r.IntN(2) * r.IntN(10_000)}
			l.TotalMinor = share(l.UnitPriceMinor*int64(l.Quantity), int64(10_000-l.DiscountBasisPoints), 10_000)
			l.PriceExplanation.TaxKey = keys[r.IntN(2)]
			lines[i], totals[i] = l, l.TotalMinor
			o.LinesMinor += l.TotalMinor
			units = append(units, l.Quantity)
		}
		o.DiscountMinor = min(o.DiscountMinor, o.LinesMinor)
		net := map[string]int64{"a": o.ShippingMinor}
		for i, n := range nets(o.DiscountMinor, totals) {
			require.GreaterOrEqual(t, n, int64(0))
			net[lines[i].PriceExplanation.TaxKey] += n
		}
		for _, k := range keys {
			x := schema.TaxAmount{Key: k, BasisPoints: rate[k], NetMinor: net[k], TaxMinor: share(net[k], int64(rate[k]), 10_000)}
			o.Calculation.Taxes = append(o.Calculation.Taxes, x)
			o.TaxMinor += x.TaxMinor
		}
		o.TotalMinor = o.LinesMinor - o.DiscountMinor + o.ShippingMinor + o.TaxMinor

		same, c := recalculate(o, lines, units)
		require.Equal(t, amountsOf(o), same, "nothing is taken off, and nothing changes")
		require.Equal(t, o.Calculation.Taxes, c.Taxes)
		last := same
		stepped := *o
		for range 4 {
			for i := range units {
				units[i] -= r.IntN(units[i] + 1)
			}
			at, c := recalculate(&stepped, lines, units)
			once, cOnce := recalculate(o, lines, units)
			require.Equal(t, once, at, "in steps it comes to something else")
			require.Equal(t, cOnce, c)
			require.LessOrEqual(t, at.Lines, last.Lines)
			require.LessOrEqual(t, at.Discount, at.Lines)
			var sum, tax int64
			for _, x := range c.Taxes {
				require.GreaterOrEqual(t, x.NetMinor, int64(0))
				sum += x.NetMinor
				tax += x.TaxMinor
			}
			require.Equal(t, at.Lines-at.Discount+at.Shipping, sum, "the tax is on all of it")
			require.Equal(t, at.Tax, tax)
			require.Equal(t, at.Lines-at.Discount+at.Shipping+at.Tax, at.Total)
			stepped.LinesMinor, stepped.DiscountMinor, stepped.TaxMinor, stepped.TotalMinor, stepped.Calculation = at.Lines, at.Discount, at.Tax, at.Total, c
			last = at
		}
	}
}

func TestChangeOfAllCancels(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		stock := &shelf{}
		w.UseStock(stock)
		o := w.priced(t, nil)
		lines := w.lines(t, o)
		in := Change{OrderID: o.ID, Version: o.Version, Reason: new("Too late."), Lines: []Quantity{{lines[0], 3}, {lines[1], 4}, {lines[2], 1}}}
		in.DryRun = true
		_, p, err := w.Change(w.buyer(), in)
		require.NoError(t, err)
		require.Equal(t, order.StatusCANCELLED, p.Status)
		require.Zero(t, p.After)
		_, q, err := w.TryCancel(w.buyer(), Cancellation{OrderID: o.ID, Version: o.Version, DryRun: true})
		require.NoError(t, err)
		require.Equal(t, p, q, "both ways lead to the same end")
		require.Equal(t, order.StatusPLACED, w.again(t, o.ID).Status)
		in.DryRun = false
		_, _, err = w.Change(w.buyer(), in)
		require.NoError(t, err)
		now := w.again(t, o.ID)
		require.Equal(t, order.StatusCANCELLED, now.Status)
		require.Equal(t, "Too late.", now.CancelReason)
		require.NotNil(t, now.CancelledAt)
		require.Nil(t, stock.released[len(stock.released)-1], "all that was held")
		require.Equal(t, []string{"ORDER_PLACED", "ORDER_STATUS"}, w.kinds(t, o.ID))
	})
}

// TestChangeOfTheRest has a part of an order delivered and the rest cancelled:
// then it is complete, and nothing of it is left to send or late.
func TestChangeOfTheRest(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, func(c *ent.OrderCreate) { c.SetPromisedDate(noon.AddDate(0, 0, -1)) }, 2, 3)
		lines := w.lines(t, o)
		p := w.send(t, o, Quantity{lines[0], 2}, Quantity{lines[1], 1})
		w.scan(t, p, trackingevent.StatusDELIVERED, -1)
		now := w.again(t, o.ID)
		require.Equal(t, order.FulfillmentStatusPARTIALLY_DELIVERED, now.FulfillmentStatus)
		isLate, err := w.IsLate(w.agent(), now)
		require.NoError(t, err)
		require.True(t, isLate)
		actions, err := w.Available(w.agent(), now)
		require.NoError(t, err)
		require.Contains(t, actions, ChangeOrder)

		in := Change{OrderID: o.ID, Version: now.Version, Lines: []Quantity{{lines[1], 2}}, DryRun: true}
		_, tried, err := w.Change(w.agent(), in)
		require.NoError(t, err)
		require.Equal(t, order.StatusCOMPLETED, tried.Status)
		in.DryRun = false
		_, _, err = w.Change(w.agent(), in)
		require.NoError(t, err)
		now = w.again(t, o.ID)
		require.Equal(t, order.StatusCOMPLETED, now.Status)
		require.Equal(t, order.FulfillmentStatusDELIVERED, now.FulfillmentStatus)
		require.NotNil(t, now.DeliveredAt)
		isLate, err = w.IsLate(w.agent(), now)
		require.NoError(t, err)
		require.False(t, isLate)
		left, err := w.left(w.ctx, o.ID)
		require.NoError(t, err)
		require.False(t, left)
		n, err := w.store.Client().Order.Query().Where(order.Or(ToShip(w.ctx), w.Late(w.ctx))).Count(w.ctx)
		require.NoError(t, err)
		require.Zero(t, n)
		actions, err = w.Available(w.agent(), now)
		require.NoError(t, err)
		require.Equal(t, []Action{AddNote}, actions)
	})
}

func TestChangeOfFields(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.priced(t, func(c *ent.OrderCreate) { c.SetPurchaseOrderNumber("PO-1") })
		to := &schema.Address{Name: "Acme", Line1: "  Road 2", City: "Kiel", Country: "Germany"}
		day := noon.AddDate(0, 0, 20)
		in := Change{OrderID: o.ID, Version: o.Version, ShipTo: to, RequestedDate: &day, PurchaseOrderNumber: new(""), Remark: new("Ring twice.")}
		in.DryRun = true
		before := w.dump(t)
		_, p, err := w.Change(w.buyer(), in)
		require.NoError(t, err)
		require.Equal(t, before, w.dump(t))
		require.Equal(t, []string{FieldPurchaseOrder, FieldRemark, FieldShipTo, FieldRequestedDate}, p.Fields)
		require.Equal(t, p.Before, p.After)
		in.DryRun = false
		_, _, err = w.Change(w.buyer(), in)
		require.NoError(t, err)
		now := w.again(t, o.ID)
		require.Equal(t, "Road 2", now.ShipTo.Line1)
		require.Equal(t, dayOf(day), now.RequestedDate.UTC())
		require.Empty(t, now.PurchaseOrderNumber)
		require.Equal(t, "Ring twice.", now.Remark)
		require.Nil(t, now.Calculation.Placed, "no amount has changed")

		refused := func(code string, change func(*Change), field ...string) {
			t.Helper()
			in := Change{OrderID: o.ID, Version: w.again(t, o.ID).Version}
			change(&in)
			err := w.unchanged(t, func() error { _, _, err := w.Change(w.buyer(), in); return err })
			refusal(t, err, code, append([]string{"input"}, field...)...)
		}
		refused(Invalid, func(*Change) {})
		refused(Invalid, func(c *Change) { c.Remark = new(" Ring twice. ") }) // as it was
		refused(Invalid, func(c *Change) { c.Lines = []Quantity{{gid.New(gid.OrderLine), 1}} }, "lines", "0", "orderLineId")
		refused(Invalid, func(c *Change) { c.Lines = []Quantity{{w.lines(t, o)[0], 0}} }, "lines", "0", "cancelQuantity")
		refused(Invalid, func(c *Change) { c.Lines = []Quantity{{w.lines(t, o)[0], -1}} }, "lines", "0", "cancelQuantity")
		refused(QuantityExceeded, func(c *Change) { c.Lines = []Quantity{{w.lines(t, o)[0], 1 << 62}} }, "lines", "0", "cancelQuantity")
		refused(Invalid, func(c *Change) { c.RequestedDate = new(noon.AddDate(0, 0, -1)) }, "requestedDate")
		refused(Invalid, func(c *Change) { c.ShipTo = &schema.Address{Name: "A", Line1: "B", City: "C", Country: "Norway"} }, "shipTo", "country")
		refused(Invalid, func(c *Change) { c.ShipTo = &schema.Address{Country: "Germany"} }, "shipTo")
		refused(Invalid, func(c *Change) { c.Remark = new("a\x00") }, "remark")

		_, err = w.Confirm(w.agent(), Confirmation{OrderID: o.ID, Version: now.Version})
		require.NoError(t, err)
		w.send(t, o, Quantity{w.lines(t, o)[0], 1})
		refused(WrongState, func(c *Change) { c.RequestedDate = new(noon.AddDate(0, 0, 30)) }, "orderId")
		refused(WrongState, func(c *Change) { c.ShipTo = &schema.Address{Name: "A", Line1: "B", City: "C", Country: "Germany"} }, "orderId")
		refused(QuantityExceeded, func(c *Change) { c.Lines = []Quantity{{w.lines(t, o)[0], 3}} }, "lines", "0", "cancelQuantity")
	})
}

func TestWhoMayChange(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.priced(t, nil)
		in := Change{OrderID: o.ID, Version: o.Version, Remark: new("x")}
		for _, dryRun := range []bool{false, true} {
			in.DryRun = dryRun
			require.ErrorIs(t, w.unchanged(t, func() error { _, _, err := w.Change(w.stranger(), in); return err }), problem.ErrNotFound)
			require.ErrorIs(t, w.unchanged(t, func() error { _, _, err := w.Change(w.member(), in); return err }), problem.ErrForbidden)
			require.ErrorIs(t, w.unchanged(t, func() error { _, _, err := w.Change(w.warehouse(), in); return err }), problem.ErrForbidden)
			stale := in
			stale.Version++
			require.ErrorIs(t, w.unchanged(t, func() error { _, _, err := w.Change(w.buyer(), stale); return err }), problem.ErrStale)
		}
		for _, s := range []order.Status{order.StatusDRAFT, order.StatusAWAITING_APPROVAL, order.StatusCANCELLED, order.StatusCOMPLETED} {
			o := w.priced(t, status(s))
			err := w.unchanged(t, func() error {
				_, _, err := w.Change(w.buyer(), Change{OrderID: o.ID, Version: o.Version, Remark: new("x")})
				return err
			})
			refusal(t, err, WrongState, "input", "orderId")
		}
		elsewhere := w.priced(t, func(c *ent.OrderCreate) { c.SetSource("erp").SetExternalID("1") })
		err := w.unchanged(t, func() error {
			_, _, err := w.Change(w.agent(), Change{OrderID: elsewhere.ID, Version: 1, Remark: new("x")})
			return err
		})
		refusal(t, err, KeptElsewhere, "input", "orderId")
		actions, err := w.Available(w.agent(), elsewhere)
		require.NoError(t, err)
		require.NotContains(t, actions, ChangeOrder)
		require.Contains(t, actions, Cancel)
	})
}
