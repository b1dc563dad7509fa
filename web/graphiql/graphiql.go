// Package graphiql serves GraphiQL, the query editor for the API, from files inside the binary: it needs
// no network but the server that it came from.
//
// dist is built from src by "npm ci && npm run build" and committed, so that Go alone is enough to build
// the server; check.sh proves in CI that it is what the sources give.
package graphiql

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed dist
var dist embed.FS

// prefix is where the page lives; its files name each other relative to it.
const prefix = "/graphiql/"

// contentSecurityPolicy lets the page load and call its own origin only, so that it stays offline even
// when a dependency would like otherwise, and nobody else's page can frame it. Inline styles are what
// CodeMirror and the pop-up menus position themselves with; images in the style sheet are data: URLs.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// contentTypes is by hand because mime.TypeByExtension reads files of the machine that it runs on, and
// nosniff makes a wrong answer a dead page.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".svg":  "image/svg+xml; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
}

// Account is an account of the demo data that the page offers for signing in with one click. Its password
// is sent to everybody who can open the page: never list an account of a real person.
type Account struct {
	Name     string `json:"name"`
	Role     string `json:"role"`
	Email    string `json:"email"`
	Password string `json:"password"`
}

// Example is a query of the page's menu.
type Example struct {
	// Role names the roles whose schema has everything that Query asks for.
	Role      []string       `json:"role"`
	Name      string         `json:"name"`
	Query     string         `json:"query"`
	Variables map[string]any `json:"variables"`
}

// Examples returns the queries of the page's menu, sorted by name, for a test that validates each of them
// against the schema of each of its roles. Its error means that dist is broken.
func Examples() ([]Example, error) {
	data, err := dist.ReadFile("dist/examples.json")
	if err != nil {
		return nil, fmt.Errorf("graphiql: %w", err)
	}
	var examples []Example
	if err := json.Unmarshal(data, &examples); err != nil {
		return nil, fmt.Errorf("graphiql: examples.json: %w", err)
	}
	return examples, nil
}

// asset is a file of dist, ready to be sent.
type asset struct {
	contentType string
	etag        string // Of the plain bytes, without quotes.
	plain       []byte
	zipped      []byte // nil where gzip does not make it smaller.
}

// assets are the files of dist by name. Compressing them takes some tens of milliseconds, which a start of
// the server does not have to wait for, nor a server whose page nobody opens.
var assets = sync.OnceValue(func() map[string]*asset {
	all := map[string]*asset{}
	err := fs.WalkDir(dist, "dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		plain, err := dist.ReadFile(name)
		if err != nil {
			return err
		}
		contentType, ok := contentTypes[path.Ext(name)]
		if !ok {
			return fmt.Errorf("no content type for %s", name)
		}
		sum := sha256.Sum256(plain)
		a := &asset{contentType: contentType, etag: hex.EncodeToString(sum[:12]), plain: plain}
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // Fails for unknown levels only.
		if _, err := w.Write(plain); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		if b.Len() < len(plain) {
			a.zipped = b.Bytes()
		}
		all[strings.TrimPrefix(name, "dist/")] = a
		return nil
	})
	if err != nil {
		// The files are in the binary: only a change of dist can bring this about, and the test sees it.
		panic("graphiql: " + err.Error())
	}
	return all
})

// Handler serves the page and its files below /graphiql/, and sends /graphiql there. It is to be mounted at
// both paths without stripping the prefix. The page sends its queries to /graphql of the same origin.
//
// accounts is asked on each load of the page for the demo accounts to offer; nil, or a function that returns
// none, leaves the plain form of email and password.
func Handler(accounts func() []Account) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")

		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		if r.URL.Path == strings.TrimSuffix(prefix, "/") {
			target := prefix
			if r.URL.RawQuery != "" {
				target += "?" + r.URL.RawQuery
			}
			http.Redirect(w, r, target, http.StatusPermanentRedirect)
			return
		}
		name, ok := strings.CutPrefix(r.URL.Path, prefix)
		if !ok {
			http.NotFound(w, r)
			return
		}
		switch name {
		case "":
			name = "index.html"
		case "accounts.json":
			serveAccounts(w, accounts)
			return
		}
		// A look-up in a map: there is no path to climb out of.
		a, ok := assets()[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	// The names never change, so every use asks first, and is answered 304 until the next release.
	h.Set("Cache-Control", "no-cache")
	body, etag := a.plain, `"`+a.etag+`"`
	if a.zipped != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Values("Accept-Encoding")) {
			// Other bytes, so another tag (RFC 9110, section 8.8.3.3).
			body, etag = a.zipped, `"`+a.etag+`-gz"`
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("ETag", etag)
	if matches(r.Header.Values("If-None-Match"), etag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // The client has gone: nothing to be done.
	}
}

func serveAccounts(w http.ResponseWriter, accounts func() []Account) {
	list := []Account{} // Not nil: the page expects an array.
	if accounts != nil {
		list = append(list, accounts()...)
	}
	body, err := json.Marshal(list)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentTypes[".json"])
	h.Set("Cache-Control", "no-store") // Passwords, if of the demo data only.
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // For HEAD, net/http leaves the body out.
}

// acceptsGzip reads Accept-Encoding (RFC 9110, section 12.5.3); the coding's own weight counts before that
// of "*", and a weight of zero is a refusal.
func acceptsGzip(values []string) bool {
	named, others := -1.0, -1.0
	for _, part := range strings.Split(strings.Join(values, ","), ",") {
		coding, parameters, _ := strings.Cut(part, ";")
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(parameters)), "q="); ok {
			var err error
			if weight, err = strconv.ParseFloat(strings.TrimSpace(q), 64); err != nil {
				weight = 0
			}
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			named = weight
		case "*":
			others = weight
		}
	}
	if named >= 0 {
		return named > 0
	}
	return others > 0
}

// matches reports whether If-None-Match names etag, by the weak comparison (RFC 9110, section 13.1.2).
func matches(values []string, etag string) bool {
	for _, tag := range strings.Split(strings.Join(values, ","), ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.TrimPrefix(tag, "W/") == etag {
			return true
		}
	}
	return false
}
