package rules

import (
	"math/big"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// column is a column of a table in the making.
type column struct {
	group   *engine.Group
	options map[engine.Ref]bool // all of the model's
}

func (c column) has(option string) bool {
	return c.options[engine.Ref{Group: c.group.Key, Option: option}]
}

func (p *parser) atTable() bool {
	return p.token.kind == word && (p.token.text == "table" || p.token.text == "forbid")
}

// table reads "table(a, b) { x, y | z; *, none; }".
func (p *parser) table() *engine.Table {
	t := &engine.Table{}
	if p.token.text == "forbid" {
		t.Forbids = true
		p.next()
	}
	if p.token.kind != word || p.token.text != "table" {
		p.fatal(p.token.span, problem.Text{
			EN: "After forbid comes a table. To forbid a condition, write !(...).",
			DE: "Nach forbid folgt eine Tabelle. Eine Bedingung verbieten Sie mit !(...).",
		})
		return t
	}
	p.next()
	columns := p.columns()
	if p.full() {
		return t
	}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.group.Key)
	}
	p.rows(t, columns)
	if p.token.kind != end {
		p.fatal(p.token.span, problem.Text{
			EN: "After the table something follows. A table is a rule of its own.",
			DE: "Nach der Tabelle folgt noch etwas. Eine Tabelle ist eine eigene Regel.",
		})
	}
	return t
}

// columns reads the heading up to the brace. Without knowing all columns, rows would
// give nothing but wrong complaints, so any mistake ends here.
func (p *parser) columns() []column {
	if p.token.kind != open {
		p.fatal(p.token.span, problem.Text{
			EN: "After table come its columns: table(engine, gearbox) { ... }.",
			DE: "Nach table folgen die Spalten: table(engine, gearbox) { ... }.",
		})
		return nil
	}
	var columns []column
	for p.token.kind == open || p.token.kind == comma {
		p.next()
		if p.token.kind != word && p.token.kind != quoted {
			break
		}
		n := p.name()
		if n.kind == end { // has been reported
			break
		}
		if c, ok := p.words.column(p.reporter, n.span, n.path, columns); ok {
			columns = append(columns, c)
		}
	}
	if p.token.kind != closing {
		p.fatal(p.token.span, problem.Text{
			EN: "Here the name of a column, a comma or ) is needed.", DE: "Hier wird der Name einer Spalte, ein Komma oder ) gebraucht.",
		})
		return nil
	}
	p.next()
	if p.token.kind != openTable {
		p.fatal(p.token.span, problem.Text{
			EN: "After the columns come the rows: { diesel, manual; petrol, *; }.",
			DE: "Nach den Spalten folgen die Zeilen: { diesel, manual; petrol, *; }.",
		})
	}
	if len(p.found) > 0 {
		p.stopped = true
	}
	return columns
}

// column finds the group or number that a column is about.
func (v *Vocabulary) column(r *reporter, at span, path []string, before []column) (column, bool) {
	key := strings.Join(path, ".")
	g := v.groups[key]
	if ref, others := v.find(path); g == nil && ref.Group != "" && ref.Option == "" && len(others) == 0 {
		g = v.groups[ref.Group] // a quantity by its option
	}
	if g == nil {
		near := Nearest(key, v.groupNames())
		r.report(at, didYouMean(noGroup.Format(shorten(key)), v.word(near)), v.word(near))
		return column{}, false
	}
	if g.Number == nil && g.Max > 1 {
		r.report(at, problem.Text{
			EN: "Several options of %s can be chosen, so it cannot be a column. Write conditions about its options.",
			DE: "Von %s lassen sich mehrere Optionen wählen, deshalb kann es keine Spalte sein. Schreiben Sie Bedingungen über seine Optionen.",
		}.Format(shorten(key)), "")
		return column{}, false
	}
	for _, c := range before {
		if c.group == g {
			r.report(at, problem.Text{EN: "The column %s is there twice.", DE: "Die Spalte %s gibt es zweimal."}.Format(shorten(key)), "")
			return column{}, false
		}
	}
	return column{group: g, options: v.options}, true
}

// rows reads up to the closing brace.
func (p *parser) rows(t *engine.Table, columns []column) {
	opened := p.token.span
	p.intoCell(columns, 0)
	cells := 0
	for p.token.kind != closeTable && !p.full() {
		if p.token.kind == end {
			p.report(opened, problem.Text{EN: "This brace is not closed.", DE: "Diese Klammer wird nicht geschlossen."}, "")
			return
		}
		if p.token.kind == semicolon { // an empty row says nothing
			p.intoCell(columns, 0)
			continue
		}
		row := p.row(columns)
		t.Rows = append(t.Rows, row)
		for _, c := range row {
			cells += 1 + len(c.Options) + len(c.Ranges)
		}
		if len(t.Rows) > MaxRows || cells > MaxCells {
			p.fatal(p.token.span, tooManyRows)
			return
		}
	}
	if len(t.Rows) == 0 && !p.full() {
		p.report(opened, noRows, "")
	}
	p.next()
}

var (
	tooManyRows = problem.Text{
		EN: "The table has more than 250,000 rows or 4,000,000 values. Divide it, or put several values into one cell.",
		DE: "Die Tabelle hat mehr als 250.000 Zeilen oder 4.000.000 Werte. Teilen Sie sie auf oder schreiben Sie mehrere Werte in eine Zelle.",
	}
	noRows = problem.Text{EN: "The table has no rows.", DE: "Die Tabelle hat keine Zeilen."}
)

// intoCell goes on to a cell. In a column of options, words may begin with digits.
func (p *parser) intoCell(columns []column, at int) {
	p.member = at < len(columns) && columns[at].group.Number == nil
	p.next()
}

func (p *parser) row(columns []column) []engine.Cell {
	start := p.token.span
	row := make([]engine.Cell, 0, len(columns))
	for i := 0; ; i++ {
		var c column
		if i < len(columns) {
			c = columns[i]
		}
		row = append(row, p.cell(columns, i, c))
		if p.token.kind != comma || p.full() {
			break
		}
		p.intoCell(columns, i+1)
	}
	if p.token.kind != semicolon && p.token.kind != closeTable && p.token.kind != end {
		p.report(p.token.span, problem.Text{
			EN: "Here a comma, | or ; is needed. Keys with other characters than letters, digits and _ are written in \"quotation marks\".",
			DE: "Hier wird ein Komma, | oder ; gebraucht. Schlüssel mit anderen Zeichen als Buchstaben, Ziffern und _ werden in \"Anführungszeichen\" geschrieben.",
		}, "")
	} else if len(row) != len(columns) {
		p.report(span{start.start, p.last.end}, wrongCells.Format(len(row), len(columns)), "")
	}
	for p.token.kind != semicolon && p.token.kind != closeTable && p.token.kind != end {
		p.next()
	}
	if p.token.kind == semicolon {
		p.intoCell(columns, 0)
	}
	return row
}

var wrongCells = problem.Text{
	EN: "This row has %d cells, but the table has %d columns.", DE: "Diese Zeile hat %d Zellen, die Tabelle aber %d Spalten.",
}

// cell reads values with | between them.
func (p *parser) cell(columns []column, at int, c column) engine.Cell {
	var cell engine.Cell
	for {
		p.valueOf(c, &cell)
		if p.token.kind != or || p.full() {
			break
		}
		p.intoCell(columns, at)
	}
	return cell
}

func (p *parser) valueOf(c column, cell *engine.Cell) {
	t := p.token
	switch {
	case t.kind == star:
		p.next()
		if p.token.kind == or || len(cell.Options)+len(cell.Ranges) > 0 || cell.Absent {
			p.report(t.span, problem.Text{
				EN: "* stands for everything, so it stands alone.", DE: "* steht für alles, also steht es allein.",
			}, "")
		}
		cell.Any = true
	case t.kind == word && t.text == "none":
		p.next()
		p.words.absent(p.reporter, t.span, c, cell)
	case c.group == nil: // a cell too many, which is reported for the row
		p.next()
	case c.group.Number != nil:
		p.rangeOf(c, cell)
	case t.kind == word || t.kind == quoted || t.kind == xor:
		p.next()
		p.words.option(p.reporter, t.span, c, t.text, cell)
	default:
		p.report(t.span, problem.Text{
			EN: "Here a value of %s is missing; * stands for all.", DE: "Hier fehlt ein Wert von %s; * steht für alle.",
		}.Format(shorten(c.group.Key)), "*")
	}
}

func (v *Vocabulary) option(r *reporter, at span, c column, key string, cell *engine.Cell) {
	if c.has(key) {
		cell.Options = append(cell.Options, key)
		return
	}
	if r.full() {
		return
	}
	near := Nearest(key, c.group.Options)
	if near != "" {
		near = member(near)
	}
	r.report(at, didYouMean(problem.Text{
		EN: "The group %s has no option %s.", DE: "Die Gruppe %s hat keine Option %s.",
	}.Format(shorten(c.group.Key), shorten(key)), near), near)
}

func (v *Vocabulary) absent(r *reporter, at span, c column, cell *engine.Cell) {
	cell.Absent = true
	if c.group == nil || c.group.Number != nil && absentable(c.group.Number) || c.group.Number == nil && c.group.Min == 0 {
		return
	}
	r.report(at, problem.Text{
		EN: "none never fits here: %s always has a value.", DE: "none passt hier nie: %s hat immer einen Wert.",
	}.Format(shorten(c.group.Key)), "")
}

// rangeOf reads 800, 800..1200 mm, ..1200 or 800.. .
func (p *parser) rangeOf(c column, cell *engine.Cell) {
	start := p.token.span
	low, lowUnit, hasLow := p.end()
	isRange := p.token.kind == dots
	high, highUnit, hasHigh := low, lowUnit, hasLow
	if isRange {
		p.next()
		high, highUnit, hasHigh = p.end()
	}
	at := span{start.start, max(p.last.end, start.start)}
	if !hasLow && !hasHigh {
		p.report(start, problem.Text{
			EN: "Here a number or a range such as 800..1200 is needed; * stands for all.",
			DE: "Hier wird eine Zahl oder ein Bereich wie 800..1200 gebraucht; * steht für alle.",
		}, "*")
		for p.token.kind == word || p.token.kind == quoted || p.token.kind == dot {
			p.next()
		}
		return
	}
	if lowUnit == "" {
		lowUnit = highUnit
	}
	from, to := bound{low, lowUnit, hasLow}, bound{high, highUnit, hasHigh}
	p.words.inRange(p.reporter, at, c, from, to, isRange, cell)
}

// end is one end of a range.
func (p *parser) end() (text, unit string, ok bool) {
	if p.token.kind == minus {
		p.next()
		text = "-"
	}
	if p.token.kind != number {
		return "", "", false
	}
	text += p.token.text
	p.next()
	if p.token.kind == word && p.token.text != "none" || p.token.kind == quoted {
		unit = p.token.text
		p.next()
	}
	return text, unit, true
}

// bound is an end of a range as it was written.
type bound struct {
	text, unit string
	given      bool
}

// inRange adds a range in the units of the column's number, its ends rounded inwards.
func (v *Vocabulary) inRange(r *reporter, at span, c column, low, high bound, isRange bool, cell *engine.Cell) {
	n := c.group.Number
	from, to := n.Min, n.Max
	ok := true
	if low.given {
		from, ok = v.inUnits(r, at, n, low, !isRange, false)
	}
	if high.given && ok {
		to, ok = v.inUnits(r, at, n, high, !isRange, true)
	}
	switch {
	case !ok:
	case from > to && isRange && low.given && high.given:
		r.report(at, problem.Text{
			EN: "This range is empty: it goes from the greater to the smaller, or between two steps.",
			DE: "Dieser Bereich ist leer: er geht vom Größeren zum Kleineren oder zwischen zwei Schritte.",
		}, "")
	case to < n.Min || from > n.Max || from > to:
		r.report(at, problem.Text{
			EN: "%s goes from %s to %s.", DE: "%s geht von %s bis %s.",
		}.Format(shorten(c.group.Key), v.amount(n, n.Min), v.amount(n, n.Max)), "")
	default:
		cell.Ranges = append(cell.Ranges, [2]int64{from, to})
	}
}

// inUnits converts an end to the number's own unit and scale. A value that is no step
// of the number would never fit, which is a mistake; ends of ranges are rounded.
func (v *Vocabulary) inUnits(r *reporter, at span, n *engine.Number, b bound, exact, down bool) (int64, bool) {
	c := &checker{reporter: r, words: v}
	sign, digits := big.NewRat(1, 1), b.text
	if strings.HasPrefix(digits, "-") {
		sign, digits = big.NewRat(-1, 1), digits[1:]
	}
	value, ok := c.value(&node{span: at, unitAt: at, text: digits, unit: b.unit})
	if !ok {
		return 0, false
	}
	value.Mul(value, sign)
	if b.unit != "" {
		if unitOf(b.unit).dimension != unitOf(n.Unit).dimension {
			c.mixed(at, b.unit, orNone(n.Unit))
			return 0, false
		}
		value.Mul(value, ratio(b.unit, n.Unit))
	}
	value.Mul(value, new(big.Rat).SetInt(power(int64(n.Scale))))
	whole := floor(value)
	if !value.IsInt() && !down {
		whole.Add(whole, big.NewInt(1))
	}
	if !whole.IsInt64() {
		c.tooLarge(at)
		return 0, false
	}
	i := whole.Int64()
	if exact && (!value.IsInt() || n.Step > 0 && i >= n.Min && i <= n.Max && (i-n.Min)%n.Step != 0) {
		r.report(at, problem.Text{
			EN: "The number never has this value: it goes in steps of %s from %s.",
			DE: "Die Zahl hat nie diesen Wert: sie geht in Schritten von %s ab %s.",
		}.Format(v.amount(n, n.Step), v.amount(n, n.Min)), "")
		return 0, false
	}
	return i, true
}

func floor(r *big.Rat) *big.Int {
	return new(big.Int).Div(r.Num(), r.Denom()) // Euclidean, and the denominator is positive
}

func orNone(unit string) string {
	if unit == "" {
		return "1"
	}
	return unit
}
