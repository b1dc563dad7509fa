package carts

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	encoding "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"foyer/portal/problem"
)

const (
	mostListed  = 10_000  // lines of a list
	largestList = 2 << 20 // bytes of a file
)

// listed is one line of a list.
type listed struct {
	line     int // from 1
	sku      string
	quantity string // as it was written
	n        int    // 1 when none was written; 0 when it is no whole number
	broken   bool   // it cannot be read
}

// read reads a list: a line has a sku and a quantity, separated by a tab, a
// semicolon, a comma or white space, with quotes where somebody's program sets
// them; the first line may name the columns. Excel's UTF-16 is read as well.
func read(r io.Reader) ([]listed, error) {
	raw, err := io.ReadAll(io.LimitReader(r, largestList+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > largestList {
		return nil, tooLong()
	}
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		if raw, _, err = transform.Bytes(encoding.BOMOverride(encoding.UTF8.NewDecoder()), raw); err != nil {
			return nil, notText()
		}
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, notText()
	}
	return parse(text)
}

func notText() error {
	return invalid("The list is no text in UTF-8.", "Die Liste ist kein Text in UTF-8.")
}

func tooLong() error {
	return problem.Refuse(TooMany, problem.Text{
		EN: "A list has at most %d lines.", DE: "Eine Liste hat höchstens %d Zeilen.",
	}.Format(mostListed), "input")
}

// parse reads the lines of a text.
func parse(text string) ([]listed, error) {
	var out []listed
	columns := [2]int{0, 1}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	for i, row := range strings.Split(text, "\n") {
		if strings.TrimSpace(row) == "" {
			continue
		}
		cells, ok := split(row)
		if ok && len(out) == 0 {
			if at, header := heading(cells); header {
				columns = at
				continue
			}
		}
		if len(out) == mostListed {
			return nil, tooLong()
		}
		out = append(out, entry(i+1, row, cells, columns, ok))
	}
	return out, nil
}

// entry reads one line.
func entry(n int, row string, cells []string, columns [2]int, ok bool) listed {
	l := listed{line: n}
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return strings.TrimSpace(cells[i])
	}
	l.sku, l.quantity = cell(columns[0]), cell(columns[1])
	control := strings.ContainsFunc(l.sku+l.quantity, unicode.IsControl)
	if !ok || control || l.sku == "" || utf8.RuneCountInString(l.sku) > longestSku {
		return listed{line: n, sku: shorten(printable(row)), broken: true}
	}
	l.n = whole(l.quantity)
	l.quantity = shorten(l.quantity)
	return l
}

// whole reads a quantity: a whole number and nothing else, since 1.5 may be one
// and a half, and 1.000 a thousand. None is one.
func whole(s string) int {
	if s == "" {
		return 1
	}
	if len(s) > 9 || strings.Trim(s, "0123456789") != "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// split takes a line apart; ok is false when its quotes do not match.
func split(row string) (cells []string, ok bool) {
	var comma rune
	for _, c := range "\t;," {
		if strings.ContainsRune(row, c) {
			comma = c
			break
		}
	}
	if comma == ',' && spaced(row) {
		comma = 0
	}
	if comma == 0 && !strings.Contains(row, `"`) {
		return strings.Fields(row), true
	}
	if comma == 0 {
		comma = ' '
	}
	r := csv.NewReader(strings.NewReader(row))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = comma, -1, true
	cells, err := r.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false
	}
	return cells, len(cells) > 0
}

// spaced says that a line is a sku, white space and a number with a comma in it,
// and not two columns separated by the comma.
func spaced(row string) bool {
	f := strings.Fields(row)
	return len(f) == 2 && !strings.ContainsAny(f[0], `,"`) && strings.Trim(f[1], "0123456789.,") == ""
}

// The names of columns, in lower case.
var (
	skuNames      = []string{"sku", "article", "article number", "item", "item number", "part", "part number", "artikel", "artikelnummer", "artikelnr", "artikelnr.", "artikel-nr.", "art.-nr.", "bestellnummer", "nummer", "number"}
	quantityNames = []string{"quantity", "qty", "amount", "pieces", "menge", "anzahl", "stück", "stueck"}
)

// heading finds the columns in a first line that names them.
func heading(cells []string) (columns [2]int, ok bool) {
	columns = [2]int{-1, -1}
	for i, c := range cells {
		name := strings.ToLower(strings.TrimSpace(c))
		for _, x := range skuNames {
			if name == x && columns[0] < 0 {
				columns[0] = i
			}
		}
		for _, x := range quantityNames {
			if name == x && columns[1] < 0 {
				columns[1] = i
			}
		}
	}
	return columns, columns[0] >= 0 && (columns[1] >= 0 || len(cells) == 1)
}

// printable is a text without characters that some reader of it would obey.
func printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s))
}

// shorten cuts what is only shown again.
func shorten(s string) string {
	if r := []rune(s); len(r) > longestSku {
		return string(r[:longestSku]) + "…"
	}
	return s
}
