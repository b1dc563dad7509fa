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
	"strconv"
	"strings"
	"time"
)

// house is the server under test.
type house struct {
	o     options
	files string
	cmd   *exec.Cmd
}

func (h *house) start(ctx context.Context) error {
	var err error
	if h.files, err = os.MkdirTemp("", "foyer-bench-"); err != nil {
		return err
	}
	h.cmd = exec.Command(h.o.foyer, "--database-url", h.o.database, "serve", "--files-dir", h.files, "--listen", h.o.address, "--public-url", "http://"+h.o.address, "--log-level", "warn") //nolint:gosec,noctx // the binary under test
	h.cmd.Stderr = io.Discard
	if err := h.cmd.Start(); err != nil {
		return err
	}
	for range 600 {
		if _, err := h.signIn(ctx, customer); err == nil {
			h.settle()
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("the server does not become ready")
}

// settle waits until the server has nothing of its own to do: the demo company draws
// and scales its pictures in the background, which is not what is measured.
func (h *house) settle() {
	for calm, before, most := 0, h.worked(), 180; calm < 3 && most > 0; most-- {
		time.Sleep(time.Second)
		now := h.worked()
		if calm++; now-before > 5 {
			calm = 0
		}
		before = now
	}
}

// worked is how many hundredths of a second the server has worked; always the same
// where the system does not tell.
func (h *house) worked() int64 {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", h.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	total := int64(0)
	for _, f := range fields[11:13] { // utime, stime
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0
		}
		total += n
	}
	return total
}

func (h *house) stop() {
	if h.cmd != nil && h.cmd.Process != nil {
		_ = h.cmd.Process.Kill()
		_ = h.cmd.Wait()
	}
	_ = os.RemoveAll(h.files)
}

// customer is one of the people of the demo company's customers.
const customer = "ines.halden@halden.example"

const manager = "friederike.amsel@aurelia.example"

// ask sends a query and reads its data.
func (h *house) ask(ctx context.Context, token, query string, variables map[string]any, into any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+h.o.address+"/graphql", bytes.NewReader(body))
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
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	if len(answer.Errors) > 0 {
		return errors.New(answer.Errors[0].Message)
	}
	if bytes.Contains(answer.Data, []byte(`"userErrors":[{`)) {
		return fmt.Errorf("refused: %s", answer.Data)
	}
	return json.Unmarshal(answer.Data, into)
}

func (h *house) signIn(ctx context.Context, email string) (string, error) {
	var a struct{ SignIn struct{ AccessToken string } }
	err := h.ask(ctx, "", `mutation($i: SignInInput!) { signIn(input: $i) { accessToken } }`,
		map[string]any{"i": map[string]any{"email": email, "password": "aurelia-demo"}}, &a)
	return a.SignIn.AccessToken, err
}

type model struct {
	ID      string
	Version int
	Current struct{ ID string }
}

// version is the version that configurations begin with, and its model.
func (h *house) version(ctx context.Context, token string) (string, model, error) {
	var a struct{ ConfigurationModels []model }
	query := `{ configurationModels { id current { id } } }`
	if staff := h.ask(ctx, token, `{ configurationModels { id version current { id } } }`, nil, &a); staff == nil && len(a.ConfigurationModels) > 0 {
		return a.ConfigurationModels[0].Current.ID, a.ConfigurationModels[0], nil
	}
	if err := h.ask(ctx, token, query, nil, &a); err != nil {
		return "", model{}, err
	}
	if len(a.ConfigurationModels) == 0 {
		return "", model{}, errors.New("nothing can be configured")
	}
	return a.ConfigurationModels[0].Current.ID, a.ConfigurationModels[0], nil
}

type revalidation struct {
	IsDryRun, IsFinished                           bool
	Seen, Valid, Repriced, Repaired, NeedsCustomer int
	CreatedAt                                      time.Time
	FinishedAt                                     *time.Time
}

// finished waits for the latest run.
func (h *house) finished(ctx context.Context, token string, dry bool) (revalidation, error) {
	for range 6000 {
		var a struct {
			ConfigurationModels []struct{ Revalidations []revalidation }
		}
		if err := h.ask(ctx, token, `{ configurationModels { revalidations { isDryRun isFinished seen valid repriced repaired needsCustomer createdAt finishedAt } } }`, nil, &a); err != nil {
			return revalidation{}, err
		}
		if len(a.ConfigurationModels) > 0 && len(a.ConfigurationModels[0].Revalidations) > 0 {
			if r := a.ConfigurationModels[0].Revalidations[0]; r.IsDryRun == dry && r.IsFinished {
				return r, nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	return revalidation{}, errors.New("the run does not end")
}

// organizations are the customers.
func (h *house) organizations(ctx context.Context, token string) ([]string, error) {
	var a struct {
		Organizations struct {
			Edges []struct{ Node struct{ ID string } }
		}
	}
	err := h.ask(ctx, token, `{ organizations(first: 100) { edges { node { id } } } }`, nil, &a)
	var ids []string
	for _, e := range a.Organizations.Edges {
		ids = append(ids, e.Node.ID)
	}
	return ids, err
}
