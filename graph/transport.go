package graph

import (
	"encoding/json"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/portal/problem"
)

// JSON is the transport of queries and mutations: one request, one answer. It
// takes its parameters from Protocol, and nothing that did not come through
// there. Stream transports must stand before it in the list.
type JSON struct{}

var _ graphql.Transport = JSON{}

// Supports implements graphql.Transport.
func (JSON) Supports(r *http.Request) bool {
	_, ok := r.Context().Value(paramsKey{}).(*graphql.RawParams)
	_, accepted := answerType(r.Header.Values("Accept"))
	return ok && accepted
}

// Do implements graphql.Transport.
func (JSON) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx := r.Context()
	params, _ := ctx.Value(paramsKey{}).(*graphql.RawParams)
	op, errs := exec.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		answer := exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		writeAnswer(w, r, requestStatus(r, answer.Errors), struct { // without data: nothing was executed
			Errors     gqlerror.List  `json:"errors"`
			Extensions map[string]any `json:"extensions,omitempty"`
		}{answer.Errors, answer.Extensions})
		return
	}
	switch kind := op.Operation.Operation; {
	case kind == ast.Subscription:
		writeProblem(w, r, http.StatusBadRequest, problem.Input(
			"A subscription is answered as a stream: use a websocket, or accept "+typeStream+".",
			"Eine Subscription wird als Strom beantwortet: über einen Websocket oder als "+typeStream+"."))
		return
	case kind != ast.Query && r.Method != http.MethodPost:
		// A link, a prefetch or an image must never change anything.
		w.Header().Set("Allow", http.MethodPost)
		writeProblem(w, r, http.StatusMethodNotAllowed, problem.Input("Send mutations by POST.", "Senden Sie Mutationen per POST."))
		return
	}
	handler, ctx := exec.DispatchOperation(ctx, op)
	writeAnswer(w, r, http.StatusOK, handler(ctx))
}

func writeAnswer(w http.ResponseWriter, r *http.Request, status int, answer any) {
	b, err := json.Marshal(answer)
	if err != nil {
		// A scalar wrote something that is no JSON: a bug, for Requests to log.
		panic(err)
	}
	writeJSON(w, r, status, b)
}

// requestStatus is the HTTP status of an operation that was not executed. By
// the older convention, to which application/json holds, a request that could
// be read is answered 200 however wrong the document in it is.
func requestStatus(r *http.Request, errs gqlerror.List) int {
	status := http.StatusOK
	if t, _ := answerType(r.Header.Values("Accept")); t == typeResponse {
		status = http.StatusBadRequest
	}
	for _, e := range errs {
		mark, ok := e.Err.(*presented)
		switch {
		case !ok:
		case mark.code == problem.Internal:
			return http.StatusInternalServerError
		case mark.code == problem.Unauthenticated:
			return http.StatusUnauthorized
		case mark.malformed:
			status = http.StatusBadRequest
		}
	}
	return status
}
