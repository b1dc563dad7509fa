package importer

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones that a mapping names must exist in a bare container too

	"foyer/schema/money"
)

// expression makes a field's text from a record: the first case whose
// condition holds, empty when none does.
type expression struct {
	cases []choice
	slots []int // the columns it looks at, in order
}

type choice struct {
	when  *condition
	value template
	apply []transform
}

// template is text with the values of columns in it.
type template []part

type part struct {
	text string
	slot int // -1: the text
}

func (t template) eval(values []string) string {
	if len(t) == 1 {
		return t[0].eval(values)
	}
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.eval(values))
	}
	return b.String()
}

func (p part) eval(values []string) string {
	if p.slot < 0 {
		return p.text
	}
	return values[p.slot]
}

func (e *expression) eval(values []string) (string, error) {
	for i := range e.cases {
		c := &e.cases[i]
		if c.when != nil {
			holds, err := c.when.holds(values)
			if err != nil {
				return "", err
			}
			if !holds {
				continue
			}
		}
		text := c.value.eval(values)
		for j := range c.apply {
			var err error
			if text, err = c.apply[j].do(text, values); err != nil {
				return "", err
			}
		}
		return text, nil
	}
	return "", nil
}

// transform changes a text; an empty one stays empty, but for default.
type transform struct {
	kind  string
	text  string
	n     int
	value template
	table map[string]string
	zone  *time.Location
}

// The transforms that take nothing.
var plainTransforms = []string{"trim", "upper", "lower", "abs", "comma"}

func (t *transform) do(s string, values []string) (string, error) {
	if t.kind == "default" {
		if s == "" {
			s = t.value.eval(values)
		}
		return s, nil
	}
	if s == "" {
		return "", nil
	}
	switch t.kind {
	case "trim":
		return strings.TrimSpace(s), nil
	case "upper":
		return strings.ToUpper(s), nil
	case "lower":
		return strings.ToLower(s), nil
	case "abs":
		return strings.TrimPrefix(strings.TrimSpace(s), "-"), nil
	case "comma":
		return comma(s)
	case "decimals":
		return decimals(s, t.n)
	case "strip_prefix":
		return strings.TrimPrefix(s, t.text), nil
	case "strip_suffix":
		return strings.TrimSuffix(s, t.text), nil
	case "cut":
		return cut(s, t.n), nil
	case "lookup":
		if v, ok := t.table[s]; ok {
			return v, nil
		}
		if v, ok := t.table["*"]; ok {
			return v, nil
		}
		return "", fmt.Errorf("the lookup %s has no entry for %s", t.text, show(s))
	case "date":
		return date(s, t.text, t.zone)
	}
	return "", fmt.Errorf("unknown transform %q", t.kind)
}

// cut keeps n bytes at most, and no half character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

var commaNumber = regexp.MustCompile(`^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$`)

// comma reads 1.234,50 as 1234.50.
func comma(s string) (string, error) {
	s = strings.TrimSpace(s)
	if !commaNumber.MatchString(s) {
		return "", fmt.Errorf("%s is not a number with a decimal comma", show(s))
	}
	return strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1), nil
}

// decimals rounds a number half up.
func decimals(s string, n int) (string, error) {
	r, err := rational(s)
	if err != nil {
		return "", err
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
	i, err := money.Round(r.Mul(r, new(big.Rat).SetInt(scale)))
	if err != nil {
		return "", errNumber(s)
	}
	return new(big.Rat).SetFrac(big.NewInt(i), scale).FloatString(n), nil
}

func rational(s string) (*big.Rat, error) {
	r, err := money.Rat(s)
	if err != nil {
		return nil, errNumber(s)
	}
	return r, nil
}

func errNumber(s string) error { return fmt.Errorf("%s is not a number that can be used", show(s)) }

// The times that a record may have. Anything outside is a typing error in the
// file, and PostgreSQL, JSON or a calendar would sooner or later refuse it.
var (
	earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// moments are the ways of writing a time that need no transform.
var moments = []string{time.RFC3339Nano, "2006-01-02", "2006-01-02 15:04:05", "2006-01-02T15:04:05"}

// moment reads a time as a record's field has it.
func moment(s string) (time.Time, error) {
	for _, layout := range moments {
		if t, err := time.Parse(layout, s); err == nil {
			return t, inRange(t, s)
		} else if outOfRange(err) {
			return t, fmt.Errorf("there is no such day or time: %s", show(s))
		}
	}
	return time.Time{}, fmt.Errorf("%s is not a date or time like 2006-01-31 or 2006-01-31T15:04:05Z; write it with the transform date", show(s))
}

func date(s, layout string, zone *time.Location) (string, error) {
	t, err := time.ParseInLocation(layout, strings.TrimSpace(s), zone)
	if err != nil {
		if outOfRange(err) {
			return "", fmt.Errorf("there is no such day or time: %s", show(s))
		}
		return "", fmt.Errorf("%s is not a date of the form in the mapping", show(s))
	}
	if err := inRange(t, s); err != nil {
		return "", err
	}
	return t.Format(time.RFC3339Nano), nil // with its zone: a day is the day there
}

func outOfRange(err error) bool {
	var p *time.ParseError
	return errors.As(err, &p) && strings.Contains(p.Message, "out of range")
}

func inRange(t time.Time, s string) error {
	if t.Before(earliest) || !t.Before(latest) {
		return fmt.Errorf("%s lies outside the years %d to %d", show(s), earliest.Year(), latest.Year()-1)
	}
	return nil
}

var dateWords = strings.NewReplacer("YYYY", "2006", "YY", "06", "MM", "01", "M", "1", "DD", "02", "D", "2",
	"HH", "15", "H", "15", "hh", "03", "h", "3", "mm", "04", "ss", "05", "a", "PM", "Z", "Z07:00")

// dateLayout turns YYYY-MM-DD into the layout of package time.
func dateLayout(words string) (string, error) {
	layout := dateWords.Replace(words)
	for _, need := range []string{"06", "1", "2"} {
		if !strings.Contains(layout, need) {
			return "", errors.New("a date needs a year (YYYY), a month (MM) and a day (DD)")
		}
	}
	// What the layout itself writes it must be able to read: a letter that
	// package time takes for something else would spoil every row.
	t := time.Date(2011, 12, 13, 14, 15, 16, 0, time.UTC)
	if back, err := time.Parse(layout, t.Format(layout)); err != nil || back.Year() != 2011 || back.Month() != 12 || back.Day() != 13 {
		return "", fmt.Errorf("%q is not a form of dates; use YYYY MM DD HH mm ss", words)
	}
	return layout, nil
}

// show quotes a value for a report, cut to what fits into one.
func show(s string) string {
	if len(s) > 60 {
		return strconv.Quote(cut(s, 57) + "...")
	}
	return strconv.Quote(s)
}
