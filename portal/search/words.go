package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are those that are more than a letter with a mark.
var letters = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i", "µ", "u",
)

// umlauts are two ways of writing one letter. They are folded in all words, those
// that mean something else too: what is searched for is folded alike.
var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// fold is a word as it is compared: small, without marks, with umlauts as one
// letter however they were written. It changes letters and digits only.
func fold(s string) string {
	// Folding of compatibility forms makes a ligature or a superscript letters.
	s = norm.NFKD.String(strings.ToLower(s))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
	return umlauts.Replace(letters.Replace(s))
}

// inWord says whether a character belongs to a word.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// chunk is what stands between two spaces.
type chunk struct {
	from, to int      // in bytes of the text
	pieces   []string // folded
}

func (c chunk) joined() string { return strings.Join(c.pieces, "") }

// longestPiece is how much of one word counts, in bytes.
const longestPiece = 60

// chunks reads a text. A comma or a point within a number belongs to it: 0.8 and
// 0,8 are one piece.
func chunks(text string) []chunk {
	var list []chunk
	c, from, end := chunk{from: -1}, -1, len(text)
	flush := func(at int) {
		if from >= 0 {
			if p := clip(piece(text[from:at]), longestPiece); p != "" {
				c.pieces = append(c.pieces, p)
				c.to = at
				if c.from < 0 {
					c.from = from
				}
			}
			from = -1
		}
	}
	for i, r := range text {
		switch {
		case inWord(r):
			if from < 0 {
				from = i
			}
			continue
		case (r == '.' || r == ',') && from >= 0 && number(text[from:i]) && digitAt(text, i+1):
			continue
		}
		flush(i)
		if (unicode.IsSpace(r) || strings.ContainsRune(",;:()[]|\"", r)) && len(c.pieces) > 0 {
			list = append(list, c)
			c = chunk{from: -1}
		}
	}
	if flush(end); len(c.pieces) > 0 {
		list = append(list, c)
	}
	return list
}

// piece folds a word, and makes a number with a fraction one word.
func piece(s string) string {
	if strings.ContainsAny(s, ".,") {
		s = strings.NewReplacer(".", "d", ",", "d").Replace(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, fold(s))
}

func number(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.,") == ""
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

// tokens are the words by which a text is found: each piece; of what is put
// together (SP-350-L8) each end without the signs in between (sp350l8, 350l8); and
// a number with its unit (350 W, 350w).
func tokens(text string) []string {
	var list []string
	last := ""
	for _, c := range chunks(text) {
		list = append(list, c.pieces...)
		for i := range len(c.pieces) - 1 {
			list = append(list, clip(strings.Join(c.pieces[i:], ""), longestPiece))
		}
		first := c.pieces[0]
		if last != "" && hasDigit(last) && !hasDigit(first) && len(first) <= 4 {
			list = append(list, last+first)
		}
		last = c.pieces[len(c.pieces)-1]
	}
	return list
}

// unique are the different ones of some words, in their order.
func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool {
		was := seen[s]
		seen[s] = true
		return was
	})
}

// words of a query that say nothing, where there are others.
var empty = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("a an the of for and or with to in on at by from der die das den dem des ein eine einen einer fur mit und oder von vom zu zum zur im in am an auf aus bei") {
		m[w] = true
	}
	return m
}()

// group is what one word of a query may be: it is found by any of the ways.
type group struct {
	text string // folded, as it was written
	ways []way
	from []int // where it stood: from, to
}

// way is a way in which a word is found: all of its terms stand in a text.
type way []term

// term is a word, or the beginning of one.
type term struct {
	text   string
	prefix bool
}

// endings by which words differ that mean the same, the longest first.
var endings = []string{"es", "en", "s", "n", "e"}

// stem is a word without its ending, as the beginning of others.
func stem(w string) string {
	if hasDigit(w) {
		return w
	}
	for _, e := range endings {
		if s, ok := strings.CutSuffix(w, e); ok && utf8.RuneCountInString(s) >= 4 {
			return s
		}
	}
	return w
}

// groups reads a query.
func groups(query string) []group {
	var list, nothing []group
	for _, c := range chunks(query) {
		w := c.joined()
		g := group{text: w, from: []int{c.from, c.to}}
		if len(c.pieces) > 1 {
			// sp-350: as it stands in a sku; or its parts, wherever they stand.
			g.ways = append(g.ways, way{{clip(w, longestPiece), true}})
			all := way{}
			for i, p := range c.pieces {
				all = append(all, term{p, i == len(c.pieces)-1 || utf8.RuneCountInString(p) > 2})
			}
			g.ways = append(g.ways, all)
		} else {
			g.ways = ways(w)
		}
		if empty[w] {
			nothing = append(nothing, g)
			continue
		}
		list = append(list, g)
	}
	if len(list) == 0 {
		return nothing
	}
	return list
}

func ways(w string) []way {
	list := []way{{{w, true}}}
	if s := stem(w); s != w {
		list = append(list, way{{s, true}})
	}
	if a, b := parts(w); a != "" {
		list = append(list, way{{a, true}, {b, true}})
	}
	return list
}

// parts are a word and a number that are written together.
func parts(w string) (a, b string) {
	i := strings.IndexFunc(w, func(r rune) bool { return r >= '0' && r <= '9' })
	if i >= 3 && digits(w[i:]) {
		return w[:i], w[i:]
	}
	return "", ""
}

// Term is a query as it is kept and compared: its words in order, folded.
func Term(query string) string {
	var list []string
	for _, c := range chunks(query) {
		list = append(list, strings.Join(c.pieces, "-"))
	}
	return clip(strings.Join(list, " "), longestTerm)
}

// longestTerm is how much of a query is kept, in bytes.
const longestTerm = 400

// clip cuts a text to at most n bytes, without splitting a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// grams are the parts of three characters of a word; with its beginning and its
// end, where these count.
func grams(w string, ends bool) []string {
	if ends {
		w = "^" + w + "$"
	}
	r := []rune(w)
	var list []string
	for i := 0; i+3 <= len(r); i++ {
		list = append(list, string(r[i:i+3]))
	}
	return unique(list)
}

// distance is how many characters must be added, left out, replaced or swapped
// with their neighbours to make one word the other; limit+1 when more than limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	before, last, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(y)], limit+1)
}

// mistakes is how many typos a word may have.
func mistakes(w string) int {
	switch n := utf8.RuneCountInString(w); {
	case n < 4:
		return 0
	case n < 6:
		return 1
	}
	return 2
}
