package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	netmail "net/mail"
	"net/url"
	"strings"

	"foyer/portal/mail"
	"foyer/portal/store"
)

// mailFlags are the settings of mails.
type mailFlags struct {
	SMTPURL     string `name:"smtp-url" aliases:"smtp" help:"The mail server, smtp://user:password@host:587 or smtps://host:465. Without one, mails are kept in the database." placeholder:"URL"`
	MailFrom    string `help:"Who writes the portal's mails: an address, or a name and an address." placeholder:"NAME <ADDRESS>"`
	MailReplyTo string `help:"Who reads the answers to them, if somebody else." placeholder:"ADDRESS"`
}

// post is the way out for mails: the mail server, or the mailbox where there is
// none.
func (s serveCmd) post(st *store.Store) (*mail.Post, *mail.Mailbox, error) {
	o := mail.Options{PublicURL: s.PublicURL, Logger: slog.Default()}
	from, reply, server, err := s.read()
	if err != nil {
		return nil, nil, err
	}
	o.From, o.ReplyTo = from, reply
	if o.From.Name == "" && s.BrandName != "" {
		o.From.Name = s.BrandName
	}
	if server != nil {
		o.Sender = server
		return mail.New(o), nil, nil
	}
	if o.From.Address == "" {
		o.From = netmail.Address{Name: cmp.Or(s.BrandName, "Foyer"), Address: "portal@" + mailDomain(s.PublicURL)}
	}
	box := mail.NewMailbox(st)
	o.Sender = box
	return mail.New(o), box, nil
}

// read reads the settings; server is nil when there is none.
func (f mailFlags) read() (sender, answers netmail.Address, server *mail.SMTP, err error) {
	read := func(flag, text string) (netmail.Address, error) {
		if text == "" {
			return netmail.Address{}, nil
		}
		a, err := netmail.ParseAddress(text)
		if err != nil {
			return netmail.Address{}, fmt.Errorf("%s %q is not an e-mail address: write NAME <ADDRESS>", flag, text)
		}
		return *a, nil
	}
	if sender, err = read("--mail-from", f.MailFrom); err != nil {
		return sender, answers, nil, err
	}
	if answers, err = read("--mail-reply-to", f.MailReplyTo); err != nil {
		return sender, answers, nil, err
	}
	if f.SMTPURL == "" {
		return sender, answers, nil, nil
	}
	if f.MailFrom == "" {
		return sender, answers, nil, errors.New("--smtp-url needs --mail-from, the address that the portal's mails come from")
	}
	server, err = mail.NewSMTP(f.SMTPURL)
	return sender, answers, server, err
}

// mailDomain is a domain for an address that no mail is ever sent from.
func mailDomain(public string) string {
	u, err := url.Parse(public)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil || !strings.Contains(u.Hostname(), ".") {
		return "foyer.localhost"
	}
	return u.Hostname()
}
