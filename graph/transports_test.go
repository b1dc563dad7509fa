package graph_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"foyer/testkit"
	"foyer/testkit/world"
)

// The real API over a websocket: the roles' schemas, and no cookies.
func TestWebsocketOfTheServer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		open := func(token string) func(query string, variables map[string]any) string {
			conn, _, err := websocket.Dial(t.Context(), f.URL, &websocket.DialOptions{ //nolint:bodyclose // of a websocket there is none
				Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Cookie": {"foyer_refresh=x"}}})
			require.NoError(t, err)
			t.Cleanup(func() { _ = conn.CloseNow() })
			send := func(m map[string]any) {
				b, err := json.Marshal(m)
				require.NoError(t, err)
				require.NoError(t, conn.Write(t.Context(), websocket.MessageText, b))
			}
			read := func(ctx context.Context) string {
				_, b, err := conn.Read(ctx)
				require.NoError(t, err)
				return string(b)
			}
			payload := map[string]any{}
			if token != "" {
				payload["Authorization"] = "Bearer " + token
			}
			send(map[string]any{"type": "connection_init", "payload": payload})
			require.JSONEq(t, `{"type":"connection_ack"}`, read(t.Context()))
			return func(query string, variables map[string]any) string {
				send(map[string]any{"id": "1", "type": "subscribe", "payload": map[string]any{"query": query, "variables": variables}})
				answer := read(t.Context())
				var m struct{ Type string }
				require.NoError(t, json.Unmarshal([]byte(answer), &m))
				if m.Type != "error" {
					require.JSONEq(t, `{"id":"1","type":"complete"}`, read(t.Context()))
				}
				return answer
			}
		}
		const signIn = `mutation($e: String!, $p: String!, $c: Boolean!) { signIn(input: {email: $e, password: $p, cookie: $c}) { accessToken refreshToken userErrors { code } } }`
		nobody := open("")
		before := f.Fingerprint()
		require.Contains(t, nobody(`{ viewer { kind } }`, nil), `"ANONYMOUS"`)
		require.Contains(t, nobody(`subscription { notificationReceived { token } }`, nil), `"error"`)
		for _, answer := range []string{
			nobody(signIn, map[string]any{"e": world.Email("ORG_BUYER"), "p": world.Password, "c": true}),
			nobody(`mutation { refreshSession(input: {}) { accessToken } }`, nil),
		} {
			require.Contains(t, answer, "A cookie can only be used with a POST request")
			require.NotContains(t, answer, "ey")
		}
		require.Equal(t, before, f.Fingerprint())
		require.Contains(t, nobody(signIn, map[string]any{"e": world.Email("ORG_BUYER"), "p": world.Password, "c": false}), `"refreshToken":"`)
		require.Contains(t, open("test:STAFF_ADMIN")(`{ viewer { kind } auditEntries(first: 1) { totalCount } }`, nil), `"STAFF"`)
		require.Contains(t, open("test:ORG_MEMBER")(`{ auditEntries(first: 1) { totalCount } }`, nil), `Cannot query field`)
	})
}
