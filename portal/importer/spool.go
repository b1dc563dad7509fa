package importer

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"slices"
)

// spool keeps the rows that belong to orders (their lines, their shipments)
// in a temporary file, to be taken out by order. The file is as large as what
// is used of the unpacked input; in memory there are 32 bytes for each group
// of neighbouring rows of one order. So the rows may come in any order, and
// where they are grouped, as most systems write them, little is needed.
type spool struct {
	sections []*section
	file     *os.File
	w        *bufio.Writer
	runs     []group
	end      int64
	key      string // of the group being written
	buffer   []byte
	seed     maphash.Seed
}

// group is some neighbouring rows of one order.
type group struct {
	hash  uint64
	start int64
	size  int64
	taken bool
}

// child is a row taken out.
type child struct {
	s   *section
	rec *record
}

// largestOrder bounds what belongs to one order, in bytes and in rows, so that
// a wrong column as the key does not bring the whole file into memory.
const (
	largestOrder = 16 << 20
	mostChildren = 10_000
)

var errLargeOrder = fmt.Errorf("more than %d rows belong to this order", mostChildren)

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "foyer-import-")
	if err != nil {
		return nil, fmt.Errorf("importer: a temporary file: %w", err)
	}
	// Where the system allows it the file has no name from now on, and is gone
	// with the process however that ends.
	_ = os.Remove(f.Name())
	return &spool{file: f, w: bufio.NewWriterSize(f, 256<<10), seed: maphash.MakeSeed()}, nil
}

func (p *spool) close() error {
	err := p.file.Close()
	if bad := os.Remove(p.file.Name()); !errors.Is(bad, fs.ErrNotExist) {
		err = errors.Join(err, bad)
	}
	return err
}

// add puts a row in, under the key of its order.
func (p *spool) add(section int, key string, rec *record) error {
	p.buffer = p.buffer[:0]
	if len(p.runs) == 0 || p.key != key {
		p.key = key
		p.runs = append(p.runs, group{hash: maphash.String(p.seed, key), start: p.end})
		p.text(key)
	}
	p.number(section)
	p.number(rec.line)
	for _, v := range rec.values {
		p.text(v)
	}
	p.runs[len(p.runs)-1].size += int64(len(p.buffer))
	p.end += int64(len(p.buffer))
	if _, err := p.w.Write(p.buffer); err != nil {
		return fmt.Errorf("importer: a temporary copy of %s: %w", p.sections[section].file, err)
	}
	return nil
}

func (p *spool) number(n int) { p.buffer = binary.AppendUvarint(p.buffer, uint64(n)) } //nolint:gosec // never negative

func (p *spool) text(s string) {
	p.number(len(s))
	p.buffer = append(p.buffer, s...)
}

// ready ends the writing; from now on rows can be taken.
func (p *spool) ready() error {
	if err := p.w.Flush(); err != nil {
		return fmt.Errorf("importer: a temporary copy: %w", err)
	}
	p.w = nil
	slices.SortFunc(p.runs, func(a, b group) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.start, b.start)) })
	return nil
}

// take returns the rows of an order in the order of the file.
func (p *spool) take(key string) ([]child, error) {
	h := maphash.String(p.seed, key)
	i, _ := slices.BinarySearchFunc(p.runs, h, func(g group, h uint64) int { return cmp.Compare(g.hash, h) })
	var out []child
	var taken []int
	for ; i < len(p.runs) && p.runs[i].hash == h; i++ {
		if p.runs[i].size > largestOrder {
			return nil, p.back(taken)
		}
		owner, children, err := p.read(p.runs[i])
		if err != nil {
			return nil, err
		}
		if owner != key {
			continue // another key with the same hash
		}
		p.runs[i].taken = true
		taken = append(taken, i)
		if out = append(out, children...); len(out) > mostChildren {
			return nil, p.back(taken)
		}
	}
	return out, nil
}

// back leaves the rows of an order that is too large to be found by left.
func (p *spool) back(taken []int) error {
	for _, i := range taken {
		p.runs[i].taken = false
	}
	return errLargeOrder
}

// left calls f for the rows that nobody took, in the order of the file.
func (p *spool) left(f func(key string, c child) error) error {
	slices.SortFunc(p.runs, func(a, b group) int { return cmp.Compare(a.start, b.start) })
	for _, g := range p.runs {
		if g.taken {
			continue
		}
		// One by one: a group that nobody owns may be a whole file.
		r := bufio.NewReaderSize(io.NewSectionReader(p.file, g.start, g.size), 64<<10)
		key, err := readText(r)
		for err == nil {
			var c child
			if c, err = p.child(r); err == nil {
				err = f(key, c)
			}
		}
		if !errors.Is(err, io.EOF) {
			return fmt.Errorf("importer: reading a temporary copy: %w", err)
		}
	}
	return nil
}

func (p *spool) read(g group) (string, []child, error) {
	raw := make([]byte, g.size)
	if _, err := p.file.ReadAt(raw, g.start); err != nil {
		return "", nil, fmt.Errorf("importer: reading a temporary copy: %w", err)
	}
	r := bytes.NewReader(raw)
	key, err := readText(r)
	var out []child
	for err == nil {
		var c child
		if c, err = p.child(r); err == nil {
			out = append(out, c)
		}
	}
	if !errors.Is(err, io.EOF) {
		return "", nil, fmt.Errorf("importer: reading a temporary copy: %w", err)
	}
	return key, out, nil
}

type byteReader interface {
	io.Reader
	io.ByteReader
}

// child reads a row; io.EOF when there is none.
func (p *spool) child(r byteReader) (child, error) {
	section, err := binary.ReadUvarint(r)
	if err != nil {
		return child{}, err
	}
	line, err := binary.ReadUvarint(r)
	if err != nil {
		return child{}, err
	}
	s := p.sections[section]
	rec := &record{line: int(line), values: make([]string, len(s.columns))} //nolint:gosec // as it was written
	for i := range rec.values {
		if rec.values[i], err = readText(r); err != nil {
			return child{}, err
		}
	}
	return child{s, rec}, nil
}

func readText(r byteReader) (string, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil || n == 0 {
		return "", err
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r, b)
	return string(b), err
}
