package schema

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// now is the clock of the model: always UTC, to the microsecond that both
// databases keep.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Address is where something is delivered or billed. It is stored as it was
// when it was used, so it is a value and not a record of its own.
type Address struct {
	Name       string `json:"name,omitempty"`
	Line1      string `json:"line1,omitempty"`
	Line2      string `json:"line2,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	City       string `json:"city,omitempty"`
	Region     string `json:"region,omitempty"`
	Country    string `json:"country,omitempty"`
}

// Attribute is one named property of a product or a variant.
type Attribute struct {
	Key    string   `json:"key,omitempty"` // of the definition in the product type
	Name   string   `json:"name"`
	Value  string   `json:"value"`
	Values []string `json:"values,omitempty"` // of several choices
}

// RoleGrants is what a role made by an administrator may do, by the names
// that the access matrix uses.
type RoleGrants struct {
	Read        map[string]string `json:"read,omitempty"`        // entity -> scope
	Actions     map[string]string `json:"actions,omitempty"`     // action -> scope
	Permissions []string          `json:"permissions,omitempty"` // further permissions
}

// EventData is the typed content of an event; which members are set follows
// from the event's kind. It never leaves the server as JSON: the API has a
// type for each kind.
type EventData struct {
	From       string     `json:"from,omitempty"`       // state before
	To         string     `json:"to,omitempty"`         // state after
	Text       string     `json:"text,omitempty"`       // note, reason, message of a carrier
	Date       *time.Time `json:"date,omitempty"`       // new promised date, time of a scan
	OldDate    *time.Time `json:"oldDate,omitempty"`    // promised date before
	ShipmentID string     `json:"shipmentId,omitempty"` // shipment concerned
	Carrier    string     `json:"carrier,omitempty"`
	Tracking   string     `json:"tracking,omitempty"` // tracking number
	Location   string     `json:"location,omitempty"`
	Subject    string     `json:"subject,omitempty"` // role, membership, user or line concerned
	Cause      string     `json:"cause,omitempty"`   // of a delay
	// Change is what of an order was changed.
	Change *OrderChange `json:"change,omitempty"`
}

// OrderChange says what of an order was changed, apart from its state.
type OrderChange struct {
	Cancelled []CancelledLine `json:"cancelled,omitempty"`
	Fields    []string        `json:"fields,omitempty"` // as the API names them
	Before    int64           `json:"before"`           // total, in minor units
	After     int64           `json:"after"`
	Currency  string          `json:"currency"`
}

// CancelledLine is how many of an order line were cancelled.
type CancelledLine struct {
	LineID   string `json:"lineId"`
	Sku      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// NotificationData is what the words of a notification are made from.
type NotificationData struct {
	Number     string     `json:"number,omitempty"` // of the order
	Text       string     `json:"text,omitempty"`   // reason, note, message of a carrier
	Author     string     `json:"author,omitempty"` // who wrote a note
	Date       *time.Time `json:"date,omitempty"`   // promised day, expected delivery
	OldDate    *time.Time `json:"oldDate,omitempty"`
	ShipmentID string     `json:"shipmentId,omitempty"`
	Carrier    string     `json:"carrier,omitempty"`
	Tracking   string     `json:"tracking,omitempty"`
	Location   string     `json:"location,omitempty"`
	Cause      string     `json:"cause,omitempty"` // of a delay
	// What of an order has changed, and what was taken off; no amounts, which not all
	// may read who are told.
	Fields    []string        `json:"fields,omitempty"`
	Cancelled []CancelledLine `json:"cancelled,omitempty"`
	Zone      string          `json:"zone,omitempty"` // the reader's time zone, by its IANA name
	// ConfigurationID is what it is about, where that is no order; Name is what it is called.
	ConfigurationID string `json:"configurationId,omitempty"`
	Name            string `json:"name,omitempty"`
	// EnrollmentID, CourseKey and Titles are those of the course that it is about.
	EnrollmentID string            `json:"enrollmentId,omitempty"`
	CourseKey    string            `json:"courseKey,omitempty"`
	Titles       map[string]string `json:"titles,omitempty"`
	// SubmissionID is the work that waits to be graded.
	SubmissionID string `json:"submissionId,omitempty"`
}

// NotificationSettings say what a person is told, and how. The zero value is
// what somebody has who never chose: see portal/notifications.
type NotificationSettings struct {
	// Channels has the channels chosen for a kind; a kind that is missing has
	// the default ones.
	Channels map[string][]string `json:"channels,omitempty"`
	// Organization: of all orders that the person may see, not only their own.
	Organization bool        `json:"organization,omitempty"`
	TimeZone     string      `json:"timeZone,omitempty"` // IANA name; that of the portal when empty
	Quiet        *QuietHours `json:"quiet,omitempty"`
	Digest       string      `json:"digest,omitempty"`     // "", HOURLY, DAILY: mails are gathered
	DigestHour   int         `json:"digestHour,omitempty"` // of the day, 0 to 23, for DAILY
}

// QuietHours are when nothing but the inbox is used, in minutes of the day; an
// end before the start lies on the next day.
type QuietHours struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Change is one changed field of an audit entry. Secrets read "redacted".
type Change struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// Language is a language of the portal.
type Language string

// The languages of the portal.
const (
	English Language = "EN"
	German  Language = "DE"
)

// Values implements field.EnumValues.
func (Language) Values() []string { return []string{string(English), string(German)} }

// Code is the language's ISO 639 code in lower case.
func (l Language) Code() string { return strings.ToLower(string(l)) }

// MarshalGQL implements graphql.Marshaler.
func (l Language) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(l))) }

// UnmarshalGQL implements graphql.Unmarshaler.
func (l *Language) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || !slices.Contains(l.Values(), s) {
		return fmt.Errorf("not a language of the portal: %v", v)
	}
	*l = Language(s)
	return nil
}

// ImportResult is what a run has done, or in a dry run would have done.
type ImportResult struct {
	Counts []ImportCount `json:"counts,omitempty"`
	Totals []ImportTotal `json:"totals,omitempty"`
}

// ImportCount is what became of the rows of one sort.
type ImportCount struct {
	Entity    string `json:"entity"` // orders, lines ...
	Created   int64  `json:"created,omitempty"`
	Updated   int64  `json:"updated,omitempty"`
	Deleted   int64  `json:"deleted,omitempty"`
	Unchanged int64  `json:"unchanged,omitempty"`
	Stale     int64  `json:"stale,omitempty"`
	Rejected  int64  `json:"rejected,omitempty"`
}

// ImportTotal is what the orders of a run come to in one currency, in minor units.
type ImportTotal struct {
	Currency string `json:"currency"`
	Orders   int64  `json:"orders"`
	Shipping int64  `json:"shipping,omitempty"`
}
