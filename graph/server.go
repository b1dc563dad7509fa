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
	"foyer/portal/approvals"
	"foyer/portal/carts"
	"foyer/portal/catalog"
	"foyer/portal/customers"
	"foyer/portal/files"
	"foyer/portal/orders"
	"foyer/portal/prices"
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

	Streams         *Streams  // for the caller to close; its own when nil
	Rechecker       Rechecker // ends streams of who is no longer who they were; the Authenticator, if it can, when nil
	SignedInStreams bool      // no stream for who is not signed in
	AllowedOrigins  []string  // hosts whose pages may open a websocket, besides that of the request
}

// secretive are the mutations whose answers hold a secret, or that ask for one
// which has changed by the time they are repeated; they take no idempotency key,
// since the answer could not be given again.
var secretive = []string{
	"signIn", "refreshSession", "setPassword", "setUpAdministrator", "actAs", "openOrder",
	"openInvitation", "acceptInvitation", "changePassword", "shareConfiguration",
}

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
	if c.Authenticator == nil {
		c.Authenticator = c.Resolver.Accounts
	}
	if c.Rechecker == nil {
		c.Rechecker, _ = c.Authenticator.(Rechecker)
	}
	if c.Streams == nil {
		c.Streams = &Streams{}
	}
	live := StreamOptions{
		Authenticator: c.Authenticator, Rechecker: c.Rechecker, Presenter: presenter, Limits: c.Limits,
		Streams: c.Streams, SignedIn: c.SignedInStreams, AllowedOrigins: c.AllowedOrigins, Logger: c.Logger,
	}
	projected, err := NewProjected(Options{
		Full: full,
		Executable: func(s *ast.Schema) graphql.ExecutableSchema {
			return gen.NewExecutableSchema(gen.Config{Schema: s, Resolvers: c.Resolver})
		},
		Extensions:    func() []graphql.HandlerExtension { return []graphql.HandlerExtension{idempotent} },
		Transports:    []graphql.Transport{NewWebsocket(live), NewSSE(live), JSON{}},
		Limits:        c.Limits,
		Introspection: c.Introspection.allows,
		PerAnswer: func(ctx context.Context) context.Context {
			ctx = customers.WithLoaders(orders.WithLoaders(ctx, c.Resolver.Orders), c.Resolver.Customers)
			ctx = withGathered(catalog.WithLoaders(ctx, c.Resolver.Catalog))
			ctx = approvals.WithLoaders(ctx, c.Resolver.Approvals)
			ctx = files.WithLoaders(prices.WithLoaders(ctx, c.Resolver.Prices), c.Resolver.Files)
			return withStock(carts.WithLooks(withTimelines(withNeighbours(ctx), c.Resolver)), c.Resolver)
		},
		Presenter:    presenter,
		CursorSecret: c.CursorSecret,
	})
	if err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	return Requests(c.Logger, c.Trusted, Cookies(c.Secure,
		Authenticated(c.Authenticator, presenter, Protocol(c.Limits, projected)))), nil
}

// entErrors recognises the errors of the generated entities.
func entErrors(err error) *problem.Error {
	if ent.IsNotFound(err) {
		return problem.ErrNotFound
	}
	return nil
}
