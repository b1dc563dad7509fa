package jobs

import (
	"context"
	"errors"
	"strings"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"foyer/portal/problem"
)

// Failure is an error with words that staff may read: what another system has
// answered, say. The text of any other error stays in the log.
type Failure interface {
	error
	// Shown are the words for staff.
	Shown() string
}

// Explain gives an error words that staff may read, such as "550 mailbox
// unavailable". They must hold no address, no code and nothing of our inside.
func Explain(err error, text string) error { return &explained{err, text} }

type explained struct {
	error
	text string
}

func (e *explained) Shown() string { return e.text }
func (e *explained) Unwrap() error { return e.error }

func isShown(err error) bool {
	var f Failure
	return errors.As(err, &f)
}

// Final marks an error that a further attempt would meet again: the work is
// given up at once. It may wrap what Explain has made, and be wrapped by it.
func Final(err error) error { return &final{err} }

type final struct{ error }

func (f *final) Unwrap() error { return f.error }

// What is kept of a failed attempt in the row of the work. The API reads it from
// there, so that no cause ever gets into it.
const (
	keptShown   = "shown: " // and the words for staff
	keptHidden  = "hidden"
	keptTimeout = "timeout"
	keptLost    = "lost"
)

// longest is how much is kept of a text for staff, in runes.
const longest = 300

// noted is a failed attempt: its text is what is kept, its cause is for the log.
type noted struct {
	kept  string
	cause error
	stack []byte // of a panic
}

func (n *noted) Error() string { return n.kept }

// Unwrap lets nothing through: the library looks for errors of its own, and a
// handler's must not be taken for one.
func (n *noted) Unwrap() error { return nil }

func note(err error) error {
	var f Failure
	if !errors.As(err, &f) {
		return &noted{kept: keptHidden, cause: err}
	}
	text := strings.ToValidUTF8(strings.ReplaceAll(f.Shown(), "\x00", ""), "")
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest]) + "…"
	}
	return &noted{kept: keptShown + text, cause: err}
}

// The sentences for what is kept.
var (
	textHidden  = problem.Text{EN: "It failed. The log has the cause under job %d.", DE: "Es ist fehlgeschlagen. Die Ursache steht im Protokoll unter job %d."}
	textTimeout = problem.Text{EN: "It took too long.", DE: "Es hat zu lange gedauert."}
	textLost    = problem.Text{EN: "The process that did it ended before it was done.", DE: "Der Prozess, der daran arbeitete, endete vorher."}
	textUnknown = problem.Text{EN: "This version of the program does not know this kind of work.", DE: "Diese Programmversion kennt diese Art von Arbeit nicht."}
)

// sentence is what staff read of a failed attempt.
func sentence(number int64, kept string) problem.Text {
	if text, ok := strings.CutPrefix(kept, keptShown); ok {
		return problem.Text{EN: text, DE: text}
	}
	switch kept {
	case keptTimeout:
		return textTimeout
	case keptLost:
		return textLost
	}
	if strings.HasPrefix(kept, (&river.UnknownJobKindError{}).Error()) {
		return textUnknown
	}
	return textHidden.Format(number)
}

// failures writes failed attempts to the log. The arguments stay out of it.
type failures Runner

// HandleError implements river.ErrorHandler.
func (f *failures) HandleError(ctx context.Context, j *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	entry := []any{"job", j.ID, "kind", j.Kind, "attempt", j.Attempt, "of", j.MaxAttempts}
	var n *noted
	if errors.As(err, &n) {
		err = n.cause
		if n.stack != nil {
			entry = append(entry, "stack", string(n.stack))
		}
	}
	entry = append(entry, "error", err)
	if j.Attempt >= j.MaxAttempts {
		f.o.Logger.ErrorContext(ctx, "job failed and is given up", entry...)
	} else {
		f.o.Logger.WarnContext(ctx, "job failed", entry...)
	}
	return nil
}

// HandlePanic implements river.ErrorHandler. A handler's panic is an error by
// then: see worker.safely.
func (f *failures) HandlePanic(ctx context.Context, j *rivertype.JobRow, v any, trace string) *river.ErrorHandlerResult {
	f.o.Logger.ErrorContext(ctx, "job panicked", "job", j.ID, "kind", j.Kind, "attempt", j.Attempt, "of", j.MaxAttempts, "error", v, "stack", trace)
	return nil
}
