package graph

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
)

func TestSSE(t *testing.T) {
	l := newLive(t)
	resp, lines := l.sse("ann", `subscription { countdown(to: 2) }`)
	require.Equal(t, 200, resp.StatusCode)
	require.Equal(t, "text/event-stream; charset=utf-8", resp.Header.Get("Content-Type"))
	require.Equal(t, "no-store", resp.Header.Get("Cache-Control"))
	require.Equal(t, "no", resp.Header.Get("X-Accel-Buffering"))
	for _, want := range []string{
		"event: next\ndata: {\"data\":{\"countdown\":2}}\n",
		"event: next\ndata: {\"data\":{\"countdown\":1}}\n",
		"event: complete\ndata:\n",
	} {
		require.Equal(t, want, nextEvent(t, lines))
	}
	for query, want := range map[string]string{
		`{ hello }`:    `{"data":{"hello":"world"}}`,
		`mutation{do}`: `{"data":{"do":"done"}}`,
		`{ nope }`:     `{"errors":[{"message":"Cannot query field \"nope\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"BAD_USER_INPUT"}}]}`,
	} {
		_, lines = l.sse("ann", query)
		require.Equal(t, "event: next\ndata: "+want+"\n", nextEvent(t, lines))
		require.Equal(t, "event: complete\ndata:\n", nextEvent(t, lines))
	}
	_, lines = l.sse("ann", `subscription { boom }`)
	got := nextEvent(t, lines)
	require.Contains(t, got, "INTERNAL")
	require.NotContains(t, got, "SELECT")
	require.Equal(t, "event: complete\ndata:\n", nextEvent(t, lines))
	resp, _ = l.sse("eve", `subscription { news { n } }`)
	require.Equal(t, 401, resp.StatusCode)
	_, lines = l.sse("", `subscription { news { n } }`)
	require.Contains(t, nextEvent(t, lines), `Cannot query field \"news\"`)
	l.settled()
	require.Contains(t, l.logs.String(), `"operation":"subscription","status":200`)

	// By GET there is no stream.
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.url+"?query=mutation{do}", nil)
	require.NoError(t, err)
	r.Header.Set("Accept", typeStream)
	resp, err = http.DefaultTransport.RoundTrip(r)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, 406, resp.StatusCode)
}

// The times that the server gives a request do not end a stream, which keeps
// itself alive; a client that goes away does.
func TestSSEStays(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.KeepAlive = 100 * time.Millisecond })
	resp, lines := l.sse("ann", `subscription { news { n } }`)
	for range 6 {
		require.Equal(t, ":\n", nextEvent(t, lines))
	}
	l.tell(1)
	require.Contains(t, nextEvent(t, lines), `{"n":1}`)
	require.NoError(t, resp.Body.Close())
	l.settled()
}

func TestSSEEndsWhenTheViewerChanges(t *testing.T) {
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			re := newRechecker()
			l := newLive(t, func(o *StreamOptions) { o.Rechecker, o.Limits.Recheck = re, time.Hour })
			v := l.carol()
			resp, lines := l.sse("carol", `subscription { news { n } }`)
			l.tell(1)
			require.Contains(t, nextEvent(t, lines), `{"n":1}`)
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
			got := nextEvent(t, lines)
			if c.reason == "" {
				require.Contains(t, got, `{"n":2}`)
				require.NoError(t, resp.Body.Close())
			} else {
				require.Contains(t, got, `"code":"UNAUTHENTICATED"`)
				require.NotContains(t, got, "data\":{")
				require.Equal(t, "event: complete\ndata:\n", nextEvent(t, lines))
			}
			re.set(nil)
			l.settled()
			require.Zero(t, re.watched)
		})
	}
}

// A client that stops reading is cut off.
func TestSSESlowClient(t *testing.T) {
	l := newLive(t, func(o *StreamOptions) { o.Limits.Write = 200 * time.Millisecond })
	_, lines := l.sse("ann", `subscription { news { n big } }`)
	require.Eventually(t, func() bool { return l.open.Load() == 1 }, 5*time.Second, time.Millisecond)
	for told := 0; l.open.Load() == 1; told++ {
		select {
		case l.news <- told:
		case <-time.After(time.Millisecond):
		}
	}
	l.settled()
	rest, err := lines.ReadString(0)
	require.Error(t, err)
	require.False(t, strings.HasSuffix(rest, "complete\ndata:\n\n"))
}
