package graph

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/auth"
	"foyer/portal/problem"
)

// SSE is the transport of server-sent events: one operation a request, its
// answers as events "next", then an event "complete". It is the "distinct
// connections mode" of https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md,
// by POST alone, with parameters from Protocol.
type SSE struct{ o StreamOptions }

var _ graphql.Transport = (*SSE)(nil)

// NewSSE makes the transport.
func NewSSE(o StreamOptions) *SSE { return &SSE{o.withDefaults()} }

// Supports implements graphql.Transport.
func (*SSE) Supports(r *http.Request) bool {
	_, ok := r.Context().Value(paramsKey{}).(*graphql.RawParams)
	return ok && streams(r) && !uploaded(r.Context())
}

// Do implements graphql.Transport.
func (s *SSE) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	v := auth.From(r.Context())
	if v == nil || s.o.SignedIn && v.Kind == auth.KindAnonymous {
		writeProblem(w, r, http.StatusUnauthorized, problem.ErrUnauthenticated)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	stopping := make(chan struct{})
	x, full := s.o.Streams.enter(whose(ctx, v), s.o.Limits.Connections, s.o.Limits.Streams, sync.OnceFunc(func() { close(stopping) }))
	if full != nil {
		writeProblem(w, r, full.status, full.problem)
		return
	}
	defer s.o.Streams.leave(x)
	g := s.o.watch(ctx, v, time.Now())
	defer g.stop()
	e := &eventWriter{w: w, control: http.NewResponseController(w), limit: s.o.Limits.Write}
	h := w.Header()
	h.Set("Content-Type", typeStream+"; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // of nginx, which would collect events
	w.WriteHeader(http.StatusOK)
	if !e.write() {
		return
	}

	// The operation has its own goroutine; this one alone writes.
	type outcome struct {
		errs gqlerror.List
		end  *ending
	}
	messages, done := make(chan []byte), make(chan outcome, 1)
	go func() {
		params, _ := ctx.Value(paramsKey{}).(*graphql.RawParams)
		errs, end := s.o.operate(ctx, exec, params, g, func(answer *graphql.Response) bool {
			b := mustJSON(answer)
			select {
			case messages <- b:
				return true
			case <-ctx.Done():
				return false
			}
		})
		done <- outcome{errs, end}
		close(done)
	}()
	defer func() {
		cancel()
		for range done { // its context is that of a request that is about to end
		}
	}()

	timer := time.NewTimer(s.o.Limits.KeepAlive)
	defer timer.Stop()
	for {
		wait := s.o.Limits.KeepAlive
		if due := g.due(); !due.IsZero() {
			wait = min(wait, time.Until(due))
		}
		timer.Reset(max(wait, 0))
		var end *ending
		select {
		case <-r.Context().Done():
			return
		case <-stopping:
			return // without "complete": there is more to come, from another server
		case b := <-messages:
			if !e.send("next", b) {
				return
			}
		case o := <-done:
			if len(o.errs) > 0 && !e.send("next", mustJSON(notExecuted{o.errs})) {
				return
			}
			if end = o.end; end == nil {
				e.send("complete", nil)
				return
			}
		case <-g.changed:
			end = g.recheck()
		case <-timer.C:
			if end = g.look(); end == nil && !e.comment() {
				return
			}
		}
		if end != nil {
			if e.send("next", mustJSON(s.farewell(ctx, end))) {
				e.send("complete", nil)
			}
			return
		}
	}
}

func (s *SSE) farewell(ctx context.Context, end *ending) any {
	return notExecuted{Errors: gqlerror.List{s.o.Presenter.Present(ctx, end.problem)}}
}

// notExecuted is the answer to an operation without data: not even null.
type notExecuted struct {
	Errors gqlerror.List `json:"errors"`
}

// mustJSON marshals an answer. What cannot be is a scalar that wrote something
// that is no JSON: a bug, for the recovery around it to log.
func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// eventWriter writes server-sent events, each within a limit of time: the server's
// own is for whole answers. Its functions say whether there is still somebody
// to write to.
type eventWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	limit   time.Duration
}

// send writes an event; data is one line.
func (e *eventWriter) send(event string, data []byte) bool {
	if data != nil {
		event += "\ndata: "
	} else {
		event += "\ndata:"
	}
	return e.write([]byte("event: "+event), data, []byte("\n\n"))
}

// comment keeps the connection from looking idle.
func (e *eventWriter) comment() bool { return e.write([]byte(":\n\n")) }

func (e *eventWriter) write(parts ...[]byte) bool {
	_ = e.control.SetWriteDeadline(time.Now().Add(e.limit)) // a writer that has none needs none
	for _, b := range parts {
		if _, err := e.w.Write(b); err != nil { //nolint:gosec // JSON, and not as a page
			return false
		}
	}
	return e.control.Flush() == nil
}
