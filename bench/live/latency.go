package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"foyer/auth"
)

// Who takes part, of the demo company.
const (
	manager = "sigrid.aas@halden.example"
	agent   = "jonas.berg@aurelia.example"
	admin   = "friederike.amsel@aurelia.example"
)

// parcel is a shipment that is on its way.
type parcel struct{ order, number, carrier string }

// parcels are those that a customer's manager sees on their way, of the carrier
// that has most of them.
func parcels(ctx context.Context, url, token string) ([]parcel, error) {
	var out struct {
		Orders struct {
			Edges []struct {
				Node struct {
					ID        string
					Shipments []struct {
						Status, TrackingNumber string
						Carrier                struct{ Code string }
					}
				}
			}
		}
	}
	if err := ask(ctx, url, token, `{ orders(first: 100) { edges { node { id shipments { status trackingNumber carrier { code } } } } } }`, nil, &out); err != nil {
		return nil, err
	}
	by := map[string][]parcel{}
	var best string
	for _, e := range out.Orders.Edges {
		for _, s := range e.Node.Shipments {
			if s.TrackingNumber == "" || s.Status == "RETURNED_TO_SENDER" || s.Status == "DELIVERED" {
				continue
			}
			c := s.Carrier.Code
			if by[c] = append(by[c], parcel{e.Node.ID, s.TrackingNumber, c}); len(by[c]) > len(by[best]) {
				best = c
			}
		}
	}
	if best == "" {
		return nil, errors.New("no shipment is on its way")
	}
	return by[best], nil
}

// heard is what has arrived at one subscription.
type heard struct {
	mu    sync.Mutex
	at    map[string]time.Time
	twice int
}

func (h *heard) add(text string, at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, there := h.at[text]; there {
		h.twice++
		return
	}
	h.at[text] = at
}

func (h *heard) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.at)
}

const selection = `{ token event { ... on TrackingReported { message } } }`

func (h *house) latency(ctx context.Context) error {
	first := h.servers[0].url
	token, err := signIn(ctx, first, manager)
	if err != nil {
		return err
	}
	staff, err := signIn(ctx, first, agent)
	if err != nil {
		return err
	}
	list, err := parcels(ctx, first, token)
	if err != nil {
		return err
	}
	secret, err := h.hook(ctx, list[0].carrier)
	if err != nil {
		return err
	}
	last := h.servers[len(h.servers)-1]
	urls := []string{last.url, first}
	slow := slices.Clone(urls)
	slices.Reverse(slow)
	ends, cancel := context.WithCancel(ctx)
	defer cancel()
	followers := []*follower{
		{name: "the customer's list, on the process that is killed", access: token, urls: urls, field: "ordersUpdated",
			query: `subscription($since: String) { ordersUpdated(since: $since) ` + selection + ` }`},
		{name: "the customer's one order, on the process that is killed", access: token, urls: urls, field: "orderUpdated",
			query:     `subscription($since: String, $id: ID!) { orderUpdated(id: $id, since: $since) ` + selection + ` }`,
			variables: map[string]any{"id": list[0].order}},
		{name: "an agent's list, on the other process", access: staff, urls: slow, field: "ordersUpdated",
			query: `subscription($since: String) { ordersUpdated(since: $since) ` + selection + ` }`},
	}
	arrived := make([]*heard, len(followers))
	var wg sync.WaitGroup
	for i, f := range followers {
		arrived[i] = &heard{at: map[string]time.Time{}}
		f.heard, f.ready = arrived[i].add, make(chan struct{})
		ready := f.ready
		wg.Go(func() { f.run(ends) })
		select {
		case <-ready:
		case <-ctx.Done():
			return fmt.Errorf("%s: no first message", f.name)
		}
	}

	sent := make([]time.Time, h.o.events)
	killed, back := h.o.events*2/5, h.o.events/2
	var disturbed [2]time.Time
	started := make(chan error, 1)
	pause := time.Duration(float64(time.Second) / h.o.rate)
	begin := time.Now()
	var sends sync.WaitGroup
	var failed sync.Map
	for i := range h.o.events {
		if wait := time.Until(begin.Add(time.Duration(i) * pause)); wait > 0 {
			time.Sleep(wait)
		}
		if len(h.servers) > 1 {
			switch i {
			case killed:
				disturbed[0] = time.Now()
				last.kill()
			case back:
				go func() { started <- h.start(ctx, last) }()
			}
		}
		p := list[i%len(list)]
		sent[i] = time.Now()
		sends.Go(func() {
			// A carrier sends again, elsewhere, what was not taken.
			for try := range 50 {
				s := h.servers[(i+try)%len(h.servers)]
				err := report(ctx, s.url, secret, p, i)
				if err == nil {
					return
				}
				if try == 49 {
					failed.Store(i, err)
				}
				time.Sleep(50 * time.Millisecond)
			}
		})
	}
	sends.Wait()
	took := time.Since(begin)
	failed.Range(func(k, v any) bool { fmt.Println("not taken:", k, v); return true })
	if len(h.servers) > 1 {
		if err := <-started; err != nil {
			return err
		}
		disturbed[1] = begin.Add(time.Duration(back) * pause).Add(5 * time.Second)
	}
	want := []int{h.o.events, 0, h.o.events}
	for i := range h.o.events {
		if list[i%len(list)].order == list[0].order {
			want[1]++
		}
	}
	deadline := time.Now().Add(20 * time.Second)
	for i := range followers {
		for arrived[i].count() < want[i] && time.Now().Before(deadline) {
			time.Sleep(10 * time.Millisecond)
		}
	}
	cancel()
	wg.Wait()
	fmt.Printf("%d reports in %.1f s to %d process(es), %d parcels of %d\n", h.o.events, took.Seconds(), len(h.servers), len(list), want[1])
	if len(h.servers) > 1 {
		fmt.Printf("one process killed at report %d, started again at report %d\n", killed, back)
	}
	bad := false
	for i, f := range followers {
		report := arrived[i]
		lost := want[i] - len(report.at)
		bad = bad || lost != 0 || report.twice != 0
		var all, calm []time.Duration
		for k, at := range report.at {
			n, err := strconv.Atoi(strings.TrimPrefix(k, scan))
			if err != nil {
				continue
			}
			all = append(all, at.Sub(sent[n]))
			if sent[n].Before(disturbed[0]) || sent[n].After(disturbed[1]) {
				calm = append(calm, at.Sub(sent[n]))
			}
		}
		fmt.Printf("%s\n  arrived %d of %d, lost %d, twice %d, connections %d\n", f.name, len(report.at), want[i], lost, report.twice, f.connections)
		fmt.Printf("  all          %s\n", quantiles(all))
		if len(calm) != len(all) {
			fmt.Printf("  undisturbed  %s\n", quantiles(calm))
		}
	}
	if bad {
		return errors.New("something was lost, or came twice")
	}
	return nil
}

const scan = "scan "

// report sends one report as a carrier's relay does.
func report(ctx context.Context, url, secret string, p parcel, n int) error {
	body, err := json.Marshal(map[string]any{"reports": []any{map[string]any{
		"trackingNumber": p.number, "status": "IN_TRANSIT", "at": time.Now().UTC().Format(time.RFC3339Nano),
		"message": scan + strconv.Itoa(n), "externalId": "live-" + strconv.Itoa(n),
	}}})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/webhooks/carriers/"+p.carrier, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	auth.SignBody(r.Header, secret, body, time.Now())
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = a.Body.Close() }()
	text, _ := io.ReadAll(io.LimitReader(a.Body, 1000))
	if a.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", a.Status, text)
	}
	return nil
}

func quantiles(d []time.Duration) string {
	if len(d) == 0 {
		return "none"
	}
	slices.Sort(d)
	at := func(q float64) string {
		return fmt.Sprintf("%.1f ms", float64(d[min(len(d)-1, int(q*float64(len(d))))].Microseconds())/1000)
	}
	return fmt.Sprintf("p50 %s  p90 %s  p99 %s  max %s  (n %d)", at(0.5), at(0.9), at(0.99), at(1), len(d))
}
