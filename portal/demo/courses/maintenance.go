package courses

import "foyer/schema"

const maintenance = book(KeyMaintenance)

// Maintenance is “Preventive maintenance”, at whose end a trainer sees the practice. It
// has no certificate.
func Maintenance() schema.CourseDocument {
	m := maintenance
	return schema.CourseDocument{
		Title:     say("Preventive maintenance", "Vorbeugende Wartung"),
		Summary:   say("The weekly, monthly and yearly checks, step by step.", "Die wöchentlichen, monatlichen und jährlichen Prüfungen, Schritt für Schritt."),
		Languages: Languages(),
		Cover:     "#0f8f78",
		Modules: []schema.CourseModule{
			chapter("basics", "Before you begin", "Bevor Sie anfangen",
				m.open("why", 6, "What maintenance is worth", "Was Wartung bringt"),
				m.read("before", 10, 90, "Make it safe first", "Erst sicher machen")),
			chapter("lists", "The three lists", "Die drei Listen",
				after(m.read("weekly", 9, 60, "Weekly", "Wöchentlich"), "before"),
				after(m.read("monthly", 9, 60, "Monthly", "Monatlich"), "before"),
				after(m.read("yearly", 8, 60, "Yearly", "Jährlich"), "before")),
			chapter("care", "Optics and coolant", "Optik und Kühlmittel",
				after(m.read("optics", 10, 90, "Cleaning optics", "Optik reinigen"), "before"),
				m.read("coolant", 6, 60, "Looking after coolant", "Kühlmittel pflegen")),
			chapter("proof", "Show it", "Zeigen",
				after(m.quiz("test", 7, "Test", "Test", maintenanceTest()), "weekly", "monthly", "yearly", "optics", "coolant"),
				after(m.seen("practice", 5, "Practice, seen by a trainer", "Praxis, ein Trainer sieht zu"), "test")),
		},
	}
}

// maintenanceTest never shows what was right: it is asked again each year.
func maintenanceTest() schema.Quiz {
	return schema.Quiz{
		Shuffle: true, PassingPercent: 80, Attempts: 4, CoolingMinutes: 30, Reveal: schema.RevealNever,
		Questions: []schema.Question{
			asked{key: "make-safe", points: 3,
				en: "In which order do you make the machine safe?", de: "In welcher Reihenfolge machen Sie die Maschine sicher?",
				whyEN: "What is isolated is locked, what is locked is emptied, and at the end the start is tried.", whyDE: "Was getrennt ist, wird abgeschlossen, was abgeschlossen ist, entleert, und zuletzt wird der Start probiert."}.
				order(step("tell", "Tell everybody, hang up the sign", "Allen Bescheid geben, Schild aufhängen"), step("down", "Shut down in the normal way", "Auf dem normalen Weg abschalten"),
					step("isolate", "Main switch off, valves closed", "Hauptschalter aus, Ventile zu"), step("lock", "Put on your own lock", "Eigenes Schloss anbringen"),
					step("release", "Vent, wait, support", "Entlüften, warten, abstützen"), step("try", "Press start", "Start drücken")),
			asked{key: "clean", points: 3,
				en: "In which order do you clean a lens?", de: "In welcher Reihenfolge reinigen Sie eine Linse?",
				whyEN: "Dust that was not blown off scratches when the tissue is drawn over it.", whyDE: "Staub, der nicht abgeblasen wurde, kratzt, wenn das Papier darübergezogen wird."}.
				order(step("look", "Look at it under a lamp", "Unter einer Lampe ansehen"), step("blow", "Blow dust off with the hand bellows", "Staub mit dem Handblasebalg abblasen"),
					step("wet", "Wet a fresh tissue", "Ein frisches Papier benetzen"), step("drag", "Drag it over once without pressure", "Es einmal ohne Druck darüberziehen"),
					step("discard", "Throw the tissue away", "Das Papier wegwerfen"), step("again", "Look again", "Wieder ansehen")),
			asked{key: "loss", points: 1,
				en: "From which loss on is the protective window changed?", de: "Ab welchem Verlust wird das Schutzfenster gewechselt?",
				whyEN: "From 5 % on, even if it looks good: it warms up and moves the focus.", whyDE: "Ab 5 %, auch wenn es gut aussieht: Es wird warm und verschiebt den Fokus."}.
				number("5", "", "%"),
			asked{key: "start", points: 1,
				en: "Everything is switched off and locked. Why do you press start all the same?", de: "Alles ist aus und abgeschlossen. Warum drücken Sie trotzdem Start?",
				whyEN: "Only the attempt shows that it was the right switch.", whyDE: "Nur der Versuch zeigt, dass es der richtige Schalter war."}.
				single(no("charge", "To discharge the capacitors", "Um die Kondensatoren zu entladen"), yes("prove", "To see that it was the right switch", "Um zu sehen, dass es der richtige Schalter war"),
					no("axes", "To bring the axes into position", "Um die Achsen in Stellung zu bringen")),
			asked{key: "foreign", points: 1,
				en: "A colleague has gone home, his lock still hangs on the main switch. What do you do?", de: "Ein Kollege ist heimgegangen, sein Schloss hängt noch am Hauptschalter. Was tun Sie?",
				whyEN: "A lock says that somebody may be inside. Only he knows that he is not.", whyDE: "Ein Schloss sagt, dass jemand darin sein kann. Nur er weiß, dass er es nicht ist."}.
				single(no("cut", "Cut it off, production waits", "Aufschneiden, die Fertigung wartet"), no("spare", "Use the spare key", "Den Ersatzschlüssel nehmen"),
					yes("ask", "Leave it and call him", "Hängen lassen und ihn anrufen")),
			asked{key: "rhythm", points: 3,
				en: "What is done how often?", de: "Was wird wie oft getan?",
				whyEN: "The emergency stop weekly, each time another; mat and grease monthly; both channels of the interlocks yearly.",
				whyDE: "Der Not-Halt wöchentlich, jedes Mal ein anderer; Matte und Fett monatlich; beide Kanäle der Verriegelungen jährlich."}.
				match(pair("stop", say("Press an emergency stop", "Einen Not-Halt drücken"), say("Weekly", "Wöchentlich")),
					pair("mat", say("Change the pre-filter mat", "Die Vorfiltermatte wechseln"), say("Monthly", "Monatlich")),
					pair("channels", say("Test both channels of the interlocks", "Beide Kanäle der Verriegelungen prüfen"), say("Yearly", "Jährlich"))),
			asked{key: "yourself", points: 2,
				en: "What may a trained operator do alone? Choose all.", de: "Was dürfen geschulte Bediener allein? Wählen Sie alles.",
				whyEN: "Clean, empty, tighten, nozzle and window. After a safety test that failed everything else is for maintenance.",
				whyDE: "Reinigen, leeren, festziehen, Düse und Fenster. Nach einer misslungenen Sicherheitsprüfung ist alles Weitere Sache der Instandhaltung."}.
				multiple(yes("window", "Change the protective window", "Das Schutzfenster wechseln"), yes("nozzle", "Change the nozzle", "Die Düse wechseln"),
					no("bridge", "Bridge a door switch for a test", "Zum Prüfen einen Türschalter überbrücken"), no("go-on", "Finish the job after a failed emergency stop", "Nach einem Versagen des Not-Halts den Auftrag beenden")),
			asked{key: "top-up", points: 1,
				en: "The coolant is 15 mm below the mark, its concentration 24 %. With what do you top up?", de: "Das Kühlmittel steht 15 mm unter der Marke, seine Konzentration ist 24 %. Womit füllen Sie nach?",
				whyEN: "Water has evaporated, the concentrate is still there.", whyDE: "Wasser ist verdunstet, das Konzentrat ist noch da."}.
				single(no("mixture", "Ready mixture", "Fertiger Mischung"), yes("water", "Demineralised water", "Demineralisiertem Wasser"), no("tap", "Tap water", "Leitungswasser")),
			asked{key: "tool", points: 1,
				en: "With which instrument is the concentration of the coolant measured?", de: "Mit welchem Gerät wird die Konzentration des Kühlmittels gemessen?",
				whyEN: "With the refractometer: light is bent the more, the stronger the mixture.", whyDE: "Mit dem Refraktometer: Je stärker die Mischung, desto mehr bricht sie das Licht."}.
				words([]string{"refractometer", "a refractometer", "hand refractometer"}, []string{"Refraktometer", "Handrefraktometer", "mit dem Refraktometer"}),
			asked{key: "flow", points: 1,
				en: "Below which flow does the control report CL-01?", de: "Unter welchem Durchfluss meldet die Steuerung CL-01?",
				whyEN: "Below 8 litres a minute. A slow fall before that is the filter.", whyDE: "Unter 8 Litern in der Minute. Ein langsames Sinken davor ist der Filter."}.
				number("8", "", "l/min"),
		},
	}
}
