package graph

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/problem"
	"foyer/portal/store"
)

const idempotentSDL = `
directive @idempotent(key: String!) on FIELD
input In { n: Int lines: [In!] s: String f: Float }
type Query { a: String }
type Mutation {
  place(in: In, n: Int = 7): Payload!
  other(in: In, n: Int = 7): Payload
  createToken: Payload
}
type Payload { order: String userErrors: [UserError!]! }
type UserError { code: String! }
`

type (
	userError struct{ Code string }
	payload   struct{ UserErrors []*userError }
)

type requestKey struct{}

// claim does what the first transaction under a request does.
func claim(r *store.Request) {
	(*atomic.Bool)(reflect.ValueOf(r).Elem().FieldByName("claimed").Addr().UnsafePointer()).Store(true)
}

// idempotentAPI runs place as the mutation, and collects what it was given.
func idempotentAPI(t *testing.T, place func(r *store.Request) (any, error)) (*api, *[]*store.Request) {
	seen := &[]*store.Request{}
	run := func(ctx context.Context, _ any, _ map[string]any) (any, error) {
		r, _ := ctx.Value(requestKey{}).(*store.Request)
		*seen = append(*seen, r)
		return place(r)
	}
	a := newAPI(t, idempotentSDL, resolvers{
		"Mutation.place": run, "Mutation.other": run, "Mutation.createToken": run,
		"Payload.order": func(context.Context, any, map[string]any) (any, error) { return "ord_1", nil },
		"Payload.userErrors": func(_ context.Context, parent any, _ map[string]any) (any, error) {
			list := []any{}
			for _, e := range parent.(*payload).UserErrors {
				list = append(list, map[string]any{"code": e.Code})
			}
			return list, nil
		},
	}, func(o *Options) {
		o.Extensions = func() []graphql.HandlerExtension {
			return []graphql.HandlerExtension{Idempotent{
				Secret: []string{"createToken"},
				with: func(ctx context.Context, r *store.Request) context.Context {
					return context.WithValue(store.WithRequest(ctx, r), requestKey{}, r)
				},
			}}
		}
	})
	return a, seen
}

func claiming(r *store.Request) (any, error) {
	if r != nil {
		claim(r)
	}
	return &payload{}, nil
}

func TestIdempotentRequest(t *testing.T) {
	a, seen := idempotentAPI(t, claiming)
	ctx := as(viewer(auth.KindMember))
	r := a.post(ctx, `mutation { place @idempotent(key: "k1") { order } }`, nil)
	require.Equal(t, `{"data":{"place":{"order":"ord_1"}}}`, r.Body)
	require.Len(t, *seen, 1)
	require.Equal(t, "k1", (*seen)[0].Key)
	require.Equal(t, viewer(auth.KindMember).Identity()+"\ntest", (*seen)[0].Identity)

	require.Empty(t, a.post(ctx, `mutation { place { order } }`, nil).Errors, "without a key nothing is asked")
	require.Nil(t, (*seen)[1])
	require.Empty(t, a.post(ctx, `mutation ($k: String!) { ...F } fragment F on Mutation { place @idempotent(key: $k) { order } }`, map[string]any{"k": "k2"}).Errors)
	require.Equal(t, "k2", (*seen)[2].Key)
}

// The same request has the same fingerprint however it is written; another has
// another.
func TestIdempotentFingerprint(t *testing.T) {
	a, seen := idempotentAPI(t, claiming)
	ctx := as(viewer(auth.KindMember))
	print := func(query string, vars map[string]any) string {
		*seen = nil
		require.Empty(t, a.post(ctx, query, vars).Errors, query)
		return string((*seen)[0].Fingerprint)
	}
	literal := print(`mutation { place(in: {n: 1, s: "x", lines: [{n: 2}]}) @idempotent(key: "k") { order } }`, nil)
	vars := map[string]any{"n": 1, "s": "x", "lines": []any{map[string]any{"n": 2}}}
	for _, q := range []string{
		`mutation ($in: In) { place(in: $in) @idempotent(key: "k") { order } }`,
		`mutation ($in: In, $n: Int) { x: place(n: $n, in: $in) @idempotent(key: "other key") { userErrors { code } } }`,
		`mutation ($in: In) { place(in: $in, n: 7) @idempotent(key: "k") { order } }`,
	} {
		require.Equal(t, literal, print(q, map[string]any{"in": vars}), q)
	}
	for _, q := range []string{
		`mutation { place(in: {n: 1, s: "x", lines: [{n: 3}]}) @idempotent(key: "k") { order } }`,
		`mutation { place(in: {n: 1, s: "x", lines: [{n: 2}]}, n: 8) @idempotent(key: "k") { order } }`,
		`mutation { other(in: {n: 1, s: "x", lines: [{n: 2}]}) @idempotent(key: "k") { order } }`,
		`mutation { place @idempotent(key: "k") { order } }`,
	} {
		require.NotEqual(t, literal, print(q, nil), q)
	}
}

func TestIdempotentRefuses(t *testing.T) {
	member := viewer(auth.KindMember)
	for _, c := range []struct {
		name, query, code string
		v                 *auth.Viewer
		vars              map[string]any
	}{
		{"anonymous", `mutation { place @idempotent(key: "k") { order } }`, "UNAUTHENTICATED", viewer(auth.KindAnonymous), nil},
		{"empty", `mutation { place @idempotent(key: "") { order } }`, "BAD_USER_INPUT", member, nil},
		{"blank", `mutation { place @idempotent(key: "  ") { order } }`, "BAD_USER_INPUT", member, nil},
		{"long", `mutation { place @idempotent(key: "` + strings.Repeat("k", 129) + `") { order } }`, "BAD_USER_INPUT", member, nil},
		{"unprintable", `mutation { place @idempotent(key: "a\nb") { order } }`, "BAD_USER_INPUT", member, nil},
		{"not ASCII", `mutation { place @idempotent(key: "ключ") { order } }`, "BAD_USER_INPUT", member, nil},
		{"a number", `mutation ($k: String!) { place @idempotent(key: $k) { order } }`, "BAD_USER_INPUT", member, map[string]any{"k": 5}},
		{"a secret", `mutation { createToken @idempotent(key: "k") { order } }`, "BAD_USER_INPUT", member, nil},
		{"a secret under another name", `mutation { place: createToken @idempotent(key: "k") { order } }`, "BAD_USER_INPUT", member, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, seen := idempotentAPI(t, claiming)
			r := a.post(as(c.v), c.query, c.vars)
			require.Equal(t, []any{c.code}, r.codes())
			require.Len(t, r.Errors[0].Path, 1)
			require.Empty(t, *seen, "the mutation did not run")
		})
	}
	a, seen := idempotentAPI(t, claiming)
	require.Empty(t, a.post(as(member), `mutation { place @idempotent(key: "`+strings.Repeat("k", 128)+`") { order } createToken { order } }`, nil).Errors)
	require.Len(t, *seen, 2)
}

// A mutation that answers without a claim would run again when repeated. Only
// that is reported: not a refusal before or inside a transaction, not an error.
func TestIdempotentFindsMutationsThatNeverClaim(t *testing.T) {
	const q = `mutation { one: place @idempotent(key: "k") { order } two: other @idempotent(key: "l") { order } }`
	for _, c := range []struct {
		name  string
		place func(*store.Request) (any, error)
		codes []any
	}{
		{"claimed", claiming, nil},
		{"never claimed", func(*store.Request) (any, error) { return &payload{}, nil }, []any{"INTERNAL", "INTERNAL"}},
		{"never claimed, nothing returned", func(*store.Request) (any, error) { return nil, nil }, []any{"INTERNAL", "INTERNAL", "INTERNAL"}},
		{"refused before a transaction", func(*store.Request) (any, error) {
			return &payload{UserErrors: []*userError{{"OUT_OF_STOCK"}}}, nil
		}, nil},
		{"refused inside one", func(r *store.Request) (any, error) {
			claim(r)
			return &payload{UserErrors: []*userError{{"OUT_OF_STOCK"}}}, nil
		}, nil},
		{"failed", func(*store.Request) (any, error) { return nil, problem.ErrNotFound }, []any{"NOT_FOUND", "NOT_FOUND"}},
		{"panicked", func(*store.Request) (any, error) { panic("x") }, []any{"INTERNAL", "INTERNAL"}},
		{"one failed, the other never claimed", func(r *store.Request) (any, error) {
			if r.Key == "k" {
				return nil, problem.ErrNotFound
			}
			return &payload{}, nil
		}, []any{"NOT_FOUND", "INTERNAL"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := idempotentAPI(t, c.place)
			// other is nullable, so that both answers are seen.
			r := a.post(as(viewer(auth.KindMember)), strings.Replace(q, "place", "other", 1), nil)
			if c.name == "never claimed, nothing returned" {
				c.codes = c.codes[:2]
			}
			require.Equal(t, c.codes, r.codes(), r.Body)
			require.Equal(t, strings.Contains(c.name, "never claimed"), strings.Contains(a.logs.String(), "without claiming"))
			require.NotContains(t, r.Body, "claiming")
		})
	}
}

func TestRefused(t *testing.T) {
	one := []*userError{{"A"}}
	var none *payload
	var wrapped any = &payload{UserErrors: one}
	for want, list := range map[bool][]any{
		true:  {payload{UserErrors: one}, &payload{UserErrors: one}, &wrapped},
		false: {nil, none, payload{}, &payload{}, "x", struct{ UserErrors int }{1}, map[string]any{}},
	} {
		for _, x := range list {
			require.Equal(t, want, refused(x), "%#v", x)
		}
	}
}

func TestIdempotentLeavesOtherErrorsAlone(t *testing.T) {
	a, _ := idempotentAPI(t, func(r *store.Request) (any, error) { claim(r); return nil, errors.New("pq: deadlock") })
	r := a.post(as(viewer(auth.KindMember)), `mutation { place @idempotent(key: "k") { order } }`, nil)
	require.Equal(t, []any{"INTERNAL"}, r.codes())
	require.NotContains(t, a.logs.String(), "without claiming")
}
