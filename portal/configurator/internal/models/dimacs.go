package models

import (
	"fmt"
	"strconv"
	"strings"

	"foyer/portal/configurator/engine"
)

// FromDIMACS reads clauses in DIMACS CNF. The lines "c 12 Name" give the variables
// their names, which become the options' keys; they may contain spaces.
func FromDIMACS(content []byte) (engine.Model, error) {
	names, clauses, err := ParseDIMACS(content)
	if err != nil {
		return engine.Model{}, err
	}
	m := engine.Model{Groups: []engine.Group{{Key: Group, Max: len(names), Options: names}}}
	for i, clause := range clauses {
		m.Rules = append(m.Rules, engine.Rule{Key: "c" + strconv.Itoa(i+1), Expr: disjunction(names, clause)})
	}
	return m, nil
}

func disjunction(names []string, clause []int) engine.Expr {
	or := make(engine.Or, 0, len(clause))
	for _, literal := range clause {
		if literal > 0 {
			or = append(or, engine.Chosen{Group: Group, Option: names[literal-1]})
		} else {
			or = append(or, engine.Not{X: engine.Chosen{Group: Group, Option: names[-literal-1]}})
		}
	}
	return or
}

// ParseDIMACS reads the names of the variables, first the one of variable 1, and
// the clauses as they stand in the file.
func ParseDIMACS(content []byte) (names []string, clauses [][]int, err error) {
	named := map[int]string{}
	variables, wanted := 0, 0
	var open []int
	for i, line := range strings.Split(string(content), "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
		case fields[0] == "c":
			nameVariable(named, strings.TrimSpace(line))
		case fields[0] == "p":
			if _, err := fmt.Sscanf(line, "p cnf %d %d", &variables, &wanted); err != nil {
				return nil, nil, fmt.Errorf("line %d: %w", i+1, err)
			}
		default:
			if clauses, open, err = literals(fields, clauses, open); err != nil {
				return nil, nil, fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	if len(open) > 0 || len(clauses) != wanted {
		return nil, nil, fmt.Errorf("%d clauses of %d, %d literals left over", len(clauses), wanted, len(open))
	}
	for v := 1; v <= variables; v++ {
		name, ok := named[v]
		if !ok {
			name = strconv.Itoa(v)
		}
		names = append(names, name)
	}
	return names, clauses, nil
}

func nameVariable(named map[int]string, comment string) {
	parts := strings.SplitN(comment, " ", 3)
	if len(parts) < 3 {
		return
	}
	if v, err := strconv.Atoi(parts[1]); err == nil {
		named[v] = parts[2]
	}
}

// literals goes on with an open clause: DIMACS ends clauses with 0 and not with
// the line.
func literals(fields []string, clauses [][]int, open []int) (all [][]int, rest []int, err error) {
	for _, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil {
			return nil, nil, err
		}
		if n == 0 {
			clauses, open = append(clauses, open), nil
			continue
		}
		open = append(open, n)
	}
	return clauses, open, nil
}
