package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func TestChoicesThatDoNotFitAreNamed(t *testing.T) {
	m := ready(t, cabinet(), winter)
	good := pick("wood", "oak")
	for name, c := range map[string]struct {
		second schema.ConfigurationChoice
		says   string
	}{
		"group":              {pick("metal", "iron"), `no group "metal"`},
		"option":             {pick("finish", "wax"), `no option "wax"`},
		"answered twice":     {pick("wood", "pine"), "answered twice, by choice 1"},
		"nothing and one":    {schema.ConfigurationChoice{Group: "wood", Absent: true}, "answered twice"},
		"absent with option": {schema.ConfigurationChoice{Group: "feet", Option: "steel", Absent: true}, "cannot be without"},
		"option of a number": {pick("width", "oak"), "is a number"},
		"no number":          {number("width", "wide"), "no number"},
		"comma":              {number("width", "1,5"), "no number"},
		"exponent":           {number("width", "1e0"), "no number"},
		"too small":          {number("width", "0.49"), "from 0.5 m to 3 m"},
		"too large":          {number("width", "99999999999999999999999999"), "from 0.5 m to 3 m"},
		"no step":            {number("width", "1.1"), "1 m and 1.25 m"},
		"between units":      {number("width", "1.001"), "1 m and 1.25 m"},
		"number of a group":  {number("finish", "1"), "answered by an option"},
		"nothing":            {schema.ConfigurationChoice{Group: "finish"}, "answered by an option"},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := m.plan.Choices(choices(good, c.second))
			require.Nil(t, list)
			var refused *plan.ChoiceError
			require.ErrorAs(t, err, &refused)
			require.Equal(t, 1, refused.Index)
			require.Contains(t, refused.Text.EN, c.says)
			require.NotEqual(t, refused.Text.EN, refused.Text.DE)
		})
	}
	list, err := m.plan.Choices(choices(good, number("width", " 1.50"), pick("extras", "lock"), pick("extras", "light"),
		schema.ConfigurationChoice{Group: "wood", Option: "pine", Negate: true}))
	require.NoError(t, err)
	require.Equal(t, engine.Choice{Group: "width", Number: 150}, list[1])
	_, err = m.plan.Choices(make([]schema.ConfigurationChoice, plan.MaxChoices+1))
	require.ErrorContains(t, err, "more than 5000")
}

func TestOneMoreChoice(t *testing.T) {
	m := ready(t, cabinet(), winter)
	not := func(c schema.ConfigurationChoice) schema.ConfigurationChoice { c.Negate = true; return c }
	none := schema.ConfigurationChoice{Group: "extras", Absent: true}
	for name, c := range map[string]struct {
		before []schema.ConfigurationChoice
		change schema.ConfigurationChoice
		after  []schema.ConfigurationChoice
	}{
		"another option":            {choices(pick("wood", "oak"), number("width", "1")), pick("wood", "pine"), choices(number("width", "1"), pick("wood", "pine"))},
		"another number":            {choices(number("width", "1")), number("width", "2"), choices(number("width", "2"))},
		"one more":                  {choices(pick("extras", "lock")), pick("extras", "light"), choices(pick("extras", "lock"), pick("extras", "light"))},
		"the same":                  {choices(pick("extras", "lock"), pick("wood", "oak")), pick("extras", "lock"), choices(pick("wood", "oak"), pick("extras", "lock"))},
		"not after all":             {choices(pick("extras", "lock")), not(pick("extras", "lock")), choices(not(pick("extras", "lock")))},
		"after all":                 {choices(not(pick("wood", "oak")), not(pick("wood", "pine"))), pick("wood", "oak"), choices(not(pick("wood", "pine")), pick("wood", "oak"))},
		"nothing at all":            {choices(pick("extras", "lock"), pick("extras", "shelf"), number("shelves", "3")), none, choices(none)},
		"something":                 {choices(none), pick("extras", "lock"), choices(pick("extras", "lock"))},
		"a quantity of another":     {choices(pick("extras", "shelf"), number("shelves", "3")), pick("wood", "oak"), choices(pick("extras", "shelf"), number("shelves", "3"), pick("wood", "oak"))},
		"a group that is not there": {choices(pick("wood", "oak")), pick("metal", "iron"), choices(pick("wood", "oak"), pick("metal", "iron"))},
	} {
		t.Run(name, func(t *testing.T) {
			before := append([]schema.ConfigurationChoice(nil), c.before...)
			require.Equal(t, c.after, m.plan.With(c.before, c.change))
			require.Equal(t, before, c.before)
		})
	}
}

func TestTheQuantityOfAReplacedOptionGoesWithIt(t *testing.T) {
	doc := cabinet()
	doc.Groups[2].Max = 1
	m := ready(t, doc, winter)
	require.Equal(t, choices(pick("extras", "light")),
		m.plan.With(choices(pick("extras", "shelf"), number("shelves", "3")), pick("extras", "light")))
}
