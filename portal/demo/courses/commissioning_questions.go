package courses

import "foyer/schema"

// connectCheck takes points for wrong answers: what one does not know is left open.
func connectCheck() schema.Quiz {
	return schema.Quiz{
		Shuffle: true, PassingPercent: 75, Attempts: 5, CoolingMinutes: 10, NegativePercent: 25, Reveal: schema.RevealPassed,
		Questions: []schema.Question{
			asked{key: "concentrate", points: 2,
				en:    "A loop with the large chiller holds 25 litres. How many litres of concentrate belong into it at 1 : 4?",
				de:    "Ein Kreis mit dem großen Kühler fasst 25 Liter. Wie viele Liter Konzentrat gehören bei 1 : 4 hinein?",
				whyEN: "One part in five: 25 ÷ 5 = 5 litres, and 20 litres of water.", whyDE: "Ein Teil von fünfen: 25 ÷ 5 = 5 Liter, dazu 20 Liter Wasser."}.
				number("5", "", "l"),
			asked{key: "five-rules", points: 3,
				en: "Put the five safety rules in order.", de: "Bringen Sie die fünf Sicherheitsregeln in die richtige Reihenfolge.",
				whyEN: "Each rule relies on the one before: whoever measures before locking measures what somebody can switch on again.",
				whyDE: "Jede Regel baut auf der davor auf: Wer vor dem Sichern misst, misst etwas, das wieder eingeschaltet werden kann."}.
				order(step("disconnect", "Disconnect completely", "Freischalten"), step("secure", "Secure against reconnection", "Gegen Wiedereinschalten sichern"),
					step("verify", "Verify that it is dead", "Spannungsfreiheit feststellen"), step("earth", "Earth and short-circuit", "Erden und kurzschließen"),
					step("cover", "Protect against adjacent live parts", "Benachbarte, unter Spannung stehende Teile abdecken oder abschranken")),
			asked{key: "slope", points: 2,
				en: "The bed is 1.4 m wide. By how many millimetres may one side be higher than the other?", de: "Der Tisch ist 1,4 m breit. Um wie viele Millimeter darf eine Seite höher sein als die andere?",
				whyEN: "0.1 mm per metre × 1.4 m = 0.14 mm.", whyDE: "0,1 mm je Meter × 1,4 m = 0,14 mm."}.
				number("0.14", "0.005", "mm"),
			asked{key: "dew", points: 2,
				en:    "Your hall has 28 °C and 60 % humidity. What is the lowest temperature to which the coolant of the optics may be set?",
				de:    "Ihre Halle hat 28 °C und 60 % Feuchte. Auf welche Temperatur darf das Kühlmittel der Optik mindestens eingestellt sein?",
				whyEN: "The dew point is 19.5 °C, and 2 °C are kept above it: 21.5 °C.", whyDE: "Der Taupunkt liegt bei 19,5 °C, und 2 °C Abstand kommen dazu: 21,5 °C."}.
				number("21.5", "0.2", "°C"),
			asked{key: "hum", points: 2,
				en:    "After connecting, the coolant pump hums, makes some pressure and hardly any flow. What do you look at first?",
				de:    "Nach dem Anschließen summt die Kühlmittelpumpe, macht etwas Druck und kaum Durchfluss. Was sehen Sie sich zuerst an?",
				whyEN: "With an anticlockwise field the pump runs backwards. It is measured at the socket.", whyDE: "Bei Linksdrehfeld läuft die Pumpe rückwärts. Gemessen wird an der Steckdose."}.
				single(no("mixture", "The mixture of the coolant", "Die Mischung des Kühlmittels"), yes("field", "The direction of the field at the socket", "Das Drehfeld an der Steckdose"),
					no("filter", "The filter of 10 µm", "Den Filter mit 10 µm")),
			asked{key: "type", points: 2,
				en: "Why is a residual current device for this machine of type B?", de: "Warum ist ein Fehlerstromschutzschalter für diese Maschine vom Typ B?",
				whyEN: "Frequency converters can cause smooth direct fault currents, which blind a device of type A.", whyDE: "Frequenzumrichter können glatte Gleichfehlerströme verursachen, die einen Schalter vom Typ A blind machen."}.
				single(yes("direct", "Because drives can cause direct fault currents", "Weil Antriebe Gleichfehlerströme verursachen können"),
					no("power", "Because it draws more than 16 A", "Weil sie mehr als 16 A zieht"), no("laser", "Because lasers are of class 4", "Weil der Laser Klasse 4 ist")),
			asked{key: "gasket", points: 2,
				en: "A gasket for the oxygen line has fallen on the workshop floor. What now?", de: "Eine Dichtung für die Sauerstoffleitung ist auf den Werkstattboden gefallen. Was nun?",
				whyEN: "Oil and grease ignite in compressed oxygen by themselves. Take one from a closed bag.", whyDE: "Öl und Fett entzünden sich in verdichtetem Sauerstoff von selbst. Nehmen Sie eine aus dem geschlossenen Beutel."}.
				single(no("wipe", "Wipe it and fit it", "Abwischen und einbauen"), no("grease", "Grease it lightly so that it seals", "Leicht fetten, damit sie dichtet"),
					yes("fresh", "Take a new one from its bag", "Eine neue aus dem Beutel nehmen")),
			asked{key: "duct", points: 3,
				en: "What is right for the extraction of metal dust? Choose all.", de: "Was ist beim Absaugen von Metallstaub richtig? Wählen Sie alles.",
				whyEN: "Slow air lets dust settle, plastic collects charge, and iron oxide with aluminium burns hot enough to melt steel.",
				whyDE: "Langsame Luft lässt Staub liegen, Kunststoff lädt sich auf, und Eisenoxid mit Aluminium brennt heiß genug, um Stahl zu schmelzen."}.
				multiple(yes("fast", "Air of about 15 m/s or more in the pipe", "Luft mit etwa 15 m/s oder mehr im Rohr"), yes("metal", "Ducts of metal, earthed at both ends", "Leitungen aus Metall, an beiden Enden geerdet"),
					no("plastic", "Ducts of smooth plastic, so that nothing sticks", "Leitungen aus glattem Kunststoff, damit nichts haftet"),
					no("mixed", "One filter for steel and aluminium saves changing", "Ein Filter für Stahl und Aluminium spart das Wechseln")),
		},
	}
}

// commissioningExam has ten minutes, and a day between attempts. Every attempt asks
// eight questions.
func commissioningExam() schema.Quiz {
	return pooled(schema.Quiz{
		Shuffle: true, PassingPercent: 75, Attempts: 3, CoolingMinutes: 24 * 60, LimitSeconds: 10 * 60, Reveal: schema.RevealFinal,
		Questions: []schema.Question{stages(), spot()},
	},
		drawn{"arriving", 2, arrivalQuestions()},
		drawn{"lighting", 2, lightQuestions()},
		drawn{"leaving", 2, leavingQuestions()})
}

func stages() schema.Question {
	return asked{key: "stages", points: 3,
		en: "In which order is a Spectra 500 commissioned?", de: "In welcher Reihenfolge wird eine Spectra 500 in Betrieb genommen?",
		whyEN: "Level before filling, test safety before light, centre the beam before the focus.", whyDE: "Vor dem Befüllen ausrichten, vor dem Licht die Sicherheit prüfen, vor dem Fokus den Strahl zentrieren."}.
		order(step("unpack", "Unload, unpack, take off the transport locks", "Abladen, auspacken, Transportsicherungen lösen"), step("level", "Level it", "Ausrichten"),
			step("connect", "Connect electricity, coolant, gas and extraction", "Strom, Kühlmittel, Gas und Absaugung anschließen"), step("prove", "Test the safety circuits with the pilot", "Sicherheitskreise mit dem Piloten prüfen"),
			step("centre", "Bring the beam to the middle of the nozzle", "Den Strahl in die Mitte der Düse bringen"), step("focus", "Find the focus", "Den Fokus finden"),
			step("cut", "Cut the test part", "Das Prüfteil schneiden"))
}

func spot() schema.Question {
	return asked{key: "spot", points: 2,
		en:    "A fibre with a core of 100 µm, a collimator of 75 mm, a focusing lens of 150 mm: how large is the spot?",
		de:    "Eine Faser mit 100 µm Kern, ein Kollimator mit 75 mm, eine Fokuslinse mit 150 mm: Wie groß ist der Fleck?",
		whyEN: "100 µm × 150 ÷ 75 = 200 µm.", whyDE: "100 µm × 150 ÷ 75 = 200 µm."}.
		number("200", "2", "µm")
}

func arrivalQuestions() []schema.Question {
	return []schema.Question{
		asked{key: "indicator", points: 1,
			en: "A shock indicator on the crate is red. What do you do?", de: "Ein Stoßanzeiger an der Kiste ist rot. Was tun Sie?",
			whyEN: "Accept it, but write it down before you sign, with a photograph. Afterwards nobody can say where it happened.",
			whyDE: "Annehmen, aber vor der Unterschrift vermerken, mit Foto. Danach kann niemand mehr sagen, wo es geschah."}.
			single(no("refuse", "Refuse the machine", "Die Annahme verweigern"), yes("record", "Note it on the delivery note before signing, photograph it", "Vor der Unterschrift auf dem Lieferschein vermerken, fotografieren"),
				no("wait", "See first whether it runs", "Erst sehen, ob sie läuft")),
		asked{key: "cold", points: 1,
			en: "It freezes outside, the hall is warm and damp. When do you open the crate?", de: "Draußen friert es, die Halle ist warm und feucht. Wann öffnen Sie die Kiste?",
			whyEN: "On cold parts the moisture of the air settles, on lenses too.", whyDE: "Auf kalten Teilen schlägt sich die Feuchte der Luft nieder, auch auf Linsen."}.
			single(no("now", "At once, to look for damage", "Sofort, um Schäden zu suchen"), yes("later", "When it has the temperature of the hall", "Wenn sie die Temperatur der Halle hat"),
				no("outside", "Still outside", "Noch draußen")),
		asked{key: "locks", points: 1,
			en: "How many transport locks are taken off?", de: "Wie viele Transportsicherungen werden gelöst?",
			whyEN: "Three, painted orange: gantry, Z axis, door.", whyDE: "Drei, orange lackiert: Portal, Z-Achse, Tür."}.
			number("3", "", ""),
		asked{key: "foot", points: 1,
			en: "The level shows zero everywhere, but one foot can be turned by hand. Are you done?", de: "Die Richtwaage zeigt überall null, aber ein Fuß lässt sich von Hand drehen. Sind Sie fertig?",
			whyEN: "Three feet level it, the fourth makes it stiff. A foot that can be turned carries nothing.", whyDE: "Drei Füße richten sie aus, der vierte macht sie steif. Ein Fuß, der sich drehen lässt, trägt nichts."}.
			single(no("done", "Yes, level is level", "Ja, gerade ist gerade"), no("bolt", "Yes, once that foot is bolted to the floor", "Ja, sobald dieser Fuß festgedübelt ist"),
				yes("load", "No, that foot has to carry as well", "Nein, auch dieser Fuß muss tragen")),
	}
}

func lightQuestions() []schema.Question {
	return []schema.Question{
		asked{key: "channel", points: 1,
			en: "In test 7 the second channel of the door is unplugged. What has to happen?", de: "In Prüfung 7 wird der zweite Kanal der Tür abgezogen. Was muss geschehen?",
			whyEN: "The control has to notice that the channels disagree, and must not let that be acknowledged away.", whyDE: "Die Steuerung muss merken, dass die Kanäle sich uneinig sind, und das darf sich nicht wegquittieren lassen."}.
			single(no("nothing", "Nothing, the first channel is enough", "Nichts, der erste Kanal genügt"), no("lamp", "The lamp blinks, cutting goes on", "Die Lampe blinkt, es wird weiter geschnitten"),
				yes("code", "SF-03, which cannot be acknowledged away", "SF-03, das sich nicht wegquittieren lässt")),
		asked{key: "one-side", points: 1,
			en: "All parts have burr on the same side, however they lie. What do you check first?", de: "Alle Teile haben auf derselben Seite Grat, wie sie auch liegen. Was prüfen Sie zuerst?",
			whyEN: "A beam off centre meets more gas on one side than on the other.", whyDE: "Ein Strahl neben der Mitte trifft auf einer Seite auf mehr Gas als auf der anderen."}.
			single(yes("centre", "Whether the beam is in the middle of the nozzle", "Ob der Strahl in der Mitte der Düse liegt"), no("speed", "The speed", "Das Tempo"), no("purity", "The purity of the gas", "Die Reinheit des Gases")),
		asked{key: "door", points: 1,
			en: "The door was open and has been closed. What must happen by itself?", de: "Die Tür war offen und wurde geschlossen. Was muss von selbst geschehen?",
			whyEN: "Nothing starts until somebody acknowledges at the panel: perhaps there is still a person inside.", whyDE: "Nichts startet, bis jemand am Bedienfeld quittiert: Vielleicht ist noch ein Mensch darin."}.
			single(no("resume", "The program goes on", "Das Programm läuft weiter"), no("pilot", "The pilot comes on", "Der Pilot geht an"), yes("none", "Nothing", "Nichts")),
		asked{key: "tape", points: 3,
			en: "What does the picture on the tape tell you?", de: "Was sagt Ihnen das Bild auf dem Band?",
			whyEN: "A crescent is cut off by the nozzle, dirt frays, and a second hole is a reflection.", whyDE: "Eine Sichel ist von der Düse abgeschnitten, Schmutz franst aus, und ein zweites Loch ist eine Spiegelung."}.
			match(pair("crescent", say("Crescent", "Sichel"), say("The beam touches the nozzle", "Der Strahl streift die Düse")),
				pair("frayed", say("Frayed hole", "Ausgefranstes Loch"), say("Dirty window or lens", "Fenster oder Linse verschmutzt")),
				pair("double", say("Two holes", "Zwei Löcher"), say("Reflection at a loose lens", "Reflexion an einer losen Linse"))),
	}
}

func leavingQuestions() []schema.Question {
	return []schema.Question{
		asked{key: "yellow", points: 1,
			en: "The edge of stainless steel is yellowish though you cut with nitrogen. What has got into the gas?", de: "Die Kante von Edelstahl ist gelblich, obwohl Sie mit Stickstoff schneiden. Was ist ins Gas geraten?",
			whyEN: "Air, and with it oxygen. Look for a leak.", whyDE: "Luft und mit ihr Sauerstoff. Suchen Sie ein Leck."}.
			words([]string{"air", "oxygen", "O2"}, []string{"Luft", "Sauerstoff", "O2"}),
		asked{key: "moisture", points: 1,
			en: "What is the temperature called below which moisture settles on a surface?", de: "Wie heißt die Temperatur, unter der sich Feuchte auf einer Fläche niederschlägt?",
			whyEN: "The dew point. No part with optics may be colder.", whyDE: "Taupunkt. Kein Teil mit Optik darf kälter sein."}.
			words([]string{"dew point", "dewpoint", "the dew point", "dew point temperature"}, []string{"Taupunkt", "der Taupunkt", "Taupunkttemperatur"}),
		asked{key: "change", points: 1,
			en: "There is burr below on all sides. How do you go on?", de: "Unten ist ringsum Grat. Wie gehen Sie vor?",
			whyEN: "Whoever changes three values and succeeds knows nothing, and on the next sheet begins anew.", whyDE: "Wer drei Werte ändert und Erfolg hat, weiß nichts und fängt beim nächsten Blech von vorn an."}.
			single(no("all", "Change speed, gas and focus together", "Tempo, Gas und Fokus zusammen ändern"), yes("one", "Change one value, cut, write it down", "Einen Wert ändern, schneiden, aufschreiben"),
				no("power", "Always raise the power first", "Immer zuerst die Leistung erhöhen")),
		asked{key: "absent", points: 1,
			en: "One of the operators was on holiday on the day of instruction. What do you write?", de: "Einer der Bediener war am Tag der Einweisung im Urlaub. Was schreiben Sie?",
			whyEN: "Only who has shown it is instructed. The name goes to the remaining points, with a day.", whyDE: "Eingewiesen ist nur, wer es gezeigt hat. Der Name kommt mit einem Tag zu den Restpunkten."}.
			single(no("name", "His name, colleagues will show him", "Seinen Namen, die Kollegen zeigen es ihm"), yes("open", "Not instructed, with a day for it", "Nicht eingewiesen, mit einem Termin"), no("blank", "Nothing at all", "Gar nichts")),
	}
}
