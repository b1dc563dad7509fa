package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/productvariant"
	"foyer/ent/stocklocation"
	"foyer/portal/stock"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// depots are where Aurelia's goods lie.
var depots = []struct {
	key, name string
	priority  int
	address   schema.Address
}{
	{"jena", "Jena, main warehouse", 10, schema.Address{Name: "Aurelia GmbH", Line1: "Carl-Pulfrich-Straße 7", PostalCode: "07745", City: "Jena", Country: "Germany"}},
	{"lyon", "Lyon, spare parts", 20, schema.Address{Name: "Aurelia France", Line1: "12 rue des Cuirassiers", PostalCode: "69003", City: "Lyon", Country: "France"}},
}

// fedAgo is how long ago the warehouses said last what lies there.
const fedAgo = 25 * time.Minute

// depots writes the places where goods lie.
func (w *writer) depots(ctx context.Context, now time.Time) {
	list := make([]*ent.StockLocation, len(depots))
	for i, d := range depots {
		at := now.AddDate(-3, 0, i)
		list[i] = &ent.StockLocation{
			ID: gid.At(gid.StockLocation, at), CreatedAt: at, UpdatedAt: at, Key: d.key, Name: d.name, Address: &d.address,
			Status: stocklocation.StatusACTIVE, Priority: d.priority, Version: 1,
		}
	}
	rows(ctx, w, ent.TypeStockLocation, "id created_at updated_at key name address status priority version", list,
		func(l *ent.StockLocation) []any {
			return []any{l.ID, l.CreatedAt, l.UpdatedAt, l.Key, l.Name, document(l.Address), string(l.Status), l.Priority, l.Version}
		})
}

// holds says whether goods are held for an order.
func (d *deal) holds() bool {
	return slices.Contains([]order.Status{order.StatusPLACED, order.StatusCONFIRMING, order.StatusCONFIRMED}, d.order.Status)
}

// shelveGoods has the warehouses say what lies there, and holds it for the orders
// that are open. Of most things there is enough beyond that; of every ninth
// there are few, of one nothing is left, and of one less than was sold: its last
// count found some of them broken.
func (h *house) shelveGoods(ctx context.Context, st *store.Store, deals []*deal) error {
	goods := stock.New(st, stock.Options{Clock: func() time.Time { return h.now }})
	needed, wants := map[gid.ID]int{}, map[gid.ID][]stock.Want{}
	var sold gid.ID // what is oversold in the end: a part that somebody waits for
	for _, d := range deals {
		for i, l := range d.lines {
			n := l.Quantity - l.QuantityShipped
			if n <= 0 || !d.holds() || d.stock[i].class == service {
				continue
			}
			needed[l.VariantID] += n
			wants[d.order.ID] = append(wants[d.order.ID], stock.Want{LineID: l.ID, VariantID: l.VariantID, Quantity: n})
			if d.stock[i].class == part {
				sold = l.VariantID
			}
		}
	}
	feeds := make([]stock.Feed, len(depots))
	for i, d := range depots {
		feeds[i] = stock.Feed{Location: d.key, ObservedAt: h.now.Add(-fedAgo)}
	}
	put := func(depot int, sku string, n int) {
		feeds[depot].Items = append(feeds[depot].Items, stock.FeedItem{Sku: sku, OnHand: n})
	}
	none, last := false, stock.FeedItem{}
	for n, s := range h.onShelf() {
		beyond := 8 + (n*37)%60
		switch {
		case s.row.StockPolicy == productvariant.StockPolicyPREORDER:
			continue // there are none yet
		case s.row.StockPolicy == productvariant.StockPolicyBACKORDER:
			put(0, s.sku, n%3) // the rest is made for those who wait
			continue
		case s.class == machine:
			put(0, s.sku, needed[s.row.ID]+n%2) // built to order; one of some stands in the hall
			continue
		case s.row.ID == sold:
			beyond, last = 2, stock.FeedItem{Sku: s.sku, OnHand: max(needed[sold]-1, 0)}
		case !none && needed[s.row.ID] == 0:
			beyond, none = 0, true
		case n%9 == 0:
			beyond = 1 + n%4
		}
		put(0, s.sku, needed[s.row.ID]+beyond)
		if s.class == part && n%3 == 0 && beyond > 0 {
			put(1, s.sku, 2+n%7)
		}
	}
	for _, f := range feeds {
		if _, err := goods.Take(ctx, f); err != nil {
			return fmt.Errorf("demo: stock: %w", err)
		}
	}
	for _, d := range deals {
		if len(wants[d.order.ID]) == 0 {
			continue
		}
		short := (*stock.ShortageError)(nil)
		if _, err := goods.Reserve(ctx, d.order.ID, wants[d.order.ID], nil); err != nil && !errors.As(err, &short) {
			return fmt.Errorf("demo: stock: %w", err)
		}
	}
	if last.Sku == "" {
		return nil
	}
	for i, f := range feeds {
		f.ObservedAt, f.Items = h.now.Add(-fedAgo/2), []stock.FeedItem{{Sku: last.Sku}}
		if i == 0 {
			f.Items[0].OnHand = last.OnHand
		}
		if _, err := goods.Take(ctx, f); err != nil {
			return fmt.Errorf("demo: stock: %w", err)
		}
	}
	return nil
}

// onShelf is all that lies somewhere, in the order of the catalog.
func (h *house) onShelf() []*stocked {
	var list []*stocked
	for _, v := range h.variants {
		if s := h.skus[v.Sku]; s != nil && s.class != service && s.article.status == "" && !s.configured() {
			list = append(list, s)
		}
	}
	return list
}
