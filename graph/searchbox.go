package graph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"

	"foyer/portal/problem"
)

// longestSearch is how many characters of a text are searched for, and mostWords
// how many words. Each word looks at every name anew.
const (
	longestSearch = 120
	mostWords     = 10
)

// searched reads the text of a search box; an emptied one asks for everything.
func searched(text *string) (string, error) {
	if text == nil {
		return "", nil
	}
	s := strings.TrimSpace(*text)
	if utf8.RuneCountInString(s) > longestSearch {
		return "", problem.Input("A text to search for has at most 120 characters.", "Ein Suchtext hat höchstens 120 Zeichen.")
	}
	if len(wordsOf(s)) > mostWords {
		return "", problem.Input("A text to search for has at most 10 words.", "Ein Suchtext hat höchstens 10 Wörter.")
	}
	return s, nil
}

// wordsOf are the words of a text, without those with which another one begins:
// what is found by that is found by them.
func wordsOf(text string) []string {
	all := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(separators, r) })
	slices.Sort(all)
	var list []string
	for i, word := range all {
		if i+1 == len(all) || !strings.HasPrefix(all[i+1], word) {
			list = append(list, word)
		}
	}
	return list
}

// likePrefix is the pattern for what begins with a text.
func likePrefix(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// separators are what ends a word of a name beside a space.
const separators = "-./&,'’()"

// words finds rows of which each word of a text is the beginning of a word of a
// column, whatever the case of ASCII letters. Both databases leave other letters
// as they are, so these are looked for as typed, small, and with a capital at the
// beginning of the word.
func words[P ~func(*sql.Selector)](column, text string) P {
	parts := wordsOf(text)
	return func(s *sql.Selector) {
		name := "' ' || lower(" + s.C(column) + ")"
		for _, r := range separators {
			name = "replace(" + name + ", '" + strings.ReplaceAll(string(r), "'", "''") + "', ' ')"
		}
		all := []*sql.Predicate{sql.False()} // a text without words is found nowhere
		for i, word := range parts {
			any := make([]*sql.Predicate, 0, 3)
			for _, w := range casings(word) {
				any = append(any, sql.P(func(b *sql.Builder) {
					b.WriteString(name + " LIKE ").Arg("% " + likePrefix(w)).WriteString(` ESCAPE '\'`)
				}))
			}
			all = append(all[:i], sql.Or(any...))
		}
		s.Where(sql.And(all...))
	}
}

// casings are the ways in which a word is looked for in a text of which the
// database has made the ASCII letters small.
func casings(word string) []string {
	small := strings.ToLower(word)
	first, n := utf8.DecodeRuneInString(small)
	list := []string{lowerASCII(word), small, lowerASCII(string(unicode.ToUpper(first)) + small[n:])}
	slices.Sort(list)
	return slices.Compact(list)
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
