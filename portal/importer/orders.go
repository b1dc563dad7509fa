package importer

import (
	"context"
	"errors"
	"hash"
	"time"

	"foyer/ent"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// sale is an order with its lines and shipments.
type sale struct {
	organization, user                                   gid.ID
	number, status, fulfillment, returned, payment       string
	purchaseOrder, promiseReason, cancelReason, contact  string
	shipTo, billTo                                       *schema.Address
	placedAt                                             time.Time
	requested, promised, confirmed, cancelled, delivered *time.Time
	currency                                             string
	sum, discount, shipping, tax, total                  int64
	lines                                                []*line
	parcels                                              []*parcel
	was                                                  *before // nil for a new one

	// What the order comes to with what is here already.
	fulfilled string
	arrived   *time.Time
	expected  *time.Time
	delay     *string
	delayedAt *time.Time
}

// orders imports orders with what belongs to them. An order is one thing: its
// digest covers its lines and shipments, and they are written with it or not
// at all.
func (r *run) orders(ctx context.Context) error {
	now := time.Now().UTC()
	numbers := newSeen()
	r.parcelKeys = newSeen()
	w := &orderWriter{run: r, now: now, columns: orderColumns(now)}
	return do(ctx, r, &stage[sale]{
		entity: Orders, typ: ent.TypeOrder,
		read: func(ctx context.Context, x *row, it *item[sale], h hash.Hash) error {
			if err := r.order(ctx, x, it, h); err != nil {
				return err
			}
			if first := numbers.before(it.v.number, it.line); first != 0 && x.bad == nil {
				x.fail("number", "number %s stands already in line %d", show(it.v.number), first)
			}
			return nil
		},
		write: w.write,
		same: func(out *outcome, it *item[sale], stale bool) {
			lines, parcels := out.count(Lines), &Count{}
			if len(it.v.parcels) > 0 {
				parcels = out.count(Shipments)
			}
			if stale {
				lines.Stale += int64(len(it.v.lines))
				parcels.Stale += int64(len(it.v.parcels))
				return
			}
			lines.Unchanged += int64(len(it.v.lines))
			parcels.Unchanged += int64(len(it.v.parcels))
			it.totals(out)
		},
	})
}

func (r *run) order(ctx context.Context, x *row, it *item[sale], h hash.Hash) error {
	v := &it.v
	*v = sale{
		number: x.text("number"), status: x.or("status", "PLACED"), fulfillment: x.text("fulfillment_status"),
		returned: x.or("return_status", "NONE"), payment: x.or("payment_status", "UNPAID"),
		purchaseOrder: x.text("purchase_order_number"), promiseReason: x.text("promise_reason"), cancelReason: x.text("cancel_reason"),
		contact: x.email("contact_email"),
		shipTo:  x.address("ship_to"), billTo: x.address("bill_to"),
		requested: x.day("requested_date"), promised: x.day("promised_date"), confirmed: x.time("confirmed_at"),
		cancelled: x.time("cancelled_at"), delivered: x.time("delivered_at"), currency: x.currency(r.m),
	}
	if t := x.time("placed_at"); t != nil {
		v.placedAt = *t
	}
	v.discount, v.shipping = x.money("discount", v.currency), x.money("shipping", v.currency)
	if err := r.customer(ctx, x, v); err != nil {
		return err
	}
	err := r.lines(ctx, it, h)
	if err == nil {
		err = r.parcels(it, h)
	}
	if errors.Is(err, errLargeOrder) {
		x.fail("external_id", "%v", err)
		return nil
	}
	if err != nil {
		return err
	}
	if len(v.lines) == 0 && !x.s.keepEmpty {
		x.fail("external_id", "the order has no lines")
	}
	if x.s.fields["tax"] != nil {
		v.tax = x.money("tax", v.currency)
	}
	v.total = v.sum - v.discount + v.tax
	if !x.s.freightApart {
		v.total += v.shipping
	}
	if v.total < 0 || v.total > largestAmount {
		x.fail("", "the total of the order is %d minor units", v.total)
	}
	return nil
}

// customer finds the organization and, where the mapping names one, the person.
func (r *run) customer(ctx context.Context, x *row, v *sale) error {
	if name := x.text("organization"); name != "" {
		org, ok, err := r.refs.one(ctx, ent.TypeOrganization, name)
		if err != nil {
			return err
		}
		if !ok {
			x.fail("organization", "there is no organization %s", show(name))
		}
		v.organization = org.id
	}
	if name := x.text("user"); name != "" {
		user, ok, err := r.refs.one(ctx, ent.TypeUser, name)
		if err != nil {
			return err
		}
		if !ok {
			x.fail("user", "there is no user %s", show(name))
		}
		v.user = user.id
	}
	return nil
}

// totals adds the order to the totals of its currency.
func (it *item[T]) totals(out *outcome) {
	v, ok := any(&it.v).(*sale)
	if !ok {
		return
	}
	t := out.total(v.currency)
	t.Lines += v.sum
	t.Shipping += v.shipping
	if v.status == "CANCELLED" {
		t.Cancelled += v.sum
	}
}

func orderColumns(now time.Time) []column[sale] {
	type it = item[sale]
	return append(sourced[sale](now), []column[sale]{
		{"organization_id", "", func(x *it) any { return x.v.organization }},
		{"user_id", "", func(x *it) any { return null(x.v.user) }},
		{"number", "", func(x *it) any { return x.v.number }},
		{"status", "status", func(x *it) any { return x.v.status }},
		{"fulfillment_status", "", func(x *it) any { return x.v.fulfilled }},
		{"return_status", "return_status", func(x *it) any { return x.v.returned }},
		{"payment_status", "payment_status", func(x *it) any { return x.v.payment }},
		{"purchase_order_number", "purchase_order_number", func(x *it) any { return null(x.v.purchaseOrder) }},
		{"ship_to", "ship_to", func(x *it) any { return asJSON(x.v.shipTo) }},
		{"bill_to", "bill_to", func(x *it) any { return asJSON(x.v.billTo) }},
		{"placed_at", "", func(x *it) any { return x.v.placedAt }},
		{"requested_date", "requested_date", func(x *it) any { return optional(x.v.requested) }},
		{"promised_date", "promised_date", func(x *it) any { return optional(x.v.promised) }},
		{"promise_reason", "promise_reason", func(x *it) any { return null(x.v.promiseReason) }},
		{"confirmed_at", "confirmed_at", func(x *it) any { return optional(x.v.confirmed) }},
		{"contact_email", "contact_email", func(x *it) any { return null(x.v.contact) }},
		{"cancelled_at", "cancelled_at", func(x *it) any { return optional(x.v.cancelled) }},
		{"cancel_reason", "cancel_reason", func(x *it) any { return null(x.v.cancelReason) }},
		{"delivered_at", "", func(x *it) any { return optional(x.v.arrived) }},
		{"estimated_delivery", "", func(x *it) any { return optional(x.v.expected) }},
		{"delay_cause", "", func(x *it) any { return optional(x.v.delay) }},
		{"delayed_at", "", func(x *it) any { return optional(x.v.delayedAt) }},
		{"currency", "", func(x *it) any { return x.v.currency }},
		{"lines_minor", "", func(x *it) any { return x.v.sum }},
		{"discount_minor", "", func(x *it) any { return x.v.discount }},
		{"shipping_minor", "", func(x *it) any { return x.v.shipping }},
		{"tax_minor", "", func(x *it) any { return x.v.tax }},
		{"total_minor", "", func(x *it) any { return x.v.total }},
		{"version", "version", func(*it) any { return 1 }}, // of one that is here it grows
	}...)
}

// orderWriter writes orders.
type orderWriter struct {
	*run
	now     time.Time
	columns []column[sale]
}

// write plans and writes a batch of orders.
func (w *orderWriter) write(ctx context.Context, b *store.Bulk, out *outcome, todo []*item[sale]) error {
	todo, err := untaken(ctx, b, w.m.Source, out, todo, ent.TypeOrder, "number", func(x *item[sale]) string { return x.v.number })
	if err != nil {
		return err
	}
	for _, x := range todo {
		x.identify(gid.Order, x.v.placedAt)
	}
	if todo, err = w.reconcile(ctx, b, out, todo); err != nil {
		return err
	}
	wrote(out, Orders, todo)
	for _, x := range todo {
		x.totals(out)
	}
	if w.o.DryRun || len(todo) == 0 {
		return nil
	}
	if err := upsert(ctx, b, ent.TypeOrder, w.columns, todo); err != nil {
		return err
	}
	if err := w.writeLines(ctx, b, todo); err != nil {
		return err
	}
	if err := w.writeParcels(ctx, b, todo); err != nil {
		return err
	}
	return w.writeEvents(ctx, b, todo)
}
