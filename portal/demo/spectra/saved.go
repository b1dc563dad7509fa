package spectra

import "foyer/schema"

// Example is a configuration that somebody has saved.
type Example struct {
	Name     map[string]string
	Choices  []schema.ConfigurationChoice
	Quantity int
}

// Saved are what customers have put together with Document, in this order: one that
// is not finished, one that Next repairs by itself, one that Next leaves to the
// customer, and one that Next only makes dearer.
func Saved() []Example {
	return []Example{
		{Name: say("Acrylic for the shop windows", "Acryl für die Schaufenster"), Quantity: 1, Choices: []schema.ConfigurationChoice{
			pick("source", "co2_150"), number("width", "1200"), pick("bed", "pin"), pick("extraction", "carbon"),
		}},
		{Name: say("Small one for the apprentices", "Kleine für die Lehrwerkstatt"), Quantity: 1, Choices: []schema.ConfigurationChoice{
			pick("source", "fibre200"), pick("scanner", "s4"), number("width", "800"), pick("extraction", "ex400"),
			pick("colour", "ocean"), number("training", "0.5"),
		}},
		{Name: say("Structural steel, line 2", "Baustahl, Linie 2"), Quantity: 1, Choices: []schema.ConfigurationChoice{
			pick("source", "fibre500"), pick("cooling", "liquid"), pick("optics", "silica150"), pick("equipment", "oxygen"),
			pick("equipment", "height"), pick("extraction", "house"), pick("supply", "eu400_16"),
		}},
		{Name: say("Stainless covers, three halls", "Edelstahlhauben, drei Hallen"), Quantity: 3, Choices: []schema.ConfigurationChoice{
			pick("source", "fibre350"), pick("cooling", "liquid"), pick("equipment", "nitrogen"), pick("equipment", "rotary"), number("rotaries", "2"),
			pick("software", "cam"), pick("software", "nesting"), pick("software", "monitor"),
			pick("supply", "eu400_16"), number("training", "1.5"), pick("colour", "cloud"),
		}},
	}
}

func pick(group, option string) schema.ConfigurationChoice {
	return schema.ConfigurationChoice{Group: group, Option: option}
}

func number(group, decimal string) schema.ConfigurationChoice {
	return schema.ConfigurationChoice{Group: group, Number: decimal}
}

// golden are what has to stay possible, and what must never become so.
func golden() []schema.GoldenConfiguration {
	return []schema.GoldenConfiguration{
		{Key: "as-it-comes", Choices: []schema.ConfigurationChoice{
			pick("source", "fibre350"), pick("cooling", "air"), pick("optics", "silica125"), pick("scanner", "s8"),
			number("width", "1000"), number("depth", "700"), number("lift", "200"), pick("bed", "slat"),
			pick("enclosure", "closed"), pick("extraction", "house"), pick("supply", "eu230"), pick("colour", "graphite"),
		}},
		{Key: "sheet-shop", Choices: []schema.ConfigurationChoice{
			pick("source", "fibre500"), pick("cooling", "liquid"), pick("optics", "silica150"), pick("scanner", "s16"),
			number("width", "1500"), number("depth", "700"), pick("bed", "exchange"), pick("equipment", "loader"), pick("equipment", "nitrogen"),
			pick("equipment", "height"), pick("enclosure", "closed"), pick("extraction", "ex800"), pick("supply", "eu400_16"),
		}},
		{Key: "sign-maker", Choices: []schema.ConfigurationChoice{
			pick("source", "co2_150"), pick("cooling", "water"), pick("optics", "znse102"), number("width", "1300"), number("depth", "900"),
			pick("bed", "pin"), pick("equipment", "passthrough"), pick("enclosure", "tunnel"), pick("extraction", "carbon"), pick("supply", "ch400"),
		}},
		{Key: "air-cooled-500", Impossible: true, Choices: []schema.ConfigurationChoice{pick("source", "fibre500"), pick("cooling", "air")}},
		{Key: "open-flame", Impossible: true, Choices: []schema.ConfigurationChoice{pick("source", "co2_150"), pick("enclosure", "integration")}},
	}
}
