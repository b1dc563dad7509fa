package spectra_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/lint"
	"foyer/portal/configurator/plan"
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

// planned is a document at a time.
func planned(t *testing.T, doc schema.ConfigurationDocument, at time.Time) *plan.Plan {
	t.Helper()
	p, err := plan.New(doc, at)
	require.NoError(t, err)
	return p
}

func compiled(t *testing.T, m *engine.Model) *engine.Compiled {
	t.Helper()
	c, err := engine.Compile(t.Context(), m, engine.Options{})
	require.NoError(t, err)
	return c
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
		default: // has neither texts nor amounts
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

// TestNothingToMend: the documents would be taken if somebody saved them, as they are.
func TestNothingToMend(t *testing.T) {
	for name, doc := range documents() {
		kept, problems := plan.Check(doc)
		require.Empty(t, problems, name)
		require.Equal(t, doc, kept, name)
		require.Equal(t, []string{"CHF", "EUR"}, planned(t, doc, times[0]).Currencies(), name)
	}
}

// TestNothingToFind: at each time that changes something, nothing is dead but what is
// out of its time, nothing is forced, no rule is superfluous, golden configurations
// are what they should be.
func TestNothingToFind(t *testing.T) {
	for name, doc := range documents() {
		for _, at := range times {
			p := planned(t, doc, at)
			m := p.Model()
			untimely := map[string]bool{}
			for _, r := range m.Rules {
				untimely[r.Key] = strings.HasPrefix(r.Key, "time:")
			}
			var golden []lint.Configuration
			for _, g := range doc.Golden {
				choices, err := p.Choices(g.Choices)
				require.NoError(t, err)
				golden = append(golden, lint.Configuration{Key: g.Key, Valid: !g.Impossible, Choices: choices})
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
