package graph

import (
	"bufio"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/auth"
	"foyer/portal/problem"
)

// subprotocol is the one that is spoken. The older one, graphql-ws, is not: its
// own library has been given up, and it has no way to say why it ends.
const subprotocol = "graphql-transport-ws"

// Close codes of the subprotocol.
const (
	codeBadRequest     websocket.StatusCode = 4400
	codeUnauthorized   websocket.StatusCode = 4401
	codeForbidden      websocket.StatusCode = 4403
	codeNotAcceptable  websocket.StatusCode = 4406
	codeInitTimeout    websocket.StatusCode = 4408
	codeIDInUse        websocket.StatusCode = 4409
	codeTooManyInits   websocket.StatusCode = 4429
	codeWithoutClosing websocket.StatusCode = 0 // none is sent: the client has gone, or does not listen
)

const (
	maxID = 128 // bytes of an operation's id
	// maxInit is how long a message may be of somebody who has not said who they
	// are: a token, and room to spare. What waits for its last byte is memory.
	maxInit = 32 << 10
	// pending is how many connections of one network may be about to say who
	// they are, in multiples of those that one viewer may have: in one
	// there may be an office whose connections all come back at once.
	pending = 5
	// closing is how long a client has to take a close code and to answer it.
	closing = 5 * time.Second
)

// The endings that are about the connection.
var (
	endGone        = &ending{code: codeWithoutClosing}
	endMalformed   = &ending{code: codeBadRequest, reason: "Invalid message"}
	endTooLong     = &ending{code: websocket.StatusMessageTooBig, reason: "Message too long"}
	endNoInit      = &ending{code: codeUnauthorized, reason: "Unauthorized"}
	endForbidden   = &ending{code: codeForbidden, reason: "Forbidden"}
	endSubprotocol = &ending{code: codeNotAcceptable, reason: "Subprotocol not acceptable"}
	endSilent      = &ending{code: codeInitTimeout, reason: "Connection initialisation timeout"}
	endTwice       = &ending{code: codeTooManyInits, reason: "Too many initialisation requests"}
	endTooMany     = &ending{code: websocket.StatusTryAgainLater, reason: "LIMIT_EXCEEDED: too many connections"}
	endTrouble     = &ending{code: websocket.StatusTryAgainLater, reason: "Try again later"}
	endSlow        = &ending{code: websocket.StatusTryAgainLater, reason: "Messages are not taken fast enough"}
	endStopping    = &ending{code: websocket.StatusGoingAway, reason: "The server is stopping"}
)

var (
	errOperations = problem.New(problem.LimitExceeded, "Too many operations are open on this connection.",
		"Auf dieser Verbindung sind zu viele Operationen offen.")
	errHeld = problem.New(problem.LimitExceeded, "The operations open on this connection are too large together.",
		"Die Operationen, die auf dieser Verbindung offen sind, sind zusammen zu groß.")
)

// Websocket is the transport of the subprotocol graphql-transport-ws, to the
// letter of https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md.
// The library's own is not used: it sends other close codes, lets a second
// operation take the place of the first with the same id, and completes what
// has ended with an error.
//
// A connection is two goroutines, one that reads and a guard for all that
// comes with time, and one more for each operation. There
// is no queue of messages: an operation waits until its message is written, and
// makes the next one then. A client that does not read is cut off.
type Websocket struct{ o StreamOptions }

var _ graphql.Transport = (*Websocket)(nil)

// NewWebsocket makes the transport.
func NewWebsocket(o StreamOptions) *Websocket { return &Websocket{o.withDefaults()} }

// Supports implements graphql.Transport.
func (*Websocket) Supports(r *http.Request) bool { return upgrades(r) }

// Do implements graphql.Transport. It returns when the connection is open: the
// goroutine of the request, with all its handlers on the stack, would take as
// much memory as the rest of an idle connection.
func (t *Websocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	c := &socket{
		o: &t.o, exec: exec, header: r.Header, ctx: ctx, cancel: cancel, plain: context.WithoutCancel(ctx),
		begun: make(chan *vigil, 1), quit: make(chan struct{}), operations: map[string]*operation{},
	}
	var full *httpError
	c.seat, full = t.o.Streams.enter("pending/"+auth.Network(auth.RequestFrom(ctx).Address), pending*t.o.Limits.Connections, t.o.Limits.Streams,
		func() { c.shut(endStopping) })
	if full != nil {
		cancel()
		writeProblem(w, r, full.status, full.problem)
		return
	}
	served := false
	defer func() {
		if !served {
			cancel()
			t.o.Streams.leave(c.seat)
		}
	}()
	hijacked := &hijacker{ResponseWriter: w}
	conn, err := websocket.Accept(hijacked, r, &websocket.AcceptOptions{
		Subprotocols: []string{subprotocol}, OriginPatterns: t.o.AllowedOrigins,
		OnPingReceived: func(context.Context, []byte) bool { c.heard(); return true },
		OnPongReceived: func(context.Context, []byte) { c.heard() },
	})
	if err != nil {
		return // it has been answered
	}
	c.conn = conn
	c.net.Store(&hijacked.conn)
	conn.SetReadLimit(min(maxInit, t.o.Limits.Body))
	c.slow = time.AfterFunc(t.o.Limits.Write, func() { c.shut(endSlow) })
	c.slow.Stop()
	c.heard()
	if conn.Subprotocol() != subprotocol {
		c.shut(endSubprotocol)
	}
	served = true
	go c.serve()
}

// serve is the connection, from its first message to its end. Streams wait for
// it.
func (c *socket) serve() {
	start := time.Now()
	defer c.o.Streams.leave(c.seat)
	var guard sync.WaitGroup
	guard.Go(c.guard)
	defer func() {
		if v := recover(); v != nil { // nothing above would keep it from ending the process
			_ = c.o.Presenter.Present(c.ctx, c.o.Presenter.Recover(c.ctx, v)) // for the log
		}
		c.shut(endGone)
		guard.Wait()
		c.running.Wait()
		if c.vigil != nil {
			c.vigil.stop()
		}
		request, end, kind := auth.RequestFrom(c.ctx), c.ended.Load(), ""
		if v := auth.From(c.ctx); v != nil {
			kind = string(v.Kind)
		}
		c.o.Logger.InfoContext(c.ctx, "websocket", "outcome", cmp.Or(end.reason, "left"), "code", int(end.code),
			"ms", time.Since(start).Milliseconds(), "requestId", request.ID,
			"viewer", kind, "client", request.Client, "address", request.Address)
	}()
	c.read()
}

// hijacker keeps the network connection that becomes a websocket at hand: its
// deadlines end what waits on it without ending the websocket at once.
type hijacker struct {
	http.ResponseWriter
	conn net.Conn
}

// Hijack implements http.Hijacker.
func (h *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(h.ResponseWriter).Hijack()
	h.conn = conn
	return conn, rw, err
}

// socket is one connection.
type socket struct {
	o      *StreamOptions
	exec   graphql.GraphExecutor
	header http.Header
	seat   *seat
	conn   *websocket.Conn
	net    atomic.Pointer[net.Conn]
	// ctx is that of the operations, with their viewer once that is known.
	ctx    context.Context
	cancel context.CancelFunc
	// plain never ends: a context that does would cut the connection without a code.
	plain context.Context

	// Of the reading goroutine.
	initialised bool
	vigil       *vigil
	full        time.Time // when the allowance of messages is used up

	begun chan *vigil  // tells the guard that the connection is open
	alive atomic.Int64 // when something was heard of the client, in nanoseconds
	inits atomic.Bool  // the client has begun to say who it is

	running sync.WaitGroup

	mu         sync.Mutex
	operations map[string]*operation // by their ids: those whose end nobody has said
	goroutines int                   // of operations, also of those that the client has completed
	held       int64                 // bytes of the messages of these

	writing sync.Mutex
	slow    *time.Timer // runs while something is written

	ended  atomic.Pointer[ending]
	ending sync.Once
	quit   chan struct{}
}

// operation is one of a connection.
type operation struct {
	id     string
	size   int64
	cancel context.CancelFunc
	log    logEntry
	sent   int

	released bool
}

// message is what goes to the client.
type message struct {
	ID      string `json:"id,omitempty"`
	Type    string `json:"type"`
	Payload any    `json:"payload,omitempty"`
}

// shut ends the connection, for the first reason that it is called with. It
// does not wait: the guard says goodbye. From here on nothing is sent any more.
func (c *socket) shut(why *ending) {
	c.ending.Do(func() {
		c.ended.Store(why)
		c.cancel()
		c.hurry()
		close(c.quit)
	})
}

// hurry sets an end to what reads and writes now: a client that neither reads
// nor answers the closing is not waited for.
func (c *socket) hurry() {
	if conn := c.net.Load(); conn != nil {
		_ = (*conn).SetDeadline(time.Now().Add(min(closing, c.o.Limits.Write))) // it may be closed
	}
}

func (c *socket) heard() { c.alive.Store(time.Now().UnixNano()) }

// guard does what comes with time, and closes the connection.
func (c *socket) guard() {
	defer c.bye()
	var (
		g       *vigil
		changed <-chan struct{}
		pinged  time.Time
	)
	timer := time.NewTimer(c.o.Limits.Init)
	defer timer.Stop()
	for {
		select {
		case <-c.quit:
			return
		case g = <-c.begun:
			changed = g.changed
		case <-changed:
			if end := g.recheck(); end != nil {
				c.shut(end)
				return
			}
		case <-timer.C:
		}
		if g == nil {
			if !c.inits.Load() {
				c.shut(endSilent)
				return
			}
			continue // whoever finds out who it is comes to an end, and tells
		}
		if end := g.look(); end != nil {
			c.shut(end)
			return
		}
		now, alive := time.Now(), time.Unix(0, c.alive.Load())
		next := alive.Add(c.o.Limits.Ping)
		if !now.Before(next) {
			if next = next.Add(c.o.Limits.Ping); !now.Before(next) {
				c.shut(endGone)
				return
			}
			if pinged.Before(alive) {
				pinged = now
				c.send(message{Type: "ping"})
			}
		}
		if due := g.due(); !due.IsZero() && due.Before(next) {
			next = due
		}
		timer.Reset(max(time.Until(next), 0))
	}
}

// bye closes the connection with the code of its ending.
func (c *socket) bye() {
	end := c.ended.Load()
	if c.hurry(); end.code != codeWithoutClosing {
		_ = c.conn.Close(end.code, end.reason) // the client may have gone
	}
	_ = c.conn.CloseNow() // nothing is left to do about an error
}

// read reads messages until the connection ends.
func (c *socket) read() {
	for c.ended.Load() == nil {
		kind, b, err := c.conn.Read(c.plain)
		if errors.Is(err, websocket.ErrMessageTooBig) {
			c.shut(endTooLong)
		}
		if err != nil || c.ended.Load() != nil {
			return
		}
		c.heard()
		if kind != websocket.MessageText || !utf8.Valid(b) {
			c.shut(endMalformed)
			return
		}
		if end := c.take(b); end != nil {
			c.shut(end)
			return
		}
		if !c.pace() {
			return
		}
	}
}

// pace reads a client that sends without a break only as fast as the limit
// allows, so that what it sends waits in its own buffers. Two seconds' worth
// may come at once. It says whether to go on.
func (c *socket) pace() bool {
	const burst = 2 * time.Second
	now := time.Now()
	if c.full.Before(now) {
		c.full = now
	}
	c.full = c.full.Add(time.Second / time.Duration(c.o.Limits.Messages))
	wait := c.full.Sub(now) - burst
	if wait <= 0 {
		return true
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-c.quit:
		return false
	case <-timer.C:
		return true
	}
}

// take does what a message says. It returns the ending for one that breaks
// the protocol.
func (c *socket) take(b []byte) *ending {
	var (
		m    map[string]json.RawMessage // and no struct, whose fields would go by any case
		kind string
		id   string
	)
	if json.Unmarshal(b, &m) != nil || json.Unmarshal(m["type"], &kind) != nil {
		return endMalformed
	}
	if kind == "subscribe" || kind == "complete" {
		if json.Unmarshal(m["id"], &id) != nil || id == "" || len(id) > maxID {
			return endMalformed
		}
	}
	payload := m["payload"]
	var object map[string]json.RawMessage // of every message that has a payload
	if payload != nil && json.Unmarshal(payload, &object) != nil {
		return endMalformed
	}
	switch kind {
	case "connection_init":
		return c.init(object)
	case "ping":
		pong := message{Type: "pong"}
		if payload != nil {
			pong.Payload = payload
		}
		c.send(pong)
		return nil
	case "pong":
		return nil
	case "subscribe":
		return c.subscribe(id, object, int64(len(b)))
	case "complete":
		c.complete(id)
		return nil
	}
	return endMalformed
}

// init finds out who the client is, by the token in its payload or that of the
// request before it.
func (c *socket) init(payload map[string]json.RawMessage) *ending {
	if c.initialised {
		return endTwice
	}
	c.initialised = true
	c.inits.Store(true)
	said := headers(payload)
	request := auth.RequestFrom(c.ctx)
	request.Client = cmp.Or(printable(said.Get("X-Client-Name"), 64), request.Client)
	request.ClientVersion = cmp.Or(printable(said.Get("X-Client-Version"), 64), request.ClientVersion)
	ctx := auth.WithRequest(c.ctx, request)
	known := time.Now()
	v := auth.From(ctx)
	if tokens := said.Values("Authorization"); len(tokens) > 0 {
		token, ok := bearer(tokens)
		if !ok || len(token) > maxAuthorization {
			return endForbidden
		}
		var err error
		v, err = c.o.Authenticator.Authenticate(ctx, token)
		if err != nil && !errors.Is(err, problem.ErrUnauthenticated) {
			// The client keeps its token, which may be good.
			_ = c.o.Presenter.Present(ctx, err) // for the log
			return endTrouble
		}
	}
	if v == nil || c.o.SignedIn && v.Kind == auth.KindAnonymous {
		return endForbidden
	}
	if c.o.Streams.move(c.seat, whose(ctx, v), c.o.Limits.Connections) != nil {
		return endTooMany
	}
	c.conn.SetReadLimit(c.o.Limits.Body)
	c.ctx = auth.WithViewer(ctx, v)
	c.vigil = c.o.watch(c.ctx, v, known)
	c.begun <- c.vigil
	c.send(message{Type: "connection_ack"})
	return nil
}

// headers reads a payload as the headers that a browser cannot send with a
// websocket. What is no text is left out, but for a token, which must not turn
// into none.
func headers(payload map[string]json.RawMessage) http.Header {
	h := http.Header{}
	for name, raw := range payload {
		var value string
		if string(raw) == "null" {
			continue // what a client sends that has no token
		}
		if json.Unmarshal(raw, &value) == nil || strings.EqualFold(name, "Authorization") {
			h.Add(name, value)
		}
	}
	return h
}

// subscribe starts an operation, of whatever kind.
func (c *socket) subscribe(id string, payload map[string]json.RawMessage, size int64) *ending {
	if c.vigil == nil {
		return endNoInit
	}
	start := graphql.Now()
	params, fail := decode(payload)
	if fail != nil {
		return endMalformed
	}
	params.Headers = c.header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	ctx, cancel := context.WithCancel(c.ctx)
	o := &operation{id: id, size: size, cancel: cancel}
	refusal, end := c.admit(o)
	if end != nil || refusal != nil {
		cancel()
		if refusal != nil {
			c.send(message{id, "error", gqlerror.List{c.o.Presenter.Present(c.ctx, refusal)}})
		}
		return end
	}
	c.running.Go(func() { c.run(ctx, o, params) })
	return nil
}

// admit counts an operation in, or says why not.
func (c *socket) admit(o *operation) (*problem.Error, *ending) {
	c.mu.Lock()
	defer c.mu.Unlock()
	limit := c.o.Limits.Operations
	switch {
	case c.operations[o.id] != nil:
		return nil, &ending{code: codeIDInUse, reason: "Subscriber for " + reasonable(o.id) + " already exists"}
	case len(c.operations) >= limit, c.goroutines >= 2*limit: // what the client has completed takes a moment to end
		return errOperations, nil
	case c.held+o.size > 2*c.o.Limits.Body:
		return errHeld, nil
	}
	c.operations[o.id] = o
	c.goroutines++
	c.held += o.size
	return nil, nil
}

// release counts an operation out. The caller holds the lock.
func (c *socket) release(o *operation) {
	if c.operations[o.id] == o {
		delete(c.operations, o.id)
	}
	if !o.released {
		o.released = true
		c.goroutines--
		c.held -= o.size
	}
}

// reasonable is an id for the reason of a close code, which has room for 123 bytes.
func reasonable(id string) string { return strings.ToValidUTF8(id[:min(len(id), 64)], "") }

// complete is the client's word that it wants no more of an operation.
func (c *socket) complete(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if o := c.operations[id]; o != nil {
		delete(c.operations, id) // from here on send leaves its messages out
		o.cancel()
	}
}

// run runs an operation and tells the client of its answers and its end.
func (c *socket) run(ctx context.Context, o *operation, params *graphql.RawParams) {
	start := time.Now()
	request := auth.RequestFrom(ctx)
	connection := request.ID
	request.ID = rand.Text() // of the operation: the audit and the log keep them apart
	ctx = context.WithValue(auth.WithRequest(ctx, request), logEntryKey{}, &o.log)
	ctx = graphql.StartOperationTrace(ctx)
	errs, end := c.o.operate(ctx, c.exec, params, c.vigil, func(answer *graphql.Response) bool {
		return c.tell(o, message{o.id, "next", answer}, false)
	})
	outcome := "completed"
	switch {
	case end != nil:
		outcome = end.reason
		c.shut(end)
	case len(errs) > 0:
		outcome = "refused"
		c.tell(o, message{o.id, "error", errs}, true)
	case !c.tell(o, message{o.id, "complete", nil}, true):
		outcome = "left"
	}
	o.cancel()
	c.mu.Lock()
	c.release(o)
	c.mu.Unlock()
	name, _ := o.log.get()
	c.o.Logger.InfoContext(ctx, "operation", "operation", name, "outcome", outcome, "messages", o.sent,
		"ms", time.Since(start).Milliseconds(), "requestId", request.ID, "connection", connection,
		"viewer", string(c.vigil.viewer.Kind), "client", request.Client, "address", request.Address)
}

// tell sends a message of an operation, the last one or not. It says whether
// it was sent: not when the client has completed the operation.
func (c *socket) tell(o *operation, m message, last bool) bool {
	sent := c.write(m, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		open := c.operations[o.id] == o
		if last && open {
			c.release(o) // before the client can know and begin another
		}
		return open
	})
	if sent && !last {
		o.sent++
	}
	return sent
}

// send sends a message that is of no operation.
func (c *socket) send(m message) { c.write(m, func() bool { return true }) }

// write writes a message if there still is a reason to when its turn has come.
// It takes as long as the client lets it, within the limit.
func (c *socket) write(m message, wanted func() bool) bool {
	b := mustJSON(m)
	c.writing.Lock()
	defer c.writing.Unlock()
	if c.ended.Load() != nil || !wanted() {
		return false
	}
	c.slow.Reset(c.o.Limits.Write)
	defer c.slow.Stop()
	if err := c.conn.Write(c.plain, websocket.MessageText, b); err != nil {
		c.shut(endGone)
		return false
	}
	return true
}
