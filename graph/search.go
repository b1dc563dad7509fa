package graph

import (
	"strings"
	"unicode/utf8"

	"foyer/portal/problem"
)

// longestSearch is how many characters of a text are searched for.
const longestSearch = 120

// searched reads the text of a search box; an emptied one asks for everything.
func searched(text *string) (string, error) {
	if text == nil {
		return "", nil
	}
	s := strings.TrimSpace(*text)
	if utf8.RuneCountInString(s) > longestSearch {
		return "", problem.Input("A text to search for has at most 120 characters.", "Ein Suchtext hat höchstens 120 Zeichen.")
	}
	return s, nil
}

// likePrefix is the pattern for what begins with a text.
func likePrefix(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
