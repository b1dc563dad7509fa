// Package configurations lets customers and staff configure products: what remains
// possible, what it costs, what is kept of it, shared, handed over and ordered; and
// lets product managers change how a product is configured.
//
// Owns: drafts and versions of models, configurations that are kept and their links,
// what a new version does to them, what people asked for. Does not own: what a
// document means (portal/configurator/plan), what is possible
// (portal/configurator/engine), what things cost (portal/prices) and whether they
// are there (portal/stock), who may do what (schema/access.go).
package configurations

import (
	"context"
	"log/slog"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"foyer/ent"
	"foyer/portal/configurator"
	"foyer/portal/configurator/plan"
	"foyer/portal/jobs"
	"foyer/portal/prices"
	"foyer/portal/problem"
	"foyer/portal/stock"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doDraft   = "configurationModel.save"
	doPublish = "configurationModel.publish"
	doCreate  = "configuration.create"
	doSave    = "configuration.save"
	doShare   = "configuration.share"
	doDelete  = "configuration.delete"
	doCart    = "cart.change"
)

// The codes of refusals, values of the API's ConfigurationErrorCode.
const (
	Unsound       = "UNSOUND"
	Contradiction = "CONTRADICTION"
	Golden        = "GOLDEN"
	Unchanged     = "UNCHANGED"
	Taken         = "TAKEN"
	Ordered       = "ORDERED"
	InCart        = "IN_CART"
	InvalidLink   = "INVALID_LINK"
	UnknownRecord = "UNKNOWN_RECORD"
	Busy          = "BUSY"
	Invalid       = "INVALID"
)

// The bounds of one request.
const (
	mostChoices  = 500
	mostRepairs  = 10
	usualRepairs = 3
	mostPieces   = 100_000
)

// Prices is what this package asks of prices.
type Prices interface {
	Buyer(ctx context.Context) (prices.Buyer, error)
	BuyerFor(ctx context.Context, organizationID gid.ID) (prices.Buyer, error)
	Sheet(ctx context.Context, b prices.Buyer, q prices.SheetQuestion) (*prices.Sheet, error)
}

// Stock is what this package asks of the stock.
type Stock interface {
	AvailableOf(ctx context.Context, variants []*ent.ProductVariant) (map[gid.ID]stock.Availability, error)
}

// Options are what a Service is made of.
type Options struct {
	Store  *store.Store
	Jobs   *jobs.Runner
	Prices Prices
	Stock  Stock
	Logger *slog.Logger
	Clock  func() time.Time // time.Now
	// Memory is how many bytes of compiled models are kept; 256 MB when zero.
	Memory int64
}

// Service answers questions about configurations and keeps them.
type Service struct {
	store  *store.Store
	jobs   *jobs.Runner
	prices Prices
	stock  Stock
	logger *slog.Logger
	clock  func() time.Time

	compiled *configurator.Cache
	books    *lru.Cache[string, *book]
	states   *lru.Cache[string, *plan.State]
	tally    tally
}

// New makes a Service. It must be made before the jobs start.
func New(o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Memory <= 0 {
		o.Memory = 256 << 20
	}
	books, err := lru.New[string, *book](mostBooks)
	if err != nil {
		panic(err) // of a size below one only
	}
	states, err := lru.New[string, *plan.State](mostStates)
	if err != nil {
		panic(err)
	}
	s := &Service{
		store: o.Store, jobs: o.Jobs, prices: o.Prices, stock: o.Stock, logger: o.Logger, clock: o.Clock,
		compiled: configurator.NewCache(o.Memory), books: books, states: states,
	}
	jobs.Handle(o.Jobs, jobs.Kind{Queue: jobs.QueueImports, Timeout: longestRun, Long: true, Shown: []string{"revalidation"}}, s.revalidate)
	return s
}

func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

func refuse(code, en, de string, field ...string) error {
	return problem.Refuse(code, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

func invalid(en, de string, field ...string) error { return refuse(Invalid, en, de, field...) }
