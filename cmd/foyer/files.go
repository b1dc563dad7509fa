package main

import (
	"context"
	"log/slog"
	"strings"

	"foyer/portal/files"
)

// filesFlags say where the bytes of files lie, and how many people may bring.
type filesFlags struct {
	FilesDir         string `help:"The folder for pictures, documents and attachments; next to the SQLite database when left out." placeholder:"DIR"`
	FilesS3Endpoint  string `name:"files-s3-endpoint" help:"An S3-compatible storage for them instead, such as https://s3.example.com." placeholder:"URL"`
	FilesS3Bucket    string `name:"files-s3-bucket" help:"Its bucket." placeholder:"NAME"`
	FilesS3Region    string `name:"files-s3-region" help:"Its region; us-east-1 when left out." placeholder:"NAME"`
	FilesS3AccessKey string `name:"files-s3-access-key" help:"The access key." placeholder:"KEY"`
	FilesS3SecretKey string `name:"files-s3-secret-key" help:"The secret key." placeholder:"KEY"`
	FilesLargest     int64  `help:"The largest file, in MB, up to 1024." default:"25" placeholder:"MB"`
	FilesDaily       int64  `help:"How much one person may upload in a day, in MB." default:"500" placeholder:"MB"`
}

// storage opens the place where files lie.
func (f filesFlags) storage(ctx context.Context, databaseURL string) (files.Storage, error) {
	if f.FilesS3Endpoint != "" {
		s, err := files.OpenS3(files.S3Options{
			Endpoint: f.FilesS3Endpoint, Bucket: f.FilesS3Bucket, Region: f.FilesS3Region, AccessKey: f.FilesS3AccessKey, SecretKey: f.FilesS3SecretKey,
		})
		if err != nil {
			return nil, err
		}
		if err := s.Check(ctx); err != nil { // files fail without it, and all else goes on
			slog.WarnContext(ctx, "the storage of files does not answer", "error", err)
		}
		return s, nil
	}
	dir := f.FilesDir
	if dir == "" {
		dir = "foyer-files"
		if path, ok := strings.CutPrefix(databaseURL, "sqlite://"); ok {
			dir = strings.TrimSuffix(path, ".db") + "-files"
		} else {
			slog.WarnContext(ctx, "files lie in ./foyer-files of this machine; several replicas need one place, see --files-dir and --files-s3-endpoint")
		}
	}
	return files.OpenFolder(dir)
}

// limits are what people may bring.
func (f filesFlags) limits() files.Limits {
	return files.Limits{Largest: f.FilesLargest << 20, DailyBytes: f.FilesDaily << 20}
}
