package importer

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// write makes a folder with one file in it.
func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// readAllOf reads a file to its end: its rows, the bad ones as "line column: why".
func readAllOf(dir string, s *section) (rows []string, bad []string, err error) {
	in, err := openInput(context.Background(), folder(dir), s, nil)
	if err != nil {
		return nil, nil, err
	}
	defer in.close()
	for {
		rec, b, err := in.next()
		switch {
		case errors.Is(err, io.EOF):
			return rows, bad, nil
		case err != nil:
			return rows, bad, err
		case b != nil:
			bad = append(bad, fmt.Sprintf("%d %s: %s", b.Line, b.Column, b.Why))
		default:
			rows = append(rows, fmt.Sprintf("%d %s", rec.line, strings.Join(rec.values, "|")))
		}
	}
}

func zipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.Bytes()
}

func wide(text string, bigEndian bool) []byte {
	out := []byte{0xff, 0xfe}
	if bigEndian {
		out = []byte{0xfe, 0xff}
	}
	for _, u := range utf16.Encode([]rune(text)) {
		low, high := byte(u), byte(u>>8)
		if bigEndian {
			low, high = high, low
		}
		out = append(out, low, high)
	}
	return out
}

func TestReaderReads(t *testing.T) {
	long := strings.Repeat("x", longestField)
	for name, c := range map[string]struct {
		content []byte
		s       section
		want    []string
	}{
		"comma":            {[]byte("id,name\n1,a\n2,b\n"), section{}, []string{"2 1|a", "3 2|b"}},
		"no last line end": {[]byte("id,name\n1,a"), section{}, []string{"2 1|a"}},
		"windows lines":    {[]byte("id,name\r\n1,a\r\n"), section{}, []string{"2 1|a"}},
		"other order":      {[]byte("name,x,id\na,9,1\n"), section{}, []string{"2 1|a"}},
		"semicolon":        {[]byte("id;name\n1;a,b\n"), section{}, []string{"2 1|a,b"}},
		"tab":              {[]byte("id\tname\n1\ta b\n"), section{}, []string{"2 1|a b"}},
		"bar":              {[]byte("id|name\n1|a\n"), section{}, []string{"2 1|a"}},
		"told delimiter":   {[]byte("id;name\n1;a\n"), section{delimiter: ';'}, []string{"2 1|a"}},
		"header spaces":    {[]byte(" id , name\n1,a\n"), section{}, []string{"2 1|a"}},
		"quotes":           {[]byte("id,name\n1,\"a, \"\"b\"\"\"\n"), section{}, []string{`2 1|a, "b"`}},
		"quoted header":    {[]byte("\"id\",\"name\"\n1,a\n"), section{}, []string{"2 1|a"}},
		"quoted newline":   {[]byte("id,name\n1,\"a\nb\"\n2,c\n"), section{}, []string{"2 1|a\nb", "4 2|c"}},
		"bare quote":       {[]byte("id,name\n1,12\" pipe\n"), section{}, []string{`2 1|12" pipe`}},
		"blank lines":      {[]byte("\n\nid,name\n\n1,a\n,\n  \n2,b\n"), section{}, []string{"5 1|a", "8 2|b"}},
		"no header":        {[]byte("1;a\n2;b\n"), section{header: []string{"id", "name"}}, []string{"1 1|a", "2 2|b"}},
		"bom":              {[]byte("\xef\xbb\xbfid,name\n1,ä\n"), section{}, []string{"2 1|ä"}},
		"bom beats words":  {[]byte("\xef\xbb\xbfid,name\n1,ä\n"), section{encoding: encodingWindows}, []string{"2 1|ä"}},
		"windows-1252":     {[]byte("id;name\n1;M\xfcller \x80\n"), section{encoding: encodingWindows}, []string{"2 1|Müller €"}},
		"utf-16":           {wide("id,name\n1,ä€\n", false), section{}, []string{"2 1|ä€"}},
		"utf-16 big":       {wide("id,name\n1,ä€\n", true), section{}, []string{"2 1|ä€"}},
		"gzip":             {zipped("id,name\n1,a\n"), section{}, []string{"2 1|a"}},
		"gzip and bom":     {zipped("\xef\xbb\xbfid;name\n1;a\n"), section{}, []string{"2 1|a"}},
		"longest field":    {[]byte("id,name\n1," + long + "\n"), section{}, []string{"2 1|" + long}},
		"only a header":    {[]byte("id,name\n"), section{}, nil},
		"jsonl":            {[]byte(`{"id":1,"name":"a"}` + "\n\n" + `{"name":null,"id":"x","more":[1]}`), section{format: formatJSONL}, []string{"1 1|a", "3 x|"}},
		"jsonl digits":     {[]byte(`{"id":9.80000019,"name":true}` + "\n"), section{format: formatJSONL}, []string{"1 9.80000019|true"}},
		"jsonl nested":     {[]byte(`{"id":1,"a":{"b.c":{"d":"x"}},"name":"n"}` + "\n"), section{format: formatJSONL, columns: []string{"id", "name"}}, []string{"1 1|n"}},
		"jsonl gzip":       {zipped(`{"id":1,"name":"a"}`), section{format: formatJSONL}, []string{"1 1|a"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.s
			s.file, s.entity, s.columns = "f", Organizations, []string{"id", "name"}
			if s.format == "" {
				s.format = formatCSV
			}
			rows, bad, err := readAllOf(write(t, "f", c.content), &s)
			if err != nil || bad != nil || !slices.Equal(rows, c.want) {
				t.Errorf("got %q %q %v, want %q", rows, bad, err, c.want)
			}
		})
	}
}

func TestReaderReportsRows(t *testing.T) {
	long := strings.Repeat("x", longestField+1)
	for name, c := range map[string]struct {
		content []byte
		s       section
		want    []string
	}{
		"too few":          {[]byte("id,name\n1\n2,b\n"), section{}, []string{"2 : there are 1 fields where the header has 2"}},
		"too many":         {[]byte("id,name\n1,a,b\n2,b\n"), section{}, []string{"2 : there are 3 fields where the header has 2"}},
		"after a quote":    {[]byte("id,name\n1,\"a\"b\n2,b\n"), section{}, []string{"2 character 6: there is text after the closing quote of a field"}},
		"invalid utf-8":    {[]byte("id,name\n1,ä\xffb\n2,b\n"), section{}, []string{"2 character 4: invalid UTF-8; if the file is in Windows-1252, the mapping must say so"}},
		"nul":              {[]byte("id,name\n1,a\x00b\n2,b\n"), section{}, []string{"2 character 4: there is a NUL byte"}},
		"long field":       {[]byte("id,name\n1," + long + "\n2,b\n"), section{}, []string{"2 field 2: the field has more than 20000 bytes"}},
		"no such byte":     {[]byte("id,name\n1,a\x81\n2,b\n"), section{encoding: encodingWindows}, []string{"2 character 4: a byte that Windows-1252 does not have"}},
		"half a character": {append(wide("id,name\n2,b\n1,", false), 'x'), section{}, []string{"3 character 3: a byte that UTF-16 does not have"}},
		"no json":          {[]byte("{\"id\":1\n{\"id\":2,\"name\":\"b\"}\n"), section{format: formatJSONL}, []string{"1 : this is not a JSON object: unexpected EOF"}},
		"json list":        {[]byte("[1]\n{\"id\":2,\"name\":\"b\"}\n"), section{format: formatJSONL}, []string{"1 : this is not a JSON object: cannot unmarshal array into Go value of type map[string]interface {}"}},
		"json null":        {[]byte("null\n{\"id\":2,\"name\":\"b\"}\n"), section{format: formatJSONL}, []string{"1 : this is not a JSON object: it is null"}},
		"two objects":      {[]byte("{} {}\n{\"id\":2,\"name\":\"b\"}\n"), section{format: formatJSONL}, []string{"1 : there is something after the JSON object"}},
		"json value":       {[]byte("{\"id\":[1]}\n{\"id\":2,\"name\":\"b\"}\n"), section{format: formatJSONL}, []string{"1 id: the value is an object or a list"}},
		"json nul":         {[]byte("{\"id\":\"a\\u0000\"}\n{\"id\":2,\"name\":\"b\"}\n"), section{format: formatJSONL}, []string{"1 id: there is a NUL byte"}},
		"json long":        {[]byte("{\"id\":\"" + long + "\"}\n{\"id\":2,\"name\":\"b\"}\n"), section{format: formatJSONL}, []string{"1 id: the field has more than 20000 bytes"}},
		"json bad utf-8":   {[]byte("{\"id\":\"\xff\"}\n{\"id\":2,\"name\":\"b\"}\n"), section{format: formatJSONL}, []string{"1 character 8: invalid UTF-8; if the file is in Windows-1252, the mapping must say so"}},
		"quote over lines": {[]byte("id,name\n1,\"a\nb\"c\n2,b\n"), section{}, []string{"2 character 8: there is text after the closing quote of a field"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.s
			s.file, s.entity, s.columns = "f", Organizations, []string{"id", "name"}
			if s.format == "" {
				s.format = formatCSV
			}
			rows, bad, err := readAllOf(write(t, "f", c.content), &s)
			if err != nil || !slices.Equal(bad, c.want) || len(rows) != 1 || !strings.HasSuffix(rows[0], " 2|b") {
				t.Errorf("got %q %q %v, want %q and the row after it", rows, bad, err, c.want)
			}
		})
	}
}

func TestReaderRefusesFiles(t *testing.T) {
	damaged := zipped("id,name\n" + strings.Repeat("1,a\n", 10_000))
	damaged = damaged[:len(damaged)-8]
	for name, c := range map[string]struct {
		content []byte
		s       section
		want    string
	}{
		"empty":           {nil, section{}, "f: the file is empty"},
		"blank":           {[]byte("\n \n"), section{}, "f: the file is empty"},
		"an image":        {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), section{}, "f: line 1: the header: invalid UTF-8"},
		"a program":       {append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 100)...), section{}, "there is a NUL byte"},
		"a web page":      {[]byte("<!DOCTYPE html>\n<html></html>\n"), section{}, `the header lacks the columns ["id" "name"]; it has ["<!DOCTYPE html>"]`},
		"other columns":   {[]byte("id;names\n1;a\n"), section{}, `the header lacks the columns ["name"]; it has ["id" "names"]`},
		"two columns":     {[]byte("id,name,id\n1,a,2\n"), section{}, `there are two columns "id"`},
		"many columns":    {[]byte("id,name" + strings.Repeat(",x", mostColumns)), section{}, "there are 1002 columns, 1000 at most"},
		"open quote":      {[]byte("id,name\n1,\"a\n2,b\n"), section{}, "f: line 2: a quote is opened in this record and never closed"},
		"long open quote": {[]byte("id,name\n1,\"a\n" + strings.Repeat("2,b\n", mostLines+1)), section{}, "never closed"},
		"header quote":    {[]byte("id,\"name\n" + strings.Repeat("1,a\n", 40_000)), section{}, "a quote is opened in the header and never closed"},
		"one line":        {[]byte("id,name\n" + strings.Repeat("x", 2*longestRecord)), section{}, "the line has more than 1024 kB"},
		"damaged":         {damaged, section{}, "cannot be read on: unexpected EOF"},
		"half a gzip":     {zipped("id,name\n")[:5], section{}, "the compressed file is damaged"},
		"told wrongly":    {[]byte("id,name\n1,a\n"), section{delimiter: ';'}, "the header lacks the columns"},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.s
			s.file, s.entity, s.columns, s.format = "f", Organizations, []string{"id", "name"}, formatCSV
			_, _, err := readAllOf(write(t, "f", c.content), &s)
			var f *FileError
			if !errors.As(err, &f) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	s := &section{file: "f", entity: Organizations, format: formatCSV, columns: []string{"id"}}
	if _, err := openInput(t.Context(), folder(t.TempDir()), s, nil); err == nil || err.Error() != "f: no such file or directory" {
		t.Errorf("no file: %v", err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "f"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := openInput(t.Context(), folder(dir), s, nil); err == nil || err.Error() != "f: this is not a file" {
		t.Errorf("a folder: %v", err)
	}
	if rows, _, err := readAllOf(write(t, "f.gz", zipped("id\n7\n")), s); err != nil || !slices.Equal(rows, []string{"2 7"}) {
		t.Errorf("f.gz for f: %q %v", rows, err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("id,name\n1,\"a\"\"b\"\n"), false, false)
	f.Add([]byte("\xef\xbb\xbfid;name\r\n1;\"a\nb\"\r\n"), false, false)
	f.Add([]byte("id\tname\n1\t\xe4\n"), true, false)
	f.Add(wide("id,name\n1,a\n", true), false, false)
	f.Add(zipped("id,name\n1,a\n"), false, false)
	f.Add([]byte(`{"id":1,"name":{"x":2}}`), false, true)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, content []byte, windows, jsonl bool) {
		if err := os.WriteFile(filepath.Join(dir, "f"), content, 0o600); err != nil {
			t.Fatal(err)
		}
		s := &section{file: "f", entity: Organizations, format: formatCSV, columns: []string{"id", "name"}}
		if windows {
			s.encoding = encodingWindows
		}
		if jsonl {
			s.format = formatJSONL
		}
		in, err := openInput(t.Context(), folder(dir), s, nil)
		for line := 0; err == nil; {
			var rec *record
			var bad *BadRow
			if rec, bad, err = in.next(); err != nil {
				break
			}
			if rec.line <= line {
				t.Fatalf("line %d comes after %d", rec.line, line)
			}
			line = rec.line
			if bad != nil {
				continue
			}
			if len(rec.values) != 2 {
				t.Fatalf("%d values", len(rec.values))
			}
			for _, v := range rec.values {
				if !utf8.ValidString(v) || strings.IndexByte(v, 0) >= 0 || len(v) > longestField {
					t.Fatalf("a bad value came through: %q", v)
				}
			}
		}
		var fe *FileError
		if !errors.Is(err, io.EOF) && !errors.As(err, &fe) {
			t.Fatalf("%T %v", err, err)
		}
		if in != nil {
			_ = in.close()
		}
	})
}
