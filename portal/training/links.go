package training

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"time"

	"foyer/portal/problem"
)

// linkLife is how long a link is good at most, half of it at least.
const linkLife = 10 * time.Minute

// link is the address at which something is loaded without a token: a browser that saves
// a file sends none. It is good for whoever has it, and for a short time.
func (s *Service) link(ctx context.Context, path string, q url.Values) (string, error) {
	return s.links.Link(ctx, path, q, linkLife)
}

// opened is what a link says; problem.ErrNotFound for one that is not of ours, or not
// good any more.
func (s *Service) opened(ctx context.Context, u *url.URL) (url.Values, error) {
	_, ok, err := s.links.Open(ctx, u)
	if err == nil && !ok {
		err = problem.ErrNotFound
	}
	return u.Query(), err
}

// attach sends a file to be saved.
func attach(w http.ResponseWriter, r *http.Request, kind, name string, content []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
