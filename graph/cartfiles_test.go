package graph_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
)

const attachToCart = `mutation($i: AttachToCartInput!) { attachToCart(input: $i) { cart { id version attachments { id name } } userErrors { field code } } }`

func init() {
	maps.Copy(attempts, map[string]attempt{
		"attachToCart": {"cart.change", "Cart", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"cartId": id, "uploadIds": []gid.ID{gid.New(gid.Upload)}}
		}},
	})
}

// TestFilesOfCart: what is added to a cart goes with its order, and with nothing else.
func TestFilesOfCart(t *testing.T) {
	shops(t, func(s *shop) {
		c := s.add("ORG_MANAGER", "B-1", 1)
		named := func(more map[string]any) map[string]any {
			in := map[string]any{"cartId": c["id"]}
			maps.Copy(in, more)
			return in
		}
		pdf := uploaded(t, s.Foyer, "ORG_MANAGER", "ATTACHMENT", "../plan.pdf", samplePDF)
		foreign := uploaded(t, s.Foyer, "ORG_ADMIN", "ATTACHMENT", "b.pdf", samplePDF)
		for _, ids := range [][]any{{}, {gid.New(gid.Upload)}, {foreign}, {pdf, foreign}, {pdf, pdf}} {
			s.refused("ORG_MANAGER", attachToCart, "attachToCart", "INVALID", named(map[string]any{"uploadIds": ids}))
		}
		s.refused("ORG_BUYER", attachToCart, "attachToCart", "NOT_FOUND", named(map[string]any{"uploadIds": []any{pdf}}))
		d := s.As("ORG_MANAGER").Must(attachToCart, map[string]any{"i": named(map[string]any{"uploadIds": []any{pdf}})})
		file := testkit.At(d, "attachToCart", "cart", "attachments", 0, "id")
		require.Equal(t, "plan.pdf", testkit.At(d, "attachToCart", "cart", "attachments", 0, "name"), "%v", d)
		require.EqualValues(t, c["version"], testkit.At(d, "attachToCart", "cart", "version"), "what was seen can still be ordered")

		placed := s.As("ORG_MANAGER").Must(`mutation($i: PlaceOrderInput!) { placeOrder(input: $i) { order { id attachments { id } } userErrors { code } } }`,
			map[string]any{"i": with(c, map[string]any{"acceptPriceChanges": true})})
		require.Equal(t, []any{map[string]any{"id": file}}, testkit.At(placed, "placeOrder", "order", "attachments"), "%v", placed)
		late := uploaded(t, s.Foyer, "ORG_MANAGER", "ATTACHMENT", "c.pdf", samplePDF)
		s.refused("ORG_MANAGER", attachToCart, "attachToCart", "WRONG_STATE", named(map[string]any{"uploadIds": []any{late}}))

		// What is thrown away takes its files along; the order keeps its own.
		c = s.add("ORG_MANAGER", "B-1", 1)
		s.As("ORG_MANAGER").Must(attachToCart, map[string]any{"i": named(map[string]any{"uploadIds": []any{late}})})
		files := count(t, s.Foyer, "files")
		s.As("ORG_MANAGER").Must(`mutation($i: DiscardCartInput!) { discardCart(input: $i) { userErrors { code } } }`, map[string]any{"i": with(c, nil)})
		tidied, err := s.Files.Tidy(s.ctx)
		require.NoError(t, err)
		require.Equal(t, 1, tidied.Discarded)
		require.Equal(t, files-1, count(t, s.Foyer, "files"))
		again, err := s.Files.Tidy(s.ctx)
		require.NoError(t, err)
		require.Zero(t, again.Discarded)
	})
}
