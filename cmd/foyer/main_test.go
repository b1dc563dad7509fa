package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// buffer is a bytes.Buffer that a server may write while a test reads.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// command runs the program's main with arguments on a database of its own.
func command(t *testing.T, database string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var o, e buffer
	code = run(t.Context(), append([]string{"--database-url", database}, args...), &o, &e)
	return code, o.String(), e.String()
}

func database(t *testing.T) string {
	t.Helper()
	return "sqlite://" + filepath.Join(t.TempDir(), "foyer.db")
}

// serve starts the server and returns its address; stop ends it and says how.
func serve(t *testing.T, database string, args ...string) (base string, out *buffer, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out = &buffer{}
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"--database-url", database, "serve", "--listen", "127.0.0.1:0"}, args...), out, out)
	}()
	address := regexp.MustCompile(`listening on (127\.0\.0\.1:\d+)`)
	require.Eventually(t, func() bool {
		m := address.FindStringSubmatch(out.String())
		if m == nil {
			return false
		}
		base = "http://" + m[1]
		res, err := http.Get(base + "/readyz") //nolint:noctx // a test
		if err == nil {
			_ = res.Body.Close()
		}
		return err == nil && res.StatusCode == http.StatusOK
	}, 30*time.Second, 10*time.Millisecond, out)
	stop = func() int { cancel(); return <-done }
	t.Cleanup(cancel)
	return base, out, stop
}

func post(t *testing.T, base, token, query string, variables map[string]any) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/graphql", bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	var answer struct{ Data map[string]any }
	require.NoError(t, json.Unmarshal(text, &answer), string(text))
	require.NotNil(t, answer.Data, string(text))
	return answer.Data
}

func TestTheFirstFiveMinutes(t *testing.T) {
	db := database(t)
	base, out, stop := serve(t, db)
	signIns := regexp.MustCompile(`(?m)^  (\S+) +(\S+@\S+)`).FindAllStringSubmatch(out.String(), -1)
	require.Len(t, signIns, 11, "one sign-in for each role")
	password := regexp.MustCompile(`password "([^"]+)"`).FindStringSubmatch(out.String())[1]
	counts := map[string]float64{}
	for _, s := range signIns {
		in := post(t, base, "", `mutation($e: String!, $p: String!) { signIn(input: {email: $e, password: $p}) { accessToken userErrors { message } } }`,
			map[string]any{"e": s[2], "p": password})
		token, _ := in["signIn"].(map[string]any)["accessToken"].(string)
		require.NotEmpty(t, token, "%s: %v", s[2], in)
		seen := post(t, base, token, `{ viewer { name role { key } permissions } }`, nil)
		require.Equal(t, s[1], seen["viewer"].(map[string]any)["role"].(map[string]any)["key"])
		if strings.Contains(strings.Join(strings.Fields(jsonText(t, seen)), ""), `"order.read"`) {
			list := post(t, base, token, `{ orders { totalCount edges { node { number status } } } }`, nil)
			counts[s[1]], _ = list["orders"].(map[string]any)["totalCount"].(float64)
		}
	}
	require.Greater(t, counts["STAFF_ADMIN"], counts["ORG_ADMIN"])
	require.Positive(t, counts["ORG_MEMBER"])
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/.well-known/jwks.json": 200, "/graphiql/": 200, "/": 200, "/setup": 200, "/password": 200, "/invitation": 200, "/orders/FO-1": 200, "/console/": 200, "/console/orders": 200, "/nothing": 404, "/_/0/assets/portal.js": 404} {
		res, err := http.Get(base + path) //nolint:noctx // a test
		require.NoError(t, err)
		_ = res.Body.Close()
		require.Equal(t, want, res.StatusCode, path)
	}
	require.Zero(t, stop(), out)
	require.Contains(t, out.String(), "stopping")
	require.NotContains(t, out.String(), "Bearer")

	again, second, stop := serve(t, db) // what is there stays as it is
	require.Equal(t, signIns, regexp.MustCompile(`(?m)^  (\S+) +(\S+@\S+)`).FindAllStringSubmatch(second.String(), -1))
	require.NotEmpty(t, again)
	require.Zero(t, stop())
}

func jsonText(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func TestAnEmptyPortalWaitsForItsAdministrator(t *testing.T) {
	db := database(t)
	base, out, stop := serve(t, db, "--no-demo", "--public-url", "https://portal.example")
	link, err := url.Parse(regexp.MustCompile(`https://portal\.example/setup#\S+`).FindString(out.String()))
	require.NoError(t, err)
	token, err := url.QueryUnescape(link.EscapedFragment())
	require.NoError(t, err)
	setUp := `mutation($in: SetUpAdministratorInput!) { setUpAdministrator(input: $in) { accessToken userErrors { code } } }`
	in := map[string]any{"in": map[string]any{"token": token, "name": "Ada", "email": "Ada@Example.com", "password": "long and unusual 7"}}
	made := post(t, base, "", setUp, in)
	access, _ := made["setUpAdministrator"].(map[string]any)["accessToken"].(string)
	require.NotEmpty(t, access, made)
	require.Contains(t, jsonText(t, post(t, base, access, `{ viewer { role { key } } }`, nil)), "STAFF_ADMIN")
	require.Contains(t, jsonText(t, post(t, base, "", setUp, in)), "INVALID_LINK", "the link works once")
	require.Zero(t, stop())

	_, out, stop = serve(t, db) // without --no-demo: a portal with people is not a place for a demo
	require.NotContains(t, out.String(), "Demo")
	require.NotContains(t, out.String(), "setup#")
	require.Zero(t, stop())
}

func TestCommands(t *testing.T) {
	db := database(t)
	code, _, _ := command(t, db, "migrate", "--check")
	require.Equal(t, 1, code, "nothing is migrated yet")
	code, out, stderr := command(t, db, "migrate")
	require.Zero(t, code, stderr)
	require.Regexp(t, `^[1-9]\d* migrations applied`, out)
	code, out, _ = command(t, db, "migrate", "--check")
	require.Zero(t, code, out)
	code, out, _ = command(t, db, "doctor")
	require.Zero(t, code, out)
	code, out, stderr = command(t, db, "keys", "rotate")
	require.Zero(t, code, stderr)
	require.Contains(t, out, "signs from now on")
	code, out, _ = command(t, db, "schema", "--role", "org-member")
	require.Zero(t, code)
	golden, err := os.ReadFile("../../graph/golden/org-member.graphql")
	require.NoError(t, err)
	require.Equal(t, string(golden), out)
	code, _, stderr = command(t, db, "schema", "--role", "king")
	require.Equal(t, 1, code)
	require.Contains(t, stderr, "org-member")
	code, out, _ = command(t, db, "access", "matrix")
	require.Zero(t, code)
	require.Contains(t, out, "order.cancel")
	code, _, stderr = command(t, db, "access", "explain", "--user", "nobody@example.com", "--node", "ord_01j00000000000000000000000")
	require.Equal(t, 1, code)
	require.Contains(t, stderr, "nobody@example.com")
	for _, args := range [][]string{{"nonsense"}, {"import"}, {"serve", "--introspection", "sometimes"}, {"--log-format", "xml"}} {
		code, _, stderr = command(t, db, args...)
		require.Equal(t, 2, code, args)
		require.NotEmpty(t, stderr)
	}
	code, _, stderr = command(t, "postgres://u:hunter2@127.0.0.1:1/x?connect_timeout=1", "doctor")
	require.Equal(t, 1, code)
	require.NotContains(t, stderr, "hunter2")
}

func TestExplainAccessByTheShell(t *testing.T) {
	db := database(t)
	base, out, stop := serve(t, db)
	require.NotEmpty(t, base)
	require.Zero(t, stop())
	member := regexp.MustCompile(`ORG_MEMBER +(\S+)`).FindStringSubmatch(out.String())[1]
	admin := regexp.MustCompile(`STAFF_ADMIN +(\S+)`).FindStringSubmatch(out.String())[1]
	code, _, stderr := command(t, db, "user", "password", member)
	require.Zero(t, code, stderr)
	node := someOrder(t, db)
	code, said, stderr := command(t, db, "access", "explain", "--user", admin, "--node", node)
	require.Zero(t, code, stderr)
	require.Contains(t, said, "So it is visible.")
	code, said, _ = command(t, db, "user", "disable", member)
	require.Zero(t, code, said)
}

func TestConfigurationByFileAndEnvironment(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	db := "sqlite://" + filepath.Join(dir, "by-file.db")
	try := func(args ...string) (int, string) {
		var o, e buffer
		code := run(t.Context(), args, &o, &e)
		return code, o.String() + e.String()
	}
	code, said := try("--config", write("good.yaml", "database-url: "+db+"\nlog-format: json\n"), "migrate")
	require.Zero(t, code, said)
	require.FileExists(t, filepath.Join(dir, "by-file.db"))
	code, said = try("--config", write("bad.yaml", "databas-url: x\n"), "migrate")
	require.NotZero(t, code)
	require.Contains(t, said, "databas-url")
	t.Setenv("FOYER_NO_DEMO", "true")
	code, said = try("migrate")
	require.Equal(t, 2, code)
	require.Contains(t, said, "FOYER_DEMO=false")
	require.NoError(t, os.Unsetenv("FOYER_NO_DEMO"))
	t.Setenv("FOYER_DATABASE_URL_FILE", write("secret", "sqlite://"+filepath.Join(dir, "by-secret.db")+"\n"))
	code, said = try("migrate")
	require.Zero(t, code, said)
	require.FileExists(t, filepath.Join(dir, "by-secret.db"))
	t.Setenv("FOYER_DATABASE_URL", "sqlite://"+filepath.Join(dir, "by-environment.db"))
	code, said = try("migrate")
	require.Zero(t, code, said)
	require.FileExists(t, filepath.Join(dir, "by-environment.db"), "the environment comes before files")
}

// someOrder is the id of an order of the demo company.
func someOrder(t *testing.T, db string) (id string) {
	t.Helper()
	c := cli{DatabaseURL: db}
	st, err := c.open(t.Context())
	require.NoError(t, err)
	defer func() { _ = st.Close() }()
	require.NoError(t, st.Raw(t.Context()).QueryRowContext(t.Context(), `SELECT id FROM orders ORDER BY id LIMIT 1`).Scan(&id))
	return id
}

// A carrier's webhook from the command line to the timeline, signed as
// docs/tracking.md says.
func TestCarrierHooks(t *testing.T) {
	db := database(t)
	code, _, stderr := command(t, db, "migrate")
	require.Zero(t, code, stderr)
	code, said, _ := command(t, db, "carrier", "list")
	require.Zero(t, code)
	require.NotContains(t, said, "DHL")
	code, _, stderr = command(t, db, "carrier", "hook", "DHL")
	require.NotZero(t, code, "a new one needs a format")
	require.Contains(t, stderr, "foyer")
	code, said, stderr = command(t, db, "carrier", "hook", "dhl", "--format", "foyer", "--public-url", "https://portal.example.com/")
	require.Zero(t, code, stderr)
	require.Contains(t, said, "https://portal.example.com/webhooks/carriers/DHL\n")
	secret := regexp.MustCompile(`fwh_[0-9a-f]{64}`).FindString(said)
	require.NotEmpty(t, secret)
	code, said, _ = command(t, db, "carrier", "list")
	require.Zero(t, code)
	require.Contains(t, said, "DHL")
	require.NotContains(t, said, secret)

	base, out, stop := serve(t, db)
	body := `{"reports": [{"trackingNumber": "NEVER HEARD OF", "status": "DELIVERED", "at": "2026-01-02T03:04:05Z"}]}`
	send := func(secret string) (int, string) {
		stamp := strconv.FormatInt(time.Now().Unix(), 10)
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(stamp + "." + body))
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/webhooks/carriers/DHL", strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("Foyer-Timestamp", stamp)
		req.Header.Set("Foyer-Signature", "v1="+hex.EncodeToString(mac.Sum(nil)))
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		text, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		return res.StatusCode, string(text)
	}
	status, answer := send(secret)
	require.Equal(t, http.StatusOK, status, answer)
	require.JSONEq(t, `{"recorded": 0, "repeated": 0, "waiting": 1}`, answer)
	status, _ = send(secret + "0")
	require.Equal(t, http.StatusUnauthorized, status)
	require.Zero(t, stop())
	require.NotContains(t, out.String(), secret)
	code, said, stderr = command(t, db, "carrier", "hook", "DHL")
	require.Zero(t, code, stderr)
	require.Contains(t, said, "24 hours")
	require.NotContains(t, said, secret)
	code, _, _ = command(t, db, "carrier", "unhook", "DHL")
	require.Zero(t, code)
	code, _, _ = command(t, db, "carrier", "unhook", "DHL")
	require.Equal(t, 1, code)
}
