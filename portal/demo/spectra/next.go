package spectra

import "foyer/schema"

// Next is the draft after Document. Of what customers have saved it keeps most as it
// is: the scanner with 4 channels is no longer made, and that with 6 takes its place
// at the same price; liquid cooling costs more; and oxygen needs an extraction that
// is made for oxide fumes.
func Next() schema.ConfigurationDocument {
	doc := Document()
	for g := range doc.Groups {
		for o := range doc.Groups[g].Options {
			option := &doc.Groups[g].Options[o]
			switch doc.Groups[g].Key + "." + option.Key {
			case "scanner.s4":
				*option = schema.Option{
					Key: "s6", Title: say("6 channels", "6 Kanäle"), Help: say("Single-sided work", "Einseitige Arbeit"),
					Amounts: price(0), Costs: cost(310), Replaces: []string{"scanner.s4"},
				}
			case "cooling.liquid":
				option.Amounts = price(2_290)
			}
		}
	}
	for i := range doc.Rules {
		if doc.Rules[i].Key == "scanner-power" {
			doc.Rules[i].Text = "source.fibre500 | source.duo -> !scanner.s6"
		}
	}
	doc.Rules = append(doc.Rules, rule("oxygen-fumes", "equipment.oxygen -> extraction.ex800 | extraction.ex1500",
		"Cutting with oxygen gives fine iron oxide, which smaller filters and open ducts do not hold. Choose an extraction of 800 or 1500 m³/h, or nitrogen.",
		"Beim Schneiden mit Sauerstoff entsteht feines Eisenoxid, das kleinere Filter und offene Leitungen nicht halten. Wählen Sie eine Absaugung mit 800 oder 1500 m³/h, oder Stickstoff."))
	return doc
}
