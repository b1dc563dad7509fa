package graph

import (
	"foyer/portal/access"
	"foyer/portal/accounts"
	"foyer/portal/approvals"
	"foyer/portal/brand"
	"foyer/portal/carts"
	"foyer/portal/catalog"
	"foyer/portal/configurations"
	"foyer/portal/customers"
	"foyer/portal/events"
	"foyer/portal/files"
	"foyer/portal/guests"
	"foyer/portal/guides"
	"foyer/portal/importer"
	"foyer/portal/jobs"
	"foyer/portal/notifications"
	"foyer/portal/orders"
	"foyer/portal/parcels"
	"foyer/portal/prices"
	"foyer/portal/search"
	"foyer/portal/stock"
	"foyer/portal/store"
	"foyer/portal/training"
	"foyer/portal/views"
)

// Resolver holds the domain services that the resolvers call.
type Resolver struct {
	Store    *store.Store
	Accounts *accounts.Service
	Orders   *orders.Service
	// Catalog changes and tells of what is sold.
	Catalog *catalog.Service
	// Customers tells of organizations as a whole.
	Customers *customers.Service
	Explain   *access.Explainer
	Jobs      *jobs.Runner
	Live      *events.Stream
	Guests    *guests.Service
	Parcels   *parcels.Service
	Imports   *importer.Service
	Carts     *carts.Service
	Views     *views.Service
	Searching *search.Service
	// Approvals asks whether orders over a limit may be placed.
	Approvals *approvals.Service
	// Guides lead by questions to products.
	Guides *guides.Service
	Prices *prices.Service
	// Configurations lets products be configured.
	Configurations *configurations.Service
	// Training lets customers learn.
	Training *training.Service
	// Stock knows what can be promised.
	Stock *stock.Service
	// Brand is how the portal presents itself; nil for the usual one.
	Brand *brand.Brand
	// Notifications tells people what happened.
	Notifications *notifications.Service
	// Files keeps what people upload.
	Files *files.Service
}
