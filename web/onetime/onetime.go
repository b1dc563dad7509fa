// Package onetime serves the page behind one-time links: it makes the first
// administrator, or sets a new password, through the public API.
package onetime

import (
	"embed"
	"net/http"
)

//go:embed page
var page embed.FS

// policy lets the page load what it is made of, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Register serves /setup and /password.
func Register(mux *http.ServeMux) {
	file := func(name, contentType string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			b, err := page.ReadFile("page/" + name)
			if err != nil {
				http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
				return
			}
			h := w.Header()
			h.Set("Content-Type", contentType)
			h.Set("Content-Security-Policy", policy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "no-referrer")
			h.Set("Cache-Control", "no-cache")
			_, _ = w.Write(b) // the client has gone; nothing is left to do
		}
	}
	mux.HandleFunc("GET /setup", file("onetime.html", "text/html; charset=utf-8"))
	mux.HandleFunc("GET /password", file("onetime.html", "text/html; charset=utf-8"))
	mux.HandleFunc("GET /onetime/onetime.js", file("onetime.js", "text/javascript; charset=utf-8"))
	mux.HandleFunc("GET /onetime/onetime.css", file("onetime.css", "text/css; charset=utf-8"))
}
