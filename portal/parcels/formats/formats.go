// Package formats reads what carriers send and says what it means in the
// portal's own words.
//
// Owns: one small mapping for each format, with the source of its fields and
// states. Does not own: who may send, and what a report is about.
//
// All of them follow the same rules. What can be read of a body is taken, and
// the rest is named, by the carrier's word for it alone: no name, address or
// number of anybody gets into a log that way. A time without a zone is UTC
// unless the format says otherwise. A day without an hour is its noon in UTC,
// which is that day nearly everywhere.
package formats

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"foyer/ent/trackingevent"
)

// Report is a carrier's report about a parcel, by the carrier's own number.
type Report struct {
	Number            string
	Status            trackingevent.Status
	At                time.Time // when it happened, by the carrier's word
	Location          string
	Message           string
	ExternalID        string     // the carrier's own key of the report
	EstimatedDelivery *time.Time // when the carrier now expects to deliver the parcel
}

// Parser reads a body. It returns what it could read, and the words that it
// could not; an error when it is not a body of this format at all.
type Parser func(body []byte) (reports []Report, ignored []string, err error)

// parsers are the formats by name.
var parsers = map[string]Parser{"foyer": Foyer, "dhl": DHL, "ups": UPS, "easypost": EasyPost}

// Lookup finds a format by its name.
func Lookup(name string) (Parser, bool) {
	p, ok := parsers[name]
	return p, ok
}

// Names are the names of all formats, sorted.
func Names() []string { return slices.Sorted(maps.Keys(parsers)) }

// The longest texts, in characters (the key: in bytes); the columns hold as many.
const (
	MaxNumber   = 120
	MaxLocation = 200
	MaxMessage  = 500
	MaxKey      = 200
)

// ErrUnreadable is the error of a body that is not of the format.
var ErrUnreadable = errors.New("formats: the body is not of this format")

func decode(body []byte, into any) error {
	if !utf8.Valid(body) || json.Unmarshal(body, into) != nil {
		return ErrUnreadable // the cause may quote what somebody has written
	}
	return nil
}

// reading gathers what a parser finds.
type reading struct {
	reports []Report
	ignored []string
}

// ignore notes a word that means nothing here, once.
func (r *reading) ignore(what, word string) {
	const most, longest = 20, 40
	word = strings.Map(func(c rune) rune {
		if c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("_-. ", c)) {
			return c
		}
		return -1
	}, word)
	if text := strings.TrimSpace(what + " " + word[:min(len(word), longest)]); len(r.ignored) < most && !slices.Contains(r.ignored, text) {
		r.ignored = append(r.ignored, text)
	}
}

// add takes a report if it says what a report has to say: about which parcel,
// what, and when. Texts that are too long are cut; a report is no place to be
// strict about them.
func (r *reading) add(x Report) {
	x.Number = text(x.Number, 1<<16)
	switch {
	case !numbered(x.Number) || utf8.RuneCountInString(x.Number) > MaxNumber:
		r.ignore("tracking number", "")
		return
	case trackingevent.StatusValidator(x.Status) != nil:
		r.ignore("state", string(x.Status))
		return
	case !sane(x.At):
		r.ignore("time", "")
		return
	}
	x.At = x.At.UTC().Truncate(time.Microsecond)
	x.Location, x.Message = text(x.Location, MaxLocation), text(x.Message, MaxMessage)
	x.ExternalID = text(x.ExternalID, 1<<16)
	if x.EstimatedDelivery != nil {
		if e := x.EstimatedDelivery.UTC().Truncate(time.Microsecond); sane(e) {
			x.EstimatedDelivery = &e
		} else {
			x.EstimatedDelivery = nil
		}
	}
	r.reports = append(r.reports, x)
}

// numbered says whether a number has anything to compare it by.
func numbered(number string) bool {
	return strings.ContainsFunc(number, func(c rune) bool {
		return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	})
}

// sane says whether a time is one that a carrier could mean; both databases
// keep these years.
func sane(t time.Time) bool { return t.Year() >= 1990 && t.Year() < 2200 }

// text is a text of one line without control characters, cut to a length.
func text(s string, longest int) string {
	s = strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\r' || c == '\t':
			return ' '
		case unicode.IsControl(c) || c == utf8.RuneError:
			return -1
		}
		return c
	}, s))
	if r := []rune(s); len(r) > longest {
		s = strings.TrimSpace(string(r[:longest]))
	}
	return s
}

// layouts are the ways in which carriers write a moment.
var layouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04"}

// moment reads a time of ISO 8601; one without a zone is UTC.
func moment(s string) (time.Time, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// expected reads when a parcel is expected: a moment, or a day.
func expected(s string) *time.Time {
	if t, ok := moment(s); ok {
		return &t
	}
	if t, err := time.Parse(time.DateOnly, strings.TrimSpace(s)); err == nil {
		return new(noon(t))
	}
	return nil
}

func noon(day time.Time) time.Time { return day.Add(12 * time.Hour) }

// place joins the parts of a place that are there.
func place(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" }), ", ")
}

// latest is the index of the report that happened last, -1 when there is none.
func latest(reports []Report) int {
	at := -1
	for i, r := range reports {
		if at < 0 || r.At.After(reports[at].At) {
			at = i
		}
	}
	return at
}
