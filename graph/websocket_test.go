package graph

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

func TestWebsocketOperations(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Messages = 10_000 })
	c := l.hello("ann")
	c.subscribe("q", `query Greeting { hello }`)
	require.Equal(t, `{"id":"q","type":"next","payload":{"data":{"hello":"world"}}}`, c.next())
	require.Equal(t, `{"id":"q","type":"complete"}`, c.next())
	c.subscribe("q", `mutation { do }`) // the id is free again
	require.Equal(t, `{"id":"q","type":"next","payload":{"data":{"do":"done"}}}`, c.next())
	require.Equal(t, `{"id":"q","type":"complete"}`, c.next())
	c.send(`{"id":"s","type":"subscribe","payload":{"query":"subscription ($n: Int!) { countdown(to: $n) }","variables":{"n":2},"operationName":null,"extensions":null}}`)
	for _, want := range []string{
		`{"id":"s","type":"next","payload":{"data":{"countdown":2}}}`,
		`{"id":"s","type":"next","payload":{"data":{"countdown":1}}}`,
		`{"id":"s","type":"complete"}`,
	} {
		require.Equal(t, want, c.next())
	}
	for range 200 { // an id is free as soon as its end is known
		c.subscribe("q", `{ hello }`)
		require.Contains(t, c.next(), `"next"`)
		require.Equal(t, `{"id":"q","type":"complete"}`, c.next())
	}
	c.quiet()
	for _, want := range []string{`"operation":"query Greeting"`, `"operation":"subscription"`, `"messages":2`, `"viewer":"MEMBER"`} {
		require.Eventually(t, func() bool { return strings.Contains(l.logs.String(), want) }, 5*time.Second, time.Millisecond, want)
	}
}

func TestWebsocketErrors(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Timeout = 50 * time.Millisecond })
	c := l.hello("ann")
	for _, x := range []struct{ name, query, want string }{
		{"invalid", `{ nope }`, `{"id":"i","type":"error","payload":[{"message":"Cannot query field \"nope\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"BAD_USER_INPUT"}}]}`},
		{"unparsable", `{`, `{"id":"i","type":"error","payload":[{"message":"Expected Name, found \u003cEOF\u003e","locations":[{"line":1,"column":2}],"extensions":{"code":"BAD_USER_INPUT"}}]}`},
		{"too much", `{ ` + strings.Repeat("a ", 3000) + ` }`, `{"id":"i","type":"error","payload":[{"message":"The operation is too large: tokens. Ask for less at a time.","extensions":{"code":"LIMIT_EXCEEDED"}}]}`},
		{"not in this schema", `subscription { news { secret } }`, `{"id":"i","type":"error","payload":[{"message":"Cannot query field \"secret\" on type \"News\".","locations":[{"line":1,"column":23}],"extensions":{"code":"BAD_USER_INPUT"}}]}`},
		{"refused when it begins", `subscription { fails }`, `{"id":"i","type":"next","payload":{"errors":[{"message":"This does not exist, or is not visible to you.","path":["fails"],"extensions":{"code":"NOT_FOUND"}}],"data":null}}`},
		{"too slow", `{ slow }`, `{"id":"i","type":"next","payload":{"errors":[{"message":"This took too long. Ask for less at a time.","extensions":{"code":"LIMIT_EXCEEDED"}}],"data":null}}`},
	} {
		c.subscribe("i", x.query)
		got := c.next()
		if strings.Contains(x.want, `"next"`) {
			require.Equal(t, `{"id":"i","type":"complete"}`, c.next(), x.name)
			var a, b map[string]any
			require.NoError(t, json.Unmarshal([]byte(got), &a))
			require.NoError(t, json.Unmarshal([]byte(x.want), &b))
			require.Equal(t, errorCode(b), errorCode(a), got)
		} else {
			require.Equal(t, x.want, got, x.name)
		}
		c.quiet() // after an error comes nothing
	}
	for _, query := range []string{`{ boom }`, `subscription { boom }`} {
		c.subscribe("b", query)
		got := c.next()
		require.Contains(t, got, `"INTERNAL"`)
		require.NotContains(t, got, "SELECT")
		require.Equal(t, `{"id":"b","type":"complete"}`, c.next())
	}
	c.subscribe("n", `subscription { news { n broken } }`)
	l.tell(1)
	got := c.next()
	require.Contains(t, got, `"path":["news","broken"]`)
	require.Contains(t, got, `{"n":1,"broken":null}`)
	require.NotContains(t, got, "column secret")
	require.Contains(t, l.logs.String(), "column secret")
}

func errorCode(m map[string]any) any {
	payload, _ := m["payload"].(map[string]any)
	errs, _ := payload["errors"].([]any)
	first, _ := errs[0].(map[string]any)
	return first["extensions"]
}

func TestWebsocketClosesWhatBreaksTheProtocol(t *testing.T) {
	const init, sub = `{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":{"query":"subscription { countdown(to: 1000000) }"}}`
	for _, x := range []struct {
		name   string
		send   []string
		code   websocket.StatusCode
		reason string
	}{
		{"no JSON", []string{`{nope`}, 4400, "Invalid message"},
		{"no object", []string{`[]`}, 4400, "Invalid message"},
		{"nothing", []string{`null`}, 4400, "Invalid message"},
		{"no UTF-8", []string{"{\"type\":\"ping\",\"payload\":{\"a\":\"\xff\"}}"}, 4400, "Invalid message"},
		{"no type", []string{`{}`}, 4400, "Invalid message"},
		{"type in another case", []string{`{"Type":"ping"}`}, 4400, "Invalid message"},
		{"unknown type", []string{init, `{"type":"start"}`}, 4400, "Invalid message"},
		{"payload of init is a text", []string{`{"type":"connection_init","payload":"x"}`}, 4400, "Invalid message"},
		{"no id", []string{init, `{"type":"subscribe","payload":{"query":"{ hello }"}}`}, 4400, "Invalid message"},
		{"empty id", []string{init, `{"id":"","type":"subscribe","payload":{"query":"{ hello }"}}`}, 4400, "Invalid message"},
		{"long id", []string{init, `{"id":"` + strings.Repeat("x", 200) + `","type":"subscribe","payload":{"query":"{ hello }"}}`}, 4400, "Invalid message"},
		{"no payload", []string{init, `{"id":"1","type":"subscribe"}`}, 4400, "Invalid message"},
		{"no query", []string{init, `{"id":"1","type":"subscribe","payload":{}}`}, 4400, "Invalid message"},
		{"variables are a list", []string{init, `{"id":"1","type":"subscribe","payload":{"query":"{ hello }","variables":[]}}`}, 4400, "Invalid message"},
		{"subscribe before init", []string{sub}, 4401, "Unauthorized"},
		{"twice the same id", []string{init, sub, sub}, 4409, "Subscriber for 1 already exists"},
		{"two inits", []string{init, init}, 4429, "Too many initialisation requests"},
		{"bad token", []string{`{"type":"connection_init","payload":{"Authorization":"Bearer mallory"}}`}, 4403, "Forbidden"},
		{"no scheme", []string{`{"type":"connection_init","payload":{"Authorization":"ann"}}`}, 4403, "Forbidden"},
		{"two tokens", []string{`{"type":"connection_init","payload":{"Authorization":"Bearer ann","authorization":"Bearer ann"}}`}, 4403, "Forbidden"},
		{"a token that is no text", []string{`{"type":"connection_init","payload":{"authorization":["Bearer ann"]}}`}, 4403, "Forbidden"},
		{"database gone", []string{`{"type":"connection_init","payload":{"Authorization":"Bearer broken"}}`}, 1013, "Try again later"},
		{"too long", []string{init, `{"type":"ping","payload":{"x":"` + strings.Repeat("x", 5000) + `"}}`}, 1009, "read limited at 4097 bytes"},
	} {
		t.Run(x.name, func(t *testing.T) {
			l := newLive(t, func(o *StreamOptions) { o.Limits.Body = 4096 })
			c := l.dial()
			for _, m := range x.send {
				c.send(m)
			}
			_, err := c.read()
			for err == nil {
				_, err = c.read()
			}
			var end websocket.CloseError
			require.ErrorAs(t, err, &end)
			require.Equal(t, x.code, end.Code, end.Reason)
			require.Equal(t, x.reason, end.Reason)
			l.settled()
		})
	}
	t.Run("binary", func(t *testing.T) {
		l := newLive(t)
		c := l.dial()
		require.NoError(t, c.conn.Write(t.Context(), websocket.MessageBinary, []byte(init)))
		c.closed(4400, "Invalid message")
	})
}

// Of somebody unknown no long message is waited for: it would be memory that
// anybody can take.
func TestWebsocketOfTheUnknownIsShort(t *testing.T) {
	long := `{"type":"ping","payload":{"x":"` + strings.Repeat("x", maxInit) + `"}}`
	l := newLive(t)
	c := l.dial()
	c.send(long)
	c.closed(websocket.StatusMessageTooBig, "read limited at 32769 bytes")
	c = l.hello("ann")
	c.send(long)
	require.Contains(t, c.next(), `"type":"pong"`)
}

func TestWebsocketSubprotocol(t *testing.T) {
	l := newLive(t)
	for _, offered := range [][]string{nil, {"graphql-ws"}, {"graphql-ws", "soap"}} {
		conn, resp, err := websocket.Dial(t.Context(), l.url, &websocket.DialOptions{Subprotocols: offered}) //nolint:bodyclose // of a websocket there is none
		require.NoError(t, err)
		require.Empty(t, resp.Header.Get("Sec-WebSocket-Protocol"))
		(&client{t, conn}).closed(4406, "Subprotocol not acceptable")
	}
	l.settled()
}

func TestWebsocketInitTimeout(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Init = 50 * time.Millisecond })
	c := l.dial()
	c.send(`{"type":"ping"}`) // is no init
	require.Equal(t, `{"type":"pong"}`, c.next())
	c.closed(4408, "Connection initialisation timeout")
	ok := l.hello("ann")
	time.Sleep(100 * time.Millisecond)
	ok.quiet()
}

// The token may come with the request, with the first message, or not at all.
func TestWebsocketTokens(t *testing.T) {
	l := newLive(t)
	const ask = `subscription { news { n } }`
	allowed := func(c *client, want bool) {
		t.Helper()
		require.Equal(t, `{"type":"connection_ack"}`, c.next())
		c.subscribe("1", ask)
		if !want {
			require.Contains(t, c.next(), `"error"`)
			return
		}
		l.tell(1)
		require.Contains(t, c.next(), `"next"`)
		require.NoError(t, c.conn.Close(websocket.StatusNormalClosure, ""))
		l.settled()
	}
	for _, payload := range []string{`{"Authorization":"Bearer ann"}`, `{"authorization":"bearer ann","more":{"x":[1]}}`} {
		c := l.dial()
		c.send(`{"type":"connection_init","payload":` + payload + `}`)
		allowed(c, true)
	}
	c := l.dial("Authorization", "Bearer ann")
	c.send(`{"type":"connection_init","payload":{"Authorization":null}}`)
	allowed(c, true)
	c = l.dial("Authorization", "Bearer ann") // a bad one is not made good by the other
	c.send(`{"type":"connection_init","payload":{"Authorization":"Bearer mallory"}}`)
	c.closed(4403, "Forbidden")
	_, resp, err := websocket.Dial(t.Context(), l.url, &websocket.DialOptions{Subprotocols: []string{subprotocol}, //nolint:bodyclose // a failed Dial has read it
		HTTPHeader: http.Header{"Authorization": {"Bearer mallory"}}})
	require.Error(t, err)
	require.Equal(t, 401, resp.StatusCode)
	for _, payload := range []string{`null`, `{}`} {
		c := l.dial()
		c.send(`{"type":"connection_init","payload":` + payload + `}`)
		allowed(c, false)
	}
	require.NotContains(t, l.logs.String(), "mallory")
}

func TestStreamsOfTheSignedIn(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.SignedIn = true })
	c := l.dial()
	c.send(`{"type":"connection_init"}`)
	c.closed(4403, "Forbidden")
	resp, _ := l.sse("", `subscription { countdown(to: 1) }`)
	require.Equal(t, 401, resp.StatusCode)
	l.hello("ann")
}

func TestWebsocketOrigin(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.AllowedOrigins = []string{"portal.example"} })
	host := strings.TrimPrefix(l.url, "http://")
	for origin, ok := range map[string]bool{
		"http://" + host: true, "https://portal.example": true, "https://evil.example": false,
		"https://portal.example.evil.example": false, "null": false,
	} {
		_, resp, err := websocket.Dial(t.Context(), l.url, &websocket.DialOptions{Subprotocols: []string{subprotocol}, //nolint:bodyclose // a failed Dial has read it
			HTTPHeader: http.Header{"Origin": {origin}}})
		require.Equal(t, ok, err == nil, origin)
		if !ok {
			require.Equal(t, 403, resp.StatusCode)
		}
	}
}

func TestWebsocketPings(t *testing.T) {
	// Long enough for a machine that is busy: whoever is late with an answer is cut off.
	l := newLive(t, func(o *StreamOptions) { o.Limits.Ping = 800 * time.Millisecond })
	c := l.hello("ann")
	c.send(`{"type":"ping","payload":{"a":1}}`)
	require.Equal(t, `{"type":"pong","payload":{"a":1}}`, c.next())
	c.send(`{"type":"pong","payload":{"a":1}}`) // unasked for
	for range 4 {
		require.Equal(t, `{"type":"ping"}`, c.next())
		c.send(`{"type":"pong"}`)
	}
	require.Equal(t, `{"type":"ping"}`, c.next())
	_, err := c.read() // without a sign of life
	require.Error(t, err)
	require.Equal(t, websocket.StatusCode(-1), websocket.CloseStatus(err))
	l.settled()
}

func TestWebsocketComplete(t *testing.T) {
	l := newLive(t)
	c := l.hello("ann")
	for range 20 {
		c.subscribe("1", `subscription { countdown(to: 1000000) }`)
		require.Contains(t, c.next(), `1000000`)
		c.send(`{"id":"1","type":"complete"}`)
		c.send(`{"type":"ping"}`)
		for m := c.next(); m != `{"type":"pong"}`; m = c.next() { // on their way before
			require.Contains(t, m, `"next"`)
		}
		c.quiet()
	}
	c.send(`{"id":"unknown","type":"complete"}`) // is nothing
	c.quiet()
	require.Eventually(t, func() bool { return l.open.Load() == 0 }, 5*time.Second, time.Millisecond)
}

func TestWebsocketLimits(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Operations, o.Limits.Body = 3, 1000 })
	c := l.hello("ann")
	for i := range 3 {
		c.subscribe(fmt.Sprint(i), `subscription { news { n } }`)
	}
	c.subscribe("3", `{ hello }`)
	require.Equal(t, `{"id":"3","type":"error","payload":[{"message":"Too many operations are open on this connection.","extensions":{"code":"LIMIT_EXCEEDED"}}]}`, c.next())
	c.send(`{"id":"0","type":"complete"}`)
	c.subscribe("3", `{ hello }`)
	require.Contains(t, c.next(), "world")
	require.Contains(t, c.next(), "complete")
	c.subscribe("4", `subscription { news { n } } #`+strings.Repeat("x", 800))
	c.send(`{"id":"1","type":"complete"}`)
	c.send(`{"id":"2","type":"complete"}`)
	require.Eventually(t, func() bool { return l.open.Load() == 1 }, 5*time.Second, time.Millisecond)
	c.subscribe("5", `{ hello } #`+strings.Repeat("x", 800))
	require.Contains(t, c.next(), "world")
	require.Contains(t, c.next(), "complete")
	c.subscribe("6", `subscription { news { n } } #`+strings.Repeat("x", 800))
	c.subscribe("7", `{ hello } #`+strings.Repeat("x", 800))
	require.Equal(t, `{"id":"7","type":"error","payload":[{"message":"The operations open on this connection are too large together.","extensions":{"code":"LIMIT_EXCEEDED"}}]}`, c.next())
}

// A client that sends faster than it may is read more slowly, and loses nothing.
func TestWebsocketPace(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Messages = 100 })
	c := l.hello("ann")
	start := time.Now()
	for range 250 {
		c.send(`{"type":"ping"}`)
	}
	for range 250 {
		require.Equal(t, `{"type":"pong"}`, c.next())
	}
	require.Greater(t, time.Since(start), 450*time.Millisecond, "50 more than two seconds' worth")
}

// A client that stops reading is cut off; what it had not taken is not kept,
// and nobody else waits for it.
func TestWebsocketSlowClient(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Write = 300 * time.Millisecond })
	var before, after runtime.MemStats
	slow, other := l.hello("ann"), l.hello("bob")
	goroutines := runtime.NumGoroutine()
	slow.subscribe("1", `subscription { news { n big } }`)
	slow.subscribe("2", `subscription { news { n big } }`)
	require.Eventually(t, func() bool { return l.open.Load() == 2 }, 5*time.Second, time.Millisecond)
	runtime.ReadMemStats(&before)
	told := 0
	for cut := false; !cut; {
		select {
		case l.news <- told: // a message of 1 MiB
			told++
		case <-time.After(time.Millisecond):
			cut = l.open.Load() == 0
		}
		if told%4 == 0 {
			other.quiet()
		}
		require.Less(t, told, 200, "more than any buffer holds")
	}
	require.Eventually(t, func() bool { return l.count() == 1 && runtime.NumGoroutine() <= goroutines }, 5*time.Second, time.Millisecond)
	runtime.GC()
	runtime.ReadMemStats(&after)
	require.Less(t, int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(10<<20))
	other.subscribe("1", `subscription { news { n } }`)
	l.tell(7)
	require.Contains(t, other.next(), `{"n":7}`)
	require.Contains(t, l.logs.String(), "Messages are not taken fast enough")
}

// A client that reads again in time learns why it is cut off.
func TestWebsocketSlowClientIsTold(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Write = 500 * time.Millisecond })
	c := l.hello("ann")
	c.subscribe("1", `subscription { news { n big } }`)
	require.Eventually(t, func() bool { return l.open.Load() == 1 }, 5*time.Second, time.Millisecond)
	for l.open.Load() == 1 {
		select {
		case l.news <- 1:
		case <-time.After(time.Millisecond):
		}
	}
	_, err := c.read()
	for err == nil {
		_, err = c.read()
	}
	require.Equal(t, websocket.StatusTryAgainLater, websocket.CloseStatus(err), err)
}

// What is looked up for a message is looked up for it alone.
func TestStreamsAnswerAnew(t *testing.T) {
	l := newLive(t)
	c := l.hello("ann")
	c.subscribe("1", `subscription { news { a: loader b: loader } }`)
	var seen []string
	for range 2 {
		l.tell(1)
		m := c.next()
		var got struct {
			Payload struct {
				Data struct{ News struct{ A, B int } }
			}
		}
		require.NoError(t, json.Unmarshal([]byte(m), &got))
		require.Positive(t, got.Payload.Data.News.A)
		require.Equal(t, got.Payload.Data.News.A, got.Payload.Data.News.B)
		seen = append(seen, m)
	}
	require.NotEqual(t, seen[0], seen[1])
}

// The cookie of a browser is no use on a stream: pages of other sites could
// open one, and there is no place for a new one in the answer.
func TestStreamsKnowNoCookies(t *testing.T) {
	l := newLive(t)
	c := l.dial("Cookie", cookiePlain+"=token")
	c.send(`{"type":"connection_init"}`)
	c.next()
	c.subscribe("1", `mutation { signIn }`)
	require.Contains(t, c.next(), `{"signIn":"false"}`)
	_, lines := l.sse("", `mutation { signIn }`)
	require.Contains(t, nextEvent(t, lines), `{"signIn":"false"}`)
}

// The client's name, which a browser cannot send in a header here, stands in
// the first message.
func TestWebsocketClientName(t *testing.T) {
	l := newLive(t)
	c := l.dial()
	c.send(`{"type":"connection_init","payload":{"authorization":"Bearer ann","x-client-name":"shop\n","X-Client-Version":"1"}}`)
	c.next()
	c.subscribe("1", `{ hello }`)
	c.next()
	require.Eventually(t, func() bool { return strings.Contains(l.logs.String(), `"client":"shop"`) }, 5*time.Second, time.Millisecond)
	require.NoError(t, c.conn.Close(websocket.StatusNormalClosure, ""))
	require.Eventually(t, func() bool { return strings.Contains(l.logs.String(), `"msg":"websocket","outcome":"left"`) }, 5*time.Second, time.Millisecond)
	require.NotContains(t, l.logs.String(), "Bearer")
}

// A client that does not even finish its frame is not waited for.
func TestWebsocketDoesNotWaitForFrames(t *testing.T) {
	for name, frame := range map[string]string{
		"too long":        "\x81\xff\x00\x00\x00\x00\x01\x00\x00\x00" + strings.Repeat("\x00", 2000),
		"after a mistake": "\x81\x82\x00\x00\x00\x00[]\x81\xff\x00\x00\x00\x00\x00\x00\x01\x00",
	} {
		t.Run(name, func(t *testing.T) {
			l := newLive(t, func(o *StreamOptions) { o.Limits.Body, o.Limits.Write = 1000, 200*time.Millisecond })
			host := strings.TrimPrefix(l.url, "http://")
			conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", host)
			require.NoError(t, err)
			defer func() { _ = conn.Close() }()
			_, err = fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
				"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n%s", host, frame)
			require.NoError(t, err)
			require.Eventually(t, func() bool { return strings.Contains(l.logs.String(), `"msg":"websocket"`) }, 4*time.Second, time.Millisecond)
			l.settled()
		})
	}
}
