// Package scalar reads and writes the API's scalars strictly: what a column
// could not hold, or would hold as something else, is refused at the door.
package scalar

import (
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"foyer/portal/problem"
)

// MaxString is the longest text that any argument takes, in bytes. Fields have
// shorter limits of their own.
const MaxString = 20_000

// MarshalInt writes an Int.
func MarshalInt(i int) graphql.Marshaler { return graphql.MarshalInt(i) }

// UnmarshalInt reads an Int, which has 32 bits (GraphQL specification, 3.5.1);
// the library's own takes 64.
func UnmarshalInt(v any) (int, error) {
	i, err := graphql.UnmarshalInt(v)
	if _, text := v.(string); err != nil || text || i > math.MaxInt32 || i < math.MinInt32 {
		return 0, problem.Input("This must be a whole number of at most 32 bits.", "Hier muss eine ganze Zahl mit höchstens 32 Bit stehen.")
	}
	return i, nil
}

// MarshalString writes a String.
func MarshalString(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalString reads a String: valid UTF-8, without NUL (PostgreSQL keeps
// none), and not endless.
func UnmarshalString(v any) (string, error) {
	s, ok := v.(string)
	switch {
	case !ok:
		return "", problem.Input("This must be a text.", "Hier muss ein Text stehen.")
	case len(s) > MaxString:
		return "", problem.Input("The text is too long.", "Der Text ist zu lang.")
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return "", problem.Input("The text has characters that are not allowed.", "Der Text enthält unzulässige Zeichen.")
	}
	return s, nil
}

// MaxPasted is the longest text that is pasted as a whole, in bytes.
const MaxPasted = 1_000_000

// MarshalPastedText writes a PastedText.
func MarshalPastedText(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalPastedText reads a PastedText: valid UTF-8 and without NUL, as any
// text, but longer.
func UnmarshalPastedText(v any) (string, error) {
	s, ok := v.(string)
	switch {
	case !ok:
		return "", problem.Input("This must be a text.", "Hier muss ein Text stehen.")
	case len(s) > MaxPasted:
		return "", problem.Input("The text is too long.", "Der Text ist zu lang.")
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return "", problem.Input("The text has characters that are not allowed.", "Der Text enthält unzulässige Zeichen.")
	}
	return s, nil
}

// The years that a time may have: what carriers, calendars and both databases
// agree on.
const (
	firstYear = 1900
	lastYear  = 2200
)

func inRange(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// MarshalTime writes a Time in UTC, with fractions of a second only where
// there are any.
func MarshalTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.RFC3339Nano)))
	})
}

// UnmarshalTime reads a Time (RFC 3339, with its offset).
func UnmarshalTime(v any) (time.Time, error) {
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || !inRange(t) {
		return time.Time{}, problem.Input(
			"This must be a time such as 2026-03-01T09:30:00Z, between the years 1900 and 2200.",
			"Hier muss ein Zeitpunkt wie 2026-03-01T09:30:00Z stehen, zwischen den Jahren 1900 und 2200.")
	}
	return t.UTC().Truncate(time.Microsecond), nil
}

// MarshalDate writes a Date.
func MarshalDate(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.DateOnly)))
	})
}

// UnmarshalDate reads a Date as its first moment in UTC.
func UnmarshalDate(v any) (time.Time, error) {
	s, _ := v.(string)
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || !inRange(t) {
		return time.Time{}, problem.Input(
			"This must be a day such as 2026-03-01, between the years 1900 and 2200.",
			"Hier muss ein Tag wie 2026-03-01 stehen, zwischen den Jahren 1900 und 2200.")
	}
	return t, nil
}
