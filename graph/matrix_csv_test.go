package graph_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
)

const matrixLink = `query($o: ID) { trainingMatrix(organizationId: $o, first: 1) { peopleCount csvUrl } }`

func csvLink(t *testing.T, c *testkit.Client, org any) string {
	t.Helper()
	link, _ := testkit.At(c.Must(matrixLink, map[string]any{"o": org}), "trainingMatrix", "csvUrl").(string)
	require.NotEmpty(t, link)
	return link
}

// lines reads a file as a spreadsheet does, without its heading.
func lines(t *testing.T, text string, separator rune) [][]string {
	t.Helper()
	require.True(t, strings.HasPrefix(text, "\ufeff"), "spreadsheets know UTF-8 by its mark")
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.Comma = separator
	list, err := r.ReadAll()
	require.NoError(t, err)
	require.NotEmpty(t, list)
	return list[1:]
}

// TestMatrixAsCSV: the file has everybody, whatever page was asked for, in few
// statements, and says what the matrix says.
func TestMatrixAsCSV(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		crowd := gatherCrowd(t, f, 500, 20)
		c := byToken(f, "ORG_MANAGER")
		link := csvLink(t, c, nil)
		require.LessOrEqual(t, c.Statements(matrixLink, nil), int64(6))
		res, text := fetch(t, f, http.MethodGet, link, nil)
		require.Equal(t, http.StatusOK, res.StatusCode, text)
		require.Equal(t, "text/csv; charset=utf-8", res.Header.Get("Content-Type"))
		require.Equal(t, "private, no-store", res.Header.Get("Cache-Control"))
		require.Contains(t, res.Header.Get("Content-Disposition"), "attachment")
		require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"))
		n := f.Statements(func() { fetch(t, f, http.MethodGet, link, nil) })
		t.Logf("the matrix of 500 people by 20 courses as CSV: %d statements, %d bytes", n, len(text))
		require.LessOrEqual(t, n, int64(6))
		list := lines(t, text, ',')
		people := map[string]int{}
		for _, l := range list {
			people[l[0]]++
		}
		for i := range crowd.people {
			require.Equal(t, 21, people[fmt.Sprintf("Person %03d", i)], "and what the world requires")
		}
		require.Equal(t, map[string]int{"Valid": 2000, "Ends soon": 2000, "Overdue": 2000, "Learning": 2000, "Missing": 2000}, onlyCrowd(list))
	})
}

// onlyCrowd counts the states of the people of the crowd.
func onlyCrowd(list [][]string) map[string]int {
	out := map[string]int{}
	for _, l := range list {
		if strings.HasPrefix(l[0], "Person ") && strings.HasPrefix(l[1], "Course ") && len(l[0]) == len("Person 000") {
			out[l[2]]++
		}
	}
	return out
}

// TestMatrixAsCSVIsOnes: a link is good for whoever sees the matrix, for a short time,
// and cannot be bent; names cannot make a spreadsheet do anything.
func TestMatrixAsCSVIsOnes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		crowd := gatherCrowd(t, f, 5, 1)
		w, sys := f.World, auth.WithSystem(t.Context(), "a test")
		evil := []string{`=HYPERLINK("https://evil.example";"x")`, "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "Quote \"and\", comma"}
		require.NoError(t, f.Store.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
			for i, name := range evil {
				if err := tx.User.UpdateOneID(crowd.people[i]).SetName(name).Exec(ctx); err != nil {
					return err
				}
			}
			// Somebody of South holds to what South requires; it is nobody else's business.
			return tx.TrainingRequirement.Create().SetOrganizationID(w.South.ID).SetCourseID(crowd.courses[0]).Exec(ctx)
		}))
		get := func(link string) (int, string) {
			res, text := fetch(t, f, http.MethodGet, link, nil)
			return res.StatusCode, text
		}
		manager := f.As("ORG_MANAGER")
		link := csvLink(t, manager, nil)
		code, text := get(link)
		require.Equal(t, http.StatusOK, code, text)
		for _, l := range lines(t, text, ',') {
			for _, cell := range l {
				require.NotRegexp(t, `^[=+\-@\t\r]`, cell)
			}
		}
		require.Contains(t, text, "'-2+3,")
		require.Contains(t, text, `"'=HYPERLINK(""https://evil.example"";""x"")",`)
		require.NotContains(t, text, w.Users["SOUTH"].Name+",")

		// Who asks for whose.
		for _, r := range schema.Roles {
			for org, id := range map[string]gid.ID{"North": w.North.ID, "Sub": w.Sub.ID, "South": w.South.ID} {
				g, sees := schema.Grants[r.Key], false
				switch r.Key {
				case "ORG_MANAGER":
					sees = org == "North"
				case "ORG_ADMIN":
					sees = org != "South"
				case "STAFF_AGENT", "STAFF_TRAINER", "STAFF_ADMIN", "STAFF_SALES", "STAFF_ANALYST":
					sees = g.Has(schema.PermPeople)
				}
				a := f.As(r.Key).Do(matrixLink, map[string]any{"o": id})
				of, _ := a.At("trainingMatrix", "csvUrl").(string)
				require.Equal(t, sees, of != "", "%s, %s: %s", r.Key, org, a.Body)
				if !sees {
					continue
				}
				code, text := get(of)
				require.Equal(t, http.StatusOK, code, "%s, %s: %s", r.Key, org, text)
				if r.Key == "STAFF_SALES" && org == "South" { // whom they do not look after
					require.Empty(t, lines(t, text, ','))
				}
				if org != "South" {
					require.NotContains(t, text, w.Users["SOUTH"].Name+",", r.Key)
				}
			}
		}

		south, north := string(w.South.ID), string(w.North.ID)
		admin := csvLink(t, f.As("STAFF_ADMIN"), south)
		part := func(link, name string) string {
			_, rest, _ := strings.Cut(link, name+"=")
			value, _, _ := strings.Cut(rest, "&")
			return value
		}
		for name, bent := range map[string]string{
			"another customer's":   strings.Replace(link, north, south, 1),
			"another language":     strings.Replace(link, "l=en", "l=de", 1),
			"a longer life":        strings.Replace(link, "e=", "e=9", 1),
			"another person":       strings.Replace(strings.Replace(link, part(link, "u"), part(admin, "u"), 1), part(link, "m"), part(admin, "m"), 1),
			"another's seal":       strings.Replace(link, part(link, "s"), part(admin, "s"), 1),
			"another's membership": strings.Replace(link, part(link, "m"), part(admin, "m"), 1),
			"no seal":              strings.Replace(link, "s="+part(link, "s"), "s=", 1),
			"nothing":              strings.Split(link, "?")[0],
			"parts moved":          strings.Replace(link, "l=en", "l=en%0A", 1),
			"half a seal":          strings.Replace(link, part(link, "s"), part(link, "s")[:20], 1),
		} {
			require.NotEqual(t, link, bent, name)
			code, text := get(bent)
			require.Equal(t, http.StatusNotFound, code, "%s: %s", name, text)
			require.NotContains(t, text, "Person", name)
		}

		// German spreadsheets separate by semicolons.
		speaks := *f.Viewer("ORG_MANAGER")
		speaks.Language = "de"
		german := csvLink(t, f.Acting("german", &speaks), nil)
		_, text = get(german)
		require.Contains(t, text, "\ufeffPerson;Kurs;Stand;Fertig bis;Gültig bis;Erledigt (%)\r\n")
		require.Len(t, lines(t, text, ';'), len(lines(t, func() string { _, x := get(link); return x }(), ',')))

		// It ends with the role, and with its time.
		set := func(role string) {
			_, err := f.Store.Raw(sys).ExecContext(sys, `UPDATE memberships SET role_id = $1 WHERE user_id = $2`, string(w.Roles[role].ID), string(w.Users["ORG_MANAGER"].ID))
			require.NoError(t, err)
		}
		set("ORG_MEMBER")
		code, text = get(link)
		require.Equal(t, http.StatusNotFound, code, "a member leads nobody: %s", text)
		set("ORG_MANAGER")
		code, _ = get(link)
		require.Equal(t, http.StatusOK, code)
		begin := time.Now()
		f.Clock = func() time.Time { return begin.Add(11 * time.Minute) }
		code, text = get(link)
		require.Equal(t, http.StatusNotFound, code, text)
	})
}
