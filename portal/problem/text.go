package problem

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Invalid is the code with which every domain refuses a value of an input field.
const Invalid = "INVALID"

// Line reads a text of one line that people write: without white space around it,
// of at most so many characters, and without control characters, which some reader
// of it would obey. The refusal is INVALID.
func Line(value string, longest int, field ...string) (string, error) {
	return written(value, longest, "", field)
}

// Prose is Line for a text of several lines, which end the same way everywhere.
func Prose(value string, longest int, field ...string) (string, error) {
	return written(strings.ReplaceAll(value, "\r\n", "\n"), longest, "\n\t", field)
}

func written(value string, longest int, allowed string, field []string) (string, error) {
	s := strings.TrimSpace(value)
	if utf8.RuneCountInString(s) > longest {
		n := strconv.Itoa(longest)
		return "", Refuse(Invalid, Text{"The text is longer than " + n + " characters.", "Der Text ist länger als " + n + " Zeichen."}, field...)
	}
	for _, r := range s {
		if (unicode.IsControl(r) || r == utf8.RuneError) && !strings.ContainsRune(allowed, r) {
			return "", Refuse(Invalid, Text{"The text has characters that are not allowed.", "Der Text enthält unzulässige Zeichen."}, field...)
		}
	}
	return s, nil
}

// Filled refuses a text that says nothing.
func Filled(s string, field ...string) error {
	if s == "" {
		return Refuse(Invalid, Text{"Please write something here.", "Bitte schreiben Sie hier etwas."}, field...)
	}
	return nil
}
