package courses

import (
	"slices"
	"time"

	"foyer/schema"
)

// Stages are the people of the demo company at every stage, those of a course in the
// order in which they were enrolled.
func Stages() []Stage {
	all := slices.Concat(safetyStages(), commissioningStages(), maintenanceStages(), otherStages())
	slices.SortStableFunc(all, func(a, b Stage) int {
		if a.Course != b.Course {
			return slices.Index(order, a.Course) - slices.Index(order, b.Course)
		}
		return b.Enrolled - a.Enrolled
	})
	return all
}

// order is that of the courses.
var order = []string{KeySafety, KeyCommissioning, KeyMaintenance, KeyDiagnostics, KeyThinSteel}

// whole is how many lessons the first and the second version of the safety course have.
const (
	whole1 = 12
	whole2 = 13
)

func safetyStages() []Stage {
	list := []Stage{
		{Person: "ines.halden@halden.example", Customer: "halden", Version: 1, State: Done, How: BySelf, Enrolled: 275, Lessons: whole1, Last: 257, Issued: 257, Stars: 5},
		// His certificate has 25 days left, and he has been enrolled anew because of that.
		{Person: "tor.eriksen@halden.example", Customer: "halden", Version: 1, State: Done, How: ByManager, By: "ines.halden@halden.example", Enrolled: 720, Lessons: whole1, Last: 705, Issued: 705, Stars: 4,
			Tries: []Try{{"exam", 706 * dayOf, []string{"reflections", "trip-order"}}}},
		{Person: "tor.eriksen@halden.example", Customer: "halden", Version: 2, State: Learning, How: ByRule, Enrolled: 35, DueIn: 25, Lessons: 4, Last: 6},
		{Person: "amina.yusuf@halden.example", Customer: "halden", Version: 2, State: Learning, How: ByManager, By: "sigrid.aas@halden.example", Enrolled: 24, DueIn: 6, Lessons: 7, Last: 2,
			Tries: []Try{{"check-classes", 12 * dayOf, []string{"both", "hit"}}}},
		{Person: "sigrid.aas@halden.example", Customer: "halden", Version: 2, State: New, How: ByManager, By: "ines.halden@halden.example", Enrolled: 39, DueIn: -9},

		{Person: "elin.sandstrom@halden.example", Customer: "halden-se", Version: 1, State: Done, How: BySelf, Enrolled: 312, Lessons: whole1, Last: 300, Issued: 300, Stars: 5},
		// Expired 20 days ago; enrolled anew in time, and overdue since.
		{Person: "oskar.lindahl@halden.example", Customer: "halden-se", Version: 1, State: Done, How: ByManager, By: "elin.sandstrom@halden.example", Enrolled: 770, Lessons: whole1, Last: 751, Issued: 751},
		{Person: "oskar.lindahl@halden.example", Customer: "halden-se", Version: 1, State: New, How: ByRule, Enrolled: 80, DueIn: -20},
		{Person: "maja@boras-precision.example", Customer: "boras", Version: 2, State: Done, How: BySelf, Enrolled: 52, Lessons: whole2, Last: 40, Issued: 40, Stars: 4},
		// He failed by the question that was not good, and passes when it is mended.
		{Person: "nils@boras-precision.example", Customer: "boras", Version: 1, State: Learning, How: BySelf, Enrolled: 90, Lessons: whole1 - 1, Last: 63,
			Tries: []Try{{"exam", 62 * dayOf, []string{"reflections", "trip-order"}}}},

		{Person: "gesa.petersen@halden-automation.example", Customer: "halden-de", Version: 1, State: Done, How: BySelf, Enrolled: 230, Lessons: whole1, Last: 221, Issued: 221,
			Revoked: "The test had been taken by a colleague on her device, as both of them reported."},
		{Person: "timo.rausch@halden-automation.example", Customer: "halden-de", Version: 2, State: Learning, How: ByManager, By: "gesa.petersen@halden-automation.example", Enrolled: 20, DueIn: 10, Lessons: whole2 - 1, Last: 1,
			Tries: []Try{{"exam", 25 * time.Minute, []string{"reflections", "density", "code"}}}},

		{Person: "katrin.voss@nordholm.example", Customer: "nordholm", Version: 1, State: Done, How: BySelf, Enrolled: 410, Lessons: whole1, Last: 400, Issued: 400, Stars: 4,
			Tries: []Try{{"exam", 400 * dayOf, []string{"code"}}}},
		{Person: "malte.jensen@nordholm.example", Customer: "nordholm", Version: 1, State: Done, How: ByManager, By: "birte.claasen@nordholm.example", Enrolled: 690, Lessons: whole1, Last: 672, Issued: 672, Stars: 3},
		{Person: "birte.claasen@nordholm.example", Customer: "nordholm", Version: 2, State: Done, How: BySelf, Enrolled: 30, Lessons: whole2, Last: 12, Issued: 12, Stars: 5},
		{Person: "ronja.beyer@nordholm.example", Customer: "feinblech", Version: 2, State: Learning, How: ByManager, By: "uwe.harms@nordholm.example", Enrolled: 14, DueIn: 30, Lessons: 9, Last: 1},
		{Person: "uwe.harms@nordholm.example", Customer: "feinblech", Version: 1, State: Withdrawn, How: BySelf, Enrolled: 140, Lessons: 3, Last: 133},

		{Person: "franz@kesselring.example", Customer: "kesselring", Version: 1, State: Done, How: BySelf, Enrolled: 350, Lessons: whole1, Last: 340, Issued: 340, Stars: 4},
		{Person: "lea@kesselring.example", Customer: "kesselring", Version: 2, State: Stuck, How: ByManager, By: "theresa@kesselring.example", Enrolled: 28, DueIn: 4, Lessons: whole2 - 1, Last: 4,
			Tries: []Try{
				{"exam", 3*dayOf + 5*time.Hour, []string{"reflections", "trip-order", "density", "code"}},
				{"exam", 3*dayOf + 3*time.Hour, []string{"trip-order", "density", "code"}},
				{"exam", 2*dayOf + 4*time.Hour, []string{"reflections", "trip-order"}},
			}},
		// He has left the company; others can still check what he held.
		{Person: "piet@vanderveen.example", Customer: "vanderveen", Version: 1, State: Done, How: ByManager, By: "marit@vanderveen.example", Enrolled: 520, Lessons: whole1, Last: 500, Issued: 500},
		{Person: "joost@vanderveen.example", Customer: "vanderveen", Version: 1, State: Done, How: BySelf, Enrolled: 735, Lessons: whole1, Last: 724, Issued: 724, Stars: 4},
		{Person: "vreni.zbinden@tobler.example", Customer: "tobler", Version: 1, State: Done, How: BySelf, Enrolled: 655, Lessons: whole1, Last: 645, Issued: 645, Stars: 5},
		{Person: "bastien@atelier-delorme.example", Customer: "delorme", Version: 2, State: Learning, How: BySelf, Enrolled: 9, Lessons: 3, Last: 3},
		{Person: "davide@marangon.example", Customer: "marangon", Version: 2, State: New, How: ByRule, Enrolled: 3, DueIn: 27},
		{Person: "jana.sieverding@example.com", Customer: "sieverding", Version: 1, State: Done, How: BySelf, Enrolled: 190, Lessons: whole1, Last: 180, Issued: 180, Stars: 5},
	}
	return in(KeySafety, list)
}

func commissioningStages() []Stage {
	list := []Stage{
		{Person: "ines.halden@halden.example", Customer: "halden", State: Learning, How: BySelf, Enrolled: 18, DueIn: 11, Lessons: 10, Last: 1,
			Tries: []Try{{"check-connect", 3 * dayOf, []string{"dew", "type", "duct"}}}},
		{Person: "elin.sandstrom@halden.example", Customer: "halden-se", State: HandedIn, How: BySelf, Enrolled: 60, Lessons: 15, Last: 8, Works: []Work{{Handed: 2}}},
		{Person: "maja@boras-precision.example", Customer: "boras", State: Learning, How: ByRule, Enrolled: 22, DueIn: 23, Lessons: 8, Last: 4,
			Tries: []Try{{"check-connect", 3 * dayOf, []string{"concentrate", "dew", "five-rules"}}}},
		{Person: "katrin.voss@nordholm.example", Customer: "nordholm", State: Done, How: BySelf, Enrolled: 290, Lessons: 16, Last: 200, Issued: 200, Stars: 5,
			Works: []Work{{Handed: 203, Judged: 200, Scores: scores(18, 17, 25, 17, 13,
				"", "Ein Spannungswert fehlt, die übrigen sind glaubhaft.", "Vorbildlich, mit Uhrzeiten.", "Die dritte Aufnahme ist unscharf.", "")}}},
		// What he handed in was not enough; he has one more attempt.
		{Person: "malte.jensen@nordholm.example", Customer: "nordholm", State: Learning, How: ByManager, By: "birte.claasen@nordholm.example", Enrolled: 75, DueIn: 14, Lessons: 15, Last: 15,
			Works: []Work{{Handed: 11, Judged: 8, Scores: scores(16, 14, 0, 15, 10,
				"", "Taupunkt des Tages fehlt.", "Prüfung 7 fehlt. Bitte nachholen, mit Foto des gezogenen Steckers und der Meldung.", "", "Gut lesbar.")}}},
		{Person: "birte.claasen@nordholm.example", Customer: "nordholm", State: Learning, How: BySelf, Enrolled: 10, Lessons: 4, Last: 2},
		{Person: "franz@kesselring.example", Customer: "kesselring", State: New, How: ByRule, Enrolled: 5, DueIn: 40},
	}
	return in(KeyCommissioning, list)
}

func maintenanceStages() []Stage {
	list := []Stage{
		{Person: "ines.halden@halden.example", Customer: "halden", State: Learning, How: ByRule, Enrolled: 26, DueIn: 64, Lessons: 2, Last: 3},
		{Person: "elin.sandstrom@halden.example", Customer: "halden-se", State: ToSee, How: BySelf, Enrolled: 44, Lessons: 8, Last: 6},
		{Person: "oskar.lindahl@halden.example", Customer: "halden-se", State: Withdrawn, How: ByManager, By: "elin.sandstrom@halden.example", Enrolled: 44, DueIn: 30, Lessons: 1, Last: 40},
		{Person: "katrin.voss@nordholm.example", Customer: "nordholm", State: Done, How: BySelf, Enrolled: 180, Lessons: 9, Last: 150, Stars: 5},
		{Person: "ronja.beyer@nordholm.example", Customer: "feinblech", State: Learning, How: ByRule, Enrolled: 33, DueIn: 57, Lessons: 7, Last: 4,
			Tries: []Try{{"test", 3 * dayOf, []string{"make-safe", "clean"}}}},
		{Person: "theresa@kesselring.example", Customer: "kesselring", State: New, How: BySelf, Enrolled: 4},
		{Person: "joost@vanderveen.example", Customer: "vanderveen", State: Learning, How: BySelf, Enrolled: 16, Lessons: 3, Last: 5},
		{Person: "vreni.zbinden@tobler.example", Customer: "tobler", State: Done, How: BySelf, Enrolled: 120, Lessons: 9, Last: 95, Stars: 4},
		{Person: "camille@atelier-delorme.example", Customer: "delorme", State: Waiting, How: BySelf, Enrolled: 2},
		{Person: "davide@marangon.example", Customer: "marangon", State: Waiting, How: BySelf, Enrolled: 1},
	}
	return in(KeyMaintenance, list)
}

func otherStages() []Stage {
	return append(
		in(KeyThinSteel, []Stage{
			{Person: "ines.halden@halden.example", Customer: "halden", State: Done, How: BySelf, Enrolled: 120, Lessons: 11, Last: 82, Issued: 82, Stars: 5},
			{Person: "maja@boras-precision.example", Customer: "boras", State: Learning, How: BySelf, Enrolled: 19, Lessons: 5, Last: 3},
		}),
		in(KeyDiagnostics, []Stage{
			{Person: "ines.halden@halden.example", Customer: "halden", State: New, How: BySelf, Enrolled: 2},
			{Person: "katrin.voss@nordholm.example", Customer: "nordholm", State: Done, How: BySelf, Enrolled: 15, Lessons: 7, Last: 7, Stars: 4},
		})...)
}

// in sets the course, and the first version where none is named.
func in(course string, list []Stage) []Stage {
	for i := range list {
		list[i].Course, list[i].Version = course, max(1, list[i].Version)
	}
	return list
}

// scores are what a trainer gave for the criteria of the protocol, in their order, and
// what they wrote to each.
func scores(levelling, connections, safety, beam, account int, comments ...string) []schema.RubricScore {
	points := []int{levelling, connections, safety, beam, account}
	var list []schema.RubricScore
	for i, c := range protocol().Rubric {
		list = append(list, schema.RubricScore{Key: c.Key, Points: points[i], Comment: comments[i]})
	}
	return list
}
