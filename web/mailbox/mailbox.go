// Package mailbox serves the mails of a portal that has no mail server, so that
// whoever tries the demo company can read what its people would have got. The
// mails hold codes: it must not be served where people are real.
package mailbox

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"foyer/portal/mail"
	"foyer/portal/problem"
)

//go:embed page
var page embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"when": func(t time.Time) string { return t.Format("2 Jan 2006, 15:04:05 MST") },
}).ParseFS(page, "page/*.html"))

// policy lets the page show itself and the mail in its frame, which inherits
// this policy: styles, and nothing that runs or is fetched from elsewhere. That
// styles may stand in the text is for the mails, which have no other way.
const policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Mails is where the mails are.
type Mails interface {
	List(ctx context.Context) ([]mail.Kept, error)
	Get(ctx context.Context, id int64) (*mail.Kept, error)
}

// Register serves /mailbox.
func Register(mux *http.ServeMux, mails Mails) {
	mux.HandleFunc("GET /mailbox", func(w http.ResponseWriter, r *http.Request) {
		list, err := mails.List(r.Context())
		answer(w, r, "list.html", list, err)
	})
	mux.HandleFunc("GET /mailbox/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		k, err := mails.Get(r.Context(), id)
		if errors.Is(err, problem.ErrNotFound) {
			http.NotFound(w, r)
			return
		}
		if k != nil {
			// A link leaves the frame, in which no page but the mail may be.
			k.HTML = strings.Replace(k.HTML, "<head>", `<head><base target="_blank">`, 1)
		}
		answer(w, r, "mail.html", k, err)
	})
	mux.HandleFunc("GET /mailbox/mailbox.css", func(w http.ResponseWriter, _ *http.Request) {
		b, err := page.ReadFile("page/mailbox.css")
		if err != nil {
			http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(b) // the client has gone; nothing is left to do
	})
}

func answer(w http.ResponseWriter, r *http.Request, name string, data any, err error) {
	var b bytes.Buffer
	if err == nil {
		err = pages.ExecuteTemplate(&b, name, data)
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if err != nil {
		slog.ErrorContext(r.Context(), "mailbox", "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	_, _ = w.Write(b.Bytes()) // the client has gone; nothing is left to do
}
