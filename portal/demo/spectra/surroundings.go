package spectra

import "foyer/schema"

// surroundings is what is around the laser: housing, air, software, supply, people.
func surroundings() []schema.OptionGroup {
	return []schema.OptionGroup{
		{Key: "enclosure", Min: 1, Max: 1, Default: "closed", Title: say("Enclosure", "Einhausung"),
			Help: say("Laser class by IEC 60825-1, guards by IEC 60825-4.", "Laserklasse nach IEC 60825-1, Schutzwände nach IEC 60825-4."),
			Options: []schema.Option{
				{Key: "closed", Title: say("Closed, class 1", "Geschlossen, Klasse 1"), Help: say("Steel all round, no window", "Rundum Stahl, ohne Fenster"), Amounts: price(0), Costs: cost(980)},
				{Key: "window", Title: say("With window, class 1", "Mit Fenster, Klasse 1"), Help: say("Filter glass of 700 x 400 mm", "Filterglas, 700 x 400 mm"), Amounts: price(640), Costs: cost(1_310), Days: 12},
				{Key: "tunnel", Title: say("With tunnel, class 1", "Mit Tunnel, Klasse 1"), Help: say("Light traps at both ends of the pass-through", "Lichtfallen an beiden Enden des Durchgangs"), Amounts: price(2_300), Costs: cost(2_240), Days: 22},
				{Key: "integration", Title: say("Open for your cell, class 4", "Offen für Ihre Zelle, Klasse 4"), Help: say("Partly completed machinery: your cell is the guard", "Unvollständige Maschine: Ihre Zelle ist die Schutzeinrichtung"), Amounts: price(-1_900), Costs: cost(240)},
			}},
		{Key: "extraction", Min: 1, Max: 1, Default: "house", Title: say("Extraction", "Absaugung"),
			Help: say("The larger the bed, the more air.", "Je größer der Tisch, desto mehr Luft."),
			Options: []schema.Option{
				{Key: "house", Title: say("Your own", "Ihre eigene"), Help: say("Flange of 160 mm and a contact that reports the flow", "Flansch mit 160 mm und ein Kontakt, der den Luftstrom meldet"), Amounts: price(0), Costs: cost(95)},
				{Key: "ex400", Title: say("400 m³/h", "400 m³/h"), Help: say("Three stages, 0.9 kW", "Drei Stufen, 0,9 kW"), Sku: "EX-400", Costs: cost(1_540)},
				{Key: "ex800", Title: say("800 m³/h", "800 m³/h"), Help: say("Cartridges that clean themselves, 1.6 kW", "Patronen, die sich selbst reinigen, 1,6 kW"), Amounts: price(4_350), Costs: cost(2_420), Days: 18},
				{Key: "ex1500", Title: say("1500 m³/h", "1500 m³/h"), Help: say("With spark trap, 2.6 kW", "Mit Funkenfalle, 2,6 kW"), Amounts: price(6_900), Costs: cost(3_980), Days: 24},
				{Key: "carbon", Title: say("800 m³/h with activated carbon", "800 m³/h mit Aktivkohle"), Help: say("Against smell and solvents, 1.8 kW", "Gegen Geruch und Lösemittel, 1,8 kW"), Amounts: price(5_200), Costs: cost(2_960), Days: 18},
			}},
		{Key: "software", Max: 8, Title: say("Software", "Software"),
			Help: say("Licences do not expire.", "Die Lizenzen laufen nicht ab."),
			Options: []schema.Option{
				{Key: "cam", Title: say("Drawing to beam", "Zeichnung zu Strahl"), Help: say("Reads DXF and STEP, knows 140 materials", "Liest DXF und STEP, kennt 140 Werkstoffe"), Amounts: price(1_450), Costs: cost(180)},
				{Key: "nesting", Title: say("Nesting", "Schachteln"), Help: say("6 to 12 % less waste", "6 bis 12 % weniger Verschnitt"), Amounts: price(980), Costs: cost(140)},
				{Key: "vision", Title: say("Vision", "Bilderkennung"), Help: say("Finds printed marks and edges", "Findet gedruckte Marken und Kanten"), Amounts: price(1_250), Costs: cost(220)},
				{Key: "monitor", Title: say("Process monitor", "Prozessmonitor"), Help: say("Stops before a bad cut becomes ten", "Hält an, bevor aus einem schlechten Schnitt zehn werden"), Amounts: price(1_600), Costs: cost(260)},
				{Key: "mes", Title: say("Production interface", "Fertigungsschnittstelle"), Help: say("Orders and states over OPC UA", "Aufträge und Zustände über OPC UA"), Amounts: price(1_900), Costs: cost(150)},
				{Key: "remote", Title: say("Remote diagnosis", "Ferndiagnose"), Help: say("We look in when you ask us to", "Wir schauen hinein, wenn Sie es wünschen"), Amounts: price(480), Costs: cost(90)},
				{Key: "gateway", Title: say("Secure gateway", "Sicheres Gateway"), Help: say("Signed updates, a log that cannot be changed", "Signierte Updates, ein Protokoll, das sich nicht ändern lässt"), Amounts: price(690), Costs: cost(330)},
				{Key: "fieldbus", Title: say("Safe fieldbus", "Sicherer Feldbus"), Help: say("PROFIsafe or FSoE, PL e", "PROFIsafe oder FSoE, PL e"), Amounts: price(850), Costs: cost(410), Days: 10},
			}},
		{Key: "supply", Min: 1, Max: 1, Default: "eu230", Title: say("Supply and plug", "Anschluss und Stecker"),
			Help: say("What the socket gives, for the machine and all that is on it.", "Was die Steckdose gibt, für die Maschine und alles daran."),
			Options: []schema.Option{
				{Key: "eu230", Title: say("230 V, 16 A, type F", "230 V, 16 A, Schuko"), Help: say("Up to 3.6 kW", "Bis 3,6 kW"), Amounts: price(0)},
				{Key: "uk230", Title: say("230 V, 13 A, type G", "230 V, 13 A, Typ G"), Help: say("United Kingdom and Ireland, up to 3.0 kW", "Großbritannien und Irland, bis 3,0 kW"), Amounts: price(40)},
				{Key: "ch400", Title: say("400 V, 10 A, T15", "400 V, 10 A, T15"), Help: say("Switzerland, up to 6.9 kW", "Schweiz, bis 6,9 kW"), Amounts: price(120)},
				{Key: "eu400_16", Title: say("400 V, 16 A, CEE", "400 V, 16 A, CEE"), Help: say("Up to 11 kW", "Bis 11 kW"), Amounts: price(90)},
				{Key: "eu400_32", Title: say("400 V, 32 A, CEE", "400 V, 32 A, CEE"), Help: say("Up to 22 kW", "Bis 22 kW"), Amounts: price(240)},
			}},
		{Key: "service", Max: 1, Title: say("Service plan", "Servicevertrag"),
			Help: say("For the first two years; you can also decide later.", "Für die ersten zwei Jahre; Sie können auch später entscheiden."),
			Options: []schema.Option{
				{Key: "visit", Title: say("One visit", "Ein Besuch"), Help: say("Inspection after twelve months", "Durchsicht nach zwölf Monaten"), Sku: "SV-MNT-L"},
				{Key: "care", Title: say("Care", "Pflege"), Help: say("Two visits with wear parts", "Zwei Besuche mit Verschleißteilen"), Amounts: price(2_900), Costs: cost(1_700)},
				{Key: "full", Title: say("Always on", "Rundum"), Help: say("As Care, and an engineer within 24 hours", "Wie Pflege, und ein Techniker binnen 24 Stunden"), Amounts: price(5_400), Costs: cost(3_300)},
			}},
		{Key: "training", Title: say("Training at your place", "Schulung bei Ihnen"),
			Help:   say("In days, for up to six people.", "In Tagen, für bis zu sechs Personen."),
			Number: &schema.NumberAsked{Min: 0, Max: 50, Step: 5, Scale: 1, Unit: "d", Default: new(int64(0)), Amounts: price(980)}},
		{Key: "colour", Min: 1, Max: 1, Default: "graphite", Repairable: true, Title: say("Housing colour", "Gehäusefarbe"),
			Options: []schema.Option{
				{Key: "graphite", Title: say("Graphite", "Graphit"), Swatch: "#3d414d", Amounts: price(0)},
				{Key: "cloud", Title: say("Cloud", "Wolke"), Swatch: "#d9dfe6", Amounts: price(0)},
				{Key: "ocean", Title: say("Ocean", "Ozean"), Swatch: "#2f6bde", Amounts: price(180), Costs: cost(60)},
				{Key: "signal", Title: say("Signal", "Signal"), Swatch: "#e4572e", Amounts: price(180), Costs: cost(60)},
				{Key: "forest", Title: say("Forest", "Wald"), Swatch: "#2f6b4f", Help: say("From March 2027", "Ab März 2027"), Amounts: price(180), Costs: cost(60), ValidFrom: day(2027, 3, 1)},
				{Key: "custom", Title: say("Your colour", "Ihre Farbe"), Help: say("By RAL number, which we ask for after the order", "Nach RAL-Nummer, die wir nach der Bestellung erfragen"), Amounts: price(650), Costs: cost(380), Days: 20},
			}},
	}
}
