package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// idle opens subscriptions, a socket each, to the last process. People sign in at
// the first one, where there are two: hashing passwords takes much memory, which
// would hide what subscriptions take.
func (h *house) idle(ctx context.Context) error {
	here, s := h.servers[0].url, h.servers[len(h.servers)-1]
	// Many people, so that the limit of sockets a person does not bite.
	var found struct {
		Users struct {
			Edges []struct{ Node struct{ Email string } }
		}
	}
	root, err := signIn(ctx, here, admin)
	if err != nil {
		return err
	}
	if err := ask(ctx, here, root, `{ users(first: 100, filter: {status: [ACTIVE]}) { edges { node { email } } } }`, nil, &found); err != nil {
		return err
	}
	var tokens []string
	for _, e := range found.Users.Edges {
		if strings.HasSuffix(e.Node.Email, "@aurelia.example") || len(tokens) == 45 {
			continue // not every role of staff reads orders
		}
		t, err := signIn(ctx, here, e.Node.Email)
		if err != nil {
			return err
		}
		if t != "" { // some can act for nobody
			tokens = append(tokens, t)
		}
	}
	time.Sleep(3 * time.Second)
	before, err := memory(s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	conns := make([]*websocket.Conn, h.o.idle)
	errs := make([]error, h.o.idle)
	var wg sync.WaitGroup
	slots := make(chan struct{}, 16)
	begin := time.Now()
	for i := range conns {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			c, err := connect(ctx, s.url, tokens[i%len(tokens)])
			if err == nil {
				conns[i] = c
				if err = subscribe(ctx, c, "1", `subscription { ordersUpdated { token event { at } } }`, nil); err == nil {
					_, err = read(ctx, c)
				}
			}
			errs[i] = err
		})
	}
	wg.Wait()
	opened := time.Since(begin)
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("some subscriptions were refused: %w", err)
	}
	after, err := memory(s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	cpu, err := processor(s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	const rest = 30 * time.Second
	time.Sleep(rest)
	later, err := memory(s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	cpu2, err := processor(s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	n := len(conns)
	fmt.Printf("%d idle subscriptions, a socket each, opened in %.1f s\n", n, opened.Seconds())
	fmt.Printf("resident memory: %d kB without, %d kB at once, %d kB after %v\n", before, after, later, rest)
	fmt.Printf("for each subscription: %.1f kB at once, %.1f kB after %v\n",
		float64(after-before)/float64(n), float64(later-before)/float64(n), rest)
	fmt.Printf("processor while idle: %.1f ms a second\n", float64((cpu2-cpu).Milliseconds())/rest.Seconds())
	for _, c := range conns {
		_ = c.CloseNow()
	}
	return nil
}

// memory is the resident memory of a process in kB (Linux).
func memory(pid int) (int, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for _, line := range strings.Split(string(text), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strconv.Atoi(strings.Fields(rest)[0])
		}
	}
	return 0, errors.New("no VmRSS")
}

// processor is the processor time that a process has used (Linux; 100 ticks a second).
func processor(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text)[strings.LastIndexByte(string(text), ')')+1:])
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, err
}
