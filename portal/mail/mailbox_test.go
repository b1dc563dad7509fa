package mail_test

import (
	"fmt"
	netmail "net/mail"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/mail"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/testkit/dbtest"
)

func TestMailbox(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		ctx, box := t.Context(), mail.NewMailbox(st)
		list, err := box.List(ctx)
		require.NoError(t, err)
		require.Empty(t, list)
		post := mail.New(mail.Options{Sender: box, From: netmail.Address{Name: "Portal", Address: "portal@example.com"}, PublicURL: "http://localhost:8080"})
		send := func(n int) {
			require.NoError(t, post.Send(ctx, mail.Letter{
				Template: "X", To: "a@example.com", Name: "Ä", Key: "k", Unsubscribe: "/unsubscribe/1",
				Items: []mail.Item{{Title: fmt.Sprintf("Größe %d", n), Text: "<b>"}},
			}))
		}
		const most = 200
		for n := range most + 3 {
			send(n)
		}
		list, err = box.List(ctx)
		require.NoError(t, err)
		require.Len(t, list, most, "the oldest give way")
		require.Equal(t, "Größe 202", list[0].Subject)
		require.Equal(t, "Größe 3", list[most-1].Subject)
		require.Equal(t, "a@example.com", list[0].To)
		require.WithinDuration(t, time.Now(), list[0].At, time.Minute)
		require.Empty(t, list[0].HTML)

		k, err := box.Get(ctx, list[0].ID)
		require.NoError(t, err)
		require.Contains(t, k.HTML, "&lt;b&gt;")
		require.Contains(t, k.Text, "<b>")
		require.Contains(t, k.Headers, "Auto-Submitted: auto-generated\n")
		require.Contains(t, k.Headers, "List-Unsubscribe: <http://localhost:8080/unsubscribe/1>")
		require.NotContains(t, k.Headers, "One-Click", "RFC 8058 allows that by https alone")
		require.NotContains(t, k.Headers, "<b>")
		_, err = box.Get(ctx, list[0].ID+1000)
		require.ErrorIs(t, err, problem.ErrNotFound)

		require.ErrorIs(t, post.Send(ctx, mail.Letter{Template: "X", To: "nobody", Items: []mail.Item{{}}}), mail.ErrRefused)
	})
}
