package uvl

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"foyer/portal/configurator/rules"
	"foyer/portal/problem"
)

// The kinds of tokens apart from signs, which are their own first character, and the
// end, which is 0.
const (
	name rune = -iota - 1
	number
	text
	implies
	iff
	atMost
	atLeast
	unequal
	equal
)

var signs = []struct {
	text string
	kind rune
}{
	{"<=>", iff}, {"=>", implies}, {"<=", atMost}, {">=", atLeast}, {"!=", unequal}, {"==", equal},
}

type token struct {
	kind       rune
	start, end int
	text       string
	quoted     bool
}

// parser reads one line: a feature with its attributes, or a constraint.
type parser struct {
	*reader
	at, stop int
	token    token
	depth    int
	broken   bool
}

func (p *parser) next() {
	p.skip()
	rest := p.text[p.at:p.stop]
	if rest == "" || p.broken {
		p.token = token{start: p.stop, end: p.stop}
		return
	}
	c, size := utf8.DecodeRuneInString(rest)
	switch {
	case c == '"' || c == '\'':
		p.quoted(rest)
		return
	case c >= '0' && c <= '9':
		p.take(number, length(rest, func(c rune) bool { return c >= '0' && c <= '9' || c == '.' || c == '_' || unicode.IsLetter(c) }))
		if strings.IndexFunc(p.token.text, func(c rune) bool { return c == '_' || unicode.IsLetter(c) }) >= 0 {
			p.token.kind = name // some tools write names that begin with digits without quotation marks
		}
		return
	case c == '_' || unicode.IsLetter(c):
		p.take(name, length(rest, nameRune))
		return
	}
	for _, s := range signs {
		if strings.HasPrefix(rest, s.text) {
			p.take(s.kind, len(s.text))
			return
		}
	}
	p.take(c, size)
}

// nameRune tells what a name may have after its first letter.
func nameRune(c rune) bool {
	return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune(`#§%?\;`, c)
}

func length(s string, belongs func(rune) bool) int {
	for i, c := range s {
		if !belongs(c) {
			return i
		}
	}
	return len(s)
}

func (p *parser) take(kind rune, n int) {
	p.token = token{kind: kind, start: p.at, end: p.at + n, text: p.text[p.at : p.at+n]}
	p.at += n
}

func (p *parser) quoted(rest string) {
	n := quotedLength(rest)
	kind := name
	if rest[0] == '\'' {
		kind = text
	}
	closed := n >= 2 && rest[n-1] == rest[0]
	p.take(kind, n)
	p.token.quoted = true
	if !closed {
		p.fail(p.token.start, p.token.end, problem.Text{
			EN: "The closing quotation mark is missing in this line.", DE: "In dieser Zeile fehlt das schließende Anführungszeichen.",
		})
		return
	}
	p.token.text = p.token.text[1 : n-1]
}

func (p *parser) skip() {
	for p.at < p.stop {
		switch rest := p.text[p.at:p.stop]; {
		case strings.ContainsRune(" \t\r\n", rune(rest[0])):
			p.at++
		case strings.HasPrefix(rest, "//"):
			p.at += toLineEnd(rest)
		case strings.HasPrefix(rest, "/*") && strings.Contains(rest, "*/"):
			p.at += strings.Index(rest, "*/") + 2
		default:
			return
		}
	}
}

// fail reports, and ends the reading of the line.
func (p *parser) fail(start, end int, said problem.Text) {
	if !p.broken {
		p.report(start, end, said, "")
	}
	p.broken = true
	p.at = p.stop
	p.token = token{start: p.stop, end: p.stop}
}

// attributes reads "{abstract true, price 4.5, constraint A => B}".
func (p *parser) attributes(f *feature) []Attribute {
	opened := p.token
	var all []Attribute
	p.next()
	for p.token.kind != '}' && !p.broken {
		if p.token.kind == 0 {
			p.fail(opened.start, opened.end, problem.Text{EN: "This brace is not closed.", DE: "Diese Klammer wird nicht geschlossen."})
			return nil
		}
		if p.token.kind != name {
			p.fail(p.token.start, p.token.end, problem.Text{
				EN: "Here the key of an attribute is needed.", DE: "Hier wird der Schlüssel eines Attributs gebraucht.",
			})
			return nil
		}
		all = p.attribute(f, all)
		if p.token.kind == ',' {
			p.next()
		}
	}
	p.next()
	return all
}

func (p *parser) attribute(f *feature, all []Attribute) []Attribute {
	key := p.token
	p.next()
	if !key.quoted && (key.text == "constraint" || key.text == "constraints") {
		p.ownConstraints()
		return all
	}
	a := Attribute{Key: key.text, Value: "true"}
	switch p.token.kind {
	case name, text:
		a.Value = p.token.text
		p.next()
	case number, '-':
		a.Number = true
		a.Value = ""
		if p.token.kind == '-' {
			a.Value = "-"
			p.next()
		}
		a.Value += p.token.text
		p.next()
	case '[', '{':
		a.Value = p.nested()
	}
	if key.text == "abstract" && a.Value == "true" {
		f.abstract = true
	}
	return append(all, a)
}

// ownConstraints reads those that a feature carries.
func (p *parser) ownConstraints() {
	many := p.token.kind == '['
	if many {
		p.next()
	}
	for !p.broken && p.token.kind != ']' {
		start := p.token.start
		if tree := p.expression(0); tree != nil && !p.broken {
			p.constraints = append(p.constraints, constraint{tree: tree, start: start, end: p.token.start})
		}
		if !many || p.token.kind != ',' {
			break
		}
		p.next()
	}
	if many && p.token.kind == ']' {
		p.next()
	}
}

// nested takes a list or attributes within an attribute as they are written.
func (p *parser) nested() string {
	start, depth := p.token.start, 0
	for {
		switch p.token.kind {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case 0:
			p.fail(start, start+1, problem.Text{EN: "This is not closed.", DE: "Das wird nicht geschlossen."})
			return ""
		}
		end := p.token.end
		p.next()
		if depth == 0 {
			return p.text[start:end]
		}
	}
}

// node is a constraint, or a part of one.
type node struct {
	kind       rune // of the operator; name, number, '(' for a function
	text       string
	path       []string
	start, end int
	kids       []*node
	signs      []rune // between them
}

// levels tell how tightly operators bind.
var levels = map[rune]int{
	iff: 1, implies: 2, '|': 3, '&': 4,
	equal: 6, unequal: 6, '<': 6, '>': 6, atMost: 6, atLeast: 6,
	'+': 7, '-': 7, '*': 8, '/': 8,
}

const levelCompare = 6

func (p *parser) whole() *node {
	n := p.expression(0)
	if p.token.kind != 0 {
		p.unexpected()
	}
	if p.broken {
		return nil
	}
	return n
}

func (p *parser) unexpected() {
	p.fail(p.token.start, p.token.end, problem.Text{
		EN: "Here an operator (&, |, =>, <=>) or the end of the line is needed.",
		DE: "Hier wird ein Operator (&, |, =>, <=>) oder das Ende der Zeile gebraucht.",
	})
}

func (p *parser) expression(level int) *node {
	if p.depth++; p.depth > MaxDepth {
		p.fail(p.token.start, p.token.end, problem.Text{
			EN: "More than %d parentheses or negations within each other.", DE: "Mehr als %d Klammern oder Verneinungen ineinander.",
		}.Format(MaxDepth))
	}
	defer func() { p.depth-- }()
	left, chained := p.operand(), 0
	for !p.broken {
		l := levels[p.token.kind]
		if l == 0 || l < level {
			break
		}
		if chained++; chained > MaxDepth { // a => b => c is as deep as it is long
			p.fail(p.token.start, p.token.end, problem.Text{
				EN: "More than %d operators of different kinds in a row. Use parentheses, or divide the constraint.",
				DE: "Mehr als %d verschiedene Operatoren hintereinander. Verwenden Sie Klammern oder teilen Sie die Bedingung auf.",
			}.Format(MaxDepth))
		}
		left = p.operator(left, l)
	}
	return left
}

// operator collects all of a conjunction, disjunction, sum or product; of the others,
// two sides.
func (p *parser) operator(left *node, level int) *node {
	n := &node{kind: p.token.kind, start: left.start, kids: []*node{left}}
	for levels[p.token.kind] == level && !p.broken && (len(n.kids) == 1 || level == 3 || level == 4 || level > levelCompare) {
		n.signs = append(n.signs, p.token.kind)
		p.next()
		n.kids = append(n.kids, p.expression(level+1))
	}
	n.end = n.kids[len(n.kids)-1].end
	return n
}

func (p *parser) operand() *node {
	t := p.token
	n := &node{kind: t.kind, text: t.text, start: t.start, end: t.end}
	switch t.kind {
	case '!', '-':
		p.next()
		n.kids = []*node{p.expression(levelCompare)}
		n.end = n.kids[0].end
	case '(':
		p.next()
		n = p.expression(0)
		p.close(t)
	case number, text:
		p.next()
	case name:
		p.name(n)
	default:
		p.fail(t.start, t.end, problem.Text{
			EN: "Here a feature, ! or ( is needed.", DE: "Hier wird ein Merkmal, ! oder ( gebraucht.",
		})
	}
	return n
}

func (p *parser) close(opened token) {
	if p.token.kind != ')' && !p.broken {
		if p.token.kind == 0 {
			p.fail(opened.start, opened.end, problem.Text{EN: "This parenthesis is not closed.", DE: "Diese Klammer wird nicht geschlossen."})
			return
		}
		p.unexpected()
	}
	p.next()
}

// name reads a feature, one of its attributes, or a function such as sum(price).
func (p *parser) name(n *node) {
	first := p.token
	n.path = []string{first.text}
	p.next()
	if p.token.kind == '(' && !first.quoted {
		n.kind = '('
		n.path = nil
		opened := p.token
		p.next()
		for p.token.kind == name {
			n.path = append(n.path, p.token.text)
			p.next()
			if p.token.kind == ',' {
				p.next()
			}
		}
		p.close(opened)
		return
	}
	for p.token.kind == '.' {
		p.next()
		if p.token.kind != name && p.token.kind != number {
			p.unexpected()
			return
		}
		n.path = append(n.path, p.token.text)
		n.end = p.token.end
		p.next()
	}
}

// unknown reports a name that is no feature.
func (r *reader) unknown(n *node, candidates []string) {
	r.report(n.start, n.end, problem.Text{
		EN: "There is no feature %s.", DE: "Ein Merkmal %s gibt es nicht.",
	}.Format(shorten(strings.Join(n.path, "."))), rules.Nearest(strings.Join(n.path, "."), candidates))
}
