package progress

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"time"
)

// State is what is kept of the events of an enrollment. It holds sets: which seconds
// somebody read each lesson in, which parts of each video they saw and when first, and
// which events are known. The zero value is nobody's who has done anything.
type State struct {
	lessons map[string]*lesson
	// played are the seconds in which some video ran; reading stands with the lessons.
	played spans
	// seen are the marks of the events that are known, sorted.
	seen []uint64
}

// lesson is what is kept of one lesson. Times are in seconds since 1970, 0 being never.
type lesson struct {
	opened, last int64 // first and last time that somebody was there
	read         spans
	watched      pieces
	// resume is where the video was left, and when.
	resumeAt, resume int64
	// granted is when it was done in an earlier version of the course; see Move.
	granted int64
}

// latest is the last second of which there are events: that of the year 9999. What
// is kept has room for it, and arithmetic does not come near its ends.
const latest = 253402300799

// markBits is how much of the hash of an event's id is kept. Of 10,000 events, two
// are taken for the same with a chance of 1 in 5 million; it costs a report of some
// seconds.
const markBits = 48

func mark(id string) uint64 {
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:8]) >> (64 - markBits)
}

// Has says whether an event is known by its id.
func (s *State) Has(id string) bool {
	if s == nil {
		return false
	}
	_, there := slices.BinarySearch(s.seen, mark(id))
	return there
}

// Events is how many events are known.
func (s *State) Events() int {
	if s == nil {
		return 0
	}
	return len(s.seen)
}

// Apply takes in events that Check let through and returns how many of them were new.
// Neither their order nor how they are divided into batches makes a difference, and
// those that are known change nothing, whatever they say now.
func (s *State) Apply(events []Event) int {
	fresh := map[uint64]bool{}
	for i := range events {
		e := &events[i]
		m, at := mark(e.ID), e.At.Unix()
		if _, known := slices.BinarySearch(s.seen, m); known || fresh[m] || at <= 0 || at > latest {
			continue
		}
		fresh[m] = true
		s.take(e, at)
	}
	s.seen = slices.AppendSeq(s.seen, maps.Keys(fresh))
	slices.Sort(s.seen)
	return len(fresh)
}

func (s *State) take(e *Event, at int64) {
	began := at - min(int64(max(0, e.Seconds)), int64(LongestRead/time.Second))
	began = max(1, began)
	l := s.lesson(e.Lesson)
	if l.opened == 0 || began < l.opened {
		l.opened = began // who reads has opened, also when that report was lost
	}
	l.last = max(l.last, at)
	switch e.Kind {
	case Read:
		l.read = l.read.add(span{began, at})
	case Watched:
		from, to := int64(max(0, e.From)), int64(min(e.To, MaxVideo))
		l.watched = l.watched.add(piece{from, to, at})
		s.played = s.played.add(span{began, at})
		if at > l.resumeAt || at == l.resumeAt && to > l.resume {
			l.resumeAt, l.resume = at, max(0, to)
		}
	}
}

// MaxVideo is the longest video of which places are kept, in seconds.
const MaxVideo = 24 * 3600

func (s *State) lesson(key string) *lesson {
	if s.lessons == nil {
		s.lessons = map[string]*lesson{}
	}
	if s.lessons[key] == nil {
		s.lessons[key] = &lesson{}
	}
	return s.lessons[key]
}

// of is what is kept of a lesson, also when that is nothing.
func (s *State) of(key string) lesson {
	if s == nil || s.lessons[key] == nil {
		return lesson{}
	}
	return *s.lessons[key]
}

// Clone is a state that shares nothing with this one.
func (s *State) Clone() *State {
	out := &State{}
	if s == nil {
		return out
	}
	out.played, out.seen = slices.Clone(s.played), slices.Clone(s.seen)
	for key, l := range s.lessons {
		own := *l
		own.read, own.watched = slices.Clone(l.read), slices.Clone(l.watched)
		*out.lesson(key) = own
	}
	return out
}

// learned are all seconds in which somebody read or watched; one on two devices
// counts once.
func (s *State) learned() spans {
	if s == nil {
		return nil
	}
	all := slices.Clone(s.played)
	for _, l := range s.lessons {
		all = append(all, l.read...)
	}
	slices.SortFunc(all, func(a, b span) int { return int(a.from - b.from) })
	var out spans
	for _, x := range all {
		if n := len(out); n > 0 && x.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, x.to)
			continue
		}
		out = append(out, x)
	}
	return out
}

// Learned is how long somebody has learned in all.
func (s *State) Learned() time.Duration { return time.Duration(s.learned().length()) * time.Second }

// Day is how long somebody learned on a day.
type Day struct {
	Date    string // 2026-11-23
	Seconds int
}

// Minutes are the whole minutes of it.
func (d Day) Minutes() int { return d.Seconds / 60 }

// Days is how long somebody learned on each of so many days, at most 400, from the one
// on that a moment lies in, by the calendar of a time zone; without one, of UTC. A day
// on which clocks change has 23 or 25 hours.
func (s *State) Days(from time.Time, days int, zone *time.Location) []Day {
	if zone == nil {
		zone = time.UTC
	}
	all := s.learned()
	y, m, d := from.In(zone).Date()
	out := make([]Day, 0, min(max(days, 0), 400))
	for i := range cap(out) {
		begin, end := time.Date(y, m, d+i, 0, 0, 0, 0, zone), time.Date(y, m, d+i+1, 0, 0, 0, 0, zone)
		out = append(out, Day{
			Date:    time.Date(y, m, d+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly),
			Seconds: int(all.within(span{begin.Unix(), end.Unix()})),
		})
	}
	return out
}
