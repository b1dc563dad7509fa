package stock

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/ent/stocklocation"
	"foyer/schema/gid"
)

// errCrash ends a transaction as the death of the process would.
var errCrash = errors.New("crash")

// gamble is a random walk through all that can happen to a stock, with a model
// of what each order line has.
type gamble struct {
	*world
	t        *testing.T
	r        *rand.Rand
	variants []gid.ID
	skus     []string
	orders   []gid.ID
	has      map[gid.ID]int    // by line: what is held, waits or has expired
	of       map[gid.ID]gid.ID // line -> order
	versions int
}

// free is what can be given away of a variant, below zero when oversold.
func (g *gamble) free(variant gid.ID) (n int) {
	all, err := g.readLevels(g.ctx, []gid.ID{variant})
	require.NoError(g.t, err)
	for _, l := range all[variant] {
		if l.active {
			n += l.free()
		}
	}
	return n
}

func (g *gamble) order() gid.ID { return g.orders[g.r.IntN(len(g.orders))] }

func (g *gamble) quantities(order gid.ID) map[gid.ID]int {
	if g.r.IntN(3) == 0 {
		return nil
	}
	some := map[gid.ID]int{}
	for line, o := range g.of {
		if o == order && g.r.IntN(2) == 0 {
			some[line] = g.r.IntN(4)
		}
	}
	return some
}

// less takes from the model what has been given back or sent.
func (g *gamble) less(order gid.ID, quantities map[gid.ID]int) func() {
	return func() {
		for line, o := range g.of {
			switch n, named := quantities[line]; {
			case o != order:
			case quantities == nil:
				g.has[line] = 0
			case named:
				g.has[line] = max(0, g.has[line]-n)
			}
		}
	}
}

// step does something at random, in the transaction of the context, and returns
// what it does to the model once that is committed.
func (g *gamble) step(ctx context.Context, tx *ent.Client) (what string, done func(), err error) {
	done = func() {}
	i := g.r.IntN(len(g.variants))
	place := []string{"main", "second"}[g.r.IntN(2)]
	location := map[string]gid.ID{"main": g.main, "second": g.second}[place]
	switch what := g.r.IntN(12); what {
	case 0, 1, 2, 3:
		order := gid.New(gid.Order)
		var wants []Want
		for range 1 + g.r.IntN(3) {
			wants = append(wants, Want{LineID: gid.New(gid.OrderLine), VariantID: g.variants[g.r.IntN(len(g.variants))], Quantity: 1 + g.r.IntN(4)})
		}
		var until *time.Time
		if g.r.IntN(2) == 0 {
			until = new(g.clock.Add(time.Duration(g.r.IntN(40)-5) * time.Minute))
		}
		before := map[gid.ID]int{}
		for _, w := range wants {
			before[w.VariantID] = g.free(w.VariantID)
		}
		_, err := g.Reserve(ctx, order, wants, until)
		if short := (*ShortageError)(nil); errors.As(err, &short) {
			require.NotEmpty(g.t, short.Shortages)
			for _, x := range short.Shortages {
				require.Greater(g.t, x.Wanted, x.Available)
				require.GreaterOrEqual(g.t, x.Available, 0)
			}
			return "refused", done, err
		}
		return "reserve", func() {
			g.orders = append(g.orders, order)
			for _, w := range wants {
				if w.VariantID != g.variants[3] { // of which nothing is kept
					g.has[w.LineID], g.of[w.LineID] = w.Quantity, order
				}
				require.GreaterOrEqual(g.t, g.free(w.VariantID), min(0, before[w.VariantID]), "more was given away than there was")
			}
		}, err
	case 4:
		err := g.Allocate(ctx, g.order())
		if short := (*ShortageError)(nil); errors.As(err, &short) {
			return "gone", done, err
		}
		return "allocate", done, err
	case 5:
		order := g.order()
		some := g.quantities(order)
		return "release", g.less(order, some), g.Release(ctx, order, some)
	case 6:
		order := g.order()
		some := g.quantities(order)
		return "ship", g.less(order, some), g.Ship(ctx, order, some)
	case 7:
		f := Feed{Location: place, ObservedAt: g.clock.Add(-time.Duration(g.r.IntN(20)) * time.Minute)}
		for j, sku := range g.skus {
			if g.r.IntN(3) == 0 {
				x := FeedItem{Sku: sku, OnHand: g.r.IntN(12)}
				if j%2 == 0 {
					g.versions++
					x.Version = new(max(1, g.versions-g.r.IntN(3)))
				}
				f.Items = append(f.Items, x)
			}
		}
		_, err := g.Take(ctx, f)
		return "feed", done, err
	case 8:
		kind := []string{moveCount, moveReceive, moveWriteOff}[g.r.IntN(3)]
		_, err := g.Adjust(ctx, Adjustment{VariantID: g.variants[i], LocationID: location, Kind: kind, Quantity: 1 + g.r.IntN(8), Reason: "because"})
		if err != nil { // not so many
			require.ErrorContains(g.t, err, NotEnough)
		}
		return kind, done, err
	case 9:
		return "expire", done, g.Expire(ctx)
	case 10:
		status := []stocklocation.Status{stocklocation.StatusACTIVE, stocklocation.StatusACTIVE, stocklocation.StatusCLOSED}[g.r.IntN(3)]
		return "close", done, tx.StockLocation.UpdateOneID(location).SetStatus(status).Exec(ctx)
	default:
		return "wait", func() { g.clock = g.clock.Add(time.Duration(g.r.IntN(15)) * time.Minute) }, nil
	}
}

// TestEquations does what can be done to a stock at random, a few things to a
// transaction, of which some crash and some are refused; after each the equations
// hold, and each line has what it should.
func TestEquations(t *testing.T) {
	steps := 1500
	if testing.Short() {
		steps = 200
	}
	worlds(t, func(t *testing.T, w *world) {
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		g := &gamble{world: w, t: t, r: rand.New(rand.NewPCG(seed, 1)), orders: []gid.ID{"ord_none"}, has: map[gid.ID]int{}, of: map[gid.ID]gid.ID{}} //nolint:gosec // a test
		for _, change := range [][]func(*ent.ProductVariantCreate){
			nil, {backorder(5)}, {preorder(noon.AddDate(0, 0, 30))}, {policy(productvariant.StockPolicyUNTRACKED)}, nil,
		} {
			id, sku := w.variant(t, change...)
			g.variants, g.skus = append(g.variants, id), append(g.skus, sku)
		}
		count := map[string]int{}
		for range steps {
			before, crash, system := w.dump(t), g.r.IntN(5) == 0, w.ctx
			has, of, orders, clock := maps.Clone(g.has), maps.Clone(g.of), slices.Clone(g.orders), w.clock
			names := ""
			err := w.store.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
				w.ctx = ctx // what is checked on the way sees what the transaction sees
				defer func() { w.ctx = system }()
				for range 1 + g.r.IntN(2) {
					what, done, err := g.step(ctx, tx)
					names += what + " "
					if err != nil {
						return err
					}
					done()
				}
				if crash {
					return errCrash
				}
				return nil
			})
			if err != nil {
				g.has, g.of, g.orders, w.clock = has, of, orders, clock
				require.Equal(t, before, w.dump(t), "%s: rolled back, and yet something has changed: %v", names, err)
			}
			var refused *ShortageError
			if err != nil && !crash && !errors.As(err, &refused) {
				require.ErrorContains(t, err, NotEnough, names)
			}
			require.Empty(t, w.broken(t), names)
			require.Equal(t, g.model(), g.lines(), names)
			count[fmt.Sprintf("%s%v", names, err != nil)]++
		}
		t.Log(len(count), "sorts of transaction")
	})
}

// model is what each line should have.
func (g *gamble) model() map[gid.ID]int {
	all := map[gid.ID]int{}
	for line, n := range g.has {
		if n > 0 {
			all[line] = n
		}
	}
	return all
}

// lines is what each line has.
func (g *gamble) lines() map[gid.ID]int {
	rows, err := g.store.Raw(g.ctx).QueryContext(g.ctx, `SELECT line_id, sum(quantity) FROM stock_reservations GROUP BY line_id`)
	require.NoError(g.t, err)
	defer func() { require.NoError(g.t, rows.Close()) }()
	all := map[gid.ID]int{}
	for rows.Next() {
		var line gid.ID
		var n int
		require.NoError(g.t, rows.Scan(&line, &n))
		all[line] = n
	}
	require.NoError(g.t, rows.Err())
	return all
}
