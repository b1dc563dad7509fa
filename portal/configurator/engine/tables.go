package engine

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// column is one column of a table as it is compiled: literals of which exactly one
// holds.
type column struct {
	group  int
	lits   []lit
	absent int        // place of "nothing", or -1
	spans  [][2]int32 // of a number: indexes of the first and last value of each literal
	num    int32      // or -1
}

// table adds a table rule, which a guard can switch off when it is narrow. Tables of two columns become clauses (each value implies
// that one of its partners is chosen), wider ones diagrams.
func (e *encoder) table(rule int32, guard lit, t *Table) error {
	if len(t.Columns) == 0 {
		return fmt.Errorf("the table has no columns")
	}
	cols := make([]column, len(t.Columns))
	for i, key := range t.Columns {
		if slices.Index(t.Columns, key) != i {
			return fmt.Errorf("the table has the column %q twice", key)
		}
		c, err := e.column(t, i)
		if err != nil {
			return fmt.Errorf("column %q: %w", key, err)
		}
		cols[i] = c
	}
	b := &tableBuilder{t: t, cols: cols, forbids: t.Forbids}
	if err := b.readRows(e); err != nil {
		return err
	}
	if len(cols) <= 2 && !e.draw {
		e.pairs(rule, guard, b)
		return nil
	}
	d, err := b.build(rule)
	if err != nil {
		return err
	}
	if d != nil && e.draw {
		e.drawn[rule] = d
	} else if e.draw {
		e.drawn[rule] = &table{nodes: 2, out: []int32{0, 0, 0}}
	}
	if len(cols) <= 2 {
		e.pairs(rule, guard, b)
		return nil
	}
	if d == nil {
		e.p.clause(rule)
		return nil
	}
	e.p.tables = append(e.p.tables, d)
	return nil
}

// column declares a column's literals.
func (e *encoder) column(t *Table, i int) (column, error) {
	g, ok := e.c.index[t.Columns[i]]
	if !ok {
		return column{}, fmt.Errorf("there is no such group")
	}
	grp := &e.c.m.Groups[g]
	c := column{group: g, absent: -1, num: -1}
	if grp.Number != nil {
		return c, e.numberColumn(t, i, &c)
	}
	if grp.Max != 1 && len(grp.Options) > 1 {
		return c, fmt.Errorf("only groups with at most one option, and numbers, can be columns")
	}
	e.group(g)
	c.lits = slices.Clone(e.opts[g])
	if grp.Min <= 0 {
		c.absent = len(c.lits)
		c.lits = append(c.lits, e.nothing(g))
	}
	return c, nil
}

// numberColumn cuts a number where the table's ranges begin or end.
func (e *encoder) numberColumn(t *Table, i int, c *column) error {
	id := e.number(c.group)
	n := e.p.nums[id]
	c.num = id
	cuts := []int32{0, n.n}
	for r, row := range t.Rows {
		if i >= len(row) {
			return fmt.Errorf("row %d has %d cells, not %d", r+1, len(row), len(t.Columns))
		}
		for _, span := range row[i].Ranges {
			from, to := n.span(span)
			if from <= to {
				cuts = append(cuts, from, to+1)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for k := range len(cuts) - 1 {
		from, to := cuts[k], cuts[k+1]-1
		c.spans = append(c.spans, [2]int32{from, to})
		c.lits = append(c.lits, e.interval(id, from, to))
	}
	if n.present != litTrue {
		c.absent = len(c.lits)
		c.lits = append(c.lits, n.present.not())
	}
	return nil
}

// span are the indexes of the values within a range; from is beyond to when none is.
func (n *number) span(r [2]int64) (from, to int32) {
	lo := max(0, -floorDiv(-(r[0]-n.min), n.step))
	hi := min(int64(n.n)-1, floorDiv(r[1]-n.min, n.step))
	if lo > hi {
		return 1, 0
	}
	return int32(lo), int32(hi) //nolint:gosec // at most MaxSteps
}

// interval is the literal that a number lies between two of its values.
func (e *encoder) interval(id, from, to int32) lit {
	key := interval{id, from, to}
	if l, ok := e.intervals[key]; ok {
		return l
	}
	n := e.p.nums[id]
	a, b := n.atLeast(from), n.atLeast(to+1).not()
	l := noLit
	switch {
	case a == litTrue:
		l = b
	case b == litTrue:
		l = a
	default:
		l = pos(e.p.newVar())
		e.p.clause(structural, l.not(), a)
		e.p.clause(structural, l.not(), b)
		e.p.clause(structural, l, a.not(), b.not())
	}
	e.intervals[key] = l
	return l
}

// tableBuilder makes a diagram of rows.
type tableBuilder struct {
	t       *Table
	cols    []column
	forbids bool
	cells   [][][]int32 // row, column -> places; nil is any
	memo    map[string]int32
	unique  []map[string]int32
	nodes   []builtNode
}

type builtNode struct {
	layer int
	kids  []int32 // by place of the column's value, -1 for none
}

func (b *tableBuilder) readRows(e *encoder) error {
	for r, row := range b.t.Rows {
		if len(row) != len(b.cols) {
			return fmt.Errorf("row %d has %d cells, not %d", r+1, len(row), len(b.cols))
		}
		cells := make([][]int32, len(row))
		for i := range row {
			places, err := b.places(e, &row[i], &b.cols[i])
			if err != nil {
				return fmt.Errorf("row %d, column %q: %w", r+1, b.t.Columns[i], err)
			}
			cells[i] = places
		}
		b.cells = append(b.cells, cells)
	}
	return nil
}

func (b *tableBuilder) places(e *encoder, c *Cell, col *column) ([]int32, error) {
	if c.Any {
		return nil, nil
	}
	places := []int32{}
	for _, o := range c.Options {
		j, ok := e.c.opts[col.group][o]
		if !ok {
			return nil, fmt.Errorf("there is no option %q", o)
		}
		places = append(places, int32(j)) //nolint:gosec // an index
	}
	if len(c.Ranges) > 0 && col.num < 0 {
		return nil, fmt.Errorf("a range, but the column is no number")
	}
	for _, r := range c.Ranges {
		if r[0] > r[1] {
			return nil, fmt.Errorf("the range %d to %d is turned round", r[0], r[1])
		}
		n := e.p.nums[col.num]
		from, to := n.span(r)
		for k, s := range col.spans {
			if s[0] >= from && s[1] <= to && from <= to {
				places = append(places, int32(k)) //nolint:gosec // an index
			}
		}
	}
	if c.Absent && col.absent >= 0 {
		places = append(places, int32(col.absent)) //nolint:gosec // an index
	}
	slices.Sort(places)
	return slices.Compact(places), nil
}

// pairs adds a table of one or two columns as clauses.
func (e *encoder) pairs(rule int32, guard lit, b *tableBuilder) {
	first := b.cols[0].lits
	second := []lit{litTrue}
	if len(b.cols) == 2 {
		second = b.cols[1].lits
	}
	ok := make([]bool, len(first)*len(second))
	for _, row := range b.cells {
		for _, i := range orAll(row[0], len(first)) {
			if len(row) == 1 {
				ok[i] = true
				continue
			}
			for _, j := range orAll(row[1], len(second)) {
				ok[int(i)*len(second)+int(j)] = true
			}
		}
	}
	for i, l := range first {
		clause := []lit{guard.not(), l.not()}
		for j, m := range second {
			if ok[i*len(second)+j] != b.forbids {
				clause = append(clause, m)
			}
		}
		e.p.clause(rule, clause...)
	}
	if len(b.cols) == 1 {
		return
	}
	for j, m := range second {
		clause := []lit{guard.not(), m.not()}
		for i, l := range first {
			if ok[i*len(second)+j] != b.forbids {
				clause = append(clause, l)
			}
		}
		e.p.clause(rule, clause...)
	}
}

func orAll(places []int32, n int) []int32 {
	if places != nil {
		return places
	}
	all := make([]int32, n)
	for i := range all {
		all[i] = int32(i) //nolint:gosec // an index
	}
	return all
}

// build makes the diagram, or nil when no row is possible. Rows that are alike from
// a column on share a node; nodes with the same children are one.
func (b *tableBuilder) build(rule int32) (*table, error) {
	b.memo = map[string]int32{}
	b.unique = make([]map[string]int32, len(b.cols))
	for i := range b.unique {
		b.unique[i] = map[string]int32{}
	}
	rows := make([]int32, len(b.cells))
	for i := range rows {
		rows[i] = int32(i) //nolint:gosec // an index
	}
	root, err := b.node(0, rows)
	if err != nil || root < 0 {
		return nil, err
	}
	return b.layOut(root, rule), nil
}

// end is the node behind the last column.
const end = 1 << 30

func (b *tableBuilder) node(layer int, rows []int32) (int32, error) {
	if len(rows) == 0 && !b.forbids {
		return -1, nil
	}
	if layer == len(b.cols) {
		if len(rows) > 0 && b.forbids {
			return -1, nil
		}
		return end, nil
	}
	key := string(rowsKey(layer, rows))
	if n, ok := b.memo[key]; ok {
		return n, nil
	}
	if len(b.nodes) > maxNodes {
		return 0, fmt.Errorf("the table is too entangled: its diagram has more than %d nodes; reorder its columns or split it", maxNodes)
	}
	n := len(b.cols[layer].lits)
	buckets := make([][]int32, n)
	for _, r := range rows {
		if places := b.cells[r][layer]; places != nil {
			for _, v := range places {
				buckets[v] = append(buckets[v], r)
			}
			continue
		}
		for v := range n {
			buckets[v] = append(buckets[v], r)
		}
	}
	kids := make([]int32, n)
	some := false
	for v := range kids {
		k, err := b.node(layer+1, buckets[v])
		if err != nil {
			return 0, err
		}
		kids[v] = k
		some = some || k >= 0
	}
	id := int32(-1)
	if some {
		id = b.share(layer, kids)
	}
	b.memo[key] = id
	return id, nil
}

func rowsKey(layer int, rows []int32) []byte {
	key := make([]byte, 0, 4*len(rows)+4)
	key = binary.LittleEndian.AppendUint32(key, uint32(layer)) //nolint:gosec // an index
	for _, r := range rows {
		key = binary.LittleEndian.AppendUint32(key, uint32(r)) //nolint:gosec // an index
	}
	return key
}

func (b *tableBuilder) share(layer int, kids []int32) int32 {
	key := string(rowsKey(0, kids))
	if n, ok := b.unique[layer][key]; ok {
		return n
	}
	id := int32(len(b.nodes)) //nolint:gosec // at most maxNodes
	b.nodes = append(b.nodes, builtNode{layer, kids})
	b.unique[layer][key] = id
	return id
}

// layOut numbers the nodes layer by layer and lists the edges in that order.
func (b *tableBuilder) layOut(root, rule int32) *table {
	t := &table{rule: rule}
	for i := range b.cols {
		t.cols = append(t.cols, b.cols[i].lits)
	}
	number := map[int32]int32{root: 0}
	layer := []int32{root}
	next, base := int32(1), int32(0)
	for k := range b.cols {
		t.off = append(t.off, int32(len(t.edges))) //nolint:gosec // bounded by maxNodes
		var following []int32
		for _, id := range layer {
			t.out = append(t.out, int32(len(t.edges))) //nolint:gosec // bounded by maxNodes
			for v, kid := range b.nodes[id].kids {
				if kid < 0 {
					continue
				}
				to, ok := number[kid]
				if !ok {
					to = next
					number[kid] = to
					next++
					following = append(following, kid)
				}
				t.edges = append(t.edges, edge{number[id], to, t.cols[k][v], base + int32(v)}) //nolint:gosec // an index
			}
		}
		layer = following
		base += int32(len(t.cols[k])) //nolint:gosec // options are few
	}
	t.off = append(t.off, int32(len(t.edges)))                      //nolint:gosec // bounded by maxNodes
	t.out = append(t.out, int32(len(t.edges)), int32(len(t.edges))) //nolint:gosec // bounded by maxNodes
	t.nodes = next
	return t
}
