package prices

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/ent"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/money"
)

// Why a list did not decide.
const (
	LowerPriority    = "LOWER_PRIORITY"
	LessSpecific     = "LESS_SPECIFIC"
	HigherPrice      = "HIGHER_PRICE"
	SamePrice        = "SAME_PRICE"
	QuantityTooSmall = "QUANTITY_TOO_SMALL"
	StandardPrice    = "STANDARD_PRICE"
)

// Explanation says how a price comes about.
type Explanation struct {
	Price
	From, To     *time.Time // when the list holds
	Next         *Tier
	Alternatives []Alternative
	Text         problem.Text
}

// Alternative is an offer that did not decide. Only what the buyer is entitled to
// is one: of the lists of others nothing is said.
type Alternative struct {
	ListName string // empty: the standard price
	Tier     Tier   // that would have held; when the quantity is too small, the first one
	Currency string
	Reason   string
	Text     problem.Text
}

// Explain says how the price comes about that a variant has for the viewer; nil
// where it is not sold in their currency.
func (s *Service) Explain(ctx context.Context, v *ent.ProductVariant, quantity int) (*Explanation, error) {
	if err := CheckQuantity(quantity); err != nil {
		return nil, err
	}
	all, err := s.offersOf(ctx, v)
	if err != nil {
		return nil, err
	}
	return all.explain(quantity), nil
}

func (all offers) explain(quantity int) *Explanation {
	best, tier, found := all.choose(quantity)
	if !found {
		return nil
	}
	e := &Explanation{Price: all.price(quantity), From: best.from, To: best.to}
	met := all.tiers()
	if n := slices.IndexFunc(met, func(t Tier) bool { return t.From > quantity }); n >= 0 {
		e.Next = &met[n]
	}
	others := slices.DeleteFunc(slices.Clone(all), func(o offer) bool { return o.list == best.list })
	slices.SortFunc(others, func(a, b offer) int { return before(a, a.tiers[0], b, b.tiers[0]) })
	for _, o := range others {
		e.Alternatives = append(e.Alternatives, alternative(o, best, tier, quantity))
	}
	e.Text = e.words()
	return e
}

// alternative says why an offer did not decide.
func alternative(o, best offer, tier Tier, quantity int) Alternative {
	a := Alternative{ListName: o.name, Currency: o.currency}
	t, ok := o.at(quantity)
	switch {
	case !ok:
		a.Tier, a.Reason = o.tiers[0], QuantityTooSmall
		a.Text = named(o).with(problem.Text{EN: "%s has prices from a quantity of %d on only.", DE: "%s hat erst ab einer Menge von %d Preise."}, o.tiers[0].From)
		return a
	case o.standard:
		a.Reason = StandardPrice
		a.Text = problem.Text{EN: "The standard price holds only where no list has a price.", DE: "Der Standardpreis gilt nur, wo keine Liste einen Preis hat."}
	case o.priority != best.priority:
		a.Reason = LowerPriority
		a.Text = named(o).with(problem.Text{EN: "%s comes after it: its priority is lower.", DE: "%s kommt danach: Ihre Priorität ist niedriger."})
	case o.level != best.level:
		a.Reason = LessSpecific
		a.Text = named(o).with(lessSpecific(best.level))
	case t.UnitMinor != tier.UnitMinor:
		a.Reason = HigherPrice
		a.Text = named(o).with(problem.Text{EN: "%s has the same rank, and a higher price.", DE: "%s hat den gleichen Rang und einen höheren Preis."})
	default:
		a.Reason = SamePrice
		a.Text = named(o).with(problem.Text{EN: "%s has the same rank and the same price.", DE: "%s hat den gleichen Rang und den gleichen Preis."})
	}
	a.Tier = t
	return a
}

func lessSpecific(best level) problem.Text {
	if best == forOrganization {
		return problem.Text{
			EN: "%s comes after it: the list that decides is for your organization itself.",
			DE: "%s kommt danach: Die Liste, die entscheidet, gilt für Ihre Organisation selbst.",
		}
	}
	return problem.Text{
		EN: "%s comes after it: the list that decides is for a group of customers that you are in.",
		DE: "%s kommt danach: Die Liste, die entscheidet, gilt für eine Kundengruppe, zu der Sie gehören.",
	}
}

// name is how a sentence speaks of a list.
type name problem.Text

func named(o offer) name {
	if o.standard {
		return name{EN: "The standard price", DE: "Der Standardpreis"}
	}
	return name{EN: "The price list “" + o.name + "”", DE: "Die Preisliste „" + o.name + "“"}
}

func (n name) with(t problem.Text, args ...any) problem.Text {
	return problem.Text{
		EN: fmt.Sprintf(t.EN, append([]any{n.EN}, args...)...),
		DE: fmt.Sprintf(t.DE, append([]any{n.DE}, args...)...),
	}
}

// sentences are a text in both languages that grows.
type sentences struct{ en, de []string }

func (s *sentences) add(t problem.Text) {
	s.en, s.de = append(s.en, t.EN), append(s.de, t.DE)
}

func (s *sentences) text() problem.Text {
	return problem.Text{EN: strings.Join(s.en, " "), DE: strings.Join(s.de, " ")}
}

// words are the whole explanation in a few sentences.
func (e *Explanation) words() problem.Text {
	var s sentences
	s.add(priced(e.Price.Cause, e.Unit.Currency))
	if e.To != nil {
		s.add(problem.Text{
			EN: "The list holds until " + e.To.Format("2 January 2006, 15:04 UTC") + ".",
			DE: "Die Liste gilt bis " + e.To.Format("02.01.2006, 15:04 UTC") + ".",
		})
	}
	if e.Next != nil {
		en, de := amount(e.Next.UnitMinor, e.Unit.Currency)
		from := strconv.Itoa(e.Next.From)
		s.add(problem.Text{EN: "From " + from + " on one costs " + en + ".", DE: "Ab " + from + " Stück kostet eines " + de + "."})
	}
	for _, a := range e.Alternatives {
		s.add(a.Text)
	}
	return s.text()
}

// priced says which list and which tier a price is from.
func priced(c schema.PriceCause, currency string) problem.Text {
	en, de := amount(c.UnitMinor, currency)
	t := problem.Text{EN: en + " is the standard price.", DE: de + " ist der Standardpreis."}
	if c.ListName != "" {
		t = problem.Text{EN: en + " is from the price list “" + c.ListName + "”.", DE: de + " steht in der Preisliste „" + c.ListName + "“."}
	}
	if c.TierFrom > 1 {
		from := strconv.Itoa(c.TierFrom)
		t.EN = strings.TrimSuffix(t.EN, ".") + " for quantities from " + from + " on."
		t.DE = strings.TrimSuffix(t.DE, ".") + " für Mengen ab " + from + "."
	}
	return t
}

// amount writes an amount in English and German.
func amount(minor int64, currency string) (en, de string) {
	en = string(money.Money{Minor: minor, Currency: currency}.Amount())
	return en + " " + currency, strings.Replace(en, ".", ",", 1) + " " + currency
}

// Percent writes basis points as percent, without zeros at the end.
func Percent(basisPoints int) string {
	text := strconv.Itoa(basisPoints / 100)
	if rest := basisPoints % 100; rest != 0 {
		text += "." + strings.TrimRight(strconv.Itoa(100 + rest)[1:], "0")
	}
	return text
}

// Recall says how a price came about that was kept with a line: in a cart, or in
// an order that was placed. Nil when nothing is known of it, as of an order that
// another system has priced.
func Recall(c schema.PriceCause, currency string) *Explanation {
	if c.TierFrom == 0 {
		return nil
	}
	e := &Explanation{Price: Price{Unit: money.Money{Minor: c.UnitMinor, Currency: currency}, Cause: c, Found: true}}
	var s sentences
	s.add(priced(c, currency))
	if c.Discount > 0 {
		p := Percent(c.Discount)
		t := problem.Text{EN: "There is a discount of " + p + " percent on it", DE: "Darauf gibt es " + strings.Replace(p, ".", ",", 1) + " Prozent Rabatt"}
		if c.DiscountName != "" {
			t.EN, t.DE = t.EN+": "+c.DiscountName, t.DE+": "+c.DiscountName
		}
		s.add(problem.Text{EN: closed(t.EN), DE: closed(t.DE)})
	}
	switch {
	case c.TaxReverse:
		s.add(problem.Text{
			EN: "The customer owes the tax (reverse charge): " + closed(c.TaxName),
			DE: "Die Steuer schuldet der Kunde (Umkehrung der Steuerschuld): " + closed(c.TaxName),
		})
	case c.TaxName != "":
		s.add(problem.Text{EN: "It is taxed with " + closed(c.TaxName), DE: "Besteuert wird mit " + closed(c.TaxName)})
	default:
		s.add(problem.Text{EN: "No tax rule applies.", DE: "Es gilt keine Steuerregel."})
	}
	e.Text = s.text()
	return e
}

// closed ends a sentence that ends with what people have written.
func closed(text string) string { return strings.TrimRight(cmp.Or(text, "-"), ".") + "." }
