package graph

import (
	"context"
	"strconv"

	"entgo.io/contrib/entgql"

	"foyer/ent"
	"foyer/ent/predicate"
	"foyer/ent/pricelist"
	"foyer/graph/model"
	"foyer/portal/prices"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// newestLists is how price lists are sorted.
var newestLists = &ent.PriceListOrder{Direction: ent.OrderDirection("DESC"), Field: ent.DefaultPriceListOrder.Field}

// priceListFilter reads which price lists are asked for.
func priceListFilter(f *model.PriceListFilter) (where []predicate.PriceList, err error) {
	if f == nil {
		return nil, nil
	}
	text, err := searched(f.Search)
	if err != nil {
		return nil, err
	}
	if text != "" {
		where = append(where, pricelist.Or(
			beginsFold[predicate.PriceList](pricelist.FieldKey, text), beginsFold[predicate.PriceList](pricelist.FieldName, text)))
	}
	if f.Status != nil {
		where = append(where, pricelist.StatusIn(f.Status...))
	}
	if f.Currency != nil {
		where = append(where, pricelist.Currency(*f.Currency))
	}
	for _, audience := range []*gid.ID{f.OrganizationID, f.SegmentID} {
		if audience != nil {
			where = append(where, prices.AssignedTo(*audience))
		}
	}
	return where, nil
}

func priceErrors(ctx context.Context, err error) ([]*model.PriceUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.PriceUserError {
		return &model.PriceUserError{Field: field, Code: model.PriceErrorCode(code), Message: message}
	})
}

// priceListPayload tells of a mutation on a price list; its resolver loads the list
// again.
func priceListPayload(ctx context.Context, id gid.ID, err error) (*model.PriceListPayload, error) {
	refused, err := priceErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.PriceListPayload{PriceListID: id, UserErrors: refused}, nil
}

func ruleTablePayload(ctx context.Context, id gid.ID, err error) (*model.RuleTablePayload, error) {
	refused, err := priceErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.RuleTablePayload{RuleTableID: id, UserErrors: refused}, nil
}

// assignments reads for whom a list is to be.
func assignments(list []*model.PriceListAssignmentInput) []prices.Assignment {
	out := make([]prices.Assignment, len(list))
	for i, a := range list {
		out[i] = prices.Assignment{OrganizationID: given(a.OrganizationID), SegmentID: given(a.SegmentID), Priority: a.Priority}
	}
	return out
}

// given is an id that may be missing.
func given(id *gid.ID) gid.ID {
	if id == nil {
		return ""
	}
	return *id
}

// assigned is for whom a list is; the customers of all lists of a page are looked
// up together.
func assigned(ctx context.Context, f *prices.ListFacts) []*prices.Assignment {
	f.Meet.Do(func() {
		sideBySide(ctx, f.Beside, func(a *prices.Assignment) gid.ID { return a.OrganizationID + a.SegmentID })
	})
	return f.Assignments
}

// priceRows reads the prices to set.
func priceRows(list []*model.PriceInput) []prices.Row {
	out := make([]prices.Row, len(list))
	for i, p := range list {
		out[i] = prices.Row{Sku: p.Sku, VariantID: p.VariantID, From: p.MinimumQuantity, Unit: p.UnitPrice}
	}
	return out
}

func tiers(list []prices.Tier, currency string) []*model.PriceTier {
	out := make([]*model.PriceTier, len(list))
	for i, t := range list {
		out[i] = &model.PriceTier{MinimumQuantity: t.From, UnitPrice: &money.Money{Minor: t.UnitMinor, Currency: currency}}
	}
	return out
}

func listedPrice(l prices.Listed) *model.ListedPrice {
	return &model.ListedPrice{PriceList: l.List, Sku: l.Sku, VariantID: l.VariantID, Tiers: tiers(l.Tiers, l.List.Currency)}
}

// listedPage loads a page of the prices of a list, and one more to see whether
// there is a next.
func (r *Resolver) listedPage(ctx context.Context, l *ent.PriceList, search *string, after *entgql.Cursor[gid.ID], n int) (*model.ListedPriceConnection, error) {
	text, err := searched(search)
	if err != nil {
		return nil, err
	}
	from := ""
	if after != nil {
		from = string(after.ID)
	}
	list, err := r.Prices.Page(ctx, l, text, from, n+1)
	if err != nil {
		return nil, err
	}
	c := &model.ListedPriceConnection{Edges: []*model.ListedPriceEdge{}, PageInfo: &entgql.PageInfo[gid.ID]{HasPreviousPage: after != nil}}
	if len(list) > n {
		list, c.PageInfo.HasNextPage = list[:n], true
	}
	rows := make([]*model.ListedPrice, len(list))
	for i, x := range list {
		rows[i] = listedPrice(x)
		c.Edges = append(c.Edges, &model.ListedPriceEdge{Node: rows[i], Cursor: entgql.Cursor[gid.ID]{ID: gid.ID(x.Sku)}})
	}
	sideBySide(ctx, rows, func(x *model.ListedPrice) gid.ID { return x.VariantID })
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[len(c.Edges)-1].Cursor
	}
	return c, nil
}

// howMany is how many are asked for; one when nobody says, also by null.
func howMany(n *int) int {
	if n == nil {
		return 1
	}
	return *n
}

// foundPrice is a price as the API shows it; nothing where there is none.
func foundPrice(p prices.Price, err error) (*money.Money, error) {
	if err != nil || !p.Found {
		return nil, err
	}
	return &p.Unit, nil
}

// priceExplanation is an explanation in the viewer's language.
func priceExplanation(ctx context.Context, e *prices.Explanation) *model.PriceExplanation {
	if e == nil {
		return nil
	}
	c := e.Cause
	out := &model.PriceExplanation{
		UnitPrice: &e.Unit, ListName: filled(c.ListName), MinimumQuantity: c.TierFrom, ValidFrom: e.From, ValidTo: e.To,
		Alternatives: []*model.PriceAlternative{}, DiscountReason: filled(c.DiscountName), TaxName: filled(c.TaxName),
		IsReverseCharge: c.TaxReverse, Text: e.Text.In(language(ctx)),
	}
	if c.Discount > 0 {
		out.DiscountPercent = new(percent(c.Discount))
	}
	if e.Next != nil {
		out.NextTier = tiers([]prices.Tier{*e.Next}, e.Unit.Currency)[0]
	}
	for _, a := range e.Alternatives {
		x := &model.PriceAlternative{
			ListName: filled(a.ListName), MinimumQuantity: &a.Tier.From,
			Reason: model.PriceAlternativeReason(a.Reason), Text: a.Text.In(language(ctx)),
		}
		if a.Reason != prices.QuantityTooSmall {
			x.UnitPrice = &money.Money{Minor: a.Tier.UnitMinor, Currency: a.Currency}
		}
		out.Alternatives = append(out.Alternatives, x)
	}
	return out
}

// orderTaxes are the taxes of an order; nothing of one that was not calculated here.
func orderTaxes(o *ent.Order) []*model.OrderTax {
	c := o.Calculation
	if c.Taxes == nil && c.TaxTable == 0 {
		return nil
	}
	return taxAmounts(c.Taxes, o.Currency)
}

// taxAmounts are taxes as the API shows them.
func taxAmounts(list []schema.TaxAmount, currency string) []*model.OrderTax {
	out := make([]*model.OrderTax, len(list))
	for i, t := range list {
		out[i] = &model.OrderTax{
			Name: filled(t.Name), Percent: percent(t.BasisPoints),
			Net: &money.Money{Minor: t.NetMinor, Currency: currency}, Tax: &money.Money{Minor: t.TaxMinor, Currency: currency},
		}
	}
	return out
}

// ruleReader reads rules as people type them, up to the first that cannot be read.
type ruleReader struct {
	list string
	at   int
	err  error
}

func (r *ruleReader) fail(t *problem.Text, field string) {
	if t != nil && r.err == nil {
		r.err = problem.Refuse(prices.Invalid, *t, "input", r.list, strconv.Itoa(r.at), field)
	}
}

func (r *ruleReader) percent(d *money.Decimal, field string) int {
	if d == nil {
		return 0
	}
	n, wrong := prices.BasisPoints(*d)
	r.fail(wrong, field)
	return n
}

func (r *ruleReader) amount(d *money.Decimal, currency, field string) *int64 {
	if d == nil {
		return nil
	}
	n, wrong := prices.Amount(*d, currency)
	r.fail(wrong, field)
	return &n
}

func plainly(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

func wide(n *int) *int64 {
	if n == nil {
		return nil
	}
	return new(int64(*n))
}

func narrow(n *int64) *int {
	if n == nil {
		return nil
	}
	return new(int(*n))
}

// ruleTable reads a version of rules.
func ruleTable(in model.SaveRuleTableInput) (prices.SaveTable, error) {
	out := prices.SaveTable{Kind: in.Kind, BasedOn: in.BasedOn, Note: said(in.Note)}
	r := &ruleReader{list: "taxRules"}
	if in.TaxRules != nil {
		out.Doc.Tax = &schema.TaxRules{Origin: said(in.OriginCountry), Rules: []schema.TaxRule{}}
		for i, x := range in.TaxRules {
			r.at = i
			out.Doc.Tax.Rules = append(out.Doc.Tax.Rules, schema.TaxRule{
				Key: x.Key, Name: x.Name, Countries: x.Countries, Regions: x.Regions, Categories: x.Categories, Business: x.IsBusiness,
				BasisPoints: r.percent(&x.Percent, "percent"), ReverseCharge: x.IsReverseCharge, ValidFrom: x.ValidFrom, ValidTo: x.ValidTo,
			})
		}
	}
	if r.list = "shippingRules"; in.ShippingRules != nil {
		out.Doc.Shipping = []schema.ShippingRule{}
		for i, x := range in.ShippingRules {
			r.at = i
			out.Doc.Shipping = append(out.Doc.Shipping, schema.ShippingRule{
				Key: x.Key, Name: x.Name, Description: said(x.Description), Countries: x.Countries,
				MinGrams: wide(x.MinimumGrams), MaxGrams: wide(x.MaximumGrams), MinMinor: r.amount(x.MinimumValue, x.Currency, "minimumValue"),
				Currency: x.Currency, PriceMinor: plainly(r.amount(&x.Price, x.Currency, "price")),
				PerKiloMinor: plainly(r.amount(x.PricePerKilogram, x.Currency, "pricePerKilogram")),
				FreeFrom:     r.amount(x.FreeFrom, x.Currency, "freeFrom"), Days: x.Days, Carrier: said(x.Carrier),
			})
		}
	}
	if r.list = "discountRules"; in.DiscountRules != nil {
		out.Doc.Discounts = []schema.DiscountRule{}
		for i, x := range in.DiscountRules {
			r.at = i
			d := schema.DiscountRule{
				Key: x.Key, Name: x.Name, On: string(x.On), BasisPoints: r.percent(x.Percent, "percent"), Currency: said(x.Currency),
				Categories: texts(x.CategoryIds), Products: texts(x.ProductIds), Organizations: texts(x.OrganizationIds), Segments: texts(x.SegmentIds),
				ValidFrom: x.ValidFrom, ValidTo: x.ValidTo,
			}
			d.AmountMinor = plainly(r.amount(x.Amount, d.Currency, "amount"))
			d.MinMinor = plainly(r.amount(x.MinimumValue, d.Currency, "minimumValue"))
			if x.MinimumQuantity != nil {
				d.MinQuantity = *x.MinimumQuantity
			}
			out.Doc.Discounts = append(out.Doc.Discounts, d)
		}
	}
	return out, r.err
}

func texts(ids []gid.ID) []string {
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return out
}

func gids(texts []string) []gid.ID {
	out := []gid.ID{}
	for _, t := range texts {
		out = append(out, gid.ID(t))
	}
	return out
}

func taxRules(t *schema.TaxRules) []*model.TaxRule {
	if t == nil {
		return nil
	}
	out := []*model.TaxRule{}
	for _, r := range t.Rules {
		out = append(out, &model.TaxRule{
			Key: r.Key, Name: r.Name, Countries: r.Countries, Regions: r.Regions, Categories: r.Categories, IsBusiness: r.Business,
			Percent: percent(r.BasisPoints), IsReverseCharge: r.ReverseCharge, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo,
		})
	}
	return out
}

func shippingRules(list []schema.ShippingRule) []*model.ShippingRule {
	if list == nil {
		return nil
	}
	out := []*model.ShippingRule{}
	for _, r := range list {
		amount := func(n *int64) *money.Money {
			if n == nil {
				return nil
			}
			return &money.Money{Minor: *n, Currency: r.Currency}
		}
		out = append(out, &model.ShippingRule{
			Key: r.Key, Name: r.Name, Description: filled(r.Description), Countries: r.Countries,
			MinimumGrams: narrow(r.MinGrams), MaximumGrams: narrow(r.MaxGrams), MinimumValue: amount(r.MinMinor),
			Price: amount(&r.PriceMinor), PricePerKilogram: amount(&r.PerKiloMinor), FreeFrom: amount(r.FreeFrom),
			Days: r.Days, Carrier: filled(r.Carrier),
		})
	}
	return out
}

func discountRules(list []schema.DiscountRule) []*model.DiscountRule {
	if list == nil {
		return nil
	}
	out := []*model.DiscountRule{}
	for _, r := range list {
		amount := func(n int64) *money.Money {
			if n == 0 {
				return nil
			}
			return &money.Money{Minor: n, Currency: r.Currency}
		}
		x := &model.DiscountRule{
			Key: r.Key, Name: r.Name, On: model.DiscountOn(r.On), Amount: amount(r.AmountMinor), MinimumValue: amount(r.MinMinor),
			CategoryIds: gids(r.Categories), ProductIds: gids(r.Products), OrganizationIds: gids(r.Organizations), SegmentIds: gids(r.Segments),
			ValidFrom: r.ValidFrom, ValidTo: r.ValidTo,
		}
		if r.BasisPoints > 0 {
			x.Percent = new(percent(r.BasisPoints))
		}
		if r.MinQuantity > 0 {
			x.MinimumQuantity = &r.MinQuantity
		}
		out = append(out, x)
	}
	return out
}

// askQuote reads who would buy what.
func askQuote(in model.QuoteInput) prices.AskQuote {
	out := prices.AskQuote{OrganizationID: given(in.OrganizationID), Country: said(in.Country), Region: said(in.Region), ShippingMethod: said(in.ShippingMethod)}
	for _, l := range in.Lines {
		out.Lines = append(out.Lines, prices.QuoteItem(*l))
	}
	return out
}

// quote is what a customer would pay, as the API shows it.
func quote(ctx context.Context, q *prices.Quote) *model.Quote {
	c := q.Calculation
	out := &model.Quote{
		Lines: []*model.QuoteLine{}, DiscountRule: filled(q.Tables.DiscountKey), DiscountReason: filled(q.Tables.DiscountName),
		ShippingOffers: shippingOffers(q.Offers), ShippingMethod: filled(q.Method), ShippingTaxRule: filled(q.ShippingTax),
		Country: filled(q.Country), SegmentIDs: q.Segments,
	}
	if c.Currency != "" {
		out.Amounts = cartAmounts(c)
	}
	for _, l := range q.Lines {
		cause := l.Line.Price.Cause
		x := &model.QuoteLine{
			Sku: l.Sku, Quantity: l.Quantity, VariantID: l.VariantID, PriceExplanation: priceExplanation(ctx, l.Explanation),
			PriceListID: gid.ID(cause.ListID), DiscountRule: filled(cause.DiscountKey), TaxRule: filled(cause.TaxKey), TaxPercent: percent(l.Line.TaxBasisPoints),
		}
		if l.Line.Price.Found {
			x.Total = &money.Money{Minor: l.Line.TotalMinor, Currency: c.Currency}
		}
		out.Lines = append(out.Lines, x)
	}
	sideBySide(ctx, out.Lines, func(x *model.QuoteLine) gid.ID { return x.VariantID }, func(x *model.QuoteLine) gid.ID { return x.PriceListID })
	return out
}

// priceListsByID loads price lists.
func (r *Resolver) priceListsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.PriceList, error) {
	return byID(ctx, r.Store.Client().PriceList.Query().Where(pricelist.IDIn(ids...)), func(x *ent.PriceList) gid.ID { return x.ID })
}
