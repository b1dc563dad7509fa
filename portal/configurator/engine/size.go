package engine

import "unsafe"

// Size is how much memory the compiled model takes at most, in bytes: what is
// shared, the answers that are kept, and a worker for each processor.
func (c *Compiled) Size() int64 {
	if c.facts.Void {
		return 0
	}
	p := c.prog
	n := int64(p.vars)
	shared := int64(len(p.arena)) * 4
	for _, im := range []*image{c.image, c.plain} {
		shared += int64(len(im.arena))*4 + int64(len(im.watch))*8 + int64(len(im.heads))*12 + 20*n
	}
	for _, l := range []*lists{&p.amoOcc, &p.cardOcc, &p.presOcc, &p.sumOcc, &p.tabOcc, &p.occ, &p.cardIn, &p.tabIn} {
		shared += int64(len(l.off)+len(l.data)) * 4
	}
	shared += 20 * n
	for _, t := range p.tables {
		shared += int64(len(t.edges))*int64(unsafe.Sizeof(edge{})) + int64(len(t.out))*4
	}
	for _, s := range p.sets {
		shared += int64(len(s))*4 + 24
	}
	w := &c.wits
	shared += int64(len(w.lanes))*8*laneWords + int64(len(w.rows))*8 + int64(w.n)*(n/8+24+4*int64(len(p.nums)))
	shared += int64(len(c.values)) * 96 // literals, keys' look-up
	each := int64(len(c.image.arena))*4 + int64(len(c.image.watch))*8 + int64(len(c.image.heads))*12 + 60*n + int64(c.widest)*16
	if len(w.lanes) > 0 {
		each += 8 * laneWords * 4 * n // rows, what was flipped, the queue
	}
	return shared + answerBytes + each*int64(cap(c.pool))
}
