// Package training lets customers learn: courses that trainers write and publish, who
// learns them and how far they are, quizzes, work that is handed in, certificates that
// others can check, and who of an organization must hold which.
//
// Owns: courses, their versions and for whom they are (with the plain tables
// course_audiences, course_owners, course_turns, badge_keys and learning_statements),
// enrollments, attempts, submissions, certificates, requirements. Does not own: whether
// a course is sound (portal/training/content), what an answer is worth
// (portal/training/quiz), what follows from what was learned
// (portal/training/progress), how a badge is signed (portal/training/badge), products
// and orders, who may do what (schema/access.go).
package training

import (
	"cmp"
	"context"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/access"
	"foyer/portal/jobs"
	"foyer/portal/links"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/portal/training/badge"
	"foyer/portal/training/paper"
	"foyer/portal/training/xapi"
	"foyer/schema"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doSave     = "course.save"
	doPublish  = "course.publish"
	doRegrade  = "course.regrade"
	doEnroll   = "enrollment.create"
	doWithdraw = "enrollment.withdraw"
	doDue      = "enrollment.due"
	doLearn    = "enrollment.learn"
	doRate     = "enrollment.rate"
	doMark     = "enrollment.mark"
	doMove     = "enrollment.move"
)

// The codes of refusals, values of the API's TrainingErrorCode.
const (
	Invalid         = problem.Invalid
	UnknownRecord   = "UNKNOWN_RECORD"
	Taken           = "TAKEN"
	Unsound         = "UNSOUND"
	Unchanged       = "UNCHANGED"
	NotOffered      = "NOT_OFFERED"
	Enrolled        = "ENROLLED"
	Prerequisite    = "PREREQUISITE"
	NotBought       = "NOT_BOUGHT"
	Over            = "OVER"
	Waiting         = "WAITING"
	Locked          = "LOCKED"
	UnknownLesson   = "UNKNOWN_LESSON"
	NoAttemptLeft   = "NO_ATTEMPT_LEFT"
	Cooling         = "COOLING"
	Passed          = "PASSED"
	UnknownQuestion = "UNKNOWN_QUESTION"
	TimeOver        = "TIME_OVER"
	NotGraded       = "NOT_GRADED"
	Graded          = "GRADED"
	Revoked         = "REVOKED"
	ChangedSince    = "CHANGED_SINCE"
)

// Expiring is how long before its end a certificate counts as one that should be
// renewed.
const Expiring = 90 * 24 * time.Hour

// Options are what a Service is made of.
type Options struct {
	Store *store.Store
	Jobs  *jobs.Runner
	Files Files
	// Viewers says as whom those act who load what a link leads to.
	Viewers Viewers
	// PublicURL is the portal's own address, and Company who issues certificates.
	PublicURL, Company string
	// Design is how printed certificates look.
	Design paper.Design
	Logger *slog.Logger
	Clock  func() time.Time // time.Now
}

// Service keeps courses and those who learn them.
type Service struct {
	store   *store.Store
	jobs    *jobs.Runner
	files   Files
	viewers Viewers
	logger  *slog.Logger
	clock   func() time.Time

	publicURL, company string
	design             paper.Design

	keys struct {
		sync.Mutex
		ring *badge.Ring
		at   time.Time
	}
	books    *lru.Cache[gid.ID, *Book]
	numbered *lru.Cache[numbered, *Book] // the same

	links links.Seal

	records *xapi.Client // nil when no record store is told
	from    atomic.Pointer[xapi.Source]
}

// mostBooks is how many versions are kept in memory; they never change.
const mostBooks = 256

// longestMove is how long all who learn a course are moved to another version at most.
const longestMove = time.Hour

// New makes a Service. It must be made before the jobs start.
func New(o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	books, err := lru.New[gid.ID, *Book](mostBooks)
	byNumber, errNumber := lru.New[numbered, *Book](mostBooks)
	if err = cmp.Or(err, errNumber); err != nil {
		panic(err) // of a size below one only
	}
	s := &Service{store: o.Store, jobs: o.Jobs, files: o.Files, viewers: o.Viewers, publicURL: strings.TrimSuffix(o.PublicURL, "/"), company: o.Company, design: o.Design, logger: o.Logger, clock: o.Clock, books: books, numbered: byNumber}
	s.links = links.Seal{Store: o.Store, Name: "training-links", Now: s.now}
	s.work(o.Jobs)
	return s
}

// Now is the time by which everything here is judged.
func (s *Service) Now() time.Time { return s.now() }

func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

func refuse(code, en, de string, field ...string) error {
	return problem.Refuse(code, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

func invalid(en, de string, field ...string) error { return refuse(Invalid, en, de, field...) }

// sendVersion refuses a change of something that exists without the version that was
// read.
func sendVersion() error {
	return invalid("Please send the version that you have read.", "Bitte senden Sie die gelesene Version mit.", "version")
}

func stale(err error) error {
	if ent.IsNotFound(err) {
		return problem.ErrStale
	}
	return err
}

// notFound makes a row that is not there, or not for the viewer, an error of the API.
func notFound(err error) error {
	if ent.IsNotFound(err) {
		return problem.ErrNotFound
	}
	return err
}

// ownerOf is whose an enrollment is.
func ownerOf(e *ent.Enrollment) access.Owner {
	return access.Owner{Organization: e.OrganizationID, User: e.UserID, Subject: e.ID}
}

// member is the viewer as somebody who learns for an organization.
func member(ctx context.Context) (access.Owner, error) {
	v := auth.From(ctx)
	if v == nil || v.Kind != auth.KindMember {
		return access.Owner{}, problem.ErrForbidden
	}
	return access.Owner{Organization: gid.ID(v.OrganizationID), User: gid.ID(v.UserID)}, nil
}

// actorOf is the user who acts; empty for the system.
func actorOf(ctx context.Context) string { return auth.From(ctx).UserID }

// textIn is a text of a course in a language; in the course's first one where there is
// none.
func textIn(doc *schema.CourseDocument, texts map[string]string, language string) string {
	if t := texts[language]; t != "" {
		return t
	}
	for _, l := range doc.Languages {
		if t := texts[l]; t != "" {
			return t
		}
	}
	return ""
}
