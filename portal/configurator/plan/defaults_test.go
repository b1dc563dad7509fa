package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema"
)

// fewer is the cabinet with other rules, and with groups whose defaults are options.
func fewer(defaults map[string]string, rules ...string) schema.ConfigurationDocument {
	doc := cabinet()
	doc.Rules, doc.Golden = nil, nil
	for i := range doc.Groups {
		doc.Groups[i].Default = defaults[doc.Groups[i].Key]
	}
	for i, text := range rules {
		doc.Rules = append(doc.Rules, schema.ConfigurationRule{Key: string(rune('a' + i)), Text: text, Message: say("x", "x")})
	}
	return doc
}

func TestOfDefaultsThatDoNotGoTogetherTheLaterGivesWay(t *testing.T) {
	all := map[string]string{"wood": "pine", "finish": "oil", "extras": "light", "feet": "wheels"}
	for name, c := range map[string]struct {
		rules []string
		want  []schema.ConfigurationChoice
	}{
		"two":             {[]string{"!(wood.pine & feet.wheels)"}, choices(pick("wood", "pine"), pick("finish", "oil"), pick("extras", "light"), number("width", "1"))},
		"three":           {[]string{"atmost(2, wood.pine, finish.oil, extras.light)"}, choices(pick("wood", "pine"), pick("finish", "oil"), pick("feet", "wheels"), number("width", "1"))},
		"a number":        {[]string{"wood.pine & extras.light -> width > 1 m"}, choices(pick("wood", "pine"), pick("finish", "oil"), pick("extras", "light"), pick("feet", "wheels"))},
		"each for itself": {[]string{"!(wood.pine & finish.oil)", "!(extras.light & feet.wheels)"}, choices(pick("wood", "pine"), pick("extras", "light"), number("width", "1"))},
		"what gave way is in nobody's way": {[]string{"!(wood.pine & finish.oil)", "!(finish.oil & extras.light)"},
			choices(pick("wood", "pine"), pick("extras", "light"), pick("feet", "wheels"), number("width", "1"))},
	} {
		t.Run(name, func(t *testing.T) {
			m := ready(t, fewer(all, c.rules...), summer)
			require.Equal(t, c.want, m.selected(m.state()))
		})
	}
}

func TestADefaultIsNotAddedToWhatEarlierOnesBrought(t *testing.T) {
	m := ready(t, fewer(map[string]string{"wood": "pine", "extras": "light"}, "wood.pine -> extras.lock"), summer)
	require.Equal(t, choices(pick("wood", "pine"), pick("extras", "lock"), number("width", "1")), m.selected(m.state()))
	m = ready(t, fewer(map[string]string{"extras": "light", "feet": "wheels"}, "feet.wheels -> extras.lock"), summer)
	require.Equal(t, choices(pick("extras", "light"), pick("extras", "lock"), pick("feet", "wheels"), number("width", "1")), m.selected(m.state()),
		"what later ones bring comes beside it")
}

func TestAQuantityFollowsItsOptionAndNotTheOtherWayRound(t *testing.T) {
	m := ready(t, fewer(map[string]string{"wood": "pine", "extras": "shelf"}, "!(wood.pine & extras.shelf)"), summer)
	require.Equal(t, choices(pick("wood", "pine"), number("width", "1")), m.selected(m.state()))
	m = ready(t, fewer(map[string]string{"wood": "pine", "extras": "shelf"}, "wood.pine -> extras.lock"), summer)
	require.Equal(t, choices(pick("wood", "pine"), pick("extras", "lock"), number("width", "1")), m.selected(m.state()))
	m = ready(t, fewer(map[string]string{"wood": "pine", "feet": "steel"}, "feet.steel -> extras.shelf"), summer)
	require.Equal(t, choices(pick("wood", "pine"), pick("extras", "shelf"), number("shelves", "2"), pick("feet", "steel"), number("width", "1")), m.selected(m.state()),
		"whatever brought its option")
	m = ready(t, fewer(map[string]string{"wood": "pine", "extras": "shelf", "feet": "steel"}, "wood.pine -> extras.lock", "feet.steel -> extras.shelf"), summer)
	require.Equal(t, choices(pick("wood", "pine"), pick("extras", "lock"), pick("extras", "shelf"), number("shelves", "2"), pick("feet", "steel"), number("width", "1")), m.selected(m.state()),
		"the default was not taken, and a later one brought the same")
}

func TestADefaultGivesWayToThoseThatAreTakenAlone(t *testing.T) {
	all := map[string]string{"wood": "pine", "extras": "light", "feet": "wheels"}
	m := ready(t, fewer(all, "wood.pine -> extras.lock", "atmost(2, wood.pine, extras.light, feet.wheels)"), summer)
	require.Equal(t, choices(pick("wood", "pine"), pick("extras", "lock"), pick("feet", "wheels"), number("width", "1")), m.selected(m.state()),
		"the light is not taken beside the lock, so the wheels are")
}
