// Package spectra is the Spectra 500 of the demo company as customers put it
// together: 12 groups of options and 5 numbers, what goes with what, what it costs,
// how long it takes and what it is made of.
//
// Owns: the model, the draft that comes after it, and what customers have saved.
// Does not own: the catalog (portal/demo), what a model means
// (portal/configurator), how it gets into a database. It imports nothing but the
// schema.
//
// What is said of lasers is true of such machines in general: wavelengths and their
// lenses, classes of IEC 60825-1, currents of plugs, heat, air. What a part weighs,
// draws and costs is made up.
package spectra

import (
	"time"

	"foyer/schema"
)

// The product that is configured, and that variant of it whose price is the base.
const (
	Product = "Spectra 500"
	Sku     = "SP-500-C"
)

// Document is the model as it is published first.
func Document() schema.ConfigurationDocument {
	return schema.ConfigurationDocument{
		Title: say("Spectra 500", "Spectra 500"),
		Intro: say(
			"Put together the laser that fits your material, your hall and your supply. What does not go together says why, and what does instead.",
			"Stellen Sie den Laser zusammen, der zu Ihrem Material, Ihrer Halle und Ihrem Netz passt. Was nicht zusammengeht, sagt warum, und was stattdessen geht."),
		Steps:     steps(),
		Groups:    groups(),
		Rules:     rules(),
		Prices:    prices(),
		BaseDays:  20,
		LeadTimes: leadTimes(),
		Parts:     parts(),
		Golden:    golden(),
	}
}

func steps() []schema.ConfigurationStep {
	return []schema.ConfigurationStep{
		{Key: "laser", Title: say("Laser", "Laser"), Groups: []string{"source", "cooling", "optics", "scanner"},
			Help: say("The source decides what you can cut; everything else follows from it.", "Die Quelle entscheidet, was Sie schneiden können; alles andere folgt daraus.")},
		{Key: "motion", Title: say("Bed and motion", "Tisch und Achsen"), Groups: []string{"width", "depth", "lift", "bed", "equipment", "rotaries"},
			Help: say("How large your parts are, and how they get in and out.", "Wie groß Ihre Teile sind, und wie sie hinein- und herauskommen.")},
		{Key: "safety", Title: say("Safety and extraction", "Sicherheit und Absaugung"), Groups: []string{"enclosure", "extraction"},
			Help: say("Light stays in, fumes go out.", "Das Licht bleibt drinnen, der Rauch geht hinaus.")},
		{Key: "control", Title: say("Software", "Software"), Groups: []string{"software"},
			Help: say("Three packages or more cost 15 % less.", "Ab drei Paketen kosten sie 15 % weniger.")},
		{Key: "installation", Title: say("Installation", "Aufstellung"), Groups: []string{"supply", "service", "training"},
			Help: say("What it needs on the day it arrives, and after.", "Was sie am Tag der Lieferung braucht, und danach.")},
		{Key: "look", Title: say("Look", "Aussehen"), Groups: []string{"colour"}},
	}
}

// say is a text in both languages.
func say(en, de string) map[string]string { return map[string]string{"en": en, "de": de} }

// cost is what a piece costs the company, which buys in euros.
func cost(euros int64) map[string]int64 { return map[string]int64{"EUR": euros * 100} }

// price is an amount in the currencies in which customers buy. In Switzerland it is
// 97 in the hundred, as for everything else in the catalog.
func price(euros int64) map[string]int64 {
	return map[string]int64{"EUR": euros * 100, "CHF": euros * 97}
}

// day is the beginning of a day in UTC.
func day(year int, month time.Month, d int) *time.Time {
	return new(time.Date(year, month, d, 0, 0, 0, 0, time.UTC))
}
