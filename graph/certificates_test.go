package graph_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

const certificateFields = `id number code verificationUrl pdfUrl badge status shown version issuedAt expiresAt revokedAt revocation title availableActions`

// certificate reads that of an enrollment as somebody.
func (c *class) certificate(role, enrollment string) map[string]any {
	c.t.Helper()
	x, _ := c.enrolled(role, enrollment, `certificate { `+certificateFields+` }`)["certificate"].(map[string]any)
	return x
}

const verify = `query($c: String!) { verifyCertificate(code: $c) { status number title criteria holder issuedAt expiresAt revokedAt issuer } }`

func (c *class) verified(code any) map[string]any {
	c.t.Helper()
	x, _ := c.As("ANONYMOUS").Must(verify, map[string]any{"c": code})["verifyCertificate"].(map[string]any)
	return x
}

// TestACertificateIsIssuedOnce: the last steps come from sixteen devices at once, and
// there is one certificate with one number.
func TestACertificateIsIssuedOnce(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		enrollment, a := c.sat(role)
		c.later(5 * time.Minute)
		c.hand(role, "submitAttempt", a, answers(a, true))
		c.learn(role, c.happened(enrollment, "manual", "READ", in{"seconds": 70}))
		require.Nil(t, c.certificate(role, enrollment), "nothing before it is earned")
		var together sync.WaitGroup
		last := make([]map[string]any, 16)
		for i := range last {
			last[i] = c.happened(enrollment, "film", "WATCHED", in{"from": i, "to": 180 + i})
		}
		answered := make([]string, len(last))
		for i := range last {
			together.Go(func() {
				answered[i] = codeOf(c.send(role, "recordLearning", in{"sentAt": c.now().Format(time.RFC3339Nano), "events": []any{last[i]}}, recordedFields))
			})
		}
		together.Wait()
		for _, code := range answered {
			require.Empty(t, code)
		}
		n := c.number(`SELECT count(*) FROM certificates WHERE enrollment_id = $1`, enrollment)
		told := c.number(`SELECT count(*) FROM events WHERE kind = 'CERTIFICATE_ISSUED' AND organization_id = $1`, string(c.World.North.ID))
		t.Logf("16 devices with the last step at once: %d certificate, %d event", n, told)
		require.Equal(t, [2]int{1, 1}, [2]int{n, told})
		require.Equal(t, "COMPLETED", c.enrolled(role, enrollment, `status`)["status"])
		x := c.certificate(role, enrollment)
		require.Equal(t, "VALID", x["status"])
		require.Equal(t, []any{"SHOW"}, x["availableActions"])
		c.learn(role, c.happened(enrollment, "film", "WATCHED", in{"from": 0, "to": 200}))
		require.Equal(t, x["number"], c.certificate(role, enrollment)["number"])
	})
}

// TestVerifyCertificate: whoever has the code learns that it is one, and of its holder
// what they allow.
func TestVerifyCertificate(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		enrollment := c.finish(role)
		x := c.certificate(role, enrollment)
		code, _ := x["code"].(string)
		require.NotEmpty(t, code)
		require.Equal(t, "https://portal.example.com/certificates/"+code, x["verificationUrl"])
		v := c.verified(code)
		require.Equal(t, []any{"VALID", x["number"], "Press operator", "P. O.", "Foyer"}, []any{v["status"], v["number"], v["title"], v["holder"], v["issuer"]}, "%v", v)
		for _, written := range []string{strings.ToLower(code), strings.ReplaceAll(code, "-", " "), strings.ReplaceAll(code, "-", ""), " " + code + " ", strings.ReplaceAll(code, "0", "o")} {
			require.Equal(t, v, c.verified(written), written)
		}
		for _, wrong := range []string{"", "x", code[:len(code)-1], code + "0", strings.Repeat("0", 20), "' OR 1=1 --", strings.Repeat("x", 5000), x["number"].(string), string(gid.New(gid.Certificate))} {
			require.Nil(t, c.verified(wrong), wrong)
		}
		a := c.As("ANONYMOUS").Do(verify, map[string]any{"c": code})
		for _, never := range []string{"Person", strings.ToLower(world.Email(role)), string(c.World.Users[role].ID), string(c.World.North.ID), enrollment, "North"} {
			require.NotContains(t, a.Body, never)
		}
		show := func(shown string) {
			x = c.certificate(role, enrollment)
			c.run(role, "showCertificate", in{"id": x["id"], "version": x["version"], "shown": shown}, "")
		}
		show("NAME")
		require.Equal(t, "Person ORG_MEMBER", c.verified(code)["holder"])
		show("NOTHING")
		require.Nil(t, c.verified(code)["holder"])
		x = c.certificate(role, enrollment)
		c.refused(role, "showCertificate", "CONFLICT", in{"id": x["id"], "version": 1, "shown": "NAME"})
		for other, want := range map[string]string{"ORG_BUYER": "NOT_FOUND", "ORG_MANAGER": "FORBIDDEN", "ORG_ADMIN": "FORBIDDEN"} {
			c.refused(other, "showCertificate", want, in{"id": x["id"], "version": x["version"], "shown": "NAME"})
		}
		require.NotEmpty(t, x["badge"])
		for _, other := range []string{"ORG_MANAGER", "STAFF_TRAINER"} {
			require.Nil(t, c.certificate(other, enrollment)["badge"], "the badge is its holder's: %s", other)
		}

		// Its holder is removed; the certificate stays what it is.
		show("NAME")
		_, err := c.Store.Raw(c.ctx).ExecContext(c.ctx, `UPDATE memberships SET status = 'REMOVED' WHERE user_id = $1`, string(c.World.Users[role].ID))
		if err == nil {
			_, err = c.Store.Raw(c.ctx).ExecContext(c.ctx, `UPDATE users SET status = 'DISABLED', name = 'Nobody' WHERE id = $1`, string(c.World.Users[role].ID))
		}
		require.NoError(t, err)
		v = c.verified(code)
		require.Equal(t, []any{"VALID", "Person ORG_MEMBER"}, []any{v["status"], v["holder"]}, "as it was issued")

		c.refused("STAFF_TRAINER", "revokeCertificate", "INVALID", in{"id": x["id"], "version": c.version2(x), "reason": "  "})
		c.run("STAFF_TRAINER", "revokeCertificate", in{"id": x["id"], "version": c.version2(x), "reason": "It was not them."}, "")
		v = c.verified(code)
		require.Equal(t, "REVOKED", v["status"])
		require.NotNil(t, v["revokedAt"])
		require.NotContains(t, c.As("ANONYMOUS").Do(verify, map[string]any{"c": code}).Body, "It was not them", "the reason is its holder's")
		c.refused("STAFF_TRAINER", "revokeCertificate", "REVOKED", in{"id": x["id"], "version": c.version2(x), "reason": "again"})
		require.Equal(t, "It was not them.", c.certificate("ORG_MANAGER", enrollment)["revocation"])

		// One that has run out says so.
		other := c.finish("ORG_BUYER")
		y := c.certificate("ORG_BUYER", other)
		c.later(700 * 24 * time.Hour)
		require.Equal(t, "EXPIRING", c.verified(y["code"])["status"])
		c.later(100 * 24 * time.Hour)
		require.Equal(t, "EXPIRED", c.verified(y["code"])["status"])
		require.Equal(t, []any{"SHOW", "RENEW"}, c.certificate("ORG_BUYER", other)["availableActions"])
	})
}

// version2 is the version of a certificate as it now is.
func (c *class) version2(certificate map[string]any) int {
	c.t.Helper()
	id, _ := certificate["id"].(string)
	return versionOf(c.t, c.Foyer, "Certificate", id)
}

// TestPrintedCertificates: the link works for whoever has it, for a short time, and
// cannot be bent.
func TestPrintedCertificates(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		x := c.certificate(role, c.finish(role))
		link, _ := x["pdfUrl"].(string)
		get := func(link string) (*http.Response, string) { return fetch(t, c.Foyer, http.MethodGet, link, nil) }
		res, body := get(link)
		require.Equal(t, http.StatusOK, res.StatusCode, body)
		require.True(t, strings.HasPrefix(body, "%PDF-"))
		require.Equal(t, "application/pdf", res.Header.Get("Content-Type"))
		require.Contains(t, res.Header.Get("Content-Disposition"), x["number"])
		require.Equal(t, "private, no-store", res.Header.Get("Cache-Control"))
		theirs := string(c.World.Certificates[world.OrderOfSouth].ID)
		for _, bent := range []string{
			strings.Replace(link, x["id"].(string), theirs, 1), strings.Replace(link, "l=en", "l=de", 1), strings.Replace(link, "e=", "e=9", 1), link[:len(link)-2] + "xx",
			strings.Split(link, "?")[0], strings.Split(link, "?")[0] + "?e=99999999999&l=en&s=",
		} {
			res, body = get(bent)
			require.Equal(t, http.StatusNotFound, res.StatusCode, "%s: %s", bent, body)
			require.NotContains(t, body, "%PDF")
		}
		c.later(11 * time.Minute)
		res, _ = get(link)
		require.Equal(t, http.StatusNotFound, res.StatusCode, "its time is over")
	})
}

// TestBadges has badges of the running server verified by the package jose, over the
// keys that it serves: after an exchange of keys, and after one was revoked.
func TestBadges(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		one := c.finish("ORG_MEMBER")
		first, _ := c.certificate("ORG_MEMBER", one)["badge"].(string)
		require.NoError(t, c.Training.RotateKeys(t.Context()))
		two := c.finish("ORG_BUYER")
		y := c.certificate("ORG_BUYER", two)
		second, _ := y["badge"].(string)
		require.NotEmpty(t, first)
		require.NotEqual(t, strings.Split(first, ".")[0], strings.Split(second, ".")[0], "another key")
		require.NotContains(t, first+second, "PRIVATE")
		_, keys := fetch(t, c.Foyer, http.MethodGet, "/badges/keys", nil)
		require.Equal(t, 2, strings.Count(keys, `"kid"`), keys)
		require.NotContains(t, keys, `"d"`)

		x := c.certificate("ORG_MEMBER", one)
		c.run("STAFF_TRAINER", "revokeCertificate", in{"id": x["id"], "version": x["version"], "reason": "by mistake"}, "")
		for _, path := range []string{"/badges/issuer", "/badges/achievements/" + string(c.version)} {
			res, body := fetch(t, c.Foyer, http.MethodGet, path, nil)
			require.Equal(t, http.StatusOK, res.StatusCode, body)
			require.NotContains(t, body, "Person")
		}
		for _, path := range []string{"/badges/achievements/" + string(gid.New(gid.CourseVersion)), "/badges/keys/none", "/badges/status/-1", "/badges/status/x", "/badges/x"} {
			res, _ := fetch(t, c.Foyer, http.MethodGet, path, nil)
			require.Equal(t, http.StatusNotFound, res.StatusCode, path)
		}
		c.verifiedByJose(first, second)
	})
}

const joseCheck = `
import { createRemoteJWKSet, jwtVerify } from "jose";
import { gunzipSync } from "node:zlib";
const [base, at_, ...tokens] = process.argv.slice(1), currentDate = new Date(at_);
const keys = createRemoteJWKSet(new URL("/badges/keys", base)), issuer = "https://portal.example.com/badges/issuer";
const out = [];
for (const token of tokens) {
  const { payload } = await jwtVerify(token, keys, { issuer, currentDate, algorithms: ["RS256"] });
  const at = payload.credentialStatus;
  const list = (await jwtVerify(await (await fetch(new URL(new URL(at.statusListCredential).pathname, base))).text(), keys, { issuer, currentDate })).payload;
  const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), "base64url")), n = Number(at.statusListIndex);
  out.push({ revoked: (bits[n >> 3] >> (7 - (n & 7))) & 1, said: JSON.stringify(payload) });
}
console.log(JSON.stringify(out));`

// verifiedByJose wants the first badge to be revoked, and the second one not.
func (c *class) verifiedByJose(badges ...string) {
	t, web := c.t, filepath.Join("..", "web")
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(filepath.Join(web, "node_modules", "jose"))
	}
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no Node or no packages: run npm --prefix web ci: %v", err)
		}
		t.Skipf("NOT VERIFIED with jose: no Node or no packages: run npm --prefix web ci: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), node, append([]string{"--input-type=module", "-e", joseCheck, c.URL, c.now().UTC().Format(time.RFC3339)}, badges...)...) //nolint:gosec // of this test
	cmd.Dir = web
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	var list []struct {
		Revoked int
		Said    string
	}
	require.NoError(t, json.Unmarshal(out, &list), "%s", out)
	require.Equal(t, [2]int{1, 0}, [2]int{list[0].Revoked, list[1].Revoked}, "%s", out)
	for _, x := range list {
		require.Contains(t, x.Said, "Press operator")
		for _, never := range []string{"Person", world.Email("ORG_MEMBER"), "North"} {
			require.NotContains(t, x.Said, never, "nobody is named who does not want it")
		}
	}
	t.Logf("jose: verified %d badges over the served keys", len(list))
}

// TestRenewal: whoever's certificate ends is reminded once for each date, and enrolled
// again where the course says so.
func TestRenewal(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_BUYER" // who holds none of the world's
		c.settle(in{"rules": in{"renewDays": 30, "dueDays": 14}})
		first := c.finish(role)
		told := func() int {
			return c.number(`SELECT count(*) FROM events WHERE kind = 'CERTIFICATE_ENDING' AND user_id = $1`, string(c.World.Users[role].ID))
		}
		tend := func() {
			for range 2 {
				require.NoError(t, c.Training.Tend(t.Context()))
			}
		}
		tend()
		require.Zero(t, told())
		ends, err := time.Parse(time.RFC3339Nano, c.certificate(role, first)["expiresAt"].(string))
		require.NoError(t, err)
		enrollments := func() int {
			return c.number(`SELECT count(*) FROM enrollments WHERE course_id = $1 AND user_id = $2`, string(c.course), string(c.World.Users[role].ID))
		}
		for i, left := range []int{89, 59, 29} {
			c.later(ends.Add(-time.Duration(left) * 24 * time.Hour).Sub(c.now()))
			tend()
			require.Equal(t, i+1, told(), "%d days before", left)
			require.Equal(t, 1+i/2, enrollments(), "%d days before", left)
		}
		again := c.As(role).Must(`{ course(key: "driving") { enrollment { id origin status dueAt } } }`, nil)
		require.Equal(t, []any{"RENEWAL", "ACTIVE"}, []any{testkit.At(again, "course", "enrollment", "origin"), testkit.At(again, "course", "enrollment", "status")})
		require.NotNil(t, testkit.At(again, "course", "enrollment", "dueAt"))
		c.refused(role, "withdrawEnrollment", "FORBIDDEN", in{"id": testkit.At(again, "course", "enrollment", "id")})

		// With a new certificate nobody is reminded of the old one.
		id, _ := testkit.At(again, "course", "enrollment", "id").(string)
		c.readAll(role, id)
		a := c.start(role, id)
		c.hand(role, "submitAttempt", a, answers(a, true))
		require.NotNil(t, c.certificate(role, id))
		c.later(ends.Add(-5 * 24 * time.Hour).Sub(c.now()))
		tend()
		require.Equal(t, 3, told())

		// A new version that demands it ends certificates of former ones.
		doc := world.Presses()
		doc.Title = world.Said("Better presses", "Bessere Pressen")
		c.settle(in{"document": courseInput(doc)})
		c.publish(in{"recertifyDays": 10})
		c.Work()
		c.later(11 * 24 * time.Hour)
		require.Equal(t, "EXPIRED", c.certificate(role, id)["status"])
	})
}
