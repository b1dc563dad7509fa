package models

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

func TestTheFilesAreWhatTheirFactsSay(t *testing.T) {
	for _, f := range Facts {
		t.Run(f.Name, func(t *testing.T) {
			m := Load(t, f.Name)
			options := 0
			for _, g := range m.Groups {
				options += len(g.Options)
			}
			require.Equal(t, f.Options, options)
			require.Len(t, m.Rules, f.Rules)
			if f.UVL {
				require.NotEmpty(t, UVL(t, f.Name))
			}
		})
	}
}

func TestPricesAreOfTheModel(t *testing.T) {
	prices := Prices(t)
	require.Len(t, prices, 377)
	for _, name := range Load(t, "pc-richmond").Groups[0].Options {
		require.Contains(t, prices, name)
	}
	require.EqualValues(t, 84_190, prices["PC RICHMOND F"])
	require.EqualValues(t, 6_900, prices["i3-7300 Kaby Lake"])
}

func TestSalesAreOfTheModelsVariables(t *testing.T) {
	m := Load(t, Renault)
	sales := Sales(t, m)
	require.Len(t, sales, SalesRows)
	unknown := 0
	for _, s := range sales {
		require.Len(t, s.Choices, SalesColumns)
		if len(s.Unknown) > 0 {
			unknown++
		}
	}
	require.Equal(t, SalesUnknown, unknown)
}

func TestDIMACS(t *testing.T) {
	m, err := FromDIMACS([]byte("c 1 a b\nc 2 c\np cnf 3 2\n1 -2\n0 3 0\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"a b", "c", "3"}, m.Groups[0].Options)
	require.Equal(t, engine.Or{
		engine.Chosen{Group: "f", Option: "a b"}, engine.Not{X: engine.Chosen{Group: "f", Option: "c"}},
	}, m.Rules[0].Expr)
	require.Equal(t, "c2", m.Rules[1].Key)
	_, err = FromDIMACS([]byte("p cnf 1 2\n1 0"))
	require.Error(t, err)
}

func TestXCSP(t *testing.T) {
	m, err := FromXCSP([]byte(`<instance><domains><domain name="D" nbValues="3">1..2 -1</domain></domains>
		<variables><variable name="x" domain="D"/><variable name="y" domain="D"/></variables>
		<relations><relation name="R" arity="2" nbTuples="2" semantics="conflicts">1 1|2 -1</relation></relations>
		<constraints><constraint name="k" arity="2" reference="R" scope="y x"/></constraints></instance>`))
	require.NoError(t, err)
	require.Equal(t, []string{"1", "2", "-1"}, m.Groups[1].Options)
	require.Equal(t, engine.Rule{Key: "k", Table: &engine.Table{Forbids: true, Columns: []string{"y", "x"}, Rows: [][]engine.Cell{
		{{Options: []string{"1"}}, {Options: []string{"1"}}}, {{Options: []string{"2"}}, {Options: []string{"-1"}}},
	}}}, m.Rules[0])
}
