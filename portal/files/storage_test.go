package files_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/stretchr/testify/require"

	"foyer/portal/files"
)

// storages are an empty storage of each kind; the S3 one talks to a server that
// the test has started.
var storages = map[string]func(t testing.TB) files.Storage{
	"folder": func(t testing.TB) files.Storage {
		f, err := files.OpenFolder(filepath.Join(t.TempDir(), "files"))
		require.NoError(t, err)
		t.Cleanup(func() { _ = f.Close() })
		return f
	},
	"s3": func(t testing.TB) files.Storage {
		backend := s3mem.New()
		require.NoError(t, backend.CreateBucket("foyer"))
		server := httptest.NewServer(gofakes3.New(backend).Server())
		t.Cleanup(server.Close)
		s, err := files.OpenS3(files.S3Options{Endpoint: server.URL, Bucket: "foyer", AccessKey: "key", SecretKey: "secret"})
		require.NoError(t, err)
		require.NoError(t, s.Check(t.Context()))
		return s
	},
}

func eachStorage(t *testing.T, test func(t *testing.T, s files.Storage)) {
	t.Helper()
	for kind, open := range storages {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

const key = "ab/abcdefghijklmnopqrstuvwxyz"

func read(t *testing.T, s files.Storage, key string) []byte {
	t.Helper()
	r, err := s.Get(t.Context(), key)
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	b, err := io.ReadAll(r)
	require.NoError(t, err)
	return b
}

// TestStorages: both do the same.
func TestStorages(t *testing.T) {
	eachStorage(t, func(t *testing.T, s files.Storage) {
		ctx := t.Context()
		_, err := s.Get(ctx, key)
		require.ErrorIs(t, err, files.ErrNoObject)
		_, err = s.Stat(ctx, key)
		require.ErrorIs(t, err, files.ErrNoObject)
		require.NoError(t, s.Delete(ctx, key), "there may be nothing")

		data := make([]byte, 300_000)
		_, _ = rand.Read(data)
		require.NoError(t, s.Put(ctx, key, bytes.NewReader(data), int64(len(data))))
		require.Equal(t, data, read(t, s, key))
		o, err := s.Stat(ctx, key)
		require.NoError(t, err)
		require.Equal(t, int64(len(data)), o.Size)
		require.WithinDuration(t, time.Now(), o.At, time.Minute)

		r, err := s.Get(ctx, key)
		require.NoError(t, err)
		part := make([]byte, 1000)
		_, err = r.ReadAt(part, 200_000)
		require.NoError(t, err)
		require.Equal(t, data[200_000:201_000], part)
		n, err := r.Seek(-10, io.SeekEnd)
		require.NoError(t, err)
		require.Equal(t, int64(len(data)-10), n)
		last, err := io.ReadAll(r)
		require.NoError(t, err)
		require.Equal(t, data[len(data)-10:], last)
		require.NoError(t, r.Close())

		require.NoError(t, s.Put(ctx, key, strings.NewReader("other"), 5), "replaced as a whole")
		require.Equal(t, "other", string(read(t, s, key)))
		require.Error(t, s.Put(ctx, key, strings.NewReader("short"), 50))
		require.Equal(t, "other", string(read(t, s, key)), "what failed has changed nothing")
		require.Error(t, s.Put(ctx, key+"_160", io.MultiReader(strings.NewReader("half"), broken{}), 10))
		_, err = s.Stat(ctx, key+"_160")
		require.ErrorIs(t, err, files.ErrNoObject)

		require.NoError(t, s.Put(ctx, key+"_480", strings.NewReader("x"), 1))
		require.NoError(t, s.Put(ctx, "incoming/"+key[3:], strings.NewReader("x"), 1))
		var keys []string
		require.NoError(t, s.List(ctx, func(o files.Object) error { keys = append(keys, o.Key); return nil }))
		slices.Sort(keys)
		require.Equal(t, []string{key, key + "_480", "incoming/" + key[3:]}, keys)
		stop := errors.New("enough")
		require.ErrorIs(t, s.List(ctx, func(files.Object) error { return stop }), stop)

		require.NoError(t, s.Delete(ctx, key))
		_, err = s.Get(ctx, key)
		require.ErrorIs(t, err, files.ErrNoObject)
		ended, cancel := context.WithCancel(ctx)
		cancel()
		require.Error(t, s.Put(ended, key, strings.NewReader("x"), 1))
	})
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the line is dead") }

// TestKeysAreNoPaths: nothing but a key of ours reaches a storage.
func TestKeysAreNoPaths(t *testing.T) {
	eachStorage(t, func(t *testing.T, s files.Storage) {
		for _, k := range []string{"", "a", "../x", "ab/../../etc/passwd", "/etc/passwd", "ab/ABCDEFGHIJKLMNOPQRSTUVWXYZ", key + "/x", key + "\n", key + "_", key + "_0", "ab\\" + key[3:]} {
			require.Error(t, s.Put(t.Context(), k, strings.NewReader("x"), 1), k)
			_, err := s.Get(t.Context(), k)
			require.Error(t, err, k)
			_, err = s.Stat(t.Context(), k)
			require.Error(t, err, k)
			require.Error(t, s.Delete(t.Context(), k), k)
		}
	})
}

// TestFolderIsLeftByNoLink: whatever somebody puts into it.
func TestFolderIsLeftByNoLink(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	f, err := files.OpenFolder(dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = f.Close() })
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "ab")))
	require.Error(t, f.Put(t.Context(), key, strings.NewReader("x"), 1))
	there, err := os.ReadDir(outside)
	require.NoError(t, err)
	require.Empty(t, there)
	left, err := os.ReadDir(filepath.Join(dir, "tmp"))
	require.NoError(t, err)
	require.Empty(t, left, "nothing half done is left")
}

// TestOneKeyManyWriters: a reader sees all of one or all of another.
func TestOneKeyManyWriters(t *testing.T) {
	s := storages["folder"](t)
	require.NoError(t, s.Put(t.Context(), key, strings.NewReader(strings.Repeat("x", 5000)), 5000))
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 20 {
				_ = s.Put(t.Context(), key, strings.NewReader(strings.Repeat(string(rune('a'+i)), 5000)), 5000)
			}
		})
		all.Go(func() {
			for range 20 {
				b := read(t, s, key)
				if len(b) != 5000 || len(strings.Trim(string(b), string(b[:1]))) != 0 {
					t.Error("a reader saw something half written")
				}
			}
		})
	}
	all.Wait()
}

// TestPresignedLength: the address is good for exactly as many bytes.
func TestPresignedLength(t *testing.T) {
	s := storages["s3"](t)
	k, err := s.PresignPut(t.Context(), "incoming/"+key[3:], 5, time.Hour)
	require.NoError(t, err)
	require.Contains(t, strings.ToLower(k.URL), "x-amz-signedheaders=content-length%3bhost", "the length is signed")
	require.NotContains(t, k.URL, "secret")
	r, err := http.NewRequestWithContext(t.Context(), k.Method, k.URL, strings.NewReader("hello"))
	require.NoError(t, err)
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	_ = res.Body.Close()
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "hello", string(read(t, s, "incoming/"+key[3:])))
	k, err = storages["folder"](t).PresignPut(t.Context(), key, 5, time.Hour)
	require.NoError(t, err)
	require.Nil(t, k)
}

// TestS3Options: a mistake is said at the start.
func TestS3Options(t *testing.T) {
	good := files.S3Options{Endpoint: "https://s3.example.com", Bucket: "b", AccessKey: "a", SecretKey: "s"}
	_, err := files.OpenS3(good)
	require.NoError(t, err)
	for _, change := range []func(*files.S3Options){
		func(o *files.S3Options) { o.Endpoint = "s3.example.com" },
		func(o *files.S3Options) { o.Endpoint = "https://s3.example.com/bucket" },
		func(o *files.S3Options) { o.Endpoint = "https://u:p@s3.example.com" },
		func(o *files.S3Options) { o.Bucket = "" },
		func(o *files.S3Options) { o.SecretKey = "" },
	} {
		o := good
		change(&o)
		_, err := files.OpenS3(o)
		require.Error(t, err)
	}
}
