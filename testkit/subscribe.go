package testkit

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/require"
)

// patience is how long a test waits for what must come. Nothing is measured by it.
const patience = 20 * time.Second

// Subscription is an open subscription on a socket of its own.
type Subscription struct {
	f *Foyer
	c *websocket.Conn
}

type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// Subscribe opens a subscription; Next has its messages.
func (c *Client) Subscribe(query string, variables map[string]any) *Subscription {
	t := c.f.t
	t.Helper()
	c.f.watching.Do(func() { watch(t, c.f.Live) })
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, strings.Replace(c.f.URL, "http", "ws", 1), //nolint:bodyclose // the library's
		&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.CloseNow() })
	conn.SetReadLimit(1 << 20)
	init := message{Type: "connection_init"}
	if c.Token != "" {
		init.Payload, err = json.Marshal(map[string]string{"Authorization": "Bearer " + c.Token})
		require.NoError(t, err)
	}
	require.NoError(t, wsjson.Write(ctx, conn, init))
	var m message
	require.NoError(t, wsjson.Read(ctx, conn, &m))
	require.Equal(t, "connection_ack", m.Type)
	payload, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(t, err)
	require.NoError(t, wsjson.Write(ctx, conn, message{ID: "1", Type: "subscribe", Payload: payload}))
	return &Subscription{c.f, conn}
}

// Next waits for the next message. It is nil when the subscription is complete;
// an error message is an answer with errors and without data.
func (s *Subscription) Next() *Answer {
	s.f.t.Helper()
	a, err := s.read()
	require.NoError(s.f.t, err)
	return a
}

// Closed waits for the socket's end and returns its code, failing the test when
// a message comes before.
func (s *Subscription) Closed() int {
	s.f.t.Helper()
	a, err := s.read()
	require.Error(s.f.t, err, "a message instead of the end: %v", a)
	return int(websocket.CloseStatus(err))
}

func (s *Subscription) read() (*Answer, error) {
	t := s.f.t
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		var m message
		if err := wsjson.Read(ctx, s.c, &m); err != nil {
			return nil, err
		}
		a := &Answer{Body: string(m.Payload)}
		switch m.Type {
		case "ping":
			if err := wsjson.Write(ctx, s.c, message{Type: "pong"}); err != nil {
				return nil, err
			}
		case "next":
			require.NoError(t, json.Unmarshal(m.Payload, a), a.Body)
			return a, nil
		case "error":
			require.NoError(t, json.Unmarshal(m.Payload, &a.Errors), a.Body)
			return a, nil
		case "complete":
			return nil, nil //nolint:nilnil // documented
		default:
			require.Fail(t, "unexpected message", "%s %s", m.Type, m.Payload)
		}
	}
}

// Close ends the subscription as a client that goes away does.
func (s *Subscription) Close() { _ = s.c.CloseNow() }
