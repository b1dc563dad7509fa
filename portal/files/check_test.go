package files_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"foyer/ent/file"
	"foyer/portal/files"
	"foyer/portal/problem"
)

func drawn(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x), uint8(y), 99, 255})
		}
	}
	return m
}

func asPNG(w, h int) string {
	var b bytes.Buffer
	_ = png.Encode(&b, drawn(w, h))
	return b.String()
}

func asJPEG(w, h int) string {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, drawn(w, h), nil)
	return b.String()
}

func asGIF() string {
	var b bytes.Buffer
	_ = gif.Encode(&b, drawn(9, 9), nil)
	return b.String()
}

// turnedJPEG is one whose camera was held otherwise, and says where it was.
func turnedJPEG(w, h, orientation int) string {
	tiff := "MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(orientation)) + "\x00\x00\x00\x00\x00\x00GPS 54.3 10.1"
	app := "Exif\x00\x00" + tiff
	j := asJPEG(w, h)
	return j[:2] + "\xff\xe1" + string(binary.BigEndian.AppendUint16(nil, uint16(len(app)+2))) + app + j[2:]
}

type file2 struct{ name, text string }

func archive(list ...file2) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range list {
		w, _ := z.Create(f.name)
		_, _ = w.Write([]byte(f.text))
	}
	_ = z.Close()
	return b.String()
}

const contentTypes = `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

func docx(more ...file2) string {
	return archive(append([]file2{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", "<x/>"}, {"word/document.xml", "<w/>"}}, more...)...)
}

func odt(more ...file2) string {
	return archive(append([]file2{{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<x/>"}}, more...)...)
}

const pdf = "%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"

// hugePNG says of itself to be larger than it may be; it has no picture.
func hugePNG(w, h uint32) string {
	b := []byte("\x89PNG\r\n\x1a\n")
	ihdr := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	ihdr = append(ihdr, 8, 6, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, 13)
	b = append(b, ihdr...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(ihdr)))
}

func inspect(t testing.TB, text string, kind file.Kind) (files.Found, string) {
	t.Helper()
	f, err := files.Inspect(t.Context(), strings.NewReader(text), int64(len(text)), kind)
	refused, err := problem.Refusals(err)
	require.NoError(t, err)
	if len(refused) > 0 {
		return f, refused[0].Code
	}
	return f, ""
}

func lying(text string, size uint32) string { // the directory's sizes are changed
	b := []byte(text)
	for at := range b {
		if bytes.HasPrefix(b[at:], []byte("PK\x01\x02")) {
			binary.LittleEndian.PutUint32(b[at+24:], size)
		}
	}
	return string(b)
}

// TestWhatIsTaken: by content alone.
func TestWhatIsTaken(t *testing.T) {
	for name, x := range map[string]struct {
		text, want string
		picture    bool
	}{
		"png":                           {asPNG(10, 10), "image/png", true},
		"jpeg":                          {asJPEG(10, 10), "image/jpeg", true},
		"gif":                           {asGIF(), "image/gif", true},
		"pdf":                           {pdf, "application/pdf", false},
		"text":                          {"Grüße aus Kiel\nund mehr", "text/plain", false},
		"latin":                         {"Gr\xfc\xdfe aus Kiel", "text/plain", false},
		"utf-16":                        {"\xff\xfeH\x00a\x00l\x00l\x00o\x00", "text/plain", false},
		"csv":                           {"no;name\n1;a\n2;\"b;c\"\n", "text/csv", false},
		"tabs":                          {"a\tb\n1\t2\n3\t4", "text/csv", false},
		"docx":                          {docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
		"odt":                           {odt(), "application/vnd.oasis.opendocument.text", false},
		"text < 5%":                     {"It is < 5 % and > 2 %", "text/plain", false},
		"snowman at the end of a piece": {strings.Repeat("x", 32<<10-1) + "☃", "text/plain", false},
	} {
		f, code := inspect(t, x.text, file.KindATTACHMENT)
		require.Equal(t, x.want, f.Type, "%s: %s", name, code)
		_, code = inspect(t, x.text, file.KindPICTURE)
		require.Equal(t, x.picture, code == "", "%s as a picture: %s", name, code)
		_, code = inspect(t, x.text, file.KindDOCUMENT)
		require.Equal(t, x.picture, code != "", "%s as a document: %s", name, code)
	}
}

// TestWhatIsRefused: whatever it is called.
func TestWhatIsRefused(t *testing.T) {
	zero := strings.Repeat("\x00", 3<<20)
	for name, x := range map[string]struct{ text, want string }{
		"nothing":              {"", files.Empty},
		"white space":          {" \n\t ", files.Empty},
		"svg":                  {`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, files.UnsupportedType},
		"svg with xml":         {`<?xml version="1.0"?><svg onload="alert(1)"/>`, files.UnsupportedType},
		"html":                 {"<!DOCTYPE html><html><script>1</script></html>", files.UnsupportedType},
		"html after text":      {"hello <ScRipt>alert(1)</script>", files.UnsupportedType},
		"html with a mark":     {"\xef\xbb\xbf \n<html>", files.UnsupportedType},
		"utf-16 html":          {"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", files.UnsupportedType},
		"program":              {"\x7fELF\x02\x01\x01\x00", files.UnsupportedType},
		"windows program":      {"MZ\x90\x00\x03", files.UnsupportedType},
		"old office":           {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + zero[:100], files.UnsupportedType},
		"zip":                  {archive(file2{"a.txt", "hello"}), files.UnsupportedType},
		"jar":                  {archive(file2{"META-INF/MANIFEST.MF", "x"}), files.UnsupportedType},
		"binary":               {"\x01\x02\x03", files.UnsupportedType},
		"text with a zero":     {"hello\x00", files.UnsupportedType},
		"mp4":                  {"\x00\x00\x00\x18ftypmp42", files.UnsupportedType},
		"html as jpeg":         {"\xff\xd8\xff\xe0<html><script>1</script>", files.Broken},
		"cut jpeg":             {asJPEG(10, 10)[:20], files.Broken},
		"gif with html":        {"GIF89a<script>alert(1)</script>", files.Broken},
		"gif and archive":      {asGIF() + archive(file2{"a.class", "x"}), files.Broken},
		"png and archive":      {asPNG(5, 5) + docx(), files.Broken},
		"jpeg and pdf":         {"\xff\xd8\xff\xfe\x00\x40%PDF-1.4 " + asJPEG(3, 3), files.Broken},
		"pdf and archive":      {pdf + docx(), files.Broken},
		"pdf without end":      {"%PDF-1.7\nhello", files.Broken},
		"text and archive":     {"hello\n" + strings.ReplaceAll(archive(), "\x00", " "), files.UnsupportedType},
		"pixels":               {hugePNG(60_000, 60_000), files.TooManyPixels},
		"a long side":          {hugePNG(40_000, 2), files.TooManyPixels},
		"pixels of 51 million": {hugePNG(8500, 6000), files.TooManyPixels},
		"no pixels":            {hugePNG(0, 10), files.Broken},
		"bomb":                 {docx(file2{"word/media/a.xml", strings.Repeat(zero, 5)}), files.TooLarge},
		"many bombs":           {docx(file2{"a", zero}, file2{"b", zero}, file2{"c", zero}, file2{"d", zero}), files.TooLarge},
		"a lie about sizes":    {lying(docx(file2{"a", zero}), 10), files.Broken},
		"a lie of gigabytes":   {lying(docx(), 1<<31), files.TooLarge},
		"climbs":               {docx(file2{"../../etc/passwd", "x"}), files.Broken},
		"absolute":             {docx(file2{"/etc/passwd", "x"}), files.Broken},
		"backslash":            {docx(file2{`..\x`, "x"}), files.Broken},
		"twice":                {docx(file2{"WORD/document.xml", "<other/>"}), files.Broken},
		"macros":               {docx(file2{"word/vbaProject.bin", "x"}), files.UnsupportedType},
		"macros of odf":        {odt(file2{"Basic/Standard/script.xml", "x"}), files.UnsupportedType},
		"two archives":         {archive(file2{"a", "b"}) + docx(), files.Broken},
		"comment behind":       {docx() + "<script>", files.Broken},
		"mimetype of a lie":    {archive(file2{"mimetype", "text/html"}, file2{"content.xml", ""}), files.UnsupportedType},
		"only a directory":     {"PK\x03\x04" + zero[:40], files.Broken},
	} {

		_, code := inspect(t, x.text, file.KindATTACHMENT)
		require.Equal(t, x.want, code, name)

	}
	many := make([]file2, 5001)
	for i := range many {
		many[i] = file2{fmt.Sprint(i), ""}
	}
	_, code := inspect(t, docx(many...), file.KindATTACHMENT)
	require.NotEmpty(t, code)
}

// TestLookingEnds: with who asked.
func TestLookingEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	text := docx(file2{"a", strings.Repeat("x", 1<<20)})
	_, err := files.Inspect(ctx, strings.NewReader(text), int64(len(text)), file.KindATTACHMENT)
	require.ErrorIs(t, err, context.Canceled)
}

// TestTurnedPicture: its sizes are those in which it is looked at.
func TestTurnedPicture(t *testing.T) {
	for o, want := range map[int][2]int{1: {20, 10}, 3: {20, 10}, 6: {10, 20}, 8: {10, 20}} {
		f, code := inspect(t, turnedJPEG(20, 10, o), file.KindPICTURE)
		require.Empty(t, code)
		require.Equal(t, want, [2]int{f.Width, f.Height}, o)
	}
}

func TestCleanName(t *testing.T) {
	const jpg, text = "image/jpeg", "text/plain"
	for in, want := range map[string]string{
		"photo.jpg": "photo.jpg", "photo.JPEG": "photo.JPEG", "": "file.jpg", "....": "file.jpg", ".jpg": "file.jpg",
		"../../etc/passwd": "passwd.jpg", `C:\x\y.jpg`: "y.jpg", "a/b.jpg": "b.jpg",
		"invoice\u202egpj.exe": "invoicegpj.exe.jpg", "a\x00b\nc.jpg": "ab c.jpg", "a\u200bb.jpg": "ab.jpg",
		"con.jpg": "_con.jpg", "CON": "_CON.jpg", "nul.tar.jpg": "_nul.tar.jpg", "lots   of   room .jpg": "lots of room.jpg",
		`a<b>:"|?*.jpg`: "a_b______.jpg", "Übergröße 漢字.jpg": "Übergröße 漢字.jpg", "U\u0308ber.jpg": "Über.jpg", "\xff\xfe.jpg": "file.jpg",
	} {
		require.Equal(t, want, files.CleanName(in, jpg), "%q", in)
	}
	require.Equal(t, "run.bat.txt", files.CleanName("run.bat", text))
	require.Equal(t, "page.html.txt", files.CleanName("page.html", text))
	require.LessOrEqual(t, len(files.CleanName(strings.Repeat("漢", 500)+".jpg", jpg)), 150)
	require.True(t, strings.HasSuffix(files.CleanName(strings.Repeat("漢", 500)+".jpg", jpg), "漢.jpg"))
}

func FuzzCleanName(f *testing.F) {
	for _, s := range []string{"a.jpg", "../x", "con", "\u202e", strings.Repeat("é", 300), "a\x00", ". .", "a.jpg."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, typ := range []string{"image/jpeg", "text/plain", "application/unknown"} {
			out := files.CleanName(in, typ)
			require.NotEmpty(t, out)
			require.LessOrEqual(t, len(out), 150)
			require.True(t, utf8.ValidString(out))
			require.Equal(t, path.Base(out), out)
			require.NotContains(t, []string{".", ".."}, out)
			for _, r := range out {
				require.False(t, unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\<>:"|?*`, r), "%q of %q", r, out)
			}
			require.Equal(t, out, files.CleanName(out, typ), "cleaning what is clean changes nothing")
		}
	})
}

func FuzzInspect(f *testing.F) {
	for _, s := range []string{asPNG(3, 3), asJPEG(3, 3), asGIF(), pdf, docx(), odt(), "a;b\n1;2\n", turnedJPEG(4, 4, 6), "\xff\xfea\x00", "RIFF\x00\x00\x00\x00WEBPVP8 "} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, kind := range []file.Kind{file.KindATTACHMENT, file.KindPICTURE} {
			found, err := files.Inspect(t.Context(), bytes.NewReader(b), int64(len(b)), kind)
			refused, err := problem.Refusals(err)
			require.NoError(t, err)
			if len(refused) == 0 {
				require.NotEmpty(t, found.Type)
				require.NotContains(t, found.Type, "html")
			}
		}
	})
}
