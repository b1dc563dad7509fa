// Package problem has the two ways in which the portal says no. An Error ends
// the request with one of the codes that all clients know. A Refusal is a
// business answer: it becomes a user error of the mutation's payload, the
// transaction is rolled back and nothing has changed.
package problem

import (
	"errors"
	"fmt"
	"time"
)

// Code is the value of extensions.code of a top-level error.
type Code string

// The codes that a client can meet. They never change; messages may.
const (
	Unauthenticated Code = "UNAUTHENTICATED" // sign in (again)
	Forbidden       Code = "FORBIDDEN"       // you see it, you may not do this to it
	NotFound        Code = "NOT_FOUND"       // it does not exist, or not for you
	BadUserInput    Code = "BAD_USER_INPUT"  // the request is wrong and will stay wrong
	Conflict        Code = "CONFLICT"        // it has changed since you looked; look again
	RateLimited     Code = "RATE_LIMITED"    // too many attempts; wait
	LimitExceeded   Code = "LIMIT_EXCEEDED"  // the request is too large or too costly
	Internal        Code = "INTERNAL"        // our fault; the request id finds it in the log
)

// Text is a sentence for people in both languages of the portal.
type Text struct{ EN, DE string }

// In returns the sentence in a language; every language but "de" reads English.
func (t Text) In(language string) string {
	if language == "de" && t.DE != "" {
		return t.DE
	}
	return t.EN
}

// Format fills both sentences with the same values, as fmt.Sprintf does.
func (t Text) Format(args ...any) Text {
	return Text{EN: fmt.Sprintf(t.EN, args...), DE: fmt.Sprintf(t.DE, args...)}
}

// Error ends a request. Its text is written for the person who reads it and
// is sent to the client as it is, so it must never carry a cause.
type Error struct {
	Code Code
	Text Text
	// RetryAfter is when to try again, if that is known; for RATE_LIMITED.
	RetryAfter time.Duration
}

// Error returns the English sentence; clients get theirs through Text.
func (e *Error) Error() string { return e.Text.EN }

// Is makes errors.Is(err, problem.ErrNotFound) true for every error of that code.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code
}

// New makes an error with a sentence of its own.
func New(code Code, en, de string) *Error { return &Error{Code: code, Text: Text{en, de}} }

// Input is a BAD_USER_INPUT with English and German sentences.
func Input(en, de string) *Error { return New(BadUserInput, en, de) }

// Wait is a RATE_LIMITED that says when to try again.
func Wait(retryAfter time.Duration, en, de string) *Error {
	e := New(RateLimited, en, de)
	e.RetryAfter = retryAfter
	return e
}

// Seconds is RetryAfter in whole seconds, rounded up: whoever waits for them has
// waited long enough.
func (e *Error) Seconds() int { return int((e.RetryAfter + time.Second - 1) / time.Second) }

// The errors that need no other words.
var (
	ErrNotFound        = New(NotFound, "Not found.", "Nicht gefunden.")
	ErrForbidden       = New(Forbidden, "You may not do this.", "Dazu fehlt Ihnen die Berechtigung.")
	ErrUnauthenticated = New(Unauthenticated, "Sign in first.", "Bitte melden Sie sich an.")
	ErrStale           = New(Conflict, "This has changed since you looked. Load it again.", "Der Datensatz wurde inzwischen geändert. Bitte laden Sie ihn neu.")
)

// Refusal is a business answer of no.
type Refusal struct {
	Code  string   // a value of the domain's error-code enum
	Field []string // path of the input field that the refusal is about; may be empty
	Text  Text
}

// Error returns the English sentence.
func (r *Refusal) Error() string { return r.Code + ": " + r.Text.EN }

// Refuse makes a refusal; field names the input field it is about, if any.
func Refuse(code string, text Text, field ...string) *Refusal {
	return &Refusal{Code: code, Field: field, Text: text}
}

// Several are the refusals of one request, each about a part of it.
type Several []*Refusal

// Error returns the first of them.
func (s Several) Error() string {
	if len(s) == 0 {
		return "refused"
	}
	return s[0].Error()
}

// Refusals splits an error into the refusals of a payload and what remains: a
// resolver returns the first as userErrors and the second as its error.
func Refusals(err error) ([]*Refusal, error) {
	var all Several
	if errors.As(err, &all) {
		return all, nil
	}
	var r *Refusal
	if errors.As(err, &r) {
		return []*Refusal{r}, nil
	}
	return nil, err
}
