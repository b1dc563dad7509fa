package graph

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/auth"
	"foyer/portal/problem"
)

// StreamOptions are what the transports of streams, Websocket and SSE, are
// made of. Both need the same Streams.
type StreamOptions struct {
	// Authenticator finds out who a websocket's connection_init is from.
	Authenticator Authenticator
	// Rechecker says when that is no longer so; viewers stay who they were
	// until their token expires when it is nil.
	Rechecker Rechecker
	// Presenter makes the errors of what goes wrong outside an operation.
	Presenter *Presenter
	// Limits bound streams, and the messages on them.
	Limits Limits
	// Streams are those that are open.
	Streams *Streams
	// SignedIn refuses streams of those who are not.
	SignedIn bool
	// AllowedOrigins are the hosts whose pages may open a websocket besides
	// the one that serves it, as patterns of path.Match.
	AllowedOrigins []string
	// Logger gets a line for each operation on a websocket; slog.Default when nil.
	Logger *slog.Logger
}

func (o StreamOptions) withDefaults() StreamOptions {
	o.Limits = o.Limits.withDefaults()
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// Rechecker says whether a viewer of a stream, which may be open for as long
// as their token is good, still is who they were when it began.
type Rechecker interface {
	// Watch begins to listen for what may change a viewer: their session ends,
	// their role or its grants change. The channel receives a value each time;
	// several changes may be one value, and a value no change at all. It is
	// never closed, and may be nil when nothing can change. stop must be called
	// once, and nothing is sent after it.
	Watch(ctx context.Context, v *auth.Viewer) (changed <-chan struct{}, stop func())
	// Recheck reads the viewer anew. problem.ErrUnauthenticated means that
	// they are nobody any more; every other error is the server's own, and
	// Recheck is called again a little later.
	Recheck(ctx context.Context, v *auth.Viewer) (*auth.Viewer, error)
}

// ending is why the server ends a stream: a close code and its reason for a
// websocket, a problem for the last message of server-sent events.
type ending struct {
	code    websocket.StatusCode
	reason  string
	problem *problem.Error
}

// The endings that are about the viewer. All have the code after which the
// clients of graphql-transport-ws connect again, with a fresh token.
var (
	endExpired = &ending{codeForbidden, "token expired", problem.New(problem.Unauthenticated,
		"Your token has expired. Connect again with a fresh one.",
		"Ihr Token ist abgelaufen. Verbinden Sie sich erneut mit einem frischen.")}
	endSession = &ending{codeForbidden, "session ended", problem.New(problem.Unauthenticated,
		"Your session has ended.", "Ihre Sitzung ist beendet.")}
	endChanged = &ending{codeForbidden, "permissions changed", problem.New(problem.Unauthenticated,
		"Your permissions have changed. Connect again.", "Ihre Berechtigungen haben sich geändert. Verbinden Sie sich erneut.")}
)

// vigil watches the viewer of one stream. What is sent to them passes through
// fresh; next, due and changed are for the goroutine that owns the stream.
type vigil struct {
	viewer  *auth.Viewer
	by      Rechecker
	o       *StreamOptions
	ctx     context.Context // of the stream, for checks outlive the operation that asks for one
	changed <-chan struct{}
	stop    func()
	retry   time.Time // of the owner alone: when a check that failed is made again

	mu   sync.Mutex
	last time.Time // the viewer was known to be good
}

// watch begins to watch; stop must be called when the stream has ended.
func (o *StreamOptions) watch(ctx context.Context, v *auth.Viewer, known time.Time) *vigil {
	g := &vigil{viewer: v, by: o.Rechecker, o: o, ctx: ctx, last: known, stop: func() {}}
	if g.by != nil {
		g.changed, g.stop = g.by.Watch(ctx, v)
	}
	return g
}

// due is when the owner has to look again: when the token expires, and when a
// failed check is to be repeated. Zero is never.
func (g *vigil) due() time.Time {
	if g.retry.IsZero() || !g.viewer.ExpiresAt.IsZero() && g.viewer.ExpiresAt.Before(g.retry) {
		return g.viewer.ExpiresAt
	}
	return g.retry
}

// look is what the owner does when due says so.
func (g *vigil) look() *ending {
	if g.expired() {
		return endExpired
	}
	if !g.retry.IsZero() && !time.Now().Before(g.retry) {
		return g.recheck()
	}
	return nil
}

func (g *vigil) expired() bool {
	return !g.viewer.ExpiresAt.IsZero() && !time.Now().Before(g.viewer.ExpiresAt)
}

// recheck is what the owner does when the viewer may have changed.
func (g *vigil) recheck() *ending {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last, g.retry = time.Time{}, time.Time{} // what is sent from now on waits for this check
	end, err := g.ask()
	if err != nil {
		g.retry = time.Now().Add(g.o.Limits.Recheck)
	}
	return end
}

// fresh returns nil if the viewer may be sent something: it asks when the last
// check is too old. While the check cannot be made nothing is sent: it waits.
func (g *vigil) fresh(ctx context.Context) *ending {
	for {
		if ctx.Err() != nil {
			return nil // whoever asks has no use for an answer any more
		}
		if g.expired() {
			return endExpired
		}
		end, err := g.check()
		if err == nil {
			return end
		}
		wait := time.NewTimer(g.o.Limits.Recheck)
		select {
		case <-ctx.Done():
		case <-wait.C:
		}
		wait.Stop()
	}
}

func (g *vigil) check() (*ending, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.by == nil || time.Since(g.last) < g.o.Limits.Recheck {
		return nil, nil
	}
	return g.ask()
}

// ask reads the viewer anew; the caller holds the lock, so that the operations
// of a connection share one look.
func (g *vigil) ask() (end *ending, err error) {
	defer func() { // the owner may be a goroutine in which a panic would end the process
		if v := recover(); v != nil {
			err = g.o.Presenter.Recover(g.ctx, v)
			_ = g.o.Presenter.Present(g.ctx, err) // for the log
		}
	}()
	at := time.Now() // before the answer is read, or a change in between would count as seen
	now, err := g.by.Recheck(g.ctx, g.viewer)
	switch {
	case errors.Is(err, problem.ErrUnauthenticated), err == nil && now == nil:
		return endSession, nil
	case err != nil:
		if g.ctx.Err() == nil {
			g.o.Logger.WarnContext(g.ctx, "a viewer could not be checked again", "requestId", auth.RequestFrom(g.ctx).ID, "error", err.Error())
		}
		return nil, err
	case !sameAccess(g.viewer, now):
		return endChanged, nil
	}
	g.last = at
	return nil, nil
}

// sameAccess says whether two viewers see and may do the same. Their name and
// language are no matter of access.
func sameAccess(a, b *auth.Viewer) bool {
	return a.Identity() == b.Identity() && a.OrganizationID == b.OrganizationID && a.Grants().Equal(b.Grants()) &&
		sameSet(a.Tree, b.Tree) && sameSet(a.Assigned, b.Assigned) && sameSet(a.Selected, b.Selected)
}

func sameSet(a, b []string) bool {
	return slices.Equal(a, b) || slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// operate runs one operation and gives each of its answers to next, which says
// whether there shall be more. errs are of an operation that was not executed,
// ready for the client. end is set when the whole stream must end. An answer
// is good until next returns: the generated code uses its buffer again.
//
// It never panics, for it runs in goroutines of its own, where a panic would
// be the end of the process.
func (o *StreamOptions) operate(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams, g *vigil,
	next func(*graphql.Response) bool,
) (errs gqlerror.List, end *ending) {
	defer func() {
		if v := recover(); v != nil {
			errs = gqlerror.List{o.Presenter.Present(ctx, o.Presenter.Recover(ctx, v))}
		}
	}()
	if end = g.fresh(ctx); end != nil || ctx.Err() != nil {
		return nil, end
	}
	op, errs := exec.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		return errs, nil
	}
	handler, inner := exec.DispatchOperation(ctx, op)
	for {
		answer := handler(inner)
		if answer == nil {
			return nil, nil
		}
		if op.Operation.Operation != ast.Subscription {
			next(answer)
			return nil, nil
		}
		// The message has been read from the database as the viewer; whether
		// they are that viewer still is asked after, so that a change before
		// the reading is always noticed.
		if end = g.fresh(ctx); end != nil {
			return nil, end
		}
		if !next(answer) {
			return nil, nil
		}
	}
}

// Streams are the websockets and server-sent events that a server has open. It
// bounds their number, and ends them when the server stops, for which
// http.Server's Shutdown would wait for ever or not at all. The zero value is
// ready; it must not be copied.
type Streams struct {
	mu      sync.Mutex
	stopped bool
	open    map[*seat]struct{}
	of      map[string]int
	gone    sync.WaitGroup
}

// seat is the place of one stream.
type seat struct {
	whose string
	stop  func() // must not wait
}

// The refusals of a stream, with the status for those that are still requests.
var (
	errStopping = &httpError{http.StatusServiceUnavailable, problem.New(problem.LimitExceeded,
		"The server is stopping. Connect again.", "Der Server wird beendet. Verbinden Sie sich erneut.")}
	errStreams = &httpError{http.StatusServiceUnavailable, problem.New(problem.LimitExceeded,
		"Too many streams are open. Try again later.", "Es sind zu viele Datenströme offen. Versuchen Sie es später erneut.")}
	errYourStreams = &httpError{http.StatusTooManyRequests, problem.New(problem.LimitExceeded,
		"You have too many streams open. Close some.", "Sie haben zu viele Datenströme offen. Schließen Sie einige.")}
)

// enter takes a place for a stream: one of all, and one of whose.
func (s *Streams) enter(whose string, of, all int, stop func()) (*seat, *httpError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.stopped:
		return nil, errStopping
	case len(s.open) >= all:
		return nil, errStreams
	case s.of[whose] >= of:
		return nil, errYourStreams
	case s.open == nil:
		s.open, s.of = map[*seat]struct{}{}, map[string]int{}
	}
	x := &seat{whose, stop}
	s.open[x] = struct{}{}
	s.of[whose]++
	s.gone.Add(1)
	return x, nil
}

// move makes a stream that of somebody else, of whom there may be so many.
func (s *Streams) move(x *seat, whose string, of int) *httpError {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[whose] >= of {
		return errYourStreams
	}
	s.drop(x.whose)
	x.whose = whose
	s.of[whose]++
	return nil
}

func (s *Streams) leave(x *seat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, x)
	s.drop(x.whose)
	s.gone.Done()
}

func (s *Streams) drop(whose string) {
	if s.of[whose]--; s.of[whose] <= 0 {
		delete(s.of, whose)
	}
}

// Close ends all streams, lets no more begin, and waits until they are gone or
// the context ends. A server calls it before http.Server's Shutdown.
func (s *Streams) Close(ctx context.Context) error {
	s.mu.Lock()
	s.stopped = true
	open := slices.Collect(maps.Keys(s.open))
	s.mu.Unlock()
	for _, x := range open {
		x.stop()
	}
	gone := make(chan struct{})
	go func() {
		s.gone.Wait()
		close(gone)
	}()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// whose names the viewer for the limit on their streams. Who is not signed in
// is known by the network they come from alone: one party has as many addresses
// of IPv6 as it likes.
func whose(ctx context.Context, v *auth.Viewer) string {
	if v.UserID == "" && v.Kind != auth.KindKey {
		return v.Identity() + "/" + auth.Network(auth.RequestFrom(ctx).Address)
	}
	return v.Identity()
}
