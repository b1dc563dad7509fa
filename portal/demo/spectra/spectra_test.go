package spectra_test

import (
	"fmt"
	"math/big"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/lint"
	"foyer/portal/configurator/rules"
	"foyer/portal/demo/spectra"
	"foyer/schema"
)

// times are those at which something begins or ends, and one before.
var times = []time.Time{
	time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2027, 1, 20, 0, 0, 0, 0, time.UTC),
	time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC),
}

// documents are the two, by name.
func documents() map[string]schema.ConfigurationDocument {
	return map[string]schema.ConfigurationDocument{"first": spectra.Document(), "next": spectra.Next()}
}

func holds(at time.Time, from, to *time.Time) bool {
	return (from == nil || !at.Before(*from)) && (to == nil || at.Before(*to))
}

// built is a document as the engine has it at a time, without some of its rules.
// What is out of its time gets a rule of its own, whose key begins with "time:".
func built(t *testing.T, doc schema.ConfigurationDocument, at time.Time, without ...string) *engine.Model {
	t.Helper()
	m := &engine.Model{}
	for _, g := range doc.Groups {
		made := engine.Group{Key: g.Key, Min: g.Min, Max: g.Max}
		for _, o := range g.Options {
			made.Options = append(made.Options, o.Key)
			if !holds(at, o.ValidFrom, o.ValidTo) {
				m.Rules = append(m.Rules, engine.Rule{Key: "time:" + g.Key + "." + o.Key, Expr: engine.Not{X: engine.Chosen{Group: g.Key, Option: o.Key}}})
			}
		}
		if n := g.Number; n != nil {
			made.Number = &engine.Number{Min: n.Min, Max: n.Max, Step: n.Step, Scale: n.Scale, Unit: n.Unit}
			if group, option, ok := strings.Cut(n.Of, "."); ok {
				made.Number.Of = &engine.Ref{Group: group, Option: option}
			}
		}
		m.Groups = append(m.Groups, made)
	}
	words := rules.NewVocabulary(m.Groups)
	for _, r := range doc.Rules {
		if !holds(at, r.ValidFrom, r.ValidTo) || len(without) > 0 && r.Key == without[0] {
			continue
		}
		made, err := words.Parse(r.Text)
		require.NoError(t, err, r.Key)
		made.Key = r.Key
		m.Rules = append(m.Rules, made)
	}
	return m
}

func compiled(t *testing.T, m *engine.Model) *engine.Compiled {
	t.Helper()
	c, err := engine.Compile(t.Context(), m, engine.Options{})
	require.NoError(t, err)
	return c
}

// chosen are choices as the engine has them.
func chosen(t *testing.T, doc schema.ConfigurationDocument, list []schema.ConfigurationChoice) []engine.Choice {
	t.Helper()
	var all []engine.Choice
	for _, c := range list {
		made := engine.Choice{Group: c.Group, Option: c.Option, Absent: c.Absent, Negate: c.Negate}
		if c.Number != "" {
			g := group(t, doc, c.Group)
			require.NotNil(t, g.Number, c.Group)
			r, ok := new(big.Rat).SetString(c.Number)
			require.True(t, ok, c.Number)
			for range g.Number.Scale {
				r.Mul(r, big.NewRat(10, 1))
			}
			require.True(t, r.IsInt(), c.Number)
			made.Number = r.Num().Int64()
		}
		all = append(all, made)
	}
	return all
}

func group(t *testing.T, doc schema.ConfigurationDocument, key string) *schema.OptionGroup {
	t.Helper()
	for i := range doc.Groups {
		if doc.Groups[i].Key == key {
			return &doc.Groups[i]
		}
	}
	require.FailNow(t, "no such group", key)
	return nil
}

// TestHowMuchThereIs: the documents have the size that they say they have, each key
// is there once, each group in one step, and two documents share nothing.
func TestHowMuchThereIs(t *testing.T) {
	doc := spectra.Document()
	choices, options, internal, dated := 0, 0, 0, 0
	seen := map[string]bool{}
	once := func(kind, key string) {
		require.Regexp(t, `^[a-z][a-z0-9_-]*$`, key)
		require.False(t, seen[kind+key], "%s %s is there twice", kind, key)
		seen[kind+key] = true
	}
	for _, g := range doc.Groups {
		once("group ", g.Key)
		if g.Number == nil {
			choices++
		}
		for _, o := range g.Options {
			once("option "+g.Key+".", o.Key)
			options++
		}
	}
	for _, s := range doc.Steps {
		once("step ", s.Key)
		for _, key := range s.Groups {
			group(t, doc, key)
			once("in a step ", key)
		}
	}
	for _, r := range doc.Rules {
		once("rule ", r.Key)
		if r.Internal {
			internal++
			require.NotEmpty(t, r.Note, r.Key)
			require.Empty(t, r.Message, r.Key)
		}
		if r.ValidFrom != nil || r.ValidTo != nil {
			dated++
		}
	}
	require.Equal(t, []int{12, 5, 63, 40, 5, 2}, []int{choices, len(doc.Groups) - choices, options, len(doc.Rules), internal, dated})
	require.Len(t, doc.Golden, 5)
	require.Equal(t, doc, spectra.Document())
	require.Equal(t, spectra.Next(), spectra.Next())
	changed := spectra.Document()
	changed.Groups[0].Options[0].Amounts["EUR"], changed.Rules[0].Message["en"] = 1, "changed"
	require.NotEqual(t, changed, spectra.Document())
	require.Equal(t, doc, spectra.Document(), "whoever changes one changes no other")
}

// TestEveryTextInBothLanguages looks at all texts by language, and at all amounts.
func TestEveryTextInBothLanguages(t *testing.T) {
	texts, amounts := 0, 0
	var look func(path string, v reflect.Value)
	look = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					look(path+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				look(fmt.Sprint(path, "[", i, "]"), v.Index(i))
			}
		case reflect.Pointer:
			if !v.IsNil() && v.Type() != reflect.TypeFor[*time.Time]() {
				look(path, v.Elem())
			}
		case reflect.Map:
			switch m := v.Interface().(type) {
			case map[string]string:
				if m == nil {
					return
				}
				texts++
				require.Len(t, m, 2, path)
				for _, l := range []string{"en", "de"} {
					require.NotEmpty(t, m[l], path)
					require.Equal(t, strings.TrimSpace(m[l]), m[l], path)
					require.NotContains(t, m[l], "  ", path)
				}
				require.NotRegexp(t, `[äöüßÄÖÜ]`, m["en"], path)
			case map[string]int64:
				if m == nil {
					return
				}
				amounts++
				require.Contains(t, m, "EUR", path)
				if !strings.HasSuffix(path, ".Costs") {
					require.Len(t, m, 2, path)
					require.Contains(t, m, "CHF", path)
					require.Equal(t, m["EUR"] < 0, m["CHF"] < 0, path)
					require.LessOrEqual(t, max(m["CHF"], -m["CHF"]), max(m["EUR"], -m["EUR"]), path)
				}
			}
		}
	}
	for name, doc := range documents() {
		look(name, reflect.ValueOf(doc))
		for _, r := range doc.Rules {
			require.Equal(t, r.Internal, r.Message == nil, r.Key)
		}
		for _, g := range doc.Groups {
			require.NotEmpty(t, g.Title, g.Key)
			for _, o := range g.Options {
				require.NotEmpty(t, o.Title, "%s.%s", g.Key, o.Key)
				require.True(t, o.Amounts != nil || o.Sku != "", "%s.%s: a price, or a variant that has one", g.Key, o.Key)
			}
		}
	}
	look("saved", reflect.ValueOf(spectra.Saved()))
	t.Log(texts, "texts,", amounts, "amounts")
}

// TestSkusAreThoseOfTheCatalog reads the catalog's source, since what it is written
// to is a database.
func TestSkusAreThoseOfTheCatalog(t *testing.T) {
	var source strings.Builder
	for _, file := range []string{"../catalog.go", "../parts.go", "../range.go"} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		source.Write(text)
	}
	known := map[string]bool{}
	for _, m := range regexp.MustCompile(`\{"([A-Z0-9-]+)", "`).FindAllStringSubmatch(source.String(), -1) {
		known[m[1]] = true
	}
	require.Greater(t, len(known), 60)
	doc := spectra.Next()
	for _, g := range doc.Groups {
		for _, o := range g.Options {
			require.True(t, o.Sku == "" || known[o.Sku], o.Sku)
		}
	}
	for _, p := range doc.Parts {
		require.Equal(t, p.Name == "", known[p.Sku], "%s: a name where there is no such variant, and only there", p.Sku)
		require.Positive(t, p.Quantity, p.Sku)
		require.NotEmpty(t, p.Costs, p.Sku)
	}
}

// TestConditionsAreWritten: what prices, lead times and parts depend on reads as
// conditions, of this model.
func TestConditionsAreWritten(t *testing.T) {
	for name, doc := range documents() {
		words := rules.NewVocabulary(built(t, doc, times[0]).Groups)
		check := func(what, when string) {
			if when != "" {
				_, err := words.ParseExpr(when)
				require.NoError(t, err, "%s: %s", name, what)
			}
		}
		number := func(what, key string) {
			if key != "" {
				require.NotNil(t, group(t, doc, key).Number, "%s: %s", name, what)
			}
		}
		for _, p := range doc.Prices {
			check(p.Key, p.When)
			number(p.Key, p.Per)
			require.NotEqual(t, p.Amounts == nil, p.BasisPoints == 0, p.Key)
			for _, of := range p.Of {
				if of != "base" {
					group(t, doc, of)
				}
			}
		}
		for _, l := range doc.LeadTimes {
			check(l.Key, l.When)
			require.Positive(t, l.Days, l.Key)
		}
		for _, p := range doc.Parts {
			check(p.Sku, p.When)
			number(p.Sku, p.Per)
		}
	}
}

// TestNothingToFind: at each time that changes something, nothing is dead but what is
// out of its time, nothing is forced, no rule is superfluous, golden configurations
// are what they should be.
func TestNothingToFind(t *testing.T) {
	for name, doc := range documents() {
		for _, at := range times {
			m := built(t, doc, at)
			untimely := map[string]bool{}
			for _, r := range m.Rules {
				untimely[r.Key] = strings.HasPrefix(r.Key, "time:")
			}
			var golden []lint.Configuration
			for _, g := range doc.Golden {
				golden = append(golden, lint.Configuration{Key: g.Key, Valid: !g.Impossible, Choices: chosen(t, doc, g.Choices)})
			}
			found, err := lint.Check(t.Context(), m, lint.Options{Golden: golden})
			require.NoError(t, err)
			for _, f := range found {
				if f.Kind == lint.Dead && untimely["time:"+f.Group+"."+f.Option] {
					continue
				}
				t.Errorf("%s, %s: %s %s: %s (%v)", name, at.Format(time.DateOnly), f.Severity, f.Kind, f.Text.EN, f.Rules)
			}
		}
	}
}
