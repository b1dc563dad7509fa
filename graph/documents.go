package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
)

const (
	// bytesPerByte is what a parsed and validated document takes in memory for
	// each byte of its text; measured 70 to 80 for documents made of names.
	bytesPerByte = 80
	// longestDocument is the longest text that is kept at all. Longer ones are
	// mostly literals, which belong into variables.
	longestDocument = 64 << 10
)

// documents keeps parsed and validated documents of one projection, the least
// recently used going first, bounded by what they are estimated to take. It
// must never be shared by two projections: a document validated for one viewer
// would be executed for another.
type documents struct {
	mu    sync.Mutex
	limit int
	used  int
	lru   *simplelru.LRU[string, *ast.QueryDocument]
}

var _ graphql.Cache[*ast.QueryDocument] = (*documents)(nil)

func newDocuments(limit int) *documents {
	d := &documents{limit: limit}
	// The number is no bound of its own, only one that cannot be reached.
	d.lru, _ = simplelru.NewLRU(max(1, limit/bytesPerByte), func(text string, _ *ast.QueryDocument) {
		d.used -= footprint(text)
	})
	return d
}

func footprint(text string) int { return (len(text) + 1) * bytesPerByte }

// Get implements graphql.Cache.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.lru.Get(text)
}

// Add implements graphql.Cache.
func (d *documents) Add(_ context.Context, text string, doc *ast.QueryDocument) {
	size := footprint(text)
	if len(text) > longestDocument || size > d.limit {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lru.Contains(text) {
		return // a twin of this request was faster
	}
	d.lru.Add(text, doc)
	for d.used += size; d.used > d.limit; {
		d.lru.RemoveOldest()
	}
}
