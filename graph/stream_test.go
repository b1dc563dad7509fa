package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/problem"
)

const liveSDL = `
directive @requires(permission: String!) on FIELD_DEFINITION
type Query { hello: String slow: String boom: String list: [String] }
type Mutation { do: String signIn: String }
type Subscription {
  countdown(to: Int!): Int
  news: News @requires(permission: "news")
  fails: String
  boom: String
}
type News { n: Int! loader: Int big: String broken: String secret: String @requires(permission: "staff") }
`

// live is a server of streams over the fake.
type live struct {
	t       *testing.T
	url     string
	server  *httptest.Server
	streams *Streams
	logs    *logs
	// news goes to the subscriptions of that name, one message to one of them.
	news chan any
	// open counts the subscriptions whose context has not ended.
	open atomic.Int32
	// people are the viewers by their tokens.
	people people
}

// people are an Authenticator.
type people struct {
	mu sync.Mutex
	by map[string]*auth.Viewer
}

func (p *people) set(token string, v *auth.Viewer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.by[token] = v
}

func (p *people) Authenticate(_ context.Context, token string) (*auth.Viewer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch v := p.by[token]; {
	case token == "broken":
		return nil, errors.New("pq: the database is gone")
	case v == nil:
		return nil, fmt.Errorf("no session of %s: %w", token, problem.ErrUnauthenticated)
	default:
		return v, nil
	}
}

func (*people) Anonymous(context.Context) *auth.Viewer {
	return auth.Viewer{Kind: auth.KindAnonymous, Language: "en"}.WithGrants(auth.NewGrants("ANONYMOUS", nil, nil, nil))
}

func member(user string, permissions ...string) auth.Viewer {
	v := *viewer(auth.KindMember, permissions...)
	v.UserID = user
	return v
}

func newLive(t *testing.T, change ...func(*StreamOptions)) *live {
	t.Helper()
	l := &live{t: t, streams: &Streams{}, logs: &logs{}, news: make(chan any), people: people{by: map[string]*auth.Viewer{}}}
	for _, name := range []string{"ann", "bob"} {
		v := member(name, "news")
		l.people.set(name, &v)
	}
	presenter := &Presenter{Logger: l.logs.logger()}
	o := StreamOptions{Authenticator: &l.people, Presenter: presenter, Streams: l.streams, Logger: l.logs.logger()}
	for _, c := range change {
		c(&o)
	}
	type loader struct{}
	var loaders atomic.Int32
	fake := resolvers{
		"Query.hello": func(context.Context, any, map[string]any) (any, error) { return "world", nil },
		"Query.boom":  func(context.Context, any, map[string]any) (any, error) { panic("SELECT password") },
		"Mutation.do": func(context.Context, any, map[string]any) (any, error) { return "done", nil },
		"Mutation.signIn": func(ctx context.Context, _ any, _ map[string]any) (any, error) {
			return fmt.Sprint(cookiesOf(ctx) != nil), nil
		},
		"Query.slow": func(ctx context.Context, _ any, _ map[string]any) (any, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		},
		"Stream.countdown": func(ctx context.Context, _ any, args map[string]any) (any, error) {
			to, _ := args["to"].(int64)
			out := make(chan any)
			l.open.Add(1)
			go func() {
				defer l.open.Add(-1)
				defer close(out)
				for i := range to {
					select {
					case out <- to - i:
					case <-ctx.Done():
						return
					}
				}
			}()
			return (<-chan any)(out), nil
		},
		"Stream.news": func(ctx context.Context, _ any, _ map[string]any) (any, error) {
			l.open.Add(1)
			context.AfterFunc(ctx, func() { l.open.Add(-1) })
			return (<-chan any)(l.news), nil
		},
		"Stream.fails": func(context.Context, any, map[string]any) (any, error) { return nil, problem.ErrNotFound },
		"Stream.boom":  func(context.Context, any, map[string]any) (any, error) { panic("SELECT password") },
		"News.n":       func(_ context.Context, parent any, _ map[string]any) (any, error) { return parent, nil },
		"News.big":     func(context.Context, any, map[string]any) (any, error) { return strings.Repeat("x", 1<<20), nil },
		"News.broken":  func(context.Context, any, map[string]any) (any, error) { return nil, errors.New("pq: column secret") },
		"News.loader":  func(ctx context.Context, _ any, _ map[string]any) (any, error) { return ctx.Value(loader{}), nil },
	}
	a := newAPI(t, liveSDL, fake, func(p *Options) {
		p.Limits, p.Presenter = o.Limits, presenter
		p.Transports = []graphql.Transport{NewWebsocket(o), NewSSE(o), JSON{}}
		p.PerAnswer = func(ctx context.Context) context.Context { return context.WithValue(ctx, loader{}, loaders.Add(1)) }
	})
	h := Requests(l.logs.logger(), nil, Cookies(false, Authenticated(&l.people, presenter, a.h)))
	// The times of a server, which must not end a stream.
	l.server = httptest.NewUnstartedServer(h)
	l.server.Config.ReadTimeout, l.server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	l.server.Start()
	l.url = l.server.URL
	t.Cleanup(func() {
		require.NoError(t, l.streams.Close(context.WithoutCancel(t.Context())))
		l.server.Close()
	})
	return l
}

// tell gives a message to one subscription to the news.
func (l *live) tell(v any) {
	l.t.Helper()
	select {
	case l.news <- v:
	case <-time.After(5 * time.Second):
		require.FailNow(l.t, "nobody takes the news")
	}
}

// settled waits until all streams and subscriptions are gone.
func (l *live) settled() {
	l.t.Helper()
	require.Eventually(l.t, func() bool { return l.count() == 0 && l.open.Load() == 0 }, 10*time.Second, time.Millisecond)
}

func (l *live) count() int {
	l.streams.mu.Lock()
	defer l.streams.mu.Unlock()
	return len(l.streams.open)
}

// client is the other end of a websocket.
type client struct {
	t    *testing.T
	conn *websocket.Conn
}

func (l *live) dial(header ...string) *client {
	l.t.Helper()
	o := &websocket.DialOptions{Subprotocols: []string{subprotocol}, HTTPHeader: http.Header{}}
	for i := 0; i < len(header); i += 2 {
		o.HTTPHeader.Set(header[i], header[i+1])
	}
	conn, _, err := websocket.Dial(l.t.Context(), l.url, o) //nolint:bodyclose // of a websocket there is none
	require.NoError(l.t, err)
	conn.SetReadLimit(-1)
	l.t.Cleanup(func() { _ = conn.CloseNow() })
	return &client{l.t, conn}
}

// hello is a connection of somebody, ready for operations.
func (l *live) hello(token string) *client {
	l.t.Helper()
	c := l.dial()
	payload := ""
	if token != "" {
		payload = `,"payload":{"Authorization":"Bearer ` + token + `"}`
	}
	c.send(`{"type":"connection_init"` + payload + `}`)
	require.Equal(l.t, `{"type":"connection_ack"}`, c.next())
	return c
}

func (c *client) send(text string) {
	c.t.Helper()
	require.NoError(c.t, c.conn.Write(c.t.Context(), websocket.MessageText, []byte(text)))
}

func (c *client) subscribe(id, query string) {
	c.t.Helper()
	b, err := json.Marshal(map[string]any{"id": id, "type": "subscribe", "payload": map[string]any{"query": query}})
	require.NoError(c.t, err)
	c.send(string(b))
}

func (c *client) read() (string, error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 10*time.Second)
	defer cancel()
	_, b, err := c.conn.Read(ctx)
	return string(b), err
}

// next is the next message.
func (c *client) next() string {
	c.t.Helper()
	text, err := c.read()
	require.NoError(c.t, err)
	return text
}

// closed reads the end of the connection; no message may come before it.
func (c *client) closed(code websocket.StatusCode, reason string) {
	c.t.Helper()
	text, err := c.read()
	require.Error(c.t, err, text)
	var end websocket.CloseError
	require.ErrorAs(c.t, err, &end)
	require.Equal(c.t, code, end.Code)
	require.Equal(c.t, reason, end.Reason)
}

// quiet makes sure that nothing has been sent: the answer to a ping comes next.
func (c *client) quiet() {
	c.t.Helper()
	c.send(`{"type":"ping"}`)
	require.Equal(c.t, `{"type":"pong"}`, c.next())
}

// sse opens server-sent events and returns their lines.
func (l *live) sse(token, query string) (*http.Response, *bufio.Reader) {
	l.t.Helper()
	b, err := json.Marshal(map[string]any{"query": query})
	require.NoError(l.t, err)
	r, err := http.NewRequestWithContext(l.t.Context(), http.MethodPost, l.url, strings.NewReader(string(b)))
	require.NoError(l.t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", typeStream)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(l.t, err)
	l.t.Cleanup(func() { _ = resp.Body.Close() })
	return resp, bufio.NewReader(resp.Body)
}

// nextEvent reads one event, or a comment, as it stands on the wire.
func nextEvent(t *testing.T, r *bufio.Reader) string {
	t.Helper()
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		require.NoError(t, err, b.String())
		if line == "\n" {
			return b.String()
		}
		b.WriteString(line)
	}
}

// rechecker is one in which tests change what has become of a viewer.
type rechecker struct {
	mu      sync.Mutex
	answer  func(v *auth.Viewer) (*auth.Viewer, error)
	asked   int
	watched int
	changed chan struct{}
}

func newRechecker() *rechecker { return &rechecker{changed: make(chan struct{})} }

func (r *rechecker) Watch(context.Context, *auth.Viewer) (<-chan struct{}, func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watched++
	return r.changed, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.watched--
	}
}

func (r *rechecker) Recheck(_ context.Context, v *auth.Viewer) (*auth.Viewer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	if r.answer == nil {
		return v, nil
	}
	return r.answer(v)
}

func (r *rechecker) set(answer func(v *auth.Viewer) (*auth.Viewer, error)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

func (r *rechecker) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.asked
}

// changes are what may become of a viewer, and how the stream ends; not at all
// without a reason.
var changes = []struct {
	name, reason string
	answer       func(v auth.Viewer) (*auth.Viewer, error)
}{
	{"nothing", "", func(v auth.Viewer) (*auth.Viewer, error) { return &v, nil }},
	{"lists in another order", "", func(v auth.Viewer) (*auth.Viewer, error) { v.Tree = []string{"b", "a"}; return &v, nil }},
	{"another name and language", "", func(v auth.Viewer) (*auth.Viewer, error) { v.Name, v.Language = "New", "de"; return &v, nil }},
	{"session ended", "session ended", func(auth.Viewer) (*auth.Viewer, error) {
		return nil, fmt.Errorf("signed out: %w", problem.ErrUnauthenticated)
	}},
	{"nobody", "session ended", func(auth.Viewer) (*auth.Viewer, error) { return nil, nil }},
	{"fewer permissions", "permissions changed", func(v auth.Viewer) (*auth.Viewer, error) {
		return v.WithGrants(auth.NewGrants("r", nil, nil, nil)), nil
	}},
	{"a narrower scope", "permissions changed", func(v auth.Viewer) (*auth.Viewer, error) {
		return v.WithGrants(auth.NewGrants("r", map[string]auth.Scope{"Order": auth.ScopeOwn}, nil, []string{"news"})), nil
	}},
	{"another organization", "permissions changed", func(v auth.Viewer) (*auth.Viewer, error) { v.OrganizationID = "x"; return &v, nil }},
	{"a subsidiary less", "permissions changed", func(v auth.Viewer) (*auth.Viewer, error) { v.Tree = []string{"a"}; return &v, nil }},
	{"a customer less", "permissions changed", func(v auth.Viewer) (*auth.Viewer, error) { v.Assigned = nil; return &v, nil }},
	{"a colleague less", "permissions changed", func(v auth.Viewer) (*auth.Viewer, error) { v.Selected = nil; return &v, nil }},
	{"another subject", "permissions changed", func(v auth.Viewer) (*auth.Viewer, error) { v.Subject = "x"; return &v, nil }},
}

// carol is a viewer with something of everything that can change.
func (l *live) carol() auth.Viewer {
	v := member("carol")
	v.OrganizationID, v.Tree, v.Assigned, v.Selected = "org", []string{"a", "b"}, []string{"c"}, []string{"d"}
	v = *v.WithGrants(auth.NewGrants("r", map[string]auth.Scope{"Order": auth.ScopeOrganization}, nil, []string{"news"}))
	l.people.set("carol", &v)
	return v
}

func TestStreamsEndWhenTheViewerChanges(t *testing.T) {
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			re := newRechecker()
			l := newLive(t, func(o *StreamOptions) { o.Rechecker, o.Limits.Recheck = re, time.Hour })
			v := l.carol()
			ws := l.hello("carol")
			ws.subscribe("1", `subscription { news { n } }`)
			l.tell(1)
			require.Equal(t, `{"id":"1","type":"next","payload":{"data":{"news":{"n":1}}}}`, ws.next())
			require.Zero(t, re.count(), "a check holds for a while")
			// While the question is open, nothing goes out.
			asked, decide := make(chan struct{}), make(chan struct{})
			re.set(func(*auth.Viewer) (*auth.Viewer, error) {
				close(asked)
				<-decide
				return c.answer(v)
			})
			re.changed <- struct{}{}
			<-asked
			l.tell(2)
			close(decide)
			if c.reason == "" {
				require.Equal(t, `{"id":"1","type":"next","payload":{"data":{"news":{"n":2}}}}`, ws.next())
				re.set(nil)
				require.NoError(t, ws.conn.Close(websocket.StatusNormalClosure, ""))
			} else {
				ws.closed(4403, c.reason)
			}
			l.settled()
			require.Zero(t, re.watched)
		})
	}
}

// A change that nobody tells of is noticed when the next message is due.
func TestStreamsCheckBeforeTheySend(t *testing.T) {
	re := newRechecker()
	l := newLive(t, func(o *StreamOptions) { o.Rechecker, o.Limits.Recheck = re, time.Nanosecond })
	ws := l.hello("ann")
	ws.subscribe("1", `subscription { news { n } }`)
	l.tell(1)
	ws.next()
	before := re.count()
	require.GreaterOrEqual(t, before, 2, "when it began, and before the message")
	re.set(func(*auth.Viewer) (*auth.Viewer, error) { return nil, problem.ErrUnauthenticated })
	l.tell(2)
	ws.closed(4403, "session ended")
	l.settled()

	re.set(nil)
	ws = l.hello("ann")
	re.set(func(*auth.Viewer) (*auth.Viewer, error) { return nil, problem.ErrUnauthenticated })
	ws.subscribe("1", `mutation { do }`) // is not begun any more
	ws.closed(4403, "session ended")
	require.NotContains(t, l.logs.String(), "mutation")
}

// A check that fails ends nothing, but what has not been checked is not sent.
func TestStreamsWaitWhileTheyCannotCheck(t *testing.T) {
	for name, fail := range map[string]func(*auth.Viewer) (*auth.Viewer, error){
		"error": func(*auth.Viewer) (*auth.Viewer, error) { return nil, errors.New("pq: the database is gone") },
		"panic": func(*auth.Viewer) (*auth.Viewer, error) { panic("nil map") },
	} {
		t.Run(name, func(t *testing.T) {
			re := newRechecker()
			l := newLive(t, func(o *StreamOptions) { o.Rechecker, o.Limits.Recheck = re, 20*time.Millisecond })
			ws := l.hello("ann")
			ws.subscribe("1", `subscription { news { n } }`)
			require.Eventually(t, func() bool { return l.open.Load() == 1 }, 5*time.Second, time.Millisecond)
			re.set(fail)
			asked := re.count()
			re.changed <- struct{}{}
			require.Eventually(t, func() bool { return re.count() > asked }, 5*time.Second, time.Millisecond)
			l.tell(1)
			// The guard asks again by itself, and the message too.
			require.Eventually(t, func() bool { return re.count() > asked+4 }, 5*time.Second, time.Millisecond)
			ws.quiet()
			re.set(nil)
			require.Equal(t, `{"id":"1","type":"next","payload":{"data":{"news":{"n":1}}}}`, ws.next())
			re.set(fail)
			re.changed <- struct{}{} // without a message, the guard alone finds the end
			re.set(func(*auth.Viewer) (*auth.Viewer, error) { return nil, problem.ErrUnauthenticated })
			ws.closed(4403, "session ended")
		})
	}
}

func TestStreamsEndWithTheToken(t *testing.T) {
	l := newLive(t)
	v := member("carol", "news")
	v.ExpiresAt = time.Now().Add(400 * time.Millisecond) // beyond the server's times for a request
	l.people.set("carol", &v)
	ws := l.hello("carol")
	ws.subscribe("1", `subscription { news { n } }`)
	resp, lines := l.sse("carol", `subscription { news { n } }`)
	require.Equal(t, 200, resp.StatusCode)
	l.tell(1)
	l.tell(2) // each has at most one
	_, err := ws.read()
	for err == nil {
		_, err = ws.read()
	}
	require.Equal(t, websocket.StatusCode(4403), websocket.CloseStatus(err))
	require.ErrorContains(t, err, "token expired")
	require.False(t, time.Now().Before(v.ExpiresAt))
	got := nextEvent(t, lines)
	for strings.Contains(got, `"data"`) {
		got = nextEvent(t, lines)
	}
	require.Equal(t, `event: next
data: {"errors":[{"message":"Your token has expired. Connect again with a fresh one.","extensions":{"code":"UNAUTHENTICATED"}}]}
`, got)
	require.Equal(t, "event: complete\ndata:\n", nextEvent(t, lines))
	l.settled()
	ws = l.dial()
	ws.send(`{"type":"connection_init","payload":{"Authorization":"Bearer carol"}}`)
	for _, err = ws.read(); err == nil; { // the fake still believes the token; the connection does not
		_, err = ws.read()
	}
	require.Equal(t, websocket.StatusCode(4403), websocket.CloseStatus(err))
}

func TestStreamsAreLimited(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Connections, o.Limits.Streams = 2, 5 })
	init := `{"type":"connection_init","payload":{"Authorization":"Bearer ann"}}`
	l.hello("ann")
	resp, _ := l.sse("ann", `subscription { news { n } }`)
	require.Equal(t, 200, resp.StatusCode)
	ws := l.dial()
	ws.send(init)
	ws.closed(websocket.StatusTryAgainLater, "LIMIT_EXCEEDED: too many connections")
	resp, lines := l.sse("ann", `subscription { news { n } }`)
	require.Equal(t, 429, resp.StatusCode)
	body, _ := lines.ReadString(0)
	require.JSONEq(t, `{"errors":[{"message":"You have too many streams open. Close some.","extensions":{"code":"LIMIT_EXCEEDED"}}]}`, body)
	require.Eventually(t, func() bool { return l.count() == 2 }, 5*time.Second, time.Millisecond)
	// Nobody else is hindered; who is nobody is known by their address.
	first := l.hello("bob")
	l.hello("")
	l.hello("")
	_, resp, err := websocket.Dial(t.Context(), l.url, &websocket.DialOptions{Subprotocols: []string{subprotocol}}) //nolint:bodyclose // a failed Dial has read it
	require.Error(t, err)
	require.Equal(t, 503, resp.StatusCode, "of all there are five")
	require.NoError(t, first.conn.Close(websocket.StatusNormalClosure, ""))
	require.Eventually(t, func() bool { return l.count() == 4 }, 5*time.Second, time.Millisecond)
	ws = l.dial()
	ws.send(`{"type":"connection_init"}`)
	ws.closed(websocket.StatusTryAgainLater, "LIMIT_EXCEEDED: too many connections")
	require.Eventually(t, func() bool { return l.count() == 4 }, 5*time.Second, time.Millisecond)
	l.hello("bob")
	require.NoError(t, l.streams.Close(t.Context()))
	require.Empty(t, l.streams.of)
}

// Who has not said who they are counts for their address.
func TestStreamsLimitTheUndecided(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Connections = 1 })
	for range pending {
		l.dial()
	}
	_, resp, err := websocket.Dial(t.Context(), l.url, &websocket.DialOptions{Subprotocols: []string{subprotocol}}) //nolint:bodyclose // a failed Dial has read it
	require.Error(t, err)
	require.Equal(t, 429, resp.StatusCode)
}

// One party has 2^64 addresses of IPv6, and yet no more streams than others.
func TestStreamsLimitNetworks(t *testing.T) {
	o := StreamOptions{Streams: &Streams{}, Limits: Limits{Connections: 1}, Presenter: &Presenter{}}
	ws := NewWebsocket(o)
	h := Requests((&logs{}).logger(), []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { ws.Do(w, r, nil) }))
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	t.Cleanup(func() { require.NoError(t, o.Streams.Close(context.WithoutCancel(t.Context()))) })
	status := func(from string) int {
		conn, resp, err := websocket.Dial(t.Context(), s.URL, &websocket.DialOptions{ //nolint:bodyclose // of a websocket there is none
			Subprotocols: []string{subprotocol}, HTTPHeader: http.Header{"X-Forwarded-For": {from}},
		})
		if err == nil {
			t.Cleanup(func() { _ = conn.CloseNow() })
		}
		return resp.StatusCode
	}
	for i := range pending {
		require.Equal(t, 101, status(fmt.Sprintf("2001:db8::%x", i+1)))
	}
	require.Equal(t, 429, status("2001:db8::ffff"))
	require.Equal(t, 101, status("2001:db8:0:1::1"))
	guest := &auth.Viewer{Kind: auth.KindGuest, Subject: "ord_1"}
	at := func(address string) string {
		return whose(auth.WithRequest(t.Context(), auth.Request{Address: address}), guest)
	}
	require.Equal(t, at("2001:db8::1"), at("2001:db8::2"))
	require.NotEqual(t, at("192.0.2.1"), at("192.0.2.2"))
}

func TestStreamsEndWhenTheServerStops(t *testing.T) {
	l := newLive(t)
	ws := l.hello("ann")
	ws.subscribe("1", `subscription { news { n } }`)
	silent := l.dial()
	_, lines := l.sse("bob", `subscription { news { n } }`)
	require.Eventually(t, func() bool { return l.open.Load() == 2 }, 5*time.Second, time.Millisecond)
	done := make(chan error, 1)
	go func() { done <- l.streams.Close(t.Context()) }()
	ws.closed(websocket.StatusGoingAway, "The server is stopping")
	silent.closed(websocket.StatusGoingAway, "The server is stopping")
	rest, err := lines.ReadString(0)
	require.EqualError(t, err, "EOF", "a proper end of the body")
	require.Empty(t, rest, "without complete: there is more to come, from another server")
	require.NoError(t, <-done)
	require.NoError(t, l.server.Config.Shutdown(t.Context()), "nothing is left to wait for")
	require.Zero(t, l.count())
}

func TestStreamsRefuseWhenTheServerStops(t *testing.T) {
	l := newLive(t)
	require.NoError(t, l.streams.Close(t.Context()))
	resp, _ := l.sse("ann", `subscription { news { n } }`)
	require.Equal(t, 503, resp.StatusCode)
	_, resp, err := websocket.Dial(t.Context(), l.url, nil) //nolint:bodyclose // a failed Dial has read it
	require.Error(t, err)
	require.Equal(t, 503, resp.StatusCode)
}

// All goroutines of a stream end with it.
func TestStreamsLeaveNothingBehind(t *testing.T) {
	re := newRechecker()
	l := newLive(t, func(o *StreamOptions) { o.Rechecker = re })
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	before := runtime.NumGoroutine()
	for i := range 20 {
		ws := l.hello([]string{"ann", "bob"}[i%2])
		for id := range 3 {
			ws.subscribe(fmt.Sprint(id), `subscription { countdown(to: 1000000) }`)
			ws.next()
		}
		if i%3 == 0 {
			ws.send(`{"id":"1","type":"complete"}`)
		}
		if i%2 == 0 {
			_ = ws.conn.CloseNow()
		} else {
			go func() { _ = ws.conn.Close(websocket.StatusNormalClosure, "") }()
		}
		resp, lines := l.sse("bob", `subscription { countdown(to: 1000000) }`)
		nextEvent(t, lines)
		require.NoError(t, resp.Body.Close())
		l.settled()
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		require.True(t, time.Now().Before(deadline), "goroutines are left")
	}
	require.Zero(t, re.watched)
}
