package training

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"foyer/portal/problem"
)

// linkLife is how long a link is good at most, half of it at least.
const linkLife = 10 * time.Minute

// link is the address at which something is loaded without a token: a browser that saves
// a file sends none. It is good for whoever has it, and for a short time.
func (s *Service) link(ctx context.Context, path string, q url.Values) (string, error) {
	half := int64(linkLife.Seconds()) / 2
	q.Set("e", strconv.FormatInt((s.now().Unix()/half+2)*half, 10))
	seal, err := s.seal(ctx, path, q)
	if err != nil {
		return "", err
	}
	// Behind the question mark, since logs have the path.
	q.Set("s", seal)
	return path + "?" + q.Encode(), nil
}

// opened is what a link says; problem.ErrNotFound for one that is not of ours, or not
// good any more.
func (s *Service) opened(ctx context.Context, u *url.URL) (url.Values, error) {
	q := u.Query()
	given := q.Get("s")
	q.Del("s")
	seal, err := s.seal(ctx, u.Path, q)
	if err != nil {
		return nil, err
	}
	until, err := strconv.ParseInt(q.Get("e"), 10, 64)
	if err != nil || !hmac.Equal([]byte(seal), []byte(given)) || s.now().Unix() >= until {
		return nil, problem.ErrNotFound
	}
	return q, nil
}

// seal is of all of a link: of its path too, so that none can be made into another.
func (s *Service) seal(ctx context.Context, path string, q url.Values) (string, error) {
	secret, err := s.linkSecret(ctx)
	if err != nil {
		return "", err
	}
	m := hmac.New(sha256.New, secret)
	_, _ = m.Write([]byte(path + "?" + q.Encode()))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)), nil
}

// linkSecret is read once. It never changes, and no transaction that could be rolled
// back asks for it.
func (s *Service) linkSecret(ctx context.Context) ([]byte, error) {
	if kept := s.linking.Load(); kept != nil {
		return *kept, nil
	}
	secret, err := s.store.Secret(ctx, "training-links")
	if err != nil {
		return nil, err
	}
	s.linking.Store(&secret)
	return secret, nil
}

// attach sends a file to be saved.
func attach(w http.ResponseWriter, r *http.Request, kind, name string, content []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
