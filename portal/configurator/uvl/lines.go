package uvl

import (
	"strconv"
	"strings"

	"foyer/portal/configurator/rules"
	"foyer/portal/problem"
)

// line is a line with something on it; within brackets it goes on over several.
// Start and end are without indentation and comment.
type line struct {
	indent     string
	start, end int
}

// lines gives them one by one.
type lines struct {
	*reader
	at   int
	line line
	done bool
}

func (l *lines) next() {
	for l.at < len(l.text) {
		start := l.at
		for l.at < len(l.text) && (l.text[l.at] == ' ' || l.text[l.at] == '\t') {
			l.at++
		}
		first := l.at
		end := l.content()
		if end > first {
			l.line = line{indent: l.text[start:first], start: first, end: end}
			return
		}
	}
	l.done = true
}

// skipBelow passes what is indented.
func (l *lines) skipBelow() {
	for !l.done && l.line.indent != "" {
		l.next()
	}
}

// content goes on to the next line, and returns where this one's content ends.
func (l *lines) content() int {
	end, depth := l.at, 0
	for l.at < len(l.text) {
		switch c := l.text[l.at]; {
		case c == '\n' || c == '\r':
			l.at++
			if depth == 0 {
				return end
			}
			continue
		case c == '/' && strings.HasPrefix(l.text[l.at:], "//"):
			l.at += toLineEnd(l.text[l.at:])
			continue
		case c == '/' && strings.HasPrefix(l.text[l.at:], "/*"):
			l.comment()
			continue
		case c == '"' || c == '\'':
			l.at += quotedLength(l.text[l.at:])
			end = l.at
			continue
		case c == '(' || c == '{':
			depth++
		case c == ')' || c == '}':
			depth = max(depth-1, 0)
		}
		if c := l.text[l.at]; c != ' ' && c != '\t' {
			end = l.at + 1
		}
		l.at++
	}
	return end
}

func (l *lines) comment() {
	stop := strings.Index(l.text[l.at+2:], "*/")
	if stop < 0 {
		l.report(l.at, l.at+2, problem.Text{
			EN: "This comment does not end. Close it with */.", DE: "Dieser Kommentar endet nicht. Schließen Sie ihn mit */.",
		}, "")
		l.at = len(l.text)
		return
	}
	l.at += stop + 4
}

func toLineEnd(text string) int {
	if stop := strings.IndexAny(text, "\n\r"); stop >= 0 {
		return stop
	}
	return len(text)
}

// quotedLength is up to the closing quotation mark, or to the end of the line.
func quotedLength(text string) int {
	within := text[1:toLineEnd(text)]
	if stop := strings.IndexByte(within, text[0]); stop >= 0 {
		return stop + 2
	}
	return len(within) + 1
}

// group reads "mandatory", "or", "[1..3]".
func (r *reader) group(at line) *group {
	g := &group{start: at.start}
	word := r.text[at.start:at.end]
	switch word {
	case "mandatory", "optional", "or", "alternative":
		g.kind = word
		return g
	}
	if strings.HasPrefix(word, "[") && strings.HasSuffix(word, "]") {
		if low, high, ok := cardinality(word[1 : len(word)-1]); ok {
			g.kind, g.min, g.max = "group", low, high
			return g
		}
	}
	r.report(at.start, at.end, problem.Text{
		EN: "Below a feature its groups are needed: mandatory, optional, or, alternative, [1..3].",
		DE: "Unter einem Merkmal werden seine Gruppen gebraucht: mandatory, optional, or, alternative, [1..3].",
	}, rules.Nearest(word, []string{"mandatory", "optional", "or", "alternative"}))
	g.kind = "optional"
	return g
}

// cardinality reads "2", "1..3" and "1..*"; -1 is no bound.
func cardinality(text string) (low, high int, ok bool) {
	from, to, isRange := strings.Cut(text, "..")
	if !isRange {
		to = from
	}
	low, err := strconv.Atoi(strings.TrimSpace(from))
	if to = strings.TrimSpace(to); err == nil && isRange && to == "*" {
		return low, -1, low >= 0
	}
	high, other := strconv.Atoi(to)
	return low, high, err == nil && other == nil && 0 <= low && low <= high
}

// feature reads a name and its attributes.
func (r *reader) feature(at line) *feature {
	f := &feature{start: at.start, end: at.end}
	p := &parser{reader: r, at: at.start, stop: at.end}
	p.next()
	r.typed(p)
	if p.broken {
		return f
	}
	if p.token.kind != name {
		r.report(p.token.start, p.token.end, problem.Text{
			EN: "Here the name of a feature is needed. Names with spaces are written in \"quotation marks\".",
			DE: "Hier wird der Name eines Merkmals gebraucht. Namen mit Leerzeichen werden in \"Anführungszeichen\" geschrieben.",
		}, "")
		return f
	}
	f.name = p.token.text
	f.end = p.token.end
	p.next()
	if p.token.kind == name && p.token.text == "cardinality" {
		r.report(p.token.start, at.end, problem.Text{
			EN: "Features that are there several times are not read. Use a group [n..m] of features.",
			DE: "Merkmale, die es mehrmals gibt, werden nicht gelesen. Verwenden Sie eine Gruppe [n..m] von Merkmalen.",
		}, "")
		return f
	}
	if p.token.kind == '{' {
		f.attributes = p.attributes(f)
	}
	if p.token.kind != 0 && !r.full() {
		r.report(p.token.start, at.end, problem.Text{
			EN: "After the name come attributes in braces, or nothing. Names with spaces are written in \"quotation marks\".",
			DE: "Nach dem Namen folgen Attribute in geschweiften Klammern oder nichts. Namen mit Leerzeichen werden in \"Anführungszeichen\" geschrieben.",
		}, "")
	}
	r.add(f)
	return f
}

// typed passes "Boolean" and refuses the other types.
func (r *reader) typed(p *parser) {
	switch before := p.token; before.text {
	case "Boolean", "Integer", "Real", "String":
		if before.quoted || before.kind != name {
			return
		}
		ahead := *p
		ahead.next()
		if ahead.token.kind != name || ahead.token.text == "cardinality" {
			return
		}
		if before.text != "Boolean" {
			r.report(before.start, before.end, problem.Text{
				EN: "Features of type %s are not read: they have no bounds. Make it a number of the model after the import.",
				DE: "Merkmale vom Typ %s werden nicht gelesen: sie haben keine Grenzen. Machen Sie nach dem Import eine Zahl des Modells daraus.",
			}.Format(before.text), "")
		}
		p.next()
	}
}

func (r *reader) add(f *feature) {
	if other := r.named[f.name]; other != nil {
		r.report(f.start, f.end, problem.Text{
			EN: "The feature %s is there already.", DE: "Das Merkmal %s gibt es schon.",
		}.Format(shorten(f.name)), "")
		return
	}
	if len(r.inOrder) == MaxFeatures {
		r.report(f.start, f.end, problem.Text{
			EN: "The file has more than %d features.", DE: "Die Datei hat mehr als %d Merkmale.",
		}.Format(MaxFeatures), "")
		return
	}
	r.named[f.name] = f
	r.inOrder = append(r.inOrder, f)
}

func shorten(text string) string {
	const longest = 60
	if r := []rune(text[:min(len(text), 4*longest)]); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return text
}
