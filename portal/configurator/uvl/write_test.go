package uvl

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
	"foyer/portal/configurator/rules"
)

func TestAModelAsAFile(t *testing.T) {
	m := &engine.Model{Groups: []engine.Group{
		{Key: "trim", Min: 1, Max: 1, Options: []string{"base", "sport"}},
		{Key: "engine", Max: 1, Options: []string{"2.0 TDI", "or"}},
		{Key: "roof", Max: 3, Options: []string{"rack", "box", "base"}},
		{Key: "wheels", Min: 2, Max: 2, Options: []string{"a", "b", "c"}},
		{Key: "paint", Min: 1, Max: -1, Options: []string{"red", "blue"}},
		{Key: "nothing"},
	}}
	v := rules.NewVocabulary(m.Groups)
	for i, text := range []string{
		`engine."2.0 TDI" & !trim.base -> roof.rack xor roof.box`,
		`atmost(1, roof.rack, roof.box, engine.or)`,
		`table(trim, engine) { base, none; sport, *; }`,
		`forbid table(trim, engine) { base, "2.0 TDI" | or; }`,
		`true`,
		`!false`,
	} {
		e, err := v.Parse(text)
		require.NoError(t, err)
		e.Key = fmt.Sprint("r", i)
		m.Rules = append(m.Rules, e)
	}
	got, err := Write(m, "My car")
	require.NoError(t, err)
	require.Equal(t, `namespace "My car"

include
	Boolean.group-cardinality

features
	"My car" {abstract}
		mandatory
			trim {abstract}
				alternative
					"trim base"
					sport
			engine {abstract}
				[0..1]
					"2_0 TDI"
					"or"
			roof {abstract}
				optional
					rack
					box
					"roof base"
			wheels {abstract}
				[2..2]
					a
					b
					c
			paint {abstract}
				or
					red
					blue
			nothing {abstract}

constraints
	// r0
	("2_0 TDI" & !"trim base") => !(rack <=> box)
	// r1
	(!rack | !box) & (!rack | !"or") & (!box | !"or")
	// r2
	("trim base" & !("2_0 TDI" | "or")) | sport
	// r3
	!("trim base" & ("2_0 TDI" | "or"))
	// r4
	"My car"
	// r5
	!!"My car"
`, got.Text)
}

func TestWhatCannotBeSaidHasItsPlace(t *testing.T) {
	m := &engine.Model{Groups: []engine.Group{
		{Key: "width", Number: &engine.Number{Min: 1, Max: 9, Step: 1}},
		{Key: "f", Max: 40},
	}}
	var all []engine.Expr
	for i := range 40 {
		m.Groups[1].Options = append(m.Groups[1].Options, fmt.Sprint("o", i))
		all = append(all, engine.Chosen{Group: "f", Option: fmt.Sprint("o", i)})
	}
	deep := all[0]
	for range 300 {
		deep = engine.Not{X: engine.And{deep, all[1]}}
	}
	m.Rules = []engine.Rule{
		{Key: "there", Expr: engine.Implies{A: all[0], B: engine.Chosen{Group: "width"}}},
		{Key: "sum", Expr: engine.Linear{Terms: []engine.Term{{Factor: 2, Of: engine.Ref{Group: "width"}}}, Bound: 3}},
		{Key: "many", Expr: engine.Count{Min: 20, Max: -1, Of: all}},
		{Key: "deep", Expr: deep},
		{Key: "table", Table: &engine.Table{Columns: []string{"width"}, Rows: [][]engine.Cell{{{Ranges: [][2]int64{{1, 2}}}}}}},
		{Key: "fine", Expr: all[2]},
	}
	_, err := Write(m, "")
	require.EqualError(t, err, `group width: A number cannot be written as features. Make it a group of options.
rule there: This speaks of a number, which cannot be written as features.
rule sum: Sums and comparisons cannot be written as conditions of features.
rule many: This is too long or too deep to be written as one constraint. Divide the rule.
rule deep: This is too long or too deep to be written as one constraint. Divide the rule.
rule table: This speaks of a number, which cannot be written as features.`)
}

// TestThereAndBack writes random models, reads them again and holds both against each
// other: as many configurations, and the same of every option under random choices.
func TestThereAndBack(t *testing.T) {
	possible := 0
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 12))
		m := randomModel(random)
		file, err := Write(m, "")
		require.NoError(t, err)
		back, err := Parse(file.Text)
		require.NoError(t, err, file.Text)
		a, err := engine.Compile(t.Context(), m, engine.Options{Once: true})
		require.NoError(t, err)
		b, err := engine.Compile(t.Context(), &back.Model, engine.Options{Once: true})
		require.NoError(t, err)
		require.Equal(t, a.Facts().Void, b.Facts().Void, file.Text)
		if a.Facts().Void {
			continue
		}
		possible++
		same(t, a, b, file, back, nil, nil)
		at := map[string]engine.Ref{}
		for _, f := range back.Features {
			at[f.Name] = f.Ref
		}
		for range 5 {
			var here, there []engine.Choice
			for _, i := range random.Perm(len(m.Groups))[:1+random.IntN(3)] {
				g := m.Groups[i]
				here = append(here, engine.Choice{Group: g.Key, Option: g.Options[random.IntN(len(g.Options))], Negate: random.IntN(3) == 0})
				ref := at[file.Names[engine.Ref{Group: g.Key, Option: here[len(here)-1].Option}]]
				there = append(there, engine.Choice{Group: ref.Group, Option: ref.Option, Negate: here[len(here)-1].Negate})
			}
			same(t, a, b, file, back, here, there)
		}
	}
	require.Greater(t, possible, 200)
	t.Log(possible, "models have configurations")
}

func same(t *testing.T, a, b *engine.Compiled, file *Export, back *Import, here, there []engine.Choice) {
	t.Helper()
	n, err := a.Count(t.Context(), engine.Request{Choices: here})
	require.NoError(t, err)
	k, err := b.Count(t.Context(), engine.Request{Choices: there})
	require.NoError(t, err)
	require.Equal(t, n, k, file.Text)
	da, err := a.Domains(t.Context(), engine.Request{Choices: here})
	require.NoError(t, err)
	db, err := b.Domains(t.Context(), engine.Request{Choices: there})
	require.NoError(t, err)
	require.Equal(t, da.Consistent, db.Consistent, file.Text)
	if !da.Consistent {
		return
	}
	theirs := statuses(&back.Model, db)
	for g, group := range a.Model().Groups {
		for o, key := range group.Options {
			name := file.Names[engine.Ref{Group: group.Key, Option: key}]
			require.Equal(t, da.Groups[g].Options[o], theirs[name], "%s in %s", name, file.Text)
		}
	}
}

// randomModel has groups of all bounds, options of the same keys, and rules of all
// kinds that can be said.
func randomModel(random *rand.Rand) *engine.Model {
	m := &engine.Model{}
	for g := range 3 + random.IntN(2) {
		group := engine.Group{Key: fmt.Sprint("g.", g)}
		for o := range 1 + random.IntN(4) {
			group.Options = append(group.Options, []string{"same", "or", fmt.Sprint(g, "\"", o), fmt.Sprint("o", g, o)}[o])
		}
		group.Min = random.IntN(len(group.Options) + 1)
		group.Max = max(1, group.Min+random.IntN(len(group.Options)-group.Min+1))
		if random.IntN(2) == 0 {
			group.Min, group.Max = random.IntN(2), 1
		}
		m.Groups = append(m.Groups, group)
	}
	for i := range 1 + random.IntN(4) {
		r := engine.Rule{Key: fmt.Sprint("r ", i, "\nx")}
		if random.IntN(4) == 0 {
			r.Table = randomTable(random, m)
		}
		if r.Table == nil {
			r.Expr = randomExpr(random, m, 1+random.IntN(3))
		}
		m.Rules = append(m.Rules, r)
	}
	return m
}

func randomTable(random *rand.Rand, m *engine.Model) *engine.Table {
	t := &engine.Table{Forbids: random.IntN(2) == 0}
	var columns []engine.Group
	for _, g := range m.Groups {
		if g.Max == 1 {
			t.Columns, columns = append(t.Columns, g.Key), append(columns, g)
		}
	}
	if len(columns) == 0 {
		return nil
	}
	for range 1 + random.IntN(4) {
		var row []engine.Cell
		for _, g := range columns {
			row = append(row, engine.Cell{Any: random.IntN(4) == 0, Absent: random.IntN(4) == 0, Options: g.Options[:1+random.IntN(len(g.Options))]})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func randomExpr(random *rand.Rand, m *engine.Model, depth int) engine.Expr {
	if depth == 0 {
		g := m.Groups[random.IntN(len(m.Groups))]
		return engine.Chosen{Group: g.Key, Option: g.Options[random.IntN(len(g.Options))]}
	}
	kid := func() engine.Expr { return randomExpr(random, m, random.IntN(depth)) }
	some := func() (all []engine.Expr) {
		for range random.IntN(4) {
			all = append(all, kid())
		}
		return all
	}
	switch random.IntN(7) {
	case 0:
		return engine.Not{X: kid()}
	case 1:
		return engine.And(some())
	case 2:
		return engine.Or(append(some(), kid()))
	case 3:
		return engine.Implies{A: kid(), B: kid()}
	case 4:
		return engine.Iff{A: kid(), B: kid()}
	case 5:
		return engine.Xor{A: kid(), B: kid()}
	}
	return engine.Count{Min: random.IntN(3), Max: random.IntN(5) - 1, Of: some()}
}

// TestTheLiteratureThereAndBack does so with models that others have made.
func TestTheLiteratureThereAndBack(t *testing.T) {
	for _, name := range []string{"berkeleydb", "printer", models.Renault} {
		t.Run(name, func(t *testing.T) {
			m := models.Load(t, name)
			file, err := Write(&m, name)
			require.NoError(t, err)
			t.Log(len(file.Text), "bytes")
			back, err := Parse(file.Text)
			require.NoError(t, err)
			a, err := engine.Compile(t.Context(), &m, engine.Options{Once: true})
			require.NoError(t, err)
			b, err := engine.Compile(t.Context(), &back.Model, engine.Options{Once: true})
			require.NoError(t, err)
			require.False(t, strings.Contains(file.Text, "\r"))
			same(t, a, b, file, back, nil, nil)
		})
	}
}
