package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"foyer/auth"
)

const protocolSDL = `type Query { hello(name: String): String } type Mutation { do: String } type Subscription { tick: String }`

func protocolAPI(t testing.TB, change ...func(*Options)) *api {
	return newAPI(t, protocolSDL, resolvers{
		"Query.hello": func(_ context.Context, _ any, args map[string]any) (any, error) {
			name, _ := args["name"].(string)
			return "hello " + name, nil
		},
		"Mutation.do":       func(context.Context, any, map[string]any) (any, error) { return "done", nil },
		"Subscription.tick": func(context.Context, any, map[string]any) (any, error) { return "tick", nil },
	}, change...)
}

// Requests that are none: all refused before anything is parsed, in the shape
// of every other error.
func TestProtocolRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		r      func() *http.Request
	}{
		{"bad JSON", 400, func() *http.Request { return postRequest(`{"query": "<script>alert(1)</script>zzz`) }},
		{"no JSON", 400, func() *http.Request { return postRequest(``) }},
		{"null", 400, func() *http.Request { return postRequest(`null`) }},
		{"a text", 400, func() *http.Request { return postRequest(`"{ hello }"`) }},
		{"two values", 400, func() *http.Request { return postRequest(`{"query":"{ hello }"} {"query":"{ hello }"}`) }},
		{"batch", 400, func() *http.Request { return postRequest(` [{"query":"{ hello }"}]`) }},
		{"no query", 400, func() *http.Request { return postRequest(`{}`) }},
		{"query in another case", 400, func() *http.Request { return postRequest(`{"Query":"{ hello }"}`) }},
		{"query null", 400, func() *http.Request { return postRequest(`{"query":null}`) }},
		{"query number", 400, func() *http.Request { return postRequest(`{"query":1}`) }},
		{"query list", 400, func() *http.Request { return postRequest(`{"query":["{ hello }"]}`) }},
		{"query object", 400, func() *http.Request { return postRequest(`{"query":{}}`) }},
		{"operationName number", 400, func() *http.Request { return postRequest(`{"query":"{ hello }","operationName":1}`) }},
		{"variables text", 400, func() *http.Request { return postRequest(`{"query":"{ hello }","variables":"{}"}`) }},
		{"variables list", 400, func() *http.Request { return postRequest(`{"query":"{ hello }","variables":[]}`) }},
		{"variables number", 400, func() *http.Request { return postRequest(`{"query":"{ hello }","variables":0}`) }},
		{"extensions text", 400, func() *http.Request { return postRequest(`{"query":"{ hello }","extensions":"x"}`) }},
		{"invalid UTF-8", 400, func() *http.Request { return postRequest("{\"query\":\"{ hello(name: \\\"\xff\\\") }\"}") }},
		{"variables too deep for JSON", 400, func() *http.Request {
			return postRequest(`{"query":"{ hello }","variables":{"a":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}}`)
		}},
		{"NUL in a variable", 400, func() *http.Request {
			return postRequest(`{"query":"query ($n: String) { hello(name: $n) }","variables":{"n":"a\u0000b"}}`)
		}},
		{"NUL in a literal", 400, func() *http.Request { return postRequest(`{"query":"{ hello(name: \"a\\u0000b\") }"}`) }},
		{"NUL in the document", 400, func() *http.Request { return postRequest(`{"query":"{ hello \u0000 }"}`) }},
		{"NUL in the name", 400, func() *http.Request { return postRequest(`{"query":"query A { hello }","operationName":"A\u0000"}`) }},
		{"too large", 413, func() *http.Request {
			return postRequest(`{"query":"{ hello }","variables":{"a":"` + strings.Repeat("x", 1<<20) + `"}}`)
		}},
		{"form", 415, func() *http.Request {
			return postRequest("query=%7Bhello%7D", "Content-Type", "application/x-www-form-urlencoded")
		}},
		{"multipart", 415, func() *http.Request { return postRequest("--x--", "Content-Type", "multipart/form-data; boundary=x") }},
		{"text", 415, func() *http.Request { return postRequest(`{"query":"{ hello }"}`, "Content-Type", "text/plain") }},
		{"text that says JSON", 415, func() *http.Request {
			return postRequest(`{"query":"{ hello }"}`, "Content-Type", "text/plain; application/json")
		}},
		{"another JSON", 415, func() *http.Request {
			return postRequest(`{"query":"{ hello }"}`, "Content-Type", "application/json-patch+json")
		}},
		{"graphql", 415, func() *http.Request { return postRequest(`{ hello }`, "Content-Type", "application/graphql") }},
		{"another charset", 415, func() *http.Request {
			return postRequest(`{"query":"{ hello }"}`, "Content-Type", "application/json; charset=utf-16")
		}},
		{"compressed", 415, func() *http.Request { return postRequest(`{"query":"{ hello }"}`, "Content-Encoding", "gzip") }},
		{"no content type", 415, func() *http.Request {
			r := postRequest(`{"query":"{ hello }"}`)
			r.Header.Del("Content-Type")
			return r
		}},
		{"two content types", 415, func() *http.Request {
			r := postRequest(`{"query":"{ hello }"}`)
			r.Header.Add("Content-Type", "text/plain")
			return r
		}},
		{"accepts nothing of ours", 406, func() *http.Request { return postRequest(`{"query":"{ hello }"}`, "Accept", "text/html") }},
		{"accepts a stream, of which there is none", 406, func() *http.Request {
			return postRequest(`{"query":"{ hello }"}`, "Accept", "text/event-stream")
		}},
		{"PUT", 405, func() *http.Request {
			return httptest.NewRequest(http.MethodPut, "/graphql", strings.NewReader(`{"query":"{ hello }"}`))
		}},
		{"HEAD", 405, func() *http.Request { return httptest.NewRequest(http.MethodHead, "/graphql?query={hello}", nil) }},
		{"GET without query", 400, func() *http.Request { return httptest.NewRequest(http.MethodGet, "/graphql", nil) }},
		{"GET with two queries", 400, func() *http.Request {
			return httptest.NewRequest(http.MethodGet, "/graphql?query=%7Bhello%7D&query=%7Bhello%7D", nil)
		}},
		{"GET with bad variables", 400, func() *http.Request {
			return httptest.NewRequest(http.MethodGet, "/graphql?query=%7Bhello%7D&variables=%5B%5D", nil)
		}},
		{"GET with variables that go on", 400, func() *http.Request {
			return httptest.NewRequest(http.MethodGet, "/graphql?query=%7Bhello%7D&variables=%7B%7D%7B%7D", nil)
		}},
		{"GET with invalid UTF-8", 400, func() *http.Request {
			return httptest.NewRequest(http.MethodGet, "/graphql?query=%7Bhello(name:%22%ff%22)%7D", nil)
		}},
		{"GET with a malformed query string", 400, func() *http.Request { return httptest.NewRequest(http.MethodGet, "/graphql?query=%zz", nil) }},
		{"GET of a mutation", 405, func() *http.Request {
			return httptest.NewRequest(http.MethodGet, "/graphql?query="+url.QueryEscape("mutation { do }"), nil)
		}},
		{"GET of a mutation said to be a POST", 405, func() *http.Request {
			r := httptest.NewRequest(http.MethodGet, "/graphql?_method=POST&query="+url.QueryEscape("mutation { do }"), nil)
			r.Header.Set("X-Http-Method-Override", "POST")
			return r
		}},
		{"GET of a mutation behind a query", 405, func() *http.Request {
			return httptest.NewRequest(http.MethodGet, "/graphql?operationName=B&query="+url.QueryEscape("query A { hello } mutation B { do }"), nil)
		}},
		{"subscription", 400, func() *http.Request { return postRequest(`{"query":"subscription { tick }"}`) }},
		{"a POST that wants to upgrade", 415, func() *http.Request {
			return postRequest(`{"query":"{ hello }"}`, "Upgrade", "websocket", "Content-Type", "text/plain")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ran := false
			a := newAPI(t, protocolSDL, resolvers{
				"Query.hello": func(context.Context, any, map[string]any) (any, error) { ran = true; return "", nil },
				"Mutation.do": func(context.Context, any, map[string]any) (any, error) { ran = true; return "", nil },
			})
			r := a.do(as(viewer(auth.KindMember)), c.r())
			require.Equal(t, c.status, r.Status, r.Body)
			require.False(t, ran)
			require.Len(t, r.Errors, 1, r.Body)
			require.Contains(t, []any{"BAD_USER_INPUT", "LIMIT_EXCEEDED"}, r.Errors[0].Extensions["code"])
			require.NotEmpty(t, r.Errors[0].Message)
			require.NotContains(t, r.Body, "zzz", "nothing of a body is echoed")
			require.NotContains(t, r.Body, `"data"`)
			require.Equal(t, "application/json; charset=utf-8", r.Header.Get("Content-Type"))
			require.Equal(t, "nosniff", r.Header.Get("X-Content-Type-Options"))
			require.Equal(t, "no-store", r.Header.Get("Cache-Control"))
			require.Equal(t, c.status == 405, r.Header.Get("Allow") != "")
			require.Equal(t, c.status == 415, r.Header.Get("Accept-Post") != "")
		})
	}
}

func TestProtocolAnswers(t *testing.T) {
	a := protocolAPI(t)
	ctx := as(viewer(auth.KindMember))
	for _, c := range []struct {
		name, accept, query, wantType string
		status                        int
	}{
		{"no accept", "", "{ hello }", typeJSON, 200},
		{"any", "*/*", "{ hello }", typeJSON, 200},
		{"application/*", "application/*;q=0.1", "{ hello }", typeJSON, 200},
		{"JSON", "application/json", "{ hello }", typeJSON, 200},
		{"response", "application/graphql-response+json", "{ hello }", typeResponse, 200},
		{"both", "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", "{ hello }", typeResponse, 200},
		{"weights", "application/graphql-response+json;q=0.2, application/json;q=0.9", "{ hello }", typeJSON, 200},
		{"browser", "text/html, */*;q=0.8", "{ hello }", typeJSON, 200},
		{"parse error", "application/json", "{", typeJSON, 200},
		{"parse error", typeResponse, "{", typeResponse, 400},
		{"validation error", "application/json", "{ nope }", typeJSON, 200},
		{"validation error", typeResponse, "{ nope }", typeResponse, 400},
		{"variable error", typeResponse, "query ($n: String!) { hello(name: $n) }", typeResponse, 400},
		{"limit", "application/json", "{ " + strings.Repeat("hello ", 500) + "}", typeJSON, 200},
		{"limit", typeResponse, "{ " + strings.Repeat("hello ", 500) + "}", typeResponse, 400},
		{"empty document", typeJSON, "", typeJSON, 200},
		{"unknown operation", typeResponse, "query A { hello } query B { hello }", typeResponse, 400},
	} {
		t.Run(c.name+" "+c.accept, func(t *testing.T) {
			r := a.post(ctx, c.query, nil, "Accept", c.accept)
			require.Equal(t, c.status, r.Status)
			require.Equal(t, c.wantType+"; charset=utf-8", r.Header.Get("Content-Type"))
			if c.query == "{ hello }" {
				require.Equal(t, `{"data":{"hello":"hello "}}`, r.Body)
			} else {
				require.NotContains(t, r.Body, `"data"`)
				require.NotEmpty(t, r.codes()[0])
			}
		})
	}
	q := url.QueryEscape
	r := a.do(ctx, httptest.NewRequest(http.MethodGet, "/graphql?query="+q("query A($n: String) { hello(name: $n) }")+
		"&operationName=A&variables="+q(`{"n":"GET"}`)+"&extensions=", nil))
	require.Equal(t, "hello GET", r.Data["hello"])
	r = a.do(ctx, httptest.NewRequest(http.MethodOptions, "/graphql", nil))
	require.Equal(t, 204, r.Status)
	require.Equal(t, methods, r.Header.Get("Allow"))
	require.Empty(t, r.Header.Get("Access-Control-Allow-Origin"))
	r = a.do(ctx, postRequest(`{"query":"{ hello }","operationName":null,"variables":null,"extensions":null,"more":[1]}`, "Content-Type", `application/json; charset="UTF-8"`))
	require.Equal(t, "hello ", r.Data["hello"])
	require.Equal(t, "done", a.post(ctx, "mutation { do }", nil).Data["do"])
	german := viewer(auth.KindMember)
	german.Language = "de"
	require.Contains(t, a.do(as(german), postRequest(`[`)).Body, "Senden Sie eine Operation")
}

// Stream transports may only ever see what was checked.
func TestProtocolStreams(t *testing.T) {
	stream := &stream{}
	a := protocolAPI(t, func(o *Options) { o.Transports = []graphql.Transport{stream, JSON{}} })
	ctx := as(viewer(auth.KindMember))
	r := a.do(ctx, postRequest(`{"query":"subscription { tick }","QUERY":"{ secret }","operationName":null,"variables":{"a":12345678901234567890}}`, "Accept", typeStream))
	require.Equal(t, 200, r.Status)
	require.Equal(t, 3, strings.Count(r.Body, `"tick":"tick"`), r.Body)
	require.Equal(t, "subscription { tick }", stream.seen.Query)
	require.Equal(t, map[string]any{"a": json.Number("12345678901234567890")}, stream.seen.Variables)
	for _, body := range []string{`{"query":"zzz`, `[{"query":"subscription { tick }"}]`, `{"query":1}`} {
		stream.seen = nil
		r = a.do(ctx, postRequest(body, "Accept", typeStream, "Upgrade", "x"))
		require.Equal(t, 400, r.Status, body)
		require.Nil(t, stream.seen)
	}
	r = a.do(ctx, postRequest(`{"query":"{ nope }"}`, "Accept", typeStream))
	require.Contains(t, r.Body, "BAD_USER_INPUT")
}

// stream is a transport of streams, in short.
type stream struct{ seen *graphql.RawParams }

func (*stream) Supports(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.Contains(r.Header.Get("Accept"), typeStream)
}

func (s *stream) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	s.seen, _ = r.Context().Value(paramsKey{}).(*graphql.RawParams)
	w.Header().Set("Content-Type", typeStream)
	op, errs := exec.CreateOperationContext(r.Context(), s.seen)
	if errs != nil {
		_, _ = io.WriteString(w, fmt.Sprint(exec.DispatchError(r.Context(), errs).Errors[0].Extensions))
		return
	}
	h, ctx := exec.DispatchOperation(r.Context(), op)
	for answer := h(ctx); answer != nil; answer = h(ctx) {
		_, _ = w.Write(append(answer.Data, '\n'))
	}
}

// Without Protocol in front nothing is answered.
func TestJSONNeedsProtocol(t *testing.T) {
	a := protocolAPI(t)
	a.h = a.exec
	r := a.post(as(viewer(auth.KindMember)), "{ hello }", nil)
	require.Equal(t, 406, r.Status)
}
