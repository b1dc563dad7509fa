package progress

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
)

// ErrState is a text that no State was written as.
var ErrState = errors.New("progress: this is no state that was kept")

// format is the first byte of what is kept. Another one is needed when a field is added.
const format = 1

// Encode writes a state as few bytes, and the same state always as the same: an event
// costs 5 to 7 bytes to be known again, a stretch of reading or watching 2 to 4 unless
// it joins another. The empty state is no bytes.
func (s *State) Encode() []byte {
	if s == nil || len(s.lessons) == 0 && len(s.seen) == 0 && len(s.played) == 0 {
		return nil
	}
	w := writer{format}
	w.number(int64(len(s.lessons)))
	for _, key := range slices.Sorted(maps.Keys(s.lessons)) {
		l := s.lessons[key]
		w.number(int64(len(key)))
		w = append(w, key...)
		for _, n := range []int64{l.opened, l.last - l.opened, l.resumeAt, l.resume, l.granted} {
			w.number(n)
		}
		w.spans(l.read)
		w.number(int64(len(l.watched)))
		var to, at int64
		for _, p := range l.watched {
			w.number(p.from - to)
			w.number(p.to - p.from)
			w = binary.AppendVarint(w, p.at-at)
			to, at = p.to, p.at
		}
	}
	w.spans(s.played)
	w.number(int64(len(s.seen)))
	var before uint64
	for _, m := range s.seen {
		w = binary.AppendUvarint(w, m-before)
		before = m
	}
	return w
}

type writer []byte

// number appends one that is not negative.
func (w *writer) number(n int64) {
	*w = binary.AppendUvarint(*w, uint64(n)) //nolint:gosec // all of them are lengths, times, and differences of sorted ones
}

func (w *writer) spans(s spans) {
	w.number(int64(len(s)))
	var before int64
	for _, x := range s {
		w.number(x.from - before)
		w.number(x.to - x.from)
		before = x.to
	}
}

// Decode reads what Encode wrote, and nothing else: what would be written in another
// way is refused with ErrState.
func Decode(text []byte) (*State, error) {
	s := &State{}
	if len(text) == 0 {
		return s, nil
	}
	if text[0] != format {
		return nil, ErrState
	}
	r := &reader{rest: text[1:]}
	for n := r.count(); n > 0 && !r.bad; n-- {
		key := string(r.take(r.count()))
		*s.lesson(key) = r.lesson()
	}
	s.played = r.spans()
	if n := r.count(); n > 0 {
		s.seen = make([]uint64, 0, n)
		var before uint64
		for i := range n {
			step := r.upTo(1<<markBits - 1 - before)
			if r.bad || step == 0 && i > 0 {
				return nil, ErrState
			}
			before += step
			s.seen = append(s.seen, before)
		}
	}
	if r.bad || len(r.rest) > 0 || !bytes.Equal(s.Encode(), text) {
		return nil, ErrState
	}
	return s, nil
}

// reader reads numbers; once something is wrong it goes on with zeros.
type reader struct {
	rest []byte
	bad  bool
}

// upTo reads a number that is at most a limit.
func (r *reader) upTo(limit uint64) uint64 {
	n, size := binary.Uvarint(r.rest)
	if r.bad || size <= 0 || n > limit {
		r.bad = true
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// count reads how many of something follow: no more than there are bytes left, so that
// nobody orders memory with a few of them.
func (r *reader) count() int { return int(r.upTo(uint64(len(r.rest)))) } //nolint:gosec // at most a length

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.rest) {
		r.bad = true
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

// time reads a second, at or after another.
func (r *reader) time(after int64) int64 {
	return after + int64(r.upTo(uint64(latest-after))) //nolint:gosec // both from 0 to latest
}

func (r *reader) lesson() lesson {
	l := lesson{}
	l.opened = r.time(0)
	l.last = r.time(l.opened)
	l.resumeAt = r.time(0)
	l.resume = int64(r.upTo(MaxVideo)) //nolint:gosec // at most MaxVideo
	l.granted = r.time(0)
	l.read = r.spans()
	n := r.count()
	var to, at int64
	for range n {
		from := to + int64(r.upTo(uint64(MaxVideo-to)))  //nolint:gosec // both at most MaxVideo
		to = from + int64(r.upTo(uint64(MaxVideo-from))) //nolint:gosec // both at most MaxVideo
		step, size := binary.Varint(r.rest)
		if r.bad || size <= 0 || step < -latest || step > latest || at+step <= 0 || at+step > latest || to == from {
			r.bad = true
			return l
		}
		r.rest = r.rest[size:]
		at += step
		if k := len(l.watched); k > 0 && l.watched[k-1].to == from && l.watched[k-1].at == at {
			r.bad = true // Apply would have joined them
		}
		l.watched = append(l.watched, piece{from, to, at})
	}
	return l
}

func (r *reader) spans() spans {
	n := r.count()
	var out spans
	var before int64
	for range n {
		from := r.time(before)
		to := r.time(from)
		if r.bad || to == from || len(out) > 0 && from == before {
			r.bad = true
			return nil
		}
		out = append(out, span{from, to})
		before = to
	}
	return out
}

// MarshalText writes a state as text, for JSON and columns of text. It is of the value
// as well as of pointers: without it, a value would silently be written as nothing.
func (s State) MarshalText() ([]byte, error) {
	return base64.RawStdEncoding.AppendEncode(nil, s.Encode()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *State) UnmarshalText(text []byte) error {
	plain, err := base64.RawStdEncoding.Strict().AppendDecode(nil, text)
	if err != nil {
		return ErrState
	}
	read, err := Decode(plain)
	if err != nil {
		return err
	}
	*s = *read
	return nil
}
