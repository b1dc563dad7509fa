package importer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	longestRecord = 1 << 20 // bytes; a file without line ends is not CSV
	mostColumns   = 1000
	mostLines     = 1000 // of one record, by line ends in quotes
)

// FileError is a file that cannot be read as what the mapping says it is.
// Nothing is written then.
type FileError struct {
	File string
	Line int // 0: the file as a whole
	Why  string
}

// Error implements error.
func (e *FileError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Why
	}
	return fmt.Sprintf("%s: line %d: %s", e.File, e.Line, e.Why)
}

// record is one row of a file: the values of the section's columns.
type record struct {
	line   int // on which it begins, from 1
	values []string
}

// input reads the records of a section's file one by one.
type input struct {
	s       *section
	file    io.ReadCloser
	size    int64
	quota   *quota // of the run; nil: none
	counter *counter
	text    *bufio.Reader
	line    int // lines read so far
	closed  bool

	delimiter byte
	fields    int   // of a CSV record
	slots     []int // by field: where its value goes, -1 nowhere
	split     []string
	seen      []bool // JSONL: columns that some record has had
	pending   []byte // a first line that has no header in it
	decoder   string // what the text is decoded from, if not UTF-8
}

// counter counts the bytes of the file itself, so that progress is that of
// the compressed file.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// opener is where the files are that a mapping names.
type opener interface {
	// open opens a file, by the name in the mapping, and says how large it is.
	open(ctx context.Context, name string) (io.ReadCloser, int64, error)
}

// folder is a folder of the operator's.
type folder string

// open implements opener. The name may lack the file's .gz.
func (dir folder) open(_ context.Context, name string) (io.ReadCloser, int64, error) {
	path := filepath.Join(string(dir), filepath.FromSlash(name))
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if z, bad := os.Stat(path + ".gz"); bad == nil {
			path, info, err = path+".gz", z, nil
		}
	}
	if err != nil {
		return nil, 0, fileError(name, err)
	}
	if !info.Mode().IsRegular() { // looked at first: to open a pipe is to wait for its other end
		return nil, 0, &FileError{File: name, Why: "this is not a file"}
	}
	f, err := os.Open(path) //nolint:gosec // within the operator's folder
	if err != nil {
		return nil, 0, fileError(name, err)
	}
	return f, info.Size(), nil
}

// quota bounds what the files of a run may unpack to, and how many records are
// in them: a few kilobytes can be made that unpack to more than any disk holds.
type quota struct{ bytes, records int64 }

// quotaReader takes what is read from a quota.
type quotaReader struct {
	io.Reader
	*quota
}

// Read implements io.Reader.
func (q quotaReader) Read(p []byte) (int, error) {
	n, err := q.Reader.Read(p)
	if q.bytes -= int64(n); q.bytes < 0 {
		return 0, errQuota
	}
	return n, err
}

var errQuota = errors.New("the files are too large when they are unpacked")

// record takes a record from the quota.
func (q *quota) record() error {
	if q == nil {
		return nil
	}
	if q.records--; q.records < 0 {
		return errors.New("the files have too many records")
	}
	return nil
}

// openInput opens a section's file and reads its header. A file may be
// compressed with gzip, whatever its name.
func openInput(ctx context.Context, from opener, s *section, q *quota) (*input, error) {
	f, size, err := from.open(ctx, s.file)
	if err != nil {
		return nil, err
	}
	in := &input{s: s, file: f, size: size, quota: q, counter: &counter{Reader: f}, seen: make([]bool, len(s.columns))}
	if err := in.begin(); err != nil {
		return nil, errors.Join(err, in.close())
	}
	return in, nil
}

func fileError(name string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err // without the path, which the operator knows
	}
	return &FileError{File: name, Why: err.Error()}
}

func (in *input) begin() error {
	if err := in.decode(); err != nil {
		return err
	}
	if in.s.format == formatJSONL {
		return nil
	}
	return in.readHeader()
}

// decode sets up the way from the file's bytes to UTF-8.
func (in *input) decode() error {
	raw := bufio.NewReaderSize(in.counter, 64<<10)
	in.text = raw
	if magic, _ := raw.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(raw)
		if err != nil {
			return in.broken(0, "the compressed file is damaged", err)
		}
		in.text = bufio.NewReaderSize(z, 64<<10)
	}
	if in.quota != nil {
		in.text = bufio.NewReaderSize(quotaReader{in.text, in.quota}, 64<<10)
	}
	bom, _ := in.text.Peek(3)
	switch {
	case bytes.HasPrefix(bom, []byte{0xef, 0xbb, 0xbf}):
		_, err := in.text.Discard(3)
		return err
	case bytes.HasPrefix(bom, []byte{0xff, 0xfe}), bytes.HasPrefix(bom, []byte{0xfe, 0xff}):
		in.decoder = "UTF-16"
		in.text = bufio.NewReaderSize(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(in.text), 64<<10)
	case in.s.encoding == encodingWindows:
		in.decoder = "Windows-1252"
		in.text = bufio.NewReaderSize(charmap.Windows1252.NewDecoder().Reader(in.text), 64<<10)
	}
	return nil
}

func (in *input) close() error {
	if in.closed {
		return nil
	}
	in.closed = true
	return in.file.Close()
}

// broken is a file that cannot be read on, unless that is not its own fault.
func (in *input) broken(line int, what string, err error) error {
	if lost := (*unreadable)(nil); errors.As(err, &lost) || errors.Is(err, errStopped) {
		return err
	}
	return in.fatal(line, "%s: %v", what, err)
}

func (in *input) fatal(line int, format string, args ...any) error {
	return &FileError{File: in.s.file, Line: line, Why: fmt.Sprintf(format, args...)}
}

// bad is a row that cannot be read; the next one can.
func (in *input) bad(line int, column, format string, args ...any) *BadRow {
	return &BadRow{File: in.s.file, Line: line, Column: column, Entity: in.s.entity, Why: fmt.Sprintf(format, args...)}
}

// rawLine reads a line without its end. The slice is valid until the next call.
func (in *input) rawLine() ([]byte, error) {
	if in.pending != nil {
		line := in.pending
		in.pending = nil
		return line, nil
	}
	line, err := in.text.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		long := slices.Clone(line)
		for errors.Is(err, bufio.ErrBufferFull) {
			if len(long) > longestRecord {
				return nil, in.fatal(in.line+1, "the line has more than %d kB; this is not %s", longestRecord>>10, in.s.format)
			}
			line, err = in.text.ReadSlice('\n')
			long = append(long, line...)
		}
		line = long
	}
	if len(line) == 0 && err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, in.broken(in.line+1, "cannot be read on", err)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, in.broken(in.line+1, "cannot be read on", err)
	}
	in.line++
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), nil
}

// next returns the next record, or what is wrong with it, or an error that
// ends the file; io.EOF at its end.
func (in *input) next() (*record, *BadRow, error) {
	for {
		line, err := in.rawLine()
		if err != nil {
			return nil, nil, err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		at := in.line
		var values []string
		var bad *BadRow
		if in.s.format == formatJSONL {
			values, bad = in.object(string(line), at)
		} else {
			values, bad, err = in.csv(line, at)
		}
		if err != nil {
			return nil, nil, err
		}
		if bad == nil && values == nil {
			continue // nothing but delimiters
		}
		return &record{at, values}, bad, nil
	}
}

// clean says what is wrong with a record's characters.
func (in *input) clean(text string, at int) *BadRow {
	if i := strings.IndexByte(text, 0); i >= 0 {
		return in.bad(at, character(text, i), "there is a NUL byte")
	}
	if !utf8.ValidString(text) {
		i := 0
		for i < len(text) {
			r, n := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		return in.bad(at, character(text, i), "invalid UTF-8; if the file is in Windows-1252, the mapping must say so")
	}
	if i := strings.IndexRune(text, utf8.RuneError); i >= 0 && in.decoder != "" {
		return in.bad(at, character(text, i), "a byte that %s does not have", in.decoder)
	}
	return nil
}

// character is a place in a record that has no column's name.
func character(text string, i int) string {
	return fmt.Sprintf("character %d", utf8.RuneCountInString(text[:i])+1)
}
