package orders

import (
	"context"
	"errors"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// The fields of an order that can be changed, values of the API's OrderChangedField.
const (
	FieldShipTo        = "SHIP_TO"
	FieldRequestedDate = "REQUESTED_DATE"
	FieldPurchaseOrder = "PURCHASE_ORDER_NUMBER"
	FieldRemark        = "REMARK"
)

// Change is the input of Change. What is nil stays as it is.
type Change struct {
	OrderID             gid.ID
	Version             int
	DryRun              bool       // only say what would become of it
	Lines               []Quantity // what is taken off
	ShipTo              *schema.Address
	RequestedDate       *time.Time
	PurchaseOrderNumber *string
	Remark              *string
	Reason              *string // of the cancellation, when nothing is left
}

// Preview is what a change makes of an order.
type Preview struct {
	Status        order.Status
	Currency      string
	Before, After Amounts
	Lines         []LinePreview
	Fields        []string
}

// LinePreview is what a change makes of a line.
type LinePreview struct {
	OrderLineID                  gid.ID
	Sku                          string
	QuantityBefore, Quantity     int
	TotalMinorBefore, TotalMinor int64
}

// dry ends the transaction of what was only tried, with what came of it: nothing
// of it is written, since all of it is rolled back.
type dry struct{ preview *Preview }

// Error implements error.
func (*dry) Error() string { return "orders: only tried" }

// previewed turns the end of what was only tried into its preview.
func previewed(id gid.ID) func(gid.ID, error) (gid.ID, *Preview, error) {
	return func(done gid.ID, err error) (gid.ID, *Preview, error) {
		var d *dry
		if errors.As(err, &d) {
			return id, d.preview, nil
		}
		return done, nil, err
	}
}

// linesOf are the lines of an order, by position.
func linesOf(ctx context.Context, tx *ent.Client, id gid.ID) ([]*ent.OrderLine, error) {
	return tx.OrderLine.Query().Where(orderline.OrderID(id)).Order(orderline.ByPosition()).All(ctx)
}

// preview says what becomes of an order with so many units of each line.
func preview(o *ent.Order, lines []*ent.OrderLine, units []int, after Amounts) *Preview {
	p := &Preview{Status: o.Status, Currency: o.Currency, Before: amountsOf(o), After: after}
	for i, l := range lines {
		p.Lines = append(p.Lines, LinePreview{
			OrderLineID: l.ID, Sku: l.Sku, QuantityBefore: wanted(l), Quantity: units[i],
			TotalMinorBefore: LineTotal(l), TotalMinor: lineTotal(l, units[i]),
		})
	}
	return p
}

// cancelled is what becomes of an order that is cancelled: nothing is to be paid.
func cancelled(o *ent.Order, lines []*ent.OrderLine, to order.Status) *Preview {
	p := preview(o, lines, make([]int, len(lines)), Amounts{})
	p.Status = to
	return p
}

// Change changes an order: it takes units off its lines that have not been sent,
// and changes what the customer has said with it. What it comes to follows from
// what is left, with the prices and the tax rates of the day on which it was
// placed; shipping stays. When nothing is left, the order is cancelled. An order
// of another system is changed there.
func (s *Service) Change(ctx context.Context, in Change) (gid.ID, *Preview, error) {
	return previewed(in.OrderID)(s.change(ctx, doChange, in.OrderID, in.Version, func(ctx context.Context, tx *ent.Client, o *ent.Order) (gid.ID, error) {
		if o.Source != "" {
			return "", problem.Refuse(KeptElsewhere, problem.Text{
				EN: "This order is kept in another system, and is changed there.",
				DE: "Diese Bestellung wird in einem anderen System geführt und dort geändert.",
			}, "input", "orderId")
		}
		p, err := s.apply(ctx, tx, o, in)
		if err == nil && in.DryRun {
			err = &dry{p}
		}
		return o.ID, err
	}))
}

func (s *Service) apply(ctx context.Context, tx *ent.Client, o *ent.Order, in Change) (*Preview, error) {
	reason, err := prose(in.Reason, longestReason, "reason")
	if err != nil {
		return nil, err
	}
	lines, err := linesOf(ctx, tx, o.ID)
	if err != nil {
		return nil, err
	}
	units, off, err := reduced(lines, in.Lines)
	if err != nil {
		return nil, err
	}
	u := update(tx, o)
	fields, err := s.fields(ctx, tx, o, in, u)
	switch {
	case err != nil:
		return nil, err
	case len(off) == 0 && len(fields) == 0:
		return nil, invalid("Say what is to change.", "Geben Sie an, was sich ändern soll.")
	case !slices.ContainsFunc(units, func(n int) bool { return n > 0 }):
		return s.cancel(ctx, tx, o, reason)
	}
	p := preview(o, lines, units, amountsOf(o))
	p.Fields = fields
	if len(off) > 0 {
		var c schema.OrderCalculation
		p.After, c = recalculate(o, lines, units)
		u.SetLinesMinor(p.After.Lines).SetDiscountMinor(p.After.Discount).SetTaxMinor(p.After.Tax).SetTotalMinor(p.After.Total).SetCalculation(c)
	}
	if err := fresh(u.Exec(ctx)); err != nil {
		return nil, err
	}
	if err := s.takeOff(ctx, tx, o.ID, lines, off); err != nil {
		return nil, err
	}
	now := *o
	now.Version++
	happened, err := s.settle(ctx, tx, &now)
	if err != nil {
		return nil, err
	}
	for _, e := range happened {
		if e.Kind == events.OrderStatus {
			p.Status = order.Status(e.Data.To)
		}
	}
	return p, events.Append(ctx, tx, together(s.now(), append([]events.Event{changed(o, p, off)}, happened...))...)
}

// reduced reads what is taken off the lines: how many units of each are left, and
// how many of which are taken off.
func reduced(lines []*ent.OrderLine, wish []Quantity) (units []int, off map[gid.ID]int, err error) {
	units, off = make([]int, len(lines)), map[gid.ID]int{}
	for i, l := range lines {
		units[i] = wanted(l)
	}
	for i, w := range wish {
		at := slices.IndexFunc(lines, func(l *ent.OrderLine) bool { return l.ID == w.OrderLineID })
		switch {
		case at < 0: // the same answer for a line of somebody else's order as for none at all
			return nil, nil, invalid("The order has no such line.", "Die Bestellung hat keine solche Position.", line(i, "orderLineId")...)
		case w.Quantity <= 0:
			return nil, nil, invalid("The quantity must be at least 1.", "Die Menge muss mindestens 1 sein.", line(i, "cancelQuantity")...)
		case w.Quantity > unsent(lines[at])-off[w.OrderLineID]: // the same line in two entries is one quantity
			return nil, nil, problem.Refuse(QuantityExceeded, textOff(lines[at].Sku, unsent(lines[at])),
				append([]string{"input"}, line(i, "cancelQuantity")...)...)
		}
		units[at] -= w.Quantity
		off[w.OrderLineID] += w.Quantity
	}
	return units, off, nil
}

// textOff says how many of a line can still be cancelled.
func textOff(sku string, n int) problem.Text {
	if n == 0 {
		return problem.Text{EN: "Of %s nothing is left that could be cancelled.", DE: "Von %s ist nichts mehr offen, das storniert werden könnte."}.Format(sku)
	}
	return problem.Text{EN: "Of %s at most %d can still be cancelled.", DE: "Von %s können noch höchstens %d storniert werden."}.Format(sku, n)
}

// takeOff counts units as cancelled, in the order of the lines' ids as all
// writers take them, and gives back what was held for them. The database itself
// compares with what is left.
func (s *Service) takeOff(ctx context.Context, tx *ent.Client, id gid.ID, lines []*ent.OrderLine, off map[gid.ID]int) error {
	if len(off) == 0 {
		return nil
	}
	sorted := slices.SortedFunc(slices.Values(lines), func(a, b *ent.OrderLine) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	for _, l := range sorted {
		if n := off[l.ID]; n > 0 {
			if err := fresh(tx.OrderLine.UpdateOneID(l.ID).Where(enough(n)).AddQuantityCancelled(n).Exec(ctx)); err != nil {
				return err
			}
		}
	}
	return s.release(ctx, id, off)
}

// fields reads what else changes, and puts it into the update. What is as it was
// is no change.
func (s *Service) fields(ctx context.Context, tx *ent.Client, o *ent.Order, in Change, u *ent.OrderUpdateOne) (fields []string, err error) {
	if in.PurchaseOrderNumber != nil {
		number, err := word(in.PurchaseOrderNumber, longestNumber, "purchaseOrderNumber")
		if err != nil {
			return nil, err
		}
		if number != o.PurchaseOrderNumber {
			if u.SetPurchaseOrderNumber(number); number == "" {
				u.ClearPurchaseOrderNumber()
			}
			fields = append(fields, FieldPurchaseOrder)
		}
	}
	if in.Remark != nil {
		remark, err := prose(in.Remark, longestNote, "remark")
		if err != nil {
			return nil, err
		}
		if remark != o.Remark {
			if u.SetRemark(remark); remark == "" {
				u.ClearRemark()
			}
			fields = append(fields, FieldRemark)
		}
	}
	to, err := s.shipTo(o, in.ShipTo)
	if err != nil {
		return nil, err
	}
	day, err := s.requested(o, in.RequestedDate)
	if err != nil || to == nil && day == nil {
		return fields, err
	}
	sent, err := begun(ctx, tx, o)
	if err != nil {
		return nil, err
	}
	if sent {
		return nil, problem.Refuse(WrongState, problem.Text{
			EN: "Some of the order has been sent already: where it goes and when can no longer be changed.",
			DE: "Ein Teil der Bestellung ist schon versandt: Lieferadresse und Termin lassen sich nicht mehr ändern.",
		}, "input", "orderId")
	}
	if to != nil {
		u.SetShipTo(to)
		fields = append(fields, FieldShipTo)
	}
	if day != nil {
		u.SetRequestedDate(*day)
		fields = append(fields, FieldRequestedDate)
	}
	return fields, nil
}

const longestAddress = 200 // a line of it

// shipTo reads another address; nil when it is none. Tax and shipping follow from
// the country and the region, so that these stay.
func (s *Service) shipTo(o *ent.Order, in *schema.Address) (*schema.Address, error) {
	if in == nil {
		return nil, nil //nolint:nilnil // it stays
	}
	a := *in
	for _, part := range []struct {
		name string
		text *string
	}{
		{"name", &a.Name}, {"line1", &a.Line1}, {"line2", &a.Line2}, {"postalCode", &a.PostalCode}, {"city", &a.City}, {"region", &a.Region}, {"country", &a.Country},
	} {
		var err error
		if *part.text, err = problem.Line(*part.text, longestAddress, "input", "shipTo"); err != nil {
			return nil, err
		}
	}
	was := schema.Address{}
	if o.ShipTo != nil {
		was = *o.ShipTo
	}
	switch {
	case a == was:
		return nil, nil //nolint:nilnil // it stays
	case a.Country != was.Country || a.Region != was.Region:
		return nil, invalid("Tax and shipping follow from the country and the region. To send it to another one, cancel the order and place it again.",
			"Steuer und Versand hängen von Land und Region ab. Für ein anderes Ziel stornieren Sie bitte die Bestellung und bestellen neu.", "shipTo", "country")
	case a.Name == "" || a.Line1 == "" || a.City == "":
		return nil, invalid("The address needs a recipient, a street and a town.",
			"Die Adresse braucht Empfänger, Straße und Ort.", "shipTo")
	}
	return &a, nil
}

// requested reads another day that the customer would like; nil when it is none.
func (s *Service) requested(o *ent.Order, in *time.Time) (*time.Time, error) {
	if in == nil || o.RequestedDate != nil && dayOf(*o.RequestedDate).Equal(dayOf(*in)) {
		return nil, nil //nolint:nilnil // it stays
	}
	day, err := promised(*in, o.PlacedAt, s.now(), "requestedDate")
	if err != nil {
		return nil, err
	}
	if day.Before(dayOf(s.now())) {
		return nil, invalid("The day has passed.", "Der Tag ist schon vergangen.", "requestedDate")
	}
	return &day, nil
}

// changed is the event of a change.
func changed(o *ent.Order, p *Preview, off map[gid.ID]int) events.Event {
	c := &schema.OrderChange{Fields: p.Fields, Before: p.Before.Total, After: p.After.Total, Currency: o.Currency}
	for _, l := range p.Lines {
		if n := off[l.OrderLineID]; n > 0 {
			c.Cancelled = append(c.Cancelled, schema.CancelledLine{LineID: string(l.OrderLineID), Sku: l.Sku, Quantity: n})
		}
	}
	return events.Event{Kind: events.OrderChanged, Subject: o.ID, Owner: owner(o), Data: schema.EventData{Change: c}}
}
