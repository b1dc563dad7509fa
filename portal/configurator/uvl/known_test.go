package uvl

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

// TestBothFormsSayTheSame compiles each model from its UVL and from its DIMACS file:
// the same options are in every configuration and in none, as many as is published,
// and random choices can be completed in one if and only if they can in the other.
// The two forms of pc-richmond have different features, so it is held against its
// facts alone.
func TestBothFormsSayTheSame(t *testing.T) {
	for _, f := range models.Facts {
		if !f.UVL {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			if f.Options > 600 && os.Getenv("FOYER_LONG") == "" {
				t.Skip("*** NOT RUN: models of more than 600 options take a minute; set FOYER_LONG=1")
			}
			imported, err := Parse(models.UVL(t, f.Name))
			require.NoError(t, err)
			ours, err := engine.Compile(t.Context(), &imported.Model, engine.Options{})
			require.NoError(t, err)
			core, dead := ours.Facts().Core, ours.Facts().Dead
			require.Len(t, core, f.UVLCore)
			require.Len(t, dead, f.UVLDead)
			counted(t, f, ours)
			if f.UVLFeatures != f.Options {
				return
			}
			clauses := models.Load(t, f.Name)
			theirs, err := engine.Compile(t.Context(), &clauses, engine.Options{})
			require.NoError(t, err)
			require.Equal(t, options(theirs.Facts().Core), options(core))
			require.Equal(t, options(theirs.Facts().Dead), options(dead))
			together(t, imported, ours, theirs)
		})
	}
}

// counted compares the number of configurations with what is published: the number
// itself, or how many digits it has. Two models are beyond what can be counted.
func counted(t *testing.T, f models.Fact, c *engine.Compiled) {
	t.Helper()
	if f.Digits > 50 {
		return
	}
	n, err := c.Count(t.Context(), engine.Request{})
	require.NoError(t, err)
	if f.Count != "" {
		require.Equal(t, f.Count, n.String())
	}
	require.Len(t, n.String(), f.Digits)
	t.Log("counted", n)
}

func options(refs []engine.Ref) []string {
	var names []string
	for _, r := range refs {
		names = append(names, r.Option)
	}
	slices.Sort(names)
	return names
}

// together makes random choices, wanted and unwanted, and compares.
func together(t *testing.T, m *Import, ours, theirs *engine.Compiled) {
	t.Helper()
	random := rand.New(rand.NewPCG(6, 6))
	possible := 0
	const tries = 200
	for range tries {
		var here, there []engine.Choice
		for range 1 + random.IntN(12) {
			f := m.Features[random.IntN(len(m.Features))]
			if slices.ContainsFunc(here, func(c engine.Choice) bool { return c.Option == f.Name }) {
				continue
			}
			no := random.IntN(3) > 0
			if !no && slices.ContainsFunc(here, func(c engine.Choice) bool { return c.Group == f.Ref.Group && !c.Negate }) {
				continue // two of one group are no question of ours
			}
			here = append(here, engine.Choice{Group: f.Ref.Group, Option: f.Ref.Option, Negate: no})
			there = append(there, engine.Choice{Group: models.Group, Option: f.Name, Negate: no})
		}
		a, err := ours.Domains(t.Context(), engine.Request{Choices: here})
		require.NoError(t, err)
		b, err := theirs.Domains(t.Context(), engine.Request{Choices: there})
		require.NoError(t, err)
		require.Equal(t, b.Consistent, a.Consistent, "%v", here)
		if !a.Consistent {
			continue
		}
		possible++
		require.Equal(t, statuses(theirs.Model(), b), statuses(ours.Model(), a), "%v", here)
	}
	t.Log(possible, "of", tries, "random choices were possible, every value the same")
}

// statuses are those of all options, by their names.
func statuses(m *engine.Model, d *engine.Domains) map[string]engine.Status {
	all := map[string]engine.Status{}
	for i, g := range m.Groups {
		for j, o := range g.Options {
			all[o] = d.Groups[i].Options[j]
		}
	}
	return all
}
