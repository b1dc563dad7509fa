// Package guests lets somebody without an account see one order: they name its
// number and an e-mail address that belongs to it, get a code there, and show it.
//
// Owns: the request for a code and its answer by mail. Does not own: codes and
// guests' tokens (portal/accounts), how the mail looks (portal/mail), what a
// guest may see (schema).
package guests

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"foyer/ent"
	"foyer/portal/accounts"
	"foyer/portal/jobs"
	"foyer/portal/mail"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// Minutes is for how long a code is good.
const Minutes = int(accounts.CodeLife / time.Minute)

// Options are what a Service is made of.
type Options struct {
	Store    *store.Store
	Accounts *accounts.Service
	Jobs     *jobs.Runner
	Mail     *mail.Post
	Logger   *slog.Logger
	Clock    func() time.Time // time.Now
}

// Service answers guests.
type Service struct{ o Options }

// New makes a Service. It must be made before the jobs start.
func New(o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	s := &Service{o}
	// Five attempts take about six minutes: later, nobody waits for the code.
	jobs.Handle(o.Jobs, jobs.Kind{Queue: jobs.QueueDelivery, Attempts: 5}, s.answer)
	return s
}

// codeRequested is the work that answers a request. It has the request's id
// alone: finished work is kept for a day, and work that was given up for a week,
// and neither must keep the address of somebody who may not be a customer.
type codeRequested struct {
	Request string `json:"request"`
}

// Kind implements jobs.Args.
func (codeRequested) Kind() string { return "guests.code" }

func (s *Service) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

// Request asks for a code by mail. Whether number and address are a pair is
// found out later, by a job: the request does the same for any two. The refusal
// is INVALID, for what can be nobody's; too many requests are RATE_LIMITED.
func (s *Service) Request(ctx context.Context, number, email string) error {
	number, email = strings.TrimSpace(number), strings.TrimSpace(email)
	if number == "" || len(number) > 60 || !utf8.ValidString(number) || strings.ContainsFunc(number, unicode.IsControl) {
		return problem.Refuse("INVALID", problem.Text{
			EN: "This is not an order number.",
			DE: "Das ist keine Bestellnummer.",
		}, "input", "number")
	}
	if a, err := netmail.ParseAddress(email); err != nil || a.Address != email || len(email) > 254 || strings.ContainsFunc(email, unicode.IsControl) {
		return problem.Refuse("INVALID", problem.Text{
			EN: "This is not an e-mail address.",
			DE: "Das ist keine E-Mail-Adresse.",
		}, "input", "email")
	}
	if err := s.o.Accounts.CodeRequest(ctx, number, email); err != nil {
		return err
	}
	_, err := s.o.Store.Write(ctx, func(ctx context.Context, _ *ent.Client) (gid.ID, error) {
		id := rand.Text()
		if _, err := s.o.Store.Raw(ctx).ExecContext(ctx,
			`INSERT INTO guest_requests (id, number, email, requested_at) VALUES ($1, $2, $3, $4)`, id, number, email, s.now()); err != nil {
			return "", fmt.Errorf("guests: %w", err)
		}
		return "", s.o.Jobs.Insert(ctx, codeRequested{id})
	})
	return err
}

// answer sends the code that was asked for, if there is somebody to send it to.
// Should it be done twice, the second code is the good one.
func (s *Service) answer(ctx context.Context, a codeRequested) error {
	var number, email string
	var at time.Time
	err := s.o.Store.RawRead(ctx).QueryRowContext(ctx,
		`SELECT number, email, requested_at FROM guest_requests WHERE id = $1`, a.Request).Scan(&number, &email, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // answered, or too old
	}
	if err != nil {
		return fmt.Errorf("guests: %w", err)
	}
	if s.now().Sub(at) > accounts.CodeLife {
		return s.done(ctx, a)
	}
	c, err := s.o.Accounts.NewGuestCode(ctx, number, email)
	if err != nil {
		return err
	}
	if c == nil {
		return s.done(ctx, a)
	}
	err = s.o.Mail.Send(ctx, mail.Letter{
		Template: mail.GuestCode, Language: c.Language, To: c.Email, Name: c.Name,
		Items: []mail.Item{{Number: c.Number}}, Code: c.Code[:4] + " " + c.Code[4:], Minutes: Minutes,
		Key: "guest-code/" + string(c.ID),
	})
	if errors.Is(err, mail.ErrRefused) {
		s.o.Logger.WarnContext(ctx, "a code for a guest cannot be delivered", "order", c.OrderID, "error", err)
		err = nil
	}
	if err != nil {
		return err
	}
	return s.done(ctx, a)
}

func (s *Service) done(ctx context.Context, a codeRequested) error {
	if _, err := s.o.Store.Raw(ctx).ExecContext(ctx, `DELETE FROM guest_requests WHERE id = $1`, a.Request); err != nil {
		return fmt.Errorf("guests: %w", err)
	}
	return nil
}

// Open lets a guest in who shows a code; see accounts.OpenOrder.
func (s *Service) Open(ctx context.Context, in accounts.OpenOrder) (*accounts.Guest, error) {
	return s.o.Accounts.OpenOrder(ctx, in)
}

// Sweep deletes requests that nobody will answer any more.
func (s *Service) Sweep(ctx context.Context) error {
	if _, err := s.o.Store.Raw(ctx).ExecContext(ctx,
		`DELETE FROM guest_requests WHERE requested_at < $1`, s.now().Add(-accounts.CodeLife)); err != nil {
		return fmt.Errorf("guests: sweep: %w", err)
	}
	return nil
}
