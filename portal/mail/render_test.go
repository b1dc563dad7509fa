package mail

import (
	"errors"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"foyer/schema"
)

func post() *Post {
	return New(Options{
		PublicURL: "https://portal.example.com/", From: mail.Address{Name: "Aurelia Portal", Address: "portal@example.com"},
	})
}

var sampleTime = time.Date(2026, 3, 5, 9, 7, 0, 0, time.UTC)

// samples are the letters that the golden files show, in both languages.
func samples() map[string]Letter {
	item := Item{
		Title: "Your parcel is out for delivery", Number: "FO-73915", URL: "/orders/FO-73915", At: sampleTime,
		Text: "DHL brings it today, parcel 00340434161094042557, at 12 Harbour Road in Kiel. Somebody should be there: it needs a signature.\n\nYou can follow it at https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=00340434161094042557 until it is there.",
	}
	later := item
	later.Title, later.Text, later.At = "A new day is promised", "The chiller is late. It now arrives on 12 March.", sampleTime.Add(2*time.Hour)
	other := Item{Title: "Order confirmed", Number: "FO-11020", URL: "https://portal.example.com/orders/FO-11020", At: sampleTime.Add(time.Hour), Text: "Promised for 20 March."}
	settings, unsubscribe := "https://portal.example.com/settings", "https://portal.example.com/unsubscribe/x7Qk2"
	return map[string]Letter{
		"notice":           {Template: "OUT_FOR_DELIVERY", To: "ines@example.com", Name: "Ines Halden", Items: []Item{item}, Settings: settings, Unsubscribe: unsubscribe, Key: "n1"},
		"digest":           {Template: Digest, To: "ines@example.com", Name: "Ines Halden", Items: []Item{item, other, later}, Settings: settings, Unsubscribe: unsubscribe, Key: "d1"},
		"password-link":    {Template: PasswordLink, To: "ines@example.com", Name: "Ines Halden", URL: "https://portal.example.com/password#ot_x7Qk2", Good: time.Hour, Key: "p1"},
		"password-changed": {Template: PasswordChanged, To: "ines@example.com", Name: "Ines Halden", URL: "https://portal.example.com/password", At: sampleTime, Key: "p2"},
		"invitation": {Template: Invitation, To: "ines@example.com", URL: "https://portal.example.com/invitation#ot_x7Qk2", Good: 7 * 24 * time.Hour,
			Inviter: "Jo <b>Lind</b>", Organization: "Halden & Co", Role: "Buyer", Key: "i1"},
		"invitation-staff": {Template: Invitation, To: "ines@example.com", URL: "https://portal.example.com/invitation#ot_x7Qk2", Good: 36 * time.Hour, Role: "Sales", Key: "i2"},
		"code":             {Template: GuestCode, To: "ines@example.com", Items: []Item{{Number: "FO-73915"}}, Code: "4071 9925", Minutes: 15, Key: "c1"},
	}
}

// TestRender compares with golden files, which are part of the review:
// UPDATE_GOLDEN=1 go test ./portal/mail -run Render
func TestRender(t *testing.T) {
	for name, letter := range samples() {
		for _, language := range []schema.Language{schema.English, schema.German} {
			letter.Language = language
			m, err := post().Render(t.Context(), letter)
			require.NoError(t, err)
			for ext, got := range map[string]string{"txt": "Subject: " + m.Subject + "\n\n" + m.Text, "html": m.HTML} {
				file := filepath.Join("testdata", name+"."+language.Code()+"."+ext)
				if os.Getenv("UPDATE_GOLDEN") != "" {
					require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
				}
				want, err := os.ReadFile(file)
				require.NoError(t, err)
				require.Equal(t, string(want), got, file)
			}
			require.Contains(t, m.HTML, `lang="`+language.Code()+`"`)
			require.NotContains(t, m.HTML, "ZgotmplZ", "the template engine found something unsafe")
			for _, remote := range []string{"<img", "src=", "url(", "@import", "<link", "<script"} {
				require.NotContains(t, m.HTML, remote, "nothing is fetched when a mail is read")
			}
			require.Contains(t, m.HTML, "max-width:600px")
			require.Contains(t, m.HTML, "prefers-color-scheme: dark")
			require.Contains(t, m.HTML, "<!--[if mso]>")
			require.Less(t, len(m.HTML), 40_000, "Gmail cuts a mail of more than 102 kB")
			for _, l := range strings.Split(m.Text, "\n") {
				require.True(t, utf8.RuneCountInString(l) <= lineWidth || strings.Contains(l, "https://"), "%q is too long", l)
			}
		}
	}
}

func TestSubjects(t *testing.T) {
	item := func(title, number string) Item { return Item{Title: title, Number: number, At: sampleTime} }
	for _, c := range []struct {
		template Template
		items    []Item
		en, de   string
	}{
		{"X", []Item{item("Shipped", "FO-1")}, "Shipped (FO-1)", "Shipped (FO-1)"},
		{"X", []Item{item("FO-1 has been shipped", "FO-1")}, "FO-1 has been shipped", "FO-1 has been shipped"},
		{"X", []Item{item("Hello", "")}, "Hello", "Hello"},
		{"X", []Item{item("", "FO-1")}, "News of your order (FO-1)", "Neues zu Ihrer Bestellung (FO-1)"},
		{Digest, []Item{item("A", "FO-1")}, "1 update on order FO-1", "1 Neuigkeit zur Bestellung FO-1"},
		{Digest, []Item{item("A", "FO-1"), item("B", "FO-1")}, "2 updates on order FO-1", "2 Neuigkeiten zur Bestellung FO-1"},
		{Digest, []Item{item("A", "FO-1"), item("B", "FO-2")}, "2 updates on 2 orders", "2 Neuigkeiten zu 2 Bestellungen"},
		{Digest, []Item{item("A", "FO-1"), item("B", "")}, "2 updates", "2 Neuigkeiten"},
		{Digest, []Item{item("A", "")}, "1 update", "1 Neuigkeit"},
		{GuestCode, nil, "Your code for Aurelia Portal", "Ihr Code für Aurelia Portal"},
	} {
		for language, want := range map[schema.Language]string{schema.English: c.en, schema.German: c.de, "": c.en} {
			m, err := post().Render(t.Context(), Letter{Template: c.template, Language: language, To: "a@example.com", Items: c.items, Code: "1", Minutes: 1})
			require.NoError(t, err)
			require.Equal(t, want, m.Subject)
		}
	}
	_, err := post().Render(t.Context(), Letter{Template: "X", To: "a@example.com"})
	require.Error(t, err)
}

func TestDigestIsByOrderAndLatestFirst(t *testing.T) {
	m, err := post().Render(t.Context(), samples()["digest"])
	require.NoError(t, err)
	at := -1
	for _, part := range []string{"Order FO-73915", "A new day is promised", "Your parcel is out for delivery", "Order FO-11020", "Order confirmed"} {
		next := strings.Index(m.Text, part)
		require.Greater(t, next, at, part)
		at = next
	}
	require.Equal(t, 1, strings.Count(m.Text, "Order FO-73915"))
}

// TestTheCodeIsNotOnALockedScreen: what a list of mails shows is the subject
// and the first words.
func TestTheCodeIsNotOnALockedScreen(t *testing.T) {
	m, err := post().Render(t.Context(), samples()["code"])
	require.NoError(t, err)
	require.NotContains(t, m.Subject, "4071")
	require.Equal(t, 1, strings.Count(m.HTML, "4071 9925"))
	require.Less(t, strings.Index(m.HTML, "good for 15 minutes"), strings.Index(m.HTML, "4071 9925"))
	require.Contains(t, m.Text, "    4071 9925\n")
	require.Contains(t, m.Text, "good for 15 minutes")
	require.Empty(t, m.Unsubscribe)
}

// TestForeignText: names and notes are written by anybody.
func TestForeignText(t *testing.T) {
	evil := "<script>alert(1)</script> & \"x\" \r\nBcc: all@example.com\r\n\r\n\u202Egnp.exe \x00\x1b[31m"
	l := Letter{
		Template: "NOTE", To: "a@example.com", Name: evil, Settings: "javascript:alert(1)", Unsubscribe: "https://x.example/\r\nBcc: a",
		Items: []Item{{Title: evil, Number: "FO-1\r\nX: y", Text: "one\r\ntwo\n\n\n\nthree " + evil + strings.Repeat("long ", 900), URL: "javascript:alert(1)"}},
	}
	for _, template := range []Template{"NOTE", Digest} {
		l.Template = template
		m, err := post().Render(t.Context(), l)
		require.NoError(t, err)
		for _, s := range []string{m.Subject, m.Name} {
			require.NotContains(t, s, "\n")
			require.NotContains(t, s, "\r")
			require.LessOrEqual(t, utf8.RuneCountInString(s), longestSubject)
		}
		for _, s := range []string{m.Subject, m.Name, m.Text, m.HTML} {
			require.True(t, utf8.ValidString(s))
			for _, bad := range []string{"\x00", "\x1b", "\u202E", "javascript:"} {
				require.NotContains(t, s, bad)
			}
		}
		require.NotContains(t, m.HTML, "<script>")
		require.Contains(t, m.HTML, "&lt;script&gt;")
		require.Contains(t, m.HTML, "one<br>two<br><br>three")
		require.Contains(t, m.Text, "<script>alert(1)</script>", "plain text is as it was written")
		require.Empty(t, m.Unsubscribe)
		require.Less(t, len(m.Text), 5000)
	}
	for _, to := range []string{"", "nobody", "a@b@c", "a b@example.com", "Name <a@example.com>", "a@example.com\r\nBcc: b@example.com", "a@example.com, b@example.com", strings.Repeat("a", 300) + "@example.com"} {
		_, err := post().Render(t.Context(), Letter{Template: Digest, To: to, Items: l.Items})
		require.True(t, errors.Is(err, ErrRefused), to)
	}
}

func TestWrap(t *testing.T) {
	long := strings.Repeat("word ", 40)
	link := "https://example.com/" + strings.Repeat("x", 100)
	got := wrap("  " + long + "\n\n\n\n" + link + "\nend   \n-- \n")
	lines := strings.Split(got, "\n")
	for _, l := range lines[:3] {
		require.True(t, strings.HasPrefix(l, "  word"), l)
		require.LessOrEqual(t, len(l), lineWidth)
	}
	require.Contains(t, got, "\n\n"+link+"\nend\n-- \n")
	require.Equal(t, "ä ö\n", wrap("\n\nä ö\n\n"))
}
