// Package files keeps what people upload: pictures and documents of products,
// attachments of orders and carts.
//
// Owns: uploads until they hang on something, what a file is by its content,
// where its bytes lie, scaled pictures, what is sent of them and how,
// what nobody needs any more. Does not own: who sees a file (schema/access.go,
// as with every row), what it hangs on.
package files

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"time"

	"foyer/ent/file"
	"foyer/portal/access"
	"foyer/portal/jobs"
	"foyer/portal/links"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// Picture is a picture in one of its sizes.
type Picture struct {
	Width  int
	Height int
	URL    string
}

// Upload is a file that hangs on nothing yet.
type Upload struct {
	ID          gid.ID
	Kind        file.Kind
	Name        string
	ContentType string
	Size        int
	Width       *int
	Height      *int
	ExpiresAt   time.Time
}

// Header is one of a request.
type Header struct{ Name, Value string }

// Parent is what files hang on: one of the five.
type Parent struct {
	Cart, Order, Product, Submission, Course gid.ID

	Owner access.Owner
}

// Sent is a file that came with a request.
type Sent struct {
	Name    string
	Kind    file.Kind
	Size    int64
	Content io.ReadSeeker
}

// Announced is a file that will be sent directly.
type Announced struct {
	Name  string
	Kind  file.Kind
	Bytes int64
}

// Ticket says where an announced file is to be sent.
type Ticket struct {
	URL, Method string
	Headers     []*Header
	ExpiresAt   time.Time
}

// ForProduct is the input of AddToProduct.
type ForProduct struct {
	ProductID, UploadID gid.ID
	Text                *string
	Position            *int
}

// Change is the input of Change.
type Change struct {
	FileID   gid.ID
	Text     *string
	Position *int
}

// Limits bound what people may upload. Zero means the default.
type Limits struct {
	Largest    int64 // bytes of one file; 25 MiB
	DailyBytes int64 // of one person in a day; 500 MiB
	DailyFiles int   // of one person in a day; 200
	Attached   int   // files on one order, cart or product; 20
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Largest:    min(cmp.Or(l.Largest, 25<<20), mostLargest),
		DailyBytes: cmp.Or(l.DailyBytes, 500<<20),
		DailyFiles: cmp.Or(l.DailyFiles, 200),
		Attached:   cmp.Or(l.Attached, 20),
	}
}

// mostLargest bounds what an operator may allow: a size is an Int of the API.
const mostLargest = 1 << 30

// How long uploads are kept that nobody uses, and how long one may take that is
// sent directly.
const (
	uploadLife = 24 * time.Hour
	ticketLife = time.Hour
)

// Options are what a Service is made of.
type Options struct {
	Storage Storage
	Limits  Limits
	Logger  *slog.Logger     // slog.Default when nil
	Clock   func() time.Time // time.Now when nil
}

// Service keeps files.
type Service struct {
	store   *store.Store
	jobs    *jobs.Runner
	storage Storage
	limits  Limits
	logger  *slog.Logger
	clock   func() time.Time
	links   links.Seal
	looking chan struct{} // how many files are looked at, at the same time
	drawing chan struct{} // how many pictures are in memory, at the same time
}

// New makes the service, and tells the runner how its work is done.
func New(st *store.Store, runner *jobs.Runner, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	s := &Service{
		store: st, jobs: runner, storage: o.Storage, limits: o.Limits.withDefaults(), logger: o.Logger, clock: o.Clock,
		looking: make(chan struct{}, 4), drawing: make(chan struct{}, 1),
	}
	s.links = links.Seal{Store: st, Name: "file-links", Now: s.now}
	jobs.Handle(runner, jobs.Kind{Timeout: 2 * time.Minute, Shown: []string{"file"}}, s.scaleWork)
	jobs.Handle(runner, jobs.Kind{Timeout: time.Minute}, s.discardWork)
	jobs.Handle(runner, jobs.Kind{Timeout: time.Hour, Long: true, Attempts: 2}, s.tidyWork)
	runner.Every(tidyEvery, tidy{})
	return s
}

func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

// Largest is how many bytes a file may have.
func (s *Service) Largest() int64 { return s.limits.Largest }

// turnOf waits for a place, until the context ends.
func turnOf(ctx context.Context, places chan struct{}) (done func(), err error) {
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
