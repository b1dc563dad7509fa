package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/auth"
	"foyer/portal/problem"
)

// The texts of errors that have no better words of their own.
var (
	textInternal = problem.Text{EN: "Something went wrong on our side.", DE: "Bei uns ist ein Fehler aufgetreten."}
	errTimeout   = problem.New(problem.LimitExceeded, "This took too long. Ask for less at a time.",
		"Das hat zu lange gedauert. Bitte fragen Sie weniger auf einmal ab.")
	errValue     = problem.Input("The value of an argument is not valid.", "Der Wert eines Arguments ist ungültig.")
	errPage      = problem.Input("Give either first or last, not below zero.", "Geben Sie entweder first oder last an, nicht unter null.")
	errMalformed = &malformed{problem.Input("A text contains a NUL character or is not valid UTF-8.",
		"Ein Text enthält ein NUL-Zeichen oder ist kein gültiges UTF-8.")}
)

// longest is how much of a message reaches a client, in runes. Messages of the
// validator quote the document, which may be long.
const longest = 300

// retryAfter is the extension that says how many seconds to wait.
const retryAfter = "retryAfterSeconds"

// malformed marks an error of a request that is broken as such, not only wrong
// in what it asks: it is answered 400 whatever the client accepts.
type malformed struct{ problem *problem.Error }

func (m *malformed) Error() string { return m.problem.Error() }
func (m *malformed) Unwrap() error { return m.problem }

// presented marks an error that has been through Present, which leaves it
// alone the second time: transports present what they are about to send.
type presented struct {
	code      problem.Code
	malformed bool
}

func (p *presented) Error() string { return string(p.code) }

// panicked is what Recover makes of a panic. Its text is for the log.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// Presenter turns every error of the API into what its client may read. It is
// the only place that does. No text of a cause ever passes: only the texts of
// problem.Error and of the validation against the viewer's own schema.
type Presenter struct {
	// Map recognises errors of packages that this one does not know, such as
	// the not-found error of the generated entities. It returns nil for others.
	Map func(err error) *problem.Error
	// Logger receives the cause of each INTERNAL error; slog.Default when nil.
	Logger *slog.Logger
}

func (p *Presenter) logger() *slog.Logger {
	if p.Logger == nil {
		return slog.Default()
	}
	return p.Logger
}

// Recover turns a panic of a resolver into an error for Present.
func (p *Presenter) Recover(_ context.Context, v any) error {
	return &panicked{value: v, stack: debug.Stack()}
}

// Present is the graphql.ErrorPresenterFunc of the server.
func (p *Presenter) Present(ctx context.Context, err error) *gqlerror.Error {
	if err == nil {
		return nil
	}
	var outer *gqlerror.Error
	if errors.As(err, &outer) {
		if _, done := outer.Err.(*presented); done {
			return outer
		}
	}
	out := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	if outer != nil {
		out.Locations = outer.Locations
		if outer.Path != nil {
			out.Path = outer.Path
		}
	}
	var bad *malformed
	mark := &presented{malformed: errors.As(err, &bad)}
	if found, message := p.classify(ctx, err); found != nil {
		mark.code, out.Message = found.Code, message
		if message == "" {
			out.Message = found.Text.In(language(ctx))
		}
		out.Extensions = map[string]any{"code": string(found.Code)}
		if n := found.Seconds(); n > 0 {
			out.Extensions[retryAfter] = n
		}
	} else {
		mark.code, out.Message = problem.Internal, textInternal.In(language(ctx))
		out.Extensions = map[string]any{"code": string(problem.Internal), "requestId": auth.RequestFrom(ctx).ID}
		p.log(ctx, out.Path, err)
	}
	out.Err = mark
	return out
}

// classify finds the problem that an error is, nil for our own fault; message
// is set where the validator's words are better than the problem's.
func (p *Presenter) classify(ctx context.Context, err error) (found *problem.Error, message string) {
	var (
		fault   *panicked
		own     *problem.Error
		refusal *problem.Refusal
	)
	switch {
	case errors.As(err, &fault):
		return nil, ""
	case errors.As(err, &own):
		if !known(own.Code) {
			return nil, ""
		}
		return own, ""
	case errors.As(err, &refusal):
		// A refusal belongs into a payload; where there is none, it still is
		// the caller's to read.
		return &problem.Error{Code: problem.BadUserInput, Text: refusal.Text}, ""
	}
	if p.Map != nil {
		if found = p.Map(err); found != nil && known(found.Code) {
			return found, ""
		}
	}
	if found, message = library(err); found != nil {
		return found, message
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded):
		// A driver whose statement was cancelled says so in its own words,
		// hence the look at the context.
		return errTimeout, ""
	case badArgument(ctx):
		return errValue, ""
	}
	return nil, ""
}

// known says whether a code may go out as it is; INTERNAL may not, for it
// needs the request's id and a line in the log.
func known(c problem.Code) bool {
	switch c {
	case problem.Unauthenticated, problem.Forbidden, problem.NotFound, problem.BadUserInput,
		problem.Conflict, problem.RateLimited, problem.LimitExceeded:
		return true
	case problem.Internal:
	}
	return false
}

// library recognises the errors that the GraphQL libraries make themselves:
// those with a code and no Go error inside. Resolver errors arrive wrapped in
// the same type, but with their cause.
func library(err error) (*problem.Error, string) {
	var inner *gqlerror.Error
	for next := err; errors.As(next, &inner); next = inner.Err {
		if inner.Err == nil {
			break
		}
	}
	if inner == nil {
		return nil, ""
	}
	code, _ := inner.Extensions["code"].(string)
	switch code {
	case errcode.ParseFailed, errcode.ValidationFailed:
		if inner.Err != nil { // the number of a literal that fits no type, say
			return errValue, ""
		}
		if strings.HasPrefix(inner.Message, "exceeded token limit") {
			return tooMuch("tokens", "Token"), ""
		}
		return &problem.Error{Code: problem.BadUserInput}, cut(inner.Message)
	case "INVALID_PAGINATION": // entgql
		if inner.Err == nil {
			return errPage, ""
		}
	case string(problem.NotFound): // entgql, for a global id of nothing
		if inner.Err == nil {
			return problem.ErrNotFound, ""
		}
	}
	return nil, ""
}

// cut shortens a message of the validator and drops its suggestions, which
// some of its rules make even when they are told not to.
func cut(message string) string {
	message, _, _ = strings.Cut(message, " Did you mean")
	if r := []rune(message); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return message
}

// badArgument says whether the error arose while the arguments of the current
// field were read: the generated code reports that before it sets them.
func badArgument(ctx context.Context) bool {
	fc := graphql.GetFieldContext(ctx)
	return fc != nil && fc.Args == nil && fc.Field.Field != nil && len(fc.Field.Arguments) > 0
}

func (p *Presenter) log(ctx context.Context, path ast.Path, err error) {
	level := slog.LevelError
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		level = slog.LevelDebug // the client has gone; nobody reads the answer
	}
	operation := ""
	if graphql.HasOperationContext(ctx) {
		if op := graphql.GetOperationContext(ctx).Operation; op != nil {
			operation = op.Name
		}
	}
	p.logger().Log(ctx, level, "internal error", "requestId", auth.RequestFrom(ctx).ID,
		"operation", operation, "path", path.String(), "error", err.Error())
}

func language(ctx context.Context) string {
	if v := auth.From(ctx); v != nil {
		return v.Language
	}
	return ""
}

// refuse wraps a problem as the error of a place in the document.
func refuse(p error, at *ast.Position) *gqlerror.Error {
	e := &gqlerror.Error{Err: p, Message: p.Error()}
	if at != nil && at.Line > 0 {
		e.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	return e
}
