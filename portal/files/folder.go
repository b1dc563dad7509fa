package files

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// Folder is a storage in a folder of this machine. Nothing leaves it, whatever
// links somebody puts there.
type Folder struct{ root *os.Root }

var _ Storage = (*Folder)(nil)

// OpenFolder opens a folder, which is made when it is not there. It is for its
// owner alone.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	return &Folder{root}, nil
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.root.Close() }

func checkKey(key string) error {
	if !keyShape.MatchString(key) {
		return fmt.Errorf("files: %q is no key", key)
	}
	return nil
}

// Put implements Storage. The bytes are on the disk before they have their name,
// and a reader sees all of them or none.
func (f *Folder) Put(ctx context.Context, key string, r io.Reader, size int64) (err error) {
	if err := checkKey(key); err != nil {
		return err
	}
	temp := temporary + strings.ToLower(rand.Text())
	for _, dir := range []string{path.Dir(temp), path.Dir(key)} {
		if err := f.root.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("files: %w", err)
		}
	}
	w, err := f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	defer func() {
		if err != nil {
			_ = w.Close()
			_ = f.root.Remove(temp)
		}
	}()
	n, err := io.Copy(w, io.LimitReader(&stoppable{ctx, r}, size+1))
	switch {
	case err != nil:
		return fmt.Errorf("files: %w", err)
	case n != size:
		return fmt.Errorf("files: %d bytes instead of %d: %w", n, size, io.ErrUnexpectedEOF)
	}
	if err = w.Sync(); err == nil {
		err = w.Close()
	}
	if err == nil {
		err = f.root.Rename(temp, key)
	}
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	return f.settle(path.Dir(key))
}

// settle writes the names in a folder to the disk.
func (f *Folder) settle(dir string) error {
	d, err := f.root.Open(dir)
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	// Not every system lets a folder be synced; the file itself is.
	_ = d.Sync()
	return d.Close()
}

// stoppable reads until the context ends.
type stoppable struct {
	ctx context.Context //nolint:containedctx // an io.Reader has no other way to be stopped
	r   io.Reader
}

// Read implements io.Reader.
func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

func known(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNoObject
	}
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	return nil
}

// Get implements Storage.
func (f *Folder) Get(_ context.Context, key string) (Content, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	r, err := f.root.Open(key)
	if err != nil {
		return nil, known(err)
	}
	return r, nil
}

// Delete implements Storage.
func (f *Folder) Delete(_ context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if err := known(f.root.Remove(key)); !errors.Is(err, ErrNoObject) {
		return err
	}
	return nil
}

// Stat implements Storage.
func (f *Folder) Stat(_ context.Context, key string) (Object, error) {
	if err := checkKey(key); err != nil {
		return Object{}, err
	}
	i, err := f.root.Lstat(key)
	if err != nil {
		return Object{}, known(err)
	}
	return Object{key, i.Size(), i.ModTime().UTC()}, nil
}

// List implements Storage. What this package did not write is left out.
func (f *Folder) List(ctx context.Context, each func(Object) error) error {
	return fs.WalkDir(f.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // deleted meanwhile
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if key := checkKey(name) == nil; !key || !d.Type().IsRegular() {
			return nil
		}
		i, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return each(Object{name, i.Size(), i.ModTime().UTC()})
	})
}

// PresignPut implements Storage: a folder has no address of its own.
func (f *Folder) PresignPut(context.Context, string, int64, time.Duration) (*Ticket, error) {
	return nil, nil //nolint:nilnil // documented
}
