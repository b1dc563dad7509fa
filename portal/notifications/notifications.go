// Package notifications tells people what happened to the orders that they may
// see: in the inbox always, by mail, push message or a call of their own server
// as each of them has chosen.
//
// Owns: which event becomes which notification, who is told, in which words, by
// which channel and when; quiet hours, gathered mails, leaving a list; what a
// person has chosen. Does not own: what happened (portal/events), how a mail
// looks and travels (portal/mail), who may see an order (portal/access), live
// updates of the inbox (the API's subscriptions read the event Notified).
package notifications

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"
	_ "time/tzdata" // people choose their time zone, and not every machine knows them

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/jobs"
	"foyer/portal/mail"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// Letters puts letters into words and sends them.
type Letters interface {
	Render(ctx context.Context, l mail.Letter) (mail.Message, error)
	Send(ctx context.Context, l mail.Letter) error
}

// People says as whom a person could act, which decides what they may see.
type People interface {
	ViewerOf(ctx context.Context, userID, membershipID gid.ID) (*auth.Viewer, error)
}

// Options set up a Service; zero values mean the defaults.
type Options struct {
	PublicURL string // the portal's own address, for links
	// Zone is the portal's time zone, that of people who chose none; Europe/Berlin.
	Zone string
	// Contact is whom an operator of a push service writes to: an https address
	// or an e-mail address; PublicURL when that is https.
	Contact string
	// Carrier names a carrier by its code; the code itself when nil.
	Carrier func(code string) string
	// Deciders are the people who are asked to answer a question for approval;
	// nobody is told of one when nil.
	Deciders func(ctx context.Context, approvalID gid.ID) ([]gid.ID, error)
	Clock    func() time.Time // time.Now
	// Client calls addresses that people have named; one that reaches public
	// addresses alone when nil. Tests reach their own servers by another one.
	Client *http.Client
	// Pusher sends push messages; WebPush when nil.
	Pusher Pusher
	Logger *slog.Logger
}

// Service tells people what happened.
type Service struct {
	st      *store.Store
	people  People
	letters Letters // nil when the portal sends no mails
	jobs    *jobs.Runner
	o       Options
	zone    *time.Location
}

// defaultZone is where the portal is when nobody says.
const defaultZone = "Europe/Berlin"

// New makes the service: from now on, what happens by way of the store is told.
// Letters may be nil; then nobody gets mails. It must be called before the
// runner is started, and once for a store.
func New(st *store.Store, people People, letters Letters, work *jobs.Runner, o Options) (*Service, error) {
	if o.Zone == "" {
		o.Zone = defaultZone
	}
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return nil, fmt.Errorf("notifications: time zone: %w", err)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Client == nil {
		o.Client = Outside()
	}
	if o.Carrier == nil {
		o.Carrier = func(code string) string { return code }
	}
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	s := &Service{st: st, people: people, letters: letters, jobs: work, o: o, zone: zone}
	if s.o.Pusher == nil {
		s.o.Pusher = &WebPush{s}
	}
	jobs.Handle(work, jobs.Kind{Shown: []string{"event"}}, s.tell)
	kind := jobs.Kind{Queue: jobs.QueueDelivery, Attempts: attempts, Timeout: patience, Shown: []string{"notification", "channel", "user", "due"}}
	jobs.Handle(work, kind, s.deliver)
	jobs.Handle(work, kind, s.digest)
	st.Client().Event.Use(s.listen)
	return s, nil
}

// now is the service's clock as both databases keep it.
func (s *Service) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

// eventArgs order the telling of an event.
type eventArgs struct {
	Event int64     `json:"event"`
	At    time.Time `json:"at"` // when it became known
}

// Kind implements jobs.Args.
func (eventArgs) Kind() string { return "notifications.event" }

// listen orders the telling of an event in the transaction that writes it. What
// an import writes goes past it: of the past of another system nobody is told.
func (s *Service) listen(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
		v, err := next.Mutate(ctx, m)
		if err != nil || !m.Op().Is(ent.OpCreate) {
			return v, err
		}
		if e, ok := v.(*ent.Event); ok && notifiable(e) {
			if err := s.jobs.Insert(ctx, eventArgs{Event: e.ID, At: s.now()}); err != nil {
				return nil, err
			}
		}
		return v, nil
	})
}

// zoneOf finds a time zone by its name; the portal's default for one that is
// not known any more.
func zoneOf(name string) *time.Location {
	if name != "" {
		if l, err := time.LoadLocation(name); err == nil {
			return l
		}
	}
	l, err := time.LoadLocation(defaultZone)
	if err != nil {
		return time.UTC
	}
	return l
}
