package courses

import "foyer/schema"

const diagnostics = book(KeyDiagnostics)

// Diagnostics is “Reading the diagnostics log”. It has no certificate.
func Diagnostics() schema.CourseDocument {
	d := diagnostics
	return schema.CourseDocument{
		Title:     say("Reading the diagnostics log", "Das Diagnoseprotokoll lesen"),
		Summary:   say("Find the cause behind the ten most common alarms.", "Finden Sie die Ursache hinter den zehn häufigsten Meldungen."),
		Languages: Languages(),
		Cover:     "#9333a8",
		Modules: []schema.CourseModule{
			chapter("reading", "Reading", "Lesen",
				d.open("log", 6, "What is in the log", "Was im Protokoll steht"),
				d.read("first-message", 8, 60, "The first message counts", "Die erste Meldung zählt")),
			chapter("codes", "The ten codes", "Die zehn Codes",
				after(d.read("safety-codes", 8, 60, "SF: safety", "SF: Sicherheit"), "first-message"),
				after(d.read("coolant-codes", 9, 60, "CL: coolant", "CL: Kühlmittel"), "first-message"),
				after(d.read("air-codes", 8, 60, "EX and GA: air and gas", "EX und GA: Luft und Gas"), "first-message"),
				after(d.read("motion-codes", 9, 60, "AX and BM: axes and beam", "AX und BM: Achsen und Strahl"), "first-message"),
				after(d.quiz("five-logs", 7, "Check: five logs", "Kontrolle: fünf Protokolle", fiveLogs()), "safety-codes", "coolant-codes", "air-codes", "motion-codes")),
		},
		Prerequisites: []string{KeySafety},
	}
}

func fiveLogs() schema.Quiz {
	return schema.Quiz{
		Shuffle: true, PassingPercent: 70, Reveal: schema.RevealSubmitted,
		Questions: []schema.Question{
			asked{key: "loud", points: 2,
				en:    "The log says, in this order: CL-01 flow 7.4 l/min, BM-02 source without release, CL-02 temperature 33.1 °C. During the last month the flow fell from 9.6 to 8.2. What do you look at first?",
				de:    "Im Protokoll steht, in dieser Reihenfolge: CL-01 Durchfluss 7,4 l/min, BM-02 Quelle ohne Freigabe, CL-02 Temperatur 33,1 °C. Im letzten Monat fiel der Durchfluss von 9,6 auf 8,2. Was sehen Sie sich zuerst an?",
				whyEN: "The first message is the flow, and it fell slowly: that is the filter. The temperature is the echo.", whyDE: "Die erste Meldung ist der Durchfluss, und er fiel langsam: Das ist der Filter. Die Temperatur ist das Echo."}.
				single(no("chiller", "The grille of the chiller", "Das Gitter des Kühlers"), yes("filter", "The coolant filter", "Den Kühlmittelfilter"), no("source", "The source", "Die Quelle")),
			asked{key: "flicker", points: 2,
				en:    "SF-02 comes and goes within tenths of a second, always while the gantry moves fast. What do you look at first?",
				de:    "SF-02 kommt und geht in Zehntelsekunden, immer wenn das Portal schnell fährt. Was sehen Sie sich zuerst an?",
				whyEN: "Something shakes: hinge, latch, foot. The adjustment of the switch was right for years.", whyDE: "Etwas wackelt: Scharnier, Schloss, Fuß. Die Einstellung des Schalters stimmte jahrelang."}.
				single(yes("hinge", "The hinge of the door", "Das Scharnier der Tür"), no("switch", "The adjustment of the switch", "Die Einstellung des Schalters"), no("control", "The safety control", "Die Sicherheitssteuerung")),
			asked{key: "patterns", points: 4,
				en: "Which pattern leads to which cause?", de: "Welches Muster führt zu welcher Ursache?",
				whyEN: "When and where a message comes often says more than the message.", whyDE: "Wann und wo eine Meldung kommt, sagt oft mehr als die Meldung."}.
				match(pair("monday", say("GA-01 on Monday mornings", "GA-01 montagmorgens"), say("A leak", "Ein Leck")),
					pair("place", say("AX-01 always at the same place", "AX-01 immer an derselben Stelle"), say("Something in the way", "Etwas im Weg")),
					pair("jumping", say("CL-01 with a flow that jumps", "CL-01 mit springendem Durchfluss"), say("Air in the loop", "Luft im Kreis")),
					pair("damp", say("CL-03 on summer mornings", "CL-03 an Sommermorgen"), say("Damp warm air", "Feuchte warme Luft"))),
			asked{key: "cost", points: 3,
				en: "BM-01, power too low. In which order do you search?", de: "BM-01, Leistung zu klein. In welcher Reihenfolge suchen Sie?",
				whyEN: "In the order of cost. In three of four cases it ends at the window.", whyDE: "In der Reihenfolge der Kosten. In drei von vier Fällen endet es beim Fenster."}.
				order(step("window", "Look at the protective window", "Schutzfenster ansehen"), step("tape", "Tape test", "Klebebandtest"),
					step("lens", "Look at the lens", "Linse ansehen"), step("call", "Call the service about connector and source", "Den Service wegen Stecker und Quelle anrufen")),
			asked{key: "area", points: 2,
				en:    "GA-01 only comes with the nozzle of 2.0 mm and never with that of 1.0 mm. How many times as much gas does the large one take at the same pressure?",
				de:    "GA-01 kommt nur mit der Düse von 2,0 mm und nie mit der von 1,0 mm. Wievielmal so viel Gas nimmt die große bei gleichem Druck?",
				whyEN: "The flow grows with the area: (2.0 ÷ 1.0)² = 4.", whyDE: "Der Durchfluss wächst mit der Fläche: (2,0 ÷ 1,0)² = 4."}.
				number("4", "0.1", ""),
		},
	}
}
