package formats

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"foyer/ent/trackingevent"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestNames(t *testing.T) {
	require.Equal(t, []string{"dhl", "easypost", "foyer", "ups"}, Names())
	for _, name := range Names() {
		p, ok := Lookup(name)
		require.True(t, ok)
		for _, bad := range []string{"", "null", "{}", "[]", "1", `"x"`, "{", `{"shipments": 1}`, `{"reports": {}}`, "{\"reports\": [\"\xff\"]}", `{"result": []}`} {
			reports, ignored, err := p([]byte(bad))
			require.ErrorIs(t, err, ErrUnreadable, "%s: %s", name, bad)
			require.Empty(t, reports)
			require.Empty(t, ignored)
		}
	}
	_, ok := Lookup("fax")
	require.False(t, ok)
}

func TestFoyer(t *testing.T) {
	reports, ignored, err := Foyer([]byte(`{"reports": [
		{"trackingNumber": " 1Z 99-7 ", "status": "DELIVERED", "at": "2026-03-04T05:06:07.123456789+02:00", "location": "Kiel\n", "message": "left\u0000 it", "externalId": "k1", "estimatedDelivery": "2026-03-05", "carrier": "UPS"},
		{"trackingNumber": "A1", "status": "BEAMED", "at": "2026-03-04T05:06:07Z"},
		{"trackingNumber": "A1", "status": "IN_TRANSIT", "at": "yesterday"},
		{"trackingNumber": " - ", "status": "IN_TRANSIT", "at": "2026-03-04T05:06:07Z"},
		{"trackingNumber": "A1", "status": "IN_TRANSIT", "at": "2026-03-04T05:06"}
	]}`))
	require.NoError(t, err)
	require.Equal(t, []string{"state BEAMED", "time", "tracking number"}, ignored)
	require.Equal(t, []Report{
		{Number: "1Z 99-7", Status: "DELIVERED", At: at("2026-03-04T03:06:07.123456Z"), Location: "Kiel", Message: "left it", ExternalID: "k1", EstimatedDelivery: new(at("2026-03-05T12:00:00Z"))},
		{Number: "A1", Status: "IN_TRANSIT", At: at("2026-03-04T05:06:00Z")},
	}, reports)
	reports, ignored, err = Foyer([]byte(`{"reports": []}`))
	require.NoError(t, err)
	require.Empty(t, reports)
	require.Empty(t, ignored)
}

func TestDHL(t *testing.T) {
	reports, ignored, err := DHL([]byte(`{"url": "/shipments", "shipments": [
		{"id": "0034 0001", "service": "parcel-de", "estimatedTimeOfDelivery": "2026-03-06T14:00:00+01:00",
		 "status": {"timestamp": "2026-03-05T09:00:00", "statusCode": "delivered"},
		 "events": [
			{"timestamp": "2026-03-05T08:15:00+01:00", "statusCode": "transit", "status": "PO", "description": "On the van", "location": {"address": {"addressLocality": "Jena", "countryCode": "DE"}}},
			{"timestamp": "2026-03-03T20:00:00", "statusCode": "pre-transit", "status": "VA"},
			{"timestamp": "2026-03-04T10:00:00Z", "statusCode": "transit", "status": "AE"},
			{"timestamp": "2026-03-04T22:00:00Z", "statusCode": "Transit", "status": "NB"},
			{"timestamp": "2026-03-04T23:00:00Z", "statusCode": "failure"},
			{"timestamp": "2026-03-04T23:30:00Z", "statusCode": "unknown"},
			{"timestamp": "2026-03-04T23:30:00Z", "statusCode": "lost-in-space"},
			{"timestamp": "", "statusCode": "transit"}
		 ]},
		{"id": "777", "returnFlag": true, "service": "express", "status": {"timestamp": "2026-03-01T00:00:00Z", "statusCode": "delivered", "status": "PO"}},
		{"id": "778"}
	]}`))
	require.NoError(t, err)
	require.Equal(t, []string{"statusCode unknown", "statusCode lost-in-space", "time"}, ignored)
	require.Equal(t, []Report{
		{Number: "0034 0001", Status: "OUT_FOR_DELIVERY", At: at("2026-03-05T07:15:00Z"), Location: "Jena, DE", Message: "On the van", EstimatedDelivery: new(at("2026-03-06T13:00:00Z"))},
		{Number: "0034 0001", Status: "PENDING", At: at("2026-03-03T20:00:00Z")},
		{Number: "0034 0001", Status: "PICKED_UP", At: at("2026-03-04T10:00:00Z")},
		{Number: "0034 0001", Status: "IN_TRANSIT", At: at("2026-03-04T22:00:00Z")},
		{Number: "0034 0001", Status: "EXCEPTION", At: at("2026-03-04T23:00:00Z")},
		{Number: "777", Status: "RETURNED_TO_SENDER", At: at("2026-03-01T00:00:00Z")},
	}, reports)
}

func TestUPS(t *testing.T) {
	body := func(typ, code string, more string) []byte {
		return []byte(fmt.Sprintf(`{"trackingNumber": " 1ZX0", "activityStatus": {"type": %q, "code": %q, "description": "words"},
			"activityLocation": {"city": "Erfurt", "stateProvince": "", "country": "DE"}%s}`, typ, code, more))
	}
	gmt := `, "localActivityDate": "20260304", "localActivityTime": "233000", "gmtActivityDate": "20260305", "gmtActivityTime": "043000", "gmtOffset": "-05:00"`
	for typ, want := range map[[2]string]trackingevent.Status{
		{"M", "MP"}: "PENDING", {"I", "DP"}: "IN_TRANSIT", {"I", "OR"}: "PICKED_UP", {"i", "ot"}: "OUT_FOR_DELIVERY",
		{"D", "FS"}: "DELIVERED", {"D", "OT"}: "DELIVERED", {"X", "X1"}: "EXCEPTION",
	} {
		reports, ignored, err := UPS(body(typ[0], typ[1], gmt))
		require.NoError(t, err)
		require.Empty(t, ignored)
		require.Equal(t, []Report{{Number: "1ZX0", Status: want, At: at("2026-03-05T04:30:00Z"), Location: "Erfurt, DE", Message: "words"}}, reports)
	}
	for _, typ := range []string{"MV", "U", "Q", ""} {
		reports, ignored, err := UPS(body(typ, "", gmt))
		require.NoError(t, err)
		require.Empty(t, reports)
		require.Equal(t, []string{strings.TrimSpace("activityStatus.type " + typ)}, ignored)
	}
	for more, want := range map[string]string{
		`, "localActivityDate": "20260304", "localActivityTime": "233000", "gmtOffset": "-05:00"`:                     "2026-03-05T04:30:00Z",
		`, "localActivityDate": "20260304", "localActivityTime": "233000"`:                                            "2026-03-04T23:30:00Z",
		`, "localActivityDate": "20260304", "localActivityTime": "233000", "gmtActivityDate": "", "gmtOffset": "bad"`: "2026-03-04T23:30:00Z",
	} {
		reports, _, err := UPS(body("I", "DP", more))
		require.NoError(t, err)
		require.Equal(t, at(want), reports[0].At)
	}
	reports, ignored, err := UPS(body("I", "DP", `, "localActivityDate": "20261304"`))
	require.NoError(t, err)
	require.Empty(t, reports)
	require.Equal(t, []string{"time"}, ignored)
	reports, _, err = UPS(body("I", "DP", gmt+`, "scheduledDeliveryDate": "20260307"`))
	require.NoError(t, err)
	require.Equal(t, at("2026-03-07T12:00:00Z"), *reports[0].EstimatedDelivery)
	reports, _, err = UPS(body("D", "FS", gmt+`, "scheduledDeliveryDate": "20260307"`))
	require.NoError(t, err)
	require.Nil(t, reports[0].EstimatedDelivery)
}

func TestEasyPost(t *testing.T) {
	reports, ignored, err := EasyPost([]byte(`{"id": "evt_1", "object": "Event", "description": "tracker.updated", "result": {
		"id": "trk_1", "object": "Tracker", "tracking_code": "EZ7", "status": "in_transit", "est_delivery_date": "2026-03-09T00:00:00Z",
		"tracking_details": [
			{"status": "pre_transit", "message": "Label", "datetime": "2026-03-01T10:00:00Z", "tracking_location": {"city": null}},
			{"status": "in_transit", "message": "Left", "datetime": "2026-03-02T10:00:00-06:00", "tracking_location": {"city": "HOUSTON", "state": "TX", "country": "US", "zip": "77063"}},
			{"status": "unknown", "datetime": "2026-03-02T11:00:00Z"},
			{"status": "error", "datetime": "2026-03-02T11:00:00Z"},
			{"status": "cancelled", "datetime": "2026-03-02T11:00:00Z"}
		]}}`))
	require.NoError(t, err)
	require.Equal(t, []string{"status unknown", "status error", "status cancelled"}, ignored)
	require.Equal(t, []Report{
		{Number: "EZ7", Status: "PENDING", At: at("2026-03-01T10:00:00Z"), Message: "Label"},
		{Number: "EZ7", Status: "IN_TRANSIT", At: at("2026-03-02T16:00:00Z"), Message: "Left", Location: "HOUSTON, TX, US", EstimatedDelivery: new(at("2026-03-09T00:00:00Z"))},
	}, reports)
	for word, want := range easyPostStates {
		reports, _, err := EasyPost([]byte(`{"object": "Event", "result": {"object": "Tracker", "tracking_code": "E1", "tracking_details": [{"status": "` + word + `", "datetime": "2026-03-02T11:00:00Z"}]}}`))
		require.NoError(t, err)
		require.Equal(t, want, reports[0].Status)
	}
	reports, ignored, err = EasyPost([]byte(`{"object": "Event", "description": "batch.created", "result": {"object": "Batch", "tracking_details": [{"status": "delivered"}]}}`))
	require.NoError(t, err)
	require.Empty(t, reports)
	require.Equal(t, []string{"object Batch"}, ignored)
}

// What is named as ignored reaches logs and answers: it is short, of few
// characters, and no list of everything that somebody has made up.
func TestIgnoredWordsAreHarmless(t *testing.T) {
	r := &reading{}
	for i := range 100 {
		r.ignore("state", fmt.Sprintf("%d\n\x1b[31mä%s", i, strings.Repeat("x", 500)))
	}
	require.Len(t, r.ignored, 20)
	for _, w := range r.ignored {
		require.LessOrEqual(t, len(w), 50)
		require.NotContains(t, w, "\n")
	}
}

func fuzz(f *testing.F, p Parser, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		reports, ignored, err := p(body)
		if err != nil && (len(reports) > 0 || len(ignored) > 0) {
			t.Fatal("an unreadable body has reports")
		}
		for _, r := range reports {
			texts := r.Number + r.Location + r.Message + r.ExternalID
			switch {
			case !numbered(r.Number), utf8.RuneCountInString(r.Number) > MaxNumber,
				utf8.RuneCountInString(r.Location) > MaxLocation, utf8.RuneCountInString(r.Message) > MaxMessage,
				trackingevent.StatusValidator(r.Status) != nil, !sane(r.At), r.At.Location() != time.UTC,
				r.EstimatedDelivery != nil && !sane(*r.EstimatedDelivery),
				!utf8.ValidString(texts), strings.ContainsFunc(texts, unicode.IsControl):
				t.Fatalf("an invalid report: %+v", r)
			}
		}
	})
}

func FuzzFoyer(f *testing.F) {
	fuzz(f, Foyer, `{"reports": [{"trackingNumber": "A1", "status": "DELIVERED", "at": "2026-03-04T05:06:07Z", "estimatedDelivery": "9999-12-31"}]}`)
}

func FuzzDHL(f *testing.F) {
	fuzz(f, DHL, `{"shipments": [{"id": "1", "service": "parcel-de", "returnFlag": true, "estimatedTimeOfDelivery": "2026-03-04", "events": [{"timestamp": "2026-03-04T05:06", "statusCode": "transit", "status": "PO"}]}]}`)
}

func FuzzUPS(f *testing.F) {
	fuzz(f, UPS, `{"trackingNumber": "1Z", "gmtActivityDate": "20260304", "gmtActivityTime": "050607", "scheduledDeliveryDate": "20260305", "activityStatus": {"type": "I", "code": "OT"}}`)
}

func FuzzEasyPost(f *testing.F) {
	fuzz(f, EasyPost, `{"object": "Event", "result": {"object": "Tracker", "tracking_code": "E", "est_delivery_date": "2026-03-04T00:00:00+14:00", "tracking_details": [{"status": "delivered", "datetime": "2026-03-04T05:06:07Z"}]}}`)
}
