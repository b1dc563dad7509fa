package graph_test

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// bench is a world where presses are made to order, by the model of the world.
type bench struct {
	*shop
	model, version gid.ID
	product        gid.ID
	at             int // the version of the draft
}

func benches(t *testing.T, run func(b *bench)) {
	t.Helper()
	shops(t, func(s *shop) {
		b := &bench{shop: s}
		s.do(func(ctx context.Context, tx *ent.Client) error {
			p := tx.Product.Create().SetName("Press").SaveX(ctx)
			b.product = p.ID
			s.ids["PRESS"] = tx.ProductVariant.Create().SetProductID(p.ID).SetSku("PRESS").SetName("PRESS").SetPriceMinor(100_000).SetCurrency("EUR").
				SetStockPolicy(productvariant.StockPolicyUNTRACKED).SaveX(ctx).ID
			return nil
		})
		d := s.As("STAFF_ADMIN").Must(saveModel, map[string]any{"i": map[string]any{
			"productId": b.product, "variantId": s.ids["PRESS"], "document": documentInput(world.Press()),
		}})
		require.Empty(t, testkit.At(d, "saveConfigurationModel", "userErrors"), "%v", d)
		b.drafted(d)
		b.publish()
		run(b)
	})
}

const (
	saveModel = `mutation($i: SaveConfigurationModelInput!) { saveConfigurationModel(input: $i) { model { id version isChanged }
		problems { path line column message } userErrors { field code message } } }`
	publishModel = `mutation($i: PublishConfigurationModelInput!) { publishConfigurationModel(input: $i) { model { id version current { id number status } }
		findings { kind severity rules golden message } userErrors { field code message } } }`
)

func (b *bench) drafted(d map[string]any) {
	b.t.Helper()
	id, _ := testkit.At(d, "saveConfigurationModel", "model", "id").(string)
	v, _ := testkit.At(d, "saveConfigurationModel", "model", "version").(float64)
	require.NotEmpty(b.t, id, "%v", d)
	b.model, b.at = gid.ID(id), int(v)
}

// draft writes another draft.
func (b *bench) draft(change func(*schema.ConfigurationDocument)) {
	b.t.Helper()
	doc := world.Press()
	change(&doc)
	d := b.As("STAFF_ADMIN").Must(saveModel, map[string]any{"i": map[string]any{"id": b.model, "version": b.at, "document": documentInput(doc)}})
	require.Empty(b.t, testkit.At(d, "saveConfigurationModel", "userErrors"), "%v", d)
	b.drafted(d)
}

// publish publishes the draft.
func (b *bench) publish() {
	b.t.Helper()
	d := b.As("STAFF_ADMIN").Must(publishModel, map[string]any{"i": map[string]any{"id": b.model, "version": b.at, "note": "for the fair"}})
	require.Empty(b.t, testkit.At(d, "publishConfigurationModel", "userErrors"), "%v", d)
	id, _ := testkit.At(d, "publishConfigurationModel", "model", "current", "id").(string)
	v, _ := testkit.At(d, "publishConfigurationModel", "model", "version").(float64)
	b.version, b.at = gid.ID(id), int(v)
}

// revise publishes another draft and lets what is kept be looked at.
func (b *bench) revise(change func(*schema.ConfigurationDocument)) {
	b.t.Helper()
	b.draft(change)
	b.publish()
	b.Work()
}

func chosen(group, option string) map[string]any {
	return map[string]any{"group": group, "option": option}
}

func numbered(group, value string) map[string]any {
	return map[string]any{"group": group, "number": value}
}

// input is one about some choices.
func (b *bench) input(more map[string]any, choices ...any) map[string]any {
	in := map[string]any{"versionId": b.version, "choices": append([]any{}, choices...)}
	maps.Copy(in, more)
	return in
}

const stateFields = `token isConsistent isComplete choices { group option number text } remaining
	groups { key isVisible isDecided isMissing options { option status isSelected priceDelta { amount } daysDelta } number { status min max value isDefault } }
	changed { group option status isSelected } conflict { target { option } because { group option number } reasons }
	repairs { drop { group option } take { group option } choices { group option number } text priceDelta { amount } daysDelta }
	price { unit { amount currency } total { amount } lines { kind title detail amount { amount } } } leadTime { days readyOn because }`

const configure = `query($i: ConfigureInput!) { configure(input: $i) { ` + stateFields + ` } }`

func (b *bench) configure(role string, in map[string]any) map[string]any {
	b.t.Helper()
	s, _ := testkit.At(b.As(role).Must(configure, map[string]any{"i": in}), "configure").(map[string]any)
	return s
}

// option is what an option is in a state.
func option(state map[string]any, group, key string) map[string]any {
	groups, _ := state["groups"].([]any)
	for _, g := range groups {
		if testkit.At(g, "key") != group {
			continue
		}
		options, _ := testkit.At(g, "options").([]any)
		for _, o := range options {
			if testkit.At(o, "option") == key {
				m, _ := o.(map[string]any)
				return m
			}
		}
	}
	return nil
}

func inGroup(state map[string]any, group string) map[string]any {
	groups, _ := state["groups"].([]any)
	for _, g := range groups {
		if testkit.At(g, "key") == group {
			m, _ := g.(map[string]any)
			return m
		}
	}
	return nil
}

// minor is an amount in the smallest unit.
func minor(t *testing.T, amount any) int64 {
	t.Helper()
	text, _ := amount.(string)
	r, ok := new(big.Rat).SetString(text)
	require.True(t, ok, "%v", amount)
	return r.Mul(r, big.NewRat(100, 1)).Num().Int64()
}

func sums(t *testing.T, state map[string]any) int64 {
	t.Helper()
	lines, _ := testkit.At(state, "price", "lines").([]any)
	sum := int64(0)
	for _, l := range lines {
		sum += minor(t, testkit.At(l, "amount", "amount"))
	}
	require.Equal(t, minor(t, testkit.At(state, "price", "unit", "amount")), sum, "the lines add up: %v", lines)
	return sum
}

// documentInput is a document as saveConfigurationModel takes it.
func documentInput(d schema.ConfigurationDocument) map[string]any {
	return map[string]any{
		"title": texts(d.Title), "intro": texts(d.Intro), "baseDays": d.BaseDays,
		"steps": each(d.Steps, func(s schema.ConfigurationStep) map[string]any {
			return map[string]any{"key": s.Key, "title": texts(s.Title), "help": texts(s.Help), "groups": s.Groups, "when": some(s.When)}
		}),
		"groups": each(d.Groups, groupInput),
		"rules": each(d.Rules, func(r schema.ConfigurationRule) map[string]any {
			return map[string]any{"key": r.Key, "text": r.Text, "message": texts(r.Message), "internal": r.Internal, "note": some(r.Note)}
		}),
		"prices": each(d.Prices, func(p schema.PriceRule) map[string]any {
			in := map[string]any{"key": p.Key, "title": texts(p.Title), "when": some(p.When), "amounts": amounts(p.Amounts), "fromQuantity": p.FromQuantity, "priceLists": p.PriceLists}
			if p.BasisPoints != 0 {
				in["percent"] = strconv.FormatFloat(float64(p.BasisPoints)/100, 'f', 2, 64)
			}
			return in
		}),
		"leadTimes": each(d.LeadTimes, func(l schema.LeadTimeRule) map[string]any {
			return map[string]any{"key": l.Key, "title": texts(l.Title), "when": some(l.When), "days": l.Days, "added": l.Added}
		}),
		"parts": each(d.Parts, func(p schema.BillItem) map[string]any {
			return map[string]any{"sku": p.Sku, "name": some(p.Name), "quantity": p.Quantity, "when": some(p.When), "costs": amounts(p.Costs)}
		}),
		"golden": each(d.Golden, func(g schema.GoldenConfiguration) map[string]any {
			return map[string]any{"key": g.Key, "impossible": g.Impossible, "choices": each(g.Choices, func(c schema.ConfigurationChoice) map[string]any {
				return map[string]any{"group": c.Group, "option": some(c.Option), "number": some(c.Number)}
			})}
		}),
	}
}

func groupInput(g schema.OptionGroup) map[string]any {
	in := map[string]any{
		"key": g.Key, "title": texts(g.Title), "min": g.Min, "max": g.Max, "default": some(g.Default), "repairable": g.Repairable,
		"options": each(g.Options, func(o schema.Option) map[string]any {
			return map[string]any{
				"key": o.Key, "title": texts(o.Title), "sku": some(o.Sku), "amounts": amounts(o.Amounts), "costs": amounts(o.Costs), "days": o.Days, "replaces": o.Replaces,
			}
		}),
	}
	if n := g.Number; n != nil {
		in["number"] = map[string]any{
			"min": n.Min, "max": n.Max, "step": n.Step, "scale": n.Scale, "unit": some(n.Unit), "of": some(n.Of), "default": n.Default, "amounts": amounts(n.Amounts),
		}
	}
	return in
}

func each[T any](list []T, to func(T) map[string]any) []any {
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = to(x)
	}
	return out
}

func texts(m map[string]string) any {
	if len(m) == 0 {
		return nil
	}
	return map[string]any{"en": m["en"], "de": m["de"]}
}

func some(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func amounts(m map[string]int64) []any {
	var out []any
	for _, c := range slices.Sorted(maps.Keys(m)) {
		sign, v := "", m[c]
		if v < 0 {
			sign, v = "-", -v
		}
		out = append(out, map[string]any{"amount": fmt.Sprintf("%s%d.%02d", sign, v/100, v%100), "currency": c})
	}
	return out
}

// restrict shows the product to nobody but South.
func (b *bench) restrict() {
	b.t.Helper()
	b.do(func(ctx context.Context, tx *ent.Client) error {
		tx.Product.UpdateOneID(b.product).SetStatus(product.StatusDRAFT).ExecX(ctx)
		return nil
	})
}

// of is the viewer that somebody of the world without a role of their own is.
func (b *bench) of(name string) *auth.Viewer {
	b.t.Helper()
	v, err := b.Accounts.ViewerOf(b.t.Context(), b.World.Users[name].ID, membershipOf(b.t, b.Foyer, name))
	require.NoError(b.t, err)
	return v
}
