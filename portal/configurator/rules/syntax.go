package rules

import (
	"strconv"
	"strings"

	"foyer/portal/problem"
)

func quoteRune(c rune) string { return strconv.QuoteRuneToASCII(c) }

// node is a part of a rule as it was written, before it is known what its names are.
type node struct {
	span
	kind kind    // of the operator, or word for a name, number, open for a call; end where nothing could be read
	kids []*node // what the operator joins, or the arguments
	// path is a name in its parts; star means "all options of the group".
	path []string
	star bool
	text string // of a number, or the word of a call
	unit string // of a number
	// unitAt is where the unit stands.
	unitAt span
}

// levels tell how tightly operators bind. Those with the same level in this list are
// not mixed without parentheses, apart from sums and products.
var levels = map[kind]int{
	iff: 1, implies: 2, xor: 3, or: 4, and: 5,
	atMost: 7, atLeast: 7, less: 7, greater: 7, equal: 7, notEqual: 7,
	plus: 8, minus: 8, star: 9, slash: 9,
}

const (
	levelAny     = 1
	levelCompare = 7
	levelProduct = 9
	levelUnary   = 10
)

// parser is an operator precedence parser (Pratt 1973) over one token.
type parser struct {
	lexer
	words *Vocabulary
	token token
	last  span // of the token before
	depth int
	nodes int
}

func (p *parser) next() {
	p.last = p.token.span
	p.token = p.scan()
	// A name that the model has is a name, and "xor" an operator.
	if p.token.kind == word && p.token.text == "xor" {
		p.token.kind = xor
	}
}

// node counts what is made, so that the whole stays within its limit.
func (p *parser) node(n node) *node {
	p.nodes++
	if p.nodes > MaxNodes {
		p.fatal(n.span, problem.Text{
			EN: "The rule has more than %d names, numbers and operators. Divide it, or write it as a table.",
			DE: "Die Regel hat mehr als %d Namen, Zahlen und Operatoren. Teilen Sie sie auf oder schreiben Sie sie als Tabelle.",
		}.Format(MaxNodes))
		p.token = p.scan()
	}
	return &n
}

// whole reads the text to its end.
func (p *parser) whole() *node {
	if p.token.kind == end && !p.stopped {
		p.report(p.token.span, problem.Text{EN: "The rule is empty.", DE: "Die Regel ist leer."}, "")
		return &node{}
	}
	n := p.expression(levelAny)
	if p.token.kind != end {
		p.unexpected()
	}
	return n
}

func (p *parser) expression(level int) *node {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > MaxDepth {
		p.fatal(p.token.span, problem.Text{
			EN: "More than %d parentheses or negations within each other. Divide the rule.",
			DE: "Mehr als %d Klammern oder Verneinungen ineinander. Teilen Sie die Regel auf.",
		}.Format(MaxDepth))
		p.token = p.scan()
		return &node{}
	}
	left := p.operand()
	for {
		p.foreignOperator()
		l := levels[p.token.kind]
		if l == 0 || l < level {
			return left
		}
		left = p.operator(left, l)
	}
}

// foreignOperator takes "and" for & after saying so.
func (p *parser) foreignOperator() {
	if s, ok := foreign[p.token.text]; ok && p.token.kind == word && s.kind != not {
		p.corrected(p.token, s)
		p.token.kind = s.kind
	}
}

func (p *parser) operator(left *node, level int) *node {
	k := p.token.kind
	n := p.node(node{span: left.span, kind: k, kids: []*node{left}})
	switch k {
	case and, or:
		for p.token.kind == k {
			p.next()
			n.kids = append(n.kids, p.expression(level+1))
			p.foreignOperator()
		}
	case plus, minus, star, slash:
		p.arithmetic(n, level)
	default:
		p.next()
		n.kids = append(n.kids, p.expression(level+1))
		p.foreignOperator()
		if levels[p.token.kind] == level {
			p.chain(k)
			n.kind = end // what it means is anybody's guess
		}
	}
	n.end = max(n.end, p.last.end)
	return n
}

// arithmetic collects a whole sum or product; what is taken away or divided by is
// wrapped, so that long sums are not deep ones.
func (p *parser) arithmetic(n *node, level int) {
	if level == levelProduct {
		n.kind = star
	} else {
		n.kind = plus
	}
	for levels[p.token.kind] == level {
		k := p.token.kind
		p.next()
		right := p.expression(level + 1)
		if k == minus || k == slash {
			right = p.node(node{span: right.span, kind: k, kids: []*node{right}})
		}
		n.kids = append(n.kids, right)
	}
}

// chain refuses a -> b -> c, which people read in different ways.
func (p *parser) chain(k kind) {
	said := problem.Text{
		EN: "Two of these in a row can be read in two ways. Put one into parentheses.",
		DE: "Zwei davon hintereinander lassen sich auf zwei Arten lesen. Setzen Sie eines in Klammern.",
	}
	switch {
	case k == xor:
		said = problem.Text{
			EN: "xor joins two conditions. For one out of more, write exactly(1, a, b, c).",
			DE: "xor verbindet zwei Bedingungen. Für eine aus mehreren schreiben Sie exactly(1, a, b, c).",
		}
	case levels[k] == levelCompare:
		said = problem.Text{
			EN: "A comparison has two sides. Write 1 <= a & a <= 5.",
			DE: "Ein Vergleich hat zwei Seiten. Schreiben Sie 1 <= a & a <= 5.",
		}
	}
	p.report(p.token.span, said, "")
}

func (p *parser) operand() *node {
	t := p.token
	if s, ok := foreign[t.text]; ok && t.kind == word && s.kind == not {
		p.corrected(t, s)
		t.kind = not
	}
	switch t.kind {
	case not:
		p.next()
		return p.unary(not, t.span, levelCompare)
	case minus:
		p.next()
		return p.unary(minus, t.span, levelProduct)
	case open:
		return p.parentheses()
	case number:
		return p.number()
	case word, quoted:
		return p.wordOrName(t)
	default:
		p.unexpected()
		return &node{span: t.span}
	}
}

func (p *parser) unary(k kind, at span, level int) *node {
	x := p.expression(level)
	return p.node(node{span: span{at.start, x.end}, kind: k, kids: []*node{x}})
}

func (p *parser) parentheses() *node {
	opened := p.token.span
	p.next()
	n := p.expression(levelAny)
	p.close(opened)
	return n
}

// close wants the parenthesis that ends what was opened.
func (p *parser) close(opened span) {
	if p.token.kind == closing {
		p.next()
		return
	}
	if p.token.kind == end {
		p.report(opened, problem.Text{
			EN: "This parenthesis is not closed.", DE: "Diese Klammer wird nicht geschlossen.",
		}, "")
		return
	}
	p.unexpected()
}

func (p *parser) number() *node {
	n := p.node(node{span: p.token.span, kind: number, text: p.token.text})
	p.next()
	if p.token.kind == word && !reserved[p.token.text] && foreign[p.token.text].text == "" || p.token.kind == quoted {
		n.unit, n.unitAt, n.end = p.token.text, p.token.span, p.token.end
		p.next()
	}
	return n
}

func (p *parser) wordOrName(t token) *node {
	if t.kind == word {
		switch t.text {
		case "true", "false":
			p.next()
			return p.node(node{span: t.span, kind: open, text: t.text})
		case "atleast", "atmost", "exactly", "between":
			return p.call()
		case "table", "forbid":
			p.report(t.span, problem.Text{
				EN: "A table is a rule of its own and cannot be joined with others.",
				DE: "Eine Tabelle ist eine eigene Regel und lässt sich nicht mit anderen verbinden.",
			}, "")
			p.stopped = true
			p.token = p.scan()
			return &node{span: t.span}
		case "none":
			p.report(t.span, problem.Text{
				EN: "none is for the cells of tables. Write ! before the options.",
				DE: "none gehört in Zellen von Tabellen. Schreiben Sie ! vor die Optionen.",
			}, "")
			p.next()
			return &node{span: t.span}
		}
	}
	return p.name()
}

// name reads parts with points between them.
func (p *parser) name() *node {
	n := p.node(node{span: p.token.span, kind: word, path: []string{p.token.text}})
	p.next()
	for p.token.kind == dot {
		p.next()
		switch p.token.kind {
		case star:
			n.star = true
		case word, quoted, xor:
			n.path = append(n.path, p.token.text)
		default:
			p.report(span{p.last.start, p.token.start}, problem.Text{
				EN: "After the point the key of an option is missing.", DE: "Nach dem Punkt fehlt der Schlüssel einer Option.",
			}, "")
			return &node{span: n.span}
		}
		n.end = p.token.end
		p.next()
		if n.star {
			break
		}
	}
	return n
}

// call reads atleast(2, a, b, c) and its like.
func (p *parser) call() *node {
	n := p.node(node{span: p.token.span, kind: open, text: p.token.text})
	p.next()
	if p.token.kind != open {
		p.report(p.token.span, problem.Text{
			EN: "After %[1]s come parentheses: %[1]s(2, a, b, c).", DE: "Nach %[1]s folgen Klammern: %[1]s(2, a, b, c).",
		}.Format(n.text), "")
		return &node{span: n.span}
	}
	opened := p.token.span
	p.next()
	for p.token.kind != closing && p.token.kind != end {
		before := p.token.span
		n.kids = append(n.kids, p.expression(levelAny))
		if p.token.kind == comma {
			p.next()
		} else if p.token.kind != closing && p.token.span == before {
			break
		} else if p.token.kind != closing {
			p.unexpected()
			break
		}
	}
	p.close(opened)
	n.end = p.last.end
	return n
}

// unexpected says what is wrong with the token, and passes to where reading can go on.
func (p *parser) unexpected() {
	t := p.token
	p.report(t.span, p.misplaced(t), "")
	for !p.resumable() {
		p.next()
	}
}

// resumable is at tokens that what is around an expression looks for.
func (p *parser) resumable() bool {
	switch p.token.kind {
	case end, closing, comma, semicolon, closeTable, and, or, xor, implies, iff:
		return true
	default:
		return false
	}
}

func (p *parser) misplaced(t token) problem.Text {
	switch {
	case t.kind == end:
		return problem.Text{EN: "The rule ends where something must follow.", DE: "Die Regel endet, wo noch etwas folgen muss."}
	case t.kind == word || t.kind == quoted || t.kind == number || t.kind == open || t.kind == not:
		return problem.Text{
			EN: "Before %s an operator is missing, such as & (and), | (or), ->.",
			DE: "Vor %s fehlt ein Operator, etwa & (und), | (oder), ->.",
		}.Format(shorten(t.text))
	case t.kind == closing:
		return problem.Text{EN: "This ) closes nothing, or something is missing before it.", DE: "Diese ) schließt nichts, oder vor ihr fehlt etwas."}
	case t.kind == comma:
		return problem.Text{
			EN: "A comma cannot stand here. Decimals are written with a point, as in 0.5.",
			DE: "Ein Komma kann hier nicht stehen. Dezimalzahlen werden mit Punkt geschrieben, wie 0.5.",
		}
	default:
		return problem.Text{
			EN: "Something is missing before %s.", DE: "Vor %s fehlt etwas.",
		}.Format(t.text)
	}
}

// shorten keeps sentences readable whatever was written.
func shorten(text string) string {
	const longest = 60
	if r := []rune(text[:min(len(text), 4*longest)]); len(r) > longest || len(text) > 4*longest {
		return strings.ToValidUTF8(string(r[:min(len(r), longest)]), "") + "…"
	}
	return text
}
