// Command orders kills a real server in the middle of many placements, and looks
// whether any order was lost or made twice. A client sends each request until it
// is answered, under one key:
//
//	go build -o /tmp/foyer ./cmd/foyer
//	go run ./bench/orders -foyer /tmp/foyer -database sqlite:///tmp/orders.db -n 1000 -kills 10
//
// The database must be empty or not there; the demo company is made in it.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/stock"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

type options struct {
	foyer, database, address string
	n, kills, clients, units int
}

func main() {
	var o options
	flag.StringVar(&o.foyer, "foyer", "foyer", "the binary under test")
	flag.StringVar(&o.database, "database", "", "the URL of an empty database")
	flag.StringVar(&o.address, "address", "127.0.0.1:18090", "where it listens")
	flag.IntVar(&o.n, "n", 1000, "how many placements")
	flag.IntVar(&o.kills, "kills", 10, "how often the server is killed")
	flag.IntVar(&o.clients, "clients", 8, "how many place at once")
	flag.IntVar(&o.units, "units", 0, "how many units there are; enough for nine in ten when 0")
	flag.Parse()
	report, err := run(context.Background(), o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(report)
}

// report is what came of it.
type report struct {
	placed, refused, retries, kills int
	took                            time.Duration
}

// String is one line for people.
func (r report) String() string {
	return fmt.Sprintf("%d placements: %d ordered, %d refused for want of stock, %d requests sent again, %d kills, %s: none lost, none doubled, nothing negative",
		r.placed+r.refused, r.placed, r.refused, r.retries, r.kills, r.took.Round(time.Millisecond))
}

const sku = "BENCH-1"

func run(ctx context.Context, o options) (report, error) {
	if o.units == 0 {
		o.units = o.n * 9 / 10
	}
	files, err := os.MkdirTemp("", "foyer-bench-")
	if err != nil {
		return report{}, err
	}
	defer func() { _ = os.RemoveAll(files) }()
	h := &house{o: o, files: files}
	defer h.kill()
	if err := h.start(ctx); err != nil {
		return report{}, err
	}
	h.kill() // the demo company is there
	if err := fill(ctx, o); err != nil {
		return report{}, err
	}
	if err := h.start(ctx); err != nil {
		return report{}, err
	}
	c := &client{h: h, n: o.n, orders: map[int]string{}}
	begin := time.Now()
	var work sync.WaitGroup
	for range o.clients {
		work.Go(func() { c.work(ctx) })
	}
	finished := make(chan struct{})
	go func() { work.Wait(); close(finished) }()
	r := report{}
	for done := 0; done < o.kills; done++ {
		if !c.reaches(finished, (done+1)*o.n/(o.kills+1)) {
			break
		}
		h.kill()
		r.kills++
		if err := h.start(ctx); err != nil {
			return r, err
		}
	}
	<-finished
	r.took, r.retries = time.Since(begin), int(c.retries.Load())
	if err := c.failed(); err != nil {
		return r, err
	}
	r.placed, r.refused = len(c.orders), int(c.refused.Load())
	return r, check(ctx, o, c)
}

// house is the process under test.
type house struct {
	o     options
	files string // where it keeps pictures
	mu    sync.Mutex
	cmd   *exec.Cmd
}

func (h *house) start(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cmd = exec.Command(h.o.foyer, "--database-url", h.o.database, "serve", "--files-dir", h.files, "--listen", h.o.address, "--public-url", "http://"+h.o.address) //nolint:gosec,noctx // the binary under test
	h.cmd.Stderr = io.Discard
	if err := h.cmd.Start(); err != nil {
		return err
	}
	for range 6000 {
		if r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+h.o.address+"/readyz", nil); err != nil {
			return err
		} else if a, err := http.DefaultClient.Do(r); err == nil {
			_ = a.Body.Close()
			if a.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return errors.New("the server does not become ready")
}

// kill ends the process as a crash does.
func (h *house) kill() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.cmd == nil {
		return
	}
	_ = h.cmd.Process.Kill()
	_ = h.cmd.Wait()
	h.cmd = nil
}

// buyer is who orders, a manager of a customer of the demo company.
const buyer = "sigrid.aas@halden.example"

// fill makes what is ordered, and lets the customer order it.
func fill(ctx context.Context, o options) error {
	st, err := store.Open(ctx, o.database)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	ctx = auth.WithSystem(ctx, "bench/orders: what is to be ordered")
	var variant, place gid.ID
	err = st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		p, err := tx.Product.Create().SetName("Bench").Save(ctx)
		if err != nil {
			return err
		}
		v, err := tx.ProductVariant.Create().SetProductID(p.ID).SetSku(sku).SetName(sku).SetPriceMinor(100).SetCurrency("EUR").Save(ctx)
		if err != nil {
			return err
		}
		l, err := tx.StockLocation.Create().SetKey("bench").SetName("Bench").Save(ctx)
		if err != nil {
			return err
		}
		variant, place = v.ID, l.ID
		var organization string
		if err := st.Raw(ctx).QueryRowContext(ctx, `SELECT m.organization_id FROM users u JOIN memberships m ON m.user_id = u.id
			WHERE u.email = $1`, buyer).Scan(&organization); err != nil {
			return err
		}
		return tx.Organization.UpdateOneID(gid.ID(organization)).SetCurrency("EUR").
			SetAddress(&schema.Address{Line1: "Kai 1", City: "Kiel", Country: "DE"}).Exec(ctx)
	})
	if err != nil {
		return err
	}
	_, err = stock.New(st, stock.Options{}).Adjust(ctx, stock.Adjustment{VariantID: variant, LocationID: place, Kind: "COUNT", Quantity: o.units, Reason: "bench"})
	return err
}

// client places orders until each has been answered.
type client struct {
	h *house
	n int

	next, refused, retries atomic.Int64

	mu     sync.Mutex
	token  string
	orders map[int]string // by placement, as they were acknowledged
	err    error
}

// reaches waits until so many placements have begun; false when all have ended
// before.
func (c *client) reaches(finished chan struct{}, n int) bool {
	for int(c.next.Load()) < n {
		select {
		case <-finished:
			return false
		case <-time.After(2 * time.Millisecond):
		}
	}
	return true
}

func (c *client) failed() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func (c *client) work(ctx context.Context) {
	for {
		i := int(c.next.Add(1))
		if i > c.n || c.failed() != nil {
			return
		}
		if err := c.place(ctx, i); err != nil {
			c.mu.Lock()
			c.err = fmt.Errorf("placement %d: %w", i, err)
			c.mu.Unlock()
		}
	}
}

// answer is what came back.
type answer struct {
	Data struct {
		AddToCart *struct {
			Cart *struct {
				ID      string
				Version int
			}
			UserErrors []struct{ Code string }
		}
		PlaceOrder *struct {
			Order      *struct{ ID string }
			UserErrors []struct{ Code string }
		}
		SignIn *struct{ AccessToken string }
	}
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
}

// place fills a cart and orders it, each under a key of its own.
func (c *client) place(ctx context.Context, i int) error {
	a, err := c.ask(ctx, fmt.Sprintf(`mutation($n: String!) { addToCart(input: {name: $n, lines: [{sku: %q, quantity: 1}]}) @idempotent(key: "add-%d") {
		cart { id version } userErrors { code } } }`, sku, i), map[string]any{"n": fmt.Sprintf("cart %d", i)})
	if err != nil {
		return err
	}
	if a.Data.AddToCart == nil || a.Data.AddToCart.Cart == nil {
		return fmt.Errorf("no cart: %+v", a)
	}
	cart := a.Data.AddToCart.Cart
	a, err = c.ask(ctx, fmt.Sprintf(`mutation($c: ID!, $v: Int!) { placeOrder(input: {cartId: $c, version: $v}) @idempotent(key: "place-%d") {
		order { id } userErrors { code } } }`, i), map[string]any{"c": cart.ID, "v": cart.Version})
	switch p := a.Data.PlaceOrder; {
	case err != nil:
		return err
	case p != nil && p.Order != nil:
		c.mu.Lock()
		c.orders[i] = p.Order.ID
		c.mu.Unlock()
		return nil
	case p != nil && len(p.UserErrors) == 1 && p.UserErrors[0].Code == "INSUFFICIENT_STOCK":
		c.refused.Add(1)
		return c.discard(ctx, cart.ID, cart.Version, i)
	}
	return fmt.Errorf("not placed: %+v", a)
}

// discard throws a cart away that could not be ordered, since a person has only
// so many.
func (c *client) discard(ctx context.Context, cart string, version, i int) error {
	a, err := c.ask(ctx, fmt.Sprintf(`mutation($c: ID!, $v: Int!) { discardCart(input: {cartId: $c, version: $v}) @idempotent(key: "discard-%d") {
		userErrors { code } } }`, i), map[string]any{"c": cart, "v": version})
	if err == nil && len(a.Errors) > 0 {
		err = fmt.Errorf("not discarded: %+v", a)
	}
	return err
}

// ask sends a request until it is answered.
func (c *client) ask(ctx context.Context, query string, variables map[string]any) (answer, error) {
	for try := range 3000 {
		if try > 0 {
			c.retries.Add(1)
			time.Sleep(20 * time.Millisecond)
		}
		token, err := c.signedIn(ctx)
		if err != nil {
			continue
		}
		a, err := c.send(ctx, token, query, variables)
		if err != nil {
			continue
		}
		if len(a.Errors) > 0 {
			switch a.Errors[0].Extensions.Code {
			case "INTERNAL", "RATE_LIMITED", "LIMIT_EXCEEDED":
				continue
			case "UNAUTHENTICATED":
				c.mu.Lock()
				c.token = ""
				c.mu.Unlock()
				continue
			}
		}
		return a, nil
	}
	return answer{}, errors.New("no answer")
}

func (c *client) signedIn(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.token != "" {
		return c.token, nil
	}
	a, err := c.send(ctx, "", `mutation($e: String!, $p: String!) { signIn(input: {email: $e, password: $p}) { accessToken } }`,
		map[string]any{"e": buyer, "p": "aurelia-demo"})
	if err != nil {
		return "", err
	}
	if a.Data.SignIn == nil || a.Data.SignIn.AccessToken == "" {
		return "", fmt.Errorf("no sign-in: %+v", a)
	}
	c.token = a.Data.SignIn.AccessToken
	return c.token, nil
}

func (c *client) send(ctx context.Context, token, query string, variables map[string]any) (a answer, err error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return a, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+c.h.o.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return a, err
	}
	defer func() { _ = res.Body.Close() }()
	return a, json.NewDecoder(res.Body).Decode(&a)
}

// check compares what was acknowledged with what is there.
func check(ctx context.Context, o options, c *client) error {
	c.h.kill()
	st, err := store.Open(ctx, o.database)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	number := func(query string, args ...any) int {
		var n int
		if e := st.Raw(ctx).QueryRowContext(ctx, query, args...).Scan(&n); e != nil {
			err = errors.Join(err, e)
		}
		return n
	}
	var wrong []error
	fail := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	seen := map[string]int{}
	for i, id := range c.orders {
		if j, twice := seen[id]; twice {
			fail("placements %d and %d have become one order", i, j)
		}
		seen[id] = i
		if number(`SELECT count(*) FROM order_lines WHERE order_id = $1 AND sku = $2`, id, sku) != 1 {
			fail("the order of placement %d was acknowledged and is lost", i)
		}
	}
	if n := number(`SELECT count(*) FROM order_lines WHERE sku = $1`, sku); n != len(c.orders) {
		fail("%d orders are there, and %d were acknowledged", n, len(c.orders))
	}
	if n := number(`SELECT allocated + reserved FROM stock_levels l JOIN product_variants v ON v.id = l.variant_id WHERE v.sku = $1`, sku); n != len(c.orders) {
		fail("%d units are held for %d orders", n, len(c.orders))
	}
	if n := len(c.orders); n != min(o.n, o.units) {
		fail("%d orders came of %d placements of %d units", n, o.n, o.units)
	}
	// Of other goods the demo company may hold more than a count has found.
	if number(`SELECT count(*) FROM stock_levels l JOIN product_variants v ON v.id = l.variant_id
		WHERE v.sku = $1 AND on_hand < allocated + reserved OR on_hand < 0 OR allocated < 0 OR reserved < 0`, sku) != 0 {
		fail("some stock is negative")
	}
	if number(`SELECT count(*) FROM stock_levels l WHERE l.allocated + l.reserved <> (SELECT coalesce(sum(r.quantity), 0)
		FROM stock_reservations r WHERE r.variant_id = l.variant_id AND r.location_id = l.location_id)`) != 0 {
		fail("levels and reservations do not agree")
	}
	return errors.Join(append(wrong, err)...)
}
