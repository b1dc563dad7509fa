package orders

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/schema/gid"
)

const (
	pending   = trackingevent.StatusPENDING
	pickedUp  = trackingevent.StatusPICKED_UP
	inTransit = trackingevent.StatusIN_TRANSIT
	out       = trackingevent.StatusOUT_FOR_DELIVERY
	delivered = trackingevent.StatusDELIVERED
	exception = trackingevent.StatusEXCEPTION
	returned  = trackingevent.StatusRETURNED_TO_SENDER
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// hour is n hours after noon.
func hour(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }

// reports happen an hour apart, in the order in which they are given.
func reports(states ...trackingevent.Status) []Report {
	all := make([]Report, len(states))
	for i, s := range states {
		all[i] = Report{Status: s, At: hour(i)}
	}
	return all
}

// permutations calls f with every order of a list.
func permutations(list []Report, f func([]Report)) {
	var permute func(int)
	permute = func(n int) {
		if n == 1 {
			f(list)
			return
		}
		for i := range n {
			permute(n - 1)
			j := 0
			if n%2 == 0 {
				j = i
			}
			list[j], list[n-1] = list[n-1], list[j]
		}
	}
	if len(list) > 0 {
		permute(len(list))
	}
}

func TestDeriveDependsOnTheSetAlone(t *testing.T) {
	t.Run("every order of a delivery with a failed attempt, all twice", func(t *testing.T) {
		list := reports(pending, pickedUp, inTransit, out, exception, delivered, inTransit)
		want := Derive(list)
		require.Equal(t, shipment.StatusDELIVERED, want.Status)
		n := 0
		permutations(list, func(p []Report) {
			n++
			if got := Derive(p); !equal(got, want) {
				t.Fatalf("%v gives %v, not %v", p, got, want)
			}
			if got := Derive(append(append([]Report{}, p...), p[:3]...)); !equal(got, want) {
				t.Fatalf("%v with the first three doubled gives %v, not %v", p, got, want)
			}
		})
		require.Equal(t, 5040, n)
	})
	t.Run("any set", func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		states := []trackingevent.Status{pending, pickedUp, inTransit, out, delivered, exception, returned}
		for range 3000 {
			list := make([]Report, r.IntN(9))
			for i := range list { // few moments, so that many coincide
				list[i] = Report{Status: states[r.IntN(len(states))], At: hour(r.IntN(5))}
			}
			want := Derive(list)
			for range 8 {
				twice := append([]Report{}, list...)
				for range r.IntN(5) {
					if len(list) > 0 {
						twice = append(twice, list[r.IntN(len(list))])
					}
				}
				r.Shuffle(len(twice), func(i, j int) { twice[i], twice[j] = twice[j], twice[i] })
				if got := Derive(twice); !equal(got, want) {
					t.Fatalf("%v gives %v, but %v gives %v", list, want, twice, got)
				}
			}
			// What is said about times follows from the state.
			require.Equal(t, want.Status == shipment.StatusDELIVERED, want.DeliveredAt != nil)
		}
	})
}

func equal(a, b Derived) bool {
	return a.Status == b.Status && same(a.ShippedAt, b.ShippedAt) && same(a.DeliveredAt, b.DeliveredAt)
}

func TestDeriveRules(t *testing.T) {
	never := -1
	for _, c := range []struct {
		name        string
		given       []Report
		want        shipment.Status
		shipped, at int // hours; -1 never
	}{
		{"nothing yet", nil, shipment.StatusPENDING, never, never},
		{"announced", reports(pending), shipment.StatusPENDING, never, never},
		{"on the road", reports(pending, pickedUp, inTransit), shipment.StatusIN_TRANSIT, 1, never},
		{"taken over without a pick-up scan", reports(pending, inTransit, out), shipment.StatusOUT_FOR_DELIVERY, 1, never},
		{"back in the depot and out again", reports(out, inTransit, out), shipment.StatusOUT_FOR_DELIVERY, 0, never},
		{"an exception that is resolved", reports(pickedUp, exception, inTransit), shipment.StatusIN_TRANSIT, 0, never},
		{"an exception before the pick-up", reports(pending, exception, pickedUp), shipment.StatusPICKED_UP, 2, never},
		{"an exception that is not", reports(pickedUp, inTransit, exception), shipment.StatusEXCEPTION, 0, never},
		{"delivered", reports(pickedUp, out, delivered), shipment.StatusDELIVERED, 0, 2},
		{"delivered, with stray scans afterwards", reports(out, delivered, inTransit, out, pickedUp, pending), shipment.StatusDELIVERED, 0, 1},
		{"delivered, reported twice at different times", reports(out, delivered, delivered), shipment.StatusDELIVERED, 0, 1},
		{"delivered by mistake", reports(out, delivered, exception), shipment.StatusEXCEPTION, 0, never},
		{"delivered by mistake, then really", reports(out, delivered, exception, out, delivered), shipment.StatusDELIVERED, 0, 4},
		{"refused at the door after a delivery scan", reports(delivered, returned), shipment.StatusRETURNED_TO_SENDER, 0, never},
		{"the way back", reports(out, returned, inTransit, out, delivered), shipment.StatusRETURNED_TO_SENDER, 0, never},
		{"announced late", reports(pickedUp, pending), shipment.StatusPICKED_UP, 0, never},
		{"picked up late", reports(inTransit, pickedUp), shipment.StatusIN_TRANSIT, 0, never},
		{"all at one moment", []Report{{delivered, noon}, {pending, noon}, {exception, noon}, {out, noon}}, shipment.StatusDELIVERED, 0, 0},
		{"delivered and returned at one moment", []Report{{returned, noon}, {delivered, noon}}, shipment.StatusRETURNED_TO_SENDER, 0, never},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Derive(c.given)
			require.Equal(t, c.want, got.Status)
			for _, x := range []struct {
				what string
				got  *time.Time
				want int
			}{{"shipped", got.ShippedAt, c.shipped}, {"delivered", got.DeliveredAt, c.at}} {
				if x.want == never {
					require.Nil(t, x.got, x.what)
				} else {
					require.NotNil(t, x.got, x.what)
					require.Equal(t, hour(x.want), *x.got, x.what)
				}
			}
		})
	}
}

func TestEveryStateHasARank(t *testing.T) {
	for i, s := range []trackingevent.Status{pending, pickedUp, inTransit, out, exception, delivered, returned} {
		require.NoError(t, trackingevent.StatusValidator(s))
		require.Equal(t, i, rank[s])
	}
}

func TestFulfillment(t *testing.T) {
	one, two := gid.ID("one"), gid.ID("two")
	lines := func(shippedOne, shippedTwo int) map[gid.ID]Ordered {
		return map[gid.ID]Ordered{one: {10, shippedOne}, two: {5, shippedTwo}}
	}
	in := func(s shipment.Status, at int, n, m int) Parcel {
		p := Parcel{Status: s, Units: map[gid.ID]int{}}
		if s == shipment.StatusDELIVERED {
			p.DeliveredAt = new(hour(at))
		}
		if n > 0 {
			p.Units[one] = n
		}
		if m > 0 {
			p.Units[two] = m
		}
		return p
	}
	const (
		road = shipment.StatusIN_TRANSIT
		done = shipment.StatusDELIVERED
		back = shipment.StatusRETURNED_TO_SENDER
		lost = shipment.StatusEXCEPTION
	)
	for _, c := range []struct {
		name    string
		lines   map[gid.ID]Ordered
		parcels []Parcel
		want    order.FulfillmentStatus
		at      int
	}{
		{"nothing sent", lines(0, 0), nil, order.FulfillmentStatusUNFULFILLED, 0},
		{"no lines", nil, nil, order.FulfillmentStatusUNFULFILLED, 0},
		{"some sent", lines(3, 0), []Parcel{in(shipment.StatusPENDING, 0, 3, 0)}, order.FulfillmentStatusPARTIALLY_SHIPPED, 0},
		{"one line sent", lines(10, 0), []Parcel{in(road, 0, 10, 0)}, order.FulfillmentStatusPARTIALLY_SHIPPED, 0},
		{"all sent", lines(10, 5), []Parcel{in(road, 0, 10, 5)}, order.FulfillmentStatusSHIPPED, 0},
		{"some delivered, some not sent", lines(3, 0), []Parcel{in(done, 1, 3, 0)}, order.FulfillmentStatusPARTIALLY_DELIVERED, 0},
		{"some delivered, the rest on the road", lines(10, 5), []Parcel{in(done, 1, 10, 0), in(road, 0, 0, 5)}, order.FulfillmentStatusPARTIALLY_DELIVERED, 0},
		{"all delivered, in any order", lines(10, 5), []Parcel{in(done, 7, 4, 5), in(done, 3, 6, 0)}, order.FulfillmentStatusDELIVERED, 7},
		{"all returned", lines(10, 5), []Parcel{in(back, 0, 10, 5)}, order.FulfillmentStatusSHIPPED, 0},
		{"some returned", lines(10, 5), []Parcel{in(done, 1, 10, 0), in(back, 0, 0, 5)}, order.FulfillmentStatusPARTIALLY_DELIVERED, 0},
		{"lost and replaced", lines(10, 5), []Parcel{in(lost, 1, 10, 5), in(done, 4, 10, 5)}, order.FulfillmentStatusDELIVERED, 4},
		{"contents unknown, all arrived", lines(10, 5), []Parcel{in(done, 1, 0, 0), in(done, 2, 0, 0)}, order.FulfillmentStatusDELIVERED, 2},
		{"contents unknown, one on the road", lines(10, 5), []Parcel{in(done, 1, 0, 0), in(road, 2, 0, 0)}, order.FulfillmentStatusPARTIALLY_DELIVERED, 0},
		{"contents unknown, nothing known of the rest", lines(0, 0), []Parcel{in(road, 1, 0, 0)}, order.FulfillmentStatusPARTIALLY_SHIPPED, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, at := Fulfillment(c.lines, c.parcels)
			require.Equal(t, c.want, got)
			if c.want != order.FulfillmentStatusDELIVERED {
				require.Nil(t, at)
				return
			}
			require.Equal(t, hour(c.at), *at)
		})
	}
}

func TestReportKey(t *testing.T) {
	at := Report{Status: delivered, At: noon}
	keys := map[string]string{}
	for what, key := range map[string]string{
		"plain":         ReportKey("", at, "Bonn", "at the door"),
		"other state":   ReportKey("", Report{returned, noon}, "Bonn", "at the door"),
		"other time":    ReportKey("", Report{delivered, hour(1)}, "Bonn", "at the door"),
		"other place":   ReportKey("", at, "Köln", "at the door"),
		"other words":   ReportKey("", at, "Bonn", "at the neighbour's"),
		"shifted":       ReportKey("", at, "Bonn at", " the door"),
		"external":      ReportKey("4711", at, "Bonn", "at the door"),
		"long external": ReportKey(fmt.Sprintf("%0200d", 1), at, "Bonn", "at the door"),
		"other long":    ReportKey(fmt.Sprintf("%0200d", 2), at, "Bonn", "at the door"),
		"like a digest": ReportKey("d:", at, "", ""),
	} {
		require.LessOrEqual(t, len(key), 100, what)
		require.Empty(t, keys[key], "%s and %s have the same key", what, keys[key])
		keys[key] = what
	}
	// The same moment told in another zone, or more finely than it is kept, is the same report.
	require.Equal(t, ReportKey("", at, "", ""),
		ReportKey("", Report{delivered, noon.In(time.FixedZone("", 3600)).Add(400 * time.Nanosecond)}, "", ""))
	// The carrier's own key stands for the report, whatever else it says.
	require.Equal(t, ReportKey("4711", at, "Bonn", ""), ReportKey("4711", Report{returned, hour(3)}, "Köln", "?"))
}
