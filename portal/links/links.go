// Package links seals addresses at which something is loaded without a token: a
// picture of a page, a file that a browser saves.
//
// Owns: what proves that an address is one of ours and still good. Does not own:
// what lies there, and who is given a link to it.
package links

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"time"

	"foyer/portal/store"
)

// Seal makes links of one kind. Their proof is of the whole address, so that none can
// be made into another; it stands behind the question mark, since logs have the path.
type Seal struct {
	// Store has the secret of the links, under Name.
	Store *store.Store
	Name  string
	// Now tells the time.
	Now func() time.Time
}

// The parameters of a link that are the seal's own.
const (
	ends  = "e" // seconds since 1970
	proof = "s"
)

// Link makes a link that is good for the life at most and for half of it at least.
// Links that are asked for within the other half are the same, so that a page that is
// drawn again loads nothing again.
func (s Seal) Link(ctx context.Context, path string, q url.Values, life time.Duration) (string, error) {
	half := int64(life.Seconds()) / 2
	return s.Until(ctx, path, q, time.Unix((s.Now().Unix()/half+2)*half, 0))
}

// Until makes a link that is good until then.
func (s Seal) Until(ctx context.Context, path string, q url.Values, until time.Time) (string, error) {
	all := url.Values{ends: {strconv.FormatInt(until.Unix(), 10)}}
	for name, values := range q {
		all[name] = values
	}
	sum, err := s.sum(ctx, path+"?"+all.Encode())
	if err != nil {
		return "", err
	}
	all.Set(proof, sum)
	return path + "?" + all.Encode(), nil
}

// Open says until when a link is good; not ok is one that is not of ours, or not good
// any more.
func (s Seal) Open(ctx context.Context, u *url.URL) (until time.Time, ok bool, err error) {
	q := u.Query()
	given := q.Get(proof)
	q.Del(proof)
	sum, err := s.sum(ctx, u.Path+"?"+q.Encode())
	if err != nil || !hmac.Equal([]byte(sum), []byte(given)) {
		return time.Time{}, false, err
	}
	seconds, err := strconv.ParseInt(q.Get(ends), 10, 64)
	if err != nil {
		return time.Time{}, false, nil //nolint:nilerr // it is no link of ours
	}
	until = time.Unix(seconds, 0)
	return until, s.Now().Before(until), nil
}

// Mark tells what links of different people have in them apart, without naming anybody.
func (s Seal) Mark(ctx context.Context, of string) (string, error) {
	// No address begins like this.
	sum, err := s.sum(ctx, "mark\n"+of)
	if err != nil {
		return "", err
	}
	return sum[:10], nil
}

func (s Seal) sum(ctx context.Context, of string) (string, error) {
	secret, err := s.Store.Secret(ctx, s.Name)
	if err != nil {
		return "", err
	}
	m := hmac.New(sha256.New, secret)
	_, _ = m.Write([]byte(of)) // never fails
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)), nil
}
