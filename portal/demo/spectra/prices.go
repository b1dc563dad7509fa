package spectra

import "foyer/schema"

// prices are what depends on more than one answer. What is included of a measure is
// taken off again in a line of its own, so that customers can follow the sum.
func prices() []schema.PriceRule {
	return []schema.PriceRule{
		{Key: "width", Title: say("Width beyond 1000 mm: per millimetre of all of it", "Breite über 1000 mm: je Millimeter der ganzen Breite"),
			When: "width > 1000 mm", Per: "width", Amounts: price(3)},
		{Key: "width-included", Title: say("of which 1000 mm are included", "davon sind 1000 mm enthalten"),
			When: "width > 1000 mm", Amounts: price(-3_000)},
		{Key: "depth", Title: say("Depth beyond 700 mm: per millimetre of all of it", "Tiefe über 700 mm: je Millimeter der ganzen Tiefe"),
			When: "depth > 700 mm", Per: "depth", Amounts: price(2)},
		{Key: "depth-included", Title: say("of which 700 mm are included", "davon sind 700 mm enthalten"),
			When: "depth > 700 mm", Amounts: price(-1_400)},
		{Key: "long-stroke", Title: say("Ball screw for a stroke of more than 250 mm", "Kugelgewindetrieb für mehr als 250 mm Hub"),
			When: "lift > 250 mm", Amounts: price(740)},
		{Key: "large-vacuum", Title: say("Second pump for a vacuum bed of more than 1000 mm", "Zweite Pumpe für einen Vakuumtisch über 1000 mm"),
			When: "bed.vacuum & width > 1000 mm", Amounts: price(980)},
		{Key: "dry-run", Title: say("Loader and exchange table, set up together", "Lader und Wechseltisch, gemeinsam eingerichtet"),
			When: "equipment.loader & bed.exchange", Amounts: price(-1_200)},
		{Key: "software-package", Title: say("Three software packages or more: 15 % off", "Ab drei Softwarepaketen: 15 % Nachlass"),
			When: "atleast(3, software.*)", BasisPoints: -1500, Of: []string{"software"}},
		{Key: "framework", Title: say("Framework agreement: 4 % off machine and source", "Rahmenvertrag: 4 % Nachlass auf Maschine und Quelle"),
			BasisPoints: -400, Of: []string{"base", "source"}, PriceLists: []string{"nordholm"}},
		{Key: "from-three", Title: say("From 3 machines on: 2 % off", "Ab 3 Maschinen: 2 % Nachlass"),
			BasisPoints: -200, FromQuantity: 3},
		{Key: "from-six", Title: say("From 6 machines on: another 1.5 % off", "Ab 6 Maschinen: weitere 1,5 % Nachlass"),
			BasisPoints: -150, FromQuantity: 6},
		{Key: "incorporation", Title: say("Declaration of incorporation and risk assessment: 1.5 %", "Einbauerklärung und Risikobeurteilung: 1,5 %"),
			When: "enclosure.integration", BasisPoints: 150},
	}
}

func leadTimes() []schema.LeadTimeRule {
	return []schema.LeadTimeRule{
		{Key: "long-rails", Title: say("Rails of more than 1200 mm are ground to order", "Schienen über 1200 mm werden auf Bestellung geschliffen"),
			When: "width > 1200 mm", Days: 32},
		{Key: "deep-frame", Title: say("Frames deeper than 800 mm are welded to order", "Rahmen tiefer als 800 mm werden auf Bestellung geschweißt"),
			When: "depth > 800 mm", Days: 22},
		{Key: "acceptance", Title: say("Factory acceptance test", "Werksabnahme"),
			When: "enclosure.integration | equipment.loader | source.duo", Days: 3, Added: true},
		{Key: "drying", Title: say("Special paint dries", "Sonderlack trocknet"),
			When: "colour.custom", Days: 2, Added: true},
	}
}

// parts are the bill of material, but for what options bring by their sku.
func parts() []schema.BillItem {
	own := func(sku, name string, n int, when string, euros int64) schema.BillItem {
		return schema.BillItem{Sku: sku, Name: name, Quantity: n, When: when, Costs: cost(euros)}
	}
	return []schema.BillItem{
		own("FR-SP-500", "Base frame, welded and ground", 1, "", 2_140),
		own("CB-5", "", 1, "", 402),
		own("SM-SP-400", "", 3, "", 268),
		own("SM-SP-750", "", 2, "bed.exchange", 331),
		own("LN-SP-C75", "", 1, "!(source.co2_100 | source.co2_150)", 82),
		own("PW-SP-30", "", 1, "source.fibre200 | source.fibre350", 24),
		own("PW-SP-37", "", 1, "source.fibre500 | source.duo", 47),
		own("NZ-12-SET", "", 1, "!(source.co2_100 | source.co2_150)", 71),
		own("MI-CO-25", "", 1, "source.co2_100 | source.co2_150 | source.duo", 38),
		own("LN-SP-125", "", 1, "optics.pair", 64),
		own("LN-CO-20", "", 1, "optics.pair", 29),
		own("BL-SP-Z", "", 1, "", 52),
		own("BL-SP-Z", "", 1, "lift > 250 mm", 52),
		{Sku: "RL-SP-MM", Name: "Linear rail, by the millimetre", Quantity: 2, Per: "width", Costs: map[string]int64{"EUR": 14}},
		{Sku: "SL-SP-MM", Name: "Slat holder, by the millimetre", Quantity: 2, Per: "depth", When: "bed.slat", Costs: map[string]int64{"EUR": 6}},
		{Sku: "CH-SP-125", Name: "Chuck, 125 mm, with tailstock", Quantity: 1, Per: "rotaries", Costs: cost(560)},
		own("CH-40-EU", "", 1, "cooling.liquid", 1_720),
		own("CH-90-EU", "Chiller, 9 kW, 400 V", 1, "cooling.chiller9", 3_010),
		own("CO-LIQ-5", "", 2, "cooling.liquid", 21),
		own("CO-LIQ-5", "", 4, "cooling.chiller9", 21),
		own("FI-CH-10", "", 1, "cooling.liquid | cooling.chiller9", 9),
		own("EX-DUCT-125", "", 1, "extraction.ex400", 88),
		own("EX-DUCT-200", "", 1, "extraction.ex800 | extraction.ex1500 | extraction.carbon", 127),
		own("ES-KEY", "", 1, "", 17),
		own("ES-KEY", "", 1, "width > 1200 mm | equipment.loader", 17),
		own("LS-WL-24", "", 1, "enclosure.integration", 44),
		own("LS-GL-IR", "", 2, "enclosure.integration & !(source.co2_100 | source.co2_150)", 58),
		own("LS-GL-CO2", "", 2, "enclosure.integration & (source.co2_100 | source.co2_150 | source.duo)", 27),
		own("CL-KIT-L", "", 2, "service.care | service.full", 47),
	}
}
