package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"foyer/portal/problem"
)

type kind uint8

// The kinds of tokens. Those that are written with signs are in signs.
const (
	end kind = iota
	word
	quoted
	number
	not
	and
	or
	xor
	implies
	iff
	plus
	minus
	star
	slash
	atMost
	atLeast
	less
	greater
	equal
	notEqual
	open
	closing
	comma
	semicolon
	openTable
	closeTable
	dot
	dots
)

type token struct {
	span
	kind kind
	text string // of words and numbers as written, of quoted names what is within
}

// sign is how a token is written. Instead is set where other languages write it
// so: the reader is told, and the reading goes on.
type sign struct {
	text    string
	kind    kind
	instead string
}

// signs, longer ones before those that they begin with.
var signs = []sign{
	{"<->", iff, ""}, {"<=>", iff, "<->"}, {"->", implies, ""}, {"=>", implies, "->"},
	{"<=", atMost, ""}, {">=", atLeast, ""}, {"!=", notEqual, ""}, {"<>", notEqual, "!="},
	{"==", equal, "="}, {"&&", and, "&"}, {"||", or, "|"}, {"..", dots, ""},
	{"<", less, ""}, {">", greater, ""}, {"=", equal, ""}, {"!", not, ""}, {"&", and, ""}, {"|", or, ""},
	{"+", plus, ""}, {"-", minus, ""}, {"*", star, ""}, {"/", slash, ""},
	{"(", open, ""}, {")", closing, ""}, {",", comma, ""}, {";", semicolon, ""},
	{"{", openTable, ""}, {"}", closeTable, ""}, {".", dot, ""},
	{"≤", atMost, "<="}, {"≥", atLeast, ">="}, {"≠", notEqual, "!="}, {"→", implies, "->"},
	{"⇒", implies, "->"}, {"↔", iff, "<->"}, {"⇔", iff, "<->"}, {"∧", and, "&"}, {"∨", or, "|"},
	{"¬", not, "!"}, {"×", star, "*"}, {"·", star, "*"}, {"−", minus, "-"}, {"–", minus, "-"},
}

// reserved are the words that the language keeps. Quotes make names of them.
var reserved = map[string]bool{
	"xor": true, "atleast": true, "atmost": true, "exactly": true, "between": true,
	"table": true, "forbid": true, "none": true, "true": true, "false": true,
}

// foreign are the words that people write for an operator.
var foreign = map[string]sign{
	"and": {"and", and, "&"}, "or": {"or", or, "|"}, "not": {"not", not, "!"},
	"und": {"und", and, "&"}, "oder": {"oder", or, "|"}, "nicht": {"nicht", not, "!"},
	"implies": {"implies", implies, "->"}, "requires": {"requires", implies, "->"},
	"then": {"then", implies, "->"}, "dann": {"dann", implies, "->"}, "iff": {"iff", iff, "<->"},
}

// lexer gives the tokens one by one, so that a long text needs no memory of its own.
type lexer struct {
	*reporter
	text string
	at   int
	// member is set after a dot, where names may begin with a digit.
	member bool
}

func (l *lexer) scan() token {
	l.skip()
	if l.full() || l.at >= len(l.text) {
		return token{span: span{len(l.text), len(l.text)}}
	}
	member := l.member
	l.member = false
	c, size := utf8.DecodeRuneInString(l.text[l.at:])
	switch {
	case c == '"':
		return l.quoted()
	case letter(c) || member && digit(c):
		return l.take(word, l.while(letterOrDigit))
	case digit(c):
		return l.number()
	}
	for _, s := range signs {
		if strings.HasPrefix(l.text[l.at:], s.text) {
			t := l.take(s.kind, len(s.text))
			l.corrected(t, s)
			l.member = s.kind == dot
			return t
		}
	}
	l.strange(c, size)
	l.at += size
	return l.scan()
}

func (l *lexer) take(k kind, length int) token {
	t := token{span: span{l.at, l.at + length}, kind: k, text: l.text[l.at : l.at+length]}
	l.at += length
	return t
}

func (l *lexer) while(belongs func(rune) bool) int {
	for i, c := range l.text[l.at:] {
		if !belongs(c) {
			return i
		}
	}
	return len(l.text) - l.at
}

// skip passes white space and comments.
func (l *lexer) skip() {
	for l.at < len(l.text) {
		rest := l.text[l.at:]
		switch {
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n' || rest[0] == '\r':
			l.at++
		case strings.HasPrefix(rest, "\u00a0") || strings.HasPrefix(rest, "\ufeff"): // what editors leave
			_, size := utf8.DecodeRuneInString(rest)
			l.at += size
		case strings.HasPrefix(rest, "//"):
			stop := strings.IndexAny(rest, "\n\r")
			if stop < 0 {
				stop = len(rest)
			}
			l.at += stop
		case strings.HasPrefix(rest, "/*"):
			l.comment(rest)
		default:
			return
		}
	}
}

func (l *lexer) comment(rest string) {
	stop := strings.Index(rest[2:], "*/")
	if stop < 0 {
		l.fatal(span{l.at, l.at + 2}, problem.Text{
			EN: "This comment does not end. Close it with */.", DE: "Dieser Kommentar endet nicht. Schließen Sie ihn mit */.",
		})
		l.at = len(l.text)
		return
	}
	l.at += stop + 4
}

// number takes digits with at most one point that digits follow: in "1..5" the
// points are a range.
func (l *lexer) number() token {
	length := l.while(digit)
	rest := l.text[l.at+length:]
	if len(rest) > 1 && rest[0] == '.' && digit(rune(rest[1])) {
		start := l.at
		l.at += length + 1
		length += 1 + l.while(digit)
		l.at = start
	}
	return l.take(number, length)
}

// quoted takes a name within quotation marks, where \" and \\ stand for themselves.
func (l *lexer) quoted() token {
	var name strings.Builder
	start := l.at
	for i := start + 1; i < len(l.text); i++ {
		switch c := l.text[i]; {
		case c == '"':
			l.at = i + 1
			return token{span: span{start, l.at}, kind: quoted, text: name.String()}
		case c == '\\' && i+1 < len(l.text) && (l.text[i+1] == '"' || l.text[i+1] == '\\'):
			i++
			name.WriteByte(l.text[i])
		case c < ' ' && c != '\t':
			l.unclosed(span{start, i})
			l.at = i
			return token{span: span{start, i}, kind: quoted, text: name.String()}
		default:
			name.WriteByte(c)
		}
	}
	l.unclosed(span{start, len(l.text)})
	l.at = len(l.text)
	return token{span: span{start, l.at}, kind: quoted, text: name.String()}
}

func (l *lexer) unclosed(at span) {
	l.fatal(at, problem.Text{
		EN: "This name has no closing quotation mark in its line.",
		DE: "Diesem Namen fehlt das schließende Anführungszeichen in seiner Zeile.",
	})
}

func (l *lexer) corrected(t token, s sign) {
	if s.instead != "" {
		l.report(t.span, problem.Text{EN: "Write %[2]s instead of %[1]s.", DE: "Schreiben Sie %[2]s statt %[1]s."}.
			Format(t.text, s.instead), s.instead)
	}
}

func (l *lexer) strange(c rune, size int) {
	shown := string(c)
	if !unicode.IsPrint(c) {
		shown = strings.ToUpper(strings.Trim(strings.ReplaceAll(quoteRune(c), `\`, ""), "'"))
	}
	l.report(span{l.at, l.at + size}, problem.Text{
		EN: "The character %s cannot stand here. Names with other characters than letters, digits and _ are written in \"quotation marks\".",
		DE: "Das Zeichen %s kann hier nicht stehen. Namen mit anderen Zeichen als Buchstaben, Ziffern und _ werden in \"Anführungszeichen\" geschrieben.",
	}.Format(shown), "")
}

func digit(c rune) bool { return c >= '0' && c <= '9' }

// letter tells what a name or unit can begin with.
func letter(c rune) bool {
	return c == '_' || unicode.IsLetter(c) || c == '%' || c == '°' || c == '€' || c == '$'
}

func letterOrDigit(c rune) bool {
	return letter(c) || digit(c) || c == '²' || c == '³' || unicode.Is(unicode.Mn, c) || unicode.IsNumber(c)
}

// plain tells whether a name needs no quotation marks.
func plain(name string, member bool) bool {
	for i, c := range name {
		if i == 0 && !letter(c) && (!member || !digit(c)) || !letterOrDigit(c) {
			return false
		}
	}
	_, other := foreign[name]
	return name != "" && !reserved[name] && !other
}
