package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"foyer/schema"
)

// Canonical is a document as one text: JSON with the members of each object in the
// order of their names, without blanks and without what is empty. Two documents that
// say the same have the same, whatever the order of fields in the program.
func Canonical(doc schema.CourseDocument) []byte {
	text, err := json.Marshal(doc)
	var plain any
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		err = d.Decode(&plain)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err != nil || e.Encode(filled(plain)) != nil {
		panic("content: a course document is texts, numbers and lists, which are always JSON")
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// filled drops members that are empty, so that no list and an empty list are the same.
func filled(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, member := range x {
			if member = filled(member); empty(member) {
				delete(x, k)
			} else {
				x[k] = member
			}
		}
	case []any:
		for i := range x {
			x[i] = filled(x[i])
		}
	}
	return v
}

func empty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case map[string]any:
		return len(x) == 0
	case []any:
		return len(x) == 0
	case string:
		return x == ""
	case bool:
		return !x
	case json.Number:
		return x == "0"
	}
	return false
}

// Checksum is the SHA-256 of the canonical document, in hexadecimal digits.
func Checksum(doc schema.CourseDocument) string {
	sum := sha256.Sum256(Canonical(doc))
	return hex.EncodeToString(sum[:])
}
