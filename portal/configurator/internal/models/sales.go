package models

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"testing"

	"foyer/portal/configurator/engine"
)

// Sale is a car that was sold: what was chosen, in the order of the columns.
type Sale struct {
	Line    int // of the file, from 1; the header is line 1
	Times   int // how often this car was sold
	Choices []engine.Ref
	// Unknown are the choices that the model does not have; Choices has them too.
	Unknown []engine.Ref
}

// Sales are the cars that Renault sold, against the model that Load gives. The
// columns are found by the variables' names; each row names 48 of the 139.
func Sales(t testing.TB, m engine.Model) []Sale {
	t.Helper()
	sales, err := FromSales(File(t, Renault+"_sales.csv"), m)
	if err != nil {
		t.Fatalf("%s_sales.csv: %v", Renault, err)
	}
	return sales
}

// FromSales reads rows of values, whose header names the variables. The column
// "vfreq" is how often a row was sold.
func FromSales(content []byte, m engine.Model) ([]Sale, error) {
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%d rows: %w", len(rows), err)
	}
	known := map[engine.Ref]bool{}
	groups := map[string]bool{}
	for _, g := range m.Groups {
		groups[g.Key] = true
		for _, o := range g.Options {
			known[engine.Ref{Group: g.Key, Option: o}] = true
		}
	}
	for _, column := range rows[0] {
		if column != "vfreq" && !groups[column] {
			return nil, fmt.Errorf("the model has no variable %s", column)
		}
	}
	var sales []Sale
	for i, row := range rows[1:] {
		sale := Sale{Line: i + 2, Times: 1}
		for c, value := range row {
			if rows[0][c] == "vfreq" {
				if sale.Times, err = strconv.Atoi(value); err != nil {
					return nil, fmt.Errorf("line %d: %w", sale.Line, err)
				}
				continue
			}
			choice := engine.Ref{Group: rows[0][c], Option: value}
			sale.Choices = append(sale.Choices, choice)
			if !known[choice] {
				sale.Unknown = append(sale.Unknown, choice)
			}
		}
		sales = append(sales, sale)
	}
	return sales, nil
}
