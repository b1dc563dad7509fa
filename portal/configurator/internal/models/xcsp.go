package models

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"foyer/portal/configurator/engine"
)

// instance is the part of XCSP 2.1 that the models use: finite domains and
// relations in extension.
type instance struct {
	Domains []struct {
		Name   string `xml:"name,attr"`
		Values string `xml:",chardata"`
	} `xml:"domains>domain"`
	Variables []struct {
		Name   string `xml:"name,attr"`
		Domain string `xml:"domain,attr"`
	} `xml:"variables>variable"`
	Relations []struct {
		Name      string `xml:"name,attr"`
		Arity     int    `xml:"arity,attr"`
		Tuples    int    `xml:"nbTuples,attr"`
		Semantics string `xml:"semantics,attr"`
		Rows      string `xml:",chardata"`
	} `xml:"relations>relation"`
	Constraints []struct {
		Name      string `xml:"name,attr"`
		Reference string `xml:"reference,attr"`
		Scope     string `xml:"scope,attr"`
	} `xml:"constraints>constraint"`
}

// FromXCSP reads an instance whose constraints are tables of allowed ("supports")
// or forbidden ("conflicts") tuples. The values' texts are the options' keys.
func FromXCSP(content []byte) (engine.Model, error) {
	var in instance
	if err := xml.Unmarshal(content, &in); err != nil {
		return engine.Model{}, err
	}
	var m engine.Model
	if err := in.groups(&m); err != nil {
		return m, err
	}
	return m, in.rules(&m)
}

func (in *instance) groups(m *engine.Model) error {
	domains := map[string][]string{}
	for _, d := range in.Domains {
		values, err := values(d.Values)
		if err != nil {
			return fmt.Errorf("domain %s: %w", d.Name, err)
		}
		domains[d.Name] = values
	}
	for _, v := range in.Variables {
		options, ok := domains[v.Domain]
		if !ok {
			return fmt.Errorf("variable %s: no domain %s", v.Name, v.Domain)
		}
		m.Groups = append(m.Groups, engine.Group{Key: v.Name, Min: 1, Max: 1, Options: options})
	}
	return nil
}

// values are numbers, or ranges of them as in "1..4".
func values(text string) ([]string, error) {
	var all []string
	for _, f := range strings.Fields(text) {
		low, high, isRange := strings.Cut(f, "..")
		if !isRange {
			all = append(all, f)
			continue
		}
		from, err := strconv.Atoi(low)
		if err != nil {
			return nil, err
		}
		to, err := strconv.Atoi(high)
		if err != nil {
			return nil, err
		}
		for n := from; n <= to; n++ {
			all = append(all, strconv.Itoa(n))
		}
	}
	return all, nil
}

func (in *instance) rules(m *engine.Model) error {
	relations := map[string]int{}
	for i, r := range in.Relations {
		relations[r.Name] = i
	}
	for _, c := range in.Constraints {
		at, ok := relations[c.Reference]
		if !ok {
			return fmt.Errorf("constraint %s: no relation %s", c.Name, c.Reference)
		}
		relation := in.Relations[at]
		table := &engine.Table{Columns: strings.Fields(c.Scope), Forbids: relation.Semantics == "conflicts"}
		if !table.Forbids && relation.Semantics != "supports" {
			return fmt.Errorf("relation %s: semantics %q", relation.Name, relation.Semantics)
		}
		for _, row := range strings.Split(relation.Rows, "|") {
			fields := strings.Fields(row)
			if len(fields) != len(table.Columns) {
				if len(fields) == 0 { // what follows the last |
					continue
				}
				return fmt.Errorf("relation %s: a row %q for %d columns", relation.Name, row, len(table.Columns))
			}
			table.Rows = append(table.Rows, cells(fields))
		}
		if len(table.Rows) != relation.Tuples {
			return fmt.Errorf("relation %s: %d rows of %d", relation.Name, len(table.Rows), relation.Tuples)
		}
		m.Rules = append(m.Rules, engine.Rule{Key: c.Name, Table: table})
	}
	return nil
}

func cells(fields []string) []engine.Cell {
	row := make([]engine.Cell, len(fields))
	for i, f := range fields {
		row[i].Options = []string{f}
	}
	return row
}
