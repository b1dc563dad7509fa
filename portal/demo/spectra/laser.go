package spectra

import (
	"slices"

	"foyer/schema"
)

// groups are all questions, in the order in which their defaults are taken.
func groups() []schema.OptionGroup {
	return slices.Concat(laser(), motion(), surroundings())
}

// laser is the source and what leads its light.
func laser() []schema.OptionGroup {
	return []schema.OptionGroup{
		{Key: "source", Min: 1, Max: 1, Default: "fibre350", Title: say("Laser source", "Laserquelle"),
			Help: say("More power cuts thicker material faster. Fibre (1064 nm) is for metal, CO2 (10.6 µm) for wood, acrylic and leather.",
				"Mehr Leistung schneidet dickeres Material schneller. Faser (1064 nm) ist für Metall, CO2 (10,6 µm) für Holz, Acryl und Leder."),
			Options: []schema.Option{
				{Key: "fibre200", Title: say("200 W fibre", "200 W Faser"), Help: say("Up to 2 mm steel", "Bis 2 mm Stahl"), Amounts: price(0), Costs: cost(3_900), Days: 10},
				{Key: "fibre350", Title: say("350 W fibre", "350 W Faser"), Help: say("Up to 4 mm steel", "Bis 4 mm Stahl"), Amounts: price(3_900), Costs: cost(6_350), Days: 15},
				{Key: "fibre500", Title: say("500 W fibre", "500 W Faser"), Help: say("Up to 6 mm steel", "Bis 6 mm Stahl"), Amounts: price(6_650), Costs: cost(8_200), Days: 25},
				{Key: "co2_100", Title: say("100 W CO2", "100 W CO2"), Help: say("Up to 12 mm acrylic", "Bis 12 mm Acryl"), Amounts: price(2_400), Costs: cost(5_100), Days: 20},
				{Key: "co2_150", Title: say("150 W CO2", "150 W CO2"), Help: say("Up to 20 mm acrylic", "Bis 20 mm Acryl"), Amounts: price(5_200), Costs: cost(7_450), Days: 30},
				{Key: "duo", Title: say("Duo: 350 W fibre and 100 W CO2", "Duo: 350 W Faser und 100 W CO2"), Help: say("Metal and organic material on one machine", "Metall und Organisches auf einer Maschine"), Amounts: price(9_800), Costs: cost(11_900), Days: 35},
			}},
		{Key: "cooling", Min: 1, Max: 1, Default: "air", Title: say("Cooling", "Kühlung"),
			Help: say("Liquid cooling keeps the beam steady on long shifts.", "Flüssigkeitskühlung hält den Strahl in langen Schichten ruhig."),
			Options: []schema.Option{
				{Key: "air", Title: say("Air", "Luft"), Help: say("Quiet, nothing to refill", "Leise, nichts nachzufüllen"), Amounts: price(0), Costs: cost(210)},
				{Key: "liquid", Title: say("Liquid", "Flüssigkeit"), Help: say("Closed loop, 4 kW", "Geschlossener Kreis, 4 kW"), Amounts: price(2_150), Days: 12},
				{Key: "chiller9", Title: say("Liquid, large", "Flüssigkeit, groß"), Help: say("Closed loop, 9 kW, for three shifts at 35 °C", "Geschlossener Kreis, 9 kW, für drei Schichten bei 35 °C"), Amounts: price(4_280), Days: 28},
				{Key: "water", Title: say("Your cooling water", "Ihr Kühlwasser"), Help: say("Plate heat exchanger for 12 to 18 °C and 12 l/min", "Plattenwärmetauscher für 12 bis 18 °C und 12 l/min"), Amounts: price(1_390), Costs: cost(720), Days: 14},
			}},
		{Key: "optics", Min: 1, Max: 1, Default: "silica125", Repairable: true, Title: say("Lens", "Linse"),
			Help: say("A short focal length engraves finer, a long one cuts thicker.", "Kurze Brennweite graviert feiner, lange schneidet dicker."),
			Options: []schema.Option{
				{Key: "silica100", Title: say("Fused silica, f = 100 mm", "Quarzglas, f = 100 mm"), Help: say("Fine contours in thin sheet", "Feine Konturen in dünnem Blech"), Sku: "LN-SP-100", Amounts: price(0), Costs: cost(61)},
				{Key: "silica125", Title: say("Fused silica, f = 125 mm", "Quarzglas, f = 125 mm"), Help: say("For most work in metal", "Für die meisten Arbeiten in Metall"), Sku: "LN-SP-125", Amounts: price(0), Costs: cost(64)},
				{Key: "silica150", Title: say("Fused silica, f = 150 mm", "Quarzglas, f = 150 mm"), Help: say("Thick sheet, less spatter", "Dickes Blech, weniger Spritzer"), Sku: "LN-SP-150", Amounts: price(60), Costs: cost(68)},
				{Key: "znse51", Title: say("Zinc selenide, f = 51 mm", "Zinkselenid, f = 51 mm"), Help: say("Engraving and up to 6 mm", "Gravieren und bis 6 mm"), Sku: "LN-CO-20", Amounts: price(0), Costs: cost(29)},
				{Key: "znse102", Title: say("Zinc selenide, f = 102 mm", "Zinkselenid, f = 102 mm"), Help: say("Straight edges in thick acrylic", "Gerade Kanten in dickem Acryl"), Sku: "LN-CO-40", Costs: cost(33)},
				{Key: "pair", Title: say("Changer with both", "Wechsler mit beiden"), Help: say("Fused silica 125 mm and zinc selenide 51 mm, changed in 4 s", "Quarzglas 125 mm und Zinkselenid 51 mm, Wechsel in 4 s"), Amounts: price(690), Costs: cost(340), Days: 18},
			}},
		{Key: "scanner", Min: 1, Max: 1, Default: "s8", Repairable: true, Title: say("Scanner", "Scanner"),
			Help: say("Channels are read at the same time.", "Die Kanäle werden gleichzeitig gelesen."),
			Options: []schema.Option{
				{Key: "s4", Title: say("4 channels", "4 Kanäle"), Help: say("Single-sided work", "Einseitige Arbeit"), Amounts: price(0), Costs: cost(260), ValidTo: day(2032, 1, 1)},
				{Key: "s8", Title: say("8 channels", "8 Kanäle"), Help: say("Most customers", "Die meisten Kunden"), Amounts: price(1_450), Costs: cost(640)},
				{Key: "s16", Title: say("16 channels", "16 Kanäle"), Help: say("Double-sided, at speed", "Beidseitig, mit Tempo"), Amounts: price(2_650), Costs: cost(1_120), Days: 16},
			}},
	}
}
