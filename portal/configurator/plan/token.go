package plan

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"unicode/utf8"

	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Since is what was asked before, by which what has changed is found. It is no
// secret and no proof: it says no more than another question would.
type Since struct {
	VersionID string
	Choices   []schema.ConfigurationChoice
	Quantity  int
}

// ErrToken is the error of a text that is no token, or a damaged one.
var ErrToken = errors.New("this is no token of an earlier answer; ask without it for the whole answer")

// The limits of a token.
const (
	maxToken = 8 << 10
	maxWord  = 200 // bytes of a key
)

const tokenVersion = 1

// The first byte of a choice says what follows.
const (
	hasOption = 1
	hasNumber = 2
	isAbsent  = 4
	isNegated = 8
)

// Token writes what was asked so that it goes into an address. It is empty when that
// would take more than 8 kB: then there is nothing to compare with.
func Token(versionID string, choices []schema.ConfigurationChoice, quantity int) string {
	b := []byte{tokenVersion}
	b = appendWord(b, versionID)
	b = binary.AppendUvarint(b, uint64(max(0, quantity))) //nolint:gosec // not below 0
	for _, c := range choices {
		b = append(b, flagsOf(&c))
		b = appendWord(b, c.Group)
		if c.Option != "" {
			b = appendWord(b, c.Option)
		}
		if c.Number != "" {
			b = appendWord(b, c.Number)
		}
	}
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	if base64.RawURLEncoding.EncodedLen(len(b)) > maxToken {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func flagsOf(c *schema.ConfigurationChoice) byte {
	flags := byte(0)
	for _, f := range []struct {
		set bool
		bit byte
	}{{c.Option != "", hasOption}, {c.Number != "", hasNumber}, {c.Absent, isAbsent}, {c.Negate, isNegated}} {
		if f.set {
			flags |= f.bit
		}
	}
	return flags
}

func appendWord(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// ReadToken reads a token. Only what Token wrote is one.
func ReadToken(token string) (Since, error) {
	if len(token) > maxToken {
		return Since{}, ErrToken
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) < 5 || b[0] != tokenVersion {
		return Since{}, ErrToken
	}
	body, sum := b[:len(b)-4], binary.BigEndian.Uint32(b[len(b)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return Since{}, ErrToken
	}
	r := reader{b: body[1:]}
	s := Since{VersionID: r.word(), Quantity: r.count()}
	for len(r.b) > 0 && !r.broken {
		s.Choices = append(s.Choices, r.choice())
	}
	// Numbers can be written in several ways, of which a token has one.
	if r.broken || Token(s.VersionID, s.Choices, s.Quantity) != token {
		return Since{}, ErrToken
	}
	return s, nil
}

type reader struct {
	b      []byte
	broken bool
}

func (r *reader) number() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.broken = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) count() int {
	v := r.number()
	if v > math.MaxInt32 {
		r.broken = true
		return 0
	}
	return int(v)
}

func (r *reader) word() string {
	n := r.number()
	if r.broken || n > maxWord || n > uint64(len(r.b)) || !utf8.Valid(r.b[:n]) {
		r.broken = true
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) choice() schema.ConfigurationChoice {
	flags := r.b[0]
	r.b = r.b[1:]
	c := schema.ConfigurationChoice{Group: r.word(), Absent: flags&isAbsent != 0, Negate: flags&isNegated != 0}
	if flags&hasOption != 0 {
		c.Option = r.word()
	}
	if flags&hasNumber != 0 {
		c.Number = r.word()
	}
	return c
}

// Changes are the places where two answers differ.
type Changes struct {
	// Options are those of another status, selected otherwise, or at another delta.
	Options []engine.Ref
	// Groups are those with such options, numbers that have changed, and those that
	// are decided or answered now, or no longer. They are in the order of the document.
	Groups []string
}

// Changed finds what differs between two states of one document.
func Changed(before, after *State, was, is Deltas) Changes {
	out := Changes{}
	if len(before.Groups) != len(after.Groups) { // not of one document: all of it
		before = &State{Groups: make([]GroupState, len(after.Groups))}
	}
	for g := range after.Groups {
		a, b := &before.Groups[g], &after.Groups[g]
		differs := a.Decided != b.Decided || a.Answered != b.Answered || !sameNumber(a.Number, b.Number)
		for o := range b.Options {
			ref := engine.Ref{Group: b.Key, Option: b.Options[o].Key}
			if o >= len(a.Options) || a.Options[o] != b.Options[o] || !sameDelta(was, is, ref) {
				out.Options = append(out.Options, ref)
				differs = true
			}
		}
		if differs {
			out.Groups = append(out.Groups, b.Key)
		}
	}
	return out
}

func sameNumber(a, b *NumberState) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Presence == b.Presence && a.Min == b.Min && a.Max == b.Max && a.ByDefault == b.ByDefault && sameValue(a.Value, b.Value)
}

func sameValue(a, b *int64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func sameDelta(was, is Deltas, ref engine.Ref) bool {
	a, inA := was[ref]
	b, inB := is[ref]
	return inA == inB && a.Days == b.Days && sameValue(a.Minor, b.Minor)
}
