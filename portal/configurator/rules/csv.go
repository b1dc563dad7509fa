package rules

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// CSV reads a table of allowed combinations, or of forbidden ones, as spreadsheets
// save it: the first line has the keys of the groups, the others have a value in each
// column, or several with | between them, a range such as 800..1200 mm, * for any
// and none for nothing chosen. Commas, semicolons and tabs separate, whichever the
// first line has; with semicolons, decimals may have a comma. Options need no
// quotation marks of the language. The error is of type Errors: line and column are
// those of the text, the sentences name row and column of the table.
func (v *Vocabulary) CSV(text string, forbids bool) (*engine.Table, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	r := &reporter{text: text}
	if !r.readable(MaxCSV) {
		return nil, r.errors()
	}
	s := newSheet(v, r)
	s.header()
	for more := true; more && !r.full(); {
		more = s.next()
	}
	if len(s.table.Rows) == 0 && len(r.found) == 0 {
		r.report(span{}, noRows, "")
	}
	s.table.Forbids = forbids
	return &s.table, r.errors()
}

// sheet is a spreadsheet being read.
type sheet struct {
	*reporter
	words   *Vocabulary
	csv     *csv.Reader
	columns []column
	table   engine.Table
	lines   []int // where each line of the text begins
	row     int   // of the table, 1 is the first after the header
	cells   int
	// decimalComma is set where commas do not separate.
	decimalComma bool
}

func newSheet(v *Vocabulary, r *reporter) *sheet {
	s := &sheet{reporter: r, words: v, csv: csv.NewReader(strings.NewReader(r.text)), lines: []int{0}}
	for i := range len(r.text) {
		if r.text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	first := r.text
	if len(s.lines) > 1 {
		first = r.text[:s.lines[1]]
	}
	switch semicolons, tabs, commas := strings.Count(first, ";"), strings.Count(first, "\t"), strings.Count(first, ","); {
	case semicolons > commas && semicolons >= tabs:
		s.csv.Comma, s.decimalComma = ';', true
	case tabs > commas:
		s.csv.Comma, s.decimalComma = '\t', true
	}
	s.csv.FieldsPerRecord = -1 // wrong rows are reported together with other mistakes
	s.csv.ReuseRecord = true
	s.csv.TrimLeadingSpace = true
	return s
}

// field is where a field of the line just read begins.
func (s *sheet) field(i int, text string) span {
	line, column := s.csv.FieldPos(i)
	at := s.lines[line-1] + column - 1
	return span{at, min(at+len(text), len(s.text))}
}

func (s *sheet) read() ([]string, bool) {
	fields, err := s.csv.Read()
	if err == nil {
		return fields, true
	}
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		at := s.lines[wrong.Line-1] + max(wrong.Column-1, 0)
		s.fatal(span{at, at}, problem.Text{
			EN: "Here the quotation marks are not as in CSV: they enclose a whole value and are doubled within it.",
			DE: "Hier stehen Anführungszeichen nicht wie in CSV: sie umschließen einen ganzen Wert und werden darin verdoppelt.",
		})
	} else if !errors.Is(err, io.EOF) {
		s.fatal(span{len(s.text), len(s.text)}, problem.Text{EN: "The text ends too early.", DE: "Der Text endet zu früh."})
	}
	return nil, false
}

func (s *sheet) header() {
	fields, ok := s.read()
	if !ok {
		return
	}
	for i, f := range fields {
		key := strings.TrimSpace(f)
		c, ok := s.words.column(s.reporter, s.field(i, f), s.words.columnPath(key), s.columns)
		if ok {
			s.columns = append(s.columns, c)
			s.table.Columns = append(s.table.Columns, c.group.Key)
		}
	}
	if len(s.found) > 0 { // rows without their columns would give wrong complaints
		s.stopped = true
	}
}

// columnPath takes a heading for a key if there is one, and for a name else.
func (v *Vocabulary) columnPath(key string) []string {
	if v.groups[key] != nil {
		return []string{key}
	}
	return strings.Split(key, ".")
}

// next reads a row, and tells whether there was one.
func (s *sheet) next() bool {
	fields, ok := s.read()
	if !ok {
		return false
	}
	s.row++
	if len(fields) != len(s.columns) {
		s.report(s.field(0, ""), s.inRow(wrongCells.Format(len(fields), len(s.columns)), nil), "")
		return true
	}
	row := make([]engine.Cell, len(fields))
	for i, f := range fields {
		row[i] = s.cell(s.columns[i], s.field(i, f), f)
		s.cells += 1 + len(row[i].Options) + len(row[i].Ranges)
		if s.full() {
			return false
		}
	}
	s.table.Rows = append(s.table.Rows, row)
	if len(s.table.Rows) > MaxRows || s.cells > MaxCells {
		s.fatal(s.field(0, ""), tooManyRows)
	}
	return true
}

// inRow begins a sentence with row and column.
func (s *sheet) inRow(said problem.Text, c *column) problem.Text {
	place := problem.Text{EN: "Row %d: ", DE: "Zeile %d der Tabelle: "}.Format(s.row)
	if c != nil {
		place = problem.Text{EN: "Row %d, column %s: ", DE: "Zeile %d der Tabelle, Spalte %s: "}.Format(s.row, shorten(c.group.Key))
	}
	return problem.Text{EN: place.EN + said.EN, DE: place.DE + said.DE}
}

// cell reads the values of a field. What they have wrong is said by the same
// sentences as in rules, with row and column before them.
func (s *sheet) cell(c column, at span, field string) engine.Cell {
	before := len(s.found)
	var cell engine.Cell
	whole := strings.TrimSpace(field)
	switch {
	case whole == "*":
		cell.Any = true
	case whole == "":
		s.report(at, problem.Text{
			EN: "The cell is empty. Write * for any value, or none for nothing chosen.",
			DE: "Die Zelle ist leer. Schreiben Sie * für jeden Wert oder none für nichts gewählt.",
		}, "*")
	case c.has(whole):
		cell.Options = []string{whole}
	default:
		for _, value := range strings.Split(whole, "|") {
			s.value(c, at, strings.TrimSpace(value), &cell)
		}
	}
	for _, e := range s.found[before:] {
		e.Text = s.inRow(e.Text, &c)
	}
	return cell
}

func (s *sheet) value(c column, at span, value string, cell *engine.Cell) {
	switch {
	case c.group.Number == nil && c.has(value):
		cell.Options = append(cell.Options, value)
	case value == "none":
		s.words.absent(s.reporter, at, c, cell)
	case value == "*":
		s.report(at, problem.Text{EN: "* stands for everything, so it stands alone.", DE: "* steht für alles, also steht es allein."}, "*")
	case c.group.Number != nil:
		s.number(c, at, value, cell)
	default:
		s.words.option(s.reporter, at, c, value, cell)
	}
}

func (s *sheet) number(c column, at span, value string, cell *engine.Cell) {
	if s.decimalComma {
		value = strings.ReplaceAll(value, ",", ".")
	}
	low, high, isRange := strings.Cut(value, "..")
	from, ok := s.end(low)
	to := from
	if isRange && ok {
		to, ok = s.end(high)
	}
	if !ok || !from.given && !to.given {
		s.report(at, problem.Text{
			EN: "Here a number or a range such as 800..1200 is needed; * stands for all.",
			DE: "Hier wird eine Zahl oder ein Bereich wie 800..1200 gebraucht; * steht für alle.",
		}, "*")
		return
	}
	if from.unit == "" {
		from.unit = to.unit
	}
	s.words.inRange(s.reporter, at, c, from, to, isRange, cell)
}

// end divides "1.5 m" into number and unit.
func (s *sheet) end(text string) (bound, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return bound{}, true
	}
	length := 0
	for length < len(text) && (digit(rune(text[length])) || text[length] == '.' || length == 0 && text[0] == '-') {
		length++
	}
	digits := strings.TrimPrefix(text[:length], "-")
	if digits == "" || digits[0] == '.' || digits[len(digits)-1] == '.' || strings.Count(digits, ".") > 1 || strings.ContainsAny(text[length:], ",.") {
		return bound{}, false
	}
	return bound{text: text[:length], unit: strings.TrimSpace(text[length:]), given: true}, true
}
