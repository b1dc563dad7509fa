package demo

import (
	"fmt"
	"time"

	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/submission"
	"foyer/portal/demo/courses"
	"foyer/schema/gid"
)

// demand is a course that people of a customer must have finished.
type demand struct {
	customer, course string
	roles, people    []string // everybody when there are none
	made             int      // days ago
	due, days        int      // when in days, and how many days those have who join later; 0 for none
	enroll           bool
}

// demands are such that managers see every state: held, ending, being learned, missing
// and late.
var demands = []demand{
	{customer: "halden", course: courses.KeySafety, made: 280, days: 30},
	{customer: "halden", course: courses.KeyCommissioning, roles: []string{admin, buyer}, made: 17, due: 34},
	{customer: "halden", course: courses.KeyMaintenance, people: []string{"ines.halden@halden.example", "tor.eriksen@halden.example"}, made: 40},
	{customer: "halden", course: courses.KeyThinSteel, people: []string{"ines.halden@halden.example", "amina.yusuf@halden.example"}, made: 100, due: -5},
	{customer: "halden-se", course: courses.KeySafety, made: 300, days: 30},
	{customer: "halden-se", course: courses.KeyMaintenance, roles: []string{manager, buyer}, made: 50, due: 30},
	{customer: "boras", course: courses.KeySafety, made: 95, enroll: true},
	{customer: "nordholm", course: courses.KeySafety, made: 380, due: 60, days: 30},
	{customer: "nordholm", course: courses.KeyCommissioning, roles: []string{buyer, member}, made: 70, due: 14},
	{customer: "feinblech", course: courses.KeySafety, made: 90, due: -12},
	{customer: "kesselring", course: courses.KeySafety, made: 30, due: 4},
	{customer: "vanderveen", course: courses.KeySafety, made: 400, days: 60},
	{customer: "marangon", course: courses.KeySafety, made: 3, due: 27},
}

// require makes the rows of what customers demand of their people.
func (s *school) require() error {
	for n, d := range demands {
		f, c := s.firms[d.customer], s.courses[d.course]
		at := s.ago(1, n).AddDate(0, 0, 1-d.made)
		r := &ent.TrainingRequirement{
			ID: gid.At(gid.Requirement, at), CreatedAt: at, UpdatedAt: at, OrganizationID: f.row.ID, CourseID: c.row.ID, Roles: d.roles, Enroll: d.enroll, Version: 1,
		}
		for _, email := range d.people {
			i, ok := s.people[email]
			if !ok || i.roleAt(d.customer) == "" {
				return fmt.Errorf("demo: %s is not of %s", email, d.customer)
			}
			r.People = append(r.People, i.row.ID)
		}
		if d.due != 0 {
			r.DueAt = new(s.back(-d.due, 16*time.Hour))
		}
		if d.days > 0 {
			r.DueDays = &d.days
		}
		s.requirements = append(s.requirements, r)
	}
	return nil
}

// shows are how much of their names holders let others see, where they have said so.
var shows = map[string]certificate.Shown{
	"ines.halden@halden.example":     certificate.ShownNAME,
	"jana.sieverding@example.com":    certificate.ShownNOTHING,
	"franz@kesselring.example":       certificate.ShownNAME,
	"vreni.zbinden@tobler.example":   certificate.ShownNAME,
	"birte.claasen@nordholm.example": certificate.ShownNAME,
}

// feedback is what people say to the trainers, by person and course.
var feedback = map[string]map[string]string{
	"ines.halden@halden.example": {
		courses.KeySafety:    "Short enough to do between two shifts. The part about interlocks is now our own instruction.",
		courses.KeyThinSteel: "The strips alone saved us a day. More pictures of bad edges, please.",
	},
	"tor.eriksen@halden.example":     {courses.KeySafety: "Good. The question about reflections can be read in two ways."},
	"elin.sandstrom@halden.example":  {courses.KeySafety: "Clear, and nothing in it that we do not need."},
	"maja@boras-precision.example":   {courses.KeySafety: "I would have liked to do the test on paper first."},
	"katrin.voss@nordholm.example":   {courses.KeyCommissioning: "Die Checkliste für das Protokoll hängt jetzt an der Maschine. Die Rückmeldung war sehr genau.", courses.KeyMaintenance: "Drei Listen statt eines Handbuchs: genau richtig."},
	"malte.jensen@nordholm.example":  {courses.KeySafety: "Ordentlich, aber die Fragen waren leichter als die Lektionen."},
	"birte.claasen@nordholm.example": {courses.KeySafety: "Die neue Lektion zum Handschweißen hat gefehlt, gut dass sie da ist."},
	"vreni.zbinden@tobler.example":   {courses.KeySafety: "Endlich sagt jemand, was auf der Brille steht.", courses.KeyMaintenance: "Gut gegliedert. Ein Film vom Reinigen der Optik wäre schön."},
}

// reasons are why people leave a course, by language.
var reasons = map[string]string{"en": "Works at another machine now.", "de": "Arbeitet jetzt an einer anderen Maschine."}

// protocols are what is handed in with a commissioning, by language.
var protocols = map[string]string{
	"en": "Spectra 500, commissioned in two days.\n\nLevelling: six readings between 0.02 and 0.07 mm/m, both diagonals equal, all four feet carry.\n" +
		"Connections: 398 to 401 V, clockwise field. Coolant 1 : 4, set to 22 °C at a dew point of 13 °C. Leak test 14.0 and 13.9 bar after ten minutes.\n" +
		"Safety tests: 1 to 9 passed between 9:10 and 10:05.\nBeam: three centred tapes in a row, focus at -1.2 mm. The test part measures 100.04 by 60.02 mm.\n\n" +
		"Deviation: the exhaust hose was 40 cm too short and was replaced on the second day.",
	"de": "Spectra 500, in zwei Tagen in Betrieb genommen.\n\nAusrichten: sechs Ablesungen zwischen 0,02 und 0,08 mm/m, beide Diagonalen gleich, alle vier Füße tragen.\n" +
		"Anschlüsse: 397 bis 402 V, Rechtsdrehfeld. Kühlmittel 1 : 4, eingestellt auf 22 °C. Dichtheitsprüfung 14,0 und 13,9 bar nach zehn Minuten.\n" +
		"Sicherheitsprüfungen: zwischen 8:40 und 9:50 Uhr.\nStrahl: drei zentrierte Bänder nacheinander, Fokus bei -1,1 mm. Das Prüfteil misst 100,05 mal 60,03 mm.\n\n" +
		"Abweichung: Ein Fuß musste mit einer Platte unterlegt werden.",
}

// judgements are what the trainer says of work, by what became of it and by language.
var judgements = map[submission.Status]map[string]string{
	submission.StatusPASSED: {
		"en": "Well done. Keep the protocol with the machine.",
		"de": "Sehr ordentlich. Bitte legen Sie das Protokoll zur Maschine.",
	},
	submission.StatusRETURNED: {
		"en": "Nearly. Please add what is missing and hand it in again.",
		"de": "Fast. Bitte ergänzen Sie, was fehlt, und geben Sie es noch einmal ab.",
	},
}
