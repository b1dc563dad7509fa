package courses

import (
	"slices"

	"foyer/schema"
)

const safety = book(KeySafety)

// LaserSafety is “Laser safety for operators” as it is published first.
func LaserSafety() schema.CourseDocument {
	return schema.CourseDocument{
		Title:     say("Laser safety for operators", "Lasersicherheit für Bediener"),
		Summary:   say("Classes, interlocks and what to do when one trips.", "Klassen, Verriegelungen und was zu tun ist, wenn eine auslöst."),
		Languages: Languages(),
		Cover:     "#e4572e",
		Modules: []schema.CourseModule{
			chapter("light", "The light", "Das Licht",
				safety.open("welcome", 5, "What this course is for", "Wozu dieser Kurs da ist"),
				safety.read("light", 8, 60, "What laser light does", "Was Laserlicht bewirkt"),
				safety.read("classes", 10, 90, "The classes of IEC 60825-1", "Die Klassen der IEC 60825-1"),
				after(safety.quiz("check-classes", 6, "Check: light and classes", "Kontrolle: Licht und Klassen", classesCheck()), "light", "classes")),
			chapter("machine", "The machine", "Die Maschine",
				after(safety.read("barriers", 10, 90, "Enclosure and interlocks", "Einhausung und Verriegelungen"), "check-classes"),
				after(safety.read("trip", 9, 90, "When an interlock trips", "Wenn eine Verriegelung auslöst"), "barriers"),
				after(safety.read("eyewear", 10, 60, "Laser safety glasses", "Laserschutzbrillen"), "check-classes"),
				after(safety.read("fumes", 10, 60, "Fumes, fire and gases", "Rauch, Feuer und Gase"), "check-classes")),
			chapter("work", "At work", "Bei der Arbeit",
				after(safety.read("area", 9, 60, "The controlled area, and who may do what", "Der Laserbereich, und wer was darf"), "check-classes"),
				safety.read("emergency", 8, 60, "If somebody was hit", "Wenn jemand getroffen wurde"),
				safety.link("law", 4, "https://eur-lex.europa.eu/eli/dir/2006/25/oj", "The directive behind it", "Die Richtlinie dahinter"),
				after(safety.quiz("exam", 10, "Final test", "Abschlusstest", safetyExam()), "trip", "eyewear", "fumes", "area", "emergency")),
		},
		Certificate: &schema.CertificateRules{
			Title: say("Laser safety for operators", "Lasersicherheit für Bediener"),
			Criteria: say(
				"Has studied the classes of IEC 60825-1, guards and interlocks, protective eyewear, fumes, gases and first aid, and has passed a test with at least 80 % of the points.",
				"Hat sich mit den Klassen der IEC 60825-1, Schutzeinrichtungen und Verriegelungen, Schutzbrillen, Rauch, Gasen und Erster Hilfe befasst und einen Test mit mindestens 80 % der Punkte bestanden."),
			ValidMonths: 24,
			RemindDays:  []int{90, 60, 30, 7},
		},
	}
}

// Version2 is the safety course after the first one: the question about reflections is
// mended, and hand-held lasers have a lesson and a question of their own.
func Version2() schema.CourseDocument {
	doc := LaserSafety()
	work := &doc.Modules[2]
	work.Lessons = slices.Insert(work.Lessons, 1,
		after(safety.read("handheld", 8, 60, "Hand-held laser welding", "Handgeführtes Laserschweißen"), "eyewear", "area"))
	exam := &work.Lessons[len(work.Lessons)-1]
	exam.Requires = append(exam.Requires, "handheld")
	for i := range exam.Quiz.Questions {
		if exam.Quiz.Questions[i].Key == "reflections" {
			exam.Quiz.Questions[i] = reflections(true)
		}
	}
	exam.Quiz.Questions = append(exam.Quiz.Questions, clamp())
	people := slices.IndexFunc(exam.Quiz.Pools, func(p schema.QuestionPool) bool { return p.Key == "people" })
	exam.Quiz.Pools[people].Questions = append(exam.Quiz.Pools[people].Questions, "clamp")
	return doc
}

// Mended is how the question that Version2 mends is mended for those who answered it in
// the first version: scattered light counts as well.
func Mended() schema.QuestionCorrection {
	return schema.QuestionCorrection{
		Lesson: "exam", Question: "reflections", Correct: []string{"sheet", "ring", "wall"},
		Note: "With class 4 scattered light is dangerous too, as the lesson says. The painted wall was missing among the right answers.",
	}
}
