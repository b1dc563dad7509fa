package demo

import (
	"context"
	"fmt"
	"time"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/portal/catalog"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// novelties are what nobody has ordered yet: a machine that can be ordered ahead,
// something in packs, something for one customer and something for schools.
var novelties = []article{
	{name: "Aura 30", shelf: "Marking machines", family: aura, class: machine, novel: true,
		text: "The successor of the Aura 20 with half as much power again. The first ones leave the works in six weeks.",
		variants: []item{
			{"AU-30-M", "175 x 175 mm", 14_300_00, "Laser power: 30 W; Field: 175 x 175 mm; Wavelength: 1064 nm; Supply: 230 V; Weight: 95 kg"},
		}},
	{name: "Optics swabs", shelf: "Cleaning", class: part, novel: true,
		text:     "Lint-free swabs for lenses and windows, in boxes of 100.",
		variants: []item{{"SW-100", "box of 100", 8_90, "Pieces: 100"}}},
	{name: "Nordholm service kit", shelf: "Cleaning", class: part, novel: true, forCustomer: "nordholm",
		text:     "What the maintenance of Nordholm's machines needs in a year, packed as agreed.",
		variants: []item{{"KIT-NH-1", "one year", 1_950_00, "Cleanings: 50"}}},
	{name: "Classroom kit", shelf: "Fixtures", class: part, novel: true, forSegment: "workshops",
		text:     "Fixtures, glasses and exercises for a class of twelve.",
		variants: []item{{"KIT-CL-12", "for 12 people", 890_00, "Pieces: 12"}}},
}

// groups are the segments of customers.
var groups = []struct {
	key, name, text string
	customers       []string
}{
	{"workshops", "Workshops and studios", "Small places that make single pieces and teach.", []string{"kesselring", "delorme", "sieverding", "arriaga"}},
	{"industry", "Industry", "Series production.", []string{"halden", "halden-se", "halden-de", "nordholm", "feinblech"}},
}

// words by which people find a product that its text does not have.
var keywords = map[string]string{
	"Focusing lens": "Fokussierlinse Linse Optik", "Cutting nozzle": "Schneiddüse Düse", "Chiller CH-40": "Kühlgerät Rückkühler Kühler",
	"Protective window": "Schutzglas Schutzfenster", "Filler wire": "Schweißdraht Zusatzdraht", "Extraction unit EX-400": "Absaugung Filteranlage",
	"Laser safety glasses": "Schutzbrille Laserschutzbrille", "Spectra 350": "Laserschneider Schneidmaschine", "Halo 1500": "Schweißgerät Handschweißlaser",
	"CO2 laser tube": "Laserröhre Röhre", "Coolant concentrate": "Kühlmittel Frostschutz", "HEPA cartridge": "Schwebstofffilter Filterpatrone",
}

// internalTexts are for staff alone.
var internalTexts = map[string]string{
	"Spectra 200": "Last units went to the training workshop; do not offer refurbished ones.",
	"Glass tube":  "Adapter kit drawing 4711 lies with service.",
}

// goes says, by names, what goes with what beyond parts and accessories of the
// same family.
var goes = map[string][][2]string{
	"Spectra 350":    {{"REPLACES", "Spectra 200"}, {"UPSELL", "Spectra 500"}},
	"Spectra 500":    {{"UPSELL", "Spectra 3015"}},
	"Corona 60":      {{"UPSELL", "Corona 90"}},
	"Corona 90":      {{"UPSELL", "Corona 150 Duo"}},
	"Aura 20":        {{"UPSELL", "Aura 60 MOPA"}},
	"Aura 30":        {{"REPLACES", "Aura 20"}},
	"Halo 1500":      {{"UPSELL", "Halo Cell"}},
	"CO2 laser tube": {{"REPLACES", "Glass tube"}},
	"Cutting nozzle": {{"UPSELL", "Nozzle set"}},
}

// relate sets what goes with what, once all products are there.
func (h *house) relate(products map[string]*ent.Product) error {
	for _, a := range articles() {
		p := products[a.name]
		for _, x := range goes[a.name] {
			other, ok := products[x[1]]
			if !ok {
				return fmt.Errorf("demo: %s: there is no %q", a.name, x[1])
			}
			p.Related = append(p.Related, schema.Related{Kind: x[0], ProductID: string(other.ID)})
		}
		if a.class != machine {
			continue
		}
		for _, o := range articles() {
			kind := map[string]string{"spare_part": "SPARE_PART", "accessory": "ACCESSORY"}[sortOf(o.shelf)]
			if kind != "" && !o.novel && (o.family == a.family || o.family == every && kind == "ACCESSORY") {
				p.Related = append(p.Related, schema.Related{Kind: kind, ProductID: string(products[o.name].ID)})
			}
		}
	}
	return nil
}

// terms sets how a variant is sold, and what is promised of it.
func (s *stocked) terms(now time.Time) {
	v := s.row
	v.Unit, v.MinimumQuantity, v.QuantityStep, v.StockPolicy = "piece", 1, 1, productvariant.StockPolicySTOCK
	v.WeightGrams = s.weight()
	switch {
	case s.configured(): // made when somebody wants it
		v.StockPolicy = productvariant.StockPolicyUNTRACKED
	case s.sku == "AU-30-M":
		v.StockPolicy, v.AvailableFrom = productvariant.StockPolicyPREORDER, new(now.AddDate(0, 0, 42).Truncate(24*time.Hour))
	case s.class == machine && s.cents > 90_000_00:
		v.StockPolicy, v.LeadDays = productvariant.StockPolicyBACKORDER, new(70)
	case s.class == machine:
		v.StockPolicy, v.LeadDays = productvariant.StockPolicyBACKORDER, new(30)
	case s.class == service:
		v.StockPolicy = productvariant.StockPolicyUNTRACKED
	}
	switch s.sku {
	case "SW-100":
		v.Unit, v.MinimumQuantity, v.QuantityStep, v.MaximumQuantity = "box", 10, 10, new(500)
	case "CO-LIQ-5":
		v.Unit, v.MaximumQuantity = "canister", new(40) // more is dangerous goods
	case "MS-400":
		v.Unit, v.MaximumQuantity = "can", new(24)
	case "FW-316-10", "FW-316-12", "FW-AL-12":
		v.Unit = "spool"
	}
}

// audiences writes for whom the products are that are not for everybody, and who is
// in the segments; and which product replaces which.
func (h *house) audiences(ctx context.Context, st *store.Store) error {
	for _, g := range groups {
		var members []gid.ID
		for _, key := range g.customers {
			f, ok := h.firms[key]
			if !ok {
				return fmt.Errorf("demo: segment %s: there is no customer %q", g.key, key)
			}
			members = append(members, f.row.ID)
		}
		if err := catalog.PutMembers(ctx, st, h.segments[g.key].ID, members); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	for i, a := range articles() {
		p := h.products[i]
		if a.forCustomer != "" {
			if err := catalog.PutAudience(ctx, st, p.ID, []gid.ID{h.firms[a.forCustomer].row.ID}); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
		}
		if a.forSegment != "" {
			if err := catalog.PutAudience(ctx, st, p.ID, []gid.ID{h.segments[a.forSegment].ID}); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
		}
		if err := catalog.Replacements(ctx, st, p.ID, p.Related); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	return nil
}
