package importer

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// BadRow is a row that was not imported.
type BadRow struct {
	File   string
	Line   int    // on which the record begins, from 1, the header counted
	Column string // the columns that the mistake is in, or the character; empty: the row as a whole
	Entity string // what it would have been
	Why    string
}

// String is the row as a line of a report.
func (b BadRow) String() string {
	if b.Column == "" {
		return fmt.Sprintf("%s:%d: %s", b.File, b.Line, b.Why)
	}
	return fmt.Sprintf("%s:%d: %s: %s", b.File, b.Line, b.Column, b.Why)
}

// Count is what became of the rows of one sort.
type Count struct {
	Created   int64
	Updated   int64
	Deleted   int64 // lines that are no longer in their order
	Unchanged int64
	Stale     int64 // older than what is here, passed over
	Rejected  int64
}

// Changes is how many records were written.
func (c Count) Changes() int64 { return c.Created + c.Updated + c.Deleted }

// Total is what the orders of a file come to in one currency, in minor units.
type Total struct {
	Lines     int64 // all lines
	Cancelled int64 // of these the lines of cancelled orders
	Shipping  int64
}

// Categories come with the products.
const Categories = "categories"

var reported = []string{Organizations, Users, Categories, Products, Orders, Lines, Shipments}

// kept is how many bad rows a report remembers; all of them go to Options.Bad.
const kept = 20

// Report is what a run did, or in a dry run would have done.
type Report struct {
	Run     gid.ID // also in the audit
	Source  string
	DryRun  bool
	Counts  map[string]*Count // by sort of record: Organizations, Orders ...
	Totals  map[string]*Total // by currency, of all orders that were not rejected
	Bad     []BadRow          // the first of them
	Elapsed time.Duration
}

func newReport(id gid.ID, source string, dry bool) *Report {
	return &Report{Run: cmp.Or(id, gid.New(gid.Import)), Source: source, DryRun: dry, Counts: map[string]*Count{}, Totals: map[string]*Total{}}
}

// Count is what became of one sort of record; never nil.
func (r *Report) Count(entity string) *Count {
	if r.Counts[entity] == nil {
		r.Counts[entity] = &Count{}
	}
	return r.Counts[entity]
}

// Rejected is how many rows were rejected in all.
func (r *Report) Rejected() (n int64) {
	for _, c := range r.Counts {
		n += c.Rejected
	}
	return n
}

// Changes is how many records were written in all.
func (r *Report) Changes() (n int64) {
	for _, c := range r.Counts {
		n += c.Changes()
	}
	return n
}

func (r *Report) total(currency string) *Total {
	if r.Totals[currency] == nil {
		r.Totals[currency] = &Total{}
	}
	return r.Totals[currency]
}

// add takes in what one batch has come to.
func (r *Report) add(o *outcome) {
	for entity, c := range o.Counts {
		t := r.Count(entity)
		t.Created += c.Created
		t.Updated += c.Updated
		t.Deleted += c.Deleted
		t.Unchanged += c.Unchanged
		t.Stale += c.Stale
		t.Rejected += c.Rejected
	}
	for currency, x := range o.Totals {
		t := r.total(currency)
		t.Lines += x.Lines
		t.Cancelled += x.Cancelled
		t.Shipping += x.Shipping
	}
	r.Bad = append(r.Bad, o.Bad[:min(len(o.Bad), kept-len(r.Bad))]...)
}

// WriteTo writes the report for people.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(t, "\tcreated\tupdated\tdeleted\tunchanged\tstale\trejected\t") // into memory
	for _, entity := range reported {
		if c := r.Counts[entity]; c != nil {
			_, _ = fmt.Fprint(t, entity+"\t")
			for _, n := range []int64{c.Created, c.Updated, c.Deleted, c.Unchanged, c.Stale, c.Rejected} {
				_, _ = fmt.Fprint(t, grouped(n)+"\t")
			}
			_, _ = fmt.Fprintln(t)
		}
	}
	_ = t.Flush()
	for _, currency := range sorted(r.Totals) {
		x := r.Totals[currency]
		fmt.Fprintf(&b, "orders: %s %s in all", amount(x.Lines, currency), currency)
		if x.Cancelled != 0 {
			fmt.Fprintf(&b, ", of which cancelled %s", amount(x.Cancelled, currency))
		}
		fmt.Fprintf(&b, "; shipping %s\n", amount(x.Shipping, currency))
	}
	for _, bad := range r.Bad {
		b.WriteString(bad.String() + "\n")
	}
	if n := r.Rejected(); n > int64(len(r.Bad)) {
		fmt.Fprintf(&b, "... and %s more rejected rows\n", grouped(n-int64(len(r.Bad))))
	}
	did := "changes"
	if r.DryRun {
		did = "changes would be made (dry run, nothing is written)"
	}
	fmt.Fprintf(&b, "%s: %s %s, %s rows rejected, %.1f s\n", r.Source, grouped(r.Changes()), did, grouped(r.Rejected()), r.Elapsed.Seconds())
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// changes is the report as the one audit entry of the run has it.
func (r *Report) changes(failure error) []schema.Change {
	out := []schema.Change{{Field: "source", Value: r.Source}}
	for _, entity := range reported {
		c := r.Counts[entity]
		if c == nil {
			continue
		}
		for _, x := range []struct {
			what string
			n    int64
		}{{"created", c.Created}, {"updated", c.Updated}, {"deleted", c.Deleted}, {"rejected", c.Rejected}} {
			if x.n > 0 {
				out = append(out, schema.Change{Field: entity + " " + x.what, Value: strconv.FormatInt(x.n, 10)})
			}
		}
	}
	if failure != nil {
		out = append(out, schema.Change{Field: "stopped by", Value: cut(failure.Error(), 200)})
	}
	return out
}

// badRows writes all bad rows as a CSV file.
type badRows struct{ w *csv.Writer }

func newBadRows(w io.Writer) (*badRows, error) {
	b := &badRows{csv.NewWriter(w)}
	return b, b.w.Write([]string{"file", "line", "column", "entity", "why"})
}

func (b *badRows) add(x BadRow) error {
	return b.w.Write([]string{x.File, strconv.Itoa(x.Line), x.Column, x.Entity, x.Why})
}

func (b *badRows) close() error {
	b.w.Flush()
	return b.w.Error()
}

func amount(minor int64, currency string) string {
	whole, rest, point := strings.Cut(string(money.Money{Minor: minor, Currency: currency}.Amount()), ".")
	if point {
		rest = "." + rest
	}
	return groups(whole) + rest
}

func grouped(n int64) string { return groups(strconv.FormatInt(n, 10)) }

// groups sets a comma before every three digits.
func groups(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

func sorted[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
