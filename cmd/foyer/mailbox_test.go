package main

import (
	"io"
	"net"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func fetch(t *testing.T, url string) (status int, body string) {
	t.Helper()
	res, err := http.Get(url) //nolint:noctx // a test
	require.NoError(t, err)
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	_ = res.Body.Close()
	return res.StatusCode, string(b)
}

// TestTheDemosGuest goes the way of a guest of the demo company, with the
// mailbox for a mail server.
func TestTheDemosGuest(t *testing.T) {
	base, out, stop := serve(t, database(t))
	require.Contains(t, out.String(), base+"/mailbox")
	password := regexp.MustCompile(`password "([^"]+)"`).FindStringSubmatch(out.String())[1]
	in := post(t, base, "", `mutation($p: String!) { signIn(input: {email: "ines.halden@halden.example", password: $p}) { accessToken } }`, map[string]any{"p": password})
	token, _ := in["signIn"].(map[string]any)["accessToken"].(string)
	list := jsonText(t, post(t, base, token, `{ orders(first: 100) { edges { node { number contactEmail } } } }`, nil))
	found := regexp.MustCompile(`"contactEmail":"(goods\.in@halden\.example)","number":"([^"]+)"`).FindStringSubmatch(list)
	require.NotNil(t, found, list)
	input := map[string]any{"in": map[string]any{"number": found[2], "email": found[1]}}
	post(t, base, "", `mutation($in: RequestOrderCodeInput!) { requestOrderCode(input: $in) { minutes } }`, input)
	var mail string
	require.Eventually(t, func() bool {
		_, box := fetch(t, base+"/mailbox")
		link := regexp.MustCompile(`href="(/mailbox/\d+)">Your code`).FindStringSubmatch(box)
		if link != nil {
			_, mail = fetch(t, base+link[1])
		}
		return link != nil
	}, 20*time.Second, 20*time.Millisecond)
	require.Contains(t, mail, "From: &#34;Foyer&#34; &lt;portal@foyer.localhost&gt;")
	code := regexp.MustCompile(`\n    (\d{4} \d{4})\n`).FindStringSubmatch(mail)
	require.NotNil(t, code, mail)
	input["in"].(map[string]any)["code"] = code[1]
	opened := post(t, base, "", `mutation($in: OpenOrderInput!) { openOrder(input: $in) { accessToken } }`, input)
	token, _ = opened["openOrder"].(map[string]any)["accessToken"].(string)
	require.Contains(t, jsonText(t, post(t, base, token, `{ orders { totalCount edges { node { number } } } }`, nil)), found[2])
	require.Zero(t, stop())
	require.NotContains(t, out.String(), code[1])
	require.NotContains(t, out.String(), found[1])
}

// TestNoMailboxWherePeopleAreReal, nor where mails are sent.
func TestNoMailboxWherePeopleAreReal(t *testing.T) {
	for name, args := range map[string][]string{
		"no demo":       {"--no-demo"},
		"a mail server": {"--smtp", "smtp://portal:s3cret@127.0.0.1:1?tls=none", "--mail-from", "Aurelia <portal@aurelia.example>"},
	} {
		base, out, stop := serve(t, database(t), args...)
		for _, path := range []string{"/mailbox", "/mailbox/1", "/mailbox/mailbox.css"} {
			status, _ := fetch(t, base+path)
			require.Equal(t, http.StatusNotFound, status, "%s %s", name, path)
		}
		require.Zero(t, stop())
		require.NotContains(t, out.String(), "/mailbox")
		require.NotContains(t, out.String(), "s3cret")
		if name == "no demo" {
			require.Contains(t, out.String(), "no mail server is configured")
		} else {
			require.NotContains(t, out.String(), "no mail server is configured")
		}
	}
}

func TestMailSettings(t *testing.T) {
	db := database(t)
	for _, args := range [][]string{
		{"--smtp-url", "smtp://u:s3cret@mail.example.com"},
		{"--smtp-url", "smtp://u:s3cret@", "--mail-from", "a@example.com"},
		{"--smtp-url", "imap://u:s3cret@x", "--mail-from", "a@example.com"},
		{"--mail-from", "nobody"}, {"--mail-from", "a@example.com", "--mail-reply-to", "x"},
	} {
		code, out, stderr := command(t, db, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
		require.Equal(t, 1, code, args)
		require.Contains(t, stderr, "mail")
		require.NotContains(t, out+stderr, "s3cret")
	}
	_, out, _ := command(t, db, "doctor")
	require.Contains(t, out, "note  no mail server")
	t.Setenv("FOYER_SMTP_URL", "smtp://u:s3cret@127.0.0.1:1?tls=none")
	t.Setenv("FOYER_MAIL_FROM", "Aurelia <portal@aurelia.example>")
	code, out, stderr := command(t, db, "doctor")
	require.Equal(t, 1, code)
	require.Contains(t, out, "FAIL  the mail server 127.0.0.1:1 lets portal@aurelia.example in")
	require.NotContains(t, out+stderr, "s3cret")
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		_, _ = io.WriteString(c, "220 hi\r\n250 hi\r\n221 bye\r\n")
		_, _ = io.Copy(io.Discard, c)
	}()
	t.Setenv("FOYER_SMTP_URL", "smtp://"+l.Addr().String()+"?tls=none")
	_, out, _ = command(t, db, "doctor")
	require.Contains(t, out, "ok    the mail server "+l.Addr().String())
}
