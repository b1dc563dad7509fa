package plan_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

// When the tests' documents are asked; spring begins and summer ends there.
var (
	winter = time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC)
	spring = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	summer = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
)

func say(en, de string) map[string]string { return map[string]string{"en": en, "de": de} }

func eur(minor int64) map[string]int64 { return map[string]int64{"EUR": minor} }

func ref[T any](v T) *T { return &v }

func pick(group, option string) schema.ConfigurationChoice {
	return schema.ConfigurationChoice{Group: group, Option: option}
}

func number(group, value string) schema.ConfigurationChoice {
	return schema.ConfigurationChoice{Group: group, Number: value}
}

func choices(list ...schema.ConfigurationChoice) []schema.ConfigurationChoice { return list }

// option is one with a title made of its key.
func option(key string, change ...func(*schema.Option)) schema.Option {
	o := schema.Option{Key: key, Title: say("The "+key, "Das "+key)}
	for _, c := range change {
		c(&o)
	}
	return o
}

func costing(minor int64) func(*schema.Option) {
	return func(o *schema.Option) { o.Amounts = eur(minor) }
}

func group(key string, least, most int, options ...schema.Option) schema.OptionGroup {
	return schema.OptionGroup{Key: key, Title: say("Group "+key, "Gruppe "+key), Min: least, Max: most, Options: options}
}

// cabinet is a small model with a bit of everything.
func cabinet() schema.ConfigurationDocument {
	wood := group("wood", 1, 1,
		option("pine", costing(0)),
		option("oak", costing(20_000), func(o *schema.Option) { o.Days, o.Sku = 10, "WOOD-OAK" }),
		option("teak", func(o *schema.Option) {
			o.Amounts, o.ValidFrom, o.ValidTo = map[string]int64{"EUR": 50_000, "USD": 60_000}, &spring, &summer
		}))
	wood.Default = "pine"
	finish := group("finish", 1, 1, option("oil", costing(1000)), option("lacquer", costing(2500)), option("raw", costing(-500)))
	finish.Default = "oil"
	extras := group("extras", 0, 3,
		option("light", func(o *schema.Option) { o.Sku, o.Costs = "LAMP", eur(900) }),
		option("lock", costing(3000)),
		option("shelf", costing(100), func(o *schema.Option) { o.Days = 4 }))
	feet := group("feet", 0, 1, option("steel", costing(800)), option("wheels", costing(1200)))
	width := schema.OptionGroup{Key: "width", Title: say("Width", "Breite"), Number: &schema.NumberAsked{
		Min: 50, Max: 300, Step: 25, Scale: 2, Unit: "m", Default: ref(int64(100)), Amounts: eur(9999),
	}}
	shelves := schema.OptionGroup{Key: "shelves", Title: say("Shelves", "Böden"), Number: &schema.NumberAsked{
		Min: 1, Max: 9, Step: 1, Of: "extras.shelf", Default: ref(int64(2)), Amounts: eur(1500),
	}}
	return schema.ConfigurationDocument{
		Title: say("Cabinet", "Schrank"),
		Steps: []schema.ConfigurationStep{
			{Key: "body", Title: say("Body", "Korpus"), Groups: []string{"wood", "finish", "width"}},
			{Key: "inside", Title: say("Inside", "Innen"), Groups: []string{"extras", "shelves"}},
			{Key: "below", Title: say("Below", "Unten"), Groups: []string{"feet"}, When: "wood.oak | width >= 2 m"},
		},
		Groups: []schema.OptionGroup{wood, finish, extras, shelves, feet, width},
		Rules: []schema.ConfigurationRule{
			{Key: "oak-finish", Text: "wood.oak -> !finish.oil", Message: say("Oak is not oiled.", "Eiche wird nicht geölt.")},
			{Key: "secret-steel", Text: "feet.steel -> !finish.lacquer", Internal: true, Note: "the supplier is insolvent"},
			{Key: "wide-feet", Text: "width > 2 m -> feet.steel | feet.wheels", Message: say("Wide ones need feet.", "Breite brauchen Füße.")},
			{Key: "winter-lock", Text: "!extras.lock", ValidTo: &spring, Message: say("No locks before spring.", "Schlösser erst ab Frühjahr.")},
		},
		Prices: []schema.PriceRule{
			{Key: "both", Title: say("Light in oak", "Licht in Eiche"), When: "wood.oak & extras.light", Amounts: eur(-700)},
			{Key: "wide", Title: say("Wide transport", "Breiter Transport"), When: "width > 1.5 m", Amounts: eur(333), Per: "width"},
			{Key: "tier", Title: say("From ten", "Ab zehn"), FromQuantity: 10, BasisPoints: -250, Of: []string{"base", "wood"}},
			{Key: "dealers", Title: say("Dealers", "Händler"), PriceLists: []string{"dealers"}, Amounts: eur(-1000)},
			{Key: "surcharge", Title: say("Surcharge", "Zuschlag"), BasisPoints: 150},
		},
		BaseDays: 5,
		LeadTimes: []schema.LeadTimeRule{
			{Key: "lacquering", Title: say("Lacquering", "Lackieren"), When: "finish.lacquer", Days: 7},
			{Key: "drying", Title: say("Drying", "Trocknen"), When: "!finish.raw", Days: 2, Added: true},
		},
		Parts: []schema.BillItem{
			{Sku: "SCREW", Name: "Screws", Quantity: 8, Per: "width", Costs: eur(2)},
			{Sku: "LAMP", Quantity: 1, When: "width >= 2 m"},
			{Sku: "HINGE", Quantity: 4},
		},
		Golden: []schema.GoldenConfiguration{{Key: "plain", Choices: choices(pick("wood", "pine"), number("width", "2"))}},
	}
}

// made is a document that Check has nothing against, made ready and compiled.
type made struct {
	t        testing.TB
	plan     *plan.Plan
	compiled *engine.Compiled
}

func ready(t testing.TB, doc schema.ConfigurationDocument, at time.Time) made {
	t.Helper()
	doc, problems := plan.Check(doc)
	require.Empty(t, problems)
	p, err := plan.New(doc, at)
	require.NoError(t, err)
	c, err := engine.Compile(t.Context(), p.Model(), engine.Options{})
	require.NoError(t, err)
	return made{t, p, c}
}

func (m made) ask(list ...schema.ConfigurationChoice) plan.Question {
	return plan.Question{Compiled: m.compiled, Choices: list}
}

func (m made) state(list ...schema.ConfigurationChoice) *plan.State {
	m.t.Helper()
	s, err := m.plan.State(m.t.Context(), m.ask(list...))
	require.NoError(m.t, err)
	return s
}

// group is what follows for one.
func (m made) group(s *plan.State, key string) plan.GroupState {
	m.t.Helper()
	for _, g := range s.Groups {
		if g.Key == key {
			return g
		}
	}
	m.t.Fatalf("there is no group %s", key)
	return plan.GroupState{}
}

func (m made) selected(s *plan.State) []schema.ConfigurationChoice {
	return m.plan.Selected(s.Selection)
}
