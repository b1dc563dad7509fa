package mail

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"foyer/portal/jobs"
)

// smtpTimeout bounds one sending, so that a server that hangs holds nobody up
// for longer. It is shorter than what a piece of work is given.
const smtpTimeout = 20 * time.Second

// SMTP sends by a mail server, over a connection for each mail.
type SMTP struct {
	host, user, password string
	port                 int
	implicit             bool // TLS from the first byte
	plain                bool // no TLS at all
	timeout              time.Duration
	tls                  *tls.Config // of tests; the library's when nil
}

var _ Sender = (*SMTP)(nil)

// NewSMTP reads the address of a mail server: smtp://user:password@host:587
// with STARTTLS, which must be offered, smtps://host:465 with TLS at once, or
// smtp://localhost:25?tls=none. An error says nothing of the password.
func NewSMTP(address string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("mail: the address of the mail server cannot be read; write smtp://user:password@host:587, with special characters of the password as %XX")
	}
	s := &SMTP{host: u.Hostname(), user: u.User.Username(), implicit: u.Scheme == "smtps", timeout: smtpTimeout}
	s.password, _ = u.User.Password()
	if u.Scheme != "smtp" && u.Scheme != "smtps" || s.host == "" || u.Path != "" && u.Path != "/" || u.Fragment != "" {
		return nil, errors.New("mail: the address of the mail server must be smtp://host:port or smtps://host:port")
	}
	if (s.user == "") != (s.password == "") {
		return nil, errors.New("mail: the address of the mail server must have user and password, or neither")
	}
	q := u.Query()
	switch tls := q.Get("tls"); {
	case tls == "none" && s.implicit:
		return nil, errors.New("mail: smtps:// is TLS; tls=none goes with smtp://")
	case tls == "none":
		s.plain = true
	case tls != "":
		return nil, errors.New("mail: tls can only be none; without it TLS is used")
	}
	q.Del("tls")
	for name := range q { // misspelt, it would be ignored
		return nil, fmt.Errorf("mail: the address of the mail server has no setting %q", name)
	}
	if s.plain && s.user != "" && !loopback(s.host) {
		return nil, errors.New("mail: with tls=none the password would cross the network for all to read")
	}
	s.port = map[bool]int{true: 465, false: 587}[s.implicit]
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return nil, errors.New("mail: the port of the mail server is none")
		}
	}
	return s, nil
}

func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

// Server is where mails go, without user and password.
func (s *SMTP) Server() string { return net.JoinHostPort(s.host, strconv.Itoa(s.port)) }

// Send implements Sender.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := compose(m, time.Now())
	if err != nil {
		return err
	}
	err = s.connected(ctx, m, func(c *gomail.Client, client *smtp.Client) error { return c.SendWithSMTPClient(client, msg) })
	if err == nil || msg.IsDelivered() {
		// Whatever went wrong afterwards, the server has it: to send it again would
		// be a second mail.
		return nil
	}
	if refused(err) {
		return fmt.Errorf("%w: %w", ErrRefused, s.scrub(err, m))
	}
	text := "The mail server did not take the mail."
	if dial := (*net.OpError)(nil); errors.As(err, &dial) {
		text = "The mail server could not be reached."
	}
	return jobs.Explain(fmt.Errorf("mail: %w", s.scrub(err, m)), text)
}

// Check says whether the server lets somebody in who writes from an address.
func (s *SMTP) Check(ctx context.Context, from string) error {
	m := Message{From: netmail.Address{Address: from}}
	err := s.connected(ctx, m, func(*gomail.Client, *smtp.Client) error { return nil })
	if err != nil {
		return s.scrub(err, m)
	}
	return nil
}

// connected runs fn over a connection of its own.
func (s *SMTP) connected(ctx context.Context, m Message, fn func(*gomail.Client, *smtp.Client) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	// The library gives up by deadlines of its own, leaves a connection open that
	// fails early on, and knows the context only while it dials.
	var mu sync.Mutex
	var conn net.Conn
	end := func() {
		mu.Lock()
		defer mu.Unlock()
		if conn != nil {
			_ = conn.Close()
		}
	}
	defer end()
	defer context.AfterFunc(ctx, end)()
	c, err := gomail.NewClient(s.host, s.options(m.From.Address, func(opened net.Conn) {
		mu.Lock()
		defer mu.Unlock()
		conn = opened
	})...)
	if err != nil {
		return err
	}
	client, err := c.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("the server %s: %w", s.Server(), err)
	}
	if err := fn(c, client); err != nil {
		return err
	}
	_ = c.CloseWithSMTPClient(client) // to say goodbye is polite, and no more
	return nil
}

func (s *SMTP) options(from string, opened func(net.Conn)) []gomail.Option {
	_, domain, _ := strings.Cut(from, "@")
	config := s.tls
	if config == nil {
		config = &tls.Config{MinVersion: tls.VersionTLS12, ServerName: s.host}
	}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		var d interface {
			DialContext(ctx context.Context, network, address string) (net.Conn, error)
		} = &net.Dialer{}
		if s.implicit {
			d = &tls.Dialer{Config: config}
		}
		c, err := d.DialContext(ctx, network, address)
		if err == nil {
			opened(c)
		}
		return c, err
	}
	o := []gomail.Option{
		gomail.WithPort(s.port), gomail.WithTimeout(s.timeout), gomail.WithHELO(domain), gomail.WithTLSConfig(config),
		gomail.WithDialContextFunc(dial), gomail.WithoutNoop(), gomail.WithoutRset(),
	}
	switch {
	case s.plain:
		o = append(o, gomail.WithTLSPolicy(gomail.NoTLS))
	case s.implicit:
		o = append(o, gomail.WithSSL())
	default:
		o = append(o, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.user != "" {
		o = append(o, gomail.WithUsername(s.user), gomail.WithPassword(s.password))
		methods := []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}
		if s.plain { // to a server on this machine, as NewSMTP has made sure
			methods = []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc}
		}
		o = append(o, gomail.WithOpportunisticSMTPAuth(methods...))
	}
	return o
}

// refused says whether the server has refused the address or the mail for good
// (RFC 5321 section 4.2.1). What it says of the sender, or of the sign-in before,
// is a matter for the operator, who will mend it.
func refused(err error) bool {
	var e *gomail.SendError
	if !errors.As(err, &e) || e.ErrorCode() < 500 || e.ErrorCode() > 599 {
		return false
	}
	return e.Reason == gomail.ErrSMTPRcptTo || e.Reason == gomail.ErrSMTPData || e.Reason == gomail.ErrSMTPDataClose
}

// scrub makes an error fit for a log: servers repeat what they were told.
func (s *SMTP) scrub(err error, m Message) error {
	hide := []string{m.Subject, "(subject)"}
	if s.password != "" {
		hide = append(hide, s.password, "(password)",
			base64.StdEncoding.EncodeToString([]byte(s.password)), "(password)",
			base64.StdEncoding.EncodeToString([]byte("\x00"+s.user+"\x00"+s.password)), "(password)")
	}
	for i := 0; i < len(hide); i += 2 {
		if hide[i] == "" {
			hide[i] = "\x00" // an empty one would stand everywhere
		}
	}
	text := strings.NewReplacer(hide...).Replace(err.Error())
	if m.To != "" { // in whatever case the server repeats it
		text = regexp.MustCompile(`(?i)`+regexp.QuoteMeta(m.To)).ReplaceAllLiteralString(text, "(address)")
	}
	return errors.New(cut(strings.Map(printed, text), 500))
}

// compose makes the mail of a message: headers and two alternatives.
func compose(m Message, now time.Time) (*gomail.Msg, error) {
	if _, err := address(m.To); err != nil {
		return nil, err
	}
	if _, err := address(m.From.Address); err != nil {
		return nil, errors.New("mail: the sender's address is none")
	}
	_, domain, _ := strings.Cut(m.From.Address, "@")
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&netmail.Address{Name: line(m.From.Name, longestName), Address: m.From.Address})
	msg.ToMailAddress(&netmail.Address{Name: line(m.Name, longestName), Address: m.To})
	if _, err := address(m.ReplyTo.Address); err == nil {
		msg.ReplyToMailAddress(&netmail.Address{Name: line(m.ReplyTo.Name, longestName), Address: m.ReplyTo.Address})
	}
	msg.Subject(line(m.Subject, longestSubject))
	msg.SetDateWithValue(now.UTC())
	msg.SetMessageIDWithValue(messageID(m.Key, domain))
	// Nobody's absence is to be answered to a machine (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	if u, err := url.Parse(m.Unsubscribe); err == nil && u.Host != "" && len(m.Unsubscribe) <= longestURL {
		switch u.Scheme {
		case "https":
			if err := msg.SetListUnsubscribeOneClick(u.String()); err != nil {
				return nil, fmt.Errorf("mail: %w", err)
			}
		case "http": // of a portal on somebody's desk; RFC 8058 allows one click by https alone
			msg.SetListUnsubscribe(u.String())
		}
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}

// messageID is the same for the same key: a mail program shows one of two.
func messageID(key, domain string) string {
	if key == "" {
		return rand.Text() + "@" + domain
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}
