package content

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// The limits of a document.
const (
	MaxBytes      = 4 << 20 // of its JSON
	MaxLanguages  = 12
	MaxModules    = 60
	MaxLessons    = 400 // of all modules
	MaxRequires   = 20  // of one lesson, and of one course
	MaxQuestions  = 200 // of one quiz
	MaxPools      = 30
	MaxChoices    = 12
	MaxAccepted   = 50 // in one language
	MaxCriteria   = 30
	MaxReminders  = 10
	MaxMinutes    = 1440 // of one lesson
	MaxSeconds    = 4 * 3600
	MaxPoints     = 100
	MaxTries      = 100
	MaxCooling    = 60 * 24 * 60 // minutes
	MaxLimit      = 24 * 3600    // seconds
	MaxFiles      = 20
	MaxMonths     = 600
	MaxRemindDays = 365
	MaxBody       = 60_000 // characters of a text of a lesson
)

const (
	longestTitle  = 200
	longestText   = 4000
	longestChoice = 500
	longestUnit   = 20
	longestURL    = 2000
	shortestLimit = 10 // seconds
	daysOfAMonth  = 28 // at least
)

var (
	keyForm    = regexp.MustCompile(`^[a-z0-9_-]{1,60}$`)
	colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)
)

// Check reads a course: it returns the document as it is kept, without white space
// around texts, and every mistake that can be seen in it alone. What is handed in stays
// as it was. A document without mistakes is one that people can learn from and finish.
func Check(doc schema.CourseDocument) (schema.CourseDocument, Problems) {
	c := &checker{}
	doc, size := copied(doc)
	if !c.sizes(&doc, size) {
		return doc, c.found
	}
	c.readLanguages(&doc)
	c.text(&doc.Title, longestTitle, true, false, "title")
	c.text(&doc.Summary, longestText, false, true, "summary")
	doc.Cover = strings.ToLower(strings.TrimSpace(doc.Cover))
	c.require(doc.Cover == "" || colourForm.MatchString(doc.Cover), BadColour, problem.Text{
		EN: "Write a colour as #rrggbb, such as #1f6f8b.", DE: "Schreiben Sie eine Farbe als #rrggbb, etwa #1f6f8b.",
	}, "cover")
	c.modules(&doc)
	c.graph(&doc)
	c.prerequisites(&doc)
	if doc.Certificate != nil {
		c.in("certificate", func() { c.certificate(doc.Certificate) })
	}
	return doc, c.found
}

// sizes refuses what is too much before anything looks at it closely.
func (c *checker) sizes(doc *schema.CourseDocument, bytes int) bool {
	return c.require(bytes <= MaxBytes, TooLong, problem.Text{
		EN: "The course is larger than %d bytes.", DE: "Der Kurs ist größer als %d Bytes.",
	}.Format(MaxBytes)) &&
		c.most(len(doc.Languages), MaxLanguages, "languages") &&
		c.most(len(doc.Modules), MaxModules, "modules") &&
		c.most(len(Lessons(doc)), MaxLessons, "modules")
}

// copied is a document that shares nothing with the one handed in, and its size.
func copied(doc schema.CourseDocument) (schema.CourseDocument, int) {
	text, err := json.Marshal(doc)
	var out schema.CourseDocument
	if err != nil || json.Unmarshal(text, &out) != nil {
		panic("content: a course document is texts, numbers and lists, which are always JSON")
	}
	return out, len(text)
}

func (c *checker) readLanguages(doc *schema.CourseDocument) {
	c.require(len(doc.Languages) > 0, Missing, problem.Text{
		EN: "A course is offered in one language at least.", DE: "Ein Kurs wird in mindestens einer Sprache angeboten.",
	}, "languages")
	for i, l := range doc.Languages {
		at := strconv.Itoa(i)
		tag, err := language.Parse(l)
		switch {
		case err != nil || tag.String() != l || l == "und":
			c.say(BadLanguage, problem.Text{
				EN: "%q is no language. Write a code such as en or de.", DE: "%q ist keine Sprache. Schreiben Sie ein Kürzel wie en oder de.",
			}.Format(l), "languages", at)
		case slices.Contains(doc.Languages[:i], l):
			c.say(Twice, problem.Text{EN: "%q is there twice.", DE: "%q ist doppelt."}.Format(l), "languages", at)
		default:
			c.languages = append(c.languages, l)
		}
	}
}

func (c *checker) modules(doc *schema.CourseDocument) {
	c.require(len(doc.Modules) > 0, Missing, problem.Text{EN: "A course needs a module.", DE: "Ein Kurs braucht ein Modul."}, "modules")
	seen, lessons := map[string]bool{}, map[string]bool{}
	needed := false
	c.each("modules", len(doc.Modules), func(i int) {
		m := &doc.Modules[i]
		c.key(&m.Key, seen, "key")
		c.text(&m.Title, longestTitle, true, false, "title")
		c.require(len(m.Lessons) > 0, Missing, problem.Text{EN: "A module needs a lesson.", DE: "Ein Modul braucht eine Lektion."}, "lessons")
		c.each("lessons", len(m.Lessons), func(j int) {
			c.lesson(&m.Lessons[j], lessons)
			needed = needed || !m.Lessons[j].Optional
		})
	})
	c.require(needed || len(lessons) == 0, Unreachable, problem.Text{
		EN: "All lessons are optional, so that the course would be finished before it begins.",
		DE: "Alle Lektionen sind freiwillig, sodass der Kurs vor dem Beginn abgeschlossen wäre.",
	}, "modules")
}

func (c *checker) lesson(l *schema.Lesson, seen map[string]bool) {
	c.key(&l.Key, seen, "key")
	c.text(&l.Title, longestTitle, true, false, "title")
	c.within(l.Minutes, 1, MaxMinutes, "minutes")
	known := c.oneOf(l.Kind, lessonKinds, "kind")
	c.markdown(&l.Body, MaxBody, l.Kind == schema.LessonText, "body")
	if known {
		c.media(l)
		c.quizPart(l)
		c.assignmentPart(l)
		c.completion(l)
	}
}

// hasMedia are the kinds of lesson that show something from elsewhere.
func hasMedia(kind string) bool {
	return kind == schema.LessonVideo || kind == schema.LessonFile || kind == schema.LessonLink
}

func (c *checker) media(l *schema.Lesson) {
	m := l.Media
	switch {
	case !hasMedia(l.Kind):
		c.unwanted(m != nil, l.Kind, "media")
		return
	case m == nil:
		c.say(Missing, problem.Text{EN: "Please say which file or address it is.", DE: "Bitte geben Sie Datei oder Adresse an."}, "media")
		return
	}
	c.in("media", func() {
		m.FileID, m.URL = strings.TrimSpace(m.FileID), strings.TrimSpace(m.URL)
		if l.Kind == schema.LessonLink {
			c.unwanted(m.FileID != "", l.Kind, "fileId")
			m.FileID = ""
		}
		switch {
		case m.FileID != "" && m.URL != "":
			c.say(Contradicts, problem.Text{EN: "It is either a file or an address.", DE: "Es ist entweder eine Datei oder eine Adresse."}, "url")
		case m.FileID != "":
			c.file(m.FileID, "fileId")
		default:
			c.address(m.URL, "url")
		}
		if l.Kind == schema.LessonVideo {
			c.within(m.Seconds, 1, MaxSeconds, "seconds")
		} else {
			c.unwanted(m.Seconds != 0, l.Kind, "seconds")
		}
	})
}

func (c *checker) file(id string, at ...string) {
	x := gid.ID(id)
	c.require(x.Valid() && x.Prefix() == gid.File, BadFile, problem.Text{
		EN: "This is no id of a file.", DE: "Das ist keine Kennung einer Datei.",
	}, at...)
}

// Files are the ids of the files that lessons name.
func Files(doc *schema.CourseDocument) []string {
	var out []string
	for _, l := range Lessons(doc) {
		if l.Media != nil && l.Media.FileID != "" {
			out = append(out, l.Media.FileID)
		}
	}
	return out
}

// CheckFiles says which files that lessons name are not the course's own.
func CheckFiles(doc *schema.CourseDocument, own func(id string) bool) Problems {
	c := &checker{}
	for i, m := range doc.Modules {
		for j, l := range m.Lessons {
			if l.Media != nil && l.Media.FileID != "" {
				c.require(own(l.Media.FileID), BadFile, problem.Text{
					EN: "The course has no such file. Please upload it here.", DE: "Der Kurs hat keine solche Datei. Bitte laden Sie sie hier hoch.",
				}, "modules", strconv.Itoa(i), "lessons", strconv.Itoa(j), "media", "fileId")
			}
		}
	}
	return c.found
}

// address requires a text to be an address that browsers open safely: with https, with
// a host, and without a name and password in it.
func (c *checker) address(s string, at ...string) {
	if !c.require(s != "", Missing, missing, at...) {
		return
	}
	u, err := url.Parse(s)
	c.require(err == nil && len(s) <= longestURL && u.Scheme == "https" && u.Hostname() != "" && u.User == nil &&
		!strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }), BadURL, problem.Text{
		EN: "Write an address that begins with https://.", DE: "Schreiben Sie eine Adresse, die mit https:// beginnt.",
	}, at...)
}

// rulesOf are the rules by which a lesson of a kind can be done: what is handed in only
// by who has seen it, and a quiz by passing it, or, for practice, by looking at it.
func rulesOf(kind string) []string {
	switch kind {
	case schema.LessonQuiz:
		return []string{schema.DoneOnQuiz, schema.DoneOnView}
	case schema.LessonAssignment:
		return []string{schema.DoneByTrainer}
	case schema.LessonVideo:
		return []string{schema.DoneOnView, schema.DoneOnDwell, schema.DoneOnVideo, schema.DoneByTrainer}
	default:
		return []string{schema.DoneOnView, schema.DoneOnDwell, schema.DoneByTrainer}
	}
}

func (c *checker) completion(l *schema.Lesson) {
	r := &l.Completion
	c.in("completion", func() {
		if !c.oneOf(r.Rule, lessonRules, "rule") {
			return
		}
		c.require(slices.Contains(rulesOf(l.Kind), r.Rule), BadRule, problem.Text{
			EN: "A lesson of kind %s cannot be done by %s. Possible: %s.", DE: "Eine Lektion der Art %s kann nicht durch %s erledigt werden. Möglich: %s.",
		}.Format(l.Kind, r.Rule, strings.Join(rulesOf(l.Kind), ", ")), "rule")
		if r.Rule == schema.DoneOnDwell {
			c.within(r.Seconds, 1, MaxSeconds, "seconds")
		} else {
			c.unwanted(r.Seconds != 0, r.Rule, "seconds")
		}
		if r.Rule == schema.DoneOnVideo {
			c.within(r.Percent, 1, 100, "percent")
		} else {
			c.unwanted(r.Percent != 0, r.Rule, "percent")
		}
	})
}

func (c *checker) assignmentPart(l *schema.Lesson) {
	a := l.Assignment
	switch {
	case l.Kind != schema.LessonAssignment:
		c.unwanted(a != nil, l.Kind, "assignment")
		return
	case a == nil:
		c.say(Missing, problem.Text{EN: "Please say how it is graded.", DE: "Bitte geben Sie die Bewertung an."}, "assignment")
		return
	}
	c.in("assignment", func() {
		c.require(len(a.Rubric) > 0, Missing, problem.Text{EN: "A rubric needs a criterion.", DE: "Eine Bewertung braucht ein Kriterium."}, "rubric")
		c.most(len(a.Rubric), MaxCriteria, "rubric")
		seen := map[string]bool{}
		c.each("rubric", len(a.Rubric), func(i int) {
			r := &a.Rubric[i]
			c.key(&r.Key, seen, "key")
			c.text(&r.Title, longestTitle, true, false, "title")
			c.text(&r.Help, longestText, false, true, "help")
			c.within(r.Points, 1, MaxPoints, "points")
		})
		c.passing(a.PassingPercent)
		c.within(a.MaxFiles, 0, MaxFiles, "maxFiles")
		c.within(a.Attempts, 0, MaxTries, "attempts")
	})
}

// passing checks a pass mark: of 0 everybody would pass with nothing, above 100 nobody.
func (c *checker) passing(percent int) {
	if percent > 100 {
		c.say(Unreachable, problem.Text{EN: "Nobody reaches more than 100 %.", DE: "Mehr als 100 % erreicht niemand."}, "passingPercent")
		return
	}
	c.within(percent, 1, 100, "passingPercent")
}

func (c *checker) prerequisites(doc *schema.CourseDocument) {
	if !c.most(len(doc.Prerequisites), MaxRequires, "prerequisites") {
		return
	}
	for i, key := range doc.Prerequisites {
		at := []string{"prerequisites", strconv.Itoa(i)}
		c.require(keyForm.MatchString(key), BadKey, badKey, at...)
		c.require(!slices.Contains(doc.Prerequisites[:i], key), Twice, problem.Text{EN: "%q is there twice.", DE: "%q ist doppelt."}.Format(key), at...)
	}
}

func (c *checker) certificate(r *schema.CertificateRules) {
	c.text(&r.Title, longestTitle, true, false, "title")
	c.text(&r.Criteria, longestText, true, true, "criteria")
	c.within(r.ValidMonths, 0, MaxMonths, "validMonths")
	if !c.most(len(r.RemindDays), MaxReminders, "remindDays") {
		return
	}
	if len(r.RemindDays) > 0 && r.ValidMonths == 0 {
		c.say(Contradicts, problem.Text{
			EN: "A certificate that is valid for good needs no reminders.", DE: "Ein unbegrenzt gültiges Zertifikat braucht keine Erinnerungen.",
		}, "remindDays")
	}
	for i, d := range r.RemindDays {
		at := []string{"remindDays", strconv.Itoa(i)}
		fits := c.within(d, 1, MaxRemindDays, at...)
		c.require(!slices.Contains(r.RemindDays[:i], d), Twice, problem.Text{EN: "%d is there twice.", DE: "%d ist doppelt."}.Format(d), at...)
		if fits && r.ValidMonths > 0 {
			c.require(d < r.ValidMonths*daysOfAMonth, Contradicts, problem.Text{
				EN: "This would remind before the certificate is issued.", DE: "Damit würde vor der Ausstellung erinnert.",
			}, at...)
		}
	}
}
