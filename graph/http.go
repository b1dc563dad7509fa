package graph

import (
	"bufio"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	speech "golang.org/x/text/language"

	"foyer/auth"
	"foyer/portal/problem"
)

// maxAuthorization is the longest Authorization header that is looked at.
const maxAuthorization = 8 << 10

// Requests is the outermost handler: it gives each request its id, describes
// it in the context (auth.RequestFrom), writes one line to the access log, and
// answers a panic with INTERNAL.
//
// The address of the caller is taken from X-Forwarded-For only as far as the
// proxies in trusted wrote it; anybody else can write what they like there.
func Requests(logger *slog.Logger, trusted []netip.Prefix, next http.Handler) http.Handler {
	if logger == nil {
		logger = slog.Default()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		request := auth.Request{
			ID:            requestID(r.Header.Get("X-Request-Id")),
			Client:        printable(r.Header.Get("X-Client-Name"), 64),
			ClientVersion: printable(r.Header.Get("X-Client-Version"), 64),
			Address:       address(r, trusted),
			UserAgent:     printable(r.UserAgent(), 256),
			Language:      spoken(r.Header.Get("Accept-Language")),
		}
		entry := &logEntry{}
		ctx := context.WithValue(auth.WithRequest(r.Context(), request), logEntryKey{}, entry)
		r = r.WithContext(ctx)
		rec := &recorder{ResponseWriter: w}
		rec.Header().Set("X-Request-Id", request.ID)
		defer func() {
			v := recover()
			if v == http.ErrAbortHandler { //nolint:errorlint // the server compares it so too
				panic(v)
			}
			if v != nil {
				logger.ErrorContext(ctx, "panic", "requestId", request.ID, "error", v, "stack", string(debug.Stack()))
				if rec.status == 0 {
					writeProblem(rec, r, http.StatusInternalServerError, problem.New(problem.Internal, textInternal.EN, textInternal.DE))
				}
			}
			operation, kind := entry.get()
			logger.InfoContext(ctx, "request", "method", printable(r.Method, 16), "path", printable(r.URL.Path, 256), "operation", operation,
				"status", cmp.Or(rec.status, http.StatusOK), "ms", time.Since(start).Milliseconds(),
				"requestId", request.ID, "viewer", kind, "client", request.Client, "address", request.Address)
		}()
		next.ServeHTTP(rec, r)
	})
}

// Authenticator finds out who is calling.
type Authenticator interface {
	// Authenticate returns the viewer of a token. A token that is not good is
	// problem.ErrUnauthenticated, and nothing says why; every other error is
	// the server's own and must not make a client throw its token away.
	Authenticate(ctx context.Context, token string) (*auth.Viewer, error)
	// Anonymous returns the viewer of a request without a token.
	Anonymous(ctx context.Context) *auth.Viewer
}

// Authenticated puts the viewer into the context: the token's, or the
// anonymous one when there is no Authorization header at all. A token that is
// not good is an answer of 401, never an anonymous request.
func Authenticated(a Authenticator, p *Presenter, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		headers := r.Header.Values("Authorization")
		if len(headers) == 0 {
			next.ServeHTTP(w, r.WithContext(withViewer(ctx, a.Anonymous(ctx))))
			return
		}
		if len(strings.Join(headers, "")) > maxAuthorization {
			writeProblem(w, r, http.StatusRequestHeaderFieldsTooLarge, problem.New(problem.LimitExceeded,
				"The Authorization header is too long.", "Der Authorization-Header ist zu lang."))
			return
		}
		unauthenticated := func() {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			writeProblem(w, r, http.StatusUnauthorized, problem.ErrUnauthenticated)
		}
		token, ok := bearer(headers)
		if !ok {
			unauthenticated()
			return
		}
		v, err := a.Authenticate(ctx, token)
		if err == nil && v != nil {
			next.ServeHTTP(w, r.WithContext(withViewer(ctx, v)))
			return
		}
		if err == nil || errors.Is(err, problem.ErrUnauthenticated) {
			unauthenticated()
			return
		}
		shown := p.Present(ctx, err)
		mark, _ := shown.Err.(*presented)
		status := http.StatusInternalServerError
		switch mark.code { //nolint:exhaustive // the others are no answers to a token
		case problem.RateLimited:
			status = http.StatusTooManyRequests
			if n, ok := shown.Extensions[retryAfter].(int); ok {
				w.Header().Set("Retry-After", strconv.Itoa(n))
			}
		case problem.LimitExceeded:
			status = http.StatusServiceUnavailable
		}
		writeErrors(w, r, status, shown)
	})
}

// bearer reads the token from the one Authorization header there may be.
func bearer(headers []string) (token string, ok bool) {
	scheme, token, _ := strings.Cut(headers[0], " ")
	token = strings.TrimSpace(token)
	return token, len(headers) == 1 && strings.EqualFold(scheme, "Bearer") && token != "" && !strings.ContainsAny(token, " ,")
}

func withViewer(ctx context.Context, v *auth.Viewer) context.Context {
	if e, ok := ctx.Value(logEntryKey{}).(*logEntry); ok && v != nil {
		e.set(&e.kind, string(v.Kind))
	}
	return auth.WithViewer(ctx, v)
}

// requestID keeps the caller's id if it can do no harm in a log, a header or
// a link, and makes one otherwise.
func requestID(given string) string {
	sane := func(c rune) bool {
		return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '_' || c == '-'
	}
	if given == "" || len(given) > 64 || strings.ContainsFunc(given, func(c rune) bool { return !sane(c) }) {
		return rand.Text()
	}
	return given
}

// portalLanguages are those that the portal's texts are in, the first by default.
var portalLanguages = speech.NewMatcher([]speech.Tag{speech.English, speech.German})

// spoken is the language that suits a caller best, as they say themselves.
func spoken(accept string) string {
	if len(accept) > 200 { // a browser's is a tenth of that
		return ""
	}
	tags, _, err := speech.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return ""
	}
	_, i, _ := portalLanguages.Match(tags...)
	return []string{"en", "de"}[i]
}

// printable keeps the first n printable characters.
func printable(s string, n int) string {
	s = strings.Map(func(c rune) rune {
		if c == unicode.ReplacementChar || !unicode.IsPrint(c) {
			return -1
		}
		return c
	}, s)
	if r := []rune(s); len(r) > n {
		s = string(r[:n])
	}
	return strings.TrimSpace(s)
}

// address is the network address of the caller, without the port.
func address(r *http.Request, trusted []netip.Prefix) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	ip := at.Addr().Unmap().WithZone("")
	known := func(ip netip.Addr) bool {
		return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(ip) })
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && known(ip); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = hop.Unmap().WithZone("")
	}
	return ip.String()
}

// logEntry is filled in by the handlers inside, for the line of the access
// log. Several operations may run on one connection; the last one shows.
type logEntry struct {
	sync.Mutex
	operation, kind string
}

type logEntryKey struct{}

func (e *logEntry) set(field *string, value string) {
	e.Lock()
	defer e.Unlock()
	*field = value
}

func (e *logEntry) get() (operation, kind string) {
	e.Lock()
	defer e.Unlock()
	return e.operation, e.kind
}

// recorder notes the status for the access log. Streams and websockets need
// Flush and Hijack of the writer beneath.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= http.StatusOK || status == http.StatusSwitchingProtocols {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) {
	r.status = cmp.Or(r.status, http.StatusOK)
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer beneath.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Flush implements http.Flusher.
func (r *recorder) Flush() {
	r.status = cmp.Or(r.status, http.StatusOK)
	_ = http.NewResponseController(r.ResponseWriter).Flush()
}

// Hijack implements http.Hijacker.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := http.NewResponseController(r.ResponseWriter).Hijack()
	if err == nil {
		r.status = http.StatusSwitchingProtocols
	}
	return c, rw, err
}

// writeProblem answers a request that never became a GraphQL operation, in the
// shape that GraphQL answers have.
func writeProblem(w http.ResponseWriter, r *http.Request, status int, p *problem.Error) {
	extensions := map[string]any{"code": string(p.Code)}
	if n := p.Seconds(); n > 0 {
		extensions[retryAfter] = n
	}
	if p.Code == problem.Internal {
		extensions["requestId"] = auth.RequestFrom(r.Context()).ID
	}
	writeErrors(w, r, status, map[string]any{"message": p.Text.In(language(r.Context())), "extensions": extensions})
}

func writeErrors(w http.ResponseWriter, r *http.Request, status int, errs ...any) {
	b, err := json.Marshal(map[string]any{"errors": errs})
	if err != nil { // what is marshalled are texts
		b = []byte(`{"errors":[{"message":"Something went wrong on our side.","extensions":{"code":"INTERNAL"}}]}`)
	}
	writeJSON(w, r, status, b)
}

func writeJSON(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	h := w.Header()
	accepted, _ := answerType(r.Header.Values("Accept"))
	h.Set("Content-Type", accepted+"; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client has gone; nothing is left to do
}
