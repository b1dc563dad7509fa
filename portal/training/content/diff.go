package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"foyer/schema"
)

// Canonical is a document as one text: JSON with the members of each object in the
// order of their names, without blanks and without what is empty. Two documents that
// say the same have the same, whatever the order of fields in the program.
func Canonical(doc schema.CourseDocument) []byte { return canonical(doc) }

func canonical(v any) []byte {
	text, err := json.Marshal(v)
	var plain any
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		err = d.Decode(&plain)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err != nil || e.Encode(filled(plain)) != nil {
		panic("content: a course document is texts, numbers and lists, which are always JSON")
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// filled drops members that are empty, so that no list and an empty list are the same.
func filled(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, member := range x {
			if member = filled(member); empty(member) {
				delete(x, k)
			} else {
				x[k] = member
			}
		}
	case []any:
		for i := range x {
			x[i] = filled(x[i])
		}
	}
	return v
}

func empty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case map[string]any:
		return len(x) == 0
	case []any:
		return len(x) == 0
	case string:
		return x == ""
	case bool:
		return !x
	case json.Number:
		return x == "0"
	}
	return false
}

// Checksum is the SHA-256 of the canonical document, in hexadecimal digits.
func Checksum(doc schema.CourseDocument) string {
	sum := sha256.Sum256(Canonical(doc))
	return hex.EncodeToString(sum[:])
}

// What has changed about a lesson, a question or a course. The names are those of the
// document's fields, and MOVED for a lesson that stands elsewhere.
const (
	Moved = "MOVED"
	// ReadAnew is among the changes of a lesson when what learners read, see or are
	// asked is another, so that they may want to know.
	ReadAnew = "CONTENT"
)

// Change is what has changed about something that both versions have.
type Change struct {
	Key string
	// Aspects are the fields that differ, sorted, and MOVED and CONTENT where they hold.
	Aspects []string
	// Questions are those of a quiz that differ.
	Questions *Difference
}

// Difference is what was added, removed and changed among things with keys, each in
// the order of the newer version; what was removed in that of the older one.
type Difference struct {
	Added, Removed []string
	Changed        []Change
}

// Empty says that nothing differs.
func (d *Difference) Empty() bool {
	return d == nil || len(d.Added)+len(d.Removed)+len(d.Changed) == 0
}

// Versions is what is different in a newer version of a course.
type Versions struct {
	// Course are the fields of the document itself that differ, sorted; modules are only
	// among them when their titles or order do.
	Course  []string
	Lessons Difference
	// Stricter are the keys of lessons that are needed now and were not there or not
	// needed before: whoever had finished has these to do after a move.
	Stricter []string
	// MinutesBefore and MinutesAfter are those of the needed lessons.
	MinutesBefore, MinutesAfter int
}

// Diff says for trainers what is different in a newer version. What learners have
// done goes with the keys of lessons (progress.Move).
func Diff(before, after *schema.CourseDocument) Versions {
	v := Versions{MinutesBefore: Count(before).Minutes, MinutesAfter: Count(after).Minutes}
	v.Course = aspects(*before, *after, "modules")
	if !reflect.DeepEqual(outline(before), outline(after)) {
		v.Course = append(v.Course, "modules")
		slices.Sort(v.Course)
	}
	old, now := Lessons(before), Lessons(after)
	was, is := moduleOf(before), moduleOf(after)
	v.Lessons = compare(old, now, func(l *schema.Lesson) string { return l.Key }, func(a, b *schema.Lesson) *Change {
		return lessonChange(a, b, was[a.Key] != is[b.Key])
	})
	common := func(lessons []*schema.Lesson, other map[string]string) (out []string) {
		for _, l := range lessons {
			if _, there := other[l.Key]; there {
				out = append(out, l.Key)
			}
		}
		return out
	}
	v.Lessons.moved(common(old, is), common(now, was))
	needed := map[string]bool{}
	for _, l := range old {
		needed[l.Key] = !l.Optional
	}
	for _, l := range now {
		if !l.Optional && !needed[l.Key] {
			v.Stricter = append(v.Stricter, l.Key)
		}
	}
	return v
}

// outline are the modules without what is in them.
func outline(doc *schema.CourseDocument) (out []schema.CourseModule) {
	for _, m := range doc.Modules {
		out = append(out, schema.CourseModule{Key: m.Key, Title: m.Title})
	}
	return out
}

func moduleOf(doc *schema.CourseDocument) map[string]string {
	out := map[string]string{}
	for i := range doc.Modules {
		for j := range doc.Modules[i].Lessons {
			out[doc.Modules[i].Lessons[j].Key] = doc.Modules[i].Key
		}
	}
	return out
}

// compare finds what was added, removed and changed in a list of things with keys.
func compare[T any](before, after []T, key func(T) string, change func(a, b T) *Change) Difference {
	var d Difference
	old := map[string]T{}
	for _, x := range before {
		old[key(x)] = x
	}
	kept := map[string]bool{}
	for _, x := range after {
		a, there := old[key(x)]
		kept[key(x)] = true
		if !there {
			d.Added = append(d.Added, key(x))
		} else if c := change(a, x); c != nil {
			d.Changed = append(d.Changed, *c)
		}
	}
	for _, x := range before {
		if !kept[key(x)] {
			d.Removed = append(d.Removed, key(x))
		}
	}
	return d
}

// readAnew are the fields of a lesson that learners read, see or are asked.
var readAnew = []string{"assignment", "body", "kind", "media", "quiz", "title"}

func lessonChange(a, b *schema.Lesson, elsewhere bool) *Change {
	c := &Change{Key: b.Key, Aspects: aspects(*a, *b)}
	if slices.ContainsFunc(c.Aspects, func(s string) bool { return slices.Contains(readAnew, s) }) {
		c.Aspects = append(c.Aspects, ReadAnew)
	}
	if elsewhere {
		c.Aspects = append(c.Aspects, Moved)
	}
	if a.Quiz != nil && b.Quiz != nil {
		d := compare(a.Quiz.Questions, b.Quiz.Questions, func(q schema.Question) string { return q.Key }, func(a, b schema.Question) *Change {
			if list := aspects(a, b); len(list) > 0 {
				return &Change{Key: b.Key, Aspects: list}
			}
			return nil
		})
		if !d.Empty() {
			c.Questions = &d
		}
	}
	if len(c.Aspects) == 0 {
		return nil
	}
	return c
}

// moved marks lessons that changed their place among those that both versions have:
// the fewest that explain the new order.
func (d *Difference) moved(before, after []string) {
	stay := longestCommon(before, after)
	for i, key := range after {
		if stay[key] {
			continue
		}
		at := slices.IndexFunc(d.Changed, func(c Change) bool { return c.Key == key })
		switch {
		case at >= 0 && slices.Contains(d.Changed[at].Aspects, Moved):
		case at >= 0:
			d.Changed[at].Aspects = append(d.Changed[at].Aspects, Moved)
		default:
			earlier := 0
			for earlier < len(d.Changed) && slices.Index(after, d.Changed[earlier].Key) < i {
				earlier++
			}
			d.Changed = slices.Insert(d.Changed, earlier, Change{Key: key, Aspects: []string{Moved}})
		}
	}
}

// longestCommon are the members of a longest sequence that both lists have in order.
func longestCommon(a, b []string) map[string]bool {
	at := make(map[string]int, len(a))
	for i, key := range a {
		at[key] = i
	}
	best, from := make([]int, len(b)), make([]int, len(b))
	last := -1
	for i := range b {
		best[i], from[i] = 1, -1
		for j := range i {
			if at[b[j]] < at[b[i]] && best[j]+1 > best[i] {
				best[i], from[i] = best[j]+1, j
			}
		}
		if last < 0 || best[i] > best[last] {
			last = i
		}
	}
	out := map[string]bool{}
	for ; last >= 0; last = from[last] {
		out[b[last]] = true
	}
	return out
}

// aspects are the names of the fields in which two things differ, sorted.
func aspects[T any](a, b T, without ...string) []string {
	before, after := fields(a), fields(b)
	out := map[string]bool{}
	for k, v := range before {
		if !bytes.Equal(v, after[k]) {
			out[k] = true
		}
	}
	for k := range after {
		if before[k] == nil {
			out[k] = true
		}
	}
	for _, k := range without {
		delete(out, k)
	}
	return slices.Sorted(maps.Keys(out))
}

func fields(v any) map[string]json.RawMessage {
	var out map[string]json.RawMessage
	if json.Unmarshal(canonical(v), &out) != nil {
		panic("content: what is compared has fields")
	}
	return out
}
