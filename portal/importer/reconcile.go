package importer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/portal/orders"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// before is what is here of an order that comes again.
type before struct {
	organization, user  gid.ID
	number, currency    string
	status, fulfillment string
	delivered           *time.Time
	delay               *string // how it was found, and when
	delayedAt           *time.Time
	lines               map[int64]*oldLine // by position
	parcels             map[gid.ID]*oldParcel
	contents            []oldContent

	gone      []gid.ID          // lines to delete
	emptied   []gid.ID          // contents of shipments to delete
	untouched map[*line]bool    // lines that are as they were
	kept      []orders.Parcel   // shipments that are not in the file, for what they say of the order
	expected  []*ent.Shipment   // the same, for when it is expected
	filled    map[inside]gid.ID // contents that are here
}

// inside is a line in a shipment.
type inside struct{ parcel, line gid.ID }

type oldLine struct {
	id, variant                           gid.ID
	sku, name                             string
	quantity, shipped                     int64
	price, discount, tax, total, position int64
	promised                              time.Time
	promiseReason                         string
}

type oldParcel struct {
	id, order gid.ID
	key       sql.NullString
	source    sql.NullString
	digest    sql.NullString
	version   *int64
	status    string
	delivered *time.Time
	estimated *time.Time
	tracked   bool // a carrier has reported on it
}

type oldContent struct {
	id, parcel, line gid.ID
	quantity         int64
}

// reconcile compares changed orders with what is here, decides what is to be
// done to their lines and shipments, and rejects those that cannot be changed.
func (w *orderWriter) reconcile(ctx context.Context, b *store.Bulk, out *outcome, todo []*item[sale]) ([]*item[sale], error) {
	var ids []gid.ID
	here := map[gid.ID]*before{}
	for _, x := range todo {
		x.v.was = nil
		if x.known != nil {
			ids = append(ids, x.id)
			x.v.was = &before{
				lines: map[int64]*oldLine{}, parcels: map[gid.ID]*oldParcel{},
				untouched: map[*line]bool{}, filled: map[inside]gid.ID{},
			}
			here[x.id] = x.v.was
		}
	}
	if len(ids) > 0 && !w.o.DryRun {
		// Somebody may be shipping one of them at this moment.
		if err := b.Lock(ctx, ent.TypeOrder, ids); err != nil {
			return nil, err
		}
	}
	if err := load(ctx, b, ids, here); err != nil {
		return nil, err
	}
	parcels, err := parcelsOf(ctx, b, todo)
	if err != nil {
		return nil, err
	}
	var good []*item[sale]
	for _, x := range todo {
		if err := w.merge(x, parcels); err != nil {
			x.refuse(out, "", "%v", err)
			continue
		}
		w.tally(x, out)
		good = append(good, x)
	}
	return good, nil
}

// parcelsOf finds the shipments of the file that are here.
func parcelsOf(ctx context.Context, b *store.Bulk, todo []*item[sale]) (map[string]*oldParcel, error) {
	var keys []string
	for _, x := range todo {
		for _, p := range x.v.parcels {
			keys = append(keys, p.key)
		}
	}
	found := map[string]*oldParcel{}
	var ids []string
	err := b.Each(ctx, ent.TypeShipment,
		[]string{"id", "order_id", "external_id", "source", "external_digest", "external_version", "status", "delivered_at", "estimated_delivery"}, "external_id", keys,
		func(scan func(...any) error) error {
			var p oldParcel
			err := scan(&p.id, &p.order, &p.key, &p.source, &p.digest, &p.version, &p.status, &p.delivered, &p.estimated)
			found[p.key.String] = &p
			ids = append(ids, string(p.id))
			return err
		})
	if err != nil {
		return nil, err
	}
	tracked := map[gid.ID]bool{}
	err = b.Each(ctx, ent.TypeTrackingEvent, []string{"shipment_id"}, "shipment_id", ids, func(scan func(...any) error) error {
		var id gid.ID
		err := scan(&id)
		tracked[id] = true
		return err
	})
	for _, p := range found {
		p.tracked = tracked[p.id]
	}
	return found, err
}

// load reads what is here of some orders.
func load(ctx context.Context, b *store.Bulk, ids []gid.ID, here map[gid.ID]*before) error {
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = string(id)
	}
	err := b.Each(ctx, ent.TypeOrder, []string{"id", "organization_id", "user_id", "number", "currency", "status", "fulfillment_status", "delivered_at", "delay_cause", "delayed_at"}, "id", keys,
		func(scan func(...any) error) error {
			var id gid.ID
			var x before
			err := scan(&id, &x.organization, &x.user, &x.number, &x.currency, &x.status, &x.fulfillment, &x.delivered, &x.delay, &x.delayedAt)
			o := here[id]
			o.organization, o.user, o.number, o.currency = x.organization, x.user, x.number, x.currency
			o.status, o.fulfillment, o.delivered = x.status, x.fulfillment, x.delivered
			o.delay, o.delayedAt = x.delay, x.delayedAt
			return err
		})
	if err != nil {
		return err
	}
	err = b.Each(ctx, ent.TypeOrderLine, []string{
		"order_id", "id", "position", "sku", "name", "quantity", "quantity_shipped", "variant_id",
		"unit_price_minor", "discount_basis_points", "tax_minor", "total_minor", "promised_date", "promise_reason",
	}, "order_id", keys, func(scan func(...any) error) error {
		var order gid.ID
		var l oldLine
		var promised sql.NullTime
		var reason sql.NullString
		err := scan(&order, &l.id, &l.position, &l.sku, &l.name, &l.quantity, &l.shipped, &l.variant, &l.price, &l.discount, &l.tax, &l.total, &promised, &reason)
		if l.promiseReason = reason.String; promised.Valid {
			l.promised = promised.Time.UTC()
		}
		here[order].lines[l.position] = &l
		return err
	})
	if err != nil {
		return err
	}
	err = b.Each(ctx, ent.TypeShipment, []string{"order_id", "id", "status", "delivered_at", "estimated_delivery"}, "order_id", keys, func(scan func(...any) error) error {
		var p oldParcel
		err := scan(&p.order, &p.id, &p.status, &p.delivered, &p.estimated)
		here[p.order].parcels[p.id] = &p
		return err
	})
	if err != nil {
		return err
	}
	return b.Each(ctx, ent.TypeShipmentLine, []string{"order_id", "id", "shipment_id", "order_line_id", "quantity"}, "order_id", keys, func(scan func(...any) error) error {
		var order gid.ID
		var c oldContent
		err := scan(&order, &c.id, &c.parcel, &c.line, &c.quantity)
		here[order].contents = append(here[order].contents, c)
		return err
	})
}

// merge decides what becomes of an order's lines and shipments. Shipments are
// never taken back: one that is not in the file stays, and what is in it
// cannot leave the order. The error says why the order cannot go in.
func (w *orderWriter) merge(x *item[sale], parcels map[string]*oldParcel) error {
	v, was := &x.v, x.v.was
	ours := map[gid.ID]bool{}
	for _, p := range v.parcels {
		p.id, p.known = gid.At(gid.Shipment, v.placedAt), nil
		old := parcels[p.key]
		if old == nil {
			continue
		}
		if old.order != x.id {
			return fmt.Errorf("shipment %s belongs to another order", show(p.key))
		}
		if p.version != nil && old.version != nil && *p.version < *old.version {
			return fmt.Errorf("shipment %s is older than what is here", show(p.key))
		}
		p.id, p.known = old.id, old
		ours[old.id] = true
		if old.tracked { // the carrier knows better
			p.status, p.delivered = old.status, old.delivered
		}
	}
	if was == nil {
		for _, l := range v.lines {
			l.id = gid.At(gid.OrderLine, v.placedAt)
		}
		w.settle(x)
		return nil
	}
	switch {
	case was.organization != v.organization:
		return errors.New("the order belongs to another organization here; an order keeps its customer")
	case was.number != v.number:
		return fmt.Errorf("the order has the number %s here; an order keeps its number", was.number)
	case was.currency != v.currency:
		return fmt.Errorf("the order is in %s here; an order keeps its currency", was.currency)
	}
	v.user = was.user
	elsewhere := was.sort(ours)
	stays := map[int64]bool{}
	for _, l := range v.lines {
		stays[l.position] = true
		old := was.lines[l.position]
		if old == nil {
			l.id = gid.At(gid.OrderLine, v.placedAt)
			continue
		}
		l.id = old.id
		if l.held = elsewhere[old.id]; l.shipped+l.held > l.quantity {
			return fmt.Errorf("line %d has %d, but %d of it are in shipments", l.position, l.quantity, l.shipped+l.held)
		}
		l.keep(old)
		was.untouched[l] = l.same(old)
	}
	for position, old := range was.lines {
		if stays[position] {
			continue
		}
		if elsewhere[old.id] > 0 {
			return fmt.Errorf("line %d is gone, but %d of it are in shipments", position, elsewhere[old.id])
		}
		was.gone = append(was.gone, old.id)
	}
	was.empty(v.parcels)
	w.settle(x)
	return nil
}

// sort looks through the contents of shipments: those in the file's shipments
// may be replaced, the others hold their lines. It returns how many of each
// line these hold.
func (o *before) sort(ours map[gid.ID]bool) map[gid.ID]int64 {
	elsewhere := map[gid.ID]int64{}
	for id, p := range o.parcels {
		if ours[id] {
			continue
		}
		k := orders.Parcel{Status: shipment.Status(p.status), DeliveredAt: p.delivered, Units: map[gid.ID]int{}}
		for _, c := range o.contents {
			if c.parcel == id {
				elsewhere[c.line] += c.quantity
				k.Units[c.line] += int(c.quantity)
			}
		}
		o.kept = append(o.kept, k)
		o.expected = append(o.expected, &ent.Shipment{Status: k.Status, EstimatedDelivery: p.estimated})
	}
	for _, c := range o.contents {
		if ours[c.parcel] {
			o.filled[inside{c.parcel, c.line}] = c.id
		}
	}
	return elsewhere
}

// empty decides which contents of the file's shipments go.
func (o *before) empty(parcels []*parcel) {
	still := map[gid.ID]bool{}
	for _, p := range parcels {
		for _, c := range p.contents {
			still[o.filled[inside{p.id, c.line.id}]] = true
		}
	}
	for _, id := range o.filled {
		if !still[id] {
			o.emptied = append(o.emptied, id)
		}
	}
}

// settle says how much of the order has been shipped and delivered: what the
// mapping says, or else what the shipments say; without any in the files that
// is for the portal to know.
func (w *orderWriter) settle(x *item[sale]) {
	v, was := &x.v, x.v.was
	ordered := map[gid.ID]orders.Ordered{}
	for _, l := range v.lines {
		ordered[l.id] = orders.Ordered{Quantity: int(l.quantity), Shipped: int(l.shipped + l.held)}
	}
	var parcels []orders.Parcel
	var expected []*ent.Shipment
	if was != nil {
		parcels, expected = was.kept, was.expected
	}
	for _, p := range v.parcels {
		units := map[gid.ID]int{}
		for _, c := range p.contents {
			units[c.line.id] += int(c.quantity)
		}
		parcels = append(parcels, orders.Parcel{Status: shipment.Status(p.status), DeliveredAt: p.delivered, Units: units})
		expected = append(expected, &ent.Shipment{Status: shipment.Status(p.status), EstimatedDelivery: p.expected()})
	}
	v.expected = orders.Estimate(expected)
	derived, last := orders.Fulfillment(ordered, parcels)
	v.fulfilled, v.arrived = string(derived), last
	if was != nil && len(w.m.of(Shipments)) == 0 {
		v.fulfilled, v.arrived = was.fulfillment, was.delivered
	}
	if v.fulfillment != "" {
		v.fulfilled = v.fulfillment
	}
	if x.s.fields["delivered_at"] != nil {
		v.arrived = v.delivered
	}
	// Whether it is delayed is found by the portal's job; here only a delay ends
	// that an order cannot have any more.
	v.delay, v.delayedAt = nil, nil
	status := v.status
	if was != nil && !x.s.maps("status") {
		status = was.status
	}
	if was != nil && orders.CanBeLate(order.Status(status), order.FulfillmentStatus(v.fulfilled)) {
		v.delay, v.delayedAt = was.delay, was.delayedAt
	}
}

// expected is when a shipment is expected, as it will stand in the database.
func (p *parcel) expected() *time.Time {
	if p.known != nil && (p.known.digest.String == p.digest() || !p.s.maps("estimated_delivery")) {
		return p.known.estimated
	}
	return p.estimated
}
