package files

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// What a picture may be. The bound of memory is for what its decoder needs, which
// depends on how it is written.
const (
	mostPixels = 50_000_000
	mostMemory = 384 << 20
	longest    = 30_000 // pixels of a side
)

// widths are those in which pictures are shown; one that is smaller is kept in
// its own as well, and none is made larger.
var widths = []int{160, 480, 960, 1600}

const quality = 82 // of JPEG: no more is seen

func errPicture() error { return broken("the picture cannot be read", "das Bild ist nicht lesbar") }

// inspectPicture reads the header of a picture: nothing is decoded before its
// size is known.
func inspectPicture(r io.ReaderAt, size int64, typ string, head []byte) (Found, error) {
	if err := twofold(r, size, head, false); err != nil {
		return Found{}, err
	}
	in := io.NewSectionReader(r, 0, size)
	var c image.Config
	var err error
	switch typ {
	case typeJPEG:
		c, err = jpeg.DecodeConfig(in)
	case typePNG:
		c, err = png.DecodeConfig(in)
	case typeGIF:
		c, err = gif.DecodeConfig(in)
	case typeWebP:
		c, err = webp.DecodeConfig(in)
	}
	if err != nil || c.Width < 1 || c.Height < 1 {
		return Found{}, errPicture()
	}
	w, h := int64(c.Width), int64(c.Height)
	pixel := int64(4)
	switch {
	case typ == typeJPEG && progressive(in):
		pixel = 15 // its coefficients are all kept until the end
	case c.ColorModel == color.RGBA64Model, c.ColorModel == color.NRGBA64Model:
		pixel = 8
	}
	if w > longest || h > longest || w*h > mostPixels || w*h*pixel > mostMemory {
		return Found{}, refuse(TooManyPixels, "The picture has too many pixels: at most 50 million are taken.", "Das Bild hat zu viele Pixel: Höchstens 50 Millionen werden angenommen.")
	}
	f := Found{Type: typ, Width: c.Width, Height: c.Height}
	if typ == typeJPEG && orientation(in) > 4 { // lies on its side
		f.Width, f.Height = f.Height, f.Width
	}
	return f, nil
}

// segments goes through the segments of a JPEG before its picture.
func segments(r io.ReadSeeker, each func(marker byte, data []byte) bool) {
	if _, err := r.Seek(2, io.SeekStart); err != nil {
		return
	}
	var h [4]byte
	for range 1000 {
		if _, err := io.ReadFull(r, h[:2]); err != nil || h[0] != 0xff {
			return
		}
		for h[1] == 0xff { // filling
			if _, err := io.ReadFull(r, h[1:2]); err != nil {
				return
			}
		}
		if h[1] == 0xda || h[1] == 0xd9 {
			return
		}
		if _, err := io.ReadFull(r, h[2:]); err != nil {
			return
		}
		n := int(binary.BigEndian.Uint16(h[2:])) - 2
		if n < 0 {
			return
		}
		data := make([]byte, n)
		if _, err := io.ReadFull(r, data); err != nil || !each(h[1], data) {
			return
		}
	}
}

func progressive(r io.ReadSeeker) (yes bool) {
	segments(r, func(marker byte, _ []byte) bool {
		yes = yes || marker == 0xc2
		return !yes
	})
	return yes
}

// orientation is how a camera was held, 1 to 8 as Exif numbers it; 1 when it does
// not say.
func orientation(r io.ReadSeeker) int {
	turned := 1
	segments(r, func(marker byte, data []byte) bool {
		if marker != 0xe1 || !bytes.HasPrefix(data, []byte("Exif\x00\x00")) {
			return true
		}
		if n := exifOrientation(data[6:]); n >= 1 && n <= 8 {
			turned = n
		}
		return false
	})
	return turned
}

// exifOrientation finds the one tag in the first directory of a TIFF.
func exifOrientation(b []byte) int {
	if len(b) < 8 {
		return 0
	}
	var o binary.ByteOrder = binary.LittleEndian
	if string(b[:2]) == "MM" {
		o = binary.BigEndian
	} else if string(b[:2]) != "II" {
		return 0
	}
	at := int64(o.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 0
	}
	n := int64(o.Uint16(b[at:]))
	for i := range n {
		e := at + 2 + 12*i
		if e+12 > int64(len(b)) {
			return 0
		}
		if o.Uint16(b[e:]) == 0x0112 {
			return int(o.Uint16(b[e+8:]))
		}
	}
	return 0
}

// decode reads a picture that has been inspected, as it is looked at: turned, and
// of a film the first picture.
func decode(r io.ReadSeeker, typ string) (m image.Image, turned int, err error) {
	turned = 1
	if typ == typeJPEG {
		turned = orientation(r)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, 0, fmt.Errorf("files: %w", err)
	}
	switch typ {
	case typeJPEG:
		m, err = jpeg.Decode(r)
	case typePNG:
		m, err = png.Decode(r)
	case typeGIF:
		m, err = gif.Decode(r)
	case typeWebP:
		m, err = webp.Decode(r)
	default:
		err = errors.New("no picture")
	}
	if err != nil {
		return nil, 0, errPicture()
	}
	return m, turned, nil
}

// sizesOf are the widths that a picture is kept in.
func sizesOf(width int) []int {
	var list []int
	for _, w := range widths {
		if w < width {
			list = append(list, w)
		}
	}
	if width <= widths[len(widths)-1] {
		list = append(list, width)
	}
	return list
}

// heightOf is how high a picture is in a width.
func heightOf(width, height, scaled int) int { return max(1, (height*scaled+width/2)/width) }

// scale makes a picture in all its widths, the largest first. What comes out has
// been drawn anew: it has nothing of the camera's data, nor anything that was
// hidden in the file.
func scale(m image.Image, turned int, keep func(width int, data []byte) error) error {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	if turned > 4 {
		w, h = h, w
	}
	opaque := false
	if o, ok := m.(interface{ Opaque() bool }); ok {
		opaque = o.Opaque()
	}
	sizes := sizesOf(w)
	for i := len(sizes) - 1; i >= 0; i-- {
		sw, sh := sizes[i], heightOf(w, h, sizes[i])
		if i == len(sizes)-1 && turned > 4 {
			sw, sh = sh, sw // it is turned when it has become small
		}
		small := image.NewRGBA(image.Rect(0, 0, sw, sh))
		draw.CatmullRom.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
		if i == len(sizes)-1 {
			small = turn(small, turned)
		}
		m = small // the next is made from this one
		var out bytes.Buffer
		var err error
		if opaque {
			err = jpeg.Encode(&out, small, &jpeg.Options{Quality: quality})
		} else {
			err = png.Encode(&out, small)
		}
		if err != nil {
			return fmt.Errorf("files: %w", err)
		}
		if err := keep(sizes[i], out.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// turn puts a picture upright.
func turn(m *image.RGBA, turned int) *image.RGBA {
	if turned < 2 || turned > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	ow, oh := w, h
	if turned > 4 {
		ow, oh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range oh {
		for x := range ow {
			sx, sy := x, y
			switch turned {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, h-1-x
			case 7:
				sx, sy = w-1-y, h-1-x
			case 8:
				sx, sy = w-1-y, x
			}
			copy(out.Pix[out.PixOffset(x, y):][:4], m.Pix[m.PixOffset(sx, sy):][:4])
		}
	}
	return out
}
