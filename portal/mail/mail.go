// Package mail puts letters into words and sends them: by SMTP when that is
// configured, otherwise into a mailbox for development.
//
// Owns: how a mail looks, its headers, the ways out. Does not own: who is told
// what and when (portal/notifications), what a notification says.
package mail

import (
	"context"
	"errors"
	"log/slog"
	netmail "net/mail"
	"strings"
	"time"

	"foyer/schema"
)

// Template is a sort of mail, by the name that the API gives it. Those that are
// the kind of a notification have its name.
type Template string

// The templates that are no kind of notification.
const (
	Digest    Template = "DIGEST"
	GuestCode Template = "GUEST_CODE"

	// About the account itself; nobody can turn them off.
	PasswordLink    Template = "PASSWORD_LINK"
	PasswordChanged Template = "PASSWORD_CHANGED"
	Invitation      Template = "INVITATION"
)

// Letter is a mail before it is put into words.
type Letter struct {
	Template Template
	Language schema.Language
	To, Name string // the address, and the person's name where it is known
	Items    []Item // what it tells: one, or several in a digest; the order that a code opens
	// Code and Minutes are for GUEST_CODE: the code and how long it is good.
	Code    string
	Minutes int
	// URL is where a letter about the account leads to, and Good for how long that
	// is so. It holds a secret: it is in the mail, and nowhere else.
	URL  string
	Good time.Duration
	// Inviter, Organization and Role are for INVITATION: who invites for whom, as
	// what; no organization means the portal's staff. At is for PASSWORD_CHANGED.
	Inviter, Organization, Role string
	At                          time.Time
	// Settings and Unsubscribe are addresses of pages; a letter that is owed to
	// the person, such as a code, has none.
	Settings, Unsubscribe string
	// Key names the letter: sent twice, it has the same Message-ID.
	Key string
}

// Item is one thing that a letter tells, in the letter's language.
type Item struct {
	Title, Text string
	Number      string    // of the order
	URL         string    // where to see it; a path is one of the portal
	At          time.Time // shown in the zone that it is in
}

// Message is a mail as it is sent.
type Message struct {
	From, ReplyTo       netmail.Address // replies go to From where ReplyTo is empty
	To, Name            string
	Subject, Text, HTML string
	Unsubscribe         string // an address for one click, RFC 8058; empty when not due
	Key                 string
}

// Sender is a way out. An error that is ErrRefused will be one every time; any
// other may be gone when it is tried again.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// ErrRefused means that this mail will never reach this address: the address is
// none, or the server has refused it or the mail for good. To try again would
// be refused again.
var ErrRefused = errors.New("mail: refused for good")

// Options are what a Post is made of.
type Options struct {
	Portal    string          // what the portal is called; the name in From, or "Foyer", when empty
	PublicURL string          // the portal's own address
	From      netmail.Address // who writes
	ReplyTo   netmail.Address // who reads the answers, if not From
	Sender    Sender
	Logger    *slog.Logger
}

// Post puts letters into words and sends them.
type Post struct{ o Options }

// New makes a Post.
func New(o Options) *Post {
	if o.Portal == "" {
		o.Portal = o.From.Name
	}
	if o.Portal == "" {
		o.Portal = "Foyer"
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	return &Post{o}
}

// Send puts a letter into words and sends it. What it says stays out of the log.
func (p *Post) Send(ctx context.Context, l Letter) error {
	m, err := p.Render(ctx, l)
	if err != nil {
		return err
	}
	if err := p.o.Sender.Send(ctx, m); err != nil {
		return err
	}
	p.o.Logger.DebugContext(ctx, "mail sent", "template", l.Template, "key", l.Key)
	return nil
}
