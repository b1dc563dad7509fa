package graph

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"foyer/ent"
	"foyer/ent/predicate"
	"foyer/ent/producttype"
	"foyer/ent/productvariant"
	"foyer/ent/searchmiss"
	"foyer/graph/model"
	"foyer/portal/problem"
	"foyer/portal/search"
	"foyer/schema/gid"
)

// commonMisses is how searches without hits are sorted when nobody says.
var commonMisses = &ent.SearchMissOrder{Direction: ent.OrderDirection("DESC"), Field: ent.SearchMissOrderFieldCount}

// searchQuestion reads what is searched for; what it costs is bounded there.
func searchQuestion(ctx context.Context, query string, f *model.SearchFilter, first *int, after *string) (search.Question, error) {
	q := search.Question{Query: query, After: said(after)}
	first, _, err := page(first, nil)
	if err != nil {
		return q, err
	}
	q.First = *first
	for _, field := range graphql.CollectFieldsCtx(ctx, nil) {
		q.Facets = q.Facets || field.Name == "facets"
	}
	if f == nil {
		return q, nil
	}
	if f.CategoryID != nil {
		q.Filter.CategoryID = *f.CategoryID
	}
	if f.TypeID != nil {
		q.Filter.TypeID = *f.TypeID
	}
	for _, a := range f.Attributes {
		q.Filter.Attributes = append(q.Filter.Attributes, search.AttributeFilter(*a))
	}
	return q, nil
}

// searchResult shows what was found; the records of all hits are loaded together.
func searchResult(ctx context.Context) func(*search.Result, error) (*model.SearchResult, error) {
	return func(found *search.Result, err error) (*model.SearchResult, error) {
		if err != nil {
			return nil, err
		}
		out := &model.SearchResult{
			Hits: []*model.SearchHit{}, TotalCount: found.Total, TotalExact: found.Exact,
			Corrected: filled(found.Corrected), Found: found,
			PageInfo: &model.SearchPageInfo{HasNextPage: found.More, EndCursor: filled(found.End)},
			Facets:   searchFacets(ctx, found.Facets),
		}
		if a := found.Answer; a != nil {
			out.Answer = &model.SearchAnswer{Text: filled(a.Text), Synonym: filled(a.Synonym), ProductIDs: a.Products}
		}
		var variants []gid.ID
		for _, h := range found.Hits {
			variants = append(variants, h.VariantIDs...)
			out.Hits = append(out.Hits, &model.SearchHit{
				ProductID: h.ProductID, VariantIDs: h.VariantIDs, Score: h.Score, AllVariants: &variants, Highlights: highlights(h.Highlights),
			})
		}
		sideBySide(ctx, out.Hits, func(h *model.SearchHit) gid.ID { return h.ProductID })
		return out, nil
	}
}

func highlights(list []search.Highlight) []*model.SearchHighlight {
	out := make([]*model.SearchHighlight, len(list))
	for i, h := range list {
		out[i] = &model.SearchHighlight{Field: model.SearchField(h.Field), Parts: make([]*model.SearchTextPart, len(h.Parts))}
		for j, p := range h.Parts {
			out[i].Parts[j] = &model.SearchTextPart{Text: p.Text, Match: p.Match}
		}
	}
	return out
}

func searchFacets(ctx context.Context, f *search.Facets) *model.SearchFacets {
	out := &model.SearchFacets{
		Categories: []*model.SearchCategoryFacet{}, Types: []*model.SearchTypeFacet{}, Attributes: []*model.SearchAttributeFacet{}, Exact: true,
	}
	if f == nil {
		return out
	}
	out.Exact = f.Exact
	for _, c := range f.Categories {
		out.Categories = append(out.Categories, &model.SearchCategoryFacet{CategoryID: c.ID, Count: c.Count})
	}
	for _, c := range f.Types {
		out.Types = append(out.Types, &model.SearchTypeFacet{TypeID: c.ID, Count: c.Count})
	}
	for _, a := range f.Attributes {
		facet := &model.SearchAttributeFacet{Key: a.Key, Name: a.Name, Kind: model.AttributeKind(a.Kind), Unit: filled(a.Unit)}
		for _, v := range a.Values {
			facet.Values = append(facet.Values, &model.SearchAttributeValue{Value: v.Value, Count: v.Count, Selected: v.Selected})
		}
		out.Attributes = append(out.Attributes, facet)
	}
	sideBySide(ctx, out.Categories, func(c *model.SearchCategoryFacet) gid.ID { return c.CategoryID })
	sideBySide(ctx, out.Types, func(c *model.SearchTypeFacet) gid.ID { return c.TypeID })
	return out
}

// How many suggestions there are: when nobody says, and at most.
const (
	suggestionsDefault = 8
	suggestionsMax     = 20
)

func suggestionCount(first *int) (int, error) {
	switch {
	case first == nil:
		return suggestionsDefault, nil
	case *first < 0 || *first > suggestionsMax:
		return 0, problem.Input("Ask for 0 to 20 suggestions.", "Fragen Sie nach 0 bis 20 Vorschlägen.")
	}
	return *first, nil
}

func suggestions(ctx context.Context) func([]search.Suggestion, error) ([]*model.SearchSuggestion, error) {
	return func(list []search.Suggestion, err error) ([]*model.SearchSuggestion, error) {
		out := make([]*model.SearchSuggestion, len(list))
		for i, x := range list {
			out[i] = &model.SearchSuggestion{Text: x.Text, ProductID: x.ProductID}
		}
		sideBySide(ctx, out, func(x *model.SearchSuggestion) gid.ID { return x.ProductID })
		return out, err
	}
}

// missFilter reads which searches without hits are asked for.
func missFilter(f *model.SearchMissFilter) (where []predicate.SearchMiss, err error) {
	if f == nil {
		return nil, nil
	}
	text, err := searched(f.Search)
	if err != nil {
		return nil, err
	}
	if len(f.Status) > 0 {
		where = append(where, searchmiss.StatusIn(f.Status...))
	}
	for _, word := range strings.Fields(search.Term(text)) {
		where = append(where, searchmiss.TermContains(word))
	}
	return where, nil
}

func missDecision(in model.DecideSearchMissInput) search.Decision {
	return search.Decision{
		SearchMissID: in.SearchMissID, Version: in.Version, Decision: string(in.Decision), ProductIDs: in.ProductIds,
		Synonym: said(in.Synonym), TextEnglish: said(in.TextEnglish), TextGerman: said(in.TextGerman),
	}
}

func searchErrors(ctx context.Context, err error) ([]*model.SearchUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.SearchUserError {
		return &model.SearchUserError{Field: field, Code: model.SearchErrorCode(code), Message: message}
	})
}

func followPayload(ctx context.Context, followed bool, err error) (*model.FollowSearchPayload, error) {
	refused, err := searchErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.FollowSearchPayload{Followed: followed, UserErrors: refused}, nil
}

// missPayload tells of a decision; its resolver loads the search again.
func missPayload(ctx context.Context, id gid.ID, err error) (*model.SearchMissPayload, error) {
	refused, err := searchErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SearchMissPayload{SearchMissID: id, UserErrors: refused}, nil
}

// asNeighbours lets the searches of a page load what belongs to them together.
func asNeighbours(ctx context.Context) func(*ent.SearchMissConnection, error) (*ent.SearchMissConnection, error) {
	return func(c *ent.SearchMissConnection, err error) (*ent.SearchMissConnection, error) {
		if err != nil {
			return nil, err
		}
		rows := make([]*ent.SearchMiss, len(c.Edges))
		for i, e := range c.Edges {
			rows[i] = e.Node
		}
		sideBySide(ctx, rows, func(x *ent.SearchMiss) gid.ID { return x.ID })
		return c, nil
	}
}

// listed is a list that several rows have each their own of; never nil.
func listed[T any](list *[]T, err error) ([]T, error) {
	if list == nil || *list == nil {
		return []T{}, err
	}
	return *list, err
}

// productsInOrder are those of some products that the viewer sees.
func (r *Resolver) productsInOrder(ctx context.Context, ids []gid.ID) ([]*ent.Product, error) {
	list := []*ent.Product{}
	if len(ids) == 0 {
		return list, nil
	}
	found, err := r.productsByID(ctx, ids)
	for _, id := range ids {
		if found[id] != nil {
			list = append(list, found[id])
		}
	}
	return list, err
}

func (r *Resolver) typesByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.ProductType, error) {
	q, err := r.Store.Client().ProductType.Query().Where(producttype.IDIn(ids...)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	list, err := q.All(ctx)
	found := make(map[gid.ID]*ent.ProductType, len(list))
	for _, x := range list {
		found[x.ID] = x
	}
	return found, err
}

// variantsOf are a hit's own variants of those of all hits, which are loaded
// together.
func (r *Resolver) variantsOf(ctx context.Context, hit *model.SearchHit) ([]*ent.ProductVariant, error) {
	all, err := listed(beside(ctx, hit, hit.ProductID, func(ctx context.Context, products []gid.ID) (map[gid.ID]*[]*ent.ProductVariant, error) {
		var list []*ent.ProductVariant
		if len(*hit.AllVariants) > 0 {
			q, err := r.Store.Client().ProductVariant.Query().Where(productvariant.IDIn(*hit.AllVariants...)).
				Order(productvariant.BySku()).CollectFields(ctx)
			if err != nil {
				return nil, err
			}
			if list, err = q.All(ctx); err != nil {
				return nil, err
			}
		}
		found := map[gid.ID]*[]*ent.ProductVariant{}
		for _, id := range products {
			found[id] = &list
		}
		return found, nil
	}))
	mine := []*ent.ProductVariant{}
	for _, x := range all {
		if slices.Contains(hit.VariantIDs, x.ID) {
			mine = append(mine, x)
		}
	}
	return mine, err
}

// missFilters are the filters of searches without hits, as the API shows them.
func (r *Resolver) missFilters(ctx context.Context, ids []gid.ID) (map[gid.ID]*[]*model.SearchMissFilterUse, error) {
	all, err := r.Searching.FiltersOf(ctx, ids)
	found := map[gid.ID]*[]*model.SearchMissFilterUse{}
	var rows []*model.SearchMissFilterUse
	for id, uses := range all {
		list := make([]*model.SearchMissFilterUse, len(uses))
		for i, u := range uses {
			list[i] = &model.SearchMissFilterUse{CategoryID: u.Filter.CategoryID, TypeID: u.Filter.TypeID, Attributes: []string{}, Count: u.Count}
			for _, a := range u.Filter.Attributes {
				list[i].Attributes = append(list[i].Attributes, a.Key+": "+strings.Join(a.Values, ", "))
			}
		}
		found[id] = &list
		rows = append(rows, list...)
	}
	sideBySide(ctx, rows, func(u *model.SearchMissFilterUse) gid.ID { return u.CategoryID },
		func(u *model.SearchMissFilterUse) gid.ID { return u.TypeID })
	return found, err
}

// missFollowers are those who wait for an answer, as the API shows them.
func (r *Resolver) missFollowers(ctx context.Context, ids []gid.ID) (map[gid.ID]*[]*model.SearchMissFollower, error) {
	all, err := r.Searching.FollowersOf(ctx, ids)
	found := map[gid.ID]*[]*model.SearchMissFollower{}
	var rows []*model.SearchMissFollower
	for id, followers := range all {
		list := make([]*model.SearchMissFollower, len(followers))
		for i, x := range followers {
			list[i] = &model.SearchMissFollower{UserID: x.UserID, Since: x.Since}
		}
		found[id] = &list
		rows = append(rows, list...)
	}
	sideBySide(ctx, rows, func(x *model.SearchMissFollower) gid.ID { return x.UserID })
	return found, err
}

// missProducts are the products that answer searches.
func (r *Resolver) missProducts(ctx context.Context, ids []gid.ID) (map[gid.ID]*[]*ent.Product, error) {
	misses, err := r.Store.Client().SearchMiss.Query().Where(searchmiss.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	var wanted []gid.ID
	for _, m := range misses {
		for _, id := range m.AnswerData.Products {
			wanted = append(wanted, gid.ID(id))
		}
	}
	found := map[gid.ID]*[]*ent.Product{}
	if len(wanted) == 0 {
		return found, nil
	}
	all, err := r.productsByID(ctx, wanted)
	for _, m := range misses {
		list := []*ent.Product{}
		for _, id := range m.AnswerData.Products {
			if p := all[gid.ID(id)]; p != nil {
				list = append(list, p)
			}
		}
		found[m.ID] = &list
	}
	return found, err
}
