package mail

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	html "html/template"
	netmail "net/mail"
	"net/url"
	"slices"
	"strings"
	text "text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"foyer/portal/problem"
	"foyer/schema"
)

//go:embed templates
var files embed.FS

// The shapes of a mail; each fills the same frame.
const (
	shapeNotice = "notice"
	shapeDigest = "digest"
	shapeCode   = "code"
	shapeLink   = "link"
)

var (
	htmls = map[string]*html.Template{}
	texts = map[string]*text.Template{}
)

func init() {
	// html/template drops comments, and Outlook reads its instructions in them.
	outlook := html.FuncMap{
		"outlookOpen": func() html.HTML {
			return `<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->`
		},
		"outlookClose": func() html.HTML { return `<!--[if mso]></td></tr></table><![endif]-->` },
	}
	for _, shape := range []string{shapeNotice, shapeDigest, shapeCode, shapeLink} {
		htmls[shape] = html.Must(html.New("frame.html").Funcs(outlook).ParseFS(files, "templates/frame.html", "templates/"+shape+".html"))
		texts[shape] = text.Must(text.New("frame.txt").ParseFS(files, "templates/frame.txt", "templates/"+shape+".txt"))
	}
}

// page is what the templates see: words, and nothing to decide.
type page struct {
	Language, Portal, Home       string
	Subject, Preheader, Greeting string
	Title                        string
	Groups                       []group
	View                         string // the words on a button
	Code, Intro, Good, Never     string
	Link                         *button // of a letter about the account
	Why                          string
	Settings, SettingsWords      string
	Unsubscribe, UnsubscribeWord string
}

// group is what a mail tells of one order.
type group struct {
	Heading, URL string
	Entries      []entry
	Button       *button // nil where there is nothing to see
}

type button struct{ URL, Words string }

type entry struct {
	Title, When string
	Lines       []string
}

const (
	longestSubject = 150  // characters; mail programs show half of that
	longestName    = 120  // of a person or a title
	longestText    = 2000 // of an item
	longestURL     = 900  // a line of a header has 998 bytes at most
	lineWidth      = 76   // of plain text
)

// Render puts a letter into words. An address that is none is ErrRefused.
func (p *Post) Render(_ context.Context, l Letter) (Message, error) {
	to, err := address(l.To)
	if err != nil {
		return Message{}, err
	}
	if l.Language != schema.German {
		l.Language = schema.English
	}
	say := func(t problem.Text, args ...any) string {
		if len(args) > 0 {
			t = t.Format(args...)
		}
		return t.In(l.Language.Code())
	}
	name := line(l.Name, longestName)
	g := page{
		Language: l.Language.Code(), Portal: line(p.o.Portal, longestName), Home: p.link(p.o.PublicURL), View: say(textView),
		Settings: p.link(l.Settings), SettingsWords: say(textSettings),
		Unsubscribe: p.link(l.Unsubscribe), UnsubscribeWord: say(textUnsubscribe),
	}
	if name != "" {
		g.Greeting = say(textGreeting, name)
	}
	g.Why = say(textWhy, g.Portal)
	shape := shapeNotice
	switch l.Template {
	case GuestCode:
		shape = shapeCode
		p.code(&g, l, say)
	case PasswordLink, PasswordChanged, Invitation:
		shape = shapeLink
		p.account(&g, l, say)
	case Digest:
		shape = shapeDigest
		p.digest(&g, l, say)
	default:
		if len(l.Items) == 0 {
			return Message{}, fmt.Errorf("mail: a letter of the template %s tells nothing", l.Template)
		}
		p.notice(&g, l, say)
	}
	for i, x := range g.Groups {
		if x.URL != "" {
			g.Groups[i].Button = &button{x.URL, g.View}
		}
	}
	g.Subject = cut(g.Subject, longestSubject)
	var plain, rich strings.Builder
	if err := texts[shape].Execute(&plain, g); err != nil {
		return Message{}, fmt.Errorf("mail: %w", err)
	}
	if err := htmls[shape].Execute(&rich, g); err != nil {
		return Message{}, fmt.Errorf("mail: %w", err)
	}
	return Message{
		From: p.o.From, ReplyTo: p.o.ReplyTo, To: to, Name: name, Subject: g.Subject, Text: wrap(plain.String()), HTML: rich.String(),
		Unsubscribe: g.Unsubscribe, Key: l.Key,
	}, nil
}

// notice is one thing that has happened. Its subject is what happened, with the
// order's number, so that a search in the mail program finds it.
func (p *Post) notice(g *page, l Letter, say func(problem.Text, ...any) string) {
	i := l.Items[0]
	g.Title = cmp.Or(line(i.Title, longestName), say(textSomethingIsNew))
	g.Subject = g.Title
	number := line(i.Number, longestName)
	if number != "" && !strings.Contains(g.Title, number) {
		g.Subject += " (" + number + ")"
	}
	x := group{URL: p.link(i.URL), Entries: []entry{{When: moment(i.At, l.Language), Lines: lines(i.Text)}}}
	if number != "" {
		x.Heading = say(textOrder, number)
	} else {
		g.View = say(textLook) // it is about no order
	}
	g.Groups = []group{x}
	g.Preheader = preheader(i.Text)
}

// digest is several things, by order; what is latest comes first.
func (p *Post) digest(g *page, l Letter, say func(problem.Text, ...any) string) {
	items := slices.Clone(l.Items)
	slices.SortStableFunc(items, func(a, b Item) int { return b.At.Compare(a.At) })
	at := map[string]int{} // number -> place in groups
	var titles []string
	for _, i := range items {
		number := line(i.Number, longestName)
		n, there := at[number]
		if !there {
			n = len(g.Groups)
			at[number] = n
			x := group{Heading: say(textOthers)}
			if number != "" {
				x.Heading = say(textOrder, number)
			}
			g.Groups = append(g.Groups, x)
		}
		title := cmp.Or(line(i.Title, longestName), say(textSomethingIsNew))
		titles = append(titles, title)
		g.Groups[n].URL = cmp.Or(g.Groups[n].URL, p.link(i.URL))
		g.Groups[n].Entries = append(g.Groups[n].Entries, entry{Title: title, When: moment(i.At, l.Language), Lines: lines(i.Text)})
	}
	orders := len(at)
	if _, some := at[""]; some {
		orders = 0 // they are not all about orders
	}
	switch n := len(items); {
	case orders == 1 && n == 1:
		g.Subject = say(textUpdateOnOne, line(items[0].Number, longestName))
	case orders == 1:
		g.Subject = say(textUpdatesOnOne, n, line(items[0].Number, longestName))
	case orders > 1:
		g.Subject = say(textUpdatesOnMany, n, orders)
	case n == 1:
		g.Subject = say(textUpdate)
	default:
		g.Subject = say(textUpdates, n)
	}
	g.Title = g.Subject
	g.Preheader = preheader(strings.Join(titles, " · "))
}

// code is a code that opens an order. It is not in the subject or what a list
// of mails shows of it: those stand on locked screens.
func (p *Post) code(g *page, l Letter, say func(problem.Text, ...any) string) {
	g.Subject, g.Title = say(textCodeSubject, g.Portal), say(textCodeTitle)
	g.Intro = say(textCodeIntroPlain)
	if len(l.Items) > 0 && l.Items[0].Number != "" {
		g.Intro = say(textCodeIntro, line(l.Items[0].Number, longestName))
	}
	g.Code, g.Good, g.Never = line(l.Code, longestName), say(textCodeGood, l.Minutes), say(textCodeNever, g.Portal)
	g.Why = say(textWhyCode, g.Portal)
	g.Preheader = g.Good
}

// account is a letter about an account. What others have typed stands in the
// text and not in the title, and its link is not in what a list of mails shows.
func (p *Post) account(g *page, l Letter, say func(problem.Text, ...any) string) {
	var words problem.Text
	switch l.Template {
	case PasswordLink:
		g.Subject, g.Title, g.Intro = say(textLinkSubject, g.Portal), say(textLinkTitle), say(textLinkIntro)
		words, g.Never, g.Why = textLinkButton, say(textLinkNever), say(textWhyLink, g.Portal)
	case PasswordChanged:
		at := moment(l.At, l.Language)
		g.Subject, g.Title, g.Intro = say(textChangedSubject, g.Portal), say(textChangedTitle), say(textChangedIntro, at)
		words, g.Never, g.Why = textChangedButton, say(textChangedNever), say(textWhyAccount, g.Portal)
	default:
		inviter, host, role := line(l.Inviter, longestName), line(l.Organization, longestName), line(l.Role, longestName)
		g.Subject, g.Title = say(textInvitationSubject, g.Portal), say(textInvitationTitle, g.Portal)
		switch {
		case host == "" && inviter == "":
			g.Intro = say(textInvitedPlain, g.Portal, role)
		case host == "":
			g.Intro = say(textInvitedStaff, inviter, g.Portal, role)
		case inviter == "":
			g.Intro = say(textInvitedNobody, host, g.Portal, role)
		default:
			g.Intro = say(textInvited, inviter, host, g.Portal, role)
		}
		words, g.Never, g.Why = textInvitationButton, say(textInvitationNever), say(textWhyInvitation, g.Portal)
	}
	if url := p.link(l.URL); url != "" {
		g.Link = &button{url, say(words)}
	}
	g.Good = good(l.Good, say)
	g.Preheader = preheader(g.Intro)
}

// good says for how long a link is good.
func good(d time.Duration, say func(problem.Text, ...any) string) string {
	day := 24 * time.Hour
	switch {
	case d <= 0:
		return ""
	case d > day && d%day == 0:
		return say(textGoodDays, int(d/day))
	case d == time.Hour:
		return say(textGoodHour)
	case d >= time.Hour:
		return say(textGoodHours, int(d/time.Hour))
	}
	return say(textGoodMinutes, int((d+time.Minute-1)/time.Minute))
}

// address is an e-mail address that can do no harm in a header or a command.
func address(s string) (string, error) {
	a, err := netmail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 || strings.ContainsFunc(s, func(c rune) bool { return unicode.IsControl(c) || unicode.IsSpace(c) }) {
		return "", fmt.Errorf("%w: this is not an e-mail address", ErrRefused)
	}
	return s, nil
}

// link is an address that a mail may lead to: one of the web, whole.
func (p *Post) link(s string) string {
	if strings.HasPrefix(s, "/") && p.o.PublicURL != "" {
		s = p.o.PublicURL + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(s) > longestURL {
		return ""
	}
	return u.String()
}

// printed drops what has no picture of its own: what ends a header, what turns
// the direction of the text around it.
func printed(c rune) rune {
	if unicode.IsControl(c) || c == utf8.RuneError || c == '\uFEFF' || c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069' ||
		c == '\u2028' || c == '\u2029' {
		return -1
	}
	return c
}

// line is a text of somebody's as one line.
func line(s string, longest int) string {
	s = strings.Map(printed, strings.Join(strings.Fields(s), " "))
	return cut(s, longest)
}

// lines is a text of somebody's, line by line; empty lines part paragraphs.
func lines(s string) []string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(cut(s, longestText))
	var out []string
	for l := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		l = strings.TrimSpace(strings.Map(printed, strings.ReplaceAll(l, "\t", " ")))
		if l != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, l)
		}
	}
	if len(out) == 1 && out[0] == "" {
		return nil
	}
	return out
}

func preheader(s string) string { return line(s, 140) }

// cut cuts a text to a number of characters.
func cut(s string, longest int) string {
	if utf8.RuneCountInString(s) <= longest {
		return s
	}
	r := []rune(s)
	return strings.TrimSpace(string(r[:longest-1])) + "…"
}

// wrap breaks plain text at spaces. A link is longer than a line may be, and
// stays whole.
func wrap(s string) string {
	var b strings.Builder
	empty := 0
	for l := range strings.SplitSeq(strings.Trim(s, "\n"), "\n") {
		if strings.TrimSpace(l) == "" {
			empty++
			continue
		}
		if empty > 0 {
			b.WriteString("\n")
		}
		empty = 0
		if l != "-- " { // which mail programs know by its space
			l = strings.TrimRight(l, " ")
		}
		indent := l[:len(l)-len(strings.TrimLeft(l, " "))]
		width := utf8.RuneCountInString(l)
		if width <= lineWidth {
			b.WriteString(l + "\n")
			continue
		}
		at := 0
		for n, word := range strings.Fields(l) {
			w := utf8.RuneCountInString(word)
			switch {
			case n == 0:
				b.WriteString(indent + word)
				at = len(indent) + w
			case at+1+w > lineWidth:
				b.WriteString("\n" + indent + word)
				at = len(indent) + w
			default:
				b.WriteString(" " + word)
				at += 1 + w
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
