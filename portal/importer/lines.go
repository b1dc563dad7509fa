package importer

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"math/big"
	"strings"
	"time"

	"foyer/ent"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// line is a position of an order.
type line struct {
	position                    int64
	sku, name                   string
	named, coded                bool  // the mapping gives the name, the sku
	quantity, shipped, held     int64 // shipped by the file, and by shipments that are not in it
	price, discount, tax, total int64 // discount in hundredths of a percent
	variant, id                 gid.ID
	promised                    time.Time // zero without a day of its own
	promiseReason               string
	dated, reasoned             bool // the mapping gives the day, the reason
}

// keep leaves sku and name as they were when the order was placed, where only
// the catalog says them, and what was promised, where the mapping does not.
func (l *line) keep(old *oldLine) {
	if !l.coded && l.variant != "" && l.variant == old.variant {
		l.sku = old.sku
	}
	if !l.named && l.sku == old.sku {
		l.name = old.name
	}
	if !l.dated {
		l.promised = old.promised
	}
	if !l.reasoned {
		l.promiseReason = old.promiseReason
	}
}

func (l *line) same(old *oldLine) bool {
	return *old == oldLine{
		id: old.id, variant: l.variant, sku: l.sku, name: l.name, quantity: l.quantity, shipped: l.shipped + l.held,
		price: l.price, discount: l.discount, tax: l.tax, total: l.total, position: l.position,
		promised: l.promised, promiseReason: l.promiseReason,
	}
}

// parcel is a shipment of an order.
type parcel struct {
	place
	key                             string
	version                         *int64
	carrier, status, tracking       string
	shippedAt, delivered, estimated *time.Time
	contents                        []content
	hash                            hash.Hash
	id                              gid.ID
	known                           *oldParcel
}

// content is how many of a line are in a parcel.
type content struct {
	line     *line
	quantity int64
}

// lines reads the lines of an order. A line's place in the order is the one
// that the mapping gives, or else its number among the order's lines in the
// file, wrong ones counted: it must not change when a wrong one is put right.
func (r *run) lines(ctx context.Context, it *item[sale], h hash.Hash) error {
	p := r.spools[Lines]
	if p == nil {
		return nil
	}
	rows, err := p.take(it.key)
	if err != nil {
		return err
	}
	products, err := r.productsOf(ctx, rows)
	if err != nil {
		return err
	}
	v, taken := &it.v, map[int64]int{}
	for i, c := range rows {
		x := newRow(c.s, c.rec)
		l := &line{
			position: int64(i) + 1, sku: x.text("sku"), name: x.text("name"),
			quantity: x.whole("quantity", 1, 1_000_000_000), price: x.money("unit_price", v.currency),
			discount: x.basisPoints("discount"), tax: x.money("tax", v.currency),
		}
		l.coded, l.named = l.sku != "", l.name != ""
		l.dated, l.reasoned, l.promiseReason = c.s.maps("promised_date"), c.s.maps("promise_reason"), x.text("promise_reason")
		if day := x.day("promised_date"); day != nil {
			l.promised = day.UTC()
		}
		if c.s.fields["position"] != nil {
			l.position = x.whole("position", 0, 1<<31-1)
		}
		if first, ok := taken[l.position]; ok {
			x.fail("position", "position %d stands already in line %d", l.position, first)
		}
		l.product(x, products)
		l.sum(x, v.currency)
		if v.sum+l.total > largestAmount {
			x.fail("", "the order comes to too much")
		}
		if x.bad != nil {
			it.bad = append(it.bad, *x.bad)
			continue
		}
		taken[l.position] = c.rec.line
		x.digest(h)
		_, _ = fmt.Fprintf(h, "line %d %t;", l.position, l.variant != "") // a hash never fails
		v.sum += l.total
		if it.s.fields["tax"] == nil {
			v.tax += l.tax
		}
		v.lines = append(v.lines, l)
		it.children = append(it.children, place{c.s, c.rec.line})
	}
	return nil
}

// productsOf finds the products of some lines, by one query at most.
func (r *run) productsOf(ctx context.Context, rows []child) (map[string]reference, error) {
	var keys []string
	seen := map[string]bool{}
	for _, c := range rows {
		e := c.s.fields["product"]
		if e == nil {
			continue
		}
		if key, err := e.eval(c.rec.values); err == nil && key != "" && !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	return r.refs.many(ctx, ent.TypeProductVariant, keys)
}

// product fills in what the line says of its product: sku and name as they are
// now, unless the mapping gives them. A product that is not here is no mistake
// unless the mapping says so: catalogs forget what was sold once.
func (l *line) product(x *row, products map[string]reference) {
	key := x.text("product")
	ref, ok := products[key]
	switch {
	case ok:
		l.variant = ref.id
		l.sku, l.name = first(l.sku, ref.sku), first(l.name, ref.name)
	case x.s.needProduct:
		x.fail("product", "there is no product %s", show(key))
	}
	l.sku = first(l.sku, key)
	l.name = first(l.name, l.sku)
	if l.sku == "" {
		x.fail("sku", "neither sku nor product is given")
	}
	if len(l.sku) > 120 {
		x.fail("product", "the product's id is too long for a sku: %s", show(key))
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// sum is what the line comes to: price times quantity less discount, rounded
// half up to minor units, unless the mapping gives it.
func (l *line) sum(x *row, currency string) {
	if x.s.fields["total"] != nil && x.text("total") != "" {
		l.total = x.money("total", currency)
		return
	}
	share := 10_000 - l.discount
	if l.price < 1<<28 && l.quantity < 1<<20 { // no overflow: 28 + 20 + 14 bits
		l.total = (l.price*l.quantity*share + 5_000) / 10_000
		return
	}
	q := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(l.price), new(big.Int).Mul(big.NewInt(l.quantity), big.NewInt(share))), big.NewInt(10_000))
	total, err := money.Round(q)
	if err != nil || total > largestAmount {
		x.fail("quantity", "the line comes to too much")
		return
	}
	l.total = total
}

// parcels reads the shipments of an order. A row is a whole shipment with all
// lines of the order; or, where the mapping gives a line, one line of one: the
// rows with the same external id then make the shipment, the first of them
// says what else is known of it.
func (r *run) parcels(it *item[sale], h hash.Hash) error {
	spooled := r.spools[Shipments]
	if spooled == nil {
		return nil
	}
	rows, err := spooled.take(it.key)
	if err != nil {
		return err
	}
	v, known := &it.v, map[string]*parcel{}
	for _, c := range rows {
		x := newRow(c.s, c.rec)
		key := x.text("external_id")
		p := known[key]
		detailed := c.s.fields["line"] != nil
		if p == nil {
			p = newParcel(x, place{c.s, c.rec.line}, key)
			if first := r.parcelKeys.before(key, c.rec.line); first != 0 && x.bad == nil {
				x.fail("external_id", "external_id %s stands already in line %d", show(key), first)
			}
		} else if !detailed {
			x.fail("external_id", "external_id %s stands already in line %d", show(key), p.line)
		}
		contents := everything(v.lines)
		if detailed {
			contents = p.content(x, v.lines)
		}
		for _, n := range contents {
			if n.line.shipped+n.quantity > n.line.quantity {
				x.fail("quantity", "more are shipped of line %d than were ordered", n.line.position)
			}
		}
		if x.bad != nil {
			it.bad = append(it.bad, *x.bad)
			continue
		}
		x.digest(h)
		x.digest(p.hash)
		for _, n := range contents {
			n.line.shipped += n.quantity
		}
		p.contents = append(p.contents, contents...)
		if known[key] == nil {
			known[key] = p
			v.parcels = append(v.parcels, p)
		}
		it.children = append(it.children, place{c.s, c.rec.line})
	}
	return nil
}

func newParcel(x *row, at place, key string) *parcel {
	p := &parcel{
		place: at, key: key, hash: sha256.New(), version: x.version(), carrier: x.text("carrier"), tracking: x.text("tracking_number"),
		shippedAt: x.time("shipped_at"), delivered: x.time("delivered_at"), estimated: x.time("estimated_delivery"),
	}
	otherwise := "PENDING"
	switch {
	case p.delivered != nil:
		otherwise = "DELIVERED"
	case p.shippedAt != nil:
		otherwise = "IN_TRANSIT"
	}
	p.status = x.or("status", otherwise)
	return p
}

func everything(lines []*line) []content {
	out := make([]content, len(lines))
	for i, l := range lines {
		out[i] = content{l, l.quantity}
	}
	return out
}

// content reads the line and the quantity of a row of a shipment.
func (p *parcel) content(x *row, lines []*line) []content {
	position := x.whole("line", 0, 1<<31-1)
	for _, l := range lines {
		if l.position != position {
			continue
		}
		for _, c := range p.contents {
			if c.line == l {
				x.fail("line", "line %d stands already in this shipment", position)
			}
		}
		quantity := l.quantity
		if strings.TrimSpace(x.text("quantity")) != "" {
			quantity = x.whole("quantity", 1, 1_000_000_000)
		}
		return []content{{l, quantity}}
	}
	x.fail("line", "the order has no line %d", position)
	return nil
}
