// Package graph is the API: the SDL, the resolvers that turn a request into
// one call of a domain package, and what stands around them: the schema as
// each role sees it, limits, errors, idempotency.
package graph

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/auth"
	"foyer/ent"
	"foyer/graph/gen"
	"foyer/portal/orders"
	"foyer/portal/problem"
)

// Introspection says who may introspect their schema.
type Introspection string

// Who may introspect. Each sees their own schema and no more, so that
// everyone is a safe default; an operator may still wish to close it.
const (
	IntrospectionEveryone Introspection = "everyone"
	IntrospectionSignedIn Introspection = "signed-in"
	IntrospectionStaff    Introspection = "staff"
	IntrospectionNobody   Introspection = "nobody"
)

func (i Introspection) allows(ctx context.Context) bool {
	v := auth.From(ctx)
	switch {
	case v == nil:
		return false
	case i == IntrospectionEveryone:
		return true
	case i == IntrospectionSignedIn:
		return v.UserID != ""
	case i == IntrospectionStaff:
		return v.Kind == auth.KindStaff
	}
	return false
}

// Config is what a server is made of.
type Config struct {
	Resolver      *Resolver
	Authenticator Authenticator // who is calling; the resolver's accounts when nil
	CursorSecret  []byte
	Introspection Introspection
	Limits        Limits
	Trusted       []netip.Prefix // proxies whose X-Forwarded-For is believed
	Secure        bool           // cookies only over https
	Logger        *slog.Logger
}

// secretive are the mutations whose answers hold a secret; they take no
// idempotency key, since the answer could not be given again.
var secretive = []string{"signIn", "refreshSession", "setPassword", "setUpAdministrator", "actAs"}

// FullSchema is the whole schema, with all that no single role sees.
func FullSchema() *ast.Schema { return gen.NewExecutableSchema(gen.Config{}).Schema() }

// NewServer makes the handler of the API's one endpoint.
func NewServer(c Config) (http.Handler, error) {
	full := FullSchema()
	idempotent := Idempotent{Secret: secretive}
	if err := idempotent.Check(full); err != nil {
		return nil, err
	}
	presenter := &Presenter{Map: entErrors, Logger: c.Logger}
	projected, err := NewProjected(Options{
		Full: full,
		Executable: func(s *ast.Schema) graphql.ExecutableSchema {
			return gen.NewExecutableSchema(gen.Config{Schema: s, Resolvers: c.Resolver})
		},
		Extensions:    func() []graphql.HandlerExtension { return []graphql.HandlerExtension{idempotent} },
		Transports:    []graphql.Transport{JSON{}},
		Limits:        c.Limits,
		Introspection: c.Introspection.allows,
		Presenter:     presenter,
		CursorSecret:  c.CursorSecret,
	})
	if err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	if c.Authenticator == nil {
		c.Authenticator = c.Resolver.Accounts
	}
	loaders := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		projected.ServeHTTP(w, r.WithContext(withNotificationPages(orders.WithLoaders(r.Context(), c.Resolver.Orders))))
	})
	return Requests(c.Logger, c.Trusted, Cookies(c.Secure,
		Authenticated(c.Authenticator, presenter, Protocol(c.Limits, loaders)))), nil
}

// entErrors recognises the errors of the generated entities.
func entErrors(err error) *problem.Error {
	if ent.IsNotFound(err) {
		return problem.ErrNotFound
	}
	return nil
}
