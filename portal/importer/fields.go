package importer

import (
	"errors"
	"fmt"
	"hash"
	"math/big"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"

	"foyer/ent/membership"
	"foyer/ent/order"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/shipment"
	"foyer/ent/user"
	"foyer/schema"
	"foyer/schema/money"
)

// field says what a field of a section must be. The lengths are those of the
// model, in bytes; a test compares them.
type field struct {
	required bool
	longest  int                // of a text
	valid    func(string) error // of a word
}

// longestField is the size in bytes up to which a file's field is read.
const longestField = 20_000

// attributePrefix begins the fields of a product's attributes.
const attributePrefix = "attribute."

func word[T ~string](valid func(T) error) field {
	return field{longest: 40, valid: func(s string) error { return valid(T(s)) }}
}

var (
	key      = field{required: true, longest: 200}
	ref      = field{longest: 200}
	number   = field{longest: 64}
	when     = field{longest: 64}
	language = word(func(s string) error { return organization.LanguageValidator(schema.Language(s)) })
)

// carriers are codes, under which an installation knows name and tracking page.
var carrierCode = regexp.MustCompile(`^[A-Z0-9_]+$`)

func carrier(code string) error {
	if !carrierCode.MatchString(code) {
		return errors.New("a carrier's code has capital letters, digits and _")
	}
	return nil
}

// memberState is the state of a membership. Nobody is invited by a file: there would be
// no mail, and nothing to accept.
func memberState(s membership.Status) error {
	if s == membership.StatusINVITED {
		return errors.New("a membership is ACTIVE or DISABLED")
	}
	return membership.StatusValidator(s)
}

// fieldsOf are the fields of each sort of section.
var fieldsOf = func() map[string]map[string]field {
	all := map[string]map[string]field{
		Organizations: {
			"external_id": key, "external_version": number, "name": {required: true, longest: 200},
			"kind": word(organization.KindValidator), "status": word(organization.StatusValidator), "language": language,
		},
		Users: {
			"external_id": key, "external_version": number, "name": {required: true, longest: 800},
			"email": {required: true, longest: 254}, "phone": {longest: 240}, "language": language,
			"status": word(user.StatusValidator), "organization": ref, "role": {longest: 60},
			"membership_status": word(memberState),
		},
		Products: {
			"external_id": key, "external_version": number, "name": {required: true, longest: 300},
			"description": {longest: longestField}, "status": word(product.StatusValidator),
			"category": {longest: 200}, "category_id": ref, "sku": {longest: 120}, "price": number, "currency": {longest: 3},
			"type": {longest: 60}, "weight": number, "unit": {longest: 60}, "minimum_quantity": number, "quantity_step": number, "maximum_quantity": number,
			"stock_policy": word(productvariant.StockPolicyValidator), "lead_days": number, "available_from": when,
		},
		Orders: {
			"external_id": key, "external_version": number, "number": {required: true, longest: 60},
			"organization": {required: true, longest: 200}, "user": ref,
			"status": word(order.StatusValidator), "fulfillment_status": word(order.FulfillmentStatusValidator),
			"return_status": word(order.ReturnStatusValidator), "payment_status": word(order.PaymentStatusValidator),
			"purchase_order_number": {longest: 120}, "placed_at": {required: true, longest: 64},
			"requested_date": when, "promised_date": when, "promise_reason": {longest: 1000}, "confirmed_at": when,
			"cancelled_at": when, "cancel_reason": {longest: 1000}, "delivered_at": when, "contact_email": {longest: 254},
			"currency": {longest: 3}, "discount": number, "shipping": number, "tax": number,
		},
		Lines: {
			"order": key, "position": number, "product": ref, "sku": {longest: 120}, "name": {longest: 300},
			"quantity": {required: true, longest: 64}, "unit_price": {required: true, longest: 64},
			"discount": number, "tax": number, "total": number, "promised_date": when, "promise_reason": {longest: 1000},
		},
		Shipments: {
			"order": key, "external_id": key, "external_version": number, "carrier": {required: true, longest: 60, valid: carrier},
			"status": word(shipment.StatusValidator), "tracking_number": {longest: 120},
			"shipped_at": when, "delivered_at": when, "estimated_delivery": when, "line": number, "quantity": number,
		},
	}
	for _, member := range []string{"name", "line1", "line2", "postal_code", "city", "region", "country"} {
		all[Organizations]["address."+member] = field{longest: 200}
		all[Orders]["ship_to."+member] = field{longest: 200}
		all[Orders]["bill_to."+member] = field{longest: 200}
	}
	return all
}()

// row reads the fields of one record. The first mistake is kept and makes the
// row a bad one; reading goes on with empty values, so that callers need not
// ask after each field.
type row struct {
	s     *section
	rec   *record
	texts []string // by the section's names
	bad   *BadRow
}

// newRow evaluates all fields of a record.
func newRow(s *section, rec *record) *row {
	r := &row{s: s, rec: rec, texts: make([]string, len(s.names))}
	for _, x := range s.reject {
		if holds, err := x.when.holds(rec.values); err != nil {
			r.fail("", "%v", err)
		} else if holds {
			r.fail("", "%s", x.why)
		}
	}
	for i, name := range s.names {
		v, err := s.fields[name].eval(rec.values)
		if err != nil {
			r.fail(name, "%s: %v", name, err)
		}
		r.texts[i] = v
	}
	return r
}

// wanted says whether the mapping wants a record at all.
func (s *section) wanted(rec *record) (bool, error) {
	if s.when == nil {
		return true, nil
	}
	return s.when.holds(rec.values)
}

// digest adds everything that the mapping makes of the record to a digest.
func (r *row) digest(h hash.Hash) {
	var scratch [256]byte
	b := scratch[:0]
	for i, name := range r.s.names {
		b = append(append(b, name...), '=')
		b = append(strconv.AppendInt(b, int64(len(r.texts[i])), 10), ':')
		b = append(b, r.texts[i]...)
	}
	_, _ = h.Write(b) // a hash never fails
}

// fail notes a mistake; the columns are those that the field is made from.
func (r *row) fail(name, format string, args ...any) {
	if r.bad != nil {
		return
	}
	r.bad = &BadRow{File: r.s.file, Line: r.rec.line, Entity: r.s.entity, Why: fmt.Sprintf(format, args...)}
	if e := r.s.fields[name]; e != nil {
		r.bad.Column = r.s.columnsOf(e.slots)
	}
}

func (r *row) text(name string) string {
	i, mapped := r.s.index[name]
	if !mapped {
		return ""
	}
	v := r.texts[i]
	f, known := fieldsOf[r.s.entity][name]
	if !known {
		f = field{longest: longestField} // an attribute
	}
	switch {
	case v == "" && f.required:
		r.fail(name, "%s is empty", name)
	case len(v) > f.longest:
		r.fail(name, "%s has %d bytes, %d at most: %s", name, len(v), f.longest, show(v))
	case v != "" && f.valid != nil && f.valid(v) != nil:
		r.fail(name, "%s cannot be %s: %v", name, show(v), f.valid(v))
	default:
		return v
	}
	return ""
}

// or is text with a value for an empty one.
func (r *row) or(name, otherwise string) string {
	if v := r.text(name); v != "" {
		return v
	}
	return otherwise
}

// email is an e-mail address in lower case, as the portal compares them.
func (r *row) email(name string) string {
	v := strings.ToLower(r.text(name))
	if v == "" {
		return ""
	}
	if a, err := mail.ParseAddress(v); err != nil || a.Address != v {
		r.fail(name, "%s is not an address: %s", name, show(v))
		return ""
	}
	return v
}

func (r *row) whole(name string, from, to int64) int64 {
	s := r.text(name)
	if s == "" {
		return 0
	}
	i, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		q, bad := rational(s) // 12.00 is a whole number too
		if bad != nil || !q.IsInt() || !q.Num().IsInt64() {
			r.fail(name, "%s is not a whole number that can be used: %s", name, show(s))
			return 0
		}
		i = q.Num().Int64()
	}
	switch {
	case i < from:
		r.fail(name, "%s is %d, %d at least", name, i, from)
	case i > to:
		r.fail(name, "%s is %d, %d at most", name, i, to)
	default:
		return i
	}
	return 0
}

// version is the external version, nil when there is none.
func (r *row) version() *int64 {
	if _, mapped := r.s.index["external_version"]; !mapped {
		return nil
	}
	if r.text("external_version") == "" {
		// Without it nobody could tell whether the row is older than what is here.
		r.fail("external_version", "external_version is empty")
	}
	v := r.whole("external_version", 0, 1<<62)
	return &v
}

// largestAmount keeps sums of many amounts far from the end of int64.
const largestAmount = 1 << 52

// money reads an amount that is not negative in minor units, rounded half up.
func (r *row) money(name, currency string) int64 {
	s := r.text(name)
	if s == "" {
		return 0
	}
	m, err := money.Parse(s, currency)
	switch {
	case err != nil || m.Minor > largestAmount || m.Minor < -largestAmount:
		r.fail(name, "%s: %v", name, errNumber(s))
	case negative(s):
		r.fail(name, "%s is negative: %s", name, show(s))
	default:
		return m.Minor
	}
	return 0
}

// negative says whether a number is below zero, even by less than is kept.
func negative(s string) bool {
	if !strings.Contains(s, "-") {
		return false
	}
	q, err := rational(s)
	return err == nil && q.Sign() < 0
}

// basisPoints reads a share of one (0.15) in hundredths of a percent (1500).
func (r *row) basisPoints(name string) int64 {
	s := r.text(name)
	if s == "" {
		return 0
	}
	q, err := rational(s)
	if err != nil {
		r.fail(name, "%s: %v", name, err)
		return 0
	}
	if q.Mul(q, big.NewRat(10_000, 1)); !q.IsInt() || q.Sign() < 0 || q.Cmp(big.NewRat(10_000, 1)) > 0 {
		r.fail(name, "%s is a share of one, 0 to 1, with 4 decimals at most, not %s", name, show(s))
		return 0
	}
	return q.Num().Int64()
}

// moment reads a time in the zone in which it is written, nil when empty.
func (r *row) moment(name string) *time.Time {
	s := r.text(name)
	if s == "" {
		return nil
	}
	t, err := moment(s)
	if err != nil {
		r.fail(name, "%s: %v", name, err)
		return nil
	}
	return &t
}

// time reads a moment in UTC.
func (r *row) time(name string) *time.Time {
	t := r.moment(name)
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// day reads the calendar day, where it was written, as midnight UTC.
func (r *row) day(name string) *time.Time {
	t := r.moment(name)
	if t == nil {
		return nil
	}
	d := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return &d
}

// currency is the row's own, or the mapping's.
func (r *row) currency(m *Mapping) string {
	c := r.or("currency", m.Currency)
	if _, err := money.Digits(c); err != nil {
		r.fail("currency", "%v", err)
		return m.Currency
	}
	return c
}

// address is nil when nothing of it is known.
func (r *row) address(name string) *schema.Address {
	a := schema.Address{
		Name: r.text(name + ".name"), Line1: r.text(name + ".line1"), Line2: r.text(name + ".line2"),
		PostalCode: r.text(name + ".postal_code"), City: r.text(name + ".city"),
		Region: r.text(name + ".region"), Country: r.text(name + ".country"),
	}
	if a == (schema.Address{}) {
		return nil
	}
	return &a
}

// maps says whether the mapping gives the field, or one below it.
func (s *section) maps(name string) bool {
	if s.fields[name] != nil {
		return true
	}
	for f := range s.fields {
		if strings.HasPrefix(f, name+".") {
			return true
		}
	}
	return false
}
