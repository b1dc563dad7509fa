// Package web serves the customers' portal and the staff console: two
// applications for browsers, clients of the public API, from files inside the
// binary.
//
// dist is built from src by "npm ci && npm run build" and committed, so that Go
// alone is enough to build the server; check.sh proves in CI that it is what the
// sources give.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"foyer/portal/brand"
	"foyer/web/assets"
)

//go:embed all:dist
var dist embed.FS

// Account is an account of the demo company that the sign-in page offers. Its
// password is sent to everybody: never list an account of a real person.
type Account struct {
	Name         string `json:"name"`
	Role         string `json:"role"`
	Email        string `json:"email"`
	Password     string `json:"password"`
	Organization string `json:"organization"`
	Staff        bool   `json:"staff"`
}

// Options of the pages.
type Options struct {
	Brand    *brand.Brand
	Demo     []Account // none without the demo company
	Mailbox  bool      // whether mails are kept for reading at /mailbox
	GraphiQL bool      // whether the query page is served
}

// house is what the pages must know before their first request; src/ui/house.ts
// reads it.
type house struct {
	Name         string      `json:"name"`
	LogoURL      string      `json:"logoUrl,omitempty"`
	LogoDarkURL  string      `json:"logoDarkUrl,omitempty"`
	ContactEmail string      `json:"contactEmail,omitempty"`
	ContactPhone string      `json:"contactPhone,omitempty"`
	Links        []houseLink `json:"links"`
	Mailbox      bool        `json:"mailbox,omitempty"`
	GraphiQL     bool        `json:"graphiql,omitempty"`
	Demo         []Account   `json:"demo,omitempty"`
}

type houseLink struct {
	Title map[string]string `json:"title"`
	URL   string            `json:"url"`
}

// Handler serves the pages and what they are made of.
type Handler struct {
	portal, console *assets.File
	files           map[string]*assets.File // by path below the build's prefix
	prefix          string                  // changes with each build, so that all below it can be kept
	icon            *assets.File
	logos           map[string]*assets.File
	policy          string
}

// New makes the handler. Its error means that dist is broken.
func New(o Options) (*Handler, error) {
	files, err := assets.Load(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	h := &Handler{files: files, icon: files["icon.svg"], logos: map[string]*assets.File{}}
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum.Write([]byte(name))
		sum.Write(files[name].Plain)
	}
	h.prefix = "/_/" + hex.EncodeToString(sum.Sum(nil)[:8]) + "/"
	images := "'self' data:"
	for path, logo := range map[string]*brand.Logo{brand.LogoPath: o.Brand.Logo, brand.LogoDarkPath: o.Brand.LogoDark} {
		switch {
		case logo == nil:
		case logo.Content != nil:
			h.logos[path] = assets.New(logo.ContentType, logo.Content)
		default:
			if u, err := url.Parse(logo.URL); err == nil {
				images += " " + u.Scheme + "://" + u.Host
			}
		}
	}
	// Styles are inline because the components position themselves with them; scripts never are.
	h.policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src " + images +
		"; media-src 'self' https:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	if h.portal, err = h.page("index.html", o); err == nil {
		h.console, err = h.page("console/index.html", o)
	}
	return h, err
}

// page is an application's page, with the house and its colours written in.
func (h *Handler) page(name string, o Options) (*assets.File, error) {
	source, err := fs.ReadFile(dist, "dist/"+name)
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	const mark = "<!--house-->"
	if !bytes.Contains(source, []byte(mark)) {
		return nil, fmt.Errorf("web: %s has no place for the house", name)
	}
	b := o.Brand
	x := house{
		Name: b.Name, ContactEmail: b.ContactEmail, ContactPhone: b.ContactPhone,
		Links: []houseLink{}, Mailbox: o.Mailbox, GraphiQL: o.GraphiQL, Demo: o.Demo,
	}
	if b.Logo != nil {
		x.LogoURL = b.Logo.URL
	}
	if b.LogoDark != nil {
		x.LogoDarkURL = b.LogoDark.URL
	}
	for _, l := range b.Links {
		x.Links = append(x.Links, houseLink{Title: map[string]string{"en": l.EN, "de": l.DE}, URL: l.URL})
	}
	text, err := json.Marshal(x) // which writes <, > and & so that no text can end the script
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	p := b.Accent.Palette()
	head := fmt.Sprintf(`<style>html:root{--brand:%s;--on-brand:%s;--off-brand:%s;--accent-text:light-dark(%s,%s);--accent-soft:light-dark(%s,%s)}</style>`+
		`<meta name="theme-color" content="%s"><script type="application/json" id="house">%s</script>`,
		p.Accent, p.OnAccent, p.OffAccent, p.TextLight, p.TextDark, p.SoftLight, p.SoftDark, p.Accent, text)
	// The files' addresses become those of this build; see prefix.
	out := strings.NewReplacer(`="./`, `="`+h.prefix, `="../`, `="`+h.prefix, mark, head,
		"<title>Foyer</title>", "<title>"+html.EscapeString(b.Name)+"</title>").Replace(string(source))
	return assets.New("text/html; charset=utf-8", []byte(out)), nil
}

// known are the addresses that the portal has pages for, as src/portal/portal-app.tsx
// has them. Others get the page as well, which then says that there is nothing,
// and the status says so too.
var known = []string{"/sign-in", "/orders", "/products", "/configurations", "/shared", "/guides", "/cart", "/approvals", "/notifications", "/account", "/organization", "/track", "/password", "/invitation", "/setup", "/choose", "/training", "/certificates"}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Content-Security-Policy", h.policy)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, "/_/"):
		// A look-up in a map: there is no path to climb out of. A page of another
		// build gets nothing, and loads itself again.
		name, ours := strings.CutPrefix(path, h.prefix)
		f := h.files[name]
		if !ours || f == nil {
			http.NotFound(w, r)
			return
		}
		f.Serve(w, r, assets.Keep)
	case path == "/push.js" && h.files["push.js"] != nil:
		// A service worker speaks for the addresses beside and below its own.
		h.files["push.js"].Serve(w, r, assets.Ask)
	case path == "/favicon.ico" || path == "/icon.svg":
		h.icon.Serve(w, r, assets.Ask)
	case h.logos[path] != nil:
		header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox") // a picture runs nothing
		h.logos[path].Serve(w, r, assets.Ask)
	case path == "/console":
		http.Redirect(w, r, "/console/", http.StatusPermanentRedirect)
	case strings.HasPrefix(path, "/console/"):
		h.console.Serve(w, r, assets.Ask)
	case path == "/" || slices.ContainsFunc(known, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") }):
		h.portal.Serve(w, r, assets.Ask)
	default:
		h.portal.ServeStatus(w, r, assets.Ask, http.StatusNotFound)
	}
}
