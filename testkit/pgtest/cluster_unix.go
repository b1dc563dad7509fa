//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package pgtest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	canStart = true

	prefix       = "foyer-pgtest-"
	startTimeout = 60 * time.Second // a slow disk, other test processes starting theirs
	staleAfter   = 2 * time.Minute
)

// keeper runs the cluster and outlives this process by a moment. Its standard
// input is a pipe from here: when this process ends, in whatever way, SIGKILL
// included, the pipe closes, and the keeper stops the server and removes the
// folder. (Linux's parent-death signal would do the first half only, and is
// tied to a thread, not to the process.) It is a session of its own, so that
// neither Ctrl-C nor a kill of the process group takes it before its work is
// done. SIGQUIT is the immediate shutdown: there is nothing to save, and the
// server itself kills what does not follow within five seconds.
const keeper = `
bin=$1 dir=$2
exec 3<&0 </dev/null
end() { last=$(tail -n 40 "$dir/log"); rm -rf "$dir"; printf '%s\n' "$last"; exit 1; }
"$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || end
"$bin/postgres" -D "$dir/data" -k "$dir" -F \
	-p 5432 -c listen_addresses= -c max_connections=200 -c shared_buffers=32MB -c dynamic_shared_memory_type=mmap \
	-c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c min_wal_size=32MB -c max_wal_size=128MB -c max_wal_senders=0 -c autovacuum=off -c jit=off \
	>>"$dir/log" 2>&1 3<&- &
server=$!
{ cat <&3; kill -QUIT $server; } >/dev/null 2>&1 &
watcher=$!
wait $server
kill $watcher 2>/dev/null
end
`

// running keeps what the cluster hangs on from the garbage collector, whose
// finalizers would close it.
var running struct {
	pipe  any
	owner *os.File
}

// start makes a cluster for this process and returns the URL of its superuser.
// It listens on a unix socket alone, in a folder that nobody else may enter:
// whoever reaches a server that trusts everybody can run programs with it.
func start(bin string) (string, error) {
	attr, uid, gid, err := runAs()
	if err != nil {
		return "", err
	}
	parent := parentDir(uid >= 0)
	sweep(parent)
	dir, err := os.MkdirTemp(parent, prefix)
	if err != nil {
		return "", fmt.Errorf("folder for the cluster: %w", err)
	}
	owner, err := own(dir)
	if err == nil && uid >= 0 {
		err = errors.Join(os.Chown(dir, uid, gid), os.Chown(owner.Name(), uid, gid))
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		return "", fmt.Errorf("folder for the cluster: %w", err)
	}

	var output bytes.Buffer // read only once the keeper has ended
	cmd := exec.Command("/bin/sh", "-c", keeper, "pgtest", bin, dir)
	cmd.Dir = dir
	// Nothing of the caller's PG* variables or locale.
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + dir, "LC_ALL=C", "TZ=UTC", "TMPDIR=" + dir}
	cmd.SysProcAttr = attr
	cmd.Stdout, cmd.Stderr = &output, &output
	pipe, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		return "", fmt.Errorf("start the cluster: %w", err)
	}
	running.pipe, running.owner = pipe, owner
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()

	deadline := time.After(startTimeout)
	for !ready(dir) {
		select {
		case err := <-ended:
			return "", fmt.Errorf("cluster of %s did not start: %w\n%s", bin, err, tail(output.String()))
		case <-deadline:
			_ = pipe.Close() // stops it and removes the folder
			return "", fmt.Errorf("cluster of %s did not start within %v", bin, startTimeout)
		case <-time.After(10 * time.Millisecond):
		}
	}
	return socketURL(dir), nil
}

// ready reads the server's own word for it, the eighth line of postmaster.pid,
// as pg_ctl does.
func ready(dir string) bool {
	b, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		return false
	}
	lines := strings.Split(string(b), "\n")
	return len(lines) >= 8 && strings.TrimSpace(lines[7]) == "ready"
}

// runAs is how to start the keeper: PostgreSQL refuses to run as root, so root
// starts it as postgres or nobody. The ids are -1 when that is not needed.
func runAs() (attr *syscall.SysProcAttr, uid, gid int, err error) {
	attr = &syscall.SysProcAttr{Setsid: true}
	if os.Geteuid() != 0 {
		return attr, -1, -1, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		id, err1 := strconv.ParseUint(u.Uid, 10, 32)
		group, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 != nil || err2 != nil || id == 0 {
			continue
		}
		// No supplementary groups: those of root would stay.
		attr.Credential = &syscall.Credential{Uid: uint32(id), Gid: uint32(group), Groups: []uint32{}}
		return attr, int(id), int(group), nil //nolint:gosec // parsed with 32 bits
	}
	return nil, 0, 0, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}

// parentDir is the temporary folder, or /tmp where that does not do: the path
// of a unix socket has room for about a hundred bytes, and a server that runs
// as somebody else must be able to enter.
func parentDir(otherUser bool) string {
	dir, err := filepath.EvalSymlinks(os.TempDir())
	if err != nil || len(dir) > 60 {
		return "/tmp"
	}
	for p := dir; otherUser; p = filepath.Dir(p) {
		if info, err := os.Stat(p); err != nil || info.Mode()&0o001 == 0 {
			return "/tmp"
		}
		if p == filepath.Dir(p) {
			break
		}
	}
	return dir
}

// own marks a cluster's folder as in use, with a lock that ends with this
// process.
func own(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "owner"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil { //nolint:gosec // a file descriptor
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// sweep removes the folders whose process is gone and whose keeper was killed
// before it could, by a restart of the machine for instance. A server that
// should still run in one ends itself within a minute of losing its lock file.
// Nothing here is worth failing a test for.
func sweep(parent string) {
	dirs, _ := filepath.Glob(filepath.Join(parent, prefix+"*"))
	for _, dir := range dirs {
		// Lstat, and a real folder of ours or of the user we start servers as:
		// anybody may put a link by that name into /tmp.
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < staleAfter {
			continue // perhaps about to be owned, or being removed by its keeper
		}
		f, err := os.OpenFile(filepath.Join(dir, "owner"), os.O_RDWR|syscall.O_NOFOLLOW, 0)
		if err != nil {
			if !errors.Is(err, os.ErrNotExist) {
				continue // somebody else's
			}
		} else {
			err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // a file descriptor
			_ = f.Close()
			if err != nil {
				continue // in use
			}
		}
		_ = os.RemoveAll(dir)
	}
}
