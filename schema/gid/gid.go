// Package gid makes and reads the ids of the model: a prefix that names the
// entity, an underscore, and a UUIDv7 in Crockford's base 32 (26 characters),
// as TypeID describes (https://github.com/jetify-com/typeid). One text, sorted
// by time, that says by itself what it identifies.
package gid

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ID is an id such as "ord_01jd3m8k2vf6q9w0x4y7z5a1bc". The empty text is no id.
type ID string

// The prefixes, one an entity. A prefix never changes: ids live in mails,
// bookmarks and other systems.
const (
	Organization = "org"
	Assignment   = "asg"
	User         = "usr"
	Membership   = "mem"
	Role         = "rol"
	Session      = "ses"
	Category     = "cat"
	Product      = "prd"
	Variant      = "var"
	Order        = "ord"
	OrderLine    = "oln"
	Shipment     = "shp"
	ShipmentLine = "shl"
	Tracking     = "trk"
	Audit        = "aud"
	OneTimeToken = "ott"
	Import       = "imp"
	Notification = "ntf"
	ParcelReport = "rep"
	SavedView    = "viw"
	Key          = "key" // of an integration

	ProductType   = "typ"
	Segment       = "seg"
	PriceList     = "prl"
	RuleTable     = "rul"
	Cart          = "crt"
	CartLine      = "cln"
	StockLocation = "loc"
	Approval      = "apr"
	SpendingLimit = "lim"
	SearchMiss    = "mis"
	Guide         = "gde"
	File          = "fil"
	Upload        = "upl" // a file that hangs on nothing yet

	ConfigurationModel = "cfm"
	ModelVersion       = "cfv"
	Configuration      = "cfg"
	Revalidation       = "rev" // a run that looks at configurations

	Course        = "crs"
	CourseVersion = "crv"
	Enrollment    = "enr"
	Attempt       = "att"
	Submission    = "sub"
	Certificate   = "cer"
	Requirement   = "req" // who must hold which certificate
)

const (
	alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
	suffix   = 26
)

var decode = func() (t [256]int8) {
	for i := range t {
		t[i] = -1
	}
	for i := range alphabet {
		t[alphabet[i]] = int8(i) //nolint:gosec // below 32
	}
	return t
}()

// clock hands out (millisecond, sequence) pairs that only ever grow, so ids
// made by one process sort in the order in which they were made.
var clock struct {
	sync.Mutex
	last uint64 // 48 bits of milliseconds, 12 bits of sequence
}

func tick() uint64 {
	now := uint64(time.Now().UnixMilli()) << 12 //nolint:gosec // positive until the year 10889
	clock.Lock()
	defer clock.Unlock()
	clock.last = max(clock.last+1, now)
	return clock.last
}

// New makes an id with a prefix.
func New(prefix string) ID { return compose(prefix, tick()) }

// At makes an id that sorts as if it had been made at t; for imported and
// demonstration rows, whose creation lies in the past.
func At(prefix string, t time.Time) ID {
	return compose(prefix, uint64(max(t.UnixMilli(), 0))<<12|tick()&0xfff) //nolint:gosec // not negative
}

func compose(prefix string, at uint64) ID {
	var b [16]byte
	_, _ = rand.Read(b[8:]) // never fails: crypto/rand ends the program instead
	binary.BigEndian.PutUint64(b[:8], at>>12<<16|0x7000|at&0xfff)
	b[8] = b[8]&0x3f | 0x80
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	var out [suffix]byte
	for i := suffix - 1; i >= 0; i-- {
		out[i] = alphabet[lo&31]
		lo, hi = lo>>5|hi<<59, hi>>5
	}
	return ID(prefix + "_" + string(out[:]))
}

// Maker returns a function for a schema's default value.
func Maker(prefix string) func() ID { return func() ID { return New(prefix) } }

// Prefix is the part before the underscore, empty when x is not well formed.
func (x ID) Prefix() string {
	if !x.Valid() {
		return ""
	}
	return string(x[:len(x)-suffix-1])
}

// Valid says whether x has the form of an id; whether it names anything is
// for the database to say.
func (x ID) Valid() bool {
	n := len(x) - suffix - 1
	if n < 2 || n > 8 || x[n] != '_' {
		return false
	}
	for i := range n {
		if x[i] < 'a' || x[i] > 'z' {
			return false
		}
	}
	if x[n+1] > '7' { // 26 characters hold 130 bits, an id has 128
		return false
	}
	for i := n + 1; i < len(x); i++ {
		if decode[x[i]] < 0 {
			return false
		}
	}
	return true
}

// Parse checks the form of a text that is said to be an id.
func Parse(s string) (ID, error) {
	if x := ID(s); x.Valid() {
		return x, nil
	}
	return "", fmt.Errorf("%w: %s", ErrMalformed, strconv.Quote(strings.ToValidUTF8(s[:min(len(s), 40)], "?")))
}

// ErrMalformed is the error of a text that is not an id.
var ErrMalformed = fmt.Errorf("not an id")

// String returns the id's text.
func (x ID) String() string { return string(x) }

// Value implements driver.Valuer. No id is NULL.
func (x ID) Value() (driver.Value, error) {
	if x == "" {
		return nil, nil //nolint:nilnil // NULL is what driver.Valuer wants here
	}
	return string(x), nil
}

// Scan implements sql.Scanner; it takes what a column or a generated Noder
// hands it: text, bytes, an ID or NULL.
func (x *ID) Scan(v any) error {
	switch t := v.(type) {
	case nil:
		*x = ""
	case string:
		*x = ID(t)
	case []byte:
		*x = ID(t)
	case ID:
		*x = t
	default:
		return fmt.Errorf("%w: %T", ErrMalformed, v)
	}
	return nil
}

// MarshalGQL implements graphql.Marshaler.
func (x ID) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(x))) }

// UnmarshalGQL implements graphql.Unmarshaler. A text that cannot be an id is
// refused here, before it reaches any query.
func (x *ID) UnmarshalGQL(v any) error {
	switch t := v.(type) {
	case ID: // the generated Noder passes what it has already parsed
		*x = t
		return nil
	case string:
		p, err := Parse(t)
		*x = p
		return err
	}
	return fmt.Errorf("%w: %T", ErrMalformed, v)
}
