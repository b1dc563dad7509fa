package scalar

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/portal/problem"
	"foyer/schema/gid"
)

const (
	// cursorMAC is how many bytes of the digest a cursor carries: 128 bits.
	cursorMAC = 16
	// cursorMax is longer than any cursor that we hand out.
	cursorMax = 4096
)

// ErrCursor is the answer to a cursor that is not one of the list at hand.
var ErrCursor = problem.Input("This cursor is not one of this list in this order. Start from the first page.",
	"Dieser Cursor gehört nicht zu dieser Liste in dieser Sortierung. Beginnen Sie mit der ersten Seite.")

var (
	cursorText = base64.RawURLEncoding.Strict()
	// An unknown secret is a mistake of the server, not of the caller.
	errCursorSecret = problem.New(problem.Internal, "there is no secret for cursors in the context", "")
)

type cursorSecretKey struct{}

// WithCursorSecret sets the secret that signs the cursors of a request.
func WithCursorSecret(ctx context.Context, secret []byte) context.Context {
	return context.WithValue(ctx, cursorSecretKey{}, secret)
}

// MarshalCursor writes a cursor: entgql's own value (msgpack of id and order
// value), signed together with the connection that it belongs to and the order
// in which that was asked. Without the signature a caller could page from a
// value of their choice, and so compare columns with guesses, or page one
// order by the cursor of another and skip rows unnoticed.
//
// The cursors of a connection below another type must be read by its resolver:
// entgql's eager loading decodes nested cursors itself, without this function.
func MarshalCursor(c entgql.Cursor[gid.ID]) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(ctx context.Context, w io.Writer) error {
		if c.Value != nil {
			// entgql leaves out a value that is zero or empty, and then pages by
			// id alone, past the rows that sort after it. In a list it stays.
			c.Value = []any{c.Value}
		}
		var b bytes.Buffer
		c.MarshalGQL(&b)
		value, err := base64.RawStdEncoding.DecodeString(string(bytes.Trim(b.Bytes(), `"`)))
		if err != nil {
			return fmt.Errorf("cursor: %w", err)
		}
		sum, err := signCursor(ctx, value)
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, `"`+cursorText.EncodeToString(append(value, sum...))+`"`)
		return err
	})
}

// UnmarshalCursor reads a cursor that MarshalCursor wrote for the same
// connection in the same order; every other text is BAD_USER_INPUT. The order
// value has the Go type that entgql's encoding gives it.
func UnmarshalCursor(ctx context.Context, v any) (c entgql.Cursor[gid.ID], err error) {
	text, ok := v.(string)
	if !ok || len(text) > cursorMax {
		return c, ErrCursor
	}
	b, err := cursorText.DecodeString(text)
	if err != nil || len(b) <= cursorMAC {
		return c, ErrCursor
	}
	value, given := b[:len(b)-cursorMAC], b[len(b)-cursorMAC:]
	sum, err := signCursor(ctx, value)
	if err != nil {
		return c, err
	}
	if !hmac.Equal(sum, given) || c.UnmarshalGQL(base64.RawStdEncoding.EncodeToString(value)) != nil {
		return entgql.Cursor[gid.ID]{}, ErrCursor
	}
	if list, ok := c.Value.([]any); ok && len(list) == 1 {
		c.Value = list[0]
	}
	return c, nil
}

func signCursor(ctx context.Context, value []byte) ([]byte, error) {
	secret, _ := ctx.Value(cursorSecretKey{}).([]byte)
	if len(secret) == 0 {
		return nil, errCursorSecret
	}
	place, err := cursorPlace(ctx)
	if err != nil {
		return nil, fmt.Errorf("cursor: %w", err)
	}
	h := hmac.New(sha256.New, secret)
	for _, part := range [][]byte{[]byte("foyer cursor 1"), place, value} { // JSON holds no NUL
		h.Write(part)
		h.Write([]byte{0})
	}
	return h.Sum(nil)[:cursorMAC], nil
}

// cursorPlace names the connection around the current field, and its order.
// Where there is none, as in the edge of a mutation's payload, the cursor is
// good for nothing but the cache of a client.
func cursorPlace(ctx context.Context) ([]byte, error) {
	for fc := graphql.GetFieldContext(ctx); fc != nil; fc = fc.Parent {
		f := fc.Field.Field
		if f == nil || f.Definition == nil ||
			f.Definition.Arguments.ForName("after") == nil && f.Definition.Arguments.ForName("before") == nil {
			continue
		}
		order, err := orderBy(ctx, f)
		if err != nil {
			return nil, err
		}
		return json.Marshal([]any{fc.Object, f.Name, order})
	}
	return []byte("[]"), nil
}

// orderBy is the order as the client gave it, by literal or by variable.
func orderBy(ctx context.Context, f *ast.Field) (any, error) {
	def := f.Definition.Arguments.ForName("orderBy")
	if def == nil {
		return nil, nil // no order is an order
	}
	var vars map[string]any
	if graphql.HasOperationContext(ctx) {
		vars = graphql.GetOperationContext(ctx).Variables
	}
	value := def.DefaultValue
	if a := f.Arguments.ForName(def.Name); a != nil {
		if _, given := vars[a.Value.Raw]; a.Value.Kind != ast.Variable || given {
			value = a.Value
		}
	}
	order, err := value.Value(vars)
	if _, list := order.([]any); def.Type.Elem != nil && order != nil && !list {
		order = []any{order} // one element may stand for a list of one
	}
	return order, err
}
