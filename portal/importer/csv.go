package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readHeader reads the names of the columns and finds out the delimiter: the
// one with which all columns of the mapping are there.
func (in *input) readHeader() error {
	text, err := in.quotedText()
	if err != nil {
		return err
	}
	if in.s.header != nil {
		return in.headless(text)
	}
	if bad := in.clean(text, in.line); bad != nil {
		return in.fatal(bad.Line, "the header: %s (%s)", bad.Why, bad.Column)
	}
	var header []string
	for _, d := range in.delimiters() {
		in.delimiter = d
		names, _, _ := in.cut(text)
		for i := range names {
			names[i] = strings.TrimSpace(names[i])
		}
		missing := in.missing(names)
		if header == nil || len(names) > len(header) || len(missing) == 0 {
			header = slices.Clone(names)
		}
		if len(missing) == 0 {
			return in.bind(header)
		}
	}
	return in.fatal(in.line, "the header lacks the columns %q; it has %s", in.missing(header), listed(header))
}

// headless is a file whose columns the mapping names: its first line is a row.
func (in *input) headless(first string) error {
	in.pending = []byte(first)
	in.delimiter = in.delimiters()[0]
	for _, d := range in.delimiters() {
		in.delimiter = d
		if fields, _, err := in.cut(first); err == nil && len(fields) == len(in.s.header) {
			break
		}
	}
	return in.bind(in.s.header)
}

func (in *input) delimiters() []byte {
	if in.s.delimiter != 0 {
		return []byte{in.s.delimiter}
	}
	return []byte{',', ';', '\t', '|'}
}

func (in *input) missing(header []string) []string {
	var out []string
	for _, c := range in.s.columns {
		if !slices.Contains(header, c) {
			out = append(out, c)
		}
	}
	return out
}

func listed(names []string) string {
	if len(names) > 30 {
		return fmt.Sprintf("%q and %d more", names[:30], len(names)-30)
	}
	return fmt.Sprintf("%q", names)
}

func (in *input) bind(header []string) error {
	if len(header) > mostColumns {
		return in.fatal(in.line, "there are %d columns, %d at most", len(header), mostColumns)
	}
	in.fields = len(header)
	in.slots = make([]int, len(header))
	taken := make([]bool, len(in.s.columns))
	for i, name := range header {
		in.slots[i] = slices.Index(in.s.columns, name)
		if slot := in.slots[i]; slot >= 0 {
			if taken[slot] {
				return in.fatal(in.line, "there are two columns %q", name)
			}
			taken[slot] = true
		}
	}
	return nil
}

// quotedText reads the first record's text without knowing the delimiter: it
// ends with the line, unless a quote is still open there.
func (in *input) quotedText() (string, error) {
	var b strings.Builder
	for {
		line, err := in.rawLine()
		if errors.Is(err, io.EOF) && b.Len() == 0 {
			return "", in.fatal(0, "the file is empty")
		}
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		if b.Len() == 0 && len(strings.TrimSpace(string(line))) == 0 {
			continue
		}
		b.Write(line)
		if strings.Count(b.String(), `"`)%2 == 0 {
			return b.String(), nil
		}
		if b.Len() > longestRecord/16 {
			return "", in.fatal(in.line, "a quote is opened in the header and never closed")
		}
		b.WriteByte('\n')
	}
}

// csv reads the record that begins with a line.
func (in *input) csv(line []byte, at int) ([]string, *BadRow, error) {
	text := string(line)
	fields, open, err := in.cut(text)
	for more := 0; open; more++ {
		// The quoted field goes on in the next line. A quote that is never closed
		// would swallow the file; where it ought to end nobody can know, and what
		// follows could be anything, so that ends the file.
		line, err := in.rawLine()
		if errors.Is(err, io.EOF) || len(text) > longestRecord || more == mostLines {
			return nil, nil, in.fatal(at, "a quote is opened in this record and never closed")
		}
		if err != nil {
			return nil, nil, err
		}
		text += "\n" + string(line)
		if bytes.IndexByte(line, '"') < 0 {
			continue
		}
		fields, open, err = in.cut(text)
		if err != nil {
			return nil, in.badCut(err, at), nil
		}
	}
	if bad := in.clean(text, at); bad != nil {
		return nil, bad, nil
	}
	if err != nil {
		return nil, in.badCut(err, at), nil
	}
	if len(fields) != in.fields {
		return nil, in.bad(at, "", "there are %d fields where the header has %d", len(fields), in.fields), nil
	}
	values := make([]string, len(in.s.columns))
	empty := true
	for i, f := range fields {
		empty = empty && f == ""
		if len(f) > longestField {
			return nil, in.bad(at, fmt.Sprintf("field %d", i+1), "the field has more than %d bytes", longestField), nil
		}
		if slot := in.slots[i]; slot >= 0 {
			values[slot] = f
		}
	}
	if empty {
		return nil, nil, nil
	}
	return values, nil, nil
}

// cutError is a record whose quotes make no sense.
type cutError struct {
	at  int
	why string
}

func (e *cutError) Error() string { return e.why }

func (in *input) badCut(err error, at int) *BadRow {
	var c *cutError
	if errors.As(err, &c) {
		return in.bad(at, fmt.Sprintf("character %d", c.at+1), "%s", c.why)
	}
	return in.bad(at, "", "%v", err)
}

// cut divides a record into its fields (RFC 4180). Open says that the text
// ends within quotes. A quote inside a field that does not begin with one is
// taken as it is (12" pipe): it can mean nothing else. Text after a closing
// quote is an error: it could mean two things.
func (in *input) cut(text string) (fields []string, open bool, err error) {
	fields = in.split[:0]
	defer func() { in.split = fields }()
	for i := 0; ; {
		if i >= len(text) || text[i] != '"' {
			n := strings.IndexByte(text[i:], in.delimiter)
			if n < 0 {
				return append(fields, text[i:]), false, nil
			}
			fields = append(fields, text[i:i+n])
			i += n + 1
			continue
		}
		value, end := quotedField(text, i+1)
		if end < 0 {
			return fields, true, nil
		}
		fields = append(fields, value)
		switch {
		case end == len(text):
			return fields, false, nil
		case text[end] != in.delimiter:
			return fields, false, &cutError{len([]rune(text[:end])), "there is text after the closing quote of a field"}
		}
		i = end + 1
	}
}

// quotedField reads from after the opening quote; end is after the closing
// one, -1 when there is none.
func quotedField(text string, i int) (value string, end int) {
	start, doubled := i, false
	for {
		n := strings.IndexByte(text[i:], '"')
		if n < 0 {
			return "", -1
		}
		i += n
		if i+1 < len(text) && text[i+1] == '"' {
			doubled = true
			i += 2
			continue
		}
		value = text[start:i]
		if doubled {
			value = strings.ReplaceAll(value, `""`, `"`)
		}
		return value, i + 1
	}
}
