package schema

// CourseDocument is a course as it is written: what is learned in which order, what
// is asked, when it counts as done. Texts are by language code; every language of
// Languages has all of them. Keys name things within the document, never change their
// meaning and are never sent to learners where they could tell an answer.
type CourseDocument struct {
	Title   map[string]string `json:"title"`
	Summary map[string]string `json:"summary,omitempty"`
	// Languages are the codes of those that it is offered in, the first being what is
	// shown to whom none fits.
	Languages []string `json:"languages"`
	// Cover is the colour of its card, as #rrggbb.
	Cover   string         `json:"cover,omitempty"`
	Modules []CourseModule `json:"modules"`
	// Prerequisites are the keys of courses that have to be finished before.
	Prerequisites []string `json:"prerequisites,omitempty"`
	// Certificate is what is certified at the end; nothing when nil.
	Certificate *CertificateRules `json:"certificate,omitempty"`
}

// CourseModule is a chapter of a course.
type CourseModule struct {
	Key     string            `json:"key"`
	Title   map[string]string `json:"title"`
	Lessons []Lesson          `json:"lessons"`
}

// The sorts of lesson.
const (
	LessonText       = "TEXT"
	LessonVideo      = "VIDEO"
	LessonFile       = "FILE"
	LessonLink       = "LINK"
	LessonQuiz       = "QUIZ"
	LessonAssignment = "ASSIGNMENT"
)

// Lesson is a step of a course. Lessons' keys are unique in the whole course, so that
// what was learned survives when a lesson moves to another module.
type Lesson struct {
	Key   string            `json:"key"`
	Kind  string            `json:"kind"`
	Title map[string]string `json:"title"`
	// Minutes is how long it takes, estimated.
	Minutes int `json:"minutes"`
	// Body is the text, in Markdown; with a video or a file it stands below.
	Body map[string]string `json:"body,omitempty"`
	// Media is the video, file or link.
	Media      *LessonMedia `json:"media,omitempty"`
	Quiz       *Quiz        `json:"quiz,omitempty"`
	Assignment *Assignment  `json:"assignment,omitempty"`
	Completion LessonRule   `json:"completion"`
	// Requires are the keys of lessons that have to be done before it opens.
	Requires []string `json:"requires,omitempty"`
	// Optional lessons are not needed to finish the course.
	Optional bool `json:"optional,omitempty"`
}

// LessonMedia is a video, a file or a link: a file that was uploaded, or an address
// with https.
type LessonMedia struct {
	FileID string `json:"fileId,omitempty"`
	URL    string `json:"url,omitempty"`
	// Seconds is how long a video runs; what was watched is measured by it.
	Seconds int `json:"seconds,omitempty"`
}

// When a lesson is done.
const (
	DoneOnView    = "VIEW"    // when it was opened
	DoneOnDwell   = "DWELL"   // when it was read for Seconds
	DoneOnVideo   = "VIDEO"   // when Percent of the video were watched
	DoneOnQuiz    = "QUIZ"    // when the quiz is passed
	DoneByTrainer = "TRAINER" // when a trainer says so: an assignment, or practice seen
)

// LessonRule says when a lesson is done.
type LessonRule struct {
	Rule    string `json:"rule"`
	Seconds int    `json:"seconds,omitempty"`
	Percent int    `json:"percent,omitempty"`
}

// When learners see the right answers and explanations of a quiz.
const (
	RevealNever     = "NEVER"
	RevealSubmitted = "SUBMITTED" // after each attempt
	RevealPassed    = "PASSED"    // once passed
	RevealFinal     = "FINAL"     // once passed, or no attempt is left
)

// Quiz is a set of questions that the server asks and grades.
type Quiz struct {
	Questions []Question `json:"questions"`
	// Pools draw some of their questions for each attempt; questions in no pool are
	// always asked.
	Pools   []QuestionPool `json:"pools,omitempty"`
	Shuffle bool           `json:"shuffle,omitempty"` // questions and choices
	// PassingPercent is the share of all points from which on it is passed.
	PassingPercent int `json:"passingPercent"`
	// Attempts is how often it can be tried; without limit when 0.
	Attempts int `json:"attempts,omitempty"`
	// CoolingMinutes is how long to wait after an attempt that failed.
	CoolingMinutes int `json:"coolingMinutes,omitempty"`
	// LimitSeconds is how long an attempt may take; without limit when 0.
	LimitSeconds int `json:"limitSeconds,omitempty"`
	// NegativePercent is the share of a question's points that a wrong answer costs;
	// no answer costs nothing, and no quiz has less than 0 points.
	NegativePercent int    `json:"negativePercent,omitempty"`
	Reveal          string `json:"reveal"`
}

// QuestionPool is a set of questions of which Draw are asked.
type QuestionPool struct {
	Key       string   `json:"key"`
	Draw      int      `json:"draw"`
	Questions []string `json:"questions"`
}

// The sorts of question.
const (
	AskSingle   = "SINGLE"   // one of Choices
	AskMultiple = "MULTIPLE" // all that are right of Choices
	AskOrder    = "ORDER"    // Choices, which the document has in the right order
	AskMatch    = "MATCH"    // Pairs
	AskNumber   = "NUMBER"   // a number within a tolerance
	AskText     = "TEXT"     // a few words
)

// Question is one question with what is right, which learners are not sent before
// they may see it.
type Question struct {
	Key    string            `json:"key"`
	Kind   string            `json:"kind"`
	Text   map[string]string `json:"text"` // Markdown
	Points int               `json:"points"`
	// Choices are what is chosen from, or put in order.
	Choices []QuestionChoice `json:"choices,omitempty"`
	Pairs   []QuestionPair   `json:"pairs,omitempty"`
	Number  *NumberAnswer    `json:"number,omitempty"`
	// Accepted are the right answers to a text question, by language; compared without
	// regard to case, blanks and accents unless Exact.
	Accepted    map[string][]string `json:"accepted,omitempty"`
	Exact       bool                `json:"exact,omitempty"`
	Explanation map[string]string   `json:"explanation,omitempty"` // Markdown
}

// QuestionChoice is one of several.
type QuestionChoice struct {
	Key     string            `json:"key"`
	Text    map[string]string `json:"text"`
	Correct bool              `json:"correct,omitempty"`
}

// QuestionPair is what belongs together.
type QuestionPair struct {
	Key   string            `json:"key"`
	Left  map[string]string `json:"left"`
	Right map[string]string `json:"right"`
}

// NumberAnswer is the right number: decimals as text, never floats.
type NumberAnswer struct {
	Value     string `json:"value"`
	Tolerance string `json:"tolerance,omitempty"` // to either side, included
	Unit      string `json:"unit,omitempty"`
}

// Assignment is work that is handed in and graded by a trainer.
type Assignment struct {
	Rubric         []RubricCriterion `json:"rubric"`
	PassingPercent int               `json:"passingPercent"`
	MaxFiles       int               `json:"maxFiles,omitempty"`
	// Attempts is how often it can be handed in; without limit when 0.
	Attempts int `json:"attempts,omitempty"`
}

// RubricCriterion is one thing by which work is judged.
type RubricCriterion struct {
	Key    string            `json:"key"`
	Title  map[string]string `json:"title"`
	Help   map[string]string `json:"help,omitempty"`
	Points int               `json:"points"`
}

// CertificateRules say what a certificate of the course is.
type CertificateRules struct {
	Title map[string]string `json:"title"`
	// Criteria is what its holder has shown, for those who verify it.
	Criteria map[string]string `json:"criteria"`
	// ValidMonths is how long it is valid; for good when 0.
	ValidMonths int `json:"validMonths,omitempty"`
	// RemindDays are how many days before it expires its holder is reminded; 90, 60,
	// 30 and 7 when empty.
	RemindDays []int `json:"remindDays,omitempty"`
}

// QuestionCorrection mends a question of a published version: what was asked stays as
// it was, and the answers are judged anew.
type QuestionCorrection struct {
	Lesson   string `json:"lesson"`
	Question string `json:"question"`
	// Void gives everybody the question's points.
	Void bool `json:"void,omitempty"`
	// Correct are the keys of the choices that are right; for ORDER all, in the right
	// order.
	Correct  []string            `json:"correct,omitempty"`
	Number   *NumberAnswer       `json:"number,omitempty"`
	Accepted map[string][]string `json:"accepted,omitempty"`
	Note     string              `json:"note,omitempty"`
	At       string              `json:"at,omitempty"` // RFC 3339
	By       string              `json:"by,omitempty"` // the user
}

// AttemptQuestion is a question as it was asked in an attempt, and what was answered:
// all that grading needs beside the document.
type AttemptQuestion struct {
	Key string `json:"key"`
	// Shown are the keys of the choices in the order in which they were shown; for
	// MATCH those of the left sides. Learners name them by place, from 1.
	Shown []string `json:"shown,omitempty"`
	// Right are the keys of the right sides of MATCH in the order shown.
	Right  []string `json:"right,omitempty"`
	Answer *Answer  `json:"answer,omitempty"`
	// Points are what was given, in hundredths; set when it is graded.
	Points *int `json:"points,omitempty"`
}

// Answer is what somebody answered. Places count from 1 in the order shown.
type Answer struct {
	// Places are the chosen ones; for ORDER all in the order wanted; for MATCH the
	// place of the right side for each left side.
	Places []int  `json:"places,omitempty"`
	Number string `json:"number,omitempty"`
	Text   string `json:"text,omitempty"`
}

// LessonState is how far somebody is with a lesson.
type LessonState struct {
	Key string `json:"key"`
	// OpenedAt and DoneAt are RFC 3339 in UTC; empty when it is not so.
	OpenedAt string `json:"openedAt,omitempty"`
	DoneAt   string `json:"doneAt,omitempty"`
	// Seconds is how long it was read; Percent how much of the video was watched.
	Seconds int `json:"seconds,omitempty"`
	Percent int `json:"percent,omitempty"`
	// Resume is where the video was left, in seconds.
	Resume int `json:"resume,omitempty"`
}

// RubricScore is what a trainer gave for a criterion.
type RubricScore struct {
	Key     string `json:"key"`
	Points  int    `json:"points"`
	Comment string `json:"comment,omitempty"`
}

// CourseRules say who is enrolled without asking, and what needs the course's
// certificate.
type CourseRules struct {
	// Products are ids: who places an order with one of them is enrolled.
	Products []string `json:"products,omitempty"`
	// DueDays is how long those have who are enrolled by rule; no date when 0.
	DueDays int `json:"dueDays,omitempty"`
	// Renew enrolls the holder of a certificate that expires so many days before;
	// never when 0.
	Renew int `json:"renew,omitempty"`
	// RequiredFor are the ids of products that can only be ordered by an organization
	// of which somebody holds a valid certificate of the course.
	RequiredFor []string `json:"requiredFor,omitempty"`
}
