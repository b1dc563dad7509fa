package engine

import (
	"sync"
	"unsafe"
)

// answers keeps what remains possible before and after the first choice, which is
// asked for by everybody and costs the most. It is bounded, and an answer from here
// is what would be found again.
type answers struct {
	mu   sync.Mutex
	kept map[answerKey]*Domains
	room int64
	each int64
}

// answerKey is the literal of the one choice, or noLit.
type answerKey lit

const answerBytes = 4 << 20

func (a *answers) init(c *Compiled) {
	a.kept = map[answerKey]*Domains{}
	a.room = answerBytes
	a.each = int64(len(c.values)) + int64(len(c.s.m.Groups))*int64(unsafe.Sizeof(GroupDomain{})) + int64(len(c.prog.nums))*int64(unsafe.Sizeof(Range{})) + 128
}

func keyOf(choices []Choice, list []wish) (answerKey, bool) {
	key := answerKey(noLit)
	if len(list) > 1 || (len(list) == 1 && (choices[0].Option == "" || choices[0].Negate)) {
		return key, false
	}
	if len(list) == 1 {
		key = answerKey(list[0].lits[0])
	}
	return key, true
}

func (a *answers) get(choices []Choice, list []wish) *Domains {
	key, ok := keyOf(choices, list)
	if !ok {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.kept[key]
}

func (a *answers) put(choices []Choice, list []wish, d *Domains) {
	key, ok := keyOf(choices, list)
	if !ok {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.kept[key] == nil && a.room >= a.each {
		a.kept[key] = d
		a.room -= a.each
	}
}

// Facts are what is known of the model.
func (c *Compiled) Facts() Facts { return c.facts }

// Model is what was compiled. It must not be changed.
func (c *Compiled) Model() *Model { return c.s.m }
