package courses

import "foyer/schema"

const thinSteel = book(KeyThinSteel)

// ThinSteel is “Process tuning for thin steel”.
func ThinSteel() schema.CourseDocument {
	s := thinSteel
	return schema.CourseDocument{
		Title:     say("Process tuning for thin steel", "Dünnen Stahl besser schneiden"),
		Summary:   say("Speed, focus and gas: tuning for a clean edge.", "Tempo, Fokus und Gas: so wird die Kante sauber."),
		Languages: Languages(),
		Cover:     "#2f6bde",
		Modules: []schema.CourseModule{
			chapter("approach", "How to go about it", "Wie man vorgeht",
				s.open("thin", 8, "What thin means", "Was dünn bedeutet"),
				s.read("one-value", 10, 90, "One value at a time", "Ein Wert auf einmal")),
			chapter("values", "The values", "Die Werte",
				after(s.read("speed", 11, 90, "Speed", "Tempo"), "one-value"),
				after(s.read("focus", 11, 90, "Focus", "Fokus"), "speed"),
				after(s.read("gas", 11, 90, "Gas", "Gas"), "focus"),
				after(s.read("nozzle", 10, 60, "Nozzle and distance", "Düse und Abstand"), "one-value")),
			chapter("parts", "Real parts", "Echte Teile",
				after(s.read("piercing", 11, 90, "Piercing, corners, ends", "Einstechen, Ecken, Enden"), "gas"),
				after(s.read("heat", 10, 60, "Heat and distortion", "Wärme und Verzug"), "gas"),
				after(s.read("edge", 10, 60, "Reading the edge", "Die Kante lesen"), "one-value"),
				after(s.read("table", 9, 60, "Writing your own table", "Die eigene Tabelle schreiben"), "gas", "nozzle"),
				after(s.quiz("check", 9, "Final test", "Abschlusstest", thinCheck()), "piercing", "heat", "edge", "table")),
		},
		Prerequisites: []string{KeySafety},
		Certificate: &schema.CertificateRules{
			Title: say("Process tuning for thin steel", "Dünnen Stahl besser schneiden"),
			Criteria: say("Knows how speed, focus, gas, nozzle and heat act on the edge of thin steel sheet, and has passed a test about it.",
				"Weiß, wie Tempo, Fokus, Gas, Düse und Wärme auf die Kante dünner Stahlbleche wirken, und hat einen Test darüber bestanden."),
		},
	}
}

// thinSteelDraft is what the version to come is to say: that the certificate ends, since
// machines change.
func thinSteelDraft() schema.CourseDocument {
	doc := ThinSteel()
	doc.Certificate.ValidMonths = 36
	doc.Certificate.RemindDays = []int{60, 14}
	return doc
}

func thinCheck() schema.Quiz {
	return schema.Quiz{
		Shuffle: true, PassingPercent: 75, Attempts: 4, CoolingMinutes: 30, Reveal: schema.RevealSubmitted,
		Questions: []schema.Question{
			asked{key: "small-holes", points: 1,
				en: "Large holes are good, small ones have burnt edges. What do you check first?", de: "Große Löcher sind gut, kleine haben verbrannte Kanten. Was prüfen Sie zuerst?",
				whyEN: "In small holes the machine is slower. If the power does not follow, they get too much heat.", whyDE: "In kleinen Löchern ist die Maschine langsamer. Folgt die Leistung nicht, bekommen sie zu viel Wärme."}.
				single(yes("power", "Whether the power follows the speed", "Ob die Leistung dem Tempo folgt"), no("purity", "The purity of the gas", "Die Reinheit des Gases"), no("speed", "The speed on straight lines", "Das Tempo auf Geraden")),
			asked{key: "findings", points: 3,
				en: "What does the edge tell you?", de: "Was sagt die Kante?",
				whyEN: "Beads: too fast. A hard ridge: too slow. Straw colour: air in the gas.", whyDE: "Perlen: zu schnell. Harter Wulst: zu langsam. Strohgelb: Luft im Gas."}.
				match(pair("beads", say("Beads that break off easily", "Perlen, die leicht abgehen"), say("Too fast", "Zu schnell")),
					pair("ridge", say("A hard ridge, blue edge", "Harter Wulst, blaue Kante"), say("Too slow", "Zu langsam")),
					pair("straw", say("Straw-coloured stainless steel", "Strohgelber Edelstahl"), say("Air in the gas", "Luft im Gas"))),
			asked{key: "middle", points: 1,
				en: "A strip is good from 8 to 12 m/min. Which speed goes into your table?", de: "Ein Streifen ist von 8 bis 12 m/min gut. Welches Tempo kommt in Ihre Tabelle?",
				whyEN: "The middle: at the border a dirty window or half a bar less makes scrap.", whyDE: "Die Mitte: Am Rand macht ein schmutziges Fenster oder ein halbes bar weniger Ausschuss."}.
				number("10", "0.5", "m/min"),
			asked{key: "grows", points: 2,
				en: "A part of 500 mm is measured while it is 25 degrees too warm. By how many millimetres is it measured too large?", de: "Ein Teil von 500 mm wird gemessen, während es 25 Grad zu warm ist. Um wie viele Millimeter wird es zu groß gemessen?",
				whyEN: "0.5 m × 25 degrees × 0.012 mm = 0.15 mm.", whyDE: "0,5 m × 25 Grad × 0,012 mm = 0,15 mm."}.
				number("0.15", "0.01", "mm"),
			asked{key: "warm", points: 1,
				en: "The first part of a sheet is good, the tenth is not. The focus, measured warm, has moved by 0.4 mm. What do you do?", de: "Das erste Teil einer Tafel ist gut, das zehnte nicht. Der Fokus, warm gemessen, ist um 0,4 mm gewandert. Was tun Sie?",
				whyEN: "A correction for dirt is right for one hour. Clean, then measure again.", whyDE: "Eine Korrektur für Schmutz stimmt eine Stunde lang. Reinigen, dann neu messen."}.
				single(no("enter", "Enter 0.4 mm as correction", "0,4 mm als Korrektur eintragen"), yes("clean", "Look at window and lens and clean them", "Fenster und Linse ansehen und reinigen"), no("slower", "Cut more slowly", "Langsamer schneiden")),
			asked{key: "pressure", points: 2,
				en: "What can happen when the gas pressure is raised too far? Choose all.", de: "Was kann geschehen, wenn der Gasdruck zu hoch wird? Wählen Sie alles.",
				whyEN: "The jet spreads on the sheet and draws in air, and thin sheet flutters. Purity in the cylinder stays as it was.", whyDE: "Der Gasstrahl breitet sich auf dem Blech aus und zieht Luft an, und dünnes Blech flattert. Die Reinheit in der Flasche bleibt, wie sie war."}.
				multiple(yes("draws", "Swirls draw in air", "Wirbel ziehen Luft hinein"), yes("flutter", "The sheet flutters", "Das Blech flattert"), no("impure", "The gas in the cylinder becomes impure", "Das Gas in der Flasche wird unrein")),
			asked{key: "strip", points: 2,
				en: "In which order do you make a strip?", de: "In welcher Reihenfolge machen Sie einen Streifen?",
				whyEN: "Choose one value, cut, number before taking out, look, take the middle.", whyDE: "Einen Wert wählen, schneiden, vor dem Herausnehmen nummerieren, ansehen, die Mitte nehmen."}.
				order(step("choose", "Choose one value and its steps", "Einen Wert und seine Schritte wählen"), step("cut", "Cut ten times", "Zehnmal schneiden"),
					step("mark", "Number the cuts", "Die Schnitte nummerieren"), step("out", "Take it out and look at it", "Herausnehmen und ansehen"), step("take", "Take the middle of the good range", "Die Mitte des guten Bereichs nehmen")),
			asked{key: "webs", points: 1,
				en: "By what name does the control call an order of cuts that jumps in order to spread the heat?", de: "Wie nennt die Steuerung eine Reihenfolge der Schnitte, die springt, um die Wärme zu verteilen?",
				whyEN: "*Heat-optimized order*: first here, then far away.", whyDE: "*Wärmeoptimierte Folge*: erst hier, dann weit weg."}.
				words([]string{"heat-optimized order", "heat optimized order", "heat-optimised order", "heat optimised order", "heat-optimized"},
					[]string{"wärmeoptimierte Folge", "wärmeoptimiert", "wärmeoptimierte Reihenfolge", "waermeoptimierte Folge"}),
		},
	}
}
