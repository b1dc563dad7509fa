package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/problem"
)

type authenticator struct{ tokens map[string]error }

func (a authenticator) Authenticate(_ context.Context, token string) (*auth.Viewer, error) {
	err, ok := a.tokens[token]
	switch {
	case !ok:
		return nil, fmt.Errorf("token %s is revoked: %w", token, problem.ErrUnauthenticated)
	case err != nil:
		return nil, err
	case token == "nobody":
		return nil, nil
	}
	return &auth.Viewer{Kind: auth.KindMember, UserID: "usr_1"}, nil
}

func (authenticator) Anonymous(context.Context) *auth.Viewer {
	return &auth.Viewer{Kind: auth.KindAnonymous, Language: "de"}
}

// site is the chain of handlers as the server has it.
func site(l *logs, h http.HandlerFunc, trusted ...netip.Prefix) http.Handler {
	a := authenticator{map[string]error{
		"good": nil, "nobody": nil, "broken": errors.New("pq: connection refused"),
		"often": problem.Wait(1500*time.Millisecond, "Wait.", "Warten Sie."), "slow": context.DeadlineExceeded,
	}}
	return Requests(l.logger(), trusted, Authenticated(a, &Presenter{Logger: l.logger()}, h))
}

func serve(h http.Handler, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/graphql?access_token=hidden", nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAuthenticated(t *testing.T) {
	for _, c := range []struct {
		name   string
		header []string
		status int
		want   string // the viewer's kind, or the code
	}{
		{"no token", nil, 200, "ANONYMOUS"},
		{"good token", []string{"Authorization", "Bearer good"}, 200, "MEMBER"},
		{"scheme in another case", []string{"Authorization", "bearer  good"}, 200, "MEMBER"},
		{"bad token", []string{"Authorization", "Bearer sesame"}, 401, "UNAUTHENTICATED"},
		{"empty header", []string{"Authorization", ""}, 401, "UNAUTHENTICATED"},
		{"no token after the scheme", []string{"Authorization", "Bearer "}, 401, "UNAUTHENTICATED"},
		{"another scheme", []string{"Authorization", "Basic good"}, 401, "UNAUTHENTICATED"},
		{"no scheme", []string{"Authorization", "good"}, 401, "UNAUTHENTICATED"},
		{"two tokens", []string{"Authorization", "Bearer good", "Authorization", "Bearer good"}, 401, "UNAUTHENTICATED"},
		{"two tokens in one", []string{"Authorization", "Bearer good, Bearer good"}, 401, "UNAUTHENTICATED"},
		{"a viewer that is none", []string{"Authorization", "Bearer nobody"}, 401, "UNAUTHENTICATED"},
		{"long", []string{"Authorization", "Bearer " + strings.Repeat("x", 8<<10)}, 431, "LIMIT_EXCEEDED"},
		{"database gone", []string{"Authorization", "Bearer broken"}, 500, "INTERNAL"},
		{"too often", []string{"Authorization", "Bearer often"}, 429, "RATE_LIMITED"},
		{"slow", []string{"Authorization", "Bearer slow"}, 503, "LIMIT_EXCEEDED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &logs{}
			w := serve(site(l, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(w, string(auth.From(r.Context()).Kind))
			}), c.header...)
			require.Equal(t, c.status, w.Code)
			if c.status == http.StatusTooManyRequests {
				require.Equal(t, "2", w.Header().Get("Retry-After"))
				require.Contains(t, w.Body.String(), `"retryAfterSeconds":2`)
			}
			require.NotContains(t, l.String(), "sesame", "no token in the log")
			require.NotContains(t, l.String(), "hidden", "nor in the logged path")
			if c.status == 200 {
				require.Equal(t, c.want, w.Body.String())
				require.Contains(t, l.String(), `"viewer":"`+c.want+`"`)
				return
			}
			var body struct {
				Errors []struct{ Extensions map[string]any }
			}
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &body))
			require.Equal(t, c.want, body.Errors[0].Extensions["code"])
			require.Equal(t, c.status == 401, w.Header().Get("WWW-Authenticate") == `Bearer error="invalid_token"`)
			for _, hint := range []string{"revoked", "pq", "sesame", "good"} {
				require.NotContains(t, w.Body.String(), hint)
			}
			require.Equal(t, c.status == 500, body.Errors[0].Extensions["requestId"] != nil)
		})
	}
}

func TestRequestID(t *testing.T) {
	h := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, auth.RequestFrom(r.Context()).ID)
	}
	for given, kept := range map[string]bool{
		"abc-DEF_1.2": true, strings.Repeat("a", 64): true, strings.Repeat("a", 65): false, "": false,
		"a b": false, "a\nb": false, "<script>": false, "ä": false, "a;b": false, "../x": false,
	} {
		w := serve(site(&logs{}, h), "X-Request-Id", given)
		require.Equal(t, kept, w.Body.String() == given, given)
		require.Equal(t, w.Body.String(), w.Header().Get("X-Request-Id"))
		require.NotEmpty(t, w.Body.String())
	}
	require.NotEqual(t, serve(site(&logs{}, h)).Body.String(), serve(site(&logs{}, h)).Body.String())
}

func TestRequestDescription(t *testing.T) {
	var got auth.Request
	h := site(&logs{}, func(_ http.ResponseWriter, r *http.Request) { got = auth.RequestFrom(r.Context()) })
	serve(h, "X-Client-Name", "Portal\n\x1b[31m \xffäpp", "X-Client-Version", strings.Repeat("1", 100), "User-Agent", strings.Repeat("u", 1000))
	require.Equal(t, "Portal[31m äpp", got.Client)
	require.Len(t, got.ClientVersion, 64)
	require.Len(t, got.UserAgent, 256)
	require.Equal(t, "192.0.2.1", got.Address)
}

// X-Forwarded-For counts only as far as our own proxies wrote it.
func TestAddress(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		remote, want string
		forwarded    []string
		trusted      []netip.Prefix
	}{
		{"192.0.2.1:99", "192.0.2.1", nil, nil},
		{"192.0.2.1:99", "192.0.2.1", []string{"203.0.113.9"}, nil},
		{"192.0.2.1:99", "192.0.2.1", []string{"203.0.113.9"}, proxies},
		{"10.0.0.1:99", "203.0.113.9", []string{"203.0.113.9"}, proxies},
		{"10.0.0.1:99", "203.0.113.9", []string{"1.2.3.4, 203.0.113.9"}, proxies},
		{"10.0.0.1:99", "203.0.113.9", []string{"1.2.3.4", "203.0.113.9, 10.0.0.7"}, proxies},
		{"10.0.0.1:99", "10.0.0.1", []string{"nonsense"}, proxies},
		{"10.0.0.1:99", "10.0.0.1", nil, proxies},
		{"[::ffff:192.0.2.1]:99", "192.0.2.1", nil, nil},
		{"[fe80::1%eth0]:99", "fe80::1", nil, nil},
		{"@", "", nil, nil},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		require.Equal(t, c.want, address(r, c.trusted), "%+v", c)
	}
}

func TestRequestsRecover(t *testing.T) {
	l := &logs{}
	w := serve(site(l, func(http.ResponseWriter, *http.Request) { panic("secret") }), "X-Request-Id", "r1")
	require.Equal(t, 500, w.Code)
	require.JSONEq(t, `{"errors":[{"message":"Something went wrong on our side.","extensions":{"code":"INTERNAL","requestId":"r1"}}]}`, w.Body.String())
	require.Contains(t, l.String(), `"error":"secret"`)
	require.Contains(t, l.String(), `"status":500`)

	l = &logs{}
	w = serve(site(l, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "half"); panic("x") }))
	require.Equal(t, "half", w.Body.String(), "an answer that has begun is not mixed with another")
	require.Panics(t, func() {
		serve(site(&logs{}, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	})
}

func TestAccessLog(t *testing.T) {
	a := protocolAPI(t)
	l := &logs{}
	h := Requests(l.logger(), nil, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.h.ServeHTTP(w, r.WithContext(withViewer(r.Context(), viewer(auth.KindMember))))
	}))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, postRequest(`{"query":"query Greet($n: String) { hello(name: $n) }","variables":{"n":"password"}}`, "X-Request-Id", "r1", "X-Client-Name", "app"))
	require.Equal(t, 200, w.Code)
	var line map[string]any
	require.NoError(t, json.Unmarshal([]byte(l.String()), &line))
	delete(line, "time")
	delete(line, "ms")
	require.Equal(t, map[string]any{
		"level": "INFO", "msg": "request", "method": "POST", "path": "/graphql", "operation": "query Greet", "status": 200.0,
		"requestId": "r1", "viewer": "MEMBER", "client": "app", "address": "192.0.2.1",
	}, line)
	require.NotContains(t, l.String(), "password")

	l2 := &logs{}
	h = Requests(l2.logger(), nil, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.h.ServeHTTP(w, r.WithContext(withViewer(r.Context(), viewer(auth.KindMember))))
	}))
	h.ServeHTTP(httptest.NewRecorder(), postRequest(`{"query":"{ hello }"}`))
	require.Contains(t, l2.String(), `"operation":"query"`, "without a name, and without a blank for it")
}

// Streams flush and websockets take the connection over, through the recorder.
func TestRecorderPassesOn(t *testing.T) {
	l := &logs{}
	s := httptest.NewServer(site(l, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") == "" {
			_, _ = io.WriteString(w, "a")
			w.(http.Flusher).Flush()
			return
		}
		c, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\n\r\nhi")
			_ = c.Close()
		}
	}))
	defer s.Close()
	res, err := http.Get(s.URL)
	require.NoError(t, err)
	b, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	require.Equal(t, "a", string(b))
	c, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	require.NoError(t, err)
	_, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
	b, _ = io.ReadAll(c)
	require.Contains(t, string(b), "hi")
	require.Eventually(t, func() bool { return strings.Contains(l.String(), `"status":101`) }, 5e9, 1e7)
	_, _, err = (&recorder{ResponseWriter: httptest.NewRecorder()}).Hijack()
	require.Error(t, err)
}
