// Package search finds products by what people write, whatever its case, accents,
// spacing and small mistakes, and keeps what was searched for in vain.
//
// Owns: the index and how it is kept, what a query means, ranking, facets,
// suggestions; what becomes of a search without hits. Does not own: who may see a
// product (portal/access), what a product says of itself (portal/catalog).
package search

import (
	"log/slog"
	"sync"
	"time"

	"foyer/portal/jobs"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// What a search may ask for.
const (
	LongestQuery = 200 // characters
	MostWords    = 10
	MostKeys     = 10     // attributes to filter by
	MostValues   = 50     // of one of them
	Reachable    = ranked // hits that pages lead to
	ranked       = 1000   // hits of which the best come first, and that facets are counted over
	counted      = 5000   // hits that are counted
)

// Options are what a Service is made of.
type Options struct {
	// Logger gets the causes of what fails beside a search; slog.Default when nil.
	Logger *slog.Logger
	// Clock is time.Now when nil.
	Clock func() time.Time
	// Later leaves all indexing to the job.
	Later bool
	// ByHand has searches without hits written by WriteMisses and Review alone, so
	// that tests know when.
	ByHand bool
}

// Service searches, and keeps the index.
type Service struct {
	st   *store.Store
	jobs *jobs.Runner
	o    Options

	misses   missed
	indexing sync.Mutex // one pass at a time in this process
}

// Filter says which hits are asked for.
type Filter struct {
	CategoryID gid.ID
	TypeID     gid.ID
	Attributes []AttributeFilter
}

// AttributeFilter are values of an attribute, of which a hit has one.
type AttributeFilter struct {
	Key    string   `json:"key"`
	Values []string `json:"values"`
}

// Question is the input of Search.
type Question struct {
	Query  string
	Filter Filter
	First  int
	After  string
	Facets bool // whether they are asked for
}

// Result is what a search has found.
type Result struct {
	Hits      []Hit
	Total     int
	Exact     bool   // Total; there are more than that when it is not
	End       string // cursor; empty when there is no hit
	More      bool
	Corrected string
	Answer    *Answer
	Facets    *Facets
	Term      string // by which a search without hits is kept
}

// Hit is a product that was found.
type Hit struct {
	ProductID  gid.ID
	VariantIDs []gid.ID // of which the sku was searched for
	Score      int
	Highlights []Highlight
}

// Highlight is a text in which words were found.
type Highlight struct {
	Field string // a value of the API's SearchField
	Parts []Part
}

// Part is part of a text.
type Part struct {
	Text  string
	Match bool
}

// Answer is what staff have answered to a search.
type Answer struct {
	Text     string
	Products []gid.ID
	Synonym  string
}

// Facets are what hits can be narrowed by.
type Facets struct {
	Categories []Count
	Types      []Count
	Attributes []AttributeFacet
	Exact      bool
}

// Count is how many hits something has.
type Count struct {
	ID    gid.ID
	Count int
}

// AttributeFacet is an attribute of hits.
type AttributeFacet struct {
	Key, Name, Kind, Unit string
	Values                []ValueCount
}

// ValueCount is how many hits have a value.
type ValueCount struct {
	Value    string
	Count    int
	Selected bool
}

// Suggestion is what somebody might mean who types.
type Suggestion struct {
	Text      string
	ProductID gid.ID
}

// Decision is the input of Decide.
type Decision struct {
	SearchMissID gid.ID
	Version      int
	Decision     string // PLANNED, DISMISSED, ANSWERED
	ProductIDs   []gid.ID
	Synonym      string
	TextEnglish  string
	TextGerman   string
}

// FilterUse is a filter of searches that found nothing.
type FilterUse struct {
	Filter Filter
	Count  int
}

// Follower wants to be told.
type Follower struct {
	UserID gid.ID
	Since  time.Time

	organization gid.ID // acted for
}

// New makes the service, and tells the runner how its work is done.
func New(st *store.Store, runner *jobs.Runner, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	s := &Service{st: st, jobs: runner, o: o}
	s.listen()
	s.work(runner)
	return s
}
