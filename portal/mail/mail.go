// Package mail puts letters into words and sends them: by SMTP when that is
// configured, otherwise into a mailbox for development.
//
// Owns: how a mail looks, its headers, the ways out. Does not own: who is told
// what and when (portal/notifications), what a notification says.
package mail

import (
	"context"
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
)

// Letter is a mail before it is put into words.
type Letter struct {
	Template Template
	Language schema.Language
	To, Name string // the address, and the person's name where it is known
	Items    []Item // what it tells: one, or several in a digest
	// Code and Minutes are for GUEST_CODE: the code and how long it is good.
	Code    string
	Minutes int
	// Settings and Unsubscribe are addresses of pages; a letter that is owed to
	// the person, such as a code, has none.
	Settings, Unsubscribe string
	// Key names the letter: sent twice, it has the same Message-ID.
	Key string
}

// Item is one thing that a letter tells, in the letter's language.
type Item struct {
	Title, Text string
	Number      string // of the order
	URL         string // where to see it
	At          time.Time
}

// Message is a mail as it is sent.
type Message struct {
	To, Name            string
	Subject, Text, HTML string
	Unsubscribe         string // an address for one click, RFC 8058; empty when not due
	Key                 string
}

// Sender is a way out.
type Sender interface {
	Send(ctx context.Context, m Message) error
}
