package graph

import (
	"context"
	"mime"
	"net/http"
	"strings"
	"time"

	"foyer/portal/problem"
)

// The cookie with the refresh token of a browser. The prefix makes browsers
// take it only from this very host, over https, for all paths, so that a
// neighbour below the same domain cannot plant one (RFC 6265bis, section
// 4.1.3.2). Browsers refuse that name over plain http, where there is only
// development.
const (
	cookieSecure = "__Host-foyer_refresh"
	cookiePlain  = "foyer_refresh"
)

var errNoCookies = problem.Input("A cookie can only be used with a POST request of JSON that is answered as JSON.",
	"Ein Cookie lässt sich nur mit einer POST-Anfrage in JSON verwenden, die mit JSON beantwortet wird.")

// cookies reads and writes the refresh cookie of one request.
type cookies struct {
	w      http.ResponseWriter
	r      *http.Request
	secure bool
}

type cookiesKey struct{}

// Cookies lets the resolvers of a request use the refresh cookie; secure says
// that the portal is reached over https, whoever ends that.
func Cookies(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, WithCookies(w, r, secure)) })
}

// WithCookies returns the request with the refresh cookie at hand, if it is a
// POST of JSON: a form of another site cannot send one, and an answer that is
// streamed has no room for a cookie any more.
func WithCookies(w http.ResponseWriter, r *http.Request, secure bool) *http.Request {
	sent, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Method != http.MethodPost || err != nil || sent != typeJSON || strings.Contains(strings.Join(r.Header.Values("Accept"), ","), typeStream) {
		return r
	}
	// The header is anybody's to write, but whoever lies gains nothing: the
	// cookie only becomes harder to get.
	secure = secure || r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
	return r.WithContext(context.WithValue(r.Context(), cookiesKey{}, &cookies{w, r, secure}))
}

// cookiesOf are the cookies of the context's request; nil when it is not one
// that may use them.
func cookiesOf(ctx context.Context) *cookies {
	c, _ := ctx.Value(cookiesKey{}).(*cookies)
	return c
}

func (c *cookies) name() string {
	if c.secure {
		return cookieSecure
	}
	return cookiePlain
}

// refreshToken is the token that the browser has sent, empty when it has none.
func (c *cookies) refreshToken() string {
	found, err := c.r.Cookie(c.name())
	if err != nil {
		return ""
	}
	return found.Value
}

// keep gives the browser a token to keep until a time.
func (c *cookies) keep(token string, until time.Time) {
	c.set(&http.Cookie{Value: token, Expires: until, MaxAge: max(1, int(time.Until(until).Seconds()))})
}

// drop takes the token away from the browser.
func (c *cookies) drop() { c.set(&http.Cookie{MaxAge: -1}) }

func (c *cookies) set(x *http.Cookie) {
	x.Name, x.Path, x.HttpOnly, x.Secure, x.SameSite = c.name(), "/", true, c.secure, http.SameSiteStrictMode
	http.SetCookie(c.w, x)
}
