package orders

import (
	"strconv"
	"time"

	"foyer/ent/order"
	"foyer/portal/problem"
)

// The codes of refusals, values of the API's OrderErrorCode.
const (
	WrongState       = "WRONG_STATE"
	QuantityExceeded = "QUANTITY_EXCEEDED"
	UnknownCarrier   = "UNKNOWN_CARRIER"
	KeptElsewhere    = "KEPT_ELSEWHERE"
	Invalid          = "INVALID"
)

// The longest texts, in characters; the columns hold as many.
const (
	longestReason   = 1000
	longestNote     = 4000
	longestNumber   = 120 // tracking number
	longestLocation = 200
	longestMessage  = 500
	longestKey      = 200 // a carrier's own key of a report
)

// states are the states of an order in words.
var states = map[order.Status]problem.Text{
	order.StatusDRAFT:             {EN: "a draft", DE: "ein Entwurf"},
	order.StatusAWAITING_APPROVAL: {EN: "awaiting approval", DE: "noch nicht freigegeben"},
	order.StatusPLACED:            {EN: "not confirmed yet", DE: "noch nicht bestätigt"},
	order.StatusCONFIRMING:        {EN: "being confirmed", DE: "gerade in Bestätigung"},
	order.StatusCONFIRMED:         {EN: "confirmed", DE: "bestätigt"},
	order.StatusCANCELLED:         {EN: "cancelled", DE: "storniert"},
	order.StatusCOMPLETED:         {EN: "completed", DE: "abgeschlossen"},
}

func wrongState(is order.Status) error {
	t := states[is]
	return problem.Refuse(WrongState, problem.Text{
		EN: "This is not possible: the order is " + t.EN + ".",
		DE: "Das ist nicht möglich: Die Bestellung ist " + t.DE + ".",
	}, "input", "orderId")
}

func invalid(en, de string, field ...string) error {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

// line is the path of a member of one line of the input.
func line(i int, member string) []string { return []string{"lines", strconv.Itoa(i), member} }

// NoteText reads the text of a note, here or on a customer: plain, with something
// in it, and up to 4,000 characters long.
func NoteText(value, field string) (string, error) {
	text, err := prose(&value, longestNote, field)
	if err != nil {
		return "", err
	}
	return text, required(text, field)
}

// prose reads a text that people write; nothing is an empty one.
func prose(value *string, longest int, field string) (string, error) {
	if value == nil {
		return "", nil
	}
	return problem.Prose(*value, longest, "input", field)
}

// word reads a text of one line: a number, a place.
func word(value *string, longest int, field string) (string, error) {
	if value == nil {
		return "", nil
	}
	return problem.Line(*value, longest, "input", field)
}

// required refuses a text that says nothing.
func required(s, field string) error { return problem.Filled(s, "input", field) }

// given is a text to store; an empty one is none.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// farthest is how many years ahead a day can be promised; later ones are
// slips of the keyboard.
const farthest = 5

// promised checks a day that is promised for an order, and returns its first
// moment in UTC.
func promised(date, placed, now time.Time, field string) (time.Time, error) {
	day := dayOf(date)
	switch {
	case day.Before(dayOf(placed)):
		return day, invalid("The day lies before the order was placed.", "Der Tag liegt vor dem Eingang der Bestellung.", field)
	case day.After(now.AddDate(farthest, 0, 0)):
		return day, invalid("The day lies more than five years ahead.", "Der Tag liegt mehr als fünf Jahre in der Zukunft.", field)
	}
	return day, nil
}

// dayOf is the first moment of a time's day, in UTC.
func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
