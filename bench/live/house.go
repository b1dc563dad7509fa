package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// house is the processes under test.
type house struct {
	o        options
	database string
	servers  []*server
	log      *os.File
}

// server is one process.
type server struct {
	url   string
	cmd   *exec.Cmd
	ended chan struct{}
}

func newHouse(ctx context.Context, o options, database string, replicas int) (*house, error) {
	h := &house{o: o, database: database}
	var err error
	name := o.log
	if name == "" {
		name = os.DevNull
	}
	if h.log, err = os.Create(name); err != nil { //nolint:gosec // the caller names it
		return nil, err
	}
	for i := range replicas {
		s := &server{url: fmt.Sprintf("http://127.0.0.1:%d", o.port+i)}
		h.servers = append(h.servers, s)
		if err := h.start(ctx, s); err != nil {
			h.stop()
			return nil, err
		}
	}
	return h, nil
}

// environment is that of every process. All replicas are one portal, so they
// have one public address.
func (h *house) environment() []string {
	return append(os.Environ(), "FOYER_DATABASE_URL="+h.database, fmt.Sprintf("FOYER_PUBLIC_URL=http://127.0.0.1:%d", h.o.port))
}

func (h *house) start(ctx context.Context, s *server) error {
	s.cmd = exec.Command(h.o.foyer, "serve", "--listen", strings.TrimPrefix(s.url, "http://")) //nolint:gosec,noctx // the binary under test
	s.cmd.Env, s.cmd.Stdout, s.cmd.Stderr = h.environment(), h.log, h.log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.ended = make(chan struct{})
	go func(c *exec.Cmd, ended chan struct{}) { _ = c.Wait(); close(ended) }(s.cmd, s.ended)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		select {
		case <-s.ended:
			return errors.New("the server ended; its output is in the file that -log names")
		default:
		}
		if r, err := get(ctx, s.url+"/readyz"); err == nil && r == http.StatusOK {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("%s does not become ready: %w", s.url, ctx.Err())
}

func get(ctx context.Context, url string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	return a.StatusCode, a.Body.Close()
}

// kill ends a process as a crash does.
func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	<-s.ended
}

func (h *house) stop() {
	for _, s := range h.servers {
		if s.ended != nil {
			_ = s.cmd.Process.Signal(syscall.SIGTERM)
			<-s.ended
		}
	}
	_ = h.log.Close()
}

// command runs the binary to its end.
func (h *house) command(ctx context.Context, args ...string) (string, error) {
	c := exec.CommandContext(ctx, h.o.foyer, args...) //nolint:gosec // the binary under test
	c.Env = h.environment()
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, errs.String())
	}
	return string(out), nil
}

var secretText = regexp.MustCompile(`(?m)^\s*[Ss]ecret:?\s+(\S+)`)

// hook makes the webhook of a carrier and returns its secret.
func (h *house) hook(ctx context.Context, carrier string) (string, error) {
	out, err := h.command(ctx, "carrier", "hook", carrier, "--format", "foyer")
	if err != nil {
		return "", err
	}
	m := secretText.FindStringSubmatch(out)
	if m == nil {
		return "", errors.New("no secret in: " + out)
	}
	return m[1], nil
}

// ask sends a query or mutation.
func ask(ctx context.Context, url, token, query string, variables map[string]any, into any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = a.Body.Close() }()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage
		Errors []any
	}
	if err := json.Unmarshal(text, &answer); err != nil || len(answer.Errors) > 0 {
		return fmt.Errorf("%s: %s", a.Status, text)
	}
	return json.Unmarshal(answer.Data, into)
}

// demoPassword is that of the demo company's people; the banner says it.
const demoPassword = "aurelia-demo"

// signIn returns an access token.
func signIn(ctx context.Context, url, email string) (string, error) {
	var out struct{ SignIn struct{ AccessToken string } }
	err := ask(ctx, url, "", `mutation($e: String!, $p: String!) { signIn(input: {email: $e, password: $p}) { accessToken } }`,
		map[string]any{"e": email, "p": demoPassword}, &out)
	return out.SignIn.AccessToken, err
}
