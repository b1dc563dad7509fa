package courses

import "foyer/schema"

// classesCheck is for practice: as often as one likes, with answers after each attempt.
func classesCheck() schema.Quiz {
	return schema.Quiz{
		Shuffle: true, PassingPercent: 70, Reveal: schema.RevealSubmitted,
		Questions: []schema.Question{
			asked{key: "retina", points: 1,
				en: "Light of which wavelength reaches the retina?", de: "Licht welcher Wellenlänge erreicht die Netzhaut?",
				whyEN: "From 400 to 1400 nm cornea and lens let light through and focus it. The other two are stopped before.",
				whyDE: "Von 400 bis 1400 nm lassen Hornhaut und Linse Licht durch und bündeln es. Die beiden anderen werden vorher aufgehalten."}.
				single(no("uv", "355 nm", "355 nm"), yes("near", "1064 nm", "1064 nm"), no("far", "10.6 µm", "10,6 µm")),
			asked{key: "blink", points: 1,
				en: "Why does the blink reflex not protect against a fibre laser?", de: "Warum schützt der Lidschlussreflex nicht vor einem Faserlaser?",
				whyEN: "1064 nm is invisible: nothing makes you blink, and the retina does not hurt.",
				whyDE: "1064 nm ist unsichtbar: Nichts bringt Sie zum Blinzeln, und die Netzhaut schmerzt nicht."}.
				single(no("slow", "Because eyelids let infrared through", "Weil Lider Infrarot durchlassen"),
					yes("unseen", "Because you do not see the light", "Weil man das Licht nicht sieht"),
					no("pulse", "Because it always works in pulses", "Weil er immer in Pulsen arbeitet")),
			asked{key: "hit", points: 3,
				en: "Which source harms which part of the eye first?", de: "Welche Quelle schädigt welchen Teil des Auges zuerst?",
				whyEN: "Ultraviolet stops in cornea and lens, the far infrared in the cornea; only what lies between reaches the retina.",
				whyDE: "Ultraviolett endet in Hornhaut und Linse, fernes Infrarot in der Hornhaut; nur was dazwischen liegt, kommt zur Netzhaut."}.
				match(pair("fibre", say("Fibre laser, 1064 nm", "Faserlaser, 1064 nm"), say("Retina", "Netzhaut")),
					pair("carbon", say("CO2 laser, 10.6 µm", "CO2-Laser, 10,6 µm"), say("Cornea alone", "Nur die Hornhaut")),
					pair("marking", say("UV laser, 355 nm", "UV-Laser, 355 nm"), say("Cornea and lens", "Hornhaut und Linse"))),
			asked{key: "milliwatt", points: 1,
				en:    "A laser of class 2 shines without interruption. How many milliwatts of visible light may it have at most?",
				de:    "Ein Laser der Klasse 2 leuchtet ohne Unterbrechung. Wie viele Milliwatt sichtbares Licht darf er höchstens haben?",
				whyEN: "Up to 1 mW the blink reflex and turning away protect sufficiently.", whyDE: "Bis 1 mW schützen Lidschlussreflex und Abwenden ausreichend."}.
				number("1", "", "mW"),
			asked{key: "loupe", points: 1,
				en: "What does the M of class 1M warn of?", de: "Wovor warnt das M der Klasse 1M?",
				whyEN: "A loupe or a telescope can gather so much light of a wide or diverging beam that it becomes dangerous.",
				whyDE: "Lupe oder Fernrohr können von einem breiten oder auseinanderlaufenden Strahl so viel Licht sammeln, dass er gefährlich wird."}.
				single(yes("optics", "Looking through loupe or telescope", "Durch Lupe oder Fernrohr zu sehen"),
					no("metal", "Cutting metal with it", "Metall damit zu schneiden"),
					no("magnet", "Magnetic fields of the source", "Magnetfeldern der Quelle")),
			asked{key: "both", points: 2,
				en: "A Spectra 500 stands before you, all covers closed. What is **all** true?", de: "Eine Spectra 500 steht vor Ihnen, alle Abdeckungen zu. Was trifft **alles** zu?",
				whyEN: "The class belongs to the product: closed it is class 1 and you need no glasses. Its source stays class 4, and a missing panel makes that accessible.",
				whyDE: "Die Klasse gehört zum Gerät: Geschlossen ist es Klasse 1, und Sie brauchen keine Brille. Seine Quelle bleibt Klasse 4, und ein fehlendes Blech macht sie zugänglich."}.
				multiple(yes("product", "The machine is a class 1 product.", "Die Maschine ist ein Gerät der Klasse 1."),
					yes("source", "The source in it is class 4.", "Die Quelle darin ist Klasse 4."),
					no("glasses", "You need glasses in front of the closed door.", "Vor der geschlossenen Tür brauchen Sie eine Brille."),
					no("panel", "It stays class 1 if only a side panel is off.", "Sie bleibt Klasse 1, wenn nur ein Seitenblech fehlt.")),
		},
	}
}

// safetyExam decides about the certificate: a limit of time, three attempts with an hour
// between them, answers at the end. Every attempt asks ten questions.
func safetyExam() schema.Quiz {
	return pooled(schema.Quiz{
		Shuffle: true, PassingPercent: 80, Attempts: 3, CoolingMinutes: 60, LimitSeconds: 15 * 60, Reveal: schema.RevealFinal,
		Questions: []schema.Question{reflections(false), tripOrder(), density(), code()},
	},
		drawn{"barriers", 2, barrierQuestions()},
		drawn{"people", 2, peopleQuestions()},
		drawn{"help", 2, helpQuestions()})
}

// reflections is the question that was not good: at first it took a matt wall for
// harmless, which at class 4 it is not, as the lesson says.
func reflections(mended bool) schema.Question {
	wall := no("wall", "A wall with matt paint, close by", "Eine matt gestrichene Wand in der Nähe")
	q := asked{key: "reflections", points: 2,
		en:    "A beam of class 4 goes astray. Which surfaces can make it dangerous for somebody who stands aside? Choose all.",
		de:    "Ein Strahl der Klasse 4 geht fehl. Welche Flächen können ihn für jemanden gefährlich machen, der daneben steht? Wählen Sie alle.",
		whyEN: "Bare metal and jewellery throw the beam on nearly unchanged. The light trap is built to swallow it.",
		whyDE: "Metall und Schmuck werfen den Strahl fast unverändert weiter. Die Lichtfalle ist dafür gebaut, ihn zu schlucken."}
	if mended {
		wall.Correct = true
		q.whyEN = "Bare metal and jewellery throw the beam on nearly unchanged. A matt wall scatters it, and at class 4 scattered light is dangerous too. The light trap is built to swallow it."
		q.whyDE = "Metall und Schmuck werfen den Strahl fast unverändert weiter. Eine matte Wand streut ihn, und bei Klasse 4 ist auch Streulicht gefährlich. Die Lichtfalle ist dafür gebaut, ihn zu schlucken."
	}
	return q.multiple(yes("sheet", "A bare aluminium sheet", "Ein glänzendes Aluminiumblech"), yes("ring", "A ring on a finger", "Ein Ring am Finger"),
		wall, no("trap", "The light trap of the enclosure", "Die Lichtfalle der Einhausung"))
}

func tripOrder() schema.Question {
	return asked{key: "trip-order", points: 2,
		en: "The machine stops, the panel shows SF-02. In which order do you act?", de: "Die Maschine hält an, das Bedienfeld zeigt SF-02. In welcher Reihenfolge handeln Sie?",
		whyEN: "First the state, then the cause, then one acknowledgement. If it trips again, the search is for maintenance.",
		whyDE: "Erst der Zustand, dann die Ursache, dann ein Quittieren. Löst sie wieder aus, sucht die Instandhaltung."}.
		order(step("note", "Read the code and write it down", "Code lesen und aufschreiben"),
			step("look", "Look for the open door or loose cover", "Nach der offenen Tür oder losen Abdeckung sehen"),
			step("close", "Close it", "Sie schließen"),
			step("once", "Acknowledge at the panel, once", "Am Bedienfeld quittieren, einmal"),
			step("call", "If it trips again: lock the main switch, call maintenance", "Löst sie wieder aus: Hauptschalter abschließen, Instandhaltung rufen"))
}

func density() schema.Question {
	return asked{key: "density", points: 2,
		en:    "A beam of 500 W meets a filter of optical density 6 that withstands it. How many milliwatts pass?",
		de:    "Ein Strahl mit 500 W trifft auf einen Filter der optischen Dichte 6, der ihn aushält. Wie viele Milliwatt gehen durch?",
		whyEN: "OD 6 lets one millionth through: 500 W ÷ 1,000,000 = 0.0005 W = 0.5 mW.", whyDE: "OD 6 lässt ein Millionstel durch: 500 W ÷ 1.000.000 = 0,0005 W = 0,5 mW."}.
		number("0.5", "0.01", "mW")
}

func code() schema.Question {
	return asked{key: "code", points: 1,
		en: "Which code does the panel show if the two channels of a door switch disagree?", de: "Welchen Code zeigt das Bedienfeld, wenn sich die beiden Kanäle eines Türschalters uneinig sind?",
		whyEN: "SF-03. It is not for operators to acknowledge: call maintenance.", whyDE: "SF-03. Bediener quittieren ihn nicht: Instandhaltung rufen."}.
		words([]string{"SF-03", "SF03", "SF 3"}, []string{"SF-03", "SF03", "SF 3"})
}

func barrierQuestions() []schema.Question {
	return []schema.Question{
		asked{key: "magnet", points: 1,
			en:    "Somebody has put a magnet into a door switch, and the door is open while it cuts. Which class is the machine now for the people around?",
			de:    "Jemand hat einen Magneten in einen Türschalter gesteckt, und die Tür ist beim Schneiden offen. Welche Klasse ist die Maschine nun für die Leute ringsum?",
			whyEN: "What counts is what is accessible: through the open door it is the beam of the source.", whyDE: "Es zählt, was zugänglich ist: Durch die offene Tür ist es der Strahl der Quelle."}.
			single(no("one", "Class 1, as the label says", "Klasse 1, wie das Schild sagt"), no("three", "Class 3R", "Klasse 3R"), yes("four", "Class 4", "Klasse 4")),
		asked{key: "estop", points: 2,
			en: "What is **all** true of the emergency stop?", de: "Was trifft **alles** auf den Not-Halt zu?",
			whyEN: "It ends motion and light, and nothing starts on release. Voltage remains: for that there is the main switch.",
			whyDE: "Er beendet Bewegung und Licht, und beim Entriegeln startet nichts. Spannung bleibt: Dafür gibt es den Hauptschalter."}.
			multiple(yes("ends", "It ends motion and light at once.", "Er beendet sofort Bewegung und Licht."),
				yes("again", "After release somebody has to acknowledge.", "Nach dem Entriegeln muss jemand quittieren."),
				no("dead", "It makes the machine free of voltage.", "Er macht die Maschine spannungsfrei."),
				no("shift", "It is the right way to end the shift.", "Mit ihm beendet man die Schicht.")),
		asked{key: "pane", points: 1,
			en:    "The window of a fibre laser is cracked. A clear pane of a CO2 engraver fits the frame. May it go in?",
			de:    "Das Fenster eines Faserlasers ist gesprungen. Eine klare Scheibe einer CO2-Graviermaschine passt in den Rahmen. Darf sie hinein?",
			whyEN: "It absorbs 10.6 µm and is transparent at 1064 nm. To the fibre laser it is a hole.", whyDE: "Sie nimmt 10,6 µm auf und ist bei 1064 nm durchsichtig. Für den Faserlaser ist sie ein Loch."}.
			single(no("short", "For one shift, until the right one comes", "Für eine Schicht, bis die richtige da ist"),
				no("clean", "Yes, if it has no scratches", "Ja, wenn sie keine Kratzer hat"),
				yes("never", "No, it does not stop this light", "Nein, sie hält dieses Licht nicht auf")),
		asked{key: "repeat", points: 1,
			en: "SF-03 has disappeared after switching off and on. What now?", de: "SF-03 ist nach Aus- und Einschalten verschwunden. Was nun?",
			whyEN: "A contact that sticks now and then leaves one channel where there should be two. That it comes and goes makes it worse.",
			whyDE: "Ein Kontakt, der ab und zu klebt, lässt einen Kanal übrig, wo es zwei sein sollten. Dass er kommt und geht, macht es schlimmer."}.
			single(no("go", "Go on, it was an error of the control", "Weitermachen, es war ein Fehler der Steuerung"),
				no("watch", "Go on and watch the door closely", "Weitermachen und auf die Tür achten"),
				yes("stop", "Call maintenance, produce nothing until then", "Instandhaltung rufen, bis dahin nichts fertigen")),
	}
}

func peopleQuestions() []schema.Question {
	return []schema.Question{
		asked{key: "marking", points: 3,
			en: "Glasses are marked `D 900–1100 LB7`. What is what?", de: "Auf einer Brille steht `D 900–1100 LB7`. Was ist was?",
			whyEN: "Mode, wavelengths, scale number: all three have to fit the laser.", whyDE: "Betriebsart, Wellenlängen, Schutzstufe: Alle drei müssen zum Laser passen."}.
			match(pair("mode", say("D", "D"), say("Light without interruption", "Licht ohne Unterbrechung")),
				pair("range", say("900–1100", "900–1100"), say("Wavelengths in nm", "Wellenlängen in nm")),
				pair("scale", say("LB7", "LB7"), say("What it stops and withstands", "Was sie aufhält und aushält"))),
		asked{key: "norm", points: 1,
			en:    "By which European standard are laser safety glasses for 1064 nm marked? Its number is enough.",
			de:    "Nach welcher europäischen Norm sind Laserschutzbrillen für 1064 nm gekennzeichnet? Die Nummer genügt.",
			whyEN: "EN 207. EN 208 is for adjusting visible lasers.", whyDE: "EN 207. EN 208 ist für das Justieren sichtbarer Laser."}.
			words([]string{"EN 207", "207", "DIN EN 207", "BS EN 207"}, []string{"EN 207", "207", "DIN EN 207", "ÖNORM EN 207"}),
		asked{key: "scratch", points: 1,
			en: "You find a deep scratch in the filter of a pair of glasses. What happens to them?", de: "Sie finden einen tiefen Kratzer im Filter einer Brille. Was geschieht mit ihr?",
			whyEN: "A damaged filter has lost its rating, and nobody can see how much is left of it.", whyDE: "Ein beschädigter Filter hat seine Schutzstufe verloren, und niemand sieht, wie viel davon übrig ist."}.
			single(no("visitors", "They are kept for visitors", "Sie bleibt für Besuch"), no("polish", "They are polished", "Sie wird poliert"), yes("away", "They are thrown away", "Sie wird weggeworfen")),
		asked{key: "welding-place", points: 2,
			en: "What belongs to a welding place with an open laser beam? Choose all.", de: "Was gehört zu einem Schweißplatz mit offenem Laserstrahl? Wählen Sie alles.",
			whyEN: "Glasses hang outside, or one is inside without them. A curtain for arcs is not tested for lasers.",
			whyDE: "Brillen hängen draußen, sonst ist man ohne sie schon drin. Ein Vorhang für Lichtbögen ist nicht für Laser geprüft."}.
			multiple(yes("outside", "Glasses before the entrance", "Brillen vor dem Zugang"), yes("tested", "A barrier tested for lasers", "Eine für Laser geprüfte Abschirmung"),
				yes("sign", "A sign with class and wavelength", "Ein Schild mit Klasse und Wellenlänge"), no("arc", "A curtain for arc welding", "Ein Vorhang für Lichtbogenschweißen")),
	}
}

func helpQuestions() []schema.Question {
	return []schema.Question{
		asked{key: "plastic", points: 1,
			en: "A customer brings sheets of plastic, “PVC or something like it”. What do you do?", de: "Ein Kunde bringt Kunststoffplatten, „PVC oder so etwas“. Was tun Sie?",
			whyEN: "PVC gives off hydrogen chloride, which harms lungs and machine. What nobody can name does not go under the beam.",
			whyDE: "PVC setzt Chlorwasserstoff frei, der Lunge und Maschine schadet. Was niemand benennen kann, kommt nicht unter den Strahl."}.
			single(no("slow", "Cut with low power", "Mit wenig Leistung schneiden"), no("mask", "Cut with a dust mask on", "Mit Staubmaske schneiden"),
				yes("refuse", "Not cut it until it is known what it is", "Nicht schneiden, bis klar ist, was es ist")),
		asked{key: "eye", points: 2,
			en: "A colleague may have been hit in the eye. In which order do you act?", de: "Ein Kollege wurde vielleicht am Auge getroffen. In welcher Reihenfolge handeln Sie?",
			whyEN: "First nobody else may be hit, then calm, then a specialist at once, with the data of the laser. The report comes last.",
			whyDE: "Zuerst darf niemand sonst getroffen werden, dann Ruhe, dann sofort augenärztliche Hilfe mit den Daten des Lasers. Die Meldung kommt zuletzt."}.
			order(step("off", "Beam off", "Strahl aus"), step("sit", "Let him sit, eyes closed", "Hinsetzen lassen, Augen geschlossen"),
				step("doctor", "Have him driven to an ophthalmologist, with the laser's data", "In augenärztliche Behandlung fahren lassen, mit den Daten des Lasers"),
				step("report", "Write the report of the accident", "Den Unfall schriftlich melden")),
		asked{key: "alarm", points: 1,
			en: "The oxygen alarm sounds, and somebody lies in the pit. What do you do?", de: "Der Sauerstoffwächter schlägt an, und in der Grube liegt jemand. Was tun Sie?",
			whyEN: "Two breaths of nitrogen make you the second victim. Help comes with breathing apparatus.", whyDE: "Zwei Atemzüge Stickstoff machen Sie zum zweiten Opfer. Hilfe kommt mit Atemschutzgerät."}.
			single(no("breath", "Hold my breath and pull them out", "Luft anhalten und herausziehen"),
				yes("out", "Go out, call 112, let nobody in without breathing apparatus", "Hinaus, 112 rufen, niemanden ohne Atemschutzgerät hineinlassen"),
				no("cloth", "Go in with a wet cloth before the mouth", "Mit nassem Tuch vor dem Mund hineingehen")),
		asked{key: "burn", points: 1,
			en: "For how many minutes is a burn of the skin cooled with running water?", de: "Wie viele Minuten wird eine Verbrennung der Haut mit fließendem Wasser gekühlt?",
			whyEN: "10 to 20 minutes, lukewarm, no ice.", whyDE: "10 bis 20 Minuten, handwarm, kein Eis."}.
			number("15", "5", "min"),
	}
}

// clamp is about hand-held lasers, which the first version did not have.
func clamp() schema.Question {
	return asked{key: "clamp", points: 1,
		en:    "Why does the clamp of a hand-held laser belong on the workpiece and never on the nozzle?",
		de:    "Warum gehört die Klemme eines handgeführten Lasers ans Werkstück und nie an die Düse?",
		whyEN: "The beam is released only while the nozzle touches the workpiece. With the clamp on the nozzle it is released into the air too.",
		whyDE: "Der Strahl wird nur frei, solange die Düse das Werkstück berührt. Mit der Klemme an der Düse wird er auch in der Luft frei."}.
		single(no("current", "So that the welding current flows back", "Damit der Schweißstrom zurückfließt"),
			yes("touch", "Because the beam must only come while the nozzle touches", "Weil der Strahl nur bei Berührung kommen darf"),
			no("heat", "So that the nozzle stays cool", "Damit die Düse kühl bleibt"))
}
