// Package courses is what the customers of the demo company learn: laser safety, how a
// Spectra 500 is commissioned and maintained, how its log is read and how thin steel is
// cut. All of it in English and German.
//
// Owns: the courses as documents, the version that comes after the first of the safety
// course, the mending of a question in it, and who is at which stage. Does not own: what
// a course means (portal/training), the company and its people (portal/demo), how any of
// it gets into a database. It imports nothing but the schema.
//
// The texts of lessons are Markdown under texts/<language>/<course>/<lesson>.md; titles
// and questions stand in the code. What is said of light, classes, guards, electricity,
// gases and first aid is true in general; weights, codes, limits and intervals of the
// machine are made up. There is no video, since there is no file of one: better a text
// than a player that stays black.
package courses

import (
	"embed"
	"strings"

	"foyer/schema"
)

// The keys of the courses.
const (
	KeySafety        = "laser-safety"
	KeyCommissioning = "spectra-500-commissioning"
	KeyMaintenance   = "preventive-maintenance"
	KeyDiagnostics   = "diagnostics-log"
	KeyThinSteel     = "thin-steel"
)

// Course is a course of the demo company.
type Course struct {
	Key      string
	Document schema.CourseDocument
	// Next is the version after Document; nil when there is none.
	Next *schema.CourseDocument
	// Draft is what a trainer works on for the version to come; nil when that is what is
	// published.
	Draft *schema.CourseDocument
	// Teaches enrolls who orders one of these products, named as in the catalog.
	Teaches []string
	// RequiredFor are the products that only organizations may order of which somebody
	// holds the certificate, named as in the catalog.
	RequiredFor []string
	// Sold is the SKU by which a seat is bought; it is free when empty.
	Sold string
	// Segments and Owners are for whom it is, the segments by key and the products that
	// its owners have ordered named as in the catalog; for everybody when there are none.
	Segments, Owners []string
	// Published and NextPublished are how many days ago the two versions were.
	Published, NextPublished int
	// Seats is how many can learn at a time; without limit when 0.
	Seats int
	// DueDays is how long those have who are enrolled by rule, Renew how many days
	// before a certificate expires its holder is enrolled again.
	DueDays, Renew int
}

// All lists the courses in the order in which they are shown.
func All() []Course {
	next, draft := Version2(), thinSteelDraft()
	return []Course{
		{Key: KeySafety, Document: LaserSafety(), Next: &next, Teaches: []string{"Spectra 350", "Spectra 500", "Spectra 3015", "Halo 1500", "Halo Cell"},
			RequiredFor: []string{"Fibre source", "CO2 laser tube", "High-voltage supply", "Collimating lens"},
			Published:   900, NextPublished: 55, DueDays: 30, Renew: 60},
		{Key: KeyCommissioning, Document: Commissioning(), Teaches: []string{"Commissioning course"}, Sold: "TR-COMM-1", Published: 420, DueDays: 45},
		{Key: KeyMaintenance, Document: Maintenance(), Teaches: []string{"Spectra 500"}, Published: 240, Seats: 5, DueDays: 90},
		{Key: KeyDiagnostics, Document: Diagnostics(), Segments: []string{"industry"}, Owners: []string{"Spectra 350", "Spectra 3015"}, Published: 21},
		{Key: KeyThinSteel, Document: ThinSteel(), Draft: &draft, Published: 300},
	}
}

// Languages are those in which the courses are written, the first being shown to whom
// none fits.
func Languages() []string { return []string{"en", "de"} }

//go:embed texts
var texts embed.FS

// say is a text in both languages.
func say(en, de string) map[string]string { return map[string]string{"en": en, "de": de} }

// book is a course by its key: it knows where the texts of its lessons are.
type book string

func (b book) body(lesson string) map[string]string {
	all := map[string]string{}
	for _, language := range Languages() {
		text, err := texts.ReadFile("texts/" + language + "/" + string(b) + "/" + lesson + ".md")
		if err != nil {
			panic(err) // a file of this package is missing, and every test says so
		}
		all[language] = strings.TrimSpace(string(text))
	}
	return all
}

// open is a lesson that is done when it was opened.
func (b book) open(key string, minutes int, en, de string) schema.Lesson {
	return schema.Lesson{Key: key, Kind: schema.LessonText, Title: say(en, de), Minutes: minutes, Body: b.body(key),
		Completion: schema.LessonRule{Rule: schema.DoneOnView}}
}

// read is a lesson that is done when it was read for so many seconds.
func (b book) read(key string, minutes, seconds int, en, de string) schema.Lesson {
	l := b.open(key, minutes, en, de)
	l.Completion = schema.LessonRule{Rule: schema.DoneOnDwell, Seconds: seconds}
	return l
}

// seen is practice that a trainer has to see.
func (b book) seen(key string, minutes int, en, de string) schema.Lesson {
	l := b.open(key, minutes, en, de)
	l.Completion = schema.LessonRule{Rule: schema.DoneByTrainer}
	return l
}

// link leads elsewhere, for those who like to know more.
func (b book) link(key string, minutes int, url, en, de string) schema.Lesson {
	l := b.open(key, minutes, en, de)
	l.Kind, l.Media, l.Optional = schema.LessonLink, &schema.LessonMedia{URL: url}, true
	return l
}

// quiz is a lesson that is done when its quiz is passed.
func (b book) quiz(key string, minutes int, en, de string, q schema.Quiz) schema.Lesson {
	l := b.open(key, minutes, en, de)
	l.Kind, l.Quiz, l.Completion = schema.LessonQuiz, &q, schema.LessonRule{Rule: schema.DoneOnQuiz}
	return l
}

// assignment is work that a trainer judges.
func (b book) assignment(key string, minutes int, en, de string, a schema.Assignment) schema.Lesson {
	l := b.seen(key, minutes, en, de)
	l.Kind, l.Assignment = schema.LessonAssignment, &a
	return l
}

// after is a lesson that opens when others are done.
func after(l schema.Lesson, others ...string) schema.Lesson {
	l.Requires = others
	return l
}

func chapter(key, en, de string, lessons ...schema.Lesson) schema.CourseModule {
	return schema.CourseModule{Key: key, Title: say(en, de), Lessons: lessons}
}
