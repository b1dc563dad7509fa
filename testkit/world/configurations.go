package world

import (
	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/modelversion"
	"foyer/ent/productvariant"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

// ConfigurationsOf are the people of the world with a configuration; that of nobody is
// one that staff have made for the customer.
var ConfigurationsOf = []string{OrderOfMember, OrderOfBuyer, OrderOfColleague, OrderOfNobody, OrderOfSub, OrderOfSouth}

func init() { seeds = append(seeds, seeder.configurations) }

// Said is a text in both languages.
func Said(en, de string) map[string]string { return map[string]string{"en": en, "de": de} }

// Priced is an amount in both currencies of the model.
func Priced(eur, usd int64) map[string]int64 { return map[string]int64{"EUR": eur, "USD": usd} }

// Press is a small model with a bit of everything: sentences for customers, a rule
// that they do not learn of, numbers, prices in two currencies, costs and parts.
func Press() schema.ConfigurationDocument {
	standard := int64(100)
	return schema.ConfigurationDocument{
		Title: Said("Press", "Presse"), Intro: Said("Put it together.", "Stellen Sie sie zusammen."),
		Steps: []schema.ConfigurationStep{
			{Key: "body", Title: Said("Body", "Korpus"), Groups: []string{"size", "length"}},
			{Key: "more", Title: Said("More", "Mehr"), Groups: []string{"cooling", "hoses", "extras"}},
		},
		Groups: []schema.OptionGroup{
			{Key: "size", Title: Said("Size", "Größe"), Min: 1, Max: 1, Default: "small", Options: []schema.Option{
				{Key: "small", Title: Said("Small", "Klein"), Amounts: Priced(0, 0), Costs: Priced(40_000, 45_000)},
				{Key: "large", Title: Said("Large", "Groß"), Amounts: Priced(50_000, 60_000), Costs: Priced(70_000, 77_000), Days: 10},
			}},
			{Key: "length", Title: Said("Length", "Länge"), Number: &schema.NumberAsked{
				Min: 50, Max: 300, Step: 25, Scale: 2, Unit: "m", Default: &standard, Amounts: Priced(999, 1099),
			}},
			{Key: "cooling", Title: Said("Cooling", "Kühlung"), Min: 1, Max: 1, Options: []schema.Option{
				{Key: "air", Title: Said("Air", "Luft"), Amounts: Priced(0, 0), Costs: Priced(500, 600)},
				{Key: "water", Title: Said("Water", "Wasser"), Amounts: Priced(8000, 9000), Costs: Priced(3000, 3300), Days: 4},
			}},
			{Key: "hoses", Title: Said("Hoses", "Schläuche"), Number: &schema.NumberAsked{
				Min: 1, Max: 4, Step: 1, Of: "cooling.water", Amounts: Priced(1500, 1700),
			}},
			{Key: "extras", Title: Said("Extras", "Zubehör"), Min: 0, Max: 2, Repairable: true, Options: []schema.Option{
				{Key: "light", Title: Said("Light", "Licht"), Amounts: Priced(1000, 1200), Costs: Priced(300, 330)},
				{Key: "case", Title: Said("Case", "Gehäuse"), Amounts: Priced(2500, 3000), Costs: Priced(900, 990)},
			}},
		},
		Rules: []schema.ConfigurationRule{
			{Key: "large-water", Text: "size.large -> cooling.water", Message: Said("The large one is cooled with water.", "Die große wird mit Wasser gekühlt.")},
			{Key: "long-light", Text: "length > 2 m -> extras.light", Message: Said("Beyond two metres it takes a light.", "Über zwei Meter braucht sie Licht.")},
			{Key: "case-air", Text: "extras.case -> !cooling.water", Internal: true, Note: "the supplier of cases is insolvent"},
		},
		Prices: []schema.PriceRule{
			{Key: "bundle", Title: Said("Light with the large one", "Licht zur großen"), When: "size.large & extras.light", Amounts: Priced(-700, -800)},
			{Key: "tier", Title: Said("From ten", "Ab zehn"), FromQuantity: 10, BasisPoints: -250},
		},
		BaseDays:  5,
		LeadTimes: []schema.LeadTimeRule{{Key: "test", Title: Said("Test run", "Probelauf"), When: "size.large", Days: 2, Added: true}},
		Parts: []schema.BillItem{
			{Sku: "PART-FRAME", Name: "Frame", Quantity: 1, Costs: Priced(10_000, 11_000)},
			{Sku: "PART-PUMP", Name: "Pump", Quantity: 2, When: "cooling.water", Costs: Priced(700, 770)},
		},
		Golden: []schema.GoldenConfiguration{{Key: "plain", Choices: []schema.ConfigurationChoice{{Group: "size", Option: "small"}}}},
	}
}

// configurations publishes a model of the product that is offered, by a variant that
// is not sold by itself, and one of the draft, and gives some people a configuration:
// the stranger one of the draft, which has become their order.
func (s seeder) configurations() {
	document, wrong := plan.Check(Press())
	require.Empty(s.t, wrong)
	publish := func(p *ent.Product, sku string) *ent.ModelVersion {
		variant, err := s.tx.ProductVariant.Query().Where(productvariant.Sku(sku)).Only(s.ctx)
		require.NoError(s.t, err)
		m, err := s.tx.ConfigurationModel.Create().SetProductID(p.ID).SetVariantID(variant.ID).SetDraft(document).SetLatest(1).Save(s.ctx)
		require.NoError(s.t, err)
		v, err := s.tx.ModelVersion.Create().SetModelID(m.ID).SetProductID(p.ID).SetVariantID(variant.ID).SetNumber(1).SetStatus(modelversion.StatusACTIVE).
			SetDocument(document).SetChecksum(plan.Digest(document)).SetFacts(schema.ConfigurationFacts{Groups: 5, Options: 6, Rules: 3}).
			SetNote("the first").SetPublishedAt(s.w.Now).Save(s.ctx)
		require.NoError(s.t, err)
		return v
	}
	shown, hidden := publish(s.w.Product, "SP-0"), publish(s.w.Draft, "XX-1")
	for _, name := range ConfigurationsOf {
		o, v, p := s.w.Orders[name], shown, s.w.Product
		if name == OrderOfSouth {
			v, p = hidden, s.w.Draft
		}
		c := s.tx.Configuration.Create().SetOrganizationID(o.OrganizationID).SetProductID(p.ID).SetVersionID(v.ID).SetName("Press of " + name).
			SetStatus(configuration.StatusCOMPLETE).SetCurrency("EUR").SetUnitMinor(1999).SetDays(5).SetCreatedAt(s.w.Now).SetChangedAt(s.w.Now).
			SetChoices([]schema.ConfigurationChoice{{Group: "cooling", Option: "air"}})
		if o.UserID != "" {
			c.SetUserID(o.UserID)
		}
		if name == OrderOfSouth {
			c.SetStatus(configuration.StatusORDERED).SetTurn(configuration.TurnSALES).SetOrderID(o.ID)
		}
		var err error
		s.w.Configurations[name], err = c.Save(s.ctx)
		require.NoError(s.t, err)
	}
}
