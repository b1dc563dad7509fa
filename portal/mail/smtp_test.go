package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/schema"
)

// server is a mail server of a few words, on this machine.
type server struct {
	t        *testing.T
	listener net.Listener
	tls      *tls.Config // offered by STARTTLS, or spoken at once
	implicit bool
	noTLS    bool              // offers no STARTTLS
	say      map[string]string // by the verb: another answer than the usual one; "drop" hangs up
	user     string            // user and password, as AUTH PLAIN has them

	mu       sync.Mutex
	commands []string
	mails    []string
	secure   bool // the last mail came over TLS
}

func (s *server) start() *server {
	var err error
	s.listener, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(s.t, err)
	if s.implicit {
		s.listener = tls.NewListener(s.listener, s.tls)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := s.listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { s.serve(c) })
		}
	})
	s.t.Cleanup(func() { _ = s.listener.Close(); all.Wait() })
	return s
}

func (s *server) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	secure := s.implicit
	in := bufio.NewReader(c)
	reply := func(text string) { _, _ = fmt.Fprintf(c, "%s\r\n", text) }
	reply("220 test ready")
	for {
		l, err := in.ReadString('\n')
		if err != nil {
			return
		}
		l = strings.TrimRight(l, "\r\n")
		verb, _, _ := strings.Cut(l, " ")
		s.mu.Lock()
		s.commands = append(s.commands, l)
		s.mu.Unlock()
		if other := s.say[verb]; other != "" {
			if other == "drop" {
				return
			}
			reply(other)
			continue
		}
		switch verb {
		case "EHLO":
			reply("250-test")
			if !secure && !s.noTLS {
				reply("250-STARTTLS")
			}
			if s.user != "" {
				reply("250-AUTH PLAIN LOGIN")
			}
			reply("250-8BITMIME")
			reply("250 ENHANCEDSTATUSCODES")
		case "STARTTLS":
			reply("220 go ahead")
			c = tls.Server(c, s.tls)
			in, secure = bufio.NewReader(c), true
		case "AUTH":
			if l == "AUTH PLAIN "+s.user {
				reply("235 welcome")
			} else {
				reply("535 5.7.8 what you said was " + l)
			}
		case "DATA":
			reply("354 go ahead")
			var b strings.Builder
			for {
				d, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if d == ".\r\n" {
					break
				}
				b.WriteString(strings.TrimPrefix(d, "."))
			}
			if other := s.say["."]; other != "" {
				reply(other)
				continue
			}
			s.mu.Lock()
			s.mails, s.secure = append(s.mails, b.String()), secure
			s.mu.Unlock()
			if s.say["after"] == "drop" {
				reply("250 2.0.0 queued")
				return
			}
			reply("250 2.0.0 queued")
		case "QUIT":
			reply("221 bye")
			return
		default:
			reply("250 2.0.0 fine")
		}
	}
}

// certificate makes one for 127.0.0.1, and what trusts it.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	require.NoError(t, err)
	c, err = x509.ParseCertificate(der)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(c)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}},
		&tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
}

func sender(t *testing.T, scheme string, s *server, rest string) *SMTP {
	t.Helper()
	out, err := NewSMTP(scheme + "://" + strings.TrimSuffix(rest, "?tls=none") + s.listener.Addr().String() + map[bool]string{true: "?tls=none"}[strings.HasSuffix(rest, "?tls=none")])
	require.NoError(t, err)
	return out
}

func message(t *testing.T) Message {
	t.Helper()
	l := samples()["notice"]
	l.Language, l.Name = schema.German, "Jörg \"der Große\" Müller"
	l.Items[0].Title = "Größe: Ihr Paket ist unterwegs, und dieser Betreff ist so lang, dass er in der Kopfzeile umgebrochen werden muss"
	m, err := post().Render(t.Context(), l)
	require.NoError(t, err)
	m.From, m.ReplyTo = netmail.Address{Name: "Händler, GmbH", Address: "portal@example.com"}, netmail.Address{Address: "help@example.com"}
	return m
}

// TestWhatArrives reads a mail as a mail program would.
func TestWhatArrives(t *testing.T) {
	s := (&server{t: t, noTLS: true}).start()
	m := message(t)
	require.NoError(t, sender(t, "smtp", s, "?tls=none").Send(t.Context(), m))
	require.Len(t, s.mails, 1)
	require.Contains(t, s.commands, "MAIL FROM:<portal@example.com> BODY=8BITMIME")
	require.Contains(t, s.commands, "RCPT TO:<ines@example.com>")
	require.Contains(t, s.commands, "EHLO example.com")
	for _, l := range strings.Split(s.mails[0], "\r\n") {
		require.LessOrEqual(t, len(l), 998)
		require.NotContains(t, l, "\n", "a bare line feed")
	}
	got, err := netmail.ReadMessage(strings.NewReader(s.mails[0]))
	require.NoError(t, err)
	h := got.Header
	from, err := h.AddressList("From")
	require.NoError(t, err)
	require.Equal(t, []*netmail.Address{{Name: "Händler, GmbH", Address: "portal@example.com"}}, from)
	to, err := h.AddressList("To")
	require.NoError(t, err)
	require.Equal(t, []*netmail.Address{{Name: "Jörg \"der Große\" Müller", Address: "ines@example.com"}}, to)
	reply, err := h.AddressList("Reply-To")
	require.NoError(t, err)
	require.Equal(t, "help@example.com", reply[0].Address)
	subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
	require.NoError(t, err)
	require.Equal(t, m.Subject, subject)
	require.Equal(t, "1.0", h.Get("Mime-Version"))
	require.Equal(t, "auto-generated", h.Get("Auto-Submitted"))
	require.Equal(t, "<https://portal.example.com/unsubscribe/x7Qk2>", h.Get("List-Unsubscribe"))
	require.Equal(t, "List-Unsubscribe=One-Click", h.Get("List-Unsubscribe-Post"))
	require.Regexp(t, `^<[0-9a-f]{32}@example\.com>$`, h.Get("Message-Id"))
	require.Empty(t, h.Get("X-Mailer"))
	at, err := h.Date()
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), at, time.Minute)
	require.Empty(t, h.Get("Bcc"))

	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	require.NoError(t, err)
	require.Equal(t, "multipart/alternative", kind)
	r := multipart.NewReader(got.Body, params["boundary"])
	for _, want := range []struct{ kind, body string }{{"text/plain", m.Text}, {"text/html", m.HTML}} { // the best one last, RFC 2046
		p, err := r.NextRawPart()
		require.NoError(t, err)
		kind, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		require.NoError(t, err)
		require.Equal(t, want.kind, kind)
		require.Equal(t, "utf-8", strings.ToLower(params["charset"]))
		require.Equal(t, "quoted-printable", p.Header.Get("Content-Transfer-Encoding"))
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		require.NoError(t, err)
		require.Equal(t, want.body, strings.ReplaceAll(string(body), "\r\n", "\n"))
	}
	_, err = r.NextPart()
	require.ErrorIs(t, err, io.EOF)
}

func TestTheSameLetterHasTheSameMessageID(t *testing.T) {
	id := func(key string) string {
		m := message(t)
		m.Key = key
		msg, err := compose(m, time.Now())
		require.NoError(t, err)
		return msg.GetMessageID()
	}
	require.Equal(t, id("a"), id("a"))
	require.NotEqual(t, id("a"), id("b"))
	require.NotEqual(t, id(""), id(""))
}

// TestNoHeaderIsSmuggledIn: whatever stands in a message, there are the headers
// that were meant, and one address gets it.
func TestNoHeaderIsSmuggledIn(t *testing.T) {
	s := (&server{t: t, noTLS: true}).start()
	out := sender(t, "smtp", s, "?tls=none")
	evil := "x\r\nBcc: all@example.com\r\n\r\nbody \u2028" + strings.Repeat("ä", 3000)
	m := message(t)
	m.Subject, m.Name, m.From.Name, m.ReplyTo.Name, m.Key = evil, evil, evil, evil, evil
	m.Unsubscribe = "https://portal.example.com/u\r\nBcc: all@example.com"
	require.NoError(t, out.Send(t.Context(), m))
	got, err := netmail.ReadMessage(strings.NewReader(s.mails[0]))
	require.NoError(t, err)
	for name := range got.Header {
		require.Contains(t, []string{"Date", "Message-Id", "Mime-Version", "Subject", "From", "To", "Reply-To", "Auto-Submitted",
			"X-Auto-Response-Suppress", "Content-Type"}, name)
	}
	for _, bad := range []func(*Message){
		func(m *Message) { m.To = "a@example.com>\r\nRCPT TO:<b@example.com" },
		func(m *Message) { m.To = "a@example.com\nBcc: b@example.com" },
		func(m *Message) { m.To = "" },
	} {
		m := message(t)
		bad(&m)
		require.ErrorIs(t, out.Send(t.Context(), m), ErrRefused)
	}
	require.Len(t, s.mails, 1)
}

func TestTLS(t *testing.T) {
	theirs, ours := certificate(t)
	password := base64.StdEncoding.EncodeToString([]byte("\x00portal\x00s3cret/word"))
	for _, scheme := range []string{"smtp", "smtps"} {
		s := (&server{t: t, tls: theirs, implicit: scheme == "smtps", user: password}).start()
		out := sender(t, scheme, s, "portal:s3cret%2Fword@")
		out.tls = ours
		require.NoError(t, out.Send(t.Context(), message(t)), scheme)
		require.True(t, s.secure)
		require.NoError(t, out.Check(t.Context(), "portal@example.com"))

		out.password = "s3cret-wrong"
		wrong := base64.StdEncoding.EncodeToString([]byte("\x00portal\x00s3cret-wrong"))
		err := out.Send(t.Context(), message(t))
		require.Error(t, err)
		require.NotErrorIs(t, err, ErrRefused, "the operator will mend it")
		require.NotContains(t, err.Error(), "s3cret")
		require.NotContains(t, err.Error(), wrong, "the server repeated it")
		require.Contains(t, err.Error(), "535")
		require.Error(t, out.Check(t.Context(), "portal@example.com"))

		out.tls, out.password = nil, "s3cret/word" // the machine does not trust this certificate
		require.Error(t, out.Send(t.Context(), message(t)))
		require.Len(t, s.mails, 1)
	}
	// A server, or somebody between, that offers no TLS gets neither mail nor password.
	s := (&server{t: t, noTLS: true, user: password}).start()
	out := sender(t, "smtp", s, "portal:s3cret%2Fword@")
	out.tls = ours
	require.ErrorContains(t, out.Send(t.Context(), message(t)), "STARTTLS")
	require.Empty(t, s.mails)
	require.NotContains(t, strings.Join(s.commands, "\n"), "AUTH")
	// To this machine itself it may go in the open, if that is said.
	require.NoError(t, sender(t, "smtp", s, "portal:s3cret%2Fword@?tls=none").Send(t.Context(), message(t)))
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		verb, answer string
		refused      bool
	}{
		{"RCPT", "550 5.1.1 <ines@example.com> is unknown here", true},
		{"RCPT", "451 4.7.1 try later, ines@example.com", false},
		{"RCPT", "550 5.1.1 <Ines@EXAMPLE.com> is unknown here", true},
		{"DATA", "554 5.7.1 no", true},
		{".", "552 5.3.4 too large", true},
		{".", "452 4.3.1 full", false},
		{"MAIL", "550 5.7.1 you may not write as that", false}, // the operator will mend it
		{"MAIL", "421 4.3.2 closing", false},
		{"EHLO", "drop", false},
		{"RCPT", "drop", false},
		{"DATA", "drop", false},
	} {
		s := (&server{t: t, noTLS: true, say: map[string]string{c.verb: c.answer}}).start()
		err := sender(t, "smtp", s, "?tls=none").Send(t.Context(), message(t))
		require.Error(t, err, c.verb)
		require.Equal(t, c.refused, errors.Is(err, ErrRefused), "%s %s: %v", c.verb, c.answer, err)
		require.NotContains(t, strings.ToLower(err.Error()), "ines@example.com", "addresses stay out of the log")
		require.NotContains(t, err.Error(), "Größe")
		require.Empty(t, s.mails)
	}
}

// TestWhatIsDeliveredIsNotSentAgain: a server that hangs up after it has taken
// the mail has taken it.
func TestWhatIsDeliveredIsNotSentAgain(t *testing.T) {
	s := (&server{t: t, noTLS: true, say: map[string]string{"after": "drop"}}).start()
	require.NoError(t, sender(t, "smtp", s, "?tls=none").Send(t.Context(), message(t)))
	require.Len(t, s.mails, 1)
}

func TestASilentServerHoldsNobodyUp(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	out, err := NewSMTP("smtp://" + l.Addr().String() + "?tls=none")
	require.NoError(t, err)
	out.timeout = 50 * time.Millisecond
	require.Error(t, out.Send(t.Context(), message(t)))
}

func TestNewSMTP(t *testing.T) {
	for address, want := range map[string]SMTP{
		"smtp://mail.example.com":                   {host: "mail.example.com", port: 587},
		"smtp://u:p%40%2F@mail.example.com:2525":    {host: "mail.example.com", port: 2525, user: "u", password: "p@/"},
		"smtps://mail.example.com":                  {host: "mail.example.com", port: 465, implicit: true},
		"smtp://localhost:25?tls=none":              {host: "localhost", port: 25, plain: true},
		"smtp://u:p@[::1]:25?tls=none":              {host: "::1", port: 25, plain: true, user: "u", password: "p"},
		"smtp://relay.example.com:25/?tls=none":     {host: "relay.example.com", port: 25, plain: true},
		"smtps://portal%40example.com:p@mx.example": {host: "mx.example", port: 465, implicit: true, user: "portal@example.com", password: "p"},
	} {
		got, err := NewSMTP(address)
		require.NoError(t, err, address)
		want.timeout = smtpTimeout
		require.Equal(t, &want, got)
		require.NotContains(t, got.Server(), "p@")
	}
	for _, address := range []string{
		"", "mail.example.com", "mail.example.com:587", "http://mail.example.com", "smtp://", "smtp://u:s3cret@", "smtp://u:s3cret%zz@mail.example.com",
		"smtp://u@mail.example.com", "smtp://:s3cret@mail.example.com", "smtp://mail.example.com:0", "smtp://mail.example.com:70000", "smtp://mail.example.com/path",
		"smtp://mail.example.com?tls=maybe", "smtp://mail.example.com?ssl=no", "smtps://mail.example.com?tls=none",
		"smtp://u:s3cret@mail.example.com?tls=none", "smtp://u:s3cret@mail.example.com:x", "smtp://u:s3cret@mail example.com",
	} {
		_, err := NewSMTP(address)
		require.Error(t, err, address)
		require.NotContains(t, err.Error(), "s3cret", address)
	}
}
