package uvl

import (
	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// condition writes a condition; within another one, what has several parts is in
// parentheses, so that nobody needs to know what binds more tightly.
func (w *writer) condition(e engine.Expr, within bool) {
	if w.nested++; w.nested > maxNested {
		w.tooMuch()
	} else {
		w.part(e, within)
	}
	w.nested--
}

func (w *writer) tooMuch() {
	w.refuse("", problem.Text{
		EN: "This is too long or too deep to be written as one constraint. Divide the rule.",
		DE: "Das ist zu lang oder zu tief für eine Bedingung. Teilen Sie die Regel auf.",
	})
}

func (w *writer) part(e engine.Expr, within bool) {
	switch e := e.(type) {
	case engine.Chosen:
		w.chosen(engine.Ref(e))
	case engine.Not:
		w.rules.WriteByte('!')
		w.condition(e.X, true)
	case engine.And:
		w.list(e, " & ", within)
	case engine.Or:
		if len(e) == 0 {
			w.rules.WriteByte('!') // what the root is not, nothing is
		}
		w.list(e, " | ", within)
	case engine.Implies:
		w.list([]engine.Expr{e.A, e.B}, " => ", within)
	case engine.Iff:
		w.list([]engine.Expr{e.A, e.B}, " <=> ", within)
	case engine.Xor:
		w.rules.WriteByte('!')
		w.list([]engine.Expr{e.A, e.B}, " <=> ", true)
	case engine.Count:
		w.condition(w.count(&e), within)
	default:
		w.refuse("", problem.Text{
			EN: "Sums and comparisons cannot be written as conditions of features.",
			DE: "Summen und Vergleiche lassen sich nicht als Bedingungen von Merkmalen schreiben.",
		})
	}
}

func (w *writer) chosen(ref engine.Ref) {
	name, ok := w.names[ref]
	if !ok {
		w.refuse("", problem.Text{
			EN: "This speaks of a number, which cannot be written as features.",
			DE: "Das spricht von einer Zahl, die sich nicht in Merkmalen schreiben lässt.",
		})
		return
	}
	w.rules.WriteString(word(name))
}

// list writes the parts of a condition; without any, it is the root, which always is.
func (w *writer) list(all []engine.Expr, between string, within bool) {
	if len(all) == 0 {
		w.rules.WriteString(word(w.root))
		return
	}
	if len(all) == 1 {
		w.condition(all[0], within)
		return
	}
	if w.rules.Len() > MaxText {
		w.tooMuch()
		return
	}
	if within {
		w.rules.WriteByte('(')
	}
	for i, e := range all {
		if i > 0 {
			w.rules.WriteString(between)
		}
		w.condition(e, true)
	}
	if within {
		w.rules.WriteByte(')')
	}
}

// count says of how many hold by what does not hold together: of n conditions at
// least k hold when one holds of each n-k+1, and at most k when of each k+1 one does
// not.
func (w *writer) count(c *engine.Count) engine.Expr {
	n := len(c.Of)
	var all engine.And
	add := func(size int, negated bool) {
		if size <= 0 {
			all = append(all, engine.Or{})
			return
		}
		if size > n {
			return
		}
		if len(all)+combinations(n, size) > maxCount {
			w.tooMuch()
			return
		}
		subsets(n, size, func(at []int) {
			one := make(engine.Or, len(at))
			for i, k := range at {
				one[i] = c.Of[k]
				if negated {
					one[i] = engine.Not{X: c.Of[k]}
				}
			}
			all = append(all, one)
		})
	}
	if c.Min > 0 {
		add(n-c.Min+1, false)
	}
	if c.Max >= 0 {
		add(c.Max+1, true)
	}
	return all
}

// combinations is how many there are, or more than maxCount when there are more.
func combinations(n, k int) int {
	total := 1
	for i := range min(k, n-k) {
		if total = total * (n - i) / (i + 1); total > maxCount {
			return total
		}
	}
	return total
}

// subsets are those of a size, of the numbers below n.
func subsets(n, size int, each func([]int)) {
	at := make([]int, size)
	for i := range at {
		at[i] = i
	}
	for {
		each(at)
		i := size - 1
		for i >= 0 && at[i] == n-size+i {
			i--
		}
		if i < 0 {
			return
		}
		for at[i]++; i+1 < size; i++ {
			at[i+1] = at[i] + 1
		}
	}
}

// table says that one of the rows fits, or that none does.
func (w *writer) table(t *engine.Table) engine.Expr {
	fits := make(engine.Or, 0, len(t.Rows))
	for _, row := range t.Rows {
		var all engine.And
		for k, cell := range row {
			if !cell.Any {
				all = append(all, w.cell(t.Columns[k], &cell))
			}
		}
		fits = append(fits, all)
	}
	if t.Forbids {
		return engine.Not{X: fits}
	}
	return fits
}

func (w *writer) cell(column string, cell *engine.Cell) engine.Expr {
	g := &w.m.Groups[w.groups[column]]
	if g.Number != nil {
		w.chosen(engine.Ref{Group: column})
		return engine.And{}
	}
	var one engine.Or
	for _, o := range cell.Options {
		one = append(one, engine.Chosen{Group: column, Option: o})
	}
	if cell.Absent {
		var any engine.Or
		for _, o := range g.Options {
			any = append(any, engine.Chosen{Group: column, Option: o})
		}
		one = append(one, engine.Not{X: any})
	}
	return one
}
