package engine

import "slices"

// table is a relation as a multi-valued decision diagram: a layer for each column,
// an edge for each value that some row allows behind a node. Each column has a list
// of literals of which exactly one holds, which other constraints see to.
//
// Propagation to generalised arc consistency by one sweep down and one up, after
// Cheng and Yap, "An MDD-based generalized arc consistency algorithm" (2010);
// explanations after Gange, Stuckey and Szymanek, "MDD propagators with explanation"
// (2011): a cut of edges, found top down, each edge taken only where it is needed.
type table struct {
	cols  [][]lit
	edges []edge
	off   []int32 // of layers in edges, one more than columns
	out   []int32 // of nodes in edges, one more than nodes
	nodes int32   // node 0 is the root, node nodes-1 the end
	rule  int32
}

type edge struct {
	from, to int32
	l        lit
	col      int32 // place of the literal among all of the table
}

// tableMarks are what sweeps write into; stamps save clearing.
type tableMarks struct {
	stamp   int32
	down    []int32
	up      []int32
	support []int32
}

func newTableMarks(p *program) *tableMarks {
	nodes, lits := int32(0), 0
	for _, t := range p.tables {
		nodes = max(nodes, t.nodes)
		n := 0
		for _, c := range t.cols {
			n += len(c)
		}
		lits = max(lits, n)
	}
	return &tableMarks{down: make([]int32, nodes), up: make([]int32, nodes), support: make([]int32, lits)}
}

func (m *tableMarks) next() int32 {
	if m.stamp++; m.stamp == 1<<30 {
		clear(m.down)
		clear(m.up)
		clear(m.support)
		m.stamp = 1
	}
	return m.stamp
}

func (s *solver) propagateTable(id int32) reason {
	t, m := s.p.tables[id], s.marks
	st := m.next()
	r := byTable | reason(id) //nolint:gosec // an index
	val := s.val
	m.down[0] = st
	for i := range t.edges {
		e := &t.edges[i]
		if m.down[e.from] == st && val[e.l] >= 0 {
			m.down[e.to] = st
		}
	}
	end := t.nodes - 1
	if m.down[end] != st {
		return r
	}
	m.up[end] = st
	for i := len(t.edges) - 1; i >= 0; i-- {
		e := &t.edges[i]
		if m.up[e.to] == st && m.down[e.from] == st && val[e.l] >= 0 {
			m.up[e.from] = st
			m.support[e.col] = st
		}
	}
	at := 0
	for _, c := range t.cols {
		for _, l := range c {
			if m.support[at] != st && val[l] >= 0 {
				if c := s.imply(l.not(), r); c != noReason {
					return c
				}
			}
			at++
		}
	}
	return noReason
}

// explainTable appends literals that do not hold, assigned before place, with which
// no row is left; among the rows with the value of p's column when p denies one.
func (s *solver) explainTable(t *table, p lit, place int32, out []lit) []lit {
	m := s.marks
	st := m.next()
	value := noLit // a literal may be a value of several columns
	if p != noLit {
		value = p.not()
	}
	blocked := func(e *edge) bool { return s.val[e.l] < 0 && s.place[e.l.vr()] < place }
	m.up[t.nodes-1] = st
	for k := int32(len(t.cols)) - 1; k >= 0; k-- { //nolint:gosec // columns are few
		own := slices.Contains(t.cols[k], value)
		for i := t.off[k]; i < t.off[k+1]; i++ {
			e := &t.edges[i]
			if m.up[e.to] != st || (own && e.l != value) || (!own && blocked(e)) {
				continue
			}
			m.up[e.from] = st
		}
	}
	m.down[0] = st
	for k := range int32(len(t.cols)) { //nolint:gosec // columns are few
		own := slices.Contains(t.cols[k], value)
		for i := t.off[k]; i < t.off[k+1]; i++ {
			e := &t.edges[i]
			if m.down[e.from] == st && m.up[e.to] == st && !own && m.support[e.col] != st {
				m.support[e.col] = st
				out = append(out, e.l)
			}
		}
		for i := t.off[k]; i < t.off[k+1]; i++ {
			e := &t.edges[i]
			if m.down[e.from] != st || (own && e.l != value) || m.support[e.col] == st {
				continue
			}
			m.down[e.to] = st
		}
	}
	return out
}

// layerOf is the column of a node.
func (t *table) layerOf(node int32) int {
	k := 0
	for t.off[k+1] <= t.out[node] {
		k++
	}
	return k
}
