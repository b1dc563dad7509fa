//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package pgtest

import "errors"

// Without unix sockets and locks that end with the process, a server comes
// from the environment.
const canStart = false

func start(string) (string, error) {
	return "", errors.New("no cluster of our own on this system; set " + Environment)
}
