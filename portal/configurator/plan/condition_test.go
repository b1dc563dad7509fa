package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema"
)

func TestConditionsAreAskedOfWhatIsSelected(t *testing.T) {
	for when, want := range map[string]bool{
		"":                                     true,
		"true":                                 true,
		"wood.oak":                             true,
		"wood.pine":                            false,
		"!wood.pine":                           true,
		"feet.steel | extras.light":            true,
		"feet.steel | extras.lock":             false,
		"wood.oak & extras.light":              true,
		"wood.oak & extras.lock":               false,
		"wood.oak xor extras.light":            false,
		"feet.steel -> wood.pine":              true,
		"wood.oak -> feet.steel":               false,
		"feet.steel <-> wood.pine":             true,
		"exactly(1, extras.*)":                 true,
		"atleast(2, extras.*, wood.*)":         true,
		"between(1, 1, extras.*, wood.*)":      false,
		"atmost(0, feet.*)":                    true,
		"width < 1.5 m":                        false,
		"width <= 1.5 m":                       true,
		"width > 1.5 m":                        false,
		"width >= 1.5 m":                       true,
		"width = 1500 mm":                      true,
		"width != 1.5 m":                       false,
		"width > 1 m & width < 2 m":            true,
		"width - 0.5 m * wood.oak = 1 m":       true,
		"width - 0.5 m * wood.pine = 1 m":      false,
		"shelves":                              false,
		"shelves = 0":                          true, // what is absent counts as 0
		"width / 3 + 1 cm * wood.oak > 50 cm":  true, // 51, in thirds
		"width / 3 + 1 cm * wood.pine > 50 cm": false,
		"extras.light + wood.oak = 2":          true,
	} {
		t.Run(when, func(t *testing.T) {
			doc := cabinet()
			doc.Steps[2].When = when
			m := ready(t, doc, winter)
			s := m.state(pick("wood", "oak"), pick("finish", "raw"), pick("extras", "light"), number("width", "1.5"))
			require.Equal(t, want, s.Visible[2])
			doc.Prices = []schema.PriceRule{{Key: "p", Title: say("p", "p"), When: when, Amounts: eur(1)}}
			lines, _ := ready(t, doc, winter).priced(s, euros())
			require.Equal(t, want, lines["RULE p"] == 1)
		})
	}
}
