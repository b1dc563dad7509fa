package plan_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func TestASoundDocumentIsKeptAsItIsTrimmed(t *testing.T) {
	doc := cabinet()
	clean, problems := plan.Check(doc)
	require.Empty(t, problems)
	again, problems := plan.Check(clean)
	require.Empty(t, problems)
	require.Equal(t, plan.Digest(clean), plan.Digest(again))

	doc.Title = map[string]string{"en": "  Cabinet ", "de": "Schrank\t"}
	doc.Rules[0].Text = "\n " + doc.Rules[0].Text + " \r\n"
	doc.Intro = map[string]string{"en": "  ", "de": ""}
	before, err := json.Marshal(doc)
	require.NoError(t, err)
	other, problems := plan.Check(doc)
	require.Empty(t, problems)
	require.Equal(t, plan.Digest(clean), plan.Digest(other))
	after, err := json.Marshal(doc)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after), "what was handed in stays as it was")
}

func TestMistakesAreToldWithTheirPath(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for name, c := range map[string]struct {
		spoil func(*schema.ConfigurationDocument)
		path  string
		says  string
	}{
		"no title":           {func(d *schema.ConfigurationDocument) { d.Title = nil }, "title/de", "write something"},
		"one language":       {func(d *schema.ConfigurationDocument) { delete(d.Groups[1].Title, "de") }, "groups/1/title/de", "write something"},
		"half a help":        {func(d *schema.ConfigurationDocument) { d.Groups[1].Help = map[string]string{"en": "x"} }, "groups/1/help/de", "write something"},
		"another language":   {func(d *schema.ConfigurationDocument) { d.Title["fr"] = "Armoire" }, "title/fr", "no language"},
		"long title":         {func(d *schema.ConfigurationDocument) { d.Steps[0].Title["en"] = long }, "steps/0/title/en", "longer than 120"},
		"long help":          {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[1].Help = say(long, "x") }, "groups/0/options/1/help/en", "longer than 600"},
		"long message":       {func(d *schema.ConfigurationDocument) { d.Rules[0].Message["de"] = long }, "rules/0/message/de", "longer than 400"},
		"control characters": {func(d *schema.ConfigurationDocument) { d.Title["en"] = "a\x00b" }, "title/en", "not allowed"},
		"key":                {func(d *schema.ConfigurationDocument) { d.Prices[0].Key = "Bad Key" }, "prices/0/key", "lowercase"},
		"key twice":          {func(d *schema.ConfigurationDocument) { d.Groups[2].Options[1].Key = "light" }, "groups/2/options/1/key", "twice"},
		"group twice":        {func(d *schema.ConfigurationDocument) { d.Groups[1].Key = "wood" }, "groups/1/key", "twice"},
		"reserved":           {func(d *schema.ConfigurationDocument) { d.Groups[4].Key = "base" }, "groups/4/key", "base price"},
		"step without group": {func(d *schema.ConfigurationDocument) { d.Steps[2].Groups = nil }, "steps/2/groups", "needs a group"},
		"unknown group":      {func(d *schema.ConfigurationDocument) { d.Steps[0].Groups[0] = "metal" }, "steps/0/groups/0", "no group"},
		"group in no step":   {func(d *schema.ConfigurationDocument) { d.Steps[1].Groups = []string{"extras"} }, "groups/3/key", "in no step"},
		"group in two steps": {func(d *schema.ConfigurationDocument) { d.Steps[1].Groups = []string{"extras", "shelves", "wood"} }, "steps/1/groups/2", "already"},
		"step condition":     {func(d *schema.ConfigurationDocument) { d.Steps[2].When = "wood.oak |" }, "steps/2/when", ""},
		"no options":         {func(d *schema.ConfigurationDocument) { d.Groups[4].Options = nil }, "groups/4/options", "needs options"},
		"min":                {func(d *schema.ConfigurationDocument) { d.Groups[0].Min = 4 }, "groups/0/min", "from 0 to 3"},
		"max":                {func(d *schema.ConfigurationDocument) { d.Groups[0].Max = 0 }, "groups/0/max", "from 1"},
		"min above max":      {func(d *schema.ConfigurationDocument) { d.Groups[0].Min = 2 }, "groups/0/max", "leave nothing"},
		"default":            {func(d *schema.ConfigurationDocument) { d.Groups[0].Default = "ebony" }, "groups/0/default", "no option"},
		"swatch":             {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[0].Swatch = "red" }, "groups/0/options/0/swatch", "#rrggbb"},
		"currency":           {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[0].Amounts = map[string]int64{"eur": 1} }, "groups/0/options/0/amounts/eur", "no currency"},
		"amount":             {func(d *schema.ConfigurationDocument) { d.Prices[0].Amounts["EUR"] = plan.MaxAmount + 1 }, "prices/0/amounts/EUR", "is not from"},
		"negative cost":      {func(d *schema.ConfigurationDocument) { d.Parts[0].Costs["EUR"] = -1 }, "parts/0/costs/EUR", "is not from"},
		"days":               {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[0].Days = -1 }, "groups/0/options/0/days", "is not from"},
		"base days":          {func(d *schema.ConfigurationDocument) { d.BaseDays = -1 }, "baseDays", "is not from"},
		"ends before":        {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[2].ValidTo = &spring }, "groups/0/options/2/validTo", "end after"},
		"rule ends before":   {func(d *schema.ConfigurationDocument) { d.Rules[3].ValidFrom = &summer }, "rules/3/validTo", "end after"},
		"replaces":           {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[0].Replaces = []string{"fir"} }, "groups/0/options/0/replaces/0", "group.option"},
		"replaced twice": {func(d *schema.ConfigurationDocument) {
			d.Groups[0].Options[0].Replaces = []string{"wood.fir", "wood.fir"}
		}, "groups/0/options/0/replaces/1", "already"},
		"number with options":  {func(d *schema.ConfigurationDocument) { d.Groups[5].Options = []schema.Option{option("x")} }, "groups/5/options", "no options"},
		"number with default":  {func(d *schema.ConfigurationDocument) { d.Groups[5].Default = "x" }, "groups/5/default", "stands with"},
		"step 0":               {func(d *schema.ConfigurationDocument) { d.Groups[5].Number.Step = 0 }, "groups/5/number/step", "is not from"},
		"range":                {func(d *schema.ConfigurationDocument) { d.Groups[5].Number.Max = 1 }, "groups/5/number/max", "below the least"},
		"steps":                {func(d *schema.ConfigurationDocument) { d.Groups[5].Number.Max, d.Groups[5].Number.Step = 1<<40, 1 }, "groups/5/number/step", "larger step"},
		"far":                  {func(d *schema.ConfigurationDocument) { d.Groups[5].Number.Max = 1 << 60 }, "groups/5/number/max", "is not from"},
		"scale":                {func(d *schema.ConfigurationDocument) { d.Groups[5].Number.Scale = 19 }, "groups/5/number/scale", "is not from"},
		"number default":       {func(d *schema.ConfigurationDocument) { d.Groups[5].Number.Default = ref(int64(60)) }, "groups/5/number/default", "no value"},
		"of":                   {func(d *schema.ConfigurationDocument) { d.Groups[3].Number.Of = "extras.drawer" }, "groups/3/number/of", "no option"},
		"of twice":             {func(d *schema.ConfigurationDocument) { d.Groups[5].Number.Of = "extras.shelf" }, "groups/5/number/of", "quantity already"},
		"rule without text":    {func(d *schema.ConfigurationDocument) { d.Rules[1].Text = "  " }, "rules/1/text", "write something"},
		"no message":           {func(d *schema.ConfigurationDocument) { d.Rules[0].Message = nil }, "rules/0/message/en", "write something"},
		"unknown option":       {func(d *schema.ConfigurationDocument) { d.Rules[0].Text = "wood.oak ->\n !finish.oill" }, "rules/0/text", "finish.oil"},
		"long note":            {func(d *schema.ConfigurationDocument) { d.Rules[0].Note = long }, "rules/0/note", "longer"},
		"both":                 {func(d *schema.ConfigurationDocument) { d.Prices[0].BasisPoints = 10 }, "prices/0/amounts", "either"},
		"neither":              {func(d *schema.ConfigurationDocument) { d.Prices[0].Amounts = nil }, "prices/0/amounts", "either"},
		"percent of nothing":   {func(d *schema.ConfigurationDocument) { d.Prices[2].Of = []string{"metal"} }, "prices/2/of/0", "no group"},
		"percent twice":        {func(d *schema.ConfigurationDocument) { d.Prices[2].Of = []string{"base", "base"} }, "prices/2/of/1", "twice"},
		"amount of":            {func(d *schema.ConfigurationDocument) { d.Prices[0].Of = []string{"base"} }, "prices/0/of", "percentage"},
		"per":                  {func(d *schema.ConfigurationDocument) { d.Prices[1].Per = "wood" }, "prices/1/per", "no number"},
		"percent per":          {func(d *schema.ConfigurationDocument) { d.Prices[4].Per = "width" }, "prices/4/per", "Only amounts"},
		"percent":              {func(d *schema.ConfigurationDocument) { d.Prices[4].BasisPoints = 1e9 }, "prices/4/basisPoints", "is not from"},
		"quantity":             {func(d *schema.ConfigurationDocument) { d.Prices[2].FromQuantity = -1 }, "prices/2/fromQuantity", "is not from"},
		"price list":           {func(d *schema.ConfigurationDocument) { d.Prices[3].PriceLists = []string{""} }, "prices/3/priceLists/0", "no key"},
		"table as condition":   {func(d *schema.ConfigurationDocument) { d.Prices[0].When = "table(wood) { oak; }" }, "prices/0/when", "table"},
		"lead time":            {func(d *schema.ConfigurationDocument) { d.LeadTimes[0].Days = 0 }, "leadTimes/0/days", "is not from"},
		"lead time condition":  {func(d *schema.ConfigurationDocument) { d.LeadTimes[0].When = "nothing.at.all" }, "leadTimes/0/when", ""},
		"part without sku":     {func(d *schema.ConfigurationDocument) { d.Parts[0].Sku = " " }, "parts/0/sku", "write something"},
		"part quantity":        {func(d *schema.ConfigurationDocument) { d.Parts[0].Quantity = 0 }, "parts/0/quantity", "is not from"},
		"part per":             {func(d *schema.ConfigurationDocument) { d.Parts[0].Per = "height" }, "parts/0/per", "no number"},
		"golden option":        {func(d *schema.ConfigurationDocument) { d.Golden[0].Choices[0].Option = "fir" }, "golden/0/choices/0", "no option"},
		"golden number":        {func(d *schema.ConfigurationDocument) { d.Golden[0].Choices[1].Number = "2.1" }, "golden/0/choices/1", "2 m and 2.25 m"},
		"golden twice":         {func(d *schema.ConfigurationDocument) { d.Golden[0].Choices[1] = pick("wood", "oak") }, "golden/0/choices/1", "twice"},
		"too many steps":       {func(d *schema.ConfigurationDocument) { d.Steps = make([]schema.ConfigurationStep, 31) }, "steps", "at most 30"},
		"too many price rules": {func(d *schema.ConfigurationDocument) { d.Prices = make([]schema.PriceRule, 501) }, "prices", "at most 500"},
		"year": {func(d *schema.ConfigurationDocument) {
			d.Rules[3].ValidTo = ref(time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC))
		}, "", "years"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := cabinet()
			c.spoil(&doc)
			_, problems := plan.Check(doc)
			require.NotEmpty(t, problems)
			found := ""
			for _, p := range problems {
				require.NotEmpty(t, p.Text.EN)
				require.NotEmpty(t, p.Text.DE)
				if strings.Join(p.Path, "/") == c.path && strings.Contains(p.Text.EN, c.says) {
					found = p.Text.EN
				}
			}
			require.NotEmpty(t, found, "not told at %s: %v", c.path, problems)
		})
	}
}

func TestAllMistakesAreToldAtOnceAndRulesWithTheirPlace(t *testing.T) {
	doc := cabinet()
	doc.Rules[0].Text = "wood.oak ->\n !finish.oill"
	doc.Rules[2].Text = "width >"
	doc.Groups[0].Default = "ebony"
	_, problems := plan.Check(doc)
	require.Len(t, problems, 3)
	require.Equal(t, []string{"groups", "0", "default"}, problems[0].Path)
	require.Zero(t, problems[0].Line)
	require.Equal(t, []string{"rules", "0", "text"}, problems[1].Path)
	require.Equal(t, [2]int{2, 3}, [2]int{problems[1].Line, problems[1].Column})
	require.Equal(t, []string{"rules", "2", "text"}, problems[2].Path)
	refusals := problems.Refusals("input", "draft")
	require.Equal(t, []string{"input", "draft", "rules", "0", "text"}, refusals[1].Field)
	require.Contains(t, refusals[1].Text.EN, "Line 2, column 3: ")
	require.Contains(t, refusals[1].Text.DE, "Zeile 2, Spalte 3: ")
}

func TestDocumentsOfAllSortsAreToldAndNeverBreakAnything(t *testing.T) {
	full, err := json.Marshal(cabinet())
	require.NoError(t, err)
	for i := 0; i < len(full); i += 3 { // damaged at many places
		for _, with := range []byte{'0', '-', '"', 'x'} {
			broken := append([]byte(nil), full...)
			broken[i] = with
			var doc schema.ConfigurationDocument
			if json.Unmarshal(broken, &doc) != nil {
				continue
			}
			clean, problems := plan.Check(doc)
			if len(problems) > 0 {
				continue
			}
			_, err := plan.New(clean, winter)
			require.NoError(t, err, "%s", broken)
		}
	}
	_, problems := plan.Check(schema.ConfigurationDocument{})
	require.NotEmpty(t, problems)
}

func TestTimesBetweenTwoBoundariesAreOneEpoch(t *testing.T) {
	doc := cabinet()
	at := func(when time.Time) string { return plan.Epoch(doc, when) }
	require.Equal(t, "0", at(winter))
	require.Equal(t, "0", at(spring.Add(-time.Microsecond)))
	require.Equal(t, at(spring), at(summer.Add(-time.Microsecond)))
	require.Len(t, map[string]bool{at(winter): true, at(spring): true, at(summer): true}, 3)
	require.Equal(t, at(summer), at(summer.AddDate(9, 0, 0)))
}
