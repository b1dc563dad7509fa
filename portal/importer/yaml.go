package importer

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// document reads a mapping's syntax tree strictly, so that every complaint
// names its place. Anchors, aliases and tags are refused: a mapping has no use
// for them, and they make small files large.
type document struct{ name string }

// pair is one key of a YAML mapping with its value.
type pair struct {
	key   string
	at    ast.Node
	value ast.Node
}

// MappingError is a mistake in a mapping file.
type MappingError struct {
	File         string
	Line, Column int
	Why          string
}

// Error implements error.
func (e *MappingError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Why
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Why)
}

func (d document) fail(n ast.Node, format string, args ...any) error {
	e := &MappingError{File: d.name, Why: fmt.Sprintf(format, args...)}
	// The token of a mapping is its first colon; people look for the key.
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		n = m.Values[0].Key
	} else if v, ok := n.(*ast.MappingValueNode); ok {
		n = v.Key
	}
	if n != nil && n.GetToken() != nil && n.GetToken().Position != nil {
		e.Line, e.Column = n.GetToken().Position.Line, n.GetToken().Position.Column
	}
	return e
}

// mostOpen is how many brackets may be open at once. The parser's time grows with
// the square of their number: a hundred thousand keep it busy for a minute.
const mostOpen = 500

// nested is how many brackets are open at most, in quotes or not.
func nested(text []byte) (most int) {
	open := 0
	for _, c := range text {
		switch c {
		case '[', '{':
			open++
			most = max(most, open)
		case ']', '}':
			open = max(0, open-1)
		}
	}
	return most
}

// parse returns the root of the one document in a text. The parser is not
// ours; should it panic on some odd text, that is a mistake in the text to
// whoever sent it, not the end of the program.
func (d document) parse(text []byte) (root ast.Node, err error) {
	if nested(text) > mostOpen || bytes.Contains(text, bytes.Repeat([]byte("- "), mostOpen)) {
		return nil, d.fail(nil, "this is nested too deeply")
	}
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, &MappingError{File: d.name, Why: "this is not YAML"}
		}
	}()
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		var y yaml.Error
		if errors.As(err, &y) && y.GetToken() != nil && y.GetToken().Position != nil {
			p := y.GetToken().Position
			return nil, &MappingError{File: d.name, Line: p.Line, Column: p.Column, Why: y.GetMessage()}
		}
		return nil, &MappingError{File: d.name, Why: err.Error()}
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, &MappingError{File: d.name, Why: "a mapping is one YAML document"}
	}
	return file.Docs[0].Body, nil
}

// pairs returns the keys of a mapping in their order, each once.
func (d document) pairs(n ast.Node) ([]pair, error) {
	var values []*ast.MappingValueNode
	switch t := n.(type) {
	case *ast.MappingNode:
		values = t.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{t}
	default:
		return nil, d.fail(n, "expected keys with values here")
	}
	seen := map[string]bool{}
	out := make([]pair, 0, len(values))
	for _, v := range values {
		if v.Value == nil {
			return nil, d.fail(v, "this key has no value")
		}
		key, err := d.text(v.Key)
		if err != nil {
			return nil, err
		}
		if seen[key] {
			return nil, d.fail(v.Key, "%q stands here twice", key)
		}
		seen[key] = true
		out = append(out, pair{key, v.Key, v.Value})
	}
	return out, nil
}

func (d document) list(n ast.Node) ([]ast.Node, error) {
	if s, ok := n.(*ast.SequenceNode); ok {
		return s.Values, nil
	}
	return nil, d.fail(n, "expected a list here")
}

// text reads any scalar as it is written: 0123 stays 0123, no stays no.
func (d document) text(n ast.Node) (string, error) {
	switch t := n.(type) {
	case *ast.StringNode:
		return t.Value, nil
	case *ast.LiteralNode:
		if t.Value != nil {
			return t.Value.Value, nil
		}
	case *ast.NullNode:
		return "", nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NanNode, *ast.InfinityNode:
		return n.GetToken().Value, nil
	case *ast.MappingNode, *ast.MappingValueNode:
		return "", d.fail(n, "expected a text here; one that begins with { must stand in quotes")
	}
	return "", d.fail(n, "expected a text here")
}

func (d document) texts(n ast.Node) ([]string, error) {
	nodes, err := d.list(n)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(nodes))
	for i, x := range nodes {
		if out[i], err = d.text(x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (d document) bool(n ast.Node) (bool, error) {
	s, err := d.text(n)
	if err != nil {
		return false, err
	}
	if s != "true" && s != "false" {
		return false, d.fail(n, "expected true or false, not %q", s)
	}
	return s == "true", nil
}

func (d document) number(n ast.Node, from, to int) (int, error) {
	s, err := d.text(n)
	if err != nil {
		return 0, err
	}
	i, err := strconv.Atoi(s)
	if err != nil || i < from || i > to {
		return 0, d.fail(n, "expected a number from %d to %d, not %q", from, to, s)
	}
	return i, nil
}

func (d document) oneOf(n ast.Node, of ...string) (string, error) {
	s, err := d.text(n)
	if err != nil {
		return "", err
	}
	for _, x := range of {
		if s == x {
			return s, nil
		}
	}
	return "", d.fail(n, "%q is none of %q", s, of)
}
