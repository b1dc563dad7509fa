package notifications

import (
	"strconv"
	"time"

	"foyer/ent/notification"
	"foyer/schema"
)

func number(n int64) string { return strconv.FormatInt(n, 10) }

// minutesOfDay is how far the hands of a clock have come since midnight. It is
// the clock that counts, not the time that has passed: on two days of the year
// they differ.
func minutesOfDay(t time.Time) int { return t.Hour()*60 + t.Minute() }

// quiet says whether a moment lies in quiet hours, by the clock of the zone.
func quiet(t time.Time, q *schema.QuietHours, zone *time.Location) bool {
	if q == nil || q.From == q.To {
		return false
	}
	m := minutesOfDay(t.In(zone))
	if q.From < q.To {
		return m >= q.From && m < q.To
	}
	return m >= q.From || m < q.To // over midnight
}

// awake is the first moment from t on that is not quiet. It asks the clock
// minute by minute, so that an end which the clock skips or shows twice needs no
// rule of its own: one that is skipped is over when the clock has jumped past it.
func awake(t time.Time, q *schema.QuietHours, zone *time.Location) time.Time {
	if !quiet(t, q, zone) {
		return t
	}
	for t = t.Truncate(time.Minute).Add(time.Minute); quiet(t, q, zone); {
		t = t.Add(time.Minute)
	}
	return t
}

// gathered is when mails that are gathered from t on are sent; t itself when
// they are not.
func gathered(t time.Time, digest string, hour int, zone *time.Location) time.Time {
	switch digest {
	case digestHourly:
		return t.Truncate(time.Hour).Add(time.Hour)
	case digestDaily:
		l := t.In(zone)
		for day := 0; ; day++ {
			at := time.Date(l.Year(), l.Month(), l.Day()+day, hour, 0, 0, 0, zone)
			if at.After(t) {
				return at.UTC()
			}
		}
	}
	return t
}

// The ways of gathering mails, values of the API's NotificationDigest.
const (
	digestOff    = "OFF"
	digestHourly = "HOURLY"
	digestDaily  = "DAILY"
)

// shelfLife is how long after it was written a notification is worth a mail, a
// push message or a call; zero: always.
func shelfLife(kind notification.Kind) time.Duration {
	if kind == notification.KindOUT_FOR_DELIVERY {
		return 2 * time.Hour // "arrives today" is no use in the evening
	}
	return 0
}
