package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// message is one of graphql-transport-ws.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// connect opens a socket and says who it is.
func connect(ctx context.Context, url, token string) (*websocket.Conn, error) {
	c, _, err := websocket.Dial(ctx, strings.Replace(url, "http", "ws", 1)+"/graphql", //nolint:bodyclose // the library's
		&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return nil, err
	}
	init, _ := json.Marshal(map[string]string{"Authorization": "Bearer " + token})
	if err := wsjson.Write(ctx, c, message{Type: "connection_init", Payload: init}); err != nil {
		return nil, errors.Join(err, c.CloseNow())
	}
	var m message
	if err := wsjson.Read(ctx, c, &m); err != nil || m.Type != "connection_ack" {
		return nil, errors.Join(fmt.Errorf("no connection_ack but %q", m.Type), err, c.CloseNow())
	}
	return c, nil
}

// subscribe starts an operation on a socket.
func subscribe(ctx context.Context, c *websocket.Conn, id, query string, variables map[string]any) error {
	payload, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	return wsjson.Write(ctx, c, message{ID: id, Type: "subscribe", Payload: payload})
}

// read returns the next payload, answering pings.
func read(ctx context.Context, c *websocket.Conn) (json.RawMessage, error) {
	for {
		var m message
		if err := wsjson.Read(ctx, c, &m); err != nil {
			return nil, err
		}
		switch m.Type {
		case "ping":
			if err := wsjson.Write(ctx, c, message{Type: "pong"}); err != nil {
				return nil, err
			}
		case "next":
			return m.Payload, nil
		case "error", "complete":
			return nil, fmt.Errorf("%s: %s", m.Type, m.Payload)
		}
	}
}

// follower is a client as it should be: it keeps the token of its last message
// and goes on from there on whichever process takes it.
type follower struct {
	name, query string
	variables   map[string]any
	field       string
	access      string
	urls        []string
	ready       chan struct{} // closed at the first message
	heard       func(text string, at time.Time)
	connections int
	since       *string
}

// run follows until the context ends.
func (f *follower) run(ctx context.Context) {
	for try := 0; ctx.Err() == nil; try++ {
		if err := f.once(ctx, f.urls[try%len(f.urls)]); err != nil && ctx.Err() == nil {
			time.Sleep(20 * time.Millisecond)
		}
	}
}

func (f *follower) once(ctx context.Context, url string) error {
	c, err := connect(ctx, url, f.access)
	if err != nil {
		return err
	}
	defer func() { _ = c.CloseNow() }()
	variables := map[string]any{"since": f.since}
	for k, v := range f.variables {
		variables[k] = v
	}
	if err := subscribe(ctx, c, "1", f.query, variables); err != nil {
		return err
	}
	f.connections++
	for {
		payload, err := read(ctx, c)
		if err != nil {
			return err
		}
		var m struct {
			Data map[string]struct {
				Token string
				Event *struct{ Message string }
			}
			Errors []any
		}
		if err := json.Unmarshal(payload, &m); err != nil || len(m.Errors) > 0 {
			return fmt.Errorf("%s: %s", f.name, payload)
		}
		u := m.Data[f.field]
		f.since = &u.Token
		if f.ready != nil {
			close(f.ready)
			f.ready = nil
		}
		if u.Event != nil && u.Event.Message != "" {
			f.heard(u.Event.Message, time.Now())
		}
	}
}
