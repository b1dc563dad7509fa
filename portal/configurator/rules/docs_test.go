package rules

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// documented is the model of docs/configurator.md.
func documented() *Vocabulary {
	return NewVocabulary([]engine.Group{
		{Key: "engine", Min: 1, Max: 1, Options: []string{"diesel", "petrol", "electric"}},
		{Key: "gearbox", Min: 1, Max: 1, Options: []string{"manual", "auto"}},
		{Key: "trim", Min: 1, Max: 1, Options: []string{"base", "sport"}},
		{Key: "body", Max: 1, Options: []string{"sedan", "estate", "4x4"}},
		{Key: "roof", Max: 4, Options: []string{"rack", "box", "antenna", "base"}},
		{Key: "seats", Max: 1, Options: []string{"bench"}},
		{Key: "bench count", Number: &engine.Number{Max: 9, Step: 1, Of: &engine.Ref{Group: "seats", Option: "bench"}}},
		{Key: "slots", Number: &engine.Number{Max: 20, Step: 1}},
		{Key: "width", Number: &engine.Number{Min: 500, Max: 3000, Step: 50, Unit: "mm"}},
		{Key: "depth", Number: &engine.Number{Min: 50, Max: 300, Step: 5, Scale: 1, Unit: "cm"}},
		{Key: "weight", Number: &engine.Number{Max: 5000, Step: 1, Unit: "kg", Optional: true}},
		{Key: "delay", Number: &engine.Number{Max: 600, Step: 1, Unit: "min"}},
	})
}

// blocks are the examples of a sort in the documentation.
func blocks(t *testing.T, sort string) []string {
	t.Helper()
	text, err := os.ReadFile("../../../docs/configurator.md")
	require.NoError(t, err)
	var all []string
	for _, m := range regexp.MustCompile("(?s)```"+sort+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		all = append(all, m[1])
	}
	require.NotEmpty(t, all)
	return all
}

func TestTheExamplesOfTheDocumentation(t *testing.T) {
	v, n := documented(), 0
	for _, block := range blocks(t, "rules") {
		for _, text := range strings.Split(block, "\n\n") {
			rule, err := v.Parse(text)
			require.NoError(t, err, text)
			again(t, v, rule)
			n++
		}
	}
	require.GreaterOrEqual(t, n, 17)
	for _, text := range blocks(t, "csv") {
		table, err := v.CSV(text, false)
		require.NoError(t, err, text)
		again(t, v, engine.Rule{Table: table})
	}
}

func TestTheMistakesOfTheDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../../docs/configurator.md")
	require.NoError(t, err)
	_, table, ok := strings.Cut(string(text), "| Written | Said |\n|---|---|\n")
	require.True(t, ok)
	table, _, _ = strings.Cut(table, "\n\n")
	rows := strings.Split(table, "\n")
	require.GreaterOrEqual(t, len(rows), 7)
	for _, row := range rows {
		cells := strings.Split(strings.Trim(row, "| "), " | ")
		require.Len(t, cells, 2, row)
		_, err := documented().Parse(strings.Trim(cells[0], "`"))
		all, ok := err.(Errors) //nolint:errorlint // it is never wrapped
		require.True(t, ok, row)
		require.Equal(t, cells[1], all[0].Text.EN)
	}
}
