package notifications

import (
	"cmp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent/notification"
	"foyer/schema"
)

func at(t *testing.T, zone *time.Location, s string) time.Time {
	t.Helper()
	x, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	require.NoError(t, err)
	return x
}

// TestQuietHours: the clock of the person counts, on the two nights as well in
// which it is changed.
func TestQuietHours(t *testing.T) {
	t.Parallel()
	berlin := zoneOf("Europe/Berlin")
	night, noon, same := &schema.QuietHours{From: 21 * 60, To: 7 * 60}, &schema.QuietHours{From: 12 * 60, To: 13*60 + 30}, &schema.QuietHours{From: 480, To: 480}
	for _, c := range []struct {
		name, now, until string
		q                *schema.QuietHours
		zone             *time.Location
	}{
		{"none", "2026-11-24 23:00", "2026-11-24 23:00", nil, berlin},
		{"equal times mean never", "2026-11-24 08:00", "2026-11-24 08:00", same, berlin},
		{"before", "2026-11-24 20:59", "2026-11-24 20:59", night, berlin},
		{"from the first minute", "2026-11-24 21:00", "2026-11-25 07:00", night, berlin},
		{"before midnight", "2026-11-24 23:30", "2026-11-25 07:00", night, berlin},
		{"after midnight", "2026-11-25 03:30", "2026-11-25 07:00", night, berlin},
		{"the end is not quiet", "2026-11-25 07:00", "2026-11-25 07:00", night, berlin},
		{"within a day", "2026-11-25 12:10", "2026-11-25 13:30", noon, berlin},
		{"within a day, after", "2026-11-25 13:31", "2026-11-25 13:31", noon, berlin},
		{"the clock jumps forward", "2026-03-28 22:00", "2026-03-29 07:00", night, berlin},
		{"the clock goes back", "2026-10-24 22:00", "2026-10-25 07:00", night, berlin},
		{"an end that the clock skips", "2026-03-29 01:10", "2026-03-29 03:00", &schema.QuietHours{From: 60, To: 150}, berlin},
		{"another zone", "2026-11-24 23:30", "2026-11-25 07:00", night, zoneOf("Asia/Kolkata")},
	} {
		until := awake(at(t, c.zone, c.now), c.q, c.zone)
		require.Equal(t, c.until, until.In(c.zone).Format("2006-01-02 15:04"), c.name)
		require.False(t, quiet(until, c.q, c.zone), c.name)
	}
	require.Equal(t, 8*time.Hour, awake(at(t, berlin, "2026-03-28 22:00"), night, berlin).Sub(at(t, berlin, "2026-03-28 22:00")), "an hour is missing in that night")
	require.Equal(t, 10*time.Hour, awake(at(t, berlin, "2026-10-24 22:00"), night, berlin).Sub(at(t, berlin, "2026-10-24 22:00")), "and one is there twice in this")
	// 02:30 comes twice in that night; after the first one it is quiet again for a while.
	q := &schema.QuietHours{From: 60, To: 150}
	first := awake(at(t, berlin, "2026-10-25 01:10"), q, berlin)
	require.Equal(t, "02:30", first.In(berlin).Format("15:04"))
	require.True(t, quiet(first.Add(45*time.Minute), q, berlin))
}

func TestGathered(t *testing.T) {
	t.Parallel()
	berlin := zoneOf("Europe/Berlin")
	for _, c := range []struct {
		now, digest string
		hour        int
		due         string
	}{
		{"2026-11-24 10:17", digestOff, 8, "2026-11-24 10:17"},
		{"2026-11-24 10:17", digestHourly, 8, "2026-11-24 11:00"},
		{"2026-11-24 10:00", digestHourly, 8, "2026-11-24 11:00"},
		{"2026-11-24 07:59", digestDaily, 8, "2026-11-24 08:00"},
		{"2026-11-24 08:00", digestDaily, 8, "2026-11-25 08:00"},
		{"2026-10-24 09:00", digestDaily, 8, "2026-10-25 08:00"},
		{"2026-03-28 09:00", digestDaily, 8, "2026-03-29 08:00"},
		{"2026-12-31 23:00", digestDaily, 0, "2027-01-01 00:00"},
	} {
		require.Equal(t, c.due, gathered(at(t, berlin, c.now), c.digest, c.hour, berlin).In(berlin).Format("2006-01-02 15:04"), "%+v", c)
	}
}

// TestWords reads what customers read.
func TestWords(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	day := func(d int) *time.Time { x := time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC); return &x }
	scan := time.Date(2026, 11, 24, 13, 5, 0, 0, time.UTC)
	next := time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		kind            notification.Kind
		d               schema.NotificationData
		en, de          string
		enText, germanT string
	}{
		{notification.KindORDER_DELAYED, schema.NotificationData{OldDate: day(24), Date: &next, Cause: "CARRIER_ESTIMATE", Text: "The part is late"},
			"Order FO-1 will arrive later", "Bestellung FO-1 kommt später",
			"Delivery was promised for 24 November. It is now expected on 4 January 2027. The carrier expects to deliver later than planned. Reason: The part is late.",
			"Die Lieferung war für den 24. November zugesagt. Nun wird sie für den 4. Januar 2027 erwartet. Der Versanddienstleister rechnet mit einer späteren Lieferung als geplant. Grund: The part is late."},
		{notification.KindORDER_DELAYED, schema.NotificationData{OldDate: day(24), Cause: "PROMISE_PASSED"},
			"Order FO-1 will arrive later", "Bestellung FO-1 kommt später",
			"Delivery was promised for 24 November. A new date is not known yet. Not everything has arrived on the promised day.",
			"Die Lieferung war für den 24. November zugesagt. Ein neuer Termin steht noch nicht fest. Am zugesagten Tag ist noch nicht alles angekommen."},
		{notification.KindORDER_PROMISE, schema.NotificationData{OldDate: day(24), Date: day(26), Text: "Snow."},
			"New delivery date for order FO-1: 26 November", "Neuer Liefertermin für Bestellung FO-1: 26. November",
			"The promised delivery date has moved from 24 November to 26 November. Reason: Snow.",
			"Der zugesagte Liefertermin wurde vom 24. November auf den 26. November verschoben. Grund: Snow."},
		{notification.KindDELIVERED, schema.NotificationData{Date: &scan, Location: "Kiel", Zone: "Europe/Berlin"},
			"A shipment of order FO-1 has been delivered", "Eine Sendung zu Bestellung FO-1 wurde zugestellt",
			"It was delivered on 24 November at 14:05 (Kiel).", "Sie wurde am 24. November um 14:05 Uhr (Kiel) zugestellt."},
		{notification.KindOUT_FOR_DELIVERY, schema.NotificationData{Date: &scan, Carrier: "DHL", Tracking: "123"},
			"A shipment of order FO-1 arrives today", "Eine Sendung zu Bestellung FO-1 kommt heute",
			"DHL is out for delivery with it and expects to arrive today, 24 November. Tracking number: 123.",
			"DHL ist damit auf der Zustelltour und rechnet mit der Ankunft noch heute, am 24. November. Sendungsnummer: 123."},
		{notification.KindDELIVERY_PROBLEM, schema.NotificationData{Date: &scan, Text: "Nobody there", Zone: "Europe/London"},
			"A shipment of order FO-1 could not be delivered", "Eine Sendung zu Bestellung FO-1 konnte nicht zugestellt werden",
			"The carrier has reported a problem (24 November at 13:05). Reason: Nobody there.",
			"Der Versanddienstleister hat ein Problem gemeldet (24. November um 13:05 Uhr). Grund: Nobody there."},
		{notification.KindORDER_NOTE, schema.NotificationData{Author: "Sam", Text: "Hello."}, "A note on order FO-1", "Eine Nachricht zu Bestellung FO-1",
			"Sam wrote: Hello.", "Sam schreibt: Hello."},
	} {
		c.d.Number = "FO-1"
		title, text := Words(c.kind, c.d, now, schema.English)
		require.Equal(t, c.en, title)
		require.Equal(t, c.enText, text)
		title, text = Words(c.kind, c.d, now, schema.German)
		require.Equal(t, c.de, title)
		require.Equal(t, c.germanT, text)
	}
	for _, k := range schema.NotificationKinds {
		for _, l := range []schema.Language{schema.English, schema.German} {
			least, about := schema.NotificationData{Number: "FO-1"}, func(d schema.NotificationData) string { return d.Number }
			if notification.Kind(k) == notification.KindSEARCH_ANSWERED { // of no order, but of what was searched for
				least, about = schema.NotificationData{Text: "anchor"}, func(d schema.NotificationData) string { return d.Text }
			}
			if isConfiguration(notification.Kind(k)) {
				least, about = schema.NotificationData{Name: "Lathe"}, func(d schema.NotificationData) string { return d.Name }
			}
			if isTraining(notification.Kind(k)) {
				least = schema.NotificationData{Titles: map[string]string{"en": "Safety"}}
				about = func(d schema.NotificationData) string { return cmp.Or(d.Titles[l.Code()], d.Titles["en"]) }
			}
			for _, d := range []schema.NotificationData{least, sample(notification.Kind(k), now, l).Data} {
				title, text := Words(notification.Kind(k), d, now, l)
				require.NotEmpty(t, about(d), k)
				require.Contains(t, title, about(d))
				require.NotContains(t, title+text, "%!", k)
				require.NotContains(t, title, "News of", k)
				require.NotEmpty(t, KindName(notification.Kind(k)).DE)
			}
		}
	}
}
