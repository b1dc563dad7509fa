package prices

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/category"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/ruletable"
	"foyer/ent/segment"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// SaveTable is a new version of the rules of one kind.
type SaveTable struct {
	Kind    ruletable.Kind
	BasedOn int // the number that it was made from; 0 when there is none
	Note    string
	Doc     schema.RuleDocument
}

// What a table can hold.
const (
	mostRules      = 500
	mostConditions = 500
	longestNote    = 1000
)

// SaveTable saves a new version of rules, in force from then on. A table that has
// changed since it was read is ErrStale. The refusals are INVALID, DUPLICATE,
// UNKNOWN, TOO_MANY and UNREACHABLE.
func (s *Service) SaveTable(ctx context.Context, in SaveTable) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doRules, access.Owner{})
		if err != nil {
			return "", err
		}
		note := strings.TrimSpace(in.Note)
		if note != "" && !plain(strings.ReplaceAll(note, "\n", " "), longestNote) {
			return "", invalid("A note has up to 1,000 characters.", "Eine Notiz hat bis zu 1.000 Zeichen.", "note")
		}
		doc, err := in.read()
		if err != nil {
			return "", err
		}
		if err := exist(ctx, tx, doc.Discounts); err != nil {
			return "", err
		}
		latest, err := tx.RuleTable.Query().Where(ruletable.KindEQ(in.Kind)).Order(ent.Desc(ruletable.FieldNumber)).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return "", err
		}
		number := 0
		if latest != nil {
			number = latest.Number
		}
		if number != in.BasedOn {
			return "", problem.ErrStale
		}
		c := tx.RuleTable.Create().SetKind(in.Kind).SetNumber(number + 1).SetDocument(*doc).SetNote(note)
		if v := auth.From(ctx); v.UserID != "" {
			c.SetUserID(gid.ID(v.UserID))
		}
		t, err := c.Save(act)
		if err != nil {
			return "", err
		}
		return t.ID, nil
	})
	if store.Duplicate(err) { // saved at the same time
		err = problem.ErrStale
	}
	return id, err
}

// read checks the rules and puts them into the form in which they are kept.
func (in SaveTable) read() (*schema.RuleDocument, error) {
	switch in.Kind {
	case ruletable.KindTAX:
		if in.Doc.Tax == nil || in.Doc.Shipping != nil || in.Doc.Discounts != nil {
			return nil, invalid("Give the rules of taxes, and no others.", "Geben Sie die Steuerregeln an und keine anderen.", "taxRules")
		}
		t, err := readTaxes(*in.Doc.Tax)
		return &schema.RuleDocument{Tax: t}, err
	case ruletable.KindSHIPPING:
		if in.Doc.Shipping == nil || in.Doc.Tax != nil || in.Doc.Discounts != nil {
			return nil, invalid("Give the rules of shipping, and no others.", "Geben Sie die Versandregeln an und keine anderen.", "shippingRules")
		}
		list, err := readShipping(in.Doc.Shipping)
		return &schema.RuleDocument{Shipping: list}, err
	case ruletable.KindDISCOUNT:
		if in.Doc.Discounts == nil || in.Doc.Tax != nil || in.Doc.Shipping != nil {
			return nil, invalid("Give the rules of discounts, and no others.", "Geben Sie die Rabattregeln an und keine anderen.", "discountRules")
		}
		list, err := readDiscounts(in.Doc.Discounts)
		return &schema.RuleDocument{Discounts: list}, err
	}
	return nil, fmt.Errorf("prices: kind %q", in.Kind)
}

// place is where in the input a rule stands.
type place struct {
	list string
	n    int
}

func (p place) refuse(code string, t problem.Text, field string) error {
	return problem.Refuse(code, t, "input", p.list, strconv.Itoa(p.n), field)
}

func (p place) invalid(en, de, field string) error {
	return p.refuse(Invalid, problem.Text{EN: en, DE: de}, field)
}

// common checks what every rule has.
func (p place) common(keys map[string]bool, key string, name *string, from, to **time.Time) error {
	*name = strings.TrimSpace(*name)
	if from != nil {
		*from, *to = moments(*from, *to)
	}
	switch {
	case p.n >= mostRules:
		return problem.Refuse(TooMany, problem.Text{EN: "A table has at most 500 rules.", DE: "Eine Tabelle hat höchstens 500 Regeln."}, "input", p.list)
	case !rulesKey.MatchString(key):
		return p.invalid("A key has up to 60 letters, digits, points, hyphens and underscores.",
			"Ein Schlüssel hat bis zu 60 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche.", "key")
	case keys[key]:
		return p.refuse(Duplicate, problem.Text{EN: "Another rule has this key.", DE: "Eine andere Regel hat diesen Schlüssel."}, "key")
	case !plain(*name, 200):
		return p.invalid("A name has 1 to 200 characters.", "Ein Name hat 1 bis 200 Zeichen.", "name")
	case from != nil && *from != nil && *to != nil && !(*from).Before(**to):
		return p.invalid("The rule ends before it begins.", "Die Regel endet, bevor sie beginnt.", "validTo")
	}
	keys[key] = true
	return nil
}

// conditions checks a list of texts, none of them twice.
func (p place) conditions(list []string, field string, good func(string) bool, en, de string) error {
	if len(list) > mostConditions {
		return p.refuse(TooMany, problem.Text{EN: "At most 500 are taken here.", DE: "Hier werden höchstens 500 angenommen."}, field)
	}
	seen := map[string]bool{}
	for _, x := range list {
		switch {
		case !good(x):
			return p.invalid(fmt.Sprintf(en, x), fmt.Sprintf(de, x), field)
		case seen[x]:
			return p.refuse(Duplicate, problem.Text{EN: fmt.Sprintf("%q stands here twice.", x), DE: fmt.Sprintf("%q steht hier zweimal.", x)}, field)
		}
		seen[x] = true
	}
	return nil
}

func (p place) countries(list []string) error {
	return p.conditions(list, "countries", known, "%q is not the ISO 3166 code of a country.", "%q ist kein Ländercode nach ISO 3166.")
}

// money checks an amount.
func (p place) money(minor *int64, field string) error {
	if minor != nil && (*minor < 0 || *minor > most) {
		return p.invalid("This amount is not acceptable.", "Dieser Betrag ist nicht zulässig.", field)
	}
	return nil
}

func readTaxes(in schema.TaxRules) (*schema.TaxRules, error) {
	if !known(in.Origin) {
		return nil, invalid("Say by its ISO 3166 code from which country is delivered.",
			"Geben Sie mit dem Code nach ISO 3166 an, aus welchem Land geliefert wird.", "originCountry")
	}
	out := &schema.TaxRules{Origin: in.Origin, Rules: make([]schema.TaxRule, 0, len(in.Rules))}
	keys := map[string]bool{}
	word := func(x string) bool { return plain(x, 60) }
	for i, r := range in.Rules {
		p := place{"taxRules", i}
		if err := p.common(keys, r.Key, &r.Name, &r.ValidFrom, &r.ValidTo); err != nil {
			return nil, err
		}
		if err := p.countries(r.Countries); err != nil {
			return nil, err
		}
		if err := p.conditions(r.Regions, "regions", word, "%q is not acceptable.", "%q ist nicht zulässig."); err != nil {
			return nil, err
		}
		if err := p.conditions(r.Categories, "categories", word, "%q is not acceptable.", "%q ist nicht zulässig."); err != nil {
			return nil, err
		}
		switch {
		case r.BasisPoints < 0 || r.BasisPoints > whole:
			return nil, p.invalid("A rate is from 0 to 100 percent.", "Ein Satz liegt zwischen 0 und 100 Prozent.", "percent")
		case r.ReverseCharge && r.BasisPoints != 0:
			return nil, p.invalid("Where the customer owes the tax, the rate is zero.", "Wo der Kunde die Steuer schuldet, ist der Satz null.", "percent")
		case r.ReverseCharge && (r.Business == nil || !*r.Business):
			return nil, p.invalid("Only a customer with a VAT identification number can owe the tax.",
				"Nur ein Kunde mit Umsatzsteuer-Identifikationsnummer kann die Steuer schulden.", "isBusiness")
		case r.ReverseCharge && len(r.Countries) == 1 && r.Countries[0] == in.Origin:
			return nil, p.refuse(Unreachable, problem.Text{
				EN: "The customer owes the tax only for what goes to another country.",
				DE: "Die Steuer schuldet der Kunde nur für das, was in ein anderes Land geht.",
			}, "countries")
		}
		for _, earlier := range out.Rules {
			if hides(earlier, r) {
				return nil, p.refuse(Unreachable, problem.Text{
					EN: "This rule can never decide: “" + earlier.Key + "” comes before it and covers all of it.",
					DE: "Diese Regel kann nie entscheiden: „" + earlier.Key + "“ steht davor und deckt alles ab.",
				}, "key")
			}
		}
		out.Rules = append(out.Rules, r)
	}
	return out, nil
}

// hides says whether an earlier rule fits wherever a later one would. One with
// reverse charge has conditions of its own, and hides only its like.
func hides(earlier, later schema.TaxRule) bool {
	covers := func(a, b []string) bool {
		if len(a) == 0 || len(b) == 0 {
			return len(a) == 0
		}
		return !slices.ContainsFunc(b, func(x string) bool { return !slices.Contains(a, x) })
	}
	folded := func(list []string) []string {
		out := make([]string, len(list))
		for i, x := range list {
			out[i] = fold(x)
		}
		return out
	}
	switch {
	case earlier.ReverseCharge && !later.ReverseCharge,
		earlier.Business != nil && (later.Business == nil || *earlier.Business != *later.Business),
		earlier.ValidFrom != nil && (later.ValidFrom == nil || earlier.ValidFrom.After(*later.ValidFrom)),
		earlier.ValidTo != nil && (later.ValidTo == nil || earlier.ValidTo.Before(*later.ValidTo)):
		return false
	}
	return covers(earlier.Countries, later.Countries) && covers(earlier.Categories, later.Categories) &&
		covers(folded(earlier.Regions), folded(later.Regions))
}

func readShipping(in []schema.ShippingRule) ([]schema.ShippingRule, error) {
	out := make([]schema.ShippingRule, 0, len(in))
	keys := map[string]bool{}
	for i, r := range in {
		p := place{"shippingRules", i}
		if err := p.common(keys, r.Key, &r.Name, nil, nil); err != nil {
			return nil, err
		}
		if err := p.countries(r.Countries); err != nil {
			return nil, err
		}
		r.Description = strings.TrimSpace(r.Description)
		_, badCurrency := money.Digits(r.Currency)
		switch {
		case r.Description != "" && !plain(r.Description, 500):
			return nil, p.invalid("A description has up to 500 characters.", "Eine Beschreibung hat bis zu 500 Zeichen.", "description")
		case r.Carrier != "" && !plain(r.Carrier, 60):
			return nil, p.invalid("A carrier's code has up to 60 characters.", "Der Code eines Versanddienstleisters hat bis zu 60 Zeichen.", "carrier")
		case badCurrency != nil:
			return nil, p.invalid("This is no currency.", "Das ist keine Währung.", "currency")
		case r.MinGrams != nil && *r.MinGrams < 0:
			return nil, p.invalid("A weight is not negative.", "Ein Gewicht ist nicht negativ.", "minimumGrams")
		case r.MaxGrams != nil && *r.MaxGrams < max(0, deref(r.MinGrams)):
			return nil, p.invalid("No weight lies between these.", "Dazwischen liegt kein Gewicht.", "maximumGrams")
		case r.Days < 0 || r.Days > 365:
			return nil, p.invalid("It takes from 0 to 365 days.", "Es dauert 0 bis 365 Tage.", "days")
		}
		for field, amount := range map[string]*int64{"price": &r.PriceMinor, "pricePerKilogram": &r.PerKiloMinor, "freeFrom": r.FreeFrom, "minimumValue": r.MinMinor} {
			if err := p.money(amount, field); err != nil {
				return nil, err
			}
		}
		out = append(out, r)
	}
	return out, nil
}

func readDiscounts(in []schema.DiscountRule) ([]schema.DiscountRule, error) {
	out := make([]schema.DiscountRule, 0, len(in))
	keys := map[string]bool{}
	for i, r := range in {
		p := place{"discountRules", i}
		if err := p.common(keys, r.Key, &r.Name, &r.ValidFrom, &r.ValidTo); err != nil {
			return nil, err
		}
		for field, list := range map[string]struct {
			ids    []string
			prefix string
		}{
			"categoryIds": {r.Categories, gid.Category}, "productIds": {r.Products, gid.Product},
			"organizationIds": {r.Organizations, gid.Organization}, "segmentIds": {r.Segments, gid.Segment},
		} {
			good := func(x string) bool { return gid.ID(x).Prefix() == list.prefix }
			if err := p.conditions(list.ids, field, good, "%q is no such id.", "%q ist keine solche Kennung."); err != nil {
				return nil, err
			}
		}
		if err := p.discount(&r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// discount checks what a rule of discounts gives, and on what.
func (p place) discount(r *schema.DiscountRule) error {
	amounts := r.AmountMinor != 0 || r.MinMinor != 0
	switch {
	case r.On != onOrder && r.On != onLine:
		return p.invalid("A discount is on the order or on a line.", "Ein Rabatt gilt für die Bestellung oder für eine Position.", "on")
	case r.BasisPoints < 0 || r.BasisPoints > whole:
		return p.invalid("A discount is from 0 to 100 percent.", "Ein Rabatt liegt zwischen 0 und 100 Prozent.", "percent")
	case (r.BasisPoints == 0) == (r.AmountMinor == 0):
		return p.invalid("Give a percentage or an amount.", "Geben Sie einen Prozentsatz oder einen Betrag an.", "percent")
	case r.On == onLine && r.AmountMinor != 0:
		return p.invalid("A discount on a line is a percentage.", "Der Rabatt auf eine Position ist ein Prozentsatz.", "amount")
	case r.On == onOrder && (len(r.Products) > 0 || len(r.Categories) > 0 || r.MinQuantity != 0):
		return p.invalid("Products, categories and quantities are conditions of a line.",
			"Produkte, Kategorien und Mengen sind Bedingungen einer Position.", "on")
	case r.MinQuantity < 0 || r.MinQuantity > mostQuantity:
		return p.invalid(ErrQuantity.Text.EN, ErrQuantity.Text.DE, "minimumQuantity")
	case amounts && r.Currency == "":
		return p.invalid("Say in which currency the amounts are.", "Geben Sie die Währung der Beträge an.", "currency")
	}
	if _, err := money.Digits(r.Currency); r.Currency != "" && err != nil {
		return p.invalid("This is no currency.", "Das ist keine Währung.", "currency")
	}
	if err := p.money(&r.AmountMinor, "amount"); err != nil {
		return err
	}
	return p.money(&r.MinMinor, "minimumValue")
}

// exist checks that what rules of discounts name is there, as the viewer sees it.
func exist(ctx context.Context, tx *ent.Client, rules []schema.DiscountRule) error {
	for _, of := range []struct {
		field string
		ids   func(schema.DiscountRule) []string
		find  func(context.Context, []gid.ID) ([]gid.ID, error)
	}{
		{"categoryIds", func(r schema.DiscountRule) []string { return r.Categories },
			func(ctx context.Context, ids []gid.ID) ([]gid.ID, error) {
				return tx.Category.Query().Where(category.IDIn(ids...)).IDs(ctx)
			}},
		{"productIds", func(r schema.DiscountRule) []string { return r.Products },
			func(ctx context.Context, ids []gid.ID) ([]gid.ID, error) {
				return tx.Product.Query().Where(product.IDIn(ids...)).IDs(ctx)
			}},
		{"organizationIds", func(r schema.DiscountRule) []string { return r.Organizations },
			func(ctx context.Context, ids []gid.ID) ([]gid.ID, error) {
				return tx.Organization.Query().Where(organization.IDIn(ids...)).IDs(ctx)
			}},
		{"segmentIds", func(r schema.DiscountRule) []string { return r.Segments },
			func(ctx context.Context, ids []gid.ID) ([]gid.ID, error) {
				return tx.Segment.Query().Where(segment.IDIn(ids...)).IDs(ctx)
			}},
	} {
		for i, r := range rules {
			ids := of.ids(r)
			if len(ids) == 0 {
				continue
			}
			wanted := make([]gid.ID, len(ids))
			for n, id := range ids {
				wanted[n] = gid.ID(id)
			}
			found, err := of.find(ctx, wanted)
			if err != nil {
				return err
			}
			if len(found) < len(wanted) {
				return place{"discountRules", i}.refuse(Unknown, problem.Text{
					EN: "Not all of these are there.", DE: "Nicht alle davon gibt es.",
				}, of.field)
			}
		}
	}
	return nil
}
