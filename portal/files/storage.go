package files

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Storage keeps bytes under keys that this package makes up.
type Storage interface {
	// Put keeps what r has, size bytes of it, under a key that is new or whose
	// bytes it replaces as a whole. When it fails there is nothing, or what was.
	Put(ctx context.Context, key string, r io.Reader, size int64) error
	// Get opens what lies under a key; ErrNoObject when nothing does.
	Get(ctx context.Context, key string) (Content, error)
	// Delete takes it away; there may be nothing.
	Delete(ctx context.Context, key string) error
	// Stat says what lies under a key; ErrNoObject when nothing does.
	Stat(ctx context.Context, key string) (Object, error)
	// List goes through all that there is, in any order.
	List(ctx context.Context, each func(Object) error) error
	// PresignPut makes an address to which exactly size bytes can be sent for a
	// while, past this program; nil when this storage has none.
	PresignPut(ctx context.Context, key string, size int64, valid time.Duration) (*Ticket, error)
}

// Content is what lies under a key.
type Content interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// Object is what lies under a key, from outside.
type Object struct {
	Key  string
	Size int64
	At   time.Time // when it was written
}

// ErrNoObject is the error of what is not there.
var ErrNoObject = errors.New("files: there is no such object")

// The beginnings of keys: of what is being sent directly, and of what a folder is
// writing just now. All others begin with two letters of their own, so that no
// folder has too many entries.
const (
	incoming  = "incoming/"
	temporary = "tmp/"
)

// keyShape is what keys look like: nothing that a file system or a URL would take
// for something else.
var keyShape = regexp.MustCompile(`^(incoming|tmp|[a-z2-7]{2})/[a-z2-7]{26}(_[1-9][0-9]{0,4})?$`)

// newKey makes a key that nobody guesses.
func newKey() string {
	k := strings.ToLower(rand.Text())
	return k[:2] + "/" + k
}

// incomingKey makes a key for what will be sent directly.
func incomingKey() string { return incoming + strings.ToLower(rand.Text()) }

// scaledKey is where a picture lies in a width.
func scaledKey(key string, width int) string { return key + "_" + strconv.Itoa(width) }

// originalOf is the key of the picture from which one was scaled; the key itself
// for everything else.
func originalOf(key string) string {
	original, _, _ := strings.Cut(key, "_")
	return original
}
