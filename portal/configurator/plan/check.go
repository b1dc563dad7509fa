package plan

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/rules"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/money"
)

// The limits of a document.
const (
	MaxSteps     = 30
	MaxGroups    = 200
	MaxOptions   = 2000 // of all groups
	MaxRules     = 2000
	MaxPrices    = 500
	MaxLeadTimes = 500
	MaxParts     = 2000
	MaxGolden    = 200
	MaxReplaces  = 50 // of one option
	MaxAmount    = 1_000_000_000_000
	MaxDays      = 3650
)

const (
	longestTitle   = 120
	longestHelp    = 600
	longestMessage = 400
	longestNote    = 1000
	longestSku     = 120
	longestUnit    = 20
	longestTerm    = 200_000 // characters of a condition
	mostPieces     = 1_000_000
	mostPoints     = 100_000 // hundredths of a percent
	farthest       = 1 << 53 // from 0, of numbers
)

var (
	keyForm     = regexp.MustCompile(`^[a-z0-9_-]{1,60}$`)
	swatchForm  = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	formerForm  = regexp.MustCompile(`^[a-z0-9_-]{1,60}\.[a-z0-9_-]{1,60}$`)
	priceListed = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$`) // as portal/prices has them
)

// Check reads a draft: it returns the document as it is kept, without white space
// around texts, and all mistakes that can be seen without asking the engine, whether
// its rules go together being a question of its own (portal/configurator/lint). A
// document without mistakes is one for New.
func Check(doc schema.ConfigurationDocument) (schema.ConfigurationDocument, Problems) {
	doc = copied(doc)
	c := &checker{doc: &doc}
	c.text(&doc.Title, longestTitle, true, false, "title")
	c.text(&doc.Intro, longestHelp, false, true, "intro")
	if !c.sizes() {
		return doc, c.found
	}
	shape := len(c.found)
	c.groups()
	sound := len(c.found) == shape
	c.words = rules.NewVocabulary(engineGroups(readable(doc.Groups)))
	c.steps()
	c.rules()
	c.prices()
	c.times()
	c.parts()
	c.golden(sound)
	return doc, c.found
}

// sizes refuses what is too much before anything looks at it.
func (c *checker) sizes() bool {
	d := c.doc
	options := 0
	for i := range d.Groups {
		options += len(d.Groups[i].Options)
	}
	before := len(c.found)
	for _, x := range []struct {
		name     string
		n, limit int
	}{
		{"steps", len(d.Steps), MaxSteps}, {"groups", len(d.Groups), MaxGroups}, {"groups", options, MaxOptions},
		{"rules", len(d.Rules), MaxRules}, {"prices", len(d.Prices), MaxPrices}, {"leadTimes", len(d.LeadTimes), MaxLeadTimes},
		{"parts", len(d.Parts), MaxParts}, {"golden", len(d.Golden), MaxGolden},
	} {
		c.require(x.n <= x.limit, problem.Text{
			EN: "There are %d of these, and at most %d are possible.", DE: "Das sind %d, und höchstens %d sind möglich.",
		}.Format(x.n, x.limit), x.name)
	}
	return len(c.found) == before
}

// key checks a key, and that it is there once.
func (c *checker) key(key *string, seen map[string]bool) {
	c.line(key, 200, false, "key")
	switch {
	case !keyForm.MatchString(*key):
		c.say(problem.Text{
			EN: "A key has 1 to 60 lowercase letters, digits, - and _.",
			DE: "Ein Schlüssel hat 1 bis 60 Kleinbuchstaben, Ziffern, - und _.",
		}, "key")
	case seen[*key]:
		c.say(problem.Text{EN: "The key %q is there twice.", DE: "Den Schlüssel %q gibt es doppelt."}.Format(*key), "key")
	}
	seen[*key] = true
}

func (c *checker) steps() {
	seen, in := map[string]bool{}, map[string]bool{}
	groups := map[string]bool{}
	for i := range c.doc.Groups {
		groups[c.doc.Groups[i].Key] = true
	}
	c.each("steps", len(c.doc.Steps), func(i int) {
		s := &c.doc.Steps[i]
		c.key(&s.Key, seen)
		c.text(&s.Title, longestTitle, true, false, "title")
		c.text(&s.Help, longestHelp, false, true, "help")
		c.require(len(s.Groups) > 0, problem.Text{EN: "A step needs a group.", DE: "Ein Schritt braucht eine Gruppe."}, "groups")
		for j, g := range s.Groups {
			at := []string{"groups", strconv.Itoa(j)}
			if c.require(groups[g], problem.Text{EN: "There is no group %q.", DE: "Es gibt keine Gruppe %q."}.Format(g), at...) {
				c.require(!in[g], problem.Text{
					EN: "The group %q is in a step already.", DE: "Die Gruppe %q ist schon in einem Schritt.",
				}.Format(g), at...)
			}
			in[g] = true
		}
		c.when(&s.When)
	})
	c.each("groups", len(c.doc.Groups), func(i int) {
		g := c.doc.Groups[i].Key
		c.require(in[g], problem.Text{EN: "The group %q is in no step.", DE: "Die Gruppe %q ist in keinem Schritt."}.Format(g), "key")
	})
}

func (c *checker) rules() {
	seen := map[string]bool{}
	c.each("rules", len(c.doc.Rules), func(i int) {
		r := &c.doc.Rules[i]
		c.key(&r.Key, seen)
		r.Text = trimmed(r.Text)
		if c.require(r.Text != "", missing, "text") {
			_, err := c.words.Parse(r.Text)
			c.rule(err, "text")
		}
		c.text(&r.Message, longestMessage, !r.Internal, true, "message")
		c.prose(&r.Note, longestNote, false, "note")
		c.validity(&r.ValidFrom, &r.ValidTo)
	})
}

// when checks a condition, which may be empty.
func (c *checker) when(text *string) {
	*text = trimmed(*text)
	if *text == "" {
		return
	}
	if len(*text) > longestTerm {
		c.say(problem.Text{EN: "The condition is too long.", DE: "Die Bedingung ist zu lang."}, "when")
		return
	}
	x, err := c.words.ParseExpr(*text)
	c.rule(err, "when")
	if err == nil {
		c.require(smallSums(x), problem.Text{
			EN: "The sum needs more than 36 decimals.", DE: "Die Summe braucht mehr als 36 Nachkommastellen.",
		}, "when")
	}
}

// smallSums reports whether the decimals of all sums are within what the engine has.
func smallSums(x engine.Expr) bool {
	ok := true
	linears(x, func(l engine.Linear) {
		for _, t := range l.Terms {
			ok = ok && t.Scale <= 18
		}
		ok = ok && l.Scale <= 36
	})
	return ok
}

func (c *checker) validity(from, to **time.Time) {
	for _, t := range []**time.Time{from, to} {
		if *t != nil {
			u := (*t).UTC().Truncate(time.Microsecond)
			*t = &u
		}
	}
	if *from != nil && *to != nil {
		c.require((*from).Before(**to), problem.Text{EN: "It must end after it begins.", DE: "Das Ende muss nach dem Anfang liegen."}, "validTo")
	}
}

// amounts checks amounts by currency.
func (c *checker) amounts(name string, amounts map[string]int64, low int64) {
	for _, code := range sortedKeys(amounts) {
		if _, err := money.Digits(code); err != nil {
			c.say(problem.Text{
				EN: "%q is no currency. Write a code such as EUR.", DE: "%q ist keine Währung. Schreiben Sie ein Kürzel wie EUR.",
			}.Format(code), name, code)
		}
		within(c, amounts[code], low, MaxAmount, name, code)
	}
}

func (c *checker) prices() {
	seen := map[string]bool{}
	c.each("prices", len(c.doc.Prices), func(i int) {
		r := &c.doc.Prices[i]
		c.key(&r.Key, seen)
		c.text(&r.Title, longestTitle, true, false, "title")
		c.when(&r.When)
		c.amounts("amounts", r.Amounts, -MaxAmount)
		within(c, r.BasisPoints, -mostPoints, mostPoints, "basisPoints")
		within(c, r.FromQuantity, 0, mostPieces, "fromQuantity")
		c.require((len(r.Amounts) > 0) != (r.BasisPoints != 0), problem.Text{
			EN: "A price rule has either amounts or a percentage.", DE: "Eine Preisregel hat entweder Beträge oder einen Prozentsatz.",
		}, "amounts")
		if r.Per != "" {
			c.number(r.Per, "per")
			c.require(r.BasisPoints == 0, problem.Text{EN: "Only amounts are per unit of a number.", DE: "Nur Beträge gelten je Einheit einer Zahl."}, "per")
		}
		c.of(r)
		for j, key := range r.PriceLists {
			c.require(priceListed.MatchString(key), problem.Text{EN: "This is no key of a price list.", DE: "Das ist kein Schlüssel einer Preisliste."}, "priceLists", strconv.Itoa(j))
		}
	})
}

// of checks what a percentage is of.
func (c *checker) of(r *schema.PriceRule) {
	if len(r.Of) > 0 && r.BasisPoints == 0 {
		c.say(problem.Text{EN: "Only a percentage is of something.", DE: "Nur ein Prozentsatz bezieht sich auf etwas."}, "of")
	}
	for j, key := range r.Of {
		at := []string{"of", strconv.Itoa(j)}
		c.require(key == Base || c.group(key) != nil, problem.Text{
			EN: "There is no group %q. Write the key of one, or base.", DE: "Es gibt keine Gruppe %q. Schreiben Sie den Schlüssel einer Gruppe oder base.",
		}.Format(key), at...)
		c.require(!slices.Contains(r.Of[:j], key), problem.Text{EN: "%q is there twice.", DE: "%q ist doppelt."}.Format(key), at...)
	}
}

func (c *checker) group(key string) *schema.OptionGroup {
	for i := range c.doc.Groups {
		if c.doc.Groups[i].Key == key {
			return &c.doc.Groups[i]
		}
	}
	return nil
}

// number requires a key to be that of a number.
func (c *checker) number(key string, at ...string) {
	g := c.group(key)
	c.require(g != nil && g.Number != nil, problem.Text{EN: "There is no number %q.", DE: "Es gibt keine Zahl %q."}.Format(key), at...)
}

func (c *checker) times() {
	within(c, c.doc.BaseDays, 0, MaxDays, "baseDays")
	seen := map[string]bool{}
	c.each("leadTimes", len(c.doc.LeadTimes), func(i int) {
		r := &c.doc.LeadTimes[i]
		c.key(&r.Key, seen)
		c.text(&r.Title, longestTitle, true, false, "title")
		c.when(&r.When)
		within(c, r.Days, 1, MaxDays, "days")
	})
}

func (c *checker) parts() {
	c.each("parts", len(c.doc.Parts), func(i int) {
		item := &c.doc.Parts[i]
		c.line(&item.Sku, longestSku, true, "sku")
		c.line(&item.Name, longestTitle, false, "name")
		within(c, item.Quantity, 1, mostPieces, "quantity")
		if item.Per != "" {
			c.number(item.Per, "per")
		}
		c.when(&item.When)
		c.amounts("costs", item.Costs, 0)
	})
}

// golden checks that golden choices name what there is; of groups that are not sound
// nothing can be said.
func (c *checker) golden(sound bool) {
	seen := map[string]bool{}
	p := outline(*c.doc, time.Time{})
	c.each("golden", len(c.doc.Golden), func(i int) {
		g := &c.doc.Golden[i]
		c.key(&g.Key, seen)
		if !sound || !c.require(len(g.Choices) <= MaxChoices, problem.Text{EN: "There are too many choices.", DE: "Das sind zu viele Angaben."}, "choices") {
			return
		}
		used := map[string]int{}
		for j := range g.Choices {
			_, said := p.choice(&g.Choices[j])
			if said.EN == "" {
				said = p.twice(used, j, &g.Choices[j])
			}
			c.require(said.EN == "", said, "choices", strconv.Itoa(j))
		}
	})
}
