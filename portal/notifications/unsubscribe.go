package notifications

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/notification"
	"foyer/ent/user"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// every stands for all kinds in the link of a mail with several.
const every = "ALL"

// leave is the address that turns the mails of a kind off. It is signed and has
// no end: the link in an old mail must work as well.
func (s *Service) leave(ctx context.Context, userID gid.ID, kind string) (string, error) {
	said := string(userID) + " " + kind
	sum, err := s.signature(ctx, said)
	if err != nil {
		return "", err
	}
	text := base64.RawURLEncoding.EncodeToString
	return s.o.PublicURL + "/unsubscribe?token=" + url.QueryEscape(text([]byte(said))+"."+text(sum)), nil
}

func (s *Service) signature(ctx context.Context, said string) ([]byte, error) {
	secret, err := s.st.Secret(ctx, "unsubscribe")
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, secret)
	_, _ = m.Write([]byte(said)) // never fails
	return m.Sum(nil), nil
}

// leaving reads the token of a link; kind is empty when it is not one of ours.
func (s *Service) leaving(ctx context.Context, token string) (userID gid.ID, kind string, err error) {
	if len(token) > 300 {
		return "", "", nil
	}
	said, sum, _ := strings.Cut(token, ".")
	text, given := decoded(said), decoded(sum)
	right, err := s.signature(ctx, string(text))
	if err != nil || len(text) == 0 || !hmac.Equal(right, given) {
		return "", "", err
	}
	id, kind, _ := strings.Cut(string(text), " ")
	return gid.ID(id), kind, nil
}

// decoded is what a part of a token stands for; nothing when it is no such part.
func decoded(s string) []byte {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil {
		return nil
	}
	return b
}

// stop turns the mails of a kind off, or of all kinds.
func (s *Service) stop(ctx context.Context, userID gid.ID, kind string) error {
	return s.st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		u, err := tx.User.Query().Where(user.ID(userID), store.Held).Only(ctx)
		if err != nil {
			return ignore(err)
		}
		n := s.settingsOf(u)
		chosen := map[string][]string{}
		for k, list := range n.Channels {
			chosen[k] = list
		}
		for _, k := range schema.NotificationKinds {
			if kind != k && kind != every {
				continue
			}
			// Staff who never chose get no mails, so no link of theirs leads here.
			left := []string{}
			for _, c := range channels(n, notification.Kind(k), false) {
				if c != Mail {
					left = append(left, string(c))
				}
			}
			chosen[k] = left
		}
		n.Channels = chosen
		return s.keep(ctx, tx, u.ID, n)
	})
}

var leavePage = template.Must(template.New("unsubscribe").Parse(`<!doctype html>
<html lang="{{.Language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{{.Title}}</title>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
{{if .Button}}<form method="post"><button>{{.Button}}</button></form>{{end}}
</main>
</body>
</html>
`))

type leaveWords struct{ title, text, button problem.Text }

var (
	leaveBad = leaveWords{
		title: problem.Text{EN: "This link is not valid", DE: "Dieser Link ist nicht gültig"},
		text: problem.Text{EN: "It may have been cut off. Open it from the mail once more, or sign in and change your settings there.",
			DE: "Vielleicht wurde er abgeschnitten. Öffnen Sie ihn noch einmal aus der Mail, oder melden Sie sich an und ändern Sie dort Ihre Einstellungen."},
	}
	leaveAsk = leaveWords{
		title:  problem.Text{EN: "No more of these mails?", DE: "Diese Mails nicht mehr erhalten?"},
		text:   problem.Text{EN: "You will get no more mails about %s. What happens still goes to your inbox in the portal.", DE: "Sie erhalten keine Mails mehr über %s. Was geschieht, steht weiterhin in Ihrem Posteingang im Portal."},
		button: problem.Text{EN: "Stop these mails", DE: "Diese Mails abbestellen"},
	}
	leaveDone = leaveWords{
		title: problem.Text{EN: "Done", DE: "Erledigt"},
		text:  problem.Text{EN: "You will get no more mails about %s. You can change this in your settings at any time.", DE: "Sie erhalten keine Mails mehr über %s. Das können Sie in Ihren Einstellungen jederzeit ändern."},
	}
	allKinds = problem.Text{EN: "your orders", DE: "Ihre Bestellungen"}
)

// ServeUnsubscribe serves the page behind the link of a mail. GET only asks:
// those who check mails for danger open every link in them. POST acts, by the
// button or by the one click of a mail program (RFC 8058).
func (s *Service) ServeUnsubscribe(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost {
		w.Header().Set("Allow", "GET, HEAD, POST")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	// Mail programs are not signed in; what the link is signed for is all that it does.
	ctx := auth.WithSystem(r.Context(), "mails turned off by a signed link: there is no viewer")
	userID, kind, err := s.leaving(ctx, r.URL.Query().Get("token"))
	if err == nil && kind != "" && r.Method == http.MethodPost {
		err = s.stop(ctx, userID, kind)
	}
	if err != nil {
		s.o.Logger.ErrorContext(ctx, "unsubscribe", "error", err.Error())
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	status, words, about := http.StatusOK, leaveAsk, allKinds
	language := "en"
	if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "de") {
		language = "de"
	}
	if slices.Contains(schema.NotificationKinds, kind) {
		about = KindName(notification.Kind(kind))
	}
	switch {
	case kind == "":
		status, words = http.StatusBadRequest, leaveBad
	case r.Method == http.MethodPost:
		words = leaveDone
	}
	var page bytes.Buffer
	err = leavePage.Execute(&page, map[string]string{
		"Language": language, "Title": words.title.In(language), "Button": words.button.In(language),
		"Text": strings.ReplaceAll(words.text.In(language), "%s", about.In(language)),
	})
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes()) // the client has gone; nothing is left to do
}
