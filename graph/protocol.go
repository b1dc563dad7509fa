package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"foyer/portal/problem"
)

const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"
	typeStream   = "text/event-stream"
	methods      = "GET, POST, OPTIONS"
)

// Protocol is the HTTP side of the endpoint, to the letter of GraphQL over
// HTTP (https://graphql.github.io/graphql-over-http/draft/). It reads the
// request, refuses what is none, and hands the parameters on: JSON answers
// them, or SSE if the request asks for a stream. Nothing that a transport would
// have to decode a second time, and differently, reaches it. Websockets pass,
// what they send is read by Websocket.
//
// Batches and url-encoded bodies are refused, and multipart ones but from those
// who may send files, by a header of their own: so a page of another site cannot
// send an operation without asking first.
func Protocol(limits Limits, next http.Handler) http.Handler {
	limits = limits.withDefaults()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		if upgrades(r) {
			next.ServeHTTP(w, r)
			return
		}
		var (
			params *graphql.RawParams
			sent   *sentFiles
			fail   *httpError
		)
		defer func() { sent.close() }()
		start := graphql.Now()
		switch r.Method {
		case http.MethodOptions:
			w.Header().Set("Allow", methods)
			w.WriteHeader(http.StatusNoContent)
			return
		case http.MethodGet:
			params, fail = fromURL(r)
		case http.MethodPost:
			if isForm(r) {
				params, sent, fail = fromForm(w, r, limits, next)
				break
			}
			params, fail = fromBody(w, r, limits.Body)
		default:
			w.Header().Set("Allow", methods)
			fail = badRequest(http.StatusMethodNotAllowed, "Use GET or POST.", "Verwenden Sie GET oder POST.")
		}
		if _, ok := answerType(r.Header.Values("Accept")); fail == nil && !ok && !streams(r) {
			fail = errAccept()
		}
		if fail != nil {
			if fail.status == http.StatusUnsupportedMediaType {
				w.Header().Set("Accept-Post", typeJSON)
			}
			writeProblem(w, r, fail.status, fail.problem)
			return
		}
		params.Headers = r.Header
		params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
		ctx := context.WithValue(r.Context(), paramsKey{}, params)
		if sent != nil {
			ctx = context.WithValue(ctx, uploadKey{}, true)
		}
		r = r.WithContext(ctx)
		r.Body = http.NoBody
		next.ServeHTTP(w, r)
	})
}

type paramsKey struct{}

type httpError struct {
	status  int
	problem *problem.Error
}

func badRequest(status int, en, de string) *httpError {
	return &httpError{status, problem.Input(en, de)}
}

func errAccept() *httpError {
	return badRequest(http.StatusNotAcceptable, "The answer is "+typeResponse+" or "+typeJSON+"; accept one of them.",
		"Die Antwort ist "+typeResponse+" oder "+typeJSON+"; bitte akzeptieren Sie eines davon.")
}

// upgrades says whether the client wants to go on as a websocket.
func upgrades(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// streams says whether the client wants its answer as server-sent events.
func streams(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.Contains(r.Header.Get("Accept"), typeStream)
}

func fromURL(r *http.Request) (*graphql.RawParams, *httpError) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest(http.StatusBadRequest, "The query string is malformed.", "Die Query-Zeichenkette ist fehlerhaft.")
	}
	m := map[string]json.RawMessage{}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		values, given := q[name]
		switch {
		case !given:
			continue
		case len(values) > 1:
			return nil, badRequest(http.StatusBadRequest, "A parameter is given twice.", "Ein Parameter ist doppelt angegeben.")
		case !utf8.ValidString(values[0]):
			return nil, &httpError{http.StatusBadRequest, errMalformed.problem}
		case name == "query", name == "operationName" && values[0] != "":
			m[name], _ = json.Marshal(values[0]) // a text can be marshalled
		case values[0] != "":
			m[name] = json.RawMessage(values[0])
		}
	}
	return decode(m)
}

func fromBody(w http.ResponseWriter, r *http.Request, limit int64) (*graphql.RawParams, *httpError) {
	// Joined, so that two of them are one that cannot be read.
	mediaType, p, err := mime.ParseMediaType(strings.Join(r.Header.Values("Content-Type"), ","))
	charset := cmp.Or(p["charset"], "utf-8")
	if err != nil || mediaType != typeJSON || !strings.EqualFold(charset, "utf-8") || r.Header.Get("Content-Encoding") != "" {
		return nil, errMediaType()
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		return nil, unread(err, limit)
	}
	return fromText(body)
}

// fromText reads the object of an operation.
func fromText(body []byte) (*graphql.RawParams, *httpError) {
	if !utf8.Valid(body) {
		return nil, &httpError{http.StatusBadRequest, errMalformed.problem}
	}
	if strings.HasPrefix(strings.TrimLeft(string(body[:min(len(body), 64)]), " \t\r\n"), "[") {
		return nil, badRequest(http.StatusBadRequest, "Send one operation at a time; batches are not taken.",
			"Senden Sie eine Operation je Anfrage; Stapel werden nicht angenommen.")
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(body, &m); err != nil || m == nil {
		// The body is not quoted: it may hold a password, or markup.
		return nil, badRequest(http.StatusBadRequest, "The body is not a JSON object.", "Der Inhalt ist kein JSON-Objekt.")
	}
	return decode(m)
}

// decode checks the types of the four parameters before anything else looks
// at them. Numbers stay texts, so that none loses digits on the way.
func decode(m map[string]json.RawMessage) (*graphql.RawParams, *httpError) {
	params := &graphql.RawParams{}
	for _, p := range []struct {
		name string
		into any
	}{
		{"query", &params.Query}, {"operationName", &params.OperationName},
		{"variables", &params.Variables}, {"extensions", &params.Extensions},
	} {
		raw, given := m[p.name]
		if !given || p.name != "query" && string(raw) == "null" {
			continue
		}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		err := d.Decode(p.into)
		if err == nil && d.More() {
			err = io.ErrUnexpectedEOF // a second value, only possible in a URL
		}
		if err != nil || string(raw) == "null" {
			return nil, badRequest(http.StatusBadRequest, "The parameter "+p.name+" has the wrong type.",
				"Der Parameter "+p.name+" hat den falschen Typ.")
		}
	}
	if _, given := m["query"]; !given {
		return nil, badRequest(http.StatusBadRequest, "The parameter query is missing.", "Der Parameter query fehlt.")
	}
	return params, nil
}

// answerType picks the media type of the answer by the Accept headers: of the
// two that there are, the one with the higher quality, the first named among
// equals. Without a header, or for a wildcard, it is application/json, which
// every client understands. ok is false when the client takes neither.
func answerType(accept []string) (mediaType string, ok bool) {
	best := 0.0
	listed := strings.Split(strings.Join(accept, ","), ",")
	if len(accept) == 0 || !slices.ContainsFunc(listed, func(s string) bool { return strings.TrimSpace(s) != "" }) {
		return typeJSON, true
	}
	mediaType = typeJSON
	for _, part := range listed {
		t, p, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		switch t {
		case "*/*", "application/*":
			t = typeJSON
		case typeJSON, typeResponse:
		default:
			continue
		}
		quality := 1.0
		if q, given := p["q"]; given {
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if quality > best {
			mediaType, best = t, quality
		}
	}
	return mediaType, best > 0
}
