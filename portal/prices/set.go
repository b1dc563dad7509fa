package prices

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"entgo.io/ent/dialect/sql"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// Row is one price to set, of a variant that is named by its sku or its id. Without
// an amount the list has no price for the variant any more.
type Row struct {
	Sku       *string
	VariantID *gid.ID
	From      int
	Unit      *money.Decimal
}

// What can be set at once, and how many of its errors are told.
const (
	mostRows   = 10_000
	mostErrors = 100
)

// pack is how many rows or ids go into one statement.
const pack = 500

// SetPrices sets prices of a list: all of them or none. What a variant that is
// named had before goes; the prices of others stay. To set the same again changes
// nothing. The refusals are INVALID, UNKNOWN, DUPLICATE, TOO_MANY and RETIRED,
// those of rows with the path of the row.
func (s *Service) SetPrices(ctx context.Context, id gid.ID, rows []Row) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		l, err := findList(ctx, tx, id)
		if err != nil {
			return "", err
		}
		act, err := access.Act(ctx, doPrices, access.Owner{})
		if err != nil {
			return "", err
		}
		if err := writable(ctx, l); err != nil {
			return "", err
		}
		if len(rows) > mostRows {
			return "", problem.Refuse(TooMany, problem.Text{
				EN: "At most 10,000 prices are set at once.", DE: "Es werden höchstens 10.000 Preise auf einmal gesetzt.",
			}, "input", "prices")
		}
		wanted, err := s.readRows(ctx, tx, l, rows)
		if err != nil {
			return "", err
		}
		changed, err := s.replace(ctx, id, wanted)
		if err != nil || !changed {
			return id, err
		}
		return id, tx.PriceList.UpdateOneID(id).AddVersion(1).Exec(act)
	})
}

// readRows reads what is to be set, by variant; nothing of it is written when any
// row is wrong.
func (s *Service) readRows(ctx context.Context, tx *ent.Client, l *ent.PriceList, rows []Row) (map[gid.ID][]Tier, error) {
	bySku, byID, err := variantsOf(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	var refused problem.Several
	wanted, gone := map[gid.ID][]Tier{}, map[gid.ID]bool{}
	type tier struct {
		variant gid.ID
		from    int
	}
	set := map[tier]bool{}
	for i, r := range rows {
		no := func(code string, t problem.Text, field string) {
			if len(refused) < mostErrors {
				refused = append(refused, problem.Refuse(code, t, "input", "prices", strconv.Itoa(i), field))
			}
		}
		var variant gid.ID
		switch {
		case (r.Sku == nil) == (r.VariantID == nil):
			no(Invalid, problem.Text{EN: "Name the variant by its sku or by its id.", DE: "Nennen Sie die Variante mit ihrer SKU oder ihrer Kennung."}, "sku")
			continue
		case r.Sku != nil:
			if variant = bySku[*r.Sku]; variant == "" {
				no(Unknown, problem.Text{EN: fmt.Sprintf("There is no variant with the sku %q.", *r.Sku), DE: fmt.Sprintf("Es gibt keine Variante mit der SKU %q.", *r.Sku)}, "sku")
				continue
			}
		default:
			if variant = *r.VariantID; !byID[variant] {
				no(Unknown, problem.Text{EN: "There is no variant by this id.", DE: "Unter dieser Kennung gibt es keine Variante."}, "variantId")
				continue
			}
		}
		if r.From < 1 || r.From > mostQuantity {
			no(Invalid, ErrQuantity.Text, "minimumQuantity")
			continue
		}
		if r.Unit == nil {
			gone[variant] = true
			wanted[variant] = append(wanted[variant], Tier{})
			continue
		}
		minor, text := unit(*r.Unit, l.Currency)
		if text != nil {
			no(Invalid, *text, "unitPrice")
			continue
		}
		if set[tier{variant, r.From}] {
			no(Duplicate, problem.Text{
				EN: "There is another price from this quantity on.", DE: "Ab dieser Menge gibt es schon einen anderen Preis.",
			}, "minimumQuantity")
			continue
		}
		set[tier{variant, r.From}] = true
		wanted[variant] = append(wanted[variant], Tier{From: r.From, UnitMinor: minor})
	}
	for i, r := range rows { // a variant cannot lose its price and have one
		if variant := cmp.Or(deref(r.VariantID), bySku[deref(r.Sku)]); gone[variant] && len(wanted[variant]) > 1 && len(refused) < mostErrors {
			refused = append(refused, problem.Refuse(Duplicate, problem.Text{
				EN: "The variant is named twice: once without a price.", DE: "Die Variante steht hier zweimal, davon einmal ohne Preis.",
			}, "input", "prices", strconv.Itoa(i), "unitPrice"))
		}
	}
	if len(refused) > 0 {
		return nil, refused
	}
	for id := range gone {
		wanted[id] = nil
	}
	for _, tiers := range wanted {
		slices.SortFunc(tiers, func(a, b Tier) int { return cmp.Compare(a.From, b.From) })
	}
	return wanted, nil
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// variantsOf finds the variants that rows name, as the viewer sees them.
func variantsOf(ctx context.Context, tx *ent.Client, rows []Row) (bySku map[string]gid.ID, byID map[gid.ID]bool, err error) {
	bySku, byID = map[string]gid.ID{}, map[gid.ID]bool{}
	var skus []string
	var ids []gid.ID
	for _, r := range rows {
		if r.Sku != nil {
			skus = append(skus, *r.Sku)
		}
		if r.VariantID != nil {
			ids = append(ids, *r.VariantID)
		}
	}
	slices.Sort(skus)
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(skus), pack) {
		found, err := tx.ProductVariant.Query().Where(productvariant.SkuIn(part...)).
			Select(productvariant.FieldID, productvariant.FieldSku).All(ctx)
		if err != nil {
			return nil, nil, err
		}
		for _, v := range found {
			bySku[v.Sku] = v.ID
		}
	}
	for part := range slices.Chunk(slices.Compact(ids), pack) {
		found, err := tx.ProductVariant.Query().Where(productvariant.IDIn(part...)).IDs(ctx)
		if err != nil {
			return nil, nil, err
		}
		mark(byID, found)
	}
	return bySku, byID, nil
}

// Amount reads an amount of a currency as a person types it; the text says what is
// wrong with it.
func Amount(d money.Decimal, currency string) (int64, *problem.Text) { return unit(d, currency) }

// BasisPoints reads a percentage with at most two decimals.
func BasisPoints(d money.Decimal) (int, *problem.Text) {
	wrong := &problem.Text{
		EN: "A percentage is from 0 to 100, with at most two decimals.", DE: "Ein Prozentsatz liegt zwischen 0 und 100, mit höchstens zwei Nachkommastellen.",
	}
	r, err := money.Rat(string(d))
	if err != nil {
		return 0, wrong
	}
	if r.Mul(r, big.NewRat(100, 1)); !r.IsInt() || r.Sign() < 0 || r.Cmp(big.NewRat(whole, 1)) > 0 {
		return 0, wrong
	}
	return int(r.Num().Int64()), nil
}

// unit reads a price in a currency, with no more decimals than the currency has: a
// price that would have to be rounded is not the one that was meant.
func unit(d money.Decimal, currency string) (int64, *problem.Text) {
	m, err := money.Parse(string(d), currency)
	r, bad := money.Rat(string(d))
	if err != nil || bad != nil {
		return 0, &problem.Text{EN: "This is no amount.", DE: "Das ist kein Betrag."}
	}
	exact, _ := money.Rat(string(m.Amount()))
	switch {
	case r.Sign() < 0:
		return 0, &problem.Text{EN: "A price is not negative.", DE: "Ein Preis ist nicht negativ."}
	case r.Cmp(exact) != 0:
		return 0, &problem.Text{
			EN: "The amount has more decimals than " + currency + " has.", DE: "Der Betrag hat mehr Nachkommastellen als " + currency + ".",
		}
	case m.Minor > most:
		return 0, &ErrTooLarge.Text
	}
	return m.Minor, nil
}

// replace gives variants their prices in a list, and says whether that changes
// anything.
func (s *Service) replace(ctx context.Context, id gid.ID, wanted map[gid.ID][]Tier) (changed bool, err error) {
	variants := make([]gid.ID, 0, len(wanted))
	for v := range wanted {
		variants = append(variants, v)
	}
	slices.Sort(variants)
	for part := range slices.Chunk(variants, pack) {
		have, err := s.have(ctx, id, part)
		if err != nil {
			return false, err
		}
		var other []gid.ID
		var args []any
		for _, v := range part {
			if slices.Equal(have[v], wanted[v]) {
				continue
			}
			other = append(other, v)
			for _, t := range wanted[v] {
				args = append(args, string(v), string(id), t.From, t.UnitMinor)
			}
		}
		if len(other) == 0 {
			continue
		}
		changed = true
		if _, err := s.store.Raw(ctx).ExecContext(ctx, `DELETE FROM list_prices WHERE price_list_id = $1 AND `+s.store.Among("variant_id", 2),
			string(id), store.List(s.store, other)); err != nil {
			return false, err
		}
		for rows := range slices.Chunk(args, 4*pack) {
			if _, err := s.store.Raw(ctx).ExecContext(ctx,
				`INSERT INTO list_prices (variant_id, price_list_id, minimum_quantity, unit_minor) VALUES `+places(len(rows)/4, 4), rows...); err != nil {
				return false, err
			}
		}
	}
	return changed, nil
}

// have are the prices that a list has for variants.
func (s *Service) have(ctx context.Context, id gid.ID, variants []gid.ID) (map[gid.ID][]Tier, error) {
	rows, err := s.store.Raw(ctx).QueryContext(ctx, `SELECT variant_id, minimum_quantity, unit_minor FROM list_prices
		WHERE price_list_id = $1 AND `+s.store.Among("variant_id", 2)+` ORDER BY variant_id, minimum_quantity`, string(id), store.List(s.store, variants))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[gid.ID][]Tier{}
	for rows.Next() {
		var v gid.ID
		var t Tier
		if err := rows.Scan(&v, &t.From, &t.UnitMinor); err != nil {
			return nil, err
		}
		all[v] = append(all[v], t)
	}
	return all, rows.Err()
}

// places are the placeholders of rows.
func places(rows, columns int) string {
	var b strings.Builder
	for i := range rows {
		b.WriteString(strings.Repeat(",", min(i, 1)) + "(")
		for c := range columns {
			b.WriteString(strings.Repeat(",", min(c, 1)) + "$" + strconv.Itoa(i*columns+c+1))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// Page is what a list has for the variants whose sku begins with a text and sorts
// after another one, by sku, at most n of them. Two statements.
func (s *Service) Page(ctx context.Context, l *ent.PriceList, search, after string, n int) ([]Listed, error) {
	if !readable(ctx) {
		return nil, problem.ErrForbidden
	}
	variants, err := s.store.Client().ProductVariant.Query().Where(func(q *sql.Selector) {
		p := sql.Table("list_prices").As("p")
		q.Where(sql.Exists(sql.Select(p.C("variant_id")).From(p).Where(sql.And(
			sql.ColumnsEQ(p.C("variant_id"), q.C(productvariant.FieldID)), sql.EQ(p.C("price_list_id"), string(l.ID))))))
		if search != "" {
			q.Where(sql.And(sql.GTE(q.C(productvariant.FieldSku), search), sql.HasPrefix(q.C(productvariant.FieldSku), search)))
		}
		if after != "" {
			q.Where(sql.GT(q.C(productvariant.FieldSku), after))
		}
	}).Order(ent.Asc(productvariant.FieldSku)).Limit(n).Select(productvariant.FieldID, productvariant.FieldSku).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(variants))
	for i, v := range variants {
		ids[i] = v.ID
	}
	have, err := s.have(ctx, l.ID, ids)
	if err != nil {
		return nil, err
	}
	page := make([]Listed, len(variants))
	for i, v := range variants {
		page[i] = Listed{List: l, VariantID: v.ID, Sku: v.Sku, Tiers: have[v.ID]}
	}
	return page, nil
}
