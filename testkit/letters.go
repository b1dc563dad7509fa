package testkit

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"foyer/portal/mail"
	"foyer/portal/notifications"
)

// Letters keeps the mails that a server has sent.
type Letters struct {
	*mail.Post
	mu   sync.Mutex
	sent []mail.Letter
	fail func(mail.Letter) error
}

// Fail has fn look at each mail after it was sent; an error of it is what the
// server sees of the sending. Nil: no more.
func (l *Letters) Fail(fn func(mail.Letter) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fail = fn
}

// Send implements notifications.Letters: the mail is kept, put into words and
// sent; see Mails.
func (l *Letters) Send(ctx context.Context, m mail.Letter) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent = append(l.sent, m)
	if err := l.Post.Send(ctx, m); err != nil {
		return err
	}
	if l.fail != nil {
		return l.fail(m)
	}
	return nil
}

// To takes the mails out that have gone to an address.
func (l *Letters) To(address string) (list []mail.Letter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var others []mail.Letter
	for _, m := range l.sent {
		if strings.EqualFold(m.To, address) {
			list = append(list, m)
		} else {
			others = append(others, m)
		}
	}
	l.sent = others
	return list
}

// All takes all mails out.
func (l *Letters) All() []mail.Letter {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := l.sent
	l.sent = nil
	return list
}

func (f *Foyer) now() time.Time {
	if f.Clock == nil {
		return time.Now()
	}
	return f.Clock()
}

type outside struct {
	f       *Foyer
	guarded http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (o outside) RoundTrip(r *http.Request) (*http.Response, error) {
	if o.f.Outside != nil {
		return o.f.Outside.RoundTrip(r)
	}
	return o.guarded.RoundTrip(r)
}

func (f *Foyer) outside() *http.Client {
	c := notifications.Outside()
	c.Transport = outside{f, c.Transport}
	return c
}
