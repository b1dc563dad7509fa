package demo

import (
	"math/rand/v2"
	"time"
)

// All times are UTC. Aurelia and its customers live one or two hours east of
// it, so an office day from 6 to 16 o'clock reads as 7 to 18 o'clock there.

// day is the first moment of a day, as the columns of type Date keep it.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

func works(t time.Time) bool { return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday }

// workdays moves a day by working days, forward or backward, and always ends
// on one.
func workdays(t time.Time, n int) time.Time {
	d := day(t)
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDate(0, 0, step)
		if works(d) {
			n--
		}
	}
	for !works(d) {
		d = d.AddDate(0, 0, step)
	}
	return d
}

// clock is a moment of a day between two hours, to the second.
func clock(r *rand.Rand, d time.Time, from, to float64) time.Time {
	h := from + r.Float64()*(to-from)
	return day(d).Add(time.Duration(h * float64(time.Hour))).Truncate(time.Second)
}

// office is a moment of the working day.
func office(r *rand.Rand, d time.Time) time.Time { return clock(r, d, 6.2, 15.6) }

// later is a moment in the office some working hours after another one: still
// on that day if there is time, otherwise in the next morning.
func later(r *rand.Rand, t time.Time, from, to float64) time.Time {
	at := t.Add(time.Duration((from + r.Float64()*(to-from)) * float64(time.Hour))).Truncate(time.Second)
	if works(at) && at.Hour() >= 6 && at.Hour() < 16 {
		return at
	}
	return clock(r, workdays(t, 1), 6.4, 9.5)
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func chance(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }

// between is a whole number from a to b, both included.
func between(r *rand.Rand, a, b int) int { return a + r.IntN(b-a+1) }

// weighted picks by weight; all weights of the list must not be 0.
func weighted[T any](r *rand.Rand, list []T, weight func(T) int) T {
	sum := 0
	for _, x := range list {
		sum += weight(x)
	}
	n := r.IntN(sum)
	for _, x := range list {
		if n -= weight(x); n < 0 {
			return x
		}
	}
	return list[len(list)-1]
}
