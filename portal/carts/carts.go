// Package carts is how customers order: what they put into a cart, what of it
// can be ordered at what price, and how it becomes an order.
//
// Owns: carts and their lines, quantity rules, lists of skus, placing an order
// with everything that is looked at once more. Does not own: prices, taxes and
// shipping (portal/prices), how many there are (portal/stock), who has to approve
// (portal/approvals), what happens to an order afterwards (portal/orders).
package carts

import (
	"time"

	"foyer/portal/orders"
	"foyer/portal/store"
)

// The actions of the access matrix that this package carries out.
const (
	doCreate   = "cart.create"
	doChange   = "cart.change"
	doDiscount = "cart.discount"
	doPlace    = "order.place"
)

// Options are what the service needs beside the store.
type Options struct {
	Orders    *orders.Service
	Prices    Prices
	Stock     Stock
	Approvals Approvals
}

// Service does what the portal does with carts.
type Service struct {
	store     *store.Store
	orders    *orders.Service
	prices    Prices
	stock     Stock
	approvals Approvals
	now       func() time.Time // UTC, to the microsecond that both databases keep
}

// New makes the service.
func New(st *store.Store, o Options) *Service {
	return &Service{
		store: st, orders: o.Orders, prices: o.Prices, stock: o.Stock, approvals: o.Approvals,
		now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	}
}
