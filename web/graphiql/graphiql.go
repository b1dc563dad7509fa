// Package graphiql serves GraphiQL, the query editor for the API, from files inside the binary: it needs
// no network but the server that it came from.
//
// dist is built from src by "npm ci && npm run build" and committed, so that Go alone is enough to build
// the server; check.sh proves in CI that it is what the sources give.
package graphiql

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"foyer/web/assets"
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

// files are the files of dist by name. Compressing them takes some tens of milliseconds, which a start of
// the server does not have to wait for, nor a server whose page nobody opens.
var files = sync.OnceValue(func() map[string]*assets.File {
	all, err := assets.Load(dist, "dist")
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
		f, ok := files()[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		f.Serve(w, r, assets.Ask)
	})
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
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store") // Passwords, if of the demo data only.
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // For HEAD, net/http leaves the body out.
}
