package prices

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/ent/ruletable"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

func code(t testing.TB, err error) string {
	t.Helper()
	refused, rest := problem.Refusals(err)
	require.NoError(t, rest)
	if len(refused) == 0 {
		return ""
	}
	return refused[0].Code
}

func TestWhichListDecides(t *testing.T) {
	in := func(key string, priority int, l level, tiers ...Tier) offer {
		return offer{list: &list{id: gid.ID(key), key: key, name: key, currency: "EUR", priority: priority, level: l}, tiers: tiers}
	}
	std := offer{list: &list{currency: "EUR", standard: true, level: forEverybody}, tiers: []Tier{{1, 100}}}
	for _, c := range []struct {
		name     string
		all      offers
		quantity int
		list     string
		minor    int64
	}{
		{"nothing", nil, 1, "", 0},
		{"the standard price is last, also when it is lower", offers{std, in("a", 0, forEverybody, Tier{1, 120})}, 1, "a", 120},
		{"the higher priority, also when it costs more", offers{in("a", 1, forEverybody, Tier{1, 90}), in("b", 2, forEverybody, Tier{1, 95})}, 1, "b", 95},
		{"the organization before the segment", offers{in("a", 1, forSegment, Tier{1, 80}), in("b", 1, forOrganization, Tier{1, 95})}, 1, "b", 95},
		{"the segment before everybody", offers{in("a", 1, forEverybody, Tier{1, 80}), in("b", 1, forSegment, Tier{1, 95})}, 1, "b", 95},
		{"then the lower price", offers{in("a", 1, forSegment, Tier{1, 80}), in("b", 1, forSegment, Tier{1, 79})}, 1, "b", 79},
		{"then the key", offers{in("b", 1, forSegment, Tier{1, 80}), in("a", 1, forSegment, Tier{1, 80})}, 1, "a", 80},
		{"a list that begins above does not apply", offers{std, in("a", 9, forOrganization, Tier{10, 50})}, 9, "", 100},
		{"from its first tier on it does", offers{std, in("a", 9, forOrganization, Tier{10, 50})}, 10, "a", 50},
		{"a tier may be dearer than the one before", offers{in("a", 0, forSegment, Tier{1, 50}, Tier{5, 60})}, 7, "a", 60},
		{"up to the largest quantity", offers{in("a", 0, forSegment, Tier{1, 50}, Tier{math.MaxInt32, 1})}, math.MaxInt32, "a", 1},
	} {
		for range 3 { // in whatever order they come
			rand.Shuffle(len(c.all), func(i, j int) { c.all[i], c.all[j] = c.all[j], c.all[i] })
			p := c.all.price(c.quantity)
			require.Equal(t, c.list, p.Cause.ListName, c.name)
			require.Equal(t, c.minor, p.Unit.Minor, c.name)
			require.Equal(t, c.list != "" || c.minor > 0, p.Found, c.name)
		}
	}
}

func TestTiersAsTheyAreMet(t *testing.T) {
	in := func(key string, priority int, tiers ...Tier) offer {
		return offer{list: &list{id: gid.ID(key), key: key, currency: "EUR", priority: priority}, tiers: tiers}
	}
	all := offers{
		{list: &list{currency: "EUR", standard: true, level: forEverybody}, tiers: []Tier{{1, 100}}},
		in("a", 1, Tier{1, 90}, Tier{20, 80}), in("b", 2, Tier{10, 85}),
	}
	require.Equal(t, []Tier{{1, 90}, {10, 85}}, all.tiers(), "the list b decides from ten on, whatever the list a has")
	// Each quantity costs what the tier says that it falls into.
	for n := 1; n < 40; n++ {
		p, met := all.price(n), all.tiers()
		i, _ := slices.BinarySearchFunc(met, n+1, func(x Tier, q int) int { return x.From - q })
		require.Equal(t, met[i-1].UnitMinor, p.Unit.Minor, n)
	}
}

func TestSplit(t *testing.T) {
	require.Equal(t, []int64{34, 33, 33}, split(100, []int64{1, 1, 1}))
	require.Equal(t, []int64{0, 0}, split(5, []int64{0, 0}))
	for range 20_000 {
		weights := make([]int64, 1+rand.IntN(30))
		total := int64(0)
		for i := range weights {
			weights[i] = rand.Int64N([]int64{1, 3, 1000, most / 40}[rand.IntN(4)])
			total += weights[i]
		}
		if total == 0 {
			continue
		}
		amount, sum := rand.Int64N(total+1), int64(0)
		for i, p := range split(amount, weights) {
			require.GreaterOrEqual(t, p, int64(0))
			require.LessOrEqual(t, p, weights[i], "no part of a discount is more than what it is on")
			sum += p
		}
		require.Equal(t, amount, sum)
	}
}

// FuzzCalculation adds up whatever it is given, without a database: sums are always
// exact and never negative, or it is an error.
func FuzzCalculation(f *testing.F) {
	f.Add(int64(100), 3, 0, 0, 1900, int64(500), uint16(3))
	f.Add(int64(most), math.MaxInt32, 9999, 1, 10000, int64(most), uint16(200))
	f.Add(int64(1), 1, 10000, 10000, 1, int64(0), uint16(1))
	f.Fuzz(func(t *testing.T, unit int64, quantity, lineDiscount, orderDiscount, rate int, shipping int64, n uint16) {
		bp := func(x int) int { return int(uint(x) % (whole + 1)) }
		c := &calculation{Basket: Basket{At: time.Now(), ShippingMethod: "s", DiscountBasisPoints: bp(orderDiscount)}, variants: map[gid.ID]*ent.ProductVariant{}}
		c.out.Currency = "EUR"
		c.rules = rules{
			tax: &table{doc: schema.RuleDocument{Tax: &schema.TaxRules{Origin: "DE", Rules: []schema.TaxRule{
				{Key: "a", Categories: []string{"A"}, BasisPoints: bp(rate)}, {Key: "b", Categories: []string{"B", "SHIPPING"}, BasisPoints: bp(rate + 333)},
			}}}},
			shipping: &table{doc: schema.RuleDocument{Shipping: []schema.ShippingRule{{Key: "s", Currency: "EUR", PriceMinor: shipping & (1<<48 - 1), PerKiloMinor: 7}}}},
			discount: &table{doc: schema.RuleDocument{Discounts: []schema.DiscountRule{{Key: "d", On: "LINE", BasisPoints: bp(lineDiscount)}}}},
		}
		all := map[gid.ID]offers{}
		for i := range int(n % 50) {
			id := gid.ID(fmt.Sprint(i))
			c.variants[id] = &ent.ProductVariant{ID: id, WeightGrams: new(unit & 0xfffff)}
			c.variants[id].Edges.Product = &ent.Product{TaxCategory: []string{"A", "B", "C"}[i%3]}
			c.Items = append(c.Items, Item{VariantID: id, Quantity: 1 + int(uint32(quantity+i)%math.MaxInt32), DiscountBasisPoints: bp(orderDiscount * i)}) //nolint:gosec // wraps on purpose
			if i%7 != 6 {
				all[id] = offers{{list: &list{currency: "EUR", standard: true}, tiers: []Tier{{1, (unit * int64(i+1)) & (1<<50 - 1)}}}}
			}
		}
		err := c.goods(all, &circumstances{currency: "EUR", at: c.At}, c.rules.discount.doc.Discounts)
		if err == nil {
			err = c.ship()
		}
		if err != nil {
			require.ErrorIs(t, err, ErrTooLarge)
			return
		}
		c.tax()
		c.out.TotalMinor = c.out.LinesMinor - c.out.DiscountMinor + c.out.ShippingMinor + c.out.TaxMinor
		if c.out.TotalMinor <= most {
			exact(t, &c.out)
		}
	})
}

func TestBadBaskets(t *testing.T) {
	eachShop(t, func(t *testing.T, w *shop) {
		w.stock()
		for _, n := range []int{0, -1, math.MaxInt32 + 1, math.MinInt} {
			_, err := w.s.Calculate(w.ctx, Basket{Items: w.items("PUMP", n)})
			require.ErrorIs(t, err, ErrQuantity)
			_, err = w.s.Prices(w.ctx, Buyer{}, w.now, w.items("PUMP", n))
			require.ErrorIs(t, err, ErrQuantity)
		}
		_, err := w.s.Calculate(w.ctx, Basket{Items: make([]Item, mostItems+1)})
		require.Error(t, err)
		for _, bp := range []int{-1, whole + 1} {
			_, err = w.s.Calculate(w.ctx, Basket{DiscountBasisPoints: bp})
			require.ErrorIs(t, err, errDiscount)
		}
		// Two thousand million pumps cost more than there is.
		c, err := w.s.Calculate(w.ctx, Basket{Items: w.items("PUMP", math.MaxInt32)})
		require.NoError(t, err)
		exact(t, c)
		_, err = w.s.SetPrices(w.ctx, w.lists["all"], []Row{{Sku: new("PUMP"), From: 1, Unit: new(money.Decimal("3999999999999"))}})
		require.NoError(t, err)
		_, err = w.s.Calculate(w.ctx, Basket{Items: w.items("PUMP", math.MaxInt32)})
		require.ErrorIs(t, err, ErrTooLarge, "an error, and no wrap")

		// What is not sold in the currency is not found, and nothing is converted.
		c, err = w.s.Calculate(w.ctx, Basket{Buyer: w.orgs["Tokyo"], Items: w.items("BOOK", 1, "PUMP", 2)})
		require.NoError(t, err)
		require.False(t, c.Lines[0].Price.Found)
		require.Zero(t, c.Lines[0].TotalMinor)
		require.Equal(t, int64(31000), c.LinesMinor)
		exact(t, c)
		// Without a currency of the buyer that of the first item is that of the order.
		require.NoError(t, w.st.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
			p := tx.Product.Create().SetName("Dollar").SaveX(ctx)
			w.variants["USD"] = tx.ProductVariant.Create().SetProductID(p.ID).SetSku("USD").SetName("USD").SetPriceMinor(500).SetCurrency("USD").SaveX(ctx).ID
			return nil
		}))
		c, err = w.s.Calculate(w.ctx, Basket{Items: w.items("BOOK", 1, "USD", 1)})
		require.NoError(t, err)
		require.Equal(t, "EUR", c.Currency)
		require.False(t, c.Lines[1].Price.Found)
		both, err := w.s.Prices(w.ctx, Buyer{}, w.now, w.items("BOOK", 1, "USD", 1))
		require.NoError(t, err)
		require.Equal(t, []string{"EUR", "USD"}, []string{both[0].Unit.Currency, both[1].Unit.Currency})
		// What nobody sees has no price.
		none, err := w.s.Prices(w.ctx, Buyer{}, w.now, []Item{{VariantID: gid.New(gid.Variant), Quantity: 1}, {VariantID: "'; DROP", Quantity: 1}})
		require.NoError(t, err)
		require.False(t, none[0].Found || none[1].Found)
		// A method that is not offered is none.
		c, err = w.s.Calculate(w.ctx, Basket{Items: w.items("BOOK", 1), ShippingMethod: "parcel-jpy"})
		require.NoError(t, err)
		require.Nil(t, c.Shipping)
		empty, err := w.s.Calculate(w.ctx, Basket{})
		require.NoError(t, err)
		require.Zero(t, empty.TotalMinor)
	})
}

// Without a table of taxes none is due, and the calculation says so.
func TestNoTableNoTax(t *testing.T) {
	eachShop(t, func(t *testing.T, w *shop) {
		c, err := w.s.Calculate(w.ctx, Basket{Items: w.items("PUMP", 1), ShipTo: to("DE", "")})
		require.NoError(t, err)
		require.Equal(t, []schema.TaxAmount{{NetMinor: 100_00}}, c.Details.Taxes)
		require.Zero(t, c.Details.TaxTable)
		require.Equal(t, int64(100_00), c.TotalMinor)
		require.Contains(t, Recall(c.Lines[0].Price.Cause, "EUR").Text.EN, "No tax rule applies")
	})
}

// A list ends between look and order: the price is that of the moment asked for.
func TestAListThatEnds(t *testing.T) {
	eachShop(t, func(t *testing.T, w *shop) {
		end := w.now.Add(time.Hour)
		w.list("short", "EUR", Assignment{Priority: 1}, nil, &end, "PUMP", 1, "70.00")
		at := func(moment time.Time) string {
			p, err := w.s.Prices(w.ctx, w.orgs["Anna"], moment, w.items("PUMP", 1))
			require.NoError(t, err)
			return string(p[0].Unit.Amount())
		}
		require.Equal(t, "70.00", at(end.Add(-time.Microsecond)))
		require.Equal(t, "100.00", at(end), "the end is not in it")
		// A retired list has no prices, and takes none.
		l := w.st.Client().PriceList.GetX(w.ctx, w.lists["short"])
		_, err := w.s.SaveList(w.ctx, SaveList{ID: &l.ID, Version: &l.Version, Key: l.Key, Name: l.Name, Currency: "EUR", Status: "RETIRED"})
		require.NoError(t, err)
		require.Equal(t, "100.00", at(w.now))
		_, err = w.s.SetPrices(w.ctx, l.ID, []Row{{Sku: new("PUMP"), From: 1, Unit: new(money.Decimal("1"))}})
		require.Equal(t, Retired, code(t, err))
		_, err = w.s.Assign(w.ctx, l.ID, l.Version+1, nil)
		require.Equal(t, Retired, code(t, err))
	})
}

func TestSetPrices(t *testing.T) {
	eachShop(t, func(t *testing.T, w *shop) {
		id := w.list("a", "EUR", Assignment{}, nil, nil, "PUMP", 1, "90.00", "PUMP", 10, "80.00", "BOOK", 1, "15.00")
		version := func() int { return w.st.Client().PriceList.GetX(w.ctx, id).Version }
		rows := func() string {
			all, err := w.s.Page(w.ctx, w.st.Client().PriceList.GetX(w.ctx, id), "", "", 100)
			require.NoError(t, err)
			text := ""
			for _, l := range all {
				text += fmt.Sprint(l.Sku, l.Tiers, " ")
			}
			return text
		}
		require.Equal(t, "BOOK[{1 1500}] PUMP[{1 9000} {10 8000}] ", rows())
		row := func(sku string, from int, unit string) Row {
			r := Row{Sku: &sku, From: from}
			if unit != "" {
				r.Unit = new(money.Decimal(unit))
			}
			return r
		}
		before, v := rows(), version()
		many := make([]Row, mostRows+1)
		for i := range many {
			many[i] = row("PUMP", i+1, "1.00")
		}
		for name, c := range map[string]struct {
			rows []Row
			code string
			at   []string
		}{
			"negative":            {[]Row{row("BOOK", 1, "1"), row("PUMP", 1, "-0.01")}, Invalid, []string{"input", "prices", "1", "unitPrice"}},
			"too many decimals":   {[]Row{row("PUMP", 1, "1.005")}, Invalid, []string{"input", "prices", "0", "unitPrice"}},
			"huge":                {[]Row{row("PUMP", 1, "4000000000000.01")}, Invalid, []string{"input", "prices", "0", "unitPrice"}},
			"beyond 64 bits":      {[]Row{row("PUMP", 1, "99999999999999999999")}, Invalid, []string{"input", "prices", "0", "unitPrice"}},
			"quantity 0":          {[]Row{row("PUMP", 0, "1")}, Invalid, []string{"input", "prices", "0", "minimumQuantity"}},
			"quantity below 0":    {[]Row{row("PUMP", -5, "1")}, Invalid, []string{"input", "prices", "0", "minimumQuantity"}},
			"quantity too large":  {[]Row{row("PUMP", math.MaxInt32+1, "1")}, Invalid, []string{"input", "prices", "0", "minimumQuantity"}},
			"the same tier twice": {[]Row{row("PUMP", 5, "1"), row("PUMP", 5, "2")}, Duplicate, []string{"input", "prices", "1", "minimumQuantity"}},
			"price and none":      {[]Row{row("PUMP", 1, "1"), row("PUMP", 1, "")}, Duplicate, []string{"input", "prices", "0", "unitPrice"}},
			"unknown sku":         {[]Row{row("NONE", 1, "1")}, Unknown, []string{"input", "prices", "0", "sku"}},
			"no name":             {[]Row{{From: 1, Unit: new(money.Decimal("1"))}}, Invalid, []string{"input", "prices", "0", "sku"}},
			"unknown id":          {[]Row{{VariantID: new(gid.New(gid.Variant)), From: 1, Unit: new(money.Decimal("1"))}}, Unknown, []string{"input", "prices", "0", "variantId"}},
			"10,001 rows":         {many, TooMany, []string{"input", "prices"}},
		} {
			_, err := w.s.SetPrices(w.ctx, id, c.rows)
			refused, rest := problem.Refusals(err)
			require.NoError(t, rest, name)
			require.NotEmpty(t, refused, name)
			require.Equal(t, c.code, refused[0].Code, name)
			require.Equal(t, c.at, refused[0].Field, name)
			require.Equal(t, before, rows(), "%s: all or nothing", name)
			require.Equal(t, v, version(), name)
		}
		// The errors of several rows are told together.
		_, err := w.s.SetPrices(w.ctx, id, []Row{row("NONE", 1, "1"), row("PUMP", 0, "1"), row("PUMP", 1, "x")})
		var several problem.Several
		require.True(t, errors.As(err, &several))
		require.Len(t, several, 3)
		// To set the same again changes nothing.
		_, err = w.s.SetPrices(w.ctx, id, []Row{row("PUMP", 10, "80"), row("PUMP", 1, "90.00")})
		require.NoError(t, err)
		require.Equal(t, v, version())
		// Those of a variant that is named are replaced, others stay, and go by null.
		_, err = w.s.SetPrices(w.ctx, id, []Row{row("PUMP", 5, "70"), {VariantID: new(w.variants["CHIP"]), From: 1, Unit: new(money.Decimal("0.30"))}, row("BOOK", 1, "")})
		require.NoError(t, err)
		require.Equal(t, "CHIP[{1 30}] PUMP[{5 7000}] ", rows())
		require.Equal(t, v+1, version())
	})
}

// 10,000 rows are set at once, and to do so again costs little.
func TestTenThousandPrices(t *testing.T) {
	eachShop(t, func(t *testing.T, w *shop) {
		id := w.list("a", "EUR", Assignment{}, nil, nil)
		w.fill(2500)
		var rows []Row
		for i := range 2500 {
			for tier := range 4 {
				rows = append(rows, Row{Sku: new(fmt.Sprintf("V-%06d", i)), From: 1 + 10*tier, Unit: new(money.Decimal(fmt.Sprintf("%d.%02d", 100-tier, i%100)))})
			}
		}
		for range 2 {
			_, err := w.s.SetPrices(w.ctx, id, rows)
			require.NoError(t, err)
		}
		f, err := w.s.Facts(w.ctx, id)
		require.NoError(t, err)
		require.Equal(t, 2500, f.Variants)
		page, err := w.s.Page(w.ctx, w.st.Client().PriceList.GetX(w.ctx, id), "V-0024", "V-002497", 3)
		require.NoError(t, err)
		require.Len(t, page, 2)
		require.Len(t, page[1].Tiers, 4)
	})
}

// fill makes variants V-000000 and so on.
func (w *shop) fill(n int) []gid.ID {
	w.t.Helper()
	ids := make([]gid.ID, 0, n)
	require.NoError(w.t, w.st.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
		p := tx.Product.Create().SetName("Many").SaveX(ctx)
		for len(ids) < n {
			var batch []*ent.ProductVariantCreate
			for range min(500, n-len(ids)) {
				id := gid.New(gid.Variant)
				batch = append(batch, tx.ProductVariant.Create().SetID(id).SetProductID(p.ID).SetSku(fmt.Sprintf("V-%06d", len(ids))).
					SetName("V").SetPriceMinor(1000).SetCurrency("EUR").SetStatus(productvariant.StatusACTIVE))
				ids = append(ids, id)
			}
			if err := tx.ProductVariant.CreateBulk(batch...).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	}))
	return ids
}

func TestSaveTable(t *testing.T) {
	eachShop(t, func(t *testing.T, w *shop) {
		save := func(kind ruletable.Kind, basedOn int, doc schema.RuleDocument) error {
			_, err := w.s.SaveTable(w.ctx, SaveTable{Kind: kind, BasedOn: basedOn, Doc: doc})
			return err
		}
		tax := func(origin string, rules ...schema.TaxRule) schema.RuleDocument {
			return schema.RuleDocument{Tax: &schema.TaxRules{Origin: origin, Rules: rules}}
		}
		early, late := w.now, w.now.Add(time.Hour)
		rule := func(set func(*schema.TaxRule)) schema.TaxRule {
			r := schema.TaxRule{Key: "b", Name: "B"}
			set(&r)
			return r
		}
		for name, c := range map[string]struct {
			kind ruletable.Kind
			doc  schema.RuleDocument
			code string
		}{
			"no origin":            {ruletable.KindTAX, tax(""), Invalid},
			"a country by name":    {ruletable.KindTAX, tax("Germany"), Invalid},
			"unknown country":      {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.Countries = []string{"XX"} })), Invalid},
			"a country in small":   {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.Countries = []string{"at"} })), Invalid},
			"a country twice":      {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.Countries = []string{"AT", "AT"} })), Duplicate},
			"rate below 0":         {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.BasisPoints = -1 })), Invalid},
			"rate over 100":        {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.BasisPoints = 10001 })), Invalid},
			"reverse with a rate":  {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.ReverseCharge, r.Business, r.BasisPoints = true, new(true), 1 })), Invalid},
			"reverse for all":      {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.ReverseCharge = true })), Invalid},
			"reverse at home":      {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.ReverseCharge, r.Business, r.Countries = true, new(true), []string{"DE"} })), Unreachable},
			"ends before it began": {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.ValidFrom, r.ValidTo = &late, &early })), Invalid},
			"no name":              {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.Name = " " })), Invalid},
			"a key twice":          {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.Countries = []string{"AT"} }), rule(func(r *schema.TaxRule) { r.Countries = []string{"FR"} })), Duplicate},
			"unreachable": {ruletable.KindTAX, tax("DE", rule(func(r *schema.TaxRule) { r.Countries = []string{"AT", "FR"} }),
				rule(func(r *schema.TaxRule) { r.Key, r.Countries, r.Business = "c", []string{"FR"}, new(true) })), Unreachable},
			"another kind":       {ruletable.KindSHIPPING, tax("DE"), Invalid},
			"nothing":            {ruletable.KindDISCOUNT, schema.RuleDocument{}, Invalid},
			"negative shipping":  {ruletable.KindSHIPPING, schema.RuleDocument{Shipping: []schema.ShippingRule{{Key: "a", Name: "A", Currency: "EUR", PriceMinor: -1}}}, Invalid},
			"no weight between":  {ruletable.KindSHIPPING, schema.RuleDocument{Shipping: []schema.ShippingRule{{Key: "a", Name: "A", Currency: "EUR", MinGrams: new(int64(5)), MaxGrams: new(int64(4))}}}, Invalid},
			"a currency of fun":  {ruletable.KindSHIPPING, schema.RuleDocument{Shipping: []schema.ShippingRule{{Key: "a", Name: "A", Currency: "FUN"}}}, Invalid},
			"percent and amount": {ruletable.KindDISCOUNT, schema.RuleDocument{Discounts: []schema.DiscountRule{{Key: "a", Name: "A", On: "ORDER", BasisPoints: 1, AmountMinor: 1, Currency: "EUR"}}}, Invalid},
			"amount of a line":   {ruletable.KindDISCOUNT, schema.RuleDocument{Discounts: []schema.DiscountRule{{Key: "a", Name: "A", On: "LINE", AmountMinor: 1, Currency: "EUR"}}}, Invalid},
			"no currency":        {ruletable.KindDISCOUNT, schema.RuleDocument{Discounts: []schema.DiscountRule{{Key: "a", Name: "A", On: "ORDER", AmountMinor: 1}}}, Invalid},
			"unknown product":    {ruletable.KindDISCOUNT, schema.RuleDocument{Discounts: []schema.DiscountRule{{Key: "a", Name: "A", On: "LINE", BasisPoints: 1, Products: []string{string(gid.New(gid.Product))}}}}, Unknown},
			"not a product":      {ruletable.KindDISCOUNT, schema.RuleDocument{Discounts: []schema.DiscountRule{{Key: "a", Name: "A", On: "LINE", BasisPoints: 1, Products: []string{string(gid.New(gid.Order))}}}}, Invalid},
		} {
			require.Equal(t, c.code, code(t, save(c.kind, 0, c.doc)), name)
		}
		n, err := w.st.Client().RuleTable.Query().Count(w.ctx)
		require.NoError(t, err)
		require.Zero(t, n, "what was refused has left nothing")
		other := New(w.st) // as another replica: it has its own memory
		charge := func(s *Service) int64 {
			c, err := s.Calculate(w.ctx, Basket{Items: w.items("PUMP", 1), ShipTo: to("DE", "")})
			require.NoError(t, err)
			return c.TaxMinor
		}
		for i, bp := range []int{1900, 1600} {
			require.NoError(t, save(ruletable.KindTAX, i, tax("DE", schema.TaxRule{Key: "de", Name: "VAT", Countries: []string{"DE"}, BasisPoints: bp})))
			require.Equal(t, int64(bp), charge(w.s))
			require.Equal(t, int64(bp), charge(other), "what one replica saves holds for the others at once")
		}
		require.ErrorIs(t, save(ruletable.KindTAX, 1, tax("DE")), problem.ErrStale)
		require.ErrorIs(t, save(ruletable.KindTAX, 3, tax("DE")), problem.ErrStale)
	})
}

func TestReverseChargeNeedsABorder(t *testing.T) {
	rules := &schema.TaxRules{Origin: "DE", Rules: []schema.TaxRule{
		{Key: "reverse", Business: new(true), ReverseCharge: true}, {Key: "vat", BasisPoints: 1900},
	}}
	for _, c := range []struct{ country, vatID, want string }{
		{"AT", "ATU12345678", "reverse"}, {"AT", "", "vat"}, {"DE", "ATU12345678", "vat"}, {"AT", "DE123456789", "vat"},
		{"", "ATU12345678", "vat"}, {"GR", "EL123456789", "reverse"},
	} {
		require.Equal(t, c.want, taxRule(rules, destination{country: c.country, vatID: c.vatID}, "STANDARD").Key, c)
	}
}

func TestCountries(t *testing.T) {
	for text, want := range map[string]string{
		"DE": "DE", "de": "DE", " Germany ": "DE", "Deutschland": "DE", "österreich": "AT", "United Kingdom": "GB", "UK": "GB",
		"Schweiz": "CH", "": "", "Nowhere": "", "XX": "", "EU": "",
	} {
		require.Equal(t, want, country(&schema.Address{Country: text}), text)
	}
	require.False(t, known("UK") || known("EU") || known("001") || known(""))
	require.True(t, known("GB") && known("CH") && known("XK") || known("GB"))
}

// A calculation costs the same number of statements, however much is in it.
func TestStatementsOfACalculation(t *testing.T) {
	eachShop(t, func(t *testing.T, w *shop) {
		w.stock()
		ids := w.fill(200)
		count := func(items []Item) int64 {
			before := w.st.Statements()
			_, err := w.s.Calculate(w.ctx, Basket{Buyer: w.orgs["Dist"], Items: items, ShipTo: to("DE", ""), ShippingMethod: "parcel"})
			require.NoError(t, err)
			return w.st.Statements() - before
		}
		count(w.items("PUMP", 1)) // a process reads the rules once
		one := count(w.items("PUMP", 1))
		var items []Item
		for i, id := range ids {
			items = append(items, Item{VariantID: id, Quantity: i + 1})
		}
		require.Equal(t, one, count(items))
		require.LessOrEqual(t, one, int64(7))
		t.Logf("%d statements", one)
	})
}

// What a customer is not entitled to has no influence on anything that they get.
func TestListsOfOthers(t *testing.T) {
	eachShop(t, func(t *testing.T, w *shop) {
		explain := func() (out []*Explanation) {
			for _, sku := range []string{"PUMP", "BOOK", "CHIP"} {
				ctx := auth.WithSystem(t.Context(), "test")
				v := w.st.Client().ProductVariant.GetX(ctx, w.variants[sku])
				all, err := w.s.offers(ctx, w.orgs["Anna"], w.now, map[gid.ID]money.Money{v.ID: standard(v)})
				require.NoError(t, err)
				for _, n := range []int{1, 10, 100} {
					out = append(out, all[v.ID].explain(n))
				}
			}
			return out
		}
		before := explain()
		w.list("north", "EUR", Assignment{OrganizationID: w.orgs["North"].OrganizationID, Priority: 900}, nil, nil, "PUMP", 1, "1.00", "BOOK", 5, "2.00")
		w.list("segment", "EUR", Assignment{SegmentID: w.segments["Distributors"], Priority: 900}, nil, nil, "PUMP", 1, "1.00", "CHIP", 1, "0.01")
		w.list("nobody", "EUR", Assignment{SegmentID: w.segments["Distributors"]}, nil, nil, "PUMP", 7, "1.00")
		require.Equal(t, before, explain())
	})
}
