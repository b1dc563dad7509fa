package courses

import "foyer/schema"

const commissioning = book(KeyCommissioning)

// Commissioning is “Spectra 500 commissioning”: from the crate to a protocol that a
// trainer judges.
func Commissioning() schema.CourseDocument {
	c := commissioning
	return schema.CourseDocument{
		Title:     say("Spectra 500 commissioning", "Inbetriebnahme der Spectra 500"),
		Summary:   say("From crate to first light: levelling, coolant, alignment.", "Von der Kiste bis zum ersten Licht: Ausrichten, Kühlmittel, Justieren."),
		Languages: Languages(),
		Cover:     "#5b54d6",
		Modules: []schema.CourseModule{
			chapter("arrive", "Arrive", "Ankommen",
				c.open("overview", 5, "What awaits you", "Was Sie erwartet"),
				c.read("site", 9, 60, "The place it stands", "Der Platz, an dem sie steht"),
				c.read("crate", 10, 60, "Unloading and unpacking", "Abladen und Auspacken"),
				after(c.read("level", 10, 90, "Levelling", "Ausrichten"), "crate")),
			chapter("connect", "Connect", "Anschließen",
				after(c.read("supply", 10, 90, "Electrical connection", "Elektrischer Anschluss"), "level"),
				after(c.read("coolant", 10, 90, "Filling the coolant", "Kühlmittel einfüllen"), "level"),
				after(c.read("gas", 8, 60, "Cutting gas", "Schneidgas"), "level"),
				after(c.read("extraction", 7, 60, "Extraction", "Absaugung"), "level"),
				after(c.quiz("check-connect", 8, "Check: everything connected?", "Kontrolle: Alles angeschlossen?", connectCheck()), "supply", "coolant", "gas", "extraction")),
			chapter("first-light", "Light", "Licht",
				after(c.read("safety-test", 10, 90, "Safety circuits before first light", "Sicherheitskreise vor dem ersten Licht"), "check-connect"),
				after(c.read("alignment", 12, 120, "Aligning the beam path", "Den Strahlweg justieren"), "safety-test"),
				after(c.read("focus", 8, 60, "Finding the focus", "Den Fokus finden"), "alignment"),
				after(c.read("first-cut", 9, 60, "First cut", "Der erste Schnitt"), "focus")),
			chapter("hand-over", "Hand over", "Übergeben",
				after(c.read("handover", 6, 60, "Acceptance and instruction", "Abnahme und Einweisung"), "first-cut"),
				after(c.quiz("exam", 8, "Final test", "Abschlusstest", commissioningExam()), "handover"),
				after(c.assignment("protocol", 10, "Your commissioning protocol", "Ihr Inbetriebnahmeprotokoll", protocol()), "exam")),
		},
		Prerequisites: []string{KeySafety},
		Certificate: &schema.CertificateRules{
			Title: say("Spectra 500 commissioning", "Inbetriebnahme der Spectra 500"),
			Criteria: say(
				"Has passed a test on installation, connection, safety circuits and adjustment of the Spectra 500, and has carried out a commissioning whose protocol a trainer has accepted.",
				"Hat einen Test über Aufstellung, Anschluss, Sicherheitskreise und Justage der Spectra 500 bestanden und eine Inbetriebnahme ausgeführt, deren Protokoll ein Trainer angenommen hat."),
		},
	}
}

// protocol is what is handed in, and by what it is judged.
func protocol() schema.Assignment {
	return schema.Assignment{
		PassingPercent: 70, MaxFiles: 12, Attempts: 2,
		Rubric: []schema.RubricCriterion{
			{Key: "levelling", Points: 20, Title: say("Place and levelling", "Platz und Ausrichten"),
				Help: say("Six readings with their positions within 0.1 mm/m, both diagonals, all four feet carry. Half the points if a reading is missing.",
					"Sechs Ablesungen mit ihrer Stelle innerhalb von 0,1 mm/m, beide Diagonalen, alle vier Füße tragen. Die Hälfte der Punkte, wenn eine Ablesung fehlt.")},
			{Key: "connections", Points: 20, Title: say("Connections", "Anschlüsse"),
				Help: say("Six voltages and clockwise field; coolant 1 : 4 and above the dew point of that day; leak test with both pressures.",
					"Sechs Spannungen und Rechtsdrehfeld; Kühlmittel 1 : 4 und über dem Taupunkt des Tages; Dichtheitsprüfung mit beiden Drücken.")},
			{Key: "safety", Points: 25, Title: say("Safety tests", "Sicherheitsprüfungen"),
				Help: say("All nine with time and result. No points if test 7 is missing: then it has not been shown that both channels watch each other.",
					"Alle neun mit Uhrzeit und Ergebnis. Keine Punkte, wenn Prüfung 7 fehlt: Dann ist nicht gezeigt, dass die Kanäle einander überwachen.")},
			{Key: "beam", Points: 20, Title: say("Beam and test part", "Strahl und Prüfteil"),
				Help: say("Three centred tapes in a row, the focus comb, measured values and photographs of all four edges.",
					"Drei zentrierte Bänder nacheinander, der Fokuskamm, Messwerte und Fotos aller vier Kanten.")},
			{Key: "account", Points: 15, Title: say("Honest and readable", "Ehrlich und lesbar"),
				Help: say("Somebody who was not there understands what was done. Deviations are named, with what was done about them.",
					"Wer nicht dabei war, versteht, was getan wurde. Abweichungen sind genannt, und was dagegen getan wurde.")},
		},
	}
}
