package training

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent/membership"
	"foyer/ent/user"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// MatrixPrefix is where the matrix of an organization is loaded as CSV, by links that
// are good for a short time, and for as long as whoever asked for one may see it: a
// browser that saves a file sends no token.
const MatrixPrefix = "/training-matrix/csv/"

// Viewers says as whom a person acts now, which decides what they may see.
type Viewers interface {
	ViewerOf(ctx context.Context, userID, membershipID gid.ID) (*auth.Viewer, error)
}

// MatrixURL is where the viewer, who sees the matrix of an organization, loads all of it.
func (s *Service) MatrixURL(ctx context.Context, org gid.ID, language string) (string, error) {
	v := auth.From(ctx)
	if v.UserID == "" || v.MembershipID == "" {
		return "", problem.ErrForbidden // keys read by pages
	}
	return s.link(ctx, MatrixPrefix+string(org), url.Values{"l": {language}, "u": {v.UserID}, "m": {v.MembershipID}})
}

// Exports serves the matrix as CSV. What it has is read as the person to whom the link
// was given: what they may not see any more by now is not sent.
func (s *Service) Exports() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := s.export(r.Context(), r.URL)
		if errors.Is(err, problem.ErrNotFound) {
			http.Error(w, "This link is not good any more. Please go back and load the list again.", http.StatusNotFound)
			return
		}
		if s.failed(w, r, err) {
			return
		}
		attach(w, r, "text/csv; charset=utf-8", "training-"+s.now().Format(time.DateOnly)+".csv", text)
	})
}

// export checks a link and writes what it leads to; problem.ErrNotFound for one that is
// not good, whatever the reason.
func (s *Service) export(ctx context.Context, u *url.URL) ([]byte, error) {
	q, err := s.opened(ctx, u)
	if err != nil {
		return nil, err
	}
	org := gid.ID(strings.TrimPrefix(u.Path, MatrixPrefix))
	v, err := s.viewers.ViewerOf(ctx, gid.ID(q.Get("u")), gid.ID(q.Get("m")))
	if err != nil {
		return nil, err
	}
	if !v.Grants().Has(schema.PermTrainingTeam) || !v.Grants().Has(schema.PermPeople) {
		return nil, problem.ErrNotFound
	}
	as := auth.WithViewer(ctx, v)
	m, err := s.Matrix(as, &org, q.Get("l"))
	if err != nil {
		return nil, err
	}
	// The matrix names all people; in the file only those have a name whom its reader may see.
	seen, err := s.store.Reader(ctx).User.Query().Where(user.HasMembershipsWith(membership.OrganizationID(org))).IDs(as)
	if err != nil {
		return nil, err
	}
	slices.Sort(seen)
	for i, r := range m.Rows {
		if _, is := slices.BinarySearch(seen, r.UserID); !is {
			m.Rows[i].Name = ""
		}
	}
	return m.csv(q.Get("l")), nil
}

// cellNames are what the states of a cell are called in the file.
var cellNames = map[string]problem.Text{
	CellHeld:     {EN: "Valid", DE: "Gültig"},
	CellExpiring: {EN: "Ends soon", DE: "Endet bald"},
	CellLearning: {EN: "Learning", DE: "Lernt"},
	CellMissing:  {EN: "Missing", DE: "Fehlt"},
	CellOverdue:  {EN: "Overdue", DE: "Überfällig"},
}

// csv is the matrix as a file for spreadsheets of the reader's country: a line for each
// course that somebody must hold, in UTF-8 with its mark, and with semicolons where the
// comma is part of numbers.
func (m *Matrix) csv(language string) []byte {
	say := func(en, de string) string { return problem.Text{EN: en, DE: de}.In(language) }
	var out bytes.Buffer
	out.WriteString("\ufeff")
	rows := csv.NewWriter(&out)
	rows.Comma, rows.UseCRLF = rune(say(",", ";")[0]), true
	line := func(cells ...string) {
		for i, c := range cells {
			cells[i] = harmless(c)
		}
		_ = rows.Write(cells) // into memory
	}
	line(say("Person", "Person"), say("Course", "Kurs"), say("Status", "Stand"), say("To be done by", "Fertig bis"), say("Valid until", "Gültig bis"), say("Done (%)", "Erledigt (%)"))
	for _, r := range m.Rows {
		for i, c := range r.Cells {
			if c.Status == CellNotRequired {
				continue
			}
			title, percent := m.Columns[i].Key, ""
			if b := m.Columns[i].Book; b != nil {
				title = b.Text(b.Doc.Title, language)
			}
			if c.Percent != nil {
				percent = strconv.Itoa(*c.Percent)
			}
			line(r.Name, title, cellNames[c.Status].In(language), csvDay(c.DueAt), csvDay(c.ExpiresAt), percent)
		}
	}
	rows.Flush()
	return out.Bytes()
}

func csvDay(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

var (
	runs   = regexp.MustCompile(`^[=+\-@\t\r]`)
	number = regexp.MustCompile(`^[+-]?[\d.,]+$`)
)

// harmless puts an apostrophe before a text that a spreadsheet would run as a formula
// (OWASP, CSV injection), as in the files that the pages write.
func harmless(text string) string {
	if runs.MatchString(text) && !number.MatchString(text) {
		return "'" + text
	}
	return text
}
