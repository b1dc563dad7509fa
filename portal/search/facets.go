package search

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/producttype"
	"foyer/schema"
	"foyer/schema/gid"
)

// How many entries a facet has at most.
const (
	mostEntries = 50
	mostFacets  = 40
)

// facets counts what hits can be narrowed by. The values of an attribute by which
// is filtered are counted without that filter, so that another one can be chosen.
func (s *Service) facets(ctx context.Context, f found, by Filter) (*Facets, error) {
	out := &Facets{Exact: f.exact}
	groups := map[gid.ID]int{}
	values := map[string]map[string]int{}
	tally := func(list []candidate, only string) {
		for _, c := range list {
			for e := range strings.SplitSeq(c.facets, between) {
				if e == "" {
					continue
				}
				key, value, attribute := strings.Cut(e[1:], within)
				switch {
				case e[0] != 'a' && only == "":
					groups[gid.ID(e[1:])]++
				case e[0] == 'a' && attribute && (only == "" || only == key):
					if values[key] == nil {
						values[key] = map[string]int{}
					}
					values[key][value]++
				}
			}
		}
	}
	// The hits themselves: all that were ranked.
	tally(f.hits, "")
	if f.facets {
		for _, a := range by.Attributes {
			delete(values, a.Key)
			tally(narrowed(f.basis, by.Attributes, a.Key), a.Key)
		}
	}
	for id, n := range groups {
		switch id.Prefix() {
		case gid.Category:
			out.Categories = append(out.Categories, Count{id, n})
		case gid.ProductType:
			out.Types = append(out.Types, Count{id, n})
		}
	}
	for _, list := range []*[]Count{&out.Categories, &out.Types} {
		slices.SortFunc(*list, func(a, b Count) int { return cmp.Or(b.Count-a.Count, strings.Compare(string(a.ID), string(b.ID))) })
		*list = (*list)[:min(len(*list), mostEntries)]
	}
	if len(values) == 0 {
		return out, nil
	}
	var ids []gid.ID // of the hits, then of those that another choice would show
	for _, t := range out.Types {
		ids = append(ids, t.ID)
	}
	for _, c := range f.basis {
		for e := range strings.SplitSeq(c.facets, between) {
			if id, ok := strings.CutPrefix(e, "t"); ok && !slices.Contains(ids, gid.ID(id)) && len(ids) < 2*mostEntries {
				ids = append(ids, gid.ID(id))
			}
		}
	}
	ctx = auth.WithSystem(ctx, "names of the attributes of products that the viewer has found")
	types, err := s.st.Client().ProductType.Query().Where(producttype.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(types, func(a, b *ent.ProductType) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	for _, t := range types {
		for _, d := range t.Attributes {
			// Asked again: the index may be a moment older than the definition.
			if found := values[d.Key]; found != nil && d.Facet && !d.Internal && len(out.Attributes) < mostFacets {
				out.Attributes = append(out.Attributes, facet(d, found, by))
				delete(values, d.Key)
			}
		}
	}
	return out, nil
}

func facet(d schema.AttributeDefinition, counts map[string]int, by Filter) AttributeFacet {
	out := AttributeFacet{Key: d.Key, Name: d.Name, Kind: d.Kind, Unit: d.Unit}
	chosen := map[string]bool{}
	for _, a := range by.Attributes {
		for _, v := range a.Values {
			chosen[v] = chosen[v] || a.Key == d.Key
		}
	}
	for v, n := range counts {
		out.Values = append(out.Values, ValueCount{v, n, chosen[v]})
	}
	slices.SortFunc(out.Values, func(a, b ValueCount) int {
		return cmp.Or(bit(b.Selected)-bit(a.Selected), b.Count-a.Count, strings.Compare(a.Value, b.Value))
	})
	out.Values = out.Values[:min(len(out.Values), mostEntries)]
	if d.Kind == "NUMBER" {
		slices.SortStableFunc(out.Values, func(a, b ValueCount) int { return cmp.Compare(size(a.Value), size(b.Value)) })
	}
	return out
}

func size(s string) float64 {
	n, _ := strconv.ParseFloat(s, 64)
	return n
}
