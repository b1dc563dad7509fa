package plan_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

// rounds is how many random documents a test tries; FOYER_SOAK multiplies it.
func rounds(n int) int {
	if soak, err := strconv.Atoi(os.Getenv("FOYER_SOAK")); err == nil {
		n *= max(1, soak)
	}
	return n
}

// dice makes random documents and questions, the same ones for the same seed.
type dice struct {
	*rand.Rand
	doc     schema.ConfigurationDocument
	options []string // as rules name them
	numbers []string
}

func roll(seed uint64) *dice {
	d := &dice{Rand: rand.New(rand.NewPCG(seed, 7))}
	d.doc.Title = say("Thing", "Ding")
	var keys []string
	groups := 2 + d.IntN(4)
	for g := range groups {
		keys = append(keys, d.group(fmt.Sprintf("g%d", g), 1+d.IntN(3-groups/4)))
	}
	for range d.IntN(3) {
		keys = append(keys, d.number(fmt.Sprintf("n%d", len(d.numbers))))
	}
	d.Shuffle(len(d.doc.Groups), func(i, j int) { d.doc.Groups[i], d.doc.Groups[j] = d.doc.Groups[j], d.doc.Groups[i] })
	d.doc.Steps = []schema.ConfigurationStep{{Key: "all", Title: say("All", "Alles"), Groups: keys, When: d.condition(1)}}
	for i := range d.IntN(5) {
		r := schema.ConfigurationRule{Key: fmt.Sprintf("key-%d", i), Text: d.condition(2), Message: say(fmt.Sprintf("told %d", i), fmt.Sprintf("gesagt %d", i))}
		if d.IntN(2) == 0 {
			r = schema.ConfigurationRule{Key: fmt.Sprintf("secret-%d", i), Text: d.condition(2), Internal: true, Note: "secret note", Message: say("secret message", "secret gesagt")}
		}
		d.doc.Rules = append(d.doc.Rules, r)
	}
	for i := range d.IntN(4) {
		d.doc.Rules = append(d.doc.Rules, schema.ConfigurationRule{Key: fmt.Sprintf("apart-%d", i), Text: d.apart(), Message: say("apart", "getrennt")})
	}
	d.money()
	return d
}

// apart is a rule by which defaults get into each other's way.
func (d *dice) apart() string {
	var defaults []string
	for _, g := range d.doc.Groups {
		switch {
		case g.Number != nil && g.Number.Default != nil:
			defaults = append(defaults, fmt.Sprintf("%s > 0 m", g.Key))
		case g.Default != "":
			defaults = append(defaults, fmt.Sprintf("%s.%q", g.Key, g.Default))
		}
	}
	if len(defaults) < 2 {
		return "true"
	}
	d.Shuffle(len(defaults), func(i, j int) { defaults[i], defaults[j] = defaults[j], defaults[i] })
	switch d.IntN(3) {
	case 0:
		return fmt.Sprintf("(%s) -> %s", defaults[0], d.options[d.IntN(len(d.options))])
	case 1:
		return fmt.Sprintf("atmost(%d, %s)", 1+d.IntN(len(defaults)-1), strings.Join(defaults, ", "))
	}
	return fmt.Sprintf("!((%s) & (%s))", defaults[0], defaults[1])
}

func (d *dice) group(key string, n int) string {
	g := group(key, 0, 1+d.IntN(n))
	g.Min = d.IntN(g.Max + 1)
	for o := range n {
		opt := option(fmt.Sprintf("%s-o%d", key, o))
		switch d.IntN(4) {
		case 0:
			opt.Sku = fmt.Sprintf("S%d", d.IntN(4))
		case 1, 2:
			opt.Amounts = eur(d.Int64N(2000) - 500)
		}
		if opt.Days = d.IntN(5); d.IntN(12) == 0 {
			opt.ValidFrom = &spring
		}
		g.Options = append(g.Options, opt)
		d.options = append(d.options, fmt.Sprintf("%s.%q", key, opt.Key))
	}
	if d.IntN(3) > 0 {
		g.Default = g.Options[d.IntN(n)].Key
	}
	d.doc.Groups = append(d.doc.Groups, g)
	return key
}

func (d *dice) number(key string) string {
	n := &schema.NumberAsked{Min: d.Int64N(3), Step: 1 + d.Int64N(2), Scale: uint8(d.IntN(2)), Unit: "m"}
	n.Max = n.Min + d.Int64N(4)
	if d.IntN(2) == 0 {
		n.Amounts = eur(d.Int64N(500) - 100)
	}
	if d.IntN(2) == 0 {
		n.Default = ref(n.Min + d.Int64N((n.Max-n.Min)/n.Step+1)*n.Step)
	}
	of := strings.ReplaceAll(d.options[d.IntN(len(d.options))], `"`, "")
	if d.IntN(2) == 0 && (len(d.numbers) == 0 || d.doc.Groups[len(d.doc.Groups)-1].Number.Of != of) {
		n.Of = of
	}
	d.numbers = append(d.numbers, key)
	d.doc.Groups = append(d.doc.Groups, schema.OptionGroup{Key: key, Title: say(key, key), Number: n})
	return key
}

func (d *dice) condition(depth int) string {
	if depth == 0 || d.IntN(4) == 0 {
		if len(d.numbers) > 0 && d.IntN(3) == 0 {
			return fmt.Sprintf("(%s %s 0.%d m + 1 m * %s)", d.numbers[d.IntN(len(d.numbers))], []string{"<=", ">", "!="}[d.IntN(3)], d.IntN(10), d.options[d.IntN(len(d.options))])
		}
		return []string{"", "!"}[d.IntN(2)] + d.options[d.IntN(len(d.options))]
	}
	a, b := d.condition(depth-1), d.condition(depth-1)
	switch d.IntN(5) {
	case 0:
		return fmt.Sprintf("atmost(1, %s, %s, %s)", a, b, d.condition(0))
	case 1:
		return fmt.Sprintf("((%s) xor (%s))", a, b)
	case 2:
		return fmt.Sprintf("((%s) -> (%s))", a, b)
	case 3:
		return fmt.Sprintf("((%s) <-> (%s))", a, b)
	}
	return fmt.Sprintf("((%s) | (%s))", a, b)
}

func (d *dice) money() {
	for i := range d.IntN(5) {
		r := schema.PriceRule{Key: fmt.Sprintf("p%d", i), Title: say("p", "p")}
		switch d.IntN(3) {
		case 0:
			r.When = d.condition(1)
		case 1:
			r.When = d.options[d.IntN(len(d.options))]
		}
		switch d.IntN(4) {
		case 0:
			r.BasisPoints = d.IntN(5000) - 2000
			if r.BasisPoints == 0 {
				r.BasisPoints = 1
			}
			if d.IntN(2) == 0 {
				r.Of = []string{"base", d.doc.Groups[d.IntN(len(d.doc.Groups))].Key}[d.IntN(2):]
			}
		case 1:
			if len(d.numbers) > 0 {
				r.Per = d.numbers[d.IntN(len(d.numbers))]
			}
			r.Amounts = eur(d.Int64N(300) - 100)
		default:
			r.Amounts = eur(d.Int64N(3000) - 1500)
		}
		d.doc.Prices = append(d.doc.Prices, r)
	}
	for i := range d.IntN(4) {
		d.doc.LeadTimes = append(d.doc.LeadTimes, schema.LeadTimeRule{Key: fmt.Sprintf("t%d", i), Title: say("t", "t"), When: d.condition(1), Days: 1 + d.IntN(9), Added: d.IntN(3) == 0})
	}
	for i := range d.IntN(4) {
		d.doc.Parts = append(d.doc.Parts, schema.BillItem{Sku: fmt.Sprintf("S%d", i), Quantity: 1 + d.IntN(3), When: d.condition(1), Costs: eur(77)})
	}
}

// choices are random ones, not always such that go together.
func (d *dice) choices(p *plan.Plan, n int) []schema.ConfigurationChoice {
	out := []schema.ConfigurationChoice{}
	for range n {
		out = p.With(out, d.choice())
	}
	return out
}

func (d *dice) choice() schema.ConfigurationChoice {
	g := d.doc.Groups[d.IntN(len(d.doc.Groups))]
	switch {
	case d.IntN(10) == 0:
		return schema.ConfigurationChoice{Group: g.Key, Absent: true}
	case g.Number != nil:
		v := g.Number.Min + d.Int64N((g.Number.Max-g.Number.Min)/g.Number.Step+1)*g.Number.Step
		if g.Number.Scale == 1 {
			return number(g.Key, fmt.Sprintf("%d.%d", v/10, v%10))
		}
		return number(g.Key, strconv.FormatInt(v, 10))
	}
	return schema.ConfigurationChoice{Group: g.Key, Option: g.Options[d.IntN(len(g.Options))].Key, Negate: d.IntN(10) == 0}
}

// every calls try with random documents that can be configured at all.
func every(t *testing.T, n int, try func(t *testing.T, d *dice, m made)) {
	tried := 0
	for seed := range uint64(rounds(n)) {
		d := roll(seed)
		m := ready(t, d.doc, winter)
		if m.compiled.Facts().Void {
			continue
		}
		tried++
		if !t.Run(fmt.Sprint(seed), func(t *testing.T) { m.t = t; try(t, d, m) }) {
			t.Fatalf("%+v", d.doc)
		}
	}
	require.Greater(t, tried, rounds(n)/3)
}

// all are all configurations of a document, found by trying.
func (m made) all() []engine.Configuration {
	m.t.Helper()
	out := []engine.Configuration{}
	var next func(conf engine.Configuration)
	next = func(conf engine.Configuration) {
		if len(conf) == len(m.plan.Document().Groups) {
			if broken, err := m.compiled.Validate(conf); err != nil {
				m.t.Fatal(err)
			} else if len(broken) == 0 {
				out = append(out, append(engine.Configuration(nil), conf...))
			}
			return
		}
		g := m.plan.Document().Groups[len(conf)]
		if n := g.Number; n != nil {
			next(append(conf, engine.Decided{Absent: true}))
			for v := n.Min; v <= n.Max; v += n.Step {
				next(append(conf, engine.Decided{Number: v}))
			}
			return
		}
		for set := range 1 << len(g.Options) {
			var options []int
			for o := range g.Options {
				if set>>o&1 == 1 {
					options = append(options, o)
				}
			}
			next(append(conf, engine.Decided{Options: options}))
		}
	}
	next(nil)
	return out
}

// having are the configurations in which a choice holds.
func (m made) having(all []engine.Configuration, c schema.ConfigurationChoice) []engine.Configuration {
	var out []engine.Configuration
	for g, grp := range m.plan.Document().Groups {
		if grp.Key != c.Group {
			continue
		}
		for _, conf := range all {
			d := conf[g]
			holds := c.Absent && (grp.Number != nil && d.Absent || grp.Number == nil && len(d.Options) == 0)
			if c.Number != "" {
				holds = !d.Absent && m.plan.Decimal(grp.Key, d.Number) == c.Number
			}
			for _, o := range d.Options {
				holds = holds || grp.Options[o].Key == c.Option
			}
			if holds != c.Negate {
				out = append(out, conf)
			}
		}
	}
	return out
}

func (m made) with(all []engine.Configuration, list []schema.ConfigurationChoice) []engine.Configuration {
	for _, c := range list {
		c.Number = strings.TrimSuffix(c.Number, ".0")
		all = m.having(all, c)
	}
	return all
}
