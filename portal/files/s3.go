package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3Options say where an S3-compatible storage is.
type S3Options struct {
	Endpoint             string // "https://s3.example.com"
	Bucket, Region       string
	AccessKey, SecretKey string
	Transport            http.RoundTripper // the usual one when nil
}

// S3 is a storage in a bucket.
type S3 struct {
	c      *minio.Client
	bucket string
}

var _ Storage = (*S3)(nil)

// OpenS3 makes the storage. It asks nothing of the server yet; see Check.
func OpenS3(o S3Options) (*S3, error) {
	u, err := url.Parse(o.Endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" && u.Path != "/" || u.User != nil {
		return nil, errors.New("files: the S3 endpoint must be a URL such as https://s3.example.com, without a path")
	}
	if o.Bucket == "" || o.AccessKey == "" || o.SecretKey == "" {
		return nil, errors.New("files: S3 needs a bucket, an access key and a secret key")
	}
	if o.Region == "" {
		o.Region = "us-east-1" // otherwise the client asks the server first
	}
	c, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""), Secure: u.Scheme == "https", Region: o.Region,
		BucketLookup: minio.BucketLookupPath, Transport: o.Transport,
	})
	if err != nil {
		return nil, fmt.Errorf("files: S3: %w", err)
	}
	return &S3{c, o.Bucket}, nil
}

// Check says whether the bucket is there and can be asked.
func (s *S3) Check(ctx context.Context) error {
	there, err := s.c.BucketExists(ctx, s.bucket)
	if err == nil && !there {
		err = errors.New("it does not exist")
	}
	if err != nil {
		return fmt.Errorf("files: the bucket %s: %w", s.bucket, err)
	}
	return nil
}

// Put implements Storage.
func (s *S3) Put(ctx context.Context, key string, r io.Reader, size int64) error {
	if err := checkKey(key); err != nil {
		return err
	}
	// One request: a part that is left over of several would cost money for ever.
	_, err := s.c.PutObject(ctx, s.bucket, key, r, size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", ContentDisposition: "attachment", DisableMultipart: true,
	})
	if err != nil {
		return fmt.Errorf("files: S3: %w", err)
	}
	return nil
}

func (s *S3) known(err error) error {
	switch r := minio.ToErrorResponse(err); {
	case err == nil:
		return nil
	case r.Code == minio.NoSuchKey || r.Code == "NotFound" || r.StatusCode == http.StatusNotFound && r.Code != minio.NoSuchBucket:
		return ErrNoObject
	}
	return fmt.Errorf("files: S3: %w", err)
}

// Get implements Storage.
func (s *S3) Get(ctx context.Context, key string) (Content, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	o, err := s.c.GetObject(ctx, s.bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, s.known(err)
	}
	if _, err := o.Stat(); err != nil { // nothing has been asked before
		_ = o.Close()
		return nil, s.known(err)
	}
	return o, nil
}

// Delete implements Storage.
func (s *S3) Delete(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if err := s.known(s.c.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{})); !errors.Is(err, ErrNoObject) {
		return err
	}
	return nil
}

// Stat implements Storage.
func (s *S3) Stat(ctx context.Context, key string) (Object, error) {
	if err := checkKey(key); err != nil {
		return Object{}, err
	}
	i, err := s.c.StatObject(ctx, s.bucket, key, minio.StatObjectOptions{})
	if err != nil {
		return Object{}, s.known(err)
	}
	return Object{key, i.Size, i.LastModified.UTC()}, nil
}

// List implements Storage. What this package did not write is left out.
func (s *S3) List(ctx context.Context, each func(Object) error) error {
	ctx, cancel := context.WithCancel(ctx) // ends the library's reading ahead
	defer cancel()
	for i := range s.c.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Recursive: true}) {
		if i.Err != nil {
			return s.known(i.Err)
		}
		if checkKey(i.Key) != nil {
			continue
		}
		if err := each(Object{i.Key, i.Size, i.LastModified.UTC()}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// PresignPut implements Storage. The length is signed with the rest, so that the
// server takes no other.
func (s *S3) PresignPut(ctx context.Context, key string, size int64, valid time.Duration) (*Ticket, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	u, err := s.c.PresignHeader(ctx, http.MethodPut, s.bucket, key, valid, nil, http.Header{"Content-Length": {strconv.FormatInt(size, 10)}})
	if err != nil {
		return nil, fmt.Errorf("files: S3: %w", err)
	}
	return &Ticket{URL: u.String(), Method: http.MethodPut}, nil
}
