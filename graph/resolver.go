package graph

import (
	"foyer/portal/access"
	"foyer/portal/accounts"
	"foyer/portal/brand"
	"foyer/portal/customers"
	"foyer/portal/events"
	"foyer/portal/guests"
	"foyer/portal/importer"
	"foyer/portal/jobs"
	"foyer/portal/notifications"
	"foyer/portal/orders"
	"foyer/portal/parcels"
	"foyer/portal/stock"
	"foyer/portal/store"
	"foyer/portal/views"
)

// Resolver holds the domain services that the resolvers call.
type Resolver struct {
	Store    *store.Store
	Accounts *accounts.Service
	Orders   *orders.Service
	// Customers tells of organizations as a whole.
	Customers *customers.Service
	Explain   *access.Explainer
	Jobs      *jobs.Runner
	Live      *events.Stream
	Guests    *guests.Service
	Parcels   *parcels.Service
	Imports   *importer.Service
	Views     *views.Service
	// Stock knows what can be promised.
	Stock *stock.Service
	// Brand is how the portal presents itself; nil for the usual one.
	Brand *brand.Brand
	// Notifications tells people what happened.
	Notifications *notifications.Service
}
