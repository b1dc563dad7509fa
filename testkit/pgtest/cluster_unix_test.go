//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package pgtest

import (
	"bufio"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// However a test process ends, neither server nor folder stays.
func TestNothingIsLeft(t *testing.T) {
	if binaries() == "" {
		missing(t)
	}
	for name, signal := range map[string]syscall.Signal{
		"killed": syscall.SIGKILL, "timeout of go test": syscall.SIGQUIT, "Ctrl-C": syscall.SIGINT,
	} {
		t.Run(name, func(t *testing.T) {
			cmd := child(t, "hold")
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			var text string
			for lines := bufio.NewScanner(out); text == "" && lines.Scan(); {
				text, _ = strings.CutPrefix(lines.Text(), "URL ")
				if text == lines.Text() {
					text = ""
				}
			}
			u, err := url.Parse(text)
			if err != nil || text == "" {
				_ = cmd.Process.Kill()
				t.Fatalf("no URL: %v", err)
			}
			dir := u.Query().Get("host")
			b, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
			if err != nil {
				t.Fatal(err)
			}
			server, err := strconv.Atoi(strings.SplitN(string(b), "\n", 2)[0])
			if err != nil || syscall.Kill(server, 0) != nil {
				t.Fatalf("no server: %v", err)
			}
			info, err := os.Stat(dir)
			if err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("others may enter the server's folder: %v %v", info.Mode(), err)
			}

			// The whole group, as a terminal or a build server does it.
			if err := syscall.Kill(-cmd.Process.Pid, signal); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			deadline := time.Now().Add(20 * time.Second)
			for {
				_, stat := os.Lstat(dir)
				alive := syscall.Kill(server, 0)
				if errors.Is(stat, os.ErrNotExist) && errors.Is(alive, syscall.ESRCH) {
					return
				}
				if time.Now().After(deadline) {
					t.Fatalf("left: folder %v, server %v", stat, alive)
				}
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
}

func TestStartFails(t *testing.T) {
	for name, c := range map[string]struct{ initdb, postgres string }{
		"initdb":   {"echo the disk is on fire >&2; exit 1", "exit 0"},
		"postgres": {"mkdir \"$2\"", "echo the disk is on fire; exit 1"},
	} {
		bin, err := os.MkdirTemp("/tmp", "foyer-bin-")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(bin) })
		if err := os.Chmod(bin, 0o755); err != nil { //nolint:gosec // another user runs it
			t.Fatal(err)
		}
		for file, script := range map[string]string{"initdb": c.initdb, "postgres": c.postgres} {
			if err := os.WriteFile(filepath.Join(bin, file), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil { //nolint:gosec // a program
				t.Fatal(err)
			}
		}
		parent := filepath.Join(bin, "t")                                                                   // of this test alone, and open to all as /tmp is
		if err := errors.Join(os.Mkdir(parent, 0o700), os.Chmod(parent, 0o777|os.ModeSticky)); err != nil { //nolint:gosec // see above
			t.Fatal(err)
		}
		t.Setenv("TMPDIR", parent)
		if parentDir(true) != parent {
			t.Fatal("another temporary folder")
		}
		saved := running // of the cluster that the other tests use
		_, err = start(bin)
		running = saved
		if err == nil || !strings.Contains(err.Error(), "the disk is on fire") {
			t.Errorf("%s: %v", name, err)
		}
		if left, err := os.ReadDir(parent); err != nil || len(left) != 0 {
			t.Errorf("%s: folder left: %v %v", name, left, err)
		}
	}
}

func TestSweep(t *testing.T) {
	parent := t.TempDir()
	long := time.Now().Add(-time.Hour)
	folder := func(name string, age time.Time) string {
		dir := filepath.Join(parent, prefix+name)
		if err := errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(filepath.Join(dir, "file"), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		if !age.IsZero() {
			if err := os.Chtimes(dir, age, age); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	folder("new", time.Time{})
	folder("unowned", long)
	for _, name := range []string{"used", "dead"} {
		dir := folder(name, time.Time{})
		f, err := own(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(dir, long, long); err != nil {
			t.Fatal(err)
		}
		if name == "dead" {
			_ = f.Close()
			continue
		}
		defer f.Close()
	}
	elsewhere := t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(parent, prefix+"link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(parent, "other"), 0o700); err != nil {
		t.Fatal(err)
	}

	sweep(parent)
	for name, want := range map[string]bool{prefix + "new": true, prefix + "used": true, prefix + "link": true, "other": true, prefix + "dead": false, prefix + "unowned": false} {
		if _, err := os.Lstat(filepath.Join(parent, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(elsewhere); err != nil {
		t.Error("followed a link")
	}
}
