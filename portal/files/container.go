package files

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What an office file may be, unpacked. It is never unpacked to a disk: it is
// read once, to see that it is no larger than it says.
const (
	mostEntries  = 5000
	mostUnpacked = 200 << 20
	freeUnpacked = 10 << 20 // up to here, the ratio says nothing
	mostRatio    = 200
	longestIndex = 1 << 20
)

var (
	endMark   = []byte("PK\x05\x06")
	errBomb   = refuse(TooLarge, "Unpacked, the file is far larger than it looks.", "Entpackt ist die Datei weit größer, als sie aussieht.")
	errMacros = refuse(UnsupportedType, "Files with macros are not taken.", "Dateien mit Makros werden nicht angenommen.")
)

func errContainer() error {
	return broken("it is no whole office file", "sie ist keine vollständige Office-Datei")
}

// endsAsArchive says whether programs that look at the end take it for an archive.
func endsAsArchive(r io.ReaderAt, size int64) (bool, error) {
	end, err := tail(r, size, 22+0xffff)
	if err != nil {
		return false, err
	}
	for {
		at := bytes.LastIndex(end, endMark)
		if at < 0 {
			return false, nil
		}
		if rest := end[at:]; len(rest) >= 22 && 22+int(binary.LittleEndian.Uint16(rest[20:])) <= len(rest) {
			return true, nil
		}
		end = end[:at]
	}
}

// inspectContainer takes what is an office file and nothing else.
func inspectContainer(ctx context.Context, r io.ReaderAt, size int64) (Found, error) {
	end, err := tail(r, size, 22)
	if err != nil {
		return Found{}, err
	}
	// The directory is the last thing in it, without a comment behind it in which
	// something else could hide.
	if !bytes.HasPrefix(end, endMark) || int(binary.LittleEndian.Uint16(end[10:])) > mostEntries {
		return Found{}, errContainer()
	}
	z, err := zip.NewReader(r, size)
	if errors.Is(err, zip.ErrInsecurePath) {
		return Found{}, errContainer()
	}
	if err != nil || len(z.File) == 0 {
		return Found{}, errContainer()
	}
	if len(z.File) > mostEntries {
		return Found{}, errBomb
	}
	total := uint64(0)
	names := make(map[string]*zip.File, len(z.File))
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if names[name] != nil || f.Flags&1 != 0 || !plainPath(f.Name) || f.Method != zip.Store && f.Method != zip.Deflate {
			return Found{}, errContainer()
		}
		names[name] = f
		if f.UncompressedSize64 > mostUnpacked {
			return Found{}, errBomb
		}
		total += f.UncompressedSize64
	}
	if total > mostUnpacked || total > freeUnpacked && total/mostRatio > uint64(size) { //nolint:gosec // not negative
		return Found{}, errBomb
	}
	if err := beginsWith(r, z); err != nil {
		return Found{}, err
	}
	for name := range names {
		if strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/") || strings.Contains(name, "/macrosheets/") {
			return Found{}, errMacros
		}
	}
	found, err := containerType(z, names)
	if err != nil {
		return Found{}, err
	}
	return found, unpacks(ctx, z)
}

// plainPath says whether a name in an archive stays in the folder into which
// somebody unpacks it.
func plainPath(name string) bool {
	if name == "" || len(name) > 500 || strings.ContainsAny(name, "\\:\x00") || name[0] == '/' {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return false
		}
	}
	return true
}

// beginsWith checks that the first bytes of the file are an entry that the
// directory has: otherwise it is two archives, of which each program sees another.
func beginsWith(r io.ReaderAt, z *zip.Reader) error {
	var h [30]byte
	if _, err := r.ReadAt(h[:], 0); err != nil {
		return errContainer()
	}
	first := 30 + int64(binary.LittleEndian.Uint16(h[26:])) + int64(binary.LittleEndian.Uint16(h[28:]))
	for _, f := range z.File {
		if at, err := f.DataOffset(); err == nil && at == first {
			return nil
		}
	}
	return errContainer()
}

// containerType finds out what an office file is from what it says inside, in
// the places that their standards give.
func containerType(z *zip.Reader, names map[string]*zip.File) (Found, error) {
	if m := names["mimetype"]; m != nil {
		text, err := entry(m)
		if err != nil {
			return Found{}, err
		}
		found := Found{Type: strings.TrimSuffix(strings.TrimSpace(string(text)), "-template")}
		if _, taken := types[found.Type]; !taken || !strings.HasPrefix(found.Type, open) || z.File[0] != m || names["content.xml"] == nil {
			return Found{}, unsupported()
		}
		return found, nil
	}
	index := names["[content_types].xml"]
	if index == nil || names["_rels/.rels"] == nil {
		return Found{}, unsupported() // an archive of something else
	}
	text, err := entry(index)
	if err != nil {
		return Found{}, err
	}
	if bytes.Contains(bytes.ToLower(text), []byte("macroenabled")) {
		return Found{}, errMacros
	}
	for main, typ := range map[string]string{
		"word/document.xml": "wordprocessingml.document", "xl/workbook.xml": "spreadsheetml.sheet", "ppt/presentation.xml": "presentationml.presentation",
	} {
		if names[main] != nil && bytes.Contains(text, []byte(office+typ)) {
			return Found{Type: office + typ}, nil
		}
	}
	return Found{}, unsupported()
}

// entry reads a small entry.
func entry(f *zip.File) ([]byte, error) {
	if f.UncompressedSize64 > longestIndex {
		return nil, errBomb
	}
	r, err := f.Open()
	if err != nil {
		return nil, errContainer()
	}
	defer func() { _ = r.Close() }()
	text, err := io.ReadAll(io.LimitReader(r, longestIndex+1))
	if err != nil || len(text) > longestIndex {
		return nil, errContainer()
	}
	return text, nil
}

// unpacks reads all entries to their ends: they are as large as they say, and
// their sums are right.
func unpacks(ctx context.Context, z *zip.Reader) error {
	left := int64(mostUnpacked)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return errContainer()
		}
		n, err := io.Copy(io.Discard, io.LimitReader(&stoppable{ctx, r}, left+1))
		_ = r.Close()
		switch left -= n; {
		case ctx.Err() != nil:
			return fmt.Errorf("files: %w", ctx.Err())
		case left < 0:
			return errBomb
		case err != nil:
			return errContainer()
		}
	}
	return nil
}
