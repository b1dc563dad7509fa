package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	xunicode "golang.org/x/text/encoding/unicode"

	"foyer/ent/file"
	"foyer/portal/problem"
)

// The codes of refusals, values of the API's FileErrorCode.
const (
	Empty           = "EMPTY"
	TooLarge        = "TOO_LARGE"
	UnsupportedType = "UNSUPPORTED_TYPE"
	Broken          = "BROKEN"
	TooManyPixels   = "TOO_MANY_PIXELS"
	QuotaExceeded   = "QUOTA_EXCEEDED"
	UnknownUpload   = "UNKNOWN_UPLOAD"
	NotArrived      = "NOT_ARRIVED"
	TooManyFiles    = "TOO_MANY_FILES"
	WrongState      = "WRONG_STATE"
	Invalid         = "INVALID"
)

// The types that are taken.
const (
	typeJPEG = "image/jpeg"
	typePNG  = "image/png"
	typeGIF  = "image/gif"
	typeWebP = "image/webp"
	typePDF  = "application/pdf"
	typeText = "text/plain"
	typeCSV  = "text/csv"

	office = "application/vnd.openxmlformats-officedocument."
	open   = "application/vnd.oasis.opendocument."
)

// sort is what is known of a type: its kinds, and the endings of its names, of
// which the first is the usual one.
type sort struct {
	kinds   []file.Kind
	endings []string
}

var (
	pictures  = []file.Kind{file.KindPICTURE, file.KindATTACHMENT}
	documents = []file.Kind{file.KindDOCUMENT, file.KindATTACHMENT}
)

// types are all that are taken. What is not here is refused, whatever it calls
// itself: above all SVG and HTML, which can hold programs, old office files and
// those with macros, and archives, into which nobody looks.
var types = map[string]sort{
	typeJPEG: {pictures, []string{".jpg", ".jpeg", ".jpe", ".jfif"}},
	typePNG:  {pictures, []string{".png"}},
	typeGIF:  {pictures, []string{".gif"}},
	typeWebP: {pictures, []string{".webp"}},
	typePDF:  {documents, []string{".pdf"}},
	typeText: {documents, []string{".txt", ".text", ".log", ".md", ".csv", ".tsv", ".json", ".yaml", ".yml", ".ini", ".asc"}},
	typeCSV:  {documents, []string{".csv", ".tsv", ".txt"}},

	office + "wordprocessingml.document":   {documents, []string{".docx"}},
	office + "spreadsheetml.sheet":         {documents, []string{".xlsx"}},
	office + "presentationml.presentation": {documents, []string{".pptx"}},
	open + "text":                          {documents, []string{".odt"}},
	open + "spreadsheet":                   {documents, []string{".ods"}},
	open + "presentation":                  {documents, []string{".odp"}},
	open + "graphics":                      {documents, []string{".odg"}},
}

// Found is what a file is by its content.
type Found struct {
	Type          string
	Width, Height int // of a picture, as it is looked at
}

func refuse(code, en, de string) error {
	return problem.Refuse(code, problem.Text{EN: en, DE: de}, "input", "file")
}

func broken(en, de string) error {
	return refuse(Broken, "The file is broken: "+en+".", "Die Datei ist beschädigt: "+de+".")
}

func unsupported() error {
	return refuse(UnsupportedType,
		"Files of this type are not taken. Pictures can be JPEG, PNG, WebP or GIF; documents PDF, text, CSV, or office files without macros.",
		"Dateien dieses Typs werden nicht angenommen. Bilder können JPEG, PNG, WebP oder GIF sein, Dokumente PDF, Text, CSV oder Office-Dateien ohne Makros.")
}

// Inspect says what a file is. It looks at the content alone: how it is called
// and what it is said to be is for whoever sent it to choose.
func Inspect(ctx context.Context, r io.ReaderAt, size int64, kind file.Kind) (Found, error) {
	if size == 0 {
		return Found{}, refuse(Empty, "The file is empty.", "Die Datei ist leer.")
	}
	head := make([]byte, min(size, 1024))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return Found{}, fmt.Errorf("files: %w", err)
	}
	found, err := inspect(ctx, r, size, head)
	if err != nil {
		return Found{}, err
	}
	if !slices.Contains(types[found.Type].kinds, kind) {
		return Found{}, unsupported()
	}
	return found, nil
}

func inspect(ctx context.Context, r io.ReaderAt, size int64, head []byte) (Found, error) {
	begins := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"):
		return inspectPicture(r, size, typeJPEG, head)
	case begins("\x89PNG\r\n\x1a\n"):
		return inspectPicture(r, size, typePNG, head)
	case begins("GIF87a"), begins("GIF89a"):
		return inspectPicture(r, size, typeGIF, head)
	case begins("RIFF") && len(head) > 12 && string(head[8:12]) == "WEBP":
		return inspectPicture(r, size, typeWebP, head)
	case begins("%PDF-"):
		return inspectPDF(r, size, head)
	case begins("PK\x03\x04"):
		return inspectContainer(ctx, r, size)
	}
	return inspectText(ctx, r, size, head)
}

// markup is what a browser that guesses takes for a page.
var markup = []string{"<!doctype", "<html", "<head", "<body", "<script", "<svg", "<iframe", "<?php"}

func hasMarkup(head []byte) bool {
	low := bytes.ToLower(head)
	return slices.ContainsFunc(markup, func(m string) bool { return bytes.Contains(low, []byte(m)) })
}

// twofold refuses what is something else at the same time.
func twofold(r io.ReaderAt, size int64, head []byte, pdf bool) error {
	archive, err := endsAsArchive(r, size)
	if err != nil {
		return err
	}
	if archive || hasMarkup(head) || !pdf && bytes.Contains(head, []byte("%PDF-")) {
		return broken("it is two things at once", "sie ist zweierlei zugleich")
	}
	return nil
}

// tail are the last bytes of a file.
func tail(r io.ReaderAt, size, n int64) ([]byte, error) {
	n = min(n, size)
	b := make([]byte, n)
	if _, err := r.ReadAt(b, size-n); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("files: %w", err)
	}
	return b, nil
}

func inspectPDF(r io.ReaderAt, size int64, head []byte) (Found, error) {
	end, err := tail(r, size, 2048)
	if err != nil {
		return Found{}, err
	}
	if len(head) < 8 || head[5] != '1' && head[5] != '2' || head[6] != '.' || !bytes.Contains(end, []byte("%%EOF")) {
		return Found{}, broken("a PDF ends otherwise", "eine PDF-Datei endet anders")
	}
	return Found{Type: typePDF}, twofold(r, size, head, true)
}

// longestGuess is how much of a text says whether it is a table.
const longestGuess = 64 << 10

// inspectText takes what has nothing but text in it: UTF-8, UTF-16 with its mark,
// or an old single-byte encoding. What a browser could take for a page is none.
func inspectText(ctx context.Context, r io.ReaderAt, size int64, head []byte) (Found, error) {
	var in io.Reader = &stoppable{ctx, io.NewSectionReader(r, 0, size)}
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		in = xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM).NewDecoder().Reader(in)
	}
	start, err := textOnly(in)
	if err != nil {
		return Found{}, err
	}
	begin := bytes.TrimSpace(bytes.TrimPrefix(start, []byte("\ufeff")))
	if len(begin) == 0 {
		return Found{}, refuse(Empty, "There is nothing in the file.", "In der Datei steht nichts.")
	}
	if begin[0] == '<' || hasMarkup(begin[:min(len(begin), 1024)]) {
		return Found{}, unsupported()
	}
	archive, err := endsAsArchive(r, size)
	if err != nil {
		return Found{}, err
	}
	if archive {
		return Found{}, unsupported()
	}
	if isTable(string(start)) {
		return Found{Type: typeCSV}, nil
	}
	return Found{Type: typeText}, nil
}

// textOnly reads to the end and returns the beginning, as long as all of it is
// text.
func textOnly(r io.Reader) (start []byte, err error) {
	b, wide := make([]byte, 32<<10), true // wide: it may be UTF-8 still
	var rest []byte                       // of a character that the last piece has cut
	single := true                        // it may be a single-byte encoding still
	for {
		n, err := r.Read(b)
		for _, c := range b[:n] {
			if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7f {
				return nil, unsupported()
			}
			if c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d { // nothing in windows-1252
				single = false
			}
		}
		if wide {
			rest = append(rest, b[:n]...)
			for len(rest) > 0 {
				c, width := utf8.DecodeRune(rest)
				if c == utf8.RuneError && width < 2 {
					if !utf8.FullRune(rest) && err == nil {
						break // the next piece has the rest
					}
					wide = false
					break
				}
				rest = rest[width:]
			}
		}
		if !wide && !single {
			return nil, unsupported()
		}
		start = append(start, b[:min(n, longestGuess-len(start))]...)
		if errors.Is(err, io.EOF) {
			return start, nil
		}
		if err != nil {
			return nil, fmt.Errorf("files: %w", err)
		}
	}
}

// isTable says whether the first lines of a text have the same number of the same
// separator.
func isTable(text string) bool {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if len(lines) > 1 {
		lines = lines[:len(lines)-1] // the last one may be cut
	}
	if len(lines) < 2 {
		return false
	}
	for _, separator := range []string{";", "\t", ","} {
		want, same := columns(lines[0], separator), true
		for _, line := range lines[1:min(len(lines), 20)] {
			same = same && (line == "" || columns(line, separator) == want)
		}
		if same && want > 1 {
			return true
		}
	}
	return false
}

func columns(line, separator string) int {
	n, quoted := 1, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && string(r) == separator:
			n++
		}
	}
	return n
}
