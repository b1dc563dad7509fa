package graph

import (
	"maps"
	"math/big"
	"slices"

	"foyer/graph/model"
	"foyer/portal/configurations"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/money"
)

// written reads a document as it is sent. What cannot be read as an amount or a
// percentage is noted with its place.
type written struct{ err error }

func textsOf(t *model.GuideTextInput) map[string]string {
	if t == nil {
		return nil
	}
	return map[string]string{schema.English.Code(): t.En, schema.German.Code(): t.De}
}

func plain(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (w *written) wrong(field string) {
	if w.err == nil {
		w.err = problem.Refuse(configurations.Invalid, problem.Text{
			EN: "This is no amount of a currency that there is, or it has too many decimals.",
			DE: "Das ist kein Betrag in einer bekannten Währung, oder er hat zu viele Nachkommastellen.",
		}, "input", "document", field)
	}
}

func (w *written) amounts(list []*model.MoneyInput, field string) map[string]int64 {
	if len(list) == 0 {
		return nil
	}
	out := map[string]int64{}
	for _, m := range list {
		x, err := money.Parse(string(m.Amount), m.Currency)
		if _, twice := out[m.Currency]; err != nil || twice {
			w.wrong(field)
			continue
		}
		out[m.Currency] = x.Minor
	}
	return out
}

func (w *written) percent(d *money.Decimal, field string) int {
	if d == nil {
		return 0
	}
	r, err := money.Rat(string(*d))
	if err != nil {
		w.wrong(field)
		return 0
	}
	r.Mul(r, big.NewRat(100, 1))
	if !r.IsInt() || !r.Num().IsInt64() || r.Num().Int64() != int64(int32(r.Num().Int64())) { //nolint:gosec // that is what is looked at
		w.wrong(field)
		return 0
	}
	return int(r.Num().Int64())
}

// configurationDocument reads a document as it is sent; nothing where none is.
func readDocument(in *model.ConfigurationDocumentInput) (*schema.ConfigurationDocument, error) {
	if in == nil {
		return nil, nil //nolint:nilnil // it stays as it is
	}
	w := &written{}
	doc := &schema.ConfigurationDocument{
		Title: textsOf(in.Title), Intro: textsOf(in.Intro), BaseDays: in.BaseDays,
		Steps: mapped(in.Steps, func(s *model.DocumentStepInput) schema.ConfigurationStep {
			return schema.ConfigurationStep{Key: s.Key, Title: textsOf(s.Title), Help: textsOf(s.Help), Groups: s.Groups, When: plain(s.When)}
		}),
		Groups: mapped(in.Groups, w.group),
		Rules: mapped(in.Rules, func(r *model.DocumentRuleInput) schema.ConfigurationRule {
			return schema.ConfigurationRule{
				Key: r.Key, Text: r.Text, Message: textsOf(r.Message), Internal: r.Internal, Note: plain(r.Note), ValidFrom: r.ValidFrom, ValidTo: r.ValidTo,
			}
		}),
		Prices: mapped(in.Prices, func(p *model.DocumentPriceRuleInput) schema.PriceRule {
			return schema.PriceRule{
				Key: p.Key, Title: textsOf(p.Title), When: plain(p.When), Amounts: w.amounts(p.Amounts, "prices"), Per: plain(p.Per),
				BasisPoints: w.percent(p.Percent, "prices"), Of: p.Of, FromQuantity: p.FromQuantity, PriceLists: p.PriceLists,
			}
		}),
		LeadTimes: mapped(in.LeadTimes, func(l *model.DocumentLeadTimeInput) schema.LeadTimeRule {
			return schema.LeadTimeRule{Key: l.Key, Title: textsOf(l.Title), When: plain(l.When), Days: l.Days, Added: l.Added}
		}),
		Parts: mapped(in.Parts, func(p *model.DocumentPartInput) schema.BillItem {
			return schema.BillItem{
				Sku: p.Sku, Name: plain(p.Name), Quantity: p.Quantity, Per: plain(p.Per), When: plain(p.When), Costs: w.amounts(p.Costs, "parts"),
			}
		}),
		Golden: mapped(in.Golden, func(g *model.DocumentGoldenInput) schema.GoldenConfiguration {
			return schema.GoldenConfiguration{Key: g.Key, Choices: choicesOf(g.Choices), Impossible: g.Impossible}
		}),
	}
	return doc, w.err
}

func (w *written) group(g *model.DocumentGroupInput) schema.OptionGroup {
	out := schema.OptionGroup{
		Key: g.Key, Title: textsOf(g.Title), Help: textsOf(g.Help), Min: g.Min, Max: g.Max, Default: plain(g.Default), Repairable: g.Repairable,
		Options: mapped(g.Options, func(o *model.DocumentOptionInput) schema.Option {
			return schema.Option{
				Key: o.Key, Title: textsOf(o.Title), Help: textsOf(o.Help), Swatch: plain(o.Swatch), Sku: plain(o.Sku),
				Amounts: w.amounts(o.Amounts, "groups"), Costs: w.amounts(o.Costs, "groups"), Days: o.Days,
				ValidFrom: o.ValidFrom, ValidTo: o.ValidTo, Replaces: o.Replaces,
			}
		}),
	}
	if n := g.Number; n != nil {
		out.Number = &schema.NumberAsked{
			Min: int64(n.Min), Max: int64(n.Max), Step: int64(n.Step), Scale: uint8(min(max(n.Scale, 0), 200)), //nolint:gosec // bounded
			Unit: plain(n.Unit), Of: plain(n.Of), Amounts: w.amounts(n.Amounts, "groups"),
		}
		if n.Default != nil {
			out.Number.Default = new(int64(*n.Default))
		}
	}
	return out
}

// configurationDocument is a document as it is written.
func configurationDocument(d *schema.ConfigurationDocument, by described) *model.ConfigurationDocument {
	return &model.ConfigurationDocument{
		Title: guideText(d.Title), Intro: guideText(d.Intro), BaseDays: d.BaseDays,
		Steps: mapped(d.Steps, func(s schema.ConfigurationStep) *model.DocumentStep {
			return &model.DocumentStep{Key: s.Key, Title: guideText(s.Title), Help: guideText(s.Help), Groups: s.Groups, When: filled(s.When)}
		}),
		Groups: mapped(d.Groups, documentGroup),
		Rules: mapped(d.Rules, func(r schema.ConfigurationRule) *model.DocumentRule {
			return &model.DocumentRule{
				Key: r.Key, Text: r.Text, Message: guideText(r.Message), Internal: r.Internal, Note: filled(r.Note), ValidFrom: r.ValidFrom, ValidTo: r.ValidTo,
			}
		}),
		Prices: mapped(d.Prices, func(p schema.PriceRule) *model.DocumentPriceRule {
			out := &model.DocumentPriceRule{
				Key: p.Key, Title: guideText(p.Title), When: filled(p.When), Amounts: amountsOf(p.Amounts), Per: filled(p.Per),
				Of: atLeastNone(p.Of), FromQuantity: p.FromQuantity, PriceLists: atLeastNone(p.PriceLists),
			}
			if p.BasisPoints != 0 {
				out.Percent = new(percent(p.BasisPoints))
			}
			return out
		}),
		LeadTimes: mapped(d.LeadTimes, func(l schema.LeadTimeRule) *model.DocumentLeadTime {
			return &model.DocumentLeadTime{Key: l.Key, Title: guideText(l.Title), When: filled(l.When), Days: l.Days, Added: l.Added}
		}),
		Parts: mapped(d.Parts, func(p schema.BillItem) *model.DocumentPart {
			return &model.DocumentPart{
				Sku: p.Sku, Name: filled(p.Name), Quantity: p.Quantity, Per: filled(p.Per), When: filled(p.When), Costs: amountsOf(p.Costs),
			}
		}),
		Golden: mapped(d.Golden, func(g schema.GoldenConfiguration) *model.DocumentGolden {
			return &model.DocumentGolden{Key: g.Key, Impossible: g.Impossible, Choices: mapped(g.Choices, func(c schema.ConfigurationChoice) *model.Choice {
				out := &model.Choice{Group: c.Group, Option: filled(c.Option), Absent: c.Absent, Negate: c.Negate, Text: by.Describe(c, schema.English)}
				if c.Number != "" {
					out.Number = new(money.Decimal(c.Number))
				}
				return out
			})}
		}),
	}
}

func documentGroup(g schema.OptionGroup) *model.DocumentGroup {
	out := &model.DocumentGroup{
		Key: g.Key, Title: guideText(g.Title), Help: guideText(g.Help), Min: g.Min, Max: g.Max, Default: filled(g.Default), Repairable: g.Repairable,
		Options: mapped(g.Options, func(o schema.Option) *model.DocumentOption {
			return &model.DocumentOption{
				Key: o.Key, Title: guideText(o.Title), Help: guideText(o.Help), Swatch: filled(o.Swatch), Sku: filled(o.Sku),
				Amounts: amountsOf(o.Amounts), Costs: amountsOf(o.Costs), Days: o.Days, ValidFrom: o.ValidFrom, ValidTo: o.ValidTo, Replaces: atLeastNone(o.Replaces),
			}
		}),
	}
	if n := g.Number; n != nil {
		out.Number = &model.DocumentNumber{
			Min: int(n.Min), Max: int(n.Max), Step: int(n.Step), Scale: int(n.Scale), Unit: filled(n.Unit), Of: filled(n.Of), Amounts: amountsOf(n.Amounts),
		}
		if n.Default != nil {
			out.Number.Default = new(int(*n.Default))
		}
	}
	return out
}

// atLeastNone is a list that the API shows as one, also when it is empty.
func atLeastNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func amountsOf(m map[string]int64) []*money.Money {
	list := []*money.Money{}
	for _, c := range slices.Sorted(maps.Keys(m)) {
		list = append(list, &money.Money{Minor: m[c], Currency: c})
	}
	return list
}
