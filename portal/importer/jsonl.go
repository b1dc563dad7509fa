package importer

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// object reads a line of JSONL: one object, whose members are the columns.
// "address.city" is the member city of the member address. Numbers keep their
// digits, so that no amount passes through a float.
func (in *input) object(text string, at int) ([]string, *BadRow) {
	if bad := in.clean(text, at); bad != nil {
		return nil, bad
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var members map[string]any
	if err := d.Decode(&members); err != nil || members == nil {
		return nil, in.bad(at, "", "this is not a JSON object: %s", why(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, in.bad(at, "", "there is something after the JSON object")
	}
	values := make([]string, len(in.s.columns))
	for slot, column := range in.s.columns {
		v, ok := member(members, column)
		if !ok {
			continue // a member that is empty is often left out
		}
		in.seen[slot] = true
		switch t := v.(type) {
		case nil:
		case string:
			values[slot] = t
		case json.Number:
			values[slot] = t.String()
		case bool:
			values[slot] = map[bool]string{true: "true", false: "false"}[t]
		default:
			return nil, in.bad(at, column, "the value is an object or a list")
		}
		if len(values[slot]) > longestField {
			return nil, in.bad(at, column, "the field has more than %d bytes", longestField)
		}
		if strings.IndexByte(values[slot], 0) >= 0 {
			return nil, in.bad(at, column, "there is a NUL byte")
		}
	}
	return values, nil
}

func why(err error) string {
	if err == nil {
		return "it is null"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// member finds a value by its name, or by its path.
func member(members map[string]any, name string) (any, bool) {
	if v, ok := members[name]; ok {
		return v, true
	}
	head, rest, nested := strings.Cut(name, ".")
	if inner, ok := members[head].(map[string]any); nested && ok {
		return member(inner, rest)
	}
	return nil, false
}

// unseen are the columns that no record has had: most likely misspelt.
func (in *input) unseen() (out []string) {
	if in.s.format != formatJSONL {
		return nil
	}
	for slot, seen := range in.seen {
		if !seen {
			out = append(out, in.s.columns[slot])
		}
	}
	return out
}
