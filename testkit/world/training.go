package world

import (
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/attempt"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/ent/file"
	"foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
)

// LearnersOf are the people of the world who learn the course of presses, and HoldersOf
// those of them who have finished that of the basics and hold its certificate.
var (
	LearnersOf = []string{OrderOfMember, OrderOfBuyer, OrderOfAdmin, OrderOfColleague, OrderOfSub, OrderOfSouth}
	HoldersOf  = []string{OrderOfMember, OrderOfAdmin, OrderOfSub, OrderOfSouth}
)

// The keys of the world's courses.
const (
	CourseOfPresses = "presses"      // for everybody
	CourseOfBasics  = "basics"       // retired, and still known to those who have finished it
	CourseOfSouth   = "south-only"   // for the stranger
	CourseOfDrafts  = "never-public" // which has never been published
)

func init() { seeds = append(seeds, seeder.training) }

// lesson is one with what all have.
func lesson(key, kind, rule string, change func(l *schema.Lesson)) schema.Lesson {
	l := schema.Lesson{
		Key: key, Kind: kind, Title: Said("Lesson "+key, "Lektion "+key), Minutes: 10,
		Body: Said("What "+key+" is.", "Was "+key+" ist."), Completion: schema.LessonRule{Rule: rule},
	}
	if change != nil {
		change(&l)
	}
	return l
}

func choice(key string, correct bool) schema.QuestionChoice {
	return schema.QuestionChoice{Key: key, Text: Said("It is "+key, "Es ist "+key), Correct: correct}
}

// Exam is a quiz with a question of each sort.
func Exam() schema.Quiz {
	return schema.Quiz{
		Shuffle: true, PassingPercent: 60, Attempts: 3, CoolingMinutes: 30, LimitSeconds: 600, Reveal: schema.RevealFinal,
		Questions: []schema.Question{
			{Key: "who", Kind: schema.AskSingle, Points: 2, Text: Said("Who presses?", "Wer presst?"), Explanation: Said("Since it is heavy.", "Weil sie schwer ist."),
				Choices: []schema.QuestionChoice{choice("plunger", true), choice("chimney", false), choice("gardener", false)}},
			{Key: "which", Kind: schema.AskMultiple, Points: 2, Text: Said("Which are parts?", "Was sind Teile?"),
				Choices: []schema.QuestionChoice{choice("frame", true), choice("pump", true), choice("moon", false), choice("river", false)}},
			{Key: "steps", Kind: schema.AskOrder, Points: 2, Text: Said("In which order?", "In welcher Reihenfolge?"),
				Choices: []schema.QuestionChoice{choice("open", false), choice("fill", false), choice("close", false), choice("start", false)}},
			{Key: "pairs", Kind: schema.AskMatch, Points: 3, Text: Said("What belongs together?", "Was gehört zusammen?"), Pairs: []schema.QuestionPair{
				{Key: "oil", Left: Said("Oil", "Öl"), Right: Said("smears", "schmiert")},
				{Key: "water", Left: Said("Water", "Wasser"), Right: Said("cools", "kühlt")},
				{Key: "air", Left: Said("Air", "Luft"), Right: Said("blows", "bläst")},
			}},
			{Key: "bar", Kind: schema.AskNumber, Points: 1, Text: Said("How many bar?", "Wie viel bar?"), Number: &schema.NumberAnswer{Value: "82.5", Tolerance: "0.5", Unit: "bar"}},
			{Key: "word", Kind: schema.AskText, Points: 1, Text: Said("What is it called?", "Wie heißt es?"),
				Accepted: map[string][]string{"en": {"hydraulic ram"}, "de": {"Hydraulikzylinder"}}},
		},
	}
}

// Presses is a small course with a bit of everything.
func Presses() schema.CourseDocument {
	return schema.CourseDocument{
		Title: Said("Presses", "Pressen"), Summary: Said("How to press.", "Wie man presst."), Languages: []string{"en", "de"}, Cover: "#5b54d6",
		Modules: []schema.CourseModule{
			{Key: "first", Title: Said("First", "Zuerst"), Lessons: []schema.Lesson{
				lesson("intro", schema.LessonText, schema.DoneOnView, nil),
				lesson("manual", schema.LessonText, schema.DoneOnDwell, func(l *schema.Lesson) { l.Completion.Seconds = 60 }),
				lesson("film", schema.LessonVideo, schema.DoneOnVideo, func(l *schema.Lesson) {
					l.Media, l.Completion.Percent = &schema.LessonMedia{URL: "https://video.example.com/film.mp4", Seconds: 200}, 80
				}),
			}},
			{Key: "then", Title: Said("Then", "Dann"), Lessons: []schema.Lesson{
				lesson("exam", schema.LessonQuiz, schema.DoneOnQuiz, func(l *schema.Lesson) {
					l.Quiz, l.Requires = new(Exam()), []string{"intro"}
				}),
				lesson("work", schema.LessonAssignment, schema.DoneByTrainer, func(l *schema.Lesson) {
					l.Optional, l.Assignment = true, &schema.Assignment{PassingPercent: 60, MaxFiles: 2, Attempts: 3, Rubric: []schema.RubricCriterion{
						{Key: "clean", Title: Said("Clean", "Sauber"), Points: 5}, {Key: "safe", Title: Said("Safe", "Sicher"), Points: 5},
					}}
				}),
				lesson("extra", schema.LessonText, schema.DoneOnView, func(l *schema.Lesson) { l.Optional, l.Requires = true, []string{"exam"} }),
			}},
		},
		Certificate: &schema.CertificateRules{Title: Said("Press operator", "Pressenführer"), Criteria: Said("Can press.", "Kann pressen."), ValidMonths: 24},
	}
}

// short is a course of one lesson.
func short(title string) schema.CourseDocument {
	d := Presses()
	d.Title, d.Modules = Said(title, title), []schema.CourseModule{{
		Key: "only", Title: Said("Only", "Nur"), Lessons: []schema.Lesson{lesson("read", schema.LessonText, schema.DoneOnView, nil)},
	}}
	return d
}

// training gives people something to learn, and something that they have learned.
func (s seeder) training() {
	presses, p := s.course(CourseOfPresses, Presses(), course.StatusPUBLISHED)
	_, b := s.course(CourseOfBasics, short("Basics"), course.StatusRETIRED)
	south, _ := s.course(CourseOfSouth, short("Southern secrets"), course.StatusPUBLISHED)
	require.NoError(s.t, s.tx.Course.UpdateOneID(south.ID).SetRestricted(true).Exec(s.ctx))
	_, err := s.st.Raw(s.ctx).ExecContext(s.ctx, `INSERT INTO course_audiences (audience_id, course_id) VALUES ($1, $2)`, string(s.w.South.ID), string(south.ID))
	require.NoError(s.t, err)
	s.course(CourseOfDrafts, short("Never public"), course.StatusDRAFT)
	for i, name := range LearnersOf {
		s.learner(name, p)
		if slices.Contains(HoldersOf, name) {
			s.holder(name, i, b)
		}
	}
	for _, org := range []*ent.Organization{s.w.North, s.w.Sub, s.w.South} {
		require.NoError(s.t, s.tx.TrainingRequirement.Create().SetOrganizationID(org.ID).SetCourseID(presses.ID).SetRoles([]string{"ORG_BUYER"}).Exec(s.ctx))
	}
}

func (s seeder) course(key string, doc schema.CourseDocument, status course.Status) (*ent.Course, *ent.CourseVersion) {
	doc, wrong := content.Check(doc)
	require.Empty(s.t, wrong)
	c, err := s.tx.Course.Create().SetKey(key).SetName(doc.Title["en"]).SetDraft(doc).SetStatus(status).SetRules(schema.CourseRules{}).Save(s.ctx)
	require.NoError(s.t, err)
	s.w.Courses[key] = c
	if status == course.StatusDRAFT {
		return c, nil
	}
	v, err := s.tx.CourseVersion.Create().SetCourseID(c.ID).SetNumber(1).SetDocument(doc).SetChecksum(content.Checksum(doc)).
		SetNote("the first").SetPublishedAt(s.w.Now.Add(-time.Hour)).Save(s.ctx)
	require.NoError(s.t, err)
	require.NoError(s.t, s.tx.Course.UpdateOneID(c.ID).SetLatest(1).Exec(s.ctx))
	return c, v
}

// learner makes what somebody learns: an open attempt, that of the member after one that
// failed, and work that waits.
func (s seeder) learner(name string, p *ent.CourseVersion) {
	u, org := s.w.Users[name], s.w.Orders[name].OrganizationID
	at := s.w.Now.Add(-40 * time.Minute)
	e, err := s.tx.Enrollment.Create().SetOrganizationID(org).SetUserID(u.ID).SetCourseID(p.CourseID).SetVersionID(p.ID).SetSlot("OPEN").
		SetEnrolledAt(at).SetActiveAt(at).SetNext("intro").Save(s.ctx)
	require.NoError(s.t, err)
	s.w.Enrollments[name] = e
	exam, first := Exam(), 2
	if name == OrderOfMember {
		first = 1
	}
	for n := first; n <= 2; n++ {
		seed, err := quiz.NewSeed()
		require.NoError(s.t, err)
		asked := quiz.Draw(&exam, seed)
		k := s.tx.Attempt.Create().SetOrganizationID(org).SetUserID(u.ID).SetEnrollmentID(e.ID).SetVersionID(p.ID).SetLesson("exam").SetNumber(n)
		if n == 1 {
			r := quiz.Grade(&exam, asked, nil)
			k.SetStatus(attempt.StatusSUBMITTED).SetStartedAt(at).SetSubmittedAt(at.Add(time.Minute)).SetPoints(0).SetMaxPoints(r.Max).SetPassed(false)
			asked = r.Onto(asked)
		} else {
			k.SetStartedAt(s.w.Now).SetEndsAt(s.w.Now.Add(10 * time.Minute))
		}
		s.w.Attempts[name], err = k.SetQuestions(asked).Save(s.ctx)
		require.NoError(s.t, err)
	}
	w, err := s.tx.Submission.Create().SetOrganizationID(org).SetUserID(u.ID).SetEnrollmentID(e.ID).SetCourseID(p.CourseID).SetVersionID(p.ID).
		SetLesson("work").SetNumber(1).SetText("work of " + name).SetSubmittedAt(at).Save(s.ctx)
	require.NoError(s.t, err)
	require.NoError(s.t, s.tx.File.Create().SetSubmissionID(w.ID).SetKind(file.KindATTACHMENT).SetName("work of "+name+".pdf").SetContentType("application/pdf").
		SetBytes(9).SetSha256(strings.Repeat("0", 64)).SetStorageKey("bb/"+strings.ToLower(rand.Text())).Exec(s.ctx))
}

// holder makes what somebody has learned, and their certificate.
func (s seeder) holder(name string, i int, b *ent.CourseVersion) {
	u, org := s.w.Users[name], s.w.Orders[name].OrganizationID
	at := s.w.Now.Add(-40 * time.Minute)
	done, err := s.tx.Enrollment.Create().SetOrganizationID(org).SetUserID(u.ID).SetCourseID(b.CourseID).SetVersionID(b.ID).SetSlot("done " + name).
		SetStatus(enrollment.StatusCOMPLETED).SetPercent(100).SetDone(1).SetEnrolledAt(at).SetActiveAt(at).SetStartedAt(at).SetCompletedAt(at).Save(s.ctx)
	require.NoError(s.t, err)
	code := (strings.NewReplacer("_", "", "O", "0", "U", "V", "I", "1", "L", "1").Replace(name) + "00000000000000000000")[:20]
	s.w.Certificates[name], err = s.tx.Certificate.Create().SetOrganizationID(org).SetUserID(u.ID).SetEnrollmentID(done.ID).SetCourseID(b.CourseID).SetVersionID(b.ID).
		SetNumber("CE-" + name).SetCode(code).SetTitle(Said("Basics", "Basics")).SetHolder(u.Name).SetIssuedAt(at).SetExpiresAt(at.AddDate(2, 0, 0)).
		SetSubject("urn:uuid:" + name).SetSalt("salt of " + name).SetPlace(int64(100_000 + i)).Save(s.ctx)
	require.NoError(s.t, err)
}
