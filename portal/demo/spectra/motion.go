package spectra

import "foyer/schema"

// motion is what is measured, and how parts are moved.
func motion() []schema.OptionGroup {
	return []schema.OptionGroup{
		{Key: "width", Title: say("Width of the working area", "Breite des Arbeitsraums"),
			Help:   say("Up to 1000 mm are included.", "Bis 1000 mm sind enthalten."),
			Number: &schema.NumberAsked{Min: 600, Max: 1500, Step: 50, Unit: "mm", Default: new(int64(1000))}},
		{Key: "depth", Title: say("Depth of the working area", "Tiefe des Arbeitsraums"),
			Help:   say("Up to 700 mm are included.", "Bis 700 mm sind enthalten."),
			Number: &schema.NumberAsked{Min: 400, Max: 1000, Step: 50, Unit: "mm", Default: new(int64(700))}},
		{Key: "lift", Title: say("Stroke of the Z axis", "Hub der Z-Achse"),
			Help:   say("How high parts may be, with their fixture.", "Wie hoch Teile mit Vorrichtung sein dürfen."),
			Number: &schema.NumberAsked{Min: 100, Max: 400, Step: 50, Unit: "mm", Default: new(int64(200))}},
		{Key: "bed", Min: 1, Max: 1, Default: "slat", Title: say("Bed", "Auflage"),
			Help: say("What your material lies on.", "Worauf Ihr Material liegt."),
			Options: []schema.Option{
				{Key: "slat", Title: say("Slats", "Stableisten"), Help: say("Steel, exchanged one by one", "Stahl, einzeln zu wechseln"), Amounts: price(0), Costs: cost(140)},
				{Key: "honeycomb", Title: say("Honeycomb", "Waben"), Help: say("Aluminium, for paper, leather and foil", "Aluminium, für Papier, Leder und Folie"), Amounts: price(190), Costs: cost(85)},
				{Key: "pin", Title: say("Pins", "Stifte"), Help: say("No marks below acrylic", "Keine Spuren unter Acryl"), Amounts: price(340), Costs: cost(150), Days: 8},
				{Key: "vacuum", Title: say("Vacuum", "Vakuum"), Help: say("Holds thin sheet flat, pump of 1.1 kW", "Hält dünnes Blech flach, Pumpe mit 1,1 kW"), Amounts: price(2_450), Costs: cost(1_270), Days: 21},
				{Key: "exchange", Title: say("Exchange table", "Wechseltisch"), Help: say("Loads while it cuts", "Lädt, während sie schneidet"), Amounts: price(6_800), Costs: cost(4_150), Days: 25},
			}},
		{Key: "equipment", Max: 8, Title: say("Equipment", "Ausrüstung"),
			Help: say("As much of it as you need.", "So viel davon, wie Sie brauchen."),
			Options: []schema.Option{
				{Key: "rotary", Title: say("Rotary axis", "Drehachse"), Help: say("For tubes and shafts up to 125 mm; say how many chucks below", "Für Rohre und Wellen bis 125 mm; wie viele Futter, sagen Sie unten"), Amounts: price(780), Costs: cost(390), Days: 14},
				{Key: "passthrough", Title: say("Pass-through doors", "Durchreichtüren"), Help: say("For panels of any length", "Für Platten beliebiger Länge"), Amounts: price(520), Costs: cost(260)},
				{Key: "loader", Title: say("Sheet loader", "Blechlader"), Help: say("Stack of 400 kg, a sheet every 40 s", "Stapel von 400 kg, alle 40 s ein Blech"), Amounts: price(9_400), Costs: cost(6_100), Days: 30},
				{Key: "height", Title: say("Height control", "Abstandsregelung"), Help: say("Capacitive, follows uneven sheet", "Kapazitiv, folgt unebenem Blech"), Sku: "HS-SP-2", Costs: cost(118)},
				{Key: "nitrogen", Title: say("Nitrogen console, 25 bar", "Stickstoffpult, 25 bar"), Help: say("Bright edges in stainless steel and aluminium", "Blanke Kanten in Edelstahl und Aluminium"), Amounts: price(1_350), Costs: cost(610), Days: 10},
				{Key: "oxygen", Title: say("Oxygen console, 6 bar", "Sauerstoffpult, 6 bar"), Help: say("Twice the thickness in mild steel", "Doppelte Dicke in Baustahl"), Amounts: price(1_150), Costs: cost(540), Days: 10},
				{Key: "fire", Title: say("Fire suppression", "Löschanlage"), Help: say("Sees flames in 0.1 s and floods the cabin with nitrogen", "Sieht Flammen in 0,1 s und flutet die Kabine mit Stickstoff"), Amounts: price(1_680), Costs: cost(870), Days: 12},
				{Key: "camera", Title: say("Overview camera", "Übersichtskamera"), Help: say("Places the drawing on the real sheet", "Legt die Zeichnung auf das echte Blech"), Amounts: price(890), Costs: cost(310)},
			}},
		{Key: "rotaries", Title: say("Number of chucks", "Anzahl der Futter"),
			Help:   say("Each takes 250 mm of the width.", "Jedes belegt 250 mm der Breite."),
			Number: &schema.NumberAsked{Min: 1, Max: 4, Step: 1, Of: "equipment.rotary", Default: new(int64(1)), Amounts: price(1_180)}},
	}
}
