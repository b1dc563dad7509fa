package progress

import (
	"cmp"
	"slices"
)

// span is a stretch of time, from one second up to and without another, in seconds
// since 1970.
type span struct{ from, to int64 }

// spans are stretches in their order, of which none touches another: the one way of
// writing a set of seconds.
type spans []span

// add is the union with one more stretch.
func (s spans) add(x span) spans {
	if x.from >= x.to {
		return s
	}
	first, _ := slices.BinarySearchFunc(s, x.from, func(a span, at int64) int { return cmp.Compare(a.to, at) })
	last := first
	for last < len(s) && s[last].from <= x.to {
		x.from, x.to = min(x.from, s[last].from), max(x.to, s[last].to)
		last++
	}
	return slices.Replace(s, first, last, x)
}

// length is how many seconds they have.
func (s spans) length() int64 {
	var n int64
	for _, x := range s {
		n += x.to - x.from
	}
	return n
}

// reached is when so many seconds were full; false when they are not.
func (s spans) reached(seconds int64) (int64, bool) {
	if seconds <= 0 {
		return 0, false
	}
	for _, x := range s {
		if x.to-x.from >= seconds {
			return x.from + seconds, true
		}
		seconds -= x.to - x.from
	}
	return 0, false
}

// within is how many of their seconds lie in a stretch.
func (s spans) within(x span) int64 {
	var n int64
	first, _ := slices.BinarySearchFunc(s, x.from, func(a span, at int64) int { return cmp.Compare(a.to, at) })
	for _, y := range s[first:] {
		if y.from >= x.to {
			break
		}
		n += max(0, min(x.to, y.to)-max(x.from, y.from))
	}
	return n
}

// piece is a stretch of a video, from one second up to and without another, and when
// it was first watched.
type piece struct {
	from, to int64
	at       int64
}

// pieces are stretches of a video in their order. They do not overlap, and of those
// that touch the times differ: the one way of writing when each second was first seen.
type pieces []piece

// add notes that a stretch was watched at a time: each of its seconds keeps the earlier
// of the times.
func (p pieces) add(x piece) pieces {
	if x.from >= x.to {
		return p
	}
	// From the first that touches x, to be joined with it, to the last that does.
	first, _ := slices.BinarySearchFunc(p, x.from, func(a piece, at int64) int { return cmp.Compare(a.to, at) })
	last := first
	for last < len(p) && p[last].from <= x.to {
		last++
	}
	var out pieces
	at := x.from
	for _, y := range p[first:last] {
		out = out.then(piece{at, min(max(at, y.from), x.to), x.at}) // what was not seen yet
		out = out.then(piece{y.from, min(y.to, x.from), y.at})
		out = out.then(piece{max(y.from, x.from), min(y.to, x.to), min(x.at, y.at)})
		out = out.then(piece{max(y.from, x.to), y.to, y.at})
		at = max(at, y.to)
	}
	out = out.then(piece{at, x.to, x.at})
	return slices.Replace(p, first, last, out...)
}

// then appends a piece, joined with the last one where nothing tells them apart.
func (p pieces) then(x piece) pieces {
	if x.from >= x.to {
		return p
	}
	if n := len(p); n > 0 && p[n-1].to == x.from && p[n-1].at == x.at {
		p[n-1].to = x.to
		return p
	}
	return append(p, x)
}

// length is how many seconds of a video so long were watched.
func (p pieces) length(video int64) int64 {
	var n int64
	for _, x := range p {
		n += max(0, min(x.to, video)-x.from)
	}
	return n
}

// reached is when so many seconds of a video so long were seen; false when they are not.
func (p pieces) reached(seconds, video int64) (int64, bool) {
	if seconds <= 0 {
		return 0, false
	}
	byTime := slices.Clone(p)
	slices.SortStableFunc(byTime, func(a, b piece) int { return cmp.Compare(a.at, b.at) })
	for _, x := range byTime {
		if seconds -= max(0, min(x.to, video)-x.from); seconds <= 0 {
			return x.at, true
		}
	}
	return 0, false
}
