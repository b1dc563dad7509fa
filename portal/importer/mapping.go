package importer

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"foyer/schema/money"
)

// The sections of a mapping, by what their rows are.
const (
	Organizations = "organizations"
	Users         = "users"
	Products      = "products"
	Orders        = "orders"
	Lines         = "lines"
	Shipments     = "shipments"
)

// Mapping says how the files of another system become records.
type Mapping struct {
	Source   string // the other system's name; with an external id it identifies a record
	Currency string // of amounts whose section maps none

	name     string
	lookups  map[string]map[string]string
	sections []*section
}

// section is one file read for one sort of record.
type section struct {
	entity, file string
	format       string // formatCSV, formatJSONL
	delimiter    byte   // 0: find out
	encoding     string
	header       []string // of a CSV file that has none
	when         *condition
	reject       []rejection
	first        bool // of rows with the same key the first counts, and the others are no mistake
	keepEmpty    bool // orders: keep one that has no lines
	freightApart bool // orders: the total is without shipping
	needProduct  bool // lines: an unknown product rejects the line
	fields       map[string]*expression
	names        []string       // of the fields, sorted
	index        map[string]int // place of a field in names
	attributes   []string       // the product's attributes in their order, as field names
	columns      []string       // every column that is used; a record has their values
}

type rejection struct {
	when *condition
	why  string
}

const (
	formatCSV   = "csv"
	formatJSONL = "jsonl"

	encodingUTF8    = "utf-8"
	encodingWindows = "windows-1252"
)

// largestMapping is the size in bytes up to which a mapping is read.
const largestMapping = 256 << 10

// LoadMapping reads a mapping file.
func LoadMapping(path string) (*Mapping, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	if info.Size() > largestMapping {
		return nil, fmt.Errorf("mapping: %s has more than %d kB", path, largestMapping>>10)
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	return ParseMapping(filepath.Base(path), text)
}

// ParseMapping reads a mapping; name is how errors call it. Whatever the
// importer does not know is an error that names its place.
func ParseMapping(name string, text []byte) (*Mapping, error) {
	d := document{name}
	if len(text) > largestMapping || !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return nil, d.fail(nil, "this is not YAML in UTF-8")
	}
	root, err := d.parse(text)
	if err != nil {
		return nil, err
	}
	pairs, err := d.pairs(root)
	if err != nil {
		return nil, err
	}
	m := &Mapping{name: name, lookups: map[string]map[string]string{}}
	var files ast.Node
	for _, p := range pairs {
		switch p.key {
		case "source":
			if m.Source, err = d.text(p.value); err == nil && (m.Source == "" || len(m.Source) > 60) {
				err = d.fail(p.value, "a source has 1 to 60 bytes")
			}
		case "currency":
			if m.Currency, err = d.text(p.value); err == nil {
				if _, unknown := money.Digits(m.Currency); unknown != nil {
					err = d.fail(p.value, "%v", unknown)
				}
			}
		case "lookups":
			err = m.readLookups(d, p.value)
		case "files":
			files = p.value // read last: it speaks of the lookups
		default:
			err = d.fail(p.at, "unknown key %q", p.key)
		}
		if err != nil {
			return nil, err
		}
	}
	switch {
	case m.Source == "":
		return nil, d.fail(root, "source is missing")
	case m.Currency == "":
		return nil, d.fail(root, "currency is missing")
	case files == nil:
		return nil, d.fail(root, "files is missing")
	}
	return m, m.readSections(d, files)
}

func (m *Mapping) readLookups(d document, n ast.Node) error {
	tables, err := d.pairs(n)
	if err != nil {
		return err
	}
	for _, t := range tables {
		entries, err := d.pairs(t.value)
		if err != nil {
			return err
		}
		m.lookups[t.key] = map[string]string{}
		for _, e := range entries {
			if m.lookups[t.key][e.key], err = d.text(e.value); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *Mapping) readSections(d document, n ast.Node) error {
	nodes, err := d.list(n)
	if err != nil {
		return err
	}
	for _, node := range nodes {
		s, err := m.readSection(d, node)
		if err != nil {
			return err
		}
		if s.entity == Orders && len(m.of(Orders)) > 0 {
			return d.fail(node, "orders come from one file")
		}
		m.sections = append(m.sections, s)
	}
	if len(m.sections) == 0 {
		return d.fail(n, "no file is named")
	}
	if len(m.of(Orders)) == 0 && len(m.of(Lines))+len(m.of(Shipments)) > 0 {
		return d.fail(n, "lines and shipments need the orders that they belong to")
	}
	return nil
}

func (m *Mapping) readSection(d document, n ast.Node) (*section, error) {
	pairs, err := d.pairs(n)
	if err != nil {
		return nil, err
	}
	s := &section{format: formatCSV, encoding: encodingUTF8, fields: map[string]*expression{}}
	for _, p := range pairs {
		if p.key == "entity" {
			s.entity, err = d.oneOf(p.value, Organizations, Users, Products, Orders, Lines, Shipments)
		}
	}
	if err == nil && s.entity == "" {
		err = d.fail(n, "entity is missing")
	}
	for _, p := range pairs {
		if err == nil {
			err = m.readKey(d, s, p)
		}
	}
	if err != nil {
		return nil, err
	}
	if s.file == "" {
		return nil, d.fail(n, "file is missing")
	}
	for name, f := range fieldsOf[s.entity] {
		if f.required && s.fields[name] == nil {
			return nil, d.fail(n, "%s need the field %s", s.entity, name)
		}
	}
	if len(s.columns) == 0 {
		return nil, d.fail(n, "no column of the file is used")
	}
	s.names = slices.Sorted(maps.Keys(s.fields))
	s.index = map[string]int{}
	for i, name := range s.names {
		s.index[name] = i
	}
	for _, c := range s.columns {
		if s.header != nil && !slices.Contains(s.header, c) {
			return nil, d.fail(n, "there is no column %q in columns", c)
		}
	}
	return s, nil
}

func (m *Mapping) readKey(d document, s *section, p pair) (err error) {
	var word string
	only := "" // the sort of section that may have the key
	switch p.key {
	case "entity":
	case "file":
		// Inside the folder, so that a mapping from elsewhere cannot read other files.
		if s.file, err = d.text(p.value); err == nil && !fs.ValidPath(s.file) {
			err = d.fail(p.value, "%q is not the path of a file in the folder", s.file)
		}
	case "format":
		s.format, err = d.oneOf(p.value, formatCSV, formatJSONL)
	case "encoding":
		s.encoding, err = d.oneOf(p.value, encodingUTF8, encodingWindows)
	case "delimiter":
		if word, err = d.oneOf(p.value, "auto", ",", ";", "|", "\t", "tab"); err == nil && word != "auto" {
			s.delimiter = strings.Replace(word, "tab", "\t", 1)[0]
		}
	case "columns":
		s.header, err = d.texts(p.value)
	case "when":
		s.when, err = m.condition(d, s, p.value, 0)
	case "reject":
		err = m.readRejections(d, s, p.value)
	case "repeated":
		word, err = d.oneOf(p.value, "reject", "first")
		s.first = word == "first"
	case "without_lines":
		only = Orders
		word, err = d.oneOf(p.value, "reject", "keep")
		s.keepEmpty = word == "keep"
	case "freight":
		only = Orders
		word, err = d.oneOf(p.value, "in_total", "apart")
		s.freightApart = word == "apart"
	case "products":
		only = Lines
		word, err = d.oneOf(p.value, "optional", "required")
		s.needProduct = word == "required"
	case "fields":
		err = m.readFields(d, s, p.value)
	default:
		err = d.fail(p.at, "unknown key %q", p.key)
	}
	if err == nil && only != "" && s.entity != only {
		err = d.fail(p.at, "%s is for %s, not for %s", p.key, only, s.entity)
	}
	return err
}

func (m *Mapping) readRejections(d document, s *section, n ast.Node) error {
	nodes, err := d.list(n)
	if err != nil {
		return err
	}
	for _, node := range nodes {
		pairs, err := d.pairs(node)
		if err != nil {
			return err
		}
		var r rejection
		for _, p := range pairs {
			switch p.key {
			case "when":
				r.when, err = m.condition(d, s, p.value, 0)
			case "why":
				r.why, err = d.text(p.value)
			default:
				err = d.fail(p.at, "unknown key %q", p.key)
			}
			if err != nil {
				return err
			}
		}
		if r.when == nil || r.why == "" {
			return d.fail(node, "a reason to reject has when and why")
		}
		s.reject = append(s.reject, r)
	}
	return nil
}

func (m *Mapping) readFields(d document, s *section, n ast.Node) error {
	pairs, err := d.pairs(n)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		_, known := fieldsOf[s.entity][p.key]
		if name, ok := strings.CutPrefix(p.key, attributePrefix); ok && s.entity == Products && name != "" {
			s.attributes = append(s.attributes, p.key)
			known = true
		}
		if !known {
			return d.fail(p.at, "%s have no field %q", s.entity, p.key)
		}
		if s.fields[p.key], err = m.expression(d, s, p.value); err != nil {
			return err
		}
	}
	return nil
}

// of returns the sections for one sort of record, in the mapping's order.
func (m *Mapping) of(entity string) []*section {
	var out []*section
	for _, s := range m.sections {
		if s.entity == entity {
			out = append(out, s)
		}
	}
	return out
}

// slot is the place of a column's value in the section's records.
func (s *section) slot(column string) int {
	i := slices.Index(s.columns, column)
	if i < 0 {
		i = len(s.columns)
		s.columns = append(s.columns, column)
	}
	return i
}

// columnsOf are the columns behind some slots, for a report.
func (s *section) columnsOf(slots []int) string {
	var out []string
	for _, i := range slots {
		if !slices.Contains(out, s.columns[i]) {
			out = append(out, s.columns[i])
		}
	}
	return strings.Join(out, ", ")
}
