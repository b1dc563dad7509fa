package parcels_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent/event"
	"foyer/ent/parcelreport"
	"foyer/ent/shipment"
	"foyer/portal/parcels"
	"foyer/testkit/world"
)

// door is the webhook of a place, with a log.
type door struct {
	*place
	url string
	mu  sync.Mutex
	log bytes.Buffer
}

// Write implements io.Writer.
func (d *door) Write(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.Write(b)
}

func doors(t *testing.T, run func(t *testing.T, d *door)) {
	places(t, func(t *testing.T, p *place) {
		d := &door{place: p}
		logger := slog.New(slog.NewTextHandler(d, nil))
		mux := http.NewServeMux()
		hook := p.Parcels.Webhook(logger)
		mux.HandleFunc(parcels.WebhookPattern, func(w http.ResponseWriter, r *http.Request) {
			// The server finds the address out; here the test says it.
			hook.ServeHTTP(w, r.WithContext(auth.WithRequest(r.Context(), auth.Request{ID: "r1", Address: r.Header.Get("X-Test-Address")})))
		})
		s := httptest.NewServer(mux)
		t.Cleanup(s.Close)
		d.url = s.URL
		run(t, d)
	})
}

func (d *door) hook(code, format string) string {
	d.t.Helper()
	secret, _, err := d.Parcels.Make(d.t.Context(), code, format)
	require.NoError(d.t, err)
	return secret
}

func sign(secret, body string, parts ...string) string {
	m := hmac.New(sha256.New, []byte(secret))
	for _, p := range append(parts, body) {
		m.Write([]byte(p))
	}
	return hex.EncodeToString(m.Sum(nil))
}

// signed are the headers of a body that is signed now.
func signed(secret, body string, at time.Time) map[string]string {
	stamp := strconv.FormatInt(at.Unix(), 10)
	return map[string]string{auth.HeaderTimestamp: stamp, auth.HeaderSignature: "v1=" + sign(secret, body, stamp, ".")}
}

func (d *door) post(code, body string, headers map[string]string) (int, string) {
	d.t.Helper()
	req, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.url+"/webhooks/carriers/"+code, strings.NewReader(body))
	require.NoError(d.t, err)
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(d.t, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	require.NoError(d.t, err)
	return res.StatusCode, strings.TrimSpace(string(text))
}

func (d *door) body(number, status string, at time.Time) string {
	return fmt.Sprintf(`{"reports": [{"trackingNumber": %q, "status": %q, "at": %q}]}`, number, status, at.Format(time.RFC3339Nano))
}

func TestWebhook(t *testing.T) {
	doors(t, func(t *testing.T, d *door) {
		secret := d.hook("dhl", "foyer")
		body := fmt.Sprintf(`{"reports": [
			{"trackingNumber": "tn south", "status": "DELIVERED", "at": %q, "message": "to N. N., Musterweg 1"},
			{"trackingNumber": "TN-SOUTH", "status": "OUT_FOR_DELIVERY", "at": %q},
			{"trackingNumber": "TN-SOUTH", "status": "OUT_FOR_DELIVERY", "at": %q},
			{"trackingNumber": "NOWHERE-1", "status": "DELIVERED", "at": %q},
			{"trackingNumber": "TN-SOUTH", "status": "VAPORIZED", "at": %q}]}`,
			d.now.Format(time.RFC3339Nano), d.now.Add(-time.Hour).Format(time.RFC3339Nano), d.now.Add(-time.Hour).Format(time.RFC3339Nano),
			d.now.Format(time.RFC3339Nano), d.now.Format(time.RFC3339Nano))
		status, answer := d.post("DHL", body, signed(secret, body, d.now))
		require.Equal(t, 200, status, answer)
		require.JSONEq(t, `{"recorded": 2, "repeated": 1, "waiting": 1, "ignored": ["state VAPORIZED"]}`, answer)
		require.Equal(t, shipment.StatusDELIVERED, d.shipment(world.OrderOfSouth).Status)
		e, err := d.Store.Client().Event.Query().Where(event.Kind("TRACKING_REPORTED"), event.ActorName("DHL")).All(d.sys)
		require.NoError(t, err)
		require.Len(t, e, 2)
		require.Equal(t, event.ActorKindINTEGRATION, e[0].ActorKind)
		d.unchanged(func() { // the carrier sends it again, in good faith
			status, answer = d.post("dhl", body, signed(secret, body, d.now.Add(time.Second)))
			require.Equal(t, 200, status)
			require.JSONEq(t, `{"recorded": 0, "repeated": 4, "waiting": 0, "ignored": ["state VAPORIZED"]}`, answer)
		})
		log := d.log.String()
		require.Contains(t, log, "requestId=r1 carrier=DHL")
		require.Contains(t, log, "recorded=2")
		for _, personal := range []string{"Musterweg", "TN-SOUTH", "tn south", "NOWHERE", secret} {
			require.NotContains(t, log, personal)
		}
	})
}

// Nobody without the secret gets in, whatever they change, and all of them are
// told the same.
func TestWebhookRefuses(t *testing.T) {
	doors(t, func(t *testing.T, d *door) {
		secret, other := d.hook("DHL", "foyer"), d.hook("UPS", "foyer")
		body := d.body("TN-SOUTH", "DELIVERED", d.now)
		good := signed(secret, body, d.now)
		stamp, mac := good[auth.HeaderTimestamp], strings.TrimPrefix(good[auth.HeaderSignature], "v1=")
		with := func(stamp, signature string) map[string]string {
			return map[string]string{auth.HeaderTimestamp: stamp, auth.HeaderSignature: signature}
		}
		later := strconv.FormatInt(d.now.Unix()+1, 10)
		flipped := "0" + mac[1:]
		if mac[0] == '0' {
			flipped = "1" + mac[1:]
		}
		n := 0
		d.unchanged(func() {
			for name, c := range map[string]struct {
				code, body string
				headers    map[string]string
			}{
				"no headers":            {"DHL", body, nil},
				"no timestamp":          {"DHL", body, map[string]string{auth.HeaderSignature: "v1=" + mac}},
				"no signature":          {"DHL", body, map[string]string{auth.HeaderTimestamp: stamp}},
				"another timestamp":     {"DHL", body, with(later, "v1="+mac)},
				"timestamp of nonsense": {"DHL", body, with("now", "v1="+sign(secret, body, "now", "."))},
				"negative timestamp":    {"DHL", body, with("-5", "v1="+sign(secret, body, "-5", "."))},
				"empty timestamp":       {"DHL", body, with("", "v1="+sign(secret, body, "", "."))},
				"huge timestamp":        {"DHL", body, with(strings.Repeat("9", 30), "v1="+sign(secret, body, strings.Repeat("9", 30), "."))},
				"too old":               {"DHL", body, signed(secret, body, d.now.Add(-5*time.Minute-10*time.Second))},
				"too new":               {"DHL", body, signed(secret, body, d.now.Add(5*time.Minute+30*time.Second))},
				"a day old":             {"DHL", body, signed(secret, body, d.now.AddDate(0, 0, -1))},
				"a byte more":           {"DHL", body + " ", good},
				"a byte changed":        {"DHL", strings.Replace(body, "TN-SOUTH", "TN-SOUTI", 1), good},
				"a bit of the mac":      {"DHL", body, with(stamp, "v1="+flipped)},
				"half the mac":          {"DHL", body, with(stamp, "v1="+mac[:32])},
				"empty mac":             {"DHL", body, with(stamp, "v1=")},
				"no hex":                {"DHL", body, with(stamp, "v1="+strings.Repeat("z", 64))},
				"another version":       {"DHL", body, with(stamp, "v0="+mac)},
				"without version":       {"DHL", body, with(stamp, mac)},
				"another carrier's":     {"DHL", body, signed(other, body, d.now)},
				"at another carrier":    {"UPS", body, good},
				"no such carrier":       {"GLS", body, good},
				"no carrier at all":     {"%2e%2e", body, good},
				"NUL in the code":       {"DHL%00", body, good},
				"code of no characters": {"%ff%fe", body, good},
				"endless code":          {strings.Repeat("DHL", 2000), body, good},
				"secret of nobody":      {"GLS", body, signed("fwh_"+strings.Repeat("0", 64), body, d.now)},
				"empty secret":          {"GLS", body, signed("", body, d.now)},
				"body alone":            {"DHL", body, with(stamp, "v1="+sign(secret, body))},
				"easypost's signature":  {"DHL", body, map[string]string{parcels.HeaderEasyPost: "hmac-sha256-hex=" + sign(secret, body)}},
				"the sixth signature":   {"DHL", body, with(stamp, strings.Repeat("v1="+flipped+",", 5)+"v1="+mac)},
			} {
				n++
				c.headers = clone(c.headers)
				c.headers["X-Test-Address"] = fmt.Sprintf("198.51.100.%d", n) // or we should be held off
				status, answer := d.post(c.code, c.body, c.headers)
				require.Equal(t, 401, status, name)
				require.Equal(t, `{"error":"The signature or its time is not good."}`, answer, name)
			}
		})
		require.NotContains(t, d.log.String(), "ERROR")
		status, _ := d.post("DHL", body, with(stamp, "v1="+flipped+", v1="+mac))
		require.Equal(t, 200, status, "one of several is enough")
		for _, at := range []time.Duration{-4*time.Minute - 50*time.Second, 4*time.Minute + 30*time.Second} {
			status, _ := d.post("DHL", body, signed(secret, body, time.Now().Add(at)))
			require.Equal(t, 200, status)
		}
	})
}

func clone(m map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		out[k] = v
	}
	return out
}

func TestWebhookOfWhatCannotBeTaken(t *testing.T) {
	doors(t, func(t *testing.T, d *door) {
		secret := d.hook("DHL", "foyer")
		send := func(body string) (int, string) { return d.post("DHL", body, signed(secret, body, time.Now())) }
		d.unchanged(func() {
			for _, body := range []string{"", "{}", "[]", "null", "\xff\xfe", `{"reports": [`, `{"reports": "x"}`} {
				status, answer := send(body)
				require.Equal(t, 400, status, body)
				require.JSONEq(t, `{"error": "The body is not of the format foyer."}`, answer)
			}
			status, _ := send(strings.Repeat(" ", 1<<20) + "{}")
			require.Equal(t, 413, status)
			one := `{"trackingNumber": "A1", "status": "DELIVERED", "at": "2026-01-01T00:00:00Z"},`
			status, _ = send(`{"reports": [` + strings.TrimSuffix(strings.Repeat(one, 1001), ",") + `]}`)
			require.Equal(t, 413, status)
			status, answer := send(`{"reports": []}`)
			require.Equal(t, 200, status)
			require.JSONEq(t, `{"recorded": 0, "repeated": 0, "waiting": 0}`, answer)
		})
		res, err := http.Get(d.url + "/webhooks/carriers/DHL")
		require.NoError(t, err)
		require.Equal(t, 405, res.StatusCode)
		require.NoError(t, res.Body.Close())
	})
}

func TestWebhookSecretsRotate(t *testing.T) {
	doors(t, func(t *testing.T, d *door) {
		works := func(secret string) bool {
			body := d.body("TN-SOUTH", "IN_TRANSIT", d.now)
			status, _ := d.post("DHL", body, signed(secret, body, time.Now()))
			return status == 200
		}
		first := d.hook("DHL", "foyer")
		second := d.hook("DHL", "")
		require.NotEqual(t, first, second)
		require.True(t, works(first), "for a day more")
		require.True(t, works(second))
		_, err := d.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE carrier_hooks SET rotated_at = $1`, time.Now().UTC().Add(-24*time.Hour))
		require.NoError(t, err)
		require.False(t, works(first))
		require.True(t, works(second))
		third := d.hook("DHL", "dhl")
		require.False(t, works(first))
		list, err := d.Parcels.List(t.Context())
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Equal(t, "DHL dhl", list[0].Code+" "+list[0].Format)
		for _, secret := range []string{first, second, third} {
			require.NotContains(t, fmt.Sprintf("%+v", list), secret)
		}
		was, err := d.Parcels.Remove(t.Context(), "dhl")
		require.NoError(t, err)
		require.True(t, was)
		require.False(t, works(third))
		was, err = d.Parcels.Remove(t.Context(), "dhl")
		require.NoError(t, err)
		require.False(t, was)
		for _, bad := range [][2]string{{"DHL", ""}, {"DHL", "fax"}, {"D-L", "foyer"}, {"", "foyer"}} {
			_, _, err := d.Parcels.Make(t.Context(), bad[0], bad[1])
			require.Error(t, err)
		}
	})
}

func TestWebhookHoldsOffGuessers(t *testing.T) {
	doors(t, func(t *testing.T, d *door) {
		secret := d.hook("DHL", "foyer")
		body := d.body("TN-SOUTH", "IN_TRANSIT", d.now)
		from := func(address string, headers map[string]string) int {
			headers = clone(headers)
			headers["X-Test-Address"] = address
			status, _ := d.post("DHL", body, headers)
			return status
		}
		for range 30 {
			require.Equal(t, 401, from("2001:db8::1", nil))
		}
		require.Equal(t, 429, from("2001:db8::2", nil), "the neighbour in the same network is the same one")
		require.Equal(t, 429, from("2001:db8::1", signed(secret, body, d.now)), "nothing tells a guesser that a guess was right")
		require.Equal(t, 200, from("2001:db8:0:1::1", signed(secret, body, d.now)))
		require.Equal(t, 401, from("192.0.2.1", nil))
	})
}

// Each format arrives by its own webhook.
func TestWebhookFormats(t *testing.T) {
	doors(t, func(t *testing.T, d *door) {
		send := func(code, format, body string) string {
			secret := d.hook(code, format)
			status, answer := d.post(code, body, signed(secret, body, time.Now()))
			require.Equal(t, 200, status, answer)
			return answer
		}
		at := d.now.Add(-time.Minute)
		require.JSONEq(t, `{"recorded": 1, "repeated": 0, "waiting": 0}`, send("DHL", "dhl",
			fmt.Sprintf(`{"shipments": [{"id": "TNSOUTH", "events": [{"timestamp": %q, "statusCode": "delivered"}]}]}`, at.Format(time.RFC3339))))
		require.Equal(t, shipment.StatusDELIVERED, d.shipment(world.OrderOfSouth).Status)
		require.JSONEq(t, `{"recorded": 0, "repeated": 0, "waiting": 1}`, send("UPS", "ups",
			fmt.Sprintf(`{"trackingNumber": "1ZA", "gmtActivityDate": %q, "gmtActivityTime": %q, "activityStatus": {"type": "D"}}`, at.Format("20060102"), at.Format("150405"))))
		require.Equal(t, "UPS", d.one("1ZA").Carrier)
		body := fmt.Sprintf(`{"object": "Event", "result": {"object": "Tracker", "tracking_code": "94001", "tracking_details": [{"status": "in_transit", "datetime": %q}]}}`, at.Format(time.RFC3339))
		require.JSONEq(t, `{"recorded": 0, "repeated": 0, "waiting": 1}`, send("USPS", "easypost", body))
		require.Equal(t, parcelreport.StatusIN_TRANSIT, d.one("94001").Status)
		secret := d.hook("USPS", "")
		status, answer := d.post("USPS", body, map[string]string{parcels.HeaderEasyPost: "hmac-sha256-hex=" + sign(secret, body)})
		require.Equal(t, 200, status, "as EasyPost itself signs")
		var counts map[string]int
		require.NoError(t, json.Unmarshal([]byte(answer), &counts))
		require.Equal(t, 1, counts["repeated"])
		for _, bad := range []string{"hmac-sha256-hex=" + sign(secret, body+" "), sign(secret, body), "hmac-sha256-hex=", ""} {
			status, _ := d.post("USPS", body, map[string]string{parcels.HeaderEasyPost: bad})
			require.Equal(t, 401, status)
		}
	})
}
